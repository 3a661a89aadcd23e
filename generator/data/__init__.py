"""Word lists: what the rules know, as data people can read and correct. Comments in the lists give the reason for odd entries."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def load(name: str) -> Any:
    """The list `name`, once a process. Nobody may change what it returns."""
    return yaml.load(files(__name__).joinpath(f"{name}.yaml").read_text("utf-8"), yaml.CSafeLoader)
