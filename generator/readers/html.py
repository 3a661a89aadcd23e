"""Saved pages."""

from __future__ import annotations

from generator.model import Article
from generator.readers.paste import read_text


def read_html(content: bytes, file: str) -> Article:
    """The article in a saved page."""
    return read_text(content, file)
