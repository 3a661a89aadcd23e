"""Ids last: through another sentence splitter, corrected typos and moved paragraphs, and no edit ends up on another fact."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.align import SAME_QUOTE, align, may_share, shared
from generator.merge import merge
from generator.model import KINDS, Actor, Claim, Evidence, Extracted, FactSheet, Figure, Meeting
from generator.sheetedit import SetField, apply
from generator.sheetfile import parse
from generator.words import WORD, fact_id, slug, squeeze
from tests.sheets import article, claim, sheet

# What a fact is, whatever it is called: the test's own knowledge, which `align` does not see.
Origin = list[tuple[str, int]]

WORDS = (
    "minister union port strike harbour council talks offer deal ships workers river crane budget vote winter bridge market school tax harvest court "
    "museum railway tunnel reform pension hospital airport ferry border treaty forest water energy rent coal steel glass paper"
).split()
NAMES = ["Ada Okoro", "Lars Vinter", "Mara Silva", "Tomas Brandt", "Ines Duarte", "Peter Holm"]


def some_sheet(seed: int) -> FactSheet:
    """An article of twenty sentences, some with several facts of a kind, as extraction finds them."""
    rng = random.Random(seed)

    def some(n: int) -> str:
        return " ".join(rng.choice(WORDS) for _ in range(n))

    actors = tuple(Actor(id=slug(n), name=n, type="person", aliases=(n.split()[1],)) for n in NAMES)
    claims, meetings, figures, text = [], [], [], []
    for _ in range(20):
        who = rng.choice(actors)
        start = rng.choice([f"{who.name} said", f"The {some(1)} said", f"On Monday {who.aliases[0]} told the {some(1)}"])
        one, two = some(rng.randint(3, 8)), some(rng.randint(3, 8))
        number, more = rng.randint(2, 90), rng.randint(100, 900)
        sentence = rng.choice(
            [
                f"{start} the {one} and warned that the {two}.",
                f"{start} that {number} {rng.choice(WORDS)} and {more} {rng.choice(WORDS)} were the {one}.",
                f"{start} they would meet in {rng.choice(['Porto', 'Oslo', 'Bergen'])} about the {one}.",
                f"{start} the {one}.",
            ]
        )
        evidence = Evidence(quote=sentence)
        claims.append(Claim(id="", speaker=who.id, verb="said", text=one, evidence=evidence))
        if "warned" in sentence:
            claims.append(Claim(id="", speaker=who.id, verb="warned", text=two, evidence=evidence))
        if "meet" in sentence:
            meetings.append(Meeting(id="", title=f"{who.name} on {one}", participants=(who.id,), evidence=evidence))
        if str(more) in sentence:
            units = re.findall(r"\d+ (\w+)", sentence)
            figures += [Figure(id="", value=v, unit=u, subject=u, evidence=evidence) for v, u in zip((number, more), units, strict=True)]
        text.append(sentence)
    facts: Any = {"claims": tuple(claims), "meetings": tuple(meetings), "figures": tuple(figures)}
    return named(FactSheet(article=replace(article("\n\n".join(text)), id=f"a{seed}"), actors=actors, **facts))


def named(s: FactSheet) -> FactSheet:
    """The sheet with the ids that an extraction would give, from the sentences as they now stand."""
    facts: dict[str, Any] = {}
    for kind in ("claims", "meetings", "figures"):
        ids: list[str] = []
        for f in getattr(s, kind):
            ids.append(fact_id(f.evidence.quote, ids))
        facts[kind] = tuple(replace(f, id=i) for f, i in zip(getattr(s, kind), ids, strict=True))
    return replace(s, **facts)


def each_quote(s: FactSheet, change: Callable[[str], str]) -> FactSheet:
    return replace(
        s,
        **{k: tuple(replace(f, evidence=Evidence(quote=change(f.evidence.quote))) for f in getattr(s, k)) for k in KINDS if k != "actors"},
    )


def joined_sentences(s: FactSheet, rng: random.Random) -> FactSheet:
    """A splitter that misses one end in three."""
    sentences = [squeeze(p) for p in s.article.text.split("\n\n")]
    whole: dict[str, str] = {}
    i = 0
    while i < len(sentences):
        n = 2 if rng.random() < 0.33 and i + 1 < len(sentences) else 1
        whole.update(dict.fromkeys(sentences[i : i + n], " ".join(sentences[i : i + n])))
        i += n
    return each_quote(s, lambda q: whole.get(q, q))


def split_sentences(s: FactSheet, rng: random.Random) -> FactSheet:
    """A splitter that starts a sentence late: after the first word or two, or after a comma."""
    cut: dict[str, str] = {}

    def shorter(q: str) -> str:
        if q not in cut:
            cut[q] = q.split(" ", rng.choice([1, 2]))[-1] if len(q.split()) > 6 and rng.random() < 0.33 else q
        return cut[q]

    return each_quote(s, shorter)


def corrected(s: FactSheet, rng: random.Random) -> FactSheet:
    """One word in fifteen of the article spelt in another way, everywhere."""
    spelling: dict[str, str] = {}

    def other(m: re.Match[str]) -> str:
        word = m.group()
        if word not in spelling:
            typo = len(word) > 3 and not any(c.isdigit() for c in word) and rng.random() < 1 / 15
            spelling[word] = word[:2] + word[3] + word[2] + word[4:] if typo else word
        return spelling[word]

    def fix(text: str) -> str:
        return WORD.sub(other, text)

    s = each_quote(s, fix)
    claims = tuple(replace(c, text=fix(c.text)) for c in s.claims)
    meetings = tuple(replace(m, title=fix(m.title)) for m in s.meetings)
    figures = tuple(replace(f, subject=fix(f.subject or "") or None, unit=fix(f.unit or "") or None) for f in s.figures)
    return replace(s, article=replace(s.article, text=fix(s.article.text)), claims=claims, meetings=meetings, figures=figures)


def moved(s: FactSheet, rng: random.Random) -> FactSheet:
    """Paragraphs in another order."""
    return replace(s, **{k: tuple(rng.sample(getattr(s, k), len(getattr(s, k)))) for k in KINDS if k != "actors"})


CHANGES = [joined_sentences, split_sentences, corrected, moved]


def with_origins(s: FactSheet) -> FactSheet:
    """Each fact with its own mark, which no code looks at: the machine's span or mention."""
    from generator.model import Span

    n = iter(range(1, 10_000))
    claims = tuple(replace(c, cue_span=Span(next(n), 0)) for c in s.claims)
    meetings = tuple(replace(m, mentions=(Span(next(n), 0),)) for m in s.meetings)
    return replace(s, claims=claims, meetings=meetings, figures=tuple(replace(f, span=Span(next(n), 0)) for f in s.figures))


