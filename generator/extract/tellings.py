"""Tellings: the places in an article that tell of a meeting, each with what its own clause says of time, place and parties.

Nothing is joined here: "Thursday's call", "the call" and "spoke with Putin" are three tellings of what `meetings.py` makes one event.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from generator.extract.clauses import NOMINAL, VERBAL, clause_head
from generator.extract.found import Found
from generator.extract.meeting_words import Noun, Verb, meeting_words
from generator.extract.nlp import lemma
from generator.extract.occasions import Dated, Occasions, When, ahead, next_year, place_after
from generator.extract.parties import Parties
from generator.extract.text import Analysed
from generator.model import Status

if TYPE_CHECKING:
    from spacy.tokens import Token

BARE_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Telling:
    """One place that tells of a meeting."""

    start: int  # of the word that tells, in characters
    end: int
    sentence: tuple[int, int]
    type: str
    family: str
    noun: bool  # told by a noun ("talks") and not by a verb ("met")
    when: When | None = None
    place: str | None = None
    parties: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    status: Status | None = None
    definite: bool = False  # "the call", "those talks": points back
    pointing: bool = False  # "those talks": to what was told last
    sure: bool = False  # an event for itself; else only a word for one told elsewhere
    here: bool = False  # told as what somebody took part in as the story happened: "said on a call"
    other: bool = False  # "previous talks", "another call": not the one told before
    second_of: When | None = None  # "the second this December": there was one before it, in that time
    title: str = ""


class Statements:
    """The statements of one article that hold a word for a meeting: their dates, places and parties."""

    def __init__(self, text: Analysed, found: Found) -> None:
        self.text = text
        self.doc = text.doc
        self.words = meeting_words()
        self.occasions = Occasions(text.doc, found.dates)
        self.parties = Parties(text.doc, found)
        self.speakers = {c.cue_span.start: c.speaker for c in found.claims if c.cue_span and c.speaker}  # by their verb's place
        self.nouns: dict[int, Noun] = {}
        self.verbs: dict[int, Verb] = {}
        self.folded: set[int] = set()  # verbs that are part of a noun's telling: "debate at a conference"

    def sentence(self, token: Token) -> tuple[int, int]:
        """Where the token's sentence begins and ends, in characters."""
        s = self.text.sentence_at(token.idx)
        return s.start_char, s.end_char

    # --- dates ---

    def root(self, d: Dated) -> Token:
        """The word of a date that its others hang on."""
        return next((t for t in self.doc[d.first : d.last + 1] if not d.first <= t.head.i <= d.last), self.doc[d.first])

    def under_other(self, word: Token, mine: Token) -> bool:
        """Whether the word stands under another noun for a meeting than mine."""
        for _ in range(12):
            if word.i == mine.i or word.head.i == word.i:
                return False
            if word.i in self.nouns:
                return True
            word = word.head
        return False

    def useless(self, d: Dated) -> bool:
        """Whether a date is a mere bound ("until Monday") that does not end a run ("runs through Monday")."""
        if not self.occasions.bound(d) or self.root(d).dep_ in ("compound", "nmod", "poss", "nummod", "amod"):
            return False  # "since Thursday's call" says when the call was
        return not (self.occasions.ending(d) and lemma(clause_head(self.root(d))) in self.words["lasting"])

    def own_dates(self, noun: Token, inside: set[int]) -> list[Dated]:
        """Dates in the noun's phrase: "Thursday's call", "a meeting on Monday", "talks planned for May", "the fair, which runs from July 1"."""
        found = []
        for d in self.occasions.between(min(inside), max(inside)):
            if d.first not in inside or self.useless(d) or self.under_other(self.doc[d.first], noun):
                continue
            head = clause_head(self.root(d))
            apart = head.i in inside and head.i != noun.i and head.pos_ in VERBAL and head.dep_ != "ROOT"
            if apart and lemma(head) not in self.words["running"] and not (head.head.i == noun.i and head.dep_ == "acl"):
                continue
            found.append(d)
        return found

    def clause_dates(self, token: Token, heads: Iterable[Token], acting: bool = False) -> list[Dated]:
        """Dates of the statements that `heads` head. `acting`: they are when somebody proposed or announced it, save what lies ahead."""
        sentence, published = self.text.sentence_at(token.idx), self.text.article.published or ""
        mine = {h.i: h for h in heads}
        found = []
        for d in self.occasions.between(sentence.start, sentence.end):
            if any(self.opens_with_when(d, h) for h in mine.values()):
                found.append(replace(d, plain=True))
                continue
            root = self.root(d)
            if self.useless(d) or self.under_other(root, token) or clause_head(root).i not in mine:
                continue
            if acting and d.first > token.i and self.text.published:
                d = next_year(d, self.text.published)
            if not (acting and (d.when.start or "") <= published):
                found.append(d)
        return found

    def opens_with_when(self, d: Dated, clause: Token) -> bool:
        """Whether a clause opens with "when" right after the date: "until Monday, when Mr Pell is due to testify"."""
        first: int = clause.left_edge.i
        return bool(self.doc[first].lower_ == "when") and 0 < first - d.last <= 2

    # --- places ---

    def region(self, token: Token, heads: Iterable[Token], inside: set[int]) -> list[int]:
        """The words whose places are this telling's: its phrase and its statements."""
        sentence, mine = self.text.sentence_at(token.idx), {h.i for h in heads}
        return [t.i for t in sentence if t.i in inside or clause_head(t).i in mine]

    def place(self, token: Token, region: list[int]) -> str | None:
        """Where: the first place after the word, for English puts the place late; else the first of the statement."""
        later = earlier = None
        for i in region:
            t = self.doc[i]
            if (
                t.pos_ != "ADP"
                or self.parties.named(t)
                or not (text := place_after(t, self.nouns, to=t.head.i == token.i and travel(token)))
            ):
                continue
            if any(c.i in self.occasions.words for c in t.children):
                continue
            head = t.head
            of_subject = head.pos_ in NOMINAL and head.i not in self.nouns and head.i < token.i and head.dep_ in ("nsubj", "nsubjpass")
            if of_subject or (i > token.i and self.under_other(t, token)):
                continue
            if i > token.i:
                later = later or text
            else:
                earlier = earlier or text
        return later or earlier

    # --- one statement, several days ---

    def split(self, base: Telling, dates: list[Dated], token: Token, region: list[int], heads: list[Token]) -> list[Telling]:
        """One telling a day where several days are joined ("in Brussels on January 12 as well as … in Vienna on January 13")."""
        cuts = self.cuts(dates)
        if not cuts or not region:
            return [replace(base, when=self.time(dates, base.status), place=self.place(token, region))]
        found = []
        shared = [h for h in heads if h.i < token.i]
        for n, (a, b) in enumerate(pairwise([region[0], *cuts, region[-1] + 1])):
            part = [i for i in region if a <= i < b]
            here = [*shared, *(h for h in heads if h.i > token.i and a <= h.i < b)]
            if n:  # what the parse did not join to the first
                here += [
                    t for i in part if (t := self.doc[i]).dep_ in ("conj", "pobj", "dobj") and self.parties.named(t) and not says_where(t)
                ]
            when = self.time([d for d in dates if a <= d.first < b], base.status)
            found.append(replace(base, when=when, place=self.place(token, part), parties=self.parties.all(here)))
        return found

    def time(self, dates: list[Dated], status: Status | None) -> When | None:
        """The dates of one statement as one time; a bare weekday lies ahead where the words say that the meeting is to come."""
        published = self.text.published
        if status in ("scheduled", "cancelled") and published:
            dates = [ahead(d, published, status == "scheduled") for d in dates]
        if status in ("scheduled", "proposed") and published:
            dates = [next_year(d, published) for d in dates]
        return self.occasions.combine(dates)

    def cuts(self, dates: list[Dated]) -> list[int]:
        """Tokens at which a statement of several days falls apart; none where it speaks of one. "And again" parts months and weeks as well."""
        found = []
        for a, b in pairwise([d for d in dates if d.when.day or self.again(d)]):
            if a.when.start == b.when.start:
                continue
            seam = next((t.i for t in self.doc[a.last + 1 : b.first] if t.dep_ == "cc" or t.lower_ in ("and", ";")), None)
            if seam is None:
                return []
            found.append(seam)
        return found

    def again(self, d: Dated) -> bool:
        """Whether "again" stands near a date of any length: "in April and again in Muscat last week"."""
        return any(t.lower_ == "again" for t in self.doc[max(0, d.first - 5) : d.last + 7])

    def named_year(self, d: Dated, noun: Token) -> bool:
        """Whether a year is only part of a name: "the 2016 election"."""
        return bool(d.last < noun.i and BARE_YEAR.fullmatch(d.mention.text))


def travel(noun: Token) -> bool:
    """Whether a noun takes "to" before a place: "a trip to Malta"."""
    return noun.lower_ in ("trip", "visit", "tour", "trips", "visits")


def says_where(token: Token) -> bool:
    """Whether a name only says where."""
    return token.dep_ == "pobj" and token.head.lower_ in ("in", "at", "of", "for")
