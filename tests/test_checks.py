"""What `check` says: where, what, and what to do."""

from __future__ import annotations

import dataclasses
import json

import pytest
from msgspec.structs import replace

from generator.checks import CHECKS, check_sheet, render_problems
from generator.decisions import SITE_CHECKS, Everything, check_site
from generator.link.meetings import name_of
from generator.model import Curation, ParsedSheet, Problem
from generator.sheetfile import joined, parse, write
from generator.store import located
from tests.sheets import SENTENCES, sheet

FILE = "content/sheets/strike.yaml"


def read(text: str) -> ParsedSheet:
    """A sheet as it is read beside the machine's record."""
    parsed = parse(text, FILE)
    return replace(parsed, sheet=located(joined(parsed.sheet, sheet())))


def said(text: str) -> list[str]:
    return [str(p).removeprefix(FILE + ":") for p in check_sheet(read(text))]


def test_nothing_is_wrong_with_what_we_write() -> None:
    assert said(write(sheet())) == []


# Each: words of the sheet, what a person wrote instead, and what they are told.
WRONG = [
    ("speaker: ada-okoro", "speaker: ada-okorro", '21:12: no actor "ada-okorro" in this sheet: did you mean "ada-okoro"?'),
    ("speaker: ada-okoro", "speaker: Okoro", '21:12: no actor "Okoro" in this sheet: write "ada-okoro"'),
    (
        "participants: [ada-okoro, lars-vinter]",
        "participants: [ada-okoro, x]",
        '48:29: no actor "x" in this sheet: add it under actors, or correct it',
    ),
    (
        "evidence: Minister Ada",
        "evidence: Minster Ada",
        "24:13: the evidence is not in the article: paste the sentence as the article has it",
    ),
    ("published: 2022-01-13", "published: January 13, 2022", '4:14: "published" is no day: "January 13, 2022": write 2022-01-13'),
    ("published: 2022-01-13", "published: 2022-01", '4:14: "published" is no day: "2022-01": write it as 2021-12-30'),
    ("start: 2022-01-17", "start: 17.01.2022", '46:10: "start" is no date: "17.01.2022": write 2022-01-17'),
    ("start: 2022-01-17", "start: 2022-02-30", '46:10: "start" is no date: "2022-02-30": write it as 2022-01-10, 2022-01,'),
    (
        "start: 2022-01-17",
        "start: 2022-01-17\n  end: 2022-01-16",
        '47:8: "end" is before "start": 2022-01-16 and 2022-01-17: correct one of them',
    ),
    ("  published: 2022-01-13\n", "", "2:1: the article has no date: write `published: 2021-12-30` under `article:`"),
    ("  published:", "  url: javascript:alert(1)\n  published:", '4:8: "url" is no address of the web: begin it with https://'),
    ("value: 4000", "low: 5000\n  high: 4000", '58:8: "low" is above "high": 5000 and 4000: write the smaller one as low'),
    ("  value: 4000\n", "", "57:3: the figure has no number: write `value:`, or `low:` and `high:`"),
    ("name: Ada Okoro", 'name: ""', '7:9: "name" is empty: write it, or take the fact out'),
    ("- id: mara-silva\n  name: Mara Silva", "- id: lars\n  name: Lars Vinter", '16:9: two actors are named "Lars Vinter": make them one'),
    (
        "claims:",
        "- id: nobody\n  name: Nobody Else\n  type: person\nclaims:",
        '19:3: no fact names the actor "nobody", nor does the article: take it out',
    ),
    ("- id: minister-ada-okoro-said-the", "- id: ../x", '20:7: "../x" cannot be an id: write "x"'),
    ("  speaker: ada-okoro\n", "", "20:3: nobody makes this claim: write `speaker:`, or the article's words as `speaker_text:`"),
]


@pytest.mark.parametrize(("was", "becomes", "told"), WRONG, ids=[told for *_, told in WRONG])
def test_what_is_wrong_is_told(was: str, becomes: str, told: str) -> None:
    text = write(sheet())
    assert was in text
    told_all = said(text.replace(was, becomes, 1))
    assert any(t.startswith(told) for t in told_all), told_all


