"""An event: its history, what each source says of it, and the meetings before and after; and the calendar by month."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from generator.days import days
from generator.model import Event, Meeting, Told
from generator.outputs import addresses
from generator.outputs.calendar import has_day, site_events
from generator.outputs.pages.cards import capital
from generator.outputs.pages.filters import by_year
from generator.outputs.pages.frame import Frame, day_of
from generator.outputs.pages.views import Card, Crumb, Link, Page, Plan, View
from generator.outputs.wording import DateBlock

NEIGHBOURS = 3
COMPARED = ("start", "place", "status")


class EventLine(View, frozen=True):
    """An event in a list."""

    link: Link
    block: DateBlock
    when: str
    iso: str
    type: str
    status: str
    place: str
    who: tuple[Link, ...]
    sources: int
    end_iso: str = ""  # last day it may be on, for the line between past and to come


class Cell(View, frozen=True):
    """A cell of the table of what sources say."""

    text: str
    differs: bool = False


class SourceRow(View, frozen=True):
    """What one article says of an event."""

    article: Link
    publisher: str
    reported: str | None
    cells: tuple[Cell, ...]
    card: Card


class HistoryRow(View, frozen=True):
    """A step on an event's way, and the article that told it."""

    status: str
    on: str | None
    article: Link
    start: str


class Month(View, frozen=True):
    """A month of the calendar as weeks of days."""

    label: str
    url: str
    weeks: tuple[tuple[Day, ...], ...]
    listed: tuple[Day, ...]  # days with events alone, for narrow screens
    loose: tuple[EventLine, ...]  # known to be in the month, on no known day


class Day(View, frozen=True):
    number: int  # 0: of another month
    iso: str
    label: str
    events: tuple[EventLine, ...] = ()


def event_line(frame: Frame, event: Event, without: str = "") -> EventLine:
    """An event in a list; on an actor's own page their name is left out."""
    at = days(event.start)
    return EventLine(
        link=Link(capital(event.title), addresses.event_page(event.id)),
        block=frame.words.block(event.start),
        when=frame.words.dates(event.start, event.end),
        iso=event.start or "",
        type=event.type,
        status=event.status,
        place=event.place or "",
        who=tuple(frame.cards.actor(a) for a in event.participants if a != without),
        sources=len({t.article.id for t in event.told}),
        end_iso=(days(event.end) or at).last.isoformat() if at else "",
    )


def soonest(events: list[Event]) -> list[Event]:
    """Events to come by the last day they may be on: one of "this year" stands behind one of next week."""
    return sorted(events, key=lambda e: stretch.last if (stretch := days(e.start)) else date.max)


def event_pages(frame: Frame) -> Iterator[Plan]:
    """A page for every event."""
    position = {(a, e): i for a, p in frame.site.profiles.items() for i, e in enumerate(p.events)}
    for event in frame.site.events.values():
        path = addresses.event_page(event.id)
        earlier, later = neighbours(frame, event, position)
        near = [[frame.keys.event(e.id) for e in some] for some in (earlier, later)]
        yield Plan(
            path,
            partial(event_page, frame, event, earlier, later),
            [frame.titles[path], frame.keys.whole_event(event), near],
            day_of(event.told[-1:]),
        )


def event_page(frame: Frame, event: Event, earlier: list[Event], later: list[Event]) -> Page:
    words = frame.words
    title = capital(event.title)
    when = words.dates(event.start, event.end) or words["date_not_known"]
    at = days(event.start)
    who = [frame.cards.actor(a, newest_role(frame, a)) for a in event.participants]
    return frame.page(
        "event.html",
        addresses.event_page(event.id),
        title,
        f"{title}: {words.word('statuses', event.status)}, {when}" + (f", {event.place}" if event.place else "") + ".",
        thing=event,
        section="events",
        picture="event",
        crumbs=(Crumb(words["events"], addresses.EVENTS),),
        calendar=addresses.event_calendar(event.id) if has_day(event) else "",
        event=event,
        heading=title,
        block=words.block(event.start),
        when=words.dates(event.start, event.end),
        precise=at.precision if at else "",
        who=who,
        absent=[frame.cards.actor(a) for a in event.absent],
        sources=[source_row(frame, event, t) for t in event.told],
        fields=[words.word("fields", f) for f in event.differs],
        history=history_rows(frame, event),
        earlier=[event_line(frame, e) for e in earlier],
        later=[event_line(frame, e) for e in later],
    )


