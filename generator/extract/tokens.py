"""What the search for actors reads of spaCy's analysis, and the word lists it asks."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from generator.names import words_of

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Tokens:
    """The columns of a `Doc` that the search for names reads, taken out once, for token by token is slow."""

    def __init__(self, doc: Doc) -> None:
        strings = doc.vocab.strings
        self.text: list[str] = [t.text for t in doc]
        self.low: list[str] = [w.lower() for w in self.text]
        columns = doc.to_array(["IDX", "POS", "ENT_TYPE", "ENT_IOB", "DEP", "SENT_START", "SPACY"])
        heads = doc.to_array(["HEAD"]).reshape(-1).astype("int64")
        self.start: list[int] = columns[:, 0].tolist()
        self.end = [s + len(t) for s, t in zip(self.start, self.text, strict=True)]
        self.pos: list[str] = [strings[int(v)] for v in columns[:, 1]]
        self.ent: list[str] = [strings[int(v)] for v in columns[:, 2]]
        self.begins: list[bool] = [int(v) == 3 for v in columns[:, 3]]  # an entity begins here
        self.dep: list[str] = [strings[int(v)] for v in columns[:, 4]]
        self.opens: list[bool] = [int(v) == 1 for v in columns[:, 5]]  # a sentence begins here
        self.spaced: list[bool] = [bool(v) for v in columns[:, 6]]  # white space follows
        self.head: list[int] = [i + int(h) for i, h in enumerate(heads)]
        self.doc_text: str = doc.text

    def __len__(self) -> int:
        return len(self.text)

    def cut(self, first: int, last: int) -> str:
        """The text of the tokens from `first` up to `last`."""
        return self.doc_text[self.start[first] : self.end[last - 1]]


@lru_cache(maxsize=2)
def tokens_of(doc: Doc) -> Tokens:
    """The columns of a document; kept while its article is being read, for several steps ask."""
    return Tokens(doc)


@cache
def lists() -> dict[str, frozenset[str]]:
    """The word lists the rules ask, by a short name."""
    named = {
        "titles": ("titles", "heads"),
        "before": ("titles", "before"),
        "plural_titles": ("titles", "plural"),
        "loose": ("titles", "loose"),
        "of_places": ("titles", "of_places"),
        "org": ("organisations", "heads"),
        "weak": ("organisations", "weak"),
        "dropped": ("organisations", "dropped"),
        "of": ("organisations", "of_heads"),
        "legal": ("organisations", "legal"),
        "groups": ("organisations", "groups"),
        "common": ("organisations", "common"),
        "official": ("organisations", "official"),
        "not_naming": ("organisations", "not_naming"),
        "not": ("organisations", "not_actors"),
        "place": ("places", "heads"),
        "place_first": ("places", "first"),
        "calendar": ("plain", "calendar"),
        "particles": ("plain", "particles"),
        "inner": ("plain", "inner"),
        "acts": ("plain", "acts"),
        "intent": ("plain", "intent"),
        "function": ("plain", "function"),
        "credits": ("plain", "credits"),
        "vessels": ("plain", "vessels"),
        "products": ("plain", "products"),
        "bodies": ("plain", "bodies"),
        "firms": ("plain", "firms"),
        "works": ("plain", "works"),
        "people": ("plain", "people"),
    }
    return {short: words_of(file, key) for short, (file, key) in named.items()}
