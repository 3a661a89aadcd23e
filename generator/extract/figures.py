"""Finds the figures of an article: numbers that count or measure something.

Numerals are read by our own patterns; dates, names, labels, ages, scores and ordinals among them are left out. A unit stands after the numeral
("percent", "miles"), or is the noun that the parse says it counts; the subject is that noun with all that narrows it. A duration that only
says when ("six minutes later") is left to the dates.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from generator.data import load
from generator.extract.figure_filters import counts_nothing, definite, is_age, names_something, restated, says_when
from generator.extract.found import Found
from generator.extract.nlp import lemma
from generator.extract.numbers import Numeral, letter_sign, numeral_at, starts, with_range
from generator.extract.subjects import described_by, noun_before, noun_counted, phrase, subject_of, unit_name
from generator.extract.tallies import tally_at
from generator.extract.text import Analysed
from generator.extract.units import Measure, currency_names, measure_after, modifier_after, modifier_before, rate_after
from generator.model import Claim, DateMention, Figure, FigureKind, Modifier, Span
from generator.words import fact_id, squeeze

if TYPE_CHECKING:
    from spacy.tokens import Token

HEADING = "stands in a heading"  # kept where the body does not repeat it
LONGEST_SENTENCE = 4000  # characters; what is longer is a table or a list, and its numbers cannot be told apart
WORD = re.compile(r"[^\W\d_]+|\d+")
MORE_LABELS = re.compile(r"\s*(?:,|and|or|to|-|–|&)\s*")
CONVERTED = re.compile(r"\s?\(")
TIED_NOUN = re.compile(r"\s?[-–]\s?(?P<noun>[a-z]+)")
COMPARED = re.compile(
    r"\b(?:from|to|with|than|against|another|additional|further|only|just|versus|and|including|designed\s+for|no\s+more\s+than|or|saved|killed)\s+"
    r"(?:(?:about|around|some|nearly|almost|over|only|just)\s+)?$",
    re.I,
)
FEWER = re.compile(r"\s+(?:more|fewer|less|of\s+(?:them|whom|which|these|those))\b")
FROM = re.compile(r"\bfrom\s+$", re.I)
TO = re.compile(r"\s+to\s+")
COMPARISON = re.compile(r"\b(?:ago|earlier|before|later)$", re.I)
MAGNITUDE = re.compile(r"\bmagnitude(?:\s+of)?\s+$", re.I)
PERIOD = re.compile(
    r"(?<!just )(?<!well )(?<!for )(?<!slightly )(?<!little )\bover\s+$", re.I
)  # "invest over five years": not more than five
ACCORDING = re.compile(r"\baccording\s+to\s+(?P<who>[^,.;:!?\"“”()]{2,120})", re.I)
# Of a TIMEX3 value what ISO 8601 can say: "2022-W03" of a weekend, the year of a season or quarter.
ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d)?)?|-W\d\d)?(?![\dX]|-[A-Z])")  # a quarter or a season has no name in ISO 8601
NOT_OF = re.compile(r"\b(?:since|until|till|by|before|after|from|than|founded|born)\s+(?:in\s+|on\s+)?(?:the\s+)?$", re.I)
OBJECTS = frozenset({"pobj", "dobj", "attr", "nsubj", "nsubjpass", "npadvmod", "conj", "advmod", "prep", "pcomp", "quantmod"})


def find_figures(text: Analysed, found: Found) -> tuple[Figure, ...]:
    """The figures of an article, in the order of its text."""
    return tuple(Reader(text, found).read())


@cache
def casualty_words() -> frozenset[str]:
    """Verbs and nouns of casualties: a bare number beside them counts people."""
    return frozenset(load("units")["casualties"])


LEVEL = re.compile(r"\bnear\s+$", re.I)  # "traded near $67,000"; of things it says where: "near 12 villages"


class Reader:
    """Reads an article from first numeral to last; keeps what a figure may take over from the one before it."""

    def __init__(self, text: Analysed, found: Found) -> None:
        self.text, self.found, self.words = text, found, text.article.text
        self.figures: list[Figure] = []
        self.taken: set[str] = set()
        self.label_end = 0
        self.dates = [d for d in found.dates if d.type in ("DATE", "TIME") or (d.type == "SET" and not d.text[:1].isdigit())]
        self.date_starts = [d.span.start for d in self.dates]

    def read(self) -> list[Figure]:
        """All figures."""
        begins, end, words = starts(), 0, self.words
        for m in WORD.finditer(words):
            word = m.group()
            if m.start() < end or not (word.isdecimal() or word.lower() in begins):
                continue
            date = self.date_over(m.start())
            end = date.span.end if date else max(end, self.read_at(m.start()))
        told = {(f.value, f.low) for f in self.figures if f.reason != HEADING}
        return [f for f in self.figures if f.reason != HEADING or (f.value, f.low) not in told]

    def date_over(self, at: int) -> DateMention | None:
        """The date expression that holds a character."""
        i = bisect_right(self.date_starts, at) - 1
        return self.dates[i] if i >= 0 and at < self.dates[i].span.end else None

    def read_at(self, at: int) -> int:
        """Reads the numeral at `at`, adds the figure it makes, if any, and returns where reading goes on."""
        words = self.words
        before = words[at - 1] if at else " "
        if (
            (before.isalnum() and not letter_sign(words, at))
            or before in "#_@/\\"
            or (before in ".,:" and at > 1 and words[at - 2].isdigit())
        ):
            return at + 1
        sentence = self.text.sentence_at(at)
        if sentence.end_char - sentence.start_char > LONGEST_SENTENCE:
            return at + 1
        tally = tally_at(self.text, at)
        if tally and not self.date_over(tally.end - 1):
            for side in tally.sides:
                self.make(side, "=", "votes", "count", tally.voters)
            return tally.end
        numeral = numeral_at(words, at)
        if numeral is None:
            return at + 1
        wide = with_range(words, numeral, WORD)
        numeral = numeral if self.date_over(wide.end - 1) else wide
        if counts_nothing(self.text, numeral):
            return numeral.end
        if MAGNITUDE.search(words, max(0, at - 16), at):
            self.make(numeral, "=", "magnitude", "quantity", None)
            return numeral.end
        token = self.token(numeral.start, numeral.end)
        if token is None:
            return numeral.end
        more = self.label_end and MORE_LABELS.fullmatch(words[self.label_end : numeral.start])  # "posts 542 and 543"
        if more or names_something(words, numeral, token):
            self.label_end = numeral.end
            return numeral.end
        return self.add(numeral, token)

    def token(self, start: int, end: int) -> Token | None:
        """The word of a stretch that hangs on the rest of the sentence."""
        span = self.text.doc.char_span(start, end, alignment_mode="expand")
        return span.root if span is not None and len(span) else None

    # --- measures ---

    def add(self, numeral: Numeral, token: Token) -> int:
        """Makes the figure of a numeral; returns where reading goes on."""
        words = self.words
        modifier, end, near = self.nearness(numeral, token)
        measure = measure_after(words, end)
        if measure and measure.kind == "duration":
            year = not numeral.spelled and 1500 < (numeral.value or 0) < 2100  # "the World Cup 2018 day five"
            if year or says_when(words, numeral.start, measure.end):
                return measure.end
            if PERIOD.search(words, max(0, numeral.start - 16), numeral.start):
                modifier = "="
        if numeral.currency:
            money = measure if measure and measure.kind == "money" else None
            measure = Measure(numeral.currency, "money", money.end if money else numeral.end)
        if measure is None:
            later_end = self.second_of_change(numeral)
            shared = measure_after(words, later_end) if later_end else None
            if shared:  # "from 2 to 3 percent"
                self.make(numeral, modifier, shared.unit, shared.kind, subject_of(token, numeral.start, end))
                return numeral.end
            return self.add_count(numeral, token, modifier, later_end or end)
        if not near and (later := modifier_after(words, measure.end)):
            modifier = later[0]
        elif not near and measure.kind in ("money", "percent") and LEVEL.search(words, max(0, numeral.start - 6), numeral.start):
            modifier = "~"
        subject = subject_of(self.token(numeral.start, measure.end) or token, numeral.start, measure.end)
        rate = rate_after(words, measure.end) if measure.kind == "money" and not self.date_over(measure.end + 1) else None
        subject = squeeze(f"{subject}, {rate}" if subject else rate) if rate else subject
        self.make(replace(numeral, end=measure.end), modifier, measure.unit, measure.kind, subject)
        return measure.end

    def second_of_change(self, numeral: Numeral) -> int | None:
        """Where the second number of "from 2 to 3 percent" ends: the first shares its unit."""
        gap = TO.match(self.words, numeral.end)
        if gap is None or not FROM.search(self.words, max(0, numeral.start - 6), numeral.start):
            return None
        second = numeral_at(self.words, gap.end()) if gap.end() < len(self.words) and self.words[gap.end()].isdigit() else None
        return second.end if second else None

    def nearness(self, numeral: Numeral, token: Token) -> tuple[Modifier, int, bool]:
        """How near the figure is, where the numeral with words such as "or more" ends, and whether words say so."""
        words = self.words
        if before := modifier_before(words, numeral.start):
            return before[0], numeral.end, True
        if after := modifier_after(words, numeral.end):
            return after[0], after[1], True
        last = self.figures[-1].span if self.figures else None
        if last and CONVERTED.fullmatch(words[last.end : numeral.start]):
            return self.figures[-1].modifier, numeral.end, True  # "about 500 miles (800 km)"
        return "~" if numeral.vague or estimated(token) else "=", numeral.end, False

    # --- counts ---

    def add_count(self, numeral: Numeral, token: Token, modifier: Modifier, end: int) -> int:
        """A number of things: the unit is the noun it counts."""
        kind: FigureKind = "ratio" if numeral.fraction else "count"
        tied = TIED_NOUN.match(self.words, numeral.end) if end == numeral.end else None
        if tied:
            return self.add_tied(numeral, tied, modifier)
        head = noun_counted(self.text.doc, token, end, self.date_over)
        if head is not None:
            if restated(self.words, numeral, head):
                return numeral.end
            later = modifier_after(self.words, head.idx + len(head.text))
            unit = None if numeral.fraction else unit_name(head, end)
            if unit and unit.lower() in currency_names():  # "tens of billions of dollars"
                unit, kind = currency_names()[unit.lower()], "money"
            self.make(numeral, later[0] if later and modifier == "=" else modifier, unit, kind, phrase(head, end))
        elif not definite(self.words, numeral) or self.of_people(token):  # "the 45 dead"
            self.add_bare(numeral, token, modifier, kind)
        return numeral.end

    def add_tied(self, numeral: Numeral, tied: re.Match[str], modifier: Modifier) -> int:
        """A number tied to a noun: "the 131-page document", "the six-member team"; the unit is the noun, the subject what it describes."""
        head = self.token(*tied.span("noun"))
        noun = head is not None and (head.pos_ in ("NOUN", "PROPN", "ADJ", "X") or head.tag_ == "VBD")
        if head is None or not noun or tied["noun"] in load("units")["joint"]:
            return numeral.end
        described = described_by(head) or noun_counted(self.text.doc, head, tied.end(), self.date_over)
        self.make(numeral, modifier, tied["noun"], "count", phrase(described, tied.end()) if described is not None else None)
        return tied.end()

    def add_bare(self, numeral: Numeral, token: Token, modifier: Modifier, kind: FigureKind) -> None:
        """A number without a noun: of people beside a verb of casualties, of what the last figure counted, or the level of an index."""
        subject = subject_of(token, numeral.start, numeral.end)
        if numeral.fraction:
            self.make(numeral, modifier, None, kind, subject)
        elif self.of_people(token) or (subject or "").rpartition(" ")[2].lower() in ("crowd", "audience", "attendance", "congregation"):
            self.make(numeral, modifier, "people", kind, subject or phrase(token.head))
        elif self.stands_alone(numeral, token):
            last, noun = self.compared_with(numeral), noun_before(token)
            unit = last.unit if last else unit_name(noun, 0) if noun is not None else None
            self.make(numeral, modifier, unit, kind, (last.subject if last else None) or subject)

    def compared_with(self, numeral: Numeral) -> Figure | None:
        """The count just given in the sentence that a bare number stands beside, whose unit it shares: "up from 536", "two fewer"."""
        last = self.figures[-1] if self.figures else None
        if last is None or last.span is None or last.kind != "count" or last.span.start < self.text.sentence_at(numeral.start).start_char:
            return None
        beside = COMPARED.search(self.words, max(0, numeral.start - 32), numeral.start) or FEWER.match(self.words, numeral.end)
        return last if beside else None

    def of_people(self, token: Token) -> bool:
        """Whether a bare number counts people: what a verb of casualties was done to."""
        listed = casualty_words()
        near = (token.head, token.head.head, *token.children)
        return any(t != token and (t.lower_ in listed or lemma(t) in listed) for t in near)

    def stands_alone(self, numeral: Numeral, token: Token) -> bool:
        """Whether a number without a noun still tells something: the level of an index, a number compared with one just given."""
        if FEWER.match(self.words, numeral.end) and self.figures:
            return True
        if token.dep_ not in OBJECTS:
            return numeral.scaled
        if is_age(numeral, token):
            return False
        if self.words[max(0, numeral.start - 2) : numeral.start] == ": ":
            return False  # a score
        if token.dep_ == "attr" and any(c.dep_ == "nsubj" and c.pos_ == "PRON" for c in token.head.children):
            return False  # "she was eighteen"
        small = numeral.spelled and numeral.value is not None and numeral.value < 10
        return not small or bool(self.figures and (token.dep_ in ("nsubj", "dobj") or FEWER.match(self.words, numeral.end)))

    # --- what a figure stands in ---

    def make(self, numeral: Numeral, modifier: Modifier, unit: str | None, kind: FigureKind, subject: str | None) -> None:
        """Adds a figure."""
        evidence = self.text.evidence(numeral.start, numeral.end)
        name = fact_id(evidence.quote, self.taken)
        self.taken.add(name)
        claim = self.claim_over(numeral.start, numeral.end)
        told = None if claim else ACCORDING.search(evidence.quote)
        heading = self.text.paragraph_at(numeral.start).kind == "heading"
        reason = "a vague number" if numeral.vague else HEADING if heading else None
        self.figures.append(
            Figure(
                id=name,
                value=numeral.value,
                low=numeral.low,
                high=numeral.high,
                modifier=modifier,
                unit=unit or None,
                kind=kind,
                subject=subject or None,
                according_to=claim.speaker_text if claim else squeeze(told["who"]) if told else None,
                source=claim.speaker if claim else None,
                as_of=self.as_of(numeral),
                evidence=evidence,
                span=Span(numeral.start, numeral.end),
                doubtful=reason is not None,
                reason=reason,
            )
        )

    def claim_over(self, start: int, end: int) -> Claim | None:
        """The claim whose content a figure stands in."""
        return next((c for c in self.found.claims if any(s.start <= start and end <= s.end for s in c.content_spans)), None)

    def as_of(self, numeral: Numeral) -> str | None:
        """The date that the figure's own clause gives, "2,300 cases in March"; not one it only compares with, "the lowest since 2008"."""
        token, sentence = self.token(numeral.start, numeral.end), self.text.sentence_at(numeral.start)
        i = bisect_right(self.date_starts, numeral.start)
        near = [d for d in self.dates[max(0, i - 1) : i + 1] if sentence.start_char <= d.span.start < sentence.end_char]
        near.sort(key=lambda d: min(abs(d.span.start - numeral.end), abs(numeral.start - d.span.end)))
        for date in near:
            head = self.token(date.span.start, date.span.end)
            if (
                head is None
                or token is None
                or not date.value[:1].isdigit()
                or NOT_OF.search(self.words, max(0, date.span.start - 12), date.span.start)
            ):
                continue
            if COMPARISON.search(date.text) and not 0 <= date.span.start - numeral.end <= 12:
                continue  # "61 percent, down from 65 percent four years earlier"
            if verb_over(head) == verb_over(token) and (iso := ISO.match(date.value)):
                return iso.group()
        return None


def verb_over(token: Token) -> Token:
    """The verb that governs a word; the topmost word where none does."""
    node = token
    for _ in range(8):
        if node.head == node or (node.pos_ in ("VERB", "AUX") and node.dep_ not in ("aux", "auxpass")):
            break
        node = node.head
    return node


def estimated(token: Token) -> bool:
    """Whether an estimate is what gives the number: "estimates suggest 8,000", "an estimated cost of $26 million"."""
    node = token
    for _ in range(5):
        if lemma(node) == "estimate" or any(c.lower_ in ("estimated", "estimates", "estimate") for c in node.children):
            return True
        if node.pos_ == "VERB" or node.head == node:
            break
        node = node.head
    return False
