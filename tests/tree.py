"""Digests of the demonstration's site, a line a folder, kept in `tests/tree.txt`: the same on every machine. `make accept` renews them.

The SQLite file is left out: its bytes carry the version of the SQLite library that wrote them. Its content is tested by itself.
"""

from __future__ import annotations

import sys
import tempfile
from hashlib import sha256
from pathlib import Path

from generator.app import load, made_outputs
from generator.publish import publish

ROOT = Path(__file__).parent.parent
KEPT = Path(__file__).with_name("tree.txt")


def build_into(folder: Path) -> Path:
    """The demonstration's site, made anew."""
    loaded = load(ROOT)
    assert not [p for p in loaded.problems if p.fatal], loaded.problems
    publish(dict(made_outputs(loaded.site, ROOT)), folder / "public", folder / ".cache")
    return folder / "public"


def digests(public: Path) -> str:
    """A line a folder: how many files, and the digest of their names and bytes."""
    found: dict[str, list[tuple[str, bytes]]] = {}
    for file in public.rglob("*"):
        if file.is_file() and file.suffix != ".sqlite":
            name = file.relative_to(public).as_posix()
            found.setdefault(name.partition("/")[0] if "/" in name else ".", []).append((name, file.read_bytes()))
    lines = []
    for folder, files in sorted(found.items()):
        whole = sha256()
        for name, content in sorted(files):
            whole.update(f"{name}\0{len(content)}\0".encode() + content)
        lines.append(f"{folder:12} {len(files):5} {whole.hexdigest()[:32]}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        now = digests(build_into(Path(place)))
    changed = set(now.splitlines()) ^ set(KEPT.read_text("utf-8").splitlines() if KEPT.exists() else ())
    KEPT.write_text(now, "utf-8")
    print(f"tests/tree.txt: {'renewed' if changed else 'as it was'}", file=sys.stderr)
