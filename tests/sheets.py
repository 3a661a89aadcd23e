"""Sheets for tests: hostile ones from hypothesis, and a small article with its facts."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from generator.model import Actor, Article, Claim, Evidence, FactSheet, Figure, Meeting
from generator.words import fact_id

# Words that a reader of YAML may take for something else, or choke on.
HOSTILE = [
    '"', "'", ": ", ":", " #", "#", "- ", "-", "\n", "\r\n", "\r", "\t", "\u2028", "\u2029", "\x85", "\x00", "\x07", "\x7f", "\ufeff", "\ufffe",
    "null", "~", "no", "Yes", "on", "true", "12:30", "1:20:30", "2022-01", "2022-01-10", "2021-12-30T20:30+00:00", "0x1F", "0o17", "017", "1e5", ".5",
    "1_000", "100,000", ".inf", ".NaN", "=", "<<", "{", "}", "[", "]", ",", "&a", "*a", "!tag", "!!str", "|", ">", "%", "@", "`", "\\", "---", "...",
    "<<<<<<< HEAD", "=======", ">>>>>>> x", "? ", "é", "“", "”", "🙂", "\xa0", "\u200b", "\u202e", " ", "  ", "say", "the talks",
]  # fmt: skip

hostile = st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"]), max_size=6)), max_size=5).map(
    "".join
)
maybe = st.none() | hostile
ids = st.sampled_from(["a", "b", "c", "no", "1", "null", "x-2", "é", "true", "2022-01", "d", "e"])
evidence = hostile.map(lambda q: Evidence(quote=q))
names = st.lists(hostile.filter(bool), max_size=3).map(tuple)
number = st.integers(-(10**17), 10**17) | st.floats(allow_nan=False, allow_infinity=False)
common: dict[str, Any] = {"doubtful": st.booleans(), "reason": maybe, "checked": st.booleans(), "note": maybe, "id": ids}

actors = st.builds(Actor, name=hostile, type=st.sampled_from(["person", "country"]), role=maybe, aliases=names, **common)
claims = st.builds(
    Claim, speaker=st.none() | ids, speaker_text=maybe, verb=maybe, kind=st.sampled_from(["said", "denied"]), mode=st.sampled_from(["direct", "indirect"]),
    text=hostile, to=st.none() | ids, about=names, evidence=evidence, verdict=maybe, **common,
)  # fmt: skip
meetings = st.builds(
    Meeting, title=hostile, type=hostile, status=st.sampled_from(["held", "scheduled"]), start=maybe, end=maybe, place=maybe, participants=names,
    absent=names, evidence=evidence, **common,
)  # fmt: skip
figures = st.builds(
    Figure, value=st.none() | number, low=st.none() | number, high=st.none() | number, modifier=st.sampled_from(["=", "~", "<", ">"]), unit=maybe,
    kind=st.sampled_from(["count", "money"]), subject=maybe, according_to=maybe, source=maybe, as_of=maybe, evidence=evidence, **common,
)  # fmt: skip


def several(facts: Any) -> Any:
    return st.lists(facts, max_size=3, unique_by=lambda f: f.id).map(tuple)


articles = st.builds(
    Article, id=st.just("x"), title=hostile, published=maybe, publisher=maybe, url=maybe, author=maybe, updated=maybe, language=hostile,
    show=st.sampled_from([None, "full", "quotes"]),
)  # fmt: skip
# A person's sheet may be checked as a whole; an extractor's never is.
own_articles = st.builds(lambda article, checked: replace(article, checked=checked), articles, st.booleans())
sheets = st.builds(
    FactSheet, article=articles, actors=several(actors), claims=several(claims), meetings=several(meetings), figures=several(figures)
)
own_sheets = st.builds(lambda sheet, article: replace(sheet, article=article), sheets, own_articles)

SENTENCES = [
    "Minister Ada Okoro said the talks would resume in Porto on Monday.",
    '"We will not leave the table," Okoro added.',
    "Her counterpart Lars Vinter called the plan a step backwards.",
    "The two are to meet in Porto on January 17.",
    "About 4,000 workers were sent home last week, the union said.",
    "Vinter warned that the union would not accept fewer than 300 new jobs.",
    "The port authority denied that any ship had been turned away.",
    "On Friday, Okoro phoned the head of the union, Mara Silva.",
]


def article(text: str | None = None) -> Article:
    return Article(id="strike", title="Talks to resume in Porto", published="2022-01-13", text=text or "\n\n".join(SENTENCES))


def claim(n: int, text: str, speaker: str | None = "ada-okoro", **more: Any) -> Claim:
    return Claim(id=fact_id(SENTENCES[n]), speaker=speaker, verb="said", text=text, evidence=Evidence(quote=SENTENCES[n]), **more)


def sheet() -> FactSheet:
    """Facts of the small article."""
    return FactSheet(
        article=article(),
        actors=(
            Actor(id="ada-okoro", name="Ada Okoro", type="person", role="Minister", aliases=("Okoro",)),
            Actor(id="lars-vinter", name="Lars Vinter", type="person", aliases=("Vinter",)),
            Actor(id="mara-silva", name="Mara Silva", type="person", role="head of the union"),
        ),
        claims=(
            claim(0, "the talks would resume in Porto on Monday", mode="indirect"),
            claim(1, '"We will not leave the table,"', mode="direct"),
            claim(2, "the plan a step backwards", "lars-vinter"),
            claim(5, "that the union would not accept fewer than 300 new jobs", "lars-vinter", kind="warned"),
        ),
        meetings=(
            Meeting(
                id=fact_id(SENTENCES[3]), title="Okoro–Vinter meeting", status="scheduled", start="2022-01-17", place="Porto",
                participants=("ada-okoro", "lars-vinter"), evidence=Evidence(quote=SENTENCES[3]),
            ),
            Meeting(
                id=fact_id(SENTENCES[7]), title="Okoro–Silva call", type="call", start="2022-01-14", participants=("ada-okoro", "mara-silva"),
                evidence=Evidence(quote=SENTENCES[7]),
            ),
        ),
        figures=(
            Figure(
                id=fact_id(SENTENCES[4]), value=4000, modifier="~", unit="workers", subject="workers sent home", evidence=Evidence(quote=SENTENCES[4])
            ),
            Figure(id=fact_id(SENTENCES[5]), value=300, modifier=">", unit="jobs", subject="new jobs", evidence=Evidence(quote=SENTENCES[5])),
        ),
    )  # fmt: skip
