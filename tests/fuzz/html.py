"""Saved pages: read, or refused with a reason; what `add` writes of them reads the same."""

from __future__ import annotations

import logging

from generator.readers.html import read_html
from tests.fuzz.laws import own, read

logging.disable()  # trafilatura's words on odd pages

SMALL = b"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Talks resume - The Quay</title>
<meta property="article:published_time" content="2024-05-01T10:00:00Z"><meta name="author" content="A. Writer">
<link rel="canonical" href="https://quay.example/talks">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Talks", "datePublished": "2024-05-01", "author": [{"name": "A. W."}]}</script>
</head><body><nav><a href="/">Home</a></nav><article><h1>Talks resume</h1><p>"We will talk," Ann Lee said on Monday.</p>
<p>The two sides will meet in Porto next week, her office said.</p><table><tr><td>1</td></tr></table></article></body></html>"""


def seeds() -> list[bytes]:
    """A small page, and the demonstration's."""
    return [SMALL, SMALL.replace(b"utf-8", b"windows-1252"), *own("content/articles/*.html")]


def target(data: bytes) -> None:
    """One file."""
    read(read_html, data, "x.html")
