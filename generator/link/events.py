"""Meetings of several articles that are one event.

Tellings are taken in order of publication. Each joins the event it fits best, or starts one: dates must be able to mean the same days
(what is reported as held lies before the article, what is planned lies after it), and the parties must agree, or place and day where
parties are told on different levels ("the US" here, "Sherman" there). Two meetings of one article stay two, and where a telling fits two
events equally that differ it joins neither: a wrong join hides a fact, a missed one shows it twice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import pairwise

import msgspec

from generator.data import load
from generator.days import Days, agree, days, fineness, stretch
from generator.link.actors import once
from generator.model import Article, Change, Curation, Event, FactSheet, Meeting, Status, Told
from generator.words import fold, slug, unique

EARLIEST, LATEST = date(1, 1, 1), date(9999, 12, 31)
PROGRESS: dict[Status, int] = {
    "proposed": 0,
    "scheduled": 1,
    "held": 2,
    "cancelled": 3,
}  # the order in which one day's articles are believed
COARSE = 8  # days; a longer stretch is looked up by its months, a shorter one day by day
UNDATED_APART = 21  # days between two articles that may tell of one undated event: a news story's life
TITLE_SLUG = 60  # characters of the title in an event's id, so that the day always fits
LONGEST_TITLE = 8  # words; a longer title says no more
SMALL_WORDS = frozenset({"the", "a", "an", "of", "in", "on", "at", "and", "between", "with", "to", "for"})


@dataclass(frozen=True)
class Telling:
    """One article's meeting, with what is compared."""

    told: Told
    meeting: Meeting
    name: str  # the event's id if this telling stood alone
    formerly: tuple[str, ...]  # ids that its event had before, and that are no telling's name now
    parties: Mapping[str, frozenset[str]]  # by type of actor
    when: Days | None  # the days it may have been, by the article's own date too
    place: frozenset[str]  # words
    title: frozenset[str]  # words

    @property
    def article(self) -> Article:
        return self.told.article

    @property
    def ref(self) -> str:
        return f"{self.article.id}/{self.meeting.id}"


@dataclass
class Group:
    """The tellings of one event so far. (The one value here that grows: it never leaves this module.)"""

    tellings: list[Telling] = field(default_factory=list)
    parties: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    when: Days | None = None
    dated: bool = False  # by an article's word, not by its day of publication alone
    places: list[frozenset[str]] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)
    last: date | None = None  # of its articles

    def add(self, t: Telling) -> None:
        self.tellings.append(t)
        self.articles.add(t.article.id)
        for kind, ids in t.parties.items():
            self.parties[kind] |= ids
        if t.when and (self.when is None or length(t.when) < length(self.when)):
            self.when = t.when
        self.dated = self.dated or days(t.meeting.start) is not None
        if t.place:
            self.places.append(t.place)
        published = days(t.article.published)
        self.last = published.first if published else self.last


