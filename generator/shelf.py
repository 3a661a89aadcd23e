"""Sheets as read and checked, kept from one run to the next, so that a run reads what changed and decodes what it needs.

`.cache/sheets/<version>/index` tells of every sheet what may be asked without its facts: the digest of its bytes, its lines, its problems.
The facts are in the numbered files beside it, some sheets in each. All of it may be deleted at any time; what is damaged, or was written by
another version of the program, is not looked at.

As git does, a file is taken to be unchanged while its size, times and number on the disk are the same, but only where its times are older
than the moment at which reading began: what is saved twice within one tick of the clock, or later than we read it, is read again. Then its
digest decides.
"""

from __future__ import annotations

import gc
import os
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec

from generator.checks import CHECKS, check_sheet
from generator.model import KINDS, Digests, FactSheet, ParsedSheet, Problem
from generator.sheetfile import Places

PARTS = 64  # files of facts: so many that one edit rewrites little, so few that opening them costs nothing
OURS = tuple(CHECKS)  # a plugin may add to them, and change its mind without our knowing: then nothing of what checks found is kept

Signature = tuple[int, ...]  # of the sheet's file and of the machine's: size, times, number on the disk


NOTHING = Digests(b"", b"", b"", b"")


class Wanted(msgspec.Struct, frozen=True):
    """A sheet to be read."""

    id: str
    digest: str | None  # of what the cache has of it
    plain: bool  # neither of its files is a link
    machine: bool  # there is a machine's record beside it


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """A sheet as read and checked, packed. Problems name their files from the site's folder on, for it may be called by another path next time."""

    digest: str  # of its bytes and the machine's
    parts: Digests = NOTHING
    lines: bytes = b""  # "claims/<id>" → the line where the fact begins; nothing where the sheet could not be read
    misread: bytes = b""  # the problems of reading alone; nothing where there are none
    problems: bytes = b""  # of reading and checking
    facts: bytes = b""  # the sheet; nothing where it is what the cache has
    lasting: bool = True  # it depends on nothing but the bytes


class Row(msgspec.Struct, array_like=True):
    """What the index tells of a sheet."""

    signature: Signature
    digest: str
    parts: Digests
    lines: bytes
    misread: bytes
    problems: bytes


class Index(msgspec.Struct, array_like=True):
    """All rows, and the time of the disk's clock at which reading them began."""

    began: int = 0
    rows: dict[str, Row] = {}


Held = TypeVar("Held")
Decoded = dict[str, tuple[str, FactSheet]]  # id → digest, sheet
Part = dict[str, tuple[str, bytes | memoryview]]  # id → digest, facts
LINES = msgspec.msgpack.Decoder(dict[str, int])
PROBLEMS = msgspec.msgpack.Decoder(tuple[Problem, ...])
FACTS = msgspec.msgpack.Decoder(FactSheet)
INDEX = msgspec.msgpack.Decoder(Index)
PART = msgspec.msgpack.Decoder(dict[str, tuple[str, memoryview]])


class Source(Protocol):
    """Where sheets come from: `store.Content`."""

    def sheet_file(self, id_: str) -> str:
        """The name of a sheet's file, for problems."""

    def sheet_words(self, id_: str) -> str:
        """A sheet's text; nothing where it cannot be read."""

    def entries(self, wanted: Sequence[Wanted]) -> list[Entry]:
        """Sheets, read and checked."""

    @property
    def above(self) -> str:
        """What comes before `content/` in the names of files."""


