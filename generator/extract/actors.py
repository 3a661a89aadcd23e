"""Finds the actors of an article: names, joined where they name the same one, with the role the article gives."""

from __future__ import annotations

from collections import Counter, defaultdict

from generator.extract.bodies import find_bodies, find_seats
from generator.extract.found import Found
from generator.extract.join import join
from generator.extract.kinds import is_place, kinds
from generator.extract.names import Name, Tokens, find_names, known_within, tokens_of
from generator.extract.roles import roles_of
from generator.extract.text import Analysed
from generator.model import Actor, ActorType, Span
from generator.names import countries, known_organizations
from generator.words import slug, unique


def find_actors(text: Analysed, found: Found) -> tuple[Actor, ...]:
    """The actors of an article, in the order of its text."""
    t = tokens_of(text.doc)
    names, kind = named_actors(text, t)
    owner = join(Counter(m.text for m in names), kind)
    groups: dict[tuple[ActorType, str], list[Name]] = defaultdict(list)
    for m in names:
        groups[owner[m.text]].append(m)
    held = {i for m in names for i in range(m.first, m.last)}
    for seat, country in find_seats(t, held):
        groups["country", country].append(seat)
    for body in find_bodies(t, held):
        groups["organization", body.text].append(body)
    for mentions in groups.values():
        mentions.sort(key=place)
    taken: set[str] = set()
    actors = []
    for (what, full), mentions in sorted(groups.items(), key=lambda g: place(g[1][0])):
        actor = make_actor(t, unique(slug(full), taken), full, what, mentions)
        taken.add(actor.id)
        actors.append(actor)
    return tuple(actors)


def named_actors(text: Analysed, t: Tokens) -> tuple[list[Name], dict[str, ActorType | None]]:
    """The mentions of actors by proper names, in order, with the kind of each form.

    Names that the article has elsewhere also count in headings, in credits and inside longer names ("Vietnam" in "Vietnam War").
    """
    names, apart = find_names(text)
    kind = kinds(t, names)
    known = {form for form, what in kind.items() if what} | set(countries()) | set(known_organizations())
    aside = [*apart, *(m for m in names if not kind[m.text] and not is_place(m.text))]
    mentions = [m for m in names if kind[m.text]] + [k for m in aside for k in known_within(t, m, known)]
    for m in mentions:
        kind.setdefault(m.text, None)
        kind[m.text] = kind[m.text] or ("country" if m.text in countries() else "organization")
    return sorted(mentions, key=place), kind


def place(m: Name) -> tuple[int, int]:
    """Where a name stands, to sort by."""
    return m.first, m.last


def make_actor(t: Tokens, actor_id: str, full: str, what: ActorType, mentions: list[Name]) -> Actor:
    """One actor from all its mentions."""
    return Actor(
        id=actor_id,
        name=full,
        type=what,
        role=role_of(t, mentions) if what == "person" else None,
        aliases=tuple(f for f in dict.fromkeys(m.text for m in mentions) if f != full),
        mentions=tuple(Span(m.start, m.end) for m in mentions),
    )


def role_of(t: Tokens, mentions: list[Name]) -> str | None:
    """The first role the article gives beside a mention."""
    return next((role for m in mentions for role in roles_of(t, m.first, m.last)), None)
