"""Finds the actors of an article: names, joined where they name the same one, with the role the article gives."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from generator.extract.found import Found
from generator.extract.names import Name, Tokens, find_names, kinds
from generator.extract.roles import roles_of
from generator.extract.text import Analysed
from generator.model import Actor, ActorType, Span
from generator.names import countries, known_organizations, plain_words
from generator.words import slug, unique


def find_actors(text: Analysed, found: Found) -> tuple[Actor, ...]:
    """The actors of an article, in the order of its text."""
    t, names = find_names(text)
    kind = kinds(t, names)
    groups: dict[tuple[ActorType, str], list[Name]] = defaultdict(list)
    owner = join([m for m in names if kind[m.text]], kind)
    for m in names:
        if kind[m.text]:
            groups[owner[m.text]].append(m)
    taken: set[str] = set()
    actors = []
    for (kind_, full), mentions in sorted(groups.items(), key=lambda g: g[1][0].start):
        actor_id = unique(slug(full), taken)
        taken.add(actor_id)
        forms = dict.fromkeys(m.text for m in mentions)
        actors.append(
            Actor(
                id=actor_id,
                name=full,
                type=kind_,
                role=role_of(t, mentions) if kind_ == "person" else None,
                aliases=tuple(f for f in forms if f != full),
                mentions=tuple(Span(m.start, m.end) for m in mentions),
            )
        )
    return tuple(actors)


def role_of(t: Tokens, mentions: list[Name]) -> str | None:
    """The first role the article gives beside a mention."""
    for m in mentions:
        for role in roles_of(t, m.first, m.last):
            return role
    return None


def join(names: list[Name], kind: dict[str, ActorType | None]) -> dict[str, tuple[ActorType, str]]:
    """For every string, the actor it names: its type and its fullest name."""
    counts = Counter(m.text for m in names)
    owner: dict[str, tuple[ActorType, str]] = {}
    people = [s for s in counts if kind[s] == "person"]
    bodies = [s for s in counts if kind[s] in ("organization", "group")]
    for s in counts:
        if kind[s] == "country":
            owner[s] = ("country", countries()[s])
    for short, full in join_people(people, counts).items():
        owner[short] = ("person", full)
    for short, full in join_bodies(bodies, counts).items():
        owner[short] = ("group" if kind[full] == "group" else "organization", full)
    return owner


def join_people(forms: list[str], counts: Counter[str]) -> dict[str, str]:
    """A short form joins the longer name it ends (or opens); where several fit, the one most named."""
    words = {f: plain_words(f) for f in forms}
    longest_first = sorted(forms, key=lambda f: -len(words[f]))
    owner: dict[str, str] = {}
    full: list[str] = []
    for f in longest_first:
        w = words[f]
        same = [g for g in full if fits(w, words[g])]
        if same:
            owner[f] = max(same, key=lambda g: (words[g][-len(w) :] == w, counts[g]))
        else:
            owner[f] = f
            full.append(f)
    return owner


def fits(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether `short` is a shorter form of the name `long`: its end, its first word, or first and last without the middle."""
    if not short or len(short) > len(long):
        return False
    if long[-len(short) :] == short:
        return True
    if len(short) == 1:
        return long[0] == short[0]
    return short[0] == long[0] and short[-1] == long[-1]


def join_bodies(forms: list[str], counts: Counter[str]) -> dict[str, str]:
    """Organizations: the same words, an acronym of them, or another known name."""
    words = {f: plain_words(f) for f in forms}
    owner: dict[str, str] = {}
    by_key: dict[tuple[str, ...], str] = {}
    for f in sorted(forms, key=lambda f: -len(words[f])):
        known = known_organizations().get(f)
        keys = [words[f], *([plain_words(known)] if known else [])]
        first = next((by_key[k] for k in keys if k in by_key), f)
        owner[f] = first
        for k in keys:
            by_key.setdefault(k, first)
        if len(words[f]) > 2:
            letters = "".join(w[0] for w in re.findall(r"[A-Z]\w+", f)).lower()
            by_key.setdefault((letters,), first)
    return owner
