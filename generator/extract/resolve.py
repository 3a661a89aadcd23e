"""Who is meant: a name, a surname, a role, a pronoun or a description, resolved to an actor over the whole article."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from generator.data import load
from generator.extract.names import Tokens, lists, tokens_of
from generator.extract.roles import roles_of
from generator.extract.text import Analysed
from generator.model import Actor
from generator.names import Gender, address_forms, demonyms, genders, words_of
from generator.words import fold

if TYPE_CHECKING:
    from spacy.tokens import Span as Words

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
HE_SHE: dict[str, Gender] = {
    "he": "male", "him": "male", "his": "male", "himself": "male", "she": "female", "her": "female", "hers": "female", "herself": "female",
}  # fmt: skip
FADE = 0.7  # what a mention keeps of its weight a sentence later
FAINT = 0.05  # below this nobody remembers the name: about eight sentences


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

    def named_in(self, start: int, end: int) -> tuple[str, ...]:
        """Ids of the actors named between two characters, each once, in order."""
        i = bisect_left(self.mentions, (start, 0, ""))
        ids: dict[str, None] = {}
        while i < len(self.mentions) and self.mentions[i][0] < end:
            if self.mentions[i][1] <= end:
                ids.setdefault(self.mentions[i][2])
            i += 1
        return tuple(ids)

    def parties_in(self, start: int, end: int) -> tuple[str, ...]:
        """As `named_in`, and a country for "Russian officials", "the French side", a person for "he" or "the mayor": who takes part."""
        t = self._tokens
        found: list[tuple[int, str]] = [(t.start[i], a) for i, a in self._by_people(start, end)]
        k = bisect_left(self.mentions, (start, 0, ""))
        while k < len(self.mentions) and self.mentions[k][0] < end:
            found.append((self.mentions[k][0], self.mentions[k][2]))
            k += 1
        return tuple(dict.fromkeys(a for _, a in sorted(found)))

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
        named = [
            m for m in self.mentions[bisect_left(self.mentions, (start, 0, "")) : bisect_left(self.mentions, (end, 0, ""))] if m[1] <= end
        ]
        for s, e, actor in named:
            if s <= t.start[root] < e:
                return actor
        low = t.text[root].lower()
        if low in HE_SHE:
            return self._pronouns.get(root)
        return self._described(first, last, root)

    # --- what the answers rest on ---

    @cached_property
    def _tokens(self) -> Tokens:
        return tokens_of(self.text.doc)

    @cached_property
    def _sentence(self) -> list[int]:
        """For every token, the number of its sentence."""
        number, out = 0, []
        for opens in self._tokens.opens:
            number += opens
            out.append(number)
        return out

    @cached_property
    def _named_tokens(self) -> list[tuple[int, int, str]]:
        """Mentions as (first token, one past the last, actor id)."""
        t = self._tokens
        return [(bisect_right(t.start, s) - 1, bisect_left(t.start, e), a) for s, e, a in self.mentions]

    @cached_property
    def _roles(self) -> dict[str, tuple[frozenset[str], ...]]:
        """The words of every role a person is given, by actor id."""
        found: dict[str, list[frozenset[str]]] = defaultdict(list)
        for first, last, actor in self._named_tokens:
            if self.by_id[actor].type == "person":
                for role in roles_of(self._tokens, first, last):
                    found[actor].append(frozenset(fold(role).replace("-", " ").split()))
        return {a: tuple(r) for a, r in found.items()}

    @cached_property
    def _genders(self) -> dict[str, Gender]:
        """What titles, roles and first names tell of a person's gender, by actor id."""
        t = self._tokens
        known: dict[str, Gender] = {}
        for first, _, actor in self._named_tokens:
            title = address_forms().get(t.text[first - 1]) if first else None
            if title:
                known.setdefault(actor, title)
        sexes: tuple[Gender, Gender] = ("female", "male")
        for a in self.actors:
            if a.type != "person" or a.id in known:
                continue
            words = {w for role in self._roles.get(a.id, ()) for w in role}
            told = [g for g in sexes if words & words_of("titles", g)]
            first_name = genders().get(fold(a.name.split()[0])) if " " in a.name else None
            if len(told) == 1 or first_name:
                known[a.id] = first_name or told[0]
        return known

    @cached_property
    def _pronouns(self) -> dict[int, str]:
        """The person behind every "he" and "she", by token: the subject of what precedes first, the last named second."""
        t, sentence, known = self._tokens, self._sentence, dict(self._genders)
        weight: dict[str, tuple[float, int]] = {}  # actor → weight, sentence
        answer: dict[int, str] = {}
        names = {first: (last, actor) for first, last, actor in self._named_tokens if self.by_id[actor].type == "person"}
        quoted = False

        def heard(actor: str, i: int, subject: bool) -> None:
            old, at = weight.get(actor, (0.0, sentence[i]))
            old *= FADE ** (sentence[i] - at)
            weight[actor] = (old * 0.5 + (0.3 if quoted else 2.0 if subject else 1.0), sentence[i])

        for i, word in enumerate(t.text):
            if word in ("“", "”", '"'):
                quoted = word == "“" or (word == '"' and not quoted)
            elif t.pos[i] == "SPACE" and "\n" in word:
                quoted = False
            elif i in names:
                last, actor = names[i]
                heard(actor, i, any(t.dep[k] in SUBJECTS for k in range(i, last)))
            elif t.pos[i] == "PRON" and (gender := HE_SHE.get(word.lower())):
                fitting = [
                    (w * FADE ** (sentence[i] - at) * (1.0 if known.get(a) else 0.8), a)
                    for a, (w, at) in weight.items()
                    if known.get(a, gender) == gender
                ]
                best = max(fitting, default=(0.0, ""))
                if best[0] > FAINT:
                    answer[i] = best[1]
                    known.setdefault(best[1], gender)
                    heard(best[1], i, t.dep[i] in SUBJECTS)
        return answer

    def _before(self, i: int, wanted: set[str]) -> str | None:
        """Of the wanted actors, the one named last before a token, or first after it."""
        best = None
        for first, _, actor in self._named_tokens:
            if actor in wanted and (first <= i or best is None):
                best = actor
        return best

    def _described(self, first: int, last: int, root: int) -> str | None:
        """The actor behind "the foreign minister", "the agency", "his attorney": one whose role or name has these words."""
        t = self._tokens
        low = t.text[root].lower()
        if t.text[first].lower() not in ("the", "this", "that", "his", "her", "their") and not t.text[root][:1].isupper():
            return None
        if low in lists()["titles"]:
            words = {t.text[i].lower() for i in range(first, root + 1) if t.pos[i] in ("NOUN", "PROPN", "ADJ")}
            fitting = {a for a, roles in self._roles.items() if any(words <= r for r in roles)}
            return self._before(root, fitting) if fitting else None
        about = load("descriptions").get(low)
        if about:
            bodies = [a for a in self.actors if a.type in ("organization", "group")]
            fitting = {a.id for a in bodies if set(about.get("body", ())) & {w for n in (a.name, *a.aliases) for w in n.split()}}
            if not fitting and about.get("any"):
                fitting = {a.id for a in bodies}
            return self._before(root, fitting) if fitting else None
        return None

    def _by_people(self, start: int, end: int) -> list[tuple[int, str]]:
        """Countries behind "Russian officials", people behind pronouns, as (token, actor id)."""
        t = self._tokens
        found = []
        countries = {a.name: a.id for a in self.actors if a.type == "country"}
        for i in range(bisect_left(t.start, start), bisect_left(t.start, end)):
            country = countries.get(demonyms().get(t.text[i], ""))
            if country and any(t.text[k].lower() in words_of("plain", "people") for k in range(i + 1, min(i + 4, len(t)))):
                found.append((i, country))
            elif i in self._pronouns:
                found.append((i, self._pronouns[i]))
        return found
