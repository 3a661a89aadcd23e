"""What can be wrong with a sheet: small functions from it to problems with their places; and how problems are shown.

All problems are shown at once. What keeps a site from being true or from being built is fatal; what a person may want to look at is not.
What can be wrong between sheets is in `decisions.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import msgspec

from generator.days import days
from generator.model import KINDS, Actor, ParsedSheet, Problem
from generator.typed import near
from generator.words import find_quote, fold, slug

Check = Callable[[ParsedSheet], Iterable[Problem]]

# Fields that hold ids of actors.
NAMING: dict[str, tuple[str, ...]] = {"claims": ("speaker", "to", "about"), "meetings": ("participants", "absent"), "figures": ("source",)}
WORDING: dict[str, tuple[str, ...]] = {"actors": ("name",), "claims": ("text",), "meetings": ("title",), "figures": ()}
DATES: dict[str, tuple[str, ...]] = {"meetings": ("start", "end"), "figures": ("as_of",)}
ROUGH_DATE = re.compile(r"\d{4}-(?:SP|SU|FA|WI|H[12])|\d{3}|\d{2}")  # seasons, halves, decades and centuries of TIMEX3
LEGAL_ID = re.compile(r"[^\W_][\w.-]{0,119}")
WRITTEN_DAYS = ("%d.%m.%Y", "%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d")


def at(sheet: ParsedSheet, path: tuple[str | int, ...], message: str, hint: str = "", fatal: bool = True) -> Problem:
    """A problem at a value of a sheet."""
    line, column = sheet.place(*path)
    return Problem(file=sheet.file, line=line, column=column, message=message, hint=hint, fatal=fatal)


def facts_of(sheet: ParsedSheet, *kinds: str) -> Iterator[tuple[str, int, Any]]:
    """Kind, place and fact, of all kinds or of some."""
    for kind in kinds or KINDS:
        for i, fact in enumerate(getattr(sheet.sheet, kind)):
            yield kind, i, fact


def unknown_actors(sheet: ParsedSheet) -> Iterator[Problem]:
    """Speakers, participants and the like that are no actors of the sheet."""
    ids = {a.id for a in sheet.sheet.actors}
    for kind, i, fact in facts_of(sheet, *NAMING):
        for name in NAMING[kind]:
            its = getattr(fact, name)
            if its is None or its == () or its in ids:
                continue
            for path, id_ in [((name, j), v) for j, v in enumerate(its)] if isinstance(its, tuple) else [((name,), its)]:
                if id_ not in ids:
                    yield at(sheet, (kind, i, *path), f'no actor "{id_}" in this sheet', whom(id_, sheet.sheet.actors))


def whom(written: str, actors: Sequence[Actor]) -> str:
    """What to write instead of an id that no actor has."""
    wanted = fold(written)
    for actor in actors:
        if wanted in {fold(n) for n in (actor.name, *actor.aliases)}:
            return f'write "{actor.id}"'
    return near(written, [a.id for a in actors]) or "add it under actors, or correct it"


def lost_evidence(sheet: ParsedSheet) -> Iterator[Problem]:
    """Quotations that are not in the article. The fact is shown all the same, and marked."""
    text = sheet.sheet.article.text
    for kind, i, fact in facts_of(sheet, *NAMING):
        quote = fact.evidence.quote
        if not quote.strip():
            yield at(sheet, (kind, i, "evidence"), "the evidence is empty", "paste the sentence of the article that says so")
        elif text and fact.evidence.start is None and find_quote(quote, text) is None:
            yield at(
                sheet, (kind, i, "evidence"), "the evidence is not in the article", "paste the sentence as the article has it", fatal=False
            )


def no_text(sheet: ParsedSheet) -> Iterator[Problem]:
    """A sheet whose article was never read."""
    if not sheet.sheet.article.text and not any(p.fatal for p in sheet.problems):
        yield at(sheet, (), "the article's text is missing, so no evidence can be shown in it", "put it in content/articles/", fatal=False)


def empty_words(sheet: ParsedSheet) -> Iterator[Problem]:
    """Names, claims and titles without words."""
    for kind, i, fact in facts_of(sheet):
        for name in WORDING[kind]:
            if not getattr(fact, name).strip() and (kind, i, name) in sheet.places:
                yield at(sheet, (kind, i, name), f'"{name}" is empty', "write it, or take the fact out")


def bad_ids(sheet: ParsedSheet) -> Iterator[Problem]:
    """Ids that cannot stand in an address."""
    for kind, i, fact in facts_of(sheet):
        if not LEGAL_ID.fullmatch(fact.id):
            yield at(sheet, (kind, i, "id"), f'"{fact.id[:60]}" cannot be an id', f'write "{slug(fact.id)}"')


def bad_dates(sheet: ParsedSheet) -> Iterator[Problem]:
    """Dates that are none, and ends before their starts."""
    for name in ("published", "updated"):
        value = getattr(sheet.sheet.article, name)
        known = days(value)
        if value is not None and (known is None or known.precision != "day"):
            yield at(sheet, ("article", name), f'"{name}" is no day: "{value[:60]}"', as_day(value, "2021-12-30"))
    for kind, i, fact in facts_of(sheet, *DATES):
        for name in DATES[kind]:
            value = getattr(fact, name)
            if value is not None and days(value) is None and not ROUGH_DATE.fullmatch(value):
                hint = as_day(value, "2022-01-10, 2022-01, 2022-W02 or 2021-12-30T20:30+00:00")
                yield at(sheet, (kind, i, name), f'"{name}" is no date: "{value[:60]}"', hint)
    for kind, i, meeting in facts_of(sheet, "meetings"):
        start, end = days(meeting.start), days(meeting.end)
        if start and end and end.last < start.first:
            yield at(sheet, (kind, i, "end"), f'"end" is before "start": {meeting.end} and {meeting.start}', "correct one of them")


def as_day(value: str, example: str) -> str:
    """How to write a day that is written in another way."""
    for form in WRITTEN_DAYS:
        try:
            return f"write {datetime.strptime(value.strip()[:40], form).date()}"
        except ValueError:
            continue
    return f"write it as {example}"


def undated(sheet: ParsedSheet) -> Iterator[Problem]:
    """An article without a day: its relative dates mean nothing, and listings by time put it last."""
    if sheet.sheet.article.published is None and ("article", "published") not in sheet.places:
        yield at(sheet, ("article",), "the article has no date", "write `published: 2021-12-30` under `article:`", fatal=False)


def bad_address(sheet: ParsedSheet) -> Iterator[Problem]:
    """Addresses that are none, or that a browser might run."""
    url = sheet.sheet.article.url
    if url is not None and not re.match(r"https?://[^\s/]", url):
        yield at(sheet, ("article", "url"), '"url" is no address of the web', "begin it with https://")


def unused_actors(sheet: ParsedSheet) -> Iterator[Problem]:
    """Actors that no fact names, and the article neither."""
    used = {i for kind, _, f in facts_of(sheet, *NAMING) for n in NAMING[kind] for i in ids_in(getattr(f, n))}
    text = sheet.sheet.article.text
    for kind, i, actor in facts_of(sheet, "actors"):
        if actor.id not in used and not actor.mentions and not any(n and n in text for n in (actor.name, *actor.aliases)):
            yield at(
                sheet, (kind, i), f'no fact names the actor "{actor.id}", nor does the article', "take it out, or correct it", fatal=False
            )


def ids_in(value: Any) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,) if value else ()


def twin_actors(sheet: ParsedSheet) -> Iterator[Problem]:
    """Two actors of one name."""
    first: dict[str, Actor] = {}
    for kind, i, actor in facts_of(sheet, "actors"):
        name = fold(actor.name)
        if name and name in first and first[name].type == actor.type:
            hint = f'make them one: take "{actor.id}" out, and write "{first[name].id}" where facts name it'
            yield at(sheet, (kind, i, "name"), f'two actors are named "{actor.name}"', hint, fatal=False)
        first.setdefault(name, actor)


def odd_figures(sheet: ParsedSheet) -> Iterator[Problem]:
    """Figures without a number, and ranges the wrong way round."""
    for kind, i, figure in facts_of(sheet, "figures"):
        if figure.value is None and figure.low is None and figure.high is None:
            yield at(sheet, (kind, i), "the figure has no number", "write `value:`, or `low:` and `high:`", fatal=False)
        if figure.low is not None and figure.high is not None and figure.low > figure.high:
            yield at(sheet, (kind, i, "low"), f'"low" is above "high": {figure.low} and {figure.high}', "write the smaller one as low")


def unspeakable(sheet: ParsedSheet) -> Iterator[Problem]:
    """Claims that nobody makes: neither a speaker, nor the article's words for one."""
    for kind, i, claim in facts_of(sheet, "claims"):
        if claim.speaker is None and not claim.speaker_text and not claim.doubtful:
            yield at(
                sheet, (kind, i), "nobody makes this claim", "write `speaker:`, or the article's words as `speaker_text:`", fatal=False
            )


