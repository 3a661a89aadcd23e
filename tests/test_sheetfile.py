"""A sheet's YAML: what was written is read back, what is wrong has its place, and no text makes it stumble."""

from __future__ import annotations

import datetime

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.model import FactSheet
from generator.sheetfile import edited_part, parse, write
from tests import sheets

EXAMPLE = """\
# yaml-language-server: $schema=../sheet.schema.json
article:
  title: Talks to resume in Porto
  published: 2022-01-13
actors:
- id: ada-okoro
  name: Ada Okoro
  type: person
  role: Minister
  aliases: [Okoro]
"""


@given(sheets.own_sheets)
@settings(max_examples=400, deadline=None)
def test_what_was_written_is_read_back(sheet: FactSheet) -> None:
    read = parse(write(sheet), "sheets/x.yaml")
    assert [p for p in read.problems if p.message != "the article has no title"] == []
    assert read.sheet == edited_part(sheet)


@given(sheets.own_sheets)
@settings(max_examples=200, deadline=None)
def test_line_ends_do_not_matter(sheet: FactSheet) -> None:
    assert parse(write(sheet).replace("\n", "\r\n"), "x.yaml").sheet == parse("\ufeff" + write(sheet), "x.yaml").sheet == edited_part(sheet)


def words_of(value: object) -> object:
    """A value that another reader found, where words were written."""
    if isinstance(value, dict):
        return {k: words_of(v) for k, v in value.items() if k not in ("value", "low", "high", "doubtful", "checked")}
    if isinstance(value, list):
        return [words_of(v) for v in value]
    return value.isoformat() if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime) else value


def all_words(value: object) -> bool:
    if isinstance(value, dict):
        return all(k == "speaker" or all_words(v) for k, v in value.items())
    return all(map(all_words, value)) if isinstance(value, list) else isinstance(value, str)


@given(sheets.own_sheets)
@settings(max_examples=200, deadline=None)
def test_readers_of_older_yaml_find_the_same_words(sheet: FactSheet) -> None:
    """PyYAML's own loader follows YAML 1.1, in which `no` is false and 12:30 a number: nothing of ours may look so."""
    text = write(sheet)
    older = words_of(yaml.load(text, yaml.CSafeLoader))
    assert all_words(older)
    plain = words_of(yaml.load(text, yaml.BaseLoader))
    assert str(older).replace("None", "'null'") == str(plain).replace("None", "'null'")


@given(
    st.text(max_size=200)
    | sheets.hostile
    | st.lists(st.sampled_from([*sheets.HOSTILE, "claims:\n", "- id: a\n", "  text: ", "article:"])).map("".join)
)
@settings(max_examples=600, deadline=None)
@example("claims:\n- *a")
@example("- " * 5000)
@example("[" * 5000)
@example("{a: " * 5000)
@example("a: &a [b]\nc: *a\n")
@example("? ? ? a")
@example("claims: [{id: {}}]")
def test_no_text_makes_it_stumble(text: str) -> None:
    read = parse(text, "x.yaml")
    assert all(p.line >= 1 and p.column >= 1 for p in read.problems)


def test_each_value_has_its_place() -> None:
    read = parse(EXAMPLE, "x.yaml")
    assert read.problems == ()
    assert read.places[("actors", 0, "role")] == (9, 9)
    assert read.places[("actors", 0, "aliases", 0)] == (10, 13)
    assert read.place("actors", 0, "nothing") == (6, 3)
    assert write(read.sheet) == EXAMPLE


# Each: what a person wrote in place of the example's last line, and what they are told.
WRONG = [
    ("  alias: [Okoro]", '10:3: an actor has no "alias": did you mean "aliases"?'),
    ("  aliases: Okoro", '10:12: "aliases" takes a list: write [Okoro]'),
    ("  checked: yes", '10:12: "checked" takes true or false: write true or false, without quotes'),
    ("  role: Prime Minister", '10:3: the key "role" stands here twice: keep one; the other is in line 9'),
    ("  note: He said: no", '10:16: a colon where no value can start: put words that hold ": " in quotes'),
    ("\tnote: x", "10:1: a tab in the indentation: indent with spaces"),
    ("  note: &here x", "10:9: an anchor (&here): take it out, or put words that begin with & in quotes"),
    ("  note: *here", "10:9: an alias (*here): write the value itself"),
    ("  note: !!str x", "10:9: a tag (!!str): take it out"),
    ('  note: "x', "10:9: a quotation mark that is never closed: close it"),
    ("  note: @home", "10:9: words cannot begin with @ here: put them in quotes"),
    ("<<<<<<< HEAD\n  note: a\n=======\n  note: b\n>>>>>>> theirs", "10:1: git left a conflict here: choose what holds"),
    ("- id: ada-okoro\n  name: B\n  type: person", '10:3: the id "ada-okoro" stands twice among actors: give one of them another'),
    ("- id: b\n  type: person", '10:3: an actor needs "name": write `name:`'),
    ("- id: b\n  name: B\n  type: persn", '12:9: "type" cannot be "persn": did you mean "person"?'),
    ("claims:\n- id: c\n  text: c", '11:3: a claim needs "evidence": paste the sentence of the article that says so'),
    ("figures:\n- id: c\n  value: 100,000\n  evidence: c", '12:10: "value" takes a number: write 100000'),
    ("claim: []", '10:1: a sheet has no "claim": did you mean "claims"?'),
    ("---\na: b", "10:1: a second document starts here: a file holds one: take the line --- out"),
]


@pytest.mark.parametrize(("line", "said"), WRONG, ids=[said for _, said in WRONG])
def test_what_is_wrong_is_said_with_its_place(line: str, said: str) -> None:
    text = EXAMPLE.replace("  aliases: [Okoro]\n", line + "\n")
    assert any(str(p).startswith(f"x.yaml:{said}") for p in parse(text, "x.yaml").problems), [
        str(p) for p in parse(text, "x.yaml").problems
    ]


def test_values_are_read_as_yaml_1_2_has_them() -> None:
    text = (
        EXAMPLE
        + "claims:\n- {id: no, text: 12:30, verb: off, evidence: 2022-01-10, note: 0x1F}\nfigures:\n- id: 017\n  value: 1e3\n  evidence: y\n"
    )
    sheet = parse(text, "x.yaml").sheet
    assert (sheet.claims[0].id, sheet.claims[0].text, sheet.claims[0].verb, sheet.claims[0].note) == ("no", "12:30", "off", "0x1F")
    assert (sheet.figures[0].id, sheet.figures[0].value, sheet.figures[0].evidence.quote) == ("017", 1000.0, "y")


def test_a_fact_without_an_id_is_named_by_its_sentence() -> None:
    sentence = "The port authority denied that any ship had been turned away."
    text = EXAMPLE + f"claims:\n- text: any ship\n  evidence: {sentence}\n- text: any other\n  evidence: {sentence}\n"
    read = parse(text, "x.yaml")
    assert read.problems == ()
    assert [c.id for c in read.sheet.claims] == ["the-port-authority-denied-that", "the-port-authority-denied-that-2"]


def test_large_and_deep_texts_are_refused() -> None:
    assert "characters" in str(parse("a" * 5_000_000, "x.yaml").problems[0])
    assert "nested too deeply" in str(parse("- " * 100_000, "x.yaml").problems[0])
