"""Days and times of day: "January 10 and 12", "early Friday", "12/30/2021", "Christmas Eve", "3:30 p.m. EST"."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from generator.data import load
from generator.extract.calendar import as_day, days_of, holiday, month_value, nearest, nth_weekday, same_day_in, zone_offset
from generator.extract.date_words import ORDINALS, Reading, Seen, full_year, month_of, one, part_of, said, weekday_of, year_given
from generator.extract.outlook import Outlook


def day_value(year: int | None, month: int, day: int, m: re.Match[str], reading: Reading) -> str | None:
    """A day of a month as a value; without a year, the nearest."""
    if year:
        found = same_day_in(year, month, day)
        if found is None:
            return None
        reading.years_given[month, day] = found.isoformat()
        return found.isoformat()
    if (month, day) in reading.years_given:
        return reading.years_given[month, day]  # the article has told the year before
    if reading.base is None:
        return f"XXXX-{month:02d}-{day:02d}" if same_day_in(2020, month, day) else None
    then = reading.long_ago(*m.span())
    if then:
        found = same_day_in(then.year + ((month, day) < (then.month, then.day)), month, day)
        return found.isoformat() if found else None
    found = nearest(month, day, reading.base)
    if found is None:
        return None
    distance = (found - reading.base).days
    if -90 <= distance < 0 and reading.promised(*m.span()):  # "must close by Dec. 31", said in February
        return (same_day_in(found.year + 1, month, day) or found).isoformat()
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
        found.append(Seen(start, end, value))
    if year is None and len(found) > 1 and found[0].value[:4] != found[-1].value[:4]:
        found = [replace(s, value=found[-1].value[:4] + s.value[4:]) for s in found]
    return found


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
    planned_for = token.head.lower_ == "for" and token.dep_ == "pobj"  # "called a rally for Thursday"
    way = None if nth else "ahead" if planned_for else reading.outlook(*m.span("weekday"))
    then = reading.told_day(m.start()) if way == "ahead" and reading.foretold(*m.span("weekday")) else None
    value = weekday_value(day, way, then or reading.base, nth)
    if nth == "following" or nth == "previous":
        last = reading.last_day()
        if last:
            step = (day - last.weekday()) % 7 or 7
            value = (last + timedelta(step if nth == "following" else step - 7 if step < 7 else -7)).isoformat()
    if said(m, "later"):  # "on Sunday week": a week after the coming Sunday
        if not (reading.base and reading.words[: m.start()].endswith("on ")):
            return [Seen(m.start(), m.end("weekday"), value)]
        return one(m, (date.fromisoformat(weekday_value(day, "ahead", reading.base)) + timedelta(7)).isoformat())
    part = said(m, "daypart")
    if part:
        return one(m, f"{value}T{load('calendar')['day_parts'][part.lower()]}", "TIME")
    return one(m, value, modifier=part_of(said(m, "part")))


def nth_of_month(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "the last Friday in July", "the first day of May 2022": of the year given, or the nearest."""
    month, given, base = month_of(m["month"]), year_given(m), reading.base
    nth = -1 if m["nth"].lower() == "last" else ORDINALS[m["nth"].lower()]

    def of_year(year: int) -> date:
        if m["weekday"]:
            return nth_weekday(year, month, nth, weekday_of(m["weekday"]))
        return date(year, month, monthrange(year, month)[1] if nth < 0 else nth)

    years = [given] if given else [base.year - 1, base.year, base.year + 1] if base else []
    nearest_first = sorted(map(of_year, years), key=lambda d: abs((d - (base or d)).days))
    return one(m, nearest_first[0].isoformat()) if years else []


def weekday_set(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "Mondays", "every Monday"."""
    return one(m, f"XXXX-WXX-{weekday_of((m['weekday'] or m['weekday2']).removesuffix('s')) + 1}", "SET")


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
    """ "12/30/2021", "30.12.2021", "07-12-2019": month first, as American news writes, unless dots, the numbers or the outlet speak against it."""
    a, b = int(m["a"]), int(m["b"])
    if m["sep"] == "." or a > 12 or (b <= 12 and reading.day_first):
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
    """ "the 25th": of this month, or of the one last mentioned; "the 10th of last month"."""
    step = {"last": -1, "this": 0, "next": 1}.get((m["month"] or "").lower())
    base, day = reading.base, int(m["day"])
    if base is None or not 1 <= day <= 31:
        return []
    told = reading.last("day", "time", "month") if step is None else month_value(base.year, base.month + step)
    days = days_of(told) if told else None
    first = days[0] if days else base
    found = same_day_in(first.year, first.month, day)
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
