"""What can be wrong between all sheets and what people decided over them, in `content/actors/` and `content/events/`.

`SITE_CHECKS` are functions from all content to problems. Decisions that cannot both hold are fatal, and name both their files.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.checks import LEGAL_ID, ROUGH_DATE, as_day, at, in_order
from generator.days import days
from generator.link.meetings import name_of
from generator.model import Curation, ParsedSheet, Problem
from generator.typed import near
from generator.words import fold, slug


@dataclass(frozen=True)
class Everything:
    """All that a site is made of, as far as checks need it."""

    sheets: Sequence[ParsedSheet] = ()
    actors: Sequence[Curation] = ()
    events: Sequence[Curation] = ()
    event_ids: frozenset[str] = field(default_factory=frozenset)  # that events of the site have or had; empty: they are not checked
    actors_now: Mapping[str, str] = field(default_factory=dict)  # former id → the actor's id now
    events_now: Mapping[str, str] = field(default_factory=dict)


SiteCheck = Callable[[Everything], Iterable[Problem]]


def in_file(curation: Curation, message: str, hint: str = "", *path: str | int, fatal: bool = True) -> Problem:
    """A problem at a value of a decision's file, or at its first line."""
    line, column = curation.places.get(path, (1, 1))
    return Problem(file=curation.file, line=line, column=column, message=message, hint=hint, fatal=fatal)


def named(curation: Curation, *keys: str) -> Iterator[tuple[str, tuple[str, int]]]:
    """The ids that stand under some keys, each with its place."""
    for key in keys:
        for i, other in enumerate(getattr(curation, key) or ()):
            yield other, (key, i)


# --- decisions against each other ---


def contradictions(content: Everything) -> Iterator[Problem]:
    """Decisions that cannot both hold, each named with both its files."""
    for curations in (content.actors, content.events):
        yield from said_twice(curations)
        yield from circles(curations)
        yield from same_and_different(curations)
        yield from passed_over(curations)


def said_twice(curations: Sequence[Curation]) -> Iterator[Problem]:
    """An id that two files say to be theirs, or one file its own."""
    owner: dict[str, Curation] = {}
    for c in curations:
        for other, place in named(c, "same"):
            if other == c.id:
                yield in_file(c, f'"{other}" is said to be the same as itself', "take it out of `same`", *place, fatal=False)
                continue
            if owner.get(other, c) is not c:
                message = f'"{other}" is said to be "{c.id}" here and "{owner[other].id}" in {owner[other].file}'
                yield in_file(c, message, "keep one", *place)
            owner.setdefault(other, c)


def circles(curations: Sequence[Curation]) -> Iterator[Problem]:
    """Files of which each says to be what the next one is, round to the first."""
    owner = {other: c for c in reversed(curations) for other in c.same if other != c.id}
    for c in curations:
        ring = [c]
        while (following := owner.get(ring[-1].id)) is not None and following not in ring:
            ring.append(following)
        if following is c and c.id == min(r.id for r in ring) and len(ring) > 1:
            others = listed([f'"{r.id}"' for r in ring])
            files = listed([r.file for r in ring[1:]])
            yield in_file(c, f"{others} each stand for the next, in a circle with {files}", "choose the one that stays", "same", 0)


def same_and_different(curations: Sequence[Curation]) -> Iterator[Problem]:
    """Two that are said to be different, and to be one, if by way of a third."""
    ties: dict[str, list[tuple[str, Curation]]] = {}
    for c in curations:
        for other in c.same:
            ties.setdefault(c.id, []).append((other, c))
            ties.setdefault(other, []).append((c.id, c))
    for c in curations:
        for other, place in named(c, "different"):
            files = way(c.id, other, ties)
            if other in c.same:
                yield in_file(c, f'"{other}" stands both in `same` and in `different`', "keep one", *place)
            elif files:
                yield in_file(c, f'"{c.id}" and "{other}" are different here, and the same in {listed(files)}', "keep one", *place)


def way(start: str, end: str, ties: dict[str, list[tuple[str, Curation]]]) -> list[str]:
    """The files that make one id mean another, by the shortest way; none where they do not."""
    before: dict[str, tuple[str, str]] = {start: ("", "")}
    queue = deque([start])
    while queue and end not in before:
        here = queue.popleft()
        for other, c in ties.get(here, ()):
            if other not in before:
                before[other] = (here, c.file)
                queue.append(other)
    files = []
    while end in before and end != start:
        end, file = before[end]
        files.append(file)
    return list(dict.fromkeys(reversed(files)))


def passed_over(curations: Sequence[Curation]) -> Iterator[Problem]:
    """What a file says of an id that another file has taken in: it is not looked at, or contradicts what is said there."""
    by_id = {c.id: c for c in curations}
    for home in curations:
        for other in home.same:
            c = by_id.get(other)
            if c is None or c is home:
                continue
            for name in TOLD:
                mine, its = getattr(c, name), getattr(home, name)
                if mine in (None, (), False) or mine == its:
                    continue
                if its in (None, (), False):
                    words = f'`{name}` is not looked at here: {home.file} says that "{c.id}" is "{home.id}"'
                    yield in_file(c, words, "write it there", name, fatal=False)
                else:
                    words = f'`{name}` is another in {home.file}, which says that "{c.id}" is "{home.id}"'
                    yield in_file(c, words, "keep one, there", name)


# What a file tells of its actor or event, beside who it is.
TOLD = ("name", "type", "description", "same_as", "aliases", "hidden", "status", "start", "end", "place", "participants")


def listed(words: Sequence[str]) -> str:
    """ "a, b and c"."""
    words = list(dict.fromkeys(words))
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


