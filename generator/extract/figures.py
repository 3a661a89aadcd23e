"""Finds the figures of an article: numbers that count or measure something.

Numerals are read by our own patterns; dates, names, labels, ages, scores and ordinals among them are left out. A unit stands after the numeral
("percent", "miles"), or is the noun that the parse says it counts; the subject is that noun with all that narrows it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from generator.data import load
from generator.extract.found import Found
from generator.extract.nlp import lemma
from generator.extract.numbers import Numeral, numeral_at, starts, with_range
from generator.extract.subjects import noun_before, noun_counted, phrase, subject_of, unit_name
from generator.extract.text import Analysed
from generator.extract.units import Measure, measure_after, modifier_after, modifier_before, rate_after
from generator.model import Claim, DateMention, Figure, FigureKind, Modifier, Span
from generator.words import fact_id, squeeze

if TYPE_CHECKING:
    from spacy.tokens import Token

HEADING = "stands in a heading"  # kept where the body does not repeat it
WORD = re.compile(r"[^\W\d_]+|\d+")
NAMES = frozenset({"PRODUCT", "ORG", "FAC", "WORK_OF_ART", "LAW", "PERSON", "GPE", "LOC"})
AGE_BEFORE = re.compile(
    r"\b(?:aged?|ages|age\s+of|at\s+age)\s+(?:(?:between|about|under|over|around)\s+)?(?:\d{1,2}(?:,\s+|\s+and\s+|\s+to\s+|\s+or\s+|\s?[-–]\s?)){0,4}$",
    re.I,
)
AGE_AFTER = re.compile(r"\s*[-–]?\s*(?:year|month|week|day)s?[\s-]+(?:olds?\b|of\s+age)", re.I)
AGE_APPOSED = re.compile(r"[A-Z][\w'’.-]+,\s+$")
LIST_NUMBER = re.compile(r"\d{1,2}[.)]\s")
SCORE = re.compile(r"(?P<a>\d{1,3})\s?[-–—]\s?(?P<b>\d{1,3})(?![\d-])(?!\s?[-–—]\s?\d)")
VOTE = re.compile(r"\b(?:votes?|voted|voting|ballots?|ruled|ruling|rulings|decision|majority|passed|approved|rejected|verdict)\b", re.I)
PHONE = re.compile(r"\d[\d()]*[-.\s/]\d+[-./]\d+")
COMPARED = re.compile(
    r"\b(?:from|to|with|than|against|another|additional|further|only|just|versus|and|designed\s+for|no\s+more\s+than|or|saved|killed)\s+(?:(?:about|around|some|nearly|almost|over|only|just)\s+)?$",
    re.I,
)
ACCORDING = re.compile(r"\baccording\s+to\s+(?P<who>[^,.;:!?\"“”()]{2,120})", re.I)


def find_figures(text: Analysed, found: Found) -> tuple[Figure, ...]:
    """The figures of an article, in the order of its text."""
    return tuple(Reader(text, found).read())


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
            if date:
                end = date.span.end
                continue
            end = max(end, self.read_at(m.start()))
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
        if before.isalnum() or before in "#_@/\\" or (before in ".,:" and at > 1 and words[at - 2].isdigit()):
            return at + 1
        tally = self.tally(at)
        if tally:
            return tally
        first = numeral_at(words, at)
        if first is None:
            return at + 1
        numeral = with_range(words, first, WORD)
        if numeral is not first and self.date_over(numeral.end - 1):
            numeral = first
        if self.no_figure(numeral, at):
            return numeral.end
        token = self.token(numeral)
        if token is None:
            return numeral.end
        if self.names_something(numeral, token) or (
            self.label_end and re.fullmatch(r"\s*(?:,|and|or|to|-|–|&)\s*", words[self.label_end : numeral.start])
        ):
            self.label_end = numeral.end  # "posts 542 and 543"
            return numeral.end
        return self.add(numeral, token)

    def token(self, numeral: Numeral) -> Token | None:
        """The numeral's word in the parse: its last one, for that is what hangs on the noun."""
        span = self.text.doc.char_span(numeral.start, numeral.end, alignment_mode="expand")
        if span is None or not len(span):
            return None
        root = span.root
        last = span[-1]
        return root if root.i != span[0].i or len(span) == 1 or not last.like_num else root

    # --- what is no figure ---

    def no_figure(self, numeral: Numeral, at: int) -> bool:
        """Whether the characters around a numeral show that it counts nothing: an age, a list number, a version, a time, an identifier."""
        words, start, end = self.words, numeral.start, numeral.end
        before, after = words[max(0, start - 40) : start], words[end : end + 24]
        if AGE_AFTER.match(after) or AGE_BEFORE.search(before):
            return True
        if (
            AGE_APPOSED.search(before)
            and re.match(r"\s?[,)]", after)
            and numeral.value is not None
            and not numeral.scaled
            and numeral.value < 120
        ):
            return True
        if not numeral.spelled and numeral.currency is None:
            if after[:1] == ":" and after[1:2].isdigit() or re.match(r"(?:st|nd|rd|th)\b", after) or re.match(r"\.\d", after):
                return True
            if before[-1:] == "-" and before[-2:-1].isalpha():
                return True
            if before[-1:] == "[" and after[:1] == "]":
                return True
            line = self.text.paragraph_at(start)
            if line.start == start and LIST_NUMBER.match(words, start):
                return True
            if PHONE.match(words, start):
                return True
            if after[:1].isalpha() and measure_after(words, end) is None:
                return True
        if numeral.fraction and not self.fraction_counts(numeral):
            return True
        if numeral.spelled and numeral.value == 1 and not numeral.scaled and not numeral.fraction:
            return not self.one_counts(numeral)
        if numeral.spelled and before[-1:] == "-" and before[-2:-1].isalpha() and not before.lower().endswith(("nearly-", "almost-")):
            return True
        return False

    def fraction_counts(self, numeral: Numeral) -> bool:
        """Whether a fraction in words is a share: "a third of", "by half"; not "the first half", "a third goal"."""
        before, after = self.words[max(0, numeral.start - 16) : numeral.start], self.words[numeral.end : numeral.end + 12]
        if re.search(
            r"\b(?:first|second|other|latter|former|better|1st|2nd|final|last|opening|next|early|late|this|each)[\s-]+$", before, re.I
        ):
            return False
        said = self.words[numeral.start : numeral.end].lower()
        if re.search(r"\b(?:in|of)\b", said):
            return True
        if (
            not numeral.spelled
            or re.match(r"(?:one|two|three|four|five|seven|nine)\b", said)
            or re.match(r"\s+(?:of|the|that|as|its|their|his|her|my|our)\b", after, re.I)
        ):
            return True
        return bool(
            re.search(r"\b(?:by|than|nearly|almost|about|barely|roughly|over|only|some|around|under|at|in|to)\s+$", before, re.I)
        ) and not re.match(r"\s+[a-z]", after)

    def one_counts(self, numeral: Numeral) -> bool:
        """Whether "one" counts: with a unit of measure, or where words of nearness stand before it. Else it mostly means "a" or "someone"."""
        if measure_after(self.words, numeral.end):
            return not re.match(r"\s+(?:day|night|time|point|minute)\b", self.words[numeral.end : numeral.end + 9]) or bool(
                re.search(r"\b(?:only|just|exactly|least|than)\s+$", self.words[max(0, numeral.start - 10) : numeral.start], re.I)
            )
        return modifier_before(self.words, numeral.start) is not None

    def names_something(self, numeral: Numeral, token: Token) -> bool:
        """Whether the numeral is part of a name or a label: "Boeing 747", "Article 5", "posts 542 and 543"."""
        if numeral.currency or numeral.scaled or numeral.fraction or measure_after(self.words, numeral.end):
            return False
        first = self.text.doc[token.left_edge.i] if token.left_edge.i > token.i - 2 else token
        i = min(first.i, token.i)
        if token.ent_type_ in NAMES and i > 0 and token.ent_iob_ == "I":
            return True
        if i == 0:
            return False
        previous = token.nbor(-1) if token.i else token
        if (
            previous.pos_ in ("PROPN", "NOUN")
            and previous.text.isupper()
            and len(previous) > 1
            and not numeral.spelled
            and previous.whitespace_
        ):
            return True  # "FTSE 100 futures"
        if (
            previous.pos_ == "PROPN"
            and previous.dep_ in ("compound", "nmod")
            and previous.head.i >= token.i
            and not numeral.spelled
            and not previous.whitespace_ == ""
        ):
            return True  # "Boeing 747 jets", "Fortune 500 companies"
        if token.dep_ == "nummod" and token.head.i > token.i:
            return False
        if (
            previous.lower_ in label_words()
            and token.dep_ in ("nummod", "appos", "npadvmod", "pobj", "dep", "prep", "punct", "attr", "dobj")
            and previous.i == i - 1
        ):
            return token.head.i <= token.i
        return (
            previous.pos_ == "PROPN"
            and not previous.is_sent_start
            and token.dep_ in ("nummod", "appos", "dep", "npadvmod")
            and not numeral.spelled
        ) or (
            token.dep_ == "nummod"
            and token.head.i < token.i
            and previous.pos_ in ("NOUN", "PROPN")
            and numeral.value is not None
            and not self.words[token.idx - 2 : token.idx].startswith(",")
        )

    # --- figures ---

    def tally(self, at: int) -> int | None:
        """The two sides of a vote, "9-4" or "6 to 3"; a score of a game is left out. Returns where reading goes on, or None where there is none."""
        m = SCORE.match(self.words, at) or re.compile(
            r"(?P<a>\d{1,3})\s+(?:votes\s+)?to\s+(?P<b>\d{1,3})\b(?!\s*(?:%|percent|per|\d|million|billion))"
        ).match(self.words, at)
        if m is None or self.date_over(m.end() - 1):
            return None
        a, b = int(m["a"]), int(m["b"])
        sentence = self.text.sentence_at(at)
        voted = bool(VOTE.search(sentence.text))
        hyphen = "to" not in m[0]
        if (
            voted
            and (not hyphen or measure_after(self.words, m.end()) is None)
            and (a >= b or hyphen)
            and not re.match(r"[\s-]*(?:years?|minutes?|hours?|days?|percent|%|members?)\b", self.words[m.end() : m.end() + 10])
        ):
            subject = self.voters(sentence)
            for name in ("a", "b"):
                span = m.span(name)
                self.make(Numeral(*span, value=int(m[name])), "=", "votes", "count", subject)
            return m.end()
        if hyphen and a >= b:
            return m.end()
        if hyphen and self.unit_less(m.end()):
            return m.end()
        return None

    def unit_less(self, end: int) -> bool:
        """Whether nothing that could be counted follows."""
        span = self.text.doc.char_span(end - 1, end, alignment_mode="expand")
        if span is None or measure_after(self.words, end):
            return False
        token = span.root
        return not (
            token.i + 1 < len(token.doc) and token.nbor().pos_ in ("NOUN", "ADJ", "PROPN", "VERB") and self.words[end : end + 1] in " -"
        )

    def voters(self, sentence: object) -> str | None:
        """Who voted: the subject of the sentence's verb of voting, or of its main verb."""
        verbs = [t for t in sentence if t.pos_ == "VERB"]  # type: ignore[attr-defined]
        verbs.sort(key=lambda t: (not VOTE.fullmatch(t.text), t.dep_ != "ROOT"))
        for verb in verbs[:3]:
            for child in reversed(list(verb.lefts)):  # the nearest: a dateline before it may pass for another
                if child.dep_ in ("nsubj", "nsubjpass"):
                    return phrase(child)
        return None

    def add(self, numeral: Numeral, token: Token) -> int:
        """Makes the figure of a numeral; returns where reading goes on."""
        words = self.words
        near = modifier_before(words, numeral.start)
        modifier: Modifier = near[0] if near else "~" if numeral.vague else "="
        after = modifier_after(words, numeral.end)
        if near is None and after is None and estimated(token):
            modifier = "~"
        elif (
            near is None
            and self.figures
            and re.fullmatch(r"\s?\(", words[self.figures[-1].span.end : numeral.start] if self.figures[-1].span else "")
        ):
            modifier = self.figures[-1].modifier  # "about 500 miles (800 km)"
        end = numeral.end
        if after and near is None:
            modifier, end = after[0], after[1]
        measure = measure_after(words, end)
        if (
            measure
            and measure.kind == "duration"
            and (says_when(words, numeral.start, measure.end) or (not numeral.spelled and 1500 < (numeral.value or 0) < 2100))
        ):
            return measure.end
        if numeral.currency:
            unit, kind, end = numeral.currency, "money", numeral.end
            if measure and measure.kind == "money":
                end = measure.end
        elif measure:
            unit, kind, end = measure.unit, measure.kind, measure.end
            if kind == "duration" and near and PERIOD.search(words, max(0, numeral.start - 16), numeral.start):
                modifier = "="
        else:
            return self.add_count(numeral, token, modifier, end)
        if near is None and after is None and (later := modifier_after(words, end)):
            modifier, end = later
        head = self.head_after(numeral, end, token)
        subject = subject_of(head, numeral.start, end)
        if kind == "money":
            rate = None if self.date_over(end + 1) else rate_after(words, end)
            subject = squeeze(f"{subject or ''} {rate}") if rate else subject
        self.make(self.whole(numeral, measure if kind != "duration" or measure else None, end), modifier, unit, kind, subject)
        return end

    def whole(self, numeral: Numeral, measure: Measure | None, end: int) -> Numeral:
        """The numeral with the unit written on to it: what the figure's span covers."""
        from dataclasses import replace

        return replace(numeral, end=max(numeral.end, measure.end if measure else numeral.end))

    def head_after(self, numeral: Numeral, end: int, token: Token) -> Token:
        """The word of numeral and unit that hangs on the rest of the sentence."""
        span = self.text.doc.char_span(numeral.start, end, alignment_mode="expand")
        return span.root if span is not None and len(span) else token

    def add_count(self, numeral: Numeral, token: Token, modifier: Modifier, end: int) -> int:
        """A number of things: the unit is the noun it counts."""
        kind: FigureKind = "ratio" if numeral.fraction else "count"
        joint = self.words[numeral.end : numeral.end + 4]
        if re.match(r"\s?[-–]\s?[a-z]", joint):
            return self.add_joint(numeral, modifier)
        head = noun_counted(self.text.doc, token, numeral.end, self.date_over)
        if head is not None:
            if restated(self.words, numeral, head):
                return numeral.end
            unit = None if numeral.fraction else unit_name(head, numeral.end)
            close = head.idx + len(head.text)
            if modifier == "=" and (later := modifier_after(self.words, close)):
                modifier = later[0]
            self.make(numeral, modifier, unit, kind, phrase(head, numeral.end))
            return numeral.end
        if self.definite(numeral):
            return numeral.end
        subject = subject_of(token, numeral.start, numeral.end)
        if self.people(token) and not numeral.fraction:
            self.make(numeral, modifier, "people", kind, subject or phrase(token.head))
        elif numeral.fraction or self.stands_alone(numeral, token):
            noun = None if numeral.fraction else noun_before(token)
            last = self.figures[-1] if self.figures and not numeral.fraction and self.compared(numeral) else None
            if last and (last.kind != "count" or last.evidence.start != self.text.evidence(numeral.start, numeral.end).start):
                last = None
            unit = last.unit if last else unit_name(noun, 0) if noun is not None else None
            self.make(numeral, modifier, unit, kind, (last.subject if last else None) or subject)
        return numeral.end

    def compared(self, numeral: Numeral) -> bool:
        """Whether a bare number stands beside one just given, whose unit it shares: "up from 536", "two fewer"."""
        after = self.words[numeral.end : numeral.end + 8]
        return bool(COMPARED.search(self.words, max(0, numeral.start - 32), numeral.start)) or bool(
            re.match(r"\s+(?:more|fewer|less)\b", after)
        )

    def add_joint(self, numeral: Numeral, modifier: Modifier) -> int:
        """A number tied to a noun: "the 131-page document", "the six-member team"; the unit is the noun, the subject what it describes."""
        m = re.compile(r"\s?[-–]\s?(?P<noun>[a-z]+)").match(self.words, numeral.end)
        if m is None or m["noun"] in load("units")["joint"]:
            return numeral.end
        span = self.text.doc.char_span(m.start("noun"), m.end(), alignment_mode="expand")
        head = span.root if span is not None and len(span) else None
        if head is None or (head.pos_ not in ("NOUN", "PROPN", "ADJ", "X") and head.tag_ != "VBD"):
            return numeral.end
        described = noun_counted(self.text.doc, head, m.end(), self.date_over)
        self.make(numeral, modifier, m["noun"], "count", phrase(described, m.end()) if described is not None else None)
        return m.end()

    def definite(self, numeral: Numeral) -> bool:
        """Whether a bare number has an article before it: "the 747", "the two"."""
        return (
            not numeral.scaled
            and not numeral.fraction
            and bool(re.search(r"\b(?:the|these|those|both|all|other)\s+$", self.words[max(0, numeral.start - 7) : numeral.start], re.I))
            and not self.all_people(numeral)
        )

    def all_people(self, numeral: Numeral) -> bool:
        """ "all six aboard"."""
        return bool(re.search(r"\ball\s+$", self.words[max(0, numeral.start - 5) : numeral.start], re.I))

    def people(self, token: Token) -> bool:
        """Whether a bare number counts people: what a verb of casualties was done to."""
        words = casualty_words()
        near = [token.head, token.head.head, *token.children]
        return any(t is not token and (lemma(t) in words or t.lower_ in words) for t in near)

    def stands_alone(self, numeral: Numeral, token: Token) -> bool:
        """Whether a number without a noun still tells something: the level of an index, a number compared with one just given."""
        if token.dep_ in ("pobj", "dobj", "attr", "nsubj", "nsubjpass", "npadvmod", "conj", "advmod", "prep", "pcomp", "quantmod"):
            if self.words[: numeral.start].endswith(": ") or (
                token.dep_ == "attr" and any(c.dep_ == "nsubj" and c.pos_ == "PRON" for c in token.head.children)
            ):
                return False  # a score; "she was eighteen"
            small = numeral.spelled and numeral.value is not None and numeral.value < 10
            return not small or bool(self.figures and token.dep_ in ("nsubj", "dobj"))
        return numeral.scaled

    def make(self, numeral: Numeral, modifier: Modifier, unit: str | None, kind: FigureKind, subject: str | None) -> None:
        """Adds a figure."""
        evidence, token = self.text.evidence(numeral.start, numeral.end), self.token(numeral)
        name = fact_id(evidence.quote, self.taken)
        self.taken.add(name)
        claim = self.claim_over(numeral.start, numeral.end)
        who, source = (claim.speaker_text, claim.speaker) if claim else (None, None)
        if who is None and source is None:
            told = ACCORDING.search(evidence.quote)
            if told:
                who = squeeze(told["who"])
        reason = "a vague number" if numeral.vague else HEADING if self.text.paragraph_at(numeral.start).kind == "heading" else None
        self.figures.append(
            Figure(
                id=name, value=numeral.value, low=numeral.low, high=numeral.high, modifier=modifier, unit=unit, kind=kind, subject=subject,
                according_to=who, source=source, as_of=self.as_of(numeral, token, evidence.start, evidence.end) if token is not None else None, evidence=evidence,
                span=Span(numeral.start, numeral.end), doubtful=reason is not None, reason=reason,
            )
        )  # fmt: skip

    def claim_over(self, start: int, end: int) -> Claim | None:
        """The claim whose content a figure stands in."""
        for claim in self.found.claims:
            if any(s.start <= start and end <= s.end for s in claim.content_spans):
                return claim
        return None

    def as_of(self, numeral: Numeral, token: Token, start: int | None, end: int | None) -> str | None:
        """The date that the figure's own clause gives, "2,300 cases in March"; not one it only compares with, "the lowest since 2008"."""
        i = bisect_right(self.date_starts, numeral.start)
        near = [
            d
            for d in self.dates[max(0, i - 1) : i + 1]
            if start is not None and end is not None and start <= d.span.start < end and d.value[:1].isdigit()
        ]
        near.sort(key=lambda d: min(abs(d.span.start - numeral.end), abs(numeral.start - d.span.end)))
        for d in near:
            span = self.text.doc.char_span(d.span.start, d.span.end, alignment_mode="expand")
            if span is None or not len(span) or NOT_OF.search(self.words, max(0, d.span.start - 12), d.span.start):
                continue
            if verb_over(span.root) is verb_over(token):
                return d.value
        return None


