"""The content on disk: reads it, and writes it so that nothing is torn, lost or written outside the site's folder.

A file is replaced at once or not at all, and only if it still holds what was read. Sheets come from the shelf of those read
before (`.cache/`, which may be deleted at any time).
"""

from __future__ import annotations

import functools
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from importlib import metadata
from operator import attrgetter
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from generator.model import KINDS, ActorType, Addresses, Curation, Extracted, FactSheet, ParsedSheet, Problem, SiteConfig
from generator.sheetfile import joined, parse
from generator.shelf import NO_FILE, Decoded, Entry, Shelf, Signature, Wanted, pack, signature_of, uncollected
from generator.typed import Reading, near, read_fields
from generator.words import locate
from generator.yamltext import SURROGATE, Node, compose

ARTICLES = {".txt", ".md", ".html", ".htm"}
FOLDERS = {"articles": ARTICLES, "sheets": {".yaml"}, "actors": {".yaml"}, "events": {".yaml"}, "pages": {".md"}}
LONGEST_NAME = 200  # bytes: other files get the name with longer endings, and file systems take 255
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
LARGEST = 64_000_000  # bytes of a file that are read; articles and sheets have lower limits of their own

# What decides on what is extracted from an article: when any of it changes, sheets are behind.
EXTRACTOR = ("readers", "extract", "data", "model.py", "words.py", "names.py", "days.py", "identity.py")

# What decides on what a sheet is read as, and on what is wrong with it: when any of it changes, all sheets are read anew.
SHEET_READER = (
    "model.py", "words.py", "days.py", "yamltext.py", "typed.py", "housestyle.py", "sheetfile.py", "checks.py", "shelf.py", "store.py",
)  # fmt: skip


class ContentError(ValueError):
    """Something on disk that cannot be worked with: one line for a person, and a problem for lists of them."""

    def __init__(self, file: str, message: str, hint: str = "", line: int = 1, column: int = 1) -> None:
        self.problem = Problem(file=file, line=line, column=column, message=message, hint=hint)
        super().__init__(str(self.problem))


class Keyed(msgspec.Struct, frozen=True):
    """The one field of an extraction that tells whether it is current; reading it alone skips the rest."""

    key: str = ""


