"""What makes keys, paths, addresses and text fragments of any words: quotations are found, and nothing leaves its place."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from generator.model import Evidence
from generator.outputs.addresses import part, relative, safe_url, text_directive
from generator.publish import check_path
from generator.words import LONGEST_SLUG, RESERVED, fact_id, find_quote, fold, locate, slug, squeeze
from tests.fuzz.laws import own
from tests.hostile import payloads


def seeds() -> list[bytes]:
    """Hostile strings, and the demonstration's texts; the first four bytes say which stretch is the quotation."""
    texts = [*[p.encode("utf-8", "replace") for p in payloads()], *own("content/articles/*.txt")]
    return [bytes([n % 256, 0, (n * 3) % 256, 0]) + text for n, text in enumerate(texts)]


def target(data: bytes) -> None:
    """One text, and a quotation from it."""
    text = data[4:].decode("utf-8", "replace")
    a, b = int.from_bytes(data[:2], "little"), int.from_bytes(data[2:4], "little")
    start = a % (len(text) + 1)
    end = min(len(text), start + b % (len(text) + 1))
    quoted(text, start, end)
    keyed(text[start:end])
    addressed(text[start:end])


def quoted(text: str, start: int, end: int) -> None:
    """What was cut out of a text is found again, also where white space differs, and a link leads to it."""
    quote = text[start:end]
    place = find_quote(squeeze(quote), text, start)
    if not quote.split():
        assert place is None
        return
    assert place is not None
    assert text[place[0] : place[1]].split() == quote.split()
    found = locate(Evidence(quote=quote), text)
    assert found.start is not None
    assert found.end is not None
    directive = text_directive(found, text)
    assert directive is not None
    assert re.fullmatch(r"[\w.~!*'()%,-]+", directive, re.A), directive
    pieces = [p.strip("-") for p in directive.split(",")]
    assert all(unquote(p).split() for p in pieces)
    assert all(w.lower() in text.lower() for p in pieces for w in unquote(p).split())


def keyed(words: str) -> None:
    """A slug is a safe name, and its own slug."""
    made = slug(words)
    assert slug(made) == made
    assert re.fullmatch(r"[^\W_]+(-[^\W_]+)*-?", made), made
    assert len(made) <= LONGEST_SLUG + 1
    assert made not in RESERVED
    assert fold(fold(words)) == fold(words)
    assert fact_id(words, {fact_id(words)}) != fact_id(words)
    check_path(f"{part(words)}.html", "words")
    assert "/" not in part(words)


def addressed(words: str) -> None:
    """An address leads to a host by http(s), or there is none."""
    url = safe_url(words)
    assert url is None or (urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname)
    relative("articles/x.html", f"actors/{slug(words)}.html")
