"""Small charts as SVG: one ink and the accent, direct labels, everything that is drawn said in text too.

Sizes are attributes and colours are classes, for the pages' security policy allows no styles in the markup.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from math import floor, log10

from markupsafe import Markup

from generator.days import days
from generator.model import Figure, Told
from generator.outputs.markup import escaped
from generator.outputs.pages.views import View
from generator.outputs.wording import Wording

WIDTH, HEIGHT = 400, 190
LEFT, RIGHT, TOP, BOTTOM = 66, 14, 14, 26
STRIP_WIDTH, STRIP_BAND = 640, 34
LEAST_MONTHS, LEAST_IN_STRIP = 3, 6  # below that a sentence says it as well
MOST_MONTHS = 60


class Strip(View, frozen=True):
    """A course of time: the drawing, and the same as rows of a table."""

    svg: Markup
    kinds: tuple[str, ...]  # "claims", "meetings": classes of the bars
    names: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


class Mark(View, frozen=True):
    """A value as it is drawn."""

    day: date
    low: float
    high: float
    modifier: str
    label: str


def values_chart(words: Wording, label: str, told: Sequence[Told]) -> Markup | None:
    """A quantity over time: a dot a value, open where it is vague, a bar for a range, an arrow for "more than" or "up to"."""
    marks = [m for m in (mark_of(words, t) for t in told) if m]
    if len(marks) < 2 or len({(m.day, m.low, m.high) for m in marks}) < 2:
        return None
    low, high = min(m.low for m in marks), max(m.high for m in marks)
    bottom, top, step = scale(low, high)
    first, last = min(m.day for m in marks), max(m.day for m in marks)
    length = max(1, (last - first).days)

    def x(day: date) -> float:
        inner = WIDTH - LEFT - RIGHT - 24
        return round(LEFT + 12 + inner * (day - first).days / length, 1) if last > first else LEFT + inner / 2

    def y(value: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - bottom) / (top - bottom), 1)

    out = [
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img">',
        f"<title>{escaped(label)}</title>",
    ]
    tick = bottom
    while tick <= top + step / 2:
        out.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(tick)}" y2="{y(tick)}"/>')
        value = int(tick) if float(tick).is_integer() else round(tick, 6)
        out.append(f'<text x="{LEFT - 8}" y="{y(tick) + 4}" text-anchor="end">{escaped(words.amount(value))}</text>')
        tick += step
    ends = [(first, "start" if last > first else "middle")] + ([(last, "end")] if last > first else [])
    for day, side in ends:
        at = {"start": LEFT, "end": WIDTH - RIGHT, "middle": x(day)}[side]
        out.append(f'<text x="{at}" y="{HEIGHT - 6}" text-anchor="{side}">{escaped(words.short(day.isoformat()))}</text>')
    newest = max(marks, key=lambda m: m.day)
    out += [drawn(m, x(m.day), y(m.low), y(m.high), m is newest) for m in marks]
    out.append("</svg>")
    return Markup("".join(out))


def mark_of(words: Wording, told: Told) -> Mark | None:
    """What can be drawn of a figure: it needs a number and a day."""
    figure = told.fact
    assert isinstance(figure, Figure)
    at = days(figure.as_of) or days(told.article.published)
    numbers = [float(n) for n in (figure.value, figure.low, figure.high) if n is not None]
    if not at or not numbers:
        return None
    label = f"{words.figure(figure)}, {words.short(figure.as_of or told.article.published)}, {told.article.publisher or told.article.title}"
    return Mark(at.first, min(numbers), max(numbers), figure.modifier, label)


def drawn(m: Mark, x: float, low: float, high: float, newest: bool) -> str:
    """One value, with its words as a tooltip."""
    kind = "mark newest" if newest else "mark"
    title = f"<title>{escaped(m.label)}</title>"
    if low != high:
        return f'<g class="{kind}"><line class="range" x1="{x}" x2="{x}" y1="{low}" y2="{high}"/>{title}</g>'
    hollow = " open" if m.modifier == "~" else ""
    dot = f'<circle class="dot{hollow}" cx="{x}" cy="{low}" r="5"/>'
    arrow = ""
    if m.modifier in "<>":
        way = -1 if m.modifier == ">" else 1
        arrow = f'<path class="arrow" d="M{x} {low + 6 * way}v{14 * way}m-4 {-5 * way}l4 {5 * way}l4 {-5 * way}"/>'
    return f'<g class="{kind}">{dot}{arrow}{title}</g>'


def scale(low: float, high: float) -> tuple[float, float, float]:
    """A round axis around the values; from nought where that costs no more than half of the height."""
    if low > 0 and low < high * 0.6:
        low = 0
    span = (high - low) or abs(high) or 1
    rough = span / 3
    power = 10 ** floor(log10(rough))
    step = next(k * power for k in (1, 2, 2.5, 5, 10) if k * power >= rough)
    bottom = floor(low / step) * step
    top = bottom + step  # one value alone still has an axis
    while top < high:
        top += step
    return bottom, top, step


def months_strip(words: Wording, series: Sequence[tuple[str, Sequence[str | None]]]) -> Strip | None:
    """Counts by month, a band for each series ("claims", "meetings"). Nothing where there is too little to draw; of very long times the last years."""
    counts = {kind: Counter((at.first.year, at.first.month) for v in values if (at := days(v))) for kind, values in series}
    counts = {kind: count for kind, count in counts.items() if count}
    seen = sorted({k for c in counts.values() for k in c})
    if len(seen) < LEAST_MONTHS or sum(c.total() for c in counts.values()) < LEAST_IN_STRIP:
        return None
    months = between(seen[0], seen[-1])[-MOST_MONTHS:]
    height = STRIP_BAND * len(counts) + 22
    names = tuple(str(words[kind]) for kind in counts)
    out = [f'<svg class="strip" viewBox="0 0 {STRIP_WIDTH} {height}" width="{STRIP_WIDTH}" height="{height}" role="img">']
    out.append(f"<title>{escaped(words['timeline'])}: {escaped(', '.join(names))}</title>")
    for row, (kind, count) in enumerate(counts.items(), 1):
        out += band(words, kind, count, months, STRIP_BAND * row)
    for key, x, side in ((months[0], 0, "start"), (months[-1], STRIP_WIDTH, "end")):
        out.append(f'<text x="{x}" y="{height - 5}" text-anchor="{side}">{escaped(words.month(*key))}</text>')
    out.append("</svg>")
    rows = tuple(
        (words.month(*k), tuple(c.get(k, 0) for c in counts.values())) for k in reversed(months) if any(c.get(k) for c in counts.values())
    )
    return Strip(Markup("".join(out)), tuple(counts), names, rows)


def band(words: Wording, kind: str, count: Counter[tuple[int, int]], months: Sequence[tuple[int, int]], floor_: int) -> list[str]:
    """Bars of one series, standing on its line."""
    most = max(count.values())
    step = STRIP_WIDTH / len(months)
    bar = min(28.0, step * 0.7)
    out = [f'<line class="grid" x1="0" x2="{STRIP_WIDTH}" y1="{floor_}" y2="{floor_}"/>']
    for i, key in enumerate(months):
        if n := count.get(key, 0):
            tall = round(max(3, (STRIP_BAND - 8) * n / most), 1)
            title = f"<title>{escaped(words.month(*key))}: {escaped(words.count(kind, n))}</title>"
            x = round(i * step + (step - bar) / 2, 1)
            out.append(f'<rect class="{kind}" x="{x}" y="{round(floor_ - tall, 1)}" width="{round(bar, 1)}" height="{tall}">{title}</rect>')
    return out


def between(first: tuple[int, int], last: tuple[int, int]) -> list[tuple[int, int]]:
    """All months from one to another."""
    start, stop = first[0] * 12 + first[1] - 1, last[0] * 12 + last[1] - 1
    return [(n // 12, n % 12 + 1) for n in range(start, stop + 1)]