@dataclass(frozen=True)
class Content:
    """A site's folder: `content/` and what stands in it, and `.cache/`."""

    root: Path = field(default_factory=Path)

    @functools.cached_property
    def folder(self) -> Path:
        return self.root / "content"

    @functools.cached_property
    def above(self) -> str:
        """What comes before `content/` in the names of files."""
        return self.name(self.folder).removesuffix("content")

    def name(self, path: Path) -> str:
        """A path as problems name it; what is not UTF-8 in it is shown as such."""
        return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")

    def inside(self, path: Path) -> Path:
        """The path, if it does not lead out of the site's folder by a link."""
        try:
            real, home = path.resolve(), self.root.resolve()
        except RuntimeError:  # up to Python 3.12
            raise ContentError(self.name(path), "this link leads to itself", "put the file itself here") from None
        except OSError as e:
            raise ContentError(self.name(path), f"this cannot be read: {e.strerror}", "rename it, or look at its permissions") from None
        if not real.is_relative_to(home):
            raise ContentError(self.name(path), "this is a link that leads out of the site's folder", "put the file itself here")
        return path

    def read(self, path: Path) -> bytes | None:
        """A file's bytes, or None where there is none."""
        self.inside(path)
        try:
            if path.exists() and not path.is_file():  # reading a pipe or a device might never end
                raise ContentError(self.name(path), "this is no file", "take it away, or put a file in its place")
            with path.open("rb") as f:
                content = f.read(LARGEST + 1)
        except FileNotFoundError:
            return None
        except OSError as e:
            raise ContentError(self.name(path), f"this cannot be read: {e.strerror}", "look at its permissions") from None
        if len(content) > LARGEST:
            raise ContentError(self.name(path), f"this file is larger than {LARGEST:,} bytes", "take it away, or split it")
        return content

    def text(self, path: Path) -> str | None:
        """A file's words, line ends as they are."""
        content = self.read(path)
        return None if content is None else self.decoded(content, path)

    def decoded(self, content: bytes, path: Path) -> str:
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError as e:
            line = content.count(b"\n", 0, e.start) + 1
            raise ContentError(self.name(path), "this file is not UTF-8", "save it as UTF-8", line) from None

    def files(self, folder: str, endings: set[str]) -> list[Path]:
        """The files of a folder of `content/` with one of the endings, by name; hidden ones left out."""
        return [Path(e.path) for e in self.named(folder, endings) if is_file(e) and not odd_name(e.name)]

    def named(self, folder: str, endings: set[str]) -> list[os.DirEntry[str]]:
        """What stands in a folder of `content/` under a name that we read, be it a file or not, by name."""
        place = self.folder / folder
        if not place.is_dir():
            return []
        try:
            with os.scandir(self.inside(place)) as entries:
                found = [e for e in entries if not e.name.startswith(".") and os.path.splitext(e.name)[1].lower() in endings]
            return sorted(found, key=attrgetter("name"))
        except OSError as e:
            raise ContentError(self.name(place), f"this cannot be read: {e.strerror}", "look at its permissions") from None

    def left_out(self, *folders: str) -> list[Problem]:
        """What has the name of a file we read and is none that can be read: each is passed over, and said."""
        problems = []
        for folder in folders or FOLDERS:
            for entry in self.named(folder, FOLDERS[folder]):
                odd = odd_name(entry.name)
                if not odd and is_file(entry):
                    continue
                path = Path(entry.path)
                if odd:
                    words = (odd, "rename it")
                else:
                    kind = (
                        "a link that leads nowhere"
                        if path.is_symlink() and not path.exists()
                        else "a folder"
                        if path.is_dir()
                        else "no file"
                    )
                    words = (f"this is {kind}", "take it away, or put a file in its place")
                problems.append(Problem(file=self.name(path), message=f"{words[0]}: it is left out", hint=words[1], fatal=False))
        return problems

    # --- what is where ---

    def articles(self) -> tuple[dict[str, Path], tuple[Problem, ...]]:
        """Id → file of every article. Two files of one id, and files of no kind we read, are problems."""
        found: dict[str, Path] = {}
        problems = []
        for path in self.files("articles", ARTICLES):
            if path.stem in found:
                words = (f'two articles have the id "{path.stem}": {found[path.stem].name} is the other', "give one another name")
                problems.append(Problem(file=self.name(path), message=words[0], hint=words[1]))
            else:
                found[path.stem] = path
        place = self.folder / "articles"
        others = [p for p in place.iterdir() if p.suffix.lower() not in ARTICLES and not p.name.startswith(".")] if place.is_dir() else []
        for path in sorted(others):
            if path.is_file():
                hint = f"end its name in one of {', '.join(sorted(ARTICLES))}"
                problems.append(Problem(file=self.name(path), message="no reader takes this file", hint=hint, fatal=False))
        return found, tuple(problems)

    def sheet_path(self, id_: str) -> Path:
        return self.folder / "sheets" / f"{id_}.yaml"

    def extracted_path(self, id_: str) -> Path:
        return self.folder / "extracted" / f"{id_}.json"

    def sheet_ids(self) -> list[str]:
        """The ids of all sheets, in order."""
        return [p.stem for p in self.files("sheets", {".yaml"})]

    # --- what the machine remembers ---

    def extracted(self, id_: str) -> Extracted | None:
        """The machine's last word on an article."""
        self.finish(id_)
        path = self.extracted_path(id_)
        content = self.read(path)
        return None if content is None else self.decode_extracted(content, path)

    def decode_extracted(self, content: bytes, path: Path) -> Extracted:
        try:
            return msgspec.json.decode(content, type=Extracted)
        except (msgspec.DecodeError, RecursionError) as e:
            hint = "take it back from git, or delete it: then the whole sheet counts as a person's"
            line = conflict_line(content)
            what = "git left a conflict here" if line else f"this is not what `update` wrote: {e}"
            raise ContentError(self.name(path), what, hint, line or 1) from None

    def extracted_key(self, id_: str) -> str | None:
        """The key alone of what was extracted last; None where nothing was."""
        self.finish(id_)
        content = self.read(self.extracted_path(id_))
        try:
            return None if content is None else msgspec.json.decode(content, type=Keyed).key
        except (msgspec.DecodeError, RecursionError):
            return ""  # reading it whole says what is wrong

    def write_extracted(self, id_: str, extracted: Extracted) -> bool:
        """Writes the machine's last word; returns whether its bytes changed."""
        return self.write(self.extracted_path(id_), extracted_bytes(extracted))

    # --- sheets ---

    def sheet_text(self, id_: str) -> str | None:
        """A sheet's words, or None where there is none yet."""
        return self.text(self.sheet_path(id_))

    def write_sheet(self, id_: str, text: str, was: str | None) -> bool:
        """Replaces a sheet that held `was`; returns whether it changed. One that was saved meanwhile is left alone."""
        with self.lock():
            self.unchanged(id_, was)
            return self.write(self.sheet_path(id_), text.encode(), lambda: self.unchanged(id_, was))

    def save(self, id_: str, text: str, was: str | None, extracted: Extracted) -> None:
        """Writes a sheet that held `was`, and the machine's memory to go with it: both or, killed in between, the second when next it is asked for.

        Else a new sheet beside an old memory would look as if a person had written every new word.
        """
        if text == was:
            self.write_extracted(id_, extracted)
            return
        intent = self.intent_path(id_)
        content = extracted_bytes(extracted)
        with self.lock():
            self.unchanged(id_, was)
            self.write(intent, digest_of(text.encode()).encode() + b"\n" + content)
            self.write(self.sheet_path(id_), text.encode(), lambda: self.unchanged(id_, was))
            self.write(self.extracted_path(id_), content)
            intent.unlink(missing_ok=True)

    def intent_path(self, id_: str) -> Path:
        return self.root / ".cache" / "intents" / f"{id_}.json"

    def finish(self, id_: str) -> None:
        """Ends what a killed update had begun: where the new sheet stands, its memory is written as well."""
        intent = self.intent_path(id_)
        if not intent.exists():
            return
        with self.lock():
            digest, _, content = (self.read(intent) or b"").partition(b"\n")
            if digest == digest_of(self.read(self.sheet_path(id_)) or b"").encode():
                self.write(self.extracted_path(id_), content)
            intent.unlink(missing_ok=True)

    def unchanged(self, id_: str, was: str | None) -> None:
        """Refuses to go on where a sheet no longer holds what was read."""
        path = self.sheet_path(id_)
        if self.text(path) != was:
            raise ContentError(self.name(path), "this sheet was saved while it was being updated", "run update again")

    def load(self, id_: str) -> ParsedSheet:
        """A sheet as read, with the article's text and every evidence found in it. What is wrong with it is among its problems."""
        try:
            return self.loaded(id_, self.read(self.sheet_path(id_)) or b"", self.read(self.extracted_path(id_)))
        except ContentError as e:
            return self.unreadable(id_, e)

    def loaded(self, id_: str, content: bytes, machine: bytes | None) -> ParsedSheet:
        path = self.sheet_path(id_)
        parsed = parse(self.decoded(content, path), self.sheet_file(id_))
        last = self.decode_extracted(machine, self.extracted_path(id_)) if machine is not None else None
        return msgspec.structs.replace(parsed, sheet=located(joined(parsed.sheet, last)))

    def unreadable(self, id_: str, error: ContentError) -> ParsedSheet:
        """A sheet that cannot be read: empty, with the reason."""
        file = self.sheet_file(id_)
        return ParsedSheet(file=file, sheet=parse("", file).sheet, problems=(error.problem,))

    def sheets(self, cache: bool = True) -> list[ParsedSheet]:
        """All sheets, by id."""
        return self.shelf().all() if cache else [self.load(i) for i in self.sheet_ids()]

    def shelf(self, decoded: Decoded | None = None) -> Shelf:
        """All sheets, of which those that changed since the last time are read, and the rest when asked for."""
        with uncollected():
            signatures = self.sheet_signatures()
            shelf = Shelf(self.root / ".cache" / "sheets" / code_digest(), self, decoded)
            shelf.refresh(signatures, lambda batches: map(self.entries, batches))
        return shelf

    def sheet_signatures(self) -> list[tuple[str, Signature]]:
        """Each sheet's id and the signature of its two files, in order; nothing where one of them is a link, and is to be looked at with care."""
        sheets = self.signatures("sheets")
        missing: Signature = NO_FILE
        try:
            machine = self.signatures("extracted")
        except ContentError:  # the folder leads outside: each sheet says so
            machine, missing = {}, ()
        found: list[tuple[str, Signature]] = []
        for name, a in sheets.items():
            if name.lower().endswith(".yaml"):
                id_ = name[: -len(".yaml")]
                b = machine.get(f"{id_}.json", missing)
                found.append((id_, a + b if a and b and name.endswith(".yaml") else ()))
        return found

    def signatures(self, folder: str) -> dict[str, Signature]:
        """Name → signature of each file of a folder of `content/`, by name; of a link, nothing. Hidden ones left out."""
        place = self.folder / folder
        if not place.is_dir():
            return {}
        found: dict[str, Signature] = {}
        with os.scandir(self.inside(place)) as entries:
            for entry in sorted(entries, key=attrgetter("name")):
                if not entry.name.startswith(".") and entry.is_file():
                    found[entry.name] = () if entry.is_symlink() else signature_of(entry.stat())
        return found

    def entries(self, wanted: Sequence[Wanted]) -> list[Entry]:
        """Sheets, read and checked, for the shelf."""
        try:
            for folder in ("sheets", "extracted"):
                self.inside(self.folder / folder)
        except ContentError:  # each sheet says so
            wanted = [msgspec.structs.replace(w, plain=False) for w in wanted]
        return [self.entry(w) for w in wanted]

    def entry(self, wanted: Wanted) -> Entry:
        id_ = wanted.id
        try:
            content, machine = self.both_files(wanted)
            digest = digest_of(id_.encode(), content, *([] if machine is None else [machine]))
            if digest == wanted.digest:
                return Entry(digest)
            return pack(digest, self.loaded(id_, content, machine), self.above)
        except ContentError as e:
            return pack(digest_of(str(e).encode()), self.unreadable(id_, e), self.above, lasting=False)

    def both_files(self, wanted: Wanted) -> tuple[bytes, bytes | None]:
        """The bytes of a sheet and of the machine's record. What is known to be no link, in a folder known to be ours, is not looked at twice."""
        id_ = wanted.id
        if wanted.plain:
            with suppress(OSError):  # changed meanwhile, or unreadable: said below
                sheet = plain_bytes(f"{self.above}content/sheets/{id_}.yaml")
                return sheet, plain_bytes(f"{self.above}content/extracted/{id_}.json") if wanted.machine else None
        return self.read(self.sheet_path(id_)) or b"", self.read(self.extracted_path(id_))

    def sheet_file(self, id_: str) -> str:
        """The name of a sheet's file, for problems."""
        return f"{self.above}content/sheets/{id_}.yaml"

    def sheet_words(self, id_: str) -> str:
        """A sheet's text; nothing where it cannot be read."""
        try:
            return self.sheet_text(id_) or ""
        except ContentError:
            return ""

    # --- configuration and curation ---

    def config(self) -> tuple[SiteConfig, tuple[Problem, ...]]:
        """What `content/site.yaml` says; without one, what holds by default."""
        path = self.folder / "site.yaml"
        text = self.text(path)
        if text is None:
            return SiteConfig(), ()
        reading = Reading(self.name(path))
        names = SiteConfig.__struct_fields__
        values = read_file(text, SiteConfig, names, "site.yaml", reading)
        base = values.get("base_url", "")
        if base and not base.startswith(("https://", "http://")):
            complain(reading, "base_url", f'"base_url" is "{base}"', "begin it with https://")
            values["base_url"] = ""
        elif base:
            values["base_url"] = base.rstrip("/") + "/"
        return SiteConfig(**values), tuple(reading.problems)

    def curation(self, folder: str) -> tuple[tuple[Curation, ...], tuple[Problem, ...]]:
        """What people decided on all actors (`actors`), or on all events (`events`)."""
        names = ACTOR_FIELDS if folder == "actors" else EVENT_FIELDS
        found, problems = [], []
        for path in self.files(folder, {".yaml"}):
            reading = Reading(self.name(path))
            try:
                values = read_file(self.text(path) or "", Curation, names, f"a file of {folder}/", reading)
            except ContentError as e:
                problems.append(e.problem)
                continue
            if folder == "actors" and "type" in values and values["type"] not in ActorType.__args__:  # type: ignore[attr-defined]
                complain(reading, "type", f'"type" cannot be "{values["type"]}"', near(values["type"], ActorType.__args__, listed=True))  # type: ignore[attr-defined]
                del values["type"]
            if values.get("id", path.stem) != path.stem:
                complain(reading, "id", f'the id is "{values["id"]}", but the file is named {path.name}', "make them the same")
            found.append(Curation(**{**values, "id": path.stem, "file": self.name(path), "places": reading.places}))
            problems += reading.problems
        return tuple(found), tuple(problems)

    def addresses_path(self) -> Path:
        return self.folder / "addresses.json"

    def addresses(self) -> Addresses:
        """Where actors and events stood when the site was built before."""
        path = self.addresses_path()
        content = self.read(path)
        try:
            return Addresses() if content is None else msgspec.json.decode(content, type=Addresses)
        except msgspec.DecodeError as e:
            line = conflict_line(content or b"")
            what = "git left a conflict here" if line else f"this is not what `build` wrote: {e}"
            hint = "keep the lines of both sides, or delete the file: then the site forgets its old addresses"
            raise ContentError(self.name(path), what, hint, line or 1) from None

    def remember(self, addresses: Addresses) -> bool:
        """Writes where actors and events stand; returns whether that is news. A site that has nothing to remember gets no file."""
        path = self.addresses_path()
        if addresses == Addresses() and self.read(path) is None:
            return False
        parts = []
        for name, rows in (("actors", addresses.actors), ("events", addresses.events)):
            lines = ",\n".join(f"  {line(ref)}: {line(ids)}" for ref, ids in rows.items())
            parts.append(f" {line(name)}: {{\n{lines}\n }}" if rows else f" {line(name)}: {{}}")
        with self.lock():
            return self.write(path, ("{\n" + ",\n".join(parts) + "\n}\n").encode())

    def pages(self) -> dict[str, str]:
        """The Markdown of `content/pages/`, by name."""
        return {p.stem: self.text(p) or "" for p in self.files("pages", {".md"})}

    # --- writing ---

    @contextmanager
    def lock(self, name: str = "lock") -> Iterator[None]:
        """Held while files are replaced, so that two processes take turns. The system lets go of it when a process dies."""
        place = self.inside(self.root / ".cache")
        try:
            place.mkdir(parents=True, exist_ok=True)
            handle = os.open(place / name, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as e:
            raise ContentError(self.name(place), f"this cannot be written: {e.strerror}", "look at its permissions") from None
        try:
            hold(handle)
            yield
        finally:
            os.close(handle)

    def write(self, path: Path, content: bytes, last: Callable[[], None] = lambda: None) -> bool:
        """Replaces a file's content at once; returns whether it changed. Nothing is touched where it holds the same already.

        `last` looks once more whether it may be replaced, after the slow part of writing: an editor may have saved meanwhile.
        """
        self.inside(path)
        if self.read(path) == content:
            return False
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, content, last)
        except OSError as e:
            words = f"this cannot be written: {e.strerror}"
            raise ContentError(self.name(path), words, "make room on the disk, or look at its permissions") from None
        return True


