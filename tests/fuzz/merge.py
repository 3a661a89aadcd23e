"""Updates of sheets that people edited: nothing is lost, the result can be read, and a second update with nothing new changes nothing."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from generator.merge import merge
from generator.model import KINDS, Extracted, FactSheet
from generator.sheetfile import parse
from tests.fuzz.edits import edited
from tests.sheets import sheet

FILE = "sheets/strike.yaml"
FIRST = merge(None, None, sheet(), FILE)
assert FIRST.base is not None
BASE = msgspec.json.encode(FIRST.base)


def seeds() -> list[bytes]:
    """A few edits and changes of mind; what stands behind the fifth byte is edits (see `edits`)."""
    words = [b"speaker: lars-vinter", b"checked: true", b"# seen", b"note: looked up", b"- id: own", b"text: 'x'"]
    return [bytes([n, n * 7 % 256, 0, n, 0, 1 + n % 4, 3 * n, len(w)]) + w for n in range(40) for w in words[n % 6 :][:1]]


def target(data: bytes) -> None:
    """Byte 0 to 4: what the new extraction says otherwise; then a person's edits."""
    flags, text = data[:5].ljust(5, b"\0"), edited(FIRST.text, data[5:])
    new = changed(flags)
    base = msgspec.json.decode(BASE, type=Extracted)
    done = merge(base, text, new, FILE)
    if done.problems:
        assert done.text == text
        assert any(p.fatal for p in parse(text, FILE).problems), done.problems  # none but what was wrong with the sheet
        return
    read = parse(done.text, FILE)
    assert not [p for p in read.problems if p.fatal], read.problems
    if not done.text.strip():
        return  # nothing left in the sheet: it counts as deleted whole, and is made again
    remembered = msgspec.json.decode(msgspec.json.encode(done.base), type=Extracted)
    again = merge(remembered, done.text, new, FILE)
    assert again.text == done.text
    assert not again.problems
    kept_what_people_wrote(text, done.text)


def kept_what_people_wrote(before: str, after: str) -> None:
    """A fact that a person checked stays, with all of its fields that a person could mean."""
    mine, now = parse(before, FILE).sheet, parse(after, FILE).sheet
    for kind in KINDS:
        ids = {f.id for f in getattr(now, kind)}
        for fact in getattr(mine, kind):
            if before.strip() and fact.checked and kind != "actors":
                assert fact.id in ids or any(f.evidence == fact.evidence for f in getattr(now, kind)), (kind, fact.id)


def changed(flags: bytes) -> FactSheet:
    """The small article's facts, some left out, some with other words."""
    made = sheet()
    facts = {}
    for n, kind in enumerate(KINDS):
        rows = [f for m, f in enumerate(getattr(made, kind)) if not flags[n] >> m & 1]
        if flags[n] & 0x40 and rows:
            rows[0] = replace(rows[0], doubtful=True, reason="a reason")
        if flags[4] >> n & 1 and rows:
            field, value = {
                "actors": ("role", "chair"),
                "claims": ("verb", "told"),
                "meetings": ("place", "Oslo"),
                "figures": ("unit", "men"),
            }[kind]
            rows[-1] = replace(rows[-1], **{field: value})
        facts[kind] = tuple(rows)
    known = {a.id for a in facts["actors"]}
    facts["claims"] = tuple(replace(c, speaker=c.speaker if c.speaker in known else None) for c in facts["claims"])
    facts["meetings"] = tuple(replace(m, participants=tuple(p for p in m.participants if p in known)) for m in facts["meetings"])
    return replace(made, **facts)
