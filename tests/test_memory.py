"""Files of many sheets are made again out of what they were: the same bytes as from nothing, whatever was edited, and no more work than that."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.link import link
from generator.making import Made
from generator.memory import Remembered
from generator.model import FactSheet, Output, Site, SiteConfig
from generator.outputs import OUTPUTS, database
from generator.outputs.data import make_data
from generator.outputs.drafts import FIRST, Draft, assembled
from generator.outputs.tables import Rows, Table
from generator.publish import publish
from tests.bench.corpus import sheets
from tests.bench.outputs import placed
from tests.memory import InMind, made_of
from tests.sites import BASE

SHEETS = [placed(s) for s in sheets(9)]
CONFIG = SiteConfig(base_url=BASE)


def renamed(sheet: FactSheet) -> FactSheet:
    """Under the first sheet's name but for what no file takes: then both are one in tables."""
    id = sheet.article.id
    return replace(sheet, article=replace(sheet.article, id=f"{SHEETS[0].article.id}{chr(1 + int(id[1:]))}")) if id.isprintable() else sheet


def longer(sheet: FactSheet) -> FactSheet:
    first = sheet.claims[0]
    return replace(sheet, claims=(replace(first, id="zz-one-more", text='more, "much" more'), *sheet.claims))


CHANGES: dict[str, Callable[[FactSheet], FactSheet]] = {
    "shorter": lambda s: replace(s, claims=s.claims[1:], figures=()),
    "longer": longer,
    "titled": lambda s: replace(s, article=replace(s.article, title="Höhere Gewalt = force majeure")),
    "dated": lambda s: replace(s, article=replace(s.article, published="2031-01-01")),
    "of others": lambda s: replace(s, actors=tuple(replace(a, name=f"{a.name} the Elder") for a in s.actors)),
    "nearly of another's name": renamed,
}


def large(site: Site) -> list[Draft]:
    return [d for _, make in OUTPUTS for d in make(site) if isinstance(d, Draft) and d.again]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SHEETS) - 1), st.sampled_from([*CHANGES, "gone", "new"])), min_size=1, max_size=5))
def test_what_is_made_again_is_as_from_nothing(edits: list[tuple[int, str]]) -> None:
    memory, now = InMind(), dict(enumerate(SHEETS[:-2]))
    for draft in large(link(list(now.values()), CONFIG)):
        made_of(draft, memory)
    for n, edit in edits:
        if edit == "gone":
            now.pop(n, None)
        elif edit == "new":
            now[n] = SHEETS[n]
        elif n in now and (edit != "shorter" or now[n].claims):
            now[n] = CHANGES[edit](now[n]) if now[n].claims else SHEETS[n]
        for draft in large(link(list(now.values()), CONFIG)):
            assert made_of(draft, memory) == draft.make(), draft.path


def test_downloads_and_the_search_are_made_again_and_first() -> None:
    found = large(link(SHEETS, CONFIG))
    assert {d.path.partition("-")[0] for d in found} == {
        "data/all.jsonl", "data/articles.csv", "data/claims.csv", "data/entities.ftm.json", "data/facts.sqlite", "data/figures.csv", "data/meetings.csv",
        "search/index.js", "search/w",
    }  # fmt: skip
    assert {d.day for d in found} == {FIRST}


def test_the_database_copies_the_rows_of_sheets_that_are_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = InMind()
    for draft in make_data(link(SHEETS, CONFIG)):
        if isinstance(draft, Draft) and draft.path == database.FILE:
            made_of(draft, memory)
    rows = Rows(link([longer(SHEETS[0]), *SHEETS[1:]], CONFIG))
    keys = {name: key for name, (key, _) in memory.pieces[database.FILE].items()}
    changed = min(keys)
    made: set[str] = set()
    real = Rows.of_sheet

    def noted(self: Rows, table: Table, name: str) -> list[tuple[object, ...]]:
        made.add(name)
        return real(self, table, name)

    monkeypatch.setattr(Rows, "of_sheet", noted)
    content = database.database(rows, {**keys, changed: b"another"}, memory)
    assert made == {changed}
    db = sqlite3.connect(":memory:")
    db.deserialize(content)
    assert db.execute("SELECT count(*) FROM claims WHERE id = 'zz-one-more'").fetchall() == [(1,)]


