"""Finds the stretches of an article that are names, and says what kind of actor each names.

spaCy's small model marks most names, with wrong borders and wrong kinds in one of four. So the borders here are those of runs
of capitalised words, cut by titles, and a kind is decided once for the whole article: by lists, by the words around it, last by spaCy's votes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from generator.extract.text import Analysed
from generator.model import ActorType
from generator.names import (
    address_forms,
    ambiguous_countries,
    countries,
    demonyms,
    first_names,
    known_organizations,
    places,
    seats,
    words_of,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc

LONGEST = 14  # words of a name; more is a line of capitals


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it stands: tokens and characters, its words, and the tokens of the title before it."""

    first: int
    last: int  # one past its last token
    start: int
    end: int
    text: str
    titled: bool = False


class Tokens:
    """The columns of a `Doc` that the search for names reads, taken out once, for token by token is slow."""

    def __init__(self, doc: Doc) -> None:
        strings = doc.vocab.strings
        self.text = [t.text for t in doc]
        columns = doc.to_array(["IDX", "POS", "ENT_TYPE", "ENT_IOB", "DEP", "SENT_START", "SPACY"])
        heads = doc.to_array(["HEAD"]).reshape(-1).astype("int64")
        self.start = columns[:, 0].tolist()
        self.end = [s + len(t) for s, t in zip(self.start, self.text, strict=True)]
        self.pos = [strings[int(v)] for v in columns[:, 1]]
        self.ent = [strings[int(v)] for v in columns[:, 2]]
        self.begins = [int(v) == 3 for v in columns[:, 3]]
        self.dep = [strings[int(v)] for v in columns[:, 4]]
        self.opens = [int(v) == 1 for v in columns[:, 5]]
        self.spaced = [bool(v) for v in columns[:, 6]]
        self.head = [i + int(h) for i, h in enumerate(heads)]
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
    """The word lists the rules below ask, by a short name."""
    heads = words_of("titles", "heads")
    return {
        "titles": heads,
        "before": words_of("titles", "before"),
        "org": words_of("organisations", "heads"),
        "weak": words_of("organisations", "weak"),
        "legal": words_of("organisations", "legal"),
        "not": words_of("organisations", "not_actors"),
        "groups": words_of("organisations", "groups"),
        "place": words_of("places", "heads"),
        "place_first": words_of("places", "first"),
        "calendar": words_of("plain", "calendar"),
        "particles": words_of("plain", "particles"),
        "inner": words_of("plain", "inner"),
    }


def find_names(text: Analysed) -> tuple[Tokens, list[Name]]:
    """All stretches that may be names, in order. Headings give none: their capitals mean nothing."""
    t = tokens_of(text.doc)
    names: list[Name] = []
    i, n = 0, len(t)
    while i < n:
        if not opens_name(t, i):
            i += 1
            continue
        stop = run_end(t, i)
        names += cut_run(t, i, stop)
        i = stop
    headings = [(p.start, p.end) for p in text.paragraphs if p.kind == "heading"]
    if headings:
        names = [m for m in names if text.paragraph_at(m.start).kind != "heading"]
    return t, names


def capital(word: str) -> bool:
    """Whether a word is written like a name: a capital first, or one inside ("eBay")."""
    return word[:1].isupper() or (len(word) > 2 and word[:1].isalpha() and any(c.isupper() for c in word[1:3]))


def opens_name(t: Tokens, i: int) -> bool:
    """Whether a name may begin here. At a sentence's start a capital says little, so the tagger must agree."""
    word = t.text[i]
    if not capital(word) or (word in ("I", "A", "The") and not t.ent[i]) or t.pos[i] == "SPACE":
        return False
    if word in ("The", "A", "An", "I"):
        return False
    if at_start(t, i):
        return t.pos[i] == "PROPN" or bool(t.ent[i]) or word in countries() or word in known_organizations()
    return t.pos[i] in ("PROPN", "NOUN", "ADJ", "X") or bool(t.ent[i]) or word in countries() or word in known_organizations()


def at_start(t: Tokens, i: int) -> bool:
    return i == 0 or t.opens[i] or t.pos[i - 1] in ("SPACE",) or t.text[i - 1] in ('"', "“", ":", "•", "-", "–", "—", "'", "‘")


def run_end(t: Tokens, i: int) -> int:
    """One past the last token of the run of capitalised words that begins at `i`, with the small words that belong inside."""
    n, j = len(t), i + 1
    while j < n and j - i < LONGEST:
        word = t.text[j]
        glued = not t.spaced[j - 1]
        if t.pos[j] == "SPACE" or t.opens[j]:
            break
        if capital(word) and t.pos[j] != "SPACE" and word != "I":
            j += 1
            continue
        k = j + 1
        if k >= n or t.opens[j] or t.opens[k]:
            break
        if word in ("-", "–") and glued and not t.spaced[j] and t.text[k][:1].isalpha():
            j += 2  # "Jong-un", "NATO-Russia"
            continue
        if word in lists()["particles"] and capital(t.text[k]):
            j += 2
            continue
        if word == "," and t.text[k] in lists()["legal"]:
            j += 2
            continue
        if word in lists()["inner"] and (stop := across(t, i, j)):
            j = stop
            continue
        break
    return j


