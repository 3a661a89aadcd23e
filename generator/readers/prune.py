"""The short filter behind trafilatura: what it takes for text and is the page's, most of it at the two ends."""

from __future__ import annotations

from generator.model import Cut
from generator.readers.furniture import is_kind
from generator.readers.lines import Line, look_at
from generator.words import fold

TOP = 6  # paragraphs at the start among which title, byline and date stand


def prune(paragraphs: list[str], title: str) -> tuple[list[str], tuple[Cut, ...]]:
    """The paragraphs that are the article's, and those cut with the reason. If nothing would be left, all stay."""
    lines = [Line(text, n) for n, text in enumerate(paragraphs)]
    for line in lines:
        look_at(line)
    why: dict[int, str] = {}
    for line in lines:
        if fold(line.text).strip(" .") == fold(title).strip(" ."):
            why[line.n] = "title"
        elif line.why and not (line.why == "menu" and line.key == ""):
            why[line.n] = line.why
    close(lines, why)
    if len(why) == len(lines):
        return paragraphs, ()
    return [p for n, p in enumerate(paragraphs) if n not in why], tuple(Cut(text=paragraphs[n], why=why[n]) for n in sorted(why))


def close(lines: list[Line], why: dict[int, str]) -> None:
    """What stands after "Related" or "Comments" in the last part goes with it, and labels after the last sentence."""
    half = sum(line.words for line in lines if line.prose) / 2
    read = 0
    for line in lines:
        read += line.words if line.prose else 0
        if line.end and read > half:
            for after in lines[line.n :]:
                why.setdefault(after.n, "teaser")
            break
    for line in reversed(lines):
        if line.n in why:
            continue
        if line.n and is_kind("author", line.text, ""):
            why[line.n] = "signature"
            continue
        if line.prose or line.sentence or line.bullet or line.words > 12:
            break
        why[line.n] = "teaser"
