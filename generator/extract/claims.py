"""Finds the claims of an article."""

from __future__ import annotations

from generator.extract.found import Found
from generator.extract.text import Analysed
from generator.model import Claim


def find_claims(text: Analysed, found: Found) -> tuple[Claim, ...]:
    """The claims of an article, in the order of its text."""
    return ()
