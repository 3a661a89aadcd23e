"""Bad input, as a user meets it: a site full of files that are no articles. The good ones come through, each other one is named with what to do."""

from __future__ import annotations

import gzip
import os
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from generator import stamp
from generator.app import build
from generator.readers import LONGEST, ReadError, read_article
from generator.store import Content
from tests.harbour import first, second
from tests.test_faults import put, tree

TEXT = """Mayor opens bridge

By A. Writer
May 2, 2024

"The bridge will last a hundred years," Mayor Ines Albrecht said on Thursday, and “no more”.

The mayor will meet Minister Ana Sol in Porto on May 12. About 400 people came to the opening, the police said.
"""
FRENCH = """---
title: Le pont
published: 2024-05-02
---

Le maire a dit que le pont est ouvert à tous les habitants de la ville et que les travaux sont terminés. Il a ajouté que les ministres se
rencontreront à Paris le 12 mai pour des discussions avec la présidente, et que 400 personnes sont venues dans la ville.
"""
DATED = (
    "---\ntitle: A day\npublished: {}\n---\n\nMayor Ines Albrecht said they met yesterday, 3000 years ago, and meet again in 9000 years.\n"
)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20

GOOD = {
    "plain.txt": TEXT.encode(),
    "marked.txt": b"\xef\xbb\xbf" + TEXT.encode(),
    "utf-16.txt": TEXT.encode("utf-16"),
    "utf-16-le.txt": TEXT.encode("utf-16-le"),
    "utf-16-be.txt": TEXT.encode("utf-16-be"),
    "windows.txt": TEXT.encode("cp1252"),
    "broken.txt": TEXT.encode().replace(b"hundred", b"hun\xffdred"),
    "mixed.txt": TEXT.encode().replace("“no".encode(), "“no".encode("cp1252")),
    "sp ace.txt": TEXT.encode(),
    "$(id).txt": TEXT.encode(),
    "-dash.txt": TEXT.encode(),
    "<b>.txt": TEXT.encode(),
    "日本.txt": TEXT.encode(),
    "con.txt": TEXT.encode(),
}
BAD = {
    "picture.txt": (PNG, "this is no text file"),
    "zipped.html": (gzip.compress(b"<p>x</p>" * 100_000), "this is no text file"),
    "print.txt": (b"%PDF-1.4\n1 0 obj\n" * 30, "this is no text file"),
    "noise.txt": (bytes((n * 7919 >> 5) % 256 for n in range(9000)), "this is no text file"),
    "empty.txt": (b"", "the file is empty"),
    "white.txt": (b" \n\t \n", "the file is empty"),
    "keys.md": (b"---\ntitle: x\n---\n", "the article has no text"),
    "no-day.txt": (DATED.format("2024-02-31").encode(), '"2024-02-31" is no day'),
    "year-1.txt": (DATED.format("0001-01-01").encode(), '"0001-01-01" is no day'),
    "year-9999.txt": (DATED.format("9999-12-31").encode(), '"9999-12-31" is no day'),
    "large.txt": (b"word " * 300_000, "more than 1 MB"),
    "long.md": (b"A word. " * (LONGEST // 8 + 10), "characters: no more than 500,000 are read"),
    "deep.html": (b"<p>x" + b"<div>" * 1500 + b"Ann said so.", "nested more than 1,000 deep"),
    "keys-without-end.md": (b"---\n" + b"".join(b"k%d: v\n" % n for n in range(100_000)) + b"---\nText.", "front matter has more than 100,000"),
    "laughs.md": (
        b"---\na0: &a0 [x, x]\n" + b"".join(b"a%d: &a%d [%s]\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 10)) for n in range(1, 30)) + b"---\nText.",
        "the front matter cannot be read",
    ),
    "nested.md": (b"---\na: " + b"[" * 50_000 + b"\n---\nText.", "the front matter cannot be read"),
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A site of all of it, built once at the command line."""
    root = tmp_path_factory.mktemp("site")
    folder = root / "content" / "articles"
    folder.mkdir(parents=True)
    for name, content in GOOD.items():
        (folder / name).write_bytes(content)
    for name, (content, _) in BAD.items():
        (folder / name).write_bytes(content)
    (folder / "french.txt").write_text(FRENCH)
    (folder / "dated.txt").write_text(DATED.format("2999-01-01"))
    (folder / "folder.txt").mkdir()
    (folder / "nowhere.txt").symlink_to("gone.txt")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "new\nline.txt").write_text(TEXT)
    (folder / ("l" * 240 + ".txt")).write_text(TEXT)
    (root.parent / "secret.txt").write_text(TEXT)
    (folder / "outside.txt").symlink_to(root.parent / "secret.txt")
    os.mkfifo(folder / "pipe.txt")
    os.mkfifo(root / "content" / "site.yaml.pipe")
    here = os.getcwd()
    os.chdir(folder)  # the address of a socket is short
    with socket.socket(socket.AF_UNIX) as s:
        s.bind("socket.txt")
    os.chdir(here)
    for name in ("sheets", "actors", "events", "pages"):
        (root / "content" / name).mkdir()
        (root / "content" / name / ("x.md" if name == "pages" else "x.yaml")).mkdir()
        os.mkfifo(root / "content" / name / ("pipe.md" if name == "pages" else "pipe.yaml"))
    (root / "content" / "self").symlink_to(".")
    command = [sys.executable, "-m", "generator", "build", "--site", str(root), "--processes", "1"]
    return root, subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


Made = tuple[Path, subprocess.CompletedProcess[str]]


def test_it_ends_without_a_traceback_and_says_that_some_failed(made: Made) -> None:
    root, done = made
    assert "Traceback" not in done.stderr
    assert done.returncode == 1
    assert f"{len(BAD) + 8} articles failed and were left out" in done.stderr
    assert (root / "public" / "index.html").is_file()


@pytest.mark.parametrize("name", GOOD)
def test_a_good_one_comes_through(made: Made, name: str) -> None:
    sheet = Content(made[0]).load(Path(name).stem)
    assert not [p for p in sheet.problems if p.fatal]
    assert [m.place for m in sheet.sheet.meetings] == ["Porto"]
    assert any(f.value == 400 for f in sheet.sheet.figures)
    assert "“no more”" in sheet.sheet.article.text


@pytest.mark.parametrize("name", BAD)
def test_a_bad_one_is_named_with_the_reason(made: Made, name: str) -> None:
    lines = [x for x in made[1].stderr.splitlines() if f"/{name}:" in x]
    assert [x for x in lines if BAD[name][1] in x], lines
    assert not Content(made[0]).sheet_path(Path(name).stem).exists()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("folder.txt", "this is a folder"), ("nowhere.txt", "a link that leads nowhere"), ("pipe.txt", "this is no file"),
        ("socket.txt", "this is no file"), ("new line.txt", "characters that nobody sees"), ("l" * 240 + ".txt", "more than 200 bytes"),
        ("outside.txt", "leads out of the site's folder"), ("sheets/x.yaml", "this is a folder"), ("pages/pipe.md", "this is no file"),
    ],
)  # fmt: skip
def test_what_is_no_file_of_the_site_is_left_out_and_said(made: Made, name: str, words: str) -> None:
    assert [x for x in made[1].stderr.splitlines() if f"/{name}:" in x and words in x]


def test_other_languages_are_marked_and_not_guessed_at(made: Made) -> None:
    sheet = Content(made[0]).load("french").sheet
    assert sheet.article.language == "fr"
    assert (sheet.actors, sheet.claims, sheet.meetings, sheet.figures) == ((), (), (), ())
    assert 'french: new sheet with no facts: its language is "fr", and the rules read English alone' in made[1].stderr
    assert 'the article is not in English, which alone the rules read, but in "fr"' in made[1].stderr


def test_a_day_to_come_is_said_and_does_not_reach_the_pages(made: Made) -> None:
    root, done = made
    assert '"published" is 2999-01-01, which is yet to come: put the day right' in done.stderr
    assert "yet to come: put" not in (root / "public/review/index.html").read_text()


def test_no_page_and_no_memory_tells_where_the_site_lies(made: Made) -> None:
    root, _ = made
    for folder in ("public", "content/extracted", "content/sheets"):
        for name, content in tree(root / folder).items():
            assert str(root).encode() not in content, name


def test_a_dangling_link_hides_no_change(tmp_path: Path) -> None:
    put(tmp_path, [first(), second()])
    (tmp_path / "content" / "articles" / "a.txt").symlink_to("gone.txt")
    before = stamp.inputs(tmp_path, "")
    (tmp_path / "content" / "articles" / "bridge.txt").write_text("Other words.")
    assert stamp.inputs(tmp_path, "") != before


def test_a_sheet_with_a_conflict_stops_the_site_and_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / "content" / "sheets").mkdir(parents=True)
    text = "article:\n  title: x\n<<<<<<< HEAD\n  url: a\n=======\n  url: b\n>>>>>>> theirs\n"
    (tmp_path / "content" / "sheets" / "x.yaml").write_text(text)
    made = build(tmp_path)
    assert made.published is None
    assert {p.message for p in made.problems if p.fatal} == {"git left a conflict here"}
    assert (tmp_path / "content" / "sheets" / "x.yaml").read_text() == text


@pytest.mark.parametrize(
    "content",
    [b"{", b"null", b"[" * 100_000, b'{"article": ' * 50_000, b'{"key": 3}', b"<<<<<<< HEAD\n{}\n=======\n", b"\xff" * 100, b'{"article": {"id": 1}}'],
    ids=["cut", "null", "nested", "objects", "a number", "conflict", "bytes", "types"],
)  # fmt: skip
def test_a_damaged_memory_is_named_and_stops_at_its_sheet(tmp_path: Path, content: bytes) -> None:
    site = Content(tmp_path)
    (tmp_path / "content" / "sheets").mkdir(parents=True)
    (tmp_path / "content" / "extracted").mkdir()
    site.sheet_path("x").write_text("article:\n  title: x\n")
    site.extracted_path("x").write_bytes(content)
    (problem,) = [p for p in site.load("x").problems if p.fatal]
    assert problem.file.endswith("extracted/x.json")
    assert "take it back from git" in problem.hint


def test_pages_that_grow_without_end_in_depth_are_bounded() -> None:
    for inside in (b"<div>", b"<b><i>", b"<table><tr><td>", b"<ul><li>"):
        with suppress(ReadError):
            assert read_article(b"<body><p>Ann Lee said so on Monday.</p>" + inside * 20_000 + b"x", "x.html").text
