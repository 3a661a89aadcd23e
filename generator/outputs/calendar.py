"""iCalendar files (RFC 5545): all meetings, each actor's, each event's.

Only what has a day goes in: a calendar cannot say "in January", and a guess would stand there as a date. What is unknown stays on the
pages. There are no ATTENDEE or ORGANIZER lines, for calendar programs take an event with them for an invitation: names stand in the
description.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from urllib.parse import urlsplit

from generator.days import days, instant
from generator.model import Event, Meeting, Profile, Site, Status
from generator.outputs import addresses
from generator.outputs.drafts import Draft
from generator.outputs.feeds import listed_events, source_line
from generator.outputs.keys import key_of, keys_of
from generator.outputs.plain import clean, line, names_of
from generator.words import slug

STATUS: dict[Status, str] = {"proposed": "TENTATIVE", "scheduled": "CONFIRMED", "held": "CONFIRMED", "cancelled": "CANCELLED"}
WIDTH = 75  # octets a line, without its end


def make_calendars(site: Site) -> Iterator[Draft]:
    """All calendars of the site."""
    keys = keys_of(site)

    def given(events: Iterable[Event]) -> list[tuple[bytes, str | None]]:
        return [(keys.all_of_event(e.id), None if evidence_days(e) else site.today) for e in events]

    @cache
    def entry(id: str) -> bytes:  # it stands in the site's calendar, in its own, and in those of all who take part
        return folded(event_lines(site, site.events[id]))

    def made(name: str, events: Sequence[Event]) -> bytes:
        return calendar(name, [entry(e.id) for e in events])

    if events := site_events(site):
        yield Draft(addresses.CALENDAR_FILE, partial(made, site.config.title, events), key_of(given(events)))
    for profile in site.profiles.values():
        if events := actor_events(site, profile):
            path, name = addresses.actor_calendar(profile.id), f"{profile.name} – {site.config.title}"
            yield Draft(path, partial(made, name, events), [profile.name, given(events)])
    for event in site.events.values():
        if has_day(event):
            yield Draft(addresses.event_calendar(event.id), partial(made, event.title, [event]), given([event]))


def site_events(site: Site) -> list[Event]:
    """What the site's calendar holds."""
    return [e for e in site.events.values() if has_day(e) and (site.config.doubtful or not e.doubtful)]


def actor_events(site: Site, profile: Profile) -> list[Event]:
    """What the actor's calendar holds; there is no file where this is empty."""
    return [e for e in listed_events(site, profile) if has_day(e)]


def has_day(event: Event) -> bool:
    """Whether a calendar can hold the event: its first day is known."""
    when = days(event.start)
    return when is not None and when.precision in ("day", "minute")


def calendar(name: str, entries: Iterable[bytes]) -> bytes:
    """A calendar as a file."""
    head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Factpress//Factpress//EN",
        "CALSCALE:GREGORIAN",
        f"NAME:{text(name)}",
        f"X-WR-CALNAME:{text(name)}",
    ]
    return b"".join([folded(head), *entries, folded(["END:VCALENDAR"])])


def event_lines(site: Site, event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{uid(site, event)}"
    yield f"DTSTAMP:{compact(newest_evidence(site, event))}T000000Z"
    yield from times(event)
    yield f"SUMMARY:{text(event.title) or 'Meeting'}"
    if event.place:
        yield f"LOCATION:{text(event.place)}"
    yield f"DESCRIPTION:{description(site, event)}"
    yield f"STATUS:{STATUS[event.status]}"
    yield f"SEQUENCE:{max(0, len(event.history) - 1)}"
    yield "TRANSP:TRANSPARENT"
    if page := addresses.absolute(site.config, addresses.event_page(event.id)):
        yield f"URL:{page}"
    yield "END:VEVENT"


def uid(site: Site, event: Event) -> str:
    """A name that stays when date and title change: the first article's words for the event, at this site."""
    root = addresses.base(site.config)
    host = urlsplit(root).hostname if root else None
    first = f"{event.told[0].article.id}.{event.told[0].fact.id}" if event.told else event.id
    return f"{text(first).replace(' ', '-')}@{host or slug(site.config.title, 'site') + '.factpress'}"


def newest_evidence(site: Site, event: Event) -> date:
    today = days(site.today)
    return max(evidence_days(event), default=today.first if today else date(1970, 1, 1))


def evidence_days(event: Event) -> list[date]:
    """When the articles that tell of it were published or changed."""
    return [d.first for t in event.told for d in (days(t.article.updated), days(t.article.published)) if d]


def times(event: Event) -> Iterator[str]:
    """Start and end: moments in UTC where the articles name hour and zone, else whole days, the end being the day after."""
    start, end = instant(event.start), instant(event.end)
    first, last = days(event.start), days(event.end)
    assert first is not None
    if start and (event.end is None or (end and end > start)):
        yield f"DTSTART:{stamp(start)}"
        if end:
            yield f"DTEND:{stamp(end)}"
        return
    final = last.last if last and last.precision in ("day", "minute") and last.last >= first.first else first.first
    yield f"DTSTART;VALUE=DATE:{compact(first.first)}"
    yield f"DTEND;VALUE=DATE:{compact(after(final))}"


def stamp(moment: datetime) -> str:
    utc = moment.astimezone(UTC)
    return f"{compact(utc.date())}T{utc:%H%M%S}Z"


def compact(day: date) -> str:
    """ "20220110". (`strftime` leaves out the zeros of early years.)"""
    return day.isoformat().replace("-", "")


def after(day: date) -> date:
    return day + timedelta(1) if day < date.max else day


def description(site: Site, event: Event) -> str:
    """Who takes part, and the newest article's sentence with its source."""
    parts = [names_of(site, event.participants)]
    if event.told:
        told = event.told[-1]
        if isinstance(told.fact, Meeting):
            parts.append(f"“{line(told.fact.evidence.quote)}”")
        parts.append(source_line(told.article))
        parts.append(addresses.safe_url(told.article.url) or "")
    return text("\n".join(p for p in parts if p), keep_lines=True)


def text(value: str, keep_lines: bool = False) -> str:
    """A TEXT value: backslash, semicolon, comma and line ends are the format's own signs."""
    value = clean(value).replace("\r\n", "\n").replace("\r", "\n") if keep_lines else line(value)
    return value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(lines: Iterable[str]) -> bytes:
    return b"".join(map(fold_line, lines))


def fold_line(content: str) -> bytes:
    """A content line in physical lines of at most 75 octets, cut between characters; a space begins each but the first."""
    octets = content.encode("utf-8", "replace")
    if len(octets) <= WIDTH:
        return octets + b"\r\n"
    cuts = [0]
    while len(octets) - cuts[-1] > (room := WIDTH if len(cuts) == 1 else WIDTH - 1):
        cut = cuts[-1] + room
        while octets[cut] & 0xC0 == 0x80:  # inside a character
            cut -= 1
        cuts.append(cut)
    return b"\r\n ".join(octets[a:b] for a, b in zip(cuts, [*cuts[1:], len(octets)], strict=True)) + b"\r\n"
