"""The site's pages: what each shows is joined and put into words here, so that templates only lay it out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from generator.model import Output, Site
from generator.outputs import addresses
from generator.outputs.drafts import Draft
from generator.outputs.keys import key_of
from generator.outputs.pages.actor import actor_pages
from generator.outputs.pages.article import article_pages
from generator.outputs.pages.claims import claim_lists
from generator.outputs.pages.events import calendar_pages, event_pages
from generator.outputs.pages.figures import figure_lists
from generator.outputs.pages.frame import Frame
from generator.outputs.pages.home import home_page
from generator.outputs.pages.lists import actor_lists, article_list, event_list, source_pages
from generator.outputs.pages.network import network_page
from generator.outputs.pages.others import data_page, markdown_pages, not_found_page, redirects, search_page
from generator.outputs.pages.review import review_pages
from generator.outputs.pages.views import Link, Plan
from generator.outputs.wording import Wording

if TYPE_CHECKING:
    import jinja2

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


def pages(site: Site, env: jinja2.Environment, words: Wording) -> Iterator[Output]:
    """All pages, rendered. The environment is the theme's (see theme.py)."""
    for draft in page_drafts(site, env, words):
        yield Output(path=draft.path, content=draft.make())


def page_drafts(site: Site, env: jinja2.Environment, words: Wording, mapped: list[str] | None = None) -> Iterator[Draft]:
    """All pages, each to be rendered when it is asked for.

    `mapped`, if given, collects the paths that belong on a map of the site: all but redirects and the 404 page.
    """
    env.fragments.start()  # type: ignore[attr-defined]
    shared = frame_of(site, words)
    around = key_of(shared["menu"], shared["own_pages"], shared["has_data"])
    for plan in planned(Frame(site, words)):
        if mapped is not None and plan.mapped:
            mapped.append(plan.path)
        yield Draft(plan.path, partial(rendered, plan, env, shared), None if plan.given is None else [around, plan.given], plan.day)


def planned(frame: Frame) -> Iterator[Plan]:
    """All pages, and what each is made of, before any is made."""
    for _, make in MAKERS:
        yield from make(frame)


def rendered(plan: Plan, env: jinja2.Environment, shared: dict[str, object]) -> bytes:
    """One page as a file; `shared` is what every page gets."""
    page = plan.make()
    return env.get_template(page.template).render(shared, head=page.head, root=page.head.root, **page.context).encode()


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
        "has_data": bool(site.sheets),
        "places": addresses,
    }
