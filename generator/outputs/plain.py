"""Facts in plain words, for files that no theme renders: feeds, calendars, downloads and the search index.

Only the articles' own words, names, ISO dates and signs are used, so nothing here needs translating.
"""

from __future__ import annotations

import re

from generator.model import Article, Claim, Event, Fact, Figure, Site

# What XML 1.0 cannot hold and no text needs: controls, lone surrogates, the two non-characters.
UNUSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
SIGNS = {"=": "", "~": "≈ ", "<": "< ", ">": "> "}


def clean(text: str | None) -> str:
    """The text without characters that no file format takes."""
    if not text or text.isprintable():  # nearly all are, and nothing unusable is
        return text or ""
    return UNUSABLE.sub("", text)


def line(text: str | None) -> str:
    """The text in one line."""
    if not text:
        return ""
    if text.isprintable() and "  " not in text and text[0] != " " and text[-1] != " ":  # no white space but this is printable
        return text
    return " ".join(clean(text).split())


def markup(text: str | None) -> str:
    """The text as XML holds it, in an element or between double quotes; without what XML cannot hold."""
    return markup_of_line(clean(text)).replace("\r", "&#13;")


def markup_of_line(text: str) -> str:
    """The same of a text in one line."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def listed(site: Site, fact: Fact) -> bool:
    """Whether listings carry the fact: what the rules found doubtful waits for a person, unless the site says otherwise."""
    return site.config.doubtful or fact.checked or not fact.doubtful


def whole_text(site: Site, article: Article) -> bool:
    """Whether the article's rights let its whole text be shown."""
    return (article.show or site.config.show) == "full"


def name_of(site: Site, actor: str) -> str:
    profile = site.profiles.get(actor)
    return line(profile.name if profile else actor)


def names_of(site: Site, actors: tuple[str, ...]) -> str:
    return ", ".join(name_of(site, a) for a in actors)


def speaker_of(site: Site, claim: Claim) -> str:
    """Who says it: the actor's name, else the article's words."""
    return name_of(site, claim.speaker) if claim.speaker else line(claim.speaker_text)


def claim_line(site: Site, claim: Claim) -> str:
    """ "Dmitry Peskov: the Kremlin is in the mood for a conversation"."""
    who = speaker_of(site, claim)
    return f"{who}: {line(claim.text)}" if who else line(claim.text)


def number(value: float | int | None) -> str:
    """ "100,000", "2.5"; whole numbers without a fraction however they were written."""
    if value is None:
        return ""
    whole = isinstance(value, int) or (value.is_integer() and abs(value) < 1e15)
    return f"{int(value):,}" if whole else f"{value:,}"


def amount(figure: Figure) -> str:
    """The number with what is known of it: "≈ 100,000", "10 – 12", "> 5"."""
    if figure.value is not None:
        return SIGNS[figure.modifier] + number(figure.value)
    if figure.low is not None and figure.high is not None:
        return f"{SIGNS['~'] if figure.modifier == '~' else ''}{number(figure.low)} – {number(figure.high)}"
    return f"≥ {number(figure.low)}" if figure.low is not None else f"≤ {number(figure.high)}" if figure.high is not None else ""


def figure_line(figure: Figure) -> str:
    """ "≈ 100,000 Russian troops amassed on Ukraine's borders"; the unit where the subject does not say it."""
    subject, unit = line(figure.subject), line(figure.unit)
    if unit == "percent":
        return " ".join(x for x in (f"{amount(figure)} %", subject) if x)
    said = unit.casefold() in subject.casefold()
    return " ".join(x for x in (amount(figure), "" if said else unit, subject) if x)


def event_line(event: Event) -> str:
    """ "US–Russia talks, 2022-01-10, Geneva"."""
    return ", ".join(line(x) for x in (event.title, event.start, event.place) if x)
