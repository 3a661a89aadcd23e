"""Fact sheets and people's decisions → Site: actors and events joined across articles, with all that leads from one to another.

Pure and linear: ten thousand sheets are linked anew in a second or two, so no links are kept and none can go stale.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from msgspec.structs import replace

from generator.identity import Named, name_ids
from generator.link.actors import profiles, settled, without_text
from generator.link.events import join_meetings
from generator.link.former import addresses as addresses_now
from generator.link.former import former_ids
from generator.link.quantities import group_figures
from generator.model import Actor, Addresses, Curation, Digests, FactSheet, Site, SiteConfig, Told
from generator.places import EditPlaces
from generator.words import unique

NO_DAY = "1970-01-01"  # "today" of a site whose articles have no date


def newest_first(sheets: Iterable[FactSheet]) -> list[FactSheet]:
    """The sheets by day of publication, the undated last; those of one day by id."""
    ordered = sorted(sheets, key=lambda s: s.article.id)
    return sorted(ordered, key=lambda s: s.article.published or "", reverse=True)


def link(
    sheets: Sequence[FactSheet],
    config: SiteConfig | None = None,
    *,
    actors: Sequence[Curation] = (),
    events: Sequence[Curation] = (),
    pages: Mapping[str, str] | None = None,
    files: Mapping[str, str] | None = None,
    digests: Mapping[str, Digests] | None = None,
    today: str | None = None,
    addresses: Addresses | None = None,
) -> Site:
    """All sheets as one site. `actors` and `events` are what people decided; `files` says where each fact is edited.

    `digests` stand for the sheets, and for what `files` says of them.
    `addresses` is what was remembered of where actors and events stood.
    """
    known_as = addresses or Addresses()
    curated = {c.id: c for c in actors}
    named = global_ids(sheets, actors)
    ids = {s.article.id: changed for s, changed in zip(sheets, named.changed, strict=True)}
    hidden = frozenset(c.id for c in actors if c.hidden)
    renamed = [settled(s, ids[s.article.id], hidden) for s in newest_first(sheets)]
    articles = {s.article.id: without_text(s.article) for s in renamed}
    figures = [Told(article=articles[s.article.id], fact=f) for s in renamed for f in s.figures]
    known = {a.id for s in renamed for a in s.actors}
    joined, event_of = join_meetings(renamed, articles, [with_known(c, known) for c in events], known_as.events)
    decided = [(old, c.id) for c in actors for old in c.same if "/" not in old]
    still = {s.article.id: {a.id for a in s.actors} for s in sheets} if known_as.actors else {}
    return Site(
        config=config or SiteConfig(),
        today=today or max((s.article.published or "" for s in renamed), default="") or NO_DAY,
        sheets=tuple(renamed),
        profiles=profiles(renamed, articles, figures, joined, curated, former_ids(named.live, ids, decided, known_as, still)),
        events=joined,
        event_of=event_of,
        quantities=group_figures(figures),
        files=place_of_actors({} if files is None else files, ids),  # asked whether it is empty, a mapping may look at every sheet
        digests={id: as_linked(s, digests[id], ids[id], hidden) for s in sheets if (id := s.article.id) in digests} if digests else {},
        pages=dict(pages or {}),
        addresses=addresses_now(ids, event_of, known_as, still),
    )


def as_linked(sheet: FactSheet, digests: Digests, ids: Mapping[str, str], hidden: Container[str]) -> Digests:
    """What stands for a sheet under the ids that hold over all articles, and without those who are hidden."""
    gone = [a.id for a in sheet.actors if ids.get(a.id, a.id) in hidden] if hidden else []
    return replace(digests, head=digests.head + f"{sorted(ids.items())} {gone}".encode()) if ids or gone else digests


def with_known(event: Curation, actors: Container[str]) -> Curation:
    """A decision on an event without participants that no article has: the checks name them, and no page can lead to them."""
    if event.participants is None:
        return event
    return replace(event, participants=tuple(i for i in event.participants if i in actors))


def global_ids(sheets: Sequence[FactSheet], actors: Sequence[Curation]) -> Named:
    """For each sheet the ids of actors that become another over all articles; people's decisions name whom they are about."""
    lent = lent_ids(sheets, actors)
    same = {old: c.id for c in actors for old in (c.id, *c.same) if "/" not in old} | {id: id for id in lent.values()}
    different = {frozenset((c.id, lent.get(other, other))) for c in actors for other in c.different}
    named = name_ids([lending(s, lent) for s in sheets] if lent else [s.actors for s in sheets], same, different)
    if not lent:
        return named
    pairs = [[(a.id, lent.get(f"{s.article.id}/{a.id}", a.id)) for a in s.actors] for s in sheets]
    new = [{id: changed.get(as_lent, as_lent) for id, as_lent in row} for row, changed in zip(pairs, named.changed, strict=True)]
    return Named([{old: now for old, now in row.items() if old != now} for row in new], named.live)


def lent_ids(sheets: Sequence[FactSheet], actors: Sequence[Curation]) -> dict[str, str]:
    """For each actor of one article ("article id/id") of whom people have decided, another id to go by: that of the one it is, or its own."""
    lent = {ref: c.id for c in actors for ref in c.same if "/" in ref}
    apart = [(c.id, ref) for c in actors for ref in c.different if "/" in ref and ref not in lent]
    if apart:
        taken = {a.id for s in sheets for a in s.actors} | {i for c in actors for i in (c.id, *c.same)}
        own: dict[tuple[str, str], str] = {}
        for id, ref in apart:
            local = ref.partition("/")[2]
            if (id, local) not in own:
                own[id, local] = unique(local, taken)
                taken.add(own[id, local])
            lent.setdefault(ref, own[id, local])
    return lent


def lending(sheet: FactSheet, lent: Mapping[str, str]) -> tuple[Actor, ...]:
    """A sheet's actors with the ids that are lent to some of them."""
    refs = [(a, f"{sheet.article.id}/{a.id}") for a in sheet.actors]
    return tuple(replace(a, id=lent[ref]) if ref in lent else a for a, ref in refs)


def place_of_actors(files: Mapping[str, str], ids: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    """Where facts are edited, with the actors under their new ids too."""
    if isinstance(files, EditPlaces):
        return files.named(ids)
    places = dict(files)
    for article, of_sheet in ids.items():
        for old, new in of_sheet.items():
            if old != new and f"{article}/{old}" in files:
                places.setdefault(f"{article}/{new}", files[f"{article}/{old}"])
    return places
