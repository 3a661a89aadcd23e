"""Which names of an article name one actor: short forms join long ones, acronyms the words they stand for."""

from __future__ import annotations

import re
from collections import Counter

from generator.extract.tokens import lists
from generator.model import ActorType
from generator.names import countries, demonyms, known_organizations, places, plain_words

CAPITALS = re.compile(r"[A-Z]\w*")


def join(forms: dict[str, int], kind: dict[str, ActorType | None]) -> dict[str, tuple[ActorType, str]]:
    """For every form (given with how often it is used, in order of the text), the actor it names: type and fullest name."""
    owner: dict[str, tuple[ActorType, str]] = {f: ("country", countries()[f]) for f in forms if kind[f] == "country"}
    for short, full in join_people({f: n for f, n in forms.items() if kind[f] == "person"}).items():
        owner[short] = ("person", full)
    for short, full in join_bodies([f for f in forms if kind[f] in ("organization", "group")]).items():
        owner[short] = ("group" if kind[full] == "group" else "organization", full)
    return owner


def join_people(forms: dict[str, int]) -> dict[str, str]:
    """A short form joins the longer name it ends or opens; where several fit, the one most named, and of those the one named first."""
    words = {f: plain_words(f) for f in forms}
    owner: dict[str, str] = {}
    named: Counter[str] = Counter()
    order = {f: -n for n, f in enumerate(forms)}
    full: list[str] = []
    for f in sorted(forms, key=lambda f: -len(words[f])):
        w = words[f]
        fitting = [g for g in full if fits(w, words[g])]
        best = max(fitting, key=lambda g: (words[g][-len(w) :] == w, named[g], order[g]), default=f)
        owner[f] = best
        named[best] += forms[f]
        if best == f:
            full.append(f)
    return owner


def fits(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether `short` is a shorter form of the name `long`: its end, any one of its words, or first and last without the middle."""
    if not short or len(short) > len(long):
        return False
    if long[-len(short) :] == short or sorted(short) == sorted(long):
        return True
    if len(short) == 1:
        return short[0] in long
    return short[0] == long[0] and short[-1] == long[-1]


def join_bodies(forms: list[str]) -> dict[str, str]:
    """Organizations: the same words, another known name, an acronym, the end of a longer name, or its first words before "of" or a plain head."""
    words = {f: plain_words(f) for f in forms}
    owner: dict[str, str] = {}
    by_key: dict[tuple[str, ...], str] = {}
    for f in sorted(forms, key=lambda f: -len(words[f])):
        known = known_organizations().get(f)
        keys = [words[f], *([plain_words(known)] if known else [])]
        first = next((by_key[k] for k in keys if k in by_key), f)
        owner[f] = first
        if first == f:
            keys += short_forms(f)
        for k in keys:
            by_key.setdefault(k, first)
    return owner


def short_names(names: list[str]) -> set[tuple[str, ...]]:
    """The short forms of all these organizations, save those that are common words alone."""
    return {form for n in names for form in short_forms(n)}


def short_forms(name: str) -> list[tuple[str, ...]]:
    """What the article may call an organization after its full name."""
    words, heads = re.findall(r"[\w.&’'-]+", name), lists()["org"]
    forms: list[tuple[str, ...]] = []
    letters = "".join(w[0] for w in CAPITALS.findall(name)).lower()
    if len(letters) > 2:
        forms.append((letters,))
    if len(words) < 2:
        return forms
    if words[0] in demonyms() or words[0] in countries() or words[0].rstrip(".") in ("US", "U.S"):
        forms += [plain_words(" ".join(words[1:])), *short_forms(" ".join(words[1:]))]  # "State Department" for "US State Department"
    if words[0] in places() or " ".join(words[:2]) in places():
        forms.append(plain_words(" ".join(words[1 if words[0] in places() else 2 :]) or name))  # "Pirates" for "Pittsburgh Pirates"
    head = next((k for k in range(len(words) - 1) if words[k + 1] in ("of", "for", "on") and words[k] in heads), None)
    if head is not None:
        if head > 0:
            forms.append(plain_words(" ".join(words[: head + 1])))  # "Andy Warhol Foundation"
        forms.append(plain_words(words[head]))  # "the Church"
        if head == 0 and len(words) == 3 and not any(words[2] in known for known in (places(), countries(), demonyms())):
            forms.append(plain_words(words[2]))  # "Scientology"
    elif words[-1] in heads:
        rest = words[:-1]
        while len(rest) > 1 and rest[-1] in lists()["dropped"]:
            rest.pop()
        if words[-1] in lists()["dropped"] and not any(
            w in places() or w in countries() or w in demonyms() for w in (rest[0], " ".join(rest))
        ):
            forms.append(plain_words(" ".join(rest)))  # "Larkspur" for "Larkspur Capital"
        if words[-1] not in lists()["weak"]:
            forms.append(plain_words(words[-1]))  # "the Commission"
        forms += [plain_words(" ".join(words[k:])) for k in range(1, len(words) - 1)]
    elif words[-1] in lists()["legal"]:
        forms.append(plain_words(words[0]))
    return forms
