"""Numerals that are no figures: ages, labels, list numbers, parts of names, scores, and durations that only say when."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from generator.data import load
from generator.extract.numbers import Numeral
from generator.extract.text import Analysed
from generator.extract.units import measure_after, modifier_before

if TYPE_CHECKING:
    from spacy.tokens import Token

NAMES = frozenset({"PRODUCT", "ORG", "FAC", "WORK_OF_ART", "LAW", "PERSON", "GPE", "LOC"})
LABELLED = frozenset({"nummod", "appos", "npadvmod", "pobj", "dep", "prep", "punct", "attr", "dobj"})
AGE_BEFORE = re.compile(
    r"\b(?:aged?|ages|age\s+of|at\s+age)\s+(?:(?:between|about|under|over|around)\s+)?"
    r"(?:\d{1,2}(?:,\s+|\s+and\s+|\s+to\s+|\s+or\s+|\s?[-–]\s?)){0,4}$",
    re.I,
)
AGE_AFTER = re.compile(r"\s*[-–]?\s*(?:year|month|week|day)s?[\s-]+(?:olds?\b|of\s+age)", re.I)
AGE_APPOSED = re.compile(r"[A-Z][\w'’.-]{1,60},\s+$")  # "Ann Lee, 42,"
LIST_NUMBER = re.compile(r"\d{1,2}[.)]\s")
IDENTIFIER = re.compile(r"\d[\d()]*[-.\s/]\d+[-./]\d+|\d{3}-\d{4}\b")  # telephone numbers, versions
NUMBERED = re.compile(r"\b(?:No|Nos|Number|number|numbers|top)\.?\s+$")  # "No. 2", "the top 10"
ORDINAL_BEFORE = re.compile(
    r"\b(?:first|second|other|latter|former|better|1st|2nd|final|last|opening|next|early|late|this|each)[\s-]+$", re.I
)
SHARE_BEFORE = re.compile(r"\b(?:by|than|nearly|almost|about|barely|roughly|over|only|some|around|under|at|in|to)\s+(?:an?\s+)?$", re.I)
SHARE_AFTER = re.compile(r"\s+(?:of|the|that|as|its|their|his|her|my|our)\b", re.I)
FUNCTION_WORD = re.compile(
    r"\s+(?:to|from|in|on|at|over|since|this|and|or|but|for|after|before|when|while|between|with)\b|\W?\s*(?![a-z])", re.I
)
SEVERAL = re.compile(r"\s+[a-z]+(?:\s+[a-z]+)?(?:,\s+|\s+and\s+|,\s+and\s+)(?:\d|two|three|four|five|six|seven|eight|nine|ten)\b", re.I)
ONLY = re.compile(r"\b(?:only|just|exactly|least|than)\s+$", re.I)
DEFINITE = re.compile(r"\b(?:the|these|those|both|other)\s+$", re.I)
POSSESSED = re.compile(r"\b(?:the|these|those|his|her|their|its)\s+$", re.I)
LASTED = re.compile(r"\b(?:for|of)\s+$", re.I)
WHEN_BEFORE = re.compile(r"\b(?:last|past|next|previous|coming|following|preceding|first|final|every|each)\s+$", re.I)
WHEN_AFTER = re.compile(
    r"\s+(?:ago|back|later|earlier|before|after|afterwards?|previously|hence|prior|from\s+now|in\s+advance|into?\s+(?:the|a|his|her|its|their))\b",
    re.I,
)


ADDRESS = re.compile(
    r"\s+(?:[A-Z][\w.'’-]{0,20}\s+){1,3}(?:St|Street|Ave|Avenue|Road|Rd|Lane|Drive|Blvd|Boulevard|Square|Place|Terrace|Row|Parkway|Plaza|Crescent|Gardens|Quay)\b"
)
PER = re.compile(r"\bper\s+$", re.I)  # "42 deaths per 100,000 people": the rate is counted over it


@cache
def label_words() -> frozenset[str]:
    """Nouns before a number that make it a label."""
    return frozenset(load("units")["labels"])


def counts_nothing(text: Analysed, numeral: Numeral) -> bool:
    """Whether the characters around a numeral show that it counts nothing: an age, a list number, a version, a time, an identifier."""
    words, start, end = text.article.text, numeral.start, numeral.end
    before, after = words[max(0, start - 40) : start], words[end : end + 24]
    if not numeral.currency and not numeral.spelled and ADDRESS.match(words, end):
        return True
    if AGE_AFTER.match(after) or AGE_BEFORE.search(before) or NUMBERED.search(before) or PER.search(before):
        return True
    if AGE_APPOSED.search(before) and re.match(r"\s?[,)]", after) and not numeral.scaled and 0 < (numeral.value or 0) < 120:
        return True
    if numeral.fraction:
        return not fraction_counts(words, numeral)
    if numeral.spelled:
        if numeral.value == 1 and not numeral.scaled:
            return not one_counts(words, numeral)
        return before[-1:] == "-" and before[-2:-1].isalpha()  # "twenty-something-two"; "mid-thirties"
    return numeral.currency is None and is_identifier(text, numeral, before, after)


def is_identifier(text: Analysed, numeral: Numeral, before: str, after: str) -> bool:
    """Whether a numeral in digits is a time, an ordinal, a note's mark, a list number or part of a code: "16:9", "3rd", "[2]", "B-52", "320i"."""
    words, start = text.article.text, numeral.start
    return (
        (after[:1] == ":" and after[1:2].isdigit())
        or bool(re.match(r"(?:st|nd|rd|th)\b|[./]\d", after))
        or (before[-1:] == "-" and before[-2:-1].isalnum())
        or (words[start] == "0" and words[start + 1 : start + 2].isdigit())
        or (before[-1:] == "[" and after[:1] == "]")
        or (bool(LIST_NUMBER.match(words, start)) and text.paragraph_at(start).start == start)
        or ("/" not in words[start : numeral.end] and bool(IDENTIFIER.match(words, start)))
        or (after[:1].isalpha() and measure_after(words, numeral.end) is None)
    )


