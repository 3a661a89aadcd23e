"""The facts in other systems' forms: Web Annotations of each article's text, and FollowTheMoney entities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from typing import Any

import msgspec

from generator.days import days
from generator.model import ActorType, Claim, FactSheet, Figure, Meeting, Site
from generator.outputs import addresses
from generator.outputs.drafts import Draft, assembled
from generator.outputs.keys import Keys, key_of, keys_of
from generator.outputs.plain import claim_line, clean, figure_line, line

ENTITIES = "data/entities.ftm.json"
Entity = dict[str, Any]
encode_lines = msgspec.json.Encoder().encode_lines
CONTEXT = 32  # characters before and after a quotation that tell it from its like, as annotation tools write them
SCHEMA: dict[ActorType, str] = {"person": "Person", "organization": "Organization", "country": "PublicBody", "group": "LegalEntity"}


def make_exchange(site: Site) -> Iterator[Draft]:
    """All files of this kind."""
    keys = keys_of(site)

    def annotations(id: str) -> bytes:
        return annotation_page(site, keys.by_id[id])

    for id, sheet in keys.by_id.items():
        if any(map(placed, facts_of(sheet))):
            yield Draft(addresses.annotations_file(id), partial(annotations, id), keys.sheet(id))
    yield entities(site, keys)


# --- Web Annotations (W3C) ---


def facts_of(sheet: FactSheet) -> list[Claim | Meeting | Figure]:
    return [*sheet.claims, *sheet.meetings, *sheet.figures]


def placed(fact: Claim | Meeting | Figure) -> bool:
    """Whether the fact's words are in the text."""
    return fact.evidence.start is not None and fact.evidence.end is not None


def annotation_page(site: Site, sheet: FactSheet) -> bytes:
    """Every fact whose words are in the text, as an annotation of them; positions count characters of the clean text."""
    path, page = addresses.annotations_file(sheet.article.id), addresses.article_page(sheet.article.id)
    source = addresses.safe_url(sheet.article.url) or addresses.address(site.config, page, path)

    def annotation(fact: Claim | Meeting | Figure) -> dict[str, Any]:
        text, start, end = sheet.article.text, fact.evidence.start, fact.evidence.end
        assert start is not None
        assert end is not None
        quote = {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(0, start - CONTEXT) : start],
            "suffix": text[end : end + CONTEXT],
        }
        return {
            "id": addresses.address(site.config, f"{page}#{addresses.anchor(fact)}", path),
            "type": "Annotation",
            "motivation": "describing",
            "body": {"type": "TextualBody", "value": in_words(site, fact), "format": "text/plain", "purpose": "describing"},
            "target": {"source": source, "selector": [quote, {"type": "TextPositionSelector", "start": start, "end": end}]},
        }

    made = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": addresses.address(site.config, path, path),
        "type": "AnnotationPage",
        "items": [annotation(f) for f in facts_of(sheet) if placed(f)],
    }
    return msgspec.json.encode(made) + b"\n"


def in_words(site: Site, fact: Claim | Meeting | Figure) -> str:
    if isinstance(fact, Claim):
        return claim_line(site, fact)
    if isinstance(fact, Figure):
        return figure_line(fact)
    return ", ".join(line(x) for x in (fact.title, fact.start, fact.place) if x)


# --- FollowTheMoney ---


def entities(site: Site, keys: Keys) -> Draft:
    """Actors, articles, events, who stands in which article in what role, and who said what about whom. One file, in this order."""
    sheets = {id: keys.sheet(id) for id in keys.by_id}
    given = {
        "actors": key_of([keys.about(p) for p in site.profiles.values()]),
        **{f"article/{id}": key for id, key in sheets.items()},
        "events": key_of(
            [keys.all_of_event(id) for id in site.events], [i in site.profiles for e in site.events.values() for i in e.participants]
        ),
        **{f"links/{id}": key for id, key in sheets.items()},
    }

    def make(giver: str) -> bytes:
        kind, _, id = giver.partition("/")
        if kind == "actors":
            found = actors(site)
        elif kind == "events":
            found = events(site)
        else:
            found = links(keys.by_id[id]) if kind == "links" else article(keys.by_id[id])
        return encode_lines(found)

    return assembled(ENTITIES, given, make)


def actors(site: Site) -> Iterator[Entity]:
    for p in site.profiles.values():
        page = addresses.absolute(site.config, addresses.actor_page(p.id))
        yield entity(
            f"actor-{p.id}", SCHEMA[p.type], name=one(p.name), alias=several(p.aliases), description=one(p.description), sourceUrl=one(page),
            wikidataId=several(u.rsplit("/", 1)[1] for u in p.same_as if u.startswith(("https://www.wikidata.org/", "http://www.wikidata.org/"))),
            wikipediaUrl=several(u for u in p.same_as if addresses.safe_url(u) and ".wikipedia.org/" in u),
        )  # fmt: skip


def article(sheet: FactSheet) -> Iterator[Entity]:
    a = sheet.article
    yield entity(
        f"article-{a.id}", "Article", title=one(a.title), author=one(a.author), publisher=one(a.publisher),
        publishedAt=one(day(a.published)), sourceUrl=one(addresses.safe_url(a.url)),
    )  # fmt: skip


def events(site: Site) -> Iterator[Entity]:
    for e in site.events.values():
        yield entity(
            f"event-{e.id}", "Event", name=one(e.title), startDate=one(day(e.start)), endDate=one(day(e.end)), location=one(e.place),
            description=one(e.description),
            involved=several(f"actor-{i}" for i in e.participants if i in site.profiles), proof=several(f"article-{t.article.id}" for t in e.told),
            summary=several(t.fact.evidence.quote for t in e.told if isinstance(t.fact, Meeting)),
        )  # fmt: skip


def links(sheet: FactSheet) -> Iterator[Entity]:
    """What ties an article's actors to it and to each other."""
    article = sheet.article.id
    proof, on = one(f"article-{article}"), one(day(sheet.article.published))
    named = {id: one(f"actor-{id}") for id in (*(a.id for a in sheet.actors), *(c.speaker for c in sheet.claims)) if id}
    for a in sheet.actors:
        yield entity(f"in-{article}-{a.id}", "Documentation", document=proof, entity=named[a.id], role=one(a.role), date=on)
    for c in sheet.claims:
        for other in c.about if c.speaker else ():
            if other != c.speaker:
                yield entity(
                    f"claim-{article}-{c.id}-{other}", "UnknownLink", subject=named[c.speaker or ""], object=one(f"actor-{other}"),
                    role=one(c.verb), summary=one(c.text), description=one(c.evidence.quote), date=on, proof=proof,
                )  # fmt: skip


def entity(id: str, schema: str, **properties: list[str]) -> Entity:
    """An entity as FollowTheMoney writes it: every property a list, none empty."""
    return {"id": id, "schema": schema, "properties": {name: several for name, several in properties.items() if several}}


def one(value: str | None) -> list[str]:
    """What a property of one value holds: text that every file takes, and no blanks."""
    return [] if not value or not (value := clean(value)) or value.isspace() else [value]


def several(values: Iterable[str]) -> list[str]:
    """The same of several."""
    return [v for value in values for v in one(value)]


@lru_cache(maxsize=4096)
def day(value: str | None) -> str | None:
    """A date as precise as it is known, without the hour; weeks and quarters, which that system does not know, by their year."""
    known = days(value)
    if known is None or value is None:
        return None
    return value.split("T")[0] if known.precision in ("year", "month", "day", "minute") else value[:4]
