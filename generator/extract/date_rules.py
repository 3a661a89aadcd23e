"""The patterns of date expressions, and the words that each may begin with. `dates.py` runs them over an article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from generator.data import load
from generator.extract.date_days import clock, famous, feast, iso, month_day, nth_day, nth_of_month, numeric, weekday, weekday_set, written
from generator.extract.date_periods import century, decade, month_alone, quarter, season, year_alone, year_end, years
from generator.extract.date_relative import DAY_STEPS, REFS, ago, duration, every, ref, this_part, this_period, today, two_away
from generator.extract.date_words import (
    CLOCK,
    DAY,
    DECADES,
    MONTH,
    NUMBER,
    NUMBERS,
    ORDINALS,
    PART,
    SHORT_WEEKDAY,
    UNIT,
    WEEKDAY,
    YEAR,
    YEAR_TAIL,
    ZONE,
    Resolve,
    either,
    names,
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, what makes a value of its match, and the words it may begin with ("#" for a numeral)."""

    pattern: re.Pattern[str]
    resolve: Resolve


AFTER_LIST = (
    r"(?=\s*[.,;:)\]\"”]|\s+(?:in|at|on|for|with|to|as|but|by|when|where|after|before|of|and|during)\b|\s*$)"  # not "January 10 and 12 men"
)
DAYS_LIST = rf"(?P<days>{DAY}(?:\s*(?:-|–|—|/|to|through|until|or)\s*{DAY}(?!\s*(?:percent|per|%))|(?:,\s*{DAY}){{0,6}},?\s+and\s+{DAY}{AFTER_LIST})?)"
DAYS_FIRST = rf"(?P<days>(?:{DAY},\s+){{0,6}}{DAY}(?:\s*(?:-|–|—|/|to|through|until|or|and)\s*{DAY})?)"
ON_WEEKDAY = rf"(?:(?:{WEEKDAY}|{SHORT_WEEKDAY}),?\s+(?:the\s+)?)?"
DAYPART = r"(?P<daypart>morning|afternoon|evening|night)\b"
WHICH = r"(?P<which>(?i:(?:(?:late|early|earlier|later)\s+)?(?:this\s+(?:past|coming)|last|next|this|past|coming|following|previous))\s+)?"
ANCHOR = (
    r"(?P<which>(?:(?:late|early|earlier|later)\s+)?"
    r"(?:this\s+(?:past|coming)|last|next|this|past|coming|upcoming|current|following|previous|preceding|same|that|very\s+next))"
)
THIS_UNIT = r"(?P<unit>day|night|week|weekend|month|quarter|year(?:(?<=this year)s)?|decade|century)\b"  # "this years", for "this year's"
WEEKDAYS = rf"(?=[MTWFS])(?i:{names('weekdays', 6)})s"
FEAST = rf"(?P<feast>(?i:{names('holidays')}))(?![\w’'])"
SENTENCE_GOES_ON = r"(?=\s*[.,;:)]|\s+(?:in|at|to|and|but|he|she|it|they|we)\b|\s*$)"
OF_YEAR = rf"(?:,?\s+(?:of\s+)?(?:fiscal\s+)?(?P<year>{YEAR})|\s+of\s+(?P<of>(?:the|this|last|next)\s+year))?"
NTH_QUARTER = rf"(?:Q(?P<q>[1-4])|(?P<nth>(?i:{either(list(ORDINALS))}))[\s-]+(?P<what>quarter|half))\b"
NTH = ["first", "second", "third", "fourth", "last"]
SPAN_OF = r"(?:last|past|next|first|coming|previous)\s+"


