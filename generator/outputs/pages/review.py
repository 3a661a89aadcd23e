"""What is missing or doubtful, each with the place where a person puts it right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import NamedTuple

from generator.days import days
from generator.model import Article, Claim, Fact, FactSheet, Figure, Meeting
from generator.outputs import addresses
from generator.outputs.pages.actor import with_page
from generator.outputs.pages.frame import Frame
from generator.outputs.pages.marked import ClaimMeetingFigure, place_of
from generator.outputs.pages.views import Link, Page, Pager, Plan, View

MOST = 500  # things to look at; who has done with these finds the next ones in their place


class Doubt(View, frozen=True):
    """One thing to look at: what is wrong, the fact, and file and line."""

    reason: str
    what: str
    fact: Link
    place: str
    edit_url: str


class Doubtful(NamedTuple):
    """A fact to look at, and why."""

    article: Article
    fact: Claim | Meeting | Figure
    reason: str


def review_pages(frame: Frame) -> Iterator[Plan]:
    """What to look at, in pages; the first has the shares checked and the problems as well."""
    words = frame.words
    found = list(islice(all_doubts(frame), MOST + 1))
    doubts, more = found[:MOST], len(found) > MOST

    def make(path: str, some: Sequence[Doubtful], pager: Pager | None) -> Page:
        first = path == addresses.REVIEW
        unchecked = sheets_unchecked(frame) if first else []
        return frame.page(
            "review.html",
            path,
            with_page(frame, words["review"], pager),
            words["review_intro"],
            section="review",
            index=False,
            heading=words["review"],
            total=len(doubts),
            more=more,
            doubts=[doubt(frame, d) for d in some],
            unchecked=[share(frame, *u) for u in unchecked[: frame.per_page]],
            unchecked_left_out=max(0, len(unchecked) - frame.per_page),
            problems=[(p, str(p)) for p in frame.site.problems[: frame.per_page]] if first else (),
            problems_left_out=max(0, len(frame.site.problems) - frame.per_page) if first else 0,
            pager=pager,
        )

    for path, some, pager in frame.listing(doubts, addresses.REVIEW):
        given = [len(doubts), more, pager, [d.reason for d in some], frame.keys.told(some)]
        yield Plan(path, partial(make, path, some, pager), None if path == addresses.REVIEW else given)


def sheets_unchecked(frame: Frame) -> list[tuple[FactSheet, int, int]]:
    """The sheets with facts that nobody has checked; of how many facts how many are."""
    counted = ((s, *checked_of(s.claims, s.meetings, s.figures)) for s in frame.site.sheets)
    return [(s, done, of) for s, done, of in counted if done < of]


def share(frame: Frame, sheet: FactSheet, done: int, of: int) -> Link:
    """How many facts of a sheet a person has checked."""
    words, article = frame.words, sheet.article
    said = words.say("share_checked", checked=words.number(done), n=words.number(of))
    return Link(article.title or article.id, addresses.article_page(article.id), said)


def checked_of(*kinds: tuple[Fact, ...]) -> tuple[int, int]:
    facts = [f for kind in kinds for f in kind]
    return sum(f.checked for f in facts), len(facts)


def all_doubts(frame: Frame) -> Iterator[Doubtful]:
    """Facts to look at, newest articles first. What a person vouched for is settled, save lost evidence."""
    words = {name: frame.words[name] for name in ("review_lost", "review_new", "review_doubtful", "review_unnamed", "review_undated")}
    for sheet in frame.site.sheets:
        facts = (f for kind in (sheet.claims, sheet.meetings, sheet.figures) for f in kind)
        doubts = [Doubtful(sheet.article, fact, reason) for fact in facts for reason in reasons(words, sheet.article, fact)]
        yield from sorted(doubts, key=lambda d: place_of(d.fact))


def reasons(words: Mapping[str, str], article: Article, fact: ClaimMeetingFigure) -> Iterator[str]:
    """Why a person should look at a fact."""
    if fact.evidence.start is None:
        yield words["review_lost"]
    if fact.checked:
        return
    if article.checked:
        yield words["review_new"]
    if fact.doubtful:
        yield fact.reason or words["review_doubtful"]
    if isinstance(fact, Claim) and not fact.speaker:
        yield words["review_unnamed"]
    if isinstance(fact, Meeting) and not days(fact.start):
        yield words["review_undated"]


def doubt(frame: Frame, doubtful: Doubtful) -> Doubt:
    """What the page says of it."""
    article, fact, reason = doubtful
    card = frame.cards.card(article, fact)
    place = addresses.edit_place(frame.site, article.id, fact) or ""
    what = card.what or card.evidence
    return Doubt(reason, what, Link(article.title or article.id, card.url, frame.words.word("kinds", card.kind)), place, card.edit_url)
