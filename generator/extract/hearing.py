"""An article while its claims are gathered: its quotations, its sentences, and the claims heard so far."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.extract.cues import is_saying, verbs
from generator.extract.labels import find_turns, speaker_of
from generator.extract.quotations import Quotation, find_quotations
from generator.extract.speakers import FINITE, own_subject
from generator.extract.text import Analysed
from generator.model import ClaimKind

if TYPE_CHECKING:
    from spacy.tokens import Span as Words
    from spacy.tokens import Token

    from generator.extract.resolve import Resolver

UTTERANCE = 4  # words; a shorter quotation without a verb is a title or a word held at arm's length
MARKS = "\"“”„«»‘’'"
TERMINAL = (".", "!", "?", ":", "…")
SIGNATURE = re.compile(
    r"[ \xa0]{0,3}[-–—]{1,3}[ \xa0]{0,3}([A-Z][\w.'’-]{0,40}(?:[ ,]{1,2}(?:of |the |for |and ){0,2}[A-Z][\w.'’-]{0,40}){0,7})(?=\n|$)"
)
LONGEST_SENTENCE = 300  # tokens to either side of a cue; what runs on for longer is no sentence, and must not cost its square
EDGES = " \t\n\xa0,;:.—–"


@dataclass(slots=True)
class Draft:
    """A claim while its parts are gathered. Spans are of characters."""

    cue: tuple[int, int] | None
    kind: ClaimKind
    spans: list[tuple[int, int]]
    speaker: Words | None = None
    to: Words | None = None
    reason: str | None = None
    reach: tuple[int, int] = (0, 0)  # of the reporting clause and content together

    @property
    def end(self) -> int:
        """Where the claim ends in the text."""
        return max(self.reach[1], *(e for _, e in self.spans))


class Hearing:
    """One article while its claims are gathered: its quotations, and the drafts so far."""

    def __init__(self, text: Analysed) -> None:
        self.text, self.doc = text, text.doc
        self.raw: str = text.article.text
        self.turns = find_turns(text)
        spoken = [t.quotation for t in self.turns]
        quotations = find_quotations(self.raw, text.paragraphs)
        self.quotations = [q for q in quotations if text.paragraph_at(q.start).kind == "body" or SIGNATURE.match(self.raw, q.end)]
        if spoken:  # quotation marks within a turn are the speaker's own
            first, last = spoken[0].start, spoken[-1].end
            self.quotations = sorted([*spoken, *(q for q in self.quotations if not first <= q.start < last)], key=lambda q: q.start)
        self.starts = {q.start: q for q in self.quotations}
        self.ends = {q.end: q for q in self.quotations}
        self._quotation_starts = [q.start for q in self.quotations]
        self._token_starts = [t.idx for t in self.doc]
        self.drafts: list[Draft] = []
        self._told = bytearray(len(self.raw))  # 1 where a character lies in what somebody claims
        self.taken: set[int] = set()  # starts of quotations that a draft holds
        self.joined: dict[int, Token] = {}  # a verb's index → the verb whose subject it shares, where the parser says otherwise

    def quotation_at(self, offset: int) -> Quotation | None:
        """The quotation that holds a character, marks excluded."""
        i = bisect_right(self._quotation_starts, offset) - 1
        if i >= 0 and self.quotations[i].start < offset < self.quotations[i].end:
            return self.quotations[i]
        return None

    def quotations_in(self, start: int, end: int) -> list[Quotation]:
        """The quotations that touch the characters from `start` to `end`."""
        i, found = max(0, bisect_right(self._quotation_starts, start) - 1), []
        while i < len(self.quotations) and self.quotations[i].start < end:
            if self.quotations[i].end > start:
                found.append(self.quotations[i])
            i += 1
        return found

    def token_at(self, offset: int) -> int:
        """Index of the token that holds a character."""
        return max(0, bisect_right(self._token_starts, offset) - 1)

    def chars(self, first: int, end: int) -> tuple[int, int]:
        """Characters of the tokens from `first` to before `end`."""
        return self.doc[first].idx, self.doc[end - 1].idx + len(self.doc[end - 1])

    def bounds(self, offset: int) -> tuple[int, int]:
        """First token of the sentence around a character, and the token after it; the parser's sentences joined where it cut one in the middle."""
        sentence, here = self.text.sentence_at(offset), self.token_at(offset)
        first, end = sentence.start, sentence.end
        while here - first < LONGEST_SENTENCE and first > 0 and not self.is_boundary(self.doc[first].idx):
            first = self.doc[first - 1].sent.start
        while end - here < LONGEST_SENTENCE and end < len(self.doc) and not self.is_boundary(self.doc[end].idx):
            end = self.doc[end].sent.end
        while end > first + 1 and self.doc[end - 1].is_space:
            end -= 1
        return max(first, here - LONGEST_SENTENCE), min(end, here + LONGEST_SENTENCE)

    def is_boundary(self, offset: int) -> bool:
        """Whether a sentence can begin at a character: what stands before it is a line end, a dateline or a full stop, quotation marks aside."""
        before = self.raw[max(0, offset - 12) : offset]
        stripped = before.rstrip(" \xa0")
        if not stripped or stripped[-1] == "\n" or offset in self.text.openings:
            return True
        return stripped.rstrip(MARKS + ")] ")[-1:] in TERMINAL

    def is_utterance(self, quotation: Quotation) -> bool:
        """Whether a quotation reads as something said, not as a title or a word held at arm's length."""
        words = self.raw[quotation.start : quotation.end].split()
        return len(words) >= UTTERANCE or (len(words) > 1 and words[-1].strip(MARKS)[-1:] in (".", ",", "!", "?"))

    def is_title(self, quotation: Quotation) -> bool:
        """Whether a quotation is set as a work's title: every longer word with a capital, and no full stop."""
        body = self.raw[quotation.start : quotation.end].strip(MARKS + " ")
        words = [w for w in body.split() if len(w) > 3] or body.split()
        return body[-1:] not in (".", ",", "!", "?") and len(body.split()) > 1 and all(w[0].isupper() for w in words)

    def keep(self, draft: Draft) -> None:
        """Adds a draft to those heard."""
        self.drafts.append(draft)
        for start, end in draft.spans:
            self._told[start:end] = b"\1" * (end - start)

    def is_told(self, offset: int) -> bool:
        """Whether a character lies in what somebody claims already."""
        return bool(self._told[offset])

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """A span without white space or commas at its edges, and without a full stop outside quotation marks."""
        while end > start and self.raw[end - 1] in EDGES:
            end -= 1
        while start < end and self.raw[start] in EDGES:
            start += 1
        return start, end

    def cut(self, first: int, end: int, verb: Token) -> list[tuple[int, int]]:
        """The characters of a complement; one that ends inside a quotation ends with it, and the next claim begins with a verb of its own."""
        doc = self.doc
        end = min(end, first + LONGEST_SENTENCE)
        for i in range(first + 2, end):
            token = doc[i]
            if token.text == ";" and not self.quotation_at(token.idx) and any(t.tag_ in FINITE for t in doc[i + 1 : end]):
                end = i  # a sentence of its own
                break
            if token.text == "," and i > first + 2 and self.is_verdict(i + 1, end):
                end = i
                break
            if (token.lower_ not in verbs() and token.lower_ != "according") or self.quotation_at(token.idx):
                continue
            if (token.lower_ == "according" or token.tag_ == "VBG") and (comma := self._turn(first, i)) is not None:
                end = comma
                break
            if (
                token.tag_ in FINITE
                and token.dep_ in ("conj", "advcl", "ccomp")
                and is_saying(token.lower_)
                and (subject := own_subject(token))
            ):
                comma = subject.left_edge.i - 2  # ", and Poe vowed …", ", while Roe called …"
                if comma > first and doc[comma].text == "," and doc[comma + 1].lower_ in ("and", "but", "while", "whereas"):
                    end = comma
                    break
            second = (
                doc[i - 1].dep_ == "cc"
                and token.dep_ == "conj"
                and token.tag_ in ("VBD", "VBZ", "VBP", "VB")
                and own_subject(token) is None
                and (is_saying(token.lower_) or any(t.idx in self.starts for t in doc[i + 1 : i + 5]))  # "and continued": nothing is said
            )
            if second and not is_saying(token.head.lower_):  # "and added …"
                self.joined[i] = verb
                end = i - 1
                break
        while end > first + 1 and (doc[end - 1].dep_ == "cc" or doc[end - 1].is_space):
            end -= 1
        start, stop = self.chars(first, end)
        if (
            end + 1 < len(doc)
            and doc[end].text == ","
            and (quotation := self.starts.get(doc[end + 1].idx))
            and self.is_utterance(quotation)
        ):
            stop = quotation.end  # "as a man, "facing …": the quotation is part of it
        if quotation := self.quotation_at(stop - 1):
            stop = quotation.end
        if (quotation := self.quotation_at(start)) and quotation.start > verb.idx:
            start = quotation.start
        return [self.trimmed(start, stop)] if stop > start else []

    def is_verdict(self, i: int, end: int) -> bool:
        """Whether the words at `i` say of what was claimed that it is a claim: ", a charge (that) the army denied"."""
        doc = self.doc
        return (
            i + 2 < end
            and doc[i].lower_ in ("a", "an")
            and doc[i + 1].lower_ in ("claim", "charge", "accusation", "allegation", "assertion", "suggestion")
        )

    def _turn(self, first: int, cue: int) -> int | None:
        """The comma at which ", adding that …" or ", with Poe saying …" turns to the next claim."""
        doc = self.doc
        for i in range(cue - 1, max(first, cue - 12), -1):
            if doc[i].text == ",":
                participle = doc[cue].tag_ == "VBG" and (doc[i + 1].lower_ == "with" or doc[i + 1].tag_ == "VBG")
                return i if i == cue - 1 or participle else None
        return None

    def hear_turns(self, who: Resolver) -> None:
        """Drafts of what is said behind labels, as in "ANCHOR: Good evening"."""
        for turn in self.turns:
            self.taken.add(turn.quotation.start)
            speaker = speaker_of(self.text, turn, self.turns[0], who)
            if speaker is not None:
                reach = (turn.label[0], turn.quotation.end)
                self.keep(Draft(cue=turn.colon, kind="said", spans=list(turn.quotation.parts), speaker=speaker, reach=reach))

    def release(self, quotation: Quotation) -> None:
        """Takes a quotation from the draft that holds it, and strikes a draft out that holds nothing else."""
        for draft in self.drafts:
            draft.spans = [span for span in draft.spans if span not in quotation.parts]
        self.drafts = [draft for draft in self.drafts if draft.spans]
