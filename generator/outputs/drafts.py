"""A file of the site before it is made: cheap to name, so that a build makes only those whose matter has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from generator.model import Output


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


def made(files: Iterable[Output | Draft]) -> Iterator[Output]:
    """All of them made, one after the other."""
    for file in files:
        yield Output(path=file.path, content=file.make()) if isinstance(file, Draft) else file
