"""Finds the date expressions of an article and the place on the calendar that each means.

The patterns are our own, for a date parser takes "we" for Wednesday and "January 10" of an article of December for the January past. Every
expression begins with one of a few words (a month, a weekday, "last", a number …); the word says which patterns to try there, and the longest
one that can be resolved is kept. Rules of resolution: a weekday is the day of publication or the last one before it, unless its clause looks
ahead; a day and month without a year take the year that brings them nearest; and nothing is made more precise than it was said.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from generator.data import load
from generator.extract.calendar import as_day, day_of, precision, zone_offset
from generator.extract.date_rules import Rule, rules
from generator.extract.date_words import Reading, Seen
from generator.extract.found import Found
from generator.extract.text import Analysed
from generator.model import DateMention, Span

WORD = re.compile(r"[^\W\d_]+|\d+")
CLOCK_THEN_DAY = re.compile(r"\s*(?:local\s+time\s*)?(?:,\s*|\s+on\s+|\s+)(?:the\s+)?")
DAY_THEN_CLOCK = re.compile(r"\s*,?\s+(?:(?:at|by|from|around|about|starting|beginning|until)\s+){0,2}|\s*,\s*")
PART_OF = re.compile(r"\b(?:the\s+)?(?P<part>morning|afternoon|evening|night)\s+of\s+(?:the\s+)?$", re.I)
RANGE = re.compile(r"\s*(?:-|–|—|to|through|until|and)\s*")


def find_dates(text: Analysed, found: Found) -> tuple[DateMention, ...]:
    """The dates of an article, in the order of its text."""
    reading = Reading(text, text.published)
    words, table, end = text.article.text, rules(), 0
    for m in WORD.finditer(words):
        word = m.group()
        tried = table.get("#" if word.isdecimal() else word.lower())
        if tried and m.start() >= end:
            for mention in longest(tried, m.start(), reading):
                settle(mention, reading)
                end = max(end, mention.end)
    return tuple(
        DateMention(text=words[s.start : s.end], value=s.value, span=Span(s.start, s.end), type=s.type, zone=s.zone, modifier=s.modifier)
        for s in reading.seen
    )


def longest(tried: tuple[Rule, ...], at: int, reading: Reading) -> list[Seen]:
    """The mentions of the rule that takes in most of the text from `at` on; none where no rule can make sense of it."""
    if at and (reading.words[at - 1].isalnum() or reading.words[at - 1] in "$€£_#"):
        return []
    if at > 1 and reading.words[at - 1] in ".," and reading.words[at - 2].isdecimal() and reading.words[at].isdecimal():
        return []  # the rest of "3.2 seconds"
    matches = [(m.end(), n, m, rule) for n, rule in enumerate(tried) if (m := rule.pattern.match(reading.words, at))]
    for _, _, m, rule in sorted(matches, key=lambda x: (-x[0], x[1])):
        mentions = rule.resolve(m, reading)
        if mentions:
            return mentions
    return []


def settle(new: Seen, reading: Reading) -> None:
    """Adds a mention to those seen, joined to the last one where the two are one expression ("10 a.m. Thursday"), and put in order with it."""
    evening = kind_of(new) == "day" and PART_OF.search(reading.words, max(0, new.start - 18), new.start)
    if evening:
        part = load("calendar")["day_parts"][evening["part"].lower()]
        new = replace(new, start=evening.start(), value=f"{new.value}T{part}", type="TIME")
    last = reading.seen[-1] if reading.seen else None
    gap = reading.words[last.end : new.start] if last and new.start - last.end < 24 else None
    if last is None or gap is None:
        reading.seen.append(new)
        return
    kinds = (kind_of(last), kind_of(new))
    if kinds == ("clock", "day") and CLOCK_THEN_DAY.fullmatch(gap):
        reading.seen[-1] = on_day(replace(last, end=new.end), new.value)
        before = reading.seen[-2] if len(reading.seen) > 1 else None
        if before and kind_of(before) == "clock" and RANGE.fullmatch(reading.words[before.end : last.start]):
            reading.seen[-2] = on_day(before, new.value)  # "9 a.m. to 5 p.m. Thursday"
    elif kinds == ("clock", "day") and CLOCK_THEN_DAY.fullmatch(gap.lstrip(")")):  # "10:30 a.m. (1530 GMT) on Wednesday"
        for n in (-1, -2):
            if len(reading.seen) >= -n and kind_of(reading.seen[n]) == "clock" and new.start - reading.seen[n].end < 24:
                reading.seen[n] = on_day(reading.seen[n], new.value)
        reading.seen.append(new)
    elif kinds == ("day", "clock") and DAY_THEN_CLOCK.fullmatch(gap):
        reading.seen[-1] = on_day(replace(new, start=last.start), last.value)
    elif kinds == ("clock", "clock") and gap == " (":
        reading.seen.append(replace(new, value=other_zone(last.value, new.value)))
    elif (
        kinds == ("day", "day")
        and RANGE.fullmatch(gap)
        and (day := day_of(new.value))
        and new.value < last.value
        and new_is_weekday(new, reading)
    ):
        reading.seen.append(
            replace(new, value=(day + timedelta(7)).isoformat())
        )  # "from Monday to Wednesday": the second comes after the first
    else:
        reading.seen.append(new)


def on_day(time: Seen, value: str) -> Seen:
    """A time of day moved to the day of another mention, with the offset that its zone has then."""
    day = day_of(value)
    zone = zone_offset(time.zone_name, day) if time.zone_name and day else time.zone
    return replace(time, value=value[:10] + time.value[10:], zone=zone)


def kind_of(mention: Seen) -> str:
    """ "clock" or "day" for the mentions that can be joined."""
    kind = precision(mention.value)
    return "clock" if kind == "time" and ":" in mention.value else "day" if kind == "day" else ""


def new_is_weekday(mention: Seen, reading: Reading) -> bool:
    """Whether a mention is a bare weekday."""
    return reading.words[mention.start : mention.end].lower() in load("calendar")["weekdays"]


def other_zone(first: str, second: str) -> str:
    """The time of day in brackets is the same moment in another zone: past midnight, it is the next day there, or the one before."""
    day, hours = as_day(first[:10]), int(second[11:13]) - int(first[11:13])
    if day is None:
        return second
    return (day + timedelta(1 if hours <= -12 else -1 if hours >= 12 else 0)).isoformat() + second[10:]
