"""Occasions: when and where the clause of a telling says that it is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from generator.data import load
from generator.extract.nlp import lemma
from generator.model import DateMention
from generator.names import demonyms

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

DAY = re.compile(r"\d{4}-\d\d-\d\d")
PLACED = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?|-W\d\d(?:-WE)?)?")  # years, months, weeks, week-ends, days; not seasons, quarters, decades
# Before these a date is not when it is but a bound: "until Monday", "since June".
BOUNDS = frozenset({"until", "till", "by", "since", "before", "after", "than", "past"})
ENDS = frozenset({"through", "until", "till", "to"})
TOWNS = frozenset("city town village port resort suburb district region province island state capital".split())
AND = frozenset({"and", "to", "-", "–", "—", "through", "until", "till", "&", "or"})


@dataclass(frozen=True)
class When:
    """A time as precise as it was told. `start` may be missing where only the time of day was told."""

    start: str | None = None  # ISO 8601 without a time of day
    end: str | None = None
    clock: str | None = None  # "20:30"
    zone: str | None = None  # "+00:00"

    @property
    def day(self) -> bool:
        """Whether it names a day."""
        return bool(self.start and DAY.fullmatch(self.start))

    def iso(self) -> str | None:
        """As a meeting's `start`."""
        if self.day and self.clock:
            return f"{self.start}T{self.clock}{self.zone or ''}"
        return self.start

    def bounds(self) -> tuple[str, str] | None:
        """First and last day it can mean."""
        return first_and_last(self.start, self.end) if self.start else None


@dataclass(frozen=True)
class Dated:
    """A date in the text, by tokens."""

    mention: DateMention
    first: int
    last: int
    when: When
    plain: bool = False  # no bound, whatever stands before it


def ahead(d: Dated, published: date, plain: bool) -> Dated:
    """A bare weekday read as the coming one, where the words say that it was to come: "pencilled in for Thursday"; not "last Friday"."""
    weekday = re.fullmatch(r"(this )?\w+day", d.mention.text, re.I)
    if not weekday or not d.when.day or d.when.clock or not (plain or weekday[1]):
        return d
    day = date.fromisoformat(d.when.start or "")
    if not 0 < (published - day).days < 7:
        return d
    return replace(d, when=When(str(day + timedelta(7))))


def next_year(d: Dated, published: date) -> Dated:
    """A bare month read as the coming one, where it is the time of what somebody proposes: "proposed talks in mid-July"."""
    start = d.when.start or ""
    if not re.fullmatch(r"\d{4}-\d\d", start) or re.search(r"\d|last|past", d.mention.text) or start >= str(published)[:7]:
        return d
    return replace(d, when=When(f"{int(start[:4]) + 1}{start[4:]}"))


def first_and_last(start: str, end: str | None = None) -> tuple[str, str] | None:
    """The days from which to which a start such as "2022-01" or "2022-W02" can be."""
    if m := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", start):
        try:
            monday = date.fromisocalendar(int(m[1]), int(m[2]), 1)
        except ValueError:
            return None
        return str(monday + timedelta(5 if m[3] else 0)), end or str(monday + timedelta(6))
    if DAY.fullmatch(start):
        return start, end or start
    if re.fullmatch(r"\d{4}-\d\d", start):
        return f"{start}-01", end or f"{start}-31"
    return f"{start[:4]}-01-01", end or f"{start[:4]}-12-31"


def when_of(mention: DateMention) -> When | None:
    """The time a date expression means, or None where it is no place on the calendar: a duration, "every Monday", "now"."""
    if mention.type in ("DURATION", "SET"):
        return None
    day, _, clock = mention.value.partition("T")
    if not PLACED.fullmatch(day):
        return None
    if clock and re.fullmatch(r"\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?", clock):
        return When(day, clock=clock[:5], zone=mention.zone or ("+00:00" if clock.endswith("Z") else None))
    if m := re.fullmatch(r"(\d{4})-W(\d\d)-WE", day):
        saturday = date.fromisocalendar(int(m[1]), int(m[2]), 6)
        return When(str(saturday), str(saturday + timedelta(1)))
    return When(day)


