"""An actor over all articles: what they said, what was said of and to them, whom they met, what figures they gave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from generator.days import days
from generator.model import Profile, Role, Tie, Told
from generator.outputs import addresses
from generator.outputs.calendar import actor_events
from generator.outputs.feeds import has_feed
from generator.outputs.pages.charts import Strip, months_strip
from generator.outputs.pages.events import EventLine, event_line
from generator.outputs.pages.frame import Frame, day_of
from generator.outputs.pages.views import Card, Crumb, Link, Page, Pager, Plan, View

SHOWN = 20  # facts of one group on an actor's page; the rest stands on pages of its own
TIES = 12
SENTENCES = 5
ROLE_SOURCES = 3  # articles that gave a role


LISTS = {"said": "by", "about": "about", "addressed": "to", "figures": "figures-of"}


class Month(View, frozen=True):
    """Cards of one month, newest first."""

    label: str
    cards: tuple[Card, ...]


class Group(View, frozen=True):
    """Facts that have the same to do with an actor."""

    id: str
    title: str
    total: int
    months: tuple[Month, ...]
    more: str = ""  # where all of them are, if some are left out


class RoleRow(View, frozen=True):
    text: str
    first: str | None
    last: str | None
    sources: tuple[Link, ...]


class TieRow(View, frozen=True):
    """Another actor, why the two belong together, and the sentences that say so."""

    link: Link
    events: tuple[EventLine, ...]
    claims: tuple[Card, ...]
    reasons: tuple[str, ...]


def actor_pages(frame: Frame) -> Iterator[Plan]:
    """A page for every actor, and further pages where there is too much for one."""
    for profile in frame.site.profiles.values():
        path = addresses.actor_page(profile.id)
        given = [frame.titles[path], actor_key(frame, profile)]
        yield Plan(path, partial(actor_page, frame, profile), given, day_of(profile.said or profile.about))
        for key, title, facts in groups_of(frame, profile):
            if len(facts) > SHOWN:
                yield from group_pages(frame, profile, key, title, facts)


def actor_key(frame: Frame, profile: Profile) -> list[Any]:
    """All that an actor's page is made of: of what it lists the part it shows, and of the rest how much there is, and when."""
    keys, site = frame.keys, frame.site
    return [
        keys.about(profile),
        [(len(facts), keys.told(facts[:SHOWN])) for facts in (profile.said, profile.about, profile.addressed, profile.figures)],
        [t.article.published for t in profile.said],
        [(keys.event(e), is_ahead(site.events[e].start, site.today)) for e in profile.events if e in site.events],
        [(keys.names([t.other]), t.other, len(t.claims), t.events, keys.told(t.claims[:SENTENCES])) for t in profile.ties[:TIES]],
        [keys.head(a) for a in profile.articles[:SHOWN]],
        [keys.head(a) for r in profile.roles for a in r.articles[:ROLE_SOURCES]],
        profile.articles,
        has_feed(site, profile),
        bool(actor_events(site, profile)),
    ]


def groups_of(frame: Frame, profile: Profile) -> list[tuple[str, str, Sequence[Told]]]:
    """The groups of facts, in the order they stand on the page."""
    words = frame.words
    return [
        ("said", words["said"], profile.said),
        ("about", words["said_about"], profile.about),
        ("addressed", words["addressed"], profile.addressed),
        ("figures", words["figures_given"], profile.figures),
    ]


def actor_page(frame: Frame, profile: Profile) -> Page:
    site, words = frame.site, frame.words
    events = [site.events[e] for e in profile.events if e in site.events]
    ahead = [e for e in events if is_ahead(e.start, site.today) and e.status in ("scheduled", "proposed")]
    groups = []
    for key, title, facts in groups_of(frame, profile):
        if facts:
            more = facts_path(profile.id, key) if len(facts) > SHOWN else ""
            groups.append(Group(key, title, len(facts), by_month(frame, facts[:SHOWN]), more))
    counts = words.counts(claims=len(profile.said), meetings=len(events), figures=len(profile.figures), articles=len(profile.articles))
    role = profile.roles[0].text if profile.roles else words.word("types", profile.type)
    return frame.page(
        "actor.html",
        addresses.actor_page(profile.id),
        profile.name,
        f"{profile.name}, {role}: {', '.join(counts)}." + (f" {profile.description}" if profile.description else ""),
        section="actors",
        picture="actor",
        thing=profile,
        og_type="profile",
        crumbs=(Crumb(words["actors"], addresses.ACTORS),),
        feed=addresses.actor_feed(profile.id) if has_feed(site, profile) else "",
        calendar=addresses.actor_calendar(profile.id) if actor_events(site, profile) else "",
        data=addresses.actor_data(profile.id),
        profile=profile,
        same_as=[u for u in profile.same_as if addresses.safe_url(u)],
        role=role,
        counts=counts,
        roles=[role_row(frame, r) for r in profile.roles],
        ahead=[event_line(frame, e, profile.id) for e in ahead[:3]],
        events=[event_line(frame, e, profile.id) for e in reversed(events[-frame.per_page :])],
        events_left_out=max(0, len(events) - frame.per_page),
        all_events=events_path(profile.id) if len(events) > frame.per_page else "",
        groups=groups,
        ties=[tie_row(frame, t) for t in profile.ties[:TIES]],
        strip=strip(frame, profile),
        articles=[frame.cards.article(frame.cards.sheets[a].article) for a in profile.articles[:SHOWN] if a in frame.cards.sheets],
        articles_left_out=max(0, len(profile.articles) - SHOWN),
        all_articles=articles_path(profile.id) if len(profile.articles) > SHOWN else "",
        edit_url="",
    )


