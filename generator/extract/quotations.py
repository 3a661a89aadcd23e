"""Quotations: what stands between quotation marks, found on characters, for a parser errs most around them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from generator.extract.text import Paragraph

DOUBLE = re.compile(r"[\"“”„«»]|''|``")
SINGLE_OPEN = re.compile(r"(?<![\w.,!?])[‘'](?=[\w\[])")
SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…\]])[’'](?!\w)")
CAPTION = re.compile(r"\b(?:Images?|Photos?|Photograph|Picture|Credit|Video)(?: credit| by)?: ")
MOSTLY = 2  # times more between single marks than between double ones: the paper sets these inside those
LONGEST_SINGLE = 1500  # characters; an apostrophe taken for an opening mark must not swallow the article
OPENERS = " \t\n\xa0([{—–-/"
CLOSERS = " \t\n\xa0)]}.,;:!?—–-/"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between quotation marks, marks included. One that runs on over paragraphs has a part for each."""

    parts: tuple[tuple[int, int], ...]
    closed: bool = True

    @property
    def start(self) -> int:
        """Of the opening mark."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """After the closing mark, or where the paragraph ends that lacks one."""
        return self.parts[-1][1]


def find_quotations(text: str, paragraphs: Iterable[Paragraph]) -> tuple[Quotation, ...]:
    """The quotations of a text in order.

    A paragraph that leaves one open runs on into the next where that begins with an opening mark (the printers' rule) or brings
    a closing mark before any other; else the writer forgot the mark, and the quotation ends with its paragraph.
    """
    paragraphs = tuple(paragraphs)
    single = tuple(q for p in paragraphs for q in _single(text, p))
    if not DOUBLE.search(text):
        return single
    double = _double(text, paragraphs)
    return single if extent(single) > MOSTLY * extent(double) else double


def extent(quotations: tuple[Quotation, ...]) -> int:
    """How many characters are quoted."""
    return sum(end - start for q in quotations for start, end in q.parts)


def _double(text: str, paragraphs: tuple[Paragraph, ...]) -> tuple[Quotation, ...]:
    """Quotations between double marks, over paragraphs."""
    found: list[Quotation] = []
    parts: list[tuple[int, int]] = []  # of the quotation that runs on
    for paragraph in paragraphs:
        if parts and CAPTION.search(text, paragraph.start, paragraph.end) and not DOUBLE.search(text, paragraph.start, paragraph.end):
            continue  # a picture in the midst of what is said
        marks = [(m.start(), m.end()) for m in DOUBLE.finditer(text, paragraph.start, paragraph.end)]
        begin: int | None = None  # of the part that is open in this paragraph
        if parts:
            if marks and marks[0][0] == paragraph.start:
                begin = marks.pop(0)[0]
            elif marks and _closes(text, *marks[0], is_open=True):
                begin = paragraph.start
            else:
                found.append(Quotation(tuple(parts), closed=False))
                parts = []
        for n, (start, end) in enumerate(marks):
            if begin is None:
                stray = n + 1 == len(marks) or not _closes(text, *marks[n + 1], is_open=True) or text[start] in "”»"
                if not stray or not _closes(
                    text, start, end, is_open=False
                ):  # a mark put to the wrong side of its space opens all the same
                    begin = start
            elif _closes(text, start, end, is_open=True):
                found.append(Quotation((*parts, (begin, end))))
                parts, begin = [], None
            elif text[start] not in "\"'`":  # a second “ before any ”: the first was never closed
                found.append(Quotation((*parts, (begin, start)), closed=False))
                parts, begin = [], start
        if begin is not None:
            parts.append((begin, paragraph.end))
        elif parts:
            found.append(Quotation(tuple(parts), closed=False))
            parts = []
    if parts:
        found.append(Quotation(tuple(parts), closed=False))
    return tuple(found)


def _closes(text: str, start: int, end: int, is_open: bool) -> bool:
    """Whether a mark closes: by its side where it leans on a word, else by whether one is open."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    leans_right = before in OPENERS and after not in CLOSERS
    leans_left = before not in OPENERS and after in CLOSERS
    mark = text[start]
    if mark in "“„«" and not (is_open and leans_left):
        return False
    if mark in "”»" and not (not is_open and leans_right):
        return True
    if leans_right != leans_left:
        return leans_left
    return is_open


def _single(text: str, paragraph: Paragraph) -> list[Quotation]:
    """Quotations between single marks, as British papers set them."""
    found, at = [], paragraph.start
    while opening := SINGLE_OPEN.search(text, at, paragraph.end):
        last = min(paragraph.end, opening.start() + LONGEST_SINGLE)
        closing = None
        for closing in SINGLE_CLOSE.finditer(text, opening.end(), last):
            if text[closing.start() - 1] != "s":  # after an s it is as likely a plural's apostrophe
                break
        if closing is None:
            at = opening.end()
            continue
        found.append(Quotation(((opening.start(), closing.end()),)))
        at = closing.end()
    return found
