"""Makes the files of a site that are to be made anew, in this process or in several: each writes what differs into the staging folder.

The processes are forked, so that all of them see the linked site without a copy; each begins with a stretch of the files in their order, for files
that stand together show the same facts, and a fact's card is at hand for the next of them.
"""

from __future__ import annotations

import contextlib
import gc
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import NamedTuple

import jinja2
import msgspec

from generator.model import Problem
from generator.shelf import uncollected
from generator.theme import PublishError, in_template, template_problem

WORTH = 200  # files a process: fewer are made before another has begun
SMALLEST = 16  # files a piece of work
MOST = 1000  # pieces a process: as many numbers go into a pipe
NUMBER = 4  # bytes


class Made(msgspec.Struct, frozen=True, array_like=True):
    """What is known of a file since it was made."""

    key: bytes  # of what it was made of; empty where nobody says
    size: int
    time: int  # of change, in nanoseconds


class Order(NamedTuple):
    """A file to be made, and the key of what it is made of."""

    path: str
    make: Callable[[], bytes]
    key: bytes
    day: str = ""  # see `Draft`


@dataclass(frozen=True)
class Site:
    """Where files stand and are written, and what is known of those that stand."""

    folder: str
    staging: str
    standing: Mapping[str, tuple[int, int]]  # path → size, time


Result = tuple[str, Made, bool]  # the path, the file, and whether it differs from what stands there


def make_files(orders: Sequence[Order], site: Site, processes: int = 1) -> Iterator[Result]:
    """Makes all, and says of each whether it differs. An error in one of them is raised when the others are done or stopped."""
    orders = sorted(orders, key=lambda o: o.day, reverse=True)
    wanted = min(processes, 1 + len(orders) // WORTH) if can_fork() else 1
    if wanted < 2:
        with uncollected():
            yield from make_some(orders, site)
        return
    work = Work(orders, site, wanted)
    with frozen(), contextlib.closing(work):
        helpers = [Helper(work, n) for n in range(1, wanted)]
        try:
            done = set()
            for number, results in work.done_by(0):
                done.add(number)
                yield from results
            for helper in helpers:
                for number, results in helper.results():
                    done.add(number)
                    yield from results
            for number in work.numbers - done:  # a helper died over them
                yield from work.made(number)
        finally:
            for helper in helpers:
                helper.stop()


class Work:
    """The files to be made, in pieces that several processes take.

    Each has a stretch of its own, for neighbours share what they show, and goes on with what is left of the others'. The numbers of the pieces wait
    in pipes, which give each to one process alone, and need no lock that a killed one would keep.
    """

    def __init__(self, orders: Sequence[Order], site: Site, processes: int) -> None:
        self.orders, self.site = orders, site
        self.size = max(SMALLEST, -(-len(orders) // (processes * MOST)))
        count = -(-len(orders) // self.size)
        self.numbers = frozenset(range(count))
        self.pipes = [pipe_of(range(count * n // processes, count * (n + 1) // processes)) for n in range(processes)]

    def done_by(self, process: int) -> Iterator[tuple[int, list[Result]]]:
        """Makes pieces until none is left; each with its number."""
        for pipe in (*self.pipes[process:], *self.pipes[:process]):
            while number := os.read(pipe, NUMBER):
                at = int.from_bytes(number, "little")
                yield at, list(self.made(at))

    def made(self, number: int) -> Iterator[Result]:
        """The files of one piece."""
        return make_some(self.orders[number * self.size : (number + 1) * self.size], self.site)

    def close(self) -> None:
        for pipe in self.pipes:
            os.close(pipe)


def pipe_of(numbers: Iterable[int]) -> int:
    """The end of a pipe from which the numbers are read."""
    end, start = os.pipe()
    os.write(start, b"".join(n.to_bytes(NUMBER, "little") for n in numbers))
    os.close(start)
    return end


def can_fork() -> bool:
    """Linux alone: elsewhere a fork is slow, or unsafe beside the system's own libraries."""
    return sys.platform == "linux"


@contextlib.contextmanager
def frozen() -> Iterator[None]:
    """No garbage collection: it would copy every page of memory that the processes share, and files leave no rings of garbage behind."""
    gc.freeze()
    try:
        with uncollected():
            yield
    finally:
        gc.unfreeze()


class Helper:
    """A process of its own that makes some of the files."""

    def __init__(self, work: Work, number: int) -> None:
        context = get_context("fork")
        self.end, other = context.Pipe(duplex=False)
        self.process = context.Process(target=help_out, args=(work, number, other, os.getpid()), daemon=True)
        self.process.start()
        other.close()

    def results(self) -> list[tuple[int, list[Result]]]:
        """The pieces it made. Nothing where the process died, by the system's hand for one."""
        try:
            answer = self.end.recv()
        except EOFError:
            return []
        if isinstance(answer, Problem):
            raise PublishError(answer)
        if isinstance(answer, BaseException):
            raise answer
        found: list[tuple[int, list[Result]]] = answer
        return found

    def stop(self) -> None:
        """Ends the process, whatever it is doing."""
        self.end.close()
        self.process.kill()
        self.process.join()


def help_out(work: Work, number: int, answer: Connection, parent: int) -> None:
    """The life of a helping process: makes files and tells of them, or of what went wrong. It ends with its parent."""
    done = []
    try:
        for piece in work.done_by(number):
            done.append(piece)
            if os.getppid() != parent:
                os._exit(1)
        answer.send(done)
    except PublishError as e:
        answer.send(e.problem)
    except KeyboardInterrupt:
        pass
    except Exception as e:
        answer.send(as_sent(e))


def as_sent(error: Exception) -> Exception:
    """An error that can travel between processes."""
    return error if type(error).__module__ == "builtins" else RuntimeError(f"{type(error).__name__}: {error}")


def make_some(orders: Iterable[Order], site: Site) -> Iterator[Result]:
    """Makes files one after the other; those that differ from what stands are written into the staging folder."""
    folders: set[str] = set()
    for order in orders:
        with told():
            content = order.make()
        standing = stands(order.path, content, site)
        if standing is not None:
            yield order.path, Made(order.key, len(content), standing), False
            continue
        target = f"{site.staging}/{order.path}"
        above = target.rpartition("/")[0]
        if above not in folders:
            os.makedirs(above, exist_ok=True)
            folders.add(above)
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        try:
            write_all(handle, content)
            time = os.fstat(handle).st_mtime_ns
        finally:
            os.close(handle)
        yield order.path, Made(order.key, len(content), time), True


def write_all(handle: int, content: bytes) -> None:
    """The whole content, however little the system takes at a time."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]


def stands(path: str, content: bytes, site: Site) -> int | None:
    """The time of the file that holds these bytes already; None where none does."""
    at = site.standing.get(path)
    if at is None or at[0] != len(content):
        return None
    file = f"{site.folder}/{path}"
    try:
        if not stat.S_ISREG(os.lstat(file).st_mode):
            return None
        with open(file, "rb") as f:
            return at[1] if f.read() == content else None
    except OSError:
        return None


@contextlib.contextmanager
def told() -> Iterator[None]:
    """An error in a theme's template becomes a problem with its file and line."""
    try:
        yield
    except PublishError:
        raise
    except Exception as e:
        if isinstance(e, jinja2.TemplateError) or in_template(e):
            raise PublishError(template_problem(e)) from e
        raise
