"""A dask.distributed cluster as workers: many machines, each with this very package installed.

`Client.get_executor()` and `client.map` were tried side by side, forty tasks on two workers of which one was killed midway: neither lost or repeated a
result, for the scheduler gives a dead worker's tasks to another, and both took as long. The executor stays: its futures are those of
`concurrent.futures`, so that `spread` is one loop for processes and clusters, and batches go out as others come back. `map` wants all of them at once:
a million articles in the scheduler's memory.
"""

from __future__ import annotations

import logging
import pickle
import time
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

REACHED = 10  # seconds to reach the scheduler
JOINED = 30  # seconds for the first worker to join
DESERTED = 60  # seconds without any worker, after which none is waited for


class ClusterError(ValueError):
    """A cluster that cannot be worked with, as a sentence."""


class Cluster:
    """The workers of a scheduler. More may join, and some may leave, at any time."""

    blames = True

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client
        except ImportError:
            raise ClusterError("--dask needs the package distributed: pip install 'factpress[dask]'") from None
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what it has to say is said here, in a line
        self.address = address
        try:
            self.client = Client(address, timeout=REACHED, set_as_default=False)
        except (OSError, ValueError) as error:
            what = f"no scheduler answers at {address}" if isinstance(error, OSError) else f"{address} is no scheduler's address ({error})"
            raise ClusterError(f"{what}: start one with `dask scheduler`, and name what it prints, such as tcp://host:8786") from None
        try:
            self.client.wait_for_workers(1, timeout=JOINED)
        except TimeoutError:
            self.client.close()
            raise ClusterError(f"the scheduler at {address} has no workers: start some with `dask worker {address} --nthreads 1`") from None
        self.executor = self.client.get_executor(pure=False)  # pure: a key for a batch by hashing its articles, which none needs
        self.work: Callable[..., Any] | None = None  # what is asked of them
        self.deserted: float | None = None  # since when no worker has been seen

    @property
    def count(self) -> int:
        """Of worker processes, for a process reads one batch at a time, however many threads it has."""
        return max(1, len(self.client.scheduler_info(n_workers=-1)["workers"]))

    def submit(self, work: Callable[[Sequence[Item]], Any], batch: Sequence[Item]) -> Future[Any]:
        if self.work is None:
            self.work = work
            self.make_sure()
        future: Future[Any] = self.executor.submit(work, batch)
        return future

    def make_sure(self) -> None:
        """Raises where a worker lacks our package: it would not say so, but die of a task it cannot read, and its successor as well."""
        answers = self.client.run(pickle.loads, pickle.dumps(self.work), on_error="return")
        for worker, answer in answers.items():
            if isinstance(answer, Exception):
                raise ClusterError(f"the worker {worker} cannot extract ({answer}): install the same factpress[extract,dask] there as here")

    def died(self, error: BaseException) -> bool:
        from distributed import KilledWorker

        if isinstance(error, CancelledError):
            raise ClusterError(f"the scheduler at {self.address} is gone: start it again, and the same command goes on") from None
        if not isinstance(error, KilledWorker):
            return False
        self.make_sure()
        return True

    def look(self) -> None:
        """A cluster whose workers are all gone waits for new ones for ever; a person does not."""
        if self.client.scheduler_info(n_workers=-1)["workers"]:
            self.deserted = None
            return
        self.deserted = self.deserted or time.monotonic()
        if time.monotonic() - self.deserted > DESERTED:
            raise ClusterError(
                f"the scheduler at {self.address} has had no worker for {DESERTED} seconds: start some, and the same command goes on"
            )

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()
