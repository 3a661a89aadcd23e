"""Many article files → fact sheets: reading and the steps, spread over processes; a failing article is named and left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, overload

from generator.model import Article, FactSheet, Value
from generator.parallel import executor_for, spread
from generator.plugin import join_plugin

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
    """An article's file as it was read (or why it could not be), the model that is to read it, and the site's plugin."""

    file: str
    content: bytes = b""
    error: str = ""
    model: str
    plugin: tuple[str, str] | None = None  # the module's name, and the folder it lies in


class Failure(Value, frozen=True, kw_only=True):
    """An article that could not be read or extracted, and why, as a sentence."""

    file: str
    message: str


@dataclass(frozen=True)
class Sources(Sequence[Source]):
    """Article files as sources, each read only when its batch is wanted: memory holds a few batches, however many articles there are."""

    files: Sequence[str]
    model: str
    plugin: tuple[str, str] | None = None

    def __len__(self) -> int:
        return len(self.files)

    @overload
    def __getitem__(self, index: int) -> Source: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Source]: ...
    def __getitem__(self, index: int | slice) -> Source | Sequence[Source]:
        if isinstance(index, slice):
            return [self.read(f) for f in self.files[index]]
        return self.read(self.files[index])

    def read(self, file: str) -> Source:
        """One file, with the reason where it cannot be read."""
        try:
            return Source(file=file, content=Path(file).read_bytes(), model=self.model, plugin=self.plugin)
        except OSError as error:
            return Source(file=file, error=f"{file}: {error.strerror}: name an article that can be read", model=self.model)


def extract_sources(sources: Sequence[Source], how: How | None = None) -> Iterator[tuple[int, FactSheet | Failure]]:
    """(index of the source, its sheet or why there is none) as they get done; in order where one process works."""
    how = how or How()
    if not sources:
        return
    with executor_for(-(-len(sources) // BATCH), how.processes, how.cluster) as executor:
        yield from how.progress(spread(extract_batch, sources, executor, BATCH), len(sources))


def extract_batch(batch: Sequence[Source]) -> list[FactSheet | Failure]:
    """A sheet or a failure for each source. What one article does wrong stays with it."""
    from generator.extract import extract
    from generator.readers import read_article

    results: dict[int, FactSheet | Failure] = {}
    articles: dict[int, Article] = {}
    for n, source in enumerate(batch):
        join_plugin(source.plugin)
        try:
            if source.error:
                raise ValueError(source.error)
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
