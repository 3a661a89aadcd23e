"""The schema that editors use: it knows every field, takes what we write, and marks what we would mark."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from generator.model import KINDS, SHEET_FIELDS
from generator.schema import MEANINGS, schema_text, sheet_schema
from generator.sheetfile import write
from tests.sheets import sheet


def misfits(value: Any, schema: dict[str, Any], path: str = "") -> list[str]:
    """What a validator of draft-07 finds wrong, for the keywords that we use."""
    kinds = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
    if "enum" in schema:
        return [] if value in schema["enum"] else [f"{path}: not in enum"]
    allowed = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not any(number if t == "number" else isinstance(value, kinds[t]) for t in allowed):
        return [f"{path}: not {allowed}"]
    found = []
    if isinstance(value, dict):
        found += [f"{path}/{k}: unknown" for k in value if k not in schema["properties"]]
        found += [f"{path}/{k}: missing" for k in schema.get("required", ()) if k not in value]
        found += [m for k, v in value.items() if k in schema["properties"] for m in misfits(v, schema["properties"][k], f"{path}/{k}")]
    if isinstance(value, list):
        found += [m for i, v in enumerate(value) for m in misfits(v, schema["items"], f"{path}/{i}")]
    return found


def core(text: str) -> Any:
    """As YAML 1.2 reads it: days are words."""
    loaded = yaml.load(text, yaml.CSafeLoader)
    return json.loads(json.dumps(loaded, default=str))


def test_what_we_write_fits() -> None:
    assert misfits(core(write(sheet())), sheet_schema()) == []


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("speaker: ada-okoro", "speeker: ada-okoro", "/claims/0/speeker: unknown"),
        ("type: person", "type: persn", "/actors/0/type: not in enum"),
        ("value: 4000", "value: about 4000", "/figures/0/value: not ['number', 'null']"),
        ("  title: Talks", "  titel: Talks", "/article/title: missing"),
        ("claims:", "claim:", "/claim: unknown"),
    ],
)
def test_what_is_wrong_is_marked(was: str, becomes: str, said: str) -> None:
    assert said in misfits(core(write(sheet()).replace(was, becomes, 1)), sheet_schema())


def test_every_field_is_explained() -> None:
    for kind in ("article", *KINDS):
        assert set(MEANINGS[kind]) <= set(SHEET_FIELDS[kind])
        schema = sheet_schema()["properties"][kind]
        fields = schema["properties"] if kind == "article" else schema["items"]["properties"]
        assert list(fields) == list(SHEET_FIELDS[kind])
        assert all(len(f["description"]) > 5 for f in fields.values())


def test_the_text_is_json_and_the_same_each_time() -> None:
    assert json.loads(schema_text()) == sheet_schema()
    assert schema_text() == schema_text()
