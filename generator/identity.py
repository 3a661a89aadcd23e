"""Who is one actor over several articles: one id for one actor, two for two people of one surname.

Countries are known by a table, organizations by any form they share, people by first and last word of their names. A lone surname joins a full
name only where the articles have but one that fits. Nothing here is fuzzy, for no distance tells Johnson from Johnston: what these rules leave
apart or join wrongly, a person puts right (`same`, `different`), and that always wins.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from typing import NamedTuple

from msgspec.structs import replace

from generator.model import Actor, ActorType, Claim, FactSheet, Figure, Meeting, Span
from generator.names import countries, known_organizations, plain_words, words_of
from generator.words import Names, fold, slug

Key = tuple[str, ...]
Pairs = Collection[frozenset[str]]


def agree_on_ids(sheets: Sequence[FactSheet], same: Mapping[str, str] | None = None, different: Pairs = ()) -> tuple[FactSheet, ...]:
    """The sheets, with one id for one actor in all of them."""
    named = name_ids([sheet.actors for sheet in sheets], same or {}, different)
    return tuple(rename(sheet, new) for sheet, new in zip(sheets, named.changed, strict=True))


def actor_ids(sheets: Sequence[FactSheet], same: Mapping[str, str] | None = None, different: Pairs = ()) -> dict[tuple[str, str], str]:
    """For every (article id, actor id in its sheet), the id that holds over all sheets.

    `same` says which id means which other; `different` holds pairs of ids that must not be joined.
    """
    named = name_ids([sheet.actors for sheet in sheets], same or {}, different)
    return {(s.article.id, a.id): new.get(a.id, a.id) for s, new in zip(sheets, named.changed, strict=True) for a in s.actors}


class Named(NamedTuple):
    """What identity decides."""

    changed: list[dict[str, str]]  # for each sheet, the ids of its actors that become another, with that
    live: frozenset[str]  # all ids that hold over all sheets


class Form(NamedTuple):
    """An actor as a sheet has it, as far as identity asks. News repeats a few forms over and over, so each is looked at once."""

    id: str
    name: str
    type: ActorType
    aliases: tuple[str, ...]


@dataclass
class Groups:
    """Union-find over numbered actors, which keeps apart what must not be joined."""

    apart: dict[str, set[str]]  # id → ids it must not be joined with
    parent: dict[int, int] = field(default_factory=dict)
    marked: dict[int, set[str]] = field(default_factory=dict)  # of each group, the ids that `apart` speaks of

    def add(self, number: int, actor_id: str) -> None:
        """A group of one."""
        self.parent[number] = number
        self.marked[number] = {actor_id} if actor_id in self.apart else set()

    def find(self, i: int) -> int:
        """The number that stands for the whole group of `i`."""
        while self.parent[i] != i:
            self.parent[i] = self.parent[self.parent[i]]
            i = self.parent[i]
        return i

    def join(self, i: int, j: int) -> None:
        """Makes one group of two, unless they must be kept apart."""
        a, b = sorted((self.find(i), self.find(j)))
        if a == b or any(self.apart[m] & self.marked[b] for m in self.marked[a]):
            return
        self.parent[b] = a
        self.marked[a] |= self.marked[b]


def name_ids(rows: Sequence[Sequence[Actor]], same: Mapping[str, str], different: Pairs) -> Named:
    """The ids that hold over all sheets, from each sheet's actors."""
    apart: dict[str, set[str]] = defaultdict(set)
    for pair in different:
        for one in pair:
            apart[one] |= pair - {one}
    # A form's number is the place where it first stands among all actors, so that the first of a group is the first of the sheets.
    numbers: dict[tuple[str, str, ActorType, tuple[str, ...]], int] = {}
    places = count()
    numbered = [[numbers.setdefault((a.id, a.name, a.type, a.aliases), next(places)) for a in row] for row in rows]
    forms = {n: Form(*key) for key, n in numbers.items()}
    groups = Groups(dict(apart))
    for n, f in forms.items():
        groups.add(n, f.id)
    join_same_ids(groups, forms, same)
    join_by_keys(groups, forms)
    decided = frozenset(same) | frozenset(same.values())
    unsure = {n for n in join_lone_names(groups, forms) if forms[n].id not in decided}
    if unsure:
        part_by_sheet(groups, forms, numbered, unsure)
    chosen = choose_ids(groups, forms, Counter(n for row in numbered for n in row), same)
    new = {n: chosen[groups.find(n)] for n in forms}
    moved = {n for n, f in forms.items() if new[n] != f.id}
    changed = [{} if moved.isdisjoint(row) else only_changes({forms[n].id: new[n] for n in row}) for row in numbered]
    return Named(changed, frozenset(new.values()))


