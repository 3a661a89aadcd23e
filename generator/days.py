"""ISO 8601 dates, and TIMEX3's halves, seasons and weekends: the first and last day each may mean, and which of two says more.

"2022-01" is any day of that month and nothing finer; comparing such dates is comparing stretches of days.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

Precision = Literal["year", "quarter", "month", "week", "day", "minute"]

YEAR = re.compile(r"(\d{4})", re.ASCII)
QUARTER = re.compile(r"(\d{4})-Q([1-4])", re.ASCII)
MONTH = re.compile(r"(\d{4})-(\d\d)", re.ASCII)
WEEK = re.compile(r"(\d{4})-W(\d\d)", re.ASCII)
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
PART = re.compile(r"(\d{4})-(H[12]|SP|SU|FA|WI)", re.ASCII)
WEEKEND = re.compile(r"(\d{4})-W(\d\d)-WE", re.ASCII)
MINUTE = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?(Z|[+-]\d\d:?\d\d)?", re.ASCII)
# First month and number of months; a winter begins in December and ends in the next year.
PARTS = {"H1": (1, 6), "H2": (7, 6), "SP": (3, 3), "SU": (6, 3), "FA": (9, 3), "WI": (12, 3)}
FINENESS: dict[Precision, int] = {"year": 0, "quarter": 1, "month": 2, "week": 3, "day": 4, "minute": 5}


class Days(NamedTuple):
    """A stretch of days, both ends in it."""

    first: date
    last: date
    precision: Precision

    def holds(self, other: Days) -> bool:
        """Whether every day of `other` is one of these."""
        return self.first <= other.first and other.last <= self.last

    def meets(self, other: Days) -> bool:
        """Whether a day is in both."""
        return self.first <= other.last and other.first <= self.last


@lru_cache(maxsize=65536)
def days(value: str | None) -> Days | None:
    """The days an ISO 8601 value may mean; None where it is missing or no date."""
    if not value:
        return None
    try:
        if m := DAY.fullmatch(value):
            day = date(int(m[1]), int(m[2]), int(m[3]))
            return Days(day, day, "day")
        if m := MINUTE.fullmatch(value):
            day = date(int(m[1]), int(m[2]), int(m[3]))
            return Days(day, day, "minute")
        if m := MONTH.fullmatch(value):
            year, month = int(m[1]), int(m[2])
            return Days(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")
        if m := WEEK.fullmatch(value):
            monday = date.fromisocalendar(int(m[1]), int(m[2]), 1)
            return Days(monday, monday + timedelta(6), "week")
        if m := QUARTER.fullmatch(value):
            year, month = int(m[1]), 3 * int(m[2])
            return Days(date(year, month - 2, 1), date(year, month, monthrange(year, month)[1]), "quarter")
        if m := WEEKEND.fullmatch(value):
            saturday = date.fromisocalendar(int(m[1]), int(m[2]), 6)
            return Days(saturday, saturday + timedelta(1), "week")
        if m := PART.fullmatch(value):
            first, months = PARTS[m[2]]
            year, month = divmod(int(m[1]) * 12 + first + months - 2, 12)
            return Days(date(int(m[1]), first, 1), date(year, month + 1, monthrange(year, month + 1)[1]), "quarter")
        if m := YEAR.fullmatch(value):
            return Days(date(int(m[1]), 1, 1), date(int(m[1]), 12, 31), "year")
    except (ValueError, OverflowError):  # the thirteenth month, the thirtieth of February
        return None
    return None


def fineness(value: str | None) -> int:
    """How precisely a value says when: -1 where it says nothing, 5 for a time of day."""
    known = days(value)
    return -1 if known is None else FINENESS[known.precision]


def instant(value: str | None) -> datetime | None:
    """The moment a value names, in UTC; None where it names no time of day or no zone."""
    if not value or not (m := MINUTE.fullmatch(value)) or not m[7]:
        return None
    try:
        return datetime.fromisoformat(value.replace("Z", "+00:00")).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def stretch(start: str | None, end: str | None = None) -> Days | None:
    """The days from the first that `start` may mean to the last that `end` may mean; an end before the start is not believed."""
    first, last = days(start), days(end)
    if first is None or last is None or last.last < first.first:
        return first
    return Days(first.first, last.last, first.precision)


def agree(a: str | None, b: str | None) -> bool:
    """Whether two dates can mean the same: one lies within the other, or they are one moment. What is unknown agrees with all."""
    x, y = days(a), days(b)
    if x is None or y is None or x.holds(y) or y.holds(x):
        return True
    moment = instant(a)
    return moment is not None and moment == instant(b)
