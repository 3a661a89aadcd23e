"""Facts as cards: the same four lines on every page, joined here so that no template has to look anything up."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from generator.model import Actor, Article, Claim, Fact, FactSheet, Figure, Meeting, Site, Told
from generator.outputs import addresses
from generator.outputs.pages.views import Card, ClaimCard, FigureCard, Link, MeetingCard
from generator.outputs.recent import Recent
from generator.outputs.wording import Wording

OPENING = ('"', "“", "„", "«", "‘", "'")
CLOSING = ('"', "”", "“", "»", "’", "'")
APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
BEFORE_NAMES = ("according to", "in the words of", "in the view of", "in the opinion of", "in the eyes of")
AT_HAND = 1 << 15  # cards kept for pages still to come
DOUBLE = '"“”„«»'


class Cards:
    """Makes cards of a site's facts. Holds what joins need: sheets by article, actors by article, figures by quantity."""

    def __init__(self, site: Site, words: Wording) -> None:
        self.site = site
        self.words = words
        self.sheets: dict[str, FactSheet] = {s.article.id: s for s in site.sheets}
        self.quantity_of = {
            f"{told.article.id}/{told.fact.id}": link
            for q in site.quantities
            if addresses.has_page(q)
            for link in [Link(capital(q.label), addresses.quantity_page(q.id))]
            for told in q.figures
        }
        self.actors_in = cache(self.find_actors_in)
        self.made: Recent[tuple[str, type[Fact], str], Card] = Recent(AT_HAND)  # a fact stands on several pages

    def find_actors_in(self, article: str) -> dict[str, Actor]:
        """The actors of one article by id."""
        sheet = self.sheets.get(article)
        return {a.id: a for a in sheet.actors} if sheet else {}

    # --- links ---

    def actor(self, id: str, note: str = "") -> Link:
        """An actor's name with its page; the name alone where the actor has none."""
        profile = self.site.profiles.get(id)
        return Link(profile.name, addresses.actor_page(id), note) if profile else Link(id.replace("-", " "), "", note)

    def actor_in(self, id: str, article: str) -> Link:
        """An actor with the role that this article gives them."""
        seen = self.actors_in(article).get(id)
        link = self.actor(id, seen.role or "" if seen else "")
        return link if link.url or not seen else Link(seen.name, "", link.note)

    def article(self, article: Article) -> Link:
        return Link(article.title or article.id, addresses.article_page(article.id), article.publisher or "")

    def event(self, article: str, meeting: Meeting) -> Link:
        id = self.site.event_of.get(f"{article}/{meeting.id}")
        event = self.site.events.get(id) if id else None
        return Link(capital(event.title if event else meeting.title), addresses.event_page(event.id) if event else "")

    def edit(self, article: str, fact: Fact | None = None) -> str:
        """Where a person edits the fact or the sheet; nothing where the site does not say."""
        return addresses.edit_link(self.site, article, fact) or ""

    # --- cards ---

    def told(self, told: Told) -> Card:
        """The card of a fact on a page other than its article's."""
        return self.card(self.whole(told.article), told.fact)

    def whole(self, article: Article) -> Article:
        """The article with its text, which a `Told` leaves out."""
        sheet = self.sheets.get(article.id)
        return sheet.article if sheet else article

    def card(self, article: Article, fact: Claim | Meeting | Figure | Actor) -> Card:
        """The card of any fact but an actor, who has none."""
        key = (article.id, type(fact), fact.id)
        card = self.made.get(key)
        if card is None:
            assert not isinstance(fact, Actor)
            make: Any = self.claim if isinstance(fact, Claim) else self.meeting if isinstance(fact, Meeting) else self.figure
            made: Card = make(article, fact)
            self.made.put(key, made)
            return made
        return card

    def claim(self, article: Article, claim: Claim) -> ClaimCard:
        who = self.actor_in(claim.speaker, article.id) if claim.speaker else None
        return ClaimCard(
            **self.shared(article, "claim", claim),
            what=as_quotation(claim.text) if claim.mode == "direct" else curly(claim.text),
            who=Link(who.text, who.url) if who else None,
            role=who.note if who else "",
            who_words=claim.speaker_text or "",
            verb=self.verb(claim),
            verb_kind=claim.kind,
            mode=claim.mode,
            to=self.actor(claim.to) if claim.to else None,
            about=tuple(self.actor(a) for a in claim.about if a != claim.speaker and a != claim.to),
            verdict=claim.verdict or "",
        )

    def verb(self, claim: Claim) -> str:
        """The article's verb; ours where it has none, or one that cannot stand behind the speaker's name ("according to")."""
        if claim.verb and claim.verb.casefold() not in BEFORE_NAMES:
            return claim.verb
        return self.words.word("verbs", claim.kind)

    def meeting(self, article: Article, meeting: Meeting) -> MeetingCard:
        return MeetingCard(
            **self.shared(article, "meeting", meeting),
            what=meeting.title,
            event=self.event(article.id, meeting),
            type=meeting.type,
            status=meeting.status,
            start=meeting.start,
            end=meeting.end,
            place=meeting.place or "",
            participants=tuple(self.actor_in(a, article.id) for a in meeting.participants),
            absent=tuple(self.actor_in(a, article.id) for a in meeting.absent),
        )

    def figure(self, article: Article, figure: Figure) -> FigureCard:
        who = self.actor_in(figure.source, article.id) if figure.source else None
        subject = figure.subject or ""
        unit = "" if self.words.unit_is_said(figure.unit) or (figure.unit or "").casefold() in subject.casefold() else figure.unit or ""
        return FigureCard(
            **self.shared(article, "figure", figure),
            what=subject,
            who=Link(who.text, who.url) if who else None,
            role=who.note if who else "",
            who_words=figure.according_to or "",
            modifier=self.words.modifier(figure),
            number_text=self.words.bare(figure),
            unit=unit,
            as_of=figure.as_of,
            quantity=self.quantity_of.get(f"{article.id}/{figure.id}"),
        )

    def shared(self, article: Article, kind: str, fact: Claim | Meeting | Figure) -> dict[str, Any]:
        """The fields that every card has."""
        page = addresses.article_page(article.id)
        anchor = addresses.anchor(fact)
        lost = fact.evidence.start is None
        return {
            "kind": kind,
            "anchor": anchor,
            "url": f"{page}#{anchor}",
            "article": self.article(article),
            "publisher": article.publisher or "",
            "reported": article.published,
            "evidence": fact.evidence.quote,
            "lost": lost,
            "text_url": "" if lost else f"{page}#{addresses.mark(fact)}",
            "words_url": addresses.words_at_publisher(article, fact.evidence) or "",
            "edit_url": self.edit(article.id, fact),
            "language": article.language if article.language != self.site.config.language else "",
            "checked": fact.checked,
            "doubtful": fact.doubtful,
            "reason": fact.reason or "",
            "note": fact.note or "",
        }


def as_quotation(text: str) -> str:
    """The words in quotation marks, whether the article's own came with them or not."""
    inner = text.strip()
    opened = inner[:1] in OPENING
    inner = inner[1:] if opened else inner
    if inner[-1:] in CLOSING and (opened or sum(c in DOUBLE for c in inner) % 2):
        inner = inner[:-1]
    return f"“{curly(inner.strip().rstrip(','))}”"


def capital(text: str) -> str:
    """A title with a capital at its start, where its first word is an ordinary one: "talks in Geneva", but not "iPhone sales"."""
    first = text.split(" ", 1)[0]
    return text[:1].upper() + text[1:] if first.islower() else text


def curly(text: str) -> str:
    """Typewriter quotation marks as print has them: one opens after white space or a bracket, and closes elsewhere. Apostrophes within words too."""
    if "'" in text:
        text = APOSTROPHE.sub("’", text)
    if '"' not in text:
        return text
    out = []
    before = " "
    for c in text:
        out.append(("“" if before in " \n([—–“" else "”") if c == '"' else c)
        before = c
    return "".join(out)
