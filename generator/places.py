"""Where a person edits each fact: "article id/kind/fact id" → "sheets/x.yaml:41".

A large site has a hundred thousand facts, and a page asks for a few: so their lines are looked up a sheet at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

Names = Mapping[str, Mapping[str, str]]  # article id → its actors' ids → the ones that hold over all articles


class EditPlaces(Mapping[str, str]):
    """The places of all facts, under their kind and id, or id alone; an article's own id is its sheet, "sheets/x.yaml".

    `lines` gives a sheet's: "claims/<id>" → line. An actor is found under the id that holds over all articles too (`names`).
    """

    def __init__(self, articles: Iterable[str], lines: Callable[[str], Mapping[str, int]], names: Names | None = None) -> None:
        self.articles = frozenset(articles)
        self.lines = lines
        self.names = names or {}
        self.of = lru_cache(maxsize=64)(self.of_sheet)

    def named(self, names: Names) -> EditPlaces:
        """The same with actors under their new ids too."""
        return EditPlaces(self.articles, self.lines, names)

    def of_sheet(self, article: str) -> dict[str, int]:
        """The lines of a sheet's facts. Where two kinds share an id, the id alone means the later one."""
        found: dict[str, int] = {}
        for name, line in self.lines(article).items():
            found[name] = found[name.partition("/")[2]] = line
        for old, new in self.names.get(article, {}).items():
            if old != new and old in found:
                found.setdefault(new, found[old])
        return found

    def __getitem__(self, key: str) -> str:
        article, slash, fact = key.partition("/")
        if article not in self.articles:
            raise KeyError(key)
        file = f"sheets/{article}.yaml"
        return f"{file}:{self.of(article)[fact]}" if slash else file

    def __iter__(self) -> Iterator[str]:
        for article in sorted(self.articles):
            yield article
            yield from (f"{article}/{name}" for name in self.of(article))

    def __len__(self) -> int:
        return sum(1 for _ in self)
