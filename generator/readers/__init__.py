"""Bytes and a file name → Article. `READERS` says which reader takes which ending."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from generator.model import Article
from generator.readers.html import read_html
from generator.readers.markdown import read_markdown
from generator.readers.paste import read_text
from generator.readers.source import ReadError
from generator.readers.write import to_markdown

__all__ = ["READERS", "ReadError", "Reader", "read_article", "to_markdown"]

Reader = Callable[[bytes, str], Article]

# Characters of one article's text, a book of 300 pages. spaCy's own bound is twice that, and wants 1 GB of memory for it.
LONGEST = 500_000

READERS: dict[str, Reader] = {".txt": read_text, ".md": read_markdown, ".html": read_html, ".htm": read_html}


def read_article(content: bytes, file: str) -> Article:
    """The article in a file's bytes, by the file's ending. Raises ReadError on what is no article."""
    suffix = PurePath(file).suffix.lower()
    if suffix not in READERS:
        raise ReadError(file, "this file's name does not say what kind of article it is", f"end it in one of {', '.join(READERS)}")
    article = READERS[suffix](content, file)
    if len(article.text) > LONGEST:
        raise ReadError(
            file, f"the article has {len(article.text):,} characters", f"no more than {LONGEST:,} are read: split it into several"
        )
    return article
