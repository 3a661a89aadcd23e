"""Finds the claims of an article: who said what.

Quotations are found on characters and given to the verb beside them; what is not quoted comes from the parse of its sentence; a quotation
that no verb claims goes to the claim before it, or to the one who spoke last.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.extract.contents import LINKS, clause_around, complement, is_infinitive
from generator.extract.cues import Verb, find_cues, statements
from generator.extract.found import Found
from generator.extract.quotations import Quotation, find_quotations
from generator.extract.speakers import NOT_SPEAKERS, agent_of, is_passive, phrase, subject_of
from generator.extract.text import Analysed
from generator.model import Claim, ClaimKind, Mode, Span
from generator.words import fact_id, squeeze

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Words

LOOK_AHEAD = 25  # tokens between a verb of speech and the quotation it opens: "said in a statement sent to reporters late on Monday:"
UTTERANCE = 4  # words; a shorter quotation without a verb is a title or a word held at arm's length
MARKS = "\"“”„«»‘’'"
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
SAYING = ("clause", "that", "quote")
DOUBTFUL = {"thought": "a thought, not words", "infinitive": "an intention, not words"}


@dataclass(slots=True)
class Draft:
    """A claim while its parts are gathered. Spans are of characters."""

    cue: tuple[int, int]
    kind: ClaimKind
    spans: list[tuple[int, int]]
    speaker: Words | None = None
    to: Words | None = None
    reason: str | None = None
    reach: tuple[int, int] = (0, 0)  # of the reporting clause and content together
    verb: str = ""
    speaker_id: str | None = None
    spans_quoted: list[Quotation] = field(default_factory=list)

    @property
    def end(self) -> int:
        """Where the claim ends in the text."""
        return max(self.reach[1], *(e for _, e in self.spans))


def find_claims(text: Analysed, found: Found) -> tuple[Claim, ...]:
    """The claims of an article, in the order of its text."""
    telling = Telling(text, found)
    telling.hear_verbs()
    telling.hear_sources()
    telling.hear_left_quotations()
    return telling.claims()


class Telling:
    """One article while its claims are gathered: its quotations, and the drafts so far."""

    def __init__(self, text: Analysed, found: Found) -> None:
        self.text, self.found, self.doc = text, found, text.doc
        self.raw: str = text.doc.text
        self.quotations = [q for q in find_quotations(self.raw, text.paragraphs) if text.paragraph_at(q.start).kind == "body"]
        self.starts = {q.start: q for q in self.quotations}
        self.ends = {q.end: q for q in self.quotations}
        self._quotation_starts = [q.start for q in self.quotations]
        self._token_starts = [t.idx for t in self.doc]
        self.drafts: list[Draft] = []
        self.taken: set[int] = set()  # starts of quotations that a draft holds

    # --- places ---

    def quotation_at(self, offset: int) -> Quotation | None:
        """The quotation that holds a character, marks excluded."""
        i = bisect_right(self._quotation_starts, offset) - 1
        if i >= 0 and self.quotations[i].start < offset < self.quotations[i].end:
            return self.quotations[i]
        return None

    def token_at(self, offset: int) -> int:
        """Index of the token that holds a character."""
        return max(0, bisect_right(self._token_starts, offset) - 1)

    def chars(self, first: int, end: int) -> tuple[int, int]:
        """Characters of the tokens from `first` to before `end`."""
        return self.doc[first].idx, self.doc[end - 1].idx + len(self.doc[end - 1])

    # --- verbs ---

    def hear_verbs(self) -> None:
        """Drafts of all verbs of the list outside quotations that carry something."""
        for token, entry in find_cues(self.doc):
            if self.quotation_at(token.idx) or self.text.paragraph_at(token.idx).kind == "heading":
                continue
            draft = self.hear(token, entry)
            if draft is not None:
                self.drafts.append(draft)

    def hear(self, verb: Token, entry: Verb) -> Draft | None:
        """What one verb tells, or None."""
        if is_infinitive(verb) and not _goes_on(verb):
            return None
        first, last = clause_around(verb, entry.name)
        saying: ClaimKind | None = next((entry.frames[f] for f in SAYING if f in entry.frames), None)
        spans: list[tuple[int, int]] = []
        quoted: list[Quotation] = []
        kind: ClaimKind | None = None
        given = complement(verb, entry)
        if saying is not None:
            after = self.quotation_after(verb, last)
            before = self.quotation_before(first, weak=after is None and given is None)
            quoted = [q for q in (before, after) if q is not None]
            kind = saying
        if quoted:
            spans = [p for q in quoted for p in q.parts]
            if quoted[-1] is after and given is not None:
                spans = self.widened(quoted[-1], given, spans)
        elif given is not None:
            spans, kind = self.cut(*given[:2], verb), given[2]
        else:
            spans = self.fronted(verb, entry, first, last)
            kind = next((entry.frames[f] for f in ("clause", "thought", "finding") if f in entry.frames), None)
        if not spans or kind is None:
            return None
        passive = is_passive(verb)
        subject = agent_of(verb) if passive else self.speaker_token(verb, first, last, spans)
        if subject is None and not quoted:
            return None
        if subject is not None and subject.lower_ in NOT_SPEAKERS and not quoted:
            return None
        self.taken.update(q.start for q in quoted)
        draft = Draft(
            cue=(verb.idx, verb.idx + len(verb)), kind=kind, spans=spans, spans_quoted=quoted, reach=self.chars(first, last + 1),
        )
        draft.speaker = phrase(subject, verb) if subject is not None else None
        return draft

    def speaker_token(self, verb: Token, first: int, last: int, spans: list[tuple[int, int]]) -> Token | None:
        """The head of the speaker's noun phrase: by the parse, or by its place beside the verb where the parse is at a loss."""
        subject = subject_of(verb)
        if subject is not None and not any(s <= subject.idx < e for s, e in spans):
            return subject
        before = verb.i - 1
        while before > 0 and self.doc[before].dep_ in ("aux", "advmod", "neg"):
            before -= 1
        for i in (before, verb.i + 1):
            if 0 <= i < len(self.doc) and self.doc[i].pos_ in ("NOUN", "PROPN", "PRON") and not self.quotation_at(self.doc[i].idx):
                token = self.doc[i]
                while token.head.i != token.i and token.dep_ in ("compound", "appos", "pobj", "prep", "poss", "conj") and token.head.i < verb.i:
                    token = token.head
                return token
        return None

    # --- quotations beside a verb ---

    def quotation_before(self, first: int, weak: bool) -> Quotation | None:
        """The quotation that ends where a reporting clause begins: `"X," she said`.

        One that ends with a full stop, or with nothing, belongs to it only where the clause has nothing else to carry (`weak`).
        """
        at = self.doc[first].idx
        begin = at
        while begin > 0 and begin > at - 4 and self.raw[begin - 1] in " ,-—–\xa0":
            begin -= 1
        quotation = self.ends.get(begin)
        if quotation is None or quotation.start in self.taken and quotation.parts[0][0] != quotation.start:
            return None
        comma = "," in self.raw[begin:at] or "—" in self.raw[begin:at] or "–" in self.raw[begin:at]
        final = self.raw[quotation.start : quotation.end].rstrip(MARKS + " ")[-1:]
        if comma or final in (",", "?", "!", "—", "–", "-", "…"):
            return quotation
        return quotation if weak else None

    def quotation_after(self, verb: Token, last: int) -> Quotation | None:
        """The quotation that a reporting clause opens: `she said: "X"`, `he told the court that "X"`."""
        doc = self.doc
        for i in range(verb.i + 1, min(verb.i + LOOK_AHEAD, len(doc))):
            token = doc[i]
            if quotation := self.starts.get(token.idx):
                lead = doc[i - 1]
                if i - 1 == verb.i or i - 1 == last or lead.text == ":" or lead.lower_ == "that":
                    return quotation
                return quotation if lead.text == "," and self.is_utterance(quotation) else None
            if token.is_space or token.text in (".", "!", "?", ";") or token.tag_ in FINITE:
                return None
        return None

    def is_utterance(self, quotation: Quotation) -> bool:
        """Whether a quotation reads as something said, not as a title or a word held at arm's length."""
        words = self.raw[quotation.start : quotation.end].split()
        return len(words) >= UTTERANCE or (len(words) > 1 and words[-1].strip(MARKS)[-1:] in (".", ",", "!", "?"))

    def widened(self, quotation: Quotation, given: tuple[int, int, ClaimKind], spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The quotation, and the rest of its clause where that goes on behind it: `said "the plan" would fail`."""
        final = self.raw[quotation.start : quotation.end].rstrip(MARKS + " ")[-1:]
        _, end = self.chars(given[0], given[1])
        if final in (".", "!", "?", ",") or end <= quotation.end or self.raw[quotation.end : quotation.end + 1] in (",", "."):
            return spans
        return [*spans[:-1], (spans[-1][0], self.trimmed(spans[-1][0], end)[1])]

    # --- content without quotation marks around it ---

    def cut(self, first: int, end: int, verb: Token) -> list[tuple[int, int]]:
        """The characters of a complement; one that ends inside a quotation ends with it."""
        for i in range(first + 1, end):  # ", adding that …" begins the next claim
            token = self.doc[i]
            if token.tag_ == "VBG" and self.doc[i - 1].text == "," and token.lower_ in ("saying", "adding", "noting", "arguing", "warning", "calling"):
                end = i
                break
        start, stop = self.chars(first, end)
        if quotation := self.quotation_at(stop - 1):
            stop = quotation.end
        if (quotation := self.quotation_at(start)) and quotation.start > verb.idx:
            start = quotation.start
        return [self.trimmed(start, stop)] if stop > start else []

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """A span without white space or commas at its edges, and without a full stop outside quotation marks."""
        while end > start and self.raw[end - 1] in " \t\n\xa0,;:.—–":
            end -= 1
        while start < end and self.raw[start] in " \t\n\xa0,;:.—–":
            start += 1
        return start, end

    def fronted(self, verb: Token, entry: Verb, first: int, last: int) -> list[tuple[int, int]]:
        """Content before or around a reporting clause set off by commas: "The road, police said, will close"."""
        if not any(f in entry.frames for f in ("clause", "finding", "thought")):
            return []
        sentence = self.text.sentence_at(verb.idx)
        start, end = sentence.start, sentence.end
        before = self.doc[first - 1].text if first > start else ""
        after = self.doc[last + 1].text if last + 1 < end else "."
        if before != "," or first - start < 4:
            return []
        if after in (".", "!", "?") or self.doc[last + 1].is_space:
            return [self.trimmed(*self.chars(start, first))]
        if after == "," and last + 3 < end:
            return [self.trimmed(*self.chars(start, first)), self.trimmed(*self.chars(last + 2, end))]
        return []

    # --- other cues ---

    def hear_sources(self) -> None:
        """Drafts of "according to …"."""
        for token in self.doc:
            if token.lower_ != "according" or self.quotation_at(token.idx) or token.i + 2 >= len(self.doc):
                continue
            if self.doc[token.i + 1].lower_ != "to" or self.text.paragraph_at(token.idx).kind == "heading":
                continue
            draft = self.according(token)
            if draft:
                self.drafts.append(draft)

    def according(self, token: Token) -> Draft | None:
        """What a source is given for: the sentence without the words that name it."""
        doc, sentence = self.doc, self.text.sentence_at(token.idx)
        noun = next((c for c in doc[token.i + 1].rights if c.dep_ == "pobj"), None)
        if noun is None:
            return None
        source = phrase(noun)
        first, end = token.i, source.end
        start, stop = sentence.start, sentence.end
        spans = []
        if first > start:
            spans.append(self.trimmed(*self.chars(start, first)))
        if end < stop:
            spans.append(self.trimmed(*self.chars(end, stop)))
        spans = [(s, e) for s, e in spans if e - s > 2]
        if not spans:
            return None
        return Draft(cue=self.chars(token.i, token.i + 2), kind="said", spans=spans, speaker=source, reach=self.chars(first, end))

    def hear_left_quotations(self) -> None:
        """Gives quotations that no verb took to the claim they follow."""

    # --- the claims ---

    def claims(self) -> tuple[Claim, ...]:
        """The drafts as claims, in order of the text."""
        taken: set[str] = set()
        claims = []
        for draft in sorted(self.drafts, key=lambda d: (min(d.spans[0][0], d.cue[0]), d.cue)):
            claim = self.claim(draft, taken)
            taken.add(claim.id)
            claims.append(claim)
        return tuple(claims)

    def claim(self, draft: Draft, taken: set[str]) -> Claim:
        """A draft as a claim."""
        spans = sorted(draft.spans)
        words = squeeze(" ".join(self.raw[s:e] for s, e in spans))
        evidence = self.text.evidence(min(spans[0][0], draft.reach[0]), max(spans[-1][1], draft.reach[1]))
        speaker = draft.speaker
        who = self.found.who
        about: dict[str, None] = {}
        for s, e in spans:
            about.update(dict.fromkeys(who.named_in(s, e)))
        speaker_id = draft.speaker_id or (who.who(speaker) if speaker is not None else None)
        about.pop(speaker_id or "", None)
        return Claim(
            id=fact_id(evidence.quote, taken),
            speaker=speaker_id,
            speaker_text=squeeze(speaker.text) if speaker is not None else None,
            verb=draft.verb or self.raw[slice(*draft.cue)],
            kind=draft.kind,
            mode=self.mode(spans),
            text=words,
            to=who.who(draft.to) if draft.to is not None else None,
            about=tuple(about),
            evidence=evidence,
            speaker_span=Span(speaker.start_char, speaker.end_char) if speaker is not None else None,
            cue_span=Span(*draft.cue),
            content_spans=tuple(Span(s, e) for s, e in spans),
            doubtful=draft.reason is not None,
            reason=draft.reason,
        )

    def mode(self, spans: list[tuple[int, int]]) -> Mode:
        """Direct where nearly all of it is quoted, indirect where nothing is."""
        letters = quoted = 0
        for s, e in spans:
            letters += e - s
            quoted += sum(max(0, min(e, pe) - max(s, ps)) for q in self.quotations if q.start < e and s < q.end for ps, pe in q.parts)
        if not quoted:
            return "indirect"
        return "direct" if quoted >= 0.9 * letters else "mixed"


def _goes_on(verb: Token) -> bool:
    """Whether an infinitive tells what was in fact said: "went on to say", "continued to insist"."""
    return verb.dep_ == "xcomp" and verb.head.lower_ in ("went", "goes", "continued", "continues", "proceeded")
