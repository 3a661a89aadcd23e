"""The two sides of a vote, "9-4" or "6 to 3"; the score of a game looks the same and is no figure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.extract.numbers import Numeral
from generator.extract.subjects import phrase
from generator.extract.text import Analysed
from generator.extract.units import measure_after

if TYPE_CHECKING:
    from spacy.tokens import Span as Words

TIED = re.compile(r"(?P<a>\d{1,3})\s?[-–—]\s?(?P<b>\d{1,3})(?![\d-])(?!\s?[-–—]\s?\d)")
SPACED = re.compile(r"(?P<a>\d{1,3})\s+(?:votes\s+)?to\s+(?P<b>\d{1,3})\b(?!\s*(?:%|percent|per|\d|million|billion))")
NEAR = 300  # characters around two numbers in which a vote is spoken of; no sentence that a person wrote is longer
MEASURED = re.compile(r"[\s-]*(?:years?|minutes?|hours?|days?|percent|%|members?)\b")
SCALE = re.compile(
    r"[\s-]?(?:hundred|thousand|million|billion|trillion|dozen|lakh|crore|mn?|bn?|tn|k)\b", re.I
)  # "$2-3 million" is a range
VOTE = re.compile(r"\b(?:votes?|voted|voting|ballots?|ruled|rulings?|decision|majority|passed|approved|rejected|verdict)\b", re.I)


@dataclass(frozen=True, slots=True)
class Tally:
    """Two numbers against each other: a vote has sides and voters, a score has none."""

    end: int
    sides: tuple[Numeral, ...] = ()
    voters: str | None = None


def tally_at(text: Analysed, at: int) -> Tally | None:
    """The tally or the score that begins at `at`; None where two numbers are a range, or there is only one."""
    words = text.article.text
    tied = TIED.match(words, at)
    m = tied or SPACED.match(words, at)
    if m is None:
        return None
    a, b = int(m["a"]), int(m["b"])
    if (a >= b or tied) and not MEASURED.match(words, m.end()) and (not tied or measure_after(words, m.end()) is None):
        sentence = text.sentence_at(at)
        if VOTE.search(words, max(sentence.start_char, at - NEAR), min(sentence.end_char, at + NEAR)):
            sides = tuple(Numeral(*m.span(name), value=int(m[name])) for name in ("a", "b"))
            return Tally(m.end(), sides, voters(sentence))
    if tied and (a >= b or nothing_counted(text, m.end())):
        return Tally(m.end())
    return None


def nothing_counted(text: Analysed, end: int) -> bool:
    """Whether nothing that could be counted follows: then "1-2" is a score, too."""
    span = text.doc.char_span(end - 1, end, alignment_mode="expand")
    if span is None or measure_after(text.article.text, end) or SCALE.match(text.article.text, end):
        return False
    token = span.root
    if token.i + 1 >= len(token.doc) or text.article.text[end : end + 1] not in (" ", "-"):
        return True
    return token.nbor().pos_ not in ("NOUN", "ADJ", "PROPN", "VERB")


def voters(sentence: Words) -> str | None:
    """Who voted: the subject of the sentence's verb of voting, or of its main verb."""
    verbs = [t for t in sentence[:NEAR] if t.pos_ == "VERB"]
    verbs.sort(key=lambda t: (not VOTE.fullmatch(t.text), t.dep_ != "ROOT"))
    for verb in verbs[:3]:
        for child in reversed(list(verb.lefts)):  # the nearest: a dateline before it may pass for another
            if child.dep_ in ("nsubj", "nsubjpass"):
                return phrase(child)
    return None