def is_file(entry: os.DirEntry[str]) -> bool:
    """Whether it is a file, or a link to one: told without another look at the disk where it is no link."""
    return Path(entry.path).is_file() if entry.is_symlink() else entry.is_file()


def odd_name(name: str) -> str | None:
    """Why a file cannot keep its name: it is an id, which people read and write, and other files are named by it."""
    if name.isascii() and name.isprintable() and len(name) <= LONGEST_NAME:
        return None
    if SURROGATE.search(name):  # some systems take names of any bytes
        return "the name of this file is not UTF-8"
    if UNSEEN.search(name):
        return "the name of this file holds characters that nobody sees"
    if len(os.path.splitext(name)[0].encode()) > LONGEST_NAME:
        return f"the name of this file has more than {LONGEST_NAME} bytes"
    return None


ACTOR_FIELDS = ("id", "name", "type", "description", "same_as", "aliases", "same", "different", "hidden")
EVENT_FIELDS = (*ACTOR_FIELDS, "status", "start", "end", "place", "participants")


def replace_file(path: Path, content: bytes, last: Callable[[], None] = lambda: None) -> None:
    """A new file beside the old takes its place in one step, once its bytes are on the disk. Keeps the old one's permissions."""
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as f:
            f.write(content)
            f.flush()
            os.fsync(f.fileno())
        mode = path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~umask()
        os.chmod(temporary, mode)
        last()
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
    with suppress(OSError):  # not every system can sync a folder
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@functools.cache
def umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def hold(handle: int) -> None:
    """Waits for the lock of an open file."""
    try:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)
    except ImportError:  # Windows
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined, unused-ignore]


