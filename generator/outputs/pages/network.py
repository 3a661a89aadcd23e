"""The network of actors: a drawing of the closest ties, and beside it a table of the same pairs with the sentences that tie them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.model import Claim, Tie, Told
from generator.outputs import addresses
from generator.outputs.network import Edge, Network, can_draw, has_network, network, network_svg, tie_anchor
from generator.outputs.pages.cards import capital
from generator.outputs.pages.frame import Frame
from generator.outputs.pages.views import ClaimCard, Crumb, Link, Page, Plan, View

SENTENCES = 3  # of each sort, for a pair; their pages have the rest


class TieSentence(View, frozen=True):
    """An event of two actors, or what one said to or about the other, in one line, with the article's own sentence."""

    kind: str  # "meeting", "claim"
    date: str | None
    link: Link  # the event, or the claim's speaker and verb with the way to its card
    text: str
    language: str = ""  # of the article, where it is not the site's


class Pair(View, frozen=True):
    """Two actors and what ties them."""

    anchor: str
    one: Link
    other: Link
    met: int
    spoke: int
    sentences: tuple[TieSentence, ...]
    left_out: int


def network_url(frame: Frame) -> str:
    """The page's address; nothing where there are no ties and so no page."""
    return addresses.NETWORK if has_network(frame.site) else ""


def network_page(frame: Frame) -> Iterator[Plan]:
    """The page, where there are ties; what it shows of them changes with them and the sentences that tie."""
    shown = network(frame.site)
    if shown.ties:
        keys = frame.keys
        dots = [(p.name, p.type, len(p.articles)) for p in (frame.site.profiles[a] for a in shown.actors)]
        ties = [tie_between(frame, e) for e in shown.ties]
        told = [(keys.told(t.claims[:SENTENCES]), [keys.whole_event(frame.site.events[e]) for e in t.events[-SENTENCES:]]) for t in ties]
        yield Plan(addresses.NETWORK, partial(drawn, frame, shown), [can_draw(), shown, dots, told])


def drawn(frame: Frame, shown: Network) -> Page:
    """The drawing and the table."""
    site, words = frame.site, frame.words
    return frame.page(
        "network.html",
        addresses.NETWORK,
        words["network"],
        words["network_intro"],
        section="actors",
        picture="actor",
        crumbs=(Crumb(words["actors"], addresses.ACTORS),),
        drawing=network_svg(site, shown, words["network"]),
        pairs=[pair(frame, e) for e in shown.ties],
        actors=len(shown.actors),
        all_actors=shown.all_actors,
        all_ties=shown.all_ties,
    )


def tie_between(frame: Frame, edge: Edge) -> Tie:
    """What ties the two."""
    return next(t for t in frame.site.profiles[edge.one].ties if t.other == edge.other)


def pair(frame: Frame, edge: Edge) -> Pair:
    tie = tie_between(frame, edge)
    sentences = [*(met(frame, e) for e in reversed(tie.events[-SENTENCES:])), *(spoke(frame, t) for t in tie.claims[:SENTENCES])]
    one, other = frame.cards.actor(edge.one), frame.cards.actor(edge.other)
    return Pair(tie_anchor(edge), one, other, edge.met, edge.spoke, tuple(sentences), edge.met + edge.spoke - len(sentences))


def met(frame: Frame, event_id: str) -> TieSentence:
    """An event both took part in, with the newest article's sentence."""
    event = frame.site.events[event_id]
    told = event.told[-1] if event.told else None
    sentence, language = "", ""
    if told and not isinstance(told.fact, Claim):
        card = frame.cards.told(told)
        sentence, language = card.evidence, card.language
    return TieSentence("meeting", event.start, Link(capital(event.title), addresses.event_page(event.id)), sentence, language)


def spoke(frame: Frame, told: Told) -> TieSentence:
    """What one of them said to or about the other."""
    card = frame.cards.told(told)
    assert isinstance(card, ClaimCard)
    who = card.who.text if card.who else card.who_words
    return TieSentence("claim", card.reported, Link(f"{who} {card.verb}", card.url), card.evidence, card.language)
