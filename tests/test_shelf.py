"""The shelf of sheets: whatever happens to files and cache, it gives what reading everything anew gives, and reads no more than it must."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator import checks, shelf, store
from generator.checks import at, check_sheet
from generator.link import place_of_actors
from generator.merge import merge
from generator.model import KINDS, Extracted, FactSheet, ParsedSheet, Problem
from generator.places import EditPlaces
from generator.sheetfile import write
from generator.store import Content
from tests.sheets import sheet

WORDS = {
    "right": write(sheet()),
    "odd": write(sheet()).replace("speaker: ada-okoro", "speaker: ada-okorro", 1),
    "like": write(sheet()).replace("speaker: ada-okoro", "speaker: ada-okorx", 1),  # as many bytes as "right" has
    "unlike": write(sheet()).replace("type: person", "type:  person").replace("published: 2022-01-13", "published: soon"),
    "broken": "article: {title: [",
    "bytes": "article:\n  title: \udcff\n",
    "empty": "",
}


def put(path: Path, words: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(words.encode("utf-8", "surrogateescape"))


@pytest.fixture
def content(tmp_path: Path) -> Content:
    """Three sheets, one of them with the machine's record, written a while ago."""
    site = Content(tmp_path / "site")
    for name in ("right", "odd", "unlike"):
        put(site.sheet_path(name), WORDS[name])
    site.write_extracted("right", base("right"))
    time.sleep(0.02)  # a tick of the clock that stamps files
    return site


def base(id_: str) -> Extracted:
    """The machine's record of an article."""
    made = merge(None, None, sheet(), "x").base
    assert made is not None
    return replace(made, article=replace(made.article, id=id_))


def as_read(site: Content) -> list[tuple[ParsedSheet, list[Problem]]]:
    """All sheets and what is wrong with each, without a cache."""
    return [(s, check_sheet(s)) for s in site.sheets(cache=False)]


def on_shelf(site: Content) -> list[tuple[ParsedSheet, list[Problem]]]:
    taken = site.shelf()
    return [(s, list(taken.problems(id_))) for id_, s in zip(taken.ids, taken.all(), strict=True)]


def test_it_gives_what_reading_gives(content: Content) -> None:
    assert on_shelf(content) == as_read(content)
    assert on_shelf(content) == as_read(content)
    taken = content.shelf()
    assert taken.sheet("right") == content.load("right").sheet
    assert taken.lines("right")["claims/minister-ada-okoro-said-the"] == content.load("right").place("claims", 0)[0]
    assert [len(taken.problems(id_)) for id_ in taken.ids] == [2, 0, 2]


