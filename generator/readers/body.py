"""Which lines of a page are its article: the best run of prose, less the furniture inside it.

A page pasted has no marks left that say what is what. But an article is the place where sentence follows sentence, so each line is weighed
and the heaviest run of lines is taken; what ends articles ("Most read", "Comments") ends the run.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import takewhile

from generator.readers.furniture import is_kind
from generator.readers.lines import FEWEST_WORDS, Line, content_words

MOST_WEIGHT = 50  # words of a paragraph that count; one endless legal notice must not outweigh an article
ENOUGH = 40  # words of prose after which "Comments" or "Most read" ends an article and does not open it
MIDDLE, DENSE = 400.0, 0.75  # what may have been read of an article that goes on, and the share of its lines that is prose
LATER = 0.25  # what a run weighs after each such end: comments and other articles are long, too
HEADER = 70  # words of prose (a standfirst, a caption) that may stand between a title and its byline
HEADING = 12  # most words of a heading inside an article
CAPTION = 45  # most words of a caption
SHORT_CAPTION = 20  # the same where nothing but the credit below tells it from a paragraph
SECTION = 0.6  # share of its words that a paragraph alone under its heading weighs
INSET, INSET_LINES = 15.0, 8  # what a row of labels weighs at most, up to so many lines; each further line weighs two more
LIGHT = {"advertisement": -1.0, "caption": -2.0, "credit": -2.0, "promotion": -3.0, "footer": -8.0, "teaser": -3.0}  # others -4


CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{2,4})?", re.I)
FIELDS = frozenset({"your email", "your email address", "email address", "enter your email", "enter your email address", "e mail address"})
OPENING_QUOTES = frozenset('“"‘')
OWN_QUESTION = re.compile(r"\b(?:I|me|my)\b")  # who pastes a letter or a post closes it with one; what a page asks, it asks "you"
NAME = re.compile(r"[A-Z][\w.'’-]{1,20}(?: [A-Z][\w.'’-]{0,20}){1,3}")
TALK = re.compile(
    r"\W{0,3}(?:\d{1,5} |no |all |view |show |read |add |post |leave |reader )?(?:a |an )?"
    r"(?:comments?|responses?|repl(?:y|ies)|thoughts?|discussion|conversation)",
    re.I,
)
APPEAL = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Uu]s)\b.{0,300}\b(?:you|your)\b|\b(?:[Yy]ou|[Yy]our)\b.{0,300}\b(?:we|our|us)\b")
NOTED = re.compile(r"\[\d{1,3}\]\s|\^ |Recommended citation:", re.I)  # a footnote
SPEECH = re.compile(r"[,.?!][\"”]|\bsaid\b")
LONGEST_APPEAL = 8  # paragraphs
SHOUTED = 6  # words in capitals that are a headline; the subheadings of wires are shorter
SIGNED = 0.6  # share of the prose that stands above a signature
SIGNED_SAME = {"signature": 0.3}  # share of words known from above that what follows must have
MOST_TRIED = 5
SAME = 0.15  # share of words known from before that makes paragraphs behind "See also" the same article's
NUMBERED = re.compile(r"(?:#|Step |Part |Chapter )?\d{1,2}[.):]? [A-Z\"'“‘]")
GRAM, LONGEST_GRAMMED = 5, 400  # words in a row that tell a pull quote, and words of a line that may hold one
INSETS = ("teaser", "advertisement", "promotion", "caption", "credit")  # what may open an inset
CAPTION_BUTTONS = ("hide caption", "show caption")  # they stand below what they hide
PULLED = 0.5  # share of such words that tells a pull quote by its form: what stood between its halves, "he said", is left out
INSET_ENDS = ("pull quote", "promotion", "caption", "credit", "advertisement")
FEWEST_OPENING = 12  # words of a first paragraph
LONGEST_LIST = 40
CAPTION_LABELS = ("image caption", "media caption", "photo caption", "video caption")


@dataclass(slots=True)
class Run:
    """Lines from `start` to `end` (not in it) and what they weigh."""

    start: int = 0
    end: int = 0
    weight: float = 0.0


@dataclass(slots=True)
class Body:
    """The article's lines, and for each line left out the reason."""

    kept: list[int] = field(default_factory=list)
    why: dict[int, str] = field(default_factory=dict)


