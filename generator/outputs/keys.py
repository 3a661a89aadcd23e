"""What a file of the site shows, as short digests: a file whose digests are those of the last build need not be made again.

A sheet's key covers all that any page may show of its facts, the names of others in it too; so do the keys of its claims, of its meetings and of its
figures, for an edit of one kind leaves the lists of the others alone; an event's and an actor's likewise. So a key may change though a page would
not, but never the other way round.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from hashlib import blake2b
from typing import Any, NamedTuple, Protocol

import msgspec
from msgspec.structs import replace

from generator.model import Actor, Article, Claim, Digests, Event, FactSheet, Figure, Meeting, Profile, Quantity, Site
from generator.outputs import addresses

SIZE = 12  # bytes of a key: two of a hundred million differ

pack = msgspec.json.Encoder().encode  # msgpack ends at 64 bits, and a figure may be larger


def key_of(*things: Any) -> bytes:
    """One key for plain values."""
    return blake2b(pack(things), digest_size=SIZE).digest()


def joined(*keys: bytes) -> bytes:
    """One key for several; all but the last have one length."""
    return blake2b(b"".join(keys), digest_size=SIZE).digest()


class OfArticle(Protocol):
    """A fact with the article that tells it (a `Told`, for one)."""

    @property
    def article(self) -> Article: ...
    @property
    def fact(self) -> Claim | Meeting | Figure | Actor: ...


class Parts(NamedTuple):
    """The keys of all sheets by article: of what all their facts share, of the facts of a kind with that, and of everything."""

    heads: dict[str, bytes]
    claims: dict[str, bytes]
    meetings: dict[str, bytes]
    figures: dict[str, bytes]
    sheets: dict[str, bytes]


Belonging = defaultdict[
    str, list[tuple[Any, ...]]
]  # article → its facts, each with id and name of what it belongs to, and whether that has a page


class Keys:
    """The keys of one site's sheets, events and actors, each made when first asked for."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.by_id = {s.article.id: s for s in site.sheets}
        self.called = {id: p.name for id, p in site.profiles.items()}
        self.events: dict[str, bytes] = {}
        self.whole_events: dict[str, bytes] = {}
        self.actors: dict[str, bytes] = {}

    @cached_property
    def parts(self) -> Parts:
        """The keys of all sheets."""
        digests, parts = self.site.digests, Parts({}, {}, {}, {}, {})
        events, quantities = self.belonging()
        for id, sheet in self.by_id.items():
            d = digests.get(id) or self.digests(sheet)
            head = key_of(d.head, self.names([a.id for a in sheet.actors]))
            parts.heads[id] = head
            parts.claims[id] = claims = joined(head, d.claims)
            parts.meetings[id] = meetings = joined(head, d.meetings, pack(events.get(id)))
            parts.figures[id] = figures = joined(head, d.figures, pack(quantities.get(id)))
            parts.sheets[id] = joined(claims, meetings, figures)
        return parts

    def belonging(self) -> tuple[Belonging, Belonging]:
        """For each article the events of its meetings and the quantities of its figures, as cards name them."""
        events: Belonging = defaultdict(list)
        quantities: Belonging = defaultdict(list)
        for e in self.site.events.values():
            for t in e.told:
                events[t.article.id].append((t.fact.id, e.id, e.title))
        for q in self.site.quantities:
            for t in q.figures:
                quantities[t.article.id].append((t.fact.id, q.id, q.label, addresses.has_page(q)))
        return events, quantities

    def digests(self, sheet: FactSheet) -> Digests:
        """What stands for a sheet and the lines of its facts, where nobody knows it yet."""
        id, files = sheet.article.id, self.site.files

        def lines(kind: str) -> list[str | None]:
            return [files.get(f"{id}/{kind}/{f.id}") or files.get(f"{id}/{f.id}") for f in getattr(sheet, kind)]

        head = replace(sheet, claims=(), meetings=(), figures=())
        kinds = [key_of(getattr(sheet, kind), lines(kind)) for kind in ("claims", "meetings", "figures")]
        return Digests(key_of(head, lines("actors")), *kinds)

    def sheet(self, id: str) -> bytes:
        """Of all that a sheet says, the names it is said with, where its facts are edited, and which event or quantity they belong to."""
        return self.parts.sheets[id]

    def head(self, id: str) -> bytes:
        """The same without its claims, meetings and figures: of the article and its actors."""
        return self.parts.heads[id]

    def names(self, actors: Iterable[str]) -> list[str | None]:
        """The names of actors; None for one that has no page."""
        name = self.called.get
        return [name(a) for a in actors]

    def told(self, facts: Sequence[OfArticle]) -> tuple[list[bytes], list[str]]:
        """Of facts with their articles, in their order."""
        of = self.by_type
        return [of[type(t.fact)][t.article.id] for t in facts], [t.fact.id for t in facts]

    @cached_property
    def by_type(self) -> dict[type, dict[str, bytes]]:
        """The keys of each sheet's facts of a type."""
        return {Claim: self.parts.claims, Meeting: self.parts.meetings, Figure: self.parts.figures}

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
        roles = [p.roles[0].text if (p := self.site.profiles.get(a)) and p.roles else "" for a in event.participants]
        articles = [self.head(c.article) for c in event.history if c.article in self.by_id]
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

    def facts_of(self, profile: Profile) -> bytes:
        """Of all facts that have to do with an actor."""
        key = self.actors.get(profile.id)
        if key is None:
            groups = (profile.said, profile.about, profile.addressed, profile.figures)
            key = self.actors[profile.id] = key_of([self.told(facts) for facts in groups])
        return key

    def quantity(self, quantity: Quantity) -> list[Any]:
        """Of a quantity and all its figures."""
        return [quantity.id, quantity.label, quantity.unit, quantity.kind, quantity.disputed, self.told(quantity.figures)]

    @cached_property
    def everything(self) -> bytes:
        """Of all sheets, actors, events and quantities: for files that hold them all."""
        site = self.site
        sheets = list(self.parts.sheets.values())
        actors = [(self.about(p), p.articles) for p in site.profiles.values()]
        return key_of(sheets, actors, [self.all_of_event(id) for id in site.events], [(q.id, len(q.figures)) for q in site.quantities])


def keys_of(site: Site) -> Keys:
    """The keys of a site, for all who ask: those of the site asked for last are kept."""
    if not LATEST or LATEST[0].site is not site:
        LATEST[:] = [Keys(site)]
    return LATEST[0]


LATEST: list[Keys] = []
