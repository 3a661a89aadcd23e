"""Which nouns of an article name a meeting: those of the word list, where nothing beside them says that they name something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.extract.clauses import after, chain
from generator.extract.meeting_words import Noun
from generator.extract.nlp import lemma
from generator.extract.tellings import Statements
from generator.extract.verb_tellings import verb_status

if TYPE_CHECKING:
    from spacy.tokens import Token


def noun_of(statements: Statements, token: Token) -> Noun | None:
    """What the word list says of a noun, where it heads its phrase and nothing beside it says that it is no meeting."""
    words, word = statements.words, token.lower_
    entries = words.nouns.get(word) or (words.nouns.get(lemma(token)) if token.tag_ in ("NNS", "NNPS", "VBZ") else None)
    if word in words.hyphened:
        word = spelling(token)
        entries = words.nouns.get(word) or entries
    if not entries or (token.dep_ in ("compound", "amod", "nmod") and not in_event_name(token)) or word == "talk":
        return None
    before = [t.lower_ for t in token.lefts if t.dep_ in ("compound", "amod", "poss", "nmod", "conj", "det", "nummod")]
    not_after = words.not_after.get(word) or words.not_after.get(lemma(token)) or words.not_after["any"]
    if not_after.intersection(before) or any(t.like_num and token.lower_ == "votes" for t in token.lefts):
        return None
    return next((n for n in entries if (not n.after or n.after.intersection(before)) and not misleads(statements, token, n)), None)


def spelling(token: Token) -> str:
    """The word in small letters, with what a hyphen joins to it: "run-off" is three tokens, and "off" heads its phrase."""
    word: str = token.lower_
    if token.i > 1 and token.nbor(-1).text == "-" and not token.nbor(-1).whitespace_ and not token.nbor(-2).whitespace_:
        return f"{token.nbor(-2).lower_}-{word}"
    return word


def misleads(statements: Statements, token: Token, noun: Noun) -> bool:
    """Words that name something else as often: panels of experts, Congress, a call for help, a court's sentence or a man's."""
    word, words = token.lower_, statements.words
    name: bool = token.text[0].isupper()
    if word == "panel":
        return not (token.dep_ == "pobj" and token.head.lower_ in ("on", "at", "in", "during")) and not any(after(token, "with"))
    if word in ("congress", "assembly", "march"):
        return name and not takes_place(token)
    if word in ("forum", "convention"):
        return name and not any(t.dep_ in ("det", "nummod", "poss") for t in token.lefts)
    if word in ("hall", "house", "day", "night"):
        return not noun.after or (
            name and token.dep_ == "pobj" and not any(t.dep_ in ("det", "poss") for t in token.lefts)
        )  # "at Town Hall"
    if word in ("trip", "trips"):
        return not any(p.lower_ == "to" for p in token.rights)
    if word in ("call", "calls"):
        return any(p.lower_ in words["call_not_before"] and not (has_date(p) or has_people(p)) for p in token.rights if p.dep_ == "prep")
    if word in ("speech", "address", "lecture", "keynote"):
        giving = token.dep_ == "dobj" and lemma(token.head) in ("deliver", "give", "make")
        if token.dep_ == "dobj" and lemma(token.head) in words["cancelling"]:
            return False
        return not (giving and (verb_status(chain(token.head), words) == "scheduled" or token.head.tag_ == "VBZ"))
    if word in ("sentence", "decision"):
        return not any(lemma(t) in words["courts"] for t in after(token, "of", "by", "from"))
    if word == "polls":
        return not (token.dep_ == "pobj" and token.head.lower_ == "to")
    if word in ("round", "rounds"):  # of talks, where the article has told of talks; "the round of talks" is told by "talks"
        told = word == "round" and any(n.type == "talks" for n in statements.nouns.values())
        return not told or any(t.lower_ == "of" for t in token.rights)
    if word == "questioning":  # by members of parliament, not by the police
        return not any(lemma(t) in words["bodies"] or t.lower_.rstrip("s") in words["bodies"] for t in after(token, "from", "by"))
    if word == "vote":
        return token.dep_ == "dobj" and lemma(token.head) in words["not_of"]
    if word == "graduation":
        return not any(t.dep_ in ("det", "poss", "compound") for t in token.lefts)
    if word in ("parade", "celebration"):
        return token.dep_ == "pobj" and token.head.lower_ in ("on", "in") and not any(t.dep_ in ("det", "poss") for t in token.lefts)
    return False


def has_date(prep: Token) -> bool:
    """Whether a preposition leads to a date: "a call on Thursday"."""
    return any(t.ent_type_ in ("DATE", "TIME") for t in prep.children)


def has_people(prep: Token) -> bool:
    """Whether a preposition leads to those who are on the line: "a call for investors"."""
    return any(
        t.tag_ == "NNS" and lemma(t) in ("investor", "analyst", "journalist", "reporter", "shareholder", "employee") for t in prep.children
    )


def takes_place(token: Token) -> bool:
    """Whether a noun that is mostly the name of a body is said to be where and when: "at the Kidney Congress in Vienna, which opens on Friday"."""
    running = any(t.dep_ == "relcl" and lemma(t) in ("open", "run", "begin", "start", "take", "end") for t in token.rights)
    placed = any(t.dep_ == "prep" and t.lower_ == "in" for t in token.rights)
    return token.dep_ == "pobj" and token.head.lower_ in ("at", "during") and (running or placed)


def in_event_name(token: Token) -> bool:
    """Whether the noun stands inside a name that is said to take place: "The Fan Expo Canada took place"."""
    head, verb = token.head, token.head.head
    if not (token.text[0].isupper() and head.text[0].isupper() and head.pos_ == "PROPN" and head.dep_ in ("nsubj", "nsubjpass")):
        return False
    return lemma(verb) in ("run", "open", "begin", "kick") or verb.lower_ == "held" or any(t.lower_ == "place" for t in verb.rights)
