"""Figures that measure one thing in one unit, so that they can stand on one axis; and whether their sources disagree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from generator.model import Article, FactSheet, Figure, Quantity, Told
from generator.words import fold, slug, unique


def group_figures(sheets: Sequence[FactSheet], articles: Mapping[str, Article]) -> tuple[Quantity, ...]:
    """All figures of the sheets in groups, the largest group first."""
    groups: dict[tuple[str, str, str], list[Told]] = defaultdict(list)
    for sheet in sheets:
        for f in sheet.figures:
            groups[f.kind, fold(f.unit or ""), fold(f.subject or f"{sheet.article.id} {f.id}")].append(
                Told(article=articles[sheet.article.id], fact=f)
            )
    made: list[Quantity] = []
    taken: set[str] = set()
    for (kind, _, _), figures in sorted(groups.items(), key=lambda g: -len(g[1])):
        (f, *_) = (t.fact for t in figures if isinstance(t.fact, Figure))
        label = f.subject or f.unit or kind
        id = unique(slug(label, "figure"), taken)
        taken.add(id)
        made.append(Quantity(id=id, label=label, unit=f.unit, kind=f.kind, figures=tuple(figures)))
    return tuple(made)
