"""Actors over all articles: sheets under ids that hold everywhere, and a profile of each actor."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import combinations
from typing import TypeVar, get_args

from msgspec.structs import replace

from generator.identity import rename
from generator.model import Actor, ActorType, Article, Claim, Curation, Event, FactSheet, Figure, Profile, Role, Tie, Told
from generator.words import fold

CROWD = 40  # participants; a gathering of more ties nobody to anybody in particular, and its pairs would swamp every page

Telling = tuple[Article, Actor]  # an article, and an actor as it has them
T = TypeVar("T")


def once(values: Iterable[T]) -> tuple[T, ...]:
    """The values in order, each but once."""
    return tuple(dict.fromkeys(values))


def settled(sheet: FactSheet, new: Mapping[str, str], hidden: frozenset[str] = frozenset()) -> FactSheet:
    """The sheet with each actor under its id over all articles, after which every id in the sheet names one of its actors.

    A hidden actor, or one that the sheet does not have, is nobody named: a claim of theirs keeps the article's words for the speaker.
    """
    before = sheet.actors
    sheet = rename(sheet, new)
    known = {a.id for a in sheet.actors} - hidden
    if len(known) == len(sheet.actors) and all_known(sheet, known):
        return sheet
    names = {a.id: a.name for a in (*before, *sheet.actors)}

    def here(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(i for i in ids if i in known)

    def claim(c: Claim) -> Claim:
        if c.speaker and c.speaker not in known:
            c = replace(c, speaker=None, speaker_text=c.speaker_text or names.get(c.speaker, c.speaker))
        return replace(c, to=c.to if c.to in known else None, about=here(c.about))

    return replace(
        sheet,
        actors=tuple(a for a in sheet.actors if a.id in known),
        claims=tuple(map(claim, sheet.claims)),
        meetings=tuple(replace(m, participants=here(m.participants), absent=here(m.absent)) for m in sheet.meetings),
        figures=tuple(replace(f, source=f.source if f.source in known else None) for f in sheet.figures),
    )


def all_known(sheet: FactSheet, known: Container[str | None]) -> bool:
    """Whether a sheet's facts speak of these actors alone."""
    for c in sheet.claims:
        if (c.speaker and c.speaker not in known) or (c.to and c.to not in known):
            return False
        for id in c.about:
            if id not in known:
                return False
    for m in sheet.meetings:
        for id in (*m.participants, *m.absent):
            if id not in known:
                return False
    return all(not f.source or f.source in known for f in sheet.figures)


def without_text(article: Article) -> Article:
    """What is known of the article, without its words: what a fact carries about on other pages."""
    return replace(article, text="", cut=(), extra={})


def profiles(
    sheets: Sequence[FactSheet],
    articles: Mapping[str, Article],
    figures: Iterable[Told],
    events: Mapping[str, Event],
    curations: Mapping[str, Curation],
    formerly: Mapping[str, tuple[str, ...]],
) -> dict[str, Profile]:
    """Every actor of the sheets (newest first, ids that hold everywhere) with all that the articles say of them, in order of name."""
    seen: dict[str, list[Telling]] = defaultdict(list)
    said: dict[str, list[Told]] = defaultdict(list)
    about: dict[str, list[Told]] = defaultdict(list)
    addressed: dict[str, list[Told]] = defaultdict(list)
    gave: dict[str, list[Told]] = defaultdict(list)
    for sheet in sheets:
        article = articles[sheet.article.id]
        for actor in sheet.actors:
            seen[actor.id].append((article, actor))
        for claim in sheet.claims:
            speaker, to = claim.speaker, claim.to
            if not speaker and not to and not claim.about:
                continue
            told = Told(article=article, fact=claim)
            if speaker:
                said[speaker].append(told)
            if to and to != speaker:
                addressed[to].append(told)
            for other in claim.about:
                if other != speaker:
                    about[other].append(told)
    for told in figures:
        if isinstance(told.fact, Figure) and told.fact.source:
            gave[told.fact.source].append(told)
    met: dict[str, list[str]] = defaultdict(list)
    for event in events.values():
        for actor_id in event.participants:
            met[actor_id].append(event.id)
    linked = ties(events, said)
    made = []
    for id, tellings in seen.items():
        curated = curations.get(id) or Curation(id=id)
        name, type, aliases = called(tellings, curated)
        profile = Profile(
            id=id,
            name=name,
            type=type,
            description=curated.description,
            same_as=curated.same_as,
            aliases=aliases,
            roles=roles(tellings),
            said=tuple(said.get(id, ())),
            about=tuple(about.get(id, ())),
            addressed=tuple(addressed.get(id, ())),
            events=tuple(met.get(id, ())),
            figures=tuple(gave.get(id, ())),
            ties=linked.get(id, ()),
            articles=tuple([article.id for article, _ in tellings]),
            formerly=formerly.get(id, ()),
            doubtful=all(a.doubtful for _, a in tellings),
        )
        made.append((fold(name), id, profile))
    made.sort(key=lambda m: m[:2])
    return {id: profile for _, id, profile in made}


