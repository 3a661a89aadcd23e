"""A file of the site before it is made: cheap to name, so that a build makes only those whose matter has changed.

A file of many sheets is made again out of what it was before: what the sheets gave to it that are as they were is taken from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from generator.model import Output

FIRST = "9999"  # as the day of a draft: before all others
Pieces = dict[
    str, tuple[bytes, int]
]  # who gave a piece → the key of what it was made of, and how many bytes it has; in the order of the file


class Before(NamedTuple):
    """A file as it was made last."""

    content: bytes
    pieces: Pieces


class Memory:
    """What is remembered of files as they were made last: here nothing (`generator/memory.py` does remember)."""

    def before(self, name: str) -> Before | None:
        """What a file was, if that is known for sure."""
        return None

    def keep(self, name: str, pieces: Pieces, content: bytes | None = None) -> None:
        """Remembers of what pieces a file is made; its content too where it is none of the site's."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Where a file will stand, how it is made, and of what.

    `given` stands for all that the bytes depend on beside the program, the theme and site.yaml: plain values and keys (see keys.py). While it is
    the same, so is the file. None: nobody has said, so the file is made at every build.

    `day` is that of the newest article whose facts it shows. Files are made in the order of these days, for those of one time show the same facts, and
    what was made for one of them is still at hand for the next.
    """

    path: str  # relative, with forward slashes
    make: Callable[[], bytes]
    given: Any = None
    day: str = ""
    again: Callable[[Memory], bytes] | None = None  # makes the same bytes, out of what is remembered


def made(files: Iterable[Output | Draft]) -> Iterator[Output]:
    """All of them made, one after the other."""
    for file in files:
        yield Output(path=file.path, content=file.make()) if isinstance(file, Draft) else file


def remade(path: str, again: Callable[[Memory], bytes], given: Any) -> Draft:
    """A draft of a file that is made again out of what it was. Such files are large, so they are begun first."""
    return Draft(path, lambda: again(Memory()), given, FIRST, again)


def assembled(path: str, keys: Mapping[str, bytes], make: Callable[[str], bytes]) -> Draft:
    """A draft of a file that is nothing but pieces, one behind the other: who gives them, with their keys, and how one is made."""
    return remade(path, lambda memory: b"".join(pieces(memory, path, keys, make)), list(keys.items()))


def pieces(
    memory: Memory, name: str, keys: Mapping[str, bytes], make: Callable[[str], bytes], aside: bool = False
) -> list[bytes | memoryview]:
    """The pieces of a file, those that are as they were cut out of it. `aside`: it is no file of the site, so memory keeps its content."""
    known: dict[str, tuple[bytes, memoryview]] = {}
    if before := memory.before(name):
        content, place = memoryview(before.content), 0
        for giver, (key, size) in before.pieces.items():
            known[giver] = key, content[place : place + size]
            place += size
        if place != len(content):  # the list is of another file
            known.clear()
    found: list[bytes | memoryview] = []
    for giver, key in keys.items():
        then, piece = known.get(giver, (None, b""))
        found.append(piece if then == key else make(giver))
    sizes = {giver: (key, len(piece)) for (giver, key), piece in zip(keys.items(), found, strict=True)}
    memory.keep(name, sizes, b"".join(found) if aside else None)
    return found
