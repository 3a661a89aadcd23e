"""Names as the word lists know them: countries, organizations, titles and first names; and the keys under which names are compared."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

from generator.data import load
from generator.words import fold

Gender = Literal["female", "male"]

LEGAL_DOTS = re.compile(r"[.,]")


@cache
def countries() -> dict[str, str]:
    """Every name of a country, written exactly so, with the country's usual name."""
    table: dict[str, str] = {}
    for name, about in load("countries").items():
        for form in (name, *about.get("also", ())):
            table[form] = name
    return table


@cache
def ambiguous_countries() -> frozenset[str]:
    """Countries whose name is a person's or another place's as often."""
    return frozenset(name for name, about in load("countries").items() if about.get("maybe"))


@cache
def demonyms() -> dict[str, str]:
    """Adjectives and words for a people, with the country: "Russian" → "Russia"."""
    return {form: name for name, about in load("countries").items() for form in about.get("people", ())}


@cache
def seats() -> dict[str, str]:
    """Towns and houses that stand for a government where they act: "Moscow" → "Russia"."""
    return {form: name for name, about in load("countries").items() for form in about.get("seat", ())}


@cache
def known_organizations() -> dict[str, str]:
    """Every form of an organization the news calls by a bare name, with its usual name."""
    table: dict[str, str] = {}
    for name, forms in load("organisations")["known"].items():
        for form in (name, *forms):
            table[form] = name
    return table


@cache
def words_of(file: str, key: str) -> frozenset[str]:
    """The words of one list, as written."""
    rows = load(file)[key]
    return frozenset(w for row in rows for w in (row if isinstance(row, list) else [row]))


@cache
def places() -> frozenset[str]:
    """Names that are only places."""
    return frozenset(p for key in ("regions", "states", "cities") for p in load("places")[key])


@cache
def genders() -> dict[str, Gender]:
    """First names, folded, given to women or to men alone."""
    lists = load("firstnames")
    either = {fold(n) for key in ("either", "census_either", "world_either") for n in lists[key]}
    both: tuple[Gender, Gender] = ("female", "male")
    table: dict[str, Gender] = {}
    for gender in both:
        for n in (*lists[gender], *lists[f"census_{gender}"], *lists[f"world_{gender}"]):
            if fold(n) not in either:
                table.setdefault(fold(n), gender)
    return table


@cache
def first_names() -> frozenset[str]:
    """All first names of the list, as written."""
    return frozenset(n for names in load("firstnames").values() for n in names)


@cache
def address_forms() -> dict[str, Gender | None]:
    """Forms of address and the gender they tell: "Mrs" → female, "Dr" → None."""
    address = load("titles")["address"]
    table: dict[str, Gender | None] = dict.fromkeys(address["either"])
    table |= dict.fromkeys(address["male"], "male")
    return table | dict.fromkeys(address["female"], "female")


@cache
def legal_forms() -> frozenset[str]:
    """ "Inc", "Ltd" …, folded and without dots."""
    return frozenset(LEGAL_DOTS.sub("", fold(w)) for w in words_of("organisations", "legal"))


@lru_cache(maxsize=65536)
def plain_words(name: str) -> tuple[str, ...]:
    """A name's words for comparing: folded, without dots, possessives, "the" in front and legal forms at the end."""
    words: list[str] = re.findall(r"[^\W_]+", LEGAL_DOTS.sub("", fold(name).replace("'s ", " ").removesuffix("'s")))
    while len(words) > 1 and words[0] in ("the", "a", "an"):
        words.pop(0)
    while len(words) > 1 and words[-1] in legal_forms():
        words.pop()
    return tuple(words)
