"""Spreads a function over batches of items: in this process, over local processes, or over a cluster.

`work` is a module-level function from a batch to its results; batches and results are plain frozen values, so they pickle. Who works may die (no
memory left, a machine switched off). What was in hand then is tried again, each batch alone and then in halves, until the one item is found that
kills: it costs itself, not the run.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Done(Generic[Result]):
    """What `work` returns: a result an item, and how long they took, without what is done once a process (loading a model)."""

    results: Sequence[Result]
    seconds: float


@dataclass
class Pace:
    """How fast the work goes, for an estimate that the time of loading does not spoil."""

    workers: int = 1
    items: int = 0  # done so far
    seconds: float = 0.0  # that workers spent on them

    def left(self, items: int) -> float | None:
        """The seconds that so many items more will take; None before any is done."""
        return self.seconds / self.items * items / self.workers if self.items else None


class Workers(Protocol):
    """Whoever does batches of work elsewhere."""

    @property
    def count(self) -> int: ...

    blames: bool  # whether a death is told of the batch that was in hand; else of every batch that waits

    def submit(self, work: Callable[[Sequence[Item]], Done[Result]], batch: Sequence[Item]) -> Future[Done[Result]]: ...

    def died(self, error: BaseException) -> bool:
        """Whether this is a worker's death, not an error of the work. Then others stand ready when it returns."""

    def look(self) -> None:
        """Raises where nobody is left to do what waits."""


def spread(
    work: Callable[[Sequence[Item]], Done[Result]],
    items: Sequence[Item],
    workers: Workers | None,
    size: int,
    lost: Callable[[Item], Result],
    pace: Pace,
) -> Iterator[tuple[int, Result]]:
    """(index of the item, its result) as batches finish, so that what is done can be kept at once; `lost` of an item that killed its worker.

    Without workers the work is done here, in order. A worker has one batch in hand and one waiting, which bounds memory.
    """
    todo = deque(range(start, min(start + size, len(items))) for start in range(0, len(items), size))
    if workers is None:
        yield from in_turn(work, items, todo, pace)
        return
    suspects: deque[range] = deque()  # batches that a worker died on, or beside: tried alone, for then it is plain which of them kills
    waiting: dict[Future[Done[Result]], range] = {}

    def submit(batch: range) -> None:
        waiting[workers.submit(work, items[batch.start : batch.stop])] = batch

    try:
        while todo or suspects or waiting:
            if suspects and not waiting:
                submit(suspects.popleft())
            pace.workers = workers.count
            while todo and not suspects and len(waiting) < 2 * pace.workers:
                submit(todo.popleft())
            guilty = workers.blames or len(waiting) == 1
            finished, _ = wait(waiting, timeout=5, return_when=FIRST_COMPLETED)
            if not finished:
                workers.look()
            for future in sorted(finished, key=lambda f: waiting[f].start):
                batch = waiting.pop(future)
                try:
                    done = future.result()
                except (Exception, CancelledError) as error:
                    if not workers.died(error):
                        raise
                    if not guilty:
                        suspects.append(batch)
                    elif len(batch) == 1:
                        yield batch.start, lost(items[batch.start])
                    else:
                        middle = (batch.start + batch.stop) // 2
                        suspects.extendleft((range(middle, batch.stop), range(batch.start, middle)))
                else:
                    pace.items, pace.seconds = pace.items + len(batch), pace.seconds + done.seconds
                    yield from zip(batch, done.results, strict=True)
    finally:
        for future in waiting:
            future.cancel()


def in_turn(
    work: Callable[[Sequence[Item]], Done[Result]], items: Sequence[Item], todo: Iterable[range], pace: Pace
) -> Iterator[tuple[int, Result]]:
    """All batches in this process. The pace counts what is done with the results as well, which has no other process to be done in."""
    ready: float | None = None
    for batch in todo:
        done = work(items[batch.start : batch.stop])
        ready = ready or time.perf_counter() - done.seconds
        pace.items, pace.seconds = pace.items + len(batch), time.perf_counter() - ready
        yield from zip(batch, done.results, strict=True)


# --- local processes ---


class Processes:
    """Processes of this machine. They end with this one, however it ends."""

    blames = False

    def __init__(self, count: int) -> None:
        self.count = count
        self.begin()

    def begin(self) -> None:
        """A pool, whose processes start when they are first needed."""
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        # Spawned, not forked, on every system: a fork of a process that has threads (a progress bar, a test's) may hang.
        context = get_context("spawn")
        self.end, self.lifeline = context.Pipe(duplex=False)
        self.pool = ProcessPoolExecutor(self.count, mp_context=context, initializer=start_worker, initargs=(self.end,))

    def submit(self, work: Callable[[Sequence[Item]], Done[Result]], batch: Sequence[Item]) -> Future[Done[Result]]:
        with interrupts_held():
            return self.pool.submit(work, batch)

    def died(self, error: BaseException) -> bool:
        from concurrent.futures import BrokenExecutor

        if not isinstance(error, BrokenExecutor):
            return False
        self.leave()  # one death breaks the whole pool
        self.begin()
        return True

    def look(self) -> None:
        """A pool tells of its deaths by itself."""

    def leave(self) -> None:
        """Ends the processes, whatever they have in hand."""
        self.lifeline.close()
        self.pool.shutdown(cancel_futures=True)
        self.end.close()

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, *_: object) -> None:
        self.leave()


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Ctrl-C reaches every process of a terminal, and one that is just starting answers with a traceback. Started here it hears none."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def start_worker(lifeline: Connection) -> None:
    """What a local worker does first: leaves Ctrl-C to its parent, and ends when the parent lets go of the line or is no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with, args=(lifeline,), daemon=True).start()


def end_with(lifeline: Connection) -> None:
    """Waits for the other end, which alone the parent holds, to close."""
    with suppress(OSError, EOFError):
        lifeline.recv_bytes()
    os._exit(0)