def only_changes(ids: Mapping[str, str]) -> dict[str, str]:
    return {old: new for old, new in ids.items() if old != new}


def part_by_sheet(groups: Groups, forms: dict[int, Form], numbered: Sequence[list[int]], unsure: Container[int]) -> None:
    """Makes a lone name that fits several people somebody of its own in every sheet, for it may mean another in each."""
    place = 0
    for row in numbered:
        for k, n in enumerate(row):
            if n in unsure and n != place + k:
                row[k] = place + k
                forms[place + k] = forms[n]
                groups.add(place + k, forms[n].id)
        place += len(row)


def join_same_ids(groups: Groups, actors: Mapping[int, Form], same: Mapping[str, str]) -> None:
    """A person's word first: an id that means another is that other everywhere."""
    if not same:
        return
    spoken_of = set(same) | set(same.values())
    first: dict[str, int] = {}
    for i, a in actors.items():
        if a.id in spoken_of:
            groups.join(first.setdefault(meant(a.id, same), i), i)


def meant(actor_id: str, same: Mapping[str, str]) -> str:
    """The id that an id means at the end of the chain; a ring of ids means the smallest of them."""
    seen = [actor_id]
    while (following := same.get(seen[-1])) is not None:
        if following in seen:
            return min(seen[seen.index(following) :])
        seen.append(following)
    return seen[-1]


def join_by_keys(groups: Groups, actors: Mapping[int, Form]) -> None:
    """Joins actors that share a key, in the order of the keys, so that the order of the sheets says nothing."""
    holders: dict[tuple[str, Key], list[int]] = defaultdict(list)
    spelled = spelled_out(actors.values())
    middles = middle_names(actors.values())
    for i, a in actors.items():
        for key in keys_of(a, spelled, middles):
            holders[key].append(i)
    for _, numbers in sorted(holders.items()):
        for i in numbers[1:]:
            groups.join(numbers[0], i)


def keys_of(a: Form, spelled: Mapping[str, set[Key]], middles: Mapping[Key, list[str]]) -> list[tuple[str, Key]]:
    """What identifies an actor, each with the kind of thing it is."""
    if a.type == "country":
        name = next((countries()[n] for n in (a.name, *a.aliases) if n in countries()), a.name)
        return [("country", plain_words(name))]
    if a.type == "person":
        return [("person", k) for k in person_keys(a, middles)]
    keys = []
    for n in (a.name, *a.aliases):
        words = plain_words(known_organizations().get(n, n))
        if len(words) == 1 and (words[0] in generic() or len(spelled.get(words[0], ())) > 1):
            continue  # "the Court"; "ICC" where one article means the court and another the cricketers
        keys.append(("organization", words))
    return keys or [("organization", plain_words(a.name))]


@cache
def generic() -> frozenset[str]:
    """Words that name no organization by themselves: "court", "ministry"."""
    return frozenset(fold(w) for w in words_of("organisations", "heads"))


def spelled_out(actors: Iterable[Form]) -> dict[str, set[Key]]:
    """For every acronym, the full names that spell it out."""
    names: dict[str, set[Key]] = defaultdict(set)
    for a in actors:
        if a.type not in ("organization", "group"):
            continue
        for n in (a.name, *a.aliases):
            letters = "".join(w[0] for w in n.replace("-", " ").split() if w[:1].isupper())
            if len(letters) > 1 and " " in n:
                names[fold(letters)].add(plain_words(n))
    return names


def full_names(a: Form) -> list[Key]:
    """A person's names of two words and more, as words."""
    return [w for w in map(plain_words, (a.name, *a.aliases)) if len(w) > 1]


def middle_names(actors: Iterable[Form]) -> dict[Key, list[str]]:
    """For every pair of first and last word, the different initials that stand between them."""
    found: dict[Key, set[str]] = defaultdict(set)
    for a in actors:
        if a.type == "person":
            for w in full_names(a):
                found[w[0], w[-1]].add("".join(m[0] for m in w[1:-1]))
    return {ends: sorted(initials - {""}) for ends, initials in found.items()}


def person_keys(a: Form, middles: Mapping[Key, list[str]]) -> list[Key]:
    """First and last word; with the initials between them where people differ by these (George W. and George H. W. Bush)."""
    keys: list[Key] = []
    for w in full_names(a):
        ends, initials = (w[0], w[-1]), "".join(m[0] for m in w[1:-1])
        known = middles.get(ends, [])
        if all(one.startswith(known[0]) or known[0].startswith(one) for one in known):
            keys.append(ends)
        else:
            keys.append((*ends, initials))
    return keys


