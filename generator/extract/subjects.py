"""What a number counts or measures, read off the parse."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from generator.data import load
from generator.extract.nlp import lemma
from generator.words import squeeze

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LONGEST = 10  # words of a subject
NOUNS = frozenset({"NOUN", "PROPN"})
RUN = frozenset({"NOUN", "PROPN", "ADJ", "ADV"})
KEPT_BEFORE = frozenset({"compound", "amod", "nmod", "poss", "advmod", "case"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
BEFORE_NOUN = frozenset({"nummod", "compound", "amod", "nmod", "npadvmod", "quantmod", "poss"})
AFTER_NOUN = frozenset({"pobj", "prep", "appos", "nummod", "npadvmod", "nmod"})
KEPT_AFTER = frozenset({"prep", "acl", "prt"})


def noun_counted(doc: Doc, token: Token, end: int, date_over: Callable[[int], object]) -> Token | None:
    """The noun that a numeral counts; None where it stands alone. `end` is where the numeral ends.

    A count's noun closes the run of adjectives and nouns after it, and is a plural where the run has one: "two veteran politicians Ann Lee and
    Bo Dahl". That holds better than the parse, which hangs numerals on names. Else it is what comes after "of".
    """
    i = token.i
    while i < len(doc) and doc[i].idx < end:
        i += 1
    found = closing_noun(doc, i, date_over)
    if found is None and i < len(doc) and doc[i].lower_ == "of":
        i += 1
        while i < len(doc) and (doc[i].pos_ in ("DET", "NUM") or doc[i].tag_ == "PRP$"):
            i += 1  # "two of 17 economists"
        found = closing_noun(doc, i, date_over)
    return found


def closing_noun(doc: Doc, i: int, date_over: Callable[[int], object]) -> Token | None:
    """The last noun, or the last plural, of the run of adjectives and nouns that begins at token `i`."""
    last: Token | None = None
    plural: Token | None = None
    for node in doc[i : i + 9]:
        model = node.pos_ == "NUM" and last is not None and last.pos_ == "PROPN"  # "three Boeing 747 jets"
        if node.is_sent_start or not (model or node.pos_ in RUN or node.tag_ in ("VBN", "VBG", "HYPH", "POS")) or date_over(node.idx):
            break
        if node.tag_ in ("VBN", "VBG") and (plural is not None or node.dep_ not in ("amod", "compound", "nmod")):
            break
        if node.pos_ in NOUNS:
            if plural is not None and node.pos_ == "PROPN" and plural.tag_ == "NNS":
                break
            last = node
            if node.tag_ in ("NNS", "NNPS"):
                plural = node
        elif plural is not None and node.tag_ != "HYPH":
            break
    return plural if plural is not None else last


def described_by(word: Token) -> Token | None:
    """The noun that a word tied to a number describes: "document" of "the 131-page document"."""
    head = word.head
    return head if word.dep_ in ("compound", "amod", "nmod", "nummod") and head.i > word.i and head.pos_ in NOUNS else None


def noun_before(token: Token) -> Token | None:
    """The plural that a bare number tells the number of: "drove claims over 150,000", "seats increased from 9"."""
    doc = token.doc
    if token.i > 1 and doc[token.i - 1].pos_ in ("ADP", "SCONJ") and doc[token.i - 2].tag_ == "NNS":
        return doc[token.i - 2]
    node = token
    for _ in range(3):
        node = node.head
        if node.tag_ in ("NNS", "NNPS") and node.i < token.i:
            return node
        if node.pos_ == "VERB":
            if lemma(node) not in load("units")["change"]:
                return None
            return next((c for c in node.lefts if c.dep_ in ("nsubj", "nsubjpass") and c.tag_ == "NNS"), None)
    return None


def unit_name(head: Token, after: int) -> str:
    """The counted noun with the nouns that make it a name: "heart transplants", "signatures"."""
    first = head
    while first.i and first.nbor(-1).dep_ == "compound" and first.nbor(-1).head in (head, first) and first.nbor(-1).idx >= after:
        first = first.nbor(-1)
    return squeeze("".join(t.text_with_ws for t in head.doc[first.i : head.i + 1])).strip("-–—'’\"“” ")


def phrase(head: Token, after: int = 0) -> str | None:
    """The noun phrase of a head without its articles and its number: "Russian troops amassed on Ukraine's borders"."""
    doc = head.doc
    start = head.i
    for child in head.lefts:
        if child.dep_ in KEPT_BEFORE and child.left_edge.idx >= after and child.i < start:
            start = child.left_edge.i
            break
    while start < head.i and (doc[start].pos_ in ("DET", "PUNCT", "NUM") or doc[start].idx < after):
        start += 1
    if start > 1 and doc[start - 1].tag_ == "HYPH" and doc[start - 2].pos_ == "NUM" and start < head.i:
        start += 1  # "the 27-nation bloc" is a bloc
    stop = head.i + 1
    for child in head.rights:
        if child.dep_ not in KEPT_AFTER or child.left_edge.i != stop or child.right_edge.i - start >= LONGEST + 4:
            break
        stop = child.right_edge.i + 1
    words = doc[start : min(stop, start + LONGEST)]
    return squeeze("".join(t.text_with_ws for t in words)).strip(' ,;:—–-"“”') or None


def subject_of(token: Token, start: int, end: int) -> str | None:
    """What a measure between `start` and `end` is of: "10% of the market", "a 10 percent stake", "a fund of $2 billion", "revenue rose 22%"."""
    whole = whole_of(token, end)
    if whole is not None:
        return phrase(whole)
    node = token
    for _ in range(6):
        head = node.head
        if head == node:
            break
        if head.pos_ in NOUNS and head.ent_type_ not in ("PERCENT", "MONEY", "QUANTITY"):
            if head.idx >= end and node.dep_ in BEFORE_NOUN:
                return phrase(head, end)
            if head.idx < start and node.dep_ in AFTER_NOUN:
                return phrase_before(head, start)
        if head.pos_ in ("VERB", "AUX"):
            if node.dep_ in SUBJECTS:  # "10 percent is the limit"
                goal = next((c for c in head.children if c.dep_ in ("attr", "dobj") and c.i > head.i), None)
                return phrase(goal) if goal is not None and goal.pos_ in NOUNS else None
            goal = next((c for c in head.rights if c.dep_ == "dobj" and c.i < token.i and not c.like_num), None)
            if node.dep_ == "prep" and goal is not None and goal.pos_ in NOUNS:
                return phrase(goal)  # "raise the minimum wage to $15"
            found = next((c for c in head.lefts if c.dep_ in SUBJECTS and c.tag_ not in ("WDT", "WP", "WRB")), None)
            if found is not None:
                return phrase(found)
            if head.dep_ in ("relcl", "acl") and head.head.pos_ in NOUNS:
                return phrase_before(head.head, start)
        node = head
    return None


def whole_of(token: Token, end: int) -> Token | None:
    """The noun after "of", of which a measure that ends at `end` is a part; else the one after "in", where it is neither a place nor a time."""
    doc, i = token.doc, token.i
    while i < len(doc) and doc[i].idx < end:
        i += 1
    if i + 1 < len(doc) and doc[i].lower_ == "of":
        i += 1
        while i < len(doc) and doc[i].pos_ in ("DET", "NUM"):
            i += 1
        found = closing_noun(doc, i, lambda _: None)
        if found is not None:
            return found
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "in") and child.idx >= end - 1:
            inner = next((c for c in child.children if c.dep_ == "pobj"), None)
            if inner is not None and (child.lower_ == "of" or inner.ent_type_ not in ("DATE", "TIME", "GPE")):
                return inner
    return None


def phrase_before(head: Token, stop: int) -> str | None:
    """A noun phrase as far as the number that follows: "full-year revenue forecast" of "revenue forecast of $5 billion"."""
    doc = head.doc
    start = head.i
    for child in head.lefts:
        if child.dep_ in KEPT_BEFORE and child.i < start:
            start = child.left_edge.i
            break
    while start < head.i and doc[start].pos_ in ("DET", "PUNCT"):
        start += 1
    end = head.i + 1
    for child in head.rights:
        if child.dep_ != "prep" or child.left_edge.i != end or doc[child.right_edge.i].idx >= stop:
            break
        end = child.right_edge.i + 1
    return squeeze("".join(t.text_with_ws for t in doc[start : min(end, start + LONGEST)])).strip(" %,;:—–-") or None
