"""Bytes → text: encodings, line ends and the characters nobody sees. What cannot be read is a ReadError that says so."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePath

from generator.words import slug

# Zero-width marks, soft hyphens and controls: pages carry them, readers do not see them, and they break words and quotations apart.
# A page break stands between two pages of a printed text, so it becomes a line break.
UNSEEN = {
    **dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A))),
    0x0C: "\n",
}
UNSEEN |= dict.fromkeys((*range(9), *range(14, 32), *range(127, 133), *range(134, 160)))
WIDE_GAP = re.compile(r"([^\S\n]{20})[^\S\n]+")
SPACES_ALONE = re.compile(r"(?<=\n)[^\S\n]+(?=\n)")
TALL_GAP = re.compile(r"(\n{10})\n+")
LINE_ENDS = re.compile(r"\r\n?|[\x0b\x85\u2028\u2029]")
CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_.:-]{2,40})""", re.I)
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
HEAD = 4096  # bytes of a page in which its charset must be declared; the HTML standard asks for the first 1024
MOST_ODD = 0.05  # share of control bytes that makes a file no text
LARGEST_TEXT = 1_000_000  # bytes of a paste or a Markdown file: ten times the longest feature
LARGEST_PAGE = 20_000_000  # bytes of a saved page, which may carry its pictures within it
# How files begin that are often given an article's ending by mistake.
OTHERS = (
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"{\\rtf",
    b"\xd0\xcf\x11\xe0",
    b"\x7fELF",
)


class ReadError(ValueError):
    """A file that is no article: one sentence with the file, the line where there is one, what is wrong and what to do."""

    def __init__(self, file: str, what: str, todo: str, line: int | None = None) -> None:
        self.file, self.what, self.todo, self.line = file, what, todo, line
        super().__init__(f"{file}{f':{line}' if line else ''}: {what}: {todo}")

    def __reduce__(self) -> tuple[type[ReadError], tuple[str, str, str, int | None]]:
        """As it was made, so that it travels between processes."""
        return ReadError, (self.file, self.what, self.todo, self.line)


def article_id(file: str) -> str:
    """The article's id: the slug of the file's name without its ending."""
    return slug(PurePath(file).stem, "article")


def decode(content: bytes, file: str, page: bool = False) -> str:
    """The text of a file: UTF-8, UTF-16, or Windows-1252; a page's own declaration comes before the last. Line ends become `\\n`."""
    most = LARGEST_PAGE if page else LARGEST_TEXT
    if len(content) > most:
        raise ReadError(file, f"the file has more than {most // 1_000_000} MB", "keep the article alone in it, or split it into several")
    if not content.strip(b" \t\r\n\x00"):
        raise ReadError(file, "the file is empty", "put the article's text in it")
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return clean(content[len(mark) :].decode(encoding, "replace"))
    wide = wide_encoding(content[:HEAD])
    if wide:
        return clean(content.decode(wide, "replace"))
    odd = sum(content[:HEAD].count(n) for n in range(32) if n not in b"\t\n\r\f\v\x1b")
    if odd > MOST_ODD * min(len(content), HEAD) or content.startswith(OTHERS):
        raise ReadError(file, "this is no text file", "copy the article's text out of it, or save the page as HTML")
    try:
        return clean(content.decode("utf-8"))
    except UnicodeDecodeError:
        return clean(legacy(content, page))


def wide_encoding(head: bytes) -> str | None:
    """UTF-16 without its mark: of Latin letters every other byte is 0, and of the bytes between hardly any."""
    for encoding, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        zeros, others = head[first::2].count(0), head[1 - first :: 2].count(0)
        if zeros > 0.6 * (len(head) // 2) and others < 0.01 * len(head) and len(head) > 3:
            return encoding
    return None


def legacy(content: bytes, page: bool) -> str:
    """Text that is no UTF-8: in the charset that the page declares, else UTF-8 as far as it goes, and Windows-1252 where it does not.

    So a single broken byte costs one character, and text pasted together from two encodings is read as both.
    """
    declared = CHARSET.search(content[:HEAD]) if page else None
    name = declared[1].decode("ascii").lower() if declared else ""
    # Browsers read the first few as Windows-1252, and so do people's pages mean them.
    if name not in {"", "iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii", "windows-1252", "cp1252", "utf-8", "utf8"}:
        try:
            text, _ = codecs.lookup(name).decode(content, "replace")
            if isinstance(text, str):
                return text
        except (LookupError, UnicodeError, ValueError):
            pass
    return content.decode("utf-8", "windows-1252")


def as_windows(error: UnicodeError) -> tuple[str, int]:
    """For `decode`: the bytes that are no UTF-8, in Windows-1252."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("windows-1252", as_windows)


def clean(text: str) -> str:
    """Plain line ends, no characters that nobody sees, and no gaps wider or taller than a page has.

    The last is for safety: rules may look for white space at every place, and a text of nothing else would take them time by its square.
    """
    plain = LINE_ENDS.sub("\n", text).translate(UNSEEN)
    return TALL_GAP.sub(r"\1", SPACES_ALONE.sub("", WIDE_GAP.sub(r"\1", plain)))
