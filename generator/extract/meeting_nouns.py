"""Which nouns of an article name a meeting: those of the word list, where nothing beside them says that they name something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.extract.clauses import after
from generator.extract.meeting_words import Noun
from generator.extract.nlp import lemma
from generator.extract.tellings import Statements

if TYPE_CHECKING:
    from spacy.tokens import Token


def noun_of(statements: Statements, token: Token) -> Noun | None:
    """What the word list says of a noun, where it heads its phrase and nothing beside it says that it is no meeting."""
    words = statements.words
    entries = words.nouns.get(token.lower_) or (words.nouns.get(lemma(token)) if token.tag_ in ("NNS", "NNPS") else None)
    if not entries or (token.dep_ in ("compound", "amod", "nmod") and not in_event_name(token)) or token.lower_ == "talk":
        return None
    before = [t.lower_ for t in token.lefts if t.dep_ in ("compound", "amod", "poss", "nmod", "conj", "det", "nummod")]
    if words["not_after"].intersection(before) or any(t.like_num and token.lower_ == "votes" for t in token.lefts):
        return None
    return next((n for n in entries if (not n.after or n.after.intersection(before)) and not misleads(statements, token, n)), None)


def misleads(statements: Statements, token: Token, noun: Noun) -> bool:
    """Words that name something else as often: panels of experts, Congress, a call for help, a court's sentence or a man's."""
    word, words = token.lower_, statements.words
    name: bool = token.text[0].isupper()
    if word == "panel":
        return not (token.dep_ == "pobj" and token.head.lower_ in ("on", "at", "in", "during")) and not any(after(token, "with"))
    if word in ("congress", "assembly", "march"):
        return name
    if word in ("forum", "convention"):
        return name and not any(t.dep_ in ("det", "nummod", "poss") for t in token.lefts)
    if word in ("hall", "house", "day", "night"):
        return not noun.after or (
            name and token.dep_ == "pobj" and not any(t.dep_ in ("det", "poss") for t in token.lefts)
        )  # "at Town Hall"
    if word in ("trip", "trips"):
        return not any(p.lower_ == "to" for p in token.rights)
    if word in ("call", "calls"):
        return any(p.lower_ in words["call_not_before"] and not has_date(p) for p in token.rights if p.dep_ == "prep")
    if word in ("sentence", "decision"):
        return not any(lemma(t) in words["courts"] for t in after(token, "of", "by", "from"))
    if word == "polls":
        return not (token.dep_ == "pobj" and token.head.lower_ == "to")
    if word == "vote":
        return token.dep_ == "dobj" and lemma(token.head) in words["not_of"]
    if word in ("parade", "celebration"):
        return token.dep_ == "pobj" and token.head.lower_ in ("on", "in") and not any(t.dep_ in ("det", "poss") for t in token.lefts)
    return False


def has_date(prep: Token) -> bool:
    """Whether a preposition leads to a date: "a call on Thursday"."""
    return any(t.ent_type_ in ("DATE", "TIME") for t in prep.children)


def in_event_name(token: Token) -> bool:
    """Whether the noun stands inside a name that is said to take place: "The Fan Expo Canada took place"."""
    head, verb = token.head, token.head.head
    if not (token.text[0].isupper() and head.text[0].isupper() and head.pos_ == "PROPN" and head.dep_ in ("nsubj", "nsubjpass")):
        return False
    return lemma(verb) in ("run", "open", "begin", "kick") or verb.lower_ == "held" or any(t.lower_ == "place" for t in verb.rights)
