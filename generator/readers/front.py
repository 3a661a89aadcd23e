"""Front matter: the keys that stand above an article, in the spellings of Hugo, Jekyll and Pelican."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime, time
from typing import Any, NamedTuple

import msgspec
import yaml

from generator.model import Article
from generator.readers.days import as_day
from generator.readers.language import language_tag
from generator.readers.source import ReadError

# Spelling → field. The first spelling found in a file counts; `source` is an address for some people and an outlet's name for others.
FIELDS = {
    "title": ("title", "headline"),
    "published": ("published", "date", "pubdate", "publishdate", "date_published", "datepublished"),
    "updated": ("updated", "lastmod", "modified", "last_modified_at", "date_modified"),
    "author": ("author", "authors", "byline"),
    "url": ("url", "source_url", "canonical_url", "canonical", "original_url", "link", "permalink", "source"),
    "publisher": ("publisher", "site", "site_name", "outlet", "source"),
    "language": ("language", "lang"),
    "show": ("show",),
}
DAYS = ("published", "updated")
LONGEST = 100_000  # characters: an article's keys fit in a page; more is some other file
MOST_VALUES = 10_000
DEEPEST = 40
KEY_LINE = re.compile(r"[A-Za-z][\w -]{0,40}:(?:[ \t]|$)")
PELICAN = re.compile(r"(?P<key>[A-Za-z][\w-]{0,40}):[ \t]+(?P<value>\S.{0,2000})")
ADDRESS = re.compile(r"https?://[^\s/]\S*", re.I)


class Front(NamedTuple):
    """The keys of a file's front matter with the line of each, and the text below it."""

    keys: dict[str, Any]
    lines: dict[str, int]
    body: str


def split_front(text: str, file: str, pelican: bool = False) -> Front | None:
    """The front matter of a file and the body as it stands; None where there is none."""
    first, _, rest = text.partition("\n")
    mark = first.rstrip()
    if mark in ("---", "+++"):
        ends = ("---", "...") if mark == "---" else ("+++",)
        block, body = until(rest[: LONGEST + 10], rest, ends)
        if block is None:
            if len(rest) > LONGEST and KEY_LINE.match(rest) and until(rest, rest, ends)[0] is not None:
                raise ReadError(file, f"the front matter has more than {LONGEST:,} characters", "keep the keys of the article alone", 1)
            if KEY_LINE.match(rest) or mark == "+++":
                raise ReadError(
                    file, f'the front matter that opens with "{mark}" is not closed', f'add a line "{mark}" below its last key', 1
                )
            return None
        if mark == "+++":
            return toml_front(block, body, file)
        keys, lines = yaml_front(block, file)
        return Front(keys, lines, body.lstrip("\n"))
    return pelican_front(text) if pelican else None


def until(head: str, rest: str, ends: tuple[str, ...]) -> tuple[str | None, str]:
    """What stands above the first line that is one of `ends`, and below it."""
    place = 0
    for line in head.splitlines(keepends=True):
        if line.rstrip() in ends:
            return head[:place], rest[place + len(line) :]
        place += len(line)
    return None, rest


def yaml_front(block: str, file: str) -> tuple[dict[str, Any], dict[str, int]]:
    """Keys and their lines. Every scalar stays as written: `no` is a word and `12:30` no number."""
    todo = "write it as `key: value`, a key a line"
    try:
        # The plain Python loader: it gives up on hostile nesting with an error, where the C one would end the program.
        root = yaml.compose(block, Loader=yaml.BaseLoader)
        left = [MOST_VALUES]
        if root is None:
            return {}, {}
        if not isinstance(root, yaml.MappingNode):
            raise ReadError(file, "the front matter has no keys", todo, 2)
        keys = {str(plain(k, left)): plain(v, left) for k, v in root.value}
        return keys, {str(plain(k, [1])): k.start_mark.line + 2 for k, _ in root.value}
    except yaml.MarkedYAMLError as e:
        line = e.problem_mark.line + 2 if e.problem_mark else 2
        raise ReadError(
            file, f"the front matter is no YAML ({e.problem})", "put quotation marks around a value that holds ': ' or '#'", line
        ) from None
    except (yaml.YAMLError, RecursionError, TooMuch):
        raise ReadError(file, "the front matter cannot be read", todo, 2) from None


class TooMuch(Exception):
    """Front matter that is nested or repeated beyond what a person writes."""


