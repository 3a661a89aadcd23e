"""Mails and plain-text pages: their header lines, and paragraphs broken into lines of even length, joined again."""

from __future__ import annotations

import re
from statistics import median

HEADER = re.compile(
    r"(?P<key>from|to|cc|subject|date|sent|reply-to|message-id|x-[\w-]{1,30}|mime-version|content-[\w-]{1,30}):[ \t]+(?P<value>\S.{0,500})",
    re.I,
)
QUOTED = re.compile(r"^>[> ]?", re.M)
NARROWEST, WIDEST = 48, 100  # characters of a broken line; newsletters and wires break at 65 to 78
BROKEN = re.compile(r"(?:^|[\s(\"“‘])([^\W\d_]{1,20})-$")
# Before these a hyphen at a line's end is the word's own: "twelve-storey", "self-made", "so-called".
PREFIXES = frozenset(
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety "
    "well self long short high low so non co ex anti pro "
    "semi multi mid cross vice all half full part first second third old new far near left right post pre north south east west".split()
)
NO_END = re.compile(r"[^.!?:;\"”’)\]]$")


def mail_header(text: str) -> tuple[dict[str, str], str]:
    """The header lines on top of a mail (at least two, one of them its subject or date), and what stands below."""
    head, _, rest = text.lstrip("\n").partition("\n\n")
    keys: dict[str, str] = {}
    for line in head.split("\n")[:40]:
        m = HEADER.fullmatch(line.rstrip())
        if m:
            keys[m["key"].lower()] = m["value"].strip()
        elif not line.startswith((" ", "\t")):
            return {}, text
    return (keys, rest) if len(keys) >= 2 and ("subject" in keys or "date" in keys) else ({}, text)


def rejoin(text: str, mail: bool = False) -> str:
    """The text with its broken lines joined, where it has such: most lines that others follow are of one width, and break off in a sentence."""
    blocks = [[line for line in block.split("\n") if line.strip()] for block in re.split(r"\n[ \t]*\n", text)]
    inner = [line.rstrip() for block in blocks for line in block[:-1]]
    if len(inner) < (3 if mail else 5):
        return text
    width = median(len(line) for line in inner)
    broken = sum(bool(NO_END.search(line)) for line in inner)
    even = sum(NARROWEST <= len(line) <= WIDEST and len(line) > width - 18 for line in inner)
    if not (NARROWEST <= width <= WIDEST and broken * 3 > len(inner) and even * 5 > len(inner) * 4):
        return text
    known = frozenset(re.findall(r"(?<![\w-])[a-z]+(?![\w-])", text.lower()))
    return "\n\n".join(joined(block, int(width), known) for block in blocks)


def is_broken(before: str, after: str, known: frozenset[str]) -> bool:
    """Whether a hyphen at a line's end only breaks a word, as in "de-" and "bate": what stands before it is no word that the text has elsewhere."""
    part = BROKEN.search(before)
    return part is not None and after[:1].islower() and part[1].lower() not in known and part[1].lower() not in PREFIXES


def joined(block: list[str], width: int, known: frozenset[str] = frozenset()) -> str:
    """One block's lines as paragraphs: a line much shorter than the others ends one. `known` are the text's words."""
    out: list[str] = []
    run_on = False
    for line in block:
        words = line.strip()
        if run_on and not words.startswith(("•", "- ", "* ")):
            out[-1] = f"{out[-1][:-1]}{words}" if is_broken(out[-1], words, known) else f"{out[-1]} {words}"
        else:
            out.append(words)
        run_on = len(line.rstrip()) > width - 22
    return "\n".join(out)
