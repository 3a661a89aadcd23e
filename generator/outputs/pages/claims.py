"""Claims by every value they can be asked for: speaker, month, mode, kind of verb. Each value is a page, long ones come in several.

The lists by month hold every claim, those of a speaker all of theirs. The others show the newest and lead on to the month where older ones stand, for on
a large site each would hold all claims once more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from generator.days import days
from generator.model import Claim, Profile, Told
from generator.outputs import addresses
from generator.outputs.pages.actor import SHOWN, by_month, facts_path, with_page
from generator.outputs.pages.filters import Filter, Row, by_year
from generator.outputs.pages.frame import Frame, day_of
from generator.outputs.pages.views import Crumb, Link, Page, Pager, Plan
from generator.outputs.wording import Wording

TOP_SPEAKERS = 20
UNDATED = "undated"
NEWEST = 10  # pages of a list by mode or by kind of verb


def claim_lists(frame: Frame) -> Iterator[Plan]:
    """The newest claims; and all of them by month, mode and kind of verb. Those of one speaker stand with the speaker."""
    if not any(s.claims for s in frame.site.sheets):
        return
    words = frame.words
    claims = frame.claims
    parted: list[tuple[str, list[tuple[str, str, str, list[Told]]]]] = [
        ("by_month", parts(claims, month_key, lambda k: (f"month-{k}", month_name(words, k), in_month(words, k)))),
        (
            "by_mode",
            parts(claims, mode_key, lambda k: (f"mode-{k}", words.word("modes", k), words.say("claims_mode", mode=words.word("modes", k)))),
        ),
        (
            "by_kind",
            parts(claims, kind_key, lambda k: (f"kind-{k}", words.word("verbs", k), words.say("claims_kind", kind=words.word("verbs", k)))),
        ),
    ]
    unnamed = [t for t in claims if isinstance(t.fact, Claim) and not t.fact.speaker]
    speakers = sorted((p for p in frame.site.profiles.values() if p.said), key=lambda p: (-len(p.said), p.name))
    links = [Link(p.name, speaker_url(p), words.number(len(p.said))) for p in speakers[:TOP_SPEAKERS]]
    nobody = addresses.listing("claims", "unnamed")
    if unnamed:
        links.append(Link(words["unnamed_speakers"], nobody, words.number(len(unnamed))))
    more = Link(words["all_actors"], addresses.ACTORS) if len(speakers) > TOP_SPEAKERS else None
    filters = [Filter(words["by_speaker"], (Row(tuple(links)),), more)] if len(links) > 1 else []
    for key, values in parted:
        if len(values) > 1:
            found = [(file, name, addresses.listing("claims", file), len(some)) for file, name, _, some in values]
            if key == "by_month":
                dated = ((int(file[6:10]), int(file[11:13]), url, n) for file, _, url, n in found if not file.endswith(UNDATED))
                undated = tuple(Link(name, url, words.number(n)) for file, name, url, n in found if file.endswith(UNDATED))
                rows = (*by_year(words, dated), *([Row(undated)] if undated else []))
            else:
                rows = (Row(tuple(Link(name, url, words.number(n)) for _, name, url, n in found)),)
            filters.append(Filter(words[key], rows))
    (_, months), *_ = parted
    goes_on = len(months) > 1
    yield from claim_list(frame, addresses.CLAIMS, words["claims"], claims, filters=filters, pages=1 if goes_on else None)
    way = (Crumb(words["claims"], addresses.CLAIMS),)
    for key, values in parted:
        if len(values) > 1:
            for file, _, title, some in values:
                pages = NEWEST if goes_on and key != "by_month" else None
                yield from claim_list(frame, addresses.listing("claims", file), title, some, way, pages=pages)
    if unnamed:
        yield from claim_list(frame, nobody, words["unnamed_speakers"], unnamed, way)


def speaker_url(profile: Profile) -> str:
    """Where all claims of a speaker stand."""
    return facts_path(profile.id, "said") if len(profile.said) > SHOWN else f"{addresses.actor_page(profile.id)}#said"


def parts(
    claims: Sequence[Told], key: Callable[[Told], str], names: Callable[[str], tuple[str, str, str]]
) -> list[tuple[str, str, str, list[Told]]]:
    """Claims parted by a key: file name, name, title and the claims of each value, most first but months newest first."""
    groups: dict[str, list[Told]] = {}
    for told in claims:
        k = key(told)
        if k:
            groups.setdefault(k, []).append(told)
    ordered = (
        sorted(groups, key=lambda k: (k != UNDATED, k), reverse=True)
        if key is month_key
        else sorted(groups, key=lambda k: (-len(groups[k]), k))
    )
    return [(*names(k), groups[k]) for k in ordered]


def month_key(told: Told) -> str:
    """The month of the article; a word for none, for what no month has would stand nowhere."""
    at = days(told.article.published)
    return at.first.isoformat()[:7] if at else UNDATED


def month_name(words: Wording, month: str) -> str:
    return words["date_not_known"] if month == UNDATED else words.date(month)


def in_month(words: Wording, month: str) -> str:
    """The title of a month's claims."""
    return f"{words['claims']}: {words['date_not_known']}" if month == UNDATED else words.say("claims_in", month=words.date(month))


def mode_key(told: Told) -> str:
    return told.fact.mode if isinstance(told.fact, Claim) else ""


def kind_key(told: Told) -> str:
    return told.fact.kind if isinstance(told.fact, Claim) else ""


def claim_list(
    frame: Frame,
    path: str,
    title: str,
    claims: Sequence[Told],
    crumbs: tuple[Crumb, ...] = (),
    filters: Sequence[Filter] = (),
    pages: int | None = None,
) -> Iterator[Plan]:
    """Claims by month, in pages; in so many pages where a number is given, of which the last says where those before them stand."""
    shown = claims if pages is None else claims[: pages * frame.per_page]
    month = month_key(shown[-1]) if len(shown) < len(claims) else None
    before = Link(in_month(frame.words, month), addresses.listing("claims", f"month-{month}")) if month else None

    def make(at: str, some: Sequence[Told], pager: Pager | None, older: Link | None) -> Page:
        return frame.page(
            "facts.html",
            at,
            with_page(frame, title, pager),
            f"{title}: {frame.words.count('claims', len(claims))}.",
            section="claims",
            picture="claim",
            crumbs=crumbs,
            heading=title,
            total=len(claims),
            noun="claims",
            months=by_month(frame, some),
            pager=pager,
            filters=filters,
            older=older,
        )

    for at, some, pager in frame.listing(shown, path):
        older = before if pager is None or pager.page == pager.pages else None
        given = [title, len(claims), pager, filters, older, frame.keys.told(some)]
        yield Plan(at, partial(make, at, some, pager, older), given, day_of(some))
