"""Spreads a function over batches of items: in this process, over local processes, or over a cluster, by whatever executor is given.

`work` is a module-level function from a batch to as many results; batches and results are plain frozen values, so they pickle.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import contextmanager
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def spread(
    work: Callable[[Sequence[Item]], Sequence[Result]], items: Sequence[Item], executor: Executor | None, size: int, ahead: int = 4
) -> Iterator[tuple[int, Result]]:
    """(index of the item, its result) as batches finish, so that what is done can be kept at once.

    Without an executor the work is done here, batch by batch, in order. At most `ahead` batches wait at a time, which bounds memory.
    """
    starts = range(0, len(items), size)
    if executor is None:
        for start in starts:
            yield from enumerate(work(items[start : start + size]), start)
        return
    waiting: dict[Future[Sequence[Result]], int] = {}
    todo = iter(starts)
    try:
        while True:
            for start in todo:
                waiting[executor.submit(work, items[start : start + size])] = start
                if len(waiting) >= ahead:
                    break
            if not waiting:
                return
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in sorted(done, key=waiting.__getitem__):
                yield from enumerate(future.result(), waiting.pop(future))
    finally:
        for future in waiting:
            future.cancel()


@contextmanager
def executor_for(batches: int, processes: int | None = None, cluster: str | None = None) -> Iterator[Executor | None]:
    """The executor for so many batches of work: a cluster's where an address is given, local processes where they pay, else None.

    A process of its own pays from three batches on: it has the model to load first, which takes as long as about one batch.
    """
    if cluster:
        from distributed import Client

        with Client(cluster) as client:
            yield client.get_executor()
        return
    wanted = min(processes or os.cpu_count() or 1, batches)
    if wanted < 2 or (processes is None and batches < 3):
        yield None
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(wanted, mp_context=get_context("spawn")) as pool:
        yield pool