def join_lone_names(groups: Groups, actors: Mapping[int, Form]) -> Iterator[int]:
    """A person of one word joins the one full name that ends in it; yields those that fit several.

    A person and an organization of one name are one as well: its kind was mistaken in one of the articles.
    """
    people: dict[str, set[int]] = defaultdict(set)
    bodies: dict[str, set[int]] = defaultdict(set)
    lone: list[tuple[str, int]] = []
    for i, a in actors.items():
        words = plain_words(a.name)
        if a.type == "person":
            for w in full_names(a):
                people[w[-1]].add(groups.find(i))
            lone.append((" ".join(words), i))
        elif a.type != "country":
            bodies[" ".join(words)].add(groups.find(i))
    alike: dict[str, int] = {}
    for word, i in lone:
        fitting = bodies[word] if " " in word else people[word] or bodies[word]
        if len(fitting) == 1:
            groups.join(next(iter(fitting)), i)
        elif not fitting:
            groups.join(alike.setdefault(word, i), i)
        elif not full_names(actors[i]):
            yield i


def choose_ids(groups: Groups, actors: Mapping[int, Form], times: Mapping[int, int], same: Mapping[str, str]) -> dict[int, str]:
    """An id for every group: a person's choice, else that of its fullest name used most; two groups never get one."""
    used: dict[int, Counter[tuple[int, str]]] = defaultdict(Counter)
    for i, a in actors.items():
        wanted = slug(next((countries()[n] for n in (a.name, *a.aliases) if n in countries()), a.name)) if a.type == "country" else a.id
        used[groups.find(i)][min(len(plain_words(a.name)), 2) if a.type == "person" else 0, wanted] += times[i]
    meaning = frozenset(same.values())
    best = [(best_id(c, same, meaning), -c.total(), actors[g].type, g) for g, c in used.items()]
    names = Names()
    return {g: names.give(wanted) for wanted, _, _, g in sorted(best)}


def best_id(used: Counter[tuple[int, str]], same: Mapping[str, str], meaning: Collection[str]) -> str:
    """Of the ids a group was given: a person's choice (one of `meaning`), else a full name's, the one most used, the longest."""
    decided = [final for final, i in ((meant(i, same), i) for _, i in used) if final != i or i in meaning] if same else []
    if decided:
        return min(decided)
    return max(used, key=lambda k: (k[0], used[k], len(k[1]), k[1]))[1]


# --- renaming ---


def rename(sheet: FactSheet, new: Mapping[str, str]) -> FactSheet:
    """The sheet with other ids for the actors of `new`, wherever they stand; actors that turn out to be one become one."""
    if not new:
        return sheet
    merged: dict[str, Actor] = {}
    for a in sheet.actors:
        now = new.get(a.id, a.id)
        merged[now] = combine(merged[now], a) if now in merged else a if now == a.id else replace(a, id=now)
    return replace(
        sheet,
        actors=tuple(merged.values()),
        claims=tuple(rename_claim(c, new) for c in sheet.claims),
        meetings=tuple(rename_meeting(m, new) for m in sheet.meetings),
        figures=tuple(rename_figure(f, new) for f in sheet.figures),
    )


def combine(a: Actor, b: Actor) -> Actor:
    """One actor from two that are one; the longer name is the fuller."""
    name = max(a.name, b.name, key=len)
    forms = dict.fromkeys((a.name, *a.aliases, b.name, *b.aliases))
    return replace(
        a,
        name=name,
        role=a.role or b.role,
        aliases=tuple(f for f in forms if f != name),
        mentions=tuple(sorted((*a.mentions, *b.mentions), key=place)),
    )


def place(span: Span) -> tuple[int, int]:
    """Where a span stands, to sort by."""
    return span.start, span.end


def rename_one(actor_id: str | None, new: Mapping[str, str]) -> str | None:
    """The id that holds over all; an id that is no actor's stays."""
    return new.get(actor_id, actor_id) if actor_id is not None else None


def rename_all(ids: Iterable[str], new: Mapping[str, str]) -> tuple[str, ...]:
    """The ids that hold over all, each once."""
    return tuple(dict.fromkeys([new.get(i, i) for i in ids]))


def rename_claim(c: Claim, new: Mapping[str, str]) -> Claim:
    """The claim with its actors' new ids."""
    about = rename_all(c.about, new) if c.about else ()
    if about == c.about and c.speaker not in new and c.to not in new:
        return c
    return replace(c, speaker=rename_one(c.speaker, new), to=rename_one(c.to, new), about=about)


def rename_meeting(m: Meeting, new: Mapping[str, str]) -> Meeting:
    """The meeting with its actors' new ids."""
    participants, absent = rename_all(m.participants, new), rename_all(m.absent, new)
    return m if participants == m.participants and absent == m.absent else replace(m, participants=participants, absent=absent)


def rename_figure(f: Figure, new: Mapping[str, str]) -> Figure:
    """The figure with its source's new id."""
    return replace(f, source=rename_one(f.source, new)) if f.source in new else f
