"""Downloads: each sheet as JSON in the form that `extract` prints, all of them as JSON Lines, each actor, and a CSV a kind."""

from __future__ import annotations

import csv
import io
import posixpath
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from generator.model import FactSheet, Output, Profile, Site, Told
from generator.outputs import addresses
from generator.outputs.plain import whole_text
from generator.outputs.tables import TABLES, Table, sorted_rows

ALL = "data/all.jsonl"
# A spreadsheet takes a cell that begins so for a formula and runs it; some read past what is not seen, and take full-width signs as well.
FORMULA = re.compile("[\t\r\n]|[\\s\u200b\ufeff]*[=+\\-@＝＋－＠]")


def make_data(site: Site) -> Iterator[Output]:
    """All downloads of plain data."""
    sheets = [printed(site, sheet) for sheet in site.sheets]
    for sheet, content in zip(site.sheets, sheets, strict=True):
        yield Output(path=addresses.article_data(sheet.article.id), content=content)
    yield Output(path=ALL, content=b"".join(sheets))
    for profile in site.profiles.values():
        yield Output(path=addresses.actor_data(profile.id), content=msgspec.json.encode(actor(profile)) + b"\n")
    for table in TABLES:
        if table.file:
            yield Output(path=csv_path(table), content=as_csv(table, site))


def csv_path(table: Table) -> str:
    return f"data/{table.name}.csv"


def printed(site: Site, sheet: FactSheet) -> bytes:
    """A sheet in a line of JSON; text that may not be shown is left out. Of the file only the name stays: its folder is a machine's own."""
    article = msgspec.structs.replace(sheet.article, file=posixpath.basename(sheet.article.file.replace("\\", "/")))
    if not whole_text(site, article):
        article = msgspec.structs.replace(article, text="", cut=())
    return msgspec.json.encode(msgspec.structs.replace(sheet, article=article)) + b"\n"


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


def fact(told: Told) -> dict[str, Any]:
    return {"article": told.article.id, "published": told.article.published, **msgspec.structs.asdict(told.fact)}


def reference(told: Told) -> str:
    """ "article id/fact id"."""
    return f"{told.article.id}/{told.fact.id}"


def as_csv(table: Table, site: Site) -> bytes:
    """A table by RFC 4180, in UTF-8."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(table.columns)
    for row in sorted_rows(table, site):
        writer.writerow([harmless(v) if isinstance(v, str) else v for v in row])
    return file.getvalue().encode()


def harmless(value: str) -> str:
    """Text that no spreadsheet runs as a formula."""
    return f"'{value}" if FORMULA.match(value) else value
