"""Our files in the hands of real readers: a second calendar library, an RDF store, Datasette. (feedparser and icalendar read ours in the tests beside.)"""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from generator.outputs import addresses
from generator.outputs.calendar import make_calendars
from generator.outputs.data import make_data
from generator.outputs.database import FILE
from generator.outputs.drafts import made
from generator.outputs.structured import json_ld
from tests import extreme
from tests.sites import BASE, small_site

SCHEMA = "https://schema.org/"
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own reader asks for it


# --- calendars ---


def events(content: bytes) -> list[Any]:
    vobject = pytest.importorskip("vobject")
    return list(vobject.readOne(content.decode()).vevent_list)


def test_a_second_calendar_library_reads_the_same_meeting() -> None:
    (event,) = events({o.path: o.content for o in made(make_calendars(small_site()))}[addresses.CALENDAR_FILE])
    assert event.uid.value == "first.she-will-meet@facts.example"
    assert (event.summary.value, event.location.value, event.status.value) == ("Berg–Stone meeting", "Oslo", "CONFIRMED")
    assert event.dtstart.value == datetime(2024, 3, 10, 17, tzinfo=UTC)
    assert event.description.value.splitlines()[:2] == ["Anna Berg, Ben Stone", "“They met.”"]


def test_it_reads_long_names_and_other_scripts_too() -> None:
    from generator.link import link

    files = {o.path: o.content for o in made(make_calendars(link([extreme.long_names(), *extreme.other_scripts()])))}
    long_, arabic = events(files[addresses.CALENDAR_FILE])
    assert extreme.LONG_NAME in long_.summary.value
    assert long_.dtstart.value == date(2031, 12, 24)
    assert "محمد الأحمد" in arabic.description.value


# --- linked data ---


def graph_of(path: str, title: str, thing: Any) -> Any:
    """The page's data as triples. The context is the vocabulary alone: schema.org's own file cannot be fetched where there is no network."""
    rdflib = pytest.importorskip("rdflib")
    data = json.loads(json_ld(small_site(), path, title, thing))
    assert data["@context"] == "https://schema.org"
    data["@context"] = {"@vocab": SCHEMA}
    return rdflib.Graph().parse(data=json.dumps(data), format="json-ld", base=BASE + path)


def test_a_store_of_triples_knows_who_said_what_where() -> None:
    graph = graph_of(addresses.article_page("first"), "A bridge", small_site().sheets[1])
    found = graph.query(
        """SELECT ?name ?text ?headline WHERE {
          ?claim a s:Claim; s:author ?actor; s:text ?text; s:appearance ?article . ?actor s:name ?name . ?article s:headline ?headline }""",
        initNs={"s": SCHEMA},
    )
    assert [tuple(map(str, row)) for row in found] == [("Anna Berg", "the bridge, at last, will open", "A bridge & its mayor")]


def test_a_store_of_triples_knows_who_meets() -> None:
    site = small_site()
    event = site.events["berg-stone-meeting-2024-03-10"]
    graph = graph_of(addresses.event_page(event.id), event.title, event)
    found = graph.query(
        "SELECT ?name ?start WHERE { ?event a s:Event; s:startDate ?start; s:attendee ?who . ?who s:name ?name }", initNs={"s": SCHEMA}
    )
    assert sorted(tuple(map(str, row)) for row in found) == [
        ("Anna Berg", "2024-03-10T18:00+01:00"),
        ("Ben Stone", "2024-03-10T18:00+01:00"),
    ]


# --- the database ---


def test_datasette_shows_tables_searches_them_and_follows_their_keys(tmp_path: Path) -> None:
    app = pytest.importorskip("datasette.app")
    (draft,) = [d for d in make_data(small_site()) if d.path == FILE]
    file = tmp_path / Path(FILE).name
    file.write_bytes(draft.make())
    served = app.Datasette([str(file)], settings={"num_sql_threads": 1})

    async def ask(*paths: str) -> list[Any]:
        return [await served.client.get(f"/{file.stem}{path}") for path in paths]

    tables, found, claim, page = asyncio.run(
        ask(".json", "/claims.json?_search=bridge&_shape=objects", "/claims.json?_labels=on&speaker=anna-berg&_shape=objects", "/claims")
    )
    counts = {t["name"]: t["count"] for t in tables.json()["tables"] if not t["hidden"]}
    assert counts["claims"] == 2
    assert counts["events"] == 2
    assert [row["id"] for row in found.json()["rows"]] == ["anna-berg-the-mayor"]
    (row,) = claim.json()["rows"]
    assert row["speaker"] == {"value": "anna-berg", "label": "Anna Berg"}
    assert page.status_code == 200
