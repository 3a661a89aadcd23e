"""A file of the site before it is made: cheap to name, so that a build makes only those whose matter has changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Draft:
    """Where a file will stand, and how it is made. What `make` reads of the site is noted when it is called; all else it uses stands in `given`."""

    path: str  # relative, with forward slashes
    make: Callable[[], bytes]
    given: object = None  # what `make` was handed and does not read of the site, plain enough for msgspec to encode: page numbers, a slice of ids
