"""The story that an article tells: its own day, its hero, and who is accused in it. What a telling leaves unsaid is taken from here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from generator.extract.clauses import joined, passive, subject
from generator.extract.found import Found
from generator.extract.meeting_words import meeting_words
from generator.extract.nlp import lemma
from generator.extract.occasions import Occasions, When
from generator.extract.parties import Parties
from generator.extract.text import Analysed

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True)
class Story:
    """What the opening of the article says of its own day and hero, and who is accused in it."""

    text: Analysed
    found: Found

    @cached_property
    def parties(self) -> Parties:
        """Who is meant by noun phrases."""
        return Parties(self.text.doc, self.found)

    @cached_property
    def occasions(self) -> Occasions:
        """The article's dates by their words."""
        return Occasions(self.text.doc, self.found.dates)

    @cached_property
    def dates(self) -> list[tuple[int, str]]:
        """The days up to publication, with where they stand."""
        today = self.text.article.published or ""
        days = [d for d in self.occasions.dated if d.when.day and not self.occasions.bound(d)]
        return [(d.mention.span.start, d.when.start) for d in days if d.when.start and d.when.start <= today]

    def when(self, offset: int) -> When | None:
        """The story's own day, where no other day was told between the opening and `offset`: time stands until the teller moves it."""
        published, body = self.text.published, [p for p in self.text.paragraphs if p.kind == "body"][:2]
        told = [day for place, day in self.dates if place < offset]
        if not published or not told or not body or self.dates[0][0] > body[-1].end or len(set(told)) > 1:
            return None
        age = (published - type(published).fromisoformat(told[0])).days
        return When(told[0]) if age <= 2 and not self.elsewhen(offset, told[0]) else None

    def elsewhen(self, offset: int, day: str) -> bool:
        """Whether the sentence itself names another time before: "began talking in June, after she met Lang at a conference"."""
        sentence = self.text.sentence_at(offset)
        today, told = self.text.article.published or "", self.occasions.between(sentence.start, sentence.end)
        return any(d.when.start and d.when.start != day and d.when.start <= today and not self.occasions.bound(d) for d in told)

    @cached_property
    def hero(self) -> tuple[str, ...]:
        """The subject of the first sentence."""
        body = next((p for p in self.text.paragraphs if p.kind == "body"), None)
        doer = subject(self.text.sentence_at(body.start).root) if body else None
        return self.parties.all(joined(doer)) if doer is not None else ()

    @cached_property
    def accused(self) -> tuple[str, ...]:
        """Those who are charged, or deny it: the parties of a trial."""
        words, found = meeting_words(), []
        for token in self.text.doc:
            if token.pos_ != "VERB":
                continue
            verb = lemma(token)
            charged = verb in words["accusing"] and passive(token)
            denies = verb in words["pleading"] and any(map(is_crime, token.subtree))
            doer = subject(token) if charged or denies else None
            found += joined(doer) if doer is not None else []
        return self.parties.all(found)


def is_crime(token: Token) -> bool:
    """Whether a word says that a denial is one before a court: "deny six counts", "pleaded guilty"."""
    return token.lower_ in (
        "guilty",
        "count",
        "counts",
        "charge",
        "charges",
        "manslaughter",
        "murder",
        "fraud",
        "wrongdoing",
        "offence",
        "offences",
    )
