"""Saved pages: the body by trafilatura, never alone, and what the page's metadata say of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from generator.model import Article
from generator.readers.blocks import blocks_of
from generator.readers.front import changed
from generator.readers.language import language_of
from generator.readers.outlets import outlet_in
from generator.readers.page import about_page, day_on, parse
from generator.readers.paste import clean_paste
from generator.readers.saved import page_body
from generator.readers.source import ReadError, article_id, decode
from generator.words import fold, squeeze

if TYPE_CHECKING:
    from lxml.html import HtmlElement

DEEPEST = 1000  # elements within elements; browsers stop at 512
MOSTLY_HIDDEN = 2  # times the text that a page shows; beyond it the metadata's text is the article
FIRST_LINES = 2000  # of a page, among which its title is looked for
TITLE_END = re.compile(r"\s{0,3}[|–—»•·:-]")
# Elements of trafilatura's own tree that hold a line of text each.
BLOCKS = {"p", "head", "item", "cell", "quote", "code"}


def read_html(content: bytes, file: str) -> Article:
    """The article in a saved page."""
    text = decode(content, file, page=True)
    tree = parse(text)
    if tree is None:
        raise ReadError(file, "there is no page in this file", "save the page again, or paste its text into a .txt file")
    if depth_of(tree) > DEEPEST:
        raise ReadError(
            file, f"the page's elements are nested more than {DEEPEST:,} deep", "save the page again, or paste its text into a .txt file"
        )
    about = about_page(tree, text)
    lines = blocks_of(tree)
    paragraphs = body_of(tree)
    if sum(map(len, paragraphs)) * MOSTLY_HIDDEN < len(about.body):  # a page that scripts fill: its text is in its metadata alone
        paragraphs = [p for p in map(squeeze, about.body.split("\n")) if p]
        lines = []
    about.title = shown_title(about.title, [line.text for line in lines] or paragraphs)
    found = page_body(lines, paragraphs, about.title, about.body)
    if not found.texts:
        return from_words(tree, about.title, file)
    body = "\n\n".join(found.texts)
    about.published = about.published or found.day or day_on(tree, about.url)
    return Article(
        id=article_id(file),
        title=about.title or article_id(file).replace("-", " ").capitalize(),
        published=about.published,
        updated=about.updated if about.updated != about.published else None,
        publisher=about.publisher or outlet_on(tree, about.title, body),
        url=about.url,
        author=about.author,
        language=about.language or language_of(body),
        file=file,
        text=body,
        kind="html",
        cut=found.cut,
    )


def depth_of(tree: HtmlElement) -> int:
    """How deep the elements are nested: what follows takes time by the square of it."""
    depth = deepest = 0
    for event, _ in iterwalk(tree):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def shown_title(title: str, lines: list[str]) -> str:
    """The title as the page shows it, where that is a part of what the metadata say: "Herald: Snow closes pass"."""
    wanted, shown = fold(title), {fold(line): line for line in reversed(lines[:FIRST_LINES])}
    if wanted in shown:
        return title
    for words, line in shown.items():
        if not 2 < len(line.split()) < len(title.split()):
            continue
        if wanted.endswith(f": {words}") or (wanted.startswith(words) and TITLE_END.match(wanted, len(words))):
            return line
    return title


def outlet_on(tree: HtmlElement, title: str, body: str) -> str | None:
    """The outlet as the page's words give it, where its metadata do not."""
    found = tree.find("body")
    words = [
        squeeze(text)
        for e in (found if found is not None else tree).iter()
        if isinstance(e.tag, str) and e.tag not in ("script", "style", "noscript")
        for text in (e.text, e.tail)
        if text
    ]
    lines = [w for w in words if w][:5000]
    above = next((n for n, w in enumerate(lines) if w == title), min(10, len(lines)))
    return outlet_in(lines, above, body)


def body_of(tree: HtmlElement) -> list[str]:
    """The paragraphs, headings and list items that trafilatura takes for the article."""
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(tree, favor_precision=True, include_comments=False, include_tables=True, with_metadata=False)
    except (ValueError, TypeError, AttributeError, RecursionError):  # its own troubles with odd trees; the words of the page are left to us
        return []
    body = getattr(found, "body", None)
    return paragraphs_of(body) if body is not None else []


def paragraphs_of(body: Any) -> list[str]:
    """The lines of trafilatura's tree; a break within a paragraph stands between two."""
    out: list[str] = []
    parts: list[str] = []

    def flush() -> None:
        words = squeeze("".join(parts))
        if words:
            out.append(words)
        parts.clear()

    for event, element in iterwalk(body):
        if event == "start":
            if element.tag in BLOCKS or element.tag in ("list", "table", "row", "lb"):
                flush()
            parts.append(element.text or "")
        else:
            if element.tag in BLOCKS or element.tag in ("list", "table", "row"):
                flush()
            parts.append(element.tail or "")
    flush()
    return out


def iterwalk(body: Any) -> Any:
    """lxml's walk over a tree, without recursion."""
    from lxml import etree

    return etree.iterwalk(body, events=("start", "end"))


def from_words(tree: HtmlElement, title: str, file: str) -> Article:
    """The article of a page in which trafilatura finds none: the page's words as if they had been pasted."""
    for element in list(tree.iter("script", "style", "noscript", "template")):
        element.drop_tree()
    for element in tree.iter("p", "div", "li", "br", "tr", "h1", "h2", "h3", "h4", "section", "article", "td"):
        element.tail = "\n" + (element.tail or "")
    words = tree.text_content()
    if not words.strip():
        raise ReadError(file, "there is no text on this page", "save it again once it has loaded, or paste its text into a .txt file")
    article = clean_paste(words, file)
    return changed(article, kind="html", title=title or article.title)
