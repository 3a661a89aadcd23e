"""Markdown articles with front matter: read, or refused with a reason; what is plain of them reads the same again."""

from __future__ import annotations

from generator.readers.markdown import read_markdown
from tests.fuzz.laws import own, read

FRONT = b"""+++
title = "x"
date = 2024-05-01T10:00:00Z
tags = ["a", {b = 1}]
+++

Text[^1] with `code`, *stress*, <b>tags</b> and ![a picture](x.png).

| a | b |
|---|---|
| 1 | 2 |

[^1]: A note.
"""


def seeds() -> list[bytes]:
    """The demonstration's articles in Markdown, our own documents and the cases."""
    return [FRONT, *own("content/articles/*.md", "README.md", "themes/README.md", "content/pages/*.md", "tests/cases/intake/markdown.md")]


def target(data: bytes) -> None:
    """One file."""
    read(read_markdown, data, "x.md")
