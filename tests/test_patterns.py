"""Every regular expression of ours on hostile strings of growing length: time grows as the length does, never by its square or worse."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from generator.readers.source import clean
from tests.patterns import ROOT, attacks

SLOW = 0.01  # seconds from which a growth can be measured
LENGTHS = (*range(12, 45, 4), 512, 4096)  # small steps first, for some take ten times as long for three characters more
BOUNDED = {"generator.readers.furniture": 600}  # characters of a line that are looked at there
HOPELESS = 200  # characters for which no pattern takes so long, but one that tries all ways to divide them
WORST = 2.8  # times as long for a string twice as long: 2 is a line, 4 a square
END = "§"  # what no pattern ends with


@pytest.fixture(scope="module")
def patterns() -> list[tuple[str, int, str, list[str]]]:
    """Collected in a process of its own, in which nothing is compiled yet."""
    done = subprocess.run([sys.executable, "-m", "tests.patterns"], cwd=ROOT, capture_output=True, text=True, check=True)
    found: list[tuple[str, int, str, list[str]]] = json.loads(done.stdout)
    assert len(found) > 250
    return found


@pytest.mark.slow
def test_no_pattern_takes_more_than_linear_time(patterns: list[tuple[str, int, str, list[str]]]) -> None:
    slow = [pattern for pattern in patterns if list(too_slow(*pattern))]
    # What a busy machine made look slow does not look so time and again.
    still = [said for pattern in slow if all(list(too_slow(*pattern)) for _ in range(3)) for said in too_slow(*pattern)]
    assert not still, "\n".join(still)


@pytest.mark.parametrize(
    ("pattern", "use"), [(r"(?:a|ab?)*c", "match"), (r"(\w+\s?)+$", "match"), (r"<[^>]*>", "search"), (r"\d+x", "search")]
)
def test_the_measure_finds_what_is_slow(pattern: str, use: str) -> None:
    """In one of three looks at least: a busy machine makes the shorter string take as long as the longer."""
    assert any(list(too_slow(pattern, 0, "here", [use])) for _ in range(3))


def test_the_measure_lets_pass_what_is_not() -> None:
    assert not list(too_slow(r"\d+x", 0, "here", ["match"]))
    assert not list(too_slow(r"<[^<>]{0,20}>", 0, "here", ["search"]))


def too_slow(pattern: str, flags: int, place: str, used: list[str]) -> Iterator[str]:
    """What is wrong with a pattern: one line for the first string that shows it. Rules see texts that were cleaned; the rest anything."""
    compiled = re.compile(pattern, flags)
    seen = clean if re.match(r"generator\.(?:extract|readers\.(?!source))", place) else str
    for beginning, unit in sorted(attacks(pattern, flags)):
        for use in how(compiled, used):

            def seconds(length: int, use: Callable[[str], Any] = use, beginning: str = beginning, unit: str = unit) -> float:
                text = seen(beginning + unit * (length // len(unit) + 1) + END)
                began = time.process_time()
                use(text)
                return time.process_time() - began

            took = 0.0
            most = BOUNDED.get(place.partition(":")[0], 2 * LENGTHS[-1])
            for length in LENGTHS:
                took = seconds(min(length, most))
                if SLOW <= took <= 1:  # the machine may have other work to do; then longer strings tell
                    took = min(took, *(seconds(min(length, most)) for _ in range(3)))
                if took >= SLOW:
                    break
            if took < SLOW:
                continue
            hopeless = length < HOPELESS or took > 1
            longer = took if hopeless else min(seconds(min(length * 2, most)) for _ in range(3))
            if hopeless or longer > WORST * took:
                yield f"{place}: {pattern[:100]!r} takes {longer:.2f} s for {beginning[:20]!r} and {length} characters of {unit[:20]!r}"
                return


def how(compiled: re.Pattern[str], used: list[str]) -> list[Callable[[str], Any]]:
    """The pattern as it is used. A search goes over the whole text, as all do that find or replace."""
    ways: list[Callable[[str], Any]] = []
    if set(used) & {"search", "sub", "subn", "split", "findall", "finditer"}:
        ways.append(lambda text: sum(1 for _ in compiled.finditer(text)))
    if "match" in used:
        ways.append(compiled.match)
    if "fullmatch" in used:
        ways.append(compiled.fullmatch)
    return ways
