"""The front page: what is to come, what is new, who speaks, and which figures are in dispute."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.outputs import addresses
from generator.outputs.calendar import site_events
from generator.outputs.pages.actor import is_ahead
from generator.outputs.pages.events import event_line, soonest
from generator.outputs.pages.frame import Frame
from generator.outputs.pages.lists import actor_line, all_claims, quantity_line, sheet_line
from generator.outputs.pages.network import network_url
from generator.outputs.pages.views import Page, Plan

AHEAD = 6
PAST = 3
SHEETS = 8
SPEAKERS = 10
DISPUTES = 3
CLAIMS = 4
SHORT_COLUMN = 8  # entries below which the left column has room for the speakers


def home_page(frame: Frame) -> Iterator[Plan]:
    yield Plan(addresses.HOME, partial(front_page, frame))


def front_page(frame: Frame) -> Page:
    site, words = frame.site, frame.words
    claims = all_claims(frame)
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
    past = [e for e in reversed(site.events.values()) if e.start and (e.status == "held" or not is_ahead(e.start, site.today))]
    speakers = sorted((p for p in site.profiles.values() if p.said), key=lambda p: (-len(p.said), p.name))[:SPEAKERS]
    most = len(speakers[0].said) if speakers else 0
    disputed = [q for q in site.quantities if q.disputed][:DISPUTES]
    quoted = [t for t in claims if getattr(t.fact, "speaker", None) and getattr(t.fact, "mode", "") != "indirect"]
    return frame.page(
        "home.html",
        addresses.HOME,
        site.config.title,
        site.config.description or f"{site.config.title}: {', '.join(t for t, _ in totals)}.",
        picture="page",
        feed=addresses.FEED,
        calendar=addresses.CALENDAR_FILE if site_events(site) else "",
        totals=totals,
        ahead=[event_line(frame, e) for e in ahead[:AHEAD]],
        past=[event_line(frame, e) for e in past[:PAST]],
        sheets=[sheet_line(frame, s) for s in site.sheets[:SHEETS]],
        speakers=[actor_line(frame, p, most) for p in speakers],
        network=network_url(frame),
        speakers_left=len(ahead[:AHEAD]) + len(past[:PAST]) + 2 * len(disputed) < SHORT_COLUMN,
        disputed=[quantity_line(frame, q) for q in disputed],
        claims=[frame.cards.told(t) for t in quoted[:CLAIMS]],
    )
