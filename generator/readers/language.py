"""What language a text is in, told cheaply: by its commonest words."""

from __future__ import annotations

import re
from functools import cache

from generator.data import load

WORD = re.compile(r"[^\W\d_]+")
SAMPLE = 20_000  # characters that are enough to tell
FEWEST = 8  # common words that must be seen before a text counts as being in a language other than English
TAG = re.compile(r"\s{0,9}([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8}){0,3}\s{0,9}")


@cache
def common_words() -> dict[str, frozenset[str]]:
    """Language → its commonest words, those that other languages of the list share left out."""
    return {code: frozenset(words.split()) for code, words in load("languages").items()}


def language_of(text: str) -> str:
    """The language of a text: "en" unless the words of another one plainly outnumber the English; "und" for writing that is not Latin at all."""
    sample = text[:SAMPLE].lower()
    words = WORD.findall(sample)
    if words and sum(w[0] > "\u024f" for w in words) > len(words) / 2:
        return "und"
    counts = {code: sum(w in common for w in words) for code, common in common_words().items()}
    best = max(counts, key=lambda code: (counts[code], code == "en"))
    return best if counts[best] >= FEWEST and counts[best] > 2 * counts["en"] else "en"


def language_tag(value: object) -> str | None:
    """The language of a BCP 47 tag, region and script left off ("en-GB" is English to our rules); None for what is no tag."""
    m = TAG.fullmatch(str(value or ""))
    return m[1].lower() if m else None
