"""A fast way to read what `write` writes: most sheets are in the house style, lightly edited, and need no parser for all of YAML.

For a sheet of 145 lines PyYAML's C parser and our tree of nodes take 1.06 ms, this takes 0.13 ms. It takes only lines that every reader of
YAML takes alike: `key:`, `- id: words`, `  key: words`, comments, empty lines; the words plain, in quotation marks, or a list of such. At
anything else at all, and at anything that a person should be told of, it gives up, and `sheetfile.parse` reads the sheet in full. So what
is wrong, and how to say it, is known in one place; and that both ways read alike is a law in tests/test_housestyle.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import msgspec

from generator.model import KINDS, SHEET_FIELDS, FactSheet
from generator.typed import FLAGS, as_number
from generator.yamltext import LARGEST, QUOTABLE

# Every line is one match; the last group takes the first line that is none, and all behind it, so nothing is passed over, nor tried twice.
LINE = re.compile(r"(- |  )([a-z_]+): ([^\n]+)\n|([a-z]+):\n|(?: *#[^\n]*)?\n|(.+)", re.S)

MARKS = frozenset("-?:,[]{}#&*!|>'\"%@` ")  # plain words begin with none of these
NULLS = frozenset({"~", "null", "Null", "NULL"})

# An item of a list on one line: plain, in double or in single quotation marks; no character in it that means something in a list.
ITEM = r"""([^\s\-?:,\[\]{}#&*!|>'"%@`~](?:[^,\[\]{}:#?]*[^,\[\]{}:#? ])?)|"([^"\\]+)"|'((?:[^']|'')+)'"""
ITEMS = re.compile(ITEM)
LIST = re.compile(rf"\[(?:(?:{ITEM})(?:, (?:{ITEM}))*)?\]")

# What words without quotation marks mean in these fields.
MEANINGS: dict[str, Callable[[str], Any]] = {
    "doubtful": FLAGS.__getitem__, "checked": FLAGS.__getitem__, "value": as_number, "low": as_number, "high": as_number,
}  # fmt: skip
FIELDS = {kind: frozenset(names) for kind, names in SHEET_FIELDS.items()}


class Unusual(Exception):
    """Something that is not in the house style."""


Lines = dict[str, list[int]]  # kind → the line of each of its facts; "article" → the line where it begins


def read(text: str, id_: str) -> tuple[FactSheet, Lines] | None:
    """The sheet of an article, and the lines of its facts; None where it is to be read in full.

    msgspec makes the values and checks their types, all in one go.
    """
    if len(text) > LARGEST or not printed(text.replace("\n", "")):
        return None
    try:
        sections, lines = sections_of(text if text.endswith("\n") else text + "\n")
        for kind, items in sections.items():
            known = FIELDS[kind]
            if not items or not all(map(known.issuperset, items)):
                return None
        (article,) = sections["article"]
        if article.get("checked"):  # the whole sheet is, and so is every fact that says nothing else
            for kind in KINDS:
                for fields in sections.get(kind, ()):
                    fields.setdefault("checked", True)
        values: dict[str, Any] = {**sections, "article": {**article, "id": id_}}
        found = msgspec.convert(values, FactSheet)
    except (Unusual, KeyError, msgspec.ValidationError):
        return None
    for kind in KINDS:
        facts = getattr(found, kind)
        if len({f.id for f in facts}) < len(facts):
            return None
    return found, lines


def printed(text: str) -> bool:
    """Whether a line holds characters alone that stand as they are: no control, no odd end of line. (Nearly always the first look tells.)"""
    return text.isprintable() or QUOTABLE.fullmatch(text) is not None


def sections_of(text: str) -> tuple[dict[str, list[dict[str, Any]]], Lines]:
    """The fields of the article and of the facts, and where each of them begins."""
    sections: dict[str, list[dict[str, Any]]] = {}
    lines: Lines = {}
    fields: dict[str, Any] | None = None  # the ones that a line belongs to
    section = ""
    for number, (lead, key, words, title, other) in enumerate(LINE.findall(text), 1):
        if words:
            if lead == "- ":
                if section == "article" or not section:
                    raise Unusual
                fields = {}
                sections[section].append(fields)
                lines[section].append(number)
            if fields is None or key in fields:
                raise Unusual
            fields[key] = {"quote": value_of(key, words)} if key == "evidence" else value_of(key, words)
        elif title:
            if title not in FIELDS or title in sections:
                raise Unusual
            section = title
            fields = {} if title == "article" else None
            sections[title], lines[title] = ([fields], [number]) if fields is not None else ([], [])
        elif other:
            raise Unusual
    return sections, lines


def value_of(key: str, words: str) -> Any:
    """The value that a line's words mean: words, a list of words, a number, true, false or null."""
    first = words[0]
    if key in MEANINGS and first not in "\"'[":
        value = MEANINGS[key](words)
        if value is None:
            raise Unusual
        return value
    if first not in MARKS:
        if ": " in words or " #" in words or words[-1] in ": ":
            raise Unusual
        return None if words in NULLS else words
    inside = words[1:-1]
    if first == '"' and inside and words[-1] == '"' and '"' not in inside and "\\" not in inside:
        return inside
    if first == "'" and inside and words[-1] == "'" and "'" not in inside.replace("''", ""):
        return inside.replace("''", "'")
    if first == "[":
        return list_of(words)
    raise Unusual


def list_of(words: str) -> list[str]:
    """The items of a list that stands on one line."""
    if not LIST.fullmatch(words):
        raise Unusual
    items = ITEMS.findall(words)
    if any(plain in NULLS for plain, _, _ in items):
        raise Unusual
    return [plain or double or single.replace("''", "'") for plain, double, single in items]
