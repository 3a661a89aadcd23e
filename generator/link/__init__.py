"""Fact sheets and people's decisions → Site: actors and events joined across articles, with all that leads from one to another.

Pure and linear: ten thousand sheets are linked anew in a second or two, so no links are kept and none can go stale.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence

from msgspec.structs import replace

from generator.identity import Named, name_ids
from generator.link.actors import profiles, settled, without_text
from generator.link.events import join_meetings
from generator.link.quantities import group_figures
from generator.model import Curation, FactSheet, Problem, Site, SiteConfig, Told
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
    named = global_ids(sheets, actors)
    ids = {s.article.id: changed for s, changed in zip(sheets, named.changed, strict=True)}
    hidden = frozenset(c.id for c in actors if c.hidden)
    renamed = [settled(s, ids[s.article.id], hidden) for s in newest_first(sheets)]
    articles = {s.article.id: without_text(s.article) for s in renamed}
    figures = [Told(article=articles[s.article.id], fact=f) for s in renamed for f in s.figures]
    known = {a.id for s in renamed for a in s.actors}
    joined, event_of = join_meetings(renamed, articles, [with_known(c, known) for c in events])
    return Site(
        config=config or SiteConfig(),
        today=today or max((s.article.published or "" for s in renamed), default="") or NO_DAY,
        sheets=tuple(renamed),
        profiles=profiles(renamed, articles, figures, joined, curated, former_ids(named, actors)),
        events=joined,
        event_of=event_of,
        quantities=group_figures(figures),
        files=place_of_actors(files or {}, ids),
        pages=dict(pages or {}),
        problems=tuple(problems),
    )


def with_known(event: Curation, actors: Container[str]) -> Curation:
    """A decision on an event without participants that no article has: the checks name them, and no page can lead to them."""
    if event.participants is None:
        return event
    return replace(event, participants=tuple(i for i in event.participants if i in actors))


def global_ids(sheets: Sequence[FactSheet], actors: Sequence[Curation]) -> Named:
    """For each sheet the ids of actors that become another over all articles; people's decisions name whom they are about."""
    same = {old: c.id for c in actors for old in (c.id, *c.same)}
    different = {frozenset((c.id, other)) for c in actors for other in c.different}
    return name_ids([s.actors for s in sheets], same, different)


def former_ids(named: Named, actors: Sequence[Curation]) -> dict[str, tuple[str, ...]]:
    """For each actor the ids that mean it now and name nobody else: their old addresses lead here."""
    found: dict[str, set[str]] = defaultdict(set)
    decided = ((old, c.id) for c in actors for old in c.same)
    for old, new in (*decided, *(pair for changed in named.changed for pair in changed.items())):
        if old not in named.live and new in named.live:
            found[new].add(old)
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
