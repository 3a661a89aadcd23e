"""Mentions of dates that are one expression ("10 a.m. Thursday", "May 1 last year"), or say something of each other ("two days later, on Friday")."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from generator.data import load
from generator.extract.calendar import as_day, day_of, days_of, precision, zone_offset
from generator.extract.date_words import MONTH, Reading, Seen

CLOCK_THEN_DAY = re.compile(r"\s*(?:local\s+time\s*)?(?:,\s*|\s+on\s+|\s+)(?:the\s+)?")
DAY_THEN_CLOCK = re.compile(r"\s*,?\s+(?:(?:at|by|from|around|about|starting|beginning|until)\s+){0,2}|\s*,\s*")
PART_OF = re.compile(r"\b(?:the\s+)?(?P<part>morning|afternoon|evening|night)\s+of\s+(?:the\s+)?$", re.I)
RANGE = re.compile(r"\s*(?:-|–|—|to|through|until|and)\s*")
OF_PERIOD = re.compile(r"\s+(?:of\s+)?")
PERIOD = re.compile(r"(?:last|this|next)\s+(?P<unit>year|week)", re.I)
COUNTED_ON = re.compile(r".*\b(?:later|earlier|before|after)", re.I | re.S)
MONTH_NAMED = re.compile(rf"\b{MONTH}")
NAMED_AS_WELL = re.compile(r",\s+(?:[io]n\s+)?")
NEAR = 24  # characters between mentions that have to do with each other


def settle(new: Seen, reading: Reading) -> None:
    """Adds a mention to those seen, joined to the last one where the two are one expression, and put in order with it."""
    evening = kind_of(new) == "day" and PART_OF.search(reading.words, max(0, new.start - 18), new.start)
    if evening:
        part = load("calendar")["day_parts"][evening["part"].lower()]
        new = replace(new, start=evening.start(), value=f"{new.value}T{part}", type="TIME")
    last = reading.seen[-1] if reading.seen else None
    if last is None or new.start - last.end >= NEAR:
        reading.seen.append(new)
        return
    gap = reading.words[last.end : new.start]
    reading.seen[-1:] = (of_clock(last, new, gap, reading) or of_day(last, new, gap, reading)) or [last, new]


def of_clock(last: Seen, new: Seen, gap: str, reading: Reading) -> list[Seen] | None:
    """Two mentions of which one is a time of day, as they are beside each other; None where neither changes."""
    kinds = (kind_of(last), kind_of(new))
    if kinds == ("clock", "day") and CLOCK_THEN_DAY.fullmatch(gap):
        before = reading.seen[-2] if len(reading.seen) > 1 else None
        if before and kind_of(before) == "clock" and RANGE.fullmatch(reading.words[before.end : last.start]):
            reading.seen[-2] = on_day(before, new.value)  # "9 a.m. to 5 p.m. Thursday"
        return [on_day(replace(last, end=new.end), new.value)]
    if kinds == ("clock", "day") and CLOCK_THEN_DAY.fullmatch(gap.lstrip(")")):  # "10:30 a.m. (1530 GMT) on Wednesday"
        before = reading.seen[-2] if len(reading.seen) > 1 else None
        if before and kind_of(before) == "clock" and new.start - before.end < NEAR:
            reading.seen[-2] = on_day(before, new.value)
        return [on_day(last, new.value), new]
    if kinds == ("day", "clock") and DAY_THEN_CLOCK.fullmatch(gap):
        return [on_day(replace(new, start=last.start), last.value)]
    if kinds == ("clock", "clock") and gap == " (":
        return [last, replace(new, value=other_zone(last.value, new.value))]
    return None


def of_day(last: Seen, new: Seen, gap: str, reading: Reading) -> list[Seen] | None:
    """Two days, months or longer, as they are beside each other; None where neither changes."""
    if OF_PERIOD.fullmatch(gap) and (moved := in_period(last, new, reading)):
        this = reading.words[new.start : new.end].lower().startswith("this")
        return [moved, new] if this else [replace(moved, end=new.end)]
    if NAMED_AS_WELL.fullmatch(gap) and counted_on(last, new, reading):  # "two days later, on Friday"
        value = last.value if is_weekday(new, reading) and same_weekday(last, new) else new.value
        return [replace(last, value=value), replace(new, value=value)]
    if gap == " " and (meant := years_before(last, new, reading)):
        return [meant]
    day = day_of(new.value) if (kind_of(last), kind_of(new)) == ("day", "day") and RANGE.fullmatch(gap) else None
    if day and new.value < last.value and is_weekday(new, reading):  # "from Monday to Wednesday": the second comes after the first
        return [last, replace(new, value=(day + timedelta(7)).isoformat())]
    return None


def in_period(mention: Seen, period: Seen, reading: Reading) -> Seen | None:
    """ "May 1 last year", "the summer of last year", "Tuesday of next week": the first moved to the year, or the week, that the second names."""
    named = PERIOD.fullmatch(reading.words, period.start, period.end)
    if not named or reading.words[period.end : period.end + 1] in ("'", "’"):
        return None  # "in May this year's harvest"
    days = days_of(period.value)
    if named["unit"].lower() == "week":
        weekday = day_of(mention.value) if is_weekday(mention, reading) else None
        return replace(mention, value=(days[0] + timedelta(weekday.weekday())).isoformat()) if weekday and days else None
    said = reading.words[mention.start : mention.end]
    with_month = precision(mention.value) == "day" and MONTH_NAMED.search(said)
    if re.search(r"\d{4}", said) or not (with_month or precision(mention.value) in ("month", "season", "quarter", "half")):
        return None
    value = period.value + mention.value[4:]
    return replace(mention, value=value) if days_of(value) else None


def counted_on(mention: Seen, other: Seen, reading: Reading) -> bool:
    """Whether a mention is counted from what was told before, and as precise as the other: "two days later", "two years earlier"."""
    kind = precision(mention.value)
    return (
        kind in ("day", "month", "year")
        and kind == precision(other.value)
        and bool(COUNTED_ON.fullmatch(reading.words, mention.start, mention.end))
    )


def years_before(ago: Seen, this: Seen, reading: Reading) -> Seen | None:
    """ "a year ago this month", "ten years ago today": the month or the day of that year."""
    words = reading.words[ago.start : ago.end], reading.words[this.start : this.end].lower()
    if precision(ago.value) != "year" or not words[0].lower().endswith("ago") or words[1] not in ("today", "this month"):
        return None
    value = ago.value + this.value[4:]
    return replace(ago, end=this.end, value=value) if days_of(value) else None


def same_weekday(one: Seen, other: Seen) -> bool:
    """Whether two days are the same one of the week."""
    a, b = day_of(one.value), day_of(other.value)
    return a is not None and b is not None and a.weekday() == b.weekday()


def on_day(time: Seen, value: str) -> Seen:
    """A time of day moved to the day of another mention, with the offset that its zone has then."""
    day = day_of(value)
    zone = zone_offset(time.zone_name, day) if time.zone_name and day else time.zone
    return replace(time, value=value[:10] + time.value[10:], zone=zone)


def kind_of(mention: Seen) -> str:
    """ "clock" or "day" for the mentions that can be joined."""
    kind = precision(mention.value)
    return "clock" if kind == "time" and ":" in mention.value else "day" if kind == "day" else ""


def is_weekday(mention: Seen, reading: Reading) -> bool:
    """Whether a mention is a bare weekday."""
    return reading.words[mention.start : mention.end].lower() in load("calendar")["weekdays"]


def other_zone(first: str, second: str) -> str:
    """The time of day in brackets is the same moment in another zone: past midnight, it is the next day there, or the one before."""
    day, hours = as_day(first[:10]), int(second[11:13]) - int(first[11:13])
    if day is None:
        return second
    return (day + timedelta(1 if hours <= -12 else -1 if hours >= 12 else 0)).isoformat() + second[10:]
