"""Atom feeds (RFC 4287): the newest fact sheets, the meetings that are new or changed, and what each actor said and is said to have done.

Dates are those of the facts, never the clock's: a feed changes when its facts do.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from generator.days import days
from generator.model import Article, Claim, Event, FactSheet, Profile, Site, Told
from generator.outputs import addresses
from generator.outputs.drafts import Draft
from generator.outputs.keys import key_of, keys_of
from generator.outputs.plain import claim_line, clean, event_line, figure_line, line, listed, markup, names_of

NEWEST = 100  # entries; readers fetch feeds often, and older ones stand on the pages
ATOM = "http://www.w3.org/2005/Atom"


class Entry(NamedTuple):
    """What one entry of a feed tells."""

    path: str  # where it leads, a path of the site
    title: str
    on: str | None  # day
    lines: Sequence[str]
    key: str = ""  # tells it from others that lead to the same place


def make_feeds(site: Site) -> Iterator[Draft]:
    """All feeds of the site."""
    keys = keys_of(site)
    yield Draft(addresses.FEED, partial(sheets_feed, site), [site.today, [keys.sheet(s.article.id) for s in site.sheets[:NEWEST]]])
    if has_meetings_feed(site):
        given = key_of(site.today, [keys.all_of_event(id) for id in site.events])
        yield Draft(addresses.MEETINGS_FEED, partial(meetings_feed, site), given)
    for profile in site.profiles.values():
        if has_feed(site, profile):
            facts = [*profile.said[:NEWEST], *profile.about[:NEWEST]]
            events = listed_events(site, profile)
            on = [*(t.article.published for t in facts), *(e.history[-1].on if e.history else None for e in events)]
            today = None if on and all(map(days, on)) else site.today  # what has no day stands under the site's
            given = key_of(profile.name, keys.told(facts), [keys.all_of_event(e.id) for e in events], today)
            yield Draft(addresses.actor_feed(profile.id), partial(actors_feed, site, profile.id), given)


def sheets_feed(site: Site) -> bytes:
    return feed(site, addresses.FEED, addresses.HOME, site.config.title, map(sheet_entry, site.sheets[:NEWEST]))


def meetings_feed(site: Site) -> bytes:
    return feed(site, addresses.MEETINGS_FEED, addresses.EVENTS, f"{site.config.title}: meetings", newest(meeting_entries(site)))


def actors_feed(site: Site, id: str) -> bytes:
    profile = site.profiles[id]
    title = f"{profile.name} – {site.config.title}"
    return feed(site, addresses.actor_feed(id), addresses.actor_page(id), title, newest(actor_entries(site, profile)))


def has_feed(site: Site, profile: Profile) -> bool:
    """Whether there is a feed of this actor: of those who speak, are spoken of, or meet."""
    return any(listed(site, t.fact) for facts in (profile.said, profile.about) for t in facts) or any(
        site.config.doubtful or not site.events[id].doubtful for id in profile.events
    )


def has_meetings_feed(site: Site) -> bool:
    """Whether there is a feed of meetings: where listings carry one that has come about."""
    return any(e.history and (site.config.doubtful or not e.doubtful) for e in site.events.values())


def listed_events(site: Site, profile: Profile) -> list[Event]:
    """The actor's events that listings carry."""
    return [e for id in profile.events if (e := site.events[id]) and (site.config.doubtful or not e.doubtful)]


def newest(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda e: e.on or "", reverse=True)[:NEWEST]


# --- entries ---


def sheet_entry(sheet: FactSheet) -> Entry:
    """A fact sheet, with its first claims, meetings and figures."""
    article = sheet.article
    lines = [source_line(article), *(m.evidence.quote for m in sheet.meetings[:3]), *(c.evidence.quote for c in sheet.claims[:3])]
    lines += [figure_line(f) for f in sheet.figures[:3]]
    return Entry(addresses.article_page(article.id), article.title, latest(article), [line(x) for x in dict.fromkeys(lines)])


def meeting_entries(site: Site) -> Iterator[Entry]:
    """One entry for every step in an event's history."""
    published = {s.article.id: s.article for s in site.sheets}
    for event in site.events.values():
        if event.doubtful and not site.config.doubtful:
            continue
        for change in event.history:
            article = published[change.article]
            title = f"{event.title}: {change.status}" + (f", {change.start}" if change.start else "")
            lines = [event_line(event), names_of(site, event.participants), source_line(article)]
            yield Entry(addresses.event_page(event.id), title, change.on, lines, f"{change.article}-{change.status}")