@cache
def rules() -> dict[str, tuple[Rule, ...]]:
    """For each first word, the rules to try."""
    months, weekdays = list(load("calendar")["months"]), list(load("calendar")["weekdays"])
    which = ["last", "next", "this", "past", "coming", "following", "previous"]
    part = ["early", "late", "mid", "beginning", "start", "end", "middle"]
    feasts = sorted({re.split(r"[\s.]", name)[0] for name in load("calendar")["holidays"]})
    counts = [*(n for n in NUMBERS), "several", "few", "couple", "many", "some", "#"]
    every_weekday = ["every", "each", *(f"{w}s" for w in weekdays if len(w) > 5)]
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
        ([*months, *weekdays], month_day, rf"{ON_WEEKDAY}(?P<month>{MONTH})\s+{DAYS_LIST}{YEAR_TAIL}"),
        (["#", *weekdays], month_day, rf"{ON_WEEKDAY}{DAYS_FIRST}\s+(?:of\s+)?(?P<month>{MONTH}){YEAR_TAIL}"),
        (["#"], famous, r"(?:9/11|7/7)\b(?!/)"),
        (["#"], iso, r"(?P<year>(?:19|20)\d\d)(?P<dash>-?)(?P<m>\d\d)(?P=dash)(?P<d>\d\d)\b"),
        (["#"], numeric, r"(?P<a>\d\d?)(?P<sep>[-/.])(?P<b>\d\d?)(?P=sep)(?P<year>(?:19|20)\d\d|\d\d)\b(?![-/.]\d)"),
        (["#"], written, rf"\d{{1,2}}-{MONTH}-(?:\d{{4}}|\d\d)\b|(?:19|20)\d\d/\d\d?/\d\d?\b"),
        (counts, written, rf"{NUMBER}\s+(?:years?|months?)\s+and\s+{NUMBER}\s+(?:months?|weeks?|days?)\s+ago\b"),
        (
            ["the"],
            nth_day,
            r"the\s+(?P<day>3[01]|[12]\d|\d)(?:st|nd|rd|th)\b(?:\s+of\s+(?P<month>the|this|last|next)\s+month\b|(?=\s*[.,;:)]|\s+(?:and|at|in)\b))",
        ),
        ([*feasts, "last", "next", "this"], feast, rf"(?P<which>(?i:last|next|this)\s+)?{FEAST}(?:,?\s+(?P<year>{YEAR}))?"),
        (
            [*weekdays, *which, *part, "earlier", "later"],
            weekday,
            rf"{WHICH}(?i:{PART})(?P<weekday>{WEEKDAY}|(?:Tues|Wed|Thurs?|Fri)\.(?=\s))(?:\s+{DAYPART}|(?P<later>(?<=day)\s+week\b))?",
        ),
        (
            ["the", *NTH],
            nth_of_month,
            rf"(?i:the\s+)?(?P<nth>(?i:{either(NTH)}))\s+(?:(?:day|(?P<weekday>{WEEKDAY}))\s+(?:of|in)|of)\s+(?P<month>{MONTH})(?:,?\s+(?:of\s+)?(?P<year>{YEAR}))?",
        ),
        (every_weekday, weekday_set, rf"(?:(?i:every|each)\s+)?(?P<weekday>{WEEKDAYS})\b|(?i:every|each)\s+(?P<weekday2>{WEEKDAY})"),
        (["#", "noon", "midday", "midnight"], clock, rf"(?i:{CLOCK})(?:{ZONE})"),
        (
            [*months, *which, *part, "earlier", "later"],
            month_alone,
            rf"{WHICH}(?i:{PART})(?P<month>{MONTH})(?:,?\s+(?:of\s+)?(?P<year>{YEAR}))?",
        ),
        (
            ["#", *part, "fiscal", "fy"],
            year_alone,
            rf"(?i:{PART})(?P<fiscal>fiscal\s+(?:year\s+)?|FY\s?)?(?P<year>{YEAR})(?!s\b|['’]s\s|-\d)",
        ),
        (["#"], years, r"(?P<first>(?:1[5-9]|20)\d\d)\s?[-–/]\s?(?P<second>(?:1[5-9]|20)\d\d|\d\d)\b(?![-/–]\d)"),
        (["#", *part], decade, rf"(?i:{PART})(?P<century>(?:1[0-9]|20)\d)0['’]?s\b"),
        (
            ["the"],
            decade,
            rf"the\s+(?i:{PART})(?:(?P<century>(?:1[0-9]|20)\d)0['’]?s\b|['’]?(?P<short>[2-9])0['’]?s\b|(?P<word>{either(list(DECADES))})\b)",
        ),
        (["#", "early", "late", "mid"], century, r"(?:(?P<part>early|late|mid)[\s-]+)?(?P<nth>1\d|2[01])(?:th|st)[\s-]+century\b"),
        (
            [*load("calendar")["seasons"], *which, *part, "in", "this", "the"],
            season,
            rf"(?:(?:in\s+)?(?P<which>the|the\s+(?:following|next)|last|next|this|this\s+past|this\s+coming|past|coming)\s+)?(?i:{PART})"
            rf"(?P<season>spring|summer|autumn|fall|winter)\b(?:(?:\s+of|,)?\s+(?P<year>{YEAR}))?",
        ),
        ([*ORDINALS, "#", "q", "q1", "q2", "q3", "q4"], quarter, rf"(?:(?P<year2>{YEAR})(?:['’]s)?\s+)?{NTH_QUARTER}{OF_YEAR}"),
        (
            [*part, "year"],
            year_end,
            r"(?:(?P<part>beginning|start|end|middle|close)\s+of\s+(?:the|this)\s+(?P<unit>week|month|quarter|year|decade|century)"
            rf"|year(?:['’]s)?[\s-]end|end\s+of\s+(?P<year>{YEAR}))\b",
        ),
        (anchors, this_period, rf"{ANCHOR}\s+{THIS_UNIT}(?!\s+of\b)"),
        (["the"], this_period, rf"the\s+{ANCHOR}\s+{THIS_UNIT}(?!\s+of\b)"),
        (["the"], this_period, rf"the\s+{THIS_UNIT}\s+(?P<which>before|after|earlier){SENTENCE_GOES_ON}"),
        (["the"], two_away, r"the\s+(?P<unit>week|weekend|month|year)\s+(?P<which>before\s+last|after\s+next)\b"),
        (["the"], this_period, r"the\s+(?P<which>latest)\s+(?P<unit>quarter|week|month|year)\b"),
        (["the"], this_period, r"(?P<which>the)\s+(?P<unit>weekend)\b"),
        (["earlier", "later", "early", "late"], this_period, rf"(?P<which>earlier|later|early|late)\s+in\s+the\s+{THIS_UNIT}"),
        ([*DAY_STEPS, "tonight"], today, rf"(?P<word>today|yesterday|tomorrow|tonight)\b(?:\s+{DAYPART})?"),
        (
            ["this", "last", "that", "the", "earlier", "late", "later", "next", "following"],
            this_part,
            r"(?P<which>(?:earlier|later)\s+this|late\s+last|this|last|that|(?:the\s+)?(?:following|next)|the\s+previous)\s+" + DAYPART,
        ),
        (
            counts,
            ago,
            rf"(?P<n>{NUMBER})\]?[\s-]+{UNIT}\s+(?P<way>ago|back|earlier|later|previously|from\s+now|before(?=\s*(?:[.,;:)]|$)))\b",
        ),
        (["year"], ago, r"(?P<unit>year)-(?P<way>earlier|ago)\b"),
        (
            [*counts, "last", "past", "next", "first", "the"],
            duration,
            rf"(?:the\s+)?(?:{SPAN_OF})?(?P<n>{NUMBER})[\s-]+(?:more\s+|full\s+|consecutive\s+)?{UNIT}(?!-old|\s+old)",
        ),
        (["every", "each"], every, rf"(?:every|each)\s+{UNIT}"),
        (list(REFS), ref, rf"(?:{either(list(REFS))})\b"),
    ]
    by_word: dict[str, list[Rule]] = {}
    for starts, resolve, pattern in table:
        keep_case = resolve in (month_day, month_alone, nth_of_month, weekday, weekday_set, feast, quarter, clock)
        rule = Rule(re.compile(pattern, 0 if keep_case else re.I), resolve)
        for word in dict.fromkeys(w.lower() for w in starts):
            by_word.setdefault(word, []).append(rule)
    return {word: tuple(found) for word, found in by_word.items()}
