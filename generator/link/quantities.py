"""Figures that measure one thing in one unit, so that they can stand on one axis; and whether their sources disagree.

Two figures measure one thing if their subjects come to the same words. General words alone ("votes", "people killed") do not do: only with a
name, or three words and more, do they tell one disaster's dead from another's, and one candidate's votes from the other's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from generator.data import load
from generator.days import Days, days
from generator.model import Article, Figure, Quantity, Told
from generator.words import WORD, Names, fold, slug

TELLING = 3  # words of a subject that tell a thing without a name
ABOUT = 0.15  # how far from "around 100,000" is still around it
CAPITAL = re.compile(r"\b[^\W\d_a-z]")
EVERY_PAIR = 40  # figures of one day up to which every two are compared; beyond, the highest with the lowest
INFINITE = float("inf")


class Thing(NamedTuple):
    """What a figure measures, in words that can be compared."""

    words: frozenset[str]
    alone: bool  # they are too general to compare it with others


Key = tuple[str, str, frozenset[str], str]  # kind, unit, words; for a figure that stands alone, which one it is


def group_figures(figures: Iterable[Told]) -> tuple[Quantity, ...]:
    """All figures (newest first) in groups, the largest group first; those of one size by how new they are."""
    groups: dict[Key, list[Told]] = defaultdict(list)
    for told in figures:
        f = figure_of(told)
        what = thing(f.subject or "")
        groups[f.kind, plain_unit(f.unit or ""), what.words, f"{told.article.id}/{f.id}" if what.alone else ""].append(told)
    names = Names()
    made: list[Quantity] = []
    # The oldest figure's words make the id, and the oldest quantity has the plain one, so that neither changes with the next article.
    for group in sorted(join_shorter(groups), key=lambda g: g[-1].article.published or ""):
        first = figure_of(group[-1])
        words = " ".join(WORD.findall(first.subject or first.unit or first.kind)[:8])
        if thing(first.subject or "").alone:  # "votes" stand in many articles, each for themselves: their articles tell them apart
            words += f" {group[-1].article.id}"
        subjects = {f.subject for f in map(figure_of, group) if f.subject}
        made.append(
            Quantity(
                id=names.give(slug(words, "figure")), label=min(subjects, key=lambda s: (len(s), s), default=first.unit or first.kind),
                unit=figure_of(group[0]).unit, kind=first.kind, figures=tuple(group), disputed=disputed(group),
            )
        )  # fmt: skip
    made.sort(key=lambda q: q.figures[0].article.published or "", reverse=True)
    return tuple(sorted(made, key=lambda q: -len(q.figures)))


def figure_of(told: Told) -> Figure:
    assert isinstance(told.fact, Figure)
    return told.fact


# --- what is measured ---


@lru_cache(maxsize=65536)
def thing(subject: str) -> Thing:
    """The words that tell what is measured, in one form: "Russian troops near Ukraine's border" → border, russian, troop, ukraine."""
    text = re.sub(r"'s\b|'", "", fold(subject))
    words = frozenset(stem(w) for w in WORD.findall(text) if w not in empty_words())
    named = len(words) > 1 and CAPITAL.search(subject) is not None
    return Thing(words, not named and len(words) < TELLING)


@lru_cache(maxsize=4096)
def plain_unit(unit: str) -> str:
    return stem(fold(unit))


@cache
def empty_words() -> frozenset[str]:
    """Words that say nothing of what is counted."""
    lists = load("quantities")
    return frozenset(load("stopwords")) | frozenset(lists["how_many"]) | frozenset(lists["where_it_stands"])


def stem(word: str) -> str:
    """One form for one and many."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def join_shorter(groups: Mapping[Key, list[Told]]) -> list[list[Told]]:
    """Adds the groups whose words are all among those of just one other group of their unit: what one article says in full another says in short."""
    by_word: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    keys = list(groups)
    for n, (kind, unit, words, alone) in enumerate(keys):
        if not alone:
            for w in words:
                by_word[kind, unit, w].add(n)
    into = list(range(len(keys)))
    for n, (kind, unit, words, alone) in enumerate(keys):
        if alone or len(words) < TELLING:
            continue
        holders = sorted((by_word[kind, unit, w] for w in words), key=len)
        longer = set.intersection(*holders) - {n}
        if longer:
            largest = max(longer, key=lambda m: len(keys[m][2]))
            # Two longer ones of which neither holds the other ("… killed", "… wounded") may both be meant.
            if all(keys[m][2] <= keys[largest][2] for m in longer):
                into[n] = largest
    joined: dict[int, list[Told]] = defaultdict(list)
    for n, key in enumerate(keys):
        home = n
        while into[home] != home:
            home = into[home]
        joined[home] += groups[key]
    for group in joined.values():
        group.sort(key=lambda told: (told.article.published or "", told.article.id), reverse=True)
    return list(joined.values())


# --- disagreement ---


def disputed(figures: Sequence[Told]) -> bool:
    """Whether two sources give numbers for the same time that cannot both be true."""
    if len(figures) < 2:
        return False
    by_time: dict[tuple[bool, date], list[tuple[str, float, float]]] = defaultdict(list)
    for told in figures:
        f = figure_of(told)
        when, bounds = of_time(told.article, f), range_of(f)
        if when and bounds:
            by_time[f.as_of is not None, when.first].append((source_of(told.article, f), *bounds))
    return any(exclude_each_other(same_day) for same_day in by_time.values())


def exclude_each_other(values: Sequence[tuple[str, float, float]]) -> bool:
    highest, lowest = max(values, key=lambda v: v[1]), min(values, key=lambda v: v[2])
    if highest[1] <= lowest[2]:
        return False
    if highest[0] != lowest[0] or len(values) > EVERY_PAIR:
        return highest[0] != lowest[0]
    return any(a[0] != b[0] and (a[1] > b[2] or b[1] > a[2]) for n, a in enumerate(values) for b in values[:n])


def of_time(article: Article, figure: Figure) -> Days | None:
    """The time a figure is of: the one it names, else the day it was reported, for numbers move on."""
    return days(figure.as_of) or days(article.published)


def source_of(article: Article, figure: Figure) -> str:
    """Who gives the figure: whom the article names, else the article itself."""
    return figure.source or (fold(figure.according_to) if figure.according_to else f"article {article.id}")


def range_of(figure: Figure) -> tuple[float, float] | None:
    """The values that a figure allows. A round number is as exact as its last digit that is no nought: 13,000 may be 12,500."""
    if figure.value is None:
        if figure.low is None and figure.high is None:
            return None
        low, high = lower(figure.low), higher(figure.high)
        return (low, high) if low <= high else (high, low)
    value = float(figure.value)
    if figure.modifier == "<":
        return -INFINITE, value
    if figure.modifier == ">":
        return value, INFINITE
    slack = abs(value) * ABOUT if figure.modifier == "~" else rounding(figure.value)
    return value - slack, value + slack


def lower(value: float | int | None) -> float:
    return -INFINITE if value is None else float(value)


def higher(value: float | int | None) -> float:
    return INFINITE if value is None else float(value)


def rounding(value: float | int) -> float:
    """Half a unit of the last digit that is no nought; 0 for a number that ends in another digit."""
    if value == 0 or abs(value) >= 1e15 or value != int(value):
        return 0.0
    whole, unit = abs(int(value)), 1
    while whole % (unit * 10) == 0:
        unit *= 10
    return unit / 2 if unit > 1 else 0.0
