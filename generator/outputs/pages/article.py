"""The fact sheet of an article: its text, each paragraph's facts beside it, and what else the sheet holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial

import msgspec
from markupsafe import Markup

from generator.days import days
from generator.model import Claim, FactSheet, Figure, Meeting
from generator.outputs import addresses
from generator.outputs.pages.cards import capital
from generator.outputs.pages.frame import Frame
from generator.outputs.pages.marked import facts_in_order, paragraphs
from generator.outputs.pages.views import Card, ClaimCard, Crumb, FigureCard, Link, Page, Plan, View

MOST_KEY_FACTS = 5
MOST_BESIDE = 20  # paragraphs beside the notes of one; the style sheet counts on no more
TELLING = ("denied", "warned", "vowed", "accused", "urged", "agreed")  # verbs that say more than that something was said
SHORT_ENOUGH = 220  # characters of a claim that a reader takes in at a glance


class KeyFact(View, frozen=True):
    """One of a sheet's most telling facts, in a line."""

    kind: str
    lead: str  # "10 January 2022", "Dmitry Peskov said", "around 100,000"
    text: str
    url: str
    status: str = ""


class Block(View, frozen=True):
    """A paragraph and the cards of its facts; `more` are the paragraphs behind it that have none, for these may stand beside the same cards."""

    html: Markup
    cards: tuple[tuple[int, Card], ...]  # each with its number
    gap: bool = False
    more: tuple[Markup, ...] = ()


class ActorRow(View, frozen=True):
    """An actor of the article, with the role it gives them and how often they speak and are named."""

    link: Link
    type: str
    role: str
    aliases: tuple[str, ...]
    claims: int
    named: int
    edit_url: str
    checked: bool
    doubtful: bool
    reason: str
    anchor: str


class DateRow(View, frozen=True):
    """Words for a date, and the date they mean."""

    text: str
    value: str
    iso: str


def article_pages(frame: Frame) -> Iterator[Plan]:
    """A page for every sheet."""
    for sheet in frame.site.sheets:
        path = addresses.article_page(sheet.article.id)
        given = [frame.keys.sheet(sheet.article.id), frame.titles[path]]
        yield Plan(path, partial(article_page, frame, sheet), given, sheet.article.published or "")


def article_page(frame: Frame, sheet: FactSheet) -> Page:
    article, words, site = sheet.article, frame.words, frame.site
    path = addresses.article_page(article.id)
    root = "../" * path.count("/")
    facts = facts_in_order(sheet)
    cards = {card.anchor: (n, card) for n, f in enumerate(facts, 1) for card in [frame.cards.card(article, f)]}
    numbers = {anchor: n for anchor, (n, _) in cards.items()}
    whole = (article.show or site.config.show) == "full"
    linked = {a.id: addresses.actor_page(a.id) for a in sheet.actors if a.id in site.profiles}
    text = paragraphs(sheet, root, numbers, words["fact_to_text"], whole, linked)
    blocks = grouped([Block(p.html, tuple(cards[addresses.anchor(f)] for f in p.facts), p.gap) for p in text])
    counts = words.counts(actors=len(sheet.actors), claims=len(sheet.claims), meetings=len(sheet.meetings), figures=len(sheet.figures))
    checkable = [*facts, *sheet.actors]
    telling = key_facts(frame, sheet)
    return frame.page(
        "article.html",
        path,
        article.title or article.id,
        description(frame, sheet, counts, telling),
        section="articles",
        picture="article",
        thing=sheet,
        og_type="article",
        crumbs=(Crumb(words["articles"], addresses.ARTICLES),),
        data=addresses.article_data(article.id),
        article=article,
        original=addresses.safe_url(article.url) or "",
        whole=whole,
        counts=counts,
        key_facts=telling,
        blocks=blocks,
        lost=[(n, card) for n, card in cards.values() if card.lost],
        actors=actor_rows(frame, sheet),
        dates=date_rows(frame, sheet),
        checked=sum(f.checked for f in checkable),
        checkable=len(checkable),
        edit_url=frame.cards.edit(article.id),
    )


def grouped(blocks: list[Block]) -> list[Block]:
    """Paragraphs without facts of their own go with the one before, so that its notes leave no hole in the text."""
    result: list[Block] = []
    for block in blocks:
        last = result[-1] if result else None
        if last and not block.cards and last.cards and len(last.more) < MOST_BESIDE:
            result[-1] = msgspec.structs.replace(last, more=(*last.more, block.html))
        else:
            result.append(block)
    return result


def description(frame: Frame, sheet: FactSheet, counts: list[str], telling: list[KeyFact]) -> str:
    """What search engines show: where and when the article stood, and what was taken from it."""
    article = sheet.article
    head = ", ".join(x for x in (article.publisher, frame.words.date(article.published)) if x)
    said = f" {telling[0].lead}: {telling[0].text}" if telling else ""
    return f"{head}{': ' if head and counts else ''}{', '.join(counts)}.{said}"


