"""Pages that show no facts: people's own Markdown pages, the 404 page, and redirects from addresses of old."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markupsafe import Markup

from generator.outputs import addresses
from generator.outputs.calendar import site_events
from generator.outputs.data import csv_path
from generator.outputs.exchange import ENTITIES
from generator.outputs.feeds import has_meetings_feed
from generator.outputs.markup import UNUSABLE
from generator.outputs.pages.frame import Frame
from generator.outputs.pages.views import Link, Plan
from generator.outputs.tables import TABLES

FRONT = re.compile(r"\ufeff?---[ \t]*\n(.*?)^---[ \t]*(?:\n|$)", re.M | re.S)
TITLE = re.compile(r"^title:(.+)$", re.M)
HEADING = re.compile(r"#[ \t]+([^\n]+)(?:\n|$)")


def markdown_pages(frame: Frame) -> Iterator[Plan]:
    """content/pages/*.md: the title is that of the front matter or the first heading. HTML in them is shown, not run."""
    markdown = MarkdownIt("commonmark", {"html": False, "typographer": True}).enable(["table", "replacements", "smartquotes"])
    for name, text in frame.site.pages.items():
        front = FRONT.match(text)
        body = text[front.end() :] if front else text
        titled = TITLE.search(front[1]) if front else None
        body = body.lstrip("\ufeff\n ")
        m = HEADING.match(body)
        own = titled[1].strip().removeprefix('"').removesuffix('"').strip("'") if titled else m[1].strip().rstrip("#").strip() if m else ""
        title = own or name.replace("-", " ").capitalize()
        # A page has one heading of the first level: its title.
        html = markdown.render(UNUSABLE.sub("", body[m.end() :] if m else body)).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
        first = re.sub(r"<[^<>]*>", "", html.split("</p>", 1)[0])
        yield frame.plan(
            [text], "page.html", addresses.markdown_page(name), title, Markup(first).unescape(), section=name, html=Markup(html)
        )


def not_found_page(frame: Frame) -> Iterator[Plan]:
    """404.html is served at any depth, so its links start at the site's own path where that is known."""
    words = frame.words
    yield frame.plan([], "404.html", addresses.NOT_FOUND, words["not_found"], words["not_found_text"], mapped=False, index=False)


def search_page(frame: Frame) -> Iterator[Plan]:
    """The search; its index is in `search/`, and the script that reads it is the theme's."""
    words = frame.words
    yield frame.plan([], "search.html", addresses.SEARCH, words["search"], words["search_hint"], section="search")


def data_page(frame: Frame) -> Iterator[Plan]:
    """Where the files for spreadsheets, databases and programs are, and what each holds."""
    words, site = frame.words, frame.site
    if not site.sheets:
        return
    files = [
        ("data/facts.sqlite", "data_sqlite"),
        ("data/all.jsonl", "data_jsonl"),
        *((csv_path(t), "data_csv") for t in TABLES if t.file),
        (ENTITIES, "data_ftm"),
    ]
    more = [(addresses.FEED, "data_feed")]
    if has_meetings_feed(site):
        more.append((addresses.MEETINGS_FEED, "data_meetings_feed"))
    if site_events(site):
        more.append((addresses.CALENDAR_FILE, "data_ics"))
    yield frame.plan(
        [files, more],
        "data.html",
        addresses.DATA,
        words["data"],
        words["data_intro"],
        section="data",
        files=[Link(path.rpartition("/")[2], path, words[key]) for path, key in files],
        subscriptions=[Link(path, path, words[key]) for path, key in more],
        license=addresses.safe_url(site.config.license) or "",
    )


def redirects(frame: Frame) -> Iterator[Plan]:
    """Old addresses of actors and events lead to where they stand now."""
    site = frame.site
    for profile in site.profiles.values():
        for old in profile.formerly:
            if old not in site.profiles:
                yield redirect(frame, old, addresses.actor_page(old), Link(profile.name, addresses.actor_page(profile.id)))
    for event in site.events.values():
        for old in event.formerly:
            if old not in site.events:
                yield redirect(frame, old, addresses.event_page(old), Link(event.title, addresses.event_page(event.id)))


def redirect(frame: Frame, old: str, path: str, to: Link) -> Plan:
    words = frame.words
    said = f"{words['moved_to']}: {to.text}"
    return frame.plan([old, to], "moved.html", path, f"{words['moved']}: {old}", said, mapped=False, index=False, to=to)
