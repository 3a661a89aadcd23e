"""A small site of our own invention for the tests of outputs, and sites of hostile strings."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from generator.link import link
from generator.model import Actor, Article, Claim, Evidence, FactSheet, Figure, Meeting, Site, SiteConfig, Span

BASE = "https://facts.example/x/"

TEXT = """Anna Berg, the mayor of Norham, said on Monday that "the bridge, at last, will open".

She will meet Ben Stone in Oslo on 10 March. Around 3,000 people cross the river each day, the council says."""


def at(quote: str, text: str = TEXT) -> Evidence:
    start = text.find(quote)
    return Evidence(quote=quote, start=start, end=start + len(quote)) if start >= 0 else Evidence(quote=quote)


def small_sheets() -> list[FactSheet]:
    actors = (
        Actor(id="anna-berg", name="Anna Berg", type="person", role="mayor of Norham", mentions=(Span(0, 9),)),
        Actor(id="ben-stone", name="Ben Stone", type="person"),
        Actor(id="norham", name="Council of Norham", type="organization"),
    )
    said = 'Anna Berg, the mayor of Norham, said on Monday that "the bridge, at last, will open".'
    meet = "She will meet Ben Stone in Oslo on 10 March."
    people = "Around 3,000 people cross the river each day, the council says."
    first = FactSheet(
        article=Article(
            id="first", title="A bridge & its mayor", published="2024-03-01", publisher="The Norham Post", url="https://post.example/a?b=1&c=2", text=TEXT,
            file="/home/somebody/content/articles/first.txt",
        ),
        actors=actors,
        claims=(Claim(id="anna-berg-the-mayor", speaker="anna-berg", verb="said", mode="direct", text="the bridge, at last, will open",
                      about=("ben-stone",), evidence=at(said)),),
        meetings=(
            Meeting(id="she-will-meet", title="Berg–Stone meeting", status="scheduled", start="2024-03-10", place="Oslo",
                    participants=("anna-berg", "ben-stone"), evidence=at(meet)),
            Meeting(id="in-april", title="Spring fair", type="fair", status="proposed", start="2024-04", participants=("norham",), evidence=at(meet)),
        ),
        figures=(Figure(id="around-3-000", value=3000, modifier="~", unit="people", subject="people who cross the river each day",
                        according_to="the council", source="norham", evidence=at(people)),),
    )  # fmt: skip
    second = FactSheet(
        article=Article(id="second", title="Berg in Oslo", published="2024-03-11", publisher="Norham Radio", url="https://radio.example/2", text="They met."),
        actors=actors[:2],
        meetings=(
            Meeting(id="they-met", title="meeting", status="held", start="2024-03-10T18:00+01:00", end="2024-03-10T20:00+01:00", place="Oslo",
                    participants=("anna-berg", "ben-stone"), evidence=at("They met.", "They met.")),
        ),
        claims=(Claim(id="lost", speaker_text="a passer-by", text="nothing new", evidence=Evidence(quote="These words are lost.")),),
    )  # fmt: skip
    return [first, second]


def small_site(**config: Any) -> Site:
    """Two articles, one event told twice, one month-only event, a quoted claim, one by nobody named, a figure."""
    return link(small_sheets(), SiteConfig(**{"title": "Norham facts", "base_url": BASE, **config}))


# What breaks formats: markup, ends of scripts, formulas, commas, line ends, controls, long words, other scripts, signs of iCalendar and CSV.
NASTY = st.one_of(
    st.sampled_from(
        ["</script><script>alert(1)</script>", "<!--", "]]>", "&amp;", "=HYPERLINK(1)", "@SUM(1)", "-1+1", "+1", "a;b,c\\n", "x\r\ny", "\x00\x1b\x85\u2028",
         "'\"`", "BEGIN:VEVENT\r\nUID:1", "\ufeff", "علي خامنئي", "外交部发言人", "😀" * 40, "é" * 90, "%s{}$", "../../etc", "index",
         "'; DROP TABLE claims;--"]
    ),
    st.text(max_size=30),
)  # fmt: skip
SOME = st.one_of(st.none(), NASTY)
DATES = st.sampled_from(
    [None, "2024-03-10", "2024-03", "2024-W10", "2024", "2024-03-10T10:00Z", "2024-03-10T10:00", "0001-01-01", "9999-12-31", "soon"]
)
IDS = st.sampled_from(["anna-berg", "index", "../x", "a b", "<i>", "外交部", "con"])


@st.composite
def hostile_sheets(draw: st.DrawFn) -> list[FactSheet]:
    """A few sheets in which every free text may be hostile; ids are told apart, as the checks demand."""
    sheets = []
    for n in range(draw(st.integers(0, 3))):
        text = draw(NASTY) + "\n\n" + draw(NASTY)
        ids = draw(st.lists(IDS, max_size=3, unique=True))
        some = st.sampled_from(ids or [""])
        who = st.one_of(st.none(), some) if ids else st.none()
        start = draw(st.integers(0, len(text)))
        evidence = Evidence(quote=text[start:], start=start, end=len(text)) if draw(st.booleans()) else Evidence(quote=draw(NASTY))
        several = st.lists(some, max_size=3, unique=True).map(tuple) if ids else st.just(())
        article = Article(
            id=f"a{n}", title=draw(NASTY), published=draw(st.sampled_from([None, "2024-03-01", "2024-03-11"])), publisher=draw(SOME), author=draw(SOME),
            url=draw(st.one_of(SOME, st.just("https://x.example/a?b&c"))), text=text,
        )  # fmt: skip
        sheets.append(
            FactSheet(
                article=article,
                actors=tuple(Actor(id=i, name=draw(NASTY) or "x", type="person", role=draw(SOME), aliases=(draw(NASTY),)) for i in ids),
                claims=(Claim(id=draw(NASTY) or "c", speaker=draw(who), speaker_text=draw(SOME), verb=draw(SOME), text=draw(NASTY), to=draw(who),
                              mode=draw(st.sampled_from(["direct", "indirect"])), about=draw(several), verdict=draw(SOME), evidence=evidence),),
                meetings=(Meeting(id=draw(NASTY) or "m", title=draw(NASTY), type=draw(NASTY), place=draw(SOME), start=draw(DATES), end=draw(DATES),
                                  status=draw(st.sampled_from(["held", "proposed", "scheduled", "cancelled"])),
                                  participants=draw(several), evidence=evidence),),
                figures=(Figure(id=draw(NASTY) or "f", value=draw(st.sampled_from([None, 0, -5, 1e300, 2**70, 0.1])), low=draw(st.sampled_from([None, 3])),
                                modifier=draw(st.sampled_from("=~<>")), unit=draw(SOME), subject=draw(SOME), source=draw(who), as_of=draw(DATES),
                                according_to=draw(SOME), evidence=evidence),),
            )
        )  # fmt: skip
    return sheets


@st.composite
def hostile_sites(draw: st.DrawFn) -> Site:
    """A linked site of hostile sheets, with and without an address of its own."""
    config = SiteConfig(
        title=draw(NASTY), description=draw(NASTY), base_url=draw(st.sampled_from(["", BASE, "javascript:1"])), doubtful=draw(st.booleans()),
        show=draw(st.sampled_from(["quotes", "full"])), license=draw(NASTY),
    )  # fmt: skip
    return link(draw(hostile_sheets()), config)
