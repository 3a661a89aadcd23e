"""The word list of meetings, read for look-up: `data/meetings.yaml` says what the words mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from generator.data import load


@dataclass(frozen=True)
class Noun:
    """A noun that can name a meeting."""

    type: str
    family: str
    weak: bool  # a meeting only with a day and parties beside it
    after: frozenset[str]  # words of which one must stand before it


@dataclass(frozen=True)
class Verb:
    """A verb that can tell of a meeting."""

    type: str
    family: str
    needs: str
    dated: bool
    tally: bool
    only: str | None
    particle: str | None
    things: frozenset[str]


@dataclass(frozen=True)
class MeetingWords:
    """Nouns and verbs by their dictionary form, and the plain lists by their names."""

    nouns: dict[str, tuple[Noun, ...]]
    verbs: dict[str, Verb]
    kin: frozenset[tuple[str, str]]
    lists: dict[str, frozenset[str]]
    not_after: dict[str, frozenset[str]]  # by noun: what stands before it where it is no meeting
    hyphened: frozenset[str]  # last parts of nouns with a hyphen, which are several tokens: "off" for "run-off"

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.lists[name]


@cache
def meeting_words() -> MeetingWords:
    """The word list, once a process."""
    data: dict[str, Any] = load("meetings")
    lists = {name: frozenset(map(str, value)) for name, value in data.items() if isinstance(value, list) and name != "kin"}
    nouns: dict[str, list[Noun]] = {}
    families: dict[str, str] = dict(data["verb_families"])
    for kind, entry in data["nouns"].items():
        families[kind] = entry["family"]
        for word in entry["nouns"]:
            nouns.setdefault(word, []).append(
                Noun(
                    entry.get("as", kind),
                    entry["family"],
                    word in lists["weak"] and "after" not in entry,
                    frozenset(entry.get("after", ())),
                )
            )
    verbs = {
        word: Verb(
            entry["type"],
            families[entry["type"]],
            entry["needs"],
            entry.get("dated", False),
            entry.get("tally", False),
            entry.get("only"),
            entry.get("particle"),
            frozenset(entry.get("things", ())),
        )
        for word, entry in data["verbs"].items()
    }
    kin = frozenset((a, b) for a, b in data["kin"]) | frozenset((b, a) for a, b in data["kin"])
    not_after = {noun: frozenset(map(str, before)) for noun, before in data["not_after"].items()}
    return MeetingWords(
        {word: tuple(sorted(entries, key=lambda n: not n.after)) for word, entries in nouns.items()},
        verbs,
        kin,
        lists,
        {noun: before | not_after["any"] for noun, before in not_after.items()},
        frozenset(word.rsplit("-")[-1] for word in nouns if "-" in word),
    )
