"""The disk: of what pieces large files were made last, so that an edit of one sheet makes its piece anew and takes the others out of the file.

`.cache/pieces/` holds a list of keys and sizes a file. The pieces themselves are in the site's file, which is believed only where it stands as the
build left it; what is no file of the site is kept whole. All of it may be deleted at any time: then files are made from nothing, with the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import msgspec

from generator.making import Made
from generator.outputs.drafts import Before, Memory, Pieces
from generator.shelf import opened, write_sealed


class Record(msgspec.Struct, array_like=True):
    """What is known of a file: it holds while program, themes and settings are the same."""

    around: bytes
    key: bytes  # of what the site's file is made of, as in the manifest
    pieces: Pieces
    content: bytes | None = None


RECORD = msgspec.msgpack.Decoder(Record)


@dataclass(frozen=True)
class Remembered(Memory):
    """The memory of a build. Processes may share it: each list is written at once, by the one that makes the file."""

    folder: Path  # .cache/pieces
    site: Path  # public
    known: Mapping[str, Made]  # the manifest
    standing: Mapping[str, tuple[int, int]]  # path → size, time
    around: bytes
    key: bytes = b""  # of the file that is made now

    def before(self, name: str) -> Before | None:
        kept = opened(self.place(name), RECORD)
        if kept is None or kept.around != self.around:
            return None
        content = self.standing_file(name, kept.key) if kept.content is None else kept.content
        return None if content is None else Before(content, kept.pieces)

    def standing_file(self, path: str, key: bytes) -> bytes | None:
        """The site's file, if it is the one of that key, untouched since."""
        made = self.known.get(path)
        if made is None or made.key != key or self.standing.get(path) != (made.size, made.time):
            return None
        with suppress(OSError):
            content = (self.site / path).read_bytes()
            return content if len(content) == made.size else None
        return None

    def keep(self, name: str, pieces: Pieces, content: bytes | None = None) -> None:
        with suppress(OSError):  # a cache that cannot be written is none, and no harm
            self.folder.mkdir(parents=True, exist_ok=True)
            write_sealed(self.place(name), msgspec.msgpack.encode(Record(self.around, self.key, pieces, content)))

    def place(self, name: str) -> Path:
        return self.folder / quote(name, safe="")