def origins(s: FactSheet) -> dict[tuple[str, int], str]:
    """Mark → id."""
    found = {("claims", c.cue_span.start): c.id for c in s.claims if c.cue_span}
    found |= {("meetings", m.mentions[0].start): m.id for m in s.meetings if m.mentions}
    return found | {("figures", f.span.start): f.id for f in s.figures if f.span}


def measure(sheets: list[FactSheet], change: Callable[[FactSheet, random.Random], FactSheet]) -> tuple[int, int, int]:
    """How many facts there are, how many keep their id, and how many are given the id of another."""
    total = kept = wrong = 0
    for n, plain in enumerate(sheets):
        old = with_origins(plain)
        new = align(old, named(change(old, random.Random(n))))
        before, after = origins(old), origins(new)
        ids = {(k, i) for (k, _), i in before.items()}
        total += len(before)
        kept += sum(after.get(m) == i for m, i in before.items())
        wrong += sum(i != before[m] and (m[0], i) in ids for m, i in after.items())
    return total, kept, wrong


@pytest.mark.parametrize("change", CHANGES, ids=lambda c: c.__name__)
def test_ids_last(change: Callable[[FactSheet, random.Random], FactSheet]) -> None:
    total, kept, wrong = measure([some_sheet(n) for n in range(30)], change)
    assert total > 900
    assert kept / total >= 0.99, (total, kept, wrong)
    assert wrong == 0, (total, kept, wrong)


