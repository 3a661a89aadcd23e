"""Finds the meetings of an article: joins the places that tell of one event into one fact."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from generator.extract.find_tellings import find_tellings
from generator.extract.found import Found
from generator.extract.meeting_words import meeting_words
from generator.extract.occasions import When, precision
from generator.extract.story import Story
from generator.extract.tellings import Telling
from generator.extract.text import Analysed
from generator.model import Meeting, Span, Status
from generator.words import fact_id

UMBRELLAS = frozenset({"summit", "conference", "festival", "fair"})
BRIEFED = frozenset({"briefing", "press conference"})
ELSEWHERE = frozenset({"call", "dinner", "press conference", "ceremony", "rally", "vote", "election"})
NEAR = 300  # characters: two or three sentences


@dataclass
class Event:
    """Tellings of one meeting while they are being joined."""

    tellings: list[Telling] = field(default_factory=list)  # only added to
    published: str | None = None  # the article's day
    _read: int = 0  # how many of them are in `_when`
    _when: When | None = None

    @property
    def when(self) -> When | None:
        """The time that all tellings make together."""
        for t in self.tellings[self._read :]:
            if t.when:
                self._when = t.when if self._when is None else sharper(self._when, t.when)
        self._read = len(self.tellings)
        return self._when

    @property
    def parties(self) -> dict[str, None]:
        """All parties, each once, in order of the tellings."""
        return dict.fromkeys(p for t in self.tellings for p in t.parties)

    @property
    def start(self) -> int:
        """Where the telling stands that shows the event best."""
        return self.main.start

    @property
    def main(self) -> Telling:
        """The telling that shows the event best: dated, with parties; the earliest of equals."""
        return max(self.tellings, key=lambda t: (t.when is not None and t.when.start is not None, t.sure, bool(t.parties), -t.start))


def sharper(a: When, b: When) -> When:
    """Both times in one: the more precise day, and the time of day and the end from where they are told."""
    if a.start is None or b.start is None:
        day = a if b.start is None else b
        clock = a if a.clock else b
        return When(day.start, a.end or b.end, clock.clock, clock.zone)
    best, other = (a, b) if precision(a) >= precision(b) else (b, a)
    clock = best if best.clock else other if other.clock and other.start == best.start else best
    end = best.end or (other.end if precision(best) == 3 and other.start == best.start else None)
    return When(best.start, end, clock.clock, clock.zone)


def agree(a: When | None, b: When | None) -> bool:
    """Whether two times can be one."""
    x, y = a.bounds() if a else None, b.bounds() if b else None
    return x is None or y is None or (x[0] <= y[1] and y[0] <= x[1])


def kin(a: Telling, b: Telling) -> bool:
    """Whether the names of two types can mean one event."""
    return a.family == b.family or (a.family, b.family) in meeting_words().kin


def fit(event: Event, telling: Telling) -> float:
    """How well a telling fits an event; 0: it is another."""
    relatives = [t for t in event.tellings if kin(t, telling)]
    when = event.when
    if not relatives or not agree(when, telling.when) or clash(event, telling):
        return 0.0
    general = meeting_words()["general"]
    same_type = any(t.type == telling.type for t in relatives)
    if not telling.sure and telling.when and re.fullmatch(r"\d{4}", telling.when.start or "") and not (when and when.start):
        return 0.0  # the year of a name does not date what is told without a day: "the 2023 tournament"
    if not telling.definite and not same_type and any(BRIEFED & {telling.type, t.type} for t in relatives):
        return 0.0  # who tells "a briefing" of a meeting was in two
    loose = telling.type in general or all(t.type in general for t in relatives)
    dated = bool(when and when.start and telling.when and telling.when.start)
    same_day = dated and when is not None and telling.when is not None and when.day and telling.when.start == when.start
    if umbrella(event, telling):
        return 0.0
    if telling.sure and not (telling.definite or same_day) and apart(event, telling, same_type):
        return 0.0
    mine, theirs = set(telling.parties), set(event.parties)
    points = telling.definite and not telling.sure
    gap = before(event, telling)
    if telling.sure and not telling.definite and not same_day and any(t.sentence == telling.sentence and t.sure for t in event.tellings):
        return 0.0  # one sentence tells of two
    if (telling.other and not same_day) or (points and not same_type and (gap is None or named(telling))):
        return 0.0
    family = any(t.family == telling.family for t in relatives)
    score = 1.0 * same_type + 0.5 * family + 0.5 * loose + 2.0 * same_day + 1.0 * dated + 1.0 * telling.definite
    if telling.pointing and gap is not None and gap < NEAR:
        score += 2.0
    told_here = any(t.type == "dinner" or t.sentence == telling.sentence for t in event.tellings)
    if telling.sure and not telling.definite and telling.type == "dinner" and not told_here:
        return 0.0  # "held talks with Lang. They dined at the theatre"
    if telling.sure and not telling.definite and not dated and not same_type and len(mine) > 1 and mine - theirs and len(theirs) < 3:
        return 0.0  # "will hold talks with Lang" is not the summit told of before: what is told of for the first time stands without "the"
    if mine and theirs:
        overlap = 1.0 if council(mine, theirs) or council(theirs, mine) else len(mine & theirs) / min(len(mine), len(theirs))
        if not overlap and not (points and gap is not None and (gap < NEAR or telling.here)):
            return 0.0
        if telling.sure and len(mine) > 1 and len(theirs) > 1 and overlap < 1 and not telling.definite and not (same_day and overlap > 0.5):
            return 0.0  # the same man met two others
        score += 2.0 * overlap
    elif not mine and telling.sure and not (same_type or loose):
        return 0.0
    if telling.status == "cancelled" and not dated and same_type:
        score += 1.0  # put off, to a day told elsewhere
    return score


def umbrella(event: Event, telling: Telling) -> bool:
    """Whether one is a summit and the other a meeting of two that is told as one of its own: they share neither type nor parties."""
    mine, theirs = telling.type in UMBRELLAS, any(t.type in UMBRELLAS for t in event.tellings)
    if mine == theirs:
        return False
    two, many = (event.parties, telling.parties) if mine else (telling.parties, event.parties)
    return len(two) > 1 and len(set(two) & set(many)) < 2


def apart(event: Event, telling: Telling, same_type: bool) -> bool:
    """Whether "Poe met Roe" speaks against an event told before: people who meet do not telephone or dine, nor are they the ministers of a meeting."""
    if telling.type != "talks" and (telling.type != "meeting" or telling.noun):
        return False
    if not same_type and all(t.type in ELSEWHERE for t in event.tellings):
        return True
    return len(telling.parties) > 1 and not event.parties and any(t.unnamed for t in event.tellings)


def counted(event: Event) -> list[Event]:
    """The earlier event of the same parties that one is counted after: "the call will be the second this December"."""
    parties = tuple(event.parties)
    told = [t for t in event.tellings if t.second_of is not None and parties]
    earlier = [replace(t, when=t.second_of, parties=parties, status="held", place=None, second_of=None, title="") for t in told[:1]]
    return [Event([t], event.published) for t in earlier]


def council(bodies: set[str], parties: set[str]) -> bool:
    """Whether one of the bodies is that of two of the parties: "the NATO–Russia Council" of NATO and Russia."""
    return any(sum(set(p.split("-")) < set(b.split("-")) for p in parties) > 1 for b in bodies)


def before(event: Event, telling: Telling) -> int | None:
    """Characters since the event was told last; None where it is only told later."""
    return min((telling.start - t.start for t in event.tellings if t.start <= telling.start), default=None)


def named(telling: Telling) -> bool:
    """Whether a noun carries a name of its own: "the 'human dimension' conference" does not point to any conference told before."""
    return sum("-" not in w for w in telling.title.split()) > 1


def clash(event: Event, telling: Telling) -> bool:
    """Whether status or place speak against one event."""
    dated = bool(telling.when and telling.when.start)
    status = status_of(event, event.when, event.published)
    if telling.sure and not (dated or telling.definite) and telling.status in ("scheduled", "proposed") and status == "held":
        return True  # "would hold a meeting" is none that was held
    if not dated and (telling.status, status) in (("cancelled", "held"), ("held", "scheduled"), ("held", "proposed")):
        return True
    for t in event.tellings:
        if "cancelled" in (t.status, telling.status) and t.status != telling.status and dated and t.when and t.when.start:
            return True
    places = {t.place for t in event.tellings if t.place}
    if telling.place and places and not any(telling.place in p or p in telling.place for p in places):
        when = event.when
        same_day = dated and when is not None and when.day and telling.when is not None and telling.when.start == when.start
        new = (
            telling.sure
            and telling.noun
            and telling.family != "talk"
            and not telling.definite
            and all(t.type != telling.type for t in event.tellings)
        )
        return new or not same_day
    return False


def find_meetings(text: Analysed, found: Found) -> tuple[Meeting, ...]:
    """The meetings of an article, in the order of its text."""
    tellings = find_tellings(text, found)
    if not tellings:
        return ()
    story = Story(text, found)
    events: list[Event] = []
    sure = [t for t in tellings if t.sure]
    for telling in sorted(sure, key=lambda t: not (t.when and t.when.start)):
        told_today = (
            replace(telling, when=story.when(telling.start))
            if telling.when is None and telling.here and telling.status == "held"
            else telling
        )
        if not attach(events, told_today, 2.0):
            events.append(Event([told_today], text.article.published))
    for telling in tellings:
        if not telling.sure:
            attach(events, telling, 1.5) or stand(events, telling, story)
    events += [earlier for event in events for earlier in counted(event)]
    for event in events:
        if event.main.type == "trial" and (accused := story.accused):
            event.tellings.append(replace(event.main, parties=accused))
    taken: set[str] = set()
    meetings = []
    for event in sorted(events, key=lambda e: e.start):
        meeting = as_meeting(event, text, found, taken)
        taken.add(meeting.id)
        meetings.append(meeting)
    return tuple(meetings)


def attach(events: list[Event], telling: Telling, least: float) -> bool:
    """Joins a telling to the event it fits best, the nearest told before it where several fit alike; False where it fits none."""
    best, best_score = None, 0.0
    for event in events:
        score = fit(event, telling)
        if score:
            gap = before(event, telling)
            near = 2 * min(abs(telling.start - t.start) for t in event.tellings) if gap is None else gap
            score += 1.0 / (1 + near / NEAR)
        if score > best_score:
            best, best_score = event, score
    if best is None or best_score < least:
        return False
    best.tellings.append(telling)
    return True


def stand(events: list[Event], telling: Telling, story: Story) -> bool:
    """Lets a telling that joined nothing stand for itself where somebody took part in it as the story happened: "told a news conference"."""
    if not telling.here or telling.status != "held" or telling.other:
        return False
    parties = telling.parties or (story.hero if telling.type in ("meeting", "session", "hearing") else ())
    if not parties:
        return False
    told_today = replace(telling, when=telling.when or story.when(telling.start), parties=parties)
    events.append(Event([told_today], story.text.article.published))
    return True


def as_meeting(event: Event, text: Analysed, found: Found, taken: set[str]) -> Meeting:
    """The fact that an event's tellings make."""
    main, when = event.main, event.when
    evidence = text.evidence(main.start, main.end)
    absent = dict.fromkeys(a for t in event.tellings for a in t.absent)
    participants = tuple(p for p in event.parties if p not in absent)
    vague = (when is None or when.start is None) and len(participants) < 2
    others = dict.fromkeys(t.sentence for t in sorted(event.tellings, key=lambda t: t.start) if t.sentence != main.sentence)
    return Meeting(
        id=fact_id(evidence.quote, taken),
        title=title_of(event, found, participants),
        type=type_of(event),
        status=status_of(event, when, text.article.published),
        start=when.iso() if when else None,
        end=when.end if when else None,
        place=next((t.place for t in [main, *event.tellings] if t.place), None),
        participants=participants,
        absent=tuple(absent),
        evidence=evidence,
        doubtful=vague,
        reason="neither a day nor two parties are told" if vague else None,
        mentions=tuple(Span(a, b) for a, b in others),
    )


