"""What each kind of output that is no page costs, in CPU time, on a site of many sheets; and the structured data that pages carry.

python -m tests.bench.outputs 1000
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator

import msgspec
from msgspec.structs import replace

from generator.link import link
from generator.model import FactSheet, Site, SiteConfig
from generator.outputs import OUTPUTS, addresses
from generator.outputs.drafts import made
from generator.outputs.sitemap import make_sitemap
from generator.outputs.structured import json_ld
from generator.words import locate
from tests.bench.corpus import sheets

SEARCH = "search"


def site_of(count: int) -> Site:
    """A linked site of `count` sheets whose words all stand in their texts, as they do after loading."""
    return link([placed(s) for s in sheets(count)], SiteConfig(title="A large site", base_url="https://example.org/facts/"))


def placed(sheet: FactSheet) -> FactSheet:
    """A sheet with the place of each fact's words filled in."""
    text = sheet.article.text
    return replace(
        sheet,
        claims=tuple(replace(f, evidence=locate(f.evidence, text)) for f in sheet.claims),
        meetings=tuple(replace(f, evidence=locate(f.evidence, text)) for f in sheet.meetings),
        figures=tuple(replace(f, evidence=locate(f.evidence, text)) for f in sheet.figures),
    )


def makers() -> list[tuple[str, Callable[[Site], Iterable[bytes]]]]:
    """Every maker by name, each from a site to the bytes of its files."""

    def contents(make: Callable[[Site], Iterable[object]]) -> Callable[[Site], Iterator[bytes]]:
        return lambda site: (o.content for o in made(make(site)))  # type: ignore[arg-type]

    return [
        *((name, contents(make)) for name, make in OUTPUTS),
        ("site map", contents(lambda site: make_sitemap(site, page_paths(site)))),
        ("json-ld", structured),
    ]


def page_paths(site: Site) -> list[str]:
    """The pages of all articles, actors, events and figures."""
    return [
        *(addresses.article_page(s.article.id) for s in site.sheets),
        *map(addresses.actor_page, site.profiles),
        *map(addresses.event_page, site.events),
        *(addresses.quantity_page(q.id) for q in site.quantities),
    ]


def structured(site: Site) -> Iterator[bytes]:
    """The structured data of those pages."""
    home = ("Home", addresses.HOME)
    for s in site.sheets:
        crumbs = [home, ("Articles", addresses.ARTICLES)]
        yield json_ld(site, addresses.article_page(s.article.id), s.article.title, s, crumbs, s.article.title).encode()
    for p in site.profiles.values():
        yield json_ld(site, addresses.actor_page(p.id), p.name, p, [home, ("Actors", addresses.ACTORS)], p.name).encode()
    for e in site.events.values():
        yield json_ld(site, addresses.event_page(e.id), e.title, e, [home, ("Events", addresses.EVENTS)], e.title).encode()
    for q in site.quantities:
        yield json_ld(site, addresses.quantity_page(q.id), q.label, q, [home, ("Figures", addresses.FIGURES)], q.label).encode()


Measured = list[tuple[int, int, float]]  # a maker each: files, bytes, seconds


def measured(site: Site) -> Measured:
    """All makers once, in the order of a build."""
    found: Measured = []
    for _, make in makers():
        before = time.process_time()
        sizes = [len(content) for content in make(site)]
        found.append((len(sizes), sum(sizes), time.process_time() - before))
    return found


def in_a_fork(site: Site) -> Measured:
    """The same in a process of its own, for what one round remembers would speed up the next."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(msgspec.json.encode(measured(site)))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        found = msgspec.json.decode(pipe.read(), type=Measured)
    os.waitpid(child, 0)
    return found


def report(count: int, rounds: int = 5) -> str:
    """A table: each maker's files, their size, and the least and the median of its CPU seconds a thousand sheets."""
    site = site_of(count)
    runs = [in_a_fork(site) for _ in range(rounds)]
    lines = [f"outputs of {count:,} sheets         files       kB   least  median (CPU seconds a 1,000 sheets)"]
    whole = [0.0, 0.0]
    for n, (name, _) in enumerate(makers()):
        files, size, _ = runs[0][n]
        taken = [run[n][2] * 1000 / count for run in runs]
        least, median = min(taken), statistics.median(taken)
        if name != SEARCH:
            whole = [whole[0] + least, whole[1] + median]
        lines.append(f"  {name:26}{files:10,}{size / 1000:10,.0f}{least:8.3f}{median:8.3f}")
    return "\n".join([*lines, f"  {'all but search':46}{whole[0]:8.3f}{whole[1]:8.3f}"])


if __name__ == "__main__":
    print(report(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
