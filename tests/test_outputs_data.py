"""Downloads: JSON, CSV, SQLite, Web Annotations and FollowTheMoney entities."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterable

import msgspec
import pytest
from hypothesis import given, settings

from generator.model import FactSheet, Output, Site
from generator.outputs import OUTPUTS
from generator.outputs.data import harmless, make_data
from generator.outputs.database import FILE
from generator.outputs.drafts import Draft, made
from generator.outputs.exchange import ENTITIES, make_exchange
from tests.sites import BASE, TEXT, hostile_sites, small_site


def files(drafts: Iterable[Output | Draft]) -> dict[str, bytes]:
    return {o.path: o.content for o in made(drafts)}


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def database(site: Site) -> sqlite3.Connection:
    db = sqlite3.connect(":memory:")
    db.deserialize(files(make_data(site))[FILE])
    return db


# --- JSON ---


def test_a_sheet_is_printed_as_extract_prints_it_without_a_text_that_may_not_be_shown() -> None:
    site = small_site()
    made = files(make_data(site))
    read = msgspec.json.decode(made["data/first.json"], type=FactSheet)
    assert read.article.text == ""
    assert read.article.file == "first.txt"
    assert read.claims == site.sheets[1].claims
    assert made["data/all.jsonl"] == made["data/second.json"] + made["data/first.json"]
    assert json.loads(files(make_data(small_site(show="full")))["data/first.json"])["article"]["text"] == TEXT


def test_an_actors_file_says_what_they_said() -> None:
    actor = json.loads(files(make_data(small_site()))["actors/anna-berg.json"])
    assert (actor["name"], [c["text"] for c in actor["said"]]) == ("Anna Berg", ["the bridge, at last, will open"])
    assert json.loads(files(make_data(small_site()))["actors/ben-stone.json"])["about"] == ["first/anna-berg-the-mayor"]


# --- CSV ---


def test_a_claims_row_leads_everywhere() -> None:
    claim, lost = rows(files(make_data(small_site()))["data/claims.csv"])
    assert (claim["speaker"], claim["speaker_name"], claim["text"]) == ("anna-berg", "Anna Berg", "the bridge, at last, will open")
    assert claim["url"] == BASE + "articles/first.html#claim-anna-berg-the-mayor"
    assert claim["article_url"] == BASE + "articles/first.html"
    assert claim["source_url"] == "https://post.example/a?b=1&c=2"
    assert claim["text_fragment_url"].startswith("https://post.example/a?b=1&c=2#:~:text=Anna%20Berg%2C%20the%20mayor,")
    assert lost["text_fragment_url"] == "https://radio.example/2"
    assert lost["speaker_text"] == "a passer-by"


def test_without_an_address_rows_lead_from_the_folder_of_downloads() -> None:
    (claim, _) = rows(files(make_data(small_site(base_url="")))["data/claims.csv"])
    assert claim["url"] == "../articles/first.html#claim-anna-berg-the-mayor"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert harmless(f"a{cell}") == f"a{cell}"


def test_events_and_figures_have_rows() -> None:
    made = files(make_data(small_site()))
    assert [(e["id"], e["articles"], e["participants"]) for e in rows(made["data/events.csv"])] == [
        ("berg-stone-meeting-2024-03-10", "first; second", "anna-berg; ben-stone"),
        ("spring-fair-2024-04", "first", "norham"),
    ]
    (figure,) = rows(made["data/figures.csv"])
    assert (figure["value"], figure["modifier"], figure["source"]) == ("3000", "~", "norham")


# --- SQLite ---


def test_the_database_is_whole_and_can_be_searched() -> None:
    db = database(small_site())
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    found = db.execute("SELECT c.id FROM claims_fts JOIN claims c ON c.rowid = claims_fts.rowid WHERE claims_fts MATCH 'bridge'").fetchall()
    assert found == [("anna-berg-the-mayor",)]
    said = "SELECT a.name, r.title FROM claims c JOIN actors a ON a.id = c.speaker JOIN articles r ON r.id = c.article"
    assert db.execute(said).fetchall() == [("Anna Berg", "A bridge & its mayor")]
    assert db.execute("SELECT count(*) FROM participants WHERE event = 'berg-stone-meeting-2024-03-10'").fetchone() == (2,)


def test_the_same_site_gives_the_same_bytes() -> None:
    for name, make in OUTPUTS:
        assert files(make(small_site())) == files(make(small_site())), name


def test_no_two_outputs_claim_one_path() -> None:
    paths = [o.path for _, make in OUTPUTS for o in make(small_site())]
    assert len(paths) == len(set(paths))


# --- other systems' forms ---


def test_annotations_hold_their_words_and_places() -> None:
    made = files(make_exchange(small_site()))
    page = json.loads(made["data/annotations/first.jsonld"])
    assert len(page["items"]) == 4
    for item in page["items"]:
        quote, position = item["target"]["selector"]
        assert TEXT[position["start"] : position["end"]] == quote["exact"]
        assert TEXT[: position["start"]].endswith(quote["prefix"])
        assert TEXT[position["end"] :].startswith(quote["suffix"])
        assert item["target"]["source"] == "https://post.example/a?b=1&c=2"
        assert item["body"]["value"]
    lost = json.loads(made["data/annotations/second.jsonld"])
    assert len(lost["items"]) == 1  # the claim's words are lost


def test_entities_name_each_other() -> None:
    made = [json.loads(x) for x in files(make_exchange(small_site()))[ENTITIES].splitlines()]
    ids = {e["id"] for e in made}
    assert len(ids) == len(made)
    for e in made:
        for key in ("involved", "proof", "document", "entity", "subject", "object"):
            assert set(e["properties"].get(key, [])) <= ids
    (event, _) = [e for e in made if e["schema"] == "Event"]
    assert event["properties"]["involved"] == ["actor-anna-berg", "actor-ben-stone"]
    assert event["properties"]["startDate"] == ["2024-03-10"]


@settings(max_examples=40, deadline=None)
@given(hostile_sites())
def test_hostile_strings_leave_downloads_whole(site: Site) -> None:
    made = files(make_data(site)) | files(make_exchange(site))
    for path, content in made.items():
        if path == FILE:
            continue
        content.decode("utf-8")
        if path.endswith(".csv"):
            for row in csv.reader(io.StringIO(content.decode(), newline="")):
                assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for cell in row)
        elif path.endswith((".jsonl", ".ftm.json")):
            for line in content.split(b"\n"):
                assert not line or json.loads(line)
        else:
            json.loads(content)
    db = database(site)
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert db.execute("SELECT count(*) FROM claims").fetchone() == (sum(len(s.claims) for s in site.sheets),)
