"""Days as pages write them → ISO 8601. No clock is asked, and a day that can be read two ways is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
YEAR = r"(?:19|20)\d\d"  # what follows may touch it: pages run "2024" and "2:31 PM" together
DAY = re.compile(
    rf"""
    (?P<m1>{MONTH})\.?\s{{0,3}}(?P<d1>\d\d?)(?!\d)(?:st|nd|rd|th)?\s?,?\s{{0,3}}(?:at\s)?(?P<y1>{YEAR})
  | (?<!\d)(?P<d2>\d\d?)(?:st|nd|rd|th)?[\s.-]{{0,3}}(?:of\s)?(?P<m2>{MONTH})\.?\s?[,-]?\s{{0,3}}(?P<y2>{YEAR})
  | (?<!\d)(?P<y3>{YEAR})[-/.](?P<m3>\d\d?)[-/.](?P<d3>\d\d?)(?!\d)
  | (?<![\d/.-])(?P<a>\d\d?)(?P<mark>[/.-])(?P<b>\d\d?)(?P=mark)(?P<y4>{YEAR})
  | (?<![\d/.-])(?P<a2>\d\d?)/(?P<b2>\d\d)/(?P<y5>\d\d)(?![\d/])
    """,
    re.I | re.X,
)
ISO = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)(?:[T\s].{0,60})?\s*", re.S)
COMPACT = re.compile(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)\s*")


def iso(year: str | int, month: str | int, day: str | int) -> str | None:
    """The day as ISO 8601, or None where the calendar has no such day, or no newspaper: relative dates want room before and after."""
    try:
        return date(int(year), int(month), int(day)).isoformat() if 1000 <= int(year) < 3000 else None
    except ValueError:
        return None


def month_number(name: str) -> int:
    """1 for "Jan." and "January"."""
    return MONTHS.index(name[:3].lower()) + 1


def day_of(m: re.Match[str]) -> str | None:
    """The day a match of `DAY` means. Two numbers before a year tell month from day by size, or by dots, which hardly any but day-first writers use."""
    if m["y1"]:
        return iso(m["y1"], month_number(m["m1"]), m["d1"])
    if m["y2"]:
        return iso(m["y2"], month_number(m["m2"]), m["d2"])
    if m["y3"]:
        return iso(m["y3"], m["m3"], m["d3"])
    if m["y5"]:  # "09/18/19": only where its first two numbers can be read in one way
        return day_of(DAY.match(f"{m['a2']}/{m['b2']}/{'20' if m['y5'] < '50' else '19'}{m['y5']}") or m)
    a, b = int(m["a"]), int(m["b"])
    if (m["mark"] == "." and b <= 12) or a > 12 or a == b:
        return iso(m["y4"], b, a)
    return iso(m["y4"], a, b) if b > 12 else None


def days_in(text: str) -> Iterator[tuple[str, int, int]]:
    """Every full day written in `text`: ISO 8601, start and end."""
    for m in DAY.finditer(text):
        day = day_of(m)
        if day:
            yield day, m.start(), m.end()


def first_day(text: str) -> str | None:
    """The first full day written in `text`."""
    return next((day for day, _, _ in days_in(text)), None)


def as_day(value: object) -> str | None:
    """A value that should be a day (front matter, metadata), as ISO 8601; None where it is none."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)[:120]
    m = ISO.fullmatch(text) or COMPACT.fullmatch(text)
    return iso(*m.groups()) if m else first_day(text)
