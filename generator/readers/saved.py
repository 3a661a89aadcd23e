"""Which lines of a saved page are its article: the run of prose as in a paste, with what elements, names and another reader say of each line."""

from __future__ import annotations

from collections import Counter
from itertools import accumulate
from typing import NamedTuple

from generator.model import Cut
from generator.readers.blocks import GRAM, LINKED, grams, mark_found
from generator.readers.body import (
    MOST_WEIGHT,
    NOTED,
    SHORT_CAPTION,
    TALK,
    Body,
    Run,
    appealing,
    best_run,
    extend,
    is_bio,
    mark_repeats,
    sign_off,
    weigh,
)
from generator.readers.cohesion import cohere
from generator.readers.furniture import is_kind, is_listed
from generator.readers.lines import Line
from generator.readers.paste import NOTICE, drop_notes, find_days, start_of
from generator.readers.prune import prune
from generator.words import fold

TOLD = 0.5  # share of its words that a sentence among labels weighs if the other reader has it
ALONE = 0.35  # what a sentence weighs that the other reader left out
AGREED = 0.6  # share of the other reader's words that must be in the lines for them to count
SURE = 120  # words of the other reader; with fewer it has nothing to say
NEAR = 3  # lines above a title in which a day is the article's, and not today's
WHOLE, HALF, STRANGE = 0.85, 0.5, 0.2  # share of the sentences that the metadata have; of a sentence's words; below it they lack it
BOX = 5  # lines of a box with other stories within the article's element
HOME = 2  # sentences in one element that make it a part of the article


class PageBody(NamedTuple):
    """An article's paragraphs, what was left out with the reason, and the day that stands between its title and its text."""

    texts: list[str]
    cut: tuple[Cut, ...]
    day: str | None = None


def page_body(lines: list[Line], paragraphs: list[str], title: str, stated: str = "") -> PageBody:
    """The article of a saved page. `paragraphs` are another reader's idea of it, `stated` is the text that its metadata give, if any."""
    pruned = PageBody(*prune(paragraphs, title)) if paragraphs else PageBody([], ())
    if not lines:
        return pruned
    mark_found(lines, [*paragraphs, stated])
    mark_links(lines)
    run, top = run_of(lines, title, bool(paragraphs))
    kept = choose(lines, run)
    if top is not None:
        body = Body(kept)
        drop_notes(lines, body, top)
    if len(pruned.texts) > 1:
        kept = within(lines, kept)
    kept = as_stated(lines, kept, stated)
    texts = [lines[n].text for n in kept]
    said = sum(len(p.split()) for p in pruned.texts)
    agreed = sum(lines[n].words for n in kept if lines[n].found)
    if (said >= SURE and agreed < AGREED * said) or not texts:
        return pruned
    mine = set(kept)
    cut = tuple(Cut(text=x.text, why=reason_of(x, top, kept)) for x in lines if x.n not in mine)
    day, _, at = find_days(lines, top, kept[0], kept[-1] + 1, mine)
    return PageBody(texts, cut, day if top is not None and at is not None and top - NEAR <= at < kept[0] else None)


def as_stated(lines: list[Line], kept: list[int], stated: str) -> list[int]:
    """The lines kept less the sentences that the metadata's text has not, where that is nearly whole: they are boxes within the article."""
    pool = set(grams(stated))
    prose = [n for n in kept if lines[n].prose and lines[n].words >= GRAM]
    if len(pool) < SURE or not prose:
        return kept
    shares = {n: sum(g in pool for g in own) / len(own) for n in prose if (own := grams(lines[n].text))}
    words = sum(lines[n].words for n in shares)
    if sum(lines[n].words for n, share in shares.items() if share >= HALF) < WHOLE * words:
        return kept
    return [n for n in kept if shares.get(n, 1.0) >= STRANGE]


def within(lines: list[Line], kept: list[int]) -> list[int]:
    """The lines kept less those at the two ends that the other reader left out and that stand in elements of which it took nothing."""
    homes = {lines[n].home for n in kept if lines[n].found and lines[n].prose}
    mine = [
        m for m, n in enumerate(kept) if lines[n].found or lines[n].home in homes or (lines[n].kind == "item" and lines[n].outer in homes)
    ]
    return kept[mine[0] : mine[-1] + 1] if mine else kept


def reason_of(line: Line, top: int | None, kept: list[int]) -> str:
    """Why a line was left out."""
    if line.n == top:
        return "title"
    return line.why or ("footer" if line.n > kept[-1] else "teaser" if line.n > kept[0] else "menu")


def mark_links(lines: list[Line]) -> None:
    """A line that is a link as a whole leads elsewhere; a heading among sentences is none of the headlines that `furniture` knows."""
    for line in lines:
        if line.chrome == "name" and not (line.found and line.prose):  # names may mislead: some sites call everything a widget
            line.why = line.why or "menu"
        if line.links > LINKED and line.text[:1] not in "\"“'‘":
            line.why = line.why or "teaser"
        elif line.kind == "heading" and line.why and line.found and not is_listed(line.why, line.key):
            line.why = None


