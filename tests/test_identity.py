"""Who is one actor over several articles."""

from __future__ import annotations

import random
import time

from hypothesis import given
from hypothesis import strategies as st

from generator.identity import actor_ids, agree_on_ids
from generator.model import Actor, Article, Claim, Evidence, FactSheet, Figure, Meeting, Span
from generator.words import Names, slug, unique


def actor(name: str, kind: str = "person", *aliases: str) -> Actor:
    return Actor(id=slug(name), name=name, type=kind, aliases=aliases)  # type: ignore[arg-type]


def sheet(number: int, *actors: Actor) -> FactSheet:
    return FactSheet(article=Article(id=f"a{number}", title=""), actors=actors)


def ids(*rows: list[Actor], **decided) -> list[str]:
    """The ids that hold over articles with these actors, in their order."""
    sheets = [sheet(i, *row) for i, row in enumerate(rows)]
    found = actor_ids(sheets, **decided)
    return [found[s.article.id, a.id] for s in sheets for a in s.actors]


def test_a_person_is_known_by_first_and_last_word():
    names = ids([actor("Joseph R. Biden")], [actor("Joseph Biden")], [actor("Joseph Robinette Biden")])
    assert len(set(names)) == 1


def test_people_of_one_surname_stay_two():
    assert ids([actor("Amara Obi")], [actor("Chidi Obi")]) == ["amara-obi", "chidi-obi"]


def test_similar_spellings_are_not_joined():
    assert ids([actor("Anna Johnson")], [actor("Anna Johnston")]) == ["anna-johnson", "anna-johnston"]


def test_a_lone_surname_joins_the_one_full_name():
    assert ids([actor("Obi")], [actor("Amara Obi")]) == ["amara-obi", "amara-obi"]


def test_a_lone_surname_that_fits_two_stays_alone():
    assert ids([actor("Obi")], [actor("Amara Obi")], [actor("Chidi Obi")]) == ["obi", "amara-obi", "chidi-obi"]


def test_a_lone_surname_that_fits_two_may_be_another_in_every_article():
    names = ids([actor("Obi")], [actor("Amara Obi")], [actor("Chidi Obi")], [actor("Obi")], [actor("Obi", "person")])
    assert names == ["obi", "amara-obi", "chidi-obi", "obi-2", "obi-3"]
    decided = ids([actor("Obi")], [actor("Amara Obi")], [actor("Chidi Obi")], [actor("Obi")], same={"obi": "obi"})
    assert decided == ["obi", "amara-obi", "chidi-obi", "obi"]  # a person said who that is


@given(st.lists(st.sampled_from(["a", "a-2", "a-3", "b", "a-2-2"])))
def test_names_are_given_as_if_each_were_looked_for(wanted: list[str]):
    taken: list[str] = []
    for name in wanted:
        taken.append(unique(name, taken))
    names = Names()
    assert [names.give(name) for name in wanted] == taken


def test_initials_that_differ_tell_two_people_apart():
    assert len(set(ids([actor("George H. W. Bush")], [actor("George W. Bush")]))) == 2
    assert len(set(ids([actor("George W. Bush")], [actor("George Bush")]))) == 1


def test_a_son_is_not_his_father():
    assert len(set(ids([actor("Robert Kennedy")], [actor("Robert Kennedy Jr.")]))) == 2


def test_countries_are_known_by_the_table():
    assert ids([actor("United States", "country", "US")], [actor("US", "country")], [actor("America", "country")]) == ["united-states"] * 3


def test_organizations_are_joined_by_any_shared_form():
    names = ids(
        [actor("Coastal Fisheries Agency", "organization", "CFA")],
        [actor("CFA", "organization")],
        [actor("Coastal Fisheries Agency Ltd", "organization")],
    )
    assert len(set(names)) == 1


def test_an_acronym_that_two_names_spell_joins_neither():
    fisheries = actor("Coastal Fisheries Agency", "organization", "CFA")
    chess = actor("Chess Federation of Andorra", "organization", "CFA")
    assert len(set(ids([fisheries], [chess], [actor("CFA", "organization")]))) == 3