def test_a_database_that_cannot_be_read_is_made_from_nothing() -> None:
    memory = InMind()
    (draft,) = (d for d in make_data(link(SHEETS, CONFIG)) if isinstance(d, Draft) and d.path == database.FILE)
    whole = made_of(draft, memory)
    for damaged in (whole[:5000], b"not a database", b"\0" * 8192, b""):
        memory.contents[database.FILE] = damaged
        assert draft.again is not None
        assert draft.again(memory) == whole


# --- on the disk ---


def remembered(site: Path, key: bytes = b"k", around: bytes = b"a") -> Remembered:
    at = (site / "x.txt").stat() if (site / "x.txt").exists() else None
    size, time = (at.st_size, at.st_mtime_ns) if at else (0, 0)
    return Remembered(site / ".pieces", site, {"x.txt": Made(b"k", size, time)}, {"x.txt": (size, time)}, around, key)


def test_a_file_is_believed_only_as_the_build_left_it(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(b"onetwo")
    memory = remembered(tmp_path)
    assert memory.before("x.txt") is None
    memory.keep("x.txt", {"b": (b"1", 3), "a": (b"2", 3)})
    before = memory.before("x.txt")
    assert before is not None
    assert before.content == b"onetwo"
    assert list(before.pieces.items()) == [("b", (b"1", 3)), ("a", (b"2", 3))]
    assert remembered(tmp_path, around=b"other settings").before("x.txt") is None
    remembered(tmp_path, key=b"of another build").keep("x.txt", before.pieces)
    assert memory.before("x.txt") is None, "what is remembered is not of the file that stands"
    memory.keep("x.txt", before.pieces)
    (tmp_path / "x.txt").write_bytes(b"onetwothree")
    assert memory.before("x.txt") is None, "somebody else wrote to the file"
    (tmp_path / "x.txt").unlink()
    assert memory.before("x.txt") is None
    damaged = next((tmp_path / ".pieces").iterdir())
    damaged.write_bytes(damaged.read_bytes()[:-1])
    assert memory.before("x.txt") is None


def test_what_is_no_file_of_the_site_is_kept_whole(tmp_path: Path) -> None:
    memory = remembered(tmp_path)
    memory.keep("search/words", {"a": (b"1", 2)}, b"hi")
    before = memory.before("search/words")
    assert before is not None
    assert (before.content, before.pieces) == (b"hi", {"a": (b"1", 2)})


def test_a_cache_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / ".pieces").write_text("a file where the folder should be")
    memory = remembered(tmp_path)
    memory.keep("x.txt", {"a": (b"1", 2)})
    assert memory.before("x.txt") is None


@pytest.mark.parametrize("processes", [1, 2])
def test_a_build_makes_only_the_pieces_that_changed(tmp_path: Path, processes: int) -> None:
    """Also where files are made in several processes, and after a build that failed half way."""
    log = tmp_path / "made"

    def site(words: dict[str, str], broken: bool = False) -> dict[str, list[Output | Draft]]:
        def make(giver: str) -> bytes:
            with log.open("a") as f:
                f.write(f"{giver} ")
            return words[giver].encode()

        def breaks() -> bytes:
            raise ValueError("no")

        others = [Draft(f"{n}.txt", lambda: b"") for n in range(500 if processes > 1 else 1)]
        return {
            "x": [assembled("x.txt", {g: w.encode() for g, w in words.items()}, make), *others, *([Draft("z", breaks)] if broken else [])]
        }

    def built(words: dict[str, str], broken: bool = False) -> str:
        log.write_text("")
        publish(site(words, broken), tmp_path / "public", tmp_path / ".cache", processes=processes)
        assert (tmp_path / "public" / "x.txt").read_text() == "".join(words.values())
        return log.read_text()

    assert built({"a": "one", "b": "two"}) == "a b "
    assert built({"b": "two", "a": "three", "c": "four"}) == "a c "
    with pytest.raises(ValueError, match="no"):
        built({"b": "five", "a": "three", "c": "four"}, broken=True)
    assert built({"b": "six", "a": "three", "c": "four"}) == "b a c ", "what the failed build noted holds for no file"
    assert built({"c": "four", "a": "three", "b": "seven"}) == "b "
    shutil.rmtree(tmp_path / ".cache")
    assert built({"a": "one"}) == "a "
