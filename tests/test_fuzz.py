"""The fuzzer's targets hold for our own texts, for what once broke them (`tests/fuzz/found/`), and for some of these changed at random."""

from __future__ import annotations

import random
from importlib import import_module
from pathlib import Path

import pytest

from tests.fuzz import TARGETS

FOUND = Path(__file__).parent / "fuzz" / "found"
CHANGED = {"html": 10, "paste": 20, "markdown": 30}


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_and_what_was_found_hold(name: str) -> None:
    module = import_module(f"tests.fuzz.{name}")
    seeds = module.seeds()
    assert len(seeds) > 1
    for data in [*seeds, *(p.read_bytes() for p in sorted(FOUND.glob(f"{name}-*")))]:
        module.target(data)


@pytest.mark.parametrize("name", TARGETS)
def test_changed_seeds_hold(name: str) -> None:
    module, dice = import_module(f"tests.fuzz.{name}"), random.Random(5)
    seeds = module.seeds()
    for _ in range(CHANGED.get(name, 150)):
        module.target(changed(dice.choice(seeds), dice))


def changed(seed: bytes, dice: random.Random) -> bytes:
    """The seed with a few bytes lost, doubled, or others."""
    data = bytearray(seed[:8192])
    for _ in range(dice.randint(1, 5)):
        at = dice.randrange(len(data) + 1)
        match dice.randrange(3):
            case 0:
                del data[at : at + dice.randint(1, 40)]
            case 1:
                data[at:at] = data[at : at + dice.randint(1, 40)]
            case _:
                data[at : at + 1] = bytes([dice.randrange(256)])
    return bytes(data)