def foreign(sheet: ParsedSheet) -> Iterator[Problem]:
    """Articles in a language that the rules do not read, as long as nobody wrote down their facts."""
    language = sheet.sheet.article.language
    if language != "en" and not any(getattr(sheet.sheet, kind) for kind in KINDS):
        words = f'the article is not in English, which alone the rules read, but in "{language}"'
        yield at(sheet, ("article", "language"), words, "write its facts by hand, or put its language right in the article", fatal=False)


def to_come(sheets: Iterable[ParsedSheet], day: str | None) -> Iterator[Problem]:
    """Articles dated after `day`: the pages take the newest article's day for today, so one wrong year moves all of them."""
    for sheet in sheets if day else ():
        published = sheet.sheet.article.published
        if published and published > str(day):
            yield at(sheet, ("article", "published"), f'"published" is {published}, which is yet to come', "put the day right", fatal=False)


CHECKS: list[tuple[str, Check]] = [
    ("unknown actors", unknown_actors),
    ("lost evidence", lost_evidence),
    ("no text", no_text),
    ("empty words", empty_words),
    ("bad ids", bad_ids),
    ("bad dates", bad_dates),
    ("undated", undated),
    ("foreign", foreign),
    ("bad address", bad_address),
    ("unused actors", unused_actors),
    ("twin actors", twin_actors),
    ("odd figures", odd_figures),
    ("unspeakable", unspeakable),
]