def group_pages(frame: Frame, profile: Profile, key: str, title: str, facts: Sequence[Told]) -> Iterator[Plan]:
    """All facts of a group, in pages."""
    first = facts_path(profile.id, key)
    whole_title = f"{frame.titles[addresses.actor_page(profile.id)]}: {title}"
    for path, some, pager in frame.listing(facts, first):
        make = partial(group_page, frame, profile, key, title, whole_title, len(facts), path, some, pager)
        yield Plan(path, make, [profile.name, whole_title, len(facts), pager, frame.keys.told(some)], day_of(some))


def group_page(
    frame: Frame, profile: Profile, key: str, title: str, whole_title: str, total: int, path: str, some: Sequence[Told], pager: Pager | None
) -> Page:
    """One page of a group of facts."""
    return frame.page(
        "facts.html",
        path,
        with_page(frame, whole_title, pager),
        f"{profile.name}: {title} ({frame.words.number(total)})",
        section="actors",
        picture="actor",
        crumbs=(Crumb(frame.words["actors"], addresses.ACTORS), Crumb(profile.name, addresses.actor_page(profile.id))),
        heading=f"{profile.name}: {title}",
        total=total,
        noun="figures" if key == "figures" else "claims",
        months=by_month(frame, some),
        pager=pager,
        filters=(),
        older=None,
    )


def facts_path(actor: str, key: str) -> str:
    """Where all facts of a group stand: `claims/by-joe-biden.html`."""
    return addresses.listing("claims", f"{LISTS[key]}-{actor}")


def events_path(actor: str) -> str:
    """Where all of an actor's meetings stand."""
    return addresses.listing("calendar", f"of-{actor}")


def articles_path(actor: str) -> str:
    """Where all articles that name an actor stand."""
    return addresses.listing("sources", f"naming-{actor}")


def with_page(frame: Frame, title: str, pager: object) -> str:
    """A title that tells the pages of one listing apart."""
    page, pages = getattr(pager, "page", 1), getattr(pager, "pages", 1)
    return title if page == 1 else f"{title} – {frame.words.say('page_of', page=page, pages=pages)}"


def by_month(frame: Frame, facts: Sequence[Told]) -> tuple[Month, ...]:
    """Cards under the month they were reported in, in the order they come."""
    groups: list[tuple[str, list[Card]]] = []
    for told in facts:
        day = days(told.article.published)
        label = frame.words.month(day.first.year, day.first.month) if day else frame.words["date_not_known"]
        if not groups or groups[-1][0] != label:
            groups.append((label, []))
        groups[-1][1].append(frame.cards.told(told))
    return tuple(Month(label, tuple(cards)) for label, cards in groups)


def is_ahead(start: str | None, today: str) -> bool:
    """Whether something may still be to come: its last possible day is not before today."""
    at, now = days(start), days(today)
    return bool(at and now and at.last >= now.first)


def role_row(frame: Frame, role: Role) -> RoleRow:
    sheets = [frame.cards.sheets[a].article for a in role.articles[:ROLE_SOURCES] if a in frame.cards.sheets]
    return RoleRow(role.text, role.first, role.last, tuple(Link(a.publisher or a.title, addresses.article_page(a.id)) for a in sheets))


def tie_row(frame: Frame, tie: Tie) -> TieRow:
    words = frame.words
    reasons = []
    if tie.events:
        reasons.append(words.count("met", len(tie.events)))
    if tie.claims:
        reasons.append(words.count("spoke", len(tie.claims)))
    events = [event_line(frame, frame.site.events[e]) for e in tie.events[-SENTENCES:] if e in frame.site.events]
    return TieRow(frame.cards.actor(tie.other), tuple(events), tuple(frame.cards.told(t) for t in tie.claims[:SENTENCES]), tuple(reasons))


def strip(frame: Frame, profile: Profile) -> Strip | None:
    """Claims and meetings by month; nothing where all is in one month, for then there is no course of time to show."""
    claims = [t.article.published for t in profile.said]
    met = [frame.site.events[e].start for e in profile.events if e in frame.site.events]
    return months_strip(frame.words, [("claims", claims), ("meetings", met)])
