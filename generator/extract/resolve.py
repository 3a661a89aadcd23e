"""Who is meant: a name, a surname, a role, a pronoun or a description, resolved to an actor over the whole article."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from generator.extract.text import Analysed
from generator.model import Actor

if TYPE_CHECKING:
    from spacy.tokens import Span as Words
    from spacy.tokens import Token


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

    def who(self, phrase: Words) -> str | None:
        """The actor a noun phrase means: by name ("Kremlin spokesman Dmitry Peskov"), pronoun ("he") or description ("the mayor")."""
        head: Token = phrase.root
        for start, end, actor in reversed([m for m in self.mentions if phrase.start_char <= m[0] and m[1] <= phrase.end_char]):
            if start <= head.idx < end:
                return actor
        return None
