"""Finds the date expressions of an article and the place on the calendar that each means.

The patterns are our own, for a date parser takes "we" for Wednesday and "January 10" of an article of December for the January past. Every
expression begins with one of a few words (a month, a weekday, "last", a number …); the word says which patterns to try there, and the longest
one that can be resolved is kept. Rules of resolution: a weekday is the day of publication or the last one before it, unless its clause looks
ahead; a day and month without a year take the year that brings them nearest; and nothing is made more precise than it was said.
"""

from __future__ import annotations

import re

from generator.extract.date_joins import settle
from generator.extract.date_rules import Rule, rules
from generator.extract.date_words import Reading, Seen
from generator.extract.found import Found
from generator.extract.text import Analysed
from generator.model import DateMention, Span

WORD = re.compile(r"[^\W\d_]+|\d+")


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
