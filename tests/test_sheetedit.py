"""Editing in place, whatever style a person writes YAML in: braces, a line an item, quotes of all sorts, comments anywhere."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.merge import merge
from generator.model import KINDS, SHEET_FIELDS, Claim, Evidence, FactSheet
from generator.sheetedit import AddFact, RemoveFact, SetField, apply, commented, decided
from generator.sheetfile import edited_part, fact_part, is_shown, parse, write
from generator.typed import fields_of
from generator.yamltext import flow_list, scalar, words
from tests.sheets import SENTENCES, sheet, sheets

FILE = "sheets/x.yaml"


class Hand:
    """Writes a sheet as a person might."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.remarks = 0

    def choose(self, *options: Any) -> Any:
        return self.draw(st.sampled_from(options))

    def remark(self, often: int = 8) -> str:
        if self.draw(st.integers(0, often)):
            return ""
        self.remarks += 1
        return f"  # remark{self.remarks}."

    def line(self, indent: str) -> str:
        """A comment or a blank line of its own, or nothing."""
        what = self.choose("", "", "", "", "", "blank", "comment")
        if what == "comment":
            self.remarks += 1
            return f"{indent}# remark{self.remarks}.\n"
        return "\n" if what else ""

    def value(self, value: Any, indent: str) -> str:
        """What stands behind the colon, to the end of the line."""
        if isinstance(value, tuple):
            how = self.choose("flow", "block", "spread")
            if how == "flow":
                return " " + flow_list(value) + self.remark()
            if how == "spread":
                rows = [f"{indent}    {words(v, flow=True)},{self.remark()}\n" for v in value]
                return f" [{self.remark()}\n{''.join(rows)}{indent}  ]{self.remark()}"
            deep = indent + self.choose("", "  ")
            return self.remark() + "".join(f"\n{self.line(deep)}{deep}- {words(v)}{self.remark()}" for v in value)
        if not isinstance(value, str):
            return f" {scalar(value)}{self.remark()}"
        how = self.choose("house", "single", "double", "literal", "folded", "next line")
        simple = re.fullmatch(r"[!-~](?:[ -~]*[!-~])?", value) is not None
        if how == "single" and simple:
            return " '" + value.replace("'", "''") + "'" + self.remark()
        if how == "double":
            return f" {json.dumps(value)}{self.remark()}" if simple else f" {words(value)}{self.remark()}"
        if how in ("literal", "folded") and simple:
            mark = {"literal": "|", "folded": ">"}[how] + self.choose("", "-")
            return f" {mark}{self.remark()}\n{indent}    {value}"
        if how == "next line":
            return f"{self.remark()}\n{indent}    {words(value)}{self.remark()}"
        return f" {words(value)}{self.remark()}"

    def fields(self, kind: str, thing: Any) -> list[tuple[str, Any]]:
        known = fields_of(type(thing))
        shown = [(n, getattr(thing, n)) for n in SHEET_FIELDS[kind] if is_shown(known[n], n, thing)]
        return [(n, v.quote if isinstance(v, Evidence) else v) for n, v in self.draw(st.permutations(shown))]

    def mapping(self, kind: str, thing: Any, indent: str, first: str) -> str:
        fields = self.fields(kind, thing)
        if kind != "article" and self.choose(False, False, True):
            parts = [f"{n}: {flow_list(v) if isinstance(v, tuple) else scalar(v, flow=True)}" for n, v in fields]
            return f"{first}{{{', '.join(parts)}}}{self.remark()}\n"
        rows = [f"{self.line(indent) if i else ''}{indent if i else first}{n}:{self.value(v, indent)}\n" for i, (n, v) in enumerate(fields)]
        return "".join(rows)

    def write(self, s: FactSheet, mixed: bool = False) -> str:
        """The sheet; `mixed`: its facts in an order of their own."""
        parts = [self.line("") + "article:" + self.remark() + "\n" + self.mapping("article", s.article, "  ", "  ")]
        for kind in KINDS:
            facts = self.draw(st.permutations(getattr(s, kind))) if mixed else getattr(s, kind)
            if not facts:
                how = self.choose("", f"{kind}:", f"{kind}: []", f"{kind}: ~")
                parts.append(how and f"{how}{self.remark()}\n")
                continue
            dash = self.choose("- ", "  - ", "-   ")
            inner = " " * len(dash)
            rows = [self.line(dash[: dash.index("-")]) + self.mapping(kind, f, inner, dash) for f in facts]
            parts.append(f"{kind}:{self.remark()}\n" + "".join(rows))
        text = "".join(self.draw(st.permutations(parts))) + self.line("")
        text = self.choose("", "\ufeff") + self.choose("", "---\n") + text
        text = text.replace("\n", self.choose("\n", "\r\n", "\r"))
        return text.rstrip("\r\n") if self.choose(False, False, True) else text


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_every_hand_can_be_read(data: Any) -> None:
    text = Hand(data.draw).write(sheet())
    read = parse(text, FILE)
    assert read.problems == ()
    assert read.sheet.claims == edited_part(sheet()).claims
    assert read.sheet.figures == edited_part(sheet()).figures


