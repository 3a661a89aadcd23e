"""Finds the actors of an article: names, joined where they name the same one, with the role the article gives."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container

from generator.extract.bodies import find_bodies, find_seats
from generator.extract.found import Found
from generator.extract.join import join, short_names
from generator.extract.kinds import is_place, kinds, short_names_of
from generator.extract.names import Name, find_names, is_dateline, is_shouted, name
from generator.extract.roles import roles_of
from generator.extract.text import Analysed
from generator.extract.tokens import Tokens, tokens_of
from generator.model import Actor, ActorType, Span
from generator.names import Gender, address_forms, countries, genders, known_organizations, plain_words, words_of
from generator.words import fold, slug, unique

GENDERS: tuple[Gender, Gender] = ("female", "male")


def find_actors(text: Analysed, found: Found) -> tuple[Actor, ...]:
    """The actors of an article, in the order of its text."""
    t = tokens_of(text.doc)
    names, kind = named_actors(text, t)
    owner = join(Counter(m.text for m in names), kind)
    groups: dict[tuple[ActorType, str], list[Name]] = defaultdict(list)
    told = told_genders(t, names)
    for m in names:
        what, full = owner[m.text]
        groups[what, namesake(t, m, owner, told) if what == "person" else full].append(m)
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


def told_genders(t: Tokens, names: list[Name]) -> dict[str, Gender]:
    """The gender of those named in full, by their titles, their first names or their roles."""
    told: dict[str, Gender] = {}
    for m in names:
        if m.last - m.first < 2 or m.text in told:
            continue
        roles = {w for role in roles_of(t, m.first, m.last) for w in role.lower().split()}
        by_role: list[Gender] = [g for g in GENDERS if roles & words_of("titles", g)]
        found = (address_forms().get(t.text[m.first - 1]) if m.first else None) or genders().get(fold(m.text.split()[0]))
        if found or len(by_role) == 1:
            told[m.text] = found or by_role[0]
    return told


def namesake(t: Tokens, m: Name, owner: dict[str, tuple[ActorType, str]], told: dict[str, Gender]) -> str:
    """The full name that a mention is of: the one its words join, unless "Mr" or "Mrs" says that it is the husband's or the wife's."""
    full = owner[m.text][1]
    gender = address_forms().get(t.text[m.first - 1]) if m.first and m.last - m.first == 1 else None
    if gender is None or told.get(full, gender) == gender:
        return full
    last = plain_words(m.text)[-1:]
    family = {f for what, f in owner.values() if what == "person" and plain_words(f)[-1:] == last and told.get(f, gender) == gender}
    return family.pop() if len(family) == 1 else m.text


def named_actors(text: Analysed, t: Tokens) -> tuple[list[Name], dict[str, ActorType | None]]:
    """The mentions of actors by proper names, in order, with the kind of each form."""
    names = find_names(text)
    kind = kinds(t, names)
    bodies = short_names([form for form, what in kind.items() if what == "organization"])
    for form, what in kind.items():
        if what is None and not is_place(form) and plain_words(form) in bodies:
            kind[form] = "organization"
    mentions = [m for m in names if kind[m.text]]
    named: dict[str, ActorType | None] = {f: k for f, k in kind.items() if k}
    named |= {s: "person" for s in sorted(short_names_of([f for f, k in named.items() if k == "person"])) if s not in kind}
    forms: dict[str, ActorType | None] = {}
    forms.update(dict.fromkeys(countries(), "country"))
    forms.update(dict.fromkeys(known_organizations(), "organization"))
    forms.update(named)
    closed = {i for m in names if kind[m.text] or is_place(m.text) for i in range(m.first, m.last)}
    mentions += find_forms(t, forms, closed)
    mentions = [m for m in mentions if not is_shouted(t, m) and not is_dateline(t, m)]
    return sorted((m for m in mentions if m.text in kind or t.pos[m.first] == "PROPN" or t.ent[m.first]), key=place), forms


def find_forms(t: Tokens, forms: Container[str], closed: set[int]) -> list[Name]:
    """Further places of known names, by their words: in headings, in credits, inside longer names ("Vietnam" in "Vietnam War")."""
    found: list[Name] = []
    i, n = 0, len(t)
    while i < n:
        stop = 0
        if i not in closed and t.text[i][0].isupper():
            stop = next((j for j in range(min(i + 6, n), i, -1) if not closed.intersection(range(i, j)) and t.cut(i, j) in forms), 0)
        if stop:
            found.append(name(t, i, stop))
        i = stop or i + 1
    return found


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
