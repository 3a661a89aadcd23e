"""Which fact of a new extraction is which of the old: ids are carried over, so that a better extractor or a corrected typo renames nothing.

Facts belong together that are of one kind, stand on overlapping evidence and say nearly the same; all three, for an edit must never end up
on another fact, and a fact that is taken for a new one costs less. Actors belong together by their names.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from generator.model import KINDS, Actor, Claim, Evidence, FactSheet, Figure, Meeting
from generator.words import fold, unique

REFERENCES = {"actors": (), "claims": ("speaker", "to", "about"), "meetings": ("participants", "absent"), "figures": ("source",)}

# Half of the shorter one's words: a sentence joined to its neighbour still holds all of them, one with a typo corrected all but one.
SAME_QUOTE = 0.5
# Of the words that carry what is said, for several facts may stand in one sentence.
SAME_WORDS = 0.4

WORD = re.compile(r"[^\W_]+")


def align(base: FactSheet, new: FactSheet, taken: Iterable[tuple[str, str]] = ()) -> FactSheet:
    """`new` with the ids that its facts have in `base`. What is new gets ids that nothing in `base`, nor `taken` (kind, id), has."""
    if all(getattr(base, kind) == getattr(new, kind) for kind in KINDS):
        return new
    taken = frozenset(taken)
    renamed: dict[str, str] = {}
    facts: dict[str, Any] = {}
    for kind in KINDS:
        old, fresh = getattr(base, kind), getattr(new, kind)
        if kind != "actors":
            fresh = tuple(with_references(kind, f, renamed) for f in fresh)
        matches = match_actors(old, fresh) if kind == "actors" else match_facts(old, fresh)
        ids = new_ids(fresh, matches, {f.id for f in old} | {i for k, i in taken if k == kind})
        if kind == "actors":
            renamed = {f.id: i for f, i in zip(fresh, ids, strict=True) if f.id != i}
        facts[kind] = tuple(f if f.id == i else msgspec.structs.replace(f, id=i) for f, i in zip(fresh, ids, strict=True))
    return msgspec.structs.replace(new, **facts)


def new_ids(fresh: Sequence[Any], matches: dict[int, str], taken: set[str]) -> list[str]:
    """Ids for all: those of their old selves, or their own where nothing has it."""
    used = taken | set(matches.values())
    ids = []
    for i, fact in enumerate(fresh):
        name = matches.get(i)
        if name is None:
            name = unique(fact.id, used)
            used.add(name)
        ids.append(name)
    return ids


def with_references(kind: str, fact: Any, renamed: dict[str, str]) -> Any:
    """A fact that names its actors by their new ids."""
    changes: dict[str, Any] = {}
    for name in REFERENCES[kind] if renamed else ():
        its = getattr(fact, name)
        then = tuple(renamed.get(i, i) for i in its) if isinstance(its, tuple) else renamed.get(its, its)
        if then != its:
            changes[name] = then
    return msgspec.structs.replace(fact, **changes) if changes else fact


def match_actors(old: Sequence[Actor], new: Sequence[Actor]) -> dict[int, str]:
    """Place in `new` → id in `old`: by id, else by name, else by a name that only one on each side goes by."""
    matches: dict[int, str] = {}
    left = {a.id: a for a in old}
    for i, actor in enumerate(new):
        if actor.id in left:
            matches[i] = left.pop(actor.id).id
    for names_of in (lambda a: [fold(a.name)], all_names):
        named: dict[str, list[Actor]] = {}
        for known in left.values():
            for name in names_of(known):
                named.setdefault(name, []).append(known)
        wanted: dict[str, list[int]] = {}
        for i, actor in enumerate(new):
            if i not in matches:
                fits = {k.id for n in names_of(actor) for k in named.get(n, ()) if k.type == actor.type}
                if len(fits) == 1:
                    wanted.setdefault(fits.pop(), []).append(i)
        for id_, places in wanted.items():
            if len(places) == 1:
                matches[places[0]] = left.pop(id_).id
    return matches


def all_names(actor: Actor) -> list[str]:
    return list(dict.fromkeys(fold(n) for n in (actor.name, *actor.aliases)))


def match_facts(old: Sequence[Any], new: Sequence[Any]) -> dict[int, str]:
    """Place in `new` → id in `old`: first what is wholly the same, then the best pairs of what is nearly."""
    matches: dict[int, str] = {}
    same: dict[tuple[str, str], list[Any]] = {}
    for fact in old:
        same.setdefault(exact(fact), []).append(fact)
    for i, fact in enumerate(new):
        twins = same.get(exact(fact))
        if twins:
            twin = next((t for t in twins if t.id == fact.id), twins[0])
            twins.remove(twin)
            matches[i] = twin.id
    rest = [fact for facts in same.values() for fact in facts]
    if rest and len(matches) < len(new):
        matches |= best_pairs(rest, [(i, f) for i, f in enumerate(new) if i not in matches])
        matches |= alone(old, new, matches)
    return matches


def alone(old: Sequence[Any], new: Sequence[Any], matches: dict[int, str]) -> dict[int, str]:
    """Facts reworded wholly: each the only one of its kind on the same sentence, and of the same verb, type or unit."""
    before: dict[str, list[Any]] = {}
    after: dict[str, list[int]] = {}
    for fact in old:
        before.setdefault(" ".join(fact.evidence.quote.split()), []).append(fact)
    for i, fact in enumerate(new):
        after.setdefault(" ".join(fact.evidence.quote.split()), []).append(i)
    taken = set(matches.values())
    found = {}
    for quote, places in after.items():
        twins = before.get(quote, [])
        free = len(places) == len(twins) == 1 and places[0] not in matches and twins[0].id not in taken
        if free and mark(twins[0]) and mark(twins[0]) == mark(new[places[0]]):
            found[places[0]] = twins[0].id
    return found


def mark(fact: Claim | Meeting | Figure) -> str | None:
    """What tells a kind of claim, meeting or figure from others."""
    return fact.verb if isinstance(fact, Claim) else fact.type if isinstance(fact, Meeting) else fact.unit


def exact(fact: Any) -> tuple[str, str]:
    return " ".join(fact.evidence.quote.split()), " ".join(content(fact))


def best_pairs(old: list[Any], new: list[tuple[int, Any]]) -> dict[int, str]:
    """The likest pairs first, each fact in one pair."""
    a = [(Counter(WORD.findall(fold(f.evidence.quote))), telling(f)) for f in old]
    b = [(Counter(WORD.findall(fold(f.evidence.quote))), telling(f)) for _, f in new]
    pairs = []
    for x, y in may_share([quote for quote, _ in a], [quote for quote, _ in b]):
        (quote, said), (new_quote, new_said) = a[x], b[y]
        near, like = shared(quote, new_quote), shared(said, new_said)
        if near >= SAME_QUOTE and like >= SAME_WORDS:
            # Of two claims in one sentence, "she said he had asked for guarantees", the inner one's words are all in the outer one: what both have
            # of both together tells more, and so does the verb.
            alike = 2 * equal(said, new_said) + like + near + 0.5 * (mark(old[x]) == mark(new[y][1]))
            pairs.append((-alike, abs(x / len(a) - y / len(b)), x, y))
    matches: dict[int, str] = {}
    used: set[int] = set()
    for _, _, x, y in sorted(pairs):
        if x not in used and new[y][0] not in matches:
            used.add(x)
            matches[new[y][0]] = old[x].id
    return matches


def may_share(a: Sequence[Counter[str]], b: Sequence[Counter[str]]) -> set[tuple[int, int]]:
    """Pairs of quotations that may share enough words: those of which the shorter has one of its rarer words in the other.

    Who shares half of the shorter one's words shares one of the rarer half and one more. Comparing every two took ten seconds of a long sheet.
    """
    often = Counter(word for words in (*a, *b) for word in words)
    found: set[tuple[int, int]] = set()
    for shorter, longer in ((a, b), (b, a)):
        holders: dict[str, list[int]] = {}
        for y, words in enumerate(longer):
            for word in words:
                holders.setdefault(word, []).append(y)
        for x, words in enumerate(shorter):
            rarest = sorted(words.elements(), key=lambda w: (often[w], w))
            enough = math.ceil(len(rarest) * SAME_QUOTE)
            for word in set(rarest[: len(rarest) - enough + 1]):
                found.update((x, y) if shorter is a else (y, x) for y in holders.get(word, ()))
    return found


def same_quote(a: Evidence, b: Evidence) -> bool:
    """Whether two quotations are of one sentence, if not word for word."""
    return shared(Counter(WORD.findall(fold(a.quote))), Counter(WORD.findall(fold(b.quote)))) >= SAME_QUOTE


def shared(a: Counter[str], b: Counter[str]) -> float:
    """How much of the shorter one is in the other."""
    least = min(a.total(), b.total())
    return (a & b).total() / least if least else 0.0


def equal(a: Counter[str], b: Counter[str]) -> float:
    """How much of both together both have."""
    most = (a | b).total()
    return (a & b).total() / most if most else 0.0


def content(fact: Claim | Meeting | Figure) -> list[str]:
    """The words a fact itself is made of."""
    if isinstance(fact, Claim):
        return [fact.text]
    if isinstance(fact, Meeting):
        return [fact.title, fact.type, fact.place or "", (fact.start or "")[:10], *fact.participants]
    numbers = [str(n) for n in (fact.value, fact.low, fact.high) if n is not None]
    # The number counts for more than its words: it tells the figures of one sentence apart, and outlives a corrected typo.
    return [*numbers * 3, fact.unit or "", fact.subject or ""]


def telling(fact: Any) -> Counter[str]:
    """The words of a fact that tell it from others: articles and the like do not, where there are better ones."""
    found = [w for part in content(fact) for w in WORD.findall(fold(part))]
    return Counter([w for w in found if len(w) > 3 or w.isdigit()] or found)