@given(st.data(), sheets)
@settings(max_examples=400, deadline=None)
def test_an_update_fits_into_every_hand(data: Any, strange: FactSheet) -> None:
    """The machine's changes are made, the person's remarks stay, and the lines that nothing changed are as they were."""
    empty = data.draw(st.lists(st.sampled_from(["claims", "meetings", "figures"]), max_size=2))
    old = replace(sheet(), article=replace(sheet().article, id="x"), **dict.fromkeys(empty, ()))
    base = merge(None, None, old, FILE).base
    hand = Hand(data.draw)
    text = hand.write(old, mixed=True)
    new = old
    for kind in KINDS:
        facts = (
            list(data.draw(st.lists(st.sampled_from(getattr(old, kind)), unique_by=lambda f: f.id)))
            if kind not in ("actors", *empty)
            else list(getattr(old, kind))
        )
        field = {"actors": "role", "claims": "verb", "meetings": "participants", "figures": "unit"}[kind]
        value = ("lars-vinter", "mara-silva") if field == "participants" else data.draw(st.sampled_from([None, "new words: more"]))
        facts = [replace(f, **{field: value}) if data.draw(st.booleans()) else f for f in facts]
        new = replace(new, **{kind: tuple(facts) + (getattr(strange, kind) if kind != "actors" else ())})
    done = merge(base, text, new, FILE)
    assert done.problems == ()
    for n in range(1, hand.remarks + 1):
        assert done.text.count(f"# remark{n}.") == 1
    after = parse(done.text, FILE).sheet
    assert done.base is not None
    for kind in KINDS:
        rows = {f.id: f for f in getattr(after, kind)}
        assert all(
            rows[f.id] == fact_part(kind, f)
            for f in getattr(done.base, kind)
            if kind not in ("actors", "claims") or "speaker" not in SHEET_FIELDS[kind]
        )
    if "\r\n" in text:
        assert not re.search(r"(?<!\r)\n", done.text)
    elif "\r" in text:
        assert "\n" not in done.text
    assert merge(done.base, done.text, new, FILE).text == done.text


NEW = Claim(id="a", text="b", evidence=Evidence(quote="c"))
CLAIM = "claims:\n- id: a\n  text: b\n  evidence: c\n"
VERB, NO_VERB, TITLE = SetField("claims", 0, "verb", "said"), SetField("claims", 0, "verb", None), SetField("article", 0, "title", "A")

# Each: a sheet, what is done to it, and what it becomes.
PLACES = [
    ("{claims: [{id: a, text: b, evidence: c}]}\n", VERB, "{claims: [{id: a, text: b, evidence: c, verb: said}]}\n"),
    (CLAIM.replace("b\n", "b # so\n"), VERB, "claims:\n- id: a\n  verb: said\n  text: b # so\n  evidence: c\n"),
    (CLAIM.replace("- ", "- verb: x # why\n  "), NO_VERB, "claims:\n# why\n- id: a\n  text: b\n  evidence: c\n"),
    (CLAIM.replace("  t", "  verb: |  # why\n    x\n    y\n  t"), VERB, CLAIM.replace("  t", "  # why\n  verb: said\n  t")),
    (CLAIM.replace("  t", "  verb:   # why\n  t"), VERB, CLAIM.replace("  t", "  verb: said   # why\n  t")),
    ("article:\n  title: A\nclaims: []  # none\n", AddFact("claims", NEW), "article:\n  title: A\n" + CLAIM.replace("s:", "s:  # none")),
    ("article:\n  title: A", AddFact("claims", NEW), "article:\n  title: A\n" + CLAIM.rstrip("\n")),
    ("article:\n  title: A\n" + CLAIM, RemoveFact("claims", 0), "article:\n  title: A\n"),
    ("# only a remark", TITLE, "# only a remark\narticle:\n  title: A"),
    (CLAIM, TITLE, "article:\n  title: A\n" + CLAIM),
]


@pytest.mark.parametrize(("text", "change", "becomes"), PLACES, ids=range(len(PLACES)))
def test_where_things_go(text: str, change: Any, becomes: str) -> None:
    assert apply(text, [change]) == becomes
    assert parse(becomes, FILE).sheet == decided(parse(text, FILE).sheet, [change])


def test_whose_a_comment_is() -> None:
    head = "claims:\n"
    a, b = (f"- id: {i}\n  text: t\n  evidence: e\n" for i in "ab")
    for text, whose in [
        (head + "# of a\n" + a + b, {0}),
        (head + a + "# of b\n" + b, {1}),
        (head + a + "  # of a\n" + b, {0}),
        (head + a + "# of a\n\n" + b, {0}),
        (head + a + b + "# of b\n", {1}),
        (head + a + b + "\n# of nobody\n", set()),
        (head + a.replace("t\n", "t # of a\n") + b, {0}),
        (head + a + b.replace("- id", "- # of b\n  id"), {1}),
        (head + a.replace("text: t", "text: 't # no'") + b, set()),
        ("# of nobody\n" + head + a + b, set()),
    ]:
        assert commented(text) == frozenset(("claims", n) for n in whose), text


def test_one_refined_fact_is_one_hunk() -> None:
    from difflib import unified_diff

    was = write(sheet())
    mine = was.replace("speaker: ada-okoro", "speaker: lars-vinter", 1)
    base = merge(None, None, sheet(), FILE).base
    new = replace(sheet(), claims=tuple(replace(c, verb="told") if c.evidence.quote == SENTENCES[1] else c for c in sheet().claims))
    done = merge(base, mine, new, FILE)
    assert sum(line.startswith("@@") for line in unified_diff(was.splitlines(), mine.splitlines())) == 1
    assert [
        line for line in unified_diff(mine.splitlines(), done.text.splitlines(), n=0) if line[0] in "+-" and line[:3] not in ("+++", "---")
    ] == [
        "-  verb: said",
        "+  verb: told",
    ]
