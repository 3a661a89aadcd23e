"""Markdown articles with front matter → plain paragraphs, so that spans count characters of clean text."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import TYPE_CHECKING

from generator.model import Article, Cut
from generator.readers.front import changed, fill, split_front
from generator.readers.language import language_of
from generator.readers.source import ReadError, article_id, decode
from generator.words import fold, squeeze

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

FOOTNOTE = re.compile(r"(?<!\\)\[\^[^\]\s]{1,60}\](?!:)")
FOOTNOTE_TEXT = re.compile(r"^\[\^[^\]\s]{1,60}\]:", re.M)
# Shortcodes and templates of site generators: `{{< figure … >}}`, `{% include … %}`; Kramdown's `{: .class}`.
SHORTCODE = re.compile(r"(?<!\\)(?:\{\{[<%][^{}]{0,500}[%>]\}\}|\{%[^{}]{0,500}%\}|\{:[^{}\n]{0,200}\}|<!--.{0,2000}?-->)", re.S)
TAG = re.compile(r"<[^<>]{0,500}>")
BREAK = re.compile(r"<br\s{0,9}/?>", re.I)
SILENT = re.compile(r"<(script|style|iframe|figure|svg|noscript)\b", re.I)


@cache
def parser() -> MarkdownIt:
    """CommonMark with tables. Nesting is bounded: a hostile file must not exhaust the stack."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"maxNesting": 20}).enable(["table", "strikethrough"])


def read_markdown(content: bytes, file: str) -> Article:
    """The article in a `.md` file."""
    text = decode(content, file)
    front = split_front(text, file, pelican=True)
    article = Article(id=article_id(file), title="", file=file, kind="markdown", language="")
    if front:
        article = fill(article, front)
    blocks, heading = blocks_of(front.body if front else text)
    cut: tuple[Cut, ...] = ()
    if heading is not None and (not article.title or words_of(heading) == words_of(article.title)):
        article = changed(article, title=article.title or heading)
        blocks.remove(heading)
        cut = (Cut(text=heading, why="title"),)
    if not blocks:
        raise ReadError(file, "the article has no text", "put its paragraphs below the front matter")
    body = "\n\n".join(blocks)
    return changed(article, title=article.title or title_from(file), text=body, language=article.language or language_of(body), cut=cut)


def words_of(title: str) -> list[str]:
    """A title as it is compared: no case, no marks."""
    return re.findall(r"\w+", fold(title))


def title_from(file: str) -> str:
    """A title for an article that has none: the words of its file's name."""
    return article_id(file).replace("-", " ").strip().capitalize()


def blocks_of(body: str) -> tuple[list[str], str | None]:
    """The paragraphs, headings, list items and table rows of a Markdown text, and its first heading of the first level."""
    blocks: list[str] = []
    top: str | None = None
    row: list[str] | None = None
    tokens = parser().parse(FOOTNOTE.sub("", without_footnotes(SHORTCODE.sub("", body))))
    for n, token in enumerate(tokens):
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            blocks.append("\n".join(filter(None, row)))
            row = None
        elif token.type == "inline":
            words = lines_of(token)
            if row is not None:
                row.append(squeeze(words))
            elif words:
                if top is None and tokens[n - 1].type == "heading_open" and tokens[n - 1].tag == "h1":
                    top = words
                blocks.append(words)
        elif token.type in ("code_block", "fence"):
            blocks += [token.content.strip("\n")] if token.content.strip() else []
        elif token.type == "html_block":
            blocks += words_of_html(token.content)
    return [b for b in blocks if b.strip()], top


def without_footnotes(body: str) -> str:
    """The text without its notes' texts: they are the author's remarks, not paragraphs. A note ends at the next line that is not indented."""
    if not FOOTNOTE_TEXT.search(body):
        return body
    kept, inside = [], False
    for line in body.split("\n"):
        if FOOTNOTE_TEXT.match(line):
            inside = True
        elif inside and line.strip() and not line.startswith((" ", "\t")):
            inside = False
        if not inside:
            kept.append(line)
    return "\n".join(kept)


def lines_of(token: Token) -> str:
    """The words of a paragraph: links as their words; images, footnote marks and HTML tags off; a soft break is a space, a hard one a line."""
    parts: list[str] = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type == "softbreak":
            parts.append(" ")
        elif child.type == "hardbreak" or (child.type == "html_inline" and BREAK.fullmatch(child.content)):
            parts.append("\n")
    words = "".join(parts)
    return "\n".join(filter(None, map(squeeze, words.split("\n"))))


def without_silent(block: str) -> str:
    """HTML less the elements whose words are nobody's; one that is not closed goes on to the end."""
    kept, at = [], 0
    while m := SILENT.search(block, at):
        kept.append(block[at : m.start()])
        end = re.compile(rf"</{m[1]}\s{{0,9}}>", re.I).search(block, m.end())
        if end is None:
            return "".join(kept)
        at = end.end()
    return "".join([*kept, block[at:]])


def words_of_html(block: str) -> list[str]:
    """The words of a block of HTML, paragraphs apart; scripts, embeds and figures off."""
    text = without_silent(block)
    text = html.unescape(TAG.sub("", BREAK.sub("\n", text)))
    return ["\n".join(filter(None, map(squeeze, part.split("\n")))) for part in re.split(r"\n\s*\n", text) if part.strip()]