def airy(lines: list[Line]) -> bool:
    """Whether most paragraphs of this paste are closed by a blank line, so that a line without one is likely no paragraph.

    Browsers put one after every `<p>` when they copy, and none after headings, captions, list items and menus.
    """
    prose = [line for line in lines if line.prose]
    return sum(line.closed for line in prose) * 2 > len(prose)


def weigh(lines: list[Line], blank: bool) -> list[float]:
    """What each line says for (above 0) or against being in an article."""
    weights = [weight_of(line, near(lines, n, -1), near(lines, n, 1), blank) for n, line in enumerate(lines)]
    for n in range(1, len(lines) - 1) if blank else ():
        if heads(lines, n):  # sections of one paragraph each are an article, too
            weights[n] = -1.0
            weights[n + 1] = max(weights[n + 1], SECTION * min(lines[n + 1].words, MOST_WEIGHT))
    n = 0
    while n < len(lines):  # an inset weighs little however many labels it has; a long row of them is the end of the article
        m = n
        while m < len(lines) and weights[m] <= 0 and not lines[m].end:
            m += 1
        floor = -(INSET + 2.0 * max(0, m - n - INSET_LINES))
        total = sum(weights[n:m])
        if total < floor:
            weights[n:m] = [w * floor / total for w in weights[n:m]]
        n = max(m, n + 1)
    return weights


def heads(lines: list[Line], n: int) -> bool:
    """Whether a line looks like a heading between two paragraphs, where those are closed by blank lines."""
    line, before, after = lines[n], lines[n - 1], lines[n + 1]
    short = line.short and line.open and not line.closed and line.words <= HEADING and not line.bullet
    return short and not line.end and before.prose and before.closed and after.prose and after.closed and not after.repeated


def weight_of(line: Line, before: Line | None, after: Line | None, blank: bool) -> float:
    """One line's weight. A sentence among labels is a summary in a list of articles, or a notice."""
    if line.prose:
        weight = float(min(line.words, MOST_WEIGHT))
        if not (before and before.prose) and not (after and after.prose):
            weight *= 0.4 if blank and line.closed else 0.3
        if blank and not line.closed:
            weight *= 0.5
        if line.repeated:
            weight *= 0.3
    elif line.sentence:
        weight = 1.0
    elif is_clock(line):
        weight = -1.0
    elif line.why:
        weight = LIGHT.get(line.why, -4.0)
    elif line.bullet or line.text[0].islower():
        weight = -0.5
    else:
        weight = -1.5 if line.alone else -3.0
    return weight - (12.0 if line.end else 0.0)


def is_clock(line: Line) -> bool:
    """Whether a line is a time of day and no more: in a live blog one stands over every entry."""
    return line.why in ("date", "menu") and bool(CLOCK.fullmatch(line.text))


def near(lines: list[Line], n: int, step: int) -> Line | None:
    """The next line in a direction that is no advertisement."""
    n += step
    for _ in range(3):
        if not 0 <= n < len(lines):
            return None
        if lines[n].why != "advertisement" and not is_clock(lines[n]):
            return lines[n]
        n += step
    return None


