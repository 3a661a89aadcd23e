"""Small sites for tests of what is made from them: two outlets, four actors, a call that is planned and then held, a figure in dispute."""

from __future__ import annotations

from typing import Any

from generator.link import link
from generator.model import Actor, Article, Claim, Evidence, FactSheet, Figure, Meeting, Site, SiteConfig, Span
from generator.words import find_quote

FIRST = """Minister Ana Sol said the bridge is "safe for everyone who has to cross it" after talks on Monday.

Ana Sol will meet Mayor Bo Lind in Harbour City on 12 May 2031. The union denied that around 400 workers were told to leave.

A walk along the river is pleasant in spring."""

SECOND = """Mayor Bo Lind met Minister Ana Sol in Old Town on 12 May 2031.

"We were told nothing," the mayor said. According to the union, 650 workers were told to leave."""

SOL = Actor(id="ana-sol", name="Ana Sol", type="person", role="Minister")
LIND = Actor(id="bo-lind", name="Bo Lind", type="person", role="Mayor")
UNION = Actor(id="union", name="Dock Union", type="organization", aliases=("the union",))


def evidence(text: str, quote: str) -> Evidence:
    place = find_quote(quote, text)
    return Evidence(quote=quote, start=place[0] if place else None, end=place[1] if place else None)


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def first() -> FactSheet:
    sentence = FIRST.split("\n")[0]
    dispute = "The union denied that around 400 workers were told to leave."
    return FactSheet(
        article=Article(
            id="bridge",
            title="Minister calls bridge safe",
            published="2031-05-05",
            publisher="The Quay",
            url="https://quay.example/a",
            text=FIRST,
        ),
        actors=(
            Actor(id="ana-sol", name="Ana Sol", type="person", role="Minister", mentions=(span(FIRST, "Ana Sol"),)),
            LIND,
            UNION,
        ),
        claims=(
            Claim(
                id="minister-ana-sol-said-the",
                speaker="ana-sol",
                speaker_text="Minister Ana Sol",
                verb="said",
                mode="mixed",
                text='the bridge is "safe for everyone who has to cross it"',
                evidence=evidence(FIRST, sentence),
                content_spans=(span(FIRST, 'the bridge is "safe for everyone who has to cross it"'),),
                checked=True,
            ),
            Claim(
                id="the-union-denied-that-around",
                speaker="union",
                verb="denied",
                kind="denied",
                text="that around 400 workers were told to leave",
                evidence=evidence(FIRST, dispute),
                content_spans=(span(FIRST, "that around 400 workers were told to leave"),),
            ),
        ),
        meetings=(
            Meeting(
                id="ana-sol-will-meet-mayor",
                title="Sol–Lind meeting",
                type="meeting",
                status="scheduled",
                start="2031-05-12",
                place="Port Hall, Harbour City",
                participants=("ana-sol", "bo-lind"),
                evidence=evidence(FIRST, "Ana Sol will meet Mayor Bo Lind in Harbour City on 12 May 2031."),
            ),
        ),
        figures=(
            Figure(
                id="the-union-denied-that-around",
                value=400,
                modifier="~",
                unit="workers",
                subject="workers told to leave",
                as_of="2031-05-04",
                evidence=evidence(FIRST, dispute),
                span=span(FIRST, "400"),
            ),
        ),
    )


def second() -> FactSheet:
    return FactSheet(
        article=Article(
            id="town",
            title="A meeting in Old Town",
            published="2031-05-13",
            publisher="Harbour Post",
            url="https://post.example/b",
            text=SECOND,
        ),
        actors=(SOL, LIND, UNION),
        claims=(
            Claim(
                id="we-were-told-nothing-the",
                speaker="bo-lind",
                speaker_text="the mayor",
                verb="said",
                mode="direct",
                text='"We were told nothing,"',
                about=("ana-sol",),
                evidence=evidence(SECOND, '"We were told nothing," the mayor said.'),
            ),
        ),
        meetings=(
            Meeting(
                id="mayor-bo-lind-met-minister",
                title="Sol–Lind meeting",
                type="meeting",
                status="held",
                start="2031-05-12",
                place="Old Town, Harbour City",
                participants=("ana-sol", "bo-lind"),
                evidence=evidence(SECOND, "Mayor Bo Lind met Minister Ana Sol in Old Town on 12 May 2031."),
            ),
        ),
        figures=(
            Figure(
                id="according-to-the-union-650",
                value=650,
                unit="workers",
                subject="workers told to leave",
                as_of="2031-05-04",
                according_to="the union",
                source="union",
                evidence=evidence(SECOND, "According to the union, 650 workers were told to leave."),
                span=span(SECOND, "650"),
            ),
        ),
    )


def small_site(*sheets: FactSheet, files: dict[str, str] | None = None, pages: dict[str, str] | None = None, **config: Any) -> Site:
    """A site of the two sheets above, or of those given."""
    return link(sheets or (first(), second()), SiteConfig(**{"title": "Harbour facts", **config}), files=files, pages=pages)