def test_all_problems_come_at_once_in_order() -> None:
    text = (
        write(sheet())
        .replace("speaker: ada-okoro", "speaker: x", 1)
        .replace("  role:", "  rool:", 1)
        .replace("start: 2022-01-17", "start: soon")
    )
    assert [t.split(":")[0] for t in said(text)] == ["9", "21", "46"]


def test_what_may_be_so_is_not_fatal() -> None:
    text = write(sheet()).replace(SENTENCES[0], "Words that nobody wrote.").replace("  published: 2022-01-13\n", "")
    problems = check_sheet(read(text))
    assert len(problems) == 2
    assert not any(p.fatal for p in problems)


def test_a_sheet_without_its_article_says_so_once() -> None:
    problems = check_sheet(parse(write(sheet()), FILE))
    assert [p.message for p in problems] == ["the article's text is missing, so no evidence can be shown in it"]


def curated(id: str, **fields: object) -> Curation:
    return Curation(id=id, file=f"content/actors/{id}.yaml", **fields)  # type: ignore[arg-type]


DECISIONS = [
    (
        [curated("a", same=("b",)), curated("c", same=("b",))],
        'c.yaml:1:1: "b" is said to be "c" here and "a" in content/actors/a.yaml: keep one',
    ),
    ([curated("a", same=("b",), different=("b",))], 'a.yaml:1:1: "b" stands both in `same` and in `different`: keep one'),
    (
        [curated("a", same=("b",)), curated("b", different=("a",))],
        'b.yaml:1:1: "b" and "a" are different here, and the same in content/actors/a.yaml',
    ),
    (
        [curated("a", same=("b", "c")), curated("c", different=("b",))],
        'c.yaml:1:1: "c" and "b" are different here, and the same in content/actors/a.yaml',
    ),
    (
        [curated("a", same=("b",)), curated("b", same=("a",))],
        'a.yaml:1:1: "a" and "b" each stand for the next, in a circle with content/actors/b.yaml: choose',
    ),
    ([curated("a", same=("b",)), curated("b", same=("c",)), curated("c", different=("a",))], 'c.yaml:1:1: "c" and "a" are different here'),
    (
        [curated("a", same=("b",)), curated("b", same=("c",)), curated("c", same=("a",))],
        'a.yaml:1:1: "a", "c" and "b" each stand for the next, in a circle with content/actors/c.yaml and content/actors/b.yaml: choose',
    ),
    # Three files: what two of them say is wrong whatever the third says.
    (
        [curated("a", same=("x",)), curated("b", same=("x",)), curated("x", different=("b",))],
        'x.yaml:1:1: "x" and "b" are different here, and the same in content/actors/b.yaml: keep one',
    ),
    (
        [curated("a", same=("x",)), curated("b", same=("x",)), curated("x", different=("b",))],
        'b.yaml:1:1: "x" is said to be "b" here and "a" in content/actors/a.yaml: keep one',
    ),
    (
        [curated("a", same=("b",), name="Anna"), curated("b", name="Anne")],
        'b.yaml:1:1: `name` is another in content/actors/a.yaml, which says that "b" is "a": keep one, there',
    ),
    (
        [curated("a", same=("b",)), curated("b", description="hers")],
        'b.yaml:1:1: `description` is not looked at here: content/actors/a.yaml says that "b" is "a": write it there',
    ),
    (
        [curated("mara-silva", different=("strike/ada-okorro",))],
        'mara-silva.yaml:1:1: no sheet has "strike/ada-okorro": did you mean "strike/ada-okoro"?',
    ),
    (
        [curated("mara-silva", same=("strik/ada-okoro",))],
        'mara-silva.yaml:1:1: no sheet has "strik/ada-okoro": did you mean "strike/ada-okoro"?',
    ),
    ([curated("ada-okoro", same_as=("ftp://x",))], 'ada-okoro.yaml:1:1: "ftp://x" is no address of the web: begin it with https://'),
    ([curated("ada-okorro")], 'ada-okorro.yaml:1:1: no sheet names an actor "ada-okorro": did you mean "ada-okoro"?'),
]