def plain(node: yaml.Node, left: list[int], depth: int = 0) -> Any:
    """A YAML node as strings, lists and dicts. `left` counts down the values there may be: aliases can make a page of YAML into gigabytes."""
    left[0] -= 1
    if left[0] < 0 or depth > DEEPEST:
        raise TooMuch
    if isinstance(node, yaml.MappingNode):
        return {str(plain(k, left, depth + 1)): plain(v, left, depth + 1) for k, v in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(v, left, depth + 1) for v in node.value]
    return node.value


def toml_front(block: str, body: str, file: str) -> Front:
    """Hugo's TOML. Days and times become ISO 8601 text, so that all values are plain."""
    try:
        keys = plain_toml(tomllib.loads(block))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as e:
        at = re.search(r"at line (\d+)", str(e))
        raise ReadError(
            file, f"the front matter is no TOML ({e})", 'write it as `key = "value"`, a key a line', int(at[1]) + 1 if at else 1
        ) from None
    lines = {m[1]: n for n, line in enumerate(block.split("\n"), 2) if (m := re.match(r"\s{0,20}[\"']?([\w-]{1,60})[\"']?\s{0,20}=", line))}
    return Front(keys, lines, body.lstrip("\n"))


def plain_toml(value: Any) -> Any:
    """A TOML value with its days, times and numbers as text, as they are read from YAML."""
    if isinstance(value, dict):
        return {k: plain_toml(v) for k, v in value.items()}
    if isinstance(value, list):
        return [plain_toml(v) for v in value]
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return str(value).lower() if isinstance(value, bool) else str(value)


def pelican_front(text: str) -> Front | None:
    """Pelican's lines of `Key: value` above a blank line; they count only where one of them is the title."""
    keys: dict[str, Any] = {}
    lines: dict[str, int] = {}
    head = text[:LONGEST].split("\n")
    for n, line in enumerate(head, 1):
        m = PELICAN.fullmatch(line.rstrip())
        if not m:
            if line.strip() or "title" not in keys:
                return None
            return Front(keys, lines, "\n".join(head[n:]).lstrip("\n") + text[LONGEST:])
        keys[m["key"].lower()] = m["value"].strip()
        lines[m["key"].lower()] = n
    return None


def fill(article: Article, front: Front) -> Article:
    """The article with what its front matter says. Keys that say nothing to us are kept in `extra`."""
    keys = {k.lower(): k for k in front.keys}
    used: set[str] = set()
    found: dict[str, Any] = {}
    for field, spellings in FIELDS.items():
        for spelling in spellings:
            key = keys.get(spelling)
            if key is None or key in used or front.keys[key] in (None, "", [], {}):
                continue
            value = value_of(field, front.keys[key], article.file, front.lines.get(key), key)
            if value is not None:
                found[field] = value
                used.add(key)
                break
    used |= {k for low, k in keys.items() if front.keys[k] in (None, "") and any(low in s for s in FIELDS.values())}
    extra = {k: v for k, v in front.keys.items() if k not in used}
    return changed(article, **found, extra=extra)


def value_of(field: str, value: Any, file: str, line: int | None, key: str) -> str | None:
    """A field's value, checked; None where the value means something else (Hugo's `url: /about/` is a path of the site)."""
    text = ", ".join(map(name_of, value)) if isinstance(value, list) else name_of(value)
    text = " ".join(text.split())
    if field in DAYS:
        day = as_day(text)
        if day is None:
            raise ReadError(file, f'{key}: "{text[:60]}" is no day', "write year, month and day as in 2021-12-30", line)
        return day
    if field == "url":
        return text if ADDRESS.fullmatch(text) else None
    if field == "publisher":
        return None if ADDRESS.fullmatch(text) else text or None
    if field == "language":
        return language_tag(text)
    if field == "show" and text not in ("quotes", "full"):
        raise ReadError(file, f'show: "{text[:60]}" is not known', "write quotes (evidence sentences alone) or full (the whole text)", line)
    return text or None


def name_of(value: Any) -> str:
    """A value as text; of `{name: …}`, as some write authors, the name."""
    return str(value.get("name", "")) if isinstance(value, dict) else str(value)


def changed(article: Article, **fields: Any) -> Article:
    """The article with other values in some fields."""
    return msgspec.structs.replace(article, **fields)
