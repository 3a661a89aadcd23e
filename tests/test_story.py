"""A week with a site, as a newcomer may live it: extract, put right what is wrong, and see every edit outlast all that comes after.

Read it from above; each step is what the README tells a person to do, and every later step looks again at all earlier edits.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path

import pytest

import generator
from generator.cli import main

BRIDGE = """---
title: Harbour council opens talks on new bridge
published: 2024-05-02
publisher: The Example
---

Mayor Ines Albrecht said on Thursday that the bridge will open in the autumn. "The bridge will last a hundred years," she added.

The bridge cost 12 million euros, the city said. The old fery carried 400 passangers a day, according to the harbour council.

Albrecht will meet Transport Minister Jonas Weber in Kassel on May 10.

"Nobody asked the fishermen," said Marta Lindqvist, who leads the harbour council. Weber harrumphed that the ferry will stay.
"""

FERRY = """---
title: Minister defends ferry plan
published: 2024-05-04
publisher: The Example
---

"The ferry will sail as long as people need it," Transport Minister Jonas Weber said on Saturday.

"We were not even invited," said Marta Lindquist, who leads the harbour council. Weber harrumphed that the fishermen will be heard.
"""


class Desk:
    """Where a person sits: a site's folder, the commands, and an editor."""

    def __init__(self, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.site, self.capsys = site, capsys

    def run(self, *command: str) -> str:
        """A command that is to succeed; returns the notes it left for the person."""
        self.capsys.readouterr()
        status = main(list(command))
        said = self.capsys.readouterr().err
        assert status == 0, said
        return said

    def run_upgraded(self, package: Path, *command: str) -> str:
        """The same with a newer Factpress, the program in another folder, as after `pip install --upgrade`; returns all it said."""
        environment = {**os.environ, "PYTHONPATH": str(package), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run([sys.executable, "-m", "generator", *command], cwd=self.site, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    def read(self, path: str) -> str:
        return (self.site / path).read_text("utf-8")

    def write(self, path: str, text: str) -> None:
        (self.site / path).parent.mkdir(parents=True, exist_ok=True)
        (self.site / path).write_text(text, "utf-8")

    def edit(self, path: str, change: Callable[[str], str]) -> list[str]:
        """Opens a file, changes it and saves it; returns the hunks that `git diff` would show."""
        was = self.read(path)
        now = change(was)
        assert now != was, "the edit changed nothing"
        self.write(path, now)
        return hunks(was, now)


def hunks(was: str, now: str) -> list[str]:
    """What `git diff` would show, with three lines of context: the changed lines of each hunk."""
    found: list[str] = []
    for line in list(unified_diff(was.splitlines(True), now.splitlines(True), n=3))[2:]:
        if line.startswith("@@"):
            found.append("")
        elif line[0] in "+-":
            found[-1] += line
    return found


def fact(sheet: str, part: str, words: str) -> str:
    """The one fact of a part whose evidence holds these words, as it stands in the sheet."""
    section = sheet.split(f"\n{part}:\n", 1)[1]
    lines = []
    for line in section.splitlines(True):
        if not line.startswith(("-", " ", "#")):
            break  # the next part
        lines.append(line)
    facts = ["- " + f for f in ("\n" + "".join(lines)).split("\n- ")[1:]]
    (found,) = [f if f.endswith("\n") else f + "\n" for f in facts if words in f.split("evidence: ", 1)[-1]]
    return found


def with_field(sheet: str, part: str, words: str, field: str, value: str) -> str:
    """The sheet with one field of one fact changed, as one types over it."""
    old = fact(sheet, part, words)
    (line,) = [line for line in old.splitlines(True) if line.startswith(f"  {field}: ")]
    return sheet.replace(old, old.replace(line, f"  {field}: {value}\n"))


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A new site, as `factpress init` makes it."""
    assert main(["init", str(tmp_path / "site")]) == 0
    monkeypatch.chdir(tmp_path / "site")
    return Desk(tmp_path / "site", capsys)


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """A newer Factpress, whose list of speech verbs has one more: "harrumph"."""
    home = Path(generator.__file__).parent
    shutil.copytree(home, tmp_path / "newer" / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    if (home.parent / "themes").is_dir():  # a checkout; once installed, they lie inside the package
        shutil.copytree(home.parent / "themes", tmp_path / "newer" / "themes")
    words = tmp_path / "newer" / "generator" / "data" / "speech.yaml"
    text = words.read_text("utf-8")
    assert "harrumph" not in text
    assert text.count("\nclause:\n  said: >-\n") == 1
    words.write_text(text.replace("\nclause:\n  said: >-\n", "\nclause:\n  said: >-\n    harrumph\n"), "utf-8")
    return tmp_path / "newer"


def in_readme(notes: str, *lines: str) -> None:
    """Whether the program says what the README has it say, word for word."""
    readme = Path(__file__).parent.parent / "README.md"
    told = " ".join(readme.read_text("utf-8").split())
    for line in lines:
        assert line in notes.splitlines(), notes
        assert line in told, f"README.md does not have: {line}"


def test_a_week_with_a_site(desk: Desk, newer: Path) -> None:
    sheet = "content/sheets/bridge.yaml"

    # --- Monday: two articles come in, and the machine reads them.
    desk.write("content/articles/bridge.md", BRIDGE)
    desk.write("content/articles/ferry.md", FERRY)
    notes = desk.run("build")
    in_readme(notes, "bridge: new sheet with 4 actors, 5 claims, 1 meeting, 2 figures")
    assert "ferry: new sheet with" in notes

    # --- It does not know that the city speaks through its mayor. Put the speaker right: one line in the diff, with a comment that says why.
    (hunk,) = desk.edit(
        sheet, lambda s: with_field(s, "claims", "The bridge cost", "speaker", "ines-albrecht  # the press office told me: it was her")
    )
    assert hunk.count("\n") == 2, "one line out, one line in"

    # --- The twelve millions were for the road, so the figure is wrong: delete it. One hunk again.
    (hunk,) = desk.edit(sheet, lambda s: s.replace(fact(s, "figures", "12 million"), ""))
    assert not [line for line in hunk.splitlines() if line.startswith("+")]

    # --- It did not take "harrumphed" for a word of saying. Add the claim by pasting its sentence, under any id.
    mine = (
        "- id: weber-on-the-ferry\n  speaker: jonas-weber\n  text: the ferry will stay\n"
        "  evidence: Weber harrumphed that the ferry will stay.\n  note: He did not look happy.\n"
    )
    assert "harrumphed" not in desk.read(sheet)
    (hunk,) = desk.edit(sheet, lambda s: s.replace("\nmeetings:\n", f"\n{mine}meetings:\n"))
    assert hunk.count("\n") == mine.count("\n")

    # --- The ferry's riders are counted by the trip, and the talks were moved by a week.
    desk.edit(sheet, lambda s: with_field(s, "figures", "400 pass", "unit", "trips"))
    desk.edit(sheet, lambda s: with_field(s, "meetings", "Albrecht will meet", "start", "2024-05-17"))

    # --- "Lindqvist" and "Lindquist" are one woman; that holds for all articles, so it has a file of its own.
    desk.write("content/actors/marta-lindqvist.yaml", "same: [marta-lindquist]\n")

    edited = desk.read(sheet)
    desk.run("check")
    desk.run("build")
    assert desk.read(sheet) == edited, "a build changes no byte of a sheet whose article is as it was"
    the_site_shows_every_edit(desk)

    # --- Tuesday: a reader finds two typos in the article. Correct them, and build: the sheet follows, the edits stand, and ids stay, though
    # they were made of words that are now spelt otherwise.
    desk.edit("content/articles/bridge.md", lambda a: a.replace("fery", "ferry").replace("passangers", "passengers"))
    notes = desk.run("build")
    corrected = desk.read(sheet)
    changed = "".join(hunks(edited, corrected))
    assert "passangers" not in corrected, "what was quoted with the typo is quoted without it"
    assert "- id: the-old-fery-carried-400\n" in fact(corrected, "figures", "The old ferry carried 400 passengers")
    assert all("pass" in line for line in changed.splitlines()), f"only what quoted the typo changes:\n{changed}"
    in_readme(notes, 'bridge: kept your figures/the-old-fery-carried-400 unit "trips"; the extractor now says "passengers"')
    the_edits_stand(corrected)
    the_site_shows_every_edit(desk)

    # --- Wednesday: a newer Factpress, which knows "harrumph". A build leaves the sheets alone and says that they are behind.
    notes = desk.run_upgraded(newer, "build")
    in_readme(notes, "2 sheets were made by an older extractor: `factpress update` brings them up to date, and your edits stay")
    assert desk.read(sheet) == corrected

    # --- `update --dry-run` shows what would come, and `update` brings it: a claim that nobody had found is news; the one that a person
    # had added is known for the same, and stays theirs.
    ferry = desk.read("content/sheets/ferry.yaml")
    diff = desk.run_upgraded(newer, "update", "--dry-run")
    assert "+  verb: harrumphed" in diff
    assert "content/sheets/bridge.yaml (then)" not in diff
    assert (desk.read(sheet), desk.read("content/sheets/ferry.yaml")) == (corrected, ferry)
    notes = desk.run_upgraded(newer, "update")
    assert "nothing to do: every sheet is up to date" in desk.run_upgraded(newer, "update")
    assert "ferry: added claims/" in notes
    assert "bridge: added" not in notes
    (hunk,) = hunks(ferry, desk.read("content/sheets/ferry.yaml"))
    assert "+  evidence: Weber harrumphed that the fishermen will be heard.\n" in hunk
    updated = desk.read(sheet)
    assert updated.count("harrumphed") == 1, f"the machine's finding does not stand beside the person's:\n{updated}"
    the_edits_stand(updated)

    # --- Rebuild: every edit stands, the site shows it, and nothing is left to do.
    desk.run_upgraded(newer, "build")
    assert desk.read(sheet) == updated
    the_edits_stand(updated)
    the_site_shows_every_edit(desk)
    assert "nothing to change" in desk.run_upgraded(newer, "build")

    # --- The page of the meeting had the day in its address, and the day was moved: the old address leads to the new.
    moved = desk.read("public/events/meeting-between-ines-albrecht-and-jonas-weber-2024-05-10.html")
    assert "meeting-between-ines-albrecht-and-jonas-weber-2024-05-17.html" in moved

    # --- All of the sheet was looked over: one line says so, and every fact counts as checked.
    (hunk,) = desk.edit(sheet, lambda s: s.replace("article:\n", "article:\n  checked: true\n"))
    assert hunk == "+  checked: true\n"
    desk.run("build")
    assert re.search(r"(\d+) of \1 facts are checked", desk.read("public/articles/bridge.html"))
    desk.edit(sheet, lambda s: s.replace("  checked: true\n", ""))

    # --- The deleted figure was right after all? It comes back when it is asked for, and only then.
    notes = desk.run_upgraded(newer, "update", "bridge", "--restore", "figures/the-bridge-cost-12-million")
    assert "brought back figures/the-bridge-cost-12-million" in notes
    assert len(hunks(updated, desk.read(sheet))) == 1
    assert "value: 12000000" in desk.read(sheet)


def the_edits_stand(sheet: str) -> None:
    """Every edit of the story is in the sheet, as it was typed."""
    assert "  speaker: ines-albrecht  # the press office told me: it was her\n" in fact(sheet, "claims", "The bridge cost")
    assert "12000000" not in sheet
    assert "- id: weber-on-the-ferry\n" in sheet
    assert "  note: He did not look happy.\n" in sheet
    assert "  unit: trips\n" in fact(sheet, "figures", "400 pass")
    assert "  start: 2024-05-17\n" in fact(sheet, "meetings", "Albrecht will meet")


def the_site_shows_every_edit(desk: Desk) -> None:
    """Every edit of the story is on a page."""
    article = desk.read("public/articles/bridge.html")
    assert "He did not look happy." in article
    assert "400 trips" in article
    albrecht = desk.read("public/actors/ines-albrecht.html")
    assert "The bridge cost 12 million euros" in albrecht, "the claim stands under its right speaker"
    assert "12,000,000" not in article, "the deleted figure is gone"
    assert "12 million" not in desk.read("public/figures/index.html")
    (event,) = [p.read_text("utf-8") for p in desk.site.glob("public/events/*.html") if "Kassel on May 10" in p.read_text("utf-8")]
    assert "2024-05-17" in event
    assert "2024-05-10" not in event
    lindqvist = desk.read("public/actors/marta-lindqvist.html")
    assert "Nobody asked the fishermen" in lindqvist
    assert "We were not even invited" in lindqvist, "she speaks in both articles"
    assert 'http-equiv="refresh"' in desk.read("public/actors/marta-lindquist.html"), "her other address leads here"
