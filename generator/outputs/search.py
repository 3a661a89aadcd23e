"""The search index: small scripts that a page loads as it needs them, for a page opened from a folder may load scripts and cannot fetch.

Every file calls `factpressSearch(name, data)`, a function that the page's own script has set:

    search/index.js     factpressSearch("index", {kinds, chunk, shards, stop})
    search/s-p.js       factpressSearch("s-p", {"putin": [0, 17, 4], …})      words that begin with "p", each with the entries that hold it
    search/d-0.js       factpressSearch("d-0", [["Dmitry Peskov", "actors/dmitry-peskov.html", "Kremlin spokesman"], …])     entries 0 to chunk - 1

- Entries are numbered from 0, the better first, kind by kind. `kinds` is `[["actor", 0], ["event", 480], …, ["", n]]`: a kind and its first number,
  the last one closing the list. Entry n is the `n % chunk`th of `d-{floor(n / chunk)}`: title, address from the site's root, a note.
- A word's list is ascending, each number the difference from the one before: [0, 17, 4] means 0, 17, 21.
- Words are made alike on both sides: NFKD, marks (`\\p{M}`) dropped, lower case, then runs of letters and digits (`[\\p{L}\\p{N}]+`). Runs of scripts
  that write no spaces (Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar) are cut into pairs: "外交部" is "外交" and "交部"; a run of one stays.
  A run that mixes them with others is cut at the border first. Words in `stop` are in no list.
- `shards` are the beginnings of words that have a file, sorted; no one is the beginning of another, for a space ends each word here ("b " holds
  "b" alone). To find what begins with q: the shard that q begins with, or else every shard that begins with q; for whole words only, q ends in
  a space. A shard's file is "s-" and its name, each character but a–z and 0–9 written "_" and its code point in hexadecimal: "ü" is `s-_fc`.
- An entry matches if every word of the query begins one of its words. Show the lowest numbers of each kind first.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from generator.data import load
from generator.model import Site
from generator.outputs import addresses
from generator.outputs.drafts import Draft
from generator.outputs.plain import clean, event_line, figure_line, line, listed, name_of, names_of, speaker_of

FOLDER = "search"
CHUNK = 200  # entries a file: some 20 kB, a tenth of a second on a slow line
FULL = 6000  # numbers in a shard; a fuller one is split by the next letter
MOST_LETTERS = 6  # of a shard's name
COMMON = 5000  # entries of one word; of a more common one, only the better entries are found by it
TITLE = 180  # characters of an entry's title
RUN = re.compile(r"[^\W_]+")
APART = {n: " " for n in range(128) if not chr(n).isalnum()}  # the same for plain letters
UNSPACED = re.compile("[぀-ヿ㐀-䶿一-鿿豈-﫿฀-๿຀-໿ក-៿က-႟\U00020000-\U0003ffff]+")


class Entry(NamedTuple):
    """What the search finds: what it shows, and the text it is found by."""

    title: str
    path: str
    note: str
    text: str


def make_search(site: Site) -> Iterator[Draft]:
    """The index in its files; none for an empty site. All entries are gone through once, to know which files there are."""
    kinds: list[tuple[str, int]] = []
    entries: list[Entry] = []
    for kind, made in (
        ("actor", actors(site)), ("event", events(site)), ("article", articles(site)), ("claim", claims(site)), ("figure", figures(site)),
    ):  # fmt: skip
        kinds.append((kind, len(entries)))
        entries += made
    kinds.append(("", len(entries)))
    shards = split(postings(entries))
    yield script("index", {"kinds": kinds, "chunk": CHUNK, "shards": sorted(shards), "stop": sorted(stop_words())})
    for name in sorted(shards):
        yield script(shard_file(name), shards[name])
    for n in range(0, len(entries), CHUNK):
        yield script(f"d-{n // CHUNK}", [e[:3] for e in entries[n : n + CHUNK]])


# --- entries, the better first ---


def actors(site: Site) -> list[Entry]:
    """Those whom most articles name come first."""
    known = sorted((p for p in site.profiles.values() if site.config.doubtful or not p.doubtful), key=lambda p: (-len(p.articles), p.id))
    return [
        entry(
            p.name,
            addresses.actor_page(p.id),
            p.roles[0].text if p.roles else "",
            *p.aliases,
            *(r.text for r in p.roles),
            p.description or "",
        )
        for p in known
    ]


def events(site: Site) -> list[Entry]:
    """The latest first."""
    known = [e for e in reversed(site.events.values()) if site.config.doubtful or not e.doubtful]
    return [
        entry(
            e.title,
            addresses.event_page(e.id),
            event_line(msgspec.structs.replace(e, title="")),
            e.place or "",
            names_of(site, e.participants),
            e.type,
        )
        for e in known
    ]


def articles(site: Site) -> list[Entry]:
    return [
        entry(a.title, addresses.article_page(a.id), source(a.publisher, a.published), a.publisher or "", a.author or "")
        for a in (s.article for s in site.sheets)
    ]


def claims(site: Site) -> Iterator[Entry]:
    for sheet in site.sheets:
        a = sheet.article
        for c in sheet.claims:
            if listed(site, c):
                who = speaker_of(site, c)
                yield entry(
                    c.text, addresses.fact_address(a.id, c), source(who, a.publisher, a.published), who, *(name_of(site, i) for i in c.about)
                )  # fmt: skip


def figures(site: Site) -> Iterator[Entry]:
    for sheet in site.sheets:
        a = sheet.article
        for f in sheet.figures:
            if listed(site, f):
                note = source(f.according_to, a.publisher, a.published)
                yield entry(
                    figure_line(f), addresses.fact_address(a.id, f), note, f.according_to or "", name_of(site, f.source) if f.source else ""
                )


def entry(title: str, path: str, note: str, *found_by: str) -> Entry:
    shown = line(title)
    if len(shown) > TITLE:
        shown = shown[:TITLE].rsplit(" ", 1)[0] + " …"
    return Entry(shown or path, path, line(note), " ".join((title, *found_by)))


def source(*parts: str | None) -> str:
    return ", ".join(line(p) for p in parts if p)


# --- words ---


def words(text: str) -> list[str]:
    """The words of a text as the index knows them."""
    text = plain(text)
    if text.isascii():
        return text.translate(APART).split()
    return [part for word in RUN.findall(text) for part in ((word,) if word.isascii() else cut(word))]


def plain(text: str) -> str:
    """No marks, no case."""
    text = clean(text)
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.category(c).startswith("M"))
    return text.lower()


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


def postings(entries: Iterable[Entry]) -> dict[str, list[int]]:
    """Every word with the numbers of the entries that hold it."""
    found: dict[str, list[int]] = defaultdict(list)
    stop = stop_words()
    for n, e in enumerate(entries):
        for word in set(words(e.text)) - stop:
            numbers = found[word]
            if len(numbers) < COMMON:
                numbers.append(n)
    return found


def split(found: dict[str, list[int]]) -> dict[str, dict[str, list[int]]]:
    """The words by their first letters, as many letters as keep a file small. The space at a word's end lets "b" stand apart from "ba"."""
    shards: dict[str, dict[str, list[int]]] = {}
    todo = [("", sorted(w for w in found if found[w]))]
    while todo:
        name, group = todo.pop()
        if name and (len(group) == 1 or len(name) >= MOST_LETTERS or sum(len(found[w]) for w in group) <= FULL):
            shards[name] = {w: differences(found[w]) for w in group}
            continue
        by_letter: dict[str, list[str]] = defaultdict(list)
        for w in group:
            by_letter[f"{w} "[: len(name) + 1]].append(w)
        todo += by_letter.items()
    return shards


def differences(numbers: list[int]) -> list[int]:
    return [n - before for before, n in zip([0, *numbers], numbers, strict=False)]


# --- files ---


def shard_file(name: str) -> str:
    """A shard's file name in plain letters."""
    return "s-" + re.sub("[^a-z0-9]", lambda m: f"_{ord(m[0]):x}", name)


def script(name: str, data: Any) -> Draft:
    """A file that hands its data to the page. (Line ends that JSON allows and old scripts do not are spelt out.)"""

    def made() -> bytes:
        written = msgspec.json.encode(data).replace(b"\xe2\x80\xa8", b"\\u2028").replace(b"\xe2\x80\xa9", b"\\u2029")
        return b'factpressSearch("%s",%s)\n' % (name.encode(), written)

    return Draft(f"{FOLDER}/{name}.js", made, data)
