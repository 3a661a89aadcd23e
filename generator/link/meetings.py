"""Which meetings of several articles are one event.

Tellings are taken in order of publication. Each joins the event it fits best, or starts one: dates must be able to mean the same days
(what is reported as held lies before the article, what is planned lies after it), and the parties must agree, or place and day where
parties are told on different levels ("the US" here, "Sherman" there). Two meetings of one article stay two, and where a telling fits two
events equally it joins neither: a wrong join hides a fact, a missed one shows it twice.

A story is told over and over in the same words, so what is compared of a telling is made once for all that say the same (`Look`), and events
of which the same was told are compared once (`Picture`). Each telling is compared only with what is found under its days and parties.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from itertools import accumulate, islice, product

from generator.data import load
from generator.days import Days, days, stretch
from generator.model import Article, FactSheet, Meeting, Status, Told
from generator.words import fold, slug

EARLIEST, LATEST = date(1, 1, 1), date(9999, 12, 31)
PROGRESS: dict[Status, int] = {
    "proposed": 0,
    "scheduled": 1,
    "held": 2,
    "cancelled": 3,
}  # the order in which one day's articles are believed
COARSE = 8  # days; a longer stretch is looked up by its months, a shorter one day by day
VAGUE = 31  # days; in a longer stretch there are many meetings, and one party in common says nothing
MONTHS = 24  # of a longer stretch the first, for no meeting is found by its decade
UNDATED_APART = 21  # days between two articles that may tell of one undated event: a news story's life
TITLE_SLUG = 60  # characters of the title in an event's id, so that the day always fits
MANY = 8  # parties; of more the events that two of them share are not sought pair by pair
SMALL_WORDS = frozenset({"the", "a", "an", "of", "in", "on", "at", "and", "between", "with", "to", "for"})

NOBODY: frozenset[str] = frozenset()

Stretch = tuple[int, int]  # first and last day, as ordinals


@dataclass(eq=False, slots=True)
class Look:
    """What of a telling is compared; tellings that say the same share one."""

    parties: Mapping[str, frozenset[str]]  # by type of actor
    who: frozenset[str]  # all parties
    together: str  # all parties in one; "" for fewer than two
    absent: frozenset[str]
    type: str
    place: frozenset[str]  # words
    title: frozenset[str]  # words
    when: Stretch | None  # the days it may have been, by the article's own date too
    dated: bool  # by the article's word, not by its day of publication alone
    handles: Sequence[str]  # what two tellings of one event have in common at the least: a party, or a word of the place
    days: Sequence[int]  # all of them, if they are few
    months: Sequence[int]  # that they fall in; none for what no word of the article dates


@dataclass(slots=True)
class Telling:
    """One article's meeting."""

    told: Told
    meeting: Meeting
    article: Article
    name: str  # the event's id if this telling stood alone
    ref: str  # "article id/meeting id"
    look: Look
    published: int | None  # the article's day
    formerly: tuple[str, ...] = ()  # ids that its event had before, and that are no telling's name now

    @property
    def names(self) -> tuple[str, ...]:
        """The ids by which decisions may mean its event."""
        return self.name, *self.formerly


@dataclass(eq=False, slots=True)
class Group:
    """The tellings of one event so far. (It grows, but never leaves this package.)"""

    tellings: list[Telling] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)
    last: int | None = None  # day of the newest article that has one


@dataclass(eq=False, slots=True)
class Picture:
    """All that was told of an event, as far as it is compared, with the events that look so."""

    looks: frozenset[Look]
    parties: Mapping[str, frozenset[str]]
    who: frozenset[str]
    absent: frozenset[str]
    types: frozenset[str]
    places: frozenset[frozenset[str]]
    title: frozenset[str]  # of the first telling
    when: Stretch | None  # the shortest that was told
    dated: bool
    on_days: frozenset[tuple[str, int]]  # where tellings look it up: a handle and a day,
    in_coarse: frozenset[tuple[str, int]]  # a handle and a month of one of its coarser dates,
    in_months: frozenset[tuple[str, int]]  # a handle and a month of any of its dates,
    together: frozenset[tuple[str, bool]]  # all parties in one, and whether that telling is dated
    groups: dict[Group, None] = field(default_factory=dict)
    recent: OrderedDict[Group, None] = field(default_factory=OrderedDict)  # those a story's next article may tell of, oldest first

    @property
    def vague(self) -> bool:
        return self.when is not None and length(self.when) > VAGUE


