"""How many facts keep their id when the extractor or the article changes: `python -m tests.bench.ids`.

The demonstration's articles are extracted as they stand, and again with typos in their words, with their paragraphs in another order, and
with sentences that another splitter cut otherwise. A fact is the same where its words are; one whose evidence no longer stands is not counted.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec.structs import replace

from generator.align import align
from generator.extract import extract
from generator.model import KINDS, Article, FactSheet, SiteConfig
from generator.readers import read_article
from generator.words import WORD, squeeze
from tests.test_align import joined_sentences, named, split_sentences

CONTENT = Path(__file__).parents[2] / "content" / "articles"
TYPO_EVERY = 20  # words

Change = Callable[[Article, random.Random], tuple[Article, dict[str, str]]]


def with_typos(article: Article, rng: random.Random) -> tuple[Article, dict[str, str]]:
    """Two letters of one lower-case word in twenty changed places; returns what each misspelt word was."""
    was: dict[str, str] = {}

    def misspelt(m: re.Match[str]) -> str:
        word = m.group()
        if len(word) < 5 or not word.islower() or rng.random() > 1 / TYPO_EVERY:
            return word
        other = word[:2] + word[3] + word[2] + word[4:]
        was[other] = word
        return other

    return replace(article, text=WORD.sub(misspelt, article.text)), was


def reordered(article: Article, rng: random.Random) -> tuple[Article, dict[str, str]]:
    """Paragraphs in another order, the first in its place."""
    first, *rest = article.text.split("\n\n")
    rng.shuffle(rest)
    return replace(article, text="\n\n".join([first, *rest])), {}


def marks(sheet: FactSheet, spelling: dict[str, str]) -> dict[tuple[str, str, str, int], str]:
    """What each fact is, whatever it is called: its kind, its sentence and what it says, in the right spelling; → its id."""
    found: dict[tuple[str, str, str, int], str] = {}
    seen: Counter[tuple[str, str, str]] = Counter()
    for kind in KINDS:
        if kind == "actors":
            continue
        for fact in getattr(sheet, kind):
            quote, says = (right(words, spelling) for words in (fact.evidence.quote, saying(fact)))
            seen[kind, quote, says] += 1
            found[kind, quote, says, seen[kind, quote, says]] = fact.id
    return found


def saying(fact: object) -> str:
    return " ".join(str(getattr(fact, name, "") or "") for name in ("text", "title", "value", "low", "high", "subject"))


def right(words: str, spelling: dict[str, str]) -> str:
    return WORD.sub(lambda m: spelling.get(m.group(), m.group()), squeeze(words))


def compare(old: FactSheet, new: FactSheet, spelling: dict[str, str]) -> Counter[str]:
    """Of the facts that both have: how many kept their id, and how many were given another fact's."""
    before, after = marks(old, {}), marks(align(old, new), spelling)
    ids = {(mark[0], id_) for mark, id_ in before.items()}
    both = [mark for mark in before if mark in after]
    wrong = sum(1 for mark, id_ in after.items() if before.get(mark, id_) != id_ and (mark[0], id_) in ids)
    return Counter(stand=len(both), kept=sum(before[m] == after[m] for m in both), wrong=wrong)


def measure(articles: Sequence[Article], rounds: int = 3) -> dict[str, Counter[str]]:
    """All changes over all articles, several times each."""
    model = SiteConfig().model
    plain = list(extract(articles, model))
    found: dict[str, Counter[str]] = {}
    for name, change in (("typos corrected", with_typos), ("paragraphs moved", reordered)):
        done = [change(a, random.Random(f"{n} {a.id}")) for n in range(rounds) for a in articles]
        sheets = list(extract([a for a, _ in done], model))
        found[name] = sum((compare(o, s, w) for o, s, (_, w) in zip(plain * rounds, sheets, done, strict=True)), Counter())
    for name, cut in (("sentences joined", joined_sentences), ("sentences cut", split_sentences)):
        found[name] = sum((recut(s, cut, random.Random(n)) for n in range(rounds) for s in plain), Counter())
    return found


def recut(sheet: FactSheet, cut: Callable[[FactSheet, random.Random], FactSheet], rng: random.Random) -> Counter[str]:
    """The same facts on evidence that another splitter cut: each is followed by its place among its kind."""
    new = align(sheet, named(cut(sheet, rng)))
    found: Counter[str] = Counter()
    for kind in KINDS:
        old_ids = [f.id for f in getattr(sheet, kind)]
        new_ids = [f.id for f in getattr(new, kind)]
        if kind != "actors":
            found["stand"] += len(old_ids)
            found["kept"] += sum(a == b for a, b in zip(old_ids, new_ids, strict=True))
            found["wrong"] += sum(a != b and b in old_ids for a, b in zip(old_ids, new_ids, strict=True))
    return found


def report(files: Sequence[Path] = ()) -> str:
    """The measurement as a few lines of text."""
    paths = list(files) or sorted(p for p in CONTENT.iterdir() if p.suffix in {".txt", ".md", ".html"})
    got = measure([read_article(p.read_bytes(), p.name) for p in paths])
    lines = [f"ids carried over, {len(paths)} articles, three times each"]
    for name, n in got.items():
        lines.append(
            f"  {name:18}{n['kept']:6,} of {n['stand']:6,} keep their id ({n['kept'] / n['stand']:.2%}), {n['wrong']} on another fact"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    print(report([Path(name) for name in sys.argv[1:]]))
