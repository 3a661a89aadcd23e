"""Indexes: articles, actors, events, claims by every value they can be asked for, figures by quantity, sources. Long ones come in pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, TypeVar

import msgspec
from markupsafe import Markup

from generator.days import days
from generator.model import Claim, Event, FactSheet, Figure, Profile, Quantity, Told
from generator.outputs import addresses
from generator.outputs.pages.actor import SHOWN, articles_path, by_month, events_path, facts_path, is_ahead, with_page
from generator.outputs.pages.cards import capital
from generator.outputs.pages.charts import values_chart
from generator.outputs.pages.events import event_line, soonest
from generator.outputs.pages.filters import Filter, Row, by_year
from generator.outputs.pages.frame import Frame, day_of
from generator.outputs.pages.network import network_url
from generator.outputs.pages.views import Card, Crumb, Link, Page, Pager, Plan, View
from generator.outputs.wording import Wording
from generator.words import slug, unique

T = TypeVar("T")
TOP_SPEAKERS = 20
ON_CARD = 3
UNDATED = "undated"


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


class QuantityLine(View, frozen=True):
    """A quantity in a list: its newest value and who gives it."""

    link: Link
    newest: Card
    total: int
    disputed: bool
    values: tuple[Card, ...]  # the newest few, where sources differ
    chart: Markup | None = None


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
    words = frame.words
    counts = [
        words.count(name, n)
        for name, n in (
            ("actors", len(sheet.actors)),
            ("claims", len(sheet.claims)),
            ("meetings", len(sheet.meetings)),
            ("figures", len(sheet.figures)),
        )
        if n
    ]
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
    ahead = soonest([e for e in events if is_ahead(e.start, today)])
    past = [e for e in reversed(events) if days(e.start) and not is_ahead(e.start, today)]
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


# --- claims ---


def claim_lists(frame: Frame) -> Iterator[Plan]:
    """The newest claims; and all of them by month, mode and kind of verb. Those of one speaker stand with the speaker."""
    if not any(s.claims for s in frame.site.sheets):
        return
    words = frame.words
    claims = frame.claims
    parted: list[tuple[str, list[tuple[str, str, str, list[Told]]]]] = [
        ("by_month", parts(claims, month_key, lambda k: (f"month-{k}", words.date(k), words.say("claims_in", month=words.date(k))))),
        (
            "by_mode",
            parts(claims, mode_key, lambda k: (f"mode-{k}", words.word("modes", k), words.say("claims_mode", mode=words.word("modes", k)))),
        ),
        (
            "by_kind",
            parts(claims, kind_key, lambda k: (f"kind-{k}", words.word("verbs", k), words.say("claims_kind", kind=words.word("verbs", k)))),
        ),
    ]
    unnamed = [t for t in claims if isinstance(t.fact, Claim) and not t.fact.speaker]
    speakers = sorted((p for p in frame.site.profiles.values() if p.said), key=lambda p: (-len(p.said), p.name))
    links = [Link(p.name, speaker_url(p), words.number(len(p.said))) for p in speakers[:TOP_SPEAKERS]]
    nobody = addresses.listing("claims", "unnamed")
    if unnamed:
        links.append(Link(words["unnamed_speakers"], nobody, words.number(len(unnamed))))
    more = Link(words["all_actors"], addresses.ACTORS) if len(speakers) > TOP_SPEAKERS else None
    filters = [Filter(words["by_speaker"], (Row(tuple(links)),), more)] if len(links) > 1 else []
    for key, values in parted:
        if len(values) > 1:
            found = [(file, name, addresses.listing("claims", file), len(some)) for file, name, _, some in values]
            if key == "by_month":
                dated = ((int(file[6:10]), int(file[11:13]), url, n) for file, _, url, n in found if not file.endswith(UNDATED))
                undated = tuple(Link(name, url, words.number(n)) for file, name, url, n in found if file.endswith(UNDATED))
                rows = (*by_year(words, dated), *([Row(undated)] if undated else []))
            else:
                rows = (Row(tuple(Link(name, url, words.number(n)) for _, name, url, n in found)),)
            filters.append(Filter(words[key], rows))
    (_, months), *_ = parted
    if len(claims) > frame.per_page and len(months) > 1:  # older ones stand with their month, and no list holds them all once more
        yield newest_claims(frame, claims, filters)
    else:
        yield from fact_list(frame, addresses.CLAIMS, words["claims"], claims, "claims", filters=filters)
    way = (Crumb(words["claims"], addresses.CLAIMS),)
    for _, values in parted:
        if len(values) > 1:
            for file, _, title, some in values:
                yield from fact_list(frame, addresses.listing("claims", file), title, some, "claims", way)
    if unnamed:
        yield from fact_list(frame, nobody, words["unnamed_speakers"], unnamed, "claims", way)


def speaker_url(profile: Profile) -> str:
    """Where all claims of a speaker stand."""
    return facts_path(profile.id, "said") if len(profile.said) > SHOWN else f"{addresses.actor_page(profile.id)}#said"


def parts(
    claims: Sequence[Told], key: Callable[[Told], str], names: Callable[[str], tuple[str, str, str]]
) -> list[tuple[str, str, str, list[Told]]]:
    """Claims parted by a key: file name, name, title and the claims of each value, most first but months newest first."""
    groups: dict[str, list[Told]] = {}
    for told in claims:
        k = key(told)
        if k:
            groups.setdefault(k, []).append(told)
    ordered = (
        sorted(groups, key=lambda k: (k != UNDATED, k), reverse=True)
        if key is month_key
        else sorted(groups, key=lambda k: (-len(groups[k]), k))
    )
    return [(*names(k), groups[k]) for k in ordered]


def month_key(told: Told) -> str:
    """The month of the article; a word for none, for what no month has would stand nowhere."""
    at = days(told.article.published)
    return at.first.isoformat()[:7] if at else UNDATED


def month_name(words: Wording, month: str) -> str:
    return words["date_not_known"] if month == UNDATED else words.date(month)


def in_month(words: Wording, month: str) -> str:
    """The title of a month's claims."""
    return f"{words['claims']}: {words['date_not_known']}" if month == UNDATED else words.say("claims_in", month=words.date(month))


