"""Finds the dates of an article."""

from __future__ import annotations

from generator.extract.found import Found
from generator.extract.text import Analysed
from generator.model import DateMention


def find_dates(text: Analysed, found: Found) -> tuple[DateMention, ...]:
    """The dates of an article, in the order of its text."""
    return ()
