"""Nothing of an article or a sheet becomes markup, script, a line of a calendar, a formula, or a path: hundreds of hostile strings, every text field."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
import shutil
import sqlite3
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import html5lib
import pytest
from lxml import html

from generator.app import made_outputs
from generator.model import Actor, Article, Claim, Figure, Meeting, Output, Site
from generator.outputs.drafts import made
from generator.publish import check_path, publish
from generator.words import RESERVED
from tests.hostile import BASE, filled, hostile_config, hostile_site, payloads, text_fields

NOWHERE = Path("/nonexistent")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
CALENDAR_LINE = re.compile(
    r"(BEGIN:VCALENDAR|END:VCALENDAR|BEGIN:VEVENT|END:VEVENT|VERSION:2\.0|PRODID:-//Factpress//Factpress//EN|CALSCALE:GREGORIAN"
    r"|DTSTAMP:\d{8}T\d{6}Z|DT(START|END)(:\d{8}T\d{6}Z|;VALUE=DATE:\d{8})|STATUS:[A-Z]+|SEQUENCE:\d+|TRANSP:TRANSPARENT"
    r"|URL:https?://\S*|(NAME|X-WR-CALNAME|UID|SUMMARY|LOCATION|DESCRIPTION):(?s:.*))"
)
MARKDOWN = {(tag, "") for tag in ("em", "strong", "code", "pre", "hr", "blockquote", "ol", "br")}  # of people's own pages
SITES = ("texts", "ids", "settings")


@cache
def outputs(kind: str) -> tuple[Output, ...]:
    """All files of the sites in which the texts, the ids and dates, or the settings are hostile."""
    if kind == "settings":  # a site for each, for there is one title a site; every page of it carries the same frame
        folders = ("static/", "search/", "claims/", "figures/", "sources/", "articles/index")
        return tuple(o for p in payloads()[::8] for o in files_of(hostile_config(p)) if not o.path.startswith(folders))
    return tuple(files_of(hostile_site(payloads(), ids=kind == "ids")))


def files_of(site: Site) -> Iterator[Output]:
    for _, files in made_outputs(site, NOWHERE):
        yield from made(files)


def of_kind(kind: str, *endings: str) -> list[Output]:
    found = [o for o in outputs(kind) if o.path.endswith(endings) and not o.path.startswith("static/")]
    assert found or kind == "settings"
    return found


@cache
def harmless_markup() -> frozenset[tuple[str, str]]:
    """Every pair of an element and an attribute that pages have anyway: those of sites of the same shape, all of whose words are plain."""
    plain = [
        hostile_site((*(f"word{n}" for n in range(60)), "word " * 80, "كلمات")),
        hostile_site(("word",) * 40),
        hostile_site(("word",) * 3, ids=True),
    ]
    plain += [
        hostile_site(("https://a.example/x", "https://b.example/y"), ids=ids, base=base) for ids in (True, False) for base in (BASE, "")
    ]
    plain += [hostile_config("https://a.example/x"), hostile_config("word"), hostile_config("")]
    own = {("bdi", ""), ("bdi", "class"), ("details", ""), ("details", "class"), ("summary", "")}  # asides that plain words have no need of
    own |= {("g", ""), ("g", "class"), ("circle", "class")}  # groups in a drawing
    own |= {
        ("g", "aria-hidden"),
        ("a", "tabindex"),
        ("line", "stroke-width"),
        ("svg", "aria-label"),
        ("svg", "xmlns:xlink"),
        ("a", "xlink:href"),
    }  # the network
    own |= {("svg", "aria-label"), ("g", "aria-hidden"), ("line", "stroke-width"), ("a", "tabindex")}  # the drawing of who met whom
    every = frozenset(own | MARKDOWN).union(
        x for site in plain for o in files_of(site) if o.path.endswith(".html") for x in markup(html.fromstring(o.content))
    )
    assert not any(attribute.startswith("on") or attribute in ("style", "srcdoc") for _, attribute in every)
    return every


def markup(tree: html.HtmlElement) -> set[tuple[str, str]]:
    return {(str(e.tag), a) for e in tree.iter() for a in ("", *e.attrib)}


# --- the corpus ---


def test_the_corpus_is_large_and_reaches_every_text_field() -> None:
    assert len(payloads()) >= 300
    for noun, some in ((Article, "title"), (Actor, "role"), (Claim, "verdict"), (Meeting, "place"), (Figure, "subject")):
        assert some in filled(noun, "x")
        assert len(text_fields(noun)) >= 5


# --- pages ---


@pytest.mark.parametrize("kind", SITES)
def test_no_payload_becomes_markup_or_script(kind: str) -> None:
    for o in of_kind(kind, ".html")[:: 2 if kind == "texts" else 1]:  # each text stands on several pages
        tree = html.fromstring(o.content)
        assert markup(tree) <= harmless_markup(), (o.path, markup(tree) - harmless_markup())
        for _, attribute, url, _ in tree.iterlinks():
            assert attribute is not None, o.path  # no link in a style
            check_link(url, o.path)
        for e in tree.iter("script", "meta"):
            if e.tag == "script":
                assert not (e.text or "").strip() or e.get("type") == "application/ld+json", o.path
                assert not e.get("src") or re.fullmatch(r"(/x/|/|(\.\./)*)(static|search)/[\w.-]+", e.get("src")), o.path
            if e.tag == "meta" and e.get("http-equiv", "").lower() == "refresh":
                assert re.fullmatch(r"0; ?url=[\w./%~-]+", e.get("content")), o.path


def check_link(url: str, where: str) -> None:
    """A link leads into the site or to a publisher by http(s), however a browser reads it."""
    read = re.sub(r"[\t\n\r]", "", url).strip("".join(map(chr, range(33))))
    assert read == url, (where, url)
    assert not url.startswith(("//", "\\")), (where, url)
    if SCHEME.match(url):
        assert urlsplit(url).scheme in ("http", "https") or url.startswith("data:image/svg+xml"), (where, url)
        assert urlsplit(url).hostname or url.startswith("data:"), (where, url)


@pytest.mark.parametrize("kind", SITES)
def test_what_people_read_holds_no_control_characters(kind: str) -> None:
    for o in of_kind(kind, ".html", ".xml", ".csv", ".ics"):
        found = CONTROLS.search(o.content.decode())
        assert found is None, (o.path, found)


def test_a_strict_parser_reads_pages_of_each_kind() -> None:
    by_kind: dict[str, list[Output]] = {}
    for o in of_kind("texts", ".html"):
        by_kind.setdefault(o.path.rpartition("/")[0], []).append(o)
    for found in by_kind.values():
        for o in [x for x in sorted(found, key=lambda o: len(o.content)) if len(x.content) < 30_000][:: max(1, len(found) // 8)]:
            html5lib.HTMLParser(strict=True).parse(o.content.decode())


@pytest.mark.parametrize("kind", SITES)
def test_structured_data_is_json_without_markup(kind: str) -> None:
    seen = 0
    for o in of_kind(kind, ".html"):
        for written in re.findall(r'<script type="application/ld\+json">(.*?)</script', o.content.decode(), re.S):
            assert not re.search("[<>&]", written)
            check_addresses(strictly(written), o.path)
            seen += 1
    assert seen


# --- data ---


def strictly(written: str | bytes) -> Any:
    """JSON without the numbers that only Python reads, and without doubled keys."""

    def refuse(word: str) -> None:
        raise ValueError(word)

    return json.loads(written, parse_constant=refuse)


ADDRESSES = {
    "@id",
    "url",
    "sameAs",
    "source_url",
    "article_url",
    "text_fragment_url",
    "sourceUrl",
    "wikipediaUrl",
    "license",
    "contentUrl",
    "item",
}


def check_addresses(value: Any, where: str, key: str = "") -> None:
    """Whatever a program may follow is http(s), or leads into the site."""
    if isinstance(value, dict):
        for k, v in value.items():
            check_addresses(v, where, k)
    elif isinstance(value, list):
        for v in value:
            check_addresses(v, where, key)
    elif isinstance(value, str) and key in ADDRESSES:
        check_link(value, where)


@pytest.mark.parametrize("kind", SITES)
def test_json_is_json(kind: str) -> None:
    for o in of_kind(kind, ".json", ".jsonld"):
        for line in o.content.split(b"\n") if o.path.endswith(".ftm.json") else [o.content]:
            if line:
                made = strictly(line)
                if o.path.endswith((".ftm.json", ".jsonld")):
                    check_addresses(made, o.path)
    for o in of_kind(kind, ".jsonl"):
        assert o.content.endswith(b"\n")
        assert all(isinstance(strictly(line)["article"], dict) for line in o.content[:-1].split(b"\n"))


@pytest.mark.parametrize("kind", SITES)
def test_the_search_index_calls_one_function_with_plain_data(kind: str) -> None:
    for o in of_kind(kind, ".js"):
        m = re.fullmatch(r'factpressSearch\(("[^"\\]*"),\s*(.*)\);?\n', o.content.decode(), re.S)
        assert m, (o.path, o.content[:80])
        strictly(m[2])


@pytest.mark.parametrize("kind", SITES)
def test_no_cell_is_a_formula(kind: str) -> None:
    for o in of_kind(kind, ".csv"):
        rows = list(csv.reader(io.StringIO(o.content.decode(), newline=""), strict=True))
        for row in rows:
            assert len(row) == len(rows[0])
            for cell in row:
                assert not is_formula(cell), (o.path, cell)


def is_formula(cell: str) -> bool:
    """As spreadsheets read a cell: full-width signs and leading white space count in some."""
    shown = unicodedata.normalize("NFKC", cell).lstrip("\ufeff\u200b \t\r\n")
    return shown.startswith(("=", "+", "-", "@")) and not re.fullmatch(r"-?[\d.e+]+", cell)


@pytest.mark.parametrize("kind", SITES)
def test_calendars_have_no_lines_but_ours(kind: str) -> None:
    for o in of_kind(kind, ".ics"):
        assert o.content.endswith(b"\r\n")
        assert not re.search(rb"[^\r]\n|\r[^\n]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", o.content), o.path
        assert all(len(x) <= 75 for x in o.content.split(b"\r\n")), o.path
        lines = o.content.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]
        for line in lines:
            assert CALENDAR_LINE.fullmatch(line), (o.path, line)
        assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == sum(x.startswith("UID:") for x in lines)
        assert lines.count("BEGIN:VCALENDAR") == 1


@pytest.mark.parametrize("kind", SITES)
def test_feeds_and_site_maps_hold_their_own_elements_alone(kind: str) -> None:
    own = {
        "feed",
        "entry",
        "id",
        "title",
        "subtitle",
        "updated",
        "link",
        "author",
        "name",
        "generator",
        "summary",
        "urlset",
        "url",
        "loc",
        "lastmod",
    }
    for o in of_kind(kind, ".xml"):
        assert b"<!DOCTYPE" not in o.content
        for e in ET.fromstring(o.content).iter():
            assert e.tag.rpartition("}")[2] in own, (o.path, e.tag)
            if "href" in e.attrib:
                check_link(e.attrib["href"], o.path)
            if e.tag.endswith("loc"):
                check_link(e.text or "", o.path)


@pytest.mark.parametrize("kind", ["texts", "ids"])
def test_the_database_is_whole(kind: str, tmp_path: Path) -> None:
    (o,) = of_kind(kind, ".sqlite")
    file = tmp_path / "facts.sqlite"
    file.write_bytes(o.content)
    with sqlite3.connect(file) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("SELECT count(*) FROM claims").fetchone()[0] >= len(payloads())


# --- paths ---


@pytest.mark.parametrize("kind", SITES)
def test_no_path_leaves_the_site_or_deceives(kind: str) -> None:
    for o in outputs(kind):
        check_path(o.path, kind)
        assert re.fullmatch(r"[\w.~/-]+", o.path), o.path
        for part in o.path.split("/"):
            assert part.split(".")[0].lower() not in RESERVED, o.path
            assert len(part.encode()) <= 255
            assert not part.startswith((".", "-", "~")) or o.path == ".nojekyll", o.path


def test_all_of_it_can_be_published(tmp_path: Path) -> None:
    chosen = payloads()[::4]
    counts = publish(dict(made_outputs(hostile_site(chosen), NOWHERE)), tmp_path / "public")
    assert counts.written > 4 * len(chosen)
    assert {p.name for p in tmp_path.iterdir()} == {"public", ".cache"}


# --- in a browser ---


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no chromium: apt-get install chromium")
@pytest.mark.parametrize("strict", [True, False])
def test_no_payload_runs_in_a_browser(tmp_path: Path, strict: bool) -> None:
    """A page of each kind for batches of payloads, over which the pointer and the keyboard go; `hacked` stays unset and nothing is fetched."""
    from playwright.sync_api import sync_playwright

    chosen = tuple(p for p in payloads() if len(p) < 200)
    publish(dict(made_outputs(hostile_site(chosen, strict=strict), NOWHERE)), tmp_path / "public")
    wrong: list[str] = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.on("dialog", lambda d: (wrong.append(f"dialog: {d.message}"), d.dismiss()))
        page.on("request", lambda r: wrong.append(r.url) if not r.url.startswith(("file:", "data:")) else None)
        page.on("pageerror", lambda e: wrong.append(str(e)))
        for path in browsed(tmp_path / "public"):
            page.goto(f"{(tmp_path / 'public').as_uri()}/{path}", wait_until="domcontentloaded")
            page.evaluate(
                """() => document.querySelectorAll('main *').forEach(e => ['mouseover', 'pointerenter', 'focus', 'toggle'].forEach(
                    kind => e.dispatchEvent(new Event(kind))))"""
            )
            assert page.evaluate("typeof window.hacked") == "undefined", path
            assert wrong == [], path
        page.goto(f"{(tmp_path / 'public').as_uri()}/search.html?q=script")
        page.wait_for_selector("#search-results a")
        assert page.evaluate("typeof window.hacked") == "undefined"
        page.fill("#search-box", "<img src=x onerror=hacked=1>")
        page.wait_for_timeout(200)
        assert page.evaluate("typeof window.hacked") == "undefined"
        browser.close()
    assert wrong == []


def browsed(public: Path) -> list[str]:
    """Listings, and some of the pages of articles, actors, events and figures, spread over the corpus."""
    found = sorted(p.relative_to(public).as_posix() for p in public.rglob("*.html"))
    by_folder = itertools.groupby(found, key=lambda p: p.rpartition("/")[0])
    some = [p for _, paths in by_folder for n, p in enumerate(list(paths)) if n % 40 == 0 or p.endswith("/index.html")]
    return [p for p in some if b'http-equiv="refresh"' not in (public / p).read_bytes()]
