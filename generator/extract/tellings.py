"""Tellings: the places in an article that tell of a meeting, each with what its own clause says of time, place and parties.

Nothing is joined here: "Thursday's call", "the call" and "spoke with Putin" are three tellings of what `meetings.py` makes one event.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from generator.extract.clauses import NOMINAL, VERBAL, clause_head, tense
from generator.extract.found import Found
from generator.extract.governors import on_margins
from generator.extract.meeting_words import Noun, Verb, meeting_words
from generator.extract.nlp import lemma
from generator.extract.occasions import Dated, Occasions, When, ahead, next_year, place_after, place_text
from generator.extract.parties import Parties
from generator.extract.text import Analysed
from generator.model import Status

if TYPE_CHECKING:
    from spacy.tokens import Token

PARTS_OF_YEARS = frozenset("start beginning end middle half quarter course turn rest spring summer autumn fall winter".split())
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
    unnamed: bool = False  # those who take part are told, but not by name: "ministers wrapped up a meeting"
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
        """Whether the word stands under another noun for a meeting than mine, and mine not as well ("an election that will go to a run-off in May")."""
        for _ in range(12):
            if word.i == mine.i or word.head.i == word.i:
                return False
            if word.i in self.nouns and not (on_margins(word) and mine.i not in self.nouns):
                return not word.is_ancestor(mine)
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
            if self.of_thing(root, d, token):
                continue
            if self.useless(d) or self.under_other(root, token) or not (clause_head(root).i in mine or self.before_source(d, mine)):
                continue
            if acting and d.first > token.i and self.text.published:
                d = next_year(d, self.text.published)
            if not (acting and (d.when.start or "") <= published):
                found.append(d)
        return found

    def of_thing(self, root: Token, d: Dated, mine: Token) -> bool:
        """Whether a year belongs to a thing that is spoken of and not to when: "agreed on a plan for 2017"; but "at the start of 2017"."""
        prep = root.head
        thing = prep.head
        named = (
            prep.dep_ == "prep"
            and thing.pos_ == "NOUN"
            and thing.i != mine.i
            and not thing.ent_type_
            and thing.lower_ not in PARTS_OF_YEARS
        )
        return named and len(d.when.start or "") == 4

    def before_source(self, d: Dated, mine: dict[int, Token]) -> bool:
        """Whether a date that the parse hangs on "said" stands before it and its subject: "met the envoy, last Friday, the ministry said"."""
        said = clause_head(self.root(d))
        told = any(h.dep_ == "ccomp" and h.head.i == said.i and h.i < d.first < said.i for h in mine.values())
        return told and any(t.dep_ == "nsubj" and d.last < t.left_edge.i for t in said.children)

    def shared_dates(self, token: Token, head: Token) -> list[Dated]:
        """The dates before a verb that is joined to another of the same tense: "visited a shipyard on Sunday and dined with the mayor"."""
        first = head.head
        if any(t.lower_ == "where" for t in head.lefts):  # "travels to Tokyo on Thursday, where he will meet …"
            return [d for d in self.clause_dates(token, [clause_head(first)]) if d.last < head.i]
        if head.dep_ != "conj" or first.pos_ not in VERBAL or tense(head) != tense(first) or any(t.dep_ == "nsubj" for t in head.lefts):
            return []
        return [d for d in self.clause_dates(token, [first]) if d.last < head.i]

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
            if t.pos_ != "ADP" or self.parties.named(t) or not (text := place_after(t, self.nouns, also=towards(t.head, token))):
                continue
            if any(c.i in self.occasions.words or (c.dep_ == "pobj" and self.someone(c)) for c in t.children):
                continue
            head = t.head
            of_subject = head.pos_ in NOMINAL and head.i not in self.nouns and head.i < token.i and head.dep_ in ("nsubj", "nsubjpass")
            if of_subject or (i > token.i and self.under_other(t, token)):
                continue
            if i > token.i:
                later = later or text
            else:
                earlier = earlier or text
        return later or earlier or self.antecedent(clause_head(token)) or self.named_for(token)

    def named_for(self, noun: Token) -> str | None:
        """The town that a meeting is named for: "the Vilnius summit"; the country of a visit or an election."""
        for t in noun.lefts if noun.i in self.nouns else ():
            town = t.dep_ in ("compound", "nmod", "poss") and t.ent_type_ == "GPE" and t.pos_ == "PROPN"
            if town and (not self.parties.named(t) or self.nouns[noun.i].family in ("visit", "election")):
                return str(self.doc[t.left_edge.i : t.i + 1].text).removeprefix("the ").removeprefix("The ")
        return None

    def someone(self, token: Token) -> bool:
        """Whether a name is a person's: "in Berg he met a critic"."""
        actor = self.parties.named(token)
        return actor is not None and self.parties.is_person(actor)

    def antecedent(self, clause: Token) -> str | None:
        """The town that a clause with "where" is about: "Tirana, where leaders gather today"."""
        where = clause.dep_ == "relcl" and any(t.lower_ == "where" for t in clause.lefts)
        return (
            place_text(clause.head, True)
            if where and clause.head.pos_ == "PROPN" and clause.head.ent_type_ in ("GPE", "FAC", "LOC")
            else None
        )

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


def towards(head: Token, telling: Token) -> str:
    """The preposition that a word takes before its place beside "in" and "at": "a trip to Malta", "flew to Malta for talks", "marched through Lima"."""
    word = lemma(head)
    if head.i == telling.i and word in ("march", "parade", "demonstrate"):
        return "through"
    if word in ("crowd", "pack", "file", "cram", "squeeze"):
        return "into"  # "crowded into the chapel"
    if (head.i == telling.i and word in ("trip", "visit", "tour")) or word in ("travel", "fly", "head", "journey", "go", "come", "return"):
        return "to"
    return ""


def says_where(token: Token) -> bool:
    """Whether a name only says where."""
    return token.dep_ == "pobj" and token.head.lower_ in ("in", "at", "of", "for")
