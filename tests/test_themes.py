"""The shipped themes: texts complete in every language and all in use, colours that can be read, a small script."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
import yaml

from generator.theme import environment, find_theme, find_wording, shipped_themes, static_files
from tests.harbour import small_site

DEFAULT = shipped_themes() / "default"
LANGUAGES = sorted(p.stem for p in (DEFAULT / "strings").glob("*.yaml"))
CODE = Path(__file__).parent.parent / "generator" / "outputs"


def strings(language: str) -> dict:
    return yaml.safe_load((DEFAULT / "strings" / f"{language}.yaml").read_text("utf-8"))


def shape(value: object) -> object:
    """Keys and the {names} in texts, for these a translation has to keep."""
    if isinstance(value, dict):
        return {k: shape(v) for k, v in value.items()}
    if isinstance(value, list):
        return len(value)
    return sorted(set(re.findall(r"{\w+}", str(value))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_have_the_same_keys_and_names(language: str) -> None:
    english, other = shape(strings("en")), shape(strings(language))
    assert isinstance(english, dict)
    assert isinstance(other, dict)
    assert set(other) == set(english)
    differing = {k for k in english if other[k] != english[k]} - {"dates"}  # a language may leave out a part of a date
    assert not differing


def test_every_text_is_used() -> None:
    used = "".join(p.read_text("utf-8") for p in [*(DEFAULT / "templates").iterdir(), *CODE.rglob("*.py")])
    assert [k for k in strings("en") if not re.search(rf"""(?:\bt\.|["']){k}\b""", used)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_site_in_every_language(language: str) -> None:
    from generator.outputs.pages import pages

    theme = find_theme("default", Path("/nonexistent"))
    words = find_wording(theme, language)
    made = {o.path: o.content.decode() for o in pages(small_site(language=language), environment(theme, words), words)}
    assert f'<html lang="{language}">' in made["index.html"]
    assert strings(language)["upcoming"] in made["index.html"]


def test_an_austrian_site_reads_german_texts() -> None:
    assert find_wording(find_theme("default", Path("/nonexistent")), "de-AT")["search"] == "Suche"


def test_a_second_theme_changes_what_it_says_and_keeps_the_rest() -> None:
    from generator.outputs.pages import pages

    theme = find_theme("gazette", Path("/nonexistent"))
    words = find_wording(theme, "en")
    made = {o.path: o.content.decode() for o in pages(small_site(), environment(theme, words), words)}
    assert '<p class="edition">Tuesday, 13 May 2031</p>' in made["index.html"]
    assert made["index.html"].index("static/style.css") < made["index.html"].index("static/gazette.css")
    assert "../static/gazette.css" in made["articles/bridge.html"]
    assert {o.path for o in static_files(theme)} >= {"static/style.css", "static/gazette.css", "static/site.js"}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str) -> float:
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def blocks(name: str) -> list[dict[str, str]]:
    """The colours of a theme's style sheet: in light, in dark by the system, in dark by choice."""
    [file] = (shipped_themes() / name / "static").glob("*.css")
    found = re.findall(r":root[^{]*{([^}]*--paper: #[0-9a-f]{6};[^}]*)}", file.read_text("utf-8"))
    return [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in found]


def palettes(name: str) -> list[dict[str, str]]:
    return [below | above for below, above in zip(blocks("default"), blocks(name), strict=True)]


SHADES = [(name, n) for name in ("default", "gazette") for n in range(3)]


@pytest.mark.parametrize("colours", [palettes(name)[n] for name, n in SHADES], ids=[f"{name} {n}" for name, n in SHADES])
def test_every_pair_of_colours_can_be_read(colours: dict[str, str]) -> None:
    """WCAG AA: 4.5 to 1, also of text and small signs on the tints they may stand on."""
    grounds = ["paper", "raised", *(k for k in colours if k.endswith("-tint"))]
    pairs = (
        [("ink", g) for g in grounds]
        + [("accent", g) for g in grounds]
        + [(k, "paper") for k in ("quiet", "claim", "meeting", "figure", "actor")]
    )
    assert [(a, b) for a, b in pairs if contrast(colours[a], colours[b]) < 4.5] == []


@pytest.mark.parametrize("name", ["default", "gazette"])
def test_both_ways_to_dark_are_the_same(name: str) -> None:
    _, by_system, by_choice = palettes(name)
    assert by_system == by_choice


def test_the_script_and_the_style_are_small() -> None:
    assert len(gzip.compress((DEFAULT / "static" / "site.js").read_bytes())) < 10_000
    assert len(gzip.compress((DEFAULT / "static" / "style.css").read_bytes())) < 10_000


def test_nothing_is_asked_of_others() -> None:
    for file in DEFAULT.rglob("*"):
        if file.suffix in (".css", ".js", ".html", ".svg"):
            addresses = set(re.findall(r"https?://[^\s\"')]+", file.read_text("utf-8")))
            assert addresses <= {"http://www.w3.org/2000/svg"}, file
