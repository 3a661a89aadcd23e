"""What was made lately and may be asked for again, so much of it as stays in hand on a site of any size."""

from __future__ import annotations

from typing import Generic, TypeVar

Key = TypeVar("Key")
Thing = TypeVar("Thing")


class Recent(Generic[Key, Thing]):
    """Keeps at least the last `many` things that were put in or asked for, and at most twice as many."""

    def __init__(self, many: int) -> None:
        self.many = many
        self.young: dict[Key, Thing] = {}
        self.old: dict[Key, Thing] = {}

    def get(self, key: Key) -> Thing | None:
        thing = self.young.get(key)
        if thing is None and (thing := self.old.get(key)) is not None:
            self.put(key, thing)
        return thing

    def put(self, key: Key, thing: Thing) -> None:
        if len(self.young) >= self.many:
            self.old, self.young = self.young, {}
        self.young[key] = thing
