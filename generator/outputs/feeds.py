"""Atom feeds (RFC 4287): the newest fact sheets, the meetings that are new or changed, and what each actor said and is said to have done.

Dates are those of the facts, never the clock's: a feed changes when its facts do.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from typing import NamedTuple, TypeVar

from generator.days import days
from generator.model import Article, Change, Claim, Event, FactSheet, Meeting, Profile, Site, Told
from generator.outputs import addresses
from generator.outputs.drafts import Draft
from generator.outputs.keys import key_of, keys_of
from generator.outputs.plain import claim_line, clean, event_line, figure_line, line, listed, markup, markup_of_line, names_of

NEWEST = 100  # entries; readers fetch feeds often, and older ones stand on the pages
Thing = TypeVar("Thing")
ATOM = "http://www.w3.org/2005/Atom"


class Entry(NamedTuple):
    """What one entry of a feed tells. Its texts are in one line each."""

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
    entries = [meeting_entry(site, event, change) for _, (event, change) in newest(steps(site))]
    return feed(site, addresses.MEETINGS_FEED, addresses.EVENTS, f"{site.config.title}: meetings", entries)


def actors_feed(site: Site, id: str) -> bytes:
    profile = site.profiles[id]
    title = f"{profile.name} – {site.config.title}"
    return feed(site, addresses.actor_feed(id), addresses.actor_page(id), title, actor_entries(site, profile))


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


def newest(things: Iterable[tuple[str | None, Thing]]) -> list[tuple[str | None, Thing]]:
    """The latest of what has a day."""
    return sorted(things, key=lambda dated: dated[0] or "", reverse=True)[:NEWEST]


# --- entries ---


def sheet_entry(sheet: FactSheet) -> Entry:
    """A fact sheet, with its first claims, meetings and figures."""
    article = sheet.article
    lines = [source_line(article), *(m.evidence.quote for m in sheet.meetings[:3]), *(c.evidence.quote for c in sheet.claims[:3])]
    lines += [figure_line(f) for f in sheet.figures[:3]]
    return Entry(addresses.article_page(article.id), line(article.title), latest(article), [line(x) for x in dict.fromkeys(lines)])


def steps(site: Site) -> Iterator[tuple[str | None, tuple[Event, Change]]]:
    """Every step in an event's history, with its day."""
    for event in site.events.values():
        if site.config.doubtful or not event.doubtful:
            for change in event.history:
                yield change.on, (event, change)


def meeting_entry(site: Site, event: Event, change: Change) -> Entry:
    title = f"{event.title}: {change.status}" + (f", {change.start}" if change.start else "")
    article = next(t.article for t in event.told if t.article.id == change.article)
    lines = [event_line(event), names_of(site, event.participants), source_line(article)]
    return Entry(addresses.event_page(event.id), line(title), change.on, lines, f"{change.article}-{change.status}")


def actor_entries(site: Site, profile: Profile) -> list[Entry]:
    """The newest of what the actor said, what is said of them, and the meetings they take part in."""
    dated: list[tuple[str | None, Told | Event]] = []
    for facts in (profile.said, profile.about):
        dated += [(t.article.published, t) for t in facts[:NEWEST] if listed(site, t.fact)]
    dated += [(e.history[-1].on if e.history else None, e) for e in listed_events(site, profile)]
    return [claim_entry(site, thing) if isinstance(thing, Told) else event_entry(site, thing, on) for on, thing in newest(dated)]


def event_entry(site: Site, event: Event, on: str | None) -> Entry:
    lines = [
        event_line(event),
        names_of(site, event.participants),
        *(line(t.fact.evidence.quote) for t in event.told[-1:] if isinstance(t.fact, Meeting)),
    ]
    title = f"{event.title}: {event.status}" + (f", {event.start}" if event.start else "")
    return Entry(addresses.event_page(event.id), line(title), on, lines)


def claim_entry(site: Site, told: Told) -> Entry:
    claim = told.fact
    assert isinstance(claim, Claim)
    return Entry(
        addresses.fact_address(told.article.id, claim),
        claim_line(site, claim).rstrip(),
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
    moments = [moment(site, e.on) for e in entries]
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
        f"  <updated>{max(moments, default=moment(site, None))}</updated>",
        f'  <link rel="self" type="application/atom+xml" href="{markup(addresses.address(config, path, path))}" />',
        f'  <link rel="alternate" type="text/html" href="{markup(addresses.address(config, page, path))}" />',
        f"  <author>\n    <name>{markup(line(config.title)) or 'Fact sheets'}</name>\n  </author>",
        "  <generator>Factpress</generator>",
    ]
    if license := addresses.safe_url(config.license):
        lines.append(f'  <link rel="license" href="{markup(license)}" />')
    known: set[str] = set()
    for e, on in zip(entries, moments, strict=True):
        id = identity(site, e.path, e.key)
        if id in known:  # one claim may be said by one and about the same
            continue
        known.add(id)
        href = id if root and not e.key else markup(addresses.address(config, e.path, path))
        shown = markup_of_line(e.title or e.path)
        summary = "\n".join([markup_of_line(x) for x in e.lines if x]) or shown
        lines.append(
            f"  <entry>\n    <id>{id}</id>\n    <title>{shown}</title>\n    <updated>{on}</updated>\n"
            f'    <link rel="alternate" type="text/html" href="{href}" />\n    <summary>{summary}</summary>\n  </entry>'
        )
    return "\n".join([*lines, "</feed>\n"]).encode()


def identity(site: Site, path: str, key: str = "") -> str:
    """A name that stays, as XML holds it: the address where the site has one, else one made of the site's title and the path."""
    key = f"{'-' if '#' in path else '#'}{key}" if key else ""
    if full := addresses.absolute(site.config, path + key):
        return markup_of_line(full)
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, clean(f'factpress:{site.config.title}/{path}{key}'))}"


def moment(site: Site, day: str | None) -> str:
    """The start of a day as RFC 3339 has it; the site's own day where none is known."""
    return start_of(day, site.today)


@lru_cache(maxsize=addresses.REMEMBERED)
def start_of(day: str | None, today: str) -> str:
    when = days(day) or days(today)
    return f"{when.first.isoformat()}T00:00:00Z" if when else "1970-01-01T00:00:00Z"
