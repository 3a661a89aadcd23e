"""Bytes as a person's edits of a text, so that the fuzzer's changes stay near what can be read."""

from __future__ import annotations

from collections.abc import Iterator

from tests.sheets import HOSTILE


def take(data: bytes) -> Iterator[tuple[int, int, str]]:
    """(what, where, words): a byte, a byte, and a byte that says how many of the next are the words, or which of the hostile ones they are."""
    at = 0
    while at + 2 < len(data):
        what, where, size = data[at : at + 3]
        at += 3
        if size >= 0x80:
            yield what, where, HOSTILE[size % len(HOSTILE)]
        else:
            yield what, where, data[at : at + size].decode("utf-8", "replace")
            at += size


def edited(text: str, data: bytes) -> str:
    """The text after the edits, line by line."""
    lines = text.split("\n")
    for what, where, words in take(data):
        n = where % len(lines)
        line = lines[n]
        match what % 8:
            case 0:
                lines[n : n + 1] = []
            case 1:
                lines[n] = words
            case 2:
                lines.insert(n, words)
            case 3:  # as a field beside this one
                lines.insert(n + 1, " " * (len(line) - len(line.lstrip(" -"))) + words)
            case 4:  # another value
                lines[n] = f"{line.partition(': ')[0]}: {words}"
            case 5:
                lines[n] = line + words
            case 6:
                lines.insert(n, line)
            case _:
                lines[n] = line.replace(line[len(line) // 2 :], words)
        lines = lines or [""]
    return "\n".join(lines)
