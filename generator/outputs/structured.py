"""schema.org data of each page (JSON-LD), for a script element in its head: one graph a page, its nodes named by address and anchor.

Each type and property is the vocabulary's own. Our pages are `WebPage`s about an article, never the `NewsArticle` itself; `ClaimReview` is
written only where a person has put a verdict into the sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Any

import msgspec
from markupsafe import Markup

from generator.days import agree, days
from generator.model import Actor, Article, Claim, Event, FactSheet, Figure, Meeting, Profile, Quantity, Site, Status, Told
from generator.outputs import addresses
from generator.outputs.data import ALL, csv_path
from generator.outputs.database import FILE as DATABASE
from generator.outputs.exchange import ENTITIES
from generator.outputs.markup import UNUSABLE
from generator.outputs.plain import clean, figure_line, line, speaker_of
from generator.outputs.tables import TABLES

Node = dict[str, Any]

TYPES = {"person": "Person", "country": "Country"}
STATUSES: dict[Status, str] = {"scheduled": "EventScheduled", "cancelled": "EventCancelled"}  # proposed and held have no value there
UNWELCOME = "<>&\u2028\u2029"  # in a script
CURRENCY = 3  # letters of a currency's code
FORMATS = {".csv": "text/csv", ".jsonl": "application/jsonl", ".sqlite": "application/vnd.sqlite3", ".json": "application/json"}
REMOTE = ("call", "phone call", "video call", "videoconference", "video conference", "teleconference")


def json_ld(
    site: Site,
    path: str,
    title: str,
    thing: FactSheet | Profile | Event | Quantity | None = None,
    crumbs: Sequence[tuple[str, str]] = (),
    description: str = "",
) -> Markup:
    """The graph of a page, ready to stand in a script element. `crumbs` are the pages above it, text and path, the home page first."""
    return as_script(Graph(site, path).nodes(title, thing, crumbs, description))


def as_script(nodes: Iterable[Node]) -> Markup:
    """JSON in which nothing ends the element, opens a comment or, for old readers, a line; without what a page cannot hold."""
    written = msgspec.json.encode({"@context": "https://schema.org", "@graph": list(nodes)}).decode()
    for sign in UNWELCOME:
        if sign in written:
            written = written.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(written if written.isprintable() else UNUSABLE.sub("", written))  # what no page takes is not printable


class Graph:
    """Makes the nodes of one page: addresses depend on where it stands where the site does not know its own."""

    def __init__(self, site: Site, path: str) -> None:
        self.site = site
        self.path = path

    def at(self, path: str) -> str:
        return addresses.address(self.site.config, path, self.path)

    def ref(self, path: str) -> Node:
        return {"@id": self.at(path)}

    def actor_ref(self, id: str) -> Node:
        root = addresses.base(self.site.config)
        return {"@id": actor_at(root, id) if root else addresses.relative(self.path, f"{addresses.actor_page(id)}#actor")}

    @cached_property
    def ourselves(self) -> Node:
        """Who reads the articles and judges: the site."""
        return {"@type": "Organization", "name": line(self.site.config.title)}

    # --- pages ---

    def nodes(
        self, title: str, thing: FactSheet | Profile | Event | Quantity | None, crumbs: Sequence[tuple[str, str]], description: str
    ) -> Iterator[Node]:
        page: Node = {"@type": "WebPage", "@id": self.at(self.path), "url": self.at(self.path), "name": line(title)}
        page["inLanguage"] = self.site.config.language
        page["isPartOf"] = self.ref(f"{addresses.HOME}#site")
        if description:
            page["description"] = line(description)
        if crumbs:
            page["breadcrumb"] = self.breadcrumb([*crumbs, (title, self.path)])
        if isinstance(thing, FactSheet):
            yield from self.sheet(page, thing)
        elif isinstance(thing, Profile):
            page |= {"@type": "ProfilePage", "mainEntity": self.actor_ref(thing.id)}
            yield page
            yield self.actor(thing)
        elif isinstance(thing, Event):
            page["mainEntity"] = self.ref(f"{addresses.event_page(thing.id)}#event")
            yield page
            yield self.event(thing)
            # Who takes part is named here, for nobody has to follow a link to learn it.
            for profile in (self.site.profiles[a] for a in thing.participants if a in self.site.profiles):
                yield {"@type": type_of(profile), **self.actor_ref(profile.id), "name": line(profile.name)}
        elif isinstance(thing, Quantity):
            yield page | {"@type": "CollectionPage"}
            for told in thing.figures:
                if isinstance(told.fact, Figure):
                    yield self.figure(told.article, self.article_ref(told.article), told.fact)
        elif self.path == addresses.HOME:
            yield page
            yield self.website()
            yield self.dataset()
        else:
            yield page | {"@type": "CollectionPage" if self.path.rpartition("/")[2].startswith("index") else "WebPage"}

    def breadcrumb(self, crumbs: Sequence[tuple[str, str]]) -> Node:
        items = [
            {"@type": "ListItem", "position": n, "name": line(text), "item": self.at(path)} for n, (text, path) in enumerate(crumbs, 1)
        ]
        return {"@type": "BreadcrumbList", "itemListElement": items}

    def website(self) -> Node:
        config = self.site.config
        node = {"@type": "WebSite", "@id": self.at(f"{addresses.HOME}#site"), "url": self.at(addresses.HOME), "name": line(config.title)}
        return node | kept(description=line(config.description), inLanguage=config.language)

    def dataset(self) -> Node:
        """The downloads, for search engines of data."""
        paths = [ALL, DATABASE, ENTITIES, *(csv_path(t) for t in TABLES if t.file)]
        config = self.site.config
        return {
            "@type": "Dataset",
            "@id": self.at(f"{addresses.HOME}#data"),
            "name": line(config.title),
            "description": line(config.description)
            or f"{line(config.title)}: actors, claims, meetings and figures from news articles, with evidence",
            "url": self.at(addresses.HOME),
            **kept(license=addresses.safe_url(config.license), dateModified=self.site.today),
            "distribution": [
                {"@type": "DataDownload", "contentUrl": self.at(p), "encodingFormat": FORMATS["." + p.rpartition(".")[2]]} for p in paths
            ],
        }

    # --- articles and their facts ---

    def sheet(self, page: Node, sheet: FactSheet) -> Iterator[Node]:
        article = sheet.article
        source = self.article_ref(article)
        spoken = dict.fromkeys(c.speaker for c in sheet.claims if c.speaker)
        page["isBasedOn"] = source
        page |= kept(
            dateModified=article.updated or article.published,
            about=[self.actor_ref(i) for i in list(spoken)[:5]],
            mentions=[self.actor_ref(a.id) for a in sheet.actors],
        )
        yield page
        yield self.article(article)
        for a in sheet.actors:
            yield self.named(a)
        for c in sheet.claims:
            yield self.claim(article, source, c)
            if c.verdict:
                yield self.review(article, c)
        for m in sheet.meetings:
            if node := self.meeting(article, m):
                yield node
        for f in sheet.figures:
            yield self.figure(article, source, f)

    def article_ref(self, article: Article) -> Node:
        return {"@id": addresses.safe_url(article.url) or self.at(f"{addresses.article_page(article.id)}#article")}

    def article(self, article: Article) -> Node:
        return {
            "@type": "NewsArticle",
            **self.article_ref(article),
            "headline": line(article.title),
            **kept(
                url=addresses.safe_url(article.url),
                datePublished=article.published,
                dateModified=article.updated,
                publisher={"@type": "Organization", "name": line(article.publisher)} if article.publisher else None,
                author={"@type": "Person", "name": line(article.author)} if article.author else None,
                inLanguage=article.language,
            ),
        }

    def named(self, actor: Actor) -> Node:
        """An actor as one article has them."""
        profile = self.site.profiles.get(actor.id)
        kind = type_of(profile or actor)
        node = {"@type": kind, **self.actor_ref(actor.id), "name": line(profile.name if profile else actor.name)}
        if kind == "Person" and (role := line(actor.role)):
            node["jobTitle"] = role
        return node

    def claim(self, article: Article, source: Node, claim: Claim) -> Node:
        """What is said: a quotation where the words are the speaker's own; else told in the article's words, as we read them."""
        here = self.at(addresses.fact_address(article.id, claim))
        node: Node = {"@type": "Claim", "@id": here, "url": here, "text": clean(claim.text), "appearance": source}
        if who := self.speaker(claim):
            node["author"] = who
        if article.published:
            node["datePublished"] = article.published
        if claim.about:
            node["about"] = [self.actor_ref(i) for i in claim.about]
        if claim.mode == "direct":
            node["@type"] = ["Claim", "Quotation"]
            node["isPartOf"] = source
            node |= kept(spokenByCharacter=who, dateCreated=article.published)
        else:
            node["claimInterpreter"] = self.ourselves
        return node

    def speaker(self, claim: Claim) -> Node | None:
        if claim.speaker:
            return self.actor_ref(claim.speaker)
        words = speaker_of(self.site, claim)
        return {"@type": "Person", "name": words} if words else None

    def review(self, article: Article, claim: Claim) -> Node:
        """A person's judgement of a claim."""
        here = addresses.fact_address(article.id, claim)
        return {
            "@type": "ClaimReview",
            "@id": self.at(f"{here}-verdict"),
            "url": self.at(here),
            "claimReviewed": clean(claim.text),
            "itemReviewed": self.ref(here),
            "author": self.ourselves,
            "reviewRating": {"@type": "Rating", "alternateName": line(claim.verdict)},
        }

    def figure(self, article: Article, source: Node, figure: Figure) -> Node:
        here = self.at(addresses.fact_address(article.id, figure))
        unit = line(figure.unit)
        node: Node = {"@type": "Observation", "@id": here, "url": here, "name": figure_line(figure)}
        if about := line(figure.subject) or unit:
            node["observationAbout"] = {"@type": "Thing", "name": about}
        node["variableMeasured"] = unit or figure.kind
        if unit:
            node["unitText"] = unit
        if is_date(figure.as_of):
            node["observationDate"] = figure.as_of
        node.update(amount_of(figure), subjectOf=source)
        return node

    # --- meetings ---

    def meeting(self, article: Article, meeting: Meeting) -> Node | None:
        """An event in short, where its article's page names it."""
        event = self.site.events.get(self.site.event_of.get(f"{article.id}/{meeting.id}", ""))
        if event is None:
            return None
        node = {"@type": "Event", **self.ref(f"{addresses.event_page(event.id)}#event"), "name": line(event.title)}
        return node | kept(url=self.at(addresses.event_page(event.id)), startDate=event.start if is_date(event.start) else None)

    def event(self, event: Event) -> Node:
        page = addresses.event_page(event.id)
        starts = [c.start for c in event.history if is_date(c.start)]
        moved = [s for s in starts if not agree(s, event.start)]
        status = STATUSES.get(event.status)
        return {
            "@type": "Event",
            **self.ref(f"{page}#event"),
            "url": self.at(page),
            "name": line(event.title),
            **kept(
                description=line(event.description),
                startDate=event.start if is_date(event.start) else None,
                endDate=event.end if is_date(event.end) else None,
                location={"@type": "Place", "name": line(event.place)} if event.place else None,
                attendee=[self.actor_ref(i) for i in event.participants],
                eventStatus=f"https://schema.org/{'EventRescheduled' if moved and status == 'EventScheduled' else status}"
                if status
                else None,
                previousStartDate=moved[-1] if moved else None,
                eventAttendanceMode=mode(event),
                sameAs=[u for u in event.same_as if addresses.safe_url(u)],
                subjectOf=[self.article_ref(a) for a in dict_of(event.told)],
            ),
        }

    # --- actors ---

    def actor(self, profile: Profile) -> Node:
        kind = type_of(profile)
        role = profile.roles[0].text if profile.roles and kind == "Person" else ""
        return {
            "@type": kind,
            **self.actor_ref(profile.id),
            "name": line(profile.name),
            **kept(
                description=line(profile.description),
                alternateName=[line(n) for n in profile.aliases],
                jobTitle=line(role),
                sameAs=[u for u in profile.same_as if addresses.safe_url(u)],
                subjectOf=[self.ref(addresses.article_page(a)) for a in profile.articles[:50]],
                url=self.at(addresses.actor_page(profile.id)),
            ),
        }


