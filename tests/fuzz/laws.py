"""What holds of every article, whatever it was read from, and the texts that fuzzing starts with."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import msgspec

from generator.model import Article
from generator.readers import Reader, ReadError, to_markdown
from generator.readers.markdown import read_markdown
from generator.words import slug

ROOT = Path(__file__).parents[2]
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2028\u2029\u202a-\u202e\ufeff\ud800-\udfff]")


def own(*patterns: str) -> list[bytes]:
    """The files of ours that fit one of the patterns."""
    return [p.read_bytes() for pattern in patterns for p in sorted(ROOT.glob(pattern))]


def hold(article: Article, file: str) -> None:
    """Raises where an article is not what readers promise."""
    assert article.text.strip(), "no text"
    assert article.title.strip(), "no title"
    for text in (article.text, article.title, article.publisher or "", article.author or ""):
        assert not UNSEEN.search(text), "a character that nobody sees"
    assert article.id == slug(Path(file).stem, "article")
    assert article.language == article.language.lower()
    for day in (article.published, article.updated):
        assert day is None or date.fromisoformat(day).isoformat() == day
    if article.url is not None:
        assert re.match(r"https?://[^\s/]", article.url, re.I), article.url
    assert msgspec.json.decode(msgspec.json.encode(article), type=Article) == article


def comes_back(article: Article) -> None:
    """As Markdown, which is how `add` keeps it, an article says the same."""
    again = read_markdown(to_markdown(article).encode(), article.file)
    assert again.text.split() == article.text.split(), "other words"
    assert again.title.split() == article.title.split(), "another title"
    assert (again.published, again.updated) == (article.published, article.updated)


def read(reader: Reader, data: bytes, file: str) -> None:
    """Reads one file, which is an article or refused by name, and holds the article to the laws."""
    try:
        article = reader(data, file)
    except ReadError as error:
        refused = error
    else:
        hold(article, file)
        comes_back(article)
        return
    assert str(refused).startswith(file)
