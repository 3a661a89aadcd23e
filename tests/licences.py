"""The licences of everything that is locked: `python -m tests.licences` writes `.docs/licences.md` from the lock files and what is installed.

A package that is not installed on this machine (another system's) keeps the line it has.
"""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parent.parent
LIST = ROOT / ".docs" / "licences.md"
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==", re.M)
ROW = re.compile(r"^\| ([a-z0-9-]+) \| (.+?) \| (\w+) \|$", re.M)
HEAD = """# Licences of what Factpress is built with

Made by `make licences` from the lock files and the packages' own metadata; a test asks that no locked package is missing. "run" is installed
by `make build`, "test" by `make test` alone.

| package | licence | for |
|---|---|---|
"""


def locked() -> dict[str, str]:
    """Package → "run" or "test"."""
    names = {use: {normal(n) for n in LOCKED.findall((ROOT / ".requirements" / f"{file}.txt").read_text("utf-8"))} for use, file in
             (("run", "build"), ("test", "test"))}  # fmt: skip
    return {name: "run" if name in names["run"] else "test" for name in sorted(names["run"] | names["test"])}


def normal(name: str) -> str:
    """A package's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def listed() -> dict[str, str]:
    """Package → licence, as the list has it."""
    text = LIST.read_text("utf-8").partition("|---|")[2] if LIST.exists() else ""
    return {name: licence for name, licence, _ in ROW.findall(text) if licence != "?"}


def licence_of(name: str) -> str | None:
    """What an installed package says of its licence: the expression, the classifiers, or the first line of its own words."""
    try:
        said = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    if said.get("License-Expression"):
        return str(said["License-Expression"])
    classed = [
        c.rpartition(" :: ")[2] for c in said.get_all("Classifier") or () if c.startswith("License ::") and c != "License :: OSI Approved"
    ]
    if classed:
        return ", ".join(sorted(classed))
    return (said.get("License") or "").strip().split("\n")[0][:60] or None


def main() -> int:
    """Writes the list; 1 where a licence is not known."""
    known = listed()
    rows, unknown = [], []
    for name, use in locked().items():
        licence = licence_of(name) or known.get(name)
        rows.append(f"| {name} | {licence or '?'} | {use} |")
        unknown += [] if licence else [name]
    LIST.parent.mkdir(exist_ok=True)
    LIST.write_text(HEAD + "\n".join(rows) + "\n", "utf-8")
    print(f"{LIST.relative_to(ROOT)}: {len(rows)} packages" + (f"; look up {', '.join(unknown)}" if unknown else ""))
    return int(bool(unknown))


if __name__ == "__main__":
    sys.exit(main())
