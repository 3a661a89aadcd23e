"""The network of actors: its rows, and its drawing where networkx is installed."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

from generator.model import Site
from generator.outputs import addresses, network
from generator.outputs.network import Edge, edges, network_svg
from tests.sites import hostile_sites, small_site


def test_rows_say_who_met_and_who_spoke_of_whom() -> None:
    assert edges(small_site()) == (Edge("anna-berg", "ben-stone", 1, 1),)


def test_without_the_library_there_is_no_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "find_spec", lambda _: None)
    assert network_svg(small_site(), addresses.NETWORK, "x") is None


def test_the_drawing_leads_to_actors_and_to_what_ties_them() -> None:
    pytest.importorskip("networkx", reason="the extra `network` is not installed")
    svg = network_svg(small_site(), addresses.NETWORK, "Who met whom & more")
    assert svg is not None
    links = re.findall(r'href="([^"]*)"', svg)
    assert links == ["../actors/anna-berg.html#with-ben-stone", "../actors/anna-berg.html", "../actors/ben-stone.html"]
    assert svg == network_svg(small_site(), addresses.NETWORK, "Who met whom & more")
    places = [tuple(map(int, p)) for p in re.findall(r'cx="(\d+)" cy="(\d+)"', svg)]
    assert len(set(places)) == 2
    assert all(0 < x < network.WIDTH and 0 < y < network.HEIGHT for x, y in places)


@settings(max_examples=25, deadline=None)
@given(hostile_sites())
def test_hostile_names_leave_the_drawing_whole(site: Site) -> None:
    pytest.importorskip("networkx", reason="the extra `network` is not installed")
    svg = network_svg(site, addresses.NETWORK, site.config.title)
    if svg is not None:
        ET.fromstring("".join(c for c in svg if c in "\t\n" or c >= " "))
