"""Audits a built site: `python -m tests.audit public`. Exit status 1 where a finding is left.

Every page: internal links and anchors lead somewhere, nothing starts at the root or leaves the site, ids are unique, the HTML is strict.
A sample of every kind of page in Debian's chromium, from the folder itself: no script error, no failed or foreign request, no sideways scrolling on
a phone, in light and dark, and all the text is there with scripts off.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag

import html5lib
from lxml import html

REFERENCES = (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src"), ("source", "srcset"), ("form", "action"), ("use", "href"))
STRICT_PAGES = 40
PER_FOLDER = 3
CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")


def chromium() -> str | None:
    """The browser, where there is one."""
    return next((p for p in CHROMIUM if Path(p).exists()), None)


def pages(site: Path) -> list[Path]:
    """The site's pages in order."""
    return sorted(site.rglob("*.html"))


def is_redirect(page: Path) -> bool:
    """Whether a page only leads on to another."""
    return b'http-equiv="refresh"' in page.read_bytes()


def static_findings(site: Path) -> Iterator[str]:
    """What reading the files shows."""
    ids: dict[Path, set[str]] = {}
    links: list[tuple[Path, str]] = []
    for page in pages(site):
        tree = html.document_fromstring(page.read_bytes())
        counted = Counter(tree.xpath("//@id"))
        yield from (f"{page}: the id {i} stands there {n} times" for i, n in counted.items() if n > 1)
        ids[page.resolve()] = set(counted)
        links += [(page, str(value)) for tag, attribute in REFERENCES for value in tree.xpath(f"//{tag}/@{attribute}")]
        for needed in ("//title", "//html/@lang", "//meta[@name='viewport']", "//main", "//h1"):
            if not tree.xpath(needed):
                yield f"{page}: has no {needed.strip('/')}"
    reached = defaultdict(set)
    for page, link in links:
        if re.match(r"(https?:|mailto:|data:|webcal:)", link):
            continue
        if link.startswith("/") and page.name != "404.html":
            yield f"{page}: {link} starts at the root of the host"
            continue
        path, anchor = urldefrag(link.removeprefix("/") if page.name == "404.html" else link)
        target = (page.parent / unquote(path.split("?")[0])).resolve() if path else page.resolve()
        if not target.is_file():
            yield f"{page}: {link} leads nowhere"
        elif anchor and target in ids and unquote(anchor) not in ids[target] and not anchor.startswith(":~:"):
            yield f"{page}: no {anchor} on {path or 'this page'}"
        reached[page.resolve()].add(target)
    seen, todo = set(), [(site / "index.html").resolve()]
    while todo:
        page_ = todo.pop()
        if page_ not in seen:
            seen.add(page_)
            todo += reached[page_]
    for page in pages(site):
        if page.resolve() not in seen and page.name != "404.html" and not is_redirect(page):
            yield f"{page}: no link leads there"
    for page in pages(site)[:: max(1, len(pages(site)) // STRICT_PAGES)]:
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(page.read_bytes())
        yield from (f"{page}:{place[0]}: {code}" for place, code, _ in parser.errors)


def sample(site: Path) -> list[Path]:
    """Some pages of every folder: the index, the largest, the smallest."""
    folders: dict[Path, list[Path]] = defaultdict(list)
    for page in pages(site):
        if not is_redirect(page) and page.name != "404.html":  # which a host serves at any depth, so its links start at the root
            folders[page.parent].append(page)
    chosen: dict[Path, None] = {}
    for found in folders.values():
        by_size = sorted(found, key=lambda p: (p.stat().st_size, p))
        index = [p for p in found if p.name == "index.html"]
        for page in [*index, by_size[-1], by_size[0], *by_size][: PER_FOLDER + 1]:
            chosen.setdefault(page)
    return list(chosen)


def browser_findings(site: Path, binary: str) -> Iterator[str]:
    """What a real browser shows on a sample of pages, opened from the folder."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=binary, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        for scheme in ("light", "dark"):
            context = browser.new_context(viewport={"width": 360, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
            for path in sample(site):
                tab = context.new_page()
                found: list[str] = []
                tab.on("console", lambda m, f=found: f.append(f"console: {m.text}") if m.type == "error" else None)
                tab.on("pageerror", lambda e, f=found: f.append(f"script error: {e}"))
                tab.on(
                    "requestfailed", lambda r, f=found: f.append(f"request failed: {r.url}") if r.failure != "net::ERR_ABORTED" else None
                )
                tab.on(
                    "request",
                    lambda r, f=found: f.append(f"foreign request: {r.url}") if not r.url.startswith(("file:", "data:")) else None,
                )
                tab.goto(path.resolve().as_uri())
                width = tab.evaluate("document.documentElement.scrollWidth")
                if width > 360:
                    found.append(f"scrolls sideways on a phone: {width} px")
                yield from (f"{path} ({scheme}): {f}" for f in dict.fromkeys(found))
                tab.close()
            context.close()
        with_script = browser.new_context()
        without = browser.new_context(java_script_enabled=False)
        for path in sample(site):
            texts = []
            for context in (with_script, without):
                tab = context.new_page()
                tab.goto(path.resolve().as_uri())
                texts.append(set(re.findall(r"\w{4,}", tab.locator("main").inner_text())))
                tab.close()
            if missing := texts[0] - texts[1]:
                yield f"{path}: with scripts off these words are missing: {', '.join(sorted(missing)[:8])}"
        browser.close()


def main() -> int:
    """Prints the findings; exit status 1 where there are any."""
    site = Path(sys.argv[1])
    findings = list(static_findings(site))
    binary = chromium()
    if binary:
        findings += browser_findings(site, binary)
    print("\n".join(findings[:200]))
    looked = f"{len(sample(site))} of them in a browser" if binary else "no browser: install chromium to look at them in one"
    print(f"{len(findings)} findings on {len(pages(site))} pages, {looked}")
    return 1 if findings or not pages(site) else 0


if __name__ == "__main__":
    sys.exit(main())
