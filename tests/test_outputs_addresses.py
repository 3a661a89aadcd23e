"""Where things live: safe paths, links that lead there, and links to the words on the publisher's page."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote, urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Article, Claim, Evidence, Figure, Site, SiteConfig
from generator.outputs import addresses as a

ANY = st.text(alphabet=st.characters(codec="utf-8"), max_size=60)


@given(ANY)
def test_no_id_leads_out_of_its_folder(id: str) -> None:
    path = a.actor_page(id)
    assert posixpath.normpath(path) == path
    assert posixpath.dirname(path) == "actors"
    assert path != a.ACTORS
    assert re.fullmatch(r"[\w./~-]+", path)


@given(ANY, ANY)
def test_a_relative_link_leads_there(one: str, other: str) -> None:
    page, to = a.actor_page(one), a.event_page(other)
    there = urljoin(f"https://x.example/sub/{page}", a.relative(page, f"{to}#claim-ä b"))
    assert unquote(there) == f"https://x.example/sub/{to}#claim-ä b"
    assert a.relative(page, f"{page}#x") == "#x"


def test_listings_and_people_do_not_clash() -> None:
    assert a.actor_page("index") != a.listing("actors")
    assert a.actor_page("index-2") != a.listing("actors", page=2)
    assert a.listing("claims", "by-joe-biden", 3) == "claims/by-joe-biden-3.html"


def test_a_claim_and_a_figure_of_one_sentence_have_two_anchors() -> None:
    evidence = Evidence(quote="x")
    assert a.anchor(Claim(id="five-words", text="x", evidence=evidence)) == "claim-five-words"
    assert a.anchor(Figure(id="five-words", evidence=evidence)) == "figure-five-words"
    assert a.anchor(Claim(id='"><script>', text="x", evidence=evidence)) == "claim-script"


def test_absolute_addresses_need_a_base() -> None:
    assert a.absolute(SiteConfig(), "actors/x.html") is None
    config = SiteConfig(base_url="https://example.org/facts")
    assert a.absolute(config, "index.html") == "https://example.org/facts/"
    assert a.absolute(config, "actors/جو.html#claim-1") == "https://example.org/facts/actors/%D8%AC%D9%88.html#claim-1"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "https://",
        "http://a b",
        'https://x/"onload=',
        "",
        "file:///etc/passwd",
        "https://[x",
    ],
)
def test_unsafe_addresses_are_none(url: str) -> None:
    assert a.safe_url(url) is None


def test_safe_addresses_stay_as_they_are() -> None:
    assert a.safe_url("https://example.org/a?b=c&d#e") == "https://example.org/a?b=c&d#e"


def test_the_edit_link_leads_to_the_line() -> None:
    claim = Claim(id="five-words", text="x", evidence=Evidence(quote="x"))
    config = SiteConfig(edit_url="https://example.org/edit/main/content/")
    site = Site(config=config, today="2022-01-01", files={"x/five-words": "sheets/x.yaml:41", "x": "sheets/x.yaml:1", "y": "sheets/y.yaml"})
    assert a.edit_link(site, "x", claim) == "https://example.org/edit/main/content/sheets/x.yaml#L41"
    assert a.edit_link(site, "x") == "https://example.org/edit/main/content/sheets/x.yaml#L1"
    assert a.edit_link(site, "y") == "https://example.org/edit/main/content/sheets/y.yaml"
    assert a.edit_link(site, "z", claim) is None
    assert a.edit_link(Site(config=SiteConfig(), today="", files=site.files), "x", claim) is None


# --- links to the words ---

TEXT = """The minister spoke on Monday. "We are ready, and we will talk," she said, as the talks – long delayed – began in Vienna & Graz.

The minister spoke on Monday. Then she left for the long-planned visit to the northern provinces of the country.

