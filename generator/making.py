"""Makes the files of a site that are to be made anew, in this process or in several: each writes what differs into the staging folder.

The processes are forked, so that all of them see the linked site without a copy; each gets a stretch of the files in their order, for files that
stand together show the same facts, and a fact's card is rendered once a process.
"""

from __future__ import annotations

import contextlib
import gc
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import NamedTuple

import jinja2
import msgspec

from generator.model import Problem
from generator.theme import PublishError, in_template, template_problem

WORTH = 200  # files a process: fewer are made before another has begun


class Made(msgspec.Struct, frozen=True, array_like=True):
    """What is known of a file since it was made."""

    key: bytes  # of what it was made of; empty where nobody says
    digest: bytes
    size: int
    time: int  # of change, in nanoseconds


class Order(NamedTuple):
    """A file to be made, and the key of what it is made of."""

    path: str
    make: Callable[[], bytes]
    key: bytes


@dataclass(frozen=True)
class Site:
    """Where files stand and are written, and what is known of those that stand."""

    folder: str
    staging: str
    known: Mapping[str, Made]
    standing: Mapping[str, tuple[int, int]]  # path → size, time


Result = tuple[str, Made, bool]  # the path, the file, and whether it differs from what stands there


def make_files(orders: Sequence[Order], site: Site, processes: int = 1) -> Iterator[Result]:
    """Makes all, and says of each whether it differs. An error in one of them is raised when the others are done or stopped."""
    wanted = min(processes, 1 + len(orders) // WORTH) if can_fork() else 1
    if wanted < 2:
        yield from make_some(orders, site)
        return
    ends = [len(orders) * n // wanted for n in range(1, wanted + 1)]
    stretches = [orders[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    with frozen():
        helpers = [Helper(stretch, site) for stretch in stretches[1:]]
        try:
            yield from make_some(stretches[0], site)
            for helper in helpers:
                yield from helper.results()
        finally:
            for helper in helpers:
                helper.stop()


def can_fork() -> bool:
    """Linux alone: elsewhere a fork is slow, or unsafe beside the system's own libraries."""
    return sys.platform == "linux"


@contextlib.contextmanager
def frozen() -> Iterator[None]:
    """What is alive now is looked at by no garbage collection, which would copy every page of memory that the processes share."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


class Helper:
    """A process of its own that makes a stretch of the files."""

    def __init__(self, orders: Sequence[Order], site: Site) -> None:
        self.orders, self.site = orders, site
        context = get_context("fork")
        self.end, other = context.Pipe(duplex=False)
        self.process = context.Process(target=help_out, args=(orders, site, other, os.getpid()), daemon=True)
        self.process.start()
        other.close()

    def results(self) -> Iterator[Result]:
        """What it made. Where the process died, by the system's hand for one, its work is done here."""
        try:
            answer = self.end.recv()
        except EOFError:
            yield from make_some(self.orders, self.site)
            return
        if isinstance(answer, Problem):
            raise PublishError(answer)
        if isinstance(answer, BaseException):
            raise answer
        yield from answer

    def stop(self) -> None:
        """Ends the process, whatever it is doing."""
        self.end.close()
        self.process.kill()
        self.process.join()


def help_out(orders: Sequence[Order], site: Site, answer: Connection, parent: int) -> None:
    """The life of a helping process: makes its files and tells of them, or of what went wrong. It ends with its parent."""
    gc.disable()

    def while_wanted() -> Iterator[Order]:
        for order in orders:
            if os.getppid() != parent:
                os._exit(1)
            yield order

    try:
        answer.send(list(make_some(while_wanted(), site)))
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
        digest = blake2b(content, digest_size=16).digest()
        standing = stands(order.path, content, digest, site)
        if standing is not None:
            yield order.path, Made(order.key, digest, len(content), standing), False
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
        yield order.path, Made(order.key, digest, len(content), time), True


def write_all(handle: int, content: bytes) -> None:
    """The whole content, however little the system takes at a time."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]


def stands(path: str, content: bytes, digest: bytes, site: Site) -> int | None:
    """The time of the file that holds these bytes already; None where none does. What was known of it answers without reading it."""
    at = site.standing.get(path)
    if at is None or at[0] != len(content):
        return None
    known = site.known.get(path)
    if known and known.digest == digest and at == (known.size, known.time):
        return at[1]
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
