"""What an editor with the YAML language server marks. Runs where `npm install yaml-language-server` was done in tests/editor/."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

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
