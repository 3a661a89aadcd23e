"""Finds the claims of an article: who said what.

Quotations are found on characters and given to the verb beside them; what is not quoted comes from the parse of its sentence; a quotation
that no verb claims goes to the claim before it, or to the one who spoke last.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.extract.contents import FINITE, TO_SOMEONE, clause_around, complement, is_infinitive, singular
from generator.extract.cues import Verb, find_cues, fixed_cues, is_saying, noun_prepositions, statements, verbs, words_for
from generator.extract.found import Found
from generator.extract.quotations import Quotation, find_quotations
from generator.extract.speakers import NOT_SPEAKERS, addressee_of, agent_of, is_passive, own_subject, owner_of, phrase, subject_of
from generator.extract.text import Analysed
from generator.model import Claim, ClaimKind, Mode, Span
from generator.words import fact_id, squeeze

if TYPE_CHECKING:
    from spacy.tokens import Span as Words
    from spacy.tokens import Token

LOOK_AHEAD = 25  # tokens between a verb of speech and the quotation it opens: "said in a statement sent to reporters late on Monday:"
UTTERANCE = 4  # words; a shorter quotation without a verb is a title or a word held at arm's length
MARKS = "\"“”„«»‘’'"
TERMINAL = (".", "!", "?", ":", "…")
FAR = 600  # characters after which one who spoke is no longer taken for the speaker of a quotation without a verb
SIGNATURE = re.compile(r"[ \xa0]*[-–—]+[ \xa0]*((?:[A-Z][\w.'’-]*[ ,]*(?:of |the |for |and )?){1,8})(?=\n|$)")
EDGES = " \t\n\xa0,;:.—–"
SAYING = ("clause", "that", "quote")


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
    verb: str = ""

    @property
    def end(self) -> int:
        """Where the claim ends in the text."""
        return max(self.reach[1], *(e for _, e in self.spans))


def find_claims(text: Analysed, found: Found) -> tuple[Claim, ...]:
    """The claims of an article, in the order of its text."""
    telling = Telling(text, found)
    telling.hear_verbs()
    telling.hear_sources()
    telling.hear_nouns()
    telling.hear_left_quotations()
    return telling.claims()


class Telling:
    """One article while its claims are gathered: its quotations, and the drafts so far."""

    def __init__(self, text: Analysed, found: Found) -> None:
        self.text, self.found, self.doc = text, found, text.doc
        self.raw: str = text.doc.text
        quotations = find_quotations(self.raw, text.paragraphs)
        self.quotations = [q for q in quotations if text.paragraph_at(q.start).kind == "body" or SIGNATURE.match(self.raw, q.end)]
        self.starts = {q.start: q for q in self.quotations}
        self.ends = {q.end: q for q in self.quotations}
        self._quotation_starts = [q.start for q in self.quotations]
        self._token_starts = [t.idx for t in self.doc]
        self.drafts: list[Draft] = []
        self.taken: set[int] = set()  # starts of quotations that a draft holds
        self.joined: dict[int, Token] = {}  # a verb's index → the verb whose subject it shares, where the parser says otherwise

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

    def bounds(self, offset: int) -> tuple[int, int]:
        """First token of the sentence around a character, and the token after it; the parser's sentences joined where it cut one in the middle."""
        sentence = self.text.sentence_at(offset)
        first, end = sentence.start, sentence.end
        while first > 0 and not self.is_boundary(self.doc[first].idx):
            first = self.doc[first - 1].sent.start
        while end < len(self.doc) and not self.is_boundary(self.doc[end].idx):
            end = self.doc[end].sent.end
        while end > first + 1 and self.doc[end - 1].is_space:
            end -= 1
        return first, end

    def is_boundary(self, offset: int) -> bool:
        """Whether a sentence can begin at a character: what stands before it is a line end or a full stop, quotation marks aside."""
        before = self.raw[max(0, offset - 12) : offset]
        stripped = before.rstrip(" \xa0")
        if not stripped or stripped[-1] == "\n":
            return True
        return stripped.rstrip(MARKS + ")] ")[-1:] in TERMINAL

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
        reason = doubt(verb)
        if is_infinitive(verb) and not goes_on(verb) and reason is None:
            return None
        if verb.tag_ == "VBG" and verb.dep_ == "pcomp" and verb.head.lower_ in ("from", "of", "for", "against", "without"):  # not said
            return None
        if verb.tag_ == "VBN" and verb.dep_ == "advcl" and own_subject(verb) is None:  # "Asked whether …, she said"
            return None
        first, last = clause_around(verb, entry.name)
        start, stop = self.bounds(verb.idx)
        saying: ClaimKind | None = next((entry.frames[f] for f in SAYING if f in entry.frames), None)
        kind: ClaimKind | None = saying
        quoted: list[Quotation] = []
        given = complement(verb, entry, last, stop)
        after = self.quotation_after(verb, last, "clause" in entry.frames or "that" in entry.frames) if saying else None
        bare = after is None and given is None and (last + 1 >= stop or self.doc[last + 1].is_punct)
        before = self.quotation_before(verb, start, weak=bare) if saying else None
        if before is not None:
            quoted.append(before)
            spans = [*self.lead(before, start), *before.parts[1:]]
            if after is not None and after.start not in self.taken and self.goes_on(before, verb, after):
                quoted.append(after)
                spans += after.parts
        elif after is not None:
            quoted.append(after)
            spans = self.widened(after, given, list(after.parts))
        elif (around := self.around_as(verb, entry, first, last, start, stop)) is not None:
            spans, kind = around, kind or "said"
        elif named := self.named(verb, entry, stop):
            spans, kind = named, entry.frames["naming"]
        elif given is not None:
            spans, kind = self.cut(*given[:2], verb), given[2]
        else:
            spans = self.fronted(verb, entry, first, last, start, stop)
            kind = next((entry.frames[f] for f in ("clause", "thought", "finding") if f in entry.frames), None)
        if not spans or kind is None:
            return None
        subject = self.speaker_token(verb, spans, start)
        if subject is None and not (quoted and saying):
            return None
        if subject is not None and subject.lower_ in NOT_SPEAKERS:
            return None
        if not quoted and (kind in ("believed", "found") or saying is None) and self.is_told(verb.idx):
            return None
        self.taken.update(q.start for q in quoted)
        reach = self.chars(first, last + 1)
        speaker = phrase(subject, verb) if subject is not None else None
        if kind in ("believed", "other"):
            reason = reason or "a thought, not words"
        draft = Draft(cue=(verb.idx, verb.idx + len(verb)), kind=kind, spans=spans, reach=reach, speaker=speaker, reason=reason)
        if (entry.name in TO_SOMEONE or kind in ("urged", "asked", "warned")) and (listener := addressee_of(verb)) is not None:
            draft.to = phrase(listener)
        return draft

    def speaker_token(self, verb: Token, spans: list[tuple[int, int]], start: int) -> Token | None:
        """The head of the speaker's noun phrase: by the parse, or by its place beside the verb where the parse is at a loss."""
        if is_passive(verb) or (verb.tag_ == "VBN" and verb.dep_ == "acl"):
            return agent_of(verb)
        subject = subject_of(self.joined.get(verb.i, verb))
        if (
            subject is not None
            and subject.tag_ != "VBG"
            and not any(s <= subject.idx < e for s, e in spans)
            and not self.quotation_at(subject.idx)
        ):
            return subject
        before = verb.i - 1
        while before > start and (self.doc[before].dep_ in ("aux", "advmod", "neg") or self.doc[before].text == ","):
            before -= 1
        for i in (before, verb.i + 1):
            if not start <= i < len(self.doc) or self.doc[i].pos_ not in ("NOUN", "PROPN", "PRON") or self.quotation_at(self.doc[i].idx):
                continue
            token: Token = self.doc[i]
            while (
                token.dep_ in ("compound", "appos", "pobj", "prep", "poss", "conj")
                and start <= token.head.i < verb.i
                and token.head.i != token.i
            ):
                token = token.head
            return token
        return None

    # --- quotations beside a verb ---

    def quotation_before(self, verb: Token, start: int, weak: bool) -> Quotation | None:
        """The quotation that ends where a reporting clause begins: `"X," the mayor of Utica said`.

        One that ends with a full stop, or with nothing, belongs to it only where the clause has nothing else to carry (`weak`).
        """
        doc, crossed = self.doc, False  # crossed: a finite verb stands between; behind a comma it is the tagger's mistake
        for i in range(verb.i - 1, max(verb.i - LOOK_AHEAD, -1), -1):
            token = doc[i]
            if token.lower_ in verbs() and token.tag_ in FINITE:
                return None
            if quotation := self.ends.get(token.idx + len(token)):
                if verb.tag_ in ("VBG", "VBN") or doc[i + 1 + (doc[i + 1].text == ",")].dep_ == "cc":  # `"X", and said …` begins anew
                    return None
                gap = self.raw[quotation.end : doc[i + 1].idx + 1].lstrip(" \xa0")
                final = self.raw[quotation.start : quotation.end].rstrip(MARKS + " ")[-1:]
                if crossed and final != ",":
                    return None
                if gap[:1] in (",", "—", "–", "-") or final in (",", "?", "!", "—", "–", "-", "…"):
                    return quotation if self.is_utterance(quotation) or i == verb.i - 1 or gap[:1] == "," or final == "," else None
                return quotation if weak and quotation.start not in self.taken and self.is_utterance(quotation) else None
            if token.is_space or token.text in (".", ";", ":"):
                return None
            if token.tag_ in FINITE and token.dep_ not in ("relcl", "aux", "auxpass"):
                crossed = True
        return None

    def lead(self, quotation: Quotation, start: int) -> list[tuple[int, int]]:
        """A quotation's first part with the words of its sentence before it: `The plan is "a joke," Poe said`."""
        begin, end = quotation.parts[0]
        first = self.token_at(begin)
        if first <= start or any(self.doc[i].lower_ in verbs() and self.doc[i].tag_ in FINITE for i in range(start, first)):
            return [(begin, end)]
        words = self.raw[self.doc[start].idx : begin].rstrip()
        if words[-1:] in (":", ",", *MARKS) or len(words.split()) < 2:
            return [(begin, end)]
        return [(self.doc[start].idx, end)]

    def goes_on(self, before: Quotation, verb: Token, after: Quotation) -> bool:
        """Whether the quotation behind a reporting clause continues the one before it: `"X," she said, "Y"`."""
        return self.raw[verb.idx : after.start].rstrip()[-1:] in (",", ":", "—", "–", "-") or before.start in self.taken

    def quotation_after(self, verb: Token, last: int, saying: bool) -> Quotation | None:
        """The quotation that a reporting clause opens: `she said: "X"`, `he told the court that "X"`."""
        doc = self.doc
        for i in range(verb.i + 1, min(verb.i + LOOK_AHEAD, len(doc))):
            token = doc[i]
            if quotation := self.starts.get(token.idx):
                lead = doc[i - 2 if doc[i - 1].is_space else i - 1]
                if i - 1 in (verb.i, last) or lead.text == ":" or lead.lower_ == "that":
                    return quotation
                return quotation if lead.text == "," and self.is_utterance(quotation) else None
            if token.is_space and doc[i - 1].text == ":":
                continue
            if token.is_space or token.text[-1] in ".!?;" or (token.tag_ in FINITE and token.dep_ != "relcl"):
                return None
            if token.tag_ == "TO" and not saying:  # "continued to …"
                return None
            if token.lower_ == "that" and i + 1 < len(doc) and doc[i + 1].idx not in self.starts:
                return None
        return None

    def is_utterance(self, quotation: Quotation) -> bool:
        """Whether a quotation reads as something said, not as a title or a word held at arm's length."""
        words = self.raw[quotation.start : quotation.end].split()
        return len(words) >= UTTERANCE or (len(words) > 1 and words[-1].strip(MARKS)[-1:] in (".", ",", "!", "?"))

    def widened(
        self, quotation: Quotation, given: tuple[int, int, ClaimKind] | None, spans: list[tuple[int, int]]
    ) -> list[tuple[int, int]]:
        """The quotation, and the rest of its clause where that goes on behind it: `said "the plan" would fail`."""
        final = self.raw[quotation.start : quotation.end].rstrip(MARKS + " ")[-1:]
        if given is None or final in (".", "!", "?", ",") or self.raw[quotation.end : quotation.end + 1] in (",", "."):
            return spans
        end = self.chars(given[0], given[1])[1]
        return [*spans[:-1], (spans[-1][0], max(spans[-1][1], self.trimmed(spans[-1][0], end)[1]))]

    # --- content without quotation marks around it ---

    def cut(self, first: int, end: int, verb: Token) -> list[tuple[int, int]]:
        """The characters of a complement; one that ends inside a quotation ends with it, and the next claim begins with a verb of its own."""
        doc = self.doc
        for i in range(first + 2, end):
            token = doc[i]
            if token.lower_ not in verbs() and token.lower_ != "according":
                continue
            if self.quotation_at(token.idx):
                continue
            if doc[i - 1].text == "," and (token.tag_ == "VBG" or token.lower_ == "according"):  # ", adding that …"
                end = i
                break
            second = (
                doc[i - 1].dep_ == "cc"
                and token.dep_ == "conj"
                and token.tag_ in ("VBD", "VBZ", "VBP", "VB")
                and own_subject(token) is None
            )
            if second and not is_saying(token.head.lower_):  # "and added …"
                self.joined[i] = verb
                end = i - 1
                break
        while end > first + 1 and (doc[end - 1].dep_ == "cc" or doc[end - 1].is_space):
            end -= 1
        start, stop = self.chars(first, end)
        if (
            doc[end].text == ","
            and end + 1 < len(doc)
            and (quotation := self.starts.get(doc[end + 1].idx))
            and self.is_utterance(quotation)
        ):
            stop = quotation.end  # "as a man, "facing …": the quotation is part of it
        if quotation := self.quotation_at(stop - 1):
            stop = quotation.end
        if (quotation := self.quotation_at(start)) and quotation.start > verb.idx:
            start = quotation.start
        return [self.trimmed(start, stop)] if stop > start else []

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """A span without white space or commas at its edges, and without a full stop outside quotation marks."""
        while end > start and self.raw[end - 1] in EDGES:
            end -= 1
        while start < end and self.raw[start] in EDGES:
            start += 1
        return start, end

    def fronted(self, verb: Token, entry: Verb, first: int, last: int, start: int, end: int) -> list[tuple[int, int]]:
        """Content before or around a reporting clause set off by commas: "The road, police said, will close"."""
        if not any(f in entry.frames for f in ("clause", "finding", "thought")):
            return []
        doc = self.doc
        if is_passive(verb) or verb.dep_ in ("acl", "relcl", "advcl", "xcomp") or any(c.dep_ == "mark" for c in verb.lefts):
            return []
        while first > start and doc[first - 1].text != "," and doc[first - 1].tag_ not in FINITE:
            first -= 1
        if first - start < 2 or doc[first - 1].text != ",":
            return []
        after = doc[last + 1].text if last + 1 < end else "."
        if after in (".", "!", "?", ";", "--", "—", "–"):
            if not any(doc[i].tag_ in FINITE for i in range(start, first)):
                return []
            return [self.trimmed(*self.chars(start, first))]
        if after == "," and last + 3 < end:
            rest = [i for i in range(last + 2, end) if doc[i].tag_ in FINITE]
            if rest and (doc[first - 2].pos_ in ("NOUN", "PROPN", "PRON") or any(doc[i].tag_ in FINITE for i in range(start, first))):
                return [self.trimmed(*self.chars(start, first)), self.trimmed(*self.chars(last + 2, end))]
        return []

    def named(self, verb: Token, entry: Verb, stop: int) -> list[tuple[int, int]] | None:
        """Content of "called the bill "a joke"": the parser rarely sees that the quotation belongs to it."""
        if "naming" not in entry.frames or is_passive(verb):
            return None
        for i in range(verb.i + 1, min(verb.i + 10, stop)):
            token = self.doc[i]
            if quotation := self.starts.get(token.idx):
                return [self.trimmed(self.doc[verb.i + 1].idx, quotation.end)]
            if token.is_punct or token.tag_ in FINITE or token.dep_ in ("cc", "prep"):
                return None
        return None

    def around_as(self, verb: Token, entry: Verb, first: int, last: int, start: int, stop: int) -> list[tuple[int, int]] | None:
        """Content of a clause with "as": "As Poe told the Post, the river rose"."""
        if "clause" not in entry.frames and "as" not in entry.frames:
            return None
        if not any(c.dep_ == "mark" and c.lower_ == "as" for c in verb.lefts):
            return None
        doc = self.doc
        while first > start and doc[first].lower_ != "as":
            first -= 1
        while last + 1 < stop and doc[last + 1].text not in (",", ".") and doc[last + 1].head.i in (verb.i, last):
            last += 1
        spans = []
        if first - start > 2 and doc[first - 1].text == ",":
            spans.append(self.trimmed(*self.chars(start, first)))
        if last + 3 < stop and doc[last + 1].text == ",":
            spans.append(self.trimmed(*self.chars(last + 2, stop)))
        return spans or None

    # --- other cues ---

    def hear_sources(self) -> None:
        """Drafts of "according to …" and its like."""
        fixed, doc = fixed_cues(), self.doc
        for token in doc:
            rest = fixed.get(token.lower_)
            if rest is None or self.quotation_at(token.idx):
                continue
            for words in rest:
                end = token.i + 1 + len(words)
                if end < len(doc) and all(doc[token.i + 1 + n].lower_ == word for n, word in enumerate(words)):
                    if self.text.paragraph_at(token.idx).kind != "heading" and (draft := self.from_source(token.i, end)):
                        self.drafts.append(draft)
                    break

    def hear_nouns(self) -> None:
        """Drafts of nouns and adjectives that carry a clause: "his claim that …", "she was confident that …"."""
        nouns, adjectives, carrying, doc = words_for("noun"), words_for("adjective"), noun_prepositions(), self.doc
        for token in doc:
            word = token.lower_
            is_noun = token.tag_ in ("NN", "NNS")
            if is_noun:
                word = singular(word)
                if word not in nouns and word not in carrying:
                    continue
            elif word not in adjectives:
                continue
            if self.quotation_at(token.idx) or token.i + 3 >= len(doc) or self.is_told(token.idx):
                continue
            if self.text.paragraph_at(token.idx).kind == "heading":
                continue
            draft = self.from_noun(token, word) if is_noun else self.from_adjective(token, adjectives[word])
            if draft is not None:
                self.drafts.append(draft)

    def from_noun(self, noun: Token, word: str) -> Draft | None:
        """What a noun carries, and whose it is: "his claim that …", "criticism of the plan by Poe", "made the promise that …"."""
        carried = self.carried(noun, word)
        owner = owner_of(noun)
        if carried is None:
            return None
        first, end, kind = carried
        clause = end > first and self.doc[first - 1].lower_ == "that"
        if owner is None and clause and noun.dep_ == "dobj" and noun.head.pos_ == "VERB" and not is_passive(noun.head):
            owner = subject_of(noun.head)
        if owner is None or owner.i >= first or owner.lower_ in NOT_SPEAKERS or owner.lower_ in ("my", "our", "your", "its"):
            return None
        speaker = phrase(owner, noun)
        spans = self.cut(first, end, noun)
        if not spans:
            return None
        reach = self.chars(min(noun.i, speaker.start), noun.i + 1)
        reason = None if clause else "named, not quoted"
        return Draft(cue=(noun.idx, noun.idx + len(noun)), kind=kind, spans=spans, speaker=speaker, reach=reach, reason=reason)

    def carried(self, noun: Token, word: str) -> tuple[int, int, ClaimKind] | None:
        """What a noun carries: first token, token after the last, class."""
        for child in noun.rights:
            if child.dep_ in ("acl", "ccomp", "relcl"):
                link = next((c for c in child.lefts if c.lower_ == "that"), None)
                kind = words_for("noun").get(word)
                if kind and link is not None and link.dep_ == "mark" and own_subject(child) is not None:
                    return link.i + 1, child.right_edge.i + 1, kind
                if "to" in noun_prepositions().get(word, ()) and is_infinitive(child) and child.left_edge.lower_ == "to":
                    return child.left_edge.i, child.right_edge.i + 1, noun_prepositions()[word]["to"]
                return None
            if child.dep_ == "prep" and (kind := noun_prepositions().get(word, {}).get(child.lower_)):
                return child.i, child.right_edge.i + 1, kind
        return None

    def from_adjective(self, word: Token, kind: ClaimKind) -> Draft | None:
        """What "she was confident that …" carries."""
        clause = next((c for c in word.rights if c.dep_ == "ccomp"), None)
        verb = word if any(c.dep_ in ("auxpass", "nsubjpass") for c in word.lefts) else word.head
        subject = own_subject(verb)
        if clause is None or subject is None or subject.lower_ in NOT_SPEAKERS or subject.lower_ == "it" or own_subject(clause) is None:
            return None
        first = clause.left_edge.i + (clause.left_edge.lower_ == "that")
        spans = self.cut(max(first, word.i + 1), clause.right_edge.i + 1, word)
        if not spans:
            return None
        return Draft(
            cue=(word.idx, word.idx + len(word)),
            kind=kind,
            spans=spans,
            speaker=phrase(subject, verb),
            reach=self.chars(verb.i, word.i + 1),
            reason="a thought, not words",
        )

    def from_source(self, first: int, after: int) -> Draft | None:
        """What a source is given for, from the tokens of "according to": the sentence without the words that name it, or the quotation behind them."""
        doc = self.doc
        start, stop = self.bounds(doc[first].idx)
        nouns = [c for c in doc[after - 1].rights if c.dep_ in ("pobj", "pcomp")]
        noun: Token = nouns[-1] if nouns else doc[after]
        source = phrase(noun) if noun.pos_ != "VERB" else doc[noun.i : noun.i + 1]
        end: int = source.end
        for child in noun.rights:  # "a poll, published on Monday,": all of it names the source
            if child.dep_ in ("relcl", "acl"):
                end = max(end, child.right_edge.i + 1)
        cue = self.chars(first, after)
        behind = next((i for i in range(end, min(end + 6, len(doc))) if doc[i].idx in self.starts or doc[i].tag_ in FINITE), end)
        quotation = self.starts.get(doc[min(behind, len(doc) - 1)].idx)
        if quotation is not None and self.raw[quotation.end - 2] in ".,!?":
            self.taken.add(quotation.start)
            return Draft(cue=cue, kind="said", spans=list(quotation.parts), speaker=source, reach=self.chars(first, end))
        joined = first > start and doc[first - 1].dep_ == "cc"  # "… and, according to X, …": what stands before is not X's
        spans = []
        if first - start > 1 and not joined:
            spans.append(self.trimmed(*self.chars(start, first)))
        if end < stop and not (spans and doc[min(end + 1, stop - 1)].dep_ == "cc"):
            spans.append(self.trimmed(*self.chars(end, stop)))
        spans = [(s, e) for s, e in spans if e - s > 2]
        return Draft(cue=cue, kind="said", spans=spans, speaker=source, reach=self.chars(first, end)) if spans else None

    # --- quotations that are left ---

    def hear_left_quotations(self) -> None:
        """Gives quotations that no verb took to the claim they follow: `"X," she said. "Y."`, or to the one who spoke last."""
        self.drafts.sort(key=lambda d: d.end)
        for quotation in self.quotations:
            if quotation.start in self.taken or self.is_covered(quotation):
                continue
            before = [d for d in self.drafts if d.end <= quotation.start]
            last = max(before, key=lambda d: d.end, default=None)
            if not self.stands_alone(quotation):
                if last is not None and self.resumes(quotation, last):
                    last.spans += quotation.parts
                continue
            if draft := self.signed(quotation):
                self.drafts.append(draft)
            elif last is not None and self.follows(quotation, last):
                last.spans += quotation.parts
            elif draft := self.announced(quotation):
                self.drafts.append(draft)
            elif last is not None and last.speaker is not None and quotation.start - last.end < FAR:
                self.drafts.append(
                    Draft(cue=None, kind="said", spans=list(quotation.parts), speaker=last.speaker, reach=(quotation.start, quotation.end))
                )

    def resumes(self, quotation: Quotation, last: Draft) -> bool:
        """Whether a quotation within a sentence goes on from a quotation before it there: `"X," she said, and later: "Y"`."""
        gap = self.raw[last.end : quotation.start]
        return (
            len(gap) < 60 and not re.search(r"[.!?\n]", gap) and self.is_utterance(quotation) and any(e in self.ends for _, e in last.spans)
        )

    def follows(self, quotation: Quotation, last: Draft) -> bool:
        """Whether a quotation goes on from a claim: in its paragraph right behind it, or as the next paragraph of a quotation."""
        gap = self.raw[last.end : quotation.start]
        if "\n" in gap:
            return len(gap.strip(MARKS + " \n.,")) < 60 and any(e in self.ends for _, e in last.spans)
        return len(gap) < 60 and not re.search(r"[.!?]\s.*[.!?]", gap)

    def signed(self, quotation: Quotation) -> Draft | None:
        """A quotation with its speaker behind a dash: `"X" – Ann Poe`."""
        signature = SIGNATURE.match(self.raw, quotation.end)
        if not signature:
            return None
        first, end = self.token_at(signature.start(1)), self.token_at(signature.end(1) - 1) + 1
        return Draft(
            cue=None, kind="said", spans=list(quotation.parts), speaker=self.doc[first:end], reach=(quotation.start, signature.end(1))
        )

    def announced(self, quotation: Quotation) -> Draft | None:
        """A quotation after a sentence that tells of a statement, or that ends in a colon: `Poe issued a statement. "X."`."""
        before = self.raw[max(0, quotation.start - 12) : quotation.start]
        if before.rstrip(" ")[-1:] == "\n" and before.rstrip()[-1:] != ":":
            return None
        end = self.token_at(quotation.start)
        while end > 0 and self.doc[end - 1].is_space:
            end -= 1
        start, _ = self.bounds(self.doc[end - 1].idx)
        colon = self.doc[end - 1].text == ":"
        cue = self.doc[end - 1] if colon else next((self.doc[i] for i in range(start, end) if self.doc[i].text in statements()), None)
        if cue is None:
            return None
        root = next((self.doc[i] for i in range(start, end) if self.doc[i].dep_ == "ROOT"), None)
        subject = own_subject(root) if root is not None else None
        if subject is None or subject.lower_ in NOT_SPEAKERS:
            return None
        return Draft(
            cue=(cue.idx, cue.idx + len(cue)),
            kind="said",
            spans=list(quotation.parts),
            speaker=phrase(subject, root),
            reach=(self.doc[start].idx, quotation.end),
        )

    def is_told(self, offset: int) -> bool:
        """Whether a character lies in what somebody claims already."""
        return any(s <= offset < e for d in self.drafts for s, e in d.spans)

    def is_covered(self, quotation: Quotation) -> bool:
        """Whether a quotation lies in what somebody claims already."""
        return any(s <= quotation.start < e for d in self.drafts for s, e in d.spans)

    def stands_alone(self, quotation: Quotation) -> bool:
        """Whether a quotation is a sentence of its own, or several."""
        if not self.is_boundary(quotation.start):
            return False
        body = self.raw[quotation.start : quotation.end].strip(MARKS + " ")
        return len(body.split()) >= 3 and (body[-1:] in TERMINAL or len(body.split()) > 8)

    # --- the claims ---

    def claims(self) -> tuple[Claim, ...]:
        """The drafts as claims, in order of the text."""
        taken: set[str] = set()
        claims = []
        for draft in sorted(self.drafts, key=lambda d: (min(d.spans[0][0], d.reach[0]), d.reach[1])):
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
        speaker_id = self.identity(speaker) if speaker is not None else None
        about.pop(speaker_id or "", None)
        return Claim(
            id=fact_id(evidence.quote, taken),
            speaker=speaker_id,
            speaker_text=squeeze(speaker.text) if speaker is not None else None,
            verb=draft.verb or (self.raw[slice(*draft.cue)] if draft.cue else None),
            kind=draft.kind,
            mode=self.mode(spans),
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

    def identity(self, speaker: Words) -> str | None:
        """The actor a speaker's words mean; a statement, a letter or a study speaks for whoever it is by."""
        who = self.found.who
        if (found := who.who(speaker)) is not None:
            return found
        root = speaker.root
        if root.lower_ not in statements() and root.lower_ not in words_for("noun"):
            return None
        owner = owner_of(root)
        return who.who(phrase(owner, root)) if owner is not None else None

    def mode(self, spans: list[tuple[int, int]]) -> Mode:
        """Direct where nearly all of it is quoted, indirect where nothing is."""
        letters = quoted = 0
        for s, e in spans:
            letters += e - s
            quoted += sum(max(0, min(e, pe) - max(s, ps)) for q in self.quotations if q.start < e and s < q.end for ps, pe in q.parts)
        if not quoted:
            return "indirect"
        return "direct" if quoted >= 0.9 * letters else "mixed"


def goes_on(verb: Token) -> bool:
    """Whether an infinitive tells what was in fact said: "went on to say", "continued to insist"."""
    return verb.dep_ == "xcomp" and verb.head.lower_ in ("went", "goes", "continued", "continues", "proceeded")


def doubt(verb: Token) -> str | None:
    """Why it is doubtful that these words were said, or None."""
    if verb.dep_ == "xcomp" and verb.head.lower_ in ("expected", "set", "due", "scheduled", "likely", "going") and is_infinitive(verb):
        return "speech still to come"
    for child in verb.lefts:
        if child.dep_ == "neg":
            return "not said"
        if child.tag_ == "MD":
            return "speech still to come, or only possible"
    return None
