"""What templates get: the nouns of the pages, with every join done and every value in words.

All addresses are relative to the site's root ("actors/dmitry-peskov.html"); a template puts `root` before them. Values are frozen and plain, so a
page's context can be compared with the last build's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

STRIDES = (1, 4, 16, 64, 256)


class View(msgspec.Struct, frozen=True):
    """What all views share: frozen."""


class Link(View, frozen=True):
    """A name and where it leads; no address where there is no page."""

    text: str
    url: str = ""
    note: str = ""  # beside the name: a role, a count


class Card(View, kw_only=True, frozen=True):
    """A fact as every page shows it: what, who says so, when, and the evidence."""

    kind: str  # "claim", "meeting", "figure"
    anchor: str  # id on its article's page
    url: str  # its permanent address
    what: str
    who: Link | None = None  # the speaker, or who gives a figure
    who_words: str = ""  # the article's words where no actor is named
    role: str = ""  # of `who`, as this article words it
    article: Link
    publisher: str = ""
    reported: str | None = None  # ISO day of the article
    evidence: str = ""
    lost: bool = False  # the quotation is not in the text
    text_url: str = ""  # its words in our copy of the text
    words_url: str = ""  # its words on the publisher's page
    edit_url: str = ""
    language: str = ""  # of the article, where it is not the site's
    checked: bool = False
    doubtful: bool = False
    reason: str = ""
    note: str = ""
    verdict: str = ""


class ClaimCard(Card, kw_only=True, frozen=True):
    """`what` is what is claimed, in quotation marks where it is a quotation."""

    verb: str = ""
    verb_kind: str = "said"
    mode: str = "indirect"
    to: Link | None = None
    about: tuple[Link, ...] = ()


class MeetingCard(Card, kw_only=True, frozen=True):
    """`what` is the meeting's title."""

    event: Link
    type: str
    status: str
    start: str | None = None
    end: str | None = None
    place: str = ""
    participants: tuple[Link, ...] = ()
    absent: tuple[Link, ...] = ()


class FigureCard(Card, kw_only=True, frozen=True):
    """`what` is what is counted."""

    modifier: str = ""  # "around"
    number_text: str  # "100,000"
    unit: str = ""  # where neither the number nor `what` says it
    as_of: str | None = None
    quantity: Link | None = None


class Crumb(View, frozen=True):
    """A step of the way from the home page to this one; the last has no address."""

    text: str
    url: str = ""


class Pager(View, frozen=True):
    """Where a page stands in a long listing. Its links are made when it is shown, for most pages are planned and not made again."""

    first: str  # path of the first page
    page: int
    pages: int

    @property
    def previous(self) -> str:
        return numbered(self.first, self.page - 1) if self.page > 1 else ""

    @property
    def next(self) -> str:
        return numbered(self.first, self.page + 1) if self.page < self.pages else ""

    @property
    def numbers(self) -> tuple[Link, ...]:
        """The ends, the neighbours, and longer and longer strides, so that any page is few steps off; no text between them means a gap."""
        wanted = {1, self.pages, self.page, *(self.page + sign * stride for stride in STRIDES for sign in (-1, 1))}
        numbers = []
        last = 0
        for n in sorted(k for k in wanted if 1 <= k <= self.pages):
            if n > last + 1:
                numbers.append(Link(""))
            numbers.append(Link(str(n), numbered(self.first, n)))
            last = n
        return tuple(numbers)


def numbered(path: str, n: int) -> str:
    """The address of the nth page of a listing. Two hyphens, for `satellites-2` may be the name of something else."""
    return path if n == 1 else path.removesuffix(".html") + f"{'-' if path.endswith('/index.html') else '--'}{n}.html"


class Head(View, kw_only=True, frozen=True):
    """What a page says of itself in its `<head>` and frame."""

    path: str
    root: str  # "../" as often as the page lies deep
    title: str
    description: str
    section: str = ""  # which entry of the menu it belongs to
    canonical: str = ""  # absolute; empty without a base_url
    picture: str = ""  # absolute where there is a base_url
    og_type: str = "website"
    json_ld: str = ""  # ready to stand in a script element
    feed: str = ""  # an Atom feed of this page's own matter
    calendar: str = ""  # and its .ics
    data: str = ""  # and its JSON
    crumbs: tuple[Crumb, ...] = ()
    index: bool = True  # whether search engines should keep it


class Page(View, frozen=True):
    """A page to be rendered: its template and what that gets, beside `head` and the site's frame."""

    template: str
    head: Head
    context: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """A page that may be made: its path, how, and of what (as `given` of a `Draft`)."""

    path: str
    make: Callable[[], Page]
    given: Any = None
    day: str = ""  # of the newest article whose facts it shows
    mapped: bool = True  # whether it belongs on a map of the site
