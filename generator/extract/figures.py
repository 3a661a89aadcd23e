"""Finds the figures of an article."""

from __future__ import annotations

from generator.extract.found import Found
from generator.extract.text import Analysed
from generator.model import Figure


def find_figures(text: Analysed, found: Found) -> tuple[Figure, ...]:
    """The figures of an article, in the order of its text."""
    return ()
