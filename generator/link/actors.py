"""Actors over all articles: sheets under ids that hold everywhere, and a profile of each actor."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar, get_args

from msgspec.structs import replace

from generator.identity import rename
from generator.model import Actor, ActorType, Article, Claim, Curation, Event, FactSheet, Profile, Role, Tie, Told
from generator.words import fold

CROWD = 40  # participants; a gathering of more ties nobody to anybody in particular, and its pairs would swamp every page

T = TypeVar("T")


def once(values: Iterable[T]) -> tuple[T, ...]:
    """The values in order, each but once."""
    return tuple(dict.fromkeys(values))


def settled(sheet: FactSheet, new: Mapping[str, str], hidden: frozenset[str] = frozenset()) -> FactSheet:
    """The sheet with each actor under its id over all articles, after which every id in the sheet names one of its actors.

    A hidden actor, or one that the sheet does not have, is nobody named: a claim of theirs keeps the article's words for the speaker.
    """
    names = {a.id: a.name for a in sheet.actors}
    sheet = rename(sheet, new)
    known = {a.id for a in sheet.actors} - hidden
    if len(known) == len(sheet.actors) and known.issuperset(ids_in(sheet)):
        return sheet
    names |= {a.id: a.name for a in sheet.actors}

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


def ids_in(sheet: FactSheet) -> Iterator[str]:
    """The ids of actors that a sheet's facts speak of."""
    for c in sheet.claims:
        yield from c.about
        yield from filter(None, (c.speaker, c.to))
    for m in sheet.meetings:
        yield from m.participants
        yield from m.absent
    for f in sheet.figures:
        if f.source:
            yield f.source


def without_text(article: Article) -> Article:
    """What is known of the article, without its words: what a fact carries about on other pages."""
    return replace(article, text="", cut=(), extra={})


def profiles(
    sheets: Sequence[FactSheet],
    articles: Mapping[str, Article],
    events: Mapping[str, Event],
    curations: Mapping[str, Curation],
    formerly: Mapping[str, tuple[str, ...]],
) -> dict[str, Profile]:
    """Every actor of the sheets (newest first, ids that hold everywhere) with all that the articles say of them, in order of name."""
    seen: dict[str, list[tuple[Article, Actor]]] = defaultdict(list)
    said: dict[str, list[Told]] = defaultdict(list)
    about: dict[str, list[Told]] = defaultdict(list)
    addressed: dict[str, list[Told]] = defaultdict(list)
    figures: dict[str, list[Told]] = defaultdict(list)
    for sheet in sheets:
        article = articles[sheet.article.id]
        for actor in sheet.actors:
            seen[actor.id].append((article, actor))
        for claim in sheet.claims:
            told = Told(article=article, fact=claim)
            if claim.speaker:
                said[claim.speaker].append(told)
            if claim.to and claim.to != claim.speaker:
                addressed[claim.to].append(told)
            for other in claim.about:
                if other != claim.speaker:
                    about[other].append(told)
        for figure in sheet.figures:
            if figure.source:
                figures[figure.source].append(Told(article=article, fact=figure))
    met: dict[str, list[str]] = defaultdict(list)
    for event in events.values():
        for actor_id in event.participants:
            met[actor_id].append(event.id)
    linked = ties(events, said)
    made = []
    for id, tellings in seen.items():
        facts = Profile(
            id=id,
            name="",
            type="group",
            said=tuple(said[id]),
            about=tuple(about[id]),
            addressed=tuple(addressed[id]),
            figures=tuple(figures[id]),
            events=tuple(met[id]),
            ties=linked.get(id, ()),
            formerly=formerly.get(id, ()),
        )
        made.append(profile(tellings, curations.get(id) or Curation(id=id), facts))
    made.sort(key=lambda p: (fold(p.name), p.id))
    return {p.id: p for p in made}


def profile(tellings: Sequence[tuple[Article, Actor]], curated: Curation, base: Profile) -> Profile:
    """Fills in who the actor is: a person's word first, else what most articles say, the longer name where they are even."""
    names = Counter(a.name for _, a in tellings)
    types = Counter(a.type for _, a in tellings)
    aliases = Counter(n for _, a in tellings for n in (a.name, *a.aliases))
    name = curated.name or min(names, key=lambda n: (-names[n], -len(n), n))
    return replace(
        base,
        name=name,
        type=next((t for t in get_args(ActorType) if t == curated.type), min(types, key=lambda t: (-types[t], t))),
        description=curated.description,
        same_as=curated.same_as,
        aliases=tuple(n for n in once((*curated.aliases, *sorted(aliases, key=lambda n: (-aliases[n], n)))) if n != name),
        roles=roles(tellings),
        articles=tuple(article.id for article, _ in tellings),
        doubtful=all(a.doubtful for _, a in tellings),
    )


def roles(tellings: Iterable[tuple[Article, Actor]]) -> tuple[Role, ...]:
    """The roles an actor was given, newest first. `tellings` are newest first, so the newest spelling stands for all."""
    found: dict[str, tuple[str, list[Article]]] = {}
    for article, actor in tellings:
        if actor.role:
            found.setdefault(fold(actor.role), (actor.role, []))[1].append(article)
    made = []
    for text, articles in found.values():
        on = [a.published for a in articles if a.published]
        made.append(Role(text=text, first=min(on, default=None), last=max(on, default=None), articles=tuple(a.id for a in articles)))
    return tuple(sorted(made, key=lambda r: r.last or "", reverse=True))


def newest(told: Iterable[Told]) -> tuple[Told, ...]:
    return tuple(sorted(told, key=lambda t: t.article.published or "", reverse=True))


def ties(events: Mapping[str, Event], said: Mapping[str, Sequence[Told]]) -> dict[str, tuple[Tie, ...]]:
    """Who met whom, and who spoke to or about whom; a meeting weighs twice, for it takes two."""
    met: dict[tuple[str, str], list[str]] = defaultdict(list)
    spoke: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for event in events.values():
        if len(event.participants) <= CROWD:
            for one in event.participants:
                for other in event.participants:
                    if one != other:
                        met[one, other].append(event.id)
    for speaker, claims in said.items():
        for told in claims:
            assert isinstance(told.fact, Claim)
            for other in once((*([told.fact.to] if told.fact.to else []), *told.fact.about)):
                if other != speaker:
                    spoke[speaker, other].append(told)
                    spoke[other, speaker].append(told)
    found: dict[str, list[Tie]] = defaultdict(list)
    for one, other in dict.fromkeys((*met, *spoke)):
        found[one].append(Tie(other=other, events=tuple(met.get((one, other), ())), claims=newest(spoke.get((one, other), ()))))
    return {id: tuple(sorted(group, key=lambda t: (-2 * len(t.events) - len(t.claims), t.other))) for id, group in found.items()}
