"""Finds the meetings of an article."""

from __future__ import annotations

from generator.extract.found import Found
from generator.extract.text import Analysed
from generator.model import Meeting


def find_meetings(text: Analysed, found: Found) -> tuple[Meeting, ...]:
    """The meetings of an article, in the order of its text."""
    return ()
