"""The map of the site for search engines, and `robots.txt`. Both take full addresses, so a site that does not know its own has no map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from generator.days import days
from generator.model import Site
from generator.outputs import addresses
from generator.outputs.drafts import Draft
from generator.outputs.keys import key_of
from generator.outputs.plain import markup

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST = 50_000  # addresses a file, by the protocol


def make_sitemap(site: Site, pages: Iterable[str]) -> Iterator[Draft]:
    """Maps of the pages given by path, in files of at most 50,000; redirects and the page of lost ways should not be among them."""
    root = addresses.base(site.config)
    robots = "User-agent: *\nAllow: /\n"
    if root is not None:
        paths = sorted(set(pages) - {addresses.NOT_FOUND})
        parts = [paths[n : n + MOST] for n in range(0, len(paths), MOST)] or [[]]
        names = ["sitemap.xml"] if len(parts) == 1 else [f"sitemap-{n}.xml" for n in range(1, len(parts) + 1)]
        changed = {addresses.article_page(s.article.id): s.article.updated or s.article.published for s in site.sheets}
        for name, part in zip(names, parts, strict=True):
            places = [(addresses.absolute(site.config, p) or "", changed.get(p)) for p in part]
            yield Draft(name, partial(xml, "urlset", "url", places), key_of(places))
        if len(parts) > 1:
            yield Draft("sitemap.xml", partial(xml, "sitemapindex", "sitemap", [(f"{root}{name}", None) for name in names]), (root, names))
        robots += f"Sitemap: {root}sitemap.xml\n"
    yield Draft("robots.txt", robots.encode, robots)


def xml(outer: str, inner: str, places: Iterable[tuple[str, str | None]]) -> bytes:
    lines = ["<?xml version='1.0' encoding='utf-8'?>", f'<{outer} xmlns="{NAMESPACE}">']
    for address, changed in places:
        known = days(changed)
        day = f"<lastmod>{known.first.isoformat()}</lastmod>" if known and known.precision == "day" else ""
        lines.append(f"  <{inner}><loc>{markup(address)}</loc>{day}</{inner}>")
    return "\n".join([*lines, f"</{outer}>\n"]).encode()
