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
    return "\n\n".join(joined(block, int(width)) for block in blocks)


def joined(block: list[str], width: int) -> str:
    """One block's lines as paragraphs: a line much shorter than the others ends one."""
    out: list[str] = []
    run_on = False
    for line in block:
        words = line.strip()
        if run_on and not words.startswith(("•", "- ", "* ")):
            out[-1] += f" {words}"
        else:
            out.append(words)
        run_on = len(line.rstrip()) > width - 22
    return "\n".join(out)
