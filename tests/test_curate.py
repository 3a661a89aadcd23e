"""Proposals to join and part, with their reasons; and the files that take a decision."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from generator.curate import Proposal, Undecidable, decide, propose
from generator.link import global_ids, link
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


def splits(*sheets: FactSheet, actors: tuple[Curation, ...] = ()) -> list[str]:
    """Proposals to part actors."""
    site = link(list(sheets), actors=actors)
    ids = {s.article.id: row for s, row in zip(sheets, global_ids(sheets, actors).changed, strict=True)}
    found = propose(site, actors, (), sheets, ids)
    return [str(p) for p in found if p.decision == "different"]


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


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (Actor(id="gm", name="General Motors", type="organization", aliases=("GM",)), body("Globe and Mail", "globe-and-mail")),
        (body("Airbus A320", "airbus-a320"), body("Airbus A380", "airbus-a380")),
        (person("Frank Messina", "Frank"), person("Frank Rack", "Frank")),
    ],
    ids=["letters of its own", "numbers", "first name"],
)
def test_what_only_looks_alike_is_not_proposed(one: Actor, two: Actor) -> None:
    """Found on real news, where each of these was proposed once."""
    assert proposals(told("a", one), told("b", two), told("c", one)) == []


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


# --- parting ---

SMITH, COLONEL = person("Dana Miller", role="economist"), person("Miller", role="police sergeant")


@pytest.mark.parametrize(
    ("one", "two", "reason"),
    [
        (
            person("Anna Berg", role="German Foreign Minister"),
            person("Anna Berg", role="Austrian envoy to Germany"),
            "speak of other countries",
        ),
        (person("Dana Miller", role="economist"), person("Miller", role="police sergeant"), "they share the surname alone"),
        (person("Jonas Weber", "the Minister Weber"), person("Karl Weber", "the Minister Weber"), "have other first names"),
        (person("Amara Obi"), body("Amara Obi", "amara-obi"), "is a person in a, and “Amara Obi” a organization in b"),
    ],
    ids=["countries", "surname", "first names", "kinds"],
)
def test_one_id_that_carries_two_is_proposed_to_be_parted(one: Actor, two: Actor, reason: str) -> None:
    sheets = told("a", one), told("b", two)
    assert len(link(list(sheets)).profiles) == 1
    (found,) = splits(*sheets)
    keep = next(iter(link(list(sheets)).profiles))
    assert found.startswith(f"{keep}:")
    assert reason in found
    # Decided, each has a page of their own, and it is not proposed again.
    ref = found.split(": ")[0].removeprefix(f"{keep}:")
    curated = (Curation(id=keep, different=(ref,), file="x"),)
    assert len(link(list(sheets), actors=curated).profiles) == 2
    assert splits(*sheets, actors=curated) == []


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (person("Anna Berg", role="German Foreign Minister"), person("Anna Berg", role="envoy to Ukraine")),
        (person("Anna Berg", role="Foreign Minister"), person("Anna Berg", role="party leader")),
        (person("Anna Berg", role="US envoy"), person("Berg", role="American diplomat")),
        (person("Dana Miller", role="economist"), person("Miller", role="chief economist")),
        (person("Dana Miller", role="economist"), person("Miller")),
        (person("Bill Clinton", "William Clinton"), person("William Clinton")),
        (person("Joe Biden"), person("Joe R. Biden")),
    ],
)
def test_one_who_is_called_otherwise_is_not_parted(one: Actor, two: Actor) -> None:
    assert splits(told("a", one), told("b", two)) == []


def test_a_lone_surname_among_the_same_people_is_not_parted() -> None:
    assert splits(told("a", SMITH, ANNA), told("b", COLONEL, ANNA)) == []


def test_the_odd_one_of_several_is_named() -> None:
    german = person("Anna Berg", role="German Foreign Minister")
    sheets = [told(i, german) for i in "bcd"] + [told("a", person("Anna Berg", role="Austrian mayor"))]
    (found,) = splits(*sheets)
    assert found.startswith("anna-berg:a/anna-berg: ")


def test_one_event_at_two_places_with_other_people_is_proposed_to_be_parted() -> None:
    tom = person("Tom Reed")
    one = told("a", ANNA, SERGEI, tom, meetings=(met("m", "2024-03-02", ANNA, SERGEI, tom, place="Oslo"),))
    ben = person("Ben Stone")
    two = told("b", ANNA, SERGEI, ben, meetings=(met("n", "2024-03-02", ANNA, SERGEI, ben, place="Bergen"),))
    site = link([one, two])
    assert len(site.events) == 1
    (found,) = propose(site)
    assert (found.decision, found.keep, found.other) == ("different", next(iter(site.events)), "b/n")
    assert "a has it in Oslo with Anna Berg" in str(found)
    curated = Curation(id=found.keep, different=(found.other,), file="x")
    parted = link([one, two], events=[curated])
    assert len(parted.events) == 2
    assert propose(parted, (), [curated]) == ()
    # Where the people agree, the articles disagree on the place alone: the event's page says so.
    same = replace(two, meetings=(replace(two.meetings[0], participants=(ANNA.id, SERGEI.id)),))
    assert propose(link([one, same])) == ()


def test_of_many_events_that_are_one_no_more_are_proposed_than_have_to_be_decided() -> None:
    days = [
        told(str(n), ANNA, SERGEI, meetings=(met("m", "2024-03-02", ANNA, SERGEI, title="Talks" if n % 2 else "Hearing", place=p),))
        for n, p in enumerate(["Oslo", "Bergen", "Molde", "Narvik"])
    ]
    apart = [Curation(id=f"x{n}", same=(f"{n}/m",), file="x") for n in range(4)]
    several = replace(days[0], meetings=tuple(replace(days[0].meetings[0], id=f"m{n}", title=f"Talks {n}") for n in range(2)))
    site = link([*days, several], events=apart)
    found = propose(site, (), apart)
    assert len(found) <= len(site.events) - 1


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
