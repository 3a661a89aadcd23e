"""The demonstration's site has the bytes it had, whatever order the disk tells its files in."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.test_faults import tree
from tests.tree import KEPT, build_into, digests


def test_the_demonstration_is_byte_for_byte_as_it_was(tmp_path: Path) -> None:
    """On purpose changed: `make accept`, and look at what else has changed."""
    assert digests(build_into(tmp_path)) == KEPT.read_text("utf-8")


class Shuffled:
    """`os.scandir`, in another order."""

    def __init__(self, found: Any, dice: random.Random) -> None:
        self.found, self.dice = found, dice

    def __enter__(self) -> Iterator[Any]:
        return iter(self)

    def __exit__(self, *_: object) -> None:
        self.found.close()

    def __iter__(self) -> Iterator[Any]:
        rows = list(self.found)
        self.dice.shuffle(rows)
        return iter(rows)

    def __next__(self) -> Any:  # os.walk asks for one at a time
        if not hasattr(self, "rows"):
            self.rows = iter(self)
        return next(self.rows)

    def close(self) -> None:
        self.found.close()


def test_the_order_in_which_a_disk_tells_its_files_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    scandir, listdir = os.scandir, os.listdir
    for seed in (1, 2):
        dice = random.Random(seed)

        def shuffled_list(path: Any = ".", dice: random.Random = dice) -> list[str]:
            names = listdir(path)
            dice.shuffle(names)
            return names

        def shuffled_scan(path: Any = ".", dice: random.Random = dice) -> Shuffled:
            return Shuffled(scandir(path), dice)

        folder = tmp_path / str(seed)
        with monkeypatch.context() as m:
            m.setattr(os, "listdir", shuffled_list)
            m.setattr(os, "scandir", shuffled_scan)
            build_into(folder)
        made.append(tree(folder / "public"))
    assert made[0] == made[1]
