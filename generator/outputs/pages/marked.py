"""An article's text with its facts marked: paragraphs as HTML, each fact's words tied to its card and back, spans that overlap too.

HTML nests and facts do not: a span that crosses the end of another is cut there and goes on behind it. The first piece carries the id, the last
one the number.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Sequence

import msgspec
from markupsafe import Markup

from generator.model import Claim, FactSheet, Figure, Meeting, Span
from generator.outputs import addresses
from generator.outputs.markup import escaped

PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")
GAP = ' <span class="gap">[…]</span> '

ClaimMeetingFigure = Claim | Meeting | Figure


class Marked(msgspec.Struct, frozen=True):
    """A stretch to be marked: the HTML around it, apart for its first and its later pieces."""

    start: int
    end: int
    first: str
    later: str
    close: str
    last: str = ""  # stands behind all that ends at one place, in the order of the marks, where the stretch really ends


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph of the text, and the facts whose words begin in it, in order."""

    html: Markup
    facts: tuple[ClaimMeetingFigure, ...]
    gap: bool = False  # something before it is not shown


def facts_in_order(sheet: FactSheet) -> list[ClaimMeetingFigure]:
    """Claims, meetings and figures as their words come in the text; those whose words are lost at the end."""
    facts: list[ClaimMeetingFigure] = [*sheet.claims, *sheet.meetings, *sheet.figures]
    return sorted(facts, key=place_of)


def place_of(fact: ClaimMeetingFigure) -> tuple[bool, int]:
    """Where a fact comes among the others of its article: by its first words, and behind all that have some if it has none."""
    words = words_of(fact)
    return not words, words[0].start if words else 0


def words_of(fact: ClaimMeetingFigure) -> list[Span]:
    """What to mark for a fact: what is claimed, the numeral, or else its whole evidence. Empty where that is lost."""
    start, end = fact.evidence.start, fact.evidence.end
    if start is None or end is None:
        return []
    narrow: Sequence[Span | None] = ()
    if isinstance(fact, Claim):
        narrow = fact.content_spans
    elif isinstance(fact, Figure):
        narrow = (fact.span,)
    inside = sorted((s for s in narrow if s and start <= s.start < s.end <= end), key=lambda s: s.start)
    return inside or [Span(start, end)]


def paragraphs(sheet: FactSheet, root: str, numbers: dict[str, int], label: str, whole: bool, linked: dict[str, str]) -> list[Paragraph]:
    """The text as paragraphs. `whole` false leaves only the sentences that carry facts; `linked` says which actors have which page.

    `label` is the interface's text for a number's link, with `{n}` for the number.
    """
    text = sheet.article.text
    facts = [(f, words) for f in facts_in_order(sheet) if (words := words_of(f))]
    shown = [Span(0, len(text))] if whole else merged([Span(f.evidence.start or 0, f.evidence.end or 0) for f, _ in facts], text)
    marks = [m for f, words in facts for m in fact_marks(f, words, numbers, label)]
    names = name_marks(sheet, marks, root, linked)
    result: list[Paragraph] = []
    dropped = False
    for m in PARAGRAPH.finditer(text):
        start, end = m.span()
        parts = [Span(max(s.start, start), min(s.end, end)) for s in shown if s.start < end and start < s.end]
        if not parts:
            dropped = True
            continue
        inside = [k for k in marks if k.start < end and start < k.end] + once_each([k for k in names if start <= k.start and k.end <= end])
        html = Markup(GAP.join(render(text, p.start, p.end, inside) for p in parts))
        begun = [f for f, words in facts if start <= words[0].start < end]
        gap = bool(result) and (dropped or parts[0].start > start)
        result.append(Paragraph(html, tuple(begun), gap=gap))
        dropped = parts[-1].end < end
    return result