NOT_OF = re.compile(r"\b(?:since|until|till|by|before|after|from|than|founded\s+in|born\s+in)\s+(?:the\s+)?$", re.I)


def verb_over(token: Token) -> Token | None:
    """The verb that governs a word."""
    node = token
    for _ in range(8):
        if node.pos_ in ("VERB", "AUX") and node.dep_ not in ("aux", "auxpass"):
            return node
        if node.head is node:
            return node
        node = node.head
    return None


def estimated(token: Token) -> bool:
    """Whether an estimate is what gives the number: "estimates suggest 8,000", "an estimated cost of $26 million"."""
    node = token
    for _ in range(5):
        if lemma(node) == "estimate" or any(c.lower_ in ("estimated", "estimates", "estimate") for c in node.children):
            return True
        if node.pos_ == "VERB" or node.head is node:
            break
        node = node.head
    return False


PERIOD = re.compile(
    r"(?<!just )(?<!well )(?<!for )(?<!slightly )(?<!little )\bover\s+$", re.I
)  # "invest over five years": how long, not more than
WHEN_BEFORE = re.compile(r"\b(?:last|past|next|previous|coming|following|preceding|first|final|every|each)\s+$", re.I)
WHEN_AFTER = re.compile(
    r"\s+(?:ago|back|later|earlier|before|after|afterwards?|previously|hence|prior|from\s+now|in\s+advance|into?\s+(?:the|a|his|her|its|their))\b",
    re.I,
)


def says_when(words: str, start: int, end: int) -> bool:
    """Whether a duration only says when: "six minutes later", "the past 30 days". Those are dates; a figure says how long something takes."""
    return bool(WHEN_BEFORE.search(words, max(0, start - 12), start) or WHEN_AFTER.match(words, end))


def restated(words: str, numeral: Numeral, head: Token) -> bool:
    """Whether the count only points back: "the two sides", "both men"."""
    if not numeral.spelled or numeral.scaled or numeral.value is None or numeral.value > 3:
        return False
    return (
        bool(re.search(r"\b(?:the|these|those|his|her|their|its)\s+$", words[max(0, numeral.start - 7) : numeral.start], re.I))
        and words[numeral.end : head.idx].isspace()
        and not any(c.dep_ in ("prep", "relcl", "acl") for c in head.rights)
    )


def casualty_words() -> frozenset[str]:
    return _lists()[0]


def label_words() -> frozenset[str]:
    return _lists()[1]


def _lists() -> tuple[frozenset[str], frozenset[str]]:
    global _cached
    if _cached is None:
        units = load("units")
        _cached = frozenset(units["casualties"]), frozenset(units["labels"])
    return _cached


_cached: tuple[frozenset[str], frozenset[str]] | None = None