def check_sheet(sheet: ParsedSheet, checks: Iterable[tuple[str, Check]] | None = None) -> list[Problem]:
    """All that is wrong with one sheet, reading it included."""
    found = list(sheet.problems)
    for _, check in CHECKS if checks is None else checks:
        found += check(sheet)
    return in_order(found)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, by place."""
    return sorted(set(problems), key=lambda p: (p.file, p.line, p.column, p.message, p.hint))


# --- showing ---


def render_problems(problems: Iterable[Problem], form: str = "text") -> str:
    """Problems for a terminal (`text`), for programs (`json`), or as annotations of GitHub's own (`github`)."""
    if form == "json":
        return msgspec.json.format(msgspec.json.encode(list(problems)), indent=2).decode()
    if form == "github":
        return "\n".join(annotation(p) for p in problems)
    return "\n".join(one_line(str(p)) for p in problems)


def one_line(text: str) -> str:
    """Without the control characters that a hostile file could send to a terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


def annotation(problem: Problem) -> str:
    """A line that GitHub's runner shows beside the file."""
    level = "error" if problem.fatal else "warning"
    file = escaped(problem.file).replace(":", "%3A").replace(",", "%2C")
    words = escaped(one_line(f"{problem.message}: {problem.hint}" if problem.hint else problem.message))
    return f"::{level} file={file},line={problem.line},col={problem.column}::{words}"


def escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
