"""What extraction costs over a bare `nlp.pipe` of the same model on the same text, and which step takes what share of it.

CPU time of this process, in one run, both sides warmed up, in turn, the median of several rounds: machines are noisy, ratios less so.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator import extract as chain
from generator.extract.nlp import analyse
from generator.extract.resolve import Resolver
from generator.extract.text import Analysed
from generator.model import Article, SiteConfig
from generator.readers import read_article
from tests.bench.news import make_articles

MODEL = SiteConfig().model
DEMONSTRATION = Path(__file__).parents[2] / "content" / "articles"


def corpus(copies: int = 20, files: Sequence[Path] = ()) -> list[Article]:
    """Articles to measure on: the demonstration's, several times over, or files of one's own."""
    paths = list(files) or sorted(p for p in DEMONSTRATION.iterdir() if p.suffix in {".txt", ".md", ".html"})
    return [read_article(p.read_bytes(), p.name) for p in paths] * copies


def seconds(work: Callable[[], object]) -> float:
    """CPU time of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measure(articles: Sequence[Article], rounds: int = 5) -> dict[str, float]:
    """{"bare": s, "whole": s, "ratio": …, one share a step}: medians over the rounds."""
    import spacy

    bare = spacy.load(MODEL)
    texts = [a.text for a in articles]
    list(bare.pipe(texts[:10]))
    list(chain.extract(articles[:10], MODEL))
    pairs = [(seconds(lambda: list(bare.pipe(texts))), seconds(lambda: list(chain.extract(articles, MODEL)))) for _ in range(rounds)]
    result = {
        "bare": statistics.median(b for b, _ in pairs),
        "whole": statistics.median(w for _, w in pairs),
        "ratio": statistics.median(w / b for b, w in pairs),
    }
    analysed = [Analysed(a, d) for a, d in zip(articles, analyse(texts, MODEL), strict=True)]
    found = [chain.Found() for _ in analysed]
    for name, step in chain.STEPS:
        start = time.process_time()
        facts = [step(t, f) for t, f in zip(analysed, found, strict=True)]
        result[name] = (time.process_time() - start) / result["whole"]
        found = [chain.replace(f, **{name: v}) for f, v in zip(found, facts, strict=True)]
        if name == "actors":
            found = [chain.replace(f, resolver=Resolver(t, f.actors)) for t, f in zip(analysed, found, strict=True)]
    return result


@dataclass(frozen=True)
class Run:
    """What one `factpress update` of new articles cost."""

    wall: float  # seconds
    cpu: float  # seconds, of all its processes
    memory: float  # MB that the largest of its processes held


def run(count: int, processes: int) -> Run:
    """A run over so many new articles: reading, extracting, merging, writing."""
    with tempfile.TemporaryDirectory() as folder:
        make_articles(Path(folder), count)
        start = time.perf_counter()
        command = [sys.executable, "-m", "generator", "update", "--site", folder, "--processes", str(processes)]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)  # counts the processes that it waited for as well
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0
        return Run(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000)


def pool(count: int = 400, rounds: int = 3) -> list[str]:
    """One process against two, in turn, the best of each: others on the machine can only slow a run down.

    The ratio of CPU times, doubled, is what two cores of one's own would give; it holds on a busy machine as well, where that of wall times does not.
    """
    pairs = [(run(count, 1), run(count, 2)) for _ in range(rounds)]
    one, two = ([pair[n] for pair in pairs] for n in (0, 1))

    def row(name: str, runs: list[Run]) -> str:
        wall, cpu, memory = min(r.wall for r in runs), min(r.cpu for r in runs), max(r.memory for r in runs)
        return f"  {name:14}{wall:8.1f} s wall {cpu:8.1f} s CPU {count / wall:7.1f} a second {count / cpu:7.1f} a CPU second {memory:6.0f} MB at most"

    return [
        f"`update` of {count} new articles, best of {rounds}; load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores",
        row("one process", one),
        row("two processes", two),
        f"  ratio, wall   {min(r.wall for r in one) / min(r.wall for r in two):8.2f}",
        f"  ratio, by CPU {2 * min(r.cpu for r in one) / min(r.cpu for r in two):8.2f}",
    ]


def report() -> str:
    """The measurement as a few lines of text."""
    articles = corpus()
    words = sum(len(a.text.split()) for a in articles)
    got = measure(articles)
    lines = [
        f"extraction of {len(articles)} articles, {words:,} words",
        f"  bare nlp.pipe   {got['bare']:7.2f} s  {words / got['bare']:8,.0f} words a second",
        f"  extract, whole  {got['whole']:7.2f} s  {words / got['whole']:8,.0f} words a second",
        f"  ratio           {got['ratio']:7.2f}",
    ]
    lines += [f"  share of {name:9}{got[name]:6.1%}" for name, _ in chain.STEPS]
    return "\n".join([*lines, *pool()])
