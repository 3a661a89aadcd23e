"""The disk: brings `public/` to what was made of a site.

Nothing is put into place before all of it is made: changed files are first written beside the cache, then moved one by one, each at once. So a
template that fails, or a lost power line in the middle of rendering, leaves the last good site as it was. A file is not even made where it would
be made of the same things as last time and still stands as it was left.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath

import msgspec

from generator.making import Made, Order, Result, Site, make_files, told
from generator.memory import Remembered
from generator.model import Output, Problem
from generator.outputs.drafts import Draft
from generator.outputs.keys import key_of
from generator.shelf import uncollected
from generator.theme import PublishError

MARKER = ".factpress"
MARKER_TEXT = b"Factpress made this folder. Each build removes from it what it did not make, save hidden files.\n"
MANIFEST = "published.msgpack"


class Counts(msgspec.Struct, frozen=True):
    """What a build did to the folder."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0


def publish(
    made: Mapping[str, Iterable[Output | Draft]],
    folder: Path,
    cache: Path | None = None,
    *,
    around: bytes = b"",
    processes: int = 1,
    first: Collection[str] = (),
    shown: Callable[[], None] | None = None,
) -> Counts:
    """Brings `folder` to what the makers make, by name ("pages", "feeds"): writes what differs, leaves the rest, removes what is left over.

    `around` stands for what all files are made of beside what their drafts name: program, theme, settings. The files of the makers named in `first`
    are put in place before those of the others are made, and `shown` is called then.
    """
    cache, around = cache or folder.parent / ".cache", key_of(around)
    check_folder(folder)
    cache.mkdir(parents=True, exist_ok=True)
    sweep(cache)
    with uncollected():
        known, standing = read_manifest(cache / MANIFEST), on_disk(folder)
    makers = {"publish": [Draft(MARKER, lambda: MARKER_TEXT, ())], **made}
    rounds = [[m for m in makers if m == "publish" or m in first], [m for m in makers if m != "publish" and m not in first]]
    paths, memory = Paths(), Remembered(cache / "pieces", folder, known, standing, around)
    settled: Known = {}
    written = 0
    for names in rounds if first else [list(makers)]:
        with uncollected():
            orders = list(ordered(all_drafts({m: makers[m] for m in names}), around, memory, paths))
        with staged(cache) as staging:
            changed = []
            for path, entry, differs in made_anew(orders, known, Site(str(folder), str(staging), standing), settled, processes):
                settled[path] = entry
                if differs:
                    changed.append(path)
            put_in_place(changed, folder, staging)
        written += len(changed)
        if shown and names is rounds[0]:
            shown()
    removed = remove_others(folder, standing, settled)
    if settled != known:
        write_atomically(cache / MANIFEST, msgspec.msgpack.encode(settled))
    return Counts(written=written, unchanged=len(settled) - written, removed=removed)


def made_anew(orders: Iterable[Order], known: Known, site: Site, settled: Known, processes: int) -> Iterator[Result]:
    """Makes the files whose matter has changed since the last build, or that do not stand as it left them; the others are settled at once."""
    todo = []
    for order in orders:
        last = known.get(order.path)
        if last and order.key and last.key == order.key and site.standing.get(order.path) == (last.size, last.time):
            settled[order.path] = last
        else:
            todo.append(order)
    yield from make_files(todo, site, processes)


@contextlib.contextmanager
def staged(cache: Path) -> Iterator[Path]:
    """A folder for files that are made and not yet in place."""
    staging = Path(tempfile.mkdtemp(prefix="staging-", dir=cache))
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def sweep(cache: Path) -> None:
    """Removes what a killed build left half made; builds take turns (see `app.build`), so none is at work on it."""
    for left in sorted(cache.glob("staging-*")):
        shutil.rmtree(left, ignore_errors=True)
    for left in sorted(cache.glob(".new-*")):
        left.unlink(missing_ok=True)


def all_drafts(made: Mapping[str, Iterable[Output | Draft]]) -> Iterator[tuple[str, Draft]]:
    """What the makers make, with the maker's name; what one yields whole is a draft that is done."""
    for maker, files in made.items():
        with told():
            for file in files:
                yield maker, file if isinstance(file, Draft) else Draft(file.path, Whole(file.content))


class Whole:
    """A file that is already made."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def __call__(self) -> bytes:
        return self.content


@dataclass
class Paths:
    """The paths that were made so far."""

    makers: dict[str, tuple[str, str]] = field(default_factory=dict)  # path as disks compare them → maker, path as written
    folders: dict[str, str] = field(default_factory=dict)  # → who needs it


def ordered(drafts: Iterable[tuple[str, Draft]], around: bytes, memory: Remembered, paths: Paths) -> Iterator[Order]:
    """The drafts with their keys, once it is sure that no two make one path."""
    makers, folders = paths.makers, paths.folders
    for maker, draft in drafts:
        path = draft.path
        check_path(path, maker)
        place = (
            path if path.isascii() else unicodedata.normalize("NFC", path)
        ).casefold()  # two that differ in case are one file on many a disk
        if place in makers:
            other, as_written = makers[place]
            both = f'{other} and {maker} both make "{path}"' if as_written == path else f'{other} makes "{as_written}" and {maker} "{path}"'
            raise PublishError(Problem(file=path, message=both, hint="rename one: the files would overwrite each other"))
        makers[place] = (maker, path)
        check_is_no_folder(place, makers, folders)
        key = b"" if draft.given is None else key_of(around, maker, draft.given)
        make = partial(draft.again, replace(memory, key=key)) if draft.again else draft.make
        yield Order(path, make, key, draft.day)


def check_folder(folder: Path) -> None:
    """Refuses a folder that holds what we did not make: a build removes leftovers, and they might be someone's photographs."""
    if folder.exists() and not folder.is_dir():
        raise PublishError(Problem(file=str(folder), message="the site's folder is a file", hint="choose another folder"))
    strangers = folder.is_dir() and any(not p.name.startswith(".") for p in folder.iterdir())
    if strangers and not (folder / MARKER).is_file():
        hint = "choose an empty folder, or remove what is in it"
        raise PublishError(Problem(file=str(folder), message="this folder holds files that no build made", hint=hint))


