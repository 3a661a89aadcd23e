"""The site as tables: one row an article, actor, claim, event, meeting and figure, for spreadsheets and databases alike.

Every fact's row leads to its page, its article's page, the publisher's page, and the very words there. Rows are sorted by their keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from operator import itemgetter
from typing import Any, NamedTuple

from generator.model import Article, Claim, FactSheet, Figure, Meeting, Site
from generator.outputs import addresses
from generator.outputs.plain import clean, name_of, names_of

Row = tuple[Any, ...]  # a value for each column, in their order


class Table(NamedTuple):
    """A table's name, its columns with their SQL types, its key, the keys it points to, and the columns that full-text search reads."""

    name: str
    columns: dict[str, str]
    key: tuple[str, ...]
    of_sheet: Callable[[Rows, FactSheet], Iterator[Row]] | None = None  # the rows that a sheet gives
    of_site: Callable[[Rows], Iterator[Row]] | None = None  # the rows of what is joined over all sheets
    points: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = ()
    searched: tuple[str, ...] = ()
    file: bool = True  # whether there is a CSV of it; links of many to many are columns there


class Rows:
    """The rows of a site's tables, each made once though a spreadsheet and the database carry it."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.of_site: dict[str, list[Row]] = {}
        self.of_sheets: dict[tuple[str, str], list[Row]] = {}

    @cached_property
    def quantity_of(self) -> dict[tuple[str, str], str]:
        """A figure's quantity, by the figure's article and id."""
        return {(t.article.id, t.fact.id): q.id for q in self.site.quantities for t in q.figures}

    @cached_property
    def sheets(self) -> dict[str, list[FactSheet]]:
        """The sheets by the names that rows give their articles, in their order; two may differ in what no file takes."""
        found: dict[str, list[FactSheet]] = {}
        for sheet in self.site.sheets:
            found.setdefault(clean(sheet.article.id), []).append(sheet)
        return {name: found[name] for name in sorted(found)}

    def of(self, table: Table) -> Iterable[Row]:
        """A table's rows sorted by its key; text without what no file takes."""
        if table.of_sheet:
            return (row for name in self.sheets for row in self.of_sheet(table, name))
        if table.name not in self.of_site:
            assert table.of_site
            self.of_site[table.name] = in_order(table, map(usable, table.of_site(self)))
        return self.of_site[table.name]

    def of_sheet(self, table: Table, name: str) -> list[Row]:
        """The rows that the sheets of a name give, sorted likewise."""
        rows = self.of_sheets.get((table.name, name))
        if rows is None:
            assert table.of_sheet
            made = [usable(row) for sheet in self.sheets[name] for row in table.of_sheet(self, sheet)]
            rows = self.of_sheets[table.name, name] = in_order(table, made)
        return rows

    def forget(self, table: Table) -> None:
        """Gives the memory of a table's rows back, when all who ask for them have them."""
        for name in self.sheets:
            self.of_sheets.pop((table.name, name), None)

    def here(self, path: str) -> str:
        """The address of a page; without a base address the link from the folder of downloads."""
        return addresses.address(self.site.config, path, addresses.DATA)


def in_order(table: Table, rows: Iterable[Row]) -> list[Row]:
    """Rows by their key, one of each: two keys may differ in what no file takes."""
    columns = list(table.columns)
    key = itemgetter(*(columns.index(k) for k in table.key))
    found: dict[Any, Row] = {}
    for row in rows:
        found.setdefault(key(row), row)
    return [found[k] for k in sorted(found)]


def usable(row: Row) -> Row:
    """A row whose text every file takes."""
    for value in row:
        if value.__class__ is str and not value.isprintable():
            return tuple(clean(v) if isinstance(v, str) else v for v in row)
    return row


# --- what a sheet gives ---


def articles(rows: Rows, sheet: FactSheet) -> Iterator[Row]:
    a = sheet.article
    url = rows.here(addresses.article_page(a.id))
    yield a.id, a.title, a.published, a.updated, a.publisher, a.author, a.language, url, addresses.safe_url(a.url)


