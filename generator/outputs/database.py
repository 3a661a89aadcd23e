"""`data/facts.sqlite`: all tables with foreign keys and full-text search, the same bytes each build; opens in Datasette."""

from __future__ import annotations

import contextlib
import sqlite3

from generator.outputs.tables import REAL, TABLES, Row, Rows, Table

FILE = "data/facts.sqlite"
# The header says which release of SQLite wrote the file, four bytes at 96; nobody reads by it, and the site must be the same everywhere.
WRITER = slice(96, 100)
RELEASE = (3_040_000).to_bytes(4, "big")


def database(rows: Rows) -> bytes:
    """The database's bytes. It is made in memory, where nothing needs to be undone; that every key leads somewhere is for tests to check."""
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.execute("PRAGMA page_size = 4096")
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("BEGIN")
        for table in TABLES:
            db.execute(create(table))
            marks = ", ".join("?" * len(table.columns))
            values = map(bounded, rows.of(table)) if REAL in table.columns.values() else rows.of(table)
            db.executemany(f"INSERT INTO {quoted(table.name)} VALUES ({marks})", values)
            for columns, _, _ in table.points:
                if columns != table.key[: len(columns)]:  # the key has an index of its own
                    db.execute(f"CREATE INDEX {quoted('_'.join((table.name, *columns)))} ON {quoted(table.name)} ({listed(columns)})")
        for table in TABLES:
            if table.searched:
                search_index(db, table)
        db.execute("COMMIT")
        content = db.serialize()
    return b"".join((content[: WRITER.start], RELEASE, memoryview(content)[WRITER.stop :]))


def create(table: Table) -> str:
    """The statement that makes a table."""
    lines = [f"{quoted(name)} {kind}" for name, kind in table.columns.items()]
    lines.append(f"PRIMARY KEY ({listed(table.key)})")
    lines += [f"FOREIGN KEY ({listed(own)}) REFERENCES {quoted(other)} ({listed(theirs)})" for own, other, theirs in table.points]
    rows = "" if table.searched else " WITHOUT ROWID"  # full-text search finds rows by their numbers; links need none
    return f"CREATE TABLE {quoted(table.name)} (\n  " + ",\n  ".join(lines) + f"\n){rows}"


def search_index(db: sqlite3.Connection, table: Table) -> None:
    """Full-text search beside a table, in the form that Datasette finds by itself."""
    name = f"{table.name}_fts"
    db.execute(
        f"CREATE VIRTUAL TABLE {quoted(name)} USING fts5({listed(table.searched)}, content={quoted(table.name)}, tokenize='unicode61')"
    )
    db.execute(f"INSERT INTO {quoted(name)} ({quoted(name)}) VALUES ('rebuild')")
    db.execute(f"INSERT INTO {quoted(name)} ({quoted(name)}) VALUES ('optimize')")


def bounded(row: Row) -> Row:
    """SQLite's whole numbers end at 64 bits; larger ones are stored as fractions are."""
    for value in row:
        if value.__class__ is int and not -(2**63) < value < 2**63:
            return tuple(float(v) if isinstance(v, int) and abs(v) >= 2**63 else v for v in row)
    return row


def quoted(name: str) -> str:
    return f'"{name}"'


def listed(names: tuple[str, ...]) -> str:
    return ", ".join(map(quoted, names))
