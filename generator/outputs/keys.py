"""What a file of the site shows, as short digests: a file whose digests are those of the last build need not be made again.

A sheet's key covers all that any page may show of its facts, the names of others in it too; an event's and an actor's likewise. So a key may change
though a page would not, but never the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from hashlib import blake2b
from typing import Any

import msgspec

from generator.model import KINDS, Event, Profile, Quantity, Site, Told

SIZE = 12  # bytes of a key: two of a hundred million differ

pack = msgspec.json.Encoder().encode  # msgpack ends at 64 bits, and a figure may be larger


def key_of(*things: Any) -> bytes:
    """One key for plain values."""
    return blake2b(pack(things), digest_size=SIZE).digest()


class Keys:
    """The keys of one site's sheets, events and actors, each made when first asked for."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.by_id = {s.article.id: s for s in site.sheets}
        self.quantities = {f"{t.article.id}/{t.fact.id}": (q.id, q.label, len(q.figures) > 1) for q in site.quantities for t in q.figures}
        self.sheets: dict[str, bytes] = {}
        self.events: dict[str, bytes] = {}
        self.whole_events: dict[str, bytes] = {}

    def sheet(self, id: str) -> bytes:
        """Of all that a sheet says, the names it is said with, where its facts are edited, and which event or quantity they belong to."""
        key = self.sheets.get(id)
        if key is None:
            sheet = self.by_id[id]
            site = self.site
            lines = [
                site.files.get(f"{id}/{kind}/{f.id}") or site.files.get(f"{id}/{f.id}") for kind in KINDS for f in getattr(sheet, kind)
            ]
            events = [self.event_title(site.event_of.get(f"{id}/{m.id}")) for m in sheet.meetings]
            quantities = [self.quantities.get(f"{id}/{f.id}") for f in sheet.figures]
            key = self.sheets[id] = key_of(sheet, self.names(a.id for a in sheet.actors), events, quantities, lines)
        return key

    def event_title(self, id: str | None) -> tuple[str, str] | None:
        event = self.site.events.get(id) if id else None
        return (event.id, event.title) if event else None

    def names(self, actors: Iterable[str]) -> list[str | None]:
        """The names of actors; None for one that has no page."""
        profiles = self.site.profiles
        return [profiles[a].name if a in profiles else None for a in actors]

    def told(self, facts: Sequence[Told]) -> list[tuple[bytes, str]]:
        """Of facts with their articles, in their order."""
        return [(self.sheet(t.article.id), t.fact.id) for t in facts]

    def event(self, id: str) -> bytes:
        """Of an event as lists show it."""
        key = self.events.get(id)
        if key is None:
            e = self.site.events[id]
            told = len({t.article.id for t in e.told})
            key = key_of(
                e.id, e.title, e.type, e.status, e.start, e.end, e.place, e.doubtful, self.names(e.participants), e.participants, told
            )
            self.events[id] = key
        return key

    def whole_event(self, event: Event) -> list[Any]:
        """Of an event as its own page shows it."""
        fields = (event.absent, event.description, event.same_as, event.history, event.differs, event.formerly)
        roles = [p.roles[:1] for a in event.participants if (p := self.site.profiles.get(a))]
        articles = [self.sheet(c.article) for c in event.history if c.article in self.by_id]
        return [self.event(event.id), fields, self.names(event.absent), roles, articles, self.told(event.told)]

    def all_of_event(self, id: str) -> bytes:
        """The same in one key."""
        key = self.whole_events.get(id)
        if key is None:
            key = self.whole_events[id] = key_of(self.whole_event(self.site.events[id]))
        return key

    def about(self, profile: Profile) -> tuple[Any, ...]:
        """Of what an actor is: name, roles, and the like."""
        return (
            profile.id,
            profile.name,
            profile.type,
            profile.description,
            profile.same_as,
            profile.aliases,
            profile.roles,
            profile.doubtful,
        )

    def quantity(self, quantity: Quantity) -> list[Any]:
        """Of a quantity and all its figures."""
        return [quantity.id, quantity.label, quantity.unit, quantity.kind, quantity.disputed, self.told(quantity.figures)]

    @cached_property
    def everything(self) -> bytes:
        """Of all sheets, actors, events and quantities: for files that hold them all."""
        site = self.site
        sheets = [self.sheet(id) for id in self.by_id]
        actors = [(self.about(p), p.articles) for p in site.profiles.values()]
        return key_of(sheets, actors, [self.all_of_event(id) for id in site.events], [(q.id, len(q.figures)) for q in site.quantities])


def keys_of(site: Site) -> Keys:
    """The keys of a site, for all who ask: those of the site asked for last are kept."""
    if not LATEST or LATEST[0].site is not site:
        LATEST[:] = [Keys(site)]
    return LATEST[0]


LATEST: list[Keys] = []
