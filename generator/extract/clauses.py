"""Clauses: which words make one statement, who is its subject, and whether it tells of what was, is or will be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from generator.extract.nlp import lemma

if TYPE_CHECKING:
    from spacy.tokens import Token

Tense = Literal["past", "present", "future", "possible"]

BE = frozenset({"is", "are", "was", "were", "be", "been", "'s", "’s", "'re", "’re"})
BREAKS = frozenset({"relcl", "ccomp", "parataxis", "csubj", "advcl", "acl", "pcomp"})
VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})  # "the injured", "dozens"
LONGEST_CLIMB = 60  # heads; a parse of a listing can be as deep as it is long


def infinitive(verb: Token) -> bool:
    """Whether it is "to meet": without a tense, so that it shares time and place with what governs it ("set a date to meet")."""
    return verb.tag_ == "VB" and any(t.lower_ == "to" and t.dep_ == "aux" for t in verb.lefts)


def clause_head(token: Token) -> Token:
    """The verb (or noun) that heads the statement a word belongs to."""
    for _ in range(LONGEST_CLIMB):
        dep = token.dep_
        if dep == "ROOT" or token.head.i == token.i:
            return token
        if dep in BREAKS and not (dep in ("advcl", "acl", "pcomp") and infinitive(token)):
            return token
        if dep == "conj" and token.pos_ in VERBAL and token.head.pos_ in VERBAL:
            return token
        token = token.head
    return token


def chain(verb: Token) -> list[Token]:
    """The verb and what it hangs on as an infinitive or complement: "is expected to speak" → speak, expected."""
    found = [verb]
    for _ in range(LONGEST_CLIMB):
        if verb.dep_ in ("xcomp", "acomp") or (verb.dep_ in ("advcl", "acl", "ccomp", "relcl") and infinitive(verb)):
            verb = verb.head
        elif (
            verb.dep_ == "conj" and verb.tag_ == "VB" and verb.head.tag_ == "VB" and not any(t.dep_ in ("aux", "nsubj") for t in verb.lefts)
        ):
            found.pop()  # "are expected to fly there and meet": the second verb hangs where the first does
            found.append(verb)
            verb = verb.head
            found.append(verb)
            continue
        elif verb.pos_ == "NOUN" and verb.dep_ in ("dobj", "attr") and verb.head.pos_ in VERBAL:
            verb = verb.head  # "will get a chance to see him"
        else:
            break
        found.append(verb)
    return found


def tense(verb: Token) -> Tense:
    """Of the verb with its auxiliaries."""
    past = verb.tag_ == "VBD"
    for t in verb.children:
        if t.dep_ not in ("aux", "auxpass"):
            continue
        word = t.lower_
        if word in ("will", "shall", "'ll", "’ll", "wo", "would", "'d", "’d"):
            return "future"  # "would": the future as it was reported
        if word in ("could", "may", "might", "can", "should", "must", "ought"):
            return "possible"
        if t.tag_ == "VBD" or word in ("have", "has", "had", "'ve", "’ve", "was", "were", "did"):
            past = True
    if past:
        return "past"
    if verb.tag_ == "VBN" and not any(t.dep_ in ("aux", "auxpass") for t in verb.children):
        return "past"  # "a meeting held …"
    if verb.tag_ == "VBG" and not any(t.dep_ == "aux" for t in verb.children):
        return "past" if verb.dep_ == "pcomp" and verb.head.lower_ in ("after", "since", "following", "by", "for") else "present"
    return "present"


def pluperfect(verb: Token) -> bool:
    """Whether it is told as what was before something else happened: "had been due"."""
    return any(t.lower_ in ("had", "'d", "’d") and t.dep_ == "aux" for t in verb.children) and verb.tag_ == "VBN"


def passive(verb: Token) -> bool:
    """Whether the subject is what is acted on."""
    return any(t.dep_ in ("nsubjpass", "auxpass") for t in verb.children) or (verb.tag_ == "VBN" and verb.dep_ == "acl")


def negated(verb: Token) -> bool:
    """Whether the verb is denied: "did not meet", "nobody met"."""
    return any(t.dep_ == "neg" or t.lower_ in ("never", "nobody", "none") for t in verb.children)


def subject(verb: Token) -> Token | None:
    """Head of the subject, also where it is shared with the verb above ("is expected to speak", "met and talked", "after meeting …", "who met")."""
    for _ in range(LONGEST_CLIMB):
        for t in reversed(list(verb.lefts)):  # the nearest: a dateline can be read as a subject before it
            if t.dep_ in ("nsubj", "nsubjpass", "expl"):
                if t.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
                    return verb.head
                return t
        for t in verb.rights:  # "said Ms Frey"
            if t.dep_ in ("nsubj", "nsubjpass"):
                return t
        if verb.dep_ in ("acl", "relcl"):
            noun = verb.head
            if infinitive(verb):  # "a date to meet": whoever set it
                governor = noun.head
                if noun.dep_ in ("dobj", "attr", "pobj") and governor.pos_ in VERBAL:
                    verb = governor
                    continue
                return noun if noun.dep_ not in ("dobj", "pobj") else None
            return noun if verb.tag_ in ("VBG", "VBN") or verb.lower_ == "meeting" else None
        if verb.dep_ == "pcomp":
            up = verb.head.head
            if up.pos_ not in VERBAL:
                return None
            verb = up
            continue
        if verb.dep_ == "xcomp" and verb.head.dep_ == "acomp":  # "is due to meet"
            verb = verb.head.head
            continue
        if verb.dep_ == "acomp" and verb.head.pos_ in VERBAL:  # "is due in Oslo"
            verb = verb.head
            continue
        if verb.dep_ in ("xcomp", "advcl", "conj") and verb.head.pos_ in VERBAL and verb.head.i != verb.i:
            if verb.dep_ == "xcomp":  # "urged both sides to meet": the object is the one to do it
                objects = [t for t in verb.head.children if t.dep_ == "dobj" and t.i < verb.i]
                if objects:
                    return objects[0]
            verb = verb.head
            continue
        return None
    return None


def joined(head: Token) -> list[Token]:
    """A noun and those joined to it: "Biden and Putin" → both. Only to the right, in order of the text."""
    found = [head]
    queue = [head]
    while queue and len(found) < 30:
        for t in queue.pop(0).children:
            if t.dep_ == "conj" and t.pos_ in NOMINAL:
                found.append(t)
                queue.append(t)
    return found


def subjects(verb: Token) -> list[Token]:
    """The subject and all joined to it; also where the parse gives the verb two: "President Burke and Vice President Keller had lunch"."""
    doer = subject(verb)
    if doer is None:
        return []
    before = [t for t in doer.head.lefts if t.dep_ == doer.dep_ and t.i < doer.i]
    doers = joined(doer)
    before += [t for t in doer.lefts if t.dep_ == "nmod" and t.pos_ == "PROPN"]  # "Marchetti and Corvus chairman Monti": read as one name
    return [*(t for t in before[-1:] if t not in doers and any(c.dep_ == "cc" and c.i > t.i for c in t.children)), *doers]


def objects(verb: Token) -> list[Token]:
    """Direct and indirect objects, all that are joined."""
    return [j for t in verb.children if t.dep_ in ("dobj", "dative", "obj", "iobj") and t.pos_ in NOMINAL for j in joined(t)]


def after(head: Token, *prepositions: str) -> Iterator[Token]:
    """Heads of the noun phrases that hang on a word by one of the prepositions, all that are joined."""
    for prep in head.children:
        if prep.dep_ in ("prep", "agent", "dative", "conj") and prep.lower_ in prepositions:
            for t in prep.children:
                if t.dep_ in ("pobj", "obj") and t.pos_ in NOMINAL:
                    yield from joined(t)
            for t in prep.children:  # "between Kyiv and Moscow and with …"
                if t.dep_ == "conj" and t.pos_ == "ADP" and t.lower_ in prepositions:
                    yield from (j for o in t.children if o.dep_ == "pobj" for j in joined(o))


def lemmas(verbs: list[Token]) -> set[str]:
    """Dictionary forms, with a particle joined: "called off" → "call off" beside "call"."""
    found = set()
    for v in verbs:
        word = lemma(v)
        found.add(word)
        for t in v.children:
            if t.dep_ in ("prt", "prep") and t.lower_ in ("off", "for", "out", "down", "up", "through", "apart"):
                found.add(f"{word} {t.lower_}")
    return found
