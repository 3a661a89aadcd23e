"""What a saved page says of itself: title, days, author, outlet, address and language, from its metadata and its headings."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any

from generator.readers.days import as_day
from generator.readers.language import language_tag
from generator.readers.outlets import host_of, outlet_of
from generator.words import fold, squeeze

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST_DATA = 2_000_000  # characters of JSON-LD that are read
LONGEST_PAGE_TITLE = 500
ARTICLE_TYPES = ("Article", "Posting", "WebPage", "Report", "Event")
SAVED_FROM = re.compile(r"<!--\s{0,9}saved from url=\(\d{1,9}\)(https?://[^\s<>\"]{4,2000})\s")
PART = re.compile(r"\s[|–—»•·:-]{1,2}\s|\s?\|\s?|\s::\s")
PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time", "datepublished", "date_published",
    "publishdate", "publish-date", "publish_date", "pubdate", "publication_date", "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime",
    "dc.date.issued", "dcterms.created", "dc.date", "dcterms.date", "dc.date.created", "date", "article.published", "originalpublicationdate",
    "article_date_original", "displaydate", "ptime", "citation_publication_date", "citation_date", "rnews:datepublished", "og:pubdate",
)  # fmt: skip
UPDATED_META = (
    "article:modified_time",
    "og:updated_time",
    "lastmod",
    "last-modified",
    "datemodified",
    "dateupdated",
    "utime",
    "dcterms.modified",
)
NAME_META = ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher", "publisher", "cre")
AUTHOR_META = (
    "author",
    "article:author",
    "byl",
    "dc.creator",
    "parsely-author",
    "sailthru.author",
    "cxenseparse:author",
    "article:author_name",
)
LATEST = "2099-12-31"  # for htmldate, which would ask the clock


@dataclass(slots=True)
class About:
    """What the page says of itself."""

    title: str = ""
    published: str | None = None
    updated: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    body: str = ""


def parse(text: str) -> HtmlElement | None:
    """The page as a tree, or None where there is none in the text."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    try:
        # From bytes: lxml refuses text that declares an encoding of its own.
        return document_fromstring(text.encode("utf-8", "replace"), parser=HTMLParser(encoding="utf-8", huge_tree=True))
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def about_page(tree: HtmlElement, text: str) -> About:
    """All of it."""
    meta = meta_of(tree)
    data = list(linked_data(tree))
    article = article_data(data)
    url = address_of(tree, meta, article, text)
    publisher = publisher_of(meta, article, data, url)
    title = title_of(tree, meta, article, publisher, url)
    return About(
        title=title,
        published=published_of(meta, article),
        updated=next((d for v in (article.get("dateModified"), *(meta.get(k) for k in UPDATED_META)) if v and (d := as_day(v))), None),
        author=author_of(meta, article),
        publisher=publisher or site_of(tree, title),
        url=url,
        body=body_text(article),
        language=language_tag(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")),
    )


def meta_of(tree: HtmlElement) -> dict[str, str]:
    """The page's meta elements by their lower-case names; the first of each name that says something counts."""
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = squeeze(element.get("content") or "")
        if name and content:
            meta.setdefault(name.strip().lower(), content)
    return meta


def linked_data(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Every object of the page's JSON-LD, those of `@graph` and lists too."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text or len(script.text) > LONGEST_DATA:
            continue
        try:
            waiting: list[Any] = [json.loads(script.text.strip().removeprefix("<!--").removesuffix("-->").rstrip(";"), strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.pop(0)
            if isinstance(value, list):
                waiting += value[:1000]
            elif isinstance(value, dict):
                yield value
                waiting += [value[k] for k in ("@graph", "mainEntity", "mainEntityOfPage") if isinstance(value.get(k), list | dict)]


def article_data(data: list[dict[str, Any]]) -> dict[str, Any]:
    """The object that is the article: the first of an article's type with a headline or a day."""
    for wanted in ARTICLE_TYPES:
        for value in data:
            kinds = value.get("@type")
            named = kinds if isinstance(kinds, list) else [kinds]
            if any(str(kind).endswith(wanted) for kind in named) and (value.get("headline") or value.get("datePublished")):
                return value
    return {}


def body_text(article: dict[str, Any]) -> str:
    """The text of the JSON-LD's article, without marks of HTML."""
    found = article.get("articleBody")
    if not isinstance(found, str):
        return ""
    lines = re.sub(r"(?i)</?(?:p|br|div|h[1-6]|li)\b[^<>]{0,300}>", "\n", found)
    return unescape(re.sub(r"<[^<>]{1,300}>", "", lines))


def words_of(value: Any) -> str:
    """A value of JSON-LD as text: itself, or its name."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(words_of, value[:20])))
    if isinstance(value, dict):
        return words_of(value.get("name")) if not isinstance(value.get("name"), dict) else ""
    return squeeze(value) if isinstance(value, str) else ""


def address_of(tree: HtmlElement, meta: dict[str, str], article: dict[str, Any], text: str) -> str | None:
    """The page's own address: canonical, Open Graph's, JSON-LD's, or the one a browser noted when it saved the page."""
    canonical = [e.get("href") for e in tree.iter("link") if (e.get("rel") or "").strip().lower() == "canonical"]
    entity = article.get("mainEntityOfPage")
    entity = entity.get("@id") if isinstance(entity, dict) else entity
    saved = SAVED_FROM.search(text[:5000])
    for url in (*canonical, meta.get("og:url"), article.get("url"), entity, saved[1] if saved else None):
        if isinstance(url, str) and re.fullmatch(r"https?://[^\s/]+\.[^\s/]+(?:/\S*)?", url.strip()):
            return url.strip()
    return None


def publisher_of(meta: dict[str, str], article: dict[str, Any], data: list[dict[str, Any]], url: str | None) -> str | None:
    """The outlet: the site's name, the publisher of the JSON-LD, or the table's name for the host."""
    site = [v for v in data if str(v.get("@type")) in ("WebSite", "Organization", "NewsMediaOrganization")]
    for name in (
        meta.get("og:site_name"),
        words_of(article.get("publisher")),
        outlet_of(url),
        *(meta.get(k) for k in NAME_META[1:]),
        *map(words_of, site),
    ):
        if name and len(name) <= 60 and not name.startswith(("http", "@")):
            return name
    return None


def author_of(meta: dict[str, str], article: dict[str, Any]) -> str | None:
    """The author's name, where it is a name and no address."""
    for name in (words_of(article.get("author")), *(meta.get(k) for k in AUTHOR_META)):
        name = re.sub(r"^by:?\s+", "", name or "", flags=re.I).strip()
        if name and len(name) <= 200 and "http" not in name and "@" not in name:
            return name
    return None


def published_of(meta: dict[str, str], article: dict[str, Any]) -> str | None:
    """The day of publication as the metadata say it."""
    for value in (article.get("datePublished"), *(meta.get(k) for k in PUBLISHED_META), article.get("dateCreated")):
        if value and (day := as_day(value)):
            return day
    return None


def day_on(tree: HtmlElement, url: str | None) -> str | None:
    """The day of publication as htmldate finds it, somewhere on the page or in its address."""
    from htmldate import find_date

    try:
        day = find_date(tree, original_date=True, url=url, max_date=LATEST)
    except (ValueError, TypeError, RecursionError, OverflowError):
        return None
    return as_day(day) if day else None


def title_of(tree: HtmlElement, meta: dict[str, str], article: dict[str, Any], publisher: str | None, url: str | None) -> str:
    """The heading that the metadata confirm; without one, what they say, less the site's name."""
    page = next((squeeze(e.text_content()) for e in tree.iter("title")), "")
    said = [t for t in (meta.get("og:title"), words_of(article.get("headline")), meta.get("twitter:title"), page) if t]
    headings = [squeeze(e.text_content()) for e in tree.iter("h1", "h2") if e.tag == "h1"] or []
    best, best_score = "", 0.0
    for level, tags in ((1.0, ("h1",)), (0.9, ("h2",)), (0.8, ("h3",))):
        for e in tree.iter(*tags):
            text = squeeze(e.text_content())
            if not 2 <= len(text) <= 400:
                continue
            score = level * max((alike(text, s) for s in (*said, *(without_site(s, publisher, url) for s in said))), default=0.0)
            if score > best_score:
                best, best_score = text, score
        if best_score >= 0.6:
            return best
    if said:
        return without_site(said[0], publisher, url)
    return headings[0] if headings else ""


def site_of(tree: HtmlElement, title: str) -> str | None:
    """The site's name as the page's own title carries it beside the article's: "Talks resume | World news | The Courier", "The Courier: Talks resume"."""
    page = next((squeeze(e.text_content()) for e in tree.iter("title")), "")
    at = page.find(title) if title else -1
    if at < 0 or len(page) > LONGEST_PAGE_TITLE:
        return None
    before, after = page[:at], page[at + len(title) :]
    if (mark := PART.match(after)) and after[mark.end() :]:
        name = PART.split(after[mark.end() :])[-1].strip()
    elif before.rstrip().endswith((":", "|", "-", "–", "—", "»", "•", "·")):
        name = before.rstrip(" :|-–—»•·")
    else:
        return None
    return name if 0 < len(name.split()) <= 6 and len(name) <= 50 and not as_day(name) else None


def alike(a: str, b: str) -> float:
    """F1 of the words of two titles."""
    x, y = (Counter(re.findall(r"\w+", fold(t))) for t in (a, b))
    both = sum((x & y).values())
    return 2 * both / (sum(x.values()) + sum(y.values())) if both else 0.0


def without_site(title: str, publisher: str | None, url: str | None) -> str:
    """A title less the site's name at its end or start: "Talks resume | World news | The Courier"."""
    marks = list(PART.finditer(title))
    for mark in reversed(marks):
        last = title[mark.end() :]
        if is_site(last, publisher, url) or ("|" in mark[0] and len(last.split()) <= 4):
            return without_site(title[: mark.start()].strip(), publisher, url)
        break
    if marks and is_site(title[: marks[0].start()], publisher, url):
        return title[marks[0].end() :].strip()
    return title


def is_site(words: str, publisher: str | None, url: str | None) -> bool:
    """Whether words name the page's site: its outlet, or its host's name written with spaces."""
    flat = re.sub(r"\W|^the ", "", fold(words))
    host = host_of(url or "").split(".")
    names = {re.sub(r"\W|^the ", "", fold(n)) for n in (publisher or "", outlet_of(url) or "")} | {p for p in host if len(p) > 2}
    return bool(flat) and (
        flat in names
        or any(len(n) > 3 and (flat.startswith(n) or n.startswith(flat)) for n in names if n and len(flat) > 2)
        or fold(words).endswith((".com", ".org", ".net", ".co.uk"))
    )