def fraction_counts(words: str, numeral: Numeral) -> bool:
    """Whether a fraction in words is a share: "a third of", "by half"; not "the first half", "a third goal"."""
    before, after = words[max(0, numeral.start - 16) : numeral.start], words[numeral.end : numeral.end + 12]
    if ORDINAL_BEFORE.search(before) or (after[:1] == "-" and numeral.spelled):  # "half-time"
        return False
    said = words[numeral.start : numeral.end].lower()
    if not numeral.spelled or re.search(r"\b(?:in|of)\b", said) or re.match(r"(?:one|two|three|four|five|seven|nine)\b", said):
        return True
    return bool(SHARE_AFTER.match(after)) or bool(SHARE_BEFORE.search(before) and FUNCTION_WORD.match(after))


def one_counts(words: str, numeral: Numeral) -> bool:
    """Whether "one" counts: with a unit, after words of nearness, or in a row of counts. Else it mostly means "a" or "someone"."""
    if measure_after(words, numeral.end):
        vague = re.match(r"\s+(?:day|night|time|point|minute)\b", words[numeral.end : numeral.end + 9])
        return not vague or bool(ONLY.search(words, max(0, numeral.start - 10), numeral.start))
    return modifier_before(words, numeral.start) is not None or bool(SEVERAL.match(words, numeral.end))


def names_something(words: str, numeral: Numeral, token: Token) -> bool:
    """Whether the numeral is part of a name or a label: "Boeing 747", "Article 5", "posts 542 and 543"."""
    if numeral.currency or numeral.scaled or numeral.fraction or token.i == 0 or measure_after(words, numeral.end):
        return False
    if token.ent_type_ in NAMES and token.ent_iob_ == "I":
        return True
    previous = token.nbor(-1)
    if not numeral.spelled and previous.whitespace_:
        if previous.pos_ in ("PROPN", "NOUN") and previous.text.isupper() and len(previous) > 1:
            return True  # "FTSE 100 futures"
        if previous.pos_ == "PROPN" and previous.dep_ in ("compound", "nmod") and previous.head.i >= token.i:
            return True  # "Boeing 747 jets", "Fortune 500 companies"
    if token.dep_ == "nummod" and token.head.i > token.i:
        return False
    if previous.lower_ in label_words() and token.dep_ in LABELLED:
        return bool(token.head.i <= token.i)
    if (
        previous.pos_ == "PROPN"
        and not previous.is_sent_start
        and token.dep_ in ("nummod", "appos", "dep", "npadvmod")
        and not numeral.spelled
    ):
        return True
    return token.dep_ == "nummod" and previous.pos_ in ("NOUN", "PROPN") and numeral.value is not None


def is_age(numeral: Numeral, token: Token) -> bool:
    """Whether a bare number after "at" says how old somebody was: "joined the orchestra at 19"; prices and indices close and open at theirs."""
    whole = isinstance(numeral.value, int) and 5 <= numeral.value < 100 and not numeral.scaled
    if not whole or token.dep_ != "pobj" or token.head.lower_ != "at" or token.head.head.pos_ != "VERB":
        return False
    verb = token.head.head
    person = any(c.dep_ == "nsubj" and (c.pos_ == "PROPN" or c.lower_ in ("he", "she", "who", "i")) for c in verb.children)
    return person and verb.lower_ in load("units")["at_ages"]


def definite(words: str, numeral: Numeral) -> bool:
    """Whether a bare number has an article before it: "the 747", "the two"."""
    plain = not numeral.scaled and not numeral.fraction
    return plain and bool(DEFINITE.search(words, max(0, numeral.start - 7), numeral.start))


def restated(words: str, numeral: Numeral, head: Token) -> bool:
    """Whether the count only points back: "the two sides", "his three sons"."""
    if not numeral.spelled or numeral.scaled or numeral.value is None or numeral.value > 3:
        return False
    bare = words[numeral.end : head.idx].isspace() and not any(c.dep_ in ("prep", "relcl", "acl") for c in head.rights)
    return bare and bool(POSSESSED.search(words, max(0, numeral.start - 7), numeral.start))


def says_when(words: str, start: int, end: int) -> bool:
    """Whether a duration only says when: "six minutes later", "the past 30 days". Those are dates; a figure says how long something takes."""
    if LASTED.search(words, max(0, start - 8), start):
        return False  # "jailed for two years after"
    return bool(WHEN_BEFORE.search(words, max(0, start - 12), start) or WHEN_AFTER.match(words, end))
