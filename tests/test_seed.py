"""The first article this was made for. It is not ours to publish, so it is named from outside: FACTPRESS_SEED is the paste's path."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.app import extract_files
from generator.model import FactSheet, Meeting

SEED = os.environ.get("FACTPRESS_SEED", "")

pytestmark = pytest.mark.skipif(not Path(SEED).is_file(), reason="FACTPRESS_SEED names no file: the paste is not part of the repository")


@pytest.fixture(scope="module")
def sheet() -> FactSheet:
    (found,) = extract_files([SEED]).sheets
    return found


def meeting(sheet: FactSheet, start: str) -> Meeting:
    """The one meeting that starts so."""
    (found,) = [m for m in sheet.meetings if m.start == start]
    return found


def test_the_article(sheet: FactSheet) -> None:
    a = sheet.article
    assert (a.title, a.published, a.publisher, a.url) == (
        "Biden and Putin to discuss Ukraine by phone", "2021-12-30", "DW", "https://p.dw.com/p/44yl3",
    )  # fmt: skip
    for furniture in ("Skip to", "picture alliance", "ar/rt", "p.dw.com", "face off"):
        assert furniture not in a.text
    assert any("ar/rt" in c.text for c in a.cut)


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Joe Biden", "US President"),
        ("Vladimir Putin", "Russian President"),
        ("Dmitry Peskov", "Kremlin spokesman"),
        ("Antony Blinken", "US Secretary of State"),
        ("Volodymyr Zelenskyy", "Ukrainian President"),
        ("Ned Price", "US State Department spokesman"),
        ("Wendy Sherman", "US Deputy Secretary of State"),
        ("Sergei Ryabkov", "Russian Deputy Foreign Minister"),
        ("Sergey Lavrov", "Russian Foreign Minister"),
    ],
)
def test_officials(sheet: FactSheet, name: str, role: str) -> None:
    (actor,) = [a for a in sheet.actors if a.name == name]
    assert (actor.type, actor.role) == ("person", role)


def test_countries(sheet: FactSheet) -> None:
    countries = {a.name: a for a in sheet.actors if a.type == "country"}
    assert {"United States", "Russia", "Ukraine"} <= countries.keys()
    assert {"US", "Washington"} <= set(countries["United States"].aliases)
    assert "Moscow" in countries["Russia"].aliases


def test_meetings(sheet: FactSheet) -> None:
    call = meeting(sheet, "2021-12-30T20:30+00:00")
    assert set(call.participants) == {"joe-biden", "vladimir-putin"}
    assert call.status == "scheduled"
    geneva = meeting(sheet, "2022-01-10")
    assert geneva.place == "Geneva"
    assert {"wendy-sherman", "sergei-ryabkov"} <= set(geneva.participants)
    council = meeting(sheet, "2022-01-12")
    assert council.place == "Brussels"
    assert "nato-russia-council" in council.participants
    assert meeting(sheet, "2022-01-13").place == "Vienna"
    blinken = [m for m in sheet.meetings if m.start == "2021-12-29" and set(m.participants) == {"antony-blinken", "volodymyr-zelenskyy"}]
    assert [m.status for m in blinken] == ["held"]
    summit = meeting(sheet, "2021-06")
    assert (summit.place, summit.status) == ("Geneva", "held")
    assert set(summit.participants) == {"joe-biden", "vladimir-putin"}
    assert len(sheet.meetings) >= 9


def test_claims(sheet: FactSheet) -> None:
    def said(words: str) -> str | None:
        (claim,) = [c for c in sheet.claims if words in c.text]
        return claim.speaker

    assert said("in the mood for a conversation") == "dmitry-peskov"
    assert said("only through talks") == "dmitry-peskov"
    assert said("coordination to deter") == "ned-price"
    assert said("full US support") == "volodymyr-zelenskyy"
    assert said("hard line") == "sergey-lavrov"
    assert said("no invasion is planned") == "russia"
    assert said("severe consequences") == "joe-biden"
    assert said("nothing about you without you") == "united-states"
    (official,) = [c for c in sheet.claims if "gravely concerned" in c.text]
    assert (official.speaker, official.speaker_text) == (None, "one senior administration official")


def test_figures(sheet: FactSheet) -> None:
    (lives,) = [f for f in sheet.figures if f.value == 13000]
    assert lives.unit == "lives"
    (troops,) = [f for f in sheet.figures if f.value == 100000]
    assert (troops.modifier, troops.unit, troops.according_to) == ("~", "troops", "US and Ukrainian officials")
