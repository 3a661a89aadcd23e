"""What is locked is pinned by hash and its licence is known."""

from __future__ import annotations

import re

from tests.licences import ROOT, licence_of, listed, locked


def test_every_locked_package_has_a_licence_in_the_list() -> None:
    known = listed()
    assert sorted(known) == sorted(locked()), "run `make licences`"
    for name in ("jinja2", "spacy", "msgspec"):
        assert licence_of(name) == known[name]


def test_every_locked_package_is_pinned_with_hashes() -> None:
    for file in ("build.txt", "test.txt"):
        text = (ROOT / ".requirements" / file).read_text("utf-8")
        packages = re.split(r"\n(?=[A-Za-z0-9])", text.strip())
        assert len(packages) > 20
        for package in packages:
            assert re.match(r"[A-Za-z0-9._-]+==[^\s;]+", package), package[:80]
            assert "--hash=sha256:" in package, package[:80]