def length(when: Stretch) -> int:
    return when[1] - when[0] + 1


@lru_cache(maxsize=65536)
def month_of(ordinal: int) -> int:
    """The months up to that of a day, counted from the year 0."""
    day = date.fromordinal(ordinal)
    return day.year * 12 + day.month - 1


# --- what is compared ---


def all_tellings(sheets: Iterable[FactSheet], articles: Mapping[str, Article]) -> list[Telling]:
    """Every meeting of the sheets, in the order in which they are believed."""
    looks: dict[tuple[object, ...], Look] = {}
    found = []
    for sheet in sheets:
        if not sheet.meetings:
            continue
        types = {a.id: a.type for a in sheet.actors}
        article = articles[sheet.article.id]
        published = days(article.published)
        for m in sheet.meetings:
            possible = possible_days(m, published)
            when = (possible.first.toordinal(), possible.last.toordinal()) if possible else None
            who = sorted(m.participants)
            kinds = tuple(types.get(i, "group") for i in who)
            dated = days(m.start) is not None
            key = (m.title, m.type, m.place, when, dated, kinds, m.absent, *who)
            if key not in looks:
                looks[key] = make_look(m, when, dated, who, kinds)
            found.append(
                Telling(
                    Told(article=article, fact=m), m, article, own_name(m.title, m.start if dated else None, m.id),
                    f"{article.id}/{m.id}", looks[key], published.first.toordinal() if published else None,
                )
            )  # fmt: skip
    return sorted(found, key=in_print)


def in_print(t: Telling) -> tuple[str, int, str]:
    """The order in which tellings are believed: by day, what is planned before what was held."""
    return t.article.published or "", PROGRESS[t.meeting.status], t.article.id


def make_look(m: Meeting, when: Stretch | None, dated: bool, who: Sequence[str], kinds: Sequence[str]) -> Look:
    parties: dict[str, set[str]] = defaultdict(set)
    for actor, kind in zip(who, kinds, strict=True):
        parties[kind].add(actor)
    place = content_words(m.place or "")
    few: Sequence[int] = ()
    months: Sequence[int] = ()
    if when and dated:
        few = range(when[0], when[1] + 1) if length(when) <= COARSE else ()
        months = range(month_of(when[0]), min(month_of(when[1]) + 1, month_of(when[0]) + MONTHS))
    return Look(
        parties={k: frozenset(v) for k, v in parties.items()}, who=frozenset(who), together="&".join(who) if len(who) > 1 else "",
        absent=frozenset(m.absent), type=m.type, place=place, title=content_words(m.title), when=when, dated=dated,
        handles=(*dict.fromkeys(who), *(f"@{word}" for word in place)), days=few, months=months,
    )  # fmt: skip


def picture_of(look: Look) -> Picture:
    """The picture of an event of which only this was told."""
    days_of, months_of = product(look.handles, look.days), product(look.handles, look.months)
    return Picture(
        looks=frozenset({look}), parties=look.parties, who=look.who, absent=look.absent, types=frozenset({look.type}),
        places=frozenset({look.place} if look.place else ()), title=look.title, when=look.when, dated=look.dated, on_days=frozenset(days_of),
        in_months=(in_months := frozenset(months_of)), in_coarse=frozenset() if look.days else in_months,
        together=frozenset({(look.together, look.dated)} if look.together else ()),
    )  # fmt: skip


