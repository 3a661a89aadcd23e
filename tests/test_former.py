"""Old addresses lead on: whatever changes the id of an actor or an event, and whatever a person had decided under the old one still holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.cli import main
from generator.link import link
from generator.model import Actor, Addresses, Article, Claim, Curation, Evidence, FactSheet, Meeting, Site


def person(name: str, id: str = "", *aliases: str) -> Actor:
    return Actor(id=id or name.lower().replace(" ", "-"), name=name, type="person", aliases=aliases)


def sheet(id: str, *actors: Actor, start: str | None = None, title: str = "Talks", published: str = "2024-03-01") -> FactSheet:
    evidence = Evidence(quote="x")
    meeting = Meeting(id="m", title=title, start=start, participants=tuple(a.id for a in actors), evidence=evidence)
    claims = tuple(Claim(id=f"c-{a.id}", speaker=a.id, text="x", evidence=evidence) for a in actors)
    return FactSheet(
        article=Article(id=id, title=id, published=published, text="x"), actors=actors, claims=claims, meetings=(meeting,) if start else ()
    )


BIDEN, PUTIN = person("Joe Biden"), person("Vladimir Putin")


def later(site: Site, *sheets: FactSheet, **more: object) -> Site:
    """The site of other sheets, which knows where things stood."""
    return link(list(sheets), addresses=site.addresses, **more)  # type: ignore[arg-type]


def test_an_event_whose_day_moves_is_found_under_the_old_one() -> None:
    was = link([sheet("a", BIDEN, PUTIN, start="2024-03-10")])
    now = later(was, sheet("a", BIDEN, PUTIN, start="2024-03-17"))
    assert [(e.id, e.formerly) for e in now.events.values()] == [("talks-2024-03-17", ("talks-2024-03-10",))]
    # And under both after it moved once more; moved back, the first address is no detour.
    then = later(now, sheet("a", BIDEN, PUTIN, start="2024-03-20"))
    assert then.events["talks-2024-03-20"].formerly == ("talks-2024-03-10", "talks-2024-03-17")
    back = later(then, sheet("a", BIDEN, PUTIN, start="2024-03-10"))
    assert back.events["talks-2024-03-10"].formerly == ("talks-2024-03-17", "talks-2024-03-20")


def test_an_event_that_an_older_article_tells_of_first_keeps_its_address() -> None:
    one = sheet("b", BIDEN, PUTIN, start="2024-03-10")
    was = link([one])
    now = later(was, one, sheet("a", BIDEN, PUTIN, start="2024-03", title="Summit talks", published="2024-02-01"))
    assert [(e.id, e.formerly) for e in now.events.values()] == [("summit-talks-2024-03", ("talks-2024-03-10",))]


def test_what_people_decided_on_an_event_holds_after_its_day_moved() -> None:
    curated = Curation(id="talks-2024-03-10", name="The Oslo round", place="Oslo", file="x")
    was = link([sheet("a", BIDEN, PUTIN, start="2024-03-10")], events=[curated])
    (event,) = later(was, sheet("a", BIDEN, PUTIN, start="2024-03-17"), events=[curated]).events.values()
    assert (event.id, event.title, event.place) == ("talks-2024-03-10", "The Oslo round", "Oslo")


def test_an_old_address_never_takes_what_another_event_is_called_now() -> None:
    was = link([sheet("a", BIDEN, PUTIN, start="2024-03-10")])
    curated = Curation(id="talks-2024-03-10", place="Oslo", file="x")
    moved, other = sheet("a", BIDEN, PUTIN, start="2024-03-17"), sheet("b", person("Ann Lee"), person("Bo Ek"), start="2024-03-10")
    now = later(was, moved, other, events=[curated])
    assert {e.id: (e.place, e.formerly) for e in now.events.values()} == {"talks-2024-03-10": ("Oslo", ()), "talks-2024-03-17": (None, ())}


def test_an_actor_of_whom_an_article_gives_the_full_name_is_found_under_the_short_one() -> None:
    was = link([sheet("a", person("Biden"))])
    assert list(was.profiles) == ["biden"]
    now = later(was, sheet("a", person("Biden")), sheet("b", BIDEN))
    assert now.profiles["joe-biden"].formerly == ("biden",)
    # The article that had the full name goes: the address that was public meanwhile leads back.
    then = later(now, sheet("a", person("Biden")))
    assert then.profiles["biden"].formerly == ("joe-biden",)


def test_an_old_address_that_meant_two_leads_to_one() -> None:
    was = link([sheet("a", person("Obi")), sheet("b", person("Obi"))])
    curated = [Curation(id="amara-obi", same=("a/obi",), different=("b/obi",), file="x"), Curation(id="ben-obi", same=("b/obi",), file="y")]
    now = later(was, sheet("a", person("Obi")), sheet("b", person("Obi")), actors=curated)
    assert sorted(now.profiles) == ["amara-obi", "ben-obi"]
    assert sorted(p.formerly for p in now.profiles.values()) == [(), ("obi",)]


def test_an_actor_of_one_article_can_be_said_to_be_another() -> None:
    """Two people of one name, whom every article calls alike: the article's own id is no help, its name and the article's are."""
    sheets = [sheet(i, person("John Smith")) for i in "abc"]
    goalkeeper = Curation(
        id="john-smith-goalkeeper", name="John Smith (goalkeeper)", same=("b/john-smith",), different=("john-smith",), file="x"
    )
    site = link(sheets, actors=[goalkeeper])
    assert {p.id: p.articles for p in site.profiles.values()} == {"john-smith": ("a", "c"), "john-smith-goalkeeper": ("b",)}
    apart = link(sheets, actors=[Curation(id="john-smith", different=("b/john-smith", "c/john-smith"), file="x")])
    assert {p.id: p.articles for p in apart.profiles.values()} == {"john-smith": ("a",), "john-smith-2": ("b", "c")}


def test_memory_keeps_to_what_is_there() -> None:
    was = link([sheet("a", BIDEN, PUTIN, start="2024-03-10"), sheet("b", BIDEN)])
    assert was.addresses == Addresses(events={"a/m": ("talks-2024-03-10",)})
    assert later(was, sheet("b", BIDEN)).addresses == Addresses()


# --- on disk ---


SHEET = """article:
  title: Talks
  published: 2024-03-01
