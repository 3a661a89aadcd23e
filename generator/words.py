"""Words as keys: slugs, names, white space, and finding a quotation in a text.

Ids come from the source's own words (a better extractor must not rename facts), so what turns words into ids lives here alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from generator.model import Evidence

WORD = re.compile(r"\w+(?:['’.]\w+)*")
LONGEST_SLUG = 80  # characters; a file system takes 255 bytes, and a path needs room
# Names that Windows keeps for devices; a clone there must not fail.
RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))})


def fold(text: str) -> str:
    """One spelling for keys: no accents, no case, straight quotes and plain dashes."""
    if text.isascii():  # most names are; nothing to take apart
        return text.lower()
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return plain.casefold().replace("’", "'").replace("–", "-").replace("—", "-")


def slug(text: str, fallback: str = "x") -> str:
    """Lower-case words joined by hyphens, safe as a file name, an id in HTML and a part of an address; any script stays readable."""
    joined = "-".join(re.findall(r"[^\W_]+", fold(text).replace("'", "")))
    if len(joined) > LONGEST_SLUG:
        joined = joined[:LONGEST_SLUG].rsplit("-", 1)[0]
    joined = joined or fallback
    return f"{joined}-" if joined in RESERVED else joined


def unique(wanted: str, taken: Container[str]) -> str:
    """`wanted`, or `wanted-2`, `wanted-3` … where that is taken."""
    name, n = wanted, 1
    while name in taken:
        n += 1
        name = f"{wanted}-{n}"
    return name


class Names:
    """Gives each its own name, as `unique` does, but in a time that does not grow with how many want the same."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self.tried: dict[str, int] = {}  # for a wanted name, the last number it was tried with

    def give(self, wanted: str) -> str:
        """`wanted`, or the first of `wanted-2`, `wanted-3` … that is free."""
        n = self.tried.get(wanted, 1)
        name = wanted if n == 1 else f"{wanted}-{n}"
        while name in self.taken:
            n += 1
            name = f"{wanted}-{n}"
        self.tried[wanted] = n
        self.taken.add(name)
        return name


def fact_id(quote: str, taken: Container[str] = ()) -> str:
    """A fact's id: the first five words of its sentence, for five told 99 of 100 facts apart when the sentence splitter was changed."""
    return unique(slug(" ".join(WORD.findall(quote)[:5]), "fact"), taken)


def squeeze(text: str) -> str:
    """One space for every run of white space, none at the ends."""
    return " ".join(text.split())


def find_quote(quote: str, text: str, near: int = 0) -> tuple[int, int] | None:
    """Where the words of `quote` stand in `text`, blind to white space alone; the place nearest to `near` where there are several.

    Returns (start, end), or None: found or lost, never nearly.
    """
    words = quote.split()
    if not words:
        return None
    best: tuple[int, int] | None = None
    for m in re.finditer(r"\s+".join(map(re.escape, words)), text):
        if best is None or abs(m.start() - near) < abs(best[0] - near):
            best = m.span()
    return best


def locate(evidence: Evidence, text: str) -> Evidence:
    """The evidence with its place in `text` filled in, or emptied where its words are not there."""
    place = find_quote(evidence.quote, text, evidence.start or 0)
    start, end = place or (None, None)
    return Evidence(quote=evidence.quote, start=start, end=end)