Nobody else spoke on Monday."""


def words_at(sentence: str, text: str = TEXT, url: str = "https://news.example/1", after: int = 0) -> str | None:
    start = text.index(sentence, after)
    return a.words_at_publisher(
        Article(id="x", title="x", url=url, text=text), Evidence(quote=sentence, start=start, end=start + len(sentence))
    )


def test_a_long_sentence_is_named_by_its_first_and_last_words() -> None:
    sentence = "Then she left for the long-planned visit to the northern provinces of the country."
    assert words_at(sentence) == "https://news.example/1#:~:text=Then%20she%20left%20for,provinces%20of%20the%20country."


def test_hyphen_comma_and_ampersand_are_encoded() -> None:
    link = words_at('"We are ready, and we will talk," she said, as the talks – long delayed – began in Vienna & Graz.')
    assert link == "https://news.example/1#:~:text=%22We%20are%20ready%2C%20and,in%20Vienna%20%26%20Graz."
    assert words_at("long-planned") == "https://news.example/1#:~:text=long%2Dplanned"


def test_a_beginning_that_occurs_twice_gets_a_prefix() -> None:
    assert words_at("spoke on Monday.", after=TEXT.index("Nobody")) == "https://news.example/1#:~:text=Nobody%20else-,spoke%20on%20Monday."


def test_an_address_with_a_fragment_keeps_it() -> None:
    assert words_at("long-planned", url="https://news.example/1#top") == "https://news.example/1#top:~:text=long%2Dplanned"


def test_lost_words_lead_to_the_page_and_a_bad_page_nowhere() -> None:
    article = Article(id="x", title="x", url="https://news.example/1", text=TEXT)
    assert a.words_at_publisher(article, Evidence(quote="not there")) == "https://news.example/1"
    assert words_at("long-planned", url="javascript:1") is None


def browser_finds(directive: str, text: str) -> tuple[int, int] | None:
    """The first place that fits a text directive, as a browser looks for it: white space alike, case not minded, pieces in order."""
    m = re.fullmatch(r"(?:(?P<prefix>[^,]*)-,)?(?P<start>[^,]*)(?:,(?P<end>[^,]*))?", directive)
    assert m, directive
    assert "&" not in directive

    def pattern(piece: str) -> str:
        assert "-" not in piece
        return r"\s+".join(map(re.escape, unquote(piece).split()))

    start = pattern(m["start"])
    for found in re.finditer(rf"(?:{pattern(m['prefix'])}\s+)(?P<at>{start})" if m["prefix"] else rf"(?P<at>{start})", text, re.I):
        if m["end"] is None:
            return found.span("at")
        last = re.compile(pattern(m["end"]), re.I).search(text, found.end("at"))
        if last:
            return found.start("at"), last.end()
    return None


WORDS = st.sampled_from(
    ["the", "talks", "began", "in-person", "on", "Monday,", "and", "she", "left", "“we", "will”", "A&B", "Kyiv", "says"]
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=24).map(" ".join)
DISTINCT = st.integers(0, 10_000).map(lambda n: f"word{n}")


@given(st.lists(st.lists(st.one_of(DISTINCT, WORDS), min_size=1, max_size=24).map(" ".join), min_size=1, max_size=6), st.data())
def test_a_browser_that_finds_the_words_finds_them_in_full(paragraphs: list[str], data: st.DataObject) -> None:
    """The directive always fits the evidence itself: read from the evidence's paragraph on, it is found there."""
    text = "\n\n".join(paragraphs)
    n = data.draw(st.integers(0, len(paragraphs) - 1))
    start = sum(len(p) + 2 for p in paragraphs[:n])
    evidence = Evidence(quote=paragraphs[n], start=start, end=start + len(paragraphs[n]))
    directive = a.text_directive(evidence, text)
    assert directive is not None
    assert browser_finds(directive, text) is not None
    if text.casefold().count(" ".join(paragraphs[n].split()[:4]).casefold()) == 1:
        found = browser_finds(directive, text)
        assert found is not None
        assert found[0] == start


@given(st.lists(st.lists(DISTINCT, min_size=1, max_size=24, unique=True).map(" ".join), min_size=1, max_size=6), st.data())
def test_words_that_occur_once_are_found_exactly(paragraphs: list[str], data: st.DataObject) -> None:
    text = "\n\n".join(" ".join(f"{w}p{n}" for w in p.split()) for n, p in enumerate(paragraphs))
    words = [m.span() for m in re.finditer(r"\S+", text)]
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, min(len(words) - 1, first + 30)))
    start, end = words[first][0], words[last][1]
    directive = a.text_directive(Evidence(quote=text[start:end], start=start, end=end), text)
    assert directive is not None
    assert browser_finds(directive, text) == (start, end)
