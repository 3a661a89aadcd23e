"""The events that meetings of several articles come to: what people decided about them, their ids, and what all tellings say together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import pairwise

import msgspec

from generator.days import agree, days, fineness
from generator.link.actors import once
from generator.link.meetings import PROGRESS, Telling, all_tellings, content_words, in_print, join
from generator.model import Article, Change, Curation, Event, FactSheet
from generator.words import Names

Group = list[Telling]  # of one event

LONGEST_TITLE = 8  # words; a longer title says no more


def join_meetings(
    sheets: Sequence[FactSheet],
    articles: Mapping[str, Article],
    curations: Sequence[Curation] = (),
    known: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[dict[str, Event], dict[str, str]]:
    """All events in order of time, the undated last, and the event of each meeting ("article id/meeting id").

    `known`: the ids that each meeting's event had before, for people's decisions and readers' links still name it so.
    """
    tellings = all_tellings(sheets, articles)
    if known:
        now = {t.name for t in tellings}
        for t in tellings:
            t.formerly = tuple(n for n in known.get(t.ref, ()) if n not in now)
    groups = curated_joins(join(tellings, apart(tellings, curations)), curations)
    names = Names()
    made: list[tuple[Event, Group]] = []
    by_name = {c.id: c for c in curations}
    wanted = [(next((n for t in g for n in t.names if n in by_name), None), g) for g in groups]
    # The events that people have decided on choose their ids first, for their files are named so.
    for name, group in sorted(wanted, key=lambda w: w[0] is None):
        curated = by_name.get(name or "")
        id = names.give(name or group[0].name)
        if not (curated and curated.hidden):
            made.append((make_event(id, group, curated if id == name else None), group))
    former = old_names(made, names.taken, by_name)
    events = [msgspec.structs.replace(e, formerly=former[e.id]) if e.id in former else e for e, _ in made]
    event_of = {t.ref: e.id for e, g in made for t in g}
    return {e.id: e for e in sorted(events, key=in_time)}, event_of


def in_time(event: Event) -> tuple[bool, int, int, str]:
    """The order of events: by first day, the finer date first, the undated last."""
    when = days(event.start)
    return (when is None, when.first.toordinal() if when else 0, -fineness(event.start), event.id)


# --- people's decisions ---


def apart(tellings: Sequence[Telling], curations: Iterable[Curation]) -> dict[str, frozenset[str]]:
    """For each meeting the ones that people say are another event. They name it "article id/meeting id", or as an event of it alone is named."""
    parted = [c for c in curations if c.different]
    meant: dict[str, list[str]] = defaultdict(list)
    for t in tellings if parted else ():
        for name in (t.ref, *t.names):
            meant[name].append(t.ref)
    found: dict[str, set[str]] = defaultdict(set)
    for c in parted:
        others = {ref for name in c.different for ref in meant.get(name, ())}
        ours = {ref for name in (c.id, *c.same) for ref in meant.get(name, ())} - others
        for a in ours:
            found[a] |= others
        for b in others:
            found[b] |= ours
    return {ref: frozenset(others) for ref, others in found.items()}


def curated_joins(groups: list[Group], curations: Iterable[Curation]) -> list[Group]:
    """The groups with those joined that people say are one; the group of the earliest telling takes the others in."""
    joining = [c for c in curations if c.same]
    if not joining:
        return groups
    first: dict[str, int] = {}  # where several events would have one name, the plain name is the first one's
    for n, group in enumerate(groups):
        for t in group:
            for name in (t.ref, *t.names):
                first.setdefault(name, n)
    into = list(range(len(groups)))

    def root(n: int) -> int:
        while into[n] != n:
            into[n] = into[into[n]]
            n = into[n]
        return n

    for c in joining:
        members = sorted({root(first[name]) for name in (c.id, *c.same) if name in first})
        for n in members[1:]:
            into[n] = members[0]
    joined: dict[int, Group] = defaultdict(list)
    for n, group in enumerate(groups):
        joined[root(n)] += group
    return [sorted(group, key=in_print) for group in joined.values()]


def old_names(made: Iterable[tuple[Event, Group]], taken: Container[str], by_id: Mapping[str, Curation]) -> dict[str, tuple[str, ...]]:
    """The ids an event would have by another of its tellings, or had before people joined it, where no other event has them now."""
    found: dict[str, tuple[str, ...]] = {}
    claimed: set[str] = set()
    for event, group in made:
        decided = by_id[event.id].same if event.id in by_id else ()
        names = dict.fromkeys((*(n for t in group for n in t.names), *(n for n in decided if "/" not in n)))
        fresh = tuple(n for n in names if n not in taken and n not in claimed)
        if fresh:
            claimed.update(fresh)
            found[event.id] = fresh
    return found


# --- the event ---


def make_event(id: str, group: Group, curated: Curation | None) -> Event:
    """What all tellings come to: the newest counts, a more precise one that agrees with it says more, a person's word goes before all."""
    c = curated or Curation(id=id)
    newest = [t.meeting for t in reversed(group)]
    vouched = [m for m in newest if m.checked]
    start = c.start or precise([m.start for m in vouched] or [None]) or precise([m.start for m in newest])
    end = c.end or next((m.end for m in (*vouched, *newest) if m.end and not ends_before(m.end, start)), None)
    participants = once(i for t in group for i in t.meeting.participants) if c.participants is None else c.participants
    return Event(
        id=id,
        title=c.name or title([m.title for m in vouched] or [m.title for m in newest]),
        type=c.type or most_common([m.type for m in vouched] or [m.type for m in newest]),
        status=c.status or (vouched or newest)[0].status,
        start=start,
        end=end,
        place=c.place or longest_place([m.place for m in vouched if m.place] or [m.place for m in newest if m.place]),
        participants=participants,
        absent=tuple(i for i in once(i for t in group for i in t.meeting.absent) if i not in participants),
        description=c.description,
        same_as=c.same_as,
        told=tuple(t.told for t in group),
        history=history(group),
        differs=differing(group),
        doubtful=all(m.doubtful for m in newest),
    )