def across(t: Tokens, i: int, j: int) -> int:
    """One past the capitalised word after the small words at `j`, if they belong to one name; else 0."""
    k = j
    while k < len(t) and k - j < 3 and (t.text[k] in lists()["inner"]) and not t.opens[k]:
        k += 1
    if k >= len(t) or not capital(t.text[k]) or t.opens[k] or t.pos[k] == "SPACE":
        return 0
    one = t.ent[j] in ("ORG", "FAC", "LAW", "EVENT", "WORK_OF_ART") and not any(t.begins[j : k + 1])
    before = t.text[j - 1]
    if t.text[j] in ("of", "for", "on", "&") and (before in lists()["org"] or t.text[j] == "&"):
        return k + 1
    if t.text[j] in ("'s", "’s") and t.text[k] in lists()["org"] and not t.spaced[j - 1] and before not in countries():
        return k + 1 if one else 0
    return k + 1 if one else 0


def cut_run(t: Tokens, a: int, b: int) -> list[Name]:
    """The names in one run: titles off, a country before a title by itself, two entities that stand side by side apart."""
    words = lists()
    while a < b and (t.text[a] in lists()["calendar"] or t.text[a] in ("The", "A", "An")):
        a += 1
    while b > a and (t.text[b - 1] in lists()["calendar"] or t.text[b - 1] in ("'s", "’s", "-", "–", ",", "'")):
        b -= 1
    if a >= b:
        return []
    whole = t.cut(a, b)
    if whole in countries() or whole in known_organizations():
        return [name(t, a, b)]
    p = title_end(t, a, b)
    if p > a:
        found = cut_run(t, a, a + 1) if t.text[a] in countries() or t.text[a] in known_organizations() else []
        return [*found, *([name(t, p, b, True)] if p < b else [])]
    if b - a > 1 and t.text[a] in demonyms() and t.text[b - 1] not in words["org"]:
        return cut_run(t, a + 1, b) if t.ent[a + 1] == "PERSON" else []
    for q in range(a + 1, b):
        if t.begins[q] and t.ent[q] == "PERSON" and t.text[b - 1] not in words["org"] and t.ent[q - 1] != "PERSON":
            return [*cut_run(t, a, q), *cut_run(t, q, b)]
    return [name(t, a, b, a > 0 and t.text[a - 1].lower() in words["titles"] and t.spaced[a - 1])]


def name(t: Tokens, a: int, b: int, titled: bool = False) -> Name:
    return Name(a, b, t.start[a], t.end[b - 1], t.cut(a, b), titled)


def title_end(t: Tokens, a: int, b: int) -> int:
    """One past the title that opens a run ("Russian Deputy Foreign Minister Sergei Ryabkov"), or `a` where none does."""
    words = lists()
    last = t.text[b - 1]
    if last in words["org"] or last in words["legal"] or last in words["not"]:
        return a
    p = a
    for i in range(a, b):
        low = t.text[i].lower()
        if low in words["titles"] or t.text[i] in address_forms():
            p = i + 1
            if p < b and t.text[p] == "of":
                for q in range(p + 1, b):
                    if t.begins[q] and t.ent[q] == "PERSON":
                        return q
                if p + 1 < b and t.text[p + 1] in ("State", "Defense", "Defence"):
                    p += 2
                else:
                    return b
    return p


def kinds(t: Tokens, names: list[Name]) -> dict[str, ActorType | None]:
    """The kind of actor each string names over the whole article; None for what is no actor."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for m in names:
        for i in range(m.first, m.last):
            if t.ent[i]:
                votes[m.text][t.ent[i]] += 1
        votes[m.text]["all"] += m.last - m.first
        if m.titled:
            votes[m.text]["TITLE"] += 1
    return {text: kind_of(text, votes[text]) for text in votes}


def kind_of(text: str, votes: Counter[str]) -> ActorType | None:
    words, lists_ = text.split(), lists()
    if text in countries() and not (countries()[text] in ambiguous_countries() and votes["PERSON"] > votes["GPE"]):
        return "country"
    if text in known_organizations():
        return "organization"
    if text in lists_["groups"]:
        return "group"
    if text in places() or text in seats() or text in demonyms() or text in lists()["calendar"]:
        return None
    last = words[-1]
    if votes["TITLE"]:
        return "person"
    if last in lists_["not"]:
        return None
    if last in lists_["legal"]:
        return "organization"
    head = next((w for w, nxt in pairwise(words) if nxt in ("of", "for", "on") and w in lists_["org"]), None)
    if (head or (last in lists_["org"] and len(words) > 1)) and ((head or last) not in lists_["weak"] or votes["ORG"]):
        return "organization"
    if last in lists_["place"] or words[0] in lists_["place_first"]:
        return None
    if words[0] in first_names() and 1 < len(words) <= 4 and votes["PERSON"] + 1 >= votes["ORG"]:
        return "person"
    best = max(("PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"), key=lambda k: votes[k])
    if not votes[best]:
        return None
    if best == "PERSON":
        return "organization" if text.isupper() and len(words) == 1 else "person"
    if best == "ORG":
        return "organization"
    if best == "NORP":
        return "group" if last.endswith("s") and len(last) > 3 else None
    return None