def merged(spans: list[Span], text: str) -> list[Span]:
    """Overlapping stretches as one, and those with nothing but white space between them."""
    result: list[Span] = []
    for s in sorted(spans, key=lambda s: (s.start, s.end)):
        if result and (s.start <= result[-1].end or not text[result[-1].end : s.start].strip()):
            result[-1] = Span(result[-1].start, max(result[-1].end, s.end))
        else:
            result.append(s)
    return result


def fact_marks(fact: ClaimMeetingFigure, spans: Sequence[Span], numbers: dict[str, int], label: str) -> list[Marked]:
    """The marks of one fact on its words. Its id stands on the first of them, its number behind the last."""
    number = numbers[addresses.anchor(fact)]
    anchor = escaped(addresses.anchor(fact))
    kind = type(fact).__name__.lower()
    note = f'<sup><a href="#{anchor}" data-fact="{anchor}" aria-label="{escaped(label.format(n=number))}">{number}</a></sup>'
    later = f'<mark class="{kind}" data-fact="{anchor}">'
    with_id = f'<mark class="{kind}" id="{escaped(addresses.mark(fact))}" data-fact="{anchor}">'
    last = len(spans) - 1
    return [
        Marked(s.start, s.end, first=with_id if i == 0 else later, later=later, close="</mark>", last=note if i == last else "")
        for i, s in enumerate(spans)
    ]


def name_marks(sheet: FactSheet, marks: Iterable[Marked], root: str, linked: dict[str, str]) -> list[Marked]:
    """Names as links to their actors, save those that a fact's edge cuts in two: a link must not hold another."""
    edges = sorted({e for m in marks for e in (m.start, m.end)})
    found = []
    for actor in sheet.actors:
        url = linked.get(actor.id)
        if url:
            open_ = f'<a class="name" href="{escaped(root + url)}">'
            found += [Marked(s.start, s.end, open_, open_, "</a>") for s in actor.mentions if not cut(edges, s)]
    found.sort(key=lambda m: (m.start, -m.end))
    apart: list[Marked] = []
    for m in found:
        if not apart or m.start >= apart[-1].end:
            apart.append(m)
    return apart


def cut(edges: list[int], span: Span) -> bool:
    """Whether an edge falls strictly inside the span."""
    from bisect import bisect_right

    i = bisect_right(edges, span.start)
    return i < len(edges) and edges[i] < span.end


def once_each(names: list[Marked]) -> list[Marked]:
    """The first of each actor's names: a link on every one would make a paragraph restless."""
    seen: dict[str, Marked] = {}
    for m in names:
        seen.setdefault(m.first, m)
    return list(seen.values())


def render(text: str, start: int, end: int, marks: Iterable[Marked]) -> str:
    """`text[start:end]` with its marks nested as HTML wants them."""
    queue = [(max(m.start, start), -min(m.end, end), i, m) for i, m in enumerate(marks) if m.start < end and start < m.end]
    heapq.heapify(queue)
    out: list[str] = []
    open_: list[tuple[int, int, Marked]] = []
    ended: list[tuple[int, str]] = []  # what stands behind marks that end where we are, and the marks' numbers
    at = start

    def number_them() -> None:
        out.extend(last for _, last in sorted(ended))
        ended.clear()

    def write(place: int) -> None:
        nonlocal at
        if place > at:
            number_them()
            out.append(escaped(text[at:place]))
            at = place

    def to(place: int) -> None:
        """Writes the text up to `place`, closing what ends on the way."""
        while open_ and open_[-1][0] <= place:
            stop, number, mark = open_.pop()
            write(stop)
            out.append(mark.close)
            if stop == mark.end:
                ended.append((number, mark.last))
        number_them()
        write(place)

    while queue:
        begin, minus_stop, number, mark = heapq.heappop(queue)
        stop = -minus_stop
        to(begin)
        if open_ and open_[-1][0] < stop:  # it crosses the end of the one around it: cut here, go on there
            heapq.heappush(queue, (open_[-1][0], minus_stop, number, mark))
            stop = open_[-1][0]
        out.append(mark.first if begin == mark.start else mark.later)
        open_.append((stop, number, mark))
    to(end)
    return "".join(out)