def run_of(lines: list[Line], title: str, told: bool) -> tuple[Run, int | None]:
    """The run of lines that is the article, and the place of its title."""
    weights = weigh(lines, False)
    for line in lines:
        if line.prose and told:  # two readers agree, so a sentence among labels is one all the same
            weights[line.n] = max(weights[line.n], TOLD * min(line.words, MOST_WEIGHT)) if line.found else weights[line.n] * ALONE
        elif line.kind == "heading" and not line.why:
            weights[line.n] = max(weights[line.n], -1.0)
    run = best_run(lines, weights)
    extend(lines, run, False)
    run = cohere(lines, run)
    sign_off(lines, run)
    if run.end == 0:
        run.end = len(lines)
    at_home(lines, run)
    wanted = fold(title)
    tops = [line.n for line in lines if fold(line.text) == wanted and line.n < run.end and not line.chrome]
    read = [0, *accumulate(line.words if line.prose and line.n >= run.start else 0 for line in lines[: run.end])]
    top = next((n for n in reversed(tops) if n <= run.start + 3 or read[n] < NOTICE * read[-1]), None)
    if top is not None:
        run.start = max(start_of(lines, top, run.end), run.start, top + 1)
    return run, top


def at_home(lines: list[Line], run: Run) -> None:
    """Takes in what stands in the same element as most of the run's sentences: a last short paragraph, a rate, a list that closes the article."""
    words: Counter[int] = Counter()
    for line in lines[run.start : run.end]:
        words[line.home] += line.words if line.prose else 0
    home, most = words.most_common(1)[0] if words else (0, 0)
    if not most or most * 3 < words.total():
        return
    stop = len(lines)
    for n in range(run.end, len(lines)):
        line = lines[n]
        if line.why in ("signature", "footer") or n > stop or (line.end and (TALK.match(line.text) or line.home == home)):
            break
        if line.end:  # a box with other stories may stand before the last paragraph
            stop = min(stop, n + BOX)
        if line.why or line.links > LINKED:
            continue
        asked = line.text.endswith("?") and line.kind != "heading" and line.words > 3
        if (line.home == home and (line.prose or line.sentence or line.found or asked)) or (line.kind == "item" and line.outer == home):
            run.end, stop = n + 1, len(lines)
    for n in range(run.start - 1, -1, -1):
        if lines[n].end or lines[n].why in ("byline", "date") or lines[n].home in (0, 1):
            break
        if lines[n].home == home and not lines[n].why and lines[n].prose:
            run.start = n


def mark_credited(lines: list[Line], run: Run) -> None:
    """A line right above a credit is its picture's caption, unless it is a paragraph among others."""
    for n in range(run.start + 1, run.end):
        before = lines[n - 1]
        credit = lines[n].why == "credit" and lines[n].words <= SHORT_CAPTION // 2
        if credit and not before.why and before.words <= SHORT_CAPTION and before.kind not in ("paragraph", "heading", "item"):
            before.why = "caption"


def choose(lines: list[Line], run: Run) -> list[int]:
    """The lines of the run that are the article's: sentences, headings over them, and what stands in the same element as they do."""
    mark_repeats(lines, run)
    mark_credited(lines, run)
    homes = Counter(lines[n].home for n in range(run.start, run.end) if lines[n].prose and not lines[n].why)
    kept: list[int] = []
    waiting: list[int] = []  # headings, until something stands under them
    for n in range(run.start, run.end):
        line = lines[n]
        at_home = homes[line.home] >= HOME
        if line.kind == "heading" and line.why == "teaser" and at_home and line.links < LINKED and not is_listed("teaser", line.key):
            line.why = None  # "Stokes: 'I could not watch'" stands over teasers as over sections
        if line.why in ("teaser", "menu", "share", "promotion") and not line.repeated:
            waiting = []
        if line.why or line.end:
            continue
        if line.kind == "heading" and line.text[0] != "(":
            waiting = [*[m for m in waiting if lines[m].home == line.home][-1:], n]
            continue
        before = lines[kept[-1]] if kept else None
        led = before is not None and before.text.endswith(":")
        item = line.kind == "item" and (led or homes[line.outer] >= HOME or (before is not None and before.home == line.home))
        if line.prose or line.sentence or line.found or item or (at_home and line.kind in ("paragraph", "quote", "code")):
            kept += [*waiting, n]
            waiting = []
    while len(kept) > 1 and is_over(lines, kept[-1]):
        kept.pop()
    return kept


def is_over(lines: list[Line], n: int) -> bool:
    """Whether the last line kept is none of the article's: a note, a heading with nothing under it, a label."""
    line = lines[n]
    if line.kind == "heading":
        return line.text[0] != "("
    if line.short and line.kind not in ("item", "code") and not line.text.endswith("?"):
        return True
    return bool(NOTED.match(line.text)) or is_kind("author", line.text, "") or is_bio(lines, n) or appealing(lines, n) > 0
