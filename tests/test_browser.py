"""The pages in a real browser: Debian's chromium, from a folder. Keyboard, highlights, search, filters, dark mode, print, and script off."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.link import link
from generator.model import Site, SiteConfig
from generator.outputs.calendar import make_calendars
from generator.outputs.data import make_data
from generator.outputs.drafts import made
from generator.outputs.exchange import make_exchange
from generator.outputs.feeds import make_feeds
from generator.outputs.pages import pages
from generator.outputs.search import make_search
from generator.publish import publish
from generator.theme import environment, find_theme, find_wording, static_files
from tests import extreme
from tests.harbour import first, second
from tests.test_pages import many

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no chromium: apt-get install chromium")]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site with everything its pages link to."""
    return built(link([first(), second(), many(30)], SiteConfig(title="Harbour facts", show="full")), tmp_path_factory)


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site of long names, other scripts, and sheets with nothing or little in them."""
    sheets = [*extreme.busy()[:3], extreme.long_names(), *extreme.odd_ones(), *extreme.other_scripts()]
    return built(link(sheets, SiteConfig(title="Extremes")), tmp_path_factory)


def built(linked: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "public"
    theme = find_theme("default", folder)
    words = find_wording(theme, "en")
    makers = {
        "pages": pages(linked, environment(theme, words), words),
        "theme": static_files(theme),
        **{f.__name__: made(f(linked)) for f in (make_calendars, make_data, make_exchange, make_feeds, make_search)},
    }
    publish(makers, folder)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        chrome = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chrome
        chrome.close()


class Opened:
    """A page and what went wrong in it."""

    def __init__(self, browser, site: Path, **how) -> None:
        self.site = site
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **how})
        self.page = self.context.new_page()
        self.wrong: list[str] = []
        self.page.on("pageerror", lambda e: self.wrong.append(str(e)))
        self.page.on("console", lambda m: self.wrong.append(m.text) if m.type == "error" else None)
        # A page that is left while its pictures load gives up on them: that is no failure.
        self.page.on("requestfailed", lambda r: self.wrong.append(r.url) if r.failure != "net::ERR_ABORTED" else None)
        self.page.on("request", lambda r: self.wrong.append(r.url) if not r.url.startswith(("file:", "data:")) else None)

    def go(self, path: str):
        self.page.goto(f"{self.site.as_uri()}/{path}")
        return self.page


@pytest.fixture
def open_(browser, site: Path) -> Iterator[Opened]:
    opened = Opened(browser, site)
    yield opened
    opened.context.close()
    assert opened.wrong == []


PATHS = [
    "index.html", "articles/bridge.html", "articles/many.html", "actors/ana-sol.html", "actors/index.html", "events/index.html", "calendar/2031-05.html",
    "claims/index.html", "figures/index.html", "sources/index.html", "network/index.html", "review/index.html", "search.html", "data/index.html", "404.html",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_every_page_opens_from_a_folder_and_fits_a_phone(browser, site: Path, path: str) -> None:
    opened = Opened(browser, site, viewport={"width": 360, "height": 740})
    page = opened.go(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate("getComputedStyle(document.body).marginTop") == "0px"  # the style sheet is there
    assert opened.wrong == []
    opened.context.close()


def test_pointing_at_words_lights_their_card_and_back(open_: Opened) -> None:
    page = open_.go("articles/bridge.html")
    card, mark = page.locator("#claim-minister-ana-sol-said-the"), page.locator("#text-claim-minister-ana-sol-said-the")
    mark.hover()
    assert "lit" in card.get_attribute("class")
    page.locator("h1").hover()
    assert "lit" not in card.get_attribute("class")
    card.hover()
    assert "lit" in mark.get_attribute("class")


def test_words_and_card_are_a_click_apart(open_: Opened) -> None:
    page = open_.go("articles/bridge.html")
    page.locator("#text-claim-minister-ana-sol-said-the").click()
    page.wait_for_url("**#claim-minister-ana-sol-said-the")
    page.locator("#claim-minister-ana-sol-said-the .count").click()
    page.wait_for_url("**#text-claim-minister-ana-sol-said-the")


def test_j_and_k_go_through_the_facts(open_: Opened) -> None:
    page = open_.go("articles/bridge.html")
    where = "document.activeElement.id"
    page.keyboard.press("j")
    page.wait_for_function(f"{where} === 'claim-minister-ana-sol-said-the'")
    page.keyboard.press("j")
    page.wait_for_function(f"{where} === 'meeting-ana-sol-will-meet-mayor'")
    page.keyboard.press("k")
    page.wait_for_function(f"{where} === 'claim-minister-ana-sol-said-the'")


def test_notes_stand_beside_their_paragraph_and_below_it_on_a_phone(browser, open_: Opened, site: Path) -> None:
    measure = (
        "[...document.querySelectorAll('.row:first-of-type .text, .row:first-of-type .notes')].map(e => e.getBoundingClientRect().toJSON())"
    )
    text, notes = open_.go("articles/bridge.html").evaluate(measure)[:2]
    assert abs(text["top"] - notes["top"]) < 20
    assert notes["left"] > text["right"]
    phone = Opened(browser, site, viewport={"width": 390, "height": 800})
    text, notes = phone.go("articles/bridge.html").evaluate(measure)[:2]
    assert notes["top"] >= text["bottom"]
    phone.context.close()


def test_the_search_finds_by_keyboard_from_a_folder(open_: Opened) -> None:
    page = open_.go("index.html")
    page.keyboard.press("/")
    page.wait_for_url("**/search.html")
    page.keyboard.type("har lin")
    page.wait_for_selector("#search-results a")
    page.fill("#search-box", "ana so")
    page.wait_for_selector("#search-results section:first-child li:first-child a:text-is('Ana Sol')")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Ana Sol"
    page.keyboard.press("Enter")
    page.wait_for_url("**/actors/ana-sol.html")


def test_a_search_in_vain_says_so(open_: Opened) -> None:
    page = open_.go("search.html?q=xyzzy")
    page.wait_for_selector("#search-count:text-is('Nothing found')")


def test_a_long_list_can_be_filtered(open_: Opened) -> None:
    page = open_.go("claims/by-ana-sol.html")
    page.fill(".filter-box", "point 17 ")
    assert page.locator(".fact:visible").count() == 1
    page.fill(".filter-box", "")
    assert page.locator(".fact:visible").count() == 31


def test_copies_a_citation_and_the_link_to_the_words(browser, site: Path) -> None:
    opened = Opened(browser, site, permissions=["clipboard-read", "clipboard-write"])
    page = opened.go("articles/bridge.html")
    buttons = page.locator("#claim-minister-ana-sol-said-the button")
    assert buttons.count() == 2
    buttons.nth(0).click()
    citation = page.evaluate("navigator.clipboard.readText()")
    assert citation.startswith(
        "Ana Sol, Minister, said the bridge is “safe for everyone who has to cross it” (Minister calls bridge safe, The Quay, 5 May 2031)"
    )
    assert citation.endswith("articles/bridge.html#claim-minister-ana-sol-said-the")
    buttons.nth(1).click()
    assert page.evaluate("navigator.clipboard.readText()").startswith("https://quay.example/a#:~:text=")
    opened.context.close()


def test_dark_mode_follows_the_system_and_the_switch_is_remembered(browser, site: Path) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    shades = {}
    for scheme in ("light", "dark"):
        opened = Opened(browser, site, color_scheme=scheme)
        shades[scheme] = opened.go("index.html").evaluate(background)
        opened.page.click("#theme-switch")
        shades[f"switched from {scheme}"] = opened.page.evaluate(background)
        opened.page.reload()
        assert opened.page.evaluate(background) == shades[f"switched from {scheme}"]
        opened.context.close()
    assert shades["light"] != shades["dark"]
    assert shades["switched from light"] == shades["dark"]
    assert shades["switched from dark"] == shades["light"]


@pytest.mark.parametrize("path", PATHS)
def test_all_text_is_there_with_scripts_off(browser, site: Path, path: str) -> None:
    said = {}
    for on in (True, False):
        opened = Opened(browser, site, java_script_enabled=on)
        opened.go(path)
        said[on] = set(opened.page.locator("body").inner_text().split())
        opened.context.close()
    assert said[True] - said[False] == set()


def test_without_scripts_every_entry_is_reached_by_links(browser, site: Path) -> None:
    opened = Opened(browser, site, java_script_enabled=False)
    page = opened.go("index.html")
    page.click("nav.menu >> text=Actors")
    page.click("text=Ana Sol")
    page.click("#said ~ .month-group >> text=in the text >> nth=0")
    page.wait_for_url("**#text-claim-*")
    opened.context.close()


def test_a_fact_sheet_prints(open_: Opened, tmp_path: Path) -> None:
    page = open_.go("articles/bridge.html")
    file = tmp_path / "sheet.pdf"
    page.pdf(path=str(file))
    assert file.read_bytes().startswith(b"%PDF")
    page.emulate_media(media="print")
    assert page.locator("nav.menu").is_hidden()
    assert page.locator(".fact").first.is_visible()


def test_the_skip_link_comes_first(open_: Opened) -> None:
    page = open_.go("index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    page.wait_for_url("**#content")


def test_the_menu_and_the_switch_work_by_keyboard(open_: Opened) -> None:
    page = open_.go("index.html")
    page.locator("nav.menu a").first.focus()
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    page.keyboard.press("Tab")
    assert page.evaluate(outline) == "solid"  # one sees where one is
    page.keyboard.press("Enter")
    page.wait_for_url("**/actors/index.html")
    page.locator("#theme-switch").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_a_fold_opens_by_keyboard(open_: Opened) -> None:
    page = open_.go("actors/ana-sol.html")
    page.locator(".tie summary").first.focus()
    assert page.locator(".tie .fact").first.is_hidden()
    page.keyboard.press("Enter")
    assert page.locator(".tie .fact").first.is_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_line_of_the_network_opens_the_sentences_of_its_pair(browser, site: Path, scripts: bool) -> None:
    pytest.importorskip("networkx", reason="the extra `network` is not installed")
    opened = Opened(browser, site, java_script_enabled=scripts)
    page = opened.go("network/index.html")
    fold = page.locator("#tie-ana-sol\\~bo-lind")
    assert fold.is_hidden()
    page.locator(".network line.hit").first.click(force=True)
    page.wait_for_url("**#tie-ana-sol~bo-lind")
    fold.wait_for(state="visible")
    assert "Ana Sol will meet Mayor Bo Lind" in fold.inner_text() or "Mayor Bo Lind met Minister Ana Sol" in fold.inner_text()
    opened.context.close()


@pytest.mark.parametrize(("day", "is_past"), [("2031-05-11T12:00", False), ("2031-05-13T12:00", True)])
def test_what_is_past_is_told_by_the_readers_own_date(open_: Opened, day: str, is_past: bool) -> None:
    open_.page.clock.set_fixed_time(day)
    page = open_.go("events/index.html")
    assert ("is-past" in page.locator("li.event").first.get_attribute("class")) == is_past


def test_where_one_landed_is_outlined(open_: Opened) -> None:
    page = open_.go("articles/bridge.html#text-claim-minister-ana-sol-said-the")
    mark = page.locator("#text-claim-minister-ana-sol-said-the")
    assert mark.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


def odd_pages(odd: Path) -> list[str]:
    """One page of each kind, and all that are about something odd."""
    files = (f.relative_to(odd).as_posix() for f in odd.rglob("*.html"))
    return sorted(f for f in files if not re.search(r"busy|talks-on-boats|--?\d\.html|calendar/2029", f))


@pytest.mark.parametrize("width", [360, 1280])
def test_extreme_content_stays_within_the_page(browser, odd: Path, width: int) -> None:
    opened = Opened(browser, odd, viewport={"width": width, "height": 800})
    found = {}
    for path in odd_pages(odd):
        page = opened.go(path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found[path] = wide
    assert found == {}
    assert opened.wrong == []
    opened.context.close()


def test_text_of_another_direction_keeps_it(browser, odd: Path) -> None:
    opened = Opened(browser, odd)
    page = opened.go("articles/محادثات-جنيف.html")
    shown = "e => [getComputedStyle(e).direction, e.closest('[lang]').lang]"
    assert page.locator(".row .text").first.evaluate(shown) == ["rtl", "ar"]
    page.locator("mark").first.hover()
    assert page.locator(".fact.lit").count() == 1
    opened.context.close()


def test_a_search_finds_names_of_other_scripts(browser, odd: Path) -> None:
    opened = Opened(browser, odd)
    page = opened.go("search.html")
    for typed, name in (("الأحمد", "محمد الأحمد"), ("王小", "王小明")):
        page.fill("#search-box", typed)
        page.wait_for_selector(f"#search-results section:first-child a:text-is('{name}')")
    assert opened.wrong == []
    opened.context.close()
