"""Many article files → fact sheets: reading and the steps, spread over processes; a failing article is named and left out."""

from __future__ import annotations

import os
import platform
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, overload

from generator.model import Article, FactSheet, Value
from generator.parallel import Done, Pace, Processes, Workers, spread
from generator.plugin import join_plugin
from generator.store import extraction_key, extractor_key

BATCH = 20  # articles: enough for spaCy to be fast, few enough that an interruption loses seconds

Progress = Callable[[Iterable[Any], int, Pace], Iterable[Any]]
ALONE = threading.Lock()  # a cluster's worker may have several threads; the model's memory is one batch's


class ExtractorError(ValueError):
    """There is no extractor, or a worker's is not the one that its sheets would be filed under."""


def silent(items: Iterable[Any], total: int, pace: Pace) -> Iterable[Any]:
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
    extractor: str  # its digest: a worker with another must not answer
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
    keys: dict[str, str] = field(default_factory=dict)  # of every file as it was read

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
        content, wrong = b"", ""
        try:
            content = Path(file).read_bytes()
        except OSError as error:
            wrong = f"{file}: {error.strerror}: name an article that can be read"
        self.keys[file] = extraction_key(content, self.model)
        return Source(file=file, content=content, error=wrong, model=self.model, extractor=extractor_key(self.model), plugin=self.plugin)

    def key(self, index: int) -> str:
        """The key of what is extracted from a file: of its bytes as they were read, though it may have been saved again since."""
        file = self.files[index]
        return self.keys[file] if file in self.keys else extraction_key(Path(file).read_bytes(), self.model)


def extract_sources(sources: Sequence[Source], how: How | None = None) -> Generator[tuple[int, FactSheet | Failure], None, None]:
    """(index of the source, its sheet or why there is none) as they get done; in order where one process works."""
    how = how or How()
    if not sources:
        return
    pace = Pace()
    with workers_for(-(-len(sources) // BATCH), how) as workers:
        yield from how.progress(spread(extract_batch, sources, workers, BATCH, killed, pace), len(sources), pace)


@contextmanager
def workers_for(batches: int, how: How) -> Iterator[Workers | None]:
    """Who does so many batches of work: a cluster where an address is given, local processes where they pay, else None.

    A process of its own pays from three batches on: it has the model to load first, which takes as long as about one batch.
    """
    if how.cluster:
        from generator.cluster import Cluster

        with Cluster(how.cluster) as workers:
            yield workers
        return
    wanted = min(how.processes or os.cpu_count() or 1, batches)
    if wanted < 2 or (how.processes is None and batches < 3):
        yield None
        return
    with Processes(wanted) as pool:
        yield pool


def extract_batch(batch: Sequence[Source]) -> Done[FactSheet | Failure]:
    """A sheet or a failure for each source. What one article does wrong stays with it."""
    from generator.extract import extract
    from generator.readers import read_article

    with ALONE:
        model = batch[0].model
        make_ready(batch[0], len(batch))
        began = time.perf_counter()
        results: dict[int, FactSheet | Failure] = {}
        articles: dict[int, Article] = {}
        for n, source in enumerate(batch):
            try:
                if source.error:
                    raise ValueError(source.error)
                articles[n] = read_article(source.content, source.file)
            except ValueError as error:
                results[n] = Failure(file=source.file, message=str(error))
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
        return Done([results[n] for n in range(len(batch))], time.perf_counter() - began)


def make_ready(source: Source, texts: int) -> None:
    """What a process does before a batch, most of it once: joins the plugin, makes sure that it is the extractor it is taken for, loads the model."""
    from generator.extract.nlp import load, renew

    join_plugin(source.plugin)
    if source.extractor != extractor_key(source.model):
        raise ExtractorError(
            f"a worker on {platform.node()} has another extractor than this machine: install the same factpress and the same {source.model} on both"
        )
    renew(texts)
    try:
        load(source.model)
    except ImportError as error:
        raise ExtractorError(f"extracting needs the package {error.name}: pip install 'factpress[extract]'") from None


def killed(source: Source) -> Failure:
    """What becomes of an article on which a worker died."""
    return Failure(
        file=source.file, message=f"{source.file}: could not be extracted (the process that read it was killed, perhaps for want of memory)"
    )
