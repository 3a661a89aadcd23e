"""The Content-Security-Policy in a real browser: a strict site works in full, from a folder and over HTTP, and no script within a page runs on it."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.app import init, made_outputs
from generator.link import link
from generator.model import Curation, SiteConfig
from generator.publish import publish
from generator.serve import Live, start
from generator.store import Content
from tests.harbour import first, second
from tests.test_pages import many

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]+)">')
CARD, WORDS = "#claim-minister-ana-sol-said-the", "#text-claim-minister-ana-sol-said-the"
# What an audit does: a script element of its own, put into the page.
INLINE = "const s = document.createElement('script'); s.textContent = 'window.ran = true'; document.head.append(s); window.ran === true"
ATTRIBUTE = "const b = document.createElement('b'); b.setAttribute('onclick', 'window.ran = 2'); document.body.append(b); b.click(); window.ran === 2"


def built(folder: Path, strict: bool) -> Path:
    """A site with something of every kind, a moved address among it."""
    config = SiteConfig(title="Harbour facts", show="full", strict_csp=strict)
    joined = Curation(id="ana-sol", same=("ana-solis",), file="content/actors/ana-sol.yaml")
    site = link([first(), second(), many(30)], config, actors=[joined], pages={"about": "# About\n\nWords."})
    publish(dict(made_outputs(site, folder)), folder / "public")
    return folder / "public"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    return {strict: built(tmp_path_factory.mktemp("site"), strict) for strict in (True, False)}


def test_every_page_has_a_policy_and_a_strict_one_allows_no_script_within(sites: dict[bool, Path]) -> None:
    for strict, folder in sites.items():
        for page in folder.rglob("*.html"):
            (policy,) = POLICY.findall(page.read_bytes())
            assert b"default-src 'none'" in policy, page
            assert b"base-uri 'none'" in policy, page
            assert b"unsafe-eval" not in policy, page
            assert (b"unsafe-inline" in policy) <= (not strict), page


def test_new_sites_are_strict(tmp_path: Path) -> None:
    init(tmp_path)
    config, problems = Content(tmp_path).config()
    assert (config.strict_csp, problems) == (True, ())
    assert SiteConfig().strict_csp is False


@contextmanager
def address(folder: Path, scheme: str) -> Iterator[str]:
    """Where a browser finds the folder: on the disk, or served as `serve` does."""
    if scheme == "file":
        yield f"{folder.as_uri()}/"
        return
    live = Live(lambda *_: ())
    live.rebuild()
    server = start(live, folder, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        live.close()
        server.shutdown()
        server.server_close()


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no chromium: apt-get install chromium")
@pytest.mark.parametrize("scheme", ["file", "http"])
def test_a_strict_site_works_in_full(sites: dict[bool, Path], scheme: str) -> None:
    from playwright.sync_api import sync_playwright

    wrong: list[str] = []
    with sync_playwright() as driver, address(sites[True], scheme) as home:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: wrong.append(str(e)))

        page.goto(f"{home}articles/bridge.html")
        page.hover(WORDS)
        assert "lit" in (page.get_attribute(CARD, "class") or "")
        page.keyboard.press("j")
        page.wait_for_function(f"document.activeElement.id === '{CARD[1:]}'")

        page.click("#theme-switch")
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"

        page.goto(f"{home}claims/by-ana-sol.html")
        page.fill(".filter-box", "point 17 ")
        assert page.locator(".fact:visible").count() == 1

        page.keyboard.press("Escape")
        page.goto(f"{home}search.html")
        page.fill("#search-box", "ana so")
        page.wait_for_selector("#search-results a:text-is('Ana Sol')")

        page.goto(f"{home}actors/ana-solis.html", wait_until="commit")
        page.wait_for_url("**/actors/ana-sol.html")
        assert wrong == []
        browser.close()


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no chromium: apt-get install chromium")
@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize("scheme", ["file", "http"])
def test_scripts_within_a_page_run_where_a_site_lets_them_and_in_attributes_never(
    sites: dict[bool, Path], scheme: str, strict: bool
) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver, address(sites[strict], scheme) as home:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto(f"{home}articles/bridge.html")
        assert page.evaluate(INLINE) is not strict
        assert page.evaluate(ATTRIBUTE) is False
        browser.close()
