"""The docs name every command, option, target and key there is, and none that is not."""

from __future__ import annotations

import argparse
import re
import subprocess
from pathlib import Path

from generator.cli import parser
from generator.merge import Note
from generator.model import SHEET_FIELDS, Curation, SiteConfig

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
CODE = set(re.findall(r"`([^`\n]+)`", README))


def commands() -> dict[str, argparse.ArgumentParser]:
    """The commands by name."""
    for action in parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    raise AssertionError("the parser has no commands")


def options(command: argparse.ArgumentParser) -> set[str]:
    """A command's long options."""
    return {o for a in command._actions for o in a.option_strings if o.startswith("--") and o != "--help"}


def test_every_command_and_option_is_in_the_readme() -> None:
    for name, command in commands().items():
        assert re.search(rf"`factpress {name}\b", README), f"README.md does not name the command {name}"
        for option in options(command):
            assert re.search(rf"`[^`\n]*{option}\b", README), f"README.md does not name {name} {option}"
        assert command.description, f"{name} has no help text"


def test_the_readme_names_no_command_or_option_that_is_not_there() -> None:
    known = commands()
    every = {o for c in known.values() for o in options(c)}
    for name in re.findall(r"`(?:\.venv/bin/)?factpress ([a-z]+)", README):
        assert name in known, f"README.md names a command {name}"
    for option in re.findall(r"(?<![\w-])--[a-z][a-z-]+", README):
        assert option in every, f"README.md names an option {option}"


def test_every_make_target_is_in_the_readme() -> None:
    targets = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.M)) - {"help"}
    named = set(re.findall(r"`([a-z]+)`", README.split("`make` alone lists its targets:")[1].split(".")[0]))
    assert named == targets
    listed = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True).stdout
    assert all(f"make {t}" in listed for t in targets)


def test_every_key_is_in_the_readme() -> None:
    for part, keys in SHEET_FIELDS.items():
        for key in keys:
            assert key in CODE, f"README.md does not name {part}: {key}"
    for key in SiteConfig.__struct_fields__:
        assert key in CODE, f"README.md does not name site.yaml's {key}"
    for key in set(Curation.__struct_fields__) - {"id", "file", "places"}:
        assert key in CODE, f"README.md does not name {key} of actors/ and events/"


def test_the_architecture_names_every_module() -> None:
    for path in (ROOT / "generator").iterdir():
        name = path.name
        if name.startswith("__") or name == "starter":
            continue
        assert f"`{name}/`" in ARCHITECTURE or f"`{name}`" in ARCHITECTURE, f"ARCHITECTURE.md does not name {name}"


def test_links_in_the_docs_lead_somewhere() -> None:
    for text in (README, ARCHITECTURE):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
            assert (ROOT / target).exists(), f"{target} is not there"


NOTES = [
    Note("added", "claims", "X"),
    Note("changed", "claims", "X", "verb", "said", "told"),
    Note("kept", "claims", "X", "speaker", "b", "c"),
    Note("left", "claims", "X"),
    Note("stays", "claims", "X"),
    Note("struck", "claims", "X"),
    Note("renamed", "claims", "X", mine="Y"),
    Note("restored", "claims", "X"),
]


def test_the_readme_says_what_an_update_says() -> None:
    for note in NOTES:
        assert f"`{note}`" in README, f"README.md does not have: {note}"
