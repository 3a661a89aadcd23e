"""Cues: the words that say that somebody says, thinks or finds something, from the list in `data/speech.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from generator.data import load
from generator.model import ClaimKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

VOWELS = frozenset("aeiou")
FRAMES = (
    "clause", "that", "quote", "as", "thought", "thought_that", "finding", "infinitive", "gerund", "wish", "person_infinitive", "object", "feeling",
    "naming", "naming_as",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verb:
    """What a verb of the list takes, and the class it then belongs to."""

    name: str
    frames: dict[str, ClaimKind] = field(default_factory=dict)
    prepositions: dict[str, ClaimKind] = field(default_factory=dict)
    reaching: dict[str, ClaimKind] = field(default_factory=dict)  # prepositions before a person and an infinitive: "called on them to …"


@cache
def verbs() -> dict[str, tuple[Verb, ...]]:
    """Every form of every verb of the list, lower case; "found" is a form of one verb, "read" could be of two."""
    data = load("speech")
    known: dict[str, Verb] = {}
    for frame in FRAMES:
        for kind, names in data[frame].items():
            for name in names.split():
                known.setdefault(name, Verb(name)).frames.setdefault(frame, kind)
    for kind, taken in data["preposition"].items():
        for name, prepositions in taken.items():
            known.setdefault(name, Verb(name)).prepositions.update(dict.fromkeys(prepositions, kind))
    for kind, taken in data["preposition_infinitive"].items():
        for name, prepositions in taken.items():
            known.setdefault(name, Verb(name)).reaching.update(dict.fromkeys(prepositions, kind))
    forms: dict[str, tuple[Verb, ...]] = {}
    for verb in known.values():
        for form in dict.fromkeys([verb.name, *(data["irregular"].get(verb.name) or regular_forms(verb.name))]):
            forms[form] = (*forms.get(form, ()), verb)
    return forms


@cache
def is_saying(form: str) -> bool:
    """Whether a form is of a verb that takes more than a quotation: "closed" may close a speech, but says little by itself."""
    return any(set(verb.frames) - {"quote"} or verb.prepositions for verb in verbs().get(form, ()))


@cache
def words_for(entry: str) -> dict[str, ClaimKind]:
    """A list of single words by class: "noun", "adjective"."""
    return {word: kind for kind, words in load("speech")[entry].items() for word in words.split()}


@cache
def noun_prepositions() -> dict[str, dict[str, ClaimKind]]:
    """Nouns that carry what follows a preposition: "criticism" → {"of": "accused"}."""
    found: dict[str, dict[str, ClaimKind]] = {}
    for kind, nouns in load("speech")["noun_preposition"].items():
        for noun, prepositions in nouns.items():
            found.setdefault(noun, {}).update(dict.fromkeys(prepositions, kind))
    return found


@cache
def feelings() -> frozenset[str]:
    """Nouns that are voiced: "raised concerns", "expressed support"."""
    return frozenset(load("speech")["feelings"].split())


@cache
def statements() -> frozenset[str]:
    """Nouns for what somebody says or writes as a whole."""
    return frozenset(load("speech")["statement"].split())


@cache
def fixed_cues() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Prepositional cues by their first word: "according" → ("to",)."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in load("speech")["source"]:
        first, *rest = phrase.split()
        found[first] = (*found.get(first, ()), tuple(rest))
    return found


def regular_forms(name: str) -> tuple[str, str, str]:
    """Third person, past and participle as spelling has them: "deny" → denies, denied, denying."""
    if name.endswith("y") and name[-2] not in VOWELS:
        return f"{name[:-1]}ies", f"{name[:-1]}ied", f"{name}ing"
    if name.endswith("e"):
        return f"{name}s", f"{name}d", f"{name[:-1]}ing"
    third = f"{name}es" if name.endswith(("s", "x", "z", "ch", "sh")) else f"{name}s"
    return third, f"{name}ed", f"{name}ing"


def find_cues(doc: Doc) -> Iterator[tuple[Token, Verb]]:
    """The words of a text that are, by form and part of speech, verbs of the list. What they govern decides whether they are cues."""
    forms = verbs()
    for token in doc:
        if (found := forms.get(token.lower_)) and is_verb(token):
            yield token, found[0]


def as_told(token: Token) -> bool:
    """Whether a form taken for a noun closes "As Ann Poe notes,"."""
    if token.tag_ != "NNS" or token.i < 2 or token.i + 1 >= len(token.doc) or token.nbor(1).text != ",":
        return False
    i = token.i - 1
    while i > 0 and token.doc[i].pos_ == "PROPN" and token.i - i < 4:
        i -= 1
    return i < token.i - 1 and str(token.doc[i].lower_) == "as"


def is_verb(token: Token) -> bool:
    """Whether a form of the list is a verb here: by the tagger, by the form itself for the commonest, or by what follows a form taken for a noun."""
    if token.lower_ in ("said", "says", "told"):
        return True
    before = token.nbor(-1) if token.i and not token.is_sent_start else None
    if not token.is_lower and before is not None and before.pos_ == "PROPN":  # "Huffington Post"
        return False
    if token.tag_[0] == "V":
        return before is None or before.tag_ not in ("DT", "PRP$", "JJ")
    if as_told(token):
        return True
    if token.tag_ == "NNS" and before is not None and before.pos_ in ("NOUN", "PROPN") and token.i + 2 < len(token.doc):
        after = token.nbor(1)
        return after.lower_ == "that" or (after.text in (",", ":") and token.nbor(2).is_quote)
    return False