def mode_key(told: Told) -> str:
    return told.fact.mode if isinstance(told.fact, Claim) else ""


def kind_key(told: Told) -> str:
    return told.fact.kind if isinstance(told.fact, Claim) else ""


def newest_claims(frame: Frame, claims: Sequence[Told], filters: Sequence[Filter]) -> Plan:
    """The first page of claims, and where those before them stand."""
    some, words = claims[: frame.per_page], frame.words
    month = month_key(some[-1])
    older = Link(in_month(words, month), addresses.listing("claims", f"month-{month}"))

    def make() -> Page:
        said = f"{words['claims']}: {words.count('claims', len(claims))}."
        return frame.page(
            "facts.html", addresses.CLAIMS, words["claims"], said, section="claims", picture="claim", heading=words["claims"],
            total=len(claims), noun="claims", months=by_month(frame, some), pager=None, filters=filters, older=older,
        )  # fmt: skip

    return Plan(addresses.CLAIMS, make, [len(claims), filters, older, frame.keys.told(some)], day_of(some))


def fact_list(
    frame: Frame, path: str, title: str, facts: Sequence[Told], section: str, crumbs: tuple[Crumb, ...] = (), filters: Sequence[Filter] = ()
) -> Iterator[Plan]:
    """Facts by month, in pages."""

    def make(at: str, some: Sequence[Told], pager: Pager | None) -> Page:
        return frame.page(
            "facts.html",
            at,
            with_page(frame, title, pager),
            f"{title}: {frame.words.count('claims', len(facts))}.",
            section=section,
            picture="claim",
            crumbs=crumbs,
            heading=title,
            total=len(facts),
            noun=section,
            months=by_month(frame, some),
            pager=pager,
            filters=filters,
            older=None,
        )

    for at, some, pager in frame.listing(facts, path):
        yield Plan(at, partial(make, at, some, pager), [title, len(facts), pager, filters, frame.keys.told(some)], day_of(some))


# --- figures ---


def quantity_line(frame: Frame, quantity: Quantity) -> QuantityLine:
    cards = [frame.cards.told(t) for t in quantity.figures[:ON_CARD]]
    chart = (
        values_chart(frame.words, frame.words.say("chart_of", label=quantity.label), quantity.figures)
        if addresses.has_page(quantity)
        else None
    )
    return QuantityLine(
        Link(capital(quantity.label), addresses.quantity_place(quantity)),
        cards[0],
        len(quantity.figures),
        quantity.disputed,
        tuple(cards),
        chart,
    )


def figure_lists(frame: Frame) -> Iterator[Plan]:
    """All quantities, those with most figures first; and a page for each that several figures measure."""

    def rows(some: Sequence[Quantity]) -> dict[str, Any]:
        return {"lines": [quantity_line(frame, q) for q in some]}

    name, key = frame.words["figures"], frame.keys.quantity
    yield from listed(
        frame, "figures.html", addresses.FIGURES, "figures", frame.site.quantities, rows, key, name, count="quantities", picture="figure"
    )  # fmt: skip
    for quantity in filter(addresses.has_page, frame.site.quantities):
        yield from quantity_pages(frame, quantity)


def quantity_pages(frame: Frame, quantity: Quantity) -> Iterator[Plan]:
    """The figures of a quantity, in pages; the chart of all stands on the first."""
    words = frame.words
    first = addresses.quantity_page(quantity.id)

    def make(path: str, some: Sequence[Told], pager: Pager | None) -> Page:
        chart = values_chart(words, words.say("chart_of", label=quantity.label), quantity.figures) if path == first else None
        newest = frame.cards.told(quantity.figures[0])
        return frame.page(
            "quantity.html",
            path,
            capital(quantity.label),
            f"{quantity.label}: {words.figure(figure_of(quantity.figures[0]))}. {words.count('figures', len(quantity.figures))}.",
            full_title=with_page(frame, frame.titles[first], pager),
            section="figures",
            picture="figure",
            thing=msgspec.structs.replace(quantity, figures=tuple(some)),
            crumbs=(Crumb(words["figures"], addresses.FIGURES),),
            quantity=quantity,
            heading=capital(quantity.label),
            newest=newest,
            chart=chart,
            cards=[frame.cards.told(t) for t in some],
            pager=pager,
        )

    for path, some, pager in frame.listing(quantity.figures, first):
        shown = quantity if path == first else msgspec.structs.replace(quantity, figures=(quantity.figures[0], *some))
        given = [frame.titles[first], frame.keys.quantity(shown), len(quantity.figures), pager]
        yield Plan(path, partial(make, path, some, pager), given, day_of(some))


def figure_of(told: Told) -> Figure:
    assert isinstance(told.fact, Figure)
    return told.fact


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
