"""Dates, numbers and figures in words, by a theme's file of interface texts.

The texts come in as a plain mapping (`themes/default/strings/en.yaml`), and what every language has rules of its own for (names of months, the
order of day and month, signs of thousands, plurals) as `Rules`, so this module knows no language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from generator.model import Figure
from generator.outputs.cldr import Rules

DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d)(?::\d\d)?(Z|[+-]\d\d:?\d\d)?)?$")
MONTH = re.compile(r"(\d{4})-(\d\d)$")
WEEK = re.compile(r"(\d{4})-W(\d\d)$")
PART = re.compile(r"(\d{4})-(SP|SU|FA|WI|Q[1-4]|H[12])$")
MACHINE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])(?:T\d\d:\d\d(?:Z|[+-]\d\d:?\d\d)?)?)?|-W\d\d)?$")
# Scales a reader takes in at a glance; below a million the digits themselves are shorter than the words.
SCALES = (10**12, 10**9, 10**6)


class DateBlock(msgspec.Struct, frozen=True):
    """A date as it stands in a block: small weekday, large day, month and year, hour."""

    iso: str  # for <time datetime>; empty where HTML has no form for it
    weekday: str = ""
    day: str = ""
    month: str = ""  # "January 2022"
    time: str = ""
    note: str = ""  # "day not known"


class Wording:
    """The texts of the interface, and values put into words by them."""

    def __init__(self, texts: Mapping[str, Any], rules: Rules) -> None:
        self.rules = rules
        self.texts = {**texts, "weekdays": rules.weekdays, "weekdays_short": rules.weekdays_short}
        self.counted: dict[tuple[str, int], str] = {}  # every article has its few claims and figures

    def __getitem__(self, key: str) -> Any:
        """A text by its key; KeyError names a key that the file lacks."""
        return self.texts[key]

    def say(self, key: str, **values: object) -> str:
        """A text with its `{names}` filled in."""
        return str(self.texts[key]).format(**values)

    def word(self, group: str, key: str) -> str:
        """A word of a group of texts ("status", "held"); the key itself where the group has none, for types are words of articles."""
        return str(self.texts[group].get(key, key))

    def count(self, key: str, n: int) -> str:
        """ "1 claim", "12 claims"."""
        said = self.counted.get((key, n))
        if said is None:
            forms = self.texts["counts"][key]
            said = self.counted[key, n] = str(forms.get(self.rules.plural(n), forms["other"])).format(n=self.number(n))
        return said

    def counts(self, **numbers: int) -> list[str]:
        """How many there are of each, in words: `counts(actors=3, claims=0)`; of what there is none, nothing."""
        return [self.count(name, n) for name, n in numbers.items() if n]

    def listed(self, items: Sequence[str]) -> str:
        """ "place and status", "a, b and c"."""
        return self.rules.listed(items)

    # --- dates ---

    def day(self, year: int, month: int, day: int, form: str = "day") -> str:
        """A day; ValueError where the calendar has none of that number."""
        return self.rules.day(date(year, month, day), form)

    def date(self, value: str | None, form: str = "day") -> str:
        """A day, month, week, season or year in words, as precise as it is; a value we do not read stands as it is."""
        if not value:
            return ""
        if m := DAY.match(value):
            try:
                said = self.day(int(m[1]), int(m[2]), int(m[3]), form)
            except ValueError:  # 2021-02-30: checks say so; a page must not fail
                return value
            return f"{said}, {clock(m[4], m[5])}" if m[4] else said
        if m := MONTH.match(value):
            return self.month(int(m[1]), int(m[2])) if 1 <= int(m[2]) <= 12 and int(m[1]) else value
        if m := WEEK.match(value):
            return str(self.texts["dates"]["week"].format(year=m[1], week=int(m[2])))
        if m := PART.match(value):
            return str(self.texts["dates"]["part"].format(year=m[1], part=self.texts["parts"][m[2]]))
        return value

    def short(self, value: str | None) -> str:
        """The same with the month's short name: "30 Dec 2021"."""
        return self.date(value, "short")

    def month(self, year: int, month: int) -> str:
        """ "January 2022"."""
        return self.day(year, month, 1, "month")

    def dates(self, start: str | None, end: str | None) -> str:
        """A stretch of days, or one."""
        if not start or not end or end == start:
            return self.date(start or end)
        return f"{self.date(start)} – {self.date(end)}"

    def block(self, value: str | None) -> DateBlock:
        """The parts of a date block; what is not known is said."""
        texts = self.texts
        if value and (m := DAY.match(value)):
            try:
                weekday = self.rules.weekdays[date(int(m[1]), int(m[2]), int(m[3])).weekday()]
            except ValueError:
                return DateBlock(iso="", month=value)
            time = clock(m[4], m[5]) if m[4] else ""
            return DateBlock(iso=value, weekday=weekday, day=str(int(m[3])), month=self.month(int(m[1]), int(m[2])), time=time)
        if value and MONTH.match(value):
            return DateBlock(iso=value, month=self.date(value), note=texts["day_not_known"])
        if value:
            return DateBlock(iso=value if WEEK.match(value) else "", month=self.date(value), note=texts["day_not_known"])
        return DateBlock(iso="", month=texts["date_not_known"])

    def machine(self, value: str | None) -> str:
        """The value if HTML's <time> has that form and the day exists; nothing else may stand in its attribute."""
        if not value or not MACHINE.match(value):
            return ""
        try:
            if len(value) >= 10:
                date.fromisoformat(value[:10])
            elif "W" in value:
                date.fromisocalendar(int(value[:4]), int(value[6:]), 1)
        except ValueError:
            return ""
        return value if value[:4] != "0000" else ""

    # --- numbers ---

    def number(self, value: float | int) -> str:
        """Digits grouped as the language groups them; four digits stay together only where they are a year, which we are never given."""
        return self.rules.number(value)

    def amount(self, value: float | int) -> str:
        """A number a reader takes in at a glance: "13,000", "1.2 million"; what is no round number of millions stays whole."""
        for scale in SCALES:
            if abs(value) >= scale and value * 1000 % scale == 0:
                return self.rules.scaled(Decimal(str(value)))
        return self.number(int(value) if isinstance(value, float) and value.is_integer() else value)

    def figure(self, figure: Figure) -> str:
        """A figure's number with its modifier in words, and its unit where the unit belongs to the number: "around 100,000", "$3.5 billion", "12 %"."""
        return f"{self.modifier(figure)} {self.bare(figure)}".strip()

    def modifier(self, figure: Figure) -> str:
        """ "around", "more than", "up to"; nothing for a plain number."""
        return str(self.texts["modifiers"].get(figure.modifier, ""))

    def bare(self, figure: Figure) -> str:
        """The number alone, a range as two."""
        if figure.kind == "money" and isinstance(figure.value, float) and not figure.value.is_integer() and abs(figure.value) < 1000:
            cents = f"{figure.value:.2f}".replace(".", self.rules.point).replace("-", "−")
            return self.with_unit(cents if round(figure.value, 2) == figure.value else self.number(figure.value), figure.unit)
        if figure.value is not None:
            said = self.amount(figure.value)
        elif figure.low is not None and figure.high is not None:
            said = f"{self.amount(figure.low)}–{self.amount(figure.high)}"
        elif figure.low is not None:
            said = f"{self.texts['modifiers']['>']} {self.amount(figure.low)}"
        elif figure.high is not None:
            said = f"{self.texts['modifiers']['<']} {self.amount(figure.high)}"
        else:
            return str(self.texts["no_number"])
        return self.with_unit(said, figure.unit)

    def with_unit(self, said: str, unit: str | None) -> str:
        """Signs of money before the number or after it, and of per cent, as the language has them."""
        if unit == "percent":
            return self.rules.percent(said)
        return self.rules.money(said, unit) if unit and self.rules.is_currency(unit) else said

    def unit_is_said(self, unit: str | None) -> bool:
        """Whether the number already carries its unit as a sign."""
        return not unit or unit == "percent" or self.rules.is_currency(unit)


def clock(time: str, zone: str | None) -> str:
    """ "20:30 UTC", "15:30 UTC−05:00"; no zone where the article names none."""
    if zone is None:
        return time
    if zone in ("Z", "+00:00", "+0000"):
        return f"{time} UTC"
    return f"{time} UTC{zone.replace('-', '−')}"