class Shelf:
    """All sheets of a site. `ids`, `digest`, `lines` and `problems` cost a look into the index; `sheet` decodes one.

    `decoded` are the sheets that `all` gave an earlier shelf of this process; those of this one take their place.
    """

    def __init__(self, folder: Path, source: Source, decoded: Decoded | None = None) -> None:
        self.folder, self.source = folder, source
        self.decoded = {} if decoded is None else decoded
        self.index = opened(folder / "index", INDEX) or Index()
        self.parts: dict[int, Part] = {}
        self.ids: list[str] = []

    # --- asking ---

    def digest(self, id_: str) -> str:
        """Of all that a sheet is made of: its bytes and the machine's record."""
        return self.index.rows[id_].digest

    def digests(self) -> dict[str, Digests]:
        """What stands for the parts of every sheet."""
        return {id_: self.index.rows[id_].parts for id_ in self.ids}

    def lines(self, id_: str) -> Mapping[str, int]:
        """ "claims/<id>" → the line where a fact begins, in the order of the sheet."""
        packed = self.index.rows[id_].lines
        return LINES.decode(packed) if packed else {}

    def sheet(self, id_: str) -> FactSheet:
        """A sheet with the article's text, and every evidence found in it."""
        facts = self.facts(id_)
        with suppress(msgspec.DecodeError):
            return FACTS.decode(facts)
        return FACTS.decode(self.again(id_).facts)

    def problems(self, id_: str) -> Sequence[Problem]:
        """All that is wrong with a sheet by itself."""
        if tuple(CHECKS) != OURS:
            return check_sheet(self.parsed(id_))
        return self.named(self.index.rows[id_].problems)

    def parsed(self, id_: str, sheet: FactSheet | None = None) -> ParsedSheet:
        """A sheet as `sheetfile.parse` gives it; its places are found when asked for."""
        file, row = self.source.sheet_file(id_), self.index.rows[id_]
        places = Places(file, partial(self.source.sheet_words, id_)) if row.lines else {}
        return ParsedSheet(file=file, sheet=sheet or self.sheet(id_), places=places, problems=self.named(row.misread))

    def all(self) -> list[ParsedSheet]:
        """All sheets, by id. What was decoded before is taken as it is while its digest is the same."""
        rows, kept = self.index.rows, self.decoded
        with uncollected():
            for id_ in kept.keys() - set(self.ids):
                del kept[id_]
            for part, ids in grouped(i for i in self.ids if i not in kept or kept[i][0] != rows[i].digest).items():
                for id_ in ids:
                    sheet = self.sheet(id_)
                    kept[id_] = self.digest(id_), sheet  # asked for after the sheet, which may have been read once more
                self.let_go(part)
            return [self.parsed(id_, kept[id_][1]) for id_ in self.ids]

    def named(self, packed: bytes) -> tuple[Problem, ...]:
        """Problems, with their files as the site's folder is called now."""
        if not packed:
            return ()
        problems, above = PROBLEMS.decode(packed), self.source.above
        return tuple(msgspec.structs.replace(p, file=above + p.file) for p in problems) if above else problems

    # --- the facts ---

    def facts(self, id_: str) -> bytes | memoryview:
        """A sheet's facts, packed."""
        digest, facts = self.part(part_of(id_)).get(id_, ("", b""))
        return facts if digest == self.digest(id_) else self.again(id_).facts

    def again(self, id_: str) -> Entry:
        """Reads a sheet whose facts are not where the index says."""
        (entry,) = self.source.entries([Wanted(id_, None, plain=False, machine=True)])
        self.put(id_, (), entry)
        return entry

    def part(self, n: int) -> Part:
        if n not in self.parts:
            self.parts[n] = dict(opened(self.folder / f"{n:02}", PART) or ())
        return self.parts[n]

    def let_go(self, n: int) -> None:
        """Gives the memory of a part back, if it is on the disk."""
        if (self.folder / f"{n:02}").exists():
            self.parts.pop(n, None)

    # --- reading what changed ---

    def refresh(self, found: Sequence[tuple[str, Signature]], read: Callable[[list[list[Wanted]]], Iterable[list[Entry]]]) -> None:
        """Reads the sheets that changed, by `read`, which takes them in batches. `found`: all sheets with their signatures, in order."""
        self.ids = [id_ for id_, _ in found]
        signatures = dict(found)
        rows, began = self.index.rows, self.index.began
        changed = [i for i, signature in signatures.items() if not is_known(rows.get(i), signature, began)]
        gone = rows.keys() - signatures.keys()
        if not changed and not gone:
            return
        now = self.begin()
        batches = grouped(changed)
        wanted = [[self.wanted(i, signatures[i]) for i in batch] for batch in batches.values()]
        for (n, batch), entries in zip(batches.items(), read(wanted), strict=True):
            for id_, entry in zip(batch, entries, strict=True):
                self.put(id_, signatures[id_], entry)
            if any(entry.facts for entry in entries):
                self.write_part(n)
        for id_ in gone:
            del rows[id_]
        for n in grouped(gone):
            self.write_part(n)
        self.index.began = now
        write_sealed(self.folder / "index", msgspec.msgpack.encode(self.index))

    def wanted(self, id_: str, signature: Signature) -> Wanted:
        """A sheet to be read; what the cache has of it need not be made again."""
        row = self.index.rows.get(id_)
        known = row.digest if row is not None and self.part(part_of(id_)).get(id_, ("",))[0] == row.digest else None
        return Wanted(id_, known, plain=bool(signature), machine=not signature or signature[4:] != NO_FILE)

    def put(self, id_: str, signature: Signature, entry: Entry) -> None:
        if not entry.lasting:
            signature = ()
        if not entry.facts:
            self.index.rows[id_].signature = signature
            return
        self.index.rows[id_] = Row(signature, entry.digest, entry.parts, entry.lines, entry.misread, entry.problems)
        self.part(part_of(id_))[id_] = (entry.digest, entry.facts)

    def write_part(self, n: int) -> None:
        rows = self.index.rows
        kept = {id_: row for id_, row in self.part(n).items() if id_ in rows}
        self.parts[n] = kept
        if write_sealed(self.folder / f"{n:02}", msgspec.msgpack.encode(kept)):
            self.parts.pop(n)

    def begin(self) -> int:
        """The time by the clock that stamps files, in nanoseconds, and the end of what other versions left; 0 where nothing can be written."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            for old in self.folder.parent.iterdir():
                if old != self.folder and old.is_dir():
                    for file in old.iterdir():
                        file.unlink()
                    old.rmdir()
            handle, path = tempfile.mkstemp(dir=self.folder)
            now = os.fstat(handle).st_mtime_ns
            os.close(handle)
            os.unlink(path)
            return now
        return 0


NO_FILE = (-1, 0, 0, 0)


def signature_of(stat: os.stat_result | None) -> Signature:
    """What changes when a file does. The second time is set by the system alone, so a program that keeps the first does not deceive."""
    return NO_FILE if stat is None else (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


def is_known(row: Row | None, signature: Signature, began: int) -> bool:
    """Whether a sheet's files are sure to be as they were when they were read."""
    if row is None or not signature or row.signature != signature:
        return False
    _, a, b, _, _, c, d, _ = signature
    return a < began and b < began and c < began and d < began


