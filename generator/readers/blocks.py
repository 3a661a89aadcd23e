"""The lines of a saved page as a browser would copy them, each with what its elements say of it: a heading, an item, a caption, a menu's part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.readers.lines import WORD, Line, finish
from generator.words import fold, squeeze

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Elements whose words are no part of what a page says.
SILENT = frozenset(
    "script style noscript template svg select textarea button iframe object head audio video canvas map datalist option dialog".split()
)
# Elements that stand on lines of their own.
BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main"
    " nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
SPACED = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote"])  # blank lines stand around them
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
CHROME = frozenset(["nav", "footer", "aside", "form"])
# Names that pages give to what stands around an article, as whole parts of a class or an id: "post-comments", "relatedLinks".
PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
CHROME_NAMES = frozenset(
    "nav navbar navigation menu breadcrumb breadcrumbs sidebar footer comments disqus related recommended recommendations newsletter signup promo"
    " share sharing sharedaddy social cookie cookies gdpr consent popup modal pagination pager comment tags taglist outbrain taboola advert advertisement"
    " sponsored paywall skiplink widget trending toolbar mostread teaser teasers tweet jp".split()
)
CAPTION_NAMES = frozenset(["caption", "figcaption", "credit", "credits", "photocredit"])
MOST_CHROME = 0.4  # share of the page's text in one element, beyond which its name tells of the page: "with-sidebar"
HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.I)
LINKED = 0.8  # share of a line's characters in links that makes it a link, and no sentence with one in it
GRAM = 4


def blocks_of(tree: HtmlElement) -> list[Line]:
    """The lines of the page's body, in order."""
    found = tree.find("body")
    body = found if found is not None else tree
    writer = Writer(sizes_of(body))
    for event, value in walk(body):
        if event == "text":
            writer.write(str(value))
        elif event == "start":
            writer.open(value)
        else:
            writer.close(value)
    writer.flush(True)
    finish(writer.lines)
    for line in writer.lines:
        if line.chrome == "element":
            line.why = line.why or "menu"
        elif line.kind == "caption":
            line.why = "caption"
    return writer.lines


def walk(root: HtmlElement) -> Iterator[tuple[str, HtmlElement | str]]:
    """Starts, texts and ends of all that a page shows, without recursion."""
    waiting: list[tuple[str, HtmlElement | str]] = [("start", root)]
    while waiting:
        event, value = waiting.pop()
        if event != "start" or isinstance(value, str):
            yield event, value
            continue
        if not isinstance(value.tag, str) or value.tag in SILENT or is_hidden(value):
            continue
        yield event, value
        waiting.append(("end", value))
        for child in reversed(value):
            if child.tail:
                waiting.append(("text", child.tail))
            waiting.append(("start", child))
        if value.text:
            waiting.append(("text", value.text))


def sizes_of(body: HtmlElement) -> dict[HtmlElement, int]:
    """How many characters each element holds, told in one pass: children come after their parents."""
    sizes: dict[HtmlElement, int] = {}
    for element in reversed(list(body.iter())):
        silent = not isinstance(element.tag, str) or element.tag in SILENT
        own = 0 if silent else len((element.text or "").strip())
        sizes[element] = own + sum(sizes[child] + len((child.tail or "").strip()) for child in element if not silent)
    return sizes


def is_hidden(element: HtmlElement) -> bool:
    """Whether the element itself says that it is not shown."""
    return element.get("hidden") is not None or bool(HIDDEN.search(element.get("style") or ""))


def names_of(element: HtmlElement) -> set[str]:
    """The words in an element's class and id."""
    return {w.lower() for w in PARTS.findall(f"{(element.get('class') or '')[:300]} {(element.get('id') or '')[:100]}")}


