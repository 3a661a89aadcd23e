// Validates sheets with the YAML language server's own library. node check.js SCHEMA FILE…: prints a line of JSON a file.
const fs = require("fs");
const { pathToFileURL } = require("url");
const { getLanguageService } = require("yaml-language-server");
const { TextDocument } = require("vscode-languageserver-textdocument");
const [schemaFile, ...files] = process.argv.slice(2);
const service = getLanguageService({
  schemaRequestService: async () => fs.readFileSync(schemaFile, "utf8"),
  workspaceContext: { resolveRelativePath: () => "file:///sheet.schema.json" },
  telemetry: { send() {}, sendError() {}, sendTrack() {} },
});
service.configure({ validate: true, hover: true, completion: true, schemas: [{ uri: "file:///sheet.schema.json", fileMatch: ["*.yaml"] }] });
(async () => {
  for (const file of files) {
    const document = TextDocument.create(pathToFileURL(file).href, "yaml", 1, fs.readFileSync(file, "utf8"));
    const found = await service.doValidation(document, false);
    console.log(JSON.stringify({ file, problems: found.map((d) => `${d.range.start.line + 1}: ${d.message}`) }));
  }
})();