def best_run(lines: list[Line], weights: list[float]) -> Run:
    """The heaviest run of lines, in one pass. A line that ends articles closes the run it stands in once that holds enough prose."""
    runs = [Run()]
    current = Run()
    for n, (line, weight) in enumerate(zip(lines, weights, strict=True)):
        if line.end and runs[-1].weight >= ENOUGH:
            runs.append(Run())
            current = Run(n + 1, n + 1)
            continue
        if current.weight <= 0:
            current = Run(n, n)
        current.weight += weight
        if line.prose and current.weight > runs[-1].weight:
            runs[-1] = Run(current.start, n + 1, current.weight)
    best = max(range(len(runs)), key=lambda n: runs[n].weight * LATER**n)
    first = last = best
    while last + 1 < len(runs) and goes_on(lines, runs[last], runs[last + 1]):
        last += 1
    while first and goes_on(lines, runs[first - 1], runs[first]):
        first -= 1
    return Run(runs[first].start, runs[last].end, runs[best].weight)


def goes_on(lines: list[Line], run: Run, later: Run) -> bool:
    """Whether an article goes on behind a line that ends others: a bar with "Comments" may stand after its second paragraph, "See also" after any.

    Then paragraphs follow one upon the other, and speak of the same; comments and other articles come with names, days and headlines between them.
    """
    gap = lines[run.end : later.start]
    if len(gap) > INSET_LINES + 4 or any(line.why == "footer" for line in gap):
        return False
    stretch = list(takewhile(lambda line: line.prose or line.sentence or line.why == "advertisement", lines[later.start : later.end]))
    words = {w for line in stretch for w in content_words(line.text[:5000])}
    known = {w for line in lines[run.start : run.end] if line.prose for w in content_words(line.text[:5000])}
    talk = any(line.end and TALK.match(line.text) for line in gap)
    if not talk and len(stretch) > 1 and sum(line.words for line in stretch) >= ENOUGH and len(words & known) >= SAME * len(words):
        return True
    sample = lines[later.start : min(later.end, later.start + 20)]
    if talk and any(line.why in ("byline", "date") or line.text.lower() == "reply" for line in (*gap, *sample)):
        return False
    return later.weight >= ENOUGH and run.weight <= MIDDLE and sum(line.prose for line in sample) >= DENSE * len(sample)


def extend(lines: list[Line], run: Run, blank: bool) -> None:
    """Takes in the short end of an article: "I will be there." after its last long sentence, a last paragraph behind an inset of teasers."""
    while 0 < run.end < len(lines):
        if lines[run.end].sentence:
            run.end += 1
            continue
        if lines[run.end].text.endswith("?") and run.end + 1 < len(lines) and lines[run.end + 1].sentence:
            run.end += 2
            continue
        if blank and is_last_question(lines[run.end]):
            run.end += 1
            continue
        listed = list_below(lines, run.end)
        if listed > run.end:
            run.end = listed
            continue
        n = run.end
        while n < len(lines) and n - run.end <= INSET_LINES and not lines[n].prose and not lines[n].end:
            n += 1
        inset = lines[run.end : n]
        if not (blank and inset and n < len(lines) and lines[n].prose and lines[n].closed and inset[0].why in INSETS) or lines[n].end:
            return
        if any(line.why in ("footer", "signature") for line in inset):
            return
        run.end = n + 1


def is_last_question(line: Line) -> bool:
    """Whether a question may be an article's last words: it stands alone, or the writer asks on their own behalf."""
    asks = line.open and not line.why and line.words >= FEWEST_WORDS and line.text.endswith("?")
    return asks and (line.closed or bool(OWN_QUESTION.search(line.text)))


def extend_up(lines: list[Line], run: Run, blank: bool) -> None:
    """Takes in a first paragraph that a list of key points or of teasers sets apart from the rest, where no byline or day stands between."""
    if not blank or not 0 < run.start < len(lines):
        return
    n = run.start - 1
    while n > 0 and run.start - n <= INSET_LINES + 1 and not lines[n].prose:
        n -= 1
    gap = lines[n + 1 : run.start]
    first = lines[n]
    if not (first.prose and first.closed and first.words >= FEWEST_OPENING and gap) or run.start - n > INSET_LINES + 1:
        return
    if any(x.end or x.why in ("byline", "date", "share", "footer", "credit") for x in gap):
        return
    if n and (lines[n - 1].why in ("byline", "date", "share", "credit", "caption", "menu") or lines[n - 1].prose):
        run.start = n


