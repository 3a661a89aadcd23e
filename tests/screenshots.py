"""Takes the README's pictures of the built demonstration site: `python -m tests.screenshots`."""

from __future__ import annotations

from pathlib import Path

from tests.audit import chromium

ROOT = Path(__file__).parent.parent
PICTURES = {
    "home": ("index.html", 1280, 1100, "light"),
    "article": ("articles/2021-12-29-before-the-call.html", 1280, 1100, "light"),
    "event": ("events/talks-between-united-states-and-russia-2022-01-10.html", 1280, 1100, "light"),
    "actor": ("actors/joe-biden.html", 1280, 1100, "light"),
    "network": ("network/index.html", 1280, 1100, "light"),
    "phone": ("articles/2021-12-29-before-the-call.html", 390, 1100, "dark"),
}


def main() -> None:
    """Writes the pictures to .screenshots/."""
    from playwright.sync_api import sync_playwright

    binary = chromium()
    assert binary, "there is no chromium to take pictures with"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=binary, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        for name, (page, width, height, scheme) in PICTURES.items():
            tab = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
            tab.goto((ROOT / "public" / page).resolve().as_uri())
            tab.screenshot(path=ROOT / ".screenshots" / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