def with_look(p: Picture, look: Look) -> Picture:
    """The picture of an event of which this was told as well."""
    new = picture_of(look)
    shorter = look.when and (p.when is None or length(look.when) < length(p.when))
    return Picture(
        looks=p.looks | new.looks, parties={k: p.parties.get(k, NOBODY) | new.parties.get(k, NOBODY) for k in {**p.parties, **new.parties}},
        who=p.who | new.who, absent=p.absent | new.absent, types=p.types | new.types, places=p.places | new.places, title=p.title,
        when=look.when if shorter else p.when, dated=p.dated or look.dated, on_days=p.on_days | new.on_days,
        in_coarse=p.in_coarse | new.in_coarse, in_months=p.in_months | new.in_months, together=p.together | new.together,
    )  # fmt: skip


def name_of(m: Meeting) -> str:
    """The id that a meeting's event has if no other article tells of it."""
    return own_name(m.title, m.start if days(m.start) else None, m.id)


@lru_cache(maxsize=65536)
def own_name(title: str, start: str | None, id: str) -> str:
    """An event's id from its first telling: its title and first day; without a date the words of its sentence tell it from its like."""
    plain = slug(title, "event")
    if len(plain) > TITLE_SLUG:
        plain = plain[:TITLE_SLUG].rsplit("-", 1)[0]
    return slug(f"{plain} {start.split('T')[0]}" if start else f"{plain} {id}")


@lru_cache(maxsize=65536)
def content_words(text: str) -> frozenset[str]:
    return frozenset(w for w in slug(text, "").split("-") if w and w not in SMALL_WORDS)


def possible_days(m: Meeting, published: Days | None) -> Days | None:
    """When the meeting may have been: its dates, cut at the article's own: what was held lies before it, what is planned after."""
    when = stretch(m.start, m.end)
    if published is None or m.status == "cancelled":
        return when
    if when is None:
        when = Days(EARLIEST, LATEST, "year")
    if m.status == "held" and when.first <= published.last:
        return Days(when.first, min(when.last, published.last), when.precision)
    if m.status in ("scheduled", "proposed") and when.last >= published.first:
        return Days(max(when.first, published.first), when.last, when.precision)
    return when


# --- joining ---


def join(tellings: Sequence[Telling], separate: Mapping[str, frozenset[str]]) -> list[list[Telling]]:
    """The tellings (in the order of `in_print`) by the events they are of."""
    events = Events()
    groups: list[Group] = []
    for t, horizon in zip(tellings, horizons(tellings), strict=True):
        group = best_event(t, events.near(t.look, horizon), separate)
        if group is None:
            group = Group()
            groups.append(group)
        events.add(t, group)
    return [g.tellings for g in groups]


def horizons(tellings: Sequence[Telling]) -> Iterable[float]:
    """For each telling the earliest day of its article or of one after it: what has aged by then has aged for good."""
    known = [float("inf") if t.published is None else float(t.published) for t in reversed(tellings)]
    return reversed(list(accumulate(known, min)))


def best_event(t: Telling, pictures: Iterable[Picture], separate: Mapping[str, frozenset[str]]) -> Group | None:
    """The one event that a telling fits best."""
    look = t.look
    first, last = look.when or (0, 0)
    best, home = 0.0, None
    for picture in pictures:
        if look.when and picture.when:
            since, until = picture.when
            if not (first <= since and until <= last) and not (since <= first and last <= until):
                continue  # the days of one must be among those of the other; most fail here, so it comes first
        score = likeness(look, picture)
        if score > best or (score == best and home):
            fitting = list(islice((g for g in candidates(t, picture) if may_join(t, g, separate)), 2))
            if fitting:
                home = fitting[0] if score > best and len(fitting) == 1 else None
                best = score
    return home


def candidates(t: Telling, picture: Picture) -> Iterator[Group]:
    """The events of a picture that a telling may be of; where nothing dates one of them, those last told of within a story's life."""
    if t.look.dated and picture.dated:
        yield from picture.groups
    elif t.published is not None:
        for group in reversed(picture.recent):
            if group.last is not None and t.published - group.last <= UNDATED_APART:
                yield group


