"""Whether anything changed since the last build: a look at names, sizes and times, without reading a file or loading a library.

The stamp in `.cache/` may be deleted at any time; then the next build looks at everything.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

PACKAGE = Path(__file__).parent
STAMP = Path(".cache", "build.json")


def entries(folder: str) -> Iterator[str]:
    """A line a file below the folder: path, size, time of change in nanoseconds."""
    with suppress(OSError), os.scandir(folder) as found:
        for entry in sorted(found, key=lambda e: e.name):
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from entries(entry.path)
            else:
                try:
                    at = entry.stat()
                except OSError:  # a link that leads nowhere
                    at = entry.stat(follow_symlinks=False)
                yield f"{entry.path}\0{at.st_size}\0{at.st_mtime_ns}\n"


def digest(*folders: Path) -> str:
    """One digest of all files below the folders."""
    whole = blake2b(digest_size=16)
    for folder in folders:
        whole.update("".join(entries(str(folder))).encode("utf-8", "surrogateescape"))
    return whole.hexdigest()


def inputs(root: Path, asked: str) -> str:
    """Of all that a build reads: the content, the site's themes and top-level modules (a plugin may be one), this program, and what it was asked (`asked`)."""
    themes = PACKAGE.parent / "themes"  # of a checkout; a wheel has them inside
    modules = "".join(f"{p.name}\0{p.stat().st_mtime_ns}\n" for p in sorted(root.glob("*.py")))
    seen = digest(root / "content", root / "themes", PACKAGE, themes)
    return blake2b(f"{seen}\0{modules}\0{asked}".encode(), digest_size=16).hexdigest()


def unchanged(root: Path, asked: str) -> list[str] | None:
    """What the last build said, if a build now would change nothing; else None."""
    try:
        stamp = json.loads((root / STAMP).read_text("utf-8"))
        same = stamp["inputs"] == inputs(root, asked) and stamp["public"] == digest(root / "public")
        return [str(line) for line in stamp["said"]] if same else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def leave(root: Path, seen: str, said: list[str]) -> None:
    """Stamps a build that was made of the inputs `seen` (their digest before they were read)."""
    stamp = {"inputs": seen, "public": digest(root / "public"), "said": said}
    place = root / STAMP
    new = place.with_suffix(".new")
    with suppress(OSError):  # a build that cannot be stamped is a build all the same
        new.write_text(json.dumps(stamp), "utf-8")
        os.replace(new, place)
