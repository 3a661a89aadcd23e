"""The words that date expressions are made of, and the article as it is read for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Literal

from generator.data import load
from generator.extract.calendar import day_of, days_of, precision
from generator.extract.outlook import Outlook, outlook
from generator.extract.text import Analysed

if TYPE_CHECKING:
    from spacy.tokens import Token

Type = Literal["DATE", "TIME", "DURATION", "SET"]


Part = Literal["start", "mid", "end", "before", "after", "about"]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a pattern made of a stretch of text."""

    start: int
    end: int
    value: str
    type: Type = "DATE"
    zone: str | None = None
    modifier: Part | None = None
    zone_name: str | None = None  # "et", whose offset hangs on the day


ONLY_DAY_FIRST = re.compile(r"(?<![\d/.-])(?:1[3-9]|2\d|3[01])/(?:0?[1-9]|1[0-2])/(?:19|20)\d\d(?![\d/])")
RECENT = 50  # mentions back to which "the next day" may look


@dataclass
class Reading:
    """The article as it is read from first word to last: the day it starts from, and what was mentioned last."""

    text: Analysed
    base: date | None
    seen: list[Seen] = field(default_factory=list)
    years_given: dict[tuple[int, int], str] = field(default_factory=dict)  # month and day → the day they were given with a year

    @property
    def words(self) -> str:
        return self.text.article.text

    def token(self, start: int, end: int) -> Token | None:
        """The head word of a stretch."""
        span = self.text.doc.char_span(start, end, alignment_mode="expand")
        return span.root if span is not None and len(span) else None

    def outlook(self, start: int, end: int, sure: bool = False) -> Outlook | None:
        """Whether the clause of a stretch looks ahead or back."""
        token = self.token(start, end)
        return outlook(token, sure) if token is not None else None

    def promised(self, start: int, end: int) -> bool:
        """Whether the verb that governs a stretch says by its auxiliary that it is to come: "will", "must"; "would" and "may" are too weak for that."""
        return self.helped_by(start, end, ("will", "'ll", "’ll", "must", "shall"))

    def foretold(self, start: int, end: int) -> bool:
        """Whether it was to come when it was told: "said on Monday that they would leave on Tuesday"."""
        return self.helped_by(start, end, ("would", "'d", "’d"))

    def helped_by(self, start: int, end: int, words: Container[str]) -> bool:
        """Whether the verb that governs a stretch has one of these auxiliaries."""
        node = self.token(start, end)
        for _ in range(6):
            if node is None or node.head == node:
                break
            node = node.head
            if node.pos_ in ("VERB", "AUX") and node.dep_ not in ("aux", "auxpass"):
                return any(t.lower_ in words and t.dep_ == "aux" for t in node.lefts)
        return False

    def told_day(self, at: int) -> date | None:
        """The day that the sentence has just named."""
        last = self.seen[-1] if self.seen else None
        return day_of(last.value) if last and last.start >= self.text.sentence_at(at).start_char else None

    @cached_property
    def day_first(self) -> bool:
        """Whether the article writes 10/01 for the tenth of January: by a date in it that can be nothing else, by its host or its outlet."""
        if ONLY_DAY_FIRST.search(self.words):
            return True
        article, places = self.text.article, load("calendar")["day_first"]
        host = (re.match(r"https?://(?:www\.)?([^/:?#]+)", article.url or "") or [""])[-1].lower()
        hosts = [host] if host else [h for h, name in load("outlets").items() if name == article.publisher]
        return any(h.rpartition(".")[2] in places["countries"] or h in places["hosts"] for h in hosts)

    def last(self, *kinds: str) -> str | None:
        """The value last mentioned that has one of these precisions."""
        return next((s.value for s in islice(reversed(self.seen), RECENT) if precision(s.value) in kinds), None)

    def long_ago(self, at: int, end: int | None = None) -> date | None:
        """The day, or the first day, that the sentence has just told of, if that is in another time than the article's: there "in January" goes on.

        Not where it was told in passing: "India, which last tested one in 1974, did so on May 11"; nor is what is promised then: "the class of 1966
        will meet on Aug. 6".
        """
        last = self.seen[-1] if self.seen else None
        days = days_of(last.value) if last and last.start >= self.text.sentence_at(at).start_char else None
        if not (days and last and self.base and abs(days[0].year - self.base.year) > 1) or self.in_passing(last, at):
            return None
        return None if end is not None and days[0] < self.base and self.promised(at, end) else days[0]

    def in_passing(self, mention: Seen, at: int) -> bool:
        """Whether a mention stands in a relative clause that has ended at a place."""
        token = self.token(mention.start, mention.end)
        clause = next((t for t in (token, *token.ancestors) if t.dep_ == "relcl"), None) if token is not None else None
        return clause is not None and clause.right_edge.idx < at and not any(t.idx >= at for t in clause.subtree)

    def last_day(self) -> date | None:
        """The day last mentioned, or that of publication."""
        value = self.last("day", "time")
        return day_of(value) if value else self.base

    def is_dateline(self, mention: Seen) -> bool:
        """Whether a mention is a line by itself, as over an article: it dates the article, not what is told."""
        paragraph = self.text.paragraph_at(mention.start)
        return paragraph.end - paragraph.start <= mention.end - mention.start + 2

    def last_day_here(self, at: int) -> date | None:
        """The day that a time of day at this place belongs to: the one last mentioned not far above, or that of publication."""
        near = next(
            (s.value for s in islice(reversed(self.seen), RECENT) if precision(s.value) in ("day", "time") and not self.is_dateline(s)),
            None,
        )
        return day_of(near) if near else self.base


