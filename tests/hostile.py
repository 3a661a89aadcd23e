"""Sites in which every text of every kind of fact is hostile, for the tests of what must not become of it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from generator.link import link
from generator.model import Actor, Article, Claim, Curation, Evidence, Fact, FactSheet, Figure, Meeting, Site, SiteConfig, Span

ESCAPE = re.compile(r"\\(?:([nrt])|x([0-9a-f]{2})|u([0-9a-f]{4}))")
LONG = ("a" * 1500, "<b>" * 200, "\u0301" * 500, "&" * 500, '"' * 500, "x " * 400, "../" * 200, "é" * 250)
TEXTS = (str, str | None)
LISTS = (tuple[str, ...],)
REFERENCES = {"speaker", "to", "about", "participants", "absent", "source"}  # ids of actors
DATES = {"published", "updated", "start", "end", "as_of"}
BASE = "https://facts.example/x/"


@cache
def payloads() -> tuple[str, ...]:
    """All hostile strings: those of the file, and very long ones."""
    file = Path(__file__).with_name("hostile.txt")
    lines = (x for x in file.read_text("utf-8").split("\n") if x.strip() and not x.startswith("#"))
    return (*dict.fromkeys(ESCAPE.sub(character, x) for x in lines), *LONG)


def character(m: re.Match[str]) -> str:
    return {"n": "\n", "r": "\r", "t": "\t"}[m[1]] if m[1] else chr(int(m[2] or m[3], 16))


def text_fields(noun: type) -> list[tuple[str, bool]]:
    """The fields that hold text, and whether it is a list; ids and references to them are filled elsewhere."""
    fields = [(f.name, f.type) for f in msgspec.structs.fields(noun)]
    return [(name, type_ in LISTS) for name, type_ in fields if type_ in TEXTS + LISTS and name not in REFERENCES | {"id"}]


def filled(noun: type, payload: str, *, dates: bool = False) -> dict[str, Any]:
    """Every text field of a noun with the payload in it; `dates` fills those that hold a date as well."""
    return {name: (payload,) if many else payload for name, many in text_fields(noun) if dates or name not in DATES}


def hostile_sheet(n: int, payload: str, *, ids: bool = False) -> FactSheet:
    """An article with a fact of each kind, all of whose texts are the payload; with `ids`, their ids and dates too."""
    text = f"Ann said {payload} on Monday.\n\n{payload}\n\nShe met Bob. {payload}"
    whole, words = len(text), len("Ann said ")
    found = Evidence(quote=text, start=0, end=whole)
    lost = Evidence(quote=payload)
    span = Span(words, words + len(payload))

    def of(noun: type[Fact], /, **more: Any) -> Any:
        return noun(**{**filled(noun, payload, dates=ids), **more})

    def named(id_: str) -> str:
        return payload if ids else f"{id_}-{n}"

    day = {} if ids else {"start": f"2024-{n % 12 + 1:02}-{n % 28 + 1:02}T10:00Z", "end": None}
    who, other = named("ann"), f"bob-{n}"
    return FactSheet(
        article=Article(
            **{**filled(Article, payload, dates=ids), "id": payload if ids else f"a{n}", "text": text, "extra": {payload: payload}},
            **({} if ids else {"published": f"2024-{n % 12 + 1:02}-01"}),
        ),
        actors=(
            of(Actor, id=who, type="person", mentions=(Span(0, 3), span)),
            of(Actor, id=other, type="organization", doubtful=True),
        ),
        claims=(
            of(Claim, id=named("c"), kind="said", mode="mixed", speaker=who, to=other, about=(other,), evidence=found, content_spans=(span,)),
            of(Claim, id=f"lost-{n}", kind="said", mode="indirect", speaker=None, evidence=lost),
            of(Claim, id=f"other-{n}", kind="denied", mode="direct", speaker=other, about=(who,), evidence=found, doubtful=True),
        ),
        meetings=(
            of(Meeting, id=named("m"), status="scheduled", participants=(who, other), absent=(), evidence=found, **day),
            of(Meeting, id=f"gone-{n}", status="cancelled", participants=(other,), absent=(who,), evidence=lost, **day),
        ),
        figures=(
            of(Figure, id=named("f"), kind="count", value=n, modifier="~", source=who, evidence=found, span=span),
            of(Figure, id=f"range-{n}", kind="money", low=1, high=2.5, modifier="=", source=None, evidence=lost),
        ),
    )  # fmt: skip


def hostile_site(chosen: tuple[str, ...], *, ids: bool = False, base: str = BASE, strict: bool = False) -> Site:
    """A linked site of the payloads: one article each, and people's own descriptions of the actors."""
    sheets = [hostile_sheet(n, p, ids=ids) for n, p in enumerate(chosen)]
    curated = [
        Curation(id=f"bob-{n}", description=p, same_as=(p,), aliases=(p,), file="content/actors/x.yaml")
        for n, p in enumerate(chosen)
        if not ids
    ]
    config = SiteConfig(title="Hostile", base_url=base, show="full", doubtful=True, edit_url="https://git.example/edit/", strict_csp=strict)
    files = {f"a{n}": f"sheets/{p}.yaml:1" for n, p in enumerate(chosen)}
    return link(sheets, config, actors=curated, files=files)


def hostile_config(payload: str) -> Site:
    """A small site whose settings and own page are the payload."""
    config = SiteConfig(
        title=payload, description=payload, base_url=payload, edit_url=payload, license=payload, show="full", doubtful=True,
    )  # fmt: skip
    return link([hostile_sheet(0, payload)], config, pages={"about": f"# {payload}\n\n{payload}\n\n- {payload}", payload: payload})
