"""The patterns of date expressions, and what each match means on the calendar. `dates.py` runs them over an article."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from generator.data import load
from generator.extract.calendar import (
    as_day,
    day_of,
    days_of,
    holiday,
    month_value,
    nearest,
    precision,
    same_day_in,
    week_value,
    zone_offset,
)
from generator.extract.nlp import lemma
from generator.extract.outlook import BE, Outlook, outlook
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
    year_said: bool = False  # the words give the year
    zone_name: str | None = None  # "et", whose offset hangs on the day


@dataclass
class Reading:
    """The article as it is read from first word to last: the day it starts from, and what was mentioned last."""

    text: Analysed
    base: date | None
    seen: list[Seen] = field(default_factory=list)

    @property
    def words(self) -> str:
        return self.text.article.text

    def token(self, start: int, end: int) -> Token | None:
        """The head word of a stretch."""
        span = self.text.doc.char_span(start, end, alignment_mode="expand")
        return span.root if span is not None and len(span) else None

    def outlook(self, start: int, end: int) -> Outlook | None:
        """Whether the clause of a stretch looks ahead or back."""
        token = self.token(start, end)
        return outlook(token) if token is not None else None

    def last(self, *kinds: str) -> str | None:
        """The value last mentioned that has one of these precisions."""
        return next((s.value for s in reversed(self.seen) if precision(s.value) in kinds), None)

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
            (
                s.value
                for s in reversed(self.seen)
                if s.start >= at - 6000 and precision(s.value) in ("day", "time") and not self.is_dateline(s)
            ),
            None,
        )
        return day_of(near) if near else self.base


Resolve = Callable[["re.Match[str]", Reading], list[Seen]]


# --- the words of the patterns ---


def either(words: list[str]) -> str:
    """An alternation, longest first."""
    return "|".join(re.escape(w).replace("'", "['’]").replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))


def _names(kind: str, shortest: int = 0) -> str:
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
MONTH = rf"(?=[JFMASOND])(?:(?i:{FULL_MONTHS})\b|(?i:{_names('months')})\b(?:\.(?=[\s,]))?)"
WEEKDAY = rf"(?=[MTWFS])(?i:{_names('weekdays', 6)})\b"
SHORT_WEEKDAY = r"(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun|MON|TUES?|WED|THU(?:RS?)?|FRI|SAT|SUN)\b\.?"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b(?![:%]|[.,]\d)"
YEAR = r"(?:1[0-9]|20)\d\d\b(?![:%]|[.,]\d)"
YEAR_TAIL = rf"(?:\s*,\s*(?P<year>{YEAR})|\s+(?:of\s+)?(?P<year2>{YEAR}))?"
PART = r"(?:(?P<part>early|late|mid|beginning\s+of|start\s+of|end\s+of|middle\s+of)[\s-]+(?:in\s+)?)?"
NUMBER = rf"(?:\d{{1,4}}|{either([*NUMBERS, 'a couple of', 'a few', 'several', 'few', 'many', 'some'])}|(?i:twenty|thirty|forty|fifty)-(?i:{either(list(NUMBERS)[1:10])}))"
UNIT = (
    r"(?P<unit>seconds?|minutes?|hours?|days?|nights?|weeks?|weekends?|fortnights?|months?|quarters?|years?|decades?|century|centuries)\b"
)
CLOCK = r"(?:(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<minute>[0-5]\d))?\s*(?P<half>[ap]\.?\s?m\b\.?)|(?P<hour2>[01]?\d|2[0-4]):(?P<minute2>[0-5]\d)(?::[0-5]\d)?(?!\d)|(?P<hour3>[01]\d|2[0-3])(?P<minute3>[0-5]\d)(?=\s+(?:GMT|UTC)\b)|(?P<word>noon|midday|midnight)\b|(?P<hour4>1[0-2]|\d)\s+o['’]clock\b)"
ZONE = rf"(?:\s*\(?(?P<zone>(?:(?-i:{either([z.upper() for z in load('calendar')['zones'] if ' ' not in z and z not in ('z', 'eastern', 'pacific')])})|(?:Eastern|Central|Pacific)(?:\s+(?:Standard\s+|Daylight\s+)?Time)?))\b)?"


# --- helpers of the rules ---


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


def day_value(year: int | None, month: int, day: int, m: re.Match[str], reading: Reading) -> str | None:
    """A day of a month as a value; without a year, the nearest."""
    if year:
        found = same_day_in(year, month, day)
        return found.isoformat() if found else None
    known = next((s.value for s in reversed(reading.seen) if s.value[4:10] == f"-{month:02d}-{day:02d}" and s.year_said), None)
    if known:
        return known[:10]  # the article has given the year before
    if reading.base is None:
        return f"XXXX-{month:02d}-{day:02d}" if same_day_in(2020, month, day) else None
    found = nearest(month, day, reading.base)
    if found is None:
        return None
    distance = (found - reading.base).days
    if abs(distance) > 90:  # far either way: here the tense may speak against the nearest year
        way = reading.outlook(*m.span())
        if way == "ahead" and distance < 0:
            found = same_day_in(found.year + 1, month, day) or found
        elif way == "back" and distance > 0:
            found = same_day_in(found.year - 1, month, day) or found
    return found.isoformat()


def weekday_value(weekday: int, way: Outlook | None, base: date | None, nth: str = "") -> str:
    """The day that a weekday means: today's or the last one; looking ahead, today's or the next one."""
    if base is None:
        return f"XXXX-WXX-{weekday + 1}"
    back = (base.weekday() - weekday) % 7
    on = (weekday - base.weekday()) % 7
    if nth == "last" or nth in ("past", "previous"):
        return (base - timedelta(back or 7)).isoformat()
    if nth in ("next", "coming", "following"):
        return (base + timedelta(on or 7)).isoformat()
    if nth == "this":  # of the week we are in
        return (base + timedelta(weekday - base.weekday())).isoformat()
    return (base + timedelta(on) if way == "ahead" else base - timedelta(back)).isoformat()


# --- the rules ---


ATTACKS = re.compile(r"[\s,-]+(?:terror\w*\s+)?(?:attacks?|hijack\w+|terrorist|terrorism|suicide)\b", re.I)


def month_day(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "January 10", "Thursday, Jan. 10, 2022", "January 10 and 12", "10-13 January": one mention each day."""
    year, month = year_given(m), month_of(m["month"])
    if (
        year is None
        and month == 9
        and m["days"].strip("thTH") == "11"
        and reading.base
        and reading.base.year > 2001
        and ATTACKS.match(reading.words, m.end())
    ):
        year = 2001
    days = list(re.finditer(r"\d+", m["days"]))
    at = m.start("days")
    found = []
    for n, d in enumerate(days):
        value = day_value(year, month, int(d.group()), m, reading)
        if value is None:
            return []
        start = m.start() if n == 0 else at + d.start()
        end = m.end() if n == len(days) - 1 else at + d.end() + len(re.match(r"(?:st|nd|rd|th)?", m["days"][d.end() :]).group())  # type: ignore[union-attr]
        found.append(Seen(start, end, value, year_said=bool(year)))
    if year is None and len(found) > 1 and found[0].value[:4] != found[-1].value[:4]:
        found = [replace(s, value=found[-1].value[:4] + s.value[4:]) for s in found]
    return found


