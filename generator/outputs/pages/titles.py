"""Titles of the pages of articles, actors, events and quantities: as short as may be, and no two alike.

A reader tells tabs, bookmarks and search results apart by their titles, and many meetings are just "talks".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.model import Event, FactSheet, Figure, Profile, Quantity, Site
from generator.outputs import addresses
from generator.outputs.pages.cards import capital
from generator.outputs.wording import Wording

LISTINGS = ("home", "articles", "actors", "events", "calendar", "claims", "figures", "sources", "review", "network", "search", "data")


def page_titles(site: Site, words: Wording) -> dict[str, str]:
    """The title of every page that is about one thing, by its path."""
    taken = {site.config.title, *(str(words[name]) for name in LISTINGS)}
    return told_apart(dict(candidates(site, words)), taken)


def candidates(site: Site, words: Wording) -> Iterator[tuple[str, Sequence[str]]]:
    """For every path the titles it may have, each telling more than the one before."""
    for sheet in site.sheets:
        yield addresses.article_page(sheet.article.id), longer(of_article(sheet, words))
    for profile in site.profiles.values():
        yield addresses.actor_page(profile.id), longer(of_actor(profile, words))
    for event in site.events.values():
        yield addresses.event_page(event.id), longer(of_event(site, event, words))
    for quantity in filter(addresses.has_page, site.quantities):
        yield addresses.quantity_page(quantity.id), longer(of_quantity(quantity, words))


def longer(parts: Iterable[str]) -> list[str]:
    """Titles made of the first part, the first two, and so on; what is empty adds nothing."""
    said: list[str] = []
    for part in parts:
        if part:
            said.append(f"{said[-1]}, {part}" if said else part)
    return said


def of_article(sheet: FactSheet, words: Wording) -> Iterator[str]:
    article = sheet.article
    yield article.title or article.id
    yield article.publisher or ""
    yield words.short(article.published)


def of_actor(profile: Profile, words: Wording) -> Iterator[str]:
    yield profile.name
    yield profile.roles[0].text if profile.roles else words.word("types", profile.type)


def of_event(site: Site, event: Event, words: Wording) -> Iterator[str]:
    yield f"{capital(event.title)}, {words.dates(event.start, event.end) or words['date_not_known']}"
    yield event.place if event.place and event.place not in event.title else ""
    yield words.listed([site.profiles[a].name for a in event.participants if a in site.profiles])


def of_quantity(quantity: Quantity, words: Wording) -> Iterator[str]:
    """The label, with its unit where it does not say it, and the newest number and its day, for many quantities are "people"."""
    told = quantity.figures[0]
    figure = told.fact
    assert isinstance(figure, Figure)
    unit = quantity.unit
    label = f"{quantity.label} ({unit})" if unit and unit.casefold() not in quantity.label.casefold() else quantity.label
    newest = ", ".join(x for x in (words.figure(figure), words.short(figure.as_of or told.article.published)) if x)
    yield f"{words['figures']}: {label}, {newest}"
    yield told.article.publisher or ""
    yield told.article.title


def told_apart(wanted: Mapping[str, Sequence[str]], taken: Iterable[str] = ()) -> dict[str, str]:
    """For every key the first of its titles that no other has; those that share even their last one are numbered in order."""
    used = set(taken)
    titles: dict[str, str] = {}
    left = list(wanted)
    for depth in range(max(map(len, wanted.values()), default=0)):
        shared = Counter(at(wanted[k], depth) for k in left)
        for key in left:
            title = at(wanted[key], depth)
            if shared[title] == 1 and title not in used:
                titles[key] = title
        used.update(titles[k] for k in left if k in titles)
        left = [k for k in left if k not in titles]
    numbers: Counter[str] = Counter()
    for key in left:
        title = wanted[key][-1]
        while (numbered := f"{title} ({numbers[title]})" if numbers[title] else title) in used:
            numbers[title] += 1 if numbers[title] else 2
        used.add(numbered)
        titles[key] = numbered
    return {k: titles[k] for k in wanted}


def at(titles: Sequence[str], depth: int) -> str:
    """The title at that depth, or the last one."""
    return titles[min(depth, len(titles) - 1)]