@pytest.mark.parametrize(("actors", "told"), DECISIONS, ids=[told for _, told in DECISIONS])
def test_decisions_that_cannot_hold_name_both_files(actors: list[Curation], told: str) -> None:
    found = check_site(Everything(sheets=[read(write(sheet()))], actors=actors))
    assert any(str(p).startswith("content/actors/" + told) for p in found), [str(p) for p in found]


def test_decisions_that_can_hold_are_let_be() -> None:
    actors = [curated("ada-okoro", same=("lars-vinter",), different=("mara-silva",)), curated("mara-silva", different=("ada-okoro",))]
    assert check_site(Everything(sheets=[read(write(sheet()))], actors=actors)) == []


def test_events_are_known_by_id_or_by_meeting() -> None:
    one = Curation(id="okoro-vinter", same=("strike/the-two-are-to-meet",), file="content/events/okoro-vinter.yaml")
    two = Curation(id="okoro-vinther", same=("strike/the-two-are-to-met",), file="content/events/okoro-vinther.yaml")
    found = check_site(Everything(sheets=[read(write(sheet()))], events=[one, two], event_ids=frozenset({"okoro-vinter"})))
    assert [p.message for p in found] == ['no sheet has "strike/the-two-are-to-met"']
    assert found[0].hint == 'did you mean "strike/the-two-are-to-meet"?'


def test_an_event_is_known_by_the_name_of_any_of_its_tellings() -> None:
    """A hidden event is none of the site's, and may be named all the same; one that goes by another file's name is told of."""
    name = name_of(sheet().meetings[0])
    hidden = Curation(id=name, hidden=True, file=f"content/events/{name}.yaml")
    everything = Everything(sheets=[read(write(sheet()))], events=[hidden], event_ids=frozenset({"another"}))
    assert check_site(everything) == []
    (found,) = check_site(dataclasses.replace(everything, events=[Curation(id="another", same=("okoro-vintr",), file="another.yaml")]))
    assert str(found) == 'another.yaml:1:1: there is no event "okoro-vintr"'
    (found,) = check_site(dataclasses.replace(everything, events_now={name: "another"}))
    assert "this file is not looked at" in str(found)
    assert f"write what it says into another.yaml, with `same: [{name}]`" in str(found)


def test_a_decisions_problem_has_its_place() -> None:
    c = Curation(id="mara-silva", same=("ada-okorro",), file="content/actors/mara-silva.yaml", places={("same", 0): (3, 8)})
    (found,) = check_site(Everything(sheets=[read(write(sheet()))], actors=[c]))
    assert str(found).startswith("content/actors/mara-silva.yaml:3:8: ")


def test_sheets_that_differ_in_case_alone_clash() -> None:
    one = read(write(sheet()))
    two = replace(one, file="content/sheets/Strike.yaml", sheet=replace(one.sheet, article=replace(one.sheet.article, id="Strike")))
    assert "would clash with those of content/sheets/strike.yaml" in str(check_site(Everything(sheets=[one, two]))[0])


PROBLEMS = [
    Problem(file="a,b.yaml", line=3, column=4, message='no actor "x"', hint="100 %\nsure"),
    Problem(file="b.yaml", message="the evidence is not\x1b[31m in the article", fatal=False),
]


def test_problems_are_shown_in_three_forms() -> None:
    assert render_problems(PROBLEMS) == 'a,b.yaml:3:4: no actor "x": 100 % sure\nb.yaml:1:1: the evidence is not [31m in the article'
    assert json.loads(render_problems(PROBLEMS, "json"))[0] == {
        "file": "a,b.yaml", "line": 3, "column": 4, "message": 'no actor "x"', "hint": "100 %\nsure", "fatal": True,
    }  # fmt: skip
    assert render_problems(PROBLEMS, "github").split("\n") == [
        '::error file=a%2Cb.yaml,line=3,col=4::no actor "x": 100 %25 sure',
        "::warning file=b.yaml,line=1,col=1::the evidence is not [31m in the article",
    ]
    assert render_problems([]) == ""


def test_every_check_says_what_it_is_for() -> None:
    for name, check in [*CHECKS, *SITE_CHECKS]:
        assert name.replace(" ", "_") == check.__name__
        assert check.__doc__