def month_alone(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "June", "last June", "early June", "June 2021"."""
    month, year = month_of(m["month"]), year_given(m)
    modifier = part_of(said(m, "part"))
    if year:
        return one(m, month_value(year, month), modifier=modifier)
    which = (said(m, "which") or "").lower()
    if not which and not modifier and not month_said(m, reading):
        return []
    if not year and re.compile(r"\s+\d{1,2}\b").match(reading.words, m.end()):
        return []  # "February 30"
    if reading.base is None:
        return one(m, f"XXXX-{month:02d}", modifier=modifier)
    base = reading.base
    year = base.year - (month > base.month)
    if which.startswith("last") or which.startswith("past"):
        year = base.year - (month >= base.month)
    elif which.startswith(("next", "coming")):
        year = base.year + (month <= base.month)
    elif which.startswith("this"):
        year = base.year
    elif reading.outlook(*m.span()) == "ahead":
        year = base.year + (month < base.month)
    return one(m, month_value(year, month), modifier=modifier)


BEFORE_MONTH = re.compile(
    r"\b(?:in|of|since|until|till|by|from|to|between|and|during|through|before|after|for|or|around|last|next|this|every|each)\s+(?:late|early|mid)?[\s-]*$",
    re.I,
)


def month_said(m: re.Match[str], reading: Reading) -> bool:
    """Whether a bare month's name is a month here: no name of a person, no verb; "May" and "March", and short forms, only after a preposition."""
    word = m["month"].strip(".").lower()
    after_preposition = bool(BEFORE_MONTH.search(reading.words, max(0, m.start() - 24), m.start()))
    if word in ("may", "march") or len(word) <= 4 and word not in ("june", "july"):
        token = reading.token(*m.span("month"))
        return after_preposition and token is not None and token.ent_type_ not in NAMES
    token = reading.token(*m.span("month"))
    return (
        token is not None
        and token.ent_type_ not in NAMES
        and (after_preposition or token.ent_type_ == "DATE" or word not in ("april", "june", "august"))
    )


NAMES = frozenset({"PERSON", "ORG", "WORK_OF_ART", "FAC", "PRODUCT"})
TITLED = re.compile(r"\s+(?:Morning|Night|Evening|Times|Post|Mail|Telegraph|Herald|Mirror|Express|Prayers?)(?:\s+[A-Z]|['’])")
GENERIC = re.compile(r"\b(?:an?|any|one)\s+$", re.I)


def weekday(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "Thursday", "last Thursday", "early Friday", "Tuesday night"."""
    day = weekday_of(m["weekday"])
    token = reading.token(*m.span("weekday"))
    if (
        TITLED.match(reading.words, m.end("weekday"))
        or token is None
        or token.ent_type_ in NAMES
        or GENERIC.search(reading.words, max(0, m.start() - 12), m.start())
    ):
        return []  # "Saturday Night Live"; "on a Monday"
    which = (said(m, "which") or "").lower().split()
    nth = which[-1] if which else ""
    value = weekday_value(day, None if nth else reading.outlook(*m.span("weekday")), reading.base, nth)
    if nth == "following" or nth == "previous":
        last = reading.last_day()
        if last:
            step = (day - last.weekday()) % 7 or 7
            value = (last + timedelta(step if nth == "following" else step - 7 if step < 7 else -7)).isoformat()
    part = said(m, "daypart")
    if part:
        return one(m, f"{value}T{load('calendar')['day_parts'][part.lower()]}", "TIME")
    return one(m, value, modifier=part_of(said(m, "part")))


def weekday_set(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "Mondays", "every Monday"."""
    return one(m, f"XXXX-WXX-{weekday_of((m['weekday'] or m['weekday2']).removesuffix('s')) + 1}", "SET")


NOT_A_YEAR = re.compile(r"[$€£#¥]\s?$|\b(?:No|no|Rs|about|around|nearly|almost|some|least|over|than|approximately|only|another)\.?\s+$")


COUNTED = re.compile(
    r"\s+(?:years|months|weeks|days|hours|minutes|miles|km|kilomet(?:re|er)s|met(?:re|er)s|people|percent|per\s+cent|feet|pounds|tons|tonnes)\b"
    r"|[\s-]+(?:year|month|week|day)s?[\s-]+olds?\b|-(?:year|month|week|day|hour|minute|mile|met(?:re|er)|kilomet(?:re|er)|foot|pound|ton)\b",
    re.I,
)


def year_alone(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "2014", "early 2022", "fiscal 1989": a number of four digits that counts nothing."""
    year = int(m["year"])
    fiscal = bool(said(m, "fiscal"))
    if said(m, "part") or fiscal:
        return one(m, str(year), modifier=part_of(said(m, "part")))
    if not (1500 <= year <= 2100) or NOT_A_YEAR.search(reading.words, max(0, m.start() - 16), m.start()):
        return []
    token = reading.token(*m.span())
    if token is None or len(token.text) > 6:
        return []
    if COUNTED.match(reading.words, m.end()):
        return []
    head = token.head
    if (
        token.dep_ == "nummod"
        and head.i > token.i
        and head.tag_ == "NNS"
        and head.text.islower()
        and head.lower_ not in load("calendar")["year_heads"]
        and not reading.words[: m.start()].endswith("the ")
    ):
        return []
    return one(m, str(year))


def years(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "2010-2012", "1998-99", "2018/19": both years."""
    first = int(m["first"])
    second = int(m["second"]) if len(m["second"]) == 4 else first // 100 * 100 + int(m["second"])
    if not first < second <= first + 200 or not 1500 <= first <= 2100:
        return []
    return [Seen(m.start(), m.end("first"), str(first)), Seen(m.start("second"), m.end(), str(second))]


def decade(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "the 1990s", "the mid-1990s", "the '90s", "the sixties"."""
    if said(m, "century"):
        value = m["century"]
    elif said(m, "short"):
        value = str(full_year(m["short"] + "0", reading.base) // 10)
    else:
        value = f"19{DECADES[m['word'].lower()]}"
    return one(m, value, modifier=part_of(said(m, "part")))


def century(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "the 20th century"."""
    return one(m, f"{int(m['nth']) - 1:02d}", modifier=part_of(said(m, "part")))


def step_value(base: date, n: int, unit: str) -> str | None:
    """The day, week, month … `n` units from `base`, as precise as the unit is."""
    try:
        if unit == "D":
            return (base + timedelta(n)).isoformat()
        if unit in ("W", "F"):
            return week_value(base + timedelta(7 * n * (2 if unit == "F" else 1)))
        if unit == "M":
            return month_value(base.year, base.month + n)
        if unit == "Q":
            quarter = (base.month - 1) // 3 + n
            return f"{base.year + quarter // 4:04d}-Q{quarter % 4 + 1}"
        if unit == "Y":
            return f"{base.year + n:04d}" if 0 < base.year + n < 10000 else None
        if unit == "E":
            return f"{base.year // 10 + n:03d}" if n == 0 else f"{base.year + 10 * n:04d}"
        if unit == "C":
            return f"{base.year // 100 + n:02d}"
    except OverflowError:
        return None
    return None


def unit_of(word: str) -> str:
    """The unit's letter in a value."""
    return UNITS[word.lower().removesuffix("s")] if word.lower() not in ("century", "centuries") else "C"


def this_period(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "last week", "this year", "next month", "earlier this month", "that year", "the same day", "the following day"."""
    which = re.split(r"[\s-]+", m["which"].lower())[-1]
    unit, word = unit_of(m["unit"]), m["unit"].lower()
    modifier = part_of(said(m, "part"))
    if which in ("earlier", "later", "early", "late"):
        which = "this" if unit != "D" else "that"  # "earlier in the week", "later in the day"
    if which in ("that", "same", "following", "previous", "preceding", "before", "after", "earlier", "later"):
        return from_last(m, reading, which, unit, modifier)
    if unit == "D" and word == "day" and which in ("next", "last", "past", "coming"):
        return from_last(m, reading, "following", unit, modifier) if which == "next" else []  # "the next day" goes on from the one told of
    base = reading.base
    if base is None:
        return []
    n = {"last": -1, "past": -1, "latest": -1, "next": 1, "coming": 1, "upcoming": 1}.get(which, 0)
    if word == "weekend":
        return one(m, weekend_value(n, m, reading, base), modifier=modifier)
    if word == "night":
        return one(m, f"{(base + timedelta(n)).isoformat()}TNI", "TIME")
    if which in ("past", "coming") and unit != "W" and word == "day":
        return []
    return one(m, step_value(base, n, unit), modifier=modifier)


def weekend_value(n: int, m: re.Match[str], reading: Reading, base: date) -> str:
    """The weekend meant: on a Sunday to Wednesday, "this weekend" looked back on is the one just past."""
    the = m["which"].lower() == "the"
    way = reading.outlook(*m.span()) if n == 0 and base.weekday() < 5 else None
    if way == "back" or (the and way is None and base.weekday() < 5):
        n = -1
    if n == -1:
        saturday = base - timedelta((base.weekday() - 5) % 7 or 7) if base.weekday() != 6 else base - timedelta(8)
    else:
        saturday = base + timedelta(5 - base.weekday() + 7 * n)
    return week_value(saturday) + "-WE"


def from_last(m: re.Match[str], reading: Reading, which: str, unit: str, modifier: Part | None) -> list[Seen]:
    """Periods counted from the one last mentioned: "that year", "the next day"."""
    n = {"that": 0, "same": 0, "following": 1, "after": 1, "later": 1}.get(which, -1)
    if unit == "D":
        last = reading.last("day", "time")
        day = day_of(last) if last else reading.base if which not in ("that", "same") else None
        if day is None:
            return []
        value = step_value(day, n, "D")
        if value and m["unit"].lower() == "night":
            return one(m, f"{value}TNI", "TIME")
        return one(m, value, modifier=modifier)
    kinds = {"Y": 4, "M": 7}
    last = reading.last(
        "day",
        "time",
        "month",
        *(("year", "season", "quarter", "half", "week", "weekend") if unit == "Y" else ("week",) if unit == "W" else ()),
    )
    days = days_of(last) if last else None
    start = days[0] if days else reading.base
    if start is None or (which in ("that", "same") and unit not in kinds and unit != "W"):
        return []
    return one(m, step_value(start, n, unit), modifier=modifier)


def ago(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "two weeks ago", "a year earlier", "three days later", "a week from now"."""
    n, unit, way = number(re.sub(r"\s+", " ", said(m, "n") or "a")), unit_of(m["unit"]), m["way"].lower()
    if unit.startswith("T"):
        return []
    if n is None:
        return one(m, "PAST_REF") if way in ("ago", "back") else []
    back = way in ("ago", "back", "earlier", "before", "previously")
    base = reading.base
    if way in ("earlier", "before", "previously", "later", "after"):
        last = reading.last("day", "time") if unit in "DWF" else reading.last("day", "time", "month", "quarter", "year", "season")
        days = days_of(last) if last else None
        base = days[0] if days else base
        if unit == "Y" and last and precision(last) == "quarter" and base:
            return one(
                m, f"{base.year + (-n if back else n):04d}{last[4:]}"
            )  # results are compared with the same quarter of the year before
    if base is None:
        return []
    if unit == "D" and m["unit"].lower().startswith("night"):
        return one(m, f"{(base - timedelta(n)).isoformat()}TNI", "TIME")
    return one(m, step_value(base, -n if back else n, unit))


SINGLE = re.compile(r"\s*(?:[.,;:)]|$)|\s+(?:later|after|before|of\s+silence)\b")


def duration(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "two weeks", "the past three years", "a 12-day"."""
    n, unit = number(re.sub(r"\s+", " ", m["n"])), unit_of(m["unit"])
    if n is None and reading.words[max(0, m.start() - 3) : m.start()].lower() == "as ":
        return []  # "the third in as many years"
    singular = m["unit"].lower() in ("second", "quarter")
    if (singular and not SINGLE.match(reading.words, m.end())) or m["unit"].lower() == "quarters":
        return []  # "a second call", "three quarters of"
    if n and n > 1500 and not m["unit"].endswith("s"):
        return []  # "the World Cup 2018 day five"
    return one(m, duration_value(n, unit), "DURATION")


def duration_value(n: int | None, unit: str) -> str:
    """ "P2W", "PT3H", "PXM" where the number is vague."""
    if unit == "F":
        n, unit = (n * 2 if n else None), "W"
    if unit == "E":
        n, unit = (n * 10 if n else None), "Y"
    if unit == "C":
        n, unit = (n * 100 if n else None), "Y"
    count = "X" if n is None else str(n)
    return f"PT{count}{unit[1]}" if unit.startswith("T") else f"P{count}{unit}"


def every(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "every day", "each year"."""
    return one(m, duration_value(1, unit_of(m["unit"])), "SET")


DAY_STEPS = {"today": 0, "yesterday": -1, "tomorrow": 1}


def lasting(today: Token) -> bool:
    """Whether "today" means "nowadays": its verb is a simple present that tells how things are, not what happens."""
    verb = today.head
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    if verb.tag_ not in ("VBZ", "VBP") or today.dep_ == "poss" or any(c.dep_ == "xcomp" for c in verb.children):
        return False  # "Today's talks are", "is today to begin"
    return (verb.lower_ in BE or lemma(verb) in load("calendar")["states"]) and not any(c.dep_ in ("aux", "auxpass") for c in verb.children)


def today(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "today", "yesterday evening", "tonight", "last night", "this morning"."""
    if reading.base is None:
        return []
    word, part = m["word"].lower(), m["daypart"]
    if word == "today" and not part and (token := reading.token(*m.span())) is not None and lasting(token):
        return one(m, "PRESENT_REF")
    if word == "tonight":
        return one(m, f"{reading.base.isoformat()}TNI", "TIME")
    day = (reading.base + timedelta(DAY_STEPS[word])).isoformat()
    return one(m, f"{day}T{load('calendar')['day_parts'][part.lower()]}", "TIME") if part else one(m, day)


def this_part(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "this morning", "last night", "that evening"."""
    which, part = m["which"].lower(), load("calendar")["day_parts"][m["daypart"].lower()]
    base = reading.base if which in ("this", "last", "earlier this", "late last", "later this") else reading.last_day()
    if base is None:
        return []
    step = {"last": -1, "late last": -1, "following": 1, "the following": 1, "the next": 1, "next": 1, "the previous": -1}.get(which, 0)
    return one(m, f"{(base + timedelta(step)).isoformat()}T{part}", "TIME")


REFS = {
    "now": "PRESENT_REF", "currently": "PRESENT_REF", "at present": "PRESENT_REF", "nowadays": "PRESENT_REF", "at the moment": "PRESENT_REF",
    "recently": "PAST_REF", "lately": "PAST_REF", "formerly": "PAST_REF", "previously": "PAST_REF", "soon": "FUTURE_REF",
}  # fmt: skip


def ref(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "now", "recently"."""
    return one(m, REFS[m.group().lower()])


def season(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "spring 2021", "the summer of 2012", "last summer", "this fall"."""
    code, year = load("calendar")["seasons"][m["season"].lower()], year_given(m)
    modifier = part_of(said(m, "part"))
    if year:
        return one(m, f"{year}-{code}", modifier=modifier)
    base, which = reading.base, (m["which"] or "").lower()
    if base is None or not which:
        return []
    found = [f"{y}-{code}" for y in range(base.year - 2, base.year + 2)]
    spans = [(days_of(v), v) for v in found]
    if which.startswith(("last", "past")):
        fits = [v for d, v in spans if d and d[1] < base]
        return one(m, fits[-1], modifier=modifier)
    if which.startswith(("next", "coming")):
        fits = [v for d, v in spans if d and d[0] > base]
        return one(m, fits[0] if fits else None, modifier=modifier)
    if which.startswith("this"):
        return one(m, f"{base.year}-{code}", modifier=modifier)
    ahead = reading.outlook(*m.span()) == "ahead"
    fits = [v for d, v in spans if d and (d[1] >= base if ahead else d[0] <= base)]
    return one(m, fits[0] if ahead else fits[-1], modifier=modifier)


def quarter(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "the third quarter", "Q3 2021", "the first half of 1989"."""
    half = (m["what"] or "quarter").lower() == "half"
    n = int(m["q"]) if m["q"] else ORDINALS.get(m["nth"].lower(), 0)
    if half and m["nth"] and m["nth"].lower() in ("final", "last"):
        n = 2
    if not 1 <= n <= (2 if half else 4) or (half and not year_given(m) and not m["of"]):
        return []
    code, year = f"{'H' if half else 'Q'}{n}", year_given(m)
    if year is None:
        base = reading.base
        if base is None:
            return []
        year = base.year
        if m["of"]:
            year += {"last": -1, "next": 1}.get(m["of"].lower().split()[-2], 0)
        else:
            days = days_of(f"{year}-{code}")
            if days and days[0] > base and reading.outlook(*m.span()) != "ahead":
                year -= 1
    return one(m, f"{year}-{code}")


def year_end(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "year-end", "the end of the month"."""
    if reading.base is None:
        return []
    year = year_given(m)
    if year:
        return one(m, str(year), modifier="end")
    return one(m, step_value(reading.base, 0, unit_of(said(m, "unit") or "year")), modifier=part_of(said(m, "part")) or "end")


def feast(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "Christmas Eve", "last Thanksgiving", "New Year's Day 2022"."""
    name, year = re.sub(r"\s+", " ", m["feast"].lower().replace("’", "'")), year_given(m)
    if year:
        return one(m, holiday(name, year).isoformat())
    base, token = reading.base, reading.token(*m.span("feast"))
    if base is None or token is None:
        return []
    previous = token.nbor(-1) if token.i else token
    if " " not in name and (token.ent_type_ in NAMES or (previous.pos_ == "PROPN" and previous.ent_type_ != "DATE" and previous != token)):
        return []  # "Johnnie Christmas"
    found = [holiday(name, y) for y in (base.year - 1, base.year, base.year + 1)]
    which = (m["which"] or "").lower()
    if which.startswith("last"):
        found = [d for d in found if d < base]
        return one(m, found[-1].isoformat())
    if which.startswith("next"):
        return one(m, next(d for d in found if d > base).isoformat())
    return one(m, min(found, key=lambda d: abs((d - base).days)).isoformat())


def famous(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "9/11"."""
    return one(m, load("calendar")["famous_days"][re.sub(r"[^\d/]", "/", m.group()).replace("//", "/")])


def iso(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "2021-12-30", "20211230"."""
    found = as_day(f"{m['year']}-{m['m']}-{m['d']}")
    return one(m, found.isoformat() if found else None)


def numeric(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "12/30/2021", "30.12.2021", "07-12-2019": month first, as American news writes, unless dots or the numbers speak against it."""
    a, b = int(m["a"]), int(m["b"])
    if m["sep"] == "." or a > 12:
        a, b = b, a
    found = same_day_in(full_year(m["year"], reading.base), a, b)
    return one(m, found.isoformat() if found else None)


def written(m: re.Match[str], reading: Reading) -> list[Seen]:
    """Rarer forms, which the date parser reads once we have picked them out: "30-Dec-2021", "2021/12/30", "a year and two months ago"."""
    year_needed = not m.group().lower().endswith("ago")
    if reading.base is None and not year_needed:
        return []
    return one(m, parsed(re.sub(r"\s+", " ", m.group()), reading.base or date(2000, 1, 1)))


@lru_cache(maxsize=1000)
def parsed(words: str, base: date) -> str | None:
    """What the date parser makes of words, cut down to the precision that they give: what it fills in from the base is its own invention."""
    from dateparser.date import DateDataParser

    found = DateDataParser(languages=["en"], settings={"RELATIVE_BASE": datetime(base.year, base.month, base.day)}).get_date_data(words)
    if found.date_obj is None:
        return None
    day = found.date_obj.date()
    if found.period == "year":
        return f"{day.year:04d}"
    return month_value(day.year, day.month) if found.period == "month" else day.isoformat()


def nth_day(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "the 25th": of the month that brings it nearest, or of the one last mentioned."""
    last = reading.last("day", "time", "month")
    base, day = reading.base, int(m["day"])
    days = days_of(last) if last else None
    if base is None or not 1 <= day <= 31:
        return []
    year, month = (days[0].year, days[0].month) if days else (base.year, base.month)
    found = same_day_in(year, month, day)
    return one(m, found.isoformat() if found else None)


BEFORE_CLOCK = re.compile(
    r"\b(?:at|by|from|until|till|to|around|about|since|before|after|as\s+of|between|and|just|shortly|nearly|day|,)\s+$|[–-]$", re.I
)


def clock(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "3:30 p.m. EST", "15:30", "noon": on the day of its sentence, or the one last mentioned."""
    if m["word"]:
        hour, minute = (0 if m["word"].lower() == "midnight" else 12), 0
    else:
        hour = int(m["hour"] or m["hour2"] or m["hour3"] or m["hour4"])
        minute = int(m["minute"] or m["minute2"] or m["minute3"] or 0)
    half = (said(m, "half") or "").lower()
    if half:
        if not 1 <= hour <= 12 and minute:
            return []
        hour = hour % 12 + (12 if half.startswith("p") else 0) if hour <= 12 else hour
    if hour > 24:
        return []
    beside = bool(reading.seen) and 0 < m.start() - reading.seen[-1].end <= 2  # "02/27/98 17:45"
    if not (beside or half or m["word"] or m["hour4"] or said(m, "zone")) and not BEFORE_CLOCK.search(
        reading.words, max(0, m.start() - 16), m.start()
    ):
        return []  # "First Corinthians 9:25", a score, a running time
    day = reading.last_day_here(m.start())
    if day is None:
        return []
    zone = re.sub(r"\s+(?:standard|daylight)", "", (said(m, "zone") or "").lower())
    if hour == 24:
        day, hour = day + timedelta(1), 0
    return [Seen(m.start(), m.end(), f"{day.isoformat()}T{hour:02d}:{minute:02d}", "TIME", zone_offset(zone, day), zone_name=zone)]


# --- which patterns are tried at which first word ---


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, what makes a value of its match, and the words it may begin with ("#" for a numeral)."""

    pattern: re.Pattern[str]
    resolve: Resolve


DAYS_LIST = rf"(?P<days>{DAY}(?:\s*(?:-|–|—|/|to|through|until|or)\s*{DAY}(?!\s*(?:percent|per|%))|(?:,\s*{DAY}){{0,6}},?\s+and\s+{DAY}(?=\s*[.,;:)\]\"”]|\s+(?:in|at|on|for|with|to|as|but|by|when|where|after|before|of|and|during)\b|\s*$))?)"
DAYPART = r"(?P<daypart>morning|afternoon|evening|night)\b"
WHICH = r"(?P<which>(?:(?:late|early|earlier|later)\s+)?(?:last|next|this|past|coming|following|previous|this\s+(?:past|coming))\s+)?"
ANCHOR = r"(?P<which>(?:(?:late|early|earlier|later)\s+)?(?:this\s+(?:past|coming)|last|next|this|past|coming|upcoming|current|following|previous|preceding|same|that|very\s+next))"
THIS_UNIT = r"(?P<unit>day|night|week|weekend|month|quarter|year(?:(?<=this year)s)?|decade|century)\b"  # "this years", for "this year's"
FEAST = rf"(?P<feast>(?i:{_names('holidays')}))(?![\w’'])"


@cache
def rules() -> dict[str, tuple[Rule, ...]]:
    """For each first word, the rules to try."""
    months, weekdays = list(load("calendar")["months"]), list(load("calendar")["weekdays"])
    which = ["last", "next", "this", "past", "coming", "following", "previous"]
    part = ["early", "late", "mid", "beginning", "start", "end", "middle"]
    nths = list(ORDINALS)
    feasts = sorted({re.split(r"[\s.]", name)[0] for name in load("calendar")["holidays"]})
    counts = [*(n for n in NUMBERS), "several", "few", "couple", "many", "some", "#"]
    anchors = [
        "last",
        "next",
        "this",
        "past",
        "coming",
        "upcoming",
        "current",
        "following",
        "previous",
        "preceding",
        "same",
        "that",
        "very",
        "early",
        "late",
        "earlier",
        "later",
    ]
    table: list[tuple[list[str], Resolve, str]] = [
        ([*months, *weekdays], month_day, rf"(?:(?:{WEEKDAY}|{SHORT_WEEKDAY}),?\s+(?:the\s+)?)?(?P<month>{MONTH})\s+{DAYS_LIST}{YEAR_TAIL}"),
        (["#", *weekdays], month_day, rf"(?:(?:{WEEKDAY}|{SHORT_WEEKDAY}),?\s+(?:the\s+)?)?(?P<days>(?:{DAY},\s+){{0,6}}{DAY}(?:\s*(?:-|–|—|/|to|through|until|or|and)\s*{DAY})?)\s+(?:of\s+)?(?P<month>{MONTH}){YEAR_TAIL}"),
        ([*months, *which, *part, "earlier", "later"], month_alone, rf"{WHICH}(?i:{PART})(?P<month>{MONTH})(?:(?:,)?\s+(?:of\s+)?(?P<year>{YEAR}))?"),
        ([*weekdays, *which, *part, "earlier", "later"], weekday, rf"{WHICH}(?i:{PART})(?P<weekday>{WEEKDAY}|(?:Tues|Wed|Thurs?|Fri)\.(?=\s))(?:\s+{DAYPART})?"),
        (["every", "each", *(f"{w}s" for w in weekdays if len(w) > 5)], weekday_set, rf"(?:(?i:every|each)\s+)?(?P<weekday>(?=[MTWFS])(?i:{_names('weekdays', 6)})s?)\b(?<=s)|(?i:every|each)\s+(?P<weekday2>{WEEKDAY})"),
        (["#", *part, "fiscal", "fy"], year_alone, rf"(?i:{PART})(?P<fiscal>fiscal\s+(?:year\s+)?|FY\s?)?(?P<year>{YEAR})(?!s\b|['’]s\s|-\d)"),
        (["#"], years, r"(?P<first>(?:1[5-9]|20)\d\d)\s?[-–/]\s?(?P<second>(?:1[5-9]|20)\d\d|\d\d)\b(?![-/–]\d)"),
        (["#", *part, "the"], decade, rf"(?:the\s+)?(?i:{PART})(?:(?P<century>(?:1[0-9]|20)\d)0['’]?s\b|['’](?P<short>[1-9])0s\b|(?P<short2>[2-9])0s\b(?=\s*$))"),
        (["the"], decade, rf"the\s+(?i:{PART})(?:(?P<century>(?:1[0-9]|20)\d)0['’]?s\b|['’]?(?P<short>[2-9])0['’]?s\b|(?P<word>{either(list(DECADES))})\b)"),
        (["#", "early", "late", "mid"], century, r"(?:(?P<part>early|late|mid)[\s-]+)?(?P<nth>1\d|2[01])(?:th|st)[\s-]+century\b"),
        (anchors, this_period, rf"{ANCHOR}\s+{THIS_UNIT}"),
        (["the"], this_period, rf"the\s+{ANCHOR}\s+{THIS_UNIT}"),
        (["the"], this_period, rf"the\s+{THIS_UNIT}\s+(?P<which>before|after|earlier)(?=\s*[.,;:)]|\s+(?:in|at|to|and|but|he|she|it|they|we)\b|\s*$)"),
        (counts, ago, rf"(?P<n>{NUMBER})\]?[\s-]+{UNIT}\s+(?P<way>ago|back|earlier|later|previously|from\s+now)\b"),
        (["year"], ago, r"(?P<unit>year)-(?P<way>earlier|ago)\b"),
        (["earlier", "later", "early", "late"], this_period, rf"(?P<which>earlier|later|early|late)\s+in\s+the\s+{THIS_UNIT}"),
        (["the"], this_period, r"the\s+(?P<which>latest)\s+(?P<unit>quarter|week|month|year)\b"),
        (["the"], this_period, r"(?P<which>the)\s+(?P<unit>weekend)\b"),
        ([*counts, "last", "past", "next", "first", "the"], duration, rf"(?:the\s+)?(?:(?:last|past|next|first|coming|previous)\s+)?(?P<n>{NUMBER})[\s-]+(?:more\s+|full\s+|consecutive\s+)?{UNIT}(?!-old|\s+old)"),
        (["every", "each"], every, rf"(?:every|each)\s+{UNIT}"),
        (list(DAY_STEPS) + ["tonight"], today, rf"(?P<word>today|yesterday|tomorrow|tonight)\b(?:\s+{DAYPART})?"),
        (["this", "last", "that", "the", "earlier", "late", "later", "next", "following"], this_part, rf"(?P<which>(?:earlier|later)\s+this|late\s+last|this|last|that|(?:the\s+)?(?:following|next)|the\s+previous)\s+{DAYPART}"),
        (list(REFS), ref, rf"(?:{either(list(REFS))})\b"),
        ([*load("calendar")["seasons"], *which, *part, "in", "this", "the"], season, rf"(?:(?:in\s+)?(?P<which>the|last|next|this|this\s+past|this\s+coming|past|coming)\s+)?(?i:{PART})(?P<season>spring|summer|autumn|fall|winter)\b(?:(?:\s+of|,)?\s+(?P<year>{YEAR}))?"),
        ([*nths, "#", "q", "q1", "q2", "q3", "q4"], quarter, rf"(?:(?P<year2>{YEAR})(?:['’]s)?\s+)?(?:Q(?P<q>[1-4])|(?P<nth>(?i:{either(nths)}))[\s-]+(?P<what>quarter|half))\b(?:,?\s+(?:of\s+)?(?:fiscal\s+)?(?P<year>{YEAR})|\s+of\s+(?P<of>(?:the|this|last|next)\s+year))?"),
        ([*part, "year"], year_end, rf"(?:(?P<part>beginning|start|end|middle|close)\s+of\s+(?:the|this)\s+(?P<unit>week|month|quarter|year|decade|century)|year(?<=year)[\s-]end|end\s+of\s+(?P<year>{YEAR}))\b"),
        ([*feasts, "last", "next", "this"], feast, rf"(?P<which>(?:last|next|this)\s+)?{FEAST}(?:,?\s+(?P<year>{YEAR}))?"),
        (["#"], famous, r"(?:9/11|7/7)\b(?!/)"),
        (["#"], iso, r"(?P<year>(?:19|20)\d\d)(?P<dash>-?)(?P<m>\d\d)(?P=dash)(?P<d>\d\d)\b"),
        (["#"], numeric, r"(?P<a>\d\d?)(?P<sep>[-/.])(?P<b>\d\d?)(?P=sep)(?P<year>(?:19|20)\d\d|\d\d)\b(?![-/.]\d)"),
        (["#"], written, rf"\d{{1,2}}-{MONTH}-(?:\d{{4}}|\d\d)\b|(?:19|20)\d\d/\d\d?/\d\d?\b"),
        (counts, written, rf"{NUMBER}\s+(?:years?|months?)\s+and\s+{NUMBER}\s+(?:months?|weeks?|days?)\s+ago\b"),
        (["the"], nth_day, r"the\s+(?P<day>3[01]|[12]\d|\d)(?:st|nd|rd|th)\b(?=\s*[.,;:)]|\s+(?:and|of\s+(?:the|this|last|next)\s+month|at|in)\b)"),
        (["#", "noon", "midday", "midnight"], clock, rf"(?i:{CLOCK})(?:{ZONE})"),
    ]  # fmt: skip
    by_word: dict[str, list[Rule]] = {}
    for starts, resolve, pattern in table:
        keep_case = resolve in (month_day, month_alone, weekday, weekday_set, feast, quarter, clock)
        rule = Rule(re.compile(pattern, 0 if keep_case else re.I), resolve)
        for word in dict.fromkeys(w.lower() for w in starts):
            by_word.setdefault(word, []).append(rule)
    return {word: tuple(found) for word, found in by_word.items()}
