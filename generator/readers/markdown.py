"""Markdown articles with front matter."""

from __future__ import annotations

from generator.model import Article
from generator.readers.paste import read_text


def read_markdown(content: bytes, file: str) -> Article:
    """The article in a `.md` file."""
    return read_text(content, file)
