"""Atom feeds (RFC 4287): the newest fact sheets, the meetings that are new or changed, and what each actor said and is said to have done.

Dates are those of the facts, never the clock's: a feed changes when its facts do.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from generator.days import days
from generator.model import Article, Claim, Event, FactSheet, Output, Profile, Site, Told
from generator.outputs import addresses
from generator.outputs.plain import claim_line, clean, event_line, figure_line, line, listed, names_of

NEWEST = 100  # entries; readers fetch feeds often, and older ones stand on the pages
ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True)
class Entry:
    """What one entry of a feed tells."""

    path: str  # where it leads, a path of the site
    title: str
    on: str | None  # day
    lines: Sequence[str]
    key: str = ""  # tells it from others that lead to the same place


def make_feeds(site: Site) -> Iterator[Output]:
    """All feeds of the site."""
    yield feed(site, addresses.FEED, addresses.HOME, site.config.title, map(sheet_entry, site.sheets[:NEWEST]))
    if meetings := newest(meeting_entries(site)):
        yield feed(site, addresses.MEETINGS_FEED, addresses.EVENTS, f"{site.config.title}: meetings", meetings)
    for profile in site.profiles.values():
        if has_feed(site, profile):
            title = f"{profile.name} – {site.config.title}"
            yield feed(
                site, addresses.actor_feed(profile.id), addresses.actor_page(profile.id), title, newest(actor_entries(site, profile))
            )


def has_feed(site: Site, profile: Profile) -> bool:
    """Whether there is a feed of this actor: of those who speak, are spoken of, or meet."""
    return bool(any(listed(site, t.fact) for facts in (profile.said, profile.about) for t in facts) or listed_events(site, profile))


def has_meetings_feed(site: Site) -> bool:
    return any(site.config.doubtful or not e.doubtful for e in site.events.values())


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
    head = ", ".join(line(x) for x in (article.publisher, article.published) if x)
    return f"{head}: {line(article.title)}" if head else line(article.title)


def latest(article: Article) -> str | None:
    return max((d for d in (article.updated, article.published) if d and days(d)), default=None)


# --- the file ---


def feed(site: Site, path: str, page: str, title: str, entries: Iterable[Entry]) -> Output:
    """One feed as a file. Without a base address links are relative, and ids are names that stay."""
    entries = list(entries)
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": clean(site.config.language) or "en"})
    child(root, "id", identity(site, path))
    child(root, "title", line(title) or "Fact sheets")
    if site.config.description and page == addresses.HOME:
        child(root, "subtitle", line(site.config.description))
    child(root, "updated", max((moment(site, e.on) for e in entries), default=moment(site, None)))
    child(root, "link", rel="self", type="application/atom+xml", href=addresses.address(site.config, path, path))
    child(root, "link", rel="alternate", type="text/html", href=addresses.address(site.config, page, path))
    child(child(root, "author"), "name", line(site.config.title) or "Fact sheets")
    child(root, "generator", "Factpress")
    if addresses.safe_url(site.config.license):
        child(root, "link", rel="license", href=site.config.license)
    taken: set[str] = set()
    for e in entries:
        id = identity(site, e.path, e.key)
        if id in taken:  # one claim may be said by one and about the same
            continue
        taken.add(id)
        item = child(root, "entry")
        child(item, "id", id)
        child(item, "title", line(e.title) or e.path)
        child(item, "updated", moment(site, e.on))
        child(item, "link", rel="alternate", type="text/html", href=addresses.address(site.config, e.path, path))
        child(item, "summary", "\n".join(x for x in e.lines if x) or line(e.title) or e.path)
    ET.indent(root)
    return Output(path=path, content=ET.tostring(root, "utf-8", xml_declaration=True) + b"\n")


def child(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    """A new element; its text goes in without what XML cannot hold."""
    made = ET.SubElement(parent, name, {k: clean(v) for k, v in attributes.items()})
    made.text = clean(text) if text is not None else None
    return made


def identity(site: Site, path: str, key: str = "") -> str:
    """A name that stays: the address where the site has one, else one made of the site's title and the path."""
    key = f"{'-' if '#' in path else '#'}{key}" if key else ""
    full = addresses.absolute(site.config, path + key)
    return full or f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, clean(f'factpress:{site.config.title}/{path}{key}'))}"


def moment(site: Site, day: str | None) -> str:
    """The start of a day as RFC 3339 has it; the site's own day where none is known."""
    when = days(day) or days(site.today)
    return f"{when.first.isoformat()}T00:00:00Z" if when else "1970-01-01T00:00:00Z"
