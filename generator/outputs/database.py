"""`data/facts.sqlite`: all tables with foreign keys and full-text search, the same bytes each build; opens in Datasette."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator

from generator.model import Output, Site
from generator.outputs.tables import TABLES, Table, sorted_rows

FILE = "data/facts.sqlite"
# The header says which release of SQLite wrote the file, four bytes at 96; nobody reads by it, and the site must be the same everywhere.
WRITER = slice(96, 100)
RELEASE = (3_040_000).to_bytes(4, "big")


def make_database(site: Site) -> Iterator[Output]:
    """The database, made in memory."""
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.execute("PRAGMA page_size = 4096")
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("BEGIN")
        for table in TABLES:
            db.execute(create(table))
            marks = ", ".join("?" * len(table.columns))
            db.executemany(f"INSERT INTO {quoted(table.name)} VALUES ({marks})", map(bounded, sorted_rows(table, site)))
            for columns, _, _ in table.points:
                db.execute(f"CREATE INDEX {quoted('_'.join((table.name, *columns)))} ON {quoted(table.name)} ({listed(columns)})")
        for table in TABLES:
            if table.searched:
                search_index(db, table)
        db.execute("COMMIT")
        db.execute("VACUUM")
        content = bytearray(db.serialize())
    content[WRITER] = RELEASE
    yield Output(path=FILE, content=bytes(content))


def create(table: Table) -> str:
    """The statement that makes a table."""
    lines = [f"{quoted(name)} {kind}" for name, kind in table.columns.items()]
    lines.append(f"PRIMARY KEY ({listed(table.key)})")
    lines += [f"FOREIGN KEY ({listed(own)}) REFERENCES {quoted(other)} ({listed(theirs)})" for own, other, theirs in table.points]
    return f"CREATE TABLE {quoted(table.name)} (\n  " + ",\n  ".join(lines) + "\n)"


def search_index(db: sqlite3.Connection, table: Table) -> None:
    """Full-text search beside a table, in the form that Datasette finds by itself."""
    name = f"{table.name}_fts"
    db.execute(
        f"CREATE VIRTUAL TABLE {quoted(name)} USING fts5({listed(table.searched)}, content={quoted(table.name)}, tokenize='unicode61')"
    )
    db.execute(f"INSERT INTO {quoted(name)} ({quoted(name)}) VALUES ('rebuild')")
    db.execute(f"INSERT INTO {quoted(name)} ({quoted(name)}) VALUES ('optimize')")


def bounded(row: list[object]) -> list[object]:
    """SQLite's whole numbers end at 64 bits; larger ones are stored as fractions are."""
    return [float(v) if isinstance(v, int) and abs(v) >= 2**63 else v for v in row]


def quoted(name: str) -> str:
    return f'"{name}"'


def listed(names: tuple[str, ...]) -> str:
    return ", ".join(map(quoted, names))