def sign_off(lines: list[Line], run: Run) -> None:
    """Ends the run where its agency or its reporters are named, if little and other things follow: a note on the newsroom, an appeal."""
    total = sum(line.words for line in lines[run.start : run.end] if line.prose)
    read, tried = 0, 0
    for n in range(run.start, run.end):
        read += lines[n].words if lines[n].prose else 0
        same = SIGNED_SAME.get(lines[n].why or "", 0.0)
        if not same or lines[n].words > SHORT_CAPTION or read < SIGNED * total or tried >= MOST_TRIED:
            continue
        tried += 1
        known = {w for line in lines[run.start : n] if line.prose for w in content_words(line.text[:5000])}
        after = {w for line in lines[n : run.end] if line.prose for w in content_words(line.text[:5000])}
        if len(after & known) < same * len(after):
            run.end = n
            return


def list_below(lines: list[Line], end: int) -> int:
    """Where a list ends that the last paragraph announces with a colon: two items or more, close upon each other."""
    if lines[end - 1].why or not lines[end - 1].text.endswith(":"):
        return end
    n = end
    while n < len(lines) and n - end <= LONGEST_LIST and not lines[n].why and not lines[n].end and (n == end or not lines[n].open):
        n += 1
    return n if n - end > 1 else end


def find_body(lines: list[Line], run: Run) -> Body:
    """The lines of the run that are the article's."""
    blank = airy(lines[run.start : run.end])
    body = Body()
    mark_signups(lines, run)
    mark_captions(lines, run, blank)
    mark_repeats(lines, run)
    n = run.start
    while n < run.end:
        line = lines[n]
        if line.why or line.end:
            body.why[n] = line.why or "teaser"
            n += 1
        elif line.prose or (line.sentence and (line.closed or not blank)):
            body.kept.append(n)
            n += 1
        else:
            n = short_lines(lines, n, run.end, blank, body)
    trim(lines, body)
    return body


def short_lines(lines: list[Line], n: int, end: int, blank: bool, body: Body) -> int:
    """Decides over a group of lines that are no prose: a heading, a list or a row of teasers. Returns the line after them."""
    group = [n]
    after = n + 1
    while after < end and not lines[after].prose and not (lines[after].sentence and lines[after].closed):
        if not lines[after].why:
            group.append(after)
        elif lines[after].why not in ("advertisement",):
            body.why[after] = lines[after].why or ""
        after += 1
    for m in range(n, after):
        if lines[m].why:
            body.why[m] = lines[m].why or ""
    before = lines[n - 1] if n else None
    cut_between = any(lines[m].why not in (None, "advertisement") and not is_clock(lines[m]) for m in range(n, after))
    led = before is not None and not before.why and not cut_between and runs_on(before)
    listed = sum(lines[m].bullet or lines[m].ended or lines[m].columns or lines[m].text[0].islower() for m in group)
    bullets = listed == len(group) or (listed > 2 and listed * 3 > len(group) * 2)  # no headline opens with a small letter
    if led or (bullets and not cut_between and before is not None and (before.prose or before.bullet)):
        body.kept += group
        return after
    last = group[-1]
    over = lines[last - 1] if last > 0 else None
    # "end of list" closes an inset: what follows it is no part of that. Nor is what a blank line sets apart from known furniture.
    fresh = over is not None and (
        (over.why == "advertisement" and last > n)
        or is_clock(over)
        or (over.why in INSET_ENDS and lines[last].words <= HEADING and lines[last].text[0] not in "([•|")
    )
    fresh = fresh or (lines[last].words <= HEADING and bool(NUMBERED.match(lines[last].text)))
    below = all(lines[m].why in ("credit", "caption") for m in range(last + 1, after))  # a picture under the heading
    heading = after < end and below and (fresh or (is_heading(lines[last], blank) and (len(group) == 1 or lines[last].alone)))
    if cut_between and not (lines[last].open or fresh):
        heading = False
    for m in group:
        if (m == last and heading) or (after < end and lines[m].open and lines[m].words <= HEADING and NUMBERED.match(lines[m].text)):
            body.kept.append(m)
        else:
            body.why[m] = "teaser"
    return after


