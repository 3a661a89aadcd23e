"""Text files: a curated article with front matter, taken as it stands, or a raw paste of a page, cleaned.

What a paste was cleaned of stays in `Article.cut`, line by line with the reason, so that a person can see it and put it back.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from generator.model import Article, Cut
from generator.readers.body import Body, airy, best_run, extend, extend_up, find_body, is_clock, sign_off, weigh
from generator.readers.cohesion import cohere
from generator.readers.days import as_day, days_in
from generator.readers.front import changed, fill, split_front
from generator.readers.furniture import is_kind, is_listed
from generator.readers.language import language_of
from generator.readers.lines import Line, content_words, lines_of
from generator.readers.outlets import first_address, outlet_in, outlet_of, spelled_in_host
from generator.readers.source import ReadError, article_id, decode
from generator.readers.wrapped import mail_header, rejoin

LONGEST_TITLE = 32  # words
LEAST = 0.35  # score of a title; below it a paste has none
NEARLY = 0.85  # share of the best score that is as good
ABOVE = 0.5  # the same for a line right above
FAR = 60  # lines above the text in which its title is looked for
LABELS_ABOVE = 16  # the same for a title that shares no word with its text
LABEL_WORDS = 3
WITHIN = 14  # lines of the run among which it may stand, below a notice on cookies
NOTICE = 0.35  # share of the run's prose that such a notice has at most
TRAIL = re.compile(r"\s[/|>›»•·]\s")  # what parts a menu's or a trail's words
DATELINE = 90  # characters of the text's first line in which a dateline is looked for
DATELINE_MARK = re.compile(r"\s{0,3}(?:[-–—|:]|/[A-Z]|\([A-Z])")
SENTENCE_TITLE = 20  # the same for one that is a sentence
DATE_LINE = 120  # characters of a line that is there to give a date
NOTE = re.compile(
    r"(?P<name>[A-Z][\w.'’-]{1,20} [A-Z][\w.'’-]{0,20})[\w.'’ -]{0,40},? (?:is|was|has|works|writes|lives|covers|reports|teaches)\b"
)
LABEL = re.compile(r"(?:originally |first )?(?:published|posted|publication date|date published|issued|date|pubdate)\b", re.I)
CHANGED = re.compile(r"(?:last )?(?:updated|modified|edited|reviewed|changed|last)\b", re.I)


def read_text(content: bytes, file: str) -> Article:
    """The article in a `.txt` file."""
    text = decode(content, file)
    front = split_front(text, file)
    if front is None:
        return clean_paste(text, file)
    article = fill(Article(id=article_id(file), title="", file=file, kind="text", text=front.body.rstrip("\n"), language=""), front)
    if not article.text.strip():
        raise ReadError(file, "the article has no text", "put its paragraphs below the front matter")
    return complete(article)


def complete(article: Article) -> Article:
    """The article with a title and a language."""
    title = article.title or article_id(article.file).replace("-", " ").capitalize()
    return changed(article, title=title, language=article.language or language_of(article.text))


@dataclass(slots=True)
class Found:
    """What a paste says of itself: the place of its title, its days, outlet and address."""

    title: int | None = None
    published: str | None = None
    updated: str | None = None


def clean_paste(text: str, file: str) -> Article:
    """The article in a page pasted as text."""
    mail, rest = mail_header(text)
    lines = lines_of(rejoin(rest, bool(mail)))
    if not any(line.key for line in lines):
        raise ReadError(file, "the file has no words", "paste the article's text into it")
    blank = airy(lines)
    run = best_run(lines, weigh(lines, blank))
    extend(lines, run, blank)
    run = cohere(lines, run)
    sign_off(lines, run)
    extend_up(lines, run, blank)
    if run.end == 0:  # no prose at all: what is there is taken, for a person to look at
        run.end = len(lines)
    title = find_title(lines, run.start, run.end)
    if title is not None:
        run.start = max(start_of(lines, title, run.end), title + 1 if run.start <= title else run.start)
    body = find_body(lines, run)
    if title is not None and title in body.kept:
        body.kept.remove(title)
    drop_notes(lines, body, title)
    if not body.kept:
        body.kept = [line.n for line in lines if line.n != title and not line.why] or [line.n for line in lines if line.n != title] or [0]
    first = body.kept[0]
    published, updated, day_line = find_days(lines, title, first, body.kept[-1] + 1, set(body.kept))
    published = published or updated or day_of_dateline(lines[first].text)
    if mail.get("date") or mail.get("sent"):
        published = as_day(mail.get("date") or mail["sent"]) or published
    texts = [line.text for line in lines]
    clean = "\n\n".join(texts[n] for n in body.kept)
    kept = set(body.kept)
    url = first_address(text for n, text in enumerate(texts) if n not in kept)
    top = title if title is not None else first
    name = mail.get("subject") or (lines[title].cell or texts[title] if title is not None else None)
    return complete(
        Article(
            id=article_id(file),
            title=name or "",
            published=published,
            updated=updated if updated != published else None,
            publisher=outlet_of(url) or spelled_in_host(texts[:top], url) or outlet_in(texts, top, clean),
            url=url,
            author=find_author(lines, first, kept),
            language="",
            file=file,
            text=clean,
            kind="paste",
            cut=tuple(cuts(lines, body, title, day_line, mail)),
        )
    )


def drop_notes(lines: list[Line], body: Body, title: int | None) -> None:
    """Takes off notes on the author that open the text or close it."""
    if title is None:
        return
    first = body.kept[0] if body.kept else 0
    while len(body.kept) > 1 and is_note(lines, title, first, body.kept[-1]):
        body.why[body.kept.pop()] = "signature"
    if len(body.kept) > 1 and is_kind("author", lines[first].text, "") and is_note(lines, title, first, first):
        body.why[body.kept.pop(0)] = "signature"


def is_note(lines: list[Line], title: int, first: int, n: int) -> bool:
    """Whether a line speaks of the author: it starts with a name that stands between title and text, in a byline or by itself."""
    note = NOTE.match(lines[n].text)
    return note is not None and any(note["name"] in x.text for x in lines[title + 1 : first] if not x.prose and x.words <= 14)


def cuts(lines: list[Line], body: Body, title: int | None, day_line: int | None, mail: dict[str, str]) -> list[Cut]:
    """What was left out, in order, each with its reason."""
    kept = set(body.kept)
    out = [Cut(text=f"{k.capitalize()}: {v}", why="header") for k, v in mail.items()]
    for line in lines:
        if line.n in kept:
            continue
        if line.n == title:
            why = "title"
        elif line.n == day_line:
            why = "date"
        else:
            why = line.why or body.why.get(line.n) or by_place(lines, line, body, title)
        out.append(Cut(text=line.text, why=why))
    return out


def by_place(lines: list[Line], line: Line, body: Body, title: int | None) -> str:
    """Why a line that looks like nothing in particular was left out: for where it stands."""
    if line.n > body.kept[-1]:
        return "footer"
    if line.n > body.kept[0]:
        return "teaser"
    if title is None or line.n < title:
        return "menu"
    after = lines[line.n + 1].why if line.n + 1 < len(lines) else None
    if after in ("credit", "caption"):
        return "caption"
    return "standfirst" if line.prose or line.words > 5 else "byline"


def find_title(lines: list[Line], start: int, end: int) -> int | None:
    """The line above the text whose words come back in it. Of lines that do so nearly as well the first counts: a standfirst stands below its title.

    A title may also stand among the first lines of the run, where something like a sentence stands above it.
    """
    about = Counter(w for line in lines[start:end] if line.prose for w in set(stems(line.text)))
    copies = Counter(lines[n].key for n in range(min(len(lines), end + 100)) if lines[n].key)
    scores: dict[int, float] = {}
    total = sum(x.words for x in lines[start:end] if x.prose)
    for n in range(max(0, start - FAR), min(end, start + WITHIN)):
        line = lines[n]
        if (
            not 2 <= line.words <= LONGEST_TITLE
            or line.end
            or line.columns
            or (line.words <= 10 and any(days_in(line.text)))
            or line.text.endswith((":", ";", ","))
            or (line.why and not may_be_title(line))
        ):
            continue
        dated = any(x.why in ("byline", "date") or (x.words < 14 and any(days_in(x.text))) for x in lines[n + 1 : n + 8])
        if line.why == "byline" and line.text[:3].lower() == "by ":
            continue
        inside = sum(x.words for x in lines[start:n] if x.prose)
        signed = line.words <= SENTENCE_TITLE and any(x.why in ("byline", "date") for x in lines[n + 1 : n + 3])
        if n >= start and (not dated or (line.prose and not (signed and not inside))):
            continue
        if n >= start and inside > HEADER_PROSE and not (signed and inside < NOTICE * total):
            continue
        score = title_score(line, about, copies[line.key]) - (0.2 if line.why else 0.0) - (0.15 if n >= start else 0.0)
        score += 0.1 if n == start - 1 and line.words > 3 else 0.0  # right above the text
        score -= 0.1 if n == 0 and start > 3 else 0.0  # the outlet's name
        score -= 0.006 * max(0, start - n - 15)  # menus with other headlines stand farther up
        score += 0.1 if dated else 0.0
        score += 0.15 if line.words > 3 and any(x.why in ("byline", "date", "share") for x in lines[n + 1 : n + 3]) else 0.0
        score -= 0.15 if any(x.why == "byline" and x.text[:3].lower() == "by " for x in lines[max(0, n - 12) : n]) else 0.0
        scores[n] = score
    best = max(scores.values(), default=0.0)
    if best < LEAST:
        return longest_label(lines, start)
    title = next((n for n in sorted(scores) if scores[n] >= max(LEAST, best * NEARLY)), None)
    while title is not None:  # what has less of the text's words may still be the title, if it stands right above the standfirst
        above = [n for n in range(title - 3, title) if scores.get(n, 0.0) >= max(LEAST, best * ABOVE) and lines[n].words >= 5]
        if not above:
            break
        title = above[0]
    if title is not None and lines[title].words <= LABEL_WORDS:  # a place or a subject, of which the title right below speaks
        own = set(stems(lines[title].text))
        fuller = [n for n in (title + 1, title + 2) if scores.get(n, 0.0) >= LEAST and own <= set(stems(lines[n].text))]
        title = fuller[0] if fuller else title
    return title


def may_be_title(line: Line) -> bool:
    """Whether a line that opens as furniture does may be a title: "Search for sailor called off", "Watch: the last tram"."""
    if line.why in ("teaser", "byline", "promotion"):
        return True
    return (
        line.why in ("menu", "share", "signature")
        and not TRAIL.search(line.text)
        and line.words > LABEL_WORDS
        and not is_listed(line.why, line.key)
    )


def stems(text: str) -> list[str]:
    """The content words of a text, cut short: a title says "dredging" and "towns" of what its text calls "dredge" and "town"."""
    return [w.rstrip("s")[:5] for w in content_words(text)]


def longest_label(lines: list[Line], start: int) -> int | None:
    """For a title none of whose words come back ("The last ferryman"): the line with most words among the labels right above the text."""
    above = [
        x
        for x in lines[max(0, start - LABELS_ABOVE) : start]
        if not (x.why or x.end or x.prose or x.columns) and 2 <= x.words <= 18 and not any(days_in(x.text))
    ]
    above += [
        x
        for x in lines[start : start + 2]
        if x.words <= SENTENCE_TITLE and not x.why and any(y.why in ("byline", "date") for y in lines[x.n + 1 : x.n + 3])
    ]
    signed = [x for x in above if x.words > 3 and any(y.why in ("byline", "date") for y in lines[x.n + 1 : x.n + 4])]
    if signed:  # the first of those that stand together: below the title may be a standfirst, above it are menus
        places, n = {x.n for x in signed}, signed[-1].n
        while n - 1 in places:
            n -= 1
        return n
    return max(above, key=lambda x: (x.words, -x.n)).n if above else None


def title_score(line: Line, about: Counter[str], copies: int) -> float:
    """How much of a title a line has: the share of its words that come back, with something for form."""
    words = stems(line.text)
    if not words:
        return 0.0
    shared = sum(w in about for w in words) / len(words)
    score = shared * min(1.0, 0.25 + len(words) / 8)
    score += 0.1 if line.open or line.closed else 0.0
    score += 0.1 if copies > 1 else 0.0
    score -= 0.25 if line.text.endswith(".") else 0.0
    score -= 0.1 if line.words > 18 else 0.0
    return score


def start_of(lines: list[Line], title: int, end: int) -> int:
    """Where the text below a title starts: after its standfirst, byline, date and captions. Little prose may stand among those."""
    start, prose = title + 1, 0
    for n in range(title + 1, min(end, title + 60)):
        line = lines[n]
        if line.prose:
            prose += line.words
            if prose > HEADER_PROSE:
                break
        elif prose and is_clock(line):  # over the next entry of a live blog
            break
        elif (line.why in ("byline", "date") or (line.words < 14 and line.text[0] not in "—–-" and any(days_in(line.text)))) or (
            line.why and prose == 0
        ):
            start = n + 1
    return start


HEADER_PROSE = 70


def find_days(lines: list[Line], title: int | None, first: int, last: int, kept: set[int]) -> tuple[str | None, str | None, int | None]:
    """The day the page gives for itself and the day of its last change, and the line of the first.

    Between title and text is the best place, then above the title, then below the text; captions and the text itself are passed over. "Published"
    before a date makes it surer, and one that says "updated" only counts where there is hardly another.
    """
    top = title if title is not None else first
    order = [*range(top, first), *range(top - 1, max(-1, top - 40), -1), *range(last, min(len(lines), last + 60))]
    seen: dict[str, tuple[str, int]] = {}  # kind of date → the first such day, and its line
    for n in order:
        line = lines[n]
        if n in kept or (len(line.text) > DATE_LINE and line.why != "date"):
            continue
        if line.why in ("caption", "credit", "signature", "teaser") or (line.why == "footer" and n < last):
            continue
        place = "below" if n >= last else "above" if n < top else "head"
        for day, start, _ in days_in(line.text[:400]):
            label = line.text[:start][-30:]
            kind = "updated" if CHANGED.search(label) and not LABEL.search(label) else "labelled" if LABEL.search(label) else "plain"
            seen.setdefault(kind if kind == "updated" else f"{kind} {place}", (day, n))
    ranks = ("labelled head", "plain head", "labelled above", "labelled below", "plain above", "updated", "plain below")
    best = next((seen[rank] for rank in ranks if rank in seen), None)
    updated = seen["updated"][0] if "updated" in seen else None
    return (best[0], updated, best[1]) if best else (None, updated, None)


def day_of_dateline(text: str) -> str | None:
    """The day in a press release's dateline: "12 September 2017 | GENEVA -", "MINNEAPOLIS, Aug. 6, 2019 /WRN/ --"."""
    day = next(days_in(text[:DATELINE]), None)
    return day[0] if day and DATELINE_MARK.match(text, day[2]) else None


def find_author(lines: list[Line], first: int, kept: set[int]) -> str | None:
    """The name in the last byline above the text."""
    for line in reversed(lines[max(0, first - 12) : first]):
        m = re.match(r"(?:by:?|written by:?|text by:?)\s{1,3}(?P<name>(?-i:[A-Z]).{2,80})", line.text, re.I)
        if m and line.n not in kept:
            return re.split(r"\s?[|•·]\s?| in (?=[A-Z])| - ", m["name"])[0].strip(" ,") or None
    return None