def key_facts(frame: Frame, sheet: FactSheet) -> list[KeyFact]:
    """At most five: the next meeting, the strongest quotation, the largest figure, then the next of each."""
    rows: list[list[KeyFact]] = [
        [meeting_line(frame, sheet, m) for m in meetings_by_weight(sheet)[:MOST_KEY_FACTS]],
        [claim_line(frame, sheet, c) for c in claims_by_weight(sheet)[:MOST_KEY_FACTS]],
        [figure_line(frame, sheet, f) for f in figures_by_weight(sheet)[:MOST_KEY_FACTS]],
    ]
    taken: list[KeyFact] = []
    for rank in range(MOST_KEY_FACTS):
        for row in rows:
            if rank < len(row) and len(taken) < MOST_KEY_FACTS and row[rank] not in taken:
                taken.append(row[rank])
    return taken


def meetings_by_weight(sheet: FactSheet) -> list[Meeting]:
    """Meetings ahead of the article first, the next one first; then what is past, the latest first. Undated and doubtful ones are left out."""
    day = days(sheet.article.published)

    def ahead(m: Meeting) -> tuple[int, int]:
        at = days(m.start)
        assert at
        away = at.first.toordinal() - (day.first.toordinal() if day else 0)
        return (0, away) if away >= 0 else (1, -away)

    return sorted((m for m in sheet.meetings if days(m.start) and not m.doubtful and m.status != "cancelled"), key=ahead)


def claims_by_weight(sheet: FactSheet) -> list[Claim]:
    """Words of a named speaker that are quoted, told by a telling verb, and short; what people checked before what nobody did."""

    def weight(c: Claim) -> tuple[bool, int, bool, bool]:
        return (
            not c.checked,
            {"direct": 0, "mixed": 1, "indirect": 2}[c.mode],
            c.kind not in TELLING,
            not 40 <= len(c.text) <= SHORT_ENOUGH,
        )

    return sorted((c for c in sheet.claims if c.speaker and not c.doubtful), key=weight)


def figures_by_weight(sheet: FactSheet) -> list[Figure]:
    """The largest count of anything with a name; counts before money before all else, for they say what happened to whom."""
    order = {"count": 0, "money": 1, "percent": 2}

    def weight(f: Figure) -> tuple[bool, int, float]:
        return (not f.checked, order.get(f.kind, 3), -float(f.value or f.high or f.low or 0))

    return sorted(
        (f for f in sheet.figures if (f.subject or f.unit) and not f.doubtful and any(n is not None for n in (f.value, f.low, f.high))),
        key=weight,
    )


def meeting_line(frame: Frame, sheet: FactSheet, m: Meeting) -> KeyFact:
    place = f", {m.place}" if m.place else ""
    return KeyFact(
        "meeting",
        frame.words.date(m.start),
        f"{capital(m.title)}{place}",
        f"{addresses.article_page(sheet.article.id)}#{addresses.anchor(m)}",
        m.status,
    )


def claim_line(frame: Frame, sheet: FactSheet, c: Claim) -> KeyFact:
    card = frame.cards.card(sheet.article, c)
    assert isinstance(card, ClaimCard)
    return KeyFact("claim", f"{card.who.text if card.who else card.who_words} {card.verb}", cut_short(card.what), card.url)


def figure_line(frame: Frame, sheet: FactSheet, f: Figure) -> KeyFact:
    card = frame.cards.card(sheet.article, f)
    assert isinstance(card, FigureCard)
    return KeyFact("figure", f"{card.modifier} {card.number_text}".strip(), " ".join(x for x in (card.unit, card.what) if x), card.url)


def cut_short(text: str) -> str:
    """A claim as long as a line or two, cut between words; a quotation stays closed."""
    if len(text) <= SHORT_ENOUGH:
        return text
    return text[:SHORT_ENOUGH].rsplit(" ", 1)[0].rstrip(",;:–— ") + " …" + ("”" if text.startswith("“") else "")


def actor_rows(frame: Frame, sheet: FactSheet) -> list[ActorRow]:
    """Who is in the article: those who speak most first, then those named most."""
    claims = Counter(c.speaker for c in sheet.claims)
    rows = [
        ActorRow(
            link=frame.cards.actor_in(a.id, sheet.article.id),
            type=a.type,
            role=a.role or "",
            aliases=tuple(x for x in a.aliases if x != a.name),
            claims=claims[a.id],
            named=len(a.mentions),
            edit_url=frame.cards.edit(sheet.article.id, a),
            checked=a.checked,
            doubtful=a.doubtful,
            reason=a.reason or "",
            anchor=addresses.anchor(a),
        )
        for a in sheet.actors
    ]
    return sorted(rows, key=lambda r: (-r.claims, -r.named))


def date_rows(frame: Frame, sheet: FactSheet) -> list[DateRow]:
    """Date expressions that were placed on the calendar, each wording once; durations and "now" say nothing new."""
    seen: dict[tuple[str, str], DateRow] = {}
    for d in sheet.dates:
        at = days(d.value)
        if at and d.text != d.value:
            seen.setdefault((d.text, d.value), DateRow(d.text, frame.words.date(d.value), d.value))
    return list(seen.values())
