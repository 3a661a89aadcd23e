"""A site's own module: tables of the names of ours (READERS, STEPS, CHECKS, OUTPUTS) are joined to ours by name.

It and a theme's templates are the only code that a site brings; nothing in articles or sheets is ever run.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from typing import Any


class PluginError(ValueError):
    """The module named in site.yaml cannot be used."""


@cache
def join_plugin(plugin: tuple[str, str] | None) -> None:
    """Joins the tables of the module (its name, and the site's folder, where it is looked for first). Once a process."""
    if plugin is None:
        return
    name, folder = plugin
    if folder not in sys.path:
        sys.path.insert(0, folder)
    try:
        module = import_module(name)
    except Exception as error:
        raise PluginError(
            f"content/site.yaml: the plugin {name} cannot be loaded ({type(error).__name__}: {error}): look into {name}.py"
        ) from error
    for table, home in (("STEPS", "extract"), ("CHECKS", "checks"), ("OUTPUTS", "outputs"), ("READERS", "readers")):
        if theirs := getattr(module, table, None):
            join_table(getattr(import_module(f"generator.{home}"), table), theirs)


def join_table(ours: Any, theirs: Any) -> None:
    """An entry of a name that ours has takes its place; others come after."""
    if isinstance(ours, dict):
        ours.update(theirs)
        return
    places = {name: n for n, (name, _) in enumerate(ours)}
    for name, entry in theirs:
        if name in places:
            ours[places[name]] = (name, entry)
        else:
            ours.append((name, entry))