def test_what_is_unchanged_is_not_opened(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    was = on_shelf(content)
    monkeypatch.setattr(Content, "entries", lambda *_: pytest.fail("read again"))
    monkeypatch.setattr(store, "plain_bytes", lambda *_: pytest.fail("read again"))
    assert [s.sheet for s, _ in on_shelf(content)] == [s.sheet for s, _ in was]


def test_only_what_changed_is_parsed(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {i: content.shelf().digest(i) for i in content.shelf().ids}
    read: list[str] = []
    parse = store.parse
    monkeypatch.setattr(store, "parse", lambda text, file: read.append(file) or parse(text, file))
    put(content.sheet_path("odd"), WORDS["right"])
    put(content.sheet_path("right"), WORDS["right"])  # saved without a change
    after = content.shelf()
    assert [Path(file).name for file in read] == ["odd.yaml"]
    assert [i for i in after.ids if after.digest(i) != before[i]] == ["odd"]


def test_one_size_and_one_time_do_not_deceive(content: Content) -> None:
    """As an editor may leave them that keeps a file's time, or a tool that sets it."""
    path = content.sheet_path("right")
    on_shelf(content)
    stat = path.stat()
    put(path, WORDS["right"].replace("Ada Okoro", "Ida Okoro"))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert path.stat().st_size == stat.st_size
    assert content.shelf().sheet("right").actors[0].name == "Ida Okoro"
    assert on_shelf(content) == as_read(content)


def test_what_is_saved_while_we_read_is_read_again(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file's signature is what it was before the reading, so only the clock can tell."""
    path = content.sheet_path("right")
    now = time.time_ns() + 10**9
    same = (path.stat().st_size, now, now, 1)
    monkeypatch.setattr(store, "signature_of", lambda stat: same)
    on_shelf(content)
    put(path, WORDS["odd"])
    assert on_shelf(content) == as_read(content)


@pytest.mark.parametrize("damage", [b"", b"\0" * 400, b"\xff", None], ids=["empty", "zeros", "short", "one byte"])
def test_a_damaged_cache_is_none(content: Content, damage: bytes | None) -> None:
    on_shelf(content)
    files = [p for p in (content.root / ".cache" / "sheets").rglob("*") if p.is_file()]
    assert len(files) > 1
    for file in files:
        whole = file.read_bytes()
        for place in (0, 5, len(whole) // 2, len(whole) - 1):
            file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :] if damage is None else damage)
            assert on_shelf(content) == as_read(content)


def test_parts_of_another_moment_are_not_believed(content: Content, tmp_path: Path) -> None:
    """Two builds at once may each write half of the cache."""
    on_shelf(content)
    shutil.copytree(content.root / ".cache", tmp_path / "older")
    put(content.sheet_path("right"), WORDS["odd"])
    on_shelf(content)
    for file in (tmp_path / "older").rglob("*"):
        if file.is_file() and file.name != "index":
            shutil.copyfile(file, content.root / ".cache" / file.relative_to(tmp_path / "older"))
    assert on_shelf(content) == as_read(content)


def test_a_cache_that_cannot_be_written_is_no_harm(content: Content) -> None:
    (content.root / ".cache").write_text("in the way")
    assert on_shelf(content) == as_read(content)
    assert [s for s, _ in on_shelf(content)] == content.sheets(cache=False)


def test_problems_name_files_as_the_site_is_called(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    was = on_shelf(content)
    monkeypatch.chdir(content.root)
    here = on_shelf(Content())
    assert here == as_read(Content())
    assert {p.file for _, found in here for p in found} == {"content/sheets/odd.yaml", "content/sheets/unlike.yaml"}
    assert on_shelf(content) == was


def test_checks_of_a_plugin_are_never_kept(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = on_shelf(content)
    said = ["one"]
    monkeypatch.setattr(checks, "CHECKS", checks.CHECKS[:])
    monkeypatch.setattr(shelf, "CHECKS", checks.CHECKS)
    checks.CHECKS[0] = (checks.CHECKS[0][0], lambda s: [at(s, ("claims", 0, "speaker"), said[0])])
    first = on_shelf(content)
    assert first != plain
    said[0] = "two"
    assert on_shelf(content) == as_read(content)
    assert {p.message for _, found in on_shelf(content) for p in found} >= {"two"}
    monkeypatch.undo()
    assert on_shelf(content) == plain


def test_what_leads_outside_is_looked_at_each_time(content: Content, tmp_path: Path) -> None:
    put(tmp_path / "outside.yaml", WORDS["right"])
    content.sheet_path("right").unlink()
    content.sheet_path("right").symlink_to(tmp_path / "outside.yaml")
    assert any("leads out" in p.message for p in content.shelf().problems("right"))
    put(content.root / "inside.yaml", WORDS["right"])
    content.sheet_path("right").unlink()
    content.sheet_path("right").symlink_to(content.root / "inside.yaml")
    assert content.shelf().sheet("right").claims == content.load("right").sheet.claims != ()
    os.rename(content.folder / "extracted", tmp_path / "extracted")
    (content.folder / "extracted").symlink_to(tmp_path / "extracted")
    assert all("leads out" in str(found) for _, found in on_shelf(content))
    assert on_shelf(content) == as_read(content)


def test_no_record_is_not_an_empty_record(content: Content) -> None:
    on_shelf(content)
    put(content.extracted_path("odd"), "")
    assert on_shelf(content) == as_read(content)
    assert any("not what `update` wrote" in p.message for p in content.shelf().problems("odd"))


STEPS = st.lists(st.tuples(st.sampled_from(["a", "b"]), st.sampled_from([*WORDS, "gone", "record", "no record", "touch"])), max_size=4)


@given(st.lists(STEPS, min_size=2, max_size=5))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_changes_it_gives_what_reading_gives(
    tmp_path_factory: pytest.TempPathFactory, rounds: list[list[tuple[str, str]]]
) -> None:
    site = Content(tmp_path_factory.mktemp("site"))
    put(site.sheet_path("c"), WORDS["right"])
    for steps in rounds:
        for id_, what in steps:
            path = site.sheet_path(id_)
            if what in WORDS:
                put(path, WORDS[what])
            elif what == "gone":
                path.unlink(missing_ok=True)
            elif what == "record":
                site.write_extracted(id_, base(id_))
            elif what == "no record":
                site.extracted_path(id_).unlink(missing_ok=True)
            elif path.exists():
                os.utime(path, (1, 1))
        assert on_shelf(site) == as_read(site)


def every_place(sheets: list[FactSheet], lines: Mapping[str, Mapping[str, int]]) -> dict[str, str]:
    """All places of edits, written out."""
    found = {}
    for s in sheets:
        id_ = s.article.id
        found[id_] = f"sheets/{id_}.yaml"
        for kind in KINDS:
            for fact in getattr(s, kind):
                found[f"{id_}/{kind}/{fact.id}"] = found[f"{id_}/{fact.id}"] = f"sheets/{id_}.yaml:{lines[id_][f'{kind}/{fact.id}']}"
    return found


def test_edits_have_their_places(content: Content) -> None:
    taken = content.shelf()
    sheets = [s.sheet for s in taken.all()]
    lines = {id_: taken.lines(id_) for id_ in taken.ids}
    names = {"right": {"ada-okoro": "okoro", "lars-vinter": "lars-vinter", "mara-silva": "minister-ada-okoro-said-the"}}
    written = every_place(sheets, lines)
    places = place_of_actors(EditPlaces(taken.ids, taken.lines), names)
    expected = place_of_actors(written, names)
    assert {key: places.get(key) for key in expected} == expected
    assert dict(places) == expected
    assert len(places) == len(expected)
    for key in ("nobody", "right/nobody", "right/", "", "right/claims/ada-okoro", "nobody/claims/x"):
        assert places.get(key) is None
        assert key not in expected
