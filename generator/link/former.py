"""Where actors and events stood before: which old addresses lead to whom now, and what to remember for the next time.

An event's id is made of its title and day, and an actor's of the fullest name that any article gives, so that a moved date or a later
article can give another. What is remembered is what each article's own fact was called over all of them: `content/addresses.json`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

from generator.model import Addresses

Ids = Mapping[str, Mapping[str, str]]  # article → its own ids of actors that become another over all articles, with that
Still = Mapping[str, Collection[str]]  # article → its own ids of actors, as they now stand in its sheet


def former_ids(
    live: Collection[str], ids: Ids, decided: Iterable[tuple[str, str]], known: Addresses, still: Still
) -> dict[str, tuple[str, ...]]:
    """For each actor the ids that meant it once and name nobody now; one that meant several leads to whom most articles mean.

    `live` are all ids that name somebody now; `decided` are pairs of an id and the one that people say it means.
    """
    meant: dict[str, Counter[str]] = defaultdict(Counter)
    for of_sheet in ids.values():
        for local, new in of_sheet.items():
            meant[local][new] += 1
    for ref, had in known.actors.items():
        article, _, local = ref.partition("/")
        if local in still.get(article, ()):
            for old in had:
                meant[old][ids.get(article, {}).get(local, local)] += 1
    for old, new in decided:
        if new in live:
            meant[old] = Counter([new])  # a person's word goes before all
    found: dict[str, list[str]] = defaultdict(list)
    for old, counts in sorted(meant.items()):
        if old not in live:
            found[min(counts, key=lambda new: (-counts[new], new))].append(old)
    return {new: tuple(olds) for new, olds in found.items()}


def addresses(ids: Ids, event_of: Mapping[str, str], known: Addresses, still: Still) -> Addresses:
    """What is remembered once the site stands so: of each fact that is still there, every id it has had. An actor's own goes without saying."""
    now = {f"{article}/{local}": new for article, of_sheet in ids.items() for local, new in of_sheet.items()}
    for ref in known.actors:
        article, _, local = ref.partition("/")
        if local in still.get(article, ()):
            now.setdefault(ref, local)
    actors = {ref: with_id(known.actors.get(ref, ()), new, ref.partition("/")[2]) for ref, new in now.items()}
    events = {ref: with_id(known.events.get(ref, ()), new) for ref, new in event_of.items()}
    return Addresses(actors=dict(sorted(actors.items())), events=dict(sorted(events.items())))


def with_id(had: tuple[str, ...], new: str, own: str = "") -> tuple[str, ...]:
    """The ids of old with the one of now, each once."""
    return had if new in had or new == own else (*had, new)
