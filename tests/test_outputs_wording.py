"""Dates, numbers and lists in words: by each language's own rules, whether the interface speaks it or not."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Evidence, Figure
from generator.outputs.wording import Wording
from generator.theme import find_theme, find_wording


@cache
def wording(language: str) -> Wording:
    return find_wording(find_theme("default", Path("/nonexistent")), language)


def figure(**of: object) -> Figure:
    return Figure(id="f", evidence=Evidence(quote=""), **of)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "day", "short", "full", "month"),
    [
        ("en", "12 September 2031", "12 Sept 2031", "Friday, 12 September 2031", "September 2031"),
        ("en-US", "September 12, 2031", "Sep 12, 2031", "Friday, September 12, 2031", "September 2031"),
        ("de", "12. September 2031", "12. Sept. 2031", "Freitag, 12. September 2031", "September 2031"),
        ("fr", "12 septembre 2031", "12 sept. 2031", "vendredi 12 septembre 2031", "septembre 2031"),
        ("ru", "12 сентября 2031 г.", "12 сент. 2031 г.", "пятница, 12 сентября 2031 г.", "сентябрь 2031 г."),
        ("ja", "2031年9月12日", "2031年9月12日", "2031年9月12日金曜日", "2031年9月"),
        ("tlh-Latn", "12 September 2031", "12 Sept 2031", "Friday, 12 September 2031", "September 2031"),  # Klingon: nobody has its rules
    ],
)
def test_days_are_said_as_the_language_says_them(language: str, day: str, short: str, full: str, month: str) -> None:
    words = wording(language)
    said = [words.date("2031-09-12", form) for form in ("day", "short", "full")]
    assert [s.replace("\u202f", " ") for s in (*said, words.date("2031-09"))] == [day, short, full, month]


@pytest.mark.parametrize(
    ("language", "number", "million", "billion", "percent", "money", "cents"),
    [
        ("en", "−13,000.5", "1 million", "3.5 billion", "12%", "$3.5 billion", "€0.40"),
        ("de", "−13.000,5", "1 Million", "3,5 Milliarden", "12\u00a0%", "3,5 Milliarden\u00a0$", "0,40\u00a0€"),
        ("fr", "−13\u202f000,5", "1 million", "3,5 milliards", "12\u00a0%", "3,5 milliards\u00a0$US", "0,40\u00a0€"),
        ("hi", "−13,000.5", "10 लाख", "3.5 अरब", "12%", "$3.5 अरब", "€0.40"),
        ("ja", "−13,000.5", "100万", "35億", "12%", "$35億", "€0.40"),
    ],
)
def test_numbers_are_written_as_the_language_writes_them(
    language: str, number: str, million: str, billion: str, percent: str, money: str, cents: str
) -> None:
    words = wording(language)
    assert words.number(-13000.5) == number
    assert words.amount(1_000_000) == million
    assert words.amount(3_500_000_000.0) == billion
    assert words.figure(figure(value=12, unit="percent", kind="percent")) == percent
    assert words.figure(figure(value=3.5e9, unit="USD", kind="money")) == money
    assert words.figure(figure(value=0.4, unit="EUR", kind="money")) == cents


def test_any_currency_has_its_sign_or_code() -> None:
    words = wording("en")
    assert words.figure(figure(value=-5, unit="INR", kind="money")) == "−₹5"
    assert words.figure(figure(value=5, unit="CHF", kind="money")) == "CHF\u00a05"
    assert words.unit_is_said("CHF")
    assert not words.unit_is_said("MEP")


def test_a_language_without_translation_has_its_own_dates_and_english_words() -> None:
    words = wording("fr")
    assert words["upcoming"] == "Upcoming"
    assert words.date("2031-05-12") == "12 mai 2031"
    assert words.block("2031-05-12").weekday == "lundi"
    assert words.count("claims", 1200) == "1\u202f200 claims"
    assert words.count("claims", 0) == "0 claims"  # French counts none as one, but the words are English


def test_lists_end_as_the_language_ends_them() -> None:
    assert [wording(x).listed(["a", "b", "c"]) for x in ("en", "de", "ja")] == ["a, b and c", "a, b und c", "a、b、c"]
    assert [wording("en").listed(x) for x in ([], ["a"], ["a", "b"])] == ["", "a", "a and b"]


@settings(deadline=None)
@given(st.one_of(st.integers(-(10**400), 10**400), st.floats()), st.sampled_from(["en", "de", "ja", "ar", "hi"]))
def test_every_number_can_be_said(value: float, language: str) -> None:
    said = wording(language).amount(value)
    assert said
    if abs(value) < 1_000_000 and value == int(value):
        assert int("".join(c for c in said if c.isdigit())) == abs(value)


@settings(deadline=None)
@given(st.text(max_size=12))
def test_every_tag_of_a_language_has_rules(tag: str) -> None:
    assert wording.__wrapped__(tag).date("2031-05-12") if "/" not in tag and "\0" not in tag else True
