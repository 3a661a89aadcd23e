"""Text files: a curated article with front matter, taken as it stands, or a raw paste of a page, cleaned."""

from __future__ import annotations

from pathlib import PurePath

import yaml

from generator.model import Article
from generator.words import slug


def read_text(content: bytes, file: str) -> Article:
    """The article in a `.txt` file."""
    text = content.decode("utf-8")
    name = slug(PurePath(file).stem)
    if text.startswith("---\n"):
        front, _, body = text[4:].partition("\n---\n")
        keys = yaml.load(front, yaml.BaseLoader) or {}
        return Article(id=name, title=keys.get("title", name), published=keys.get("published"), file=file, text=body.lstrip("\n"))
    return Article(id=name, title=name, file=file, text=text, kind="paste")
