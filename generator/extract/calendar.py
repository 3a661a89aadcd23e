"""The calendar: what a TIMEX3 value says, to what precision, and the arithmetic that the date patterns and later steps need.

A value is "2022" (year), "2022-01" (month), "2022-01-10" (day), "2022-01-10T15:30" (time), "2022-01-10TNI" (part of a day), "2022-W02" (week),
"2022-W02-WE" (weekend), "2022-SU" (season), "2022-Q1" (quarter), "2022-H1" (half), "202" (decade), "20" (century), "P2W" (duration) or a reference
such as "PRESENT_REF". Parts that nothing in the article tells are X: "XXXX-01-10".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

from generator.data import load
from generator.model import DateMention

Precision = Literal["time", "day", "weekend", "week", "month", "season", "quarter", "half", "year", "decade", "century"]

SHAPES: tuple[tuple[Precision, re.Pattern[str]], ...] = (
    ("time", re.compile(r"\d{4}-\d\d-\d\dT(?:\d\d(?::\d\d)?|MO|AF|EV|NI|MI|DT)")),
    ("day", re.compile(r"\d{4}-\d\d-\d\d")),
    ("weekend", re.compile(r"\d{4}-W\d\d-WE")),
    ("week", re.compile(r"\d{4}-W\d\d")),
    ("month", re.compile(r"\d{4}-\d\d")),
    ("season", re.compile(r"\d{4}-(?:SP|SU|FA|WI)")),
    ("quarter", re.compile(r"\d{4}-Q[1-4]")),
    ("half", re.compile(r"\d{4}-H[12]")),
    ("year", re.compile(r"\d{4}")),
    ("decade", re.compile(r"\d{3}")),
    ("century", re.compile(r"\d\d")),
)
SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}


def precision(value: str) -> Precision | None:
    """How much of the calendar a value names; None for durations, references and values with unknown parts."""
    return next((name for name, shape in SHAPES if shape.fullmatch(value)), None)


def day_of(value: str) -> date | None:
    """The day a value names or lies in, if it names one: "2021-12-30T15:30" lies in 2021-12-30."""
    return as_day(value[:10]) if precision(value) in ("day", "time") else None


def clock_of(value: str) -> str | None:
    """The time of day in a value, "15:30"; None where it has none or only a part of the day."""
    m = re.fullmatch(r"\d{4}-\d\d-\d\dT(\d\d:\d\d)", value)
    return m[1] if m else None


def as_day(text: str) -> date | None:
    """An ISO day as a date; None for a day that no calendar has."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def days_of(value: str) -> tuple[date, date] | None:
    """The first and the last day of what a value names."""
    kind = precision(value)
    if kind in ("day", "time"):
        day = day_of(value)
        return (day, day) if day else None
    year = int((value + "000")[:4]) if kind in ("decade", "century") else int(value[:4]) if kind else 0
    if year < 1 or year > 9990 or kind is None:
        return None
    if kind in ("decade", "century"):
        return date(year, 1, 1), date(year + (9 if kind == "decade" else 99), 12, 31)
    if kind in ("week", "weekend"):
        try:
            monday = date.fromisocalendar(year, int(value[6:8]), 1)
        except ValueError:
            return None
        return (monday + timedelta(5), monday + timedelta(6)) if kind == "weekend" else (monday, monday + timedelta(6))
    first, last = 1, 12
    if kind == "month":
        first = last = int(value[5:7])
    elif kind == "quarter":
        first, last = 3 * int(value[6]) - 2, 3 * int(value[6])
    elif kind == "half":
        first, last = 6 * int(value[6]) - 5, 6 * int(value[6])
    elif kind == "season":
        first, last = SEASON_MONTHS[value[5:]]
    if not 1 <= first <= 12:
        return None
    final = date(year + (last - 1) // 12, (last - 1) % 12 + 1, 1)
    return date(year, first, 1), final.replace(day=monthrange(final.year, final.month)[1])


def dates_in(dates: tuple[DateMention, ...], start: int, end: int) -> tuple[DateMention, ...]:
    """The mentions that stand between two characters of the text, in order. `dates` is in the text's order, as `find_dates` returns it."""
    i = bisect_left(dates, start, key=lambda d: d.span.start)
    k = bisect_left(dates, end, key=lambda d: d.span.start)
    return tuple(d for d in dates[i:k] if d.span.end <= end)


# --- arithmetic ---


def month_value(year: int, month: int) -> str:
    """ "2022-01"; months beyond a year's end run on into the next or the last year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return f"{year:04d}-{month:02d}"


def week_value(day: date) -> str:
    """The ISO week of a day, "2022-W02"."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def same_day_in(year: int, month: int, day: int) -> date | None:
    """That day of that month; None where there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def nearest(month: int, day: int, base: date) -> date | None:
    """The day and month in the year that brings it nearest to `base`: what a day without a year means in news."""
    found = [d for year in (base.year - 1, base.year, base.year + 1) if 0 < year < 9999 and (d := same_day_in(year, month, day))]
    return min(found, key=lambda d: abs((d - base).days), default=None)


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian reckoning (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    """The first (1), second … or last (-1) such day of a month."""
    first = date(year, month, 1)
    if nth > 0:
        return first + timedelta((weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = first.replace(day=monthrange(year, month)[1])
    return last - timedelta((last.weekday() - weekday) % 7)


def holiday(name: str, year: int) -> date:
    """The day of a holiday of the word list in one year."""
    rule = load("calendar")["holidays"][name]
    if isinstance(rule, list):
        nth, weekday, month = rule
        if name == "black friday":  # the day after the fourth Thursday, which is not always the fourth Friday
            return holiday("thanksgiving", year) + timedelta(1)
        return nth_weekday(year, month, nth, weekday)
    if rule.startswith("easter"):
        return easter(year) + timedelta(int(rule[6:]))
    return date(year, int(rule[:2]), int(rule[3:]))


def zone_offset(name: str, day: date) -> str | None:
    """The offset of a zone named in an article on that day: "ET" is "-05:00" in January and "-04:00" in July."""
    offsets: list[str] | None = load("calendar")["zones"].get(name.lower().replace(".", ""))
    if offsets is None:
        return None
    if len(offsets) == 1:
        return offsets[0]
    # North America's rule since 2007: from the second Sunday of March to the first Sunday of November
    begin, end = date(day.year, 3, 8), date(day.year, 11, 1)
    begin += timedelta((6 - begin.weekday()) % 7)
    end += timedelta((6 - end.weekday()) % 7)
    return offsets[1] if begin <= day < end else offsets[0]