actors:
- {id: ann-lee, name: Ann Lee, type: person}
meetings:
- {id: m, title: Talks, start: 2024-03-10, participants: [ann-lee], evidence: Talks}
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "content" / "sheets").mkdir(parents=True)
    (tmp_path / "content" / "sheets" / "a.yaml").write_text(SHEET, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def move(site: Path, day: str) -> None:
    (site / "content" / "sheets" / "a.yaml").write_text(SHEET.replace("2024-03-10", day), "utf-8")


def test_a_build_remembers_and_the_old_page_leads_on(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build"]) == 0
    memory = site / "content" / "addresses.json"
    assert json.loads(memory.read_text("utf-8")) == {"actors": {}, "events": {"a/m": ["talks-2024-03-10"]}}
    move(site, "2024-03-17")
    assert main(["build"]) == 0
    assert 'url=../events/talks-2024-03-17.html"' in (site / "public" / "events" / "talks-2024-03-10.html").read_text("utf-8")
    capsys.readouterr()
    assert main(["build"]) == 0
    assert capsys.readouterr().err.endswith("index.html: nothing to change\n"), "what a build wrote itself is no news to the next"


def test_only_a_build_that_extracts_writes_the_memory(site: Path) -> None:
    for command in (["build", "--frozen"], ["render"], ["check"]):
        assert main(command) == 0
    assert not (site / "content" / "addresses.json").exists()


@pytest.mark.parametrize("spoil", ["{", "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> x\n", '{"events": 1}'])
def test_a_memory_that_cannot_be_read_is_named_and_left_alone(site: Path, spoil: str, capsys: pytest.CaptureFixture[str]) -> None:
    memory = site / "content" / "addresses.json"
    memory.write_text(spoil, "utf-8")
    assert main(["build"]) == 1
    assert "content/addresses.json:1:1: " in capsys.readouterr().err
    assert memory.read_text("utf-8") == spoil
