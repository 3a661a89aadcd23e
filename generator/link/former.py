"""Where actors and events stood before: which old addresses lead to whom now, and what to remember for the next time.

An event's id is made of its title and day, and an actor's of the fullest name that any article gives, so that a moved date or a later
article can give another. What is remembered is what each article's own fact was called over all of them: `content/addresses.json`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from generator.model import Addresses

Ids = Mapping[str, Mapping[str, str]]  # article → its own id of an actor → the one that holds over all articles


def former_ids(ids: Ids, decided: Iterable[tuple[str, str]], known: Addresses) -> dict[str, tuple[str, ...]]:
    """For each actor the ids that meant it once and name nobody now; one that meant several leads to whom most articles mean.

    `decided` are pairs of an id and the one that people say it means.
    """
    live = {new for of_sheet in ids.values() for new in of_sheet.values()}
    meant: dict[str, Counter[str]] = defaultdict(Counter)
    for article, of_sheet in ids.items():
        for local, new in of_sheet.items():
            for old in (local, *known.actors.get(f"{article}/{local}", ())):
                if old not in live:
                    meant[old][new] += 1
    for old, new in decided:
        if old not in live and new in live:
            meant[old] = Counter([new])  # a person's word goes before all
    found: dict[str, list[str]] = defaultdict(list)
    for old, counts in sorted(meant.items()):
        found[min(counts, key=lambda new: (-counts[new], new))].append(old)
    return {new: tuple(olds) for new, olds in found.items()}


def addresses(ids: Ids, event_of: Mapping[str, str], known: Addresses) -> Addresses:
    """What is remembered once the site stands so: of each fact that is still there, every id it has had. An actor's own goes without saying."""
    actors: dict[str, tuple[str, ...]] = {}
    for article, of_sheet in ids.items():
        for local, new in of_sheet.items():
            had = known.actors.get(f"{article}/{local}", ())
            if had or new != local:
                actors[f"{article}/{local}"] = had if new in (local, *had) else (*had, new)
    events = {}
    for ref, new in event_of.items():
        had = known.events.get(ref, ())
        events[ref] = had if new in had else (*had, new)
    return Addresses(actors=dict(sorted(actors.items())), events=dict(sorted(events.items())))
