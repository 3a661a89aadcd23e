"""What stands on a page and is no part of its article: told line by line, by `data/furniture.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from generator.data import load

LETTERS = re.compile(r"[^\W\d_]+")
MARKS = "♦●■▪• "  # before what a page says of itself, too
EDGE = 600  # characters at either end of a long line that are looked at
# What a line of prose is cut for only by its opening words, never by a word inside it: people quote "sign up for the newsletter" too.
REASONS = (
    "advertisement", "menu", "share", "teaser", "caption", "credit", "signature", "footer", "promotion", "byline", "date",
)  # fmt: skip
# What people say may open as a page's own words do; a page does not write who said them. A note on the article may.
SPOKEN_OVER = frozenset(["advertisement", "menu", "share", "promotion", "signature"])
SPOKEN = re.compile(r"\b(?:said|told|asked|replied|shouted|recalled)\b")
NOTE = re.compile(r"(?:this|an earlier|a previous|the original|correction|clarification|editor)", re.I)


class Furniture(NamedTuple):
    """One kind of furniture: whole lines by their words, and patterns."""

    lines: frozenset[str]
    opening: re.Pattern[str] | None
    anywhere: re.Pattern[str] | None


@cache
def kinds() -> dict[str, Furniture]:
    """The lists, compiled once a process."""
    return {kind: Furniture(frozenset(lists["lines"]), *compiled(lists["patterns"])) for kind, lists in load("furniture").items()}


def compiled(patterns: list[str]) -> Iterator[re.Pattern[str] | None]:
    """The patterns of a kind as two: those for the start of a line, and those for anywhere in it."""
    for wanted in (False, True):
        some = [p.lstrip("~") for p in patterns if p.startswith("~") is wanted]
        yield re.compile("|".join(f"(?:{p})" for p in some), re.I) if some else None


def key(line: str) -> str:
    """A line's words alone, as the lists compare them: "Comments (17)" is "comments"."""
    return " ".join(LETTERS.findall(line.lower()))


def is_kind(kind: str, line: str, words: str) -> bool:
    """Whether a line (and its `key`) is of a kind."""
    lines, opening, anywhere = kinds()[kind]
    if words in lines:
        return True
    start = line[:EDGE]
    if opening and opening.match(start):
        return True
    return bool(anywhere and (anywhere.search(start) or (len(line) > EDGE and anywhere.search(line[-EDGE:]))))


def is_listed(kind: str, words: str) -> bool:
    """Whether a line's `key` is one of the whole lines of a kind: surer than a pattern."""
    return words in kinds()[kind].lines


def reason(line: str, words: str) -> str | None:
    """Why a line is no part of an article, or None."""
    plain = line.lstrip(MARKS) or line
    found = next((kind for kind in REASONS if is_kind(kind, plain, words)), None)
    return None if found in SPOKEN_OVER and is_spoken(line) else found


def is_spoken(line: str) -> bool:
    """Whether a sentence tells who says it: "Read more books, he told them." """
    return bool(SPOKEN.search(line[:EDGE]) and line.endswith((".", "?", "!", '"', "”")) and not NOTE.match(line))