def called(tellings: Sequence[Telling], curated: Curation) -> tuple[str, ActorType, tuple[str, ...]]:
    """The actor's name, type and aliases: a person's word first, else what most articles say, the longer name where they are even."""
    names: Counter[str] = Counter()
    types: Counter[ActorType] = Counter()
    aliases: Counter[str] = Counter()
    for (name, type, others), times in Counter([(a.name, a.type, a.aliases) for _, a in tellings]).items():
        names[name] += times
        types[type] += times
        for n in (name, *others):
            aliases[n] += times
    name = curated.name or min(names, key=lambda n: (-names[n], -len(n), n))
    given = next((t for t in get_args(ActorType) if t == curated.type), None)
    by_use = sorted(aliases, key=lambda n: (-aliases[n], n))
    return (
        name,
        given or min(types, key=lambda t: (-types[t], t)),
        tuple(n for n in once((*curated.aliases, *by_use)) if n != name),
    )


def roles(tellings: Iterable[Telling]) -> tuple[Role, ...]:
    """The roles an actor was given, newest first. `tellings` are newest first, so the newest spelling stands for all."""
    found: dict[str, tuple[str, list[Article]]] = {}
    folded: dict[str, str] = {}  # most articles word it alike
    for article, actor in tellings:
        role = actor.role
        if role:
            if role not in folded:
                folded[role] = fold(role)
                found.setdefault(folded[role], (role, []))
            found[folded[role]][1].append(article)
    made = []
    for text, articles in found.values():
        on = [a.published for a in articles if a.published]
        made.append(Role(text=text, first=min(on, default=None), last=max(on, default=None), articles=tuple([a.id for a in articles])))
    return tuple(sorted(made, key=lambda r: r.last or "", reverse=True))


def newest(told: Sequence[Told]) -> tuple[Told, ...]:
    return tuple(told if len(told) < 2 else sorted(told, key=lambda t: t.article.published or "", reverse=True))


def ties(events: Mapping[str, Event], said: Mapping[str, Sequence[Told]]) -> dict[str, tuple[Tie, ...]]:
    """Who met whom, and who spoke to or about whom; a meeting weighs twice, for it takes two."""
    met: dict[tuple[str, str], list[str]] = defaultdict(list)
    spoke: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for event in events.values():
        if len(event.participants) <= CROWD:
            for one, other in combinations(event.participants, 2):
                if one != other:
                    met[pair(one, other)].append(event.id)
    for speaker, claims in said.items():
        for told in claims:
            fact = told.fact
            assert isinstance(fact, Claim)
            for other in once((fact.to, *fact.about)) if fact.to else once(fact.about):
                if other != speaker:
                    spoke[pair(speaker, other)].append(told)
    found: dict[str, list[Tie]] = defaultdict(list)
    for both in {**met, **spoke}:
        one, other = both
        shared, words = tuple(met.get(both, ())), newest(spoke.get(both, ()))
        found[one].append(Tie(other=other, events=shared, claims=words))
        found[other].append(Tie(other=one, events=shared, claims=words))
    return {id: tuple(sorted(group, key=lambda t: (-2 * len(t.events) - len(t.claims), t.other))) for id, group in found.items()}


def pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