def status_of(event: Event, when: When | None, published: str | None) -> Status:
    """Status as of the day of publication: the words' where they say it, the date's where the words cannot."""
    main = event.main
    status = main.status or next((t.status for t in event.tellings if t.status and t.status != "cancelled"), None)
    if main.status == "scheduled" and any(
        t.status == "cancelled" and t.definite and not t.when and t.start > main.start for t in event.tellings
    ):
        return "cancelled"  # "was to meet Lang last night, but the talks were called off"
    if status == "cancelled" or any(t.status == "cancelled" and t.when == when for t in event.tellings):
        return "cancelled"
    bounds = when.bounds() if when else None
    if bounds and published:
        if bounds[0] > published and status != "proposed":
            return "scheduled"
        if bounds[1] < published and status != "proposed":
            return "held"
    return status or "held"


def type_of(event: Event) -> str:
    """The most telling of the types: "call" before "meeting", a noun's before a verb's."""
    return min(event.tellings, key=lambda t: (t.type in meeting_words()["general"], not t.noun, t.start)).type


def title_of(event: Event, found: Found, participants: tuple[str, ...]) -> str:
    """A short title in the article's words: the fullest noun phrase, or the type and two of the parties."""
    titles = [t.title for t in sorted(event.tellings, key=lambda t: (not t.sure, t.start)) if " " in t.title and t.type == type_of(event)]
    if titles:
        return titles[0]
    names = [found.who.by_id[p].name for p in participants[:2] if p in found.who.by_id]
    kind = type_of(event)
    if not names:
        return kind
    joiner = " between " if kind in ("call", "talks", "meeting", "summit", "debate", "conversation") and len(names) > 1 else " of "
    return f"{kind}{joiner}{' and '.join(names)}"