def join_meetings(
    sheets: Sequence[FactSheet],
    articles: Mapping[str, Article],
    curations: Sequence[Curation] = (),
    known: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[dict[str, Event], dict[str, str]]:
    """All events in order of time, the undated last, and the event of each meeting ("article id/meeting id").

    `known`: the ids that each meeting's event had before, for people's decisions and readers' links still name it so.
    """
    tellings = sorted(
        all_tellings(sheets, articles, known or {}), key=lambda t: (t.article.published or "", PROGRESS[t.meeting.status], t.article.id)
    )
    groups = curated_joins(join(tellings, apart(tellings, curations)), curations)
    taken: set[str] = set()
    made: list[tuple[Event, Group]] = []
    by_name = {c.id: c for c in curations}
    wanted = [(next((c.id for t in g.tellings for c in decisions(t, by_name)), None), g) for g in groups]
    # The events that people have decided on choose their ids first, for their files are named so.
    for name, group in sorted(wanted, key=lambda w: w[0] is None):
        curated = by_name.get(name or "")
        id = unique(name or group.tellings[0].name, taken)
        taken.add(id)
        if not (curated and curated.hidden):
            made.append((make_event(id, group, curated if id == name else None), group))
    names = old_names(made, taken, curations)
    events = [msgspec.structs.replace(e, formerly=names.get(e.id, ())) for e, _ in made]
    event_of = {t.ref: e.id for e, g in made for t in g.tellings}
    return {e.id: e for e in sorted(events, key=in_time)}, event_of


def in_time(event: Event) -> tuple[bool, date, int, str]:
    """The order of events: by first day, the finer date first, the undated last."""
    when = days(event.start)
    return (when is None, when.first if when else LATEST, -fineness(event.start), event.id)


# --- what is compared ---


def all_tellings(sheets: Sequence[FactSheet], articles: Mapping[str, Article], known: Mapping[str, tuple[str, ...]]) -> Iterator[Telling]:
    names = {own_name(m) for s in sheets for m in s.meetings} if known else frozenset()
    for sheet in sheets:
        if not sheet.meetings:
            continue
        types = {a.id: a.type for a in sheet.actors}
        article = articles[sheet.article.id]
        for m in sheet.meetings:
            parties: dict[str, set[str]] = defaultdict(set)
            for actor in m.participants:
                parties[types.get(actor, "group")].add(actor)
            yield Telling(
                told=Told(article=article, fact=m), meeting=m, name=own_name(m),
                formerly=tuple(n for n in known.get(f"{article.id}/{m.id}", ()) if n not in names), parties={k: frozenset(v) for k, v in parties.items()},
                when=possible_days(m, article), place=content_words(m.place or ""), title=content_words(m.title),
            )  # fmt: skip


def own_name(m: Meeting) -> str:
    """An event's id from its first telling: its title and first day; without a date the words of its sentence tell it from its like."""
    title = slug(m.title, "event")
    if len(title) > TITLE_SLUG:
        title = title[:TITLE_SLUG].rsplit("-", 1)[0]
    return slug(f"{title} {m.start.split('T')[0]}" if m.start and days(m.start) else f"{title} {m.id}")


@lru_cache(maxsize=4096)
def content_words(text: str) -> frozenset[str]:
    return frozenset(w for w in slug(text, "").split("-") if w and w not in SMALL_WORDS)


def possible_days(m: Meeting, article: Article) -> Days | None:
    """When the meeting may have been: its dates, cut at the article's own: what was held lies before it, what is planned after."""
    when, published = stretch(m.start, m.end), days(article.published)
    if published is None or m.status == "cancelled":
        return when
    if when is None:
        when = Days(EARLIEST, LATEST, "year")
    if m.status == "held" and when.first <= published.last:
        return Days(when.first, min(when.last, published.last), when.precision)
    if m.status in ("scheduled", "proposed") and when.last >= published.first:
        return Days(max(when.first, published.first), when.last, when.precision)
    return when


def length(when: Days) -> int:
    return (when.last - when.first).days + 1


# --- joining ---


def join(tellings: Sequence[Telling], separate: Mapping[str, frozenset[str]]) -> list[Group]:
    """The tellings in groups, each an event. Each telling is compared only with events near it that share a party or the place."""
    groups: list[Group] = []
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    for t in tellings:
        near = dict.fromkeys(n for key in lookup_keys(t) for n in index.get(key, ()))
        rated = sorted(((likeness(t, groups[n]), n) for n in near if may_be_one(t, groups[n], separate)), reverse=True)
        best = [n for rate, n in rated if rate > 0 and rate == rated[0][0]]
        # Of two that nothing tells apart, as where one article told twice of one meeting, the first: else every later telling stood alone.
        if best and all(look_alike(groups[best[0]], groups[n]) for n in best[1:]):
            n = min(best)
        else:
            n = len(groups)
            groups.append(Group())
        groups[n].add(t)
        for key in entry_keys(t):
            if not index[key] or index[key][-1] != n:
                index[key].append(n)
    return groups


def handles(t: Telling) -> list[str]:
    """What two tellings of one event have in common at the least: a party, or the place."""
    return [*t.meeting.participants, *(f"@{w}" for w in sorted(t.place))]


def spots(t: Telling) -> tuple[list[str], list[str]]:
    """The days of a telling, if they are few, and its months; none for what no word of the article dates."""
    when = t.when
    if when is None or days(t.meeting.start) is None:
        return [], []
    months = [
        f"{m // 12:04}-{m % 12 + 1:02}" for m in range(when.first.year * 12 + when.first.month - 1, when.last.year * 12 + when.last.month)
    ]
    few = [(when.first + timedelta(n)).isoformat() for n in range(length(when))] if length(when) <= COARSE else []
    return few, months[:24]


def entry_keys(t: Telling) -> list[tuple[str, str]]:
    """Where later tellings may find this one."""
    few, months = spots(t)
    where = [*(few or months), *(f"any of {m}" for m in months)]
    keys = [(h, w) for h in handles(t) for w in where]
    return [*keys, (together(t), "dated" if months else "undated")] if len(t.meeting.participants) > 1 else keys


def lookup_keys(t: Telling) -> list[tuple[str, str]]:
    """Where earlier tellings of the event would stand: a day with its like and the stretches that hold it, a month with all in it."""
    few, months = spots(t)
    where = [*few, *months] if few else [f"any of {m}" for m in months]
    keys = [(h, w) for h in handles(t) for w in where]
    if len(t.meeting.participants) > 1:
        keys += [(together(t), "undated")] if months else [(together(t), "undated"), (together(t), "dated")]
    return keys


def together(t: Telling) -> str:
    """All parties in one: how meetings without a date are found, which takes the same two parties or more."""
    return "&".join(sorted(t.meeting.participants))


def may_be_one(t: Telling, group: Group, separate: Mapping[str, frozenset[str]]) -> bool:
    """Whether nothing speaks against it: another article, no one's decision, dates, kinds and absences that agree."""
    if t.article.id in group.articles:
        return False
    if t.when and group.when and not (t.when.holds(group.when) or group.when.holds(t.when)):
        return False
    absent = set(t.meeting.absent)
    for other in group.tellings:
        if not absent.isdisjoint(other.meeting.participants) or not set(other.meeting.absent).isdisjoint(t.meeting.participants):
            return False
        if not one_kind(t.meeting.type, other.meeting.type):
            return False
    return not separate or all(other.ref not in separate.get(t.ref, ()) for other in group.tellings)


def likeness(t: Telling, group: Group) -> float:
    """How much speaks for one event; 0 for too little."""
    agreeing = contrary = 0
    for kind, ids in t.parties.items():
        others = group.parties.get(kind)
        if others:
            shared = len(ids & others)
            # More than half of the shorter list: who meets two ministers on one day shares one party of two with the other meeting.
            if 2 * shared > min(len(ids), len(others)):
                agreeing += shared
            else:
                contrary += 1
    if contrary:
        return 0
    place = same_place(t.place, group)
    if place is False and agreeing < 2:
        return 0  # two parties who meet on one day meet once: there the articles disagree on the place, and the event's page says so
    title = overlap(t.title, group.tellings[0].title)
    if days(t.meeting.start) is None or not group.dated:
        # Nothing dates one of them: only the same two parties or more, in the same place or by the same name, within a story's life.
        strong = agreeing >= 2 and (place or title == 1) and near_in_print(t, group)
        return agreeing + title if strong else 0
    assert t.when
    assert group.when
    finer = min(length(t.when), length(group.when))
    coarser = max(length(t.when), length(group.when))
    if agreeing:
        if coarser > 31 and not (agreeing >= 2 and (place or title == 1)):
            return 0  # one of many meetings of that year
        return agreeing + bool(place) + title + 1 / coarser
    return bool(place) + title + 1 / coarser if place and coarser <= 3 and finer == 1 else 0


def look_alike(a: Group, b: Group) -> bool:
    """Whether nothing tells two events apart: day, parties, place and name."""
    return (a.when, a.parties, set(a.places), a.tellings[0].title) == (b.when, b.parties, set(b.places), b.tellings[0].title)


def near_in_print(t: Telling, group: Group) -> bool:
    published = days(t.article.published)
    return published is not None and group.last is not None and (published.first - group.last).days <= UNDATED_APART


def same_place(place: frozenset[str], group: Group) -> bool | None:
    """Whether it is where the group's articles have it ("Geneva" is "Geneva, Switzerland"); None where nobody says."""
    if not place or not group.places:
        return None
    return any(place <= other or other <= place for other in group.places)


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """Share of all words that both have."""
    return len(a & b) / len(a | b) if a and b else 0.0


@cache
def families() -> dict[str, int]:
    """Kinds of meeting with the number of their family; -1 for words that agree with all."""
    data = load("event_types")
    return {word: n for n, family in enumerate(data["families"]) for word in family} | dict.fromkeys(data["any"], -1)


@lru_cache(maxsize=4096)
def one_kind(a: str, b: str) -> bool:
    """Whether two words can name one meeting. An unknown word agrees with itself and the general ones."""
    if a == b:
        return True
    x, y = families().get(fold(a)), families().get(fold(b))
    return x == -1 or y == -1 or (x is not None and x == y)


# --- people's decisions ---


def named(tellings: Iterable[Telling], names: Iterable[str]) -> set[str]:
    """The meetings that names in a curation mean: "article id/meeting id", or the id an event has or had by one of its tellings."""
    wanted = set(names)
    return {t.ref for t in tellings if t.ref in wanted or t.name in wanted or not wanted.isdisjoint(t.formerly)}


def apart(tellings: Sequence[Telling], curations: Iterable[Curation]) -> dict[str, frozenset[str]]:
    """For each meeting the ones that people say are another event."""
    found: dict[str, set[str]] = defaultdict(set)
    for c in curations:
        if c.different:
            others = named(tellings, c.different)
            ours = named(tellings, (c.id, *c.same)) - others
            for a in ours:
                for b in others:
                    found[a].add(b)
                    found[b].add(a)
    return {ref: frozenset(others) for ref, others in found.items()}


def curated_joins(groups: list[Group], curations: Sequence[Curation]) -> list[Group]:
    """The groups with those joined that people say are one; the group of the earliest telling takes the others in."""
    by_name: dict[str, list[int]] = defaultdict(list)
    for n, group in enumerate(groups):
        for t in group.tellings:
            for name in (t.ref, t.name, *t.formerly):
                if n not in by_name[name]:
                    by_name[name].append(n)
    into = list(range(len(groups)))

    def root(n: int) -> int:
        while into[n] != n:
            n = into[n]
        return n

    for c in curations:
        if c.same:
            # Where several events would have one name, the plain name is the first one's.
            members = sorted({root(by_name[name][0]) for name in (c.id, *c.same) if by_name.get(name)})
            for n in members[1:]:
                into[n] = members[0]
    joined: dict[int, Group] = {}
    for n, group in enumerate(groups):
        home = joined.setdefault(root(n), Group())
        for t in group.tellings:
            home.add(t)
    for group in joined.values():
        group.tellings.sort(key=lambda t: (t.article.published or "", PROGRESS[t.meeting.status], t.article.id))
    return list(joined.values())


def decisions(t: Telling, by_name: Mapping[str, Curation]) -> Iterator[Curation]:
    """The curation that a telling's own name calls for, or one that its event had."""
    for name in (t.name, *t.formerly):
        if name in by_name:
            yield by_name[name]


def old_names(made: Iterable[tuple[Event, Group]], taken: set[str], curations: Iterable[Curation]) -> dict[str, tuple[str, ...]]:
    """The ids an event would have by another of its tellings, or had before people joined it, where no other event has them now."""
    by_id = {c.id: c for c in curations}
    found: dict[str, dict[str, None]] = {}
    claimed: set[str] = set()
    for event, group in made:
        for name in (
            *(n for t in group.tellings for n in (t.name, *t.formerly)),
            *(n for n in by_id.get(event.id, Curation(id="")).same if "/" not in n),
        ):
            if name not in taken and name not in claimed:
                claimed.add(name)
                found.setdefault(event.id, {})[name] = None
    return {id: tuple(names) for id, names in found.items()}


# --- the event ---


def make_event(id: str, group: Group, curated: Curation | None) -> Event:
    """What all tellings come to: the newest counts, a more precise one that agrees with it says more, a person's word goes before all."""
    c = curated or Curation(id=id)
    tellings = group.tellings
    newest = [t.meeting for t in reversed(tellings)]
    vouched = [m for m in newest if m.checked]
    start = c.start or precise([m.start for m in vouched] or [None]) or precise([m.start for m in newest])
    end = c.end or next((m.end for m in (*vouched, *newest) if m.end and not ends_before(m.end, start)), None)
    participants = once(i for t in tellings for i in t.meeting.participants) if c.participants is None else c.participants
    return Event(
        id=id,
        title=c.name or title([m.title for m in vouched] or [m.title for m in newest]),
        type=c.type or most_common([m.type for m in vouched] or [m.type for m in newest]),
        status=c.status or (vouched or newest)[0].status,
        start=start,
        end=end,
        place=c.place or longest_place([m.place for m in vouched if m.place] or [m.place for m in newest if m.place]),
        participants=participants,
        absent=tuple(i for i in once(i for t in tellings for i in t.meeting.absent) if i not in participants),
        description=c.description,
        same_as=c.same_as,
        told=tuple(t.told for t in tellings),
        history=history(tellings),
        differs=differing(tellings),
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
    places = list(dict.fromkeys(t.place for t in tellings if t.place))
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