def runs_on(line: Line) -> bool:
    """Whether a line announces what stands below it: with a colon, or as a verse or an item does that ends in a comma."""
    return line.text.endswith(":") or (line.text.endswith((",", ";")) and not line.closed)


def is_heading(line: Line, blank: bool) -> bool:
    """Whether a short line right before a paragraph looks like the heading of a section."""
    if line.text.isupper() and line.alone and line.text[0] in "([":
        return True  # "(LAUGHTER)", in a transcript
    return line.words <= HEADING and line.text[:1] not in "([•|" and (line.open or not blank)


def mark_signups(lines: list[Line], run: Run) -> None:
    """A field for an address closes a newsletter's box: its heading, no more than three lines above, opens it."""
    for n in range(run.start, run.end):
        if lines[n].key in FIELDS:
            box = next((m for m in range(n - 1, max(run.start, n - 4) - 1, -1) if lines[m].short and lines[m].words <= HEADING), n)
            for line in lines[box:n]:
                line.why = line.why or "promotion"


def mark_captions(lines: list[Line], run: Run, blank: bool) -> None:
    """A credit on its own line, or "Image caption,", makes captions of the lines beside it that no blank line sets apart."""
    for n in range(run.start, run.end):
        line = lines[n]
        if line.key in CAPTION_BUTTONS and n > run.start:
            m = n - 1
            if lines[m].words <= 5 and m > run.start:  # the photographer
                lines[m].why = lines[m].why or "credit"
                m -= 1
            if lines[m].words <= CAPTION and not lines[m].closed:
                lines[m].why = lines[m].why or "caption"
        if line.why == "caption" and line.key in CAPTION_LABELS:
            if n + 1 < run.end:
                lines[n + 1].why = lines[n + 1].why or "caption"
            continue
        if line.why not in ("credit", "caption"):
            continue
        if n > run.start and not line.open:
            before = lines[n - 1]
            heading = before.open and before.words <= 3 and not before.ended  # a picture below the heading of a section
            if not before.why and before.words <= (CAPTION if blank else SHORT_CAPTION) and not heading and not (blank and before.closed):
                before.why = "caption"
        after = lines[n + 1] if n + 1 < run.end else None
        if blank and line.words <= 6 and not line.closed and after and after.words <= CAPTION:
            named = line.open and line.key.startswith("credit") and after.words <= SHORT_CAPTION  # "Credit: WQRT", and below it the caption
            heads = after.text.endswith("?") or (after.short and after.words <= HEADING and n + 2 < run.end and lines[n + 2].closed)
            if (named and after.prose) or not (
                (after.closed and after.prose) or heads
            ):  # else it ends a picture, and a paragraph or a heading follows
                after.why = after.why or "caption"
    if blank:
        mark_lone(lines, run)
        for line in lines[run.start : run.end]:
            if line.alone and line.words >= SHOUTED and line.text.isupper() and line.text[0] not in OPENING_QUOTES:
                line.why = line.why or "teaser"


def mark_lone(lines: list[Line], run: Run) -> None:
    """Where every paragraph is closed by a blank line, one sentence without stands under a picture; two or more are a list."""
    for n in range(run.start, run.end - 1):
        line, before, after = lines[n], lines[max(run.start, n - 1)], lines[n + 1]
        if line.prose and not line.closed and line.words <= CAPTION and not line.text.endswith((":", ";")):
            in_list = (
                (n > run.start and before.prose and not before.closed)
                or (after.prose and not after.closed)
                or line.bullet
                or before.text.endswith(":")
            )
            if not in_list and after.prose:
                line.why = "caption"
            elif after.prose and after.text[0] in OPENING_QUOTES and not after.closed and n + 2 < run.end and lines[n + 2].closed:
                line.why, after.why = "caption", "teaser"  # a picture, and a pull quote below it


