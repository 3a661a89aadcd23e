// What an editor shows and offers at a place of a sheet. node ask.js SCHEMA FILE LINE COLUMN (from 0): prints {"hover", "offers"}.
const fs = require("fs");
const { pathToFileURL } = require("url");
const { getLanguageService } = require("yaml-language-server");
const { TextDocument } = require("vscode-languageserver-textdocument");
const [schemaFile, file, line, character] = process.argv.slice(2);
const service = getLanguageService({
  schemaRequestService: async () => fs.readFileSync(schemaFile, "utf8"),
  workspaceContext: { resolveRelativePath: () => "file:///sheet.schema.json" },
  telemetry: { send() {}, sendError() {}, sendTrack() {} },
});
service.configure({ validate: true, hover: true, completion: true, schemas: [{ uri: "file:///sheet.schema.json", fileMatch: ["*.yaml"] }] });
(async () => {
  const document = TextDocument.create(pathToFileURL(file).href, "yaml", 1, fs.readFileSync(file, "utf8"));
  const place = { line: Number(line), character: Number(character) };
  const hover = await service.doHover(document, place);
  const offers = await service.doComplete(document, place, false);
  console.log(JSON.stringify({ hover: JSON.stringify(hover?.contents ?? ""), offers: (offers?.items ?? []).map((i) => i.label) }));
})();
