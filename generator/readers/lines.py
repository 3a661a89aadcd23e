"""The lines of a pasted page, and what each looks like: prose, a heading, a piece of furniture."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from generator.readers.days import days_in
from generator.readers.furniture import is_kind, is_spoken, key, reason
from generator.readers.language import language_of
from generator.words import fold

TOKEN = re.compile(r"[^\W_]+")
WORD = re.compile(r"\w[\w'’.-]*")
# English words that sentences have and menus lack. Other languages have letters to match: see `english_enough`.
STOP = frozenset(
    [
        "a",
        "about",
        "after",
        "all",
        "also",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "because",
        "been",
        "before",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "may",
        "more",
        "most",
        "my",
        "no",
        "not",
        "now",
        "of",
        "on",
        "one",
        "or",
        "our",
        "out",
        "over",
        "said",
        "says",
        "she",
        "should",
        "so",
        "some",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "to",
        "two",
        "under",
        "up",
        "was",
        "we",
        "were",
        "what",
        "when",
        "which",
        "while",
        "who",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)
SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]{0,3}(?:\[\d{1,3}\]){0,3}$|[.!?,…]?[\"”»]$")
BULLET = re.compile(r"(?:[•·‣▪●◦■*–—-]|\(?\d{1,2}[.)])\s{1,5}(?=\S)")
LONG_WORDS = 25  # words that make a line prose without a full stop
FEWEST_WORDS = 5  # words that make a sentence a paragraph
QUESTION = 14  # words up to which a bare question is a heading or a headline
TAIL = 80
AGENCY_TAG = re.compile(
    r"[.!?][\"'”’)]{0,2}\s?(?:\((?:[A-Z][A-Za-z.]{1,12}[ /,-]{0,2}){1,3}\)|\([a-z]{2,3}(?:[/,] ?[a-z]{2,3}){0,3}\)"
    r"|[-–—]{1,2}\s?(?:[A-Z]{2,6}|Reuters|Bloomberg|Xinhua|Bernama)|[Ee]nd ?item|[♦■●◆▪∎®])$"
)  # "… for hearing. (NAN)", "… of the gnomes. (er/ko)"; magazines end with a mark
GAP = re.compile(r"[^\s.?!:\"”’][ \u00a0]{2,}\S|\S(?:[ \u00a0]{3}|\t)")
RUN_TOGETHER = re.compile(r"[a-z]{3}[A-Z][a-z]{3,20}[A-Z][a-z]{3}")  # "FacebookTwitterEmail": links that stand side by side in their page
LABELS = {"caption": "caption", "photo caption": "caption", "captions": "caption", "credits": "credit", "credit": "credit"}
EXCHANGE_RATE = re.compile(r"\([^()]{0,4}1 = [^()]{3,80}\)$")  # "($1 = 0.92 euros)": wires end with it


# What may stand beside a date: days of the week, parts of the day, time zones.
DAY_WORDS = frozenset(
    "a am p pm m at on h uhr mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday gmt utc est edt et cst cdt ct"
    " mst mdt mt pst pdt pt bst cet cest ist aest aedt jst hkt".split()
)


@dataclass(slots=True)
class Line:
    """One line of a paste that has words in it."""

    text: str
    n: int  # its place among the lines with words
    open: bool = False  # a blank line, or the text's edge, stands before it
    closed: bool = False  # the same after it
    key: str = ""
    words: int = 0
    stops: int = 0
    ended: bool = False  # closes as a sentence does
    bullet: bool = False
    cell: str = ""  # of a row of a table whose other cells are buttons, the one that is none
    columns: bool = False  # wide gaps in it: a row of a menu, tags, a table
    why: str | None = None  # the furniture it is
    end: bool = False  # may end the article
    repeated: bool = False  # stands more than once on the page
    foreign: bool = False  # the page is in another language, whose sentences have other small words
    # What only a saved page tells:
    kind: str = ""  # "heading", "paragraph", "item", "quote", "cell", "code", "caption" by its element
    chrome: str = ""  # in a menu, an aside, a form, a foot, by its "element" or only by its "name"
    links: float = 0.0  # share of its characters that are links
    home: int = 0  # which element its paragraph stands in
    outer: int = 0  # and which that one stands in
    found: bool = False  # another reader took it for the article's

    @property
    def alone(self) -> bool:
        """Blank lines around it: browsers put them around paragraphs and headings, not around menus and list items."""
        return self.open and self.closed

    @property
    def prose(self) -> bool:
        """A sentence or more."""
        if self.why or self.words < FEWEST_WORDS:
            return False
        if not self.ended and self.words < LONG_WORDS:
            return False
        if self.words <= QUESTION and self.text.endswith("?"):
            return False
        return self.words < 8 or self.stops * 8 >= self.words or not self.text.isascii() or self.foreign or self.found

    @property
    def sentence(self) -> bool:
        """A short sentence, which only its neighbours can tell from a label: "I will be there." """
        return not self.why and self.ended and 1 <= self.words < FEWEST_WORDS

    @property
    def short(self) -> bool:
        """Neither a sentence nor known furniture: a heading, a headline, a name, a list's item."""
        return not self.why and not self.prose and not self.sentence


