"""Many article files → fact sheets: reading and the steps, spread over processes; a failing article is named and left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.model import FactSheet, Value
from generator.parallel import executor_for, spread

BATCH = 20  # articles: enough for spaCy to be fast, few enough that an interruption loses seconds

Progress = Callable[[Iterable[Any], int], Iterable[Any]]


def silent(items: Iterable[Any], total: int) -> Iterable[Any]:
    """No progress shown."""
    return items


@dataclass(frozen=True)
class How:
    """How extraction is done: in how many processes or on which cluster, and what shows its progress."""

    processes: int | None = None
    cluster: str | None = None
    progress: Progress = silent


class Source(Value, frozen=True, kw_only=True):
    """An article's file as it was read, and the model that is to read it."""

    file: str
    content: bytes
    model: str


class Failure(Value, frozen=True, kw_only=True):
    """An article that could not be read or extracted, and why, as a sentence."""

    file: str
    message: str


def extract_sources(sources: Sequence[Source], how: How | None = None) -> Iterator[tuple[int, FactSheet | Failure]]:
    """(index of the source, its sheet or why there is none) as they get done; in order where one process works."""
    how = how or How()
    with executor_for(-(-len(sources) // BATCH), how.processes, how.cluster) as executor:
        yield from how.progress(spread(extract_batch, sources, executor, BATCH), len(sources))


def extract_batch(batch: Sequence[Source]) -> list[FactSheet | Failure]:
    """A sheet or a failure for each source. What one article does wrong stays with it."""
    from generator.extract import extract
    from generator.readers import read_article

    results: dict[int, FactSheet | Failure] = {}
    articles = {}
    for n, source in enumerate(batch):
        try:
            articles[n] = read_article(source.content, source.file)
        except ValueError as error:
            results[n] = Failure(file=source.file, message=str(error))
    if articles:
        model = batch[0].model
        try:
            results.update(zip(articles, extract(articles.values(), model), strict=True))
        except Exception:  # one of them; find out which, so that the others come through
            for n, article in articles.items():
                try:
                    results[n] = next(iter(extract([article], model)))
                except Exception as error:
                    results[n] = Failure(
                        file=article.file, message=f"{article.file}: could not be extracted ({type(error).__name__}: {error})"
                    )
    return [results[n] for n in range(len(batch))]
