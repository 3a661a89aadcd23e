"""The facts in other systems' forms: Web Annotations of each article's text, and FollowTheMoney entities."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from generator.days import days
from generator.model import ActorType, Claim, FactSheet, Figure, Meeting, Output, Site
from generator.outputs import addresses
from generator.outputs.plain import claim_line, clean, figure_line, line

ENTITIES = "data/entities.ftm.json"
CONTEXT = 32  # characters before and after a quotation that tell it from its like, as annotation tools write them
SCHEMA: dict[ActorType, str] = {"person": "Person", "organization": "Organization", "country": "PublicBody", "group": "LegalEntity"}


def make_exchange(site: Site) -> Iterator[Output]:
    """All files of this kind."""
    for sheet in site.sheets:
        if page := annotation_page(site, sheet):
            path = addresses.annotations_file(sheet.article.id)
            yield Output(path=path, content=msgspec.json.format(msgspec.json.encode(page), indent=1) + b"\n")
    yield Output(path=ENTITIES, content=b"".join(msgspec.json.encode(e) + b"\n" for e in entities(site)))


# --- Web Annotations (W3C) ---


def annotation_page(site: Site, sheet: FactSheet) -> dict[str, Any] | None:
    """Every fact whose words are in the text, as an annotation of them; positions count characters of the clean text."""
    article = sheet.article
    path = addresses.annotations_file(article.id)
    facts: list[Claim | Meeting | Figure] = [*sheet.claims, *sheet.meetings, *sheet.figures]
    items = [annotation(site, sheet, f, path) for f in facts if f.evidence.start is not None and f.evidence.end is not None]
    if not items:
        return None
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": addresses.address(site.config, path, path),
        "type": "AnnotationPage",
        "items": items,
    }


def annotation(site: Site, sheet: FactSheet, fact: Claim | Meeting | Figure, path: str) -> dict[str, Any]:
    text, start, end = sheet.article.text, fact.evidence.start, fact.evidence.end
    assert start is not None
    assert end is not None
    return {
        "id": addresses.address(site.config, addresses.fact_address(sheet.article.id, fact), path),
        "type": "Annotation",
        "motivation": "describing",
        "body": {"type": "TextualBody", "value": in_words(site, fact), "format": "text/plain", "purpose": "describing"},
        "target": {
            "source": addresses.safe_url(sheet.article.url)
            or addresses.address(site.config, addresses.article_page(sheet.article.id), path),
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": text[start:end],
                    "prefix": text[max(0, start - CONTEXT) : start],
                    "suffix": text[end : end + CONTEXT],
                },
                {"type": "TextPositionSelector", "start": start, "end": end},
            ],
        },
    }


def in_words(site: Site, fact: Claim | Meeting | Figure) -> str:
    if isinstance(fact, Claim):
        return claim_line(site, fact)
    if isinstance(fact, Figure):
        return figure_line(fact)
    return ", ".join(line(x) for x in (fact.title, fact.start, fact.place) if x)


# --- FollowTheMoney ---


def entities(site: Site) -> Iterator[dict[str, Any]]:
    """Actors, articles, events, who stands in which article in what role, and who said what about whom."""
    for p in site.profiles.values():
        page = addresses.absolute(site.config, addresses.actor_page(p.id))
        yield entity(
            f"actor-{p.id}", SCHEMA[p.type], name=[p.name], alias=p.aliases, description=[p.description], sourceUrl=[page],
            wikidataId=[u.rsplit("/", 1)[1] for u in p.same_as if u.startswith(("https://www.wikidata.org/", "http://www.wikidata.org/"))],
            wikipediaUrl=[u for u in p.same_as if addresses.safe_url(u) and ".wikipedia.org/" in u],
        )  # fmt: skip
    for sheet in site.sheets:
        a = sheet.article
        yield entity(
            f"article-{a.id}", "Article", title=[a.title], author=[a.author], publisher=[a.publisher], publishedAt=[day(a.published)],
            sourceUrl=[addresses.safe_url(a.url)],
        )  # fmt: skip
    for e in site.events.values():
        yield entity(
            f"event-{e.id}", "Event", name=[e.title], startDate=[day(e.start)], endDate=[day(e.end)], location=[e.place],
            description=[e.description],
            involved=[f"actor-{i}" for i in e.participants if i in site.profiles], proof=[f"article-{t.article.id}" for t in e.told],
            summary=[t.fact.evidence.quote for t in e.told if isinstance(t.fact, Meeting)],
        )  # fmt: skip
    for sheet in site.sheets:
        yield from links(sheet)


def links(sheet: FactSheet) -> Iterator[dict[str, Any]]:
    """What ties an article's actors to it and to each other."""
    a = sheet.article
    for actor in sheet.actors:
        id, role = f"in-{a.id}-{actor.id}", [actor.role]
        yield entity(id, "Documentation", document=[f"article-{a.id}"], entity=[f"actor-{actor.id}"], role=role, date=[day(a.published)])
    for c in sheet.claims:
        for other in c.about if c.speaker else ():
            if other != c.speaker:
                yield entity(
                    f"claim-{a.id}-{c.id}-{other}", "UnknownLink", subject=[f"actor-{c.speaker}"], object=[f"actor-{other}"], role=[c.verb],
                    summary=[c.text], description=[c.evidence.quote], date=[day(a.published)], proof=[f"article-{a.id}"],
                )  # fmt: skip


def entity(id: str, schema: str, **properties: Any) -> dict[str, Any]:
    """An entity as FollowTheMoney writes it: every property a list, none empty."""
    values = {k: [clean(v) for v in vs if v and clean(v).strip()] for k, vs in properties.items()}
    return {"id": id, "schema": schema, "properties": {k: v for k, v in values.items() if v}}


def day(value: str | None) -> str | None:
    """A date as precise as it is known, without the hour; weeks and quarters, which that system does not know, by their year."""
    known = days(value)
    if known is None or value is None:
        return None
    return value.split("T")[0] if known.precision in ("year", "month", "day", "minute") else value[:4]
