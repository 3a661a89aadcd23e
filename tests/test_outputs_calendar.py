"""iCalendar files, read by a real reader."""

from __future__ import annotations

from datetime import UTC, date, datetime

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.link import link
from generator.model import Site, SiteConfig
from generator.outputs import addresses
from generator.outputs.calendar import actor_events, fold_line, has_day, make_calendars
from generator.outputs.drafts import made
from tests.sites import hostile_sites, small_sheets, small_site


def calendars(site: Site) -> dict[str, bytes]:
    return {o.path: o.content for o in made(make_calendars(site))}


def events(content: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def test_a_meeting_told_twice_is_one_event_with_its_hour_in_utc() -> None:
    (event,) = events(calendars(small_site())[addresses.CALENDAR_FILE])
    assert event["UID"] == "first.she-will-meet@facts.example"
    assert event.decoded("DTSTART") == datetime(2024, 3, 10, 17, tzinfo=UTC)
    assert event.decoded("DTEND") == datetime(2024, 3, 10, 19, tzinfo=UTC)
    assert event.decoded("DTSTAMP") == datetime(2024, 3, 11, tzinfo=UTC)
    assert (event["STATUS"], event["SEQUENCE"], event["TRANSP"], event["LOCATION"]) == ("CONFIRMED", 1, "TRANSPARENT", "Oslo")
    assert event["URL"] == "https://facts.example/x/events/berg-stone-meeting-2024-03-10.html"
    assert str(event["DESCRIPTION"]).splitlines() == [
        "Anna Berg, Ben Stone",
        "“They met.”",
        "Norham Radio, 2024-03-11: Berg in Oslo",
        "https://radio.example/2",
    ]
    assert "ATTENDEE" not in event
    assert "ORGANIZER" not in event


def test_a_day_ends_on_the_next_and_a_month_is_no_day() -> None:
    site = link(small_sheets()[:1], SiteConfig(title="Norham"))
    made = calendars(site)
    (event,) = events(made[addresses.CALENDAR_FILE])
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2024, 3, 10), date(2024, 3, 11))
    assert event["UID"].endswith("@norham.factpress")
    assert "URL" not in event
    assert sorted(made) == ["actors/anna-berg.ics", "actors/ben-stone.ics", "calendar.ics", "events/berg-stone-meeting-2024-03-10.ics"]


def test_the_name_of_an_event_stays_when_its_date_and_title_change() -> None:
    def uid(**changed: str) -> str:
        (sheet, _) = small_sheets()
        meetings = tuple(type(m)(**{**{f: getattr(m, f) for f in m.__struct_fields__}, **changed}) for m in sheet.meetings[:1])
        changed_sheet = type(sheet)(article=sheet.article, actors=sheet.actors, meetings=meetings)
        (event,) = events(calendars(link([changed_sheet]))[addresses.CALENDAR_FILE])
        return str(event["UID"])

    assert uid() == uid(start="2024-03-17", title="another title")


@given(st.text(max_size=200))
def test_lines_are_folded_between_characters(content: str) -> None:
    content = "SUMMARY:" + content.replace("\r", "").replace("\n", "")
    lines = fold_line(content).removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(x) <= 75 for x in lines)
    assert lines[0].decode("utf-8") + "".join(x.decode("utf-8")[1:] for x in lines[1:]) == content.encode("utf-8", "replace").decode(
        "utf-8"
    )


@settings(max_examples=40, deadline=None)
@given(hostile_sites())
def test_hostile_strings_leave_calendars_whole(site: Site) -> None:
    made = calendars(site)
    for profile in site.profiles.values():
        assert bool(actor_events(site, profile)) == (addresses.actor_calendar(profile.id) in made)
    for content in made.values():
        assert b"\n" not in content.replace(b"\r\n", b"")
        assert all(len(x) <= 75 for x in content.split(b"\r\n"))
        found = events(content)
        assert found
        for event in found:
            assert not event.errors
            assert event["UID"]
            assert event["DTSTAMP"]
            assert event["SUMMARY"]
            assert event.decoded("DTSTART")
        assert content.split(b"\r\n").count(b"BEGIN:VEVENT") == len(found)
    if addresses.CALENDAR_FILE in made:
        assert len(events(made[addresses.CALENDAR_FILE])) == sum(map(has_day, site.events.values()))


@pytest.mark.parametrize(("status", "word"), [("proposed", "TENTATIVE"), ("cancelled", "CANCELLED"), ("held", "CONFIRMED")])
def test_statuses_in_the_words_of_calendars(status: str, word: str) -> None:
    (sheet, _) = small_sheets()
    meeting = type(sheet.meetings[0])(
        **{**{f: getattr(sheet.meetings[0], f) for f in sheet.meetings[0].__struct_fields__}, "status": status}
    )
    site = link([type(sheet)(article=sheet.article, actors=sheet.actors, meetings=(meeting,))])
    (event,) = events(calendars(site)[addresses.CALENDAR_FILE])
    assert event["STATUS"] == word
