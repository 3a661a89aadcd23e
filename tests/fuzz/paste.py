"""Pasted pages and curated text files: read, or refused with a reason; and what `add` writes of them reads the same."""

from __future__ import annotations

from generator.readers.paste import read_text
from tests.fuzz.laws import own, read


def seeds() -> list[bytes]:
    """The demonstration's pastes, and the pages of the intake cases."""
    cases = [page for file in own("tests/cases/intake/*.md") for page in file.split(b"\n## ")]
    return [*own("content/articles/*.txt"), *cases, "Hello.\n".encode("utf-16"), b"\xff\xfe\x00", b"---\ntitle: x\n---\n\nWords."]


def target(data: bytes) -> None:
    """One file."""
    read(read_text, data, "2024-05-01-x.txt")