def test_a_common_word_joins_no_organizations():
    assert (
        len(set(ids([actor("Church of Norway", "organization", "Church")], [actor("Church of Scotland", "organization", "Church")]))) == 2
    )


def test_a_person_says_two_ids_are_one():
    assert ids([actor("Joe Biden")], [actor("Joseph Biden")], same={"joseph-biden": "joe-biden"}) == ["joe-biden", "joe-biden"]
    assert ids([actor("A B")], [actor("C D")], [actor("E F")], same={"a-b": "c-d", "c-d": "e-f"}) == ["e-f"] * 3


def test_a_ring_of_same_ids_ends():
    assert len(set(ids([actor("A B")], [actor("C D")], same={"a-b": "c-d", "c-d": "a-b"}))) == 1


def test_a_person_says_two_are_different():
    assert ids([actor("Obi")], [actor("Amara Obi")], different=[frozenset({"obi", "amara-obi"})]) == ["obi", "amara-obi"]


def test_ids_are_unique_where_names_clash():
    assert ids([actor("Georgia", "country")], [actor("Georgia", "organization")]) == ["georgia", "georgia-2"]


def test_every_fact_gets_the_new_ids():
    evidence = Evidence(quote="x")
    whole = sheet(0, actor("Amara Obi"))
    short = FactSheet(
        article=Article(id="a1", title=""),
        actors=(actor("Obi"), actor("Kenya", "country")),
        claims=(Claim(id="c", speaker="obi", to="kenya", about=("obi",), text="x", evidence=evidence),),
        meetings=(Meeting(id="m", title="x", participants=("obi", "kenya"), absent=("obi",), evidence=evidence),),
        figures=(Figure(id="f", source="obi", evidence=evidence),),
    )
    _, new = agree_on_ids([whole, short])
    assert [a.id for a in new.actors] == ["amara-obi", "kenya"]
    assert (new.claims[0].speaker, new.claims[0].to, new.claims[0].about) == ("amara-obi", "kenya", ("amara-obi",))
    assert (new.meetings[0].participants, new.meetings[0].absent) == (("amara-obi", "kenya"), ("amara-obi",))
    assert new.figures[0].source == "amara-obi"


def test_two_actors_of_one_sheet_that_are_one_become_one():
    first = sheet(0, actor("Coastal Fisheries Agency", "organization", "CFA"))
    fisheries, letters = actor("Coastal Fisheries Agency", "organization"), actor("CFA", "organization")
    second = FactSheet(
        article=Article(id="a1", title=""),
        actors=(Actor(**{**as_dict(fisheries), "mentions": (Span(9, 12),)}), Actor(**{**as_dict(letters), "mentions": (Span(1, 4),)})),
    )
    _, new = agree_on_ids([first, second])
    assert [(a.name, a.aliases, a.mentions) for a in new.actors] == [("Coastal Fisheries Agency", ("CFA",), (Span(1, 4), Span(9, 12)))]


def as_dict(a: Actor) -> dict:
    return {f: getattr(a, f) for f in a.__struct_fields__}


def test_the_order_of_the_articles_says_nothing():
    rows = [
        [actor("Obi"), actor("CFA", "organization")],
        [actor("Amara Obi"), actor("Coastal Fisheries Agency", "organization", "CFA")],
        [actor("George W. Bush"), actor("US", "country")],
        [actor("George H. W. Bush"), actor("United States", "country")],
        [actor("Bush"), actor("Georgia", "organization")],
        [actor("George Bush"), actor("Georgia", "country")],
    ]
    sheets = [sheet(i, *row) for i, row in enumerate(rows)]
    wanted = actor_ids(sheets)
    for seed in range(20):
        random.Random(seed).shuffle(sheets)
        assert actor_ids(sheets) == wanted


def test_the_cost_grows_with_the_articles_alone():
    sheets = [sheet(i, *(actor(f"Name{i % 997}x{k} Family{(i * 7 + k) % 1999}") for k in range(10)), actor("Obi")) for i in range(10_000)]
    began = time.process_time()
    actor_ids(sheets)
    assert time.process_time() - began < 20
