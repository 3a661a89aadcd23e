"""Labelled speech: transcripts and interviews, in which a name and a colon stand before what each one says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.extract.quotations import Quotation
from generator.extract.text import Analysed

if TYPE_CHECKING:
    from spacy.tokens import Span as Words

    from generator.extract.resolve import Resolver

LABEL = re.compile(r"(?P<who>(?:[A-Z][\w.'’-]{0,20})(?: [A-Z][\w.'’-]{0,20}){0,4}):[ \t]{1,4}(?=\S)")
QUESTION, ANSWER = frozenset({"Q", "QUESTION", "Question"}), frozenset({"A", "ANSWER", "Answer"})
FEWEST = 3  # labelled paragraphs of a transcript; "Update:" and "Source:" stand alone
SHARE = 3  # and at least one paragraph in so many


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says until the next is named."""

    label: tuple[int, int]
    who: str
    quotation: Quotation

    @property
    def colon(self) -> tuple[int, int]:
        """The mark behind the label."""
        return self.label[1], self.label[1] + 1


def find_turns(text: Analysed) -> tuple[Turn, ...]:
    """The turns of a transcript or an interview, in order; none in an article that is neither.

    Paragraphs without a label between two that have one go on from the first; what stands behind the last one may be the writer's own again.
    """
    words, paragraphs = text.article.text, text.paragraphs
    labels = [(n, m) for n, p in enumerate(paragraphs) if (m := LABEL.match(words, p.start, p.end)) and words[m.end()] not in "\"“‘'«"]
    if len(labels) < FEWEST or len(labels) * SHARE < len(paragraphs):
        return ()
    if len({m["who"] for _, m in labels}) * 2 > len(labels) + 1 and not all(m["who"].isupper() for _, m in labels):
        return ()  # a list: in talk the same speakers come back
    turns = []
    for k, (n, m) in enumerate(labels):
        stop = labels[k + 1][0] if k + 1 < len(labels) else n + 1
        parts = [(m.end(), paragraphs[n].end), *((p.start, p.end) for p in paragraphs[n + 1 : stop])]
        turns.append(Turn(m.span("who"), m["who"], Quotation(tuple(parts))))
    return tuple(turns)


def speaker_of(text: Analysed, turn: Turn, first: Turn, who: Resolver) -> Words | None:
    """The words for who speaks: the label, or for "A:" the person named first above the interview. Questions are nobody's claims."""
    if turn.who in QUESTION:
        return None
    place = turn.label
    if turn.who in ANSWER:
        people = [(s, e) for s, e, actor in who.mentions_in(0, first.label[0]) if who.by_id[actor].type == "person"]
        if not people:
            return None
        place = people[0]
    return text.doc.char_span(*place, alignment_mode="expand")
