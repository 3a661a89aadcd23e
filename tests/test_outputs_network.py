"""The network of actors: which ties are shown, their drawing where networkx is installed, and the page with both."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from lxml import html

from generator.link import link
from generator.model import Actor, Article, Claim, Evidence, FactSheet, Site
from generator.outputs import network as output
from generator.outputs.network import Edge, edges, has_network, network, network_svg
from generator.outputs.pages import pages
from generator.theme import environment, find_theme, find_wording
from tests.sites import hostile_sites, small_site


def crowd(n: int) -> Site:
    """A site where the first actor speaks about each of `n` others, most often about the first of them."""
    names = ["Ada Zero", *(f"Bo Number{i}" for i in range(n))]
    actors = tuple(Actor(id=f"a{i:03}", name=name, type="person") for i, name in enumerate(names))
    claims = tuple(
        Claim(
            id=f"c{i}-{k}", speaker="a000", verb="said", text=f"{i}.{k}", about=(f"a{i:03}",), evidence=Evidence(quote=f"She said {i}.{k}.")
        )
        for i in range(1, n + 1)
        for k in range(1 + (n - i) // 10)
    )
    return link([FactSheet(article=Article(id="x", title="X", published="2031-01-01", text=""), actors=actors, claims=claims)])


def made(site: Site) -> dict[str, str]:
    theme = find_theme("default", Path("/nonexistent"))
    words = find_wording(theme, "en")
    return {o.path: o.content.decode() for o in pages(site, environment(theme, words), words)}


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_rows_say_who_met_and_who_spoke_of_whom() -> None:
    assert edges(small_site()) == (Edge("anna-berg", "ben-stone", 1, 1),)
    assert has_network(small_site())


def test_only_the_closest_ties_are_shown_and_the_page_says_so() -> None:
    shown = network(crowd(120))
    assert len(shown.actors) == output.MOST
    assert len(shown.ties) == output.MOST - 1
    assert (shown.all_actors, shown.all_ties) == (121, 120)
    assert [t.other for t in shown.ties[:3]] == ["a001", "a002", "a003"]
    page = html.fromstring(made(crowd(120))["network/index.html"])
    assert "Shown are the closest 39 ties, of 40 actors." in text(page)
    assert len(page.xpath("//table//tbody/tr")) == 39


def test_without_the_library_the_page_has_its_table_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "find_spec", lambda _: None)
    assert network_svg(small_site(), network(small_site()), "x") is None
    page = html.fromstring(made(small_site())["network/index.html"])
    assert not page.xpath("//*[@class='network']")
    assert [text(td) for td in page.xpath("//table//summary")] == ["Anna Berg – Ben Stone"]


def test_a_site_without_ties_has_no_network() -> None:
    alone = FactSheet(article=Article(id="x", title="X", text=""), actors=(Actor(id="ada", name="Ada", type="person"),))
    site = made(link([alone]))
    assert "network/index.html" not in site
    assert "network/" not in site["actors/index.html"]


def test_every_line_leads_to_the_sentences_of_its_pair() -> None:
    pytest.importorskip("networkx", reason="the extra `network` is not installed")
    page = html.fromstring(made(small_site())["network/index.html"])
    [svg] = page.xpath("//*[@class='network']")
    assert [a.get("xlink:href") for a in svg.iter("a")] == [
        "#tie-anna-berg~ben-stone",
        "../actors/anna-berg.html",
        "../actors/ben-stone.html",
    ]
    fold = page.get_element_by_id("tie-anna-berg~ben-stone")
    assert next(fold.iterancestors("details")) is not None
    said = [text(li) for li in fold.iter("li")]
    assert said == [
        "◷ 10 Mar 2024, 18:00 UTC+01:00 Berg–Stone meeting They met.",
        '“ ” 1 Mar 2024 Anna Berg said Anna Berg, the mayor of Norham, said on Monday that "the bridge, at last, will open".',
    ]
    [row] = page.xpath("//table/tbody/tr")
    assert [text(td) for td in row.xpath("./td[@class='num']")] == ["1", "1"]


def test_home_and_the_list_of_actors_lead_to_it() -> None:
    site = made(small_site())
    for path, way in (("index.html", "network/index.html"), ("actors/index.html", "../network/index.html")):
        assert way in html.fromstring(site[path]).xpath("//main//a/@href")


def test_every_actor_has_a_place_within_the_drawing() -> None:
    pytest.importorskip("networkx", reason="the extra `network` is not installed")
    svg = network_svg(crowd(120), network(crowd(120)), "Who met whom & more")
    assert svg is not None
    places = [tuple(map(int, p)) for p in re.findall(r'cx="(\d+)" cy="(\d+)"', svg)]
    assert len(set(places)) == output.MOST
    assert len({y for _, y in places}) == output.MOST  # a row each
    assert all(0 < x < output.WIDTH and 0 < y < output.HEIGHT for x, y in places)


def test_the_drawing_is_the_same_each_time() -> None:
    pytest.importorskip("networkx", reason="the extra `network` is not installed")
    code = (
        "from tests.test_outputs_network import crowd; from generator.outputs.network import network, network_svg;"
        "print(network_svg(crowd(60), network(crowd(60)), 'x'))"
    )
    root = Path(__file__).parent.parent
    drawn = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=root, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(drawn) == 1


@settings(max_examples=25, deadline=None)
@given(hostile_sites())
def test_hostile_names_leave_the_drawing_whole(site: Site) -> None:
    pytest.importorskip("networkx", reason="the extra `network` is not installed")
    svg = network_svg(site, network(site), site.config.title)
    if svg is not None:
        ET.fromstring("".join(c for c in svg if c in "\t\n" or c >= " "))