class Writer:
    """Puts lines together out of a walk over the page."""

    def __init__(self, sizes: dict[HtmlElement, int]) -> None:
        self.sizes = sizes
        self.size = max(sizes.values(), default=0)
        self.lines: list[Line] = []
        self.parts: list[str] = []
        self.linked = 0
        self.anchors = 0
        self.blank = True
        self.chrome: list[tuple[HtmlElement, str]] = []
        self.captions: list[HtmlElement] = []
        self.homes: list[int] = [0, 0, 0]
        self.kinds: list[str] = ["", ""]
        self.leaves: list[bool] = [False]  # whether an element has held text alone so far
        self.elements = 0

    def write(self, words: str) -> None:
        """Text, of which the characters in links are counted."""
        self.parts.append(words)
        if self.anchors:
            self.linked += len(words.strip())

    def open(self, element: HtmlElement) -> None:
        """A start tag."""
        tag = str(element.tag)
        if tag == "a" and element.get("href"):
            self.anchors += 1
        if tag == "br":
            self.flush(False)
            self.leaves[-1] = False
        if tag not in BLOCKS:
            return
        self.flush(tag in SPACED)
        self.leaves[-1] = False
        self.leaves.append(True)
        names = names_of(element)
        if not self.chrome and (how := self.is_chrome(element, tag, names)):
            self.chrome.append((element, how))
        if not self.captions and (tag == "figcaption" or (tag in ("div", "p", "li", "dd", "aside") and names & CAPTION_NAMES)):
            self.captions.append(element)
        self.elements += 1
        self.homes.append(self.elements)
        self.kinds.append(kind_of(tag) or (self.kinds[-1] if tag not in ("div", "ul", "ol") else ""))

    def is_chrome(self, element: HtmlElement, tag: str, names: set[str]) -> str:
        """Whether an element is a menu, a foot or the like, by its tag or role or by its "name", unless much of the page is in it."""
        if tag in ("body", "article", "main") or self.sizes[element] >= MOST_CHROME * self.size:
            return ""
        if tag in CHROME or element.get("role") in ("navigation", "complementary", "contentinfo"):
            return "element"
        return "name" if names & CHROME_NAMES else ""

    def close(self, element: HtmlElement) -> None:
        """An end tag."""
        if element.tag == "a" and element.get("href"):
            self.anchors -= 1
        if element.tag not in BLOCKS:
            return
        self.flush(element.tag in SPACED, self.leaves.pop())
        if self.chrome and self.chrome[-1][0] is element:
            self.chrome.pop()
        if self.captions and self.captions[-1] is element:
            self.captions.pop()
        self.homes.pop()
        self.kinds.pop()

    def flush(self, blank: bool, leaf: bool = False) -> None:
        """Ends the line; `blank` says that a blank one follows, `leaf` that the element holds this line alone, as a paragraph does."""
        words = squeeze("".join(self.parts))
        if words:
            line = Line(words, len(self.lines), open=self.blank)
            line.kind = "caption" if self.captions else self.kinds[-1]
            line.chrome = self.chrome[-1][1] if self.chrome else ""
            line.links = self.linked / len(words)
            up = 2 if leaf or self.kinds[-1] in ("heading", "paragraph", "item") else 1
            line.home, line.outer = self.homes[-up], self.homes[-up - 1]
            self.lines.append(line)
            self.blank = False
        if blank:
            self.blank = True
            if self.lines:
                self.lines[-1].closed = True
        self.parts.clear()
        self.linked = 0


def kind_of(tag: str) -> str:
    """What a tag makes of its lines."""
    if tag in HEADINGS:
        return "heading"
    return {"p": "paragraph", "li": "item", "blockquote": "quote", "td": "cell", "th": "cell", "pre": "code", "dd": "item"}.get(tag, "")


def grams(text: str) -> list[tuple[str, ...]]:
    """The text's words, four by four, or all of them where there are fewer."""
    words = WORD.findall(fold(text))
    return [tuple(words[n : n + GRAM]) for n in range(max(1, len(words) - GRAM + 1))] if words else []


def mark_found(lines: list[Line], paragraphs: list[str]) -> None:
    """Notes which lines another reader of the page took for the article, too."""
    whole = {fold(p) for p in paragraphs}
    pool = {g for p in paragraphs for g in grams(p)}
    for line in lines:
        own = grams(line.text)
        if line.words < GRAM:
            line.found = fold(line.text) in whole
        else:
            line.found = sum(g in pool for g in own) * 2 >= len(own)