def mark_repeats(lines: list[Line], run: Run) -> None:
    """Lines said twice: of a paragraph the first stays; a label goes, and so does a pull quote, all of whose words stand in a longer line."""
    seen: set[str] = set()
    grams: dict[int, set[int]] = {}
    for n in range(run.start, run.end):
        line = lines[n]
        if line.why:
            continue
        if line.repeated and (not line.prose or line.text in seen):
            line.why = "teaser"
        elif GRAM <= line.words <= LONGEST_GRAMMED:
            words = line.key.split()
            grams[n] = {hash(tuple(words[i : i + GRAM])) for i in range(len(words) - GRAM + 1)}
        seen.add(line.text)
    lines_with = Counter(gram for own in grams.values() for gram in own)
    for n, own in grams.items():
        again = sum(lines_with[gram] > 1 for gram in own)
        pulled = (lines[n].text[0] in OPENING_QUOTES and not lines[n].closed) or lines[n].kind in ("heading", "quote")
        if own and lines[n].words <= CAPTION and again >= (PULLED if pulled else 1.0) * len(own):
            lines[n].why = "pull quote"


def trim(lines: list[Line], body: Body) -> None:
    """An article ends with a sentence: what stands after its last one is a label, and a line on its author is the page's."""
    while len(body.kept) > 1:
        last = lines[body.kept[-1]].text
        if NOTED.match(last):
            body.why[body.kept.pop()] = "footer"
        elif is_kind("author", last, "") or is_bio(lines, body.kept[-1]):
            body.why[body.kept.pop()] = "signature"
        elif appeal := appealing(lines, body.kept[-1]):
            while body.kept[-1] >= appeal and len(body.kept) > 1:
                body.why[body.kept.pop()] = "promotion"
            if body.kept[-1] >= appeal:
                return
        elif not is_end(lines, body.kept):
            body.why[body.kept.pop()] = "teaser"
        else:
            return


def appealing(lines: list[Line], n: int) -> int:
    """Where the paragraphs that end with line `n` start, if they stand under a promotion's heading and speak to the reader; else 0.

    "Dear readers," says the heading, and "We aim to answer your questions" the paragraphs.
    """
    first = n
    while first > 0 and n - first < LONGEST_APPEAL and lines[first - 1].prose:
        first -= 1
    above = lines[first - 1] if first else None
    if above is None or above.why != "promotion" or above.words > HEADING:
        return 0
    text = " ".join(line.text for line in lines[first : n + 1])
    return first if not SPEECH.search(text) and APPEAL.search(text) else 0


def is_bio(lines: list[Line], n: int) -> bool:
    """Whether a paragraph speaks of the author whose name stands on the line above it: "Theo Lark", and below "Theo started writing …"."""
    above = lines[n - 1] if n else None
    if above is None or not NAME.fullmatch(above.text) or above.prose:
        return False
    return lines[n].text.split()[0].strip(",.’'s") in above.text.split()


def is_end(lines: list[Line], kept: list[int]) -> bool:
    """Whether the last line kept may end an article: a sentence, or an item of a list that a colon announces."""
    last = lines[kept[-1]]
    if last.sentence and last.text.endswith(":"):
        return False
    if last.prose or last.sentence or last.bullet or (last.text.endswith("?") and last.alone):
        return True
    n = len(kept) - 1
    while n > 0 and not lines[kept[n]].text.endswith(":") and kept[n] == kept[n - 1] + 1 and len(kept) - n < LONGEST_LIST:
        n -= 1
    return lines[kept[n]].text.endswith(":") and len(kept) - n > 2
