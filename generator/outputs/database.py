"""`data/facts.sqlite`: all tables with foreign keys and full-text search, the same bytes each build; opens in Datasette."""

from __future__ import annotations

import contextlib
import math
import sqlite3
from collections.abc import Iterable, Mapping
from itertools import groupby, islice

from generator.outputs.drafts import Memory, Pieces
from generator.outputs.tables import REAL, TABLES, Row, Rows, Table

FILE = "data/facts.sqlite"
# The header says which release of SQLite wrote the file, four bytes at 96; nobody reads by it, and the site must be the same everywhere.
WRITER = slice(96, 100)
RELEASE = (3_040_000).to_bytes(4, "big")
NULL = math.nan  # SQLite takes it for NULL, and Python hands it over at once, where it asks six places how to hand over None
MANY = 32  # rows a statement; the widest table has 23 columns, and an old SQLite takes 999 values
AT_ONCE = 1 << 24  # bytes of words that full-text search sorts at once; by itself it takes 1 MB, and then merges


def database(rows: Rows, keys: Mapping[str, bytes], memory: Memory) -> bytes:
    """The database's bytes. Rows of sheets whose key is as it was are copied from what it was, if that can be read. `keys`: by the sheet's name."""
    content = None
    with contextlib.suppress(sqlite3.DatabaseError):
        content = made(rows, keys, memory)
    if content is None:
        content = made(rows, keys, Memory())
    memory.keep(FILE, {name: (key, 0) for name, key in keys.items()})
    return b"".join((content[: WRITER.start], RELEASE, memoryview(content)[WRITER.stop :]))


def made(rows: Rows, keys: Mapping[str, bytes], memory: Memory) -> bytes:
    """It is made in memory, where nothing needs to be undone; that every key leads somewhere is for tests to check."""
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.execute("PRAGMA page_size = 4096")
        db.execute("PRAGMA journal_mode = OFF")
        known = attach(db, memory)
        same = {name for name, key in keys.items() if known.get(name, (None,))[0] == key}
        # The names of sheets, now or before, in stretches of such as are as they were and such as are not.
        sheets = [(as_before, list(names)) for as_before, names in groupby(sorted(known.keys() | keys.keys()), same.__contains__)]
        db.execute("BEGIN")
        for table in TABLES:
            db.execute(create(table))
            if table.of_site:
                insert(db, table, rows.of(table))
            else:
                for as_before, names in sheets:
                    if as_before:
                        copy(db, table, names[0], names[-1])
                    else:
                        insert(db, table, (row for name in names if name in rows.sheets for row in rows.of_sheet(table, name)))
            rows.forget(table)
            for columns, _, _ in table.points:
                if columns != table.key[: len(columns)]:  # the key has an index of its own
                    db.execute(f"CREATE INDEX {quoted('_'.join((table.name, *columns)))} ON {quoted(table.name)} ({listed(columns)})")
        for table in TABLES:
            if table.searched:
                search_index(db, table)
        db.execute("COMMIT")
        if known:
            db.execute("DETACH before")  # two of this size at once are enough
        return db.serialize()


def attach(db: sqlite3.Connection, memory: Memory) -> Pieces:
    """Puts the database as it was beside the new one, as `before`; returns of what sheets it was made."""
    before = memory.before(FILE)
    if not before or not before.content:
        return {}
    db.execute("ATTACH ':memory:' AS before")
    db.deserialize(before.content, name="before")
    return before.pieces


def insert(db: sqlite3.Connection, table: Table, rows: Iterable[Row]) -> None:
    """Rows, several with each statement."""
    marks = f"({', '.join('?' * len(table.columns))})"
    todo = map(bounded, rows) if REAL in table.columns.values() else iter(rows)
    while some := list(islice(todo, MANY)):
        statement = f"INSERT INTO {quoted(table.name)} VALUES {', '.join([marks] * len(some))}"
        db.execute(statement, [NULL if v is None else v for row in some for v in row])


def copy(db: sqlite3.Connection, table: Table, first: str, last: str) -> None:
    """The rows of a stretch of sheets, as they were before."""
    name, article = quoted(table.name), quoted(table.key[0])
    rows = f"SELECT * FROM before.{name} WHERE {article} BETWEEN ? AND ? ORDER BY {listed(table.key)}"
    db.execute(f"INSERT INTO main.{name} {rows}", (first, last))


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
    db.execute(f"INSERT INTO {quoted(name)} ({quoted(name)}, rank) VALUES ('hashsize', {AT_ONCE})")
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