Resolve = Callable[["re.Match[str]", Reading], list[Seen]]


def either(words: list[str]) -> str:
    """An alternation, longest first."""
    return "|".join(re.escape(w).replace("'", "['’]").replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))


def names(kind: str, shortest: int = 0) -> str:
    """An alternation of the calendar's words of one kind."""
    return either([n for n in load("calendar")[kind] if len(n) >= shortest])


NUMBERS = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100}


ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}


DECADES = {"twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8, "nineties": 9}


UNITS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "night": "D", "week": "W", "weekend": "W", "fortnight": "F", "month": "M",
    "quarter": "Q", "semester": "S", "year": "Y", "decade": "E", "century": "C", "centurie": "C",
}  # fmt: skip


FULL_MONTHS = either([n for n in load("calendar")["months"] if len(n) > 4 or n in ("may", "june", "july")])


MONTH = rf"(?=[JFMASOND])(?:(?i:{FULL_MONTHS})\b|(?i:{names('months')})\b(?:\.(?=[\s,]))?)"


WEEKDAY = rf"(?=[MTWFS])(?i:{names('weekdays', 6)})\b"


SHORT_WEEKDAY = r"(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun|MON|TUES?|WED|THU(?:RS?)?|FRI|SAT|SUN)\b\.?"


DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b(?![:%]|[.,]\d)"


YEAR = r"(?:1[0-9]|20)\d\d\b(?![:%]|[.,]\d)"


YEAR_TAIL = rf"(?:\s*,\s*(?P<year>{YEAR})|\s+(?:of\s+)?(?P<year2>{YEAR}))?"


PART = r"(?:(?P<part>early|late|mid|beginning\s+of|start\s+of|end\s+of|middle\s+of)[\s-]+(?:in\s+)?)?"


TENS_AND_ONES = rf"(?i:twenty|thirty|forty|fifty)-(?i:{either(list(NUMBERS)[1:10])})"
NUMBER = rf"(?:\d{{1,4}}|{either([*NUMBERS, 'a couple of', 'a few', 'several', 'few', 'many', 'some'])}|{TENS_AND_ONES})"
UNIT = (
    r"(?P<unit>seconds?|minutes?|hours?|days?|nights?|weeks?|weekends?|fortnights?|months?|quarters?|years?|decades?|century|centuries)\b"
)


CLOCK = (
    r"(?:(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<minute>[0-5]\d))?\s*(?P<half>[ap](?:\.\s?m\b\.?|\s?m\b))"  # 3:30 p.m., 3.30pm
    r"|(?P<hour2>[01]?\d|2[0-4]):(?P<minute2>[0-5]\d)(?::[0-5]\d)?(?!\d)"  # 15:30
    r"|(?P<hour3>[01]\d|2[0-3])(?P<minute3>[0-5]\d)(?=\s+(?:GMT|UTC)\b)"  # 1530 GMT
    r"|(?P<word>noon|midday|midnight)\b|(?P<hour4>1[0-2]|\d)\s+o['’]clock\b)"
)
ZONE_CODES = either([z.upper() for z in load("calendar")["zones"] if " " not in z and z not in ("z", "eastern", "pacific")])
ZONE = rf"(?:\s*\(?(?P<zone>(?:(?-i:{ZONE_CODES})|(?:Eastern|Central|Pacific)(?:\s+(?:Standard\s+|Daylight\s+)?Time)?))\b)?"


def number(word: str) -> int | None:
    """The number a word or numeral says; None for vague ones."""
    word = word.lower()
    if word.isdecimal():
        return int(word)
    if word == "a couple of":
        return 2
    tens, _, ones = word.partition("-")
    if ones:
        return NUMBERS[tens] + NUMBERS[ones]
    return NUMBERS.get(word)


def month_of(word: str) -> int:
    months: dict[str, int] = load("calendar")["months"]
    return months[word.lower().strip(".")]


def weekday_of(word: str) -> int:
    weekdays: dict[str, int] = load("calendar")["weekdays"]
    return weekdays[word.lower().strip(".")]


PARTS: dict[str, Part] = {
    "early": "start",
    "late": "end",
    "mid": "mid",
    "beg": "start",
    "sta": "start",
    "end": "end",
    "mid-": "mid",
    "ear": "start",
    "lat": "end",
}


def part_of(word: str | None) -> Part | None:
    return PARTS.get(word.lower()[:3]) if word else None


def full_year(text: str, base: date | None) -> int:
    """A year of two digits lies in the century that brings it nearest below some ten years ahead."""
    if len(text) != 2:
        return int(text)
    ahead = (base.year if base else 2020) + 10
    return ahead - (ahead - int(text)) % 100


def said(m: re.Match[str], name: str) -> str | None:
    """What a part of the pattern matched; None where it matched nothing, or the pattern has no such part."""
    return m[name] if name in m.re.groupindex else None


def one(m: re.Match[str], value: str | None, type: Type = "DATE", modifier: Part | None = None, zone: str | None = None) -> list[Seen]:
    """The whole match as one mention; nothing where there is no value."""
    return [Seen(m.start(), m.end(), value, type, zone, modifier)] if value else []


def year_given(m: re.Match[str]) -> int | None:
    year = said(m, "year") or said(m, "year2")
    return int(year) if year else None
