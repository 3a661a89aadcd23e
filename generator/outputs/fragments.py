"""Pieces of HTML that stand on many pages, kept for the next ones: a fact's card stands with its actor, its month, its mode and its kind of verb.

A fact is known by its address, so what is remembered holds for one site: each site begins anew (`start`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Any, Protocol

from markupsafe import Markup

from generator.outputs.markup import escaped
from generator.outputs.recent import Recent
from generator.outputs.wording import Wording

AT_HAND = 1 << 15  # pieces kept for pages still to come, some 4 kB each


class HasText(Protocol):
    """A name and where it leads (a `Link` of the pages)."""

    @property
    def text(self) -> str: ...
    @property
    def url(self) -> str: ...


class Fragments:
    """Renders the macros `card`, `note`, `what` and `source` of the theme's macros.html, all but `note` once for each fact and depth of page."""

    def __init__(self, env: Any, words: Wording) -> None:
        self.env = env
        self.time = lru_cache(maxsize=1 << 16)(partial(time, words))
        self.start()

    def start(self) -> None:
        """Forgets another site's pieces."""
        self.macros: Any = None
        self.made: Recent[tuple[str, str, str], Markup] = Recent(AT_HAND)

    def filters(self) -> dict[str, Any]:
        """What templates call them by: `{{ c|card(root) }}`."""
        return {
            "card": self.card,
            "note": self.note,
            "what": self.what,
            "source": self.source,
            "sheet": self.sheet,
            "entries": self.entries,
            "time": self.time,
            "link": link,
        }

    def macro(self, name: str, *arguments: Any) -> Markup:
        if self.macros is None:
            self.macros = self.env.get_template("macros.html").module
        html: Markup = getattr(self.macros, name)(*arguments)
        return html

    def once(self, name: str, stands_for: str, root: str, *arguments: Any) -> Markup:
        """What a macro makes of something for pages of one depth; an address, for one, stands for it."""
        key = (name, stands_for, root)
        html = self.made.get(key)
        if html is None:
            html = self.macro(name, *arguments)
            self.made.put(key, html)
        return html

    def card(self, c: Any, root: str) -> Markup:
        """A fact with all its four lines."""
        return self.once("card", c.url, root, c, root)

    def note(self, c: Any, root: str, number: int) -> Markup:
        """A fact beside the text that is its evidence, with its number there."""
        return self.macro("note", c, root, number)

    def what(self, c: Any, root: str) -> Markup:
        """What a card and a note have in common."""
        return self.once("what", c.url, root, c, root)

    def source(self, c: Any, root: str) -> Markup:
        """The article a fact was taken from, in a line: the same for all facts of the article."""
        return self.once("source", c.article.url, root, c, root)

    def sheet(self, line: Any, root: str) -> Markup:
        """An article in a list."""
        return self.once("sheet", line.link.url, root, line, root)

    def entries(self, menu: Sequence[HasText], head: Any) -> Markup:
        """The menu: the same on all pages of a section, save on those that are in it themselves."""
        here = head.path if any(entry.url == head.path for entry in menu) else ""
        return self.once("entries", f"{head.section} {here}", head.root, menu, head)


@lru_cache(maxsize=1 << 16)
def link(to: HasText, root: str) -> Markup | str:
    """A name that leads to its page; the name alone where there is none."""
    return Markup(f'<a href="{escaped(root + to.url)}">{escaped(to.text)}</a>') if to.url else to.text


def time(words: Wording, value: str | None, text: str) -> Markup | str:
    """A date in words as an element that programs read; the words alone where HTML has no form for it."""
    iso = words.machine(value)
    return Markup(f'<time datetime="{escaped(iso)}">{escaped(text)}</time>') if iso else text
