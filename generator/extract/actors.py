"""Finds the actors of an article: names, joined where they name the same one, with the role the article gives."""

from __future__ import annotations

from collections import Counter, defaultdict

from generator.extract.found import Found
from generator.extract.join import join
from generator.extract.kinds import is_place, kinds
from generator.extract.names import Name, Tokens, find_names, known_within, tokens_of
from generator.extract.roles import roles_of
from generator.extract.text import Analysed
from generator.model import Actor, ActorType, Span
from generator.names import countries
from generator.words import slug, unique


def find_actors(text: Analysed, found: Found) -> tuple[Actor, ...]:
    """The actors of an article, in the order of its text."""
    t = tokens_of(text.doc)
    names, apart = find_names(text)
    kind = kinds(t, names)
    known = {form for form, what in kind.items() if what} | set(countries())
    names = sorted(
        [m for m in names if kind[m.text]]
        + [k for m in [*apart, *(m for m in names if not kind[m.text] and not is_place(m.text))] for k in known_within(t, m, known)],
        key=lambda m: m.first,
    )
    kind = {m.text: kind.get(m.text, "country") for m in names}
    owner = join(Counter(m.text for m in names), kind)
    groups: dict[tuple[ActorType, str], list[Name]] = defaultdict(list)
    for m in names:
        groups[owner[m.text]].append(m)
    taken: set[str] = set()
    actors = []
    for (what, full), mentions in groups.items():
        actor = make_actor(t, unique(slug(full), taken), full, what, mentions)
        taken.add(actor.id)
        actors.append(actor)
    return tuple(actors)


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
