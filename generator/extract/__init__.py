"""Article → FactSheet: a chain of named steps over spaCy's analysis, in the order in which each needs the others.

A step is one function in the file of its name: `find_claims(text, found)` is given the analysed article and what earlier steps found, and
returns its facts. Any step can be read, tested and switched off by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import tee
from typing import Any

from generator.extract.actors import find_actors
from generator.extract.claims import find_claims
from generator.extract.dates import find_dates
from generator.extract.figures import find_figures
from generator.extract.found import Found
from generator.extract.meetings import find_meetings
from generator.extract.resolve import Resolver
from generator.extract.text import Analysed
from generator.model import Article, FactSheet

Step = Callable[[Analysed, Found], tuple[Any, ...]]

LANGUAGE = "en"  # what the rules read

STEPS: list[tuple[str, Step]] = [
    ("dates", find_dates),
    ("actors", find_actors),
    ("claims", find_claims),
    ("meetings", find_meetings),
    ("figures", find_figures),
]


def find_facts(text: Analysed, steps: Iterable[tuple[str, Step]] | None = None) -> FactSheet:
    """Runs the steps over one analysed article."""
    found = Found()
    for name, step in STEPS if steps is None else steps:
        facts: dict[str, Any] = {name: step(text, found)}
        found = replace(found, **facts)
        if name == "actors":
            found = replace(found, resolver=Resolver(text, found.actors))
    return FactSheet(
        article=text.article, actors=found.actors, claims=found.claims, meetings=found.meetings, figures=found.figures, dates=found.dates
    )


def extract(articles: Iterable[Article], model: str) -> Iterator[FactSheet]:
    """One sheet an article, in order. The articles go through spaCy in one stream, which is what it is fast at.

    An article in another language than the rules read gets a sheet without facts: nothing is guessed.
    """
    from generator.extract.nlp import analyse

    kept, texts = tee(articles)
    for article, doc in zip(kept, analyse((a.text if a.language == LANGUAGE else "" for a in texts), model), strict=True):
        yield find_facts(Analysed(article, doc)) if article.language == LANGUAGE else FactSheet(article=article)
