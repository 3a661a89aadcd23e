"""Who publishes: an outlet's name from an address, a copyright line or the top of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from urllib.parse import urlsplit

from generator.data import load
from generator.words import fold

ADDRESS = re.compile(r"https?://[^\s<>\"'()\[\]]{4,500}")
SITES = re.compile(r"skip to more (.{1,40}?) sites$", re.I)
COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s?(?:©|\(c\))?\s?(?:(?:19|20)\d\d\s?[-–]?\s?(?:(?:19|20)\d\d|present)?)?[\s,.]{0,3}(?:by )?(?P<name>.{2,80})",
    re.I,
)
AFTER_NAME = re.compile(
    r"\s?(?:[|•·,;]|\.(?:\s|$)|all rights|unless|ltd\b|limited|inc\b|llc|gmbh|s\.a\.|plc\b|group\b|company\b|media network|media inc|or its|and its|with agencies|is not|(?:19|20)\d\d).*",
    re.I,
)
BACK_HOME = re.compile(r"(.{2,40}?)\s?[-–—|:]\s?(?:back to )?home(?:page)?$", re.I)
SEARCH = re.compile(r"(?:search|about|visit|welcome to|support|contact) (?:the )?((?-i:[A-Z]).{1,40})$", re.I)
DATELINE = re.compile(r"[A-Z][\w .,'’-]{2,50}?,? (?:[A-Z][a-z]{2,8}\.? \d\d? )?\((?P<name>[A-Z][\w .&'’-]{1,30})\) ?[-–—]")
SOURCE = re.compile(r"source:\s?(?P<name>[A-Z][\w .&'’-]{1,40}?)(?: and (?:news )?agencies)?$", re.I)
NO_NAMES = frozenset(["home", "menu", "search", "news", "sign", "in", "log", "in", "share"])


@cache
def hosts() -> dict[str, str]:
    """Host → outlet."""
    table: dict[str, str] = load("outlets")
    return table


def host_of(url: str) -> str:
    """The host of an address without "www."."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.").lower()


def outlet_of(url: str | None) -> str | None:
    """The outlet an address belongs to, if the table knows its host or a host above it."""
    parts = host_of(url or "").split(".")
    return next((hosts()[host] for n in range(len(parts) - 1) if (host := ".".join(parts[n:])) in hosts()), None)


def first_address(lines: Iterable[str]) -> str | None:
    """The first line that is an address and nothing else, or names one as the page's own."""
    for line in lines:
        m = ADDRESS.match(line) or (
            ADDRESS.search(line) if re.match(r"(?:permalink|short ?link|url|source|original)\b", line, re.I) else None
        )
        if m and len(line) <= len(m[0]) + 30:
            return m[0].rstrip(".,;")
    return None


def outlet_in(lines: Sequence[str], above: int, body: str) -> str | None:
    """The outlet's name as the page itself gives it. `above` is how many of the lines stand above the title."""
    for line in lines[:40]:
        if m := SITES.search(line[:200]):
            return m[1]
    names = [name for line in lines[:above] if (m := BACK_HOME.match(line)) and (name := m[1].strip())]
    if names:
        return names[0]
    top = [line for line in lines[:above] if 2 <= len(line) <= 40]
    foot = [name for line in lines[-60:] if (name := copyright_name(line))]
    for name in foot:
        for line in top:
            if same_name(line, name):
                return line
    if m := DATELINE.match(body):
        for line in [*top, *foot, *lines[-30:]]:
            if fold(m["name"]) in fold(line) and len(line) <= 60:
                return m["name"] if len(m["name"]) > 4 else line.removeprefix("The ")
    return foot[0] if foot else None


def same_name(line: str, name: str) -> bool:
    """Whether a line at the top is the outlet that the copyright names, but for "The" and marks."""
    a, b = (fold(x).removeprefix("the ").strip(" .") for x in (line, name))
    return a == b or (len(a) > 3 and b.startswith(a + " "))


def copyright_name(line: str) -> str | None:
    """The Outlet, of "Copyright © 2024 The Outlet. All rights reserved"."""
    m = COPYRIGHT.search(line[:300])
    name = AFTER_NAME.sub("", m["name"]).strip(" .-–—") if m else ""
    return name if 2 <= len(name) <= 50 and name[0].isupper() and fold(name) not in NO_NAMES else None
