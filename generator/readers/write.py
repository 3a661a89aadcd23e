"""Article → Markdown with front matter, as `factpress add` keeps it. Read again, it gives the same title, days, publisher, address and text."""

from __future__ import annotations

import re

import yaml

from generator.model import Article

FIELDS = ("title", "published", "publisher", "url", "author", "updated", "language", "show")
# What CommonMark would read as marks. "&" opens an entity, "<" a tag, "|" a table's cell; "$" and others are escaped by nobody.
MARKS = re.compile(r"([\\`*_\[\]<>&|~])")
# What opens a block at the start of a line: a heading, a list, a rule, a quotation, an underline that makes headings, a fence.
OPENING = re.compile(r"^(?P<number>\d{1,9})?(?P<mark>[#+=.):-])", re.M)
SHORTCODE = re.compile(r"(\{)(?=[{%:])")


def to_markdown(article: Article) -> str:
    """The article as a file that people can look over: its keys, then its paragraphs with a backslash before what Markdown would take for marks."""
    keys = {k: getattr(article, k) for k in FIELDS if getattr(article, k)}
    # `width` keeps a title on its line; the words of other scripts stay readable.
    front = yaml.dump(
        keys | {k: v for k, v in article.extra.items() if k not in keys},
        Dumper=yaml.SafeDumper,
        allow_unicode=True,
        sort_keys=False,
        width=10_000,
    )
    return f"---\n{front}---\n\n{escaped(article.text)}\n"


def escaped(text: str) -> str:
    """Text that Markdown reads back as it is. A line break within a paragraph becomes a hard one."""
    paragraphs = [p for p in re.split(r"\n{2,}", text.strip("\n")) if p.strip()]
    return "\n\n".join("\\\n".join(map(escaped_line, filter(None, map(str.strip, p.split("\n"))))) for p in paragraphs)


def escaped_line(line: str) -> str:
    """One line of a paragraph."""
    line = SHORTCODE.sub(r"\\\1", MARKS.sub(r"\\\1", line))
    return OPENING.sub(lambda m: f"{m['number'] or ''}\\{m['mark']}", line)
