"""Governors: the verb that a noun for a meeting serves, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.extract.clauses import NOMINAL, VERBAL
from generator.extract.nlp import lemma

if TYPE_CHECKING:
    from spacy.tokens import Token

AT = frozenset({"at", "during", "on", "in", "to", "into", "via"})
# Prepositions that only place another act by the meeting: "ahead of the call". ("for": "called for talks".)
APART = frozenset(
    {
        "before",
        "ahead",
        "until",
        "since",
        "about",
        "of",
        "from",
        "over",
        "despite",
        "without",
        "by",
        "like",
        "as",
        "if",
        "after",
        "following",
    }
)
SIDES = frozenset({"end", "start", "close", "day", "opening"})  # "at the end of the summit" is at it
MARGINS = frozenset({"sidelines", "sideline", "margins", "fringes"})  # what happens on them is another meeting, at the same time and place
MEASURES = frozenset({"minute", "hour", "day", "week", "month", "round", "series", "set", "bout"})
OTHER = frozenset("previous earlier another next second third last further new other more future first past final separate".split())


def on_margins(noun: Token) -> bool:
    """Whether a noun only says beside what something else happens: "met on the sidelines of the summit"."""
    return bool(noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ in MARGINS)


def governor(token: Token) -> tuple[Token | None, str]:
    """The verb that a noun serves, and as what: "subject", "object", a preposition ("at"), "after" where its subject may come from it, or "apart" where
    it only places another act."""
    link, t = "", token
    while t.dep_ in ("conj", "compound") and t.head.pos_ in NOMINAL:
        t = t.head
    if t.dep_ == "pobj" and t.head.lower_ == "of" and (lemma(t.head.head) in MEASURES or t.head.head.lower_ in OTHER):
        t = t.head.head  # "ended eight hours of talks", "the last of the meetings": the measure stands where the noun would
    for _ in range(6):
        dep, head = t.dep_, t.head
        if dep == "poss":
            return None, "apart"
        if dep in ("nsubj", "nsubjpass", "attr") and head.pos_ in VERBAL:
            return head, link or "subject"
        if dep in ("dobj", "oprd", "dative") and head.pos_ in VERBAL:
            return head, link or "object"
        if not (dep in ("pobj", "pcomp") and head.dep_ in ("prep", "agent", "dative")):
            return None, ""
        prep = head
        while prep.head.dep_ == "prep" and prep.head.pos_ == "ADP":
            prep = prep.head
        link = link or prep.lower_
        if link == "of" and prep.head.pos_ == "NOUN":
            link = "at" if prep.head.lower_ in SIDES else "of"
        t = prep.head
        if t.pos_ in VERBAL:
            left = link in ("after", "following") or (link == "from" and lemma(t) in ("emerge", "return", "come", "walk"))
            return t, ("after" if left else "apart" if link in APART else link)
        if link not in AT:
            return None, "apart"
    return None, ""