def history_rows(frame: Frame, event: Event) -> list[HistoryRow]:
    """The steps; the day an event is set for is said where it is new."""
    starts = [None, *(c.start for c in event.history)]
    return [
        HistoryRow(c.status, c.on, source_link(frame, c.article), frame.words.date(c.start) if c.start != before else "")
        for c, before in zip(event.history, starts, strict=False)
    ]


def newest_role(frame: Frame, actor: str) -> str:
    profile = frame.site.profiles.get(actor)
    return profile.roles[0].text if profile and profile.roles else ""


def source_link(frame: Frame, article: str) -> Link:
    sheet = frame.cards.sheets.get(article)
    return Link(sheet.article.publisher or sheet.article.title, addresses.article_page(article)) if sheet else Link(article)


def source_row(frame: Frame, event: Event, told: Told) -> SourceRow:
    """One article's telling; a cell differs where sources do, and this one does not say what holds now."""
    meeting = told.fact
    assert isinstance(meeting, Meeting)
    words = frame.words
    said = {
        "start": words.dates(meeting.start, meeting.end),
        "place": meeting.place or "",
        "status": words.word("statuses", meeting.status),
    }
    cells = tuple(Cell(said[f], f in event.differs and getattr(meeting, f) not in (None, getattr(event, f))) for f in COMPARED)
    return SourceRow(frame.cards.article(told.article), told.article.publisher or "", told.article.published, cells, frame.cards.told(told))


def neighbours(frame: Frame, event: Event, position: dict[tuple[str, str], int]) -> tuple[list[Event], list[Event]]:
    """The meetings of these actors just before and just after. Each actor's neighbours suffice: their own events are in order of time."""
    before: dict[str, Event] = {}
    after: dict[str, Event] = {}
    at = days(event.start)
    if not at:
        return [], []
    for actor in event.participants:
        i = position.get((actor, event.id))
        if i is None:
            continue
        events = frame.site.profiles[actor].events
        for id in events[max(0, i - NEIGHBOURS) : i]:
            before[id] = frame.site.events[id]
        for id in events[i + 1 : i + 1 + NEIGHBOURS]:
            after[id] = frame.site.events[id]

    def time(e: Event) -> date:
        stretch = days(e.start)
        return stretch.first if stretch else date.max

    earlier = sorted((e for e in before.values() if days(e.start)), key=time)[-NEIGHBOURS:]
    later = sorted((e for e in after.values() if days(e.start)), key=time)[:NEIGHBOURS]
    return earlier, later


# --- the calendar ---


def calendar_pages(frame: Frame) -> Iterator[Plan]:
    """A page for every month that has a meeting, and the calendar's front page: this month or the nearest one, and what has no date."""
    if not frame.site.events:
        return
    by_month = events_by_month(frame)
    undated = [e for e in frame.site.events.values() if month_of(e) is None]
    today = days(frame.site.today)
    this = (today.first.year, today.first.month) if today else (0, 0)
    keys = sorted(by_month)
    current = next((k for k in keys if k >= this), keys[-1] if keys else None)
    for i, key in enumerate(keys):
        before = keys[i - 1] if i else None
        after = keys[i + 1] if i + 1 < len(keys) else None
        some = by_month[key]
        given: list[Any] = [before, after, frame.site.today if key == this else None, [frame.keys.event(e.id) for e in some]]
        yield Plan(month_path(key), partial(month_page, frame, key, some, before, after), given)
    listed = [(k, len(by_month[k])) for k in keys]
    shown = [frame.keys.event(e.id) for e in (*(by_month[current] if current else ()), *undated)]
    given = [frame.site.today, current, listed, shown, len(frame.site.events), bool(site_events(frame.site))]
    yield Plan(addresses.CALENDAR, partial(calendar_front, frame, by_month, current, undated), given)


