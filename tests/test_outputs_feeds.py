"""Atom feeds, read by a real reader."""

from __future__ import annotations

from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import feedparser
from hypothesis import given, settings

from generator.model import Site
from generator.outputs import addresses
from generator.outputs.drafts import made
from generator.outputs.feeds import ATOM, has_feed, make_feeds
from tests.sites import BASE, hostile_sites, small_site


def feeds(site: Site) -> dict[str, bytes]:
    return {o.path: o.content for o in made(make_feeds(site))}


def test_a_reader_finds_the_sheets() -> None:
    site = small_site()
    read = feedparser.parse(feeds(site)[addresses.FEED])
    assert not read.bozo
    assert read.feed.title == "Norham facts"
    assert read.feed.updated == "2024-03-11T00:00:00Z"
    assert [(e.title, e.link, e.updated) for e in read.entries] == [
        ("Berg in Oslo", BASE + "articles/second.html", "2024-03-11T00:00:00Z"),
        ("A bridge & its mayor", BASE + "articles/first.html", "2024-03-01T00:00:00Z"),
    ]


def test_a_meeting_has_an_entry_for_every_change() -> None:
    read = feedparser.parse(feeds(small_site())[addresses.MEETINGS_FEED])
    titles = [e.title for e in read.entries]
    assert titles == [
        "Berg–Stone meeting: held, 2024-03-10T18:00+01:00",
        "Berg–Stone meeting: scheduled, 2024-03-10",
        "Spring fair: proposed, 2024-04",
    ]
    assert len({e.id for e in read.entries}) == 3


def test_an_actors_feed_has_what_they_said_and_what_is_said_of_them() -> None:
    made = feeds(small_site())
    said = feedparser.parse(made[addresses.actor_feed("anna-berg")])
    assert [e.title for e in said.entries if "claim-" in e.link] == ["Anna Berg: the bridge, at last, will open"]
    about = feedparser.parse(made[addresses.actor_feed("ben-stone")])
    assert [e.link for e in about.entries if "claim-" in e.link] == [BASE + "articles/first.html#claim-anna-berg-the-mayor"]


def test_without_an_address_links_are_relative_and_ids_stay() -> None:
    site = small_site(base_url="")
    root = ET.fromstring(feeds(site)[addresses.actor_feed("anna-berg")])
    hrefs = [e.get("href") or "" for e in root.iter(f"{{{ATOM}}}link")]
    assert "../articles/first.html#claim-anna-berg-the-mayor" in hrefs
    assert urljoin("http://x/actors/anna-berg.xml", hrefs[1]) == "http://x/actors/anna-berg.html"
    ids = [e.text or "" for e in root.iter(f"{{{ATOM}}}id")]
    assert all(i.startswith("urn:uuid:") for i in ids)
    assert feeds(small_site(base_url="")) == feeds(site)


@settings(max_examples=40, deadline=None)
@given(hostile_sites())
def test_hostile_strings_leave_feeds_whole(site: Site) -> None:
    made = feeds(site)
    for profile in site.profiles.values():
        assert has_feed(site, profile) == (addresses.actor_feed(profile.id) in made)
    for content in made.values():
        root = ET.fromstring(content)
        ids = [i.text for e in root.findall(f"{{{ATOM}}}entry") for i in e.findall(f"{{{ATOM}}}id")]
        assert len(ids) == len(set(ids))
        for part in (root, *root.findall(f"{{{ATOM}}}entry")):
            for need in ("id", "title", "updated"):
                assert (part.findtext(f"{{{ATOM}}}{need}") or "").strip()