def lines_of(text: str) -> list[Line]:
    """The lines of a paste. White space within a line is squeezed; blank lines are noted, not kept."""
    lines: list[Line] = []
    gap = True
    for raw in text.split("\n"):
        words = " ".join(raw.split())
        if not words:
            gap = True
            if lines:
                lines[-1].closed = True
            continue
        lines.append(Line(words, len(lines), open=gap, columns=bool(GAP.search(raw.strip()))))
        if "\t" in raw:
            lines[-1].cell = cell_of(raw)
            lines[-1].columns = lines[-1].columns and not lines[-1].cell
        gap = False
    if lines:
        lines[-1].closed = True
    finish(lines)
    return lines


def cell_of(raw: str) -> str:
    """The first cell of a row, where all others are known furniture: old pages set a title beside "PDF", "Print" and "E-mail"."""
    first, *others = [" ".join(cell.split()) for cell in raw.split("\t") if cell.strip()] or [""]
    return first if others and all(reason(cell, key(cell)) for cell in others[:20]) and not reason(first, key(first)) else ""


def finish(lines: list[Line]) -> None:
    """Looks at each line, and at which stand more than once."""
    for line in lines:
        look_at(line)
    foreign = language_of("\n".join(line.text for line in lines)) != "en"
    for line in lines:
        line.foreign = foreign
    for label, line in pairwise(lines):  # "Caption:", and below it the caption
        if label.words == 1 and label.text.endswith(":") and label.key in LABELS:
            label.why, line.why = LABELS[label.key], line.why or LABELS[label.key]
    seen = Counter(line.text for line in lines if line.key)
    for line in lines:
        line.repeated = seen[line.text] > 1


def content_words(text: str) -> list[str]:
    """The words of a text that say what it is about, folded; of inflected ones the stem's first letters."""
    return [w[:6] for w in TOKEN.findall(fold(text)) if w not in STOP and len(w) > 1]


def is_day(text: str) -> bool:
    """Whether a line is a day, a time of day and no more."""
    day = next(days_in(text), None)
    rest = f"{text[: day[1]]} {text[day[2] :]}".lower() if day else ""
    return day is not None and all(w in DAY_WORDS for w in re.findall(r"[^\W\d_]+", rest))


def look_at(line: Line) -> None:
    """Fills in what a line looks like by itself."""
    found = WORD.findall(line.text)
    line.words = len(found)
    line.stops = sum(w.lower() in STOP for w in found)
    line.ended = (
        bool(SENTENCE.search(line.text[-TAIL:]) or AGENCY_TAG.search(line.text[-TAIL:]))
        or line.text.endswith((":", ";"))
        or bool(EXCHANGE_RATE.match(line.text))
    )
    line.bullet = bool(BULLET.match(line.text))
    line.key = key(line.text)
    line.why = reason(line.text, line.key) if line.key else "menu"
    if not line.why and RUN_TOGETHER.search(line.text) and not line.ended:
        line.why = "menu"
    if not line.why and line.words <= 12 and is_day(line.text):
        line.why = "date"
    if line.words == 1 and line.ended and line.key and not line.text.endswith(":"):  # "No." is an answer, "No" a button
        line.why = None
    line.end = is_kind("end", line.text, line.key) and not (line.ended and is_spoken(line.text))
