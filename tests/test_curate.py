"""Proposals to join and part, with their reasons; and the files that take a decision."""

from __future__ import annotations

from typing import Any

import pytest

from generator.curate import Proposal, Undecidable, decide, propose
from generator.link import link
from generator.model import Actor, Article, Curation, Evidence, FactSheet, Meeting


def person(name: str, *aliases: str, role: str | None = None) -> Actor:
    return Actor(id=name.lower().replace(" ", "-").replace(".", ""), name=name, type="person", aliases=aliases, role=role)


def body(name: str, id: str) -> Actor:
    return Actor(id=id, name=name, type="organization")


def told(id: str, *actors: Actor, meetings: Any = ()) -> FactSheet:
    return FactSheet(article=Article(id=id, title=id, published="2024-03-01", text="x"), actors=actors, meetings=meetings)


def met(id: str, start: str, *who: Actor, title: str = "Talks", place: str | None = None) -> Meeting:
    return Meeting(
        id=id, title=title, type="talks", start=start, place=place, participants=tuple(a.id for a in who), evidence=Evidence(quote=id)
    )


def proposals(*sheets: FactSheet, **decided: Any) -> list[str]:
    curations = decided.get("actors", ())
    return [str(p) for p in propose(link(list(sheets), actors=curations), curations)]


ANNA, SERGEI, SERGEY = person("Anna Berg"), person("Sergei Volkov", role="envoy"), person("Sergey Volkov", role="envoy")


@pytest.mark.parametrize(
    ("one", "two", "reason"),
    [
        (SERGEI, SERGEY, "look like two spellings; both are called “envoy”"),
        (person("Maria Lund", role="mayor"), person("M. Lund", role="mayor"), "differ in an initial"),
        (body("Northern Harbour Council", "northern-harbour-council"), body("NHC", "nhc"), "are the first letters of"),
    ],
    ids=["spellings", "initial", "letters"],
)
def test_names_that_nearly_agree_are_proposed(one: Actor, two: Actor, reason: str) -> None:
    found = proposals(told("a", one), told("b", two), told("c", one))
    assert len(found) <= 1
    # Linking may have joined them by itself.
    if found:
        assert found[0].startswith(f"{one.id}+{two.id}: ")
        assert reason in found[0]
    else:
        assert len(link([told("a", one), told("b", two)]).profiles) == 1


def test_two_spellings_are_not_joined_but_proposed() -> None:
    found = proposals(told("a", SERGEI), told("b", SERGEY), told("c", SERGEI))
    reason = "“Sergei Volkov” and “Sergey Volkov” look like two spellings; both are called “envoy”"
    assert found == [f"sergei-volkov+sergey-volkov: “Sergei Volkov” and “Sergey Volkov” may be one: {reason}"]


def test_two_at_one_table_are_two() -> None:
    assert proposals(told("a", SERGEI, SERGEY, meetings=(met("m", "2024-03-02", SERGEI, SERGEY),))) == []


@pytest.mark.parametrize("other", ["Ben Volkov", "Sergei Wolff", "Anna Berg"])
def test_other_people_are_not_proposed(other: str) -> None:
    assert proposals(told("a", SERGEI), told("b", person(other))) == []


@pytest.mark.parametrize("decided", [{"same": ("sergey-volkov",)}, {"different": ("sergey-volkov",)}])
def test_what_is_decided_is_not_proposed_again(decided: Any) -> None:
    curated = Curation(id="sergei-volkov", file="content/actors/sergei-volkov.yaml", **decided)
    assert proposals(told("a", SERGEI), told("b", SERGEY), actors=[curated]) == []


def test_a_decision_joins() -> None:
    sheets = [told("a", SERGEI), told("b", SERGEY), told("c", SERGEI)]
    (proposal,) = propose(link(sheets))
    assert decide(None, proposal, "x").endswith("\nsame: [sergey-volkov]\n")
    profiles = link(sheets, actors=[Curation(id=proposal.keep, same=(proposal.other,))]).profiles
    assert list(profiles) == ["sergei-volkov"]


def test_events_of_one_day_and_the_same_people_are_proposed() -> None:
    """Linking keeps them apart for their places; a person may know better."""
    one = told("a", ANNA, SERGEI, meetings=(met("m", "2024-03-02", ANNA, SERGEI, place="Oslo"),))
    two = told("b", ANNA, SERGEI, meetings=(met("n", "2024-03-02", ANNA, SERGEI, title="Session", place="Bergen"),))
    site = link([one, two])
    found = propose(site)
    if len(site.events) == 2:
        assert [(p.folder, p.other) for p in found] == [("events", "b/n")]
        assert "with Anna Berg and Sergei Volkov" in str(found[0])
        curated = Curation(id=found[0].keep, same=(found[0].other,))
        assert len(link([one, two], events=[curated]).events) == 1
    else:
        assert found == ()


SAME = Proposal(folder="actors", decision="same", keep="a", other="b", names=("A", "B"), reasons=("both go by “A”",), weight=1)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (None, "# both go by “A”\nsame: [b]\n"),
        ("name: Anna\n", "name: Anna\nsame: [b]\n"),
        ("name: Anna  # hers\r\nhidden: false", "name: Anna  # hers\r\nhidden: false\r\nsame: [b]\r\n"),
        ("same: [c]  # seen\nname: A\n", "same: [c, b]  # seen\nname: A\n"),
        ("same:\n- c  # seen\nname: A\n", "same:\n- c  # seen\n- b\nname: A\n"),
        ("same:\n  - c", "same:\n  - c\n  - b"),
        ("same:\nname: A\n", "same: [b]\nname: A\n"),
        ("same: [b]\n", "same: [b]\n"),
    ],
)
def test_a_decision_is_written_beside_what_is_there(was: str | None, becomes: str) -> None:
    assert decide(was, SAME, "content/actors/a.yaml") == becomes


@pytest.mark.parametrize("was", ["same: b\n", "same: [", "- a\n", "<<<<<<< HEAD\n"])
def test_a_file_that_cannot_be_read_is_left_alone(was: str) -> None:
    with pytest.raises(Undecidable, match=r"content/actors/a.yaml"):
        decide(was, SAME, "content/actors/a.yaml")
