"""A memory of files for tests: it keeps everything, and believes all of it."""

from __future__ import annotations

from generator.outputs.drafts import Before, Draft, Memory, Pieces


class InMind(Memory):
    """Remembers in this process."""

    def __init__(self) -> None:
        self.pieces: dict[str, Pieces] = {}
        self.contents: dict[str, bytes] = {}

    def before(self, name: str) -> Before | None:
        return Before(self.contents[name], self.pieces[name]) if name in self.contents and name in self.pieces else None

    def keep(self, name: str, pieces: Pieces, content: bytes | None = None) -> None:
        self.pieces[name] = pieces
        if content is not None:
            self.contents[name] = content


def made_of(draft: Draft, memory: InMind) -> bytes:
    """A draft's file, made out of what is remembered, and remembered in its turn."""
    if draft.again is None:
        return draft.make()
    content = memory.contents[draft.path] = draft.again(memory)
    return content
