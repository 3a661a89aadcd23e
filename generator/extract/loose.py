"""Loose quotations: those that no verb took, given to the claim they follow or to the one who spoke last."""

from __future__ import annotations

import re

from generator.extract.cues import statements
from generator.extract.hearing import MARKS, SIGNATURE, TERMINAL, Draft, Hearing
from generator.extract.quotations import Quotation
from generator.extract.speakers import FINITE, NOT_SPEAKERS, own_subject, phrase

LONGEST_NAME = 12  # tokens of a name with its title before a colon
SHORT = 25  # tokens of a sentence that introduces a quotation without saying so
NEAR = 60  # characters from the end of a claim within which a quotation goes on from it
FAR = 600  # characters after which one who spoke is no longer taken for the speaker of a quotation without a verb
EXAMPLE = re.compile(r"\b(?:including|such as):\s*$")  # before a quotation that is an example of something


def hear_loose_quotations(hearing: Hearing) -> None:
    """Gives quotations that no verb took to the claim they follow: `"X," she said. "Y."`, or to the one who spoke last."""
    heard = sorted(hearing.drafts, key=lambda d: d.end)
    n, last = 0, None  # the claim that ends last before the quotation
    for quotation in hearing.quotations:
        while n < len(heard) and heard[n].end <= quotation.start:
            last = heard[n] if last is None or heard[n].end >= last.end else last
            n += 1
        if (
            quotation.start in hearing.taken
            or hearing.is_told(quotation.start)
            or EXAMPLE.search(hearing.raw[max(0, quotation.start - 14) : quotation.start])
        ):
            continue
        alone = stands_alone(hearing, quotation)
        if alone and (draft := signed(hearing, quotation)):
            hearing.keep(draft)
        elif last is not None and (follows if alone else resumes)(hearing, quotation, last):
            last.spans += quotation.parts
        elif alone and (draft := announced(hearing, quotation) or introduced(hearing, quotation, last) or unmarked(quotation, last)):
            hearing.keep(draft)
            last = draft


def unmarked(quotation: Quotation, last: Draft | None) -> Draft | None:
    """A quotation with nothing to say whose it is, given to the one who spoke last."""
    if last is None or last.speaker is None or quotation.start - last.end > FAR:
        return None
    reach = (quotation.start, quotation.end)
    return Draft(cue=None, kind="said", spans=list(quotation.parts), speaker=last.speaker, reach=reach, reason="nobody is named beside it")


def introduced(hearing: Hearing, quotation: Quotation, last: Draft | None) -> Draft | None:
    """A quotation given to the person whom the sentence right before it is about: `Nurse Ann Poe was blunt. "X."`"""
    end = hearing.token_at(quotation.start)
    while end > 0 and hearing.doc[end - 1].is_space:
        end -= 1
    if not end or hearing.quotation_at(hearing.doc[end - 1].idx) or hearing.doc[end - 1].idx + 1 in hearing.ends:
        return None
    start, _ = hearing.bounds(hearing.doc[end - 1].idx)
    if end - start > SHORT or (last is not None and last.end > hearing.doc[start].idx):
        return None
    verb = next((t for t in hearing.doc[start:end] if t.dep_ == "ROOT" and t.tag_ in FINITE), None)
    subject = own_subject(verb) if verb is not None else None
    if subject is None or subject.ent_type_ != "PERSON" or hearing.is_told(subject.idx):
        return None
    reach = (hearing.doc[start].idx, quotation.end)
    return Draft(
        cue=None, kind="said", spans=list(quotation.parts), speaker=phrase(subject, verb), reach=reach, reason="nobody is named beside it"
    )


def resumes(hearing: Hearing, quotation: Quotation, last: Draft) -> bool:
    """Whether a quotation within a sentence goes on from a quotation before it there: `"X," she said, and later: "Y"`."""
    gap = hearing.raw[max(last.end, quotation.start - FAR) : quotation.start]
    return (
        len(gap) < NEAR
        and not re.search(r"[.!?\n]", gap)
        and hearing.is_utterance(quotation)
        and any(e in hearing.ends for _, e in last.spans)
    )


