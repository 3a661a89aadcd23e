"""Single changes in a sheet that somebody wrote by hand: made as decided and nowhere else, or refused because the sheet was wrong before."""

from __future__ import annotations

from typing import Any

from generator.model import KINDS, SHEET_FIELDS, Evidence
from generator.sheetedit import AddFact, Change, NotMeant, RemoveFact, SetField, apply
from generator.sheetfile import parse, write
from generator.typed import fields_of
from tests.fuzz.edits import edited, take
from tests.sheets import sheet

TEXT = write(sheet())
HAND = """# by hand
article: {title: x, published: 2024-05-01}
claims:  # two
  - {id: a, text: "one: two", evidence: 'it''s', about: [no, "1"]}
  -
    id: b   # remark
    text: >-
      folded
      words
    evidence: |
      kept

    note: x
actors: []
figures:
- id: f
  value: 0x10
  evidence: "a\\nb"
"""


def seeds() -> list[bytes]:
    """A byte for the sheet, a length, edits of so many bytes, then the changes."""
    return [bytes([n % 2, 4, 3, 2 + n, 1, 0x23, n, n * 5 % 256, 3]) + b"new" for n in range(60)]


def target(data: bytes) -> None:
    """One sheet and some changes."""
    if len(data) < 2:
        return
    text = edited((TEXT, HAND)[data[0] % 2], data[2 : 2 + data[1]])
    parsed = parse(text, "sheet.yaml")
    changes = changes_of(data[2 + data[1] :], parsed.sheet)
    try:
        done = apply(text, changes)
    except NotMeant:
        assert any(p.fatal for p in parsed.problems)
        return
    if not changes:
        assert done == text


def changes_of(data: bytes, read: Any) -> list[Change]:
    """Legal changes, at most one a field and one a fact."""
    made: dict[tuple[Any, ...], Change] = {}
    kinds = ("article", *KINDS)
    for what, where, words in take(data):
        kind = kinds[where % len(kinds)]
        if kind == "article":
            field = SHEET_FIELDS[kind][what % (len(SHEET_FIELDS[kind]) - 1)]  # the last, `checked`, is for people: it speaks of all facts
            value = value_for(type(read.article), field, words, what)
            made.setdefault((kind, 0, field), SetField(kind, 0, field, value))
            continue
        facts = getattr(read, kind)
        n = what % (len(facts) + 1)
        if n == len(facts) or where >= 0xE0:
            new = getattr(sheet(), kind)[0]
            made.setdefault(
                (kind, "new"), AddFact(kind, type(new)(**{**vars_of(new), "id": "new-one"}), after=n if n < len(facts) else None)
            )
        elif where >= 0xC0:
            made.setdefault((kind, n), RemoveFact(kind, n))
        else:
            field = SHEET_FIELDS[kind][what // 8 % len(SHEET_FIELDS[kind])]
            if field != "id":
                made.setdefault((kind, n, field), SetField(kind, n, field, value_for(type(facts[n]), field, words, what)))
    removed = {(c.kind, c.index) for c in made.values() if isinstance(c, RemoveFact)}
    return [
        c
        for c in made.values()
        if not (isinstance(c, SetField) and (c.kind, c.index) in removed) and not (isinstance(c, AddFact) and (c.kind, c.after) in removed)
    ]


def vars_of(fact: Any) -> dict[str, Any]:
    return {name: getattr(fact, name) for name in type(fact).__struct_fields__}


def value_for(struct: type[Any], field: str, words: str, what: int) -> Any:
    """A value that the field can have."""
    known = fields_of(struct)[field]
    if known.optional and what % 3 == 0:
        return None
    default = known.default
    if isinstance(default, bool):
        return what % 2 == 1
    if isinstance(default, tuple):
        return tuple(w for w in words.split(",") if w)
    if field in ("value", "low", "high"):
        return what * 10.5
    if field == "evidence":
        return Evidence(quote=words or "x")
    choices = {
        "kind": "said" if struct.__name__ == "Claim" else "count",
        "mode": "direct",
        "modifier": "~",
        "status": "held",
        "show": "full",
    }
    if field in choices:
        return choices[field]
    if field == "type" and struct.__name__ == "Actor":
        return "person"
    return words or "x"