def read_file(text: str, struct: type[msgspec.Struct], names: tuple[str, ...], what: str, reading: Reading) -> dict[str, Any]:
    """The fields of a file that holds one mapping."""
    composed = compose(text, reading.file)
    reading.problems += composed.problems
    if composed.root is None:
        return {}
    return read_fields(composed.root, struct, names, (), what, reading)


def complain(reading: Reading, name: str, message: str, hint: str) -> None:
    """A problem at a field of a file that holds one mapping."""
    line, column = reading.places.get((name,), (1, 1))
    reading.wrong(Node("scalar", "", 0, 0, line, column), message, hint)


def conflict_line(content: bytes) -> int:
    """The line of the first mark that git leaves in a conflict, or 0."""
    for n, line in enumerate(content.splitlines(), 1):
        if line.startswith((b"<<<<<<<", b">>>>>>>")):
            return n
    return 0


def located(sheet: FactSheet) -> FactSheet:
    """The sheet with every evidence found in the article's text, or lost."""
    text = sheet.article.text
    if not text:
        return sheet
    facts: dict[str, Any] = {}
    for kind in KINDS:
        if kind != "actors":
            facts[kind] = tuple(
                f if f.evidence.start is not None else msgspec.structs.replace(f, evidence=locate(f.evidence, text))
                for f in getattr(sheet, kind)
            )
    return msgspec.structs.replace(sheet, **facts)


