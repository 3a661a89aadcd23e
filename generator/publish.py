"""Themes and the disk: finds the templates of a site, and writes what was made of it into `public/`.

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
import traceback
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import jinja2
import msgspec
import yaml

from generator.model import Output, Problem
from generator.outputs.cldr import Rules
from generator.outputs.wording import Wording

MARKER = ".factpress"
MARKER_TEXT = b"Factpress made this folder. Each build removes from it what it did not make, save hidden files.\n"
MANIFEST = "published.json"


class PublishError(Exception):
    """The site can't be made or written; the problem says why and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class Counts(msgspec.Struct, frozen=True):
    """What a build did to the folder."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0


# --- themes ---


class Theme(msgspec.Struct, frozen=True):
    """A theme and those it extends: its own folder first."""

    name: str
    folders: tuple[Path, ...]
    styles: tuple[str, ...]  # style sheets in the order a page loads them, under static/


def shipped_themes() -> Path:
    """The folder of the themes that come with the package: inside it in a wheel, beside it in a checkout."""
    package = Path(__file__).parent
    inside = package / "themes"
    return inside if inside.is_dir() else package.parent / "themes"


def find_theme(name: str, site: Path) -> Theme:
    """The theme `name`: the site's own `themes/<name>` or a shipped one. One that does not say what it extends extends the default."""
    folders: list[Path] = []
    styles: list[str] = []
    wanted: str | None = name
    while wanted is not None:
        folder = theme_folder(wanted, site, folders)
        folders.append(folder)
        about = read_theme_file(folder)
        styles = [s for s in about.get("styles") or [] if s not in styles] + styles
        shipped_default = shipped_themes() / "default"
        wanted = None if folder == shipped_default else about.get("extends", "default")
    return Theme(name, tuple(folders), tuple(styles or ["style.css"]))


def theme_folder(name: str, site: Path, seen: list[Path]) -> Path:
    """The first folder of that name which is not in the chain yet, so that a site's `default` may extend the shipped one."""
    places = [site / "themes", shipped_themes()]
    if PurePosixPath(name).name != name or name in ("", ".", ".."):
        raise PublishError(Problem(file="site.yaml", message=f'"{name}" is no name of a theme', hint="a theme is a folder of themes/"))
    for place in places:
        if (place / name).is_dir() and place / name not in seen:
            return place / name
    known = sorted({p.name for place in places if place.is_dir() for p in place.iterdir() if p.is_dir()})
    raise PublishError(Problem(file="site.yaml", message=f'there is no theme "{name}"', hint=f"there are: {', '.join(known)}"))


def read_theme_file(folder: Path) -> dict[str, Any]:
    """What a theme's `theme.yaml` says; nothing where there is none."""
    return read_yaml(folder / "theme.yaml")


def read_yaml(file: Path) -> dict[str, Any]:
    """A file's keys and values; an empty or missing file has none."""
    if not file.is_file():
        return {}
    try:
        value = yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as e:
        mark = getattr(e, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise PublishError(Problem(file=str(file), line=line, message="this is no YAML", hint=str(getattr(e, "problem", e)))) from e
    if value is not None and not isinstance(value, dict):
        raise PublishError(Problem(file=str(file), message="there should be keys and values here", hint="write `key: value` lines"))
    return value or {}


def find_wording(theme: Theme, language: str) -> Wording:
    """The texts of the interface: English below, the site's language above it, and a theme's own texts above those it extends."""
    texts: dict[str, Any] = {}
    spoken = "en"
    for tag in dict.fromkeys(("en", language.split("-")[0], language)):
        for folder in reversed(theme.folders):
            found = read_yaml(folder / "strings" / f"{tag}.yaml")
            spoken = tag if found else spoken
            texts = overlaid(texts, found)
    return Wording(texts, Rules(language, spoken))


def overlaid(below: dict[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """`above` over `below`, groups key by key."""
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        merged[key] = overlaid(old, value) if isinstance(old, dict) and isinstance(value, Mapping) else value
    return merged


def environment(theme: Theme, wording: Wording) -> jinja2.Environment:
    """Templates of the theme over those it extends. `{% extends "default/article.html" %}` reaches one below by its theme's folder name."""
    folders = [f / "templates" for f in theme.folders]
    by_name = {f.name: jinja2.FileSystemLoader(f / "templates") for f in reversed(theme.folders)}
    env = jinja2.Environment(
        loader=jinja2.ChoiceLoader([jinja2.FileSystemLoader(folders), jinja2.PrefixLoader(by_name)]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    env.globals.update(t=wording.texts, words=wording, say=wording.say, count=wording.count, styles=theme.styles)
    env.filters.update(day=wording.date, short=wording.short, number=wording.number, machine=wording.machine)
    return env


def static_files(theme: Theme) -> Iterator[Output]:
    """The files of the theme and of those it extends, a theme's own in place of one of the same name below."""
    found: dict[str, Path] = {}
    for folder in reversed(theme.folders):
        base = folder / "static"
        for file in sorted(base.rglob("*")) if base.is_dir() else []:
            if file.is_file() and not any(part.startswith(".") for part in file.relative_to(base).parts):
                found[file.relative_to(base).as_posix()] = file
    for path in sorted(found):
        yield Output(path=f"static/{path}", content=found[path].read_bytes())


def template_problem(error: Exception) -> Problem:
    """Where in a template an error arose, for a person who edits themes and reads no tracebacks."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return Problem(file=error.filename or error.name or "template", line=error.lineno, message=error.message or "not a template")
    if isinstance(error, jinja2.TemplateNotFound):
        return Problem(file="themes", message=f'there is no template "{error.name}"', hint="look at the name after `include` or `extends`")
    place = in_template(error)
    message = str(error) or type(error).__name__
    return Problem(file=place.filename if place else "themes", line=(place.lineno or 1) if place else 1, message=message)


def in_template(error: Exception) -> traceback.FrameSummary | None:
    """The innermost line of a template that an error came through."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.endswith(".html")]
    return frames[-1] if frames else None


# --- writing ---


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