def follows(hearing: Hearing, quotation: Quotation, last: Draft) -> bool:
    """Whether a quotation goes on from a claim: in its paragraph right behind it, or as the next paragraph of a quotation."""
    gap = hearing.raw[max(last.end, quotation.start - FAR) : quotation.start]
    if gap.rstrip().endswith(":"):
        return False
    if "\n" in gap:
        head, _, tail = gap.rpartition("\n")
        return not tail.strip() and len(head) < NEAR and "\n" not in head.strip() and any(e in hearing.ends for _, e in last.spans)
    return len(gap) < NEAR and not re.search(r"[.!?]\s.*[.!?]", gap)


def signed(hearing: Hearing, quotation: Quotation) -> Draft | None:
    """A quotation with its speaker behind a dash: `"X" – Ann Poe`."""
    signature = SIGNATURE.match(hearing.raw, quotation.end)
    if not signature:
        return None
    first, end = hearing.token_at(signature.start(1)), hearing.token_at(signature.end(1) - 1) + 1
    return Draft(
        cue=None, kind="said", spans=list(quotation.parts), speaker=hearing.doc[first:end], reach=(quotation.start, signature.end(1))
    )


def announced(hearing: Hearing, quotation: Quotation) -> Draft | None:
    """A quotation after a sentence that tells of a statement, or that ends in a colon: `Poe issued a statement. "X."`."""
    before = hearing.raw[max(0, quotation.start - 12) : quotation.start]
    if before.rstrip(" ")[-1:] == "\n" and before.rstrip()[-1:] != ":":
        return None
    end = hearing.token_at(quotation.start)
    while end > 0 and hearing.doc[end - 1].is_space:
        end -= 1
    start, _ = hearing.bounds(hearing.doc[end - 1].idx)
    colon = hearing.doc[end - 1].text == ":"
    cue = hearing.doc[end - 1] if colon else next((hearing.doc[i] for i in range(start, end) if hearing.doc[i].text in statements()), None)
    if cue is None:
        return None
    if colon and not any(hearing.doc[i].pos_ in ("VERB", "AUX") for i in range(start, end - 1)):  # "Ann Poe: "X""
        while start < end - 1 and (hearing.doc[start].is_punct or hearing.doc[start].is_space):
            start += 1
        if not 0 < end - 1 - start <= LONGEST_NAME or hearing.doc[end - 2].pos_ not in ("PROPN", "NOUN"):
            return None
        reach = (hearing.doc[start].idx, quotation.end)
        span = (cue.idx, cue.idx + len(cue))
        return Draft(cue=span, kind="said", spans=list(quotation.parts), speaker=hearing.doc[start : end - 1], reach=reach)
    finite = [hearing.doc[i] for i in range(start, end) if hearing.doc[i].tag_ in FINITE and own_subject(hearing.doc[i]) is not None]
    verb = next((t for t in finite if t.dep_ == "ROOT"), finite[0] if finite else None)
    subject = own_subject(verb) if verb is not None else None
    if subject is None or subject.lower_ in NOT_SPEAKERS:
        return None
    return Draft(
        cue=(cue.idx, cue.idx + len(cue)),
        kind="said",
        spans=list(quotation.parts),
        speaker=phrase(subject, verb),
        reach=(hearing.doc[start].idx, quotation.end),
    )


def stands_alone(hearing: Hearing, quotation: Quotation) -> bool:
    """Whether a quotation is a sentence of its own, or several."""
    if not hearing.is_boundary(quotation.start):
        return False
    body = hearing.raw[quotation.start : quotation.end].strip(MARKS + " ")
    return len(body.split()) >= 3 and (body[-1:] in TERMINAL or len(body.split()) > 8)
