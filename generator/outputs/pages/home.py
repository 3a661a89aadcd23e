"""The front page: what is to come, what is new, who speaks, and which figures are in dispute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from generator.model import Event, FactSheet, Profile, Quantity, Told
from generator.outputs import addresses
from generator.outputs.calendar import site_events
from generator.outputs.pages.actor import is_ahead
from generator.outputs.pages.events import event_line, soonest
from generator.outputs.pages.figures import quantity_line
from generator.outputs.pages.frame import Frame
from generator.outputs.pages.lists import actor_line, sheet_line
from generator.outputs.pages.network import network_url
from generator.outputs.pages.views import Page, Plan

AHEAD = 6
PAST = 3
SHEETS = 8
SPEAKERS = 10
DISPUTES = 3
CLAIMS = 4
SHORT_COLUMN = 8  # entries below which the left column has room for the speakers


@dataclass(frozen=True)
class Front:
    """What the front page shows."""

    totals: list[tuple[str, str]]
    ahead: list[Event]
    past: list[Event]
    sheets: Sequence[FactSheet]
    speakers: list[Profile]
    disputed: list[Quantity]
    quoted: list[Told]


def home_page(frame: Frame) -> Iterator[Plan]:
    """The page; what it shows is chosen at once, for that is what it is made of."""
    front, keys, site = chosen(frame), frame.keys, frame.site
    given = [
        site.today,
        front.totals,
        [keys.event(e.id) for e in (*front.ahead, *front.past)],
        len(front.ahead),
        [keys.sheet(s.article.id) for s in front.sheets],
        [(keys.about(p), len(p.said), len(p.articles)) for p in front.speakers],
        [keys.quantity(q) for q in front.disputed],
        keys.told(front.quoted),
        bool(site_events(site)),
        network_url(frame),
    ]
    yield Plan(addresses.HOME, partial(front_page, frame, front), given)


def chosen(frame: Frame) -> Front:
    """What is to come, what is new, who speaks, and what is in dispute."""
    site, words = frame.site, frame.words
    claims = frame.claims
    totals = [
        (words.count(name, n), url)
        for name, n, url in (
            ("articles", len(site.sheets), addresses.ARTICLES),
            ("actors", len(site.profiles), addresses.ACTORS),
            ("claims", len(claims), addresses.CLAIMS),
            ("meetings", len(site.events), addresses.EVENTS),
            ("figures", sum(len(q.figures) for q in site.quantities), addresses.FIGURES),
        )
        if n
    ]
    ahead = soonest([e for e in site.events.values() if is_ahead(e.start, site.today) and e.status in ("scheduled", "proposed")])
    past = (e for e in reversed(site.events.values()) if e.start and (e.status == "held" or not is_ahead(e.start, site.today)))
    speakers = sorted((p for p in site.profiles.values() if p.said), key=lambda p: (-len(p.said), p.name))
    disputed = (q for q in site.quantities if q.disputed)
    quoted = (t for t in claims if getattr(t.fact, "speaker", None) and getattr(t.fact, "mode", "") != "indirect")
    return Front(
        totals,
        ahead[:AHEAD],
        list(islice(past, PAST)),
        site.sheets[:SHEETS],
        speakers[:SPEAKERS],
        list(islice(disputed, DISPUTES)),
        list(islice(quoted, CLAIMS)),
    )


def front_page(frame: Frame, front: Front) -> Page:
    site = frame.site
    most = len(front.speakers[0].said) if front.speakers else 0
    return frame.page(
        "home.html",
        addresses.HOME,
        site.config.title,
        site.config.description or f"{site.config.title}: {', '.join(t for t, _ in front.totals)}.",
        picture="page",
        feed=addresses.FEED,
        calendar=addresses.CALENDAR_FILE if site_events(site) else "",
        totals=front.totals,
        ahead=[event_line(frame, e) for e in front.ahead],
        past=[event_line(frame, e) for e in front.past],
        sheets=[sheet_line(frame, s) for s in front.sheets],
        speakers=[actor_line(frame, p, most) for p in front.speakers],
        network=network_url(frame),
        speakers_left=len(front.ahead) + len(front.past) + 2 * len(front.disputed) < SHORT_COLUMN,
        disputed=[quantity_line(frame, q) for q in front.disputed],
        claims=[frame.cards.told(t) for t in front.quoted],
    )
