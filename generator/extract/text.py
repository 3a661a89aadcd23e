"""An analysed article: its text, spaCy's reading of it, its paragraphs and sentences. What every step is given."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from generator.model import Article, Evidence
from generator.words import squeeze

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as Words

PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
SENTENCE_END = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")

# "NEW YORK, April 14 (AP) - ", "Lagos (NAN) –", "PATNA: " at the start of a line: where a report was written, and no part of its first sentence.
# A speaker's label in capitals, as transcripts have it ("ANCHOR: "), stands as much by itself.
DATELINE = re.compile(
    r"^[ \t]{0,4}(?:"
    r"[A-Z][A-Z.'’-]{2,20}(?:[ /][A-Z][A-Z.'’-]{1,20}){0,4}(?:,? [A-Z][\w.'’-]{1,12}(?: \d{1,2})?(?:, \d{4})?){0,3}"
    r"(?: ?\([^()\n]{2,40}\))?(?: ?[–—] ?| ?--? |: )"
    r"|[A-Z][\w.'’-]{2,20}(?: [A-Z][\w.'’-]{2,20}){0,2}(?:, [A-Z][\w.'’-]{1,20}){0,2} ?\([A-Z][^()\n]{1,30}\) ?[–—-]{1,2} ?"
    r")(?=\S)",
    re.M,
)

ParagraphKind = Literal["body", "heading"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the article's text that is not blank. Headings yield no facts of their own."""

    start: int
    end: int
    kind: ParagraphKind


@dataclass(frozen=True)
class Analysed:
    """An article, its `Doc` (whose token offsets are the text's), and the day it was published, which relative dates start from."""

    article: Article
    doc: Doc

    @cached_property
    def published(self) -> date | None:
        """The day of publication, or None where the article names none."""
        return date.fromisoformat(self.article.published) if self.article.published else None

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The text's lines in order; blank ones left out."""
        found = []
        for m in PARAGRAPH.finditer(self.article.text):
            line = m.group().strip()
            start = m.start() + m.group().index(line)
            found.append(Paragraph(start, start + len(line), "heading" if is_heading(line) else "body"))
        return tuple(found)

    @cached_property
    def openings(self) -> frozenset[int]:
        """Where the first sentence of a report begins, behind its dateline."""
        return frozenset(m.end() for m in DATELINE.finditer(self.article.text))

    @cached_property
    def sentences(self) -> tuple[Words, ...]:
        """spaCy's sentences, those of white space alone left out."""
        return tuple(s for s in self.doc.sents if not s.text.isspace())

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.start_char for s in self.sentences]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [p.start for p in self.paragraphs]

    def sentence_at(self, offset: int) -> Words:
        """The sentence that holds the character at `offset`."""
        return self.sentences[max(0, bisect_right(self._sentence_starts, offset) - 1)]

    def paragraph_at(self, offset: int) -> Paragraph:
        """The paragraph that holds the character at `offset`."""
        return self.paragraphs[max(0, bisect_right(self._paragraph_starts, offset) - 1)]

    def evidence(self, start: int, end: int) -> Evidence:
        """The whole sentences that hold the characters from `start` to `end`: what a fact shows as its source."""
        first, last = self.sentence_at(start), self.sentence_at(max(start, end - 1))
        begin, stop = min(first.start_char, start), max(last.end_char, end)
        text = self.article.text
        while begin < stop and text[begin].isspace():
            begin += 1
        while stop > begin and text[stop - 1].isspace():
            stop -= 1
        return Evidence(quote=squeeze(text[begin:stop]), start=begin, end=stop)


def is_heading(line: str) -> bool:
    """Whether a line stands as a heading: short, and with no sentence's end but a question mark.

    Twelve words, for headlines and cross-heads are shorter and a body paragraph that short closes with a full stop.
    """
    words = line.split()
    if len(words) > 12:
        return False
    if line.endswith("?"):
        return '"' not in line and "“" not in line
    return not SENTENCE_END.search(line)
