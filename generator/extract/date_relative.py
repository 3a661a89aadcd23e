"""What is told from another day: "today", "last week", "two weeks ago", "the following day"; and durations and sets."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from generator.data import load
from generator.extract.calendar import day_of, days_of, month_value, precision, week_value
from generator.extract.date_words import UNITS, Part, Reading, Seen, number, one, part_of, said
from generator.extract.nlp import lemma
from generator.extract.outlook import BE

if TYPE_CHECKING:
    from spacy.tokens import Token


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


def two_away(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "the week before last", "the year after next"."""
    if reading.base is None:
        return []
    n = -2 if m["which"].lower().startswith("before") else 2
    if m["unit"].lower() == "weekend":
        return one(m, weekend_value(n, m, reading, reading.base))
    return one(m, step_value(reading.base, n, unit_of(m["unit"])))


def weekend_value(n: int, m: re.Match[str], reading: Reading, base: date) -> str:
    """The weekend meant: on a Sunday to Wednesday, "this weekend" looked back on is the one just past."""
    the = m["which"].lower() == "the"
    if abs(n) == 2:
        return week_value(base + timedelta(7 * n)) + "-WE"
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
    if m.group().lower().startswith("year-"):
        # "the year-earlier quarter": than the one that the results are of, never than the one compared before
        latest = max((s.value for s in reading.seen[-8:] if precision(s.value) == "quarter"), default=None)
        if latest and base:
            return one(m, f"{int(latest[:4]) - 1:04d}{latest[4:]}")
        return one(m, step_value(base, -1, "Y")) if base else []
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
