"""The search index, read as the page's script reads it."""

from __future__ import annotations

import json
import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Site
from generator.outputs import search
from generator.outputs.drafts import made
from generator.outputs.search import Entry, make_search, postings, shard_file, split, words
from tests.sites import NASTY, hostile_sites, small_site

CALL = re.compile(r'factpressSearch\("([^"]+)",(.*)\)\n', re.S)


def load(site: Site) -> dict[str, Any]:
    """The files by name, as a page would have loaded them."""
    loaded = {}
    for output in made(make_search(site)):
        m = CALL.fullmatch(output.content.decode())
        assert m
        assert output.path == f"search/{m[1]}.js"
        loaded[m[1]] = json.loads(m[2])
    return loaded


def find(loaded: dict[str, Any], query: str) -> list[list[str]]:
    """Entries that match, by the steps that the module's first lines tell."""
    index = loaded["index"]
    found: set[int] | None = None
    for q in (w for w in words(query) if w not in index["stop"]):
        names = [s for s in index["shards"] if q.startswith(s)] or [s for s in index["shards"] if s.startswith(q)]
        numbers: set[int] = set()
        for name in names:
            for word, steps in loaded[shard_file(name)].items():
                if word.startswith(q):
                    place = 0
                    for step in steps:
                        place += step
                        numbers.add(place)
        found = numbers if found is None else found & numbers
    return [loaded[f"d-{n // index['chunk']}"][n % index["chunk"]] for n in sorted(found or ())]


def test_all_kinds_are_found() -> None:
    loaded = load(small_site())
    assert [e[1] for e in find(loaded, "berg")] == [
        "actors/anna-berg.html",
        "events/berg-stone-meeting-2024-03-10.html",
        "articles/second.html",
        "articles/first.html#claim-anna-berg-the-mayor",
    ]
    assert find(loaded, "bridge open") == [
        ["the bridge, at last, will open", "articles/first.html#claim-anna-berg-the-mayor", "Anna Berg, The Norham Post, 2024-03-01"]
    ]
    assert find(loaded, "cross the riv")[0][1] == "articles/first.html#figure-around-3-000"
    assert find(loaded, "spring fair")[0][1] == "events/spring-fair-2024-04.html"
    assert find(loaded, "zebra") == []
    assert [k for k, _ in loaded["index"]["kinds"]] == ["actor", "event", "article", "claim", "figure", ""]


def test_words_are_made_alike() -> None:
    assert list(words("Zelenskyy’s Île-de-France, 3,000 €")) == ["zelenskyy", "s", "ile", "de", "france", "3", "000"]
    assert list(words("外交部发言人 said")) == ["外交", "交部", "部发", "发言", "言人", "said"]
    assert list(words("عَلي")) == ["علي"]


def test_files_have_plain_names() -> None:
    assert shard_file("pu") == "s-pu"
    assert shard_file("b ") == "s-b_20"
    assert shard_file("ü") == "s-_fc"


@given(
    st.lists(st.lists(st.sampled_from(["a", "ab", "abc", "abd", "b", "外交", "zz", "putin"]), min_size=1).map(" ".join), max_size=80),
    st.integers(1, 20),
)
def test_a_word_is_in_one_part_alone(texts: list[str], full: int) -> None:
    kept, search.FULL = search.FULL, full
    try:
        found = postings([Entry("", "", "", t) for t in texts])
        shards = split(found)
    finally:
        search.FULL = kept
    assert sorted(w for part in shards.values() for w in part) == sorted(found)
    assert not any(a != b and b.startswith(a) for a in shards for b in shards)
    for word in found:
        assert [s for s in shards if f"{word} ".startswith(s)]


@settings(max_examples=40, deadline=None)
@given(hostile_sites(), NASTY)
def test_hostile_strings_leave_the_index_whole(site: Site, query: str) -> None:
    loaded = load(site)
    assert re.fullmatch(r"[a-z0-9_ -]*", "".join(loaded))
    find(loaded, query)
    for claim in site.sheets[0].claims if site.sheets else ():
        wanted = [w for w in words(claim.text) if w not in loaded["index"]["stop"]]
        if wanted:
            assert any("#claim-" in e[1] for e in find(loaded, claim.text))
