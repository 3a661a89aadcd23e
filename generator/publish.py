"""The disk: writes what was made of a site into `public/`.

Nothing is put into place before all of it is made: changed files are first written beside the cache, then moved one by one, each at once. So a
template that fails, or a lost power line in the middle of rendering, leaves the last good site as it was.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import stat
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

import jinja2
import msgspec

from generator.model import Output, Problem
from generator.theme import PublishError, in_template, template_problem

MARKER = ".factpress"
MARKER_TEXT = b"Factpress made this folder. Each build removes from it what it did not make, save hidden files.\n"
MANIFEST = "published.json"


class Counts(msgspec.Struct, frozen=True):
    """What a build did to the folder."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0


def publish(made: Mapping[str, Iterable[Output]], folder: Path, cache: Path | None = None) -> Counts:
    """Brings `folder` to what the makers made, by name ("pages", "feeds"): writes what differs, leaves the rest, removes what is left over."""
    cache = cache or folder.parent / ".cache"
    check_folder(folder)
    cache.mkdir(parents=True, exist_ok=True)
    sweep(cache)
    known = read_manifest(cache / MANIFEST)
    staging = Path(tempfile.mkdtemp(prefix="staging-", dir=cache))
    try:
        changed, paths = stage(all_outputs(made), folder, staging, known)
        manifest = put_in_place(changed, paths, folder, staging, known)
        removed = remove_others(folder, paths)
        write_atomically(cache / MANIFEST, msgspec.json.encode(manifest))
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return Counts(written=len(changed), unchanged=len(paths) - len(changed), removed=removed)


def sweep(cache: Path) -> None:
    """Removes what a killed build left half made; builds take turns (see `app.build`), so none is at work on it."""
    for left in sorted(cache.glob("staging-*")):
        shutil.rmtree(left, ignore_errors=True)
    for left in sorted(cache.glob(".new-*")):
        left.unlink(missing_ok=True)


def all_outputs(made: Mapping[str, Iterable[Output]]) -> Iterator[tuple[str, Output]]:
    yield "publish", Output(path=MARKER, content=MARKER_TEXT)
    for maker, outputs in made.items():
        try:
            for output in outputs:
                yield maker, output
        except PublishError:
            raise
        except Exception as e:
            if isinstance(e, jinja2.TemplateError) or in_template(e):
                raise PublishError(template_problem(e)) from e
            raise


def check_folder(folder: Path) -> None:
    """Refuses a folder that holds what we did not make: a build removes leftovers, and they might be someone's photographs."""
    if folder.exists() and not folder.is_dir():
        raise PublishError(Problem(file=str(folder), message="the site's folder is a file", hint="choose another folder"))
    strangers = folder.is_dir() and any(not p.name.startswith(".") for p in folder.iterdir())
    if strangers and not (folder / MARKER).is_file():
        hint = "choose an empty folder, or remove what is in it"
        raise PublishError(Problem(file=str(folder), message="this folder holds files that no build made", hint=hint))


Known = dict[str, tuple[str, int, int]]  # path → digest, size, time of change in nanoseconds


def read_manifest(file: Path) -> Known:
    """What the last build wrote; nothing where that is not known, for then files are compared."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Known)
    except (OSError, msgspec.DecodeError):
        return {}


def stage(outputs: Iterable[tuple[str, Output]], folder: Path, staging: Path, known: Known) -> tuple[list[str], dict[str, str]]:
    """Writes what differs into `staging`; returns those paths, and the digest of every path."""
    makers: dict[str, tuple[str, str]] = {}
    folders: dict[str, str] = {}
    digests: dict[str, str] = {}
    changed: list[str] = []
    for maker, output in outputs:
        path = output.path
        check_path(path, maker)
        key = unicodedata.normalize("NFC", path).casefold()  # two that differ in case are one file on many a disk
        if key in makers:
            other, as_written = makers[key]
            both = f'{other} and {maker} both make "{path}"' if as_written == path else f'{other} makes "{as_written}" and {maker} "{path}"'
            raise PublishError(Problem(file=path, message=both, hint="rename one: the files would overwrite each other"))
        makers[key] = (maker, path)
        check_is_no_folder(key, makers, folders)
        digests[path] = hashlib.blake2b(output.content, digest_size=16).hexdigest()
        if not is_there(folder / path, output.content, digests[path], known.get(path)):
            target = staging / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(output.content)
            changed.append(path)
    return changed, digests


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
    for parent in map(str, PurePosixPath(key).parents):
        if parent in folders:
            return
        if parent in makers:
            message = f'"{makers[parent][1]}" is a file of {makers[parent][0]} and a folder of {maker}'
            raise PublishError(Problem(file=path, message=message, hint="rename one"))
        folders[parent] = maker


def is_there(file: Path, content: bytes, digest: str, known: tuple[str, int, int] | None) -> bool:
    """Whether a file holds these bytes already. The manifest answers without reading where size and time are as we left them."""
    try:
        at = file.lstat()
    except OSError:
        return False
    if not stat.S_ISREG(at.st_mode) or at.st_size != len(content):
        return False
    if known and known == (digest, at.st_size, at.st_mtime_ns):
        return True
    return file.read_bytes() == content


def put_in_place(changed: Iterable[str], digests: Mapping[str, str], folder: Path, staging: Path, known: Known) -> Known:
    """Moves the changed files into the site, each at once; returns the new manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    home = folder.resolve()
    safe: set[Path] = set()
    fresh = set(changed)
    manifest: Known = {}
    for path in changed:
        target = folder / path
        if target.parent not in safe:
            make_folder(target.parent, folder)
            if not target.parent.resolve().is_relative_to(home):
                hint = "remove the link; a build writes inside of the site's folder alone"
                raise PublishError(Problem(file=str(target.parent), message="this link leads out of the site's folder", hint=hint))
            safe.add(target.parent)
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        move(staging / path, target)
    for path, digest in digests.items():
        old = known.get(path)
        if path in fresh or old is None or old[0] != digest:
            at = (folder / path).lstat()
            manifest[path] = (digest, at.st_size, at.st_mtime_ns)
        else:
            manifest[path] = old
    return manifest


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


def remove_others(folder: Path, paths: Mapping[str, str]) -> int:
    """Removes what nobody made, and folders that are empty then; returns how many files. Hidden files (.git, .nojekyll) stay."""
    removed = 0
    for top, folders, files in os.walk(folder, topdown=False):
        here = Path(top)
        if any(part.startswith(".") for part in here.relative_to(folder).parts):
            continue
        links = [name for name in folders if (here / name).is_symlink()]
        for name in sorted(files + links):
            path = (here / name).relative_to(folder).as_posix()
            if path not in paths and not name.startswith("."):
                (here / name).unlink()
                removed += 1
        if here != folder and not any(here.iterdir()):
            here.rmdir()
    return removed
