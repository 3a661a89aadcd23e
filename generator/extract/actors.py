"""Finds the actors of an article."""

from __future__ import annotations

from generator.extract.found import Found
from generator.extract.text import Analysed
from generator.model import Actor


def find_actors(text: Analysed, found: Found) -> tuple[Actor, ...]:
    """The actors of an article, in the order of its text."""
    return ()