def calendar_front(
    frame: Frame, by_month: dict[tuple[int, int], list[Event]], current: tuple[int, int] | None, undated: list[Event]
) -> Page:
    """The month that is now or next, the way to all others, and what has no date."""
    return frame.page(
        "calendar.html",
        addresses.CALENDAR,
        frame.words["calendar"],
        f"{frame.words['calendar']}: {frame.words.count('meetings', len(frame.site.events))}",
        section="calendar",
        picture="event",
        calendar=addresses.CALENDAR_FILE if site_events(frame.site) else "",
        month=month_view(frame, current, by_month[current]) if current else None,
        previous=None,
        next=None,
        months=by_year(frame.words, ((*k, month_path(k), len(by_month[k])) for k in sorted(by_month, reverse=True))),
        undated=[event_line(frame, e) for e in undated],
    )


def month_path(key: tuple[int, int]) -> str:
    return addresses.month_page(f"{key[0]:04}-{key[1]:02}")


def month_of(event: Event) -> tuple[int, int] | None:
    """The month an event begins in; None where not even that is known."""
    at = days(event.start)
    if not at or at.precision in ("year", "quarter"):
        return None
    return at.first.year, at.first.month


def events_by_month(frame: Frame) -> dict[tuple[int, int], list[Event]]:
    months: dict[tuple[int, int], list[Event]] = {}
    for event in frame.site.events.values():
        key = month_of(event)
        if key:
            months.setdefault(key, []).append(event)
    return months


def month_page(
    frame: Frame, key: tuple[int, int], events: list[Event], before: tuple[int, int] | None, after: tuple[int, int] | None
) -> Page:
    words = frame.words
    label = words.month(*key)
    return frame.page(
        "calendar.html",
        month_path(key),
        words.say("calendar_month", month=label),
        f"{words.say('calendar_month', month=label)}: {words.count('meetings', len(events))}",
        section="calendar",
        picture="event",
        crumbs=(Crumb(words["calendar"], addresses.CALENDAR),),
        month=month_view(frame, key, events),
        previous=Link(words.month(*before), month_path(before)) if before else None,
        next=Link(words.month(*after), month_path(after)) if after else None,
        months=(),
        undated=(),
    )


def month_view(frame: Frame, key: tuple[int, int], events: list[Event]) -> Month:
    """The month as weeks that begin on Monday; an event of several days stands on each of them."""
    year, month = key
    length = monthrange(year, month)[1]
    on: dict[int, list[EventLine]] = {}
    loose: list[EventLine] = []
    for event in events:
        line = event_line(frame, event)
        at, end = days(event.start), days(event.end)
        if not at or at.precision not in ("day", "minute"):
            loose.append(line)
            continue
        last = end.last if end and end.precision in ("day", "minute") and end.last >= at.first else at.first
        stop = last.day if (last.year, last.month) == key else length
        for day in range(at.first.day, stop + 1):
            on.setdefault(day, []).append(line)
    lead = date(year, month, 1).weekday()
    cells = [Day(0, "", "")] * lead
    for n in range(1, length + 1):
        iso = date(year, month, n).isoformat()
        cells.append(Day(n, iso, frame.words.date(iso, "full"), tuple(on.get(n, ()))))
    cells += [Day(0, "", "")] * (-len(cells) % 7)
    weeks = tuple(tuple(cells[i : i + 7]) for i in range(0, len(cells), 7))
    return Month(frame.words.month(year, month), month_path(key), weeks, tuple(d for d in cells if d.events), tuple(loose))