def most_common(types: Sequence[str]) -> str:
    """The word most articles have for it, the newest where they are even."""
    return Counter(types).most_common(1)[0][0]


def precise(starts: Sequence[str | None]) -> str | None:
    """The newest date, or the most precise of those that can mean the same. `starts` are newest first."""
    known = [s for s in starts if days(s)]
    if not known:
        return None
    return max((s for s in known if agree(s, known[0])), key=fineness)


def ends_before(end: str, start: str | None) -> bool:
    a, b = days(end), days(start)
    return a is None or (b is not None and a.last < b.first)


def title(titles: Sequence[str]) -> str:
    """The title that says most, the newest where they are even."""
    return max(titles, key=lambda t: min(len(t.split()), LONGEST_TITLE))


def longest_place(places: Sequence[str]) -> str | None:
    """The newest place, or a fuller wording of it."""
    if not places:
        return None
    words = content_words(places[0])
    return max((p for p in places if words <= content_words(p)), key=lambda p: len(content_words(p)))


def history(tellings: Sequence[Telling]) -> tuple[Change, ...]:
    """One step for every article that changed what was known: the status, or the date (but not an article that is merely vaguer)."""
    steps: list[Change] = []
    start: str | None = None
    for t in tellings:
        m = t.meeting
        news = m.start if m.start and m.start != start and not vaguer(m.start, start) else None
        if not steps or m.status != steps[-1].status or news:
            start = news or start
            steps.append(Change(status=m.status, on=t.article.published, article=t.article.id, start=start))
    return tuple(steps)


def vaguer(new: str, old: str | None) -> bool:
    """Whether the new date takes nothing back and adds nothing."""
    return old is not None and agree(new, old) and fineness(new) <= fineness(old)


def differing(tellings: Sequence[Telling]) -> tuple[str, ...]:
    """The fields on which articles contradict each other; a status that moved on, or a date told less precisely, is no contradiction."""
    if len(tellings) < 2:
        return ()
    starts = list(dict.fromkeys(t.meeting.start for t in tellings if t.meeting.start))
    places = list(dict.fromkeys(t.look.place for t in tellings if t.look.place))
    found = []
    if any(not agree(a, b) for n, a in enumerate(starts) for b in starts[:n]):
        found.append("start")
    if any(not (a <= b or b <= a) for n, a in enumerate(places) for b in places[:n]):
        found.append("place")
    seen = [t.meeting.status for t in tellings]
    # Planned again after it was held or called off, or both held and cancelled: somebody is wrong, or an article is old.
    if any(PROGRESS[b] < 2 <= PROGRESS[a] for a, b in pairwise(seen)) or {"held", "cancelled"} <= set(seen):
        found.append("status")
    return tuple(found)