def may_join(t: Telling, group: Group, separate: Mapping[str, frozenset[str]]) -> bool:
    """Whether the event is told by other articles alone, and nobody decided against it."""
    if t.article.id in group.articles:
        return False
    return not separate or all(other.ref not in separate.get(t.ref, ()) for other in group.tellings)


def likeness(t: Look, p: Picture) -> float:
    """How much speaks for one event whose days agree; 0 for too little, or where anything else speaks against it."""
    agreeing = 0
    for kind, ids in t.parties.items():
        others = p.parties.get(kind)
        if others:
            shared = len(ids & others)
            # More than half of the shorter list: who meets two ministers on one day shares one party of two with the other meeting.
            if 2 * shared <= min(len(ids), len(others)):
                return 0
            agreeing += shared
    if (t.absent and not t.absent.isdisjoint(p.who)) or not p.absent.isdisjoint(t.who) or not kinds_agree(t.type, p.types):
        return 0
    place = same_place(t.place, p.places)
    if place is False and agreeing < 2:
        return 0  # two parties who meet on one day meet once: there the articles disagree on the place, and the event's page says so
    title = overlap(t.title, p.title)
    if not t.dated or not p.dated:
        # Nothing dates one of them: only the same two parties or more, in the same place or by the same name.
        return agreeing + title if agreeing >= 2 and (place or title == 1) else 0
    assert t.when
    assert p.when
    finer, coarser = sorted((length(t.when), length(p.when)))
    if agreeing:
        if coarser > VAGUE and not (agreeing >= 2 and (place or title == 1)):
            return 0  # one of many meetings of that year
        return agreeing + bool(place) + title + 1 / coarser
    return bool(place) + title + 1 / coarser if place and coarser <= 3 and finer == 1 else 0


def same_place(place: frozenset[str], places: Iterable[frozenset[str]]) -> bool | None:
    """Whether it is where the event's articles have it ("Geneva" is "Geneva, Switzerland"); None where nobody says."""
    if not place or not places:
        return None
    return any(place <= other or other <= place for other in places)


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """Share of all words that both have."""
    return len(a & b) / len(a | b) if a and b else 0.0


@cache
def families() -> dict[str, int]:
    """Kinds of meeting with the number of their family; -1 for words that agree with all."""
    data = load("event_types")
    return {word: n for n, family in enumerate(data["families"]) for word in family} | dict.fromkeys(data["any"], -1)


@lru_cache(maxsize=65536)
def kinds_agree(kind: str, others: frozenset[str]) -> bool:
    """Whether a word can name the same meeting as each of the others."""
    return all(one_kind(kind, other) for other in others)


@lru_cache(maxsize=4096)
def one_kind(a: str, b: str) -> bool:
    """Whether two words can name one meeting. An unknown word agrees with itself and the general ones."""
    if a == b:
        return True
    x, y = families().get(fold(a)), families().get(fold(b))
    return x == -1 or y == -1 or (x is not None and x == y)


# --- finding what to compare with ---


