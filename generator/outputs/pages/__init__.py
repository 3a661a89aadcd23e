"""The site's pages: what each shows is joined and put into words here, so that templates only lay it out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.model import Output, Site
from generator.outputs import addresses
from generator.outputs.pages.actor import actor_pages
from generator.outputs.pages.article import article_pages
from generator.outputs.pages.events import calendar_pages, event_pages
from generator.outputs.pages.frame import Frame
from generator.outputs.pages.home import home_page
from generator.outputs.pages.lists import actor_lists, article_list, claim_lists, event_list, figure_lists, source_pages
from generator.outputs.pages.network import network_page
from generator.outputs.pages.others import data_page, markdown_pages, not_found_page, redirects, search_page
from generator.outputs.pages.review import review_pages
from generator.outputs.pages.views import Link, Page
from generator.outputs.wording import Wording

if TYPE_CHECKING:
    import jinja2

UNUSABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]"
)  # what HTML takes for an error; a text is read the same without

MAKERS = (
    ("home", home_page),
    ("articles", article_pages),
    ("article list", article_list),
    ("actors", actor_pages),
    ("actor lists", actor_lists),
    ("network", network_page),
    ("events", event_pages),
    ("event list", event_list),
    ("calendar", calendar_pages),
    ("claims", claim_lists),
    ("figures", figure_lists),
    ("sources", source_pages),
    ("review", review_pages),
    ("search", search_page),
    ("data", data_page),
    ("markdown", markdown_pages),
    ("not found", not_found_page),
    ("redirects", redirects),
)


def pages(site: Site, env: jinja2.Environment, words: Wording, mapped: list[str] | None = None) -> Iterator[Output]:
    """All pages, rendered. The environment is the theme's (see publish.py).

    `mapped`, if given, collects the paths that belong on a map of the site: all but redirects and the 404 page.
    """
    shared = frame_of(site, words)
    env.fragments.start()  # type: ignore[attr-defined]
    for page in planned(site, words):
        if mapped is not None and page.template not in ("moved.html", "404.html"):
            mapped.append(page.head.path)
        yield rendered(page, env, shared)


def planned(site: Site, words: Wording) -> Iterator[Page]:
    """All pages, and what each shows, before any is rendered."""
    frame = Frame(site, words)
    for _, make in MAKERS:
        yield from make(frame)


def rendered(page: Page, env: jinja2.Environment, shared: dict[str, object]) -> Output:
    """One page as a file; `shared` is what every page gets."""
    html = env.get_template(page.template).render(shared, head=page.head, root=page.head.root, **page.context)
    return Output(path=page.head.path, content=UNUSABLE.sub("", html).encode())


def frame_of(site: Site, words: Wording) -> dict[str, object]:
    """What every template gets beside its own page: the site's settings, its menu and its files."""
    menu = [
        ("articles", addresses.ARTICLES, bool(site.sheets)),
        ("actors", addresses.ACTORS, bool(site.profiles)),
        ("events", addresses.EVENTS, bool(site.events)),
        ("calendar", addresses.CALENDAR, bool(site.events)),
        ("claims", addresses.CLAIMS, any(s.claims for s in site.sheets)),
        ("figures", addresses.FIGURES, bool(site.quantities)),
        ("sources", addresses.SOURCES, bool(site.sheets)),
    ]
    own = [Link(name.replace("-", " ").capitalize(), addresses.markdown_page(name), name) for name in site.pages]
    return {
        "site": site,
        "config": site.config,
        "today": site.today,
        "menu": [Link(words[name], url, name) for name, url, filled in menu if filled],
        "own_pages": own,
        "places": addresses,
    }
