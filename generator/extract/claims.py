"""Finds the claims of an article: who said what.

Quotations are found on characters and given to the verb beside them; what is not quoted comes from the parse of its sentence; a quotation
that no verb claims goes to the claim before it, or to the one who spoke last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.extract.cues import statements, words_for
from generator.extract.found import Found
from generator.extract.hearing import Draft, Hearing
from generator.extract.loose import hear_loose_quotations
from generator.extract.reporting import hear_verbs
from generator.extract.resolve import Resolver
from generator.extract.sources import hear_nouns, hear_sources
from generator.extract.speakers import own_subject, owner_of, phrase
from generator.extract.text import Analysed
from generator.model import Claim, Mode, Span
from generator.words import fact_id, squeeze

if TYPE_CHECKING:
    from spacy.tokens import Span as Words


ISSUED = frozenset({"statement", "letter", "post", "tweet", "message", "email", "memo", "release"})
RECENT = 80  # tokens within which "the statement" is the one just told of


def find_claims(text: Analysed, found: Found) -> tuple[Claim, ...]:
    """The claims of an article, in the order of its text."""
    hearing = Hearing(text)
    hearing.hear_turns(found.who)
    hear_verbs(hearing)
    hear_sources(hearing)
    hear_nouns(hearing)
    hear_loose_quotations(hearing)
    taken: set[str] = set()
    claims = []
    for draft in sorted(hearing.drafts, key=lambda d: (min(d.spans[0][0], d.reach[0]), d.reach[1])):
        claim = make_claim(hearing, draft, found.who, taken)
        taken.add(claim.id)
        claims.append(claim)
    return tuple(claims)


def make_claim(hearing: Hearing, draft: Draft, who: Resolver, taken: set[str]) -> Claim:
    """A draft as a claim, its actors resolved."""
    spans = sorted(draft.spans)
    words = squeeze(" ".join(hearing.raw[s:e] for s, e in spans))
    evidence = hearing.text.evidence(min(spans[0][0], draft.reach[0]), max(spans[-1][1], draft.reach[1]))
    speaker = draft.speaker
    about: dict[str, None] = {}
    for s, e in spans:
        about.update(dict.fromkeys(who.named_in(s, e)))
    speaker_id = (identity(speaker, who) or said_before(hearing, speaker, who)) if speaker is not None else None
    about.pop(speaker_id or "", None)
    return Claim(
        id=fact_id(evidence.quote, taken),
        speaker=speaker_id,
        speaker_text=squeeze(speaker.text) if speaker is not None else None,
        verb=hearing.raw[slice(*draft.cue)] if draft.cue else None,
        kind=draft.kind,
        mode=mode(hearing, spans),
        text=words,
        to=who.who(draft.to) if draft.to is not None else None,
        about=tuple(about),
        evidence=evidence,
        speaker_span=Span(speaker.start_char, speaker.end_char) if speaker is not None else None,
        cue_span=Span(*draft.cue) if draft.cue else None,
        content_spans=tuple(Span(s, e) for s, e in spans),
        doubtful=draft.reason is not None,
        reason=draft.reason,
    )


def identity(speaker: Words, who: Resolver) -> str | None:
    """The actor a speaker's words mean; a statement, a letter or a study speaks for whoever it is by."""
    if (found := who.who(speaker)) is not None:
        return found
    root = speaker.root
    if root.lower_ not in statements() and root.lower_ not in words_for("noun"):
        return None
    owner = owner_of(root)
    return who.who(phrase(owner, root)) if owner is not None else None


def said_before(hearing: Hearing, speaker: Words, who: Resolver) -> str | None:
    """Who made the statement that was told of a moment ago: `In a statement the ministry regretted it. "X," the statement read`."""
    root = speaker.root
    if root.lower_ not in ISSUED or speaker[0].lower_ not in ("the", "this") or len(speaker) > 2:
        return None
    for i in range(root.i - 1, max(root.i - RECENT, 0), -1):
        token = hearing.doc[i]
        if token.lower_ != root.lower_:
            continue
        owner = owner_of(token)
        subject = own_subject(token.sent.root) if owner is None else None
        if owner is not None:
            return who.who(phrase(owner, token))
        return who.who(phrase(subject, token.sent.root)) if subject is not None and subject.i != i else None
    return None


def mode(hearing: Hearing, spans: list[tuple[int, int]]) -> Mode:
    """Direct where nearly all of it is quoted, indirect where nothing is."""
    letters = quoted = 0
    for start, end in spans:
        letters += end - start
        for quotation in hearing.quotations_in(start, end):
            quoted += sum(max(0, min(end, b) - max(start, a)) for a, b in quotation.parts)
    if not quoted:
        return "indirect"
    return "direct" if quoted >= 0.9 * letters else "mixed"