def extracted_bytes(extracted: Extracted) -> bytes:
    """JSON with a line for each fact and each field of the article, so that git shows what changed."""
    plain = msgspec.to_builtins(extracted)
    parts = []
    for name in ("key", "own", "edited", *FactSheet.__struct_fields__, "struck", "kept"):
        value = plain[name]
        if name in ("article", "struck", "kept"):
            rows = [f"  {line(k)}: {line(v) if name == 'article' else indented(v, 3)}" for k, v in value.items()]
            parts.append(f" {line(name)}: {{\n" + ",\n".join(rows) + "\n }")
        else:
            parts.append(f" {line(name)}: {indented(value, 2)}")
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def indented(value: Any, depth: int) -> str:
    """A list with a line an item; all else on one line."""
    if not isinstance(value, list) or not value:
        return line(value)
    return "[\n" + ",\n".join(" " * depth + line(v) for v in value) + "\n" + " " * (depth - 1) + "]"


def line(value: Any) -> str:
    return msgspec.json.encode(value).decode()


# --- reading many ---


def plain_bytes(path: str) -> bytes:
    """A file's bytes; a link is refused where the system can."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    with open(handle, "rb") as file:
        return file.read()


# --- keys ---


def extraction_key(article: bytes, model: str) -> str:
    """What an extraction depends on, as two digests joined by a colon: the article's bytes; the extractor's code and word lists, and the model.

    Apart, so that a build can tell a corrected article, which it extracts again, from a newer extractor, which only `update` applies.
    """
    return f"{digest_of(article)}:{extractor_key(model)}"


def extractor_key(model: str) -> str:
    """The half of the key that tells of the extractor: its code and word lists, the model and its version."""
    return digest_of(extractor_digest().encode(), model.encode(), model_version(model).encode())


def digest_of(*parts: bytes) -> str:
    """One digest of several byte strings; where one ends and the next begins counts."""
    whole = blake2b(digest_size=10)
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


@functools.cache
def extractor_digest() -> str:
    """Of the source of all that reads and extracts."""
    return source_digest(EXTRACTOR)


@functools.cache
def code_digest() -> str:
    """Of the source of all that reads sheets."""
    return source_digest(SHEET_READER)


def source_digest(names: tuple[str, ...]) -> str:
    home = Path(__file__).parent
    files = [f for n in names for f in ([home / n] if n.endswith(".py") else home.joinpath(n).rglob("*"))]
    digest = blake2b(digest_size=16)
    for file in sorted((f for f in files if f.suffix in (".py", ".yaml") and f.is_file()), key=lambda f: f.relative_to(home).as_posix()):
        content = file.read_bytes().replace(b"\r\n", b"\n")  # as git may check it out on Windows
        digest.update(PurePosixPath(file.relative_to(home)).as_posix().encode() + b"\0" + len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()


@functools.cache
def model_version(model: str) -> str:
    """The installed model's version, or nothing where it is not installed."""
    try:
        return metadata.version(model)
    except (metadata.PackageNotFoundError, ValueError):
        return ""
