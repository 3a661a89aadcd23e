"""The search index: small scripts that a page loads as it needs them, for a page opened from a folder may load scripts and cannot fetch.

Every file calls `factpressSearch(name, data)`, a function that the page's own script has set:

    search/index.js     factpressSearch("index", {kinds, chunk, parts, stop})
    search/w-0.js       factpressSearch("w-0", {"putin": [0, 17, 4], …})      some of the words, each with the entries that hold it
    search/d-0.js       factpressSearch("d-0", [["Dmitry Peskov", "actors/dmitry-peskov.html", "Kremlin spokesman"], …])     entries 0 to chunk - 1

- Entries are numbered from 0, the better first, kind by kind. `kinds` is `[["actor", 0], ["event", 480], …, ["", n]]`: a kind and its first number,
  the last one closing the list. Entry n is the `n % chunk`th of `d-{floor(n / chunk)}`: title, address from the site's root, a note.
- A word's list is ascending, each number the difference from the one before: [0, 17, 4] means 0, 17, 21.
- Words are made alike on both sides: NFKD, marks (`\\p{M}`) dropped, lower case, then runs of letters and digits (`[\\p{L}\\p{N}]+`). Runs of scripts
  that write no spaces (Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar) are cut into pairs: "外交部" is "外交" and "交部"; a run of one stays.
  A run that mixes them with others is cut at the border first. Words in `stop` are in no list.
- The words stand in the order of their UTF-16 code units, as scripts compare them, and `parts` says with which word each of the files `w-` begins.
  What begins with q is in the files from the last that begins with q or before it to the last that begins with a word that begins with q.
- An entry matches if every word of the query begins one of its words. Show the lowest numbers of each kind first.

How many files there are depends on how many entries there are, so that they can be named before any word is looked at.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from itertools import accumulate
from typing import Any, NamedTuple

import msgspec

from generator.data import load
from generator.model import FactSheet, Site
from generator.outputs import addresses
from generator.outputs.drafts import FIRST, Draft, Memory, pieces, remade
from generator.outputs.keys import key_of, keys_of
from generator.outputs.plain import clean, figure_line, line, listed, name_of, names_of, speaker_of

FOLDER = "search"
CHUNK = 200  # entries a file: some 20 kB, a tenth of a second on a slow line
WORDS = 1000  # entries whose words make a file, of about that size too
COMMON = 5000  # entries of one word; of a more common one, only the better entries are found by it
TITLE = 180  # characters of an entry's title
LAST = "\uffff"  # where a part without words would begin: behind all words
RUN = re.compile(r"[^\W_]+")
# The same for plain letters, which nearly all words are of: small, spaces between words, and without what no file takes.
LETTERS = bytes(ord(chr(n).lower()) if n < 128 and chr(n).isalnum() else 32 for n in range(256))
UNUSABLE = bytes(n for n in range(128) if not clean(chr(n)))
UNSPACED = re.compile("[぀-ヿ㐀-䶿一-鿿豈-﫿฀-๿຀-໿ក-៿က-႟\U00020000-\U0003ffff]+")


class Entry(NamedTuple):
    """What the search finds: what it shows, and the text it is found by."""

    title: str
    path: str
    note: str
    text: str


def make_search(site: Site) -> Iterator[Draft]:
    """The index in its files; it is planned without a look at the words."""
    index = Index(site)
    yield remade(f"{FOLDER}/index.js", index.contents, index.given)
    for n in range(index.parts):
        yield remade(f"{FOLDER}/w-{n}.js", partial(index.words, n), index.given)
    for n in range(-(-index.count // CHUNK)):
        yield Draft(f"{FOLDER}/d-{n}.js", partial(index.entries, n), index.shown(n), FIRST)


class Index:
    """All entries of a site in their order: actors and events, then each sheet's article, each sheet's claims, each sheet's figures."""

    def __init__(self, site: Site) -> None:
        self.site, self.keys = site, keys_of(site)
        self.ids = list(self.keys.by_id)
        sheets = self.keys.by_id.values()
        people, meetings = actors(site), events(site)
        self.first = people + meetings
        one = [1] * len(self.ids)
        self.claims, figures = ([sum(listed(site, f) for f in getattr(s, kind)) for s in sheets] for kind in ("claims", "figures"))
        # Where each sheet's entries begin, kind by kind, and where all end.
        self.starts = list(accumulate([*one, *self.claims, *figures], initial=len(self.first)))
        self.count = self.starts[-1]
        self.parts = -(-self.count // WORDS)
        ends = [0, len(people), len(self.first), *(self.starts[n * len(self.ids)] for n in (1, 2, 3))]
        self.kinds = list(zip(("actor", "event", "article", "claim", "figure", ""), ends, strict=True))
        self.given = key_of(self.first, [self.keys.sheet(id) for id in self.ids])
        self.made: dict[str, tuple[list[Entry], ...]] = {}
        self.lists: list[dict[str, list[int]]] | None = None

    # --- what is shown ---

    def of_sheet(self, id: str) -> tuple[list[Entry], ...]:
        """A sheet's entries: of its article, its claims and its figures."""
        if id not in self.made:
            self.made[id] = entries_of(self.site, self.keys.by_id[id])
        return self.made[id]

    def runs(self, n: int) -> Iterator[tuple[int, int, str]]:
        """Which sheets' entries are in a file: where they begin, of which kind they are, and the sheet."""
        run = max(0, bisect_right(self.starts, n * CHUNK) - 1)
        while run + 1 < len(self.starts) and self.starts[run] < (n + 1) * CHUNK:
            kind, sheet = divmod(run, len(self.ids))
            yield self.starts[run], kind, self.ids[sheet]
            run += 1

    def shown(self, n: int) -> Any:
        """What a file of entries is made of."""
        return self.first[n * CHUNK : (n + 1) * CHUNK], [(start, self.keys.sheet(id)) for start, _, id in self.runs(n)]

    def entries(self, n: int) -> bytes:
        start = n * CHUNK
        found = self.first[start : start + CHUNK]
        for begin, kind, id in self.runs(n):
            found += self.of_sheet(id)[kind][max(0, start - begin) : max(0, start + CHUNK - begin)]
        return script(f"d-{n}", [e[:3] for e in found])

    # --- what it is found by ---

    def contents(self, memory: Memory) -> bytes:
        begins = begins_of(self.in_parts(memory))
        return script("index", {"kinds": self.kinds, "chunk": CHUNK, "parts": begins, "stop": sorted(stop_words())})

    def words(self, n: int, memory: Memory) -> bytes:
        return script(f"w-{n}", self.in_parts(memory)[n])

    def in_parts(self, memory: Memory) -> list[dict[str, list[int]]]:
        """All words with their lists; made once."""
        if self.lists is None:
            self.lists = split(postings(self.texts(memory)), self.parts)
        return self.lists

    def texts(self, memory: Memory) -> list[str]:
        """The words of every entry. A sheet's are remembered: a line for each of its entries."""
        articles, claims, figures = list[str](), list[str](), list[str]()
        known = {id: self.keys.sheet(id) for id in self.ids}
        for piece, many in zip(pieces(memory, f"{FOLDER}/words", known, self.words_of, aside=True), self.claims, strict=True):
            title, *others = str(piece, "utf-8").split("\n")
            articles.append(title)
            claims += others[:many]
            figures += others[many:]
        return [*(telling(e.text) for e in self.first), *articles, *claims, *figures]

    def words_of(self, id: str) -> bytes:
        return "\n".join([telling(e.text) for some in self.of_sheet(id) for e in some]).encode()


# --- entries, the better first ---


def actors(site: Site) -> list[Entry]:
    """Those whom most articles name come first."""
    known = sorted((p for p in site.profiles.values() if site.config.doubtful or not p.doubtful), key=lambda p: (-len(p.articles), p.id))
    return [
        entry(
            line(p.name),
            addresses.actor_page(p.id),
            line(p.roles[0].text) if p.roles else "",
            *(p.name, *p.aliases, *(r.text for r in p.roles), p.description or ""),
        )
        for p in known
    ]


def events(site: Site) -> list[Entry]:
    """The latest first."""
    known = [e for e in reversed(site.events.values()) if site.config.doubtful or not e.doubtful]
    return [
        entry(
            line(e.title),
            addresses.event_page(e.id),
            joint(line(e.start), line(e.place)),
            *(e.title, e.place or "", names_of(site, e.participants), e.type),
        )
        for e in known
    ]


def entries_of(site: Site, sheet: FactSheet) -> tuple[list[Entry], ...]:
    """Of a sheet: its article, its claims, its figures."""
    a = sheet.article
    page, told = addresses.article_page(a.id), joint(line(a.publisher), line(a.published))
    article = entry(line(a.title), page, told, a.title, a.publisher or "", a.author or "")
    claims, figures = [], []
    for c in sheet.claims:
        if listed(site, c):
            who, about = speaker_of(site, c), [name_of(site, i) for i in c.about]
            claims.append(entry(line(c.text), f"{page}#{addresses.anchor(c)}", joint(who, told), c.text, who, *about))
    for f in sheet.figures:
        if listed(site, f):
            text, giver, source = figure_line(f), line(f.according_to), name_of(site, f.source) if f.source else ""
            figures.append(entry(text, f"{page}#{addresses.anchor(f)}", joint(giver, told), text, giver, source))
    return [article], claims, figures


def entry(title: str, path: str, note: str, *found_by: str) -> Entry:
    if len(title) > TITLE:
        title = title[:TITLE].rsplit(" ", 1)[0] + " …"
    return Entry(title or path, path, note, " ".join(found_by))


def joint(first: str, second: str) -> str:
    return f"{first}, {second}" if first and second else first or second


# --- words ---


def words(text: str) -> list[str]:
    """The words of a text as the index knows them."""
    if text.isascii():
        return text.encode().translate(LETTERS, UNUSABLE).decode().split()
    text = clean(text).translate(BARE).lower()
    return [part for word in RUN.findall(text) for part in ((word,) if word.isascii() else cut(word))]


class Bare(dict[int, str]):
    """Signs without their marks."""

    def __missing__(self, sign: int) -> str:
        bare = self[sign] = "".join(c for c in unicodedata.normalize("NFKD", chr(sign)) if not unicodedata.category(c).startswith("M"))
        return bare


BARE = Bare()


@lru_cache(maxsize=65536)
def cut(word: str) -> tuple[str, ...]:
    """A word as it is; what is written without spaces in pairs."""
    found: list[str] = []
    place = 0
    for m in UNSPACED.finditer(word):
        if m.start() > place:
            found.append(word[place : m.start()])
        run = m[0]
        found += [run[n : n + 2] for n in range(len(run) - 1)] or [run]
        place = m.end()
    if place < len(word):
        found.append(word[place:])
    return tuple(found)


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    return frozenset(load("stopwords"))


def telling(text: str) -> str:
    """The words of a text that tell it from others, each once."""
    return " ".join(set(words(text)) - stop_words())


def postings(texts: Iterable[str]) -> dict[str, list[int]]:
    """Every word with the numbers of the entries that hold it."""
    found: dict[str, list[int]] = defaultdict(list)
    for n, text in enumerate(texts):
        for word in text.split():
            found[word].append(n)
    for numbers in found.values():
        del numbers[COMMON:]
    return found


def split(found: dict[str, list[int]], parts: int) -> list[dict[str, list[int]]]:
    """The words in so many parts of about the same size, in order."""
    lists: list[dict[str, list[int]]] = [{} for _ in range(parts)]
    whole, place = sum(1 + len(numbers) for numbers in found.values()), 0
    for word in sorted(found, key=lambda w: w.encode("utf-16-be")):
        lists[place * parts // whole][word] = differences(found[word])
        place += 1 + len(found[word])
    return lists


def begins_of(lists: Iterable[Iterable[str]]) -> list[str]:
    """The first words of parts; a part without words begins where the next does."""
    begins = [LAST]
    for part in reversed(list(lists)):
        begins.append(next(iter(part), begins[-1]))
    return begins[:0:-1]


def differences(numbers: list[int]) -> list[int]:
    return [n - before for before, n in zip([0, *numbers], numbers, strict=False)]


def script(name: str, data: Any) -> bytes:
    """A file that hands its data to the page. (Line ends that JSON allows and old scripts do not are spelt out.)"""
    written = msgspec.json.encode(data).replace(b"\xe2\x80\xa8", b"\\u2028").replace(b"\xe2\x80\xa9", b"\\u2029")
    return b'factpressSearch("%s",%s)\n' % (name.encode(), written)