def appearances(rows: Rows, sheet: FactSheet) -> Iterator[Row]:
    for a in sheet.actors:
        yield sheet.article.id, a.id, a.name, a.role, several(a.aliases), int(a.doubtful), a.reason, int(a.checked), a.note


def claims(rows: Rows, sheet: FactSheet) -> Iterator[Row]:
    head, tail = ends(rows, sheet)
    for c in sheet.claims:
        name = name_of(rows.site, c.speaker) if c.speaker else None
        yield *head(c), c.speaker, name, c.speaker_text, c.verb, c.kind, c.mode, c.text, c.to, several(c.about), c.verdict, *tail(c)


def claims_about(rows: Rows, sheet: FactSheet) -> Iterator[Row]:
    for c in sheet.claims:
        for actor in c.about:
            yield sheet.article.id, c.id, actor


def meetings(rows: Rows, sheet: FactSheet) -> Iterator[Row]:
    head, tail = ends(rows, sheet)
    for m in sheet.meetings:
        event = rows.site.event_of.get(f"{sheet.article.id}/{m.id}")
        placed = m.start, m.end, m.place, several(m.participants), names_of(rows.site, m.participants), several(m.absent)
        yield *head(m), event if event in rows.site.events else None, m.title, m.type, m.status, *placed, *tail(m)


def figures(rows: Rows, sheet: FactSheet) -> Iterator[Row]:
    head, tail = ends(rows, sheet)
    for f in sheet.figures:
        quantity = rows.quantity_of.get((sheet.article.id, f.id))
        counted = f.value, f.low, f.high, f.modifier, f.unit, f.kind, f.subject
        yield *head(f), *counted, f.according_to, f.source, f.as_of, quantity, *tail(f)


def ends(rows: Rows, sheet: FactSheet) -> tuple[Callable[[Claim | Meeting | Figure], Row], Callable[[Claim | Meeting | Figure], Row]]:
    """What a sheet's facts share: the columns HEAD before their own, and SHARED and LINKS behind."""
    a: Article = sheet.article
    article_url, source_url = rows.here(addresses.article_page(a.id)), addresses.safe_url(a.url)

    def head(fact: Claim | Meeting | Figure) -> Row:
        return a.id, fact.id, a.published, a.publisher

    def tail(fact: Claim | Meeting | Figure) -> Row:
        url = article_url + addresses.encoded(f"#{addresses.anchor(fact)}")
        words_url = addresses.words_at_publisher(a, fact.evidence)
        shared = int(fact.doubtful), fact.reason, int(fact.checked), fact.note, fact.evidence.quote
        return *shared, url, article_url, source_url, words_url

    return head, tail


# --- what is joined over all sheets ---


def actors(rows: Rows) -> Iterator[Row]:
    for p in rows.site.profiles.values():
        roles, url = several(r.text for r in p.roles), rows.here(addresses.actor_page(p.id))
        named = p.id, p.name, p.type, p.description, several(p.aliases), roles, several(p.same_as)
        yield *named, several(p.articles), int(p.doubtful), url


def events(rows: Rows) -> Iterator[Row]:
    for e in rows.site.events.values():
        placed = e.start, e.end, e.place, several(e.participants), names_of(rows.site, e.participants), several(e.absent)
        told, url = several(t.article.id for t in e.told), rows.here(addresses.event_page(e.id))
        yield e.id, e.title, e.type, e.status, *placed, told, several(e.differs), e.description, int(e.doubtful), url


def participants(rows: Rows) -> Iterator[Row]:
    for e in rows.site.events.values():
        for absent, ids in enumerate((e.participants, e.absent)):
            for actor in ids:
                if actor in rows.site.profiles:
                    yield e.id, actor, absent


# --- the tables ---

