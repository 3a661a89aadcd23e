"""The YAML of sheets: any text is read, with what is wrong with it and where; and what was read can be written and read again."""

from __future__ import annotations

from generator.sheetfile import edited_part, parse, write
from tests.fuzz.laws import own
from tests.sheets import HOSTILE, sheet


def seeds() -> list[bytes]:
    """The demonstration's sheets, a small one, people's decisions, and what YAML is known to trip over."""
    odd = "".join(f"- {h}\n" for h in HOSTILE).encode("utf-8", "replace")
    return [
        write(sheet()).encode(),
        *own("content/sheets/*.yaml", "content/actors/*.yaml", "content/events/*.yaml"),
        odd,
        b"a: &b [*b, *b]\n",
    ]


def target(data: bytes) -> None:
    """One sheet."""
    text = data.decode("utf-8", "replace")
    parsed = parse(text, "sheets/x.yaml")
    lines = text.count("\n") + text.count("\r") + text.count("\x85") + text.count("\u2028") + text.count("\u2029") + 1
    for p in parsed.problems:
        assert 1 <= p.line <= lines, p
        assert p.column >= 1, p
        assert p.message, p
    if any(p.fatal for p in parsed.problems):
        return
    again = parse(write(parsed.sheet), "sheets/x.yaml")
    assert not [p for p in again.problems if p.fatal], again.problems
    assert edited_part(again.sheet) == edited_part(parsed.sheet)
