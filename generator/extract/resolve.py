"""Who is meant: a name, a surname, a role, a pronoun or a description, resolved to an actor over the whole article."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from generator.data import load
from generator.extract.pronouns import FADE, HE_SHE, IT, SUBJECTS, THEY, resolve_pronouns
from generator.extract.roles import roles_of
from generator.extract.text import Analysed
from generator.extract.tokens import Tokens, lists, tokens_of
from generator.model import Actor
from generator.names import Gender, address_forms, demonyms, genders, words_of
from generator.words import fold

if TYPE_CHECKING:
    from spacy.tokens import Span as Words

LATEST = 12  # mentions of an actor that still tell how present it is
DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "their", "its", "our", "my"})


@dataclass(frozen=True)
class Resolver:
    """Answers "who is this?" for the steps after the actors. Silent (None) rather than guessing."""

    text: Analysed
    actors: tuple[Actor, ...]

    @cached_property
    def mentions(self) -> tuple[tuple[int, int, str], ...]:
        """Every mention of every actor by name, as (start, end, actor id), in order of the text."""
        return tuple(sorted((m.start, m.end, a.id) for a in self.actors for m in a.mentions))

    @cached_property
    def by_id(self) -> dict[str, Actor]:
        """The actors by their ids."""
        return {a.id: a for a in self.actors}

    def mentions_in(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """The mentions that lie between two characters, in order."""
        found = self.mentions[bisect_left(self.mentions, (start, 0, "")) : bisect_left(self.mentions, (end, 0, ""))]
        return [m for m in found if m[1] <= end]

    def named_in(self, start: int, end: int) -> tuple[str, ...]:
        """Ids of the actors named between two characters, each once, in order."""
        return tuple(dict.fromkeys(actor for _, _, actor in self.mentions_in(start, end)))

    def who(self, phrase: Words) -> str | None:
        """The actor a noun phrase means: by name ("Kremlin spokesman Dmitry Peskov"), pronoun ("he") or description ("the mayor")."""
        return self.who_at(phrase.start_char, phrase.end_char)

    def who_at(self, start: int, end: int) -> str | None:
        """As `who`, for the noun phrase between two characters."""
        t = self._tokens
        first, last = bisect_left(t.start, start), bisect_left(t.start, end)
        if first >= last:
            return None
        root = next((i for i in range(first, last) if not first <= t.head[i] < last or t.head[i] == i), last - 1)
        named = self.mentions_in(start, end)
        for s, e, actor in named:
            if s <= t.start[root] < e:
                return actor
        if t.low[root] in HE_SHE or t.low[root] in IT or t.low[root] in THEY:
            return self._pronouns.get(root)
        if not named and (labelled := self._labelled(start, end)) is not None:
            return labelled
        apposed = self._apposed(root, named)
        if apposed is None and named and t.pos[root] in ("NOUN", "ADJ") and root < last - 1:
            apposed = next((a for k in range(root, last) if (a := self._set_off(k, named))), None)  # "his co-pilot, Jens Pohl"
        return apposed or (self._described(first, root) if not named or named[0][0] > t.start[root] else None)

    def _labelled(self, start: int, end: int) -> str | None:
        """The person whose surname stands in capitals, as transcripts label speech: "NORCROSS: Thank you"."""
        label = self.text.article.text[start:end]
        if not label.isupper() or not label.split():
            return None
        fitting = [a.id for a in self.actors if a.type == "person" and fold(a.name.split()[-1]) == fold(label.split()[-1])]
        return fitting[0] if len(fitting) == 1 else None

    # --- what the answers rest on ---

    @cached_property
    def _tokens(self) -> Tokens:
        return tokens_of(self.text.doc)

    @cached_property
    def _sentences(self) -> list[int]:
        """For every token, the number of its sentence."""
        number, out = 0, []
        for opens in self._tokens.opens:
            number += opens
            out.append(number)
        return out

    @cached_property
    def _names(self) -> list[tuple[int, int, str]]:
        """Mentions as (first token, one past the last, actor id)."""
        t = self._tokens
        return [(bisect_right(t.start, s) - 1, bisect_left(t.start, e), a) for s, e, a in self.mentions]

    @cached_property
    def _roles(self) -> dict[str, tuple[frozenset[str], ...]]:
        """The words of every role a person is given, by actor id."""
        found: dict[str, list[frozenset[str]]] = defaultdict(list)
        for first, last, actor in self._names:
            if self.by_id[actor].type == "person":
                for role in roles_of(self._tokens, first, last):
                    found[actor].append(frozenset(fold(role).replace("-", " ").split()))
        return {a: tuple(r) for a, r in found.items()}

    @cached_property
    def _genders(self) -> dict[str, Gender]:
        """What titles, roles and first names tell of a person's gender, by actor id."""
        t = self._tokens
        known: dict[str, Gender] = {}
        for first, _, actor in self._names:
            title = address_forms().get(t.text[first - 1]) if first else None
            if title:
                known.setdefault(actor, title)
        sexes: tuple[Gender, Gender] = ("female", "male")
        for a in self.actors:
            if a.type != "person" or a.id in known:
                continue
            words = {w for role in self._roles.get(a.id, ()) for w in role}
            told = [g for g in sexes if words & words_of("titles", g)]
            by_name = genders().get(fold(a.name.split()[0])) if " " in a.name else None
            if by_name or len(told) == 1:
                known[a.id] = by_name or told[0]
        return known

    @cached_property
    def _pronouns(self) -> dict[int, str]:
        """The actor behind every pronoun that is clear, by token."""
        return resolve_pronouns(self._tokens, self._sentences, self._names, {a.id: a.type for a in self.actors}, self._genders)

    def _apposed(self, root: int, named: list[tuple[int, int, str]]) -> str | None:
        """The one actor named beside what describes it: "the union's negotiator, Carol Mbeki", "the magazine MicroMega"."""
        t = self._tokens
        low = t.low[root]
        person = low in lists()["titles"]
        if not person and low not in lists()["bodies"]:
            return self._set_off(root, named)
        beside = []
        for s, _, actor in named:
            first = bisect_left(t.start, s)
            before = first - 1
            while before > root and (
                t.low[before] in lists()["titles"] or t.low[before] in ("the", "a") or t.text[before] in address_forms()
            ):
                before -= 1
            if (
                s > t.start[root]
                and (self.by_id[actor].type == "person") == person
                and (t.pos[before] not in ("ADP", "PART") or before <= root)
            ):
                beside.append(actor)
        return beside[0] if len(set(beside)) == 1 else None

    def _set_off(self, root: int, named: list[tuple[int, int, str]]) -> str | None:
        """The person named behind a noun and a comma, whatever the noun: "his mate, Jens Pohl"."""
        t = self._tokens
        for s, _, actor in named:
            first = bisect_left(t.start, s)
            if first == root + 2 and t.text[root + 1] == "," and t.pos[root] == "NOUN" and self.by_id[actor].type == "person":
                return actor
        return None

    def _described(self, first: int, root: int) -> str | None:
        """The actor behind "the foreign minister", "the agency", "his attorney": one whose role or name has these words."""
        t = self._tokens
        low = t.low[root]
        definite = t.low[first] in DEFINITE or any(t.text[i] in ("'s", "’s") for i in range(first, root)) or t.text[root][0].isupper()
        if not definite:
            return None
        said = [i for i in range(first, root + 1) if t.pos[i] in ("NOUN", "PROPN", "ADJ")]
        if aged := self._aged(first, root):
            return aged
        if t.low[first] == "the" and t.cut(first + 1, root + 1) in demonyms() and not t.low[root].endswith("s"):
            return self._salient(root, [a.id for a in self.actors if a.type == "person"])  # "the Argentine"
        if low in lists()["titles"]:
            words = {fold(t.text[i]) for i in said if fold(t.text[i]) not in ("former", "late")}
            return self._latest(root, {a for a, roles in self._roles.items() if any(words <= r for r in roles)})
        fitting = self._heads.get(low, set())
        about = load("descriptions").get(low)
        if not fitting and about:
            bodies = [a for a in self.actors if a.type in ("organization", "group")]
            fitting = {a.id for a in bodies if set(about.get("body", ())) & {w for n in (a.name, *a.aliases) for w in n.split()}}
            if not fitting and about.get("any") and all(t.text[i] in demonyms() for i in said if i != root):
                return self._salient(root, [a.id for a in bodies])
        return self._latest(root, fitting)

    def _aged(self, first: int, root: int) -> str | None:
        """The one person whose age the article gives so: "the 34-year-old" for "Ann Poe, 34,"."""
        t = self._tokens
        age = next((t.text[i] for i in range(first, root + 1) if t.text[i].isdigit()), None)
        if age is None or "-year-old" not in t.cut(first, root + 1).lower():
            return None
        of_that_age = {a for _, e, a in self._names if e + 1 < len(t) and t.text[e] in (",", "(") and t.text[e + 1] == age}
        return of_that_age.pop() if len(of_that_age) == 1 else None

    def _salient(self, i: int, wanted: list[str]) -> str | None:
        """Of the wanted actors, the one the text before a token is most about; subjects count double, and what is far back fades."""
        t, here = self._tokens, self._sentences[i]
        weights: dict[str, float] = {}
        for a in wanted:
            before = bisect_left(self._spots[a], i)
            for first, last in self._places[a][max(0, before - LATEST) : before]:
                weight = 2 if any(t.dep[k] in SUBJECTS for k in range(first, last)) else 1
                weights[a] = weights.get(a, 0.0) + weight * FADE ** (here - self._sentences[first])
        return max(weights, key=lambda a: weights[a], default=None)

    def _latest(self, i: int, wanted: set[str]) -> str | None:
        """Of the wanted actors, the one named last before a token, else the one named first after it."""
        before = [(spots[k - 1], a) for a in wanted if (k := bisect_right(spots := self._spots[a], i))]
        if before:
            return max(before)[1]
        return min(((self._spots[a][0], a) for a in wanted), default=(0, None))[1]

    @cached_property
    def _places(self) -> dict[str, list[tuple[int, int]]]:
        """First token and one past the last of every actor's mentions, in order."""
        places: dict[str, list[tuple[int, int]]] = {a.id: [] for a in self.actors}
        for first, last, actor in self._names:
            places[actor].append((first, last))
        return places

    @cached_property
    def _spots(self) -> dict[str, list[int]]:
        """The first tokens of every actor's mentions, in order."""
        spots: dict[str, list[int]] = {a.id: [] for a in self.actors}
        for first, _, actor in self._names:
            spots[actor].append(first)
        return {a: found or [0] for a, found in spots.items()}

    @cached_property
    def _heads(self) -> dict[str, set[str]]:
        """For every noun a body may be called by ("ministry"), the bodies whose names end in it."""
        heads: dict[str, set[str]] = defaultdict(set)
        for a in self.actors:
            if a.type in ("organization", "group"):
                for n in (a.name, *a.aliases):
                    for w in head_words(n):
                        heads[w.lower()].add(a.id)
        return heads

    def _country_of(self, i: int) -> str | None:
        """The country behind an adjective before people who stand for it: "Russian officials"."""
        t = self._tokens
        country = demonyms().get(t.text[i])
        if not country or not any(t.low[k] in lists()["people"] for k in range(i + 1, min(i + 4, len(t)))):
            return None
        return self._countries.get(country)

    @cached_property
    def _countries(self) -> dict[str, str]:
        """The ids of the article's countries by their usual names."""
        return {a.name: a.id for a in self.actors if a.type == "country"}


def head_words(name: str) -> list[str]:
    """What a body may be called for short: the last word of its name, or the one before "of", "for", "on"."""
    words = name.split()
    return [w for k, w in enumerate(words) if k == len(words) - 1 or words[k + 1] in ("of", "for", "on")][:1]
