"""Who publishes: an outlet's name from an address, a copyright line or the top of a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from urllib.parse import urlsplit

from generator.data import load
from generator.readers.furniture import key as words_key
from generator.readers.furniture import reason
from generator.words import fold

ADDRESS = re.compile(r"https?://[^\s<>\"'()\[\]]{4,500}")
SITES = re.compile(r"skip to more (.{1,40}?) sites$", re.I)
COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s?(?:©|\(c\))?\s?(?:(?:19|20)\d\d\s?[-–]?\s?(?:(?:19|20)\d\d|present)?)?[\s,.]{0,3}(?:by )?(?P<name>.{2,80})",
    re.I,
)
AFTER_NAME = re.compile(
    r"\s?(?:[|•·,;]|\.(?:\s|$)|all rights|unless|ltd\b|limited|inc\b|llc|gmbh|s\.a\.|plc\b|group\b|company\b|media network|media inc"
    r"|or its|and its|with agencies|is not|(?:19|20)\d\d).*",
    re.I,
)
BACK_HOME = re.compile(r"(.{2,40}?)\s?[-–—|:]\s?(?:back to )?home(?:page)?$", re.I)
WELCOME = re.compile(r"^Welcome to (?:the )?([A-Z].{2,40}?)[.!]?$", re.M)
DATELINE = re.compile(r"[A-Z][\w .,'’-]{2,50}?,? (?:[A-Z][a-z]{2,8}\.? \d\d? )?\((?P<name>[A-Z][\w .&'’-]{1,30})\) ?[-–—]")
SOURCE = re.compile(r"[Ss]ource:\s?(?P<name>[A-Z][\w .&'’-]{1,40}?)(?: and (?:news )?agencies)?$")
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


def spelled_in_host(lines: Iterable[str], url: str | None) -> str | None:
    """The line at the top of a page that its own address spells: "Radio Lindenau" of radio-lindenau.example."""
    labels = {re.sub(r"\W", "", label) for label in host_of(url or "").split(".")}
    for line in lines:
        key = re.sub(r"\W", "", fold(line[:60]))
        if len(key) > 3 and labels & {key, key.removeprefix("the")}:
            return line
    return None


def outlet_in(lines: Sequence[str], above: int, body: str) -> str | None:
    """The outlet's name as the page itself gives it. `above` is how many of the lines stand above the title."""
    for line in lines[:40]:
        if m := SITES.search(line[:200]):
            return m[1]
    names = [name for line in lines[:above] if (m := BACK_HOME.match(line)) and (name := m[1].strip())]
    if names:
        return names[0]
    top = [name for line in lines[:above] if 2 <= len(name := re.split(r"\s?[|·•]\s?", line[:200])[0].strip()) <= 40]
    foot = [name for line in lines[-60:] if (name := copyright_name(line))]
    for name in foot:
        for line in top:
            if same_name(line, name):
                return line
    if (m := DATELINE.match(body)) and len(m["name"]) > 2:  # an agency's name there counts only if the page itself carries it
        if any(same_name(m["name"], name) for name in foot):
            return m["name"]
        for line in top:
            if re.search(rf"\b{re.escape(fold(m['name']))}\b", fold(line)):
                return line
    name = recurring(top[:14], lines[above + 1 :], lines[above] if above < len(lines) else "")
    if name:
        return name
    if m := WELCOME.search("\n".join(lines[:5])):
        return m[1]
    return next((m[1] for line in lines[-40:] if (m := SOURCE.match(line))), None) or (foot[0] if foot else None)


def recurring(top: Iterable[str], rest: Sequence[str], title: str) -> str | None:
    """A name at the top of the page that comes back at its foot, or as a line of its own."""
    foot = [fold(line) for line in rest[-40:]]
    copies = Counter(map(fold, rest))
    best, most = None, 0
    for name in top:
        key = fold(name)
        if (
            not 2 <= len(key) <= 40
            or key in fold(title)
            or not name[0].isupper()
            or reason(name, words_key(name))
            or not re.search(r"[^\W\d]{2}", name)
        ):
            continue
        times = 2 * copies[key] + sum(x.startswith(key) or f"© {key}" in x for x in foot)
        if times > most and not (len(key) < 5 and times < 3):
            best, most = name, times
    return best


def same_name(line: str, name: str) -> bool:
    """Whether a line at the top is the outlet that the copyright names, but for "The" and marks."""
    a, b = (fold(x).removeprefix("the ").strip(" .") for x in (line, name))
    return a == b or (len(a) > 3 and b.startswith(a + " "))


def copyright_name(line: str) -> str | None:
    """The Outlet, of "Copyright © 2024 The Outlet. All rights reserved"."""
    m = COPYRIGHT.search(line[:300])
    name = AFTER_NAME.sub("", m["name"]).strip(" .-–—") if m else ""
    return name if 2 <= len(name) <= 50 and name[0].isupper() and fold(name) not in NO_NAMES else None
