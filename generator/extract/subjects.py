"""What a number counts or measures, read off the parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.words import squeeze

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST = 10  # words of a subject
NOUNS = frozenset({"NOUN", "PROPN"})
KEPT_BEFORE = frozenset({"compound", "amod", "nmod", "poss", "advmod", "case"})
KEPT_AFTER = frozenset({"prep", "acl", "prt"})


def noun_counted(token: Token, end: int) -> Token | None:
    """The noun that a numeral counts; None where it stands alone. `end` is where the numeral ends."""
    node = token
    for _ in range(3):  # "2 million voters": the scale hangs on the noun, the digits on the scale
        if node.dep_ in ("nummod", "compound", "quantmod", "amod", "nmod", "advmod", "npadvmod", "det") and node.head.pos_ in ("NUM",):
            node = node.head
        else:
            break
    if node.dep_ in ("nummod", "compound", "amod", "nmod", "det", "quantmod") and node.head.i > node.i and node.head.pos_ in NOUNS | {"ADJ", "VERB", "X"}:
        head = node.head
        return head.head if head.dep_ == "compound" and head.pos_ == "ADJ" and head.head.pos_ in NOUNS else head
    of = next((c for c in node.children if c.dep_ == "prep" and c.lower_ in ("of", "in") and c.i > node.i), None)
    if of is not None and of.lower_ == "of":
        inner = next((c for c in of.children if c.dep_ == "pobj"), None)
        if inner is not None and inner.pos_ in NOUNS | {"PRON", "NUM"}:
            return inner if inner.pos_ in NOUNS else None
    after = node.doc[node.i + 1] if node.i + 1 < len(node.doc) else None
    if after is not None and after.pos_ == "NOUN" and after.tag_ == "NNS" and not after.is_sent_start:
        return after  # the parse missed it, but a plural right after a number is what it counts
    if node.pos_ in NOUNS and node.idx >= end:
        return node
    return None


def unit_name(head: Token, after: int) -> str:
    """The counted noun with the nouns that make it a name: "heart transplants", "signatures"."""
    first = head
    while first.i and first.nbor(-1).dep_ == "compound" and first.nbor(-1).head in (head, first) and first.nbor(-1).idx >= after:
        first = first.nbor(-1)
    return squeeze(head.doc.text_with_ws_between(first.i, head.i + 1)) if False else squeeze("".join(t.text_with_ws for t in head.doc[first.i : head.i + 1]))


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
    stop = head.i + 1
    for child in head.rights:
        if child.dep_ not in KEPT_AFTER or child.left_edge.i != stop or child.right_edge.i - start >= LONGEST + 4:
            break
        stop = child.right_edge.i + 1
    words = doc[start : min(stop, start + LONGEST)]
    return squeeze("".join(t.text_with_ws for t in words)).strip(" ,;:—–-\"“”") or None


def subject_of(token: Token, start: int, end: int) -> str | None:
    """What a measure is of: "10% of the market", "a 10 percent stake", "a fund of $2 billion", "revenue rose 22%"."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "in") and child.idx >= end - 1 and (inner := next((c for c in child.children if c.dep_ == "pobj"), None)):
            if child.lower_ == "of" or inner.ent_type_ not in ("DATE", "TIME", "GPE"):
                return phrase(inner)
    node = token
    for _ in range(6):
        head = node.head
        if head is node:
            break
        if head.pos_ in NOUNS and head.ent_type_ not in ("PERCENT", "MONEY", "QUANTITY"):
            if head.idx >= end and node.dep_ in ("nummod", "compound", "amod", "nmod", "npadvmod", "quantmod", "poss"):
                return phrase(head, end)
            if node.dep_ in ("pobj", "prep", "appos", "nummod", "npadvmod", "nmod"):
                if head.idx < start:
                    return phrase_before(head, start)
        if head.pos_ in ("VERB", "AUX"):
            found = next((c for c in head.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < token.i and c.tag_ not in ("WDT", "WP", "WRB")), None)
            if found is not None and node.dep_ not in ("nsubj", "nsubjpass"):
                return phrase(found)
            if node.dep_ in ("nsubj", "nsubjpass"):
                goal = next((c for c in head.children if c.dep_ in ("attr", "dobj", "acomp", "xcomp") and c.i > head.i), None)
                return phrase(goal) if goal is not None and goal.pos_ in NOUNS else None
            if head.dep_ in ("relcl", "acl") and head.head.pos_ in NOUNS:
                return phrase_before(head.head, start)
        node = head
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
    return squeeze("".join(t.text_with_ws for t in doc[start : min(end, start + LONGEST)])) or None
