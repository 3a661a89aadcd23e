"""What every page shares: its head, its way home, and listings in pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from typing import Any, TypeVar
from urllib.parse import urlsplit

from generator.model import Site, Told
from generator.outputs import addresses
from generator.outputs.keys import keys_of
from generator.outputs.pages.cards import Cards
from generator.outputs.pages.titles import page_titles
from generator.outputs.pages.views import Crumb, Head, Page, Pager, Plan, numbered
from generator.outputs.structured import json_ld
from generator.outputs.wording import Wording

T = TypeVar("T")
LONGEST_DESCRIPTION = 160
OF_HEAD = frozenset(Head.__struct_fields__)


class Frame:
    """A site in words: what the makers of pages work with."""

    def __init__(self, site: Site, words: Wording) -> None:
        self.site = site
        self.words = words
        self.cards = Cards(site, words)
        self.keys = keys_of(site)
        self.lines: dict[str, Any] = {}  # of articles in lists
        self.per_page = max(1, site.config.per_page)

    @cached_property
    def titles(self) -> dict[str, str]:
        """Titles that tell the pages of things apart, by path."""
        return page_titles(self.site, self.words)

    @cached_property
    def claims(self) -> list[Told]:
        """Claims of the whole site, newest first; what the rules doubt only where the site wants it."""
        keep = self.site.config.doubtful
        return [Told(article=s.article, fact=c) for s in self.site.sheets for c in s.claims if keep or not c.doubtful]

    def page(self, template: str, path: str, title: str, description: str, *, section: str = "", **more: Any) -> Page:
        """A page; what is no field of `Head` goes to the template.

        `full_title` tells pages of one name apart where the title does not; `thing` is what the page is about, for its structured data.
        """
        full_title = more.pop("full_title", None) or self.titles.get(path, title)
        thing = more.pop("thing", None)
        known = {k: more.pop(k) for k in list(more) if k in OF_HEAD}
        crumbs = known.pop("crumbs", ())
        if path != "index.html":
            crumbs = (Crumb(self.words["home"], "index.html"), *crumbs, Crumb(title))
        config = self.site.config
        root = "../" * path.count("/")
        base = addresses.base(config)
        if path == addresses.NOT_FOUND and base:
            root = urlsplit(base).path  # it is served at any depth
        picture = f"static/og-{known.pop('picture', 'page')}.png"
        description = shortened(description or self.site.config.description or title)
        above = [(c.text, c.url) for c in crumbs[:-1]]
        head = Head(
            path=path,
            root=root,
            title=full_title,
            description=description,
            section=section,
            canonical=addresses.absolute(config, path) or "",
            picture=addresses.absolute(config, picture) or root + picture,
            crumbs=crumbs,
            json_ld=json_ld(self.site, path, full_title, thing, above, description),
            **known,
        )
        return Page(template, head, more)

    def plan(self, given: Any, *page: Any, mapped: bool = True, **more: Any) -> Plan:
        """A page to be made later of what is at hand now; the arguments are those of `page`, the second of them its path."""
        return Plan(page[1], partial(self.page, *page, **more), given, mapped=mapped)

    def listing(self, items: Sequence[T], path: str) -> Iterator[tuple[str, list[T], Pager | None]]:
        """A long listing in pages: path, what stands on it, and where it is among the others. `x/index.html` goes on as `x/index-2.html`."""
        pages = max(1, -(-len(items) // self.per_page))
        for n in range(1, pages + 1):
            some = list(items[(n - 1) * self.per_page : n * self.per_page])
            yield numbered(path, n), some, Pager(path, n, pages) if pages > 1 else None


def day_of(facts: Sequence[Told]) -> str:
    """The day of the first of some facts, which is the newest; nothing where there is none."""
    return (facts[0].article.published or "") if facts else ""


def shortened(text: str) -> str:
    """A description as search engines show it: one line, cut between words."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_DESCRIPTION:
        return line
    return line[:LONGEST_DESCRIPTION].rsplit(" ", 1)[0].rstrip(",;:–— ") + " …"