# --- decisions on what is not there ---


def unknown_decisions(content: Everything) -> Iterator[Problem]:
    """Decisions on what no sheet names: harmless, but perhaps misspelt."""
    if content.sheets and content.actors:
        of_article = {s.sheet.article.id: [a.id for a in s.sheet.actors] for s in content.sheets}
        ids = {i for of_sheet in of_article.values() for i in of_sheet}
        yield from unknown(content.actors, ids, ids, of_article, "no sheet names an actor")
    if content.event_ids and content.events:
        of_article = {s.sheet.article.id: [m.id for m in s.sheet.meetings] for s in content.sheets}
        ids = {name_of(m) for s in content.sheets for m in s.sheet.meetings} | content.event_ids
        yield from unknown(content.events, ids, content.event_ids, of_article, "there is no event")


def unknown(
    curations: Sequence[Curation], ids: Iterable[str], offered: Iterable[str], of_article: dict[str, list[str]], what: str
) -> Iterator[Problem]:
    """Names that mean nothing, each with the near spelling."""
    ids, offered = set(ids) | {c.id for c in curations if c.same}, sorted(offered)
    taken_in = {i for c in curations for i in c.same}
    known = {"same": ids | {c.id for c in curations}, "different": ids | {c.id for c in curations} | taken_in}
    for c in curations:
        if c.id not in ids and c.id not in taken_in:
            yield in_file(c, f'{what} "{c.id}"', near(c.id, offered) or "take the file out, or rename it", fatal=False)
        for other, place in named(c, "same", "different"):
            article, slash, local = other.partition("/")
            if slash and local not in of_article.get(article, ()):
                yield in_file(c, f'no sheet has "{other}"', near_in_article(article, local, of_article), *place, fatal=False)
            elif not slash and other not in known[place[0]]:
                yield in_file(c, f'{what} "{other}"', near(other, offered), *place, fatal=False)


def unused_files(content: Everything) -> Iterator[Problem]:
    """Files of an id that its actor or event no longer has, though nobody said that it means another."""
    for curations, now in ((content.actors, content.actors_now), (content.events, content.events_now)):
        taken_in = {i for c in curations for i in c.same}
        for c in curations:
            if c.id in now and c.id not in taken_in:
                hint = f"write what it says into {now[c.id]}.yaml, with `same: [{c.id}]`"
                yield in_file(c, f'this file is not looked at: "{c.id}" is "{now[c.id]}" now', hint, fatal=False)


def near_in_article(article: str, local: str, of_article: dict[str, list[str]]) -> str:
    """What to write instead of an article's own fact that is not there."""
    home = article if article in of_article else next(iter(re.findall('"(.*)"', near(article, of_article))), "")
    here = of_article.get(home, [])
    found = [local] if local in here else re.findall('"(.*)"', near(local, here))
    return f'did you mean "{home}/{found[0]}"?' if found else "write ARTICLE/ID, with the id that stands in the article's sheet"


def bad_curations(content: Everything) -> Iterator[Problem]:
    """Ids, dates, addresses and participants of curation that cannot be."""
    named_anywhere = (
        {a.id for s in content.sheets for a in s.sheet.actors} if content.events else set()
    )  # participants are told of events alone
    known = named_anywhere | {i for c in content.actors for i in (c.id, *c.same)}
    for c in (*content.actors, *content.events):
        if not LEGAL_ID.fullmatch(c.id):
            yield in_file(c, f'"{c.id[:60]}" cannot be an id', f'name the file "{slug(c.id)}.yaml"')
        for url, place in named(c, "same_as"):
            if not re.match(r"https?://[^\s/]", url):
                yield in_file(c, f'"{url[:100]}" is no address of the web', "begin it with https://", *place)
        for name, value in (("start", c.start), ("end", c.end)):
            if value is not None and days(value) is None and not ROUGH_DATE.fullmatch(value):
                yield in_file(c, f'"{name}" is no date: "{value[:60]}"', as_day(value, "2022-01-10"), name)
        start, end = days(c.start), days(c.end)
        if start and end and end.last < start.first:
            yield in_file(c, f'"end" is before "start": {c.end} and {c.start}', "correct one of them", "end")
        for id_, place in named(c, "participants"):
            if content.sheets and id_ not in known:
                yield in_file(c, f'no sheet names an actor "{id_}"', near(id_, sorted(known)), *place)


def clashing_names(content: Everything) -> Iterator[Problem]:
    """Sheets whose names differ in case alone: on many systems they are one file, and their pages one address."""
    first: dict[str, ParsedSheet] = {}
    for sheet in content.sheets:
        key = fold(sheet.sheet.article.id)
        if key in first:
            yield at(sheet, (), f"its pages would clash with those of {first[key].file}", "give one article another name")
        first.setdefault(key, sheet)
        if not LEGAL_ID.fullmatch(sheet.sheet.article.id):
            wanted = slug(sheet.sheet.article.id)
            yield at(sheet, (), f'"{sheet.sheet.article.id[:60]}" cannot be an article\'s name', f'rename its files to "{wanted}"')


SITE_CHECKS: list[tuple[str, SiteCheck]] = [
    ("contradictions", contradictions),
    ("unknown decisions", unknown_decisions),
    ("unused files", unused_files),
    ("bad curations", bad_curations),
    ("clashing names", clashing_names),
]


def check_site(content: Everything, checks: Iterable[tuple[str, SiteCheck]] | None = None) -> list[Problem]:
    """All that is wrong between sheets and decisions."""
    return in_order(p for _, check in (SITE_CHECKS if checks is None else checks) for p in check(content))
