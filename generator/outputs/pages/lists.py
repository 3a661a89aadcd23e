"""Indexes of articles, actors, events and sources. Long ones come in pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, TypeVar

from generator.days import days
from generator.model import Event, FactSheet, Profile
from generator.outputs import addresses
from generator.outputs.pages.actor import SHOWN, articles_path, events_path, is_ahead, with_page
from generator.outputs.pages.events import event_line, soonest
from generator.outputs.pages.frame import Frame
from generator.outputs.pages.network import network_url
from generator.outputs.pages.views import Crumb, Link, Page, Pager, Plan, View
from generator.words import slug, unique

T = TypeVar("T")


class SheetLine(View, frozen=True):
    """An article in a list."""

    link: Link
    publisher: str
    published: str | None
    counts: tuple[str, ...]
    checked: int = 0
    facts: int = 0


class ActorLine(View, frozen=True):
    """An actor in a list; `bar` is the length of a bar of 100 for their claims."""

    link: Link
    type: str
    role: str
    claims: int
    articles: int
    bar: int


class SourceLine(View, frozen=True):
    """A publisher."""

    link: Link
    articles: int
    facts: int
    checked: int
    first: str | None
    last: str | None


def sheet_line(frame: Frame, sheet: FactSheet) -> SheetLine:
    """The article's line, made once: it stands in the list of all, of its publisher, and of each actor who is often named."""
    id = sheet.article.id
    if id not in frame.lines:
        frame.lines[id] = made_line(frame, sheet)
    line: SheetLine = frame.lines[id]
    return line


def made_line(frame: Frame, sheet: FactSheet) -> SheetLine:
    counts = frame.words.counts(
        actors=len(sheet.actors), claims=len(sheet.claims), meetings=len(sheet.meetings), figures=len(sheet.figures)
    )
    facts = [*sheet.claims, *sheet.meetings, *sheet.figures]
    article = sheet.article
    return SheetLine(
        frame.cards.article(article), article.publisher or "", article.published, tuple(counts), sum(f.checked for f in facts), len(facts)
    )


def article_list(frame: Frame) -> Iterator[Plan]:
    """All articles; and all that name an actor where their own page has not the room."""
    yield from sheets_listed(frame, addresses.ARTICLES, "articles", frame.site.sheets, frame.words["articles"])
    for profile in frame.site.profiles.values():
        if len(profile.articles) > SHOWN:
            sheets = [frame.cards.sheets[a] for a in profile.articles if a in frame.cards.sheets]
            title = f"{frame.titles[addresses.actor_page(profile.id)]}: {frame.words['appears_in']}"
            path = articles_path(profile.id)
            yield from sheets_listed(frame, path, "actors", sheets, title, crumbs=way_to(frame, profile))


def sheets_listed(
    frame: Frame, path: str, section: str, sheets: Sequence[FactSheet], title: str, crumbs: tuple[Crumb, ...] = (), prefix: str = ""
) -> Iterator[Plan]:
    """Articles in pages."""

    def rows(some: Sequence[FactSheet]) -> dict[str, Any]:
        return {"lines": [sheet_line(frame, s) for s in some]}

    def key(sheet: FactSheet) -> bytes:
        return frame.keys.sheet(sheet.article.id)

    yield from listed(
        frame, "articles.html", path, section, sheets, rows, key, title, crumbs=crumbs, count="articles", prefix=prefix
    )  # fmt: skip


def listed(
    frame: Frame,
    template: str,
    path: str,
    section: str,
    items: Sequence[T],
    rows: Callable[[Sequence[T]], dict[str, Any]],
    key: Callable[[T], Any],
    title: str,
    crumbs: tuple[Crumb, ...] = (),
    count: str = "",
    prefix: str = "",
    **more: Any,
) -> Iterator[Plan]:
    """A listing's pages, none where it is empty. `rows` makes the template's views of some items, `key` says what one is made of; `prefix` stands
    before the title in the browser's."""
    if not items:
        return
    said = frame.words.count(count or section, len(items))
    whole_title = f"{prefix}: {title}" if prefix else title

    def make(at: str, some: Sequence[T], pager: Pager | None) -> Page:
        return frame.page(
            template,
            at,
            title,
            f"{title}: {said}.",
            section=section,
            picture=more.get("picture", "page"),
            crumbs=crumbs,
            full_title=with_page(frame, whole_title, pager),
            heading=title,
            total=len(items),
            pager=pager,
            **rows(some),
            **{k: v for k, v in more.items() if k != "picture"},
        )

    for at, some, pager in frame.listing(items, path):
        yield Plan(
            at, partial(make, at, some, pager), [whole_title, len(items), crumbs, pager, list(more.values()), [key(i) for i in some]]
        )


# --- actors ---


def actor_line(frame: Frame, profile: Profile, most: int) -> ActorLine:
    said = len(profile.said)
    return ActorLine(
        frame.cards.actor(profile.id),
        profile.type,
        profile.roles[0].text if profile.roles else "",
        said,
        len(profile.articles),
        max(1, round(100 * said / most)) if said and most else 0,
    )


