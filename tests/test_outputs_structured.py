"""schema.org data of pages, and the map of the site."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree as ET

import html5lib
from hypothesis import given, settings

from generator.link import link
from generator.model import Claim, Site
from generator.outputs import addresses
from generator.outputs.drafts import made
from generator.outputs.sitemap import NAMESPACE, make_sitemap
from generator.outputs.structured import json_ld
from tests.sites import BASE, at, hostile_sites, small_sheets, small_site


def graph(site: Site, path: str, title: str, thing: Any = None, **more: Any) -> list[dict[str, Any]]:
    made = json.loads(json_ld(site, path, title, thing, **more))
    assert made["@context"] == "https://schema.org"
    return list(made["@graph"])


def of_type(nodes: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [n for n in nodes if n["@type"] == kind or kind in n["@type"]]


def test_a_sheets_page_is_about_an_article_and_is_none() -> None:
    site = small_site()
    sheet = site.sheets[1]
    nodes = graph(site, addresses.article_page("first"), "A bridge", sheet, crumbs=[("Home", "index.html")])
    (page,) = of_type(nodes, "WebPage")
    (article,) = of_type(nodes, "NewsArticle")
    assert page["@id"] == BASE + "articles/first.html"
    assert page["isBasedOn"] == {"@id": article["@id"]} == {"@id": "https://post.example/a?b=1&c=2"}
    assert [c["item"] for c in page["breadcrumb"]["itemListElement"]] == [BASE, BASE + "articles/first.html"]
    (claim,) = of_type(nodes, "Claim")
    assert claim["@type"] == ["Claim", "Quotation"]
    assert claim["spokenByCharacter"] == claim["author"] == {"@id": BASE + "actors/anna-berg.html#actor"}
    (figure,) = of_type(nodes, "Observation")
    assert (figure["value"], figure["unitText"]) == (3000, "people")
    assert not of_type(nodes, "ClaimReview")
    known = {n["@id"] for n in nodes}
    assert {m["@id"] for m in page["mentions"]} <= known


def test_a_verdict_by_a_person_is_a_review() -> None:
    sheet = small_sheets()[0]
    claim = Claim(id="c", speaker="anna-berg", text="it will open", mode="indirect", verdict="It did not.", evidence=at("She will meet"))
    site = link([type(sheet)(article=sheet.article, actors=sheet.actors, claims=(claim,))])
    nodes = graph(site, addresses.article_page("first"), "A bridge", site.sheets[0])
    (review,) = of_type(nodes, "ClaimReview")
    assert review["reviewRating"]["alternateName"] == "It did not."
    assert of_type(nodes, "Claim")[0]["claimInterpreter"]


def test_an_event_and_an_actor() -> None:
    site = small_site()
    event = site.events["berg-stone-meeting-2024-03-10"]
    (node,) = of_type(graph(site, addresses.event_page(event.id), event.title, event), "Event")
    assert node["startDate"] == "2024-03-10T18:00+01:00"
    assert "eventStatus" not in node  # it was held: the vocabulary has no word for it
    assert node["attendee"][0] == {"@id": BASE + "actors/anna-berg.html#actor"}
    berg = site.profiles["anna-berg"]
    nodes = graph(site, addresses.actor_page(berg.id), berg.name, berg)
    assert of_type(nodes, "ProfilePage")[0]["mainEntity"] == {"@id": of_type(nodes, "Person")[0]["@id"]}
    assert of_type(nodes, "Person")[0]["jobTitle"] == "mayor of Norham"


def test_the_home_page_offers_the_data() -> None:
    nodes = graph(small_site(license="https://example.org/licence"), addresses.HOME, "Norham facts")
    (data,) = of_type(nodes, "Dataset")
    assert data["license"] == "https://example.org/licence"
    assert BASE + "data/facts.sqlite" in [d["contentUrl"] for d in data["distribution"]]


def test_without_an_address_names_are_relative_to_the_page() -> None:
    site = small_site(base_url="")
    (node,) = of_type(graph(site, "events/x.html", "x", site.events["berg-stone-meeting-2024-03-10"]), "Event")
    assert node["attendee"][0] == {"@id": "../actors/anna-berg.html#actor"}


@settings(max_examples=40, deadline=None)
@given(hostile_sites())
def test_hostile_strings_stay_in_the_script_element(site: Site) -> None:
    pages: list[tuple[str, str, Any]] = [(addresses.HOME, site.config.title, None)]
    pages += [(addresses.article_page(s.article.id), s.article.title, s) for s in site.sheets]
    pages += [(addresses.actor_page(p.id), p.name, p) for p in site.profiles.values()]
    pages += [(addresses.event_page(e.id), e.title, e) for e in site.events.values()]
    pages += [(addresses.quantity_page(q.id), q.label, q) for q in site.quantities]
    for path, title, thing in pages:
        written = json_ld(site, path, title, thing)
        html = f'<!doctype html><title>x</title><script type="application/ld+json">{written}</script><p id="after">'
        tree = html5lib.parse(html.encode("utf-8"), transport_encoding="utf-8", namespaceHTMLElements=False)
        (script,) = tree.iter("script")
        assert json.loads(script.text) == json.loads(written)
        assert [p.get("id") for p in tree.iter("p")] == ["after"]


# --- the map ---


def test_the_map_lists_pages_by_their_full_addresses() -> None:
    pages = ["index.html", "404.html", "articles/first.html", "actors/ü.html"]
    files = {o.path: o.content for o in made(make_sitemap(small_site(), pages))}
    places = [(u.findtext(f"{{{NAMESPACE}}}loc"), u.findtext(f"{{{NAMESPACE}}}lastmod")) for u in ET.fromstring(files["sitemap.xml"])]
    assert places == [(BASE + "actors/%C3%BC.html", None), (BASE + "articles/first.html", "2024-03-01"), (BASE, None)]
    assert files["robots.txt"].decode().splitlines()[-1] == f"Sitemap: {BASE}sitemap.xml"


def test_a_large_site_has_several_maps() -> None:
    files = {o.path: o.content for o in made(make_sitemap(small_site(), [f"actors/{n}.html" for n in range(50_001)]))}
    assert sorted(files) == ["robots.txt", "sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]
    assert [e[0].text for e in ET.fromstring(files["sitemap.xml"])] == [BASE + "sitemap-1.xml", BASE + "sitemap-2.xml"]


def test_a_site_without_an_address_has_no_map() -> None:
    files = {o.path: o.content for o in made(make_sitemap(small_site(base_url=""), ["index.html"]))}
    assert list(files) == ["robots.txt"]
    assert b"Sitemap" not in files["robots.txt"]