@lru_cache(maxsize=addresses.REMEMBERED)  # an actor is named on many pages
def actor_at(root: str, id: str) -> str:
    return f"{root}{addresses.encoded(addresses.actor_page(id))}#actor"


def kept(**properties: Any) -> Node:
    """The properties that have a value."""
    return {k: v for k, v in properties.items() if v or v == 0}


def type_of(actor: Actor | Profile) -> str:
    return TYPES.get(actor.type, "Organization")


def dict_of(told: Iterable[Told]) -> list[Article]:
    """The articles of some facts, each once."""
    return list({t.article.id: t.article for t in told}.values())


def is_date(value: str | None) -> bool:
    """Whether schema.org's Date takes it: years, months, days and moments, no weeks."""
    known = days(value)
    return known is not None and known.precision in ("year", "month", "day", "minute")


def mode(event: Event) -> str | None:
    """Whether people met in one place or over a line, where the kind of meeting or a place says so."""
    if event.type.casefold() in REMOTE:
        return "https://schema.org/OnlineEventAttendanceMode"
    return "https://schema.org/OfflineEventAttendanceMode" if event.place else None


def amount_of(figure: Figure) -> Node:
    """The number as a value or its bounds; money with its currency."""
    if figure.value is not None and figure.modifier in ("=", "~"):
        if figure.kind == "money" and figure.unit and len(figure.unit) == CURRENCY and figure.unit.isalpha() and figure.unit.isupper():
            return {"value": {"@type": "MonetaryAmount", "currency": figure.unit, "value": figure.value}}
        return {"value": figure.value}
    low = figure.value if figure.modifier == ">" and figure.value is not None else figure.low
    high = figure.value if figure.modifier == "<" and figure.value is not None else figure.high
    return kept(minValue=low, maxValue=high)
