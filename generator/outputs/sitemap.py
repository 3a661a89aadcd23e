"""The map of the site for search engines, and `robots.txt`. Both take full addresses, so a site that does not know its own has no map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from generator.days import days
from generator.model import Output, Site
from generator.outputs import addresses

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST = 50_000  # addresses a file, by the protocol


def make_sitemap(site: Site, pages: Iterable[str]) -> Iterator[Output]:
    """Maps of the pages given by path, in files of at most 50,000; redirects and the page of lost ways should not be among them."""
    root = addresses.base(site.config)
    robots = "User-agent: *\nAllow: /\n"
    if root is not None:
        changed = {addresses.article_page(s.article.id): s.article.updated or s.article.published for s in site.sheets}
        paths = sorted(set(pages) - {addresses.NOT_FOUND})
        parts = [paths[n : n + MOST] for n in range(0, len(paths), MOST)] or [[]]
        names = ["sitemap.xml"] if len(parts) == 1 else [f"sitemap-{n}.xml" for n in range(1, len(parts) + 1)]
        for name, part in zip(names, parts, strict=True):
            yield Output(
                path=name, content=xml("urlset", "url", [(addresses.absolute(site.config, p) or "", changed.get(p)) for p in part])
            )
        if len(parts) > 1:
            yield Output(path="sitemap.xml", content=xml("sitemapindex", "sitemap", [(f"{root}{name}", None) for name in names]))
        robots += f"Sitemap: {root}sitemap.xml\n"
    yield Output(path="robots.txt", content=robots.encode())


def xml(outer: str, inner: str, places: Iterable[tuple[str, str | None]]) -> bytes:
    made = ET.Element(outer, xmlns=NAMESPACE)
    for address, changed in places:
        item = ET.SubElement(made, inner)
        ET.SubElement(item, "loc").text = address
        known = days(changed)
        if known and known.precision == "day":
            ET.SubElement(item, "lastmod").text = changed
    ET.indent(made)
    content: bytes = ET.tostring(made, "utf-8", xml_declaration=True)
    return content + b"\n"