def actor_entries(site: Site, profile: Profile) -> Iterator[Entry]:
    """What the actor said, what is said of them, and the meetings they take part in."""
    for facts in (profile.said, profile.about):
        for t in facts[:NEWEST]:
            if isinstance(t.fact, Claim) and listed(site, t.fact):
                yield claim_entry(site, t, t.fact)
    for event in listed_events(site, profile):
        last = event.history[-1] if event.history else None
        lines = [
            event_line(event),
            names_of(site, event.participants),
            *(line(t.fact.evidence.quote) for t in event.told[-1:] if hasattr(t.fact, "evidence")),
        ]
        title = f"{event.title}: {event.status}" + (f", {event.start}" if event.start else "")
        yield Entry(addresses.event_page(event.id), title, last.on if last else None, lines)


def claim_entry(site: Site, told: Told, claim: Claim) -> Entry:
    return Entry(
        addresses.fact_address(told.article.id, claim),
        claim_line(site, claim),
        told.article.published,
        [line(claim.evidence.quote), source_line(told.article)],
    )


def source_line(article: Article) -> str:
    """ "DW, 2021-12-30: Biden and Putin to discuss Ukraine by phone"."""
    return source_words(article.publisher, article.published, article.title)


@lru_cache(maxsize=addresses.REMEMBERED)
def source_words(publisher: str | None, published: str | None, title: str) -> str:
    head = ", ".join(line(x) for x in (publisher, published) if x)
    return f"{head}: {line(title)}" if head else line(title)


def latest(article: Article) -> str | None:
    return max((d for d in (article.updated, article.published) if d and days(d)), default=None)


# --- the file ---


def feed(site: Site, path: str, page: str, title: str, entries: Iterable[Entry]) -> bytes:
    """One feed as a file. Without a base address links are relative, and ids are names that stay."""
    entries = list(entries)
    config, root = site.config, addresses.base(site.config)
    lines = [
        "<?xml version='1.0' encoding='utf-8'?>",
        f'<feed xmlns="{ATOM}" xml:lang="{markup(config.language) or "en"}">',
        f"  <id>{identity(site, path)}</id>",
        f"  <title>{markup(line(title)) or 'Fact sheets'}</title>",
    ]
    if config.description and page == addresses.HOME:
        lines.append(f"  <subtitle>{markup(line(config.description))}</subtitle>")
    lines += [
        f"  <updated>{max((moment(site, e.on) for e in entries), default=moment(site, None))}</updated>",
        f'  <link rel="self" type="application/atom+xml" href="{markup(addresses.address(config, path, path))}" />',
        f'  <link rel="alternate" type="text/html" href="{markup(addresses.address(config, page, path))}" />',
        f"  <author>\n    <name>{markup(line(config.title)) or 'Fact sheets'}</name>\n  </author>",
        "  <generator>Factpress</generator>",
    ]
    if license := addresses.safe_url(config.license):
        lines.append(f'  <link rel="license" href="{markup(license)}" />')
    by_id: dict[str, Entry] = {}
    for e in entries:
        by_id.setdefault(identity(site, e.path, e.key), e)  # one claim may be said by one and about the same
    for id, e in by_id.items():
        shown = line(e.title) or e.path
        lines += [
            "  <entry>",
            f"    <id>{id}</id>",
            f"    <title>{markup(shown)}</title>",
            f"    <updated>{moment(site, e.on)}</updated>",
            f'    <link rel="alternate" type="text/html" href="{markup(addresses.address(config, e.path, path)) if e.key or not root else id}" />',
            f"    <summary>{markup(chr(10).join(filter(None, e.lines)) or shown)}</summary>",
            "  </entry>",
        ]
    return "\n".join([*lines, "</feed>\n"]).encode()


def identity(site: Site, path: str, key: str = "") -> str:
    """A name that stays, as XML holds it: the address where the site has one, else one made of the site's title and the path."""
    key = f"{'-' if '#' in path else '#'}{key}" if key else ""
    full = addresses.absolute(site.config, path + key)
    return markup(full or f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, clean(f'factpress:{site.config.title}/{path}{key}'))}")


def moment(site: Site, day: str | None) -> str:
    """The start of a day as RFC 3339 has it; the site's own day where none is known."""
    return start_of(day, site.today)


@lru_cache(maxsize=addresses.REMEMBERED)
def start_of(day: str | None, today: str) -> str:
    when = days(day) or days(today)
    return f"{when.first.isoformat()}T00:00:00Z" if when else "1970-01-01T00:00:00Z"