def test_an_edit_stays_on_its_fact_through_all_changes() -> None:
    for n in range(10):
        rng = random.Random(n)
        old = some_sheet(n)
        was = merge(None, None, old, "x.yaml")
        text = apply(was.text, [SetField("claims", i, "note", c.text) for i, c in enumerate(old.claims)])
        new = named(moved(joined_sentences(old, rng), rng))
        base = msgspec.json.decode(msgspec.json.encode(was.base), type=Extracted)
        done = merge(base, text, new, "x.yaml")
        noted = [c for c in parse(done.text, "x.yaml").sheet.claims if c.note]
        assert len(noted) == len(old.claims)
        assert all(c.note == c.text for c in noted)


def test_another_fact_of_the_same_words_gets_its_own_id() -> None:
    """The first five words are the same, the sentence is not: edits of the old must not end up here."""
    old = sheet()
    other = Claim(
        id=old.claims[0].id,
        speaker="lars-vinter",
        text="nothing had been agreed at all",
        evidence=Evidence(quote="Minister Ada Okoro said the nothing."),
    )
    new = align(old, replace(old, claims=(other, *old.claims[1:])))
    assert new.claims[0].id == f"{old.claims[0].id}-2"


def test_the_outer_of_two_claims_is_not_taken_for_the_inner_one() -> None:
    """Measured on the demonstration: the inner claim was lost to a typo, and the outer one got its id."""
    quote = "The Kremlin said Putin had asked for binding guarantees that NATO would not expand to the east."
    outer = Claim(
        id="x",
        verb="said",
        text="Putin had asked for binding guarantees that NATO would not expand to the east",
        evidence=Evidence(quote=quote),
    )
    inner = Claim(
        id="x-2", verb="asked", text="for binding guarantees that NATO would not expand to the east", evidence=Evidence(quote=quote)
    )
    spelt = replace(outer, text=outer.text.replace("asked", "akssed"), evidence=Evidence(quote=quote.replace("asked", "akssed")))
    old = replace(sheet(), claims=(outer, inner))
    assert [c.id for c in align(old, replace(old, claims=(spelt,))).claims] == ["x"]


@given(
    st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=7), max_size=6),
    st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=7), max_size=6),
)
@settings(max_examples=200, deadline=None)
def test_no_pair_that_shares_enough_is_passed_over(one: list[list[str]], two: list[list[str]]) -> None:
    a, b = [Counter(words) for words in one], [Counter(words) for words in two]
    every = {(x, y) for x in range(len(a)) for y in range(len(b)) if shared(a[x], b[y]) >= SAME_QUOTE}
    assert every <= may_share(a, b)


def test_actors_keep_their_ids_and_are_named_by_them() -> None:
    old = replace(sheet(), actors=(Actor(id="okoro", name="Okoro", type="person"), *sheet().actors[1:]), claims=(claim(0, "x", "okoro"),))
    new = align(old, sheet())
    assert new.actors[0].id == "okoro"
    assert new.claims[0].speaker == "okoro"
    assert new.meetings[0].participants == ("okoro", "lars-vinter")


def test_two_who_share_a_name_are_not_taken_for_one() -> None:
    old = replace(sheet(), actors=(Actor(id="vinter", name="Vinter", type="person"),))
    both = (
        Actor(id="lars-vinter", name="Lars Vinter", type="person", aliases=("Vinter",)),
        Actor(id="eva-vinter", name="Eva Vinter", type="person", aliases=("Vinter",)),
    )
    assert [a.id for a in align(old, replace(sheet(), actors=both)).actors] == ["lars-vinter", "eva-vinter"]
