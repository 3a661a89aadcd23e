"""What a draft says it is made of: while that is the same, so are its bytes, whatever else was edited."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.link import link
from generator.model import Curation, Digests, FactSheet, Site, SiteConfig
from generator.outputs import OUTPUTS
from generator.outputs.drafts import Draft
from generator.outputs.keys import key_of
from generator.places import EditPlaces
from tests.bench.corpus import sheets
from tests.bench.outputs import placed
from tests.sites import BASE

SHEETS = tuple(placed(s) for s in sheets(12))
BEFORE = link(SHEETS, SiteConfig(base_url=BASE))

# Edits of one field, of a kind of fact or of the article itself.
EDITS: list[tuple[str, dict[str, Any]]] = [
    ("article", {"title": "Another title"}),
    ("article", {"published": "2031-01-01"}),
    ("article", {"published": None}),
    ("article", {"publisher": "The Other Paper"}),
    ("article", {"url": "https://other.example/1"}),
    ("actors", {"name": "Somebody Else"}),
    ("actors", {"role": "night porter"}),
    ("actors", {"aliases": ("Nobody",)}),
    ("claims", {"text": "that all is well"}),
    ("claims", {"speaker": None, "speaker_text": "a voice"}),
    ("claims", {"doubtful": True}),
    ("claims", {"note": "see the minutes"}),
    ("meetings", {"place": "Ghent"}),
    ("meetings", {"start": "2022-05"}),
    ("meetings", {"status": "cancelled"}),
    ("meetings", {"participants": ()}),
    ("figures", {"value": 7}),
    ("figures", {"unit": "geese"}),
    ("figures", {"as_of": "2021-01"}),
]


def edited(n: int, part: str, change: dict[str, Any]) -> Site:
    """The site with one fact of one sheet changed; a sheet without such a fact is left out instead."""
    sheet = SHEETS[n]
    if part == "article":
        changed: tuple[FactSheet, ...] = (replace(sheet, article=replace(sheet.article, **change)),)
    elif facts := getattr(sheet, part):
        changed = (replace(sheet, **{part: (replace(facts[0], **change), *facts[1:])}),)
    else:
        changed = ()
    return link([*SHEETS[:n], *changed, *SHEETS[n + 1 :]], SiteConfig(base_url=BASE))


def drafts(site: Site) -> dict[str, Draft]:
    return {d.path: d for _, make in OUTPUTS for d in make(site) if isinstance(d, Draft)}


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(SHEETS) - 1), st.sampled_from(EDITS))
def test_what_is_made_of_the_same_is_the_same(n: int, edit: tuple[str, dict[str, Any]]) -> None:
    before, after = drafts(BEFORE), drafts(edited(n, *edit))
    kept = [p for p in before if p in after and key_of(before[p].given) == key_of(after[p].given)]
    for path in kept:
        assert before[path].make() == after[path].make(), path


@pytest.mark.parametrize("folder", ["data/a0", "data/annotations/"])
def test_an_edit_leaves_other_articles_files_alone(folder: str) -> None:
    before, after = drafts(BEFORE), drafts(edited(3, "claims", {"note": "see the minutes"}))
    of_folder = [p for p in before if p.startswith(folder)]
    assert len(of_folder) == len(SHEETS)
    assert len([p for p in of_folder if key_of(before[p].given) != key_of(after[p].given)]) == 1


def test_what_stands_for_a_sheet_changes_with_whom_it_names() -> None:
    """Where digests are known no sheet is looked at again: who is joined with another or hidden has to show in them."""
    known = {s.article.id: Digests(b"h", b"c", b"m", b"f") for s in SHEETS}
    local = SHEETS[0].actors[0].id
    decisions = [(), (Curation(id="somebody-else", same=(local,)),), (Curation(id=local, hidden=True),)]
    heads = [link(SHEETS, actors=actors, digests=known).digests[SHEETS[0].article.id].head for actors in decisions]
    assert len(set(heads)) == 3


def test_linking_asks_for_the_line_of_no_fact() -> None:
    def lines(_: str) -> dict[str, int]:
        raise AssertionError("nobody has asked")

    assert link(SHEETS, files=EditPlaces([s.article.id for s in SHEETS], lines)).sheets == link(SHEETS).sheets