def actor_lists(frame: Frame) -> Iterator[Plan]:
    """All actors, those in most articles first; and the same a type."""
    words = frame.words
    profiles = sorted(frame.site.profiles.values(), key=lambda p: (p.doubtful, -len(p.said), -len(p.articles), p.name))
    most = max((len(p.said) for p in profiles), default=0)
    types = [t for t in words["types_many"] if any(p.type == t for p in profiles)]
    if len(types) == 1:
        types = []  # all actors are of it
    filters = [
        Link(words["types_many"][t], addresses.listing("actors", f"index-{t}"), words.number(sum(p.type == t for p in profiles)))
        for t in types
    ]

    network = network_url(frame)

    def rows(some: Sequence[Profile]) -> dict[str, Any]:
        return {"lines": [actor_line(frame, p, most) for p in some]}

    def key(profile: Profile) -> tuple[Any, ...]:
        return frame.keys.about(profile), len(profile.said), len(profile.articles), most

    yield from listed(
        frame, "actors.html", addresses.ACTORS, "actors", profiles, rows, key, words["actors"], filters=filters, network=network
    )
    for t, link in zip(types, filters, strict=True):
        some = [p for p in profiles if p.type == t]
        yield from listed(
            frame,
            "actors.html",
            link.url,
            "actors",
            some,
            rows,
            key,
            words["types_many"][t],
            crumbs=(Crumb(words["actors"], addresses.ACTORS),),
            filters=filters,
            network=network,
        )


# --- events ---


def event_list(frame: Frame) -> Iterator[Plan]:
    """All events; and all of an actor where their own page has not the room."""
    yield from events_listed(frame, addresses.EVENTS, frame.words["events"], list(frame.site.events.values()))
    for profile in frame.site.profiles.values():
        events = [frame.site.events[e] for e in profile.events if e in frame.site.events]
        if len(events) > frame.per_page:
            title = f"{frame.titles[addresses.actor_page(profile.id)]}: {frame.words['meetings']}"
            yield from events_listed(frame, events_path(profile.id), title, events, way_to(frame, profile), profile.id)


def events_listed(frame: Frame, path: str, title: str, events: list[Event], crumbs: tuple[Crumb, ...] = (), of: str = "") -> Iterator[Plan]:
    """What is to come, the next first; then what is past, the latest first; then what has no date. `events` are in order of time."""
    today = frame.site.today
    ahead = soonest([e for e in events if is_ahead(e.start, today) and e.status != "held"])
    coming = {e.id for e in ahead}
    past = [e for e in reversed(events) if days(e.start) and e.id not in coming]
    undated = [e for e in events if not days(e.start)]
    group = {e.id: "upcoming" for e in ahead} | {e.id: "past" for e in past} | {e.id: "undated" for e in undated}

    def rows(some: Sequence[Event]) -> dict[str, Any]:
        groups = [(name, [event_line(frame, e, of) for e in some if group[e.id] == name]) for name in ("upcoming", "past", "undated")]
        return {"groups": [(frame.words[name], name, lines) for name, lines in groups if lines]}

    def key(event: Event) -> tuple[str, bytes]:
        return group[event.id], frame.keys.event(event.id)

    section = "actors" if of else "events"
    entries = [*ahead, *past, *undated]
    yield from listed(frame, "events.html", path, section, entries, rows, key, title, crumbs=crumbs, count="events", picture="event")


def way_to(frame: Frame, profile: Profile) -> tuple[Crumb, ...]:
    """The way to an actor's page, for the pages below it."""
    return Crumb(frame.words["actors"], addresses.ACTORS), Crumb(profile.name, addresses.actor_page(profile.id))


# --- sources ---


def source_pages(frame: Frame) -> Iterator[Plan]:
    """All publishers, and the articles of each."""
    words = frame.words
    by_publisher: dict[str, list[FactSheet]] = {}
    for sheet in frame.site.sheets:
        by_publisher.setdefault(sheet.article.publisher or "", []).append(sheet)
    taken: set[str] = set()
    rows: list[tuple[SourceLine, list[FactSheet]]] = []
    for name, sheets in sorted(by_publisher.items(), key=lambda x: (not x[0], -len(x[1]), x[0])):
        id = unique(slug(name, "unknown"), taken)
        taken.add(id)
        facts = [f for s in sheets for f in (*s.claims, *s.meetings, *s.figures)]
        dates = sorted(s.article.published for s in sheets if s.article.published)
        link = Link(name or words["publisher_unknown"], addresses.listing("sources", f"by-{id}"))
        line = SourceLine(
            link, len(sheets), len(facts), sum(f.checked for f in facts), dates[0] if dates else None, dates[-1] if dates else None
        )
        rows.append((line, sheets))
    lines = [line for line, _ in rows]
    yield from listed(
        frame, "sources.html", addresses.SOURCES, "sources", lines, lambda some: {"lines": some}, lambda line: line, words["sources"]
    )
    for line, sheets in rows:
        way = (Crumb(words["sources"], addresses.SOURCES),)
        yield from sheets_listed(frame, line.link.url, "sources", sheets, line.link.text, crumbs=way, prefix=words["source"])
