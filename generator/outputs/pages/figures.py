"""Figures by quantity: a list of all, and a page for each that several figures measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import msgspec
from markupsafe import Markup

from generator.model import Figure, Quantity, Told
from generator.outputs import addresses
from generator.outputs.pages.actor import with_page
from generator.outputs.pages.cards import capital
from generator.outputs.pages.charts import values_chart
from generator.outputs.pages.frame import Frame, day_of
from generator.outputs.pages.lists import listed
from generator.outputs.pages.views import Card, Crumb, Link, Page, Pager, Plan, View

ON_CARD = 3


class QuantityLine(View, frozen=True):
    """A quantity in a list: its newest value and who gives it."""

    link: Link
    newest: Card
    total: int
    disputed: bool
    values: tuple[Card, ...]  # the newest few, where sources differ
    chart: Markup | None = None


def quantity_line(frame: Frame, quantity: Quantity) -> QuantityLine:
    cards = [frame.cards.told(t) for t in quantity.figures[:ON_CARD]]
    chart = (
        values_chart(frame.words, frame.words.say("chart_of", label=quantity.label), quantity.figures)
        if addresses.has_page(quantity)
        else None
    )
    return QuantityLine(
        Link(capital(quantity.label), addresses.quantity_place(quantity)),
        cards[0],
        len(quantity.figures),
        quantity.disputed,
        tuple(cards),
        chart,
    )


def figure_lists(frame: Frame) -> Iterator[Plan]:
    """All quantities, those with most figures first; and a page for each that several figures measure."""

    def rows(some: Sequence[Quantity]) -> dict[str, Any]:
        return {"lines": [quantity_line(frame, q) for q in some]}

    name, key = frame.words["figures"], frame.keys.quantity
    yield from listed(
        frame, "figures.html", addresses.FIGURES, "figures", frame.site.quantities, rows, key, name, count="quantities", picture="figure"
    )  # fmt: skip
    for quantity in filter(addresses.has_page, frame.site.quantities):
        yield from quantity_pages(frame, quantity)


def quantity_pages(frame: Frame, quantity: Quantity) -> Iterator[Plan]:
    """The figures of a quantity, in pages; the chart of all stands on the first."""
    words = frame.words
    first = addresses.quantity_page(quantity.id)

    def make(path: str, some: Sequence[Told], pager: Pager | None) -> Page:
        chart = values_chart(words, words.say("chart_of", label=quantity.label), quantity.figures) if path == first else None
        newest = frame.cards.told(quantity.figures[0])
        return frame.page(
            "quantity.html",
            path,
            capital(quantity.label),
            f"{quantity.label}: {words.figure(figure_of(quantity.figures[0]))}. {words.count('figures', len(quantity.figures))}.",
            full_title=with_page(frame, frame.titles[first], pager),
            section="figures",
            picture="figure",
            thing=msgspec.structs.replace(quantity, figures=tuple(some)),
            crumbs=(Crumb(words["figures"], addresses.FIGURES),),
            quantity=quantity,
            heading=capital(quantity.label),
            newest=newest,
            chart=chart,
            cards=[frame.cards.told(t) for t in some],
            pager=pager,
        )

    for path, some, pager in frame.listing(quantity.figures, first):
        shown = quantity if path == first else msgspec.structs.replace(quantity, figures=(quantity.figures[0], *some))
        given = [frame.titles[first], frame.keys.quantity(shown), len(quantity.figures), pager]
        yield Plan(path, partial(make, path, some, pager), given, day_of(some))


def figure_of(told: Told) -> Figure:
    assert isinstance(told.fact, Figure)
    return told.fact
