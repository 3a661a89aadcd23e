"""What is missing or doubtful, each with the place where a person puts it right."""

from __future__ import annotations

from collections.abc import Iterator

from generator.days import days
from generator.model import Article, Claim, Fact, Figure, Meeting
from generator.outputs import addresses
from generator.outputs.pages.actor import with_page
from generator.outputs.pages.frame import Frame
from generator.outputs.pages.marked import facts_in_order
from generator.outputs.pages.views import Link, Page, View


class Doubt(View, frozen=True):
    """One thing to look at: what is wrong, the fact, and file and line."""

    reason: str
    what: str
    fact: Link
    place: str
    edit_url: str


def review_pages(frame: Frame) -> Iterator[Page]:
    words = frame.words
    doubts = list(all_doubts(frame))
    unchecked = [
        Link(
            s.article.title or s.article.id,
            addresses.article_page(s.article.id),
            words.say("share_checked", checked=words.number(done), n=words.number(n)),
        )
        for s in frame.site.sheets
        for done, n in [checked_of(s.claims, s.meetings, s.figures)]
        if done < n
    ]
    for path, some, pager in frame.listing(doubts, addresses.REVIEW):
        first = path == addresses.REVIEW
        yield frame.page(
            "review.html",
            path,
            with_page(frame, words["review"], pager),
            words["review_intro"],
            section="review",
            index=False,
            heading=words["review"],
            total=len(doubts),
            doubts=some,
            unchecked=unchecked[: frame.per_page] if first else (),
            unchecked_left_out=max(0, len(unchecked) - frame.per_page) if first else 0,
            problems=[(p, str(p)) for p in frame.site.problems] if first else (),
            pager=pager,
        )


def checked_of(*kinds: tuple[Fact, ...]) -> tuple[int, int]:
    facts = [f for kind in kinds for f in kind]
    return sum(f.checked for f in facts), len(facts)


def all_doubts(frame: Frame) -> Iterator[Doubt]:
    """Facts to look at, newest articles first. What a person vouched for is settled, save lost evidence."""
    words = frame.words
    for sheet in frame.site.sheets:
        for fact in facts_in_order(sheet):
            if fact.evidence.start is None:
                yield doubt(frame, sheet.article, fact, words["review_lost"])
            if fact.checked:
                continue
            if fact.doubtful:
                yield doubt(frame, sheet.article, fact, fact.reason or words["review_doubtful"])
            if isinstance(fact, Claim) and not fact.speaker:
                yield doubt(frame, sheet.article, fact, words["review_unnamed"])
            if isinstance(fact, Meeting) and not days(fact.start):
                yield doubt(frame, sheet.article, fact, words["review_undated"])


def doubt(frame: Frame, article: Article, fact: Claim | Meeting | Figure, reason: str) -> Doubt:
    card = frame.cards.card(article, fact)
    place = addresses.edit_place(frame.site, article.id, fact) or ""
    what = card.what or card.evidence
    return Doubt(reason, what, Link(article.title or article.id, card.url, frame.words.word("kinds", card.kind)), place, card.edit_url)
