"""Parties: who takes part, by the noun phrases around the word that tells of a meeting."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING

from generator.data import load
from generator.extract.clauses import NOMINAL, after
from generator.extract.found import Found
from generator.extract.nlp import lemma
from generator.words import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

NEAR = 400  # characters, two or three sentences, behind which "the two" are no longer clear
PAIRED = frozenset(
    "man woman leader president minister premier side country nation government neighbour neighbor rival candidate diplomat official".split()
)
MODIFIERS = frozenset({"compound", "amod", "poss", "nmod", "nummod", "conj"})


@cache
def countries_by_people() -> dict[str, str]:
    """ "Russian" → "Russia"; every name and adjective of a country → its usual name, folded."""
    found = {}
    for name, entry in load("countries").items():
        for word in (name, *(entry or {}).get("also", ()), *(entry or {}).get("people", ())):
            found[word] = fold(name)
    return found


class Parties:
    """Who is meant by noun phrases, as actors' ids."""

    def __init__(self, doc: Doc, found: Found) -> None:
        self.doc = doc
        self.who = found.who
        self.actors = found.actors
        self.claims = found.claims

    @cached_property
    def _countries(self) -> dict[str, str]:
        by_name = {fold(n): a.id for a in self.actors if a.type == "country" for n in (a.name, *a.aliases)}
        return {word: by_name[name] for word, name in countries_by_people().items() if name in by_name}

    @cached_property
    def _by_token(self) -> dict[int, str]:
        """Actor ids by the first character of every word of every mention."""
        found: dict[int, str] = {}
        for start, end, actor in self.who.mentions:
            words = self.doc.char_span(start, end, alignment_mode="expand")
            for t in words or ():
                found.setdefault(t.i, actor)
        return found

    def named(self, token: Token) -> str | None:
        """The actor whose name the word belongs to."""
        return self._by_token.get(token.i)

    def is_person(self, actor: str) -> bool:
        """Whether the actor is a person."""
        return actor in self.who.by_id and self.who.by_id[actor].type == "person"

    def is_organization(self, actor: str) -> bool:
        """Whether the actor is an organization."""
        return actor in self.who.by_id and self.who.by_id[actor].type == "organization"

    def first_person(self, pronoun: Token) -> str | None:
        """Who "I" or "we" is inside of a quotation: whoever says it."""
        return next((c.speaker for c in self.claims if c.speaker and any(s.start <= pronoun.idx < s.end for s in c.content_spans)), None)

    def travels(self, actor: str) -> bool:
        """Whether the actor is a person with an office whose travels are visits: a president, a foreign minister, an envoy."""
        role = (self.who.by_id[actor].role or "").lower() if self.is_person(actor) else ""
        return not travellers().isdisjoint(role.replace("-", " ").split()) or not travellers().isdisjoint(role.split())

    def country(self, token: Token) -> str | None:
        """The country of "Russian" or "US", where it is an actor of the article."""
        return self._countries.get(token.text)

    def one(self, head: Token) -> tuple[str, ...]:
        """Who one noun phrase means; several for "German and French ministers"; nobody where the article names nobody."""
        if actor := self.named(head):
            return (actor,)
        if head.tag_ in ("WP", "WDT") and (who := antecedent(head)) is not None:
            return self.one(who)
        first = head.left_edge.i
        if head.pos_ in NOMINAL and head.i - first < 25 and (actor := self.who.who(self.doc[first : head.i + 1])):
            return (actor,)
        if head.lower_ in ("i", "we", "us", "me"):
            speaker = self.first_person(head)
            return (speaker,) if speaker else ()
        for t in head.children:  # "China's top diplomat, Yang Rui"
            if t.dep_ == "appos" and (actor := self.named(t)) and self.is_person(actor):
                return (actor,)
        if pair := self.pair(head):
            return pair
        if lemma(head) in delegates():
            found: dict[str, None] = {}
            queue = [t for t in head.lefts if t.dep_ in MODIFIERS]
            while queue and len(found) < 12:
                t = queue.pop(0)
                queue += [c for c in t.children if c.dep_ in MODIFIERS]
                if actor := self.country(t) or self.named(t):
                    found.setdefault(actor)
            if not found:
                for t in after(head, "of", "from", "at", "for"):
                    found.update(dict.fromkeys([a] if (a := self.named(t)) else []))
            for t in head.subtree:  # "a delegation of traders from Karachi, led by Haji Yousaf"
                if t.dep_ == "acl" and lemma(t) in ("lead", "head") and t.i - head.i < 15:
                    found.update(dict.fromkeys(a for j in after(t, "by") if (a := self.named(j))))
            if found:
                return tuple(found)
        if lemma(head) in bodies():  # "the bank's governing council"
            for t in head.lefts:
                if t.dep_ == "poss" and (actor := self.named(t)) and not self.is_person(actor):
                    return (actor,)
        if lemma(head) in parts():
            whose = [t for t in head.lefts if t.tag_ == "PRP$"]
            return self.one(whose[0]) if whose else self.owner(head)
        for t in head.children:  # "the secretary, Rosalind Peake" and names that the parse broke
            if t.dep_ == "appos" and (actor := self.named(t)):
                return (actor,)
        if head.pos_ == "PROPN" or head.ent_type_ in ("DATE", "TIME"):  # "… President Zelenskyy Wednesday" read as one name
            inside = [a for t in self.doc[first : head.i] if t.dep_ in ("compound", "nmod") and t.head.i == head.i and (a := self.named(t))]
            if inside:
                return (inside[-1],)
        return ()

    def pair(self, head: Token) -> tuple[str, ...]:
        """Who "the two", "the two men" or "both sides" are: the two people, or else the two countries, that the sentences before name last."""
        counted = head.lower_ in ("two", "pair", "both") or any(t.lower_ in ("two", "both") for t in head.lefts)
        plural = head.tag_ == "NNS" and lemma(head) in PAIRED
        definite = head.lower_ == "both" or any(t.lower_ in ("the", "both", "these") for t in head.lefts)
        if not (counted and definite and (plural or head.lower_ in ("two", "pair", "both"))):
            return ()
        return self._last_two(head.idx, lemma(head) in ("country", "side", "nation", "government", "neighbour", "neighbor"))

    def _last_two(self, offset: int, countries: bool) -> tuple[str, ...]:
        """The two people (or countries) named last before a character, where no more than two are spoken of there."""
        kind = "country" if countries else "person"
        found: dict[str, None] = {}
        for start, _, actor in reversed(self.who.mentions):
            if start >= offset or actor not in self.who.by_id or self.who.by_id[actor].type != kind:
                continue
            if offset - start > NEAR:
                break
            found.setdefault(actor)
            if len(found) == 2:
                return tuple(reversed(found))
        return ()

    def owner(self, part: Token) -> tuple[str, ...]:
        """The organization whose board, members or shareholders are meant: named beside them, or the one the article speaks of most."""
        for t in part.subtree:
            if t.dep_ in ("poss", "compound", "pobj") and t.i - part.i < 4 and (actor := self.named(t)):
                return (actor,)
        return (self._protagonist,) if self._protagonist else ()

    @cached_property
    def _protagonist(self) -> str | None:
        organizations = [a for a in self.actors if a.type == "organization" and a.mentions]
        best = max(organizations, key=lambda a: (len(a.mentions), -a.mentions[0].start), default=None)
        return best.id if best else None

    def all(self, heads: list[Token]) -> tuple[str, ...]:
        """Who the noun phrases mean, each once, in order."""
        found: dict[str, None] = {}
        for head in heads:
            for actor in self.one(head):
                found.setdefault(actor)
        return tuple(found)


def antecedent(pronoun: Token) -> Token | None:
    """The noun that "who" or "whom" stands for: "Carmen Reyes, whom she met"."""
    verb = pronoun.head
    return verb.head if verb.dep_ == "relcl" and verb.head.i < pronoun.i and verb.head.pos_ in NOMINAL else None


@cache
def delegates() -> frozenset[str]:
    """Words for those who act for a country."""
    return frozenset(load("meetings")["delegates"])


@cache
def bodies() -> frozenset[str]:
    """Words for bodies that decide together."""
    return frozenset(load("meetings")["bodies"])


@cache
def travellers() -> frozenset[str]:
    """Offices whose travels are visits."""
    return frozenset(load("meetings")["travellers"])


@cache
def parts() -> frozenset[str]:
    """Words for those who act for the organization they belong to."""
    return frozenset(load("meetings")["parts"])
