"""Finds actors that have no proper name: bodies named by common nouns ("the health ministry"), and capitals that stand for a government."""

from __future__ import annotations

from generator.extract.names import Name, name
from generator.extract.tokens import Tokens, lists
from generator.names import seats

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
MODIFIERS = frozenset({"NOUN", "PROPN", "ADJ"})


def find_bodies(t: Tokens, taken: set[int]) -> list[Name]:
    """Bodies named by common nouns where they say or do something, and every later place of the same words.

    `taken` are the tokens of names that are actors already.
    """
    common, acting = lists()["common"], set()
    spots: list[tuple[int, int]] = []
    for i, low in enumerate(t.low):
        if low in common and t.pos[i] in ("NOUN", "PROPN") and i not in taken and t.text[i] == low:
            first = body_start(t, i)
            if first < i:
                spots.append((first, i + 1))
                if low in lists()["official"] or (t.dep[i] in SUBJECTS and t.low[t.head[i]] in lists()["acts"]) or according(t, first):
                    acting.add(t.cut(first, i + 1).lower())
    return [name(t, a, b) for a, b in spots if t.cut(a, b).lower() in acting and not taken.intersection(range(a, b))]


def body_start(t: Tokens, i: int) -> int:
    """The first token of a body's name that ends at `i`; `i` itself where it has no naming words or is not definite."""
    first = i
    while first > 0 and i - first < 4 and not t.opens[first]:
        word = t.low[first - 1]
        if t.pos[first - 1] not in MODIFIERS or word in lists()["not_naming"] or word in lists()["calendar"]:
            break
        first -= 1
    if first == i or not any(t.pos[k] in ("NOUN", "PROPN") or t.low[k] in lists()["before"] for k in range(first, i)):
        return i
    definite = first > 0 and (t.low[first - 1] in ("the", "'s", "’s", "'", "’") or t.pos[first - 1] == "PRON")
    return first if definite or t.text[first][0].isupper() else i


def according(t: Tokens, first: int) -> bool:
    """Whether the body is a source: "according to the health ministry"."""
    k = first - 1
    if k > 2 and t.low[k] in ("'s", "’s"):
        k -= 2  # "according to the city's transport office"
    return k > 1 and t.low[k] == "the" and t.low[k - 1] == "to" and t.low[k - 2] == "according"


def find_seats(t: Tokens, taken: set[int]) -> list[tuple[Name, str]]:
    """Capitals that speak or act, or stand beside "between … and": each with its country. "Moscow said", "Washington's hopes"."""
    found = []
    for i, word in enumerate(t.text):
        if not word[0].isupper() or i in taken:
            continue
        for width in (2, 1):
            form = t.cut(i, i + width) if i + width <= len(t) else ""
            if form in seats():
                if stands_for_government(t, i, i + width):
                    found.append((name(t, i, i + width), seats()[form]))
                break
    return found


def stands_for_government(t: Tokens, a: int, b: int) -> bool:
    """Whether a capital is the subject of a verb only somebody can be the subject of, or hopes, fears or wants."""
    i = b - 1
    if t.dep[i] in SUBJECTS and t.low[t.head[i]] in lists()["acts"] and (b >= len(t) or t.text[b] != ","):
        return True
    return b + 1 < len(t) and t.text[b] in ("'s", "’s") and t.low[b + 1] in lists()["intent"]