class Occasions:
    """Dates and places of one article, looked up by clause."""

    def __init__(self, doc: Doc, dates: tuple[DateMention, ...]) -> None:
        self.doc = doc
        self.dates = dates

    @cached_property
    def dated(self) -> tuple[Dated, ...]:
        """The dates that are places on the calendar, by tokens, joined where two make one stretch ("8 and 9 September")."""
        found: list[Dated] = []
        for mention in self.dates:
            when = when_of(mention)
            if when is None:
                continue
            words = self.doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
            if words is None:
                continue
            this = Dated(mention, words.start, words.end - 1, when)
            if found and (stretch := self.stretch(found[-1], this)):
                found[-1] = stretch
            else:
                found.append(this)
        return tuple(found)

    def stretch(self, a: Dated, b: Dated) -> Dated | None:
        """One stretch of days made of two dates with nothing but "to" or "and" between them; "and" only for days that follow each other."""
        between = [t.lower_ for t in self.doc[a.last + 1 : b.first]]
        if len(between) > 2 or not between or any(w not in AND and w not in ("on", "the") for w in between):
            return None
        if not (a.when.day and b.when.day) or a.when.clock or b.when.clock:
            return None
        first, last = date.fromisoformat(a.when.start or ""), date.fromisoformat(b.when.start or "")
        gap = (last - first).days
        between_both = a.first > 0 and self.doc[a.first - 1].lower_ == "between"  # "between June 24 and July 5"
        if (between[0] in ("and", "&", "or") and gap != 1 and not between_both) or not 0 < gap < 200:
            return None
        return Dated(a.mention, a.first, b.last, When(str(first), str(last)))

    @cached_property
    def _firsts(self) -> list[int]:
        return [d.first for d in self.dated]

    @cached_property
    def words(self) -> frozenset[int]:
        """All tokens of date expressions, of use or not."""
        found: set[int] = set()
        for mention in self.dates:
            if span := self.doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand"):
                found.update(range(span.start, span.end))
        return frozenset(found)

    def between(self, first: int, last: int) -> list[Dated]:
        """The dates that stand between two tokens."""
        i = bisect_left(self._firsts, first)
        found = []
        while i < len(self.dated) and self.dated[i].first <= last:
            found.append(self.dated[i])
            i += 1
        return found

    def ending(self, dated: Dated) -> bool:
        """Whether the date says how long something runs: "through March 11"."""
        return dated.first > 0 and not dated.plain and self.doc[dated.first - 1].lower_ in ENDS

    def bound(self, dated: Dated) -> bool:
        """Whether the date is only a bound: "until Monday"."""
        i = dated.first - 1
        while i >= 0 and self.doc[i].lower_ in ("the", "this", "next", "last", "of", "end", "late", "early"):
            i -= 1
        return i >= 0 and self.doc[i].lower_ in BOUNDS

    def combine(self, dates: list[Dated]) -> When | None:
        """One time out of the dates of one clause: the most precise, with a time of day from wherever it is told."""
        if not dates:
            return None
        ends = [d for d in dates if self.ending(d) and d.when.day]
        if ends:
            starts = [d.when for d in dates if d not in ends]
            start = starts[0] if starts else When()
            return When(start.start, ends[-1].when.start, start.clock, start.zone) if start.day or not starts else start
        best = max(dates, key=lambda d: (precision(d.when), -d.first))
        when = best.when
        clocks = sorted((d.when for d in dates if d.when.clock), key=lambda w: w.zone is None)
        if clocks:
            days = [d.when for d in dates if d.when.day and not d.when.clock]
            base = days[0] if days else clocks[0]
            weak = not days
            when = When(None if weak and not named_day(dates) else base.start, base.end, clocks[0].clock, clocks[0].zone)
        return when


def named_day(dates: list[Dated]) -> bool:
    """Whether one of the expressions with a time of day names the day too ("3 p.m. Tuesday")."""
    return any(
        re.search(
            r"[a-z]{2,9}day|\bday\b|today|tonight|tomorrow|yesterday|morning|noon|evening|\b\d{1,2}\b.{0,60}[A-Z][a-z]{2}|[A-Z][a-z]{2}.{0,60}\b\d{1,2}\b",
            d.mention.text,
        )
        for d in dates
        if d.when.clock
    )


def precision(when: When) -> int:
    """3 for a day, 2 for a week, 1 for a month, 0 for a year."""
    if when.day:
        return 3
    start = when.start or ""
    return 2 if "W" in start else 1 if len(start) == 7 else 0


def place_after(prep: Token, is_event: Container[int], also: str = "") -> str | None:
    """The place after "in" or "at" (or `also`: "to", "through"): a name that is no date, or a building; None where the words are no place."""
    if prep.lower_ not in ("in", "at", "outside", "inside", "aboard", also):
        return None
    for head in prep.children:
        if (
            head.dep_ not in ("pobj", "pcomp")
            or head.i in is_event
            or head.ent_type_ in ("DATE", "TIME", "CARDINAL", "MONEY", "PERCENT", "ORDINAL", "QUANTITY")
        ):
            continue
        town = (
            prep.lower_ == "in" and head.ent_type_ in ("PERSON", "LANGUAGE") and head.text not in demonyms()
        )  # a name unknown to the model
        name = head.pos_ == "PROPN" and (town or head.ent_type_ not in ("PERSON", "NORP", "LANGUAGE", "LAW"))
        if lemma(head) in TOWNS:  # "in the French city of Brest"
            named = [t for p in head.rights if p.lower_ == "of" for t in p.children if t.dep_ == "pobj" and t.pos_ == "PROPN"]
            if named:
                return place_text(named[0], True)
        court = lemma(head) == "court" and any(
            t.pos_ == "PROPN" for t in head.doc[head.left_edge.i : head.i]
        )  # "at the Amsterdam district court", not "in court"
        if not (name or court or lemma(head) in places()):
            continue
        return place_text(head, name)
    return None


def places() -> frozenset[str]:
    """Nouns that are places though not names."""
    return frozenset(load("meetings")["places"])


def place_text(head: Token, name: bool) -> str:
    """The place as it stands, without an article, from its first word to its last and the name that explains it ("Mountain View, California")."""
    doc = head.doc
    first, last = head.left_edge.i, head.i
    for t in head.rights:
        if (
            t.dep_ in ("appos", "conj", "npadvmod", "nmod")
            and t.pos_ == "PROPN"
            and t.i - last <= 4
            and not any(x.dep_ == "cc" for x in doc[last : t.i])
            and t.ent_type_ in ("GPE", "LOC", "ORG", "FAC")
        ):
            last = t.i
        elif t.dep_ == "prep" and t.lower_ == "of" and name:
            last = max(last, t.right_edge.i)
    if doc[first].lower_ in ("the", "a", "an", "his", "her", "its", "their"):
        first += 1
    if last - first > 9:
        first, last = head.i, head.i
    for t in doc[first : head.i]:  # "in her capital, Santa Brigida": cut what is a clause of its own
        if t.dep_ in ("relcl", "acl", "punct") and t.text == ",":
            first = t.i + 1
    return str(doc[first : last + 1].text).strip(" ,")
