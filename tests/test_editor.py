"""What an editor with the YAML language server marks. Runs where `npm install yaml-language-server` was done in tests/editor/."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from generator.schema import schema_text
from generator.sheetfile import write
from tests.sheets import sheet

EDITOR = Path(__file__).parent / "editor"
pytestmark = pytest.mark.skipif(
    not (shutil.which("node") and (EDITOR / "node_modules" / "yaml-language-server").is_dir()),
    reason="the YAML language server is not here: npm install --prefix tests/editor yaml-language-server",
)


def marked(folder: Path, files: list[Path]) -> dict[str, list[str]]:
    """The name of each file, and what the editor says of it."""
    schema = folder / "sheet.schema.json"
    schema.write_text(schema_text(), "utf-8")
    done = subprocess.run(
        ["node", str(EDITOR / "check.js"), str(schema), *map(str, files)], capture_output=True, text=True, check=True, timeout=120
    )
    return {Path(row["file"]).name: row["problems"] for row in map(json.loads, done.stdout.splitlines())}


def test_every_sheet_is_right_to_an_editor(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(write(sheet()), "utf-8")
    sheets = sorted((EDITOR.parent.parent / "content" / "sheets").glob("*.yaml"))
    assert {name: said for name, said in marked(tmp_path, [tmp_path / "ours.yaml", *sheets]).items() if said} == {}


def test_a_broken_sheet_is_marked_where_it_is_broken(tmp_path: Path) -> None:
    broken = write(sheet()).replace("type: person", "type: persn", 1).replace("  verb: said", "  vreb: said", 1)
    (tmp_path / "broken.yaml").write_text(broken, "utf-8")
    said = marked(tmp_path, [tmp_path / "broken.yaml"])["broken.yaml"]
    assert [line.split(":")[0] for line in said] == ["8", "22"]


def ask(folder: Path, text: str, words: str) -> dict[str, Any]:
    """What the editor shows and offers right behind some words of a sheet."""
    schema, file = folder / "sheet.schema.json", folder / "asked.yaml"
    schema.write_text(schema_text(), "utf-8")
    file.write_text(text, "utf-8")
    before = text[: text.index(words) + len(words)]
    line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
    done = subprocess.run(
        ["node", str(EDITOR / "ask.js"), str(schema), str(file), str(line), str(column)],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_values_and_keys_complete_themselves(tmp_path: Path) -> None:
    text = write(sheet())
    assert {"person", "organization", "country", "group"} <= set(
        ask(tmp_path, text.replace("type: person", "type: ", 1), "  type: ")["offers"]
    )
    assert {"direct", "indirect", "mixed"} <= set(ask(tmp_path, text.replace("mode: direct", "mode: ", 1), "  mode: ")["offers"])
    assert {"true", "false"} <= set(ask(tmp_path, text.replace("actors:", "  checked: \nactors:", 1), "  checked: ")["offers"])
    keys = ask(tmp_path, text.replace("  verb: said\n", "  ve\n", 1), "\n  ve")["offers"]
    assert {"verb", "verdict"} <= set(keys)


@pytest.mark.parametrize(
    ("at", "says"), [("evid", "word for word"), ("  spea", "Who says it"), ("  modif", "less than"), ("  publ", "day of publication")]
)
def test_hovering_tells_what_a_key_means(tmp_path: Path, at: str, says: str) -> None:
    assert says in ask(tmp_path, write(sheet()), at)["hover"]