Known = dict[str, Made]


def read_manifest(file: Path) -> Known:
    """What the last build left; nothing where that is not known, for then files are compared."""
    try:
        return msgspec.msgpack.decode(file.read_bytes(), type=Known)
    except (OSError, msgspec.DecodeError):
        return {}


def on_disk(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file in the folder with its size and time of change in nanoseconds; a link, whatever it leads to, has size -1. Hidden ones (.git) left out."""
    found: dict[str, tuple[int, int]] = {}
    todo = [(str(folder), "")]
    while todo:
        place, prefix = todo.pop()
        with contextlib.suppress(FileNotFoundError), os.scandir(place) as entries:
            for entry in entries:
                path = prefix + entry.name
                if entry.name.startswith(".") and path != MARKER:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    todo.append((entry.path, path + "/"))
                elif entry.is_symlink():
                    found[path] = (-1, 0)
                else:
                    at = entry.stat(follow_symlinks=False)
                    found[path] = (at.st_size, at.st_mtime_ns)
    return found


def check_path(path: str, maker: str) -> None:
    """Refuses a path that would leave the folder, or that some disk or server reads as another."""
    parts = path.split("/")
    if path.startswith("/") or "\\" in path or ":" in parts[0] or any(p in ("", ".", "..") for p in parts) or "\0" in path:
        raise PublishError(Problem(file=path, message=f"{maker} makes a path outside of the site", hint="paths are relative, with `/`"))


def check_is_no_folder(key: str, makers: Mapping[str, tuple[str, str]], folders: dict[str, str]) -> None:
    """No path may be a file for one maker and a folder for another. `folders` grows: each with who needs it."""
    maker, path = makers[key]
    if key in folders:
        raise PublishError(Problem(file=path, message=f'"{path}" is a file of {maker} and a folder of {folders[key]}', hint="rename one"))
    if (here := key.rpartition("/")[0]) in folders:
        return
    for parent in (here, *map(str, PurePosixPath(here).parents)):
        if parent in folders:
            return
        if parent in makers:
            message = f'"{makers[parent][1]}" is a file of {makers[parent][0]} and a folder of {maker}'
            raise PublishError(Problem(file=path, message=message, hint="rename one"))
        folders[parent] = maker


def put_in_place(changed: list[str], folder: Path, staging: Path) -> None:
    """Moves the changed files into the site, each at once."""
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(OSError):  # the cache may be on another disk
            os.chmod(staging, 0o777 & ~umask())
            os.rename(staging, folder)
            return
    folder.mkdir(parents=True, exist_ok=True)
    home = folder.resolve()
    safe: set[str] = set()
    for path in changed:
        target = folder / path
        above = os.path.dirname(path)
        if above not in safe:
            make_folder(target.parent, folder)
            if not target.parent.resolve().is_relative_to(home):
                hint = "remove the link; a build writes inside of the site's folder alone"
                raise PublishError(Problem(file=str(target.parent), message="this link leads out of the site's folder", hint=hint))
            safe.add(above)
        move(staging / path, target)


def umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def make_folder(wanted: Path, folder: Path) -> None:
    """Makes a folder of the site; a leftover file of that name gives way."""
    for parent in [*reversed(wanted.relative_to(folder).parents), wanted.relative_to(folder)]:
        place = folder / parent
        if place.is_file():
            place.unlink()
        place.mkdir(exist_ok=True)


def move(source: Path, target: Path) -> None:
    """Puts a finished file in the place of another at once, also where the cache is on another disk."""
    try:
        os.replace(source, target)
    except IsADirectoryError:
        shutil.rmtree(target)
        os.replace(source, target)
    except OSError as e:
        if e.errno != errno.EXDEV:
            raise
        write_atomically(target, source.read_bytes())


def write_atomically(target: Path, content: bytes) -> None:
    """Whole or not at all."""
    handle, name = tempfile.mkstemp(prefix=".new-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as f:
            f.write(content)
        os.chmod(name, 0o644)
        os.replace(name, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def remove_others(folder: Path, standing: Mapping[str, object], paths: Mapping[str, object]) -> int:
    """Removes what nobody made, and folders that are empty then; returns how many files. Hidden files (.git, .nojekyll) stay."""
    removed = 0
    for path in sorted(standing.keys() - paths.keys()):
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):  # a file that gave way to a folder, or a folder to a file
            if not (folder / path).is_dir() or (folder / path).is_symlink():
                (folder / path).unlink()
                removed += 1
    for top, _, _ in os.walk(folder, topdown=False):
        here = os.path.relpath(top, folder)
        if here != "." and not any(part.startswith(".") for part in here.split(os.sep)):
            with contextlib.suppress(OSError):  # it is not empty
                os.rmdir(top)
    return removed
