"""Nodes of YAML → the typed values of the model: what is of the wrong type is a problem, and counts as not written.

What a value means is decided by the field it stands in, so `no`, `12:30` and `2022-01` are words where words are due, in any YAML dialect.
"""

from __future__ import annotations

import math
import re
import types
import typing
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from functools import cache
from typing import Any, Literal

import msgspec

from generator.model import Evidence, Problem
from generator.yamltext import Node, keys_of

INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
BASED = re.compile(r"0x[0-9a-fA-F]{1,15}|0o[0-7]{1,20}")
FLOAT = re.compile(r"[-+]?(?:\.[0-9]{1,40}|[0-9]{1,40}(?:\.[0-9]{0,40})?)(?:[eE][-+]?[0-9]{1,3})?")
THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:[,_ ]\d{3})+(?:\.\d+)?")

Path = tuple[str | int, ...]
Places = dict[Path, tuple[int, int]]


class Reading:
    """What reading one file gathers: places and problems."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.places: Places = {}
        self.problems: list[Problem] = []

    def wrong(self, node: Node, message: str, hint: str = "", fatal: bool = True) -> None:
        self.problems.append(Problem(file=self.file, line=node.line, column=node.column, message=message, hint=hint, fatal=fatal))


WRONG = object()  # what a reader of values returns beside its problem

Reader = Callable[[Node, str, Path, Reading], Any]


def read_text(node: Node, name: str, path: Path, reading: Reading) -> Any:
    """Words, as they are written."""
    if node.kind != "scalar":
        reading.wrong(node, f'"{name}" takes words, not a {"list" if node.kind == "sequence" else "mapping"}', "put them in quotes")
        return WRONG
    return node.value.rstrip("\n") if node.style in ("|", ">") else node.value


def read_flag(node: Node, name: str, path: Path, reading: Reading) -> Any:
    """Yes or no, in YAML 1.2's words."""
    if node.kind == "scalar" and node.style is None and node.value.lower() in ("true", "false") and node.value in FLAGS:
        return FLAGS[node.value]
    reading.wrong(node, f'"{name}" takes true or false', "write true or false, without quotes")
    return WRONG


FLAGS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


def as_number(written: str) -> int | float | None:
    """The number that figures mean by YAML 1.2's core rules; None where they mean none."""
    if INTEGER.fullmatch(written):
        return int(written)
    if BASED.fullmatch(written):
        return int(written, 0)
    if FLOAT.fullmatch(written):
        value = float(written)
        return value if math.isfinite(value) else None
    return None


def read_number(node: Node, name: str, path: Path, reading: Reading) -> Any:
    """A number in figures."""
    written = node.value if node.kind == "scalar" else ""
    if node.kind == "scalar" and node.style is None and (value := as_number(written)) is not None:
        return value
    plain = re.sub(r"[,_ ]", "", written) if THOUSANDS.fullmatch(written) else ""
    quoted = node.style in ("'", '"') and FLOAT.fullmatch(written) is not None
    hint = f"write {plain}" if plain else f"write {written} without quotes" if quoted else "write it in figures, as 100000 or 2.5"
    reading.wrong(node, f'"{name}" takes a number', hint)
    return WRONG


def read_list(node: Node, name: str, path: Path, reading: Reading) -> Any:
    """A list of words."""
    if node.kind != "sequence":
        hint = f"write [{node.value}]" if node.kind == "scalar" and node.value else "write [one, two]"
        reading.wrong(node, f'"{name}" takes a list', hint)
        return WRONG
    values = []
    for i, item in enumerate(node.value):
        reading.places[(*path, i)] = (item.line, item.column)
        value = read_text(item, name, path, reading)
        if value is not WRONG and not item.is_null:
            values.append(value)
    return tuple(values)


def read_evidence(node: Node, name: str, path: Path, reading: Reading) -> Any:
    """A quotation; its place in the article is found later."""
    value = read_text(node, name, path, reading)
    return value if value is WRONG else Evidence(quote=value)


def read_choice(choices: tuple[str, ...]) -> Reader:
    """One of a few words."""

    def read(node: Node, name: str, path: Path, reading: Reading) -> Any:
        written = node.value.strip() if node.kind == "scalar" else ""
        if written in choices:
            return written
        message = f'"{name}" cannot be "{written}"' if written else f'"{name}" takes one word'
        reading.wrong(node, message, near(written, choices, listed=True))
        return WRONG

    return read


def near(word: str, known: Iterable[str], listed: bool = False) -> str:
    """The near spelling as a hint, or the words there are."""
    known = list(known)
    close = get_close_matches(word[:200], known, 1, 0.6)
    if close:
        return f'did you mean "{close[0]}"?'
    return f"write one of {', '.join(known)}" if listed else ""


class Field(typing.NamedTuple):
    """A field of a struct as it is read."""

    read: Reader
    optional: bool  # null, or nothing, is a legal value
    required: bool  # must be written
    default: Any


@cache
def fields_of(struct: type[msgspec.Struct]) -> dict[str, Field]:
    """The readers of a struct's fields, from its types."""
    hints = typing.get_type_hints(struct)
    return {f.name: field_of(hints[f.name], f) for f in msgspec.structs.fields(struct)}


def field_of(hint: Any, info: Any) -> Field:
    """A field's reader from its type: `str | None`, `Literal[…]`, `tuple[str, …]` …"""
    parts = [hint]
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        parts = [p for p in typing.get_args(hint) if p is not type(None)]
    optional = type(None) in typing.get_args(hint)
    default = info.default_factory() if info.default_factory is not msgspec.NODEFAULT else info.default
    required = default is msgspec.NODEFAULT
    part = parts[0]
    reader: Reader = read_text
    if part is bool:
        reader = read_flag
    elif part in (int, float):
        reader = read_whole if parts == [int] else read_number
    elif part is Evidence:
        reader = read_evidence
    elif typing.get_origin(part) is Literal:
        reader = read_choice(typing.get_args(part))
    elif typing.get_origin(part) is tuple:
        reader = read_list
    return Field(reader, optional, required, default)


def read_whole(node: Node, name: str, path: Path, reading: Reading) -> Any:
    """A whole number above nought."""
    if node.kind == "scalar" and node.style is None and INTEGER.fullmatch(node.value) and int(node.value) > 0:
        return int(node.value)
    reading.wrong(node, f'"{name}" takes a whole number above 0', "write it in figures, as 50")
    return WRONG


def read_fields(
    node: Node, struct: type[msgspec.Struct], names: tuple[str, ...], path: Path, what: str, reading: Reading
) -> dict[str, Any]:
    """The fields that are written and legal; unknown keys and wrong types are problems."""
    if node.kind != "mapping":
        if not node.is_null:
            reading.wrong(node, f"{what} takes `key: value` lines", f"its keys are {', '.join(names)}")
        return {}
    written, problems = keys_of(node, reading.file)
    reading.problems += problems
    known = fields_of(struct)
    values: dict[str, Any] = {}
    for name, (key, value) in written.items():
        if name not in names:
            reading.wrong(key, f'{what} has no "{name}"', near(name, names) or f"its keys are {', '.join(names)}")
            continue
        here = (*path, name)
        reading.places[here] = (value.line, value.column)
        field = known[name]
        if value.is_null:
            continue
        read = field.read(value, name, here, reading)
        if read is WRONG or (read == "" and field.optional):
            continue
        values[name] = read
    return values
