"""Downloads: each sheet as JSON in the form that `extract` prints, all of them as JSON Lines, each actor, a CSV a kind, and the database."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

import msgspec

from generator.model import FactSheet, Profile, Site, Told
from generator.outputs import addresses
from generator.outputs.database import FILE as DATABASE
from generator.outputs.database import database
from generator.outputs.drafts import Draft, assembled, remade
from generator.outputs.keys import Keys, key_of, keys_of
from generator.outputs.plain import whole_text
from generator.outputs.tables import TABLES, Row, Rows, Table

ALL = "data/all.jsonl"
COLUMNS = "\0"  # gives a table's first line; no name of a sheet holds it
# A spreadsheet takes a cell that begins so for a formula and runs it; some read past what is not seen, and take full-width signs as well.
FORMULA = re.compile("[\t\r\n]|[\\s\u200b\ufeff]*[=+\\-@＝＋－＠]")


def make_data(site: Site) -> Iterator[Draft]:
    """All downloads of plain data."""
    keys, rows = keys_of(site), Rows(site)

    def of_article(id: str) -> bytes:
        return printed(site, keys.by_id[id])

    def of_actor(id: str) -> bytes:
        return encode(actor(site.profiles[id]))

    def of_table(table: Table) -> bytes:
        return csv_lines([tuple(table.columns), *rows.of(table)])

    for id in keys.by_id:
        yield Draft(addresses.article_data(id), partial(of_article, id), keys.sheet(id))
    yield assembled(ALL, {id: keys.sheet(id) for id in keys.by_id}, of_article)
    for profile in site.profiles.values():
        yield Draft(addresses.actor_data(profile.id), partial(of_actor, profile.id), given(keys, profile))
    of_sheets = {name: key_of([keys.sheet(s.article.id) for s in sheets]) for name, sheets in rows.sheets.items()}
    for table in TABLES:
        if table.file and table.of_sheet:
            yield assembled(csv_path(table), {COLUMNS: b"", **of_sheets}, partial(csv_piece, rows, table))
        elif table.file:
            yield Draft(csv_path(table), partial(of_table, table), keys.everything)
    yield remade(DATABASE, partial(database, rows, of_sheets), keys.everything)


def given(keys: Keys, profile: Profile) -> bytes:
    """What an actor's file is made of."""
    ties = [(t.other, t.events, [reference(c) for c in t.claims]) for t in profile.ties]
    return key_of(keys.about(profile), keys.facts_of(profile), profile.events, ties, profile.articles)


def csv_path(table: Table) -> str:
    return f"data/{table.name}.csv"


def printed(site: Site, sheet: FactSheet) -> bytes:
    """A sheet in a line of JSON; text that may not be shown is left out. Of the file only the name stays: its folder is a machine's own."""
    article = msgspec.structs.replace(sheet.article, file=posixpath.basename(sheet.article.file.replace("\\", "/")))
    if not whole_text(site, article):
        article = msgspec.structs.replace(article, text="", cut=())
    return encode(msgspec.structs.replace(sheet, article=article))


def actor(profile: Profile) -> dict[str, Any]:
    """What the articles say of an actor. What others say stands in full under who says it, and as a reference here."""
    return {
        **{k: getattr(profile, k) for k in ("id", "name", "type", "description", "same_as", "aliases", "roles")},
        "said": [fact(t) for t in profile.said],
        "figures": [fact(t) for t in profile.figures],
        "about": [reference(t) for t in profile.about],
        "addressed": [reference(t) for t in profile.addressed],
        "events": profile.events,
        "ties": [{"other": t.other, "events": t.events, "claims": [reference(c) for c in t.claims]} for t in profile.ties],
        "articles": profile.articles,
        "doubtful": profile.doubtful,
    }


def encode(value: object) -> bytes:
    """JSON in a line."""
    return msgspec.json.encode(value) + b"\n"


def fact(told: Told) -> msgspec.Raw:
    """A fact's own fields behind its article's id and day: an object's beginning and the rest of another."""
    whence = msgspec.json.encode({"article": told.article.id, "published": told.article.published})
    return msgspec.Raw(whence[:-1] + b"," + msgspec.json.encode(told.fact)[1:])


def reference(told: Told) -> str:
    """ "article id/fact id"."""
    return f"{told.article.id}/{told.fact.id}"


def csv_piece(rows: Rows, table: Table, name: str) -> bytes:
    """A sheet's lines of a table, or the first line of all."""
    return csv_lines([tuple(table.columns)] if name == COLUMNS else rows.of_sheet(table, name))


def csv_lines(rows: Iterable[Row]) -> bytes:
    """Rows as lines by RFC 4180, in UTF-8. (The csv module looks at every character in turn and takes three times as long.)"""
    return "".join([f"{','.join(map(cell, row))}\r\n" for row in rows]).encode()


def cell(value: object) -> str:
    """A value as a cell; text that no spreadsheet runs as a formula."""
    if value.__class__ is not str:
        return "" if value is None else str(value)
    assert isinstance(value, str)
    if not value[:1].isalnum():  # letters and digits begin no formula, and nearly every cell
        value = harmless(value)
    if "," in value or '"' in value or "\n" in value or "\r" in value:
        return '"' + value.replace('"', '""') + '"'
    return value


def harmless(value: str) -> str:
    """Text that no spreadsheet runs as a formula."""
    return f"'{value}" if FORMULA.match(value) else value
