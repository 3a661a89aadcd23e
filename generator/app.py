"""The commands as functions: what reads, extracts, merges, links and publishes, put together. Prints nothing and asks no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from generator.extraction import Failure, How, Source, extract_sources
from generator.model import FactSheet, SiteConfig

MODEL = SiteConfig().model


@dataclass(frozen=True)
class Extracted:
    """What `extract` found: a sheet an article, in the order given, and what could not be read."""

    sheets: tuple[FactSheet, ...]
    failed: tuple[str, ...]


def extract_files(files: Sequence[str], model: str | None = None, how: How | None = None) -> Extracted:
    """The sheets of article files; one actor has one id over all of them. Writes nothing."""
    from generator.identity import agree_on_ids

    sources, failed = [], []
    for file in files:
        try:
            sources.append(Source(file=file, content=Path(file).read_bytes(), model=model or MODEL))
        except OSError as error:
            failed.append(f"{file}: {error.strerror}: give the name of an article that can be read")
    done = dict(extract_sources(sources, how))
    results = [done[n] for n in range(len(sources))]
    failed += [r.message for r in results if isinstance(r, Failure)]
    return Extracted(tuple(agree_on_ids([r for r in results if isinstance(r, FactSheet)])), tuple(failed))


def sheet_as(sheet: FactSheet, form: str) -> bytes:
    """A sheet as `extract` prints it: a line of JSON with every place in the text, or the YAML that people edit."""
    if form == "jsonl":
        return msgspec.json.encode(sheet) + b"\n"
    from generator.sheetfile import write

    return write(sheet).encode()


def explain(error: OSError | ValueError) -> str:
    """An error in one line for a person."""
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return str(error)