def pack(digest: str, parsed: ParsedSheet, above: str, lasting: bool = True) -> Entry:
    """A sheet as read, checked and packed."""
    lines: dict[str, int] = {}
    for kind in KINDS:
        for n, fact in enumerate(getattr(parsed.sheet, kind)):
            lines[f"{kind}/{fact.id}"] = parsed.places[kind, n][0]
    misread, problems = (pack_problems(p, above) for p in (parsed.problems, check_sheet(parsed, OURS)))
    packed, facts = msgspec.msgpack.encode(lines) if lasting else b"", msgspec.msgpack.encode(parsed.sheet)
    return Entry(digest, parts_of(parsed.sheet, lines), packed, misread, problems, facts, lasting)


def parts_of(sheet: FactSheet, lines: Mapping[str, int]) -> Digests:
    """What stands for the parts of a sheet, and for where they are."""

    def stands_for(part: object, kind: str) -> bytes:
        at = [line for name, line in lines.items() if name.startswith(kind)]
        return blake2b(msgspec.msgpack.encode((part, at)), digest_size=12).digest()

    head = msgspec.structs.replace(sheet, claims=(), meetings=(), figures=())
    claims, meetings, figures = (stands_for(getattr(sheet, kind), kind) for kind in ("claims", "meetings", "figures"))
    return Digests(stands_for(head, "actors"), claims, meetings, figures)


def pack_problems(problems: Sequence[Problem], above: str) -> bytes:
    """Problems, with their files as seen from the site's folder."""
    return msgspec.msgpack.encode([msgspec.structs.replace(p, file=p.file[len(above) :]) for p in problems]) if problems else b""


def part_of(id_: str) -> int:
    return zlib.crc32(id_.encode("utf-8", "surrogatepass")) % PARTS


def grouped(ids: Iterable[str]) -> dict[int, list[str]]:
    """Sheets by the part that they are in."""
    found: dict[int, list[str]] = {}
    for id_ in ids:
        found.setdefault(part_of(id_), []).append(id_)
    return found


def opened(path: Path, decoder: msgspec.msgpack.Decoder[Held]) -> Held | None:
    """What a file of the cache holds; None where there is none, or it is damaged."""
    try:
        content = path.read_bytes()
        words = memoryview(content)[4:]
        return decoder.decode(words) if zlib.crc32(words) == int.from_bytes(content[:4], "big") else None
    except (OSError, msgspec.DecodeError, ValueError):
        return None


def write_sealed(path: Path, content: bytes) -> bool:
    """Writes a file of the cache with a sum to know it by; returns whether it could. A cache that cannot be written is none, and no harm."""
    with suppress(OSError):
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as f:
                f.write(zlib.crc32(content).to_bytes(4, "big"))
                f.write(content)
            os.replace(temporary, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise
        return True
    return False


@contextmanager
def uncollected() -> Iterator[None]:
    """Without looking for rings of garbage, of which plain values make none: among a million new ones the looking costs a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.freeze()  # and back: what was made counts as old, so that it is not looked through the next moment
            gc.unfreeze()
            gc.enable()
