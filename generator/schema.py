"""The JSON Schema of a sheet, made from the model's types: by it editors complete keys, show what they mean, and mark what is wrong.

Keywords of draft-07 alone, which the YAML language server knows. What an editor shows is written for people who edit sheets.
"""

from __future__ import annotations

import json
import types
import typing
from typing import Any, Literal

from generator.model import KINDS, SHEET_FIELDS, Article, Evidence
from generator.typed import fields_of

FILE = "sheet.schema.json"

SECTIONS = {
    "article": "What was published: its title, day, publisher and address.",
    "actors": "Who speaks, meets or is spoken of in this article. Facts below name them by their id.",
    "claims": "Who said what, in the order of the article.",
    "meetings": "What brings parties together at a time, past or to come: calls, talks, summits, hearings, elections.",
    "figures": "Numbers that measure or count something.",
}

# What each field means. A field of one kind alone stands under its kind.
MEANINGS: dict[str, dict[str, str]] = {
    "": {
        "id": "A short name for this fact, unlike any other of its kind in this sheet. Facts and addresses refer to it, so it is best left as it is. "
        "Left out, it is made from the first words of the evidence.",
        "evidence": "The sentence of the article that says so, word for word. Line breaks and spaces do not matter; all else does.",
        "doubtful": "true: the rules found this doubtful. Take the line out, or write `checked: true`, once you have looked.",
        "reason": "Why the rules found it doubtful.",
        "checked": "true: you vouch for this fact, and an update leaves it as it is. false: in a sheet that is checked as a whole, this fact is not.",
        "note": "Your remark on this fact, shown beside it on the site.",
    },
    "article": {
        "title": "The headline.",
        "published": "The day of publication, 2021-12-30. “Thursday” and “last month” in the article are counted from it.",
        "publisher": "Who published it: “DW”.",
        "url": "Where it was published: an address that begins with https://.",
        "author": "Who wrote it.",
        "updated": "The day it was last changed, where it says so.",
        "language": "Its language, as “en” or “en-GB”.",
        "show": "How much of its text the site shows: `quotes` (only the evidence) or `full`. Left out: as site.yaml says.",
        "checked": "true: you vouch for the whole sheet. Every fact in it counts as checked, save those that say `checked: false`, and an update leaves "
        "them as they are. What a later update adds comes with `checked: false`; take that line out once you have looked.",
    },
    "actors": {
        "id": "The actor's short name, by which facts name it: “dmitry-peskov”. The same id in several articles means the same actor.",
        "name": "The fullest form of the name that the article gives.",
        "type": "`person`, `organization`, `country` (as a state that acts) or `group` (of people, with no organization).",
        "role": "The role, as the article words it: “Kremlin spokesman”.",
        "aliases": "Other forms of the name in the article: [Peskov].",
    },
    "claims": {
        "speaker": "Who says it: the id of an actor of this sheet. null where nobody is named; then `speaker_text` says who it was.",
        "speaker_text": "The article's words for the speaker: “one senior administration official”.",
        "verb": "The word that tells of it: “said”, “according to”.",
        "kind": "What sort of saying it is: said, denied, warned, vowed, asked, urged, accused, agreed, believed, found or other.",
        "mode": "`direct`: quoted word for word. `indirect`: in the article's words. `mixed`: some of both.",
        "text": "What is claimed, in the article's words.",
        "to": "To whom it is said: the id of an actor.",
        "about": "Whom it is about: ids of actors.",
        "verdict": "Your judgement of the claim, for instance “false” or “true, but”. Never written by the machine.",
    },
    "meetings": {
        "title": "What to call it: “US–Russia talks”.",
        "type": "What sort of meeting: call, talks, summit, visit, hearing, election …",
        "status": "`scheduled`, `proposed`, `held` or `cancelled`, as this article has it.",
        "start": "When it starts, as precisely as the article says: 2022, 2022-01, 2022-W02, 2022-01-10 or 2021-12-30T20:30+00:00.",
        "end": "When it ends, written like `start`.",
        "place": "Where.",
        "participants": "Who takes part: ids of actors, [wendy-sherman, sergei-ryabkov].",
        "absent": "Who does not take part, where the article says so: ids of actors.",
    },
    "figures": {
        "value": "The number, in figures: 100000 or 2.5. A range has `low` and `high` instead.",
        "low": "The least it may be.",
        "high": "The most it may be.",
        "modifier": "`=` just so, `~` about, `<` less than or up to, `>` more than or at least. In quotes.",
        "unit": "What it is a number of: troops, percent, USD, barrels a day.",
        "kind": "count, money, percent, quantity, duration, rate or ratio.",
        "subject": "What is counted or measured: “Russian troops amassed on Ukraine's borders”.",
        "according_to": "Who gives the number, in the article's words.",
        "source": "The same as the id of an actor, where it is one.",
        "as_of": "The day, month or year it is true of.",
    },
}


def sheet_schema() -> dict[str, Any]:
    """The schema as plain values."""
    properties: dict[str, Any] = {"article": {**described("article"), "type": ["object", "null"]}}
    for kind in KINDS:
        properties[kind] = {
            "description": SECTIONS[kind],
            "markdownDescription": SECTIONS[kind],
            "type": ["array", "null"],
            "items": described(kind),
        }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A fact sheet",
        "description": "An article's facts, to be looked over and put right. Updates keep what you change.",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def described(kind: str) -> dict[str, Any]:
    """The schema of one fact, or of the article."""
    struct: Any = Article if kind == "article" else KINDS[kind]
    hints = typing.get_type_hints(struct)
    fields = fields_of(struct)
    properties = {}
    for name in SHEET_FIELDS[kind]:
        meaning = MEANINGS[kind].get(name) or MEANINGS[""][name]
        default = fields[name].default
        shape = shape_of(hints[name])
        if isinstance(default, (str, bool)):
            shape["default"] = default
        properties[name] = {"description": meaning, "markdownDescription": meaning, **shape}
    required = [n for n in SHEET_FIELDS[kind] if fields[n].required and n != "id"]
    text = SECTIONS[kind] if kind == "article" else ""
    about = {"description": text, "markdownDescription": text} if text else {}
    return {**about, "type": "object", "properties": properties, "required": required, "additionalProperties": False}


def shape_of(hint: Any) -> dict[str, Any]:
    """What values a field's type lets in."""
    parts = list(typing.get_args(hint)) if typing.get_origin(hint) in (types.UnionType, typing.Union) else [hint]
    null = ["null"] if type(None) in parts else []
    part = next(p for p in parts if p is not type(None))
    if part is bool:
        return {"type": "boolean"}
    if part in (int, float):
        return {"type": ["number", *null]}
    if typing.get_origin(part) is Literal:
        return {"enum": [*typing.get_args(part), *([None] if null else [])]}
    if typing.get_origin(part) is tuple:
        return {"type": ["array", "null"], "items": {"type": ["string", "number"]}}
    if part is Evidence:
        return {"type": "string", "minLength": 1}
    # A year or a name of figures alone is read as words, so an editor need not complain.
    return {"type": ["string", "number", *null]}


def schema_text() -> str:
    """`content/sheet.schema.json`, which `update` writes."""
    return json.dumps(sheet_schema(), ensure_ascii=False, indent=1) + "\n"
