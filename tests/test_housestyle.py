"""The fast way of reading a sheet and the full one are one: the same facts, no problems, and the same places, for whatever the fast one takes."""

from __future__ import annotations

import os
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import housestyle
from generator.model import KINDS
from generator.sheetfile import parse, parse_in_full, write
from tests import sheets
from tests.sheets import sheet

EXAMPLES = int(os.environ.get("FACTPRESS_EXAMPLES", "400"))

# What an edit may put in: YAML's marks, odd characters, and whole lines of a sheet that are right elsewhere.
MARKS = [
    *sheets.HOSTILE, " ", "  ", "\n\n", "\n  ", "\n- ", "''", "'", '"', "\\n", "- - ", "[a, b]", "[a,b]", "[ a ]", "{a: b}", "# x", "\n# x\n", "\xad",
]  # fmt: skip
EDITS = """\
article:
actors:
claims:
meetings:
figures:
dates:
- id: a
  id: a
- name: A
  name: A
  type: person
  evidence: x
  text: x
  title: x
  value: 1e3
  value: .5
  value: 0x1F
  value: '1'
  low: -1
  value: null
  checked: true
  checked: yes
  checked: "true"
  speaker: null
  speaker: ~
  speaker:
  aliases: []
  aliases: [a, null]
  aliases: ['it''s', "a, b", c d]
  aliases: a
  about: [a , b]
  about: [a, b,]
  about: [[a]]
  file: x
  mentions: []
  extra: x
  note: a: b
  note: a:
  note: a #b
  note: a#b
  note: a :b
  note: 'a' b
  note: "a" #b
  note:  a
   note: a
    more words
  # a remark
#
    # deep
---
...
%YAML 1.2
-
- a
x
<<: a
  <<: a
  note: |
  note: >-
"""
LINES = [*write(sheet()).split("\n"), *EDITS.split("\n"), "  note: ", "", "  ", "- "]


def same(text: str) -> bool:
    """Whether the fast way takes the text; fails where it then reads it otherwise than the full one."""
    read = housestyle.read(text, "x")
    if read is None:
        return False
    full = parse_in_full(text, "sheets/x.yaml")
    assert full.problems == ()
    assert repr(read[0]) == repr(full.sheet)  # 1 and 1.0 are equal, and not alike
    assert read[0] == full.sheet
    fast = parse(text, "sheets/x.yaml")
    for kind in KINDS:
        assert [fast.place(kind, n) for n in range(len(getattr(full.sheet, kind)))] == [
            full.place(kind, n) for n in range(len(getattr(full.sheet, kind)))
        ]
    return True


@st.composite
def edited(draw: st.DrawFn) -> str:
    """A written sheet after a few edits of its characters and lines."""
    text = write(draw(st.one_of(sheets.own_sheets, st.just(sheet()))))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        how = draw(st.sampled_from(["insert", "insert", "cut", "line", "line", "join", "double", "swap"]))
        lines = text.split("\n")
        n = text.count("\n", 0, at)
        if how == "insert":
            text = text[:at] + draw(st.one_of(st.sampled_from(MARKS), st.characters(exclude_categories=["Cs"]))) + text[at:]
        elif how == "cut":
            text = text[:at] + text[at + draw(st.integers(1, 12)) :]
        else:
            if how == "line":
                lines.insert(n, draw(st.sampled_from(LINES)))
            elif how == "join":
                lines[n : n + 2] = ["".join(lines[n : n + 2])]
            elif how == "double":
                lines.insert(draw(st.integers(0, len(lines))), lines[n])
            else:
                m = draw(st.integers(0, len(lines) - 1))
                lines[n], lines[m] = lines[m], lines[n]
            text = "\n".join(lines)
    return text


@given(edited())
@settings(max_examples=EXAMPLES, deadline=None)
def test_both_ways_read_alike(text: str) -> None:
    same(text)


@given(st.lists(st.sampled_from(LINES), max_size=14).map(lambda lines: "article:\n  title: T\n" + "\n".join(lines)))
@settings(max_examples=EXAMPLES, deadline=None)
def test_lines_in_any_order_read_alike(text: str) -> None:
    same(text)


@given(st.one_of(sheets.hostile, st.text(max_size=40)), st.sampled_from(["title", "publisher", "language", "show"]))
@settings(max_examples=EXAMPLES, deadline=None)
def test_bare_words_read_alike(words: str, name: str) -> None:
    """Anything at all behind `key: `, and as the item of a list."""
    same(f"article:\n  title: T\n  {name}: {words}\n" if name != "title" else f"article:\n  title: {words}\n")
    same(f"article:\n  title: T\nactors:\n- id: a\n  name: A\n  type: person\n  aliases: [{words}, b]\n")


PUNCTUATION = [*"-?:,[]{}#&*!|>'\"%@`\\~=<. \n\t\r", "\n ", ": ", " #", "''", "\n\n", "null", "\xa0", "\u2028", "\ufeff"]
SHORT = """\
article:
  title: "Talks: resumed"
actors:
- id: ada
  name: 'Ada "A" Okoro'
  type: person
  aliases: [A, 'b, c']
  checked: true
figures:
- id: x
  value: 4
  evidence: 4, or so
"""


@pytest.mark.parametrize("mark", PUNCTUATION, ids=ascii)
def test_a_mark_anywhere_reads_alike(mark: str) -> None:
    """A sheet with the mark at every place in turn."""
    taken = sum(same(SHORT[:at] + mark + SHORT[at:]) for at in range(len(SHORT) + 1))
    assert same(SHORT)
    assert taken < len(SHORT)


def test_the_house_style_is_taken() -> None:
    """A fast way that takes nothing would be no way."""
    assert same(write(sheet()))
    assert same(write(sheet()).removesuffix("\n").replace("claims:", "# by the desk\n\nclaims:"))
    rng = random.Random(1)
    lines = write(sheet()).split("\n")
    changed = [n for n in range(len(lines)) if lines[n].startswith("  text:")]
    lines[rng.choice(changed)] = "  text: 'It''s \"done\", she said'"
    assert same("\n".join(lines))


def test_its_time_grows_with_the_length_alone() -> None:
    """Long lines of what its pattern might try in many ways; were it more than linear, these would take hours."""
    for words in (
        "a " * 200_000,
        "'" * 400_001,
        "''a" * 100_000,
        "[" + "a, " * 200_000,
        "[a" + " " * 400_000,
        "#" * 400_000,
        " " * 400_000 + "x",
    ):
        for before in ("", "article:\n  title: ", "actors:\n- id: a\n  aliases: "):
            assert housestyle.read(f"{before}{words}\n", "x") is None or words == "#" * 400_000
