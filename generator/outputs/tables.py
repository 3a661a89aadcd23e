"""The site as tables: one row an article, actor, claim, event, meeting and figure, for spreadsheets and databases alike.

Every fact's row leads to its page, its article's page, the publisher's page, and the very words there. Rows are sorted by their keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from generator.model import Article, Claim, Fact, FactSheet, Figure, Meeting, Site
from generator.outputs import addresses
from generator.outputs.plain import clean, name_of, names_of

Row = dict[str, Any]


class Table(NamedTuple):
    """A table's name, its columns with their SQL types, its key, the keys it points to, and the columns that full-text search reads."""

    name: str
    columns: dict[str, str]
    key: tuple[str, ...]
    rows: Callable[[Site], Iterator[Row]]
    points: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = ()
    searched: tuple[str, ...] = ()
    file: bool = True  # whether there is a CSV of it; links of many to many are columns there


TEXT, WHOLE, REAL = "TEXT", "INTEGER", "NUMERIC"
OF_ARTICLE = (("article",), "articles", ("id",))
OF_ACTOR = (("actor",), "actors", ("id",))
SHARED = {"doubtful": WHOLE, "reason": TEXT, "checked": WHOLE, "note": TEXT, "evidence": TEXT}
LINKS = {"url": TEXT, "article_url": TEXT, "source_url": TEXT, "text_fragment_url": TEXT}


def articles(site: Site) -> Iterator[Row]:
    for sheet in site.sheets:
        a = sheet.article
        yield {
            "id": a.id, "title": a.title, "published": a.published, "updated": a.updated, "publisher": a.publisher, "author": a.author,
            "language": a.language, "url": here(site, addresses.article_page(a.id)), "source_url": addresses.safe_url(a.url),
        }  # fmt: skip


def actors(site: Site) -> Iterator[Row]:
    for p in site.profiles.values():
        yield {
            "id": p.id, "name": p.name, "type": p.type, "description": p.description, "aliases": several(p.aliases),
            "roles": several(r.text for r in p.roles), "same_as": several(p.same_as), "articles": several(p.articles),
            "doubtful": int(p.doubtful), "url": here(site, addresses.actor_page(p.id)),
        }  # fmt: skip


def appearances(site: Site) -> Iterator[Row]:
    for sheet in site.sheets:
        for a in sheet.actors:
            yield {
                "article": sheet.article.id, "actor": a.id, "name": a.name, "role": a.role, "aliases": several(a.aliases),
                "doubtful": int(a.doubtful), "reason": a.reason, "checked": int(a.checked), "note": a.note,
            }  # fmt: skip


def claims(site: Site) -> Iterator[Row]:
    for sheet in site.sheets:
        for c in sheet.claims:
            yield {
                **head(sheet, c), "speaker": c.speaker, "speaker_name": name_of(site, c.speaker) if c.speaker else None,
                "speaker_text": c.speaker_text,
                "verb": c.verb, "kind": c.kind, "mode": c.mode, "text": c.text, "to": c.to, "about": several(c.about), "verdict": c.verdict,
                **tail(site, sheet, c),
            }  # fmt: skip


def claims_about(site: Site) -> Iterator[Row]:
    for sheet in site.sheets:
        for c in sheet.claims:
            for actor in c.about:
                yield {"article": sheet.article.id, "claim": c.id, "actor": actor}


def events(site: Site) -> Iterator[Row]:
    for e in site.events.values():
        yield {
            "id": e.id, "title": e.title, "type": e.type, "status": e.status, "start": e.start, "end": e.end, "place": e.place,
            "participants": several(e.participants), "participant_names": names_of(site, e.participants), "absent": several(e.absent),
            "articles": several(t.article.id for t in e.told), "differs": several(e.differs), "description": e.description,
            "doubtful": int(e.doubtful), "url": here(site, addresses.event_page(e.id)),
        }  # fmt: skip


def participants(site: Site) -> Iterator[Row]:
    for e in site.events.values():
        for absent, ids in enumerate((e.participants, e.absent)):
            for actor in ids:
                if actor in site.profiles:
                    yield {"event": e.id, "actor": actor, "absent": absent}


