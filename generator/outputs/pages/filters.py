"""Ways to part a long listing: each value of a filter is a page of its own, and months stand by year."""

from __future__ import annotations

from collections.abc import Iterable

from generator.outputs.pages.views import Link, View
from generator.outputs.wording import Wording


class Row(View, frozen=True):
    """Values of a filter that stand together: all of them, or the months of the year that `label` names."""

    links: tuple[Link, ...]
    label: str = ""


class Filter(View, frozen=True):
    """A way to part a listing, and its values with their pages."""

    title: str
    rows: tuple[Row, ...]
    more: Link | None = None  # where values are that have no room here


def by_year(words: Wording, months: Iterable[tuple[int, int, str, int]]) -> tuple[Row, ...]:
    """Months (year, month, page, how many entries) as a row a year, in the order they come; the text is the month's short name."""
    years: dict[int, list[Link]] = {}
    for year, month, url, entries in months:
        years.setdefault(year, []).append(Link(words.rules.months_short[month - 1], url, words.number(entries)))
    return tuple(Row(tuple(links), f"{year:04}") for year, links in years.items())