class Events:
    """The events so far, and where a telling finds those that it may be of.

    That is: under its days what has the same day, and the coarser dates of their months; under a month all in it; and without a date what has
    all its parties together, which must be two or more.
    """

    def __init__(self) -> None:
        self.pictures: dict[tuple[frozenset[str], frozenset[Look]], Picture] = {}  # by the words of the title and the looks
        self.picture_of: dict[Group, Picture] = {}
        self.on_days: dict[tuple[str, int], set[Picture]] = defaultdict(set)
        self.in_coarse: dict[tuple[str, int, bool], set[Picture]] = defaultdict(set)  # the last of the key: whether the picture is vague
        self.in_months: dict[tuple[str, int, bool], set[Picture]] = defaultdict(set)
        self.of_party: dict[str, set[Picture]] = defaultdict(set)
        self.of_late: dict[tuple[str, bool], set[Picture]] = defaultdict(set)  # by `together`; only where an article told of it of late
        self.half_dated: dict[str, set[Picture]] = defaultdict(set)  # by `together` of tellings without a date, where another has one

    def near(self, look: Look, horizon: float) -> set[Picture]:
        """What is worth comparing with."""
        found: set[Picture] = set()
        index = self.in_coarse if look.days else self.in_months
        vague = look.when is not None and length(look.when) > VAGUE
        for handle in look.handles:
            for day in look.days:
                found.update(self.on_days.get((handle, day), ()))
            for month in look.months:
                for stretched in (False, True):
                    there = index.get((handle, month, stretched))
                    if there and (vague or stretched):
                        found.update(*self.sharing_two(look, there, handle))
                    elif there:
                        found.update(there)
        if look.together:
            found.update(self.told_of_late((look.together, False), horizon))
            found.update(self.half_dated.get(look.together, ()) if look.dated else self.told_of_late((look.together, True), horizon))
        return found

    def sharing_two(self, look: Look, there: set[Picture], handle: str) -> Iterator[set[Picture]]:
        """Those found by a handle that have another of the parties too, for in a long stretch one alone says nothing."""
        if len(look.who) > MANY:
            yield there
        elif len(look.who) > 1:
            for other in look.who:
                if other != handle:
                    yield there & self.of_party[other]

    def told_of_late(self, key: tuple[str, bool], horizon: float) -> set[Picture]:
        """Where all parties were together in a story that still lives; what has aged is struck off until an article tells of it again."""
        there = self.of_late.get(key, set())
        for picture in list(there):
            while picture.recent and horizon - (next(iter(picture.recent)).last or 0) > UNDATED_APART:
                picture.recent.popitem(last=False)
            if not picture.recent:
                there.discard(picture)
        return there

    def add(self, t: Telling, group: Group) -> None:
        """Takes a telling into an event, old or new."""
        group.tellings.append(t)
        group.articles.add(t.article.id)
        if t.published is not None:
            group.last = t.published
        before = self.picture_of.get(group)
        picture = self.picture_with(before, t.look)
        if before is not picture:
            if before:
                self.leave(before, group)
            self.picture_of[group] = picture
            picture.groups[group] = None
        if group.last is not None and picture.together:
            picture.recent[group] = None
            picture.recent.move_to_end(group)
            for key in picture.together:
                self.of_late[key].add(picture)

    def picture_with(self, before: Picture | None, look: Look) -> Picture:
        """The picture of an event once a telling of this look is in it."""
        if before and look in before.looks:
            return before
        key = (before.title, before.looks | {look}) if before else (look.title, frozenset({look}))
        if key not in self.pictures:
            picture = self.pictures[key] = with_look(before, look) if before else picture_of(look)
            for places in self.places_of(picture):
                places.add(picture)
        return self.pictures[key]

    def leave(self, picture: Picture, group: Group) -> None:
        """Takes an event out of a picture that it has outgrown; a picture of none is forgotten."""
        del picture.groups[group]
        picture.recent.pop(group, None)
        if not picture.groups:
            del self.pictures[picture.title, picture.looks]
            for places in self.places_of(picture):
                places.discard(picture)
            for key in picture.together:
                self.of_late[key].discard(picture)

    def places_of(self, p: Picture) -> Iterator[set[Picture]]:
        """All places where a picture stands for as long as an event looks so."""
        for on_day in p.on_days:
            yield self.on_days[on_day]
        for handle, month in p.in_coarse:
            yield self.in_coarse[handle, month, p.vague]
        for handle, month in p.in_months:
            yield self.in_months[handle, month, p.vague]
        for party in p.who:
            yield self.of_party[party]
        for together, dated in p.together:
            if p.dated and not dated:
                yield self.half_dated[together]