def meetings(site: Site) -> Iterator[Row]:
    for sheet in site.sheets:
        for m in sheet.meetings:
            event = site.event_of.get(f"{sheet.article.id}/{m.id}")
            yield {
                **head(sheet, m), "event": event if event in site.events else None, "title": m.title, "type": m.type, "status": m.status,
                "start": m.start, "end": m.end, "place": m.place, "participants": several(m.participants),
                "participant_names": names_of(site, m.participants), "absent": several(m.absent), **tail(site, sheet, m),
            }  # fmt: skip


def figures(site: Site) -> Iterator[Row]:
    quantity = {(t.article.id, t.fact.id): q for q in site.quantities for t in q.figures}
    for sheet in site.sheets:
        for f in sheet.figures:
            q = quantity.get((sheet.article.id, f.id))
            yield {
                **head(sheet, f), "value": f.value, "low": f.low, "high": f.high, "modifier": f.modifier, "unit": f.unit, "kind": f.kind,
                "subject": f.subject, "according_to": f.according_to, "source": f.source, "as_of": f.as_of,
                "quantity": q.id if q else None, **tail(site, sheet, f),
            }  # fmt: skip


def head(sheet: FactSheet, fact: Claim | Meeting | Figure) -> Row:
    a = sheet.article
    return {"article": a.id, "id": fact.id, "published": a.published, "publisher": a.publisher}


def tail(site: Site, sheet: FactSheet, fact: Claim | Meeting | Figure) -> Row:
    """What all facts share, and where they lead."""
    a = sheet.article
    return {
        "doubtful": int(fact.doubtful), "reason": fact.reason, "checked": int(fact.checked), "note": fact.note,
        "evidence": fact.evidence.quote,
        **links(site, a, fact), "text_fragment_url": addresses.words_at_publisher(a, fact.evidence),
    }  # fmt: skip


def links(site: Site, article: Article, fact: Fact) -> Row:
    return {
        "url": here(site, addresses.fact_address(article.id, fact)),
        "article_url": here(site, addresses.article_page(article.id)),
        "source_url": addresses.safe_url(article.url),
    }


def here(site: Site, path: str) -> str:
    """The address of a page; without a base address the link from the folder of downloads."""
    return addresses.address(site.config, path, addresses.DATA)


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
        rows=articles,
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
        rows=actors,
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
        rows=events,
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
        rows=claims,
        points=(OF_ARTICLE, (("speaker",), "actors", ("id",)), (("to",), "actors", ("id",))),
        searched=("speaker_name", "speaker_text", "text", "evidence"),
    ),
    Table(
        name="meetings",
        columns={**HEAD, **text_columns("event", "title", "type", "status", *PLACED), **SHARED, **LINKS},
        key=("article", "id"),
        rows=meetings,
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
        rows=figures,
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
        rows=appearances,
        points=(OF_ARTICLE, OF_ACTOR),
        file=False,
    ),
    Table(
        name="claims_about",
        columns=text_columns("article", "claim", "actor"),
        key=("article", "claim", "actor"),
        rows=claims_about,
        points=((("article", "claim"), "claims", ("article", "id")), OF_ACTOR),
        file=False,
    ),
    Table(
        name="participants",
        columns={"event": TEXT, "actor": TEXT, "absent": WHOLE},
        key=("event", "actor", "absent"),
        rows=participants,
        points=((("event",), "events", ("id",)), OF_ACTOR),
        file=False,
    ),
)


def sorted_rows(table: Table, site: Site) -> list[list[Any]]:
    """A table's rows as lists in the order of its columns, sorted by its key; text without what no file takes."""
    found: dict[tuple[Any, ...], list[Any]] = {}
    for row in table.rows(site):
        assert row.keys() == table.columns.keys(), table.name
        values = {c: clean(v) if isinstance(v := row[c], str) else v for c in table.columns}
        found.setdefault(tuple(values[k] for k in table.key), list(values.values()))  # two keys may differ in what no file takes
    return [found[k] for k in sorted(found)]
