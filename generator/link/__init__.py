"""Fact sheets and people's decisions → Site: actors and events joined across articles, with all that leads from one to another.

Pure and linear: ten thousand sheets are linked anew in seconds, so nothing is cached and nothing can go stale.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from msgspec.structs import replace

from generator.identity import actor_ids
from generator.link.actors import profiles, settled, without_text
from generator.link.events import join_meetings
from generator.link.quantities import group_figures
from generator.model import Curation, FactSheet, Problem, Site, SiteConfig
from generator.places import EditPlaces

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
    today: str | None = None,
    problems: Sequence[Problem] = (),
) -> Site:
    """All sheets as one site. `actors` and `events` are what people decided; `files` says where each fact is edited."""
    curated = {c.id: c for c in actors}
    ids = global_ids(sheets, actors)
    hidden = frozenset(c.id for c in actors if c.hidden)
    renamed = [settled(s, ids[s.article.id], hidden) for s in newest_first(sheets)]
    articles = {s.article.id: without_text(s.article) for s in renamed}
    known = {a.id for s in renamed for a in s.actors}
    joined, event_of = join_meetings(renamed, articles, [with_known(c, known) for c in events])
    return Site(
        config=config or SiteConfig(),
        today=today or max((s.article.published or "" for s in renamed), default="") or NO_DAY,
        sheets=tuple(renamed),
        profiles=profiles(renamed, articles, joined, curated, former_ids(sheets, ids, actors)),
        events=joined,
        event_of=event_of,
        quantities=group_figures(renamed, articles),
        files=place_of_actors(files or {}, ids),
        pages=dict(pages or {}),
        problems=tuple(problems),
    )


def with_known(event: Curation, actors: Container[str]) -> Curation:
    """A decision on an event without participants that no article has: the checks name them, and no page can lead to them."""
    if event.participants is None:
        return event
    return replace(event, participants=tuple(i for i in event.participants if i in actors))


def global_ids(sheets: Sequence[FactSheet], actors: Sequence[Curation]) -> dict[str, dict[str, str]]:
    """For each article, each of its actors' ids and the one that holds over all articles; people's decisions name whom they are about."""
    same = {old: c.id for c in actors for old in (c.id, *c.same)}
    different = {frozenset((c.id, other)) for c in actors for other in c.different}
    ids: dict[str, dict[str, str]] = {s.article.id: {} for s in sheets}
    for (article, local), new in actor_ids(sheets, same, different).items():
        ids[article][local] = new
    return ids


def former_ids(sheets: Sequence[FactSheet], ids: Mapping[str, Mapping[str, str]], actors: Sequence[Curation]) -> dict[str, tuple[str, ...]]:
    """For each actor the ids that mean it now and name nobody else: their old addresses lead here."""
    live = {new for of_sheet in ids.values() for new in of_sheet.values()}
    found: dict[str, dict[str, None]] = {}
    pairs = [(new, old) for c in actors for new, old in ((c.id, old) for old in c.same)]
    pairs += [(new, old) for s in sheets for old, new in ids[s.article.id].items()]
    for new, old in pairs:
        if old not in live and new in live:
            found.setdefault(new, {})[old] = None
    return {new: tuple(sorted(old)) for new, old in found.items()}


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
