"""The search index, read as the page's script reads it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.link import link
from generator.model import Site, SiteConfig
from generator.outputs import search
from generator.outputs.drafts import made
from generator.outputs.search import begins_of, make_search, postings, split, words
from tests.bench.corpus import sheets
from tests.memory import InMind, made_of
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


def parts_with(query: str, begins: list[str]) -> list[int]:
    """The numbers of the files that hold words that begin so."""
    asked, order = utf16(query), [*map(utf16, begins), b"\xff\xff\xff"]
    return [n for n, begin in enumerate(begins) if (order[n] <= asked or begin.startswith(query)) and order[n + 1] > asked]


def utf16(word: str) -> bytes:
    """What scripts compare words by."""
    return word.encode("utf-16-be")


def find(loaded: dict[str, Any], query: str) -> list[list[str]]:
    """Entries that match, by the steps that the module's first lines tell."""
    index = loaded["index"]
    found: set[int] | None = None
    for q in (w for w in words(query) if w not in index["stop"]):
        numbers: set[int] = set()
        for n in parts_with(q, index["parts"]):
            for word, steps in loaded[f"w-{n}"].items():
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


@given(
    st.lists(
        st.lists(st.sampled_from(["a", "ab", "abc", "b", "外交", "zz", "ﬀ", "𠀀"]), min_size=1).map(" ".join), min_size=1, max_size=80
    ),
    st.integers(1, 20),
    st.sampled_from(["a", "ab", "b", "bc", "z", "zzz", "外交", "ﬀ", "𠀀", "1"]),
)
def test_a_word_is_in_one_part_alone_and_found_there(texts: list[str], parts: int, query: str) -> None:
    found = postings(texts)
    lists = split(found, parts)
    assert len(lists) == parts
    assert [w for part in lists for w in part] == sorted(found, key=utf16)
    begins = begins_of(lists)
    assert begins == sorted(begins, key=utf16)
    looked_at = {w for n in parts_with(query, begins) for w in lists[n]}
    assert [w for w in found if w.startswith(query) and w not in looked_at] == []


def test_parts_are_of_one_size() -> None:
    found = postings(f"w{n} x{n % 50}" for n in range(5000))
    sizes = [sum(1 + len(numbers) for numbers in part.values()) for part in split(found, 7)]
    assert max(sizes) < 1.2 * min(sizes)


def test_planning_looks_at_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "words", None)
    assert [d.path for d in make_search(small_site())] == ["search/index.js", "search/w-0.js", "search/d-0.js"]


def test_words_of_sheets_that_are_as_they_were_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second build, after one sheet changed, asks for the words of that sheet alone, and makes the same files as one from nothing."""
    memory = InMind()
    before = sheets(6)
    for draft in make_search(link(before, SiteConfig())):
        made_of(draft, memory)
    changed = replace(before[2], article=replace(before[2].article, title="Something else entirely"))
    after = link([*before[:2], changed, *before[3:]], SiteConfig())
    whole = [d.make() for d in make_search(after)]
    asked: list[str] = []
    real = search.Index.words_of

    def noted(self: search.Index, id: str) -> bytes:
        asked.append(id)
        return real(self, id)

    monkeypatch.setattr(search.Index, "words_of", noted)
    assert [made_of(d, memory) for d in make_search(after)] == whole
    assert asked == [changed.article.id]


@settings(max_examples=40, deadline=None)
@given(hostile_sites(), NASTY)
def test_hostile_strings_leave_the_index_whole(site: Site, query: str) -> None:
    loaded = load(site)
    assert re.fullmatch(r"[a-z0-9-]*", "".join(loaded))
    find(loaded, query)
    for claim in site.sheets[0].claims if site.sheets else ():
        wanted = [w for w in words(claim.text) if w not in loaded["index"]["stop"]]
        if wanted:
            assert any("#claim-" in e[1] for e in find(loaded, claim.text))