TEXT, WHOLE, REAL = "TEXT", "INTEGER", "NUMERIC"
OF_ARTICLE = (("article",), "articles", ("id",))
OF_ACTOR = (("actor",), "actors", ("id",))
SHARED = {"doubtful": WHOLE, "reason": TEXT, "checked": WHOLE, "note": TEXT, "evidence": TEXT}
LINKS = {"url": TEXT, "article_url": TEXT, "source_url": TEXT, "text_fragment_url": TEXT}


def several(values: Any) -> str | None:
    """Several values in one field."""
    return "; ".join(values) or None


def text_columns(*names: str) -> dict[str, str]:
    return dict.fromkeys(names, TEXT)


HEAD = text_columns("article", "id", "published", "publisher")

PLACED = ("start", "end", "place", "participants", "participant_names", "absent")

TABLES: tuple[Table, ...] = (
    Table(
        name="articles",
        columns=text_columns("id", "title", "published", "updated", "publisher", "author", "language", "url", "source_url"),
        key=("id",),
        of_sheet=articles,
        searched=("title",),
    ),
    Table(
        name="actors",
        columns={
            **text_columns("id", "name", "type", "description", "aliases", "roles", "same_as", "articles"),
            "doubtful": WHOLE,
            "url": TEXT,
        },
        key=("id",),
        of_site=actors,
        searched=("name", "aliases", "roles"),
    ),
    Table(
        name="events",
        columns={
            **text_columns("id", "title", "type", "status", *PLACED, "articles", "differs", "description"),
            "doubtful": WHOLE,
            "url": TEXT,
        },
        key=("id",),
        of_site=events,
        searched=("title", "place", "participant_names"),
    ),
    Table(
        name="claims",
        columns={
            **HEAD,
            **text_columns("speaker", "speaker_name", "speaker_text", "verb", "kind", "mode", "text", "to", "about", "verdict"),
            **SHARED,
            **LINKS,
        },
        key=("article", "id"),
        of_sheet=claims,
        points=(OF_ARTICLE, (("speaker",), "actors", ("id",)), (("to",), "actors", ("id",))),
        searched=("speaker_name", "speaker_text", "text", "evidence"),
    ),
    Table(
        name="meetings",
        columns={**HEAD, **text_columns("event", "title", "type", "status", *PLACED), **SHARED, **LINKS},
        key=("article", "id"),
        of_sheet=meetings,
        points=(OF_ARTICLE, (("event",), "events", ("id",))),
        searched=("title", "place", "participant_names", "evidence"),
    ),
    Table(
        name="figures",
        columns={
            **HEAD,
            **dict.fromkeys(("value", "low", "high"), REAL),
            **text_columns("modifier", "unit", "kind", "subject", "according_to", "source", "as_of", "quantity"),
            **SHARED,
            **LINKS,
        },
        key=("article", "id"),
        of_sheet=figures,
        points=(OF_ARTICLE, (("source",), "actors", ("id",))),
        searched=("subject", "unit", "according_to", "evidence"),
    ),
    Table(
        name="appearances",
        columns={
            **text_columns("article", "actor", "name", "role", "aliases"),
            "doubtful": WHOLE,
            "reason": TEXT,
            "checked": WHOLE,
            "note": TEXT,
        },
        key=("article", "actor"),
        of_sheet=appearances,
        points=(OF_ARTICLE, OF_ACTOR),
        file=False,
    ),
    Table(
        name="claims_about",
        columns=text_columns("article", "claim", "actor"),
        key=("article", "claim", "actor"),
        of_sheet=claims_about,
        points=((("article", "claim"), "claims", ("article", "id")), OF_ACTOR),
        file=False,
    ),
    Table(
        name="participants",
        columns={"event": TEXT, "actor": TEXT, "absent": WHOLE},
        key=("event", "actor", "absent"),
        of_site=participants,
        points=((("event",), "events", ("id",)), OF_ACTOR),
        file=False,
    ),
)
