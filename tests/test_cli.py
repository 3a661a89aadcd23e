"""The commands as a person runs them: what they write, say and return."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import main

ARTICLE = """---
title: Mayor opens new bridge
published: 2024-05-02
publisher: The Example
url: https://example.org/bridge
---

"The bridge will last a hundred years," Mayor Ines Albrecht said on Thursday. It cost 12 million euros.

Albrecht will meet Transport Minister Jonas Weber in Kassel on May 10.
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new site with one article, as the folder one stands in."""
    assert main(["init", str(tmp_path / "site")]) == 0
    (tmp_path / "site" / "content" / "articles" / "bridge.md").write_text(ARTICLE, "utf-8")
    monkeypatch.chdir(tmp_path / "site")
    return tmp_path / "site"


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_build_makes_sheet_and_site(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build"]) == 0
    assert "bridge: new sheet with" in capsys.readouterr().err
    sheet = (site / "content" / "sheets" / "bridge.yaml").read_text("utf-8")
    assert "speaker: ines-albrecht" in sheet
    assert "hundred years" in (site / "public" / "articles" / "bridge.html").read_text("utf-8")


def test_a_second_build_changes_no_byte(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build"]) == 0
    before = tree(site / "content") | tree(site / "public")
    capsys.readouterr()
    assert main(["build"]) == 0
    assert tree(site / "content") | tree(site / "public") == before
    assert "nothing to change" in capsys.readouterr().err


INSTALLED = "spacy trafilatura dateparser tqdm lxml numpy distributed msgspec yaml jinja2 markupsafe markdown_it babel".split()


@pytest.mark.parametrize("arguments", [["--help"], ["build"]])
def test_help_and_a_build_with_nothing_to_do_load_no_library(site: Path, arguments: list[str]) -> None:
    """So that they stay within milliseconds, which no test can time on a busy machine."""
    assert main(["build"]) == 0
    code = f"import sys\nfrom generator.cli import main\ntry: main({arguments})\nfinally: print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "nothing to change" in done.stderr or arguments == ["--help"]
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "generator.cli" in loaded
    assert not loaded & set(INSTALLED)
    assert {m for m in loaded if m.startswith("generator.")} <= {"generator.cli", "generator.stamp"}


def test_frozen_builds_load_nothing_heavy_and_extract_nothing(site: Path) -> None:
    assert main(["build"]) == 0
    (site / "content" / "articles" / "second.md").write_text(ARTICLE.replace("bridge", "tunnel"), "utf-8")
    code = "import sys; from generator.cli import main; assert main(['build', '--frozen']) == 0; print(sorted({m.split('.')[0] for m in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    for name in ("spacy", "trafilatura", "dateparser", "tqdm", "lxml"):
        assert f"'{name}'" not in loaded
    assert not (site / "content" / "sheets" / "second.yaml").exists()
    assert main(["build"]) == 0, "a frozen build must not make the next one think that all is done"
    assert (site / "content" / "sheets" / "second.yaml").exists()


def test_an_edit_shows_and_stays(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build"]) == 0
    sheet = site / "content" / "sheets" / "bridge.yaml"
    edited = sheet.read_text("utf-8").replace("name: Ines Albrecht", "name: Dr. Ines Albrecht  # as on her door")
    sheet.write_text(edited, "utf-8")
    assert main(["build"]) == 0
    assert "Dr. Ines Albrecht" in (site / "public" / "actors" / "ines-albrecht.html").read_text("utf-8")
    assert main(["update", "--all"]) == 0
    assert sheet.read_text("utf-8") == edited


def test_a_problem_is_named_and_the_site_left_as_it_was(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build"]) == 0
    before = tree(site / "public")
    sheet = site / "content" / "sheets" / "bridge.yaml"
    text = sheet.read_text("utf-8")
    sheet.write_text(text.replace("speaker: ines-albrecht", "speaker: ines-albrecth"), "utf-8")
    capsys.readouterr()
    assert main(["build"]) == 1
    said = capsys.readouterr().err
    line = text.splitlines().index("  speaker: ines-albrecht") + 1
    assert f"content/sheets/bridge.yaml:{line}:" in said
    assert "ines-albrecht" in said.split("ines-albrecth", 1)[1]
    assert tree(site / "public") == before
    assert main(["check"]) == 1
    capsys.readouterr()
    assert main(["check", "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)[0]["line"] == line
    assert main(["check", "--format", "github"]) == 1
    assert capsys.readouterr().out.startswith("::")


def test_a_bad_article_is_named_and_the_others_come_through(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "content" / "articles" / "broken.md").write_text("---\ntitle: [\n---\n\nText.\n", "utf-8")
    assert main(["build"]) == 1
    said = capsys.readouterr().err
    assert "content/articles/broken.md" in said
    assert "1 article failed" in said
    assert (site / "public" / "articles" / "bridge.html").exists()


def test_update_says_what_it_would_do_and_writes_nothing(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["update", "--dry-run"]) == 0
    assert "+  name: Ines Albrecht" in capsys.readouterr().out
    assert not (site / "content" / "sheets").exists() or not list((site / "content" / "sheets").iterdir())


def test_a_fact_struck_out_stays_out_until_it_is_restored(site: Path) -> None:
    assert main(["build"]) == 0
    sheet = site / "content" / "sheets" / "bridge.yaml"
    text = sheet.read_text("utf-8")
    figures = text.index("figures:")
    sheet.write_text(text[:figures], "utf-8")
    assert main(["update", "--all"]) == 0
    assert "12000000" not in sheet.read_text("utf-8")
    fact = text[figures:].split("id: ", 1)[1].split("\n", 1)[0]
    assert main(["update", "bridge", "--restore", fact]) == 0
    assert "12000000" in sheet.read_text("utf-8")


def test_extract_prints_and_writes_nothing(site: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    before = tree(site)
    assert main(["extract", "content/articles/bridge.md", "--format", "jsonl"]) == 0
    sheet = json.loads(capsysbinary.readouterr().out)
    text = sheet["article"]["text"]
    (claim,) = [c for c in sheet["claims"] if c["mode"] == "direct"]
    assert claim["speaker"] == "ines-albrecht"
    assert "hundred years" in text[claim["evidence"]["start"] : claim["evidence"]["end"]]
    assert main(["extract", "content/articles/bridge.md"]) == 0
    assert b"article:\n  title: Mayor opens new bridge" in capsysbinary.readouterr().out
    assert tree(site) == before


def test_extract_names_what_it_cannot_read(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "no-such.md", "content/articles/bridge.md"]) == 1
    assert "no-such.md: No such file" in capsys.readouterr().err


def test_add_cleans_a_paste(site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    paste = (
        "Skip to content\nMenu\nThe Example\n\nHarbour gets a second crane\n\nMay 3, 2024\n\n"
        "The harbour of Husum will get a second crane, the port authority said on Friday. It will lift up to 60 tonnes.\n\n"
        "The crane comes from Rostock and is to arrive in June, according to the port authority.\n\nMost read\nStorm closes school\n"
    )
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(paste.encode())))
    assert main(["add", "-"]) == 0
    path = site / "content" / "articles" / "2024-05-03-harbour-gets-a-second-crane.md"
    article = path.read_text("utf-8")
    assert "second crane, the port authority said" in article
    assert "Storm closes school" not in article
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(paste.encode())))
    assert main(["add", "-"]) == 1, "an article is never replaced"


def test_wrong_use_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit) as end:
        main(["biuld"])
    assert end.value.code == 2
    monkeypatch.chdir(tmp_path)
    assert main(["build", "--frozen"]) == 1
    assert "factpress init" in capsys.readouterr().err
    assert main(["init", str(tmp_path)]) == 0
    assert main(["init", str(tmp_path)]) == 1
    assert main(["update", "nothing"]) == 1
