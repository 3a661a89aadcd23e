"""Reporting clauses: what verbs of speech tell, with quotations beside them or without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.extract.contents import TO_SOMEONE, clause_around, complement, hears_evidence, is_infinitive
from generator.extract.cues import Verb, as_told, find_cues, is_saying, verbs
from generator.extract.hearing import MARKS, Draft, Hearing
from generator.extract.quotations import Quotation
from generator.extract.speakers import FINITE, NOT_SPEAKERS, addressee_of, agent_of, is_passive, own_subject, phrase, subject_of
from generator.model import ClaimKind

if TYPE_CHECKING:
    from spacy.tokens import Token

LOOK_AHEAD = 25  # tokens between a verb of speech and the quotation it opens: "said in a statement sent to reporters late on Monday:"
SUBORDINATORS = frozenset(
    {"if", "when", "as", "after", "before", "although", "though", "while", "since", "because", "until", "unless", "once"}
)
THINGS = frozenset(  # what may encourage or call for something without a word
    {
        "program",
        "programme",
        "plan",
        "law",
        "bill",
        "policy",
        "scheme",
        "project",
        "system",
        "rule",
        "rules",
        "app",
        "measure",
        "initiative",
    }
)
POSSIBLE = "speech still to come, or only possible"
PHRASE = frozenset({"compound", "appos", "pobj", "prep", "poss", "conj"})
SAYING = ("clause", "that", "quote")


def hear_verbs(hearing: Hearing) -> None:
    """Drafts of all verbs of the list outside quotations that carry something."""
    for token, entry in find_cues(hearing.doc):
        if hearing.quotation_at(token.idx) or hearing.text.paragraph_at(token.idx).kind == "heading":
            continue
        draft = hear(hearing, token, entry)
        if draft is not None:
            hearing.keep(draft)


def hear(hearing: Hearing, verb: Token, entry: Verb) -> Draft | None:
    """What one verb tells, or None."""
    reason = doubt(verb)
    if is_infinitive(verb) and not goes_on(verb) and reason is None:
        return None
    if verb.tag_ == "VBG" and verb.dep_ == "pcomp" and verb.head.lower_ in ("from", "of", "for", "against", "without"):  # not said
        return None
    if verb.tag_ == "VBN" and verb.dep_ == "advcl" and own_subject(verb) is None:  # "Asked whether …, she said"
        return None
    first, last = clause_around(verb, entry.name)
    start, stop = hearing.bounds(verb.idx)
    saying: ClaimKind | None = next((entry.frames[f] for f in SAYING if f in entry.frames), None)
    kind: ClaimKind | None = saying
    quoted: list[Quotation] = []
    given = complement(verb, entry, last, stop)
    after = quotation_after(hearing, verb, last, "clause" in entry.frames or "that" in entry.frames) if saying else None
    bare = after is None and given is None and (last + 1 >= stop or hearing.doc[last + 1].text in (",", ".", "?", "!", ";"))
    before = quotation_before(hearing, verb, start, weak=bare) if saying else None
    if before is not None and given is not None and not hearing.is_utterance(before):  # `Citing "haste", she said that …`
        before = None
    if before is not None:
        quoted.append(before)
        spans = [*lead(hearing, before, start), *before.parts[1:]]
        if after is not None and after.start not in hearing.taken and continues(hearing, before, verb, after):
            quoted.append(after)
            spans += after.parts
    elif after is not None:
        quoted.append(after)
        spans = widened(hearing, after, given, list(after.parts))
    elif (around := around_as(hearing, verb, entry, first, last, start, stop)) is not None:
        spans, kind = around, kind or "said"
    elif quoted_name := named(hearing, verb, entry, stop):
        spans, kind = quoted_name, entry.frames["naming"]
    elif given is not None:
        if reason == "not said" and hearing.doc[given[0]].lower_ == "to":  # "does not claim to know": nothing is said
            return None
        spans, kind = hearing.cut(*given[:2], verb), given[2]
    else:
        spans = fronted(hearing, verb, entry, first, last, start, stop)
        kind = next((entry.frames[f] for f in ("clause", "thought", "finding", "that") if f in entry.frames), None)
    if not spans or kind is None:
        return None
    subject = speaker_token(hearing, verb, spans, start)
    if subject is None and not (quoted and saying):
        return None
    if subject is not None and subject.lower_ in NOT_SPEAKERS:
        return None
    if kind == "urged" and not quoted and subject is not None and subject.lower_ in THINGS:
        return None
    naming = not quoted and kind == entry.frames.get("naming")
    if naming and own_subject(verb) is None and names_thing(verb):  # "a choir called the Grey Herons"
        return None
    if saying is None and reason == POSSIBLE:  # "the fund will support": what somebody does
        return None
    if not quoted and (kind in ("believed", "found") or saying is None) and hearing.is_told(verb.idx):
        return None
    if before is not None and before.start in hearing.taken:  # `The letter asks them to stay: "X," it said`: the nearer verb has it
        hearing.release(before)
    hearing.taken.update(q.start for q in quoted)
    reach = hearing.chars(first, last + 1)
    speaker = phrase(subject, verb) if subject is not None else None
    if kind in ("believed", "other"):
        reason = reason or "a thought, not words"
    draft = Draft(cue=(verb.idx, verb.idx + len(verb)), kind=kind, spans=spans, reach=reach, speaker=speaker, reason=reason)
    if (entry.name in TO_SOMEONE or kind in ("urged", "asked", "warned")) and (listener := addressee_of(verb)) is not None:
        draft.to = phrase(listener)
    return draft


def names_thing(verb: Token) -> bool:
    """Whether "called" tells what a thing's name is, and not what somebody makes of it: right behind a noun, before a name."""
    doc = verb.doc
    named = next((t for t in doc[verb.i + 1 : verb.i + 3] if t.lower_ != "the"), verb)
    return verb.i > 0 and verb.nbor(-1).pos_ in ("NOUN", "PROPN") and named.pos_ == "PROPN" and verb.dep_ != "conj"


def speaker_token(hearing: Hearing, verb: Token, spans: list[tuple[int, int]], start: int) -> Token | None:
    """The head of the speaker's noun phrase: by the parse, or by its place beside the verb where the parse is at a loss."""
    if is_passive(verb) or (verb.tag_ == "VBN" and verb.dep_ == "acl"):
        told = verb.doc[hearing.token_at(spans[0][0]) - 1]  # "The manager, Ann Poe, posted on a forum that …": no participle
        return verb.head if told.lower_ == "that" and verb.dep_ == "acl" and verb.i and verb.nbor(-1).text == "," else agent_of(verb)
    subject = subject_of(hearing.joined.get(verb.i, verb))
    if (
        subject is not None
        and subject.tag_[0] != "V"
        and not _opens_with_participle(subject, verb, start)
        and not any(s <= subject.idx < e for s, e in spans)
        and not hearing.quotation_at(subject.idx)
    ):
        return subject
    if not own_subject_fits(subject, spans) and (behind := nominal_after(hearing, verb)) is not None:
        return behind
    before = verb.i - 1
    while before > start and (hearing.doc[before].dep_ in ("aux", "advmod", "neg") or hearing.doc[before].text == ","):
        before -= 1
    for i in (before, verb.i + 1):
        if (
            not start <= i < len(hearing.doc)
            or hearing.doc[i].pos_ not in ("NOUN", "PROPN", "PRON")
            or hearing.quotation_at(hearing.doc[i].idx)
        ):
            continue
        token: Token = hearing.doc[i]
        while token.dep_ in PHRASE and start <= token.head.i < verb.i and token.head.i != token.i:
            if token.head.tag_[0] == "V" or (
                token.pos_ == "PROPN" and token.head.pos_ == "NOUN"
            ):  # "In a post, Ann Poe called": the name stands by itself
                break
            token = token.head
        return token if token.pos_ in ("NOUN", "PROPN", "PRON") else hearing.doc[i]
    return None


def own_subject_fits(subject: Token | None, spans: list[tuple[int, int]]) -> bool:
    """Whether the parser's subject stands outside what is said."""
    return subject is not None and not any(s <= subject.idx < e for s, e in spans)


def nominal_after(hearing: Hearing, verb: Token) -> Token | None:
    """The noun behind a verb that follows a quotation, whatever the parser makes of it: `"X," raged the nursery worker`."""
    doc, i = hearing.doc, verb.i + 1
    closes = doc[verb.i - 1].text in MARKS or doc[verb.i - 1].idx + 1 in hearing.ends
    if not verb.i or not closes or i >= len(doc) or doc[i].tag_ not in ("DT", "PRP$", "NN", "NNP", "NNS", "JJ"):
        return None
    head = None
    while i < len(doc) and i < verb.i + 9 and doc[i].tag_ in ("DT", "PRP$", "JJ", "NN", "NNP", "NNS", "HYPH", "POS", "VBG", "CD"):
        if doc[i].tag_[:2] == "NN" and doc[i].text != "-":
            head = doc[i]
        i += 1
    return head


def _opens_with_participle(subject: Token, verb: Token, start: int) -> bool:
    """Whether a "subject" is the participle that opens the sentence: "Writing in a blog, Poe called …"."""
    return subject.i == start and subject.lower_.endswith("ing") and any(subject.doc[i].text == "," for i in range(subject.i, verb.i))


def quotation_before(hearing: Hearing, verb: Token, start: int, weak: bool) -> Quotation | None:
    """The quotation that ends where a reporting clause begins: `"X," the mayor of Utica said`.

    One that ends with a full stop, or with nothing, belongs to it only where the clause has nothing else to carry (`weak`).
    """
    doc, crossed = hearing.doc, False  # crossed: a finite verb stands between; behind a comma it is the tagger's mistake
    for i in range(verb.i - 1, max(verb.i - LOOK_AHEAD, -1), -1):
        token = doc[i]
        if token.lower_ in verbs() and token.tag_ in FINITE and token.dep_ != "relcl":  # `"X," the aide, who declined to be named, said`
            return None
        if quotation := hearing.ends.get(token.idx + len(token)):
            quoting = verb.dep_ == "pcomp" and verb.head.lower_ == "as"  # `"X," the agency quoted Poe as saying`
            if (
                (verb.tag_ == "VBG" and not quoting) or verb.dep_ in ("acl", "advcl") or doc[i + 1 + (doc[i + 1].text == ",")].dep_ == "cc"
            ):  # `"X", and said …` begins anew
                return None
            gap = hearing.raw[quotation.end : doc[i + 1].idx + 1].lstrip(" \xa0")
            final = hearing.raw[quotation.start : quotation.end].rstrip(MARKS + " ")[-1:]
            if crossed and final != ",":
                return None
            if gap[:1] in (",", "—", "–", "-") or final in (",", "?", "!", "—", "–", "-", "…"):
                return quotation if hearing.is_utterance(quotation) or i == verb.i - 1 or gap[:1] == "," or final == "," else None
            fits = weak and quotation.start not in hearing.taken and hearing.is_utterance(quotation) and not hearing.is_title(quotation)
            return quotation if fits else None
        if token.is_space or token.text in (".", ";", ":"):
            return None
        if token.tag_ in FINITE and token.dep_ not in ("relcl", "aux", "auxpass"):
            crossed = True
    return None


def lead(hearing: Hearing, quotation: Quotation, start: int) -> list[tuple[int, int]]:
    """A quotation's first part with the words of its sentence before it: `The plan is "a joke," Poe said`."""
    begin, end = quotation.parts[0]
    first = hearing.token_at(begin)
    if first <= start or any(hearing.doc[i].lower_ in verbs() and hearing.doc[i].tag_ in FINITE for i in range(start, first)):
        return [(begin, end)]
    words = hearing.raw[hearing.doc[start].idx : begin].rstrip()
    if words[-1:] in (":", ",", *MARKS) or len(words.split()) < 2:
        return [(begin, end)]
    return [(hearing.doc[start].idx, end)]


def continues(hearing: Hearing, before: Quotation, verb: Token, after: Quotation) -> bool:
    """Whether the quotation behind a reporting clause continues the one before it: `"X," she said, "Y"`."""
    return hearing.raw[verb.idx : after.start].rstrip()[-1:] in (",", ":", "—", "–", "-") or before.start in hearing.taken


def quotation_after(hearing: Hearing, verb: Token, last: int, saying: bool) -> Quotation | None:
    """The quotation that a reporting clause opens: `she said: "X"`, `he told the court that "X"`."""
    doc = hearing.doc
    for i in range(verb.i + 1, min(verb.i + LOOK_AHEAD, len(doc))):
        token = doc[i]
        if quotation := hearing.starts.get(token.idx):
            lead = doc[i - 2 if doc[i - 1].is_space else i - 1]
            if lead.text == ":" and lead.nbor(-1).lower_ in ("including", "as"):  # "cited questions, such as: …": an example, not a speech
                return None
            if lead.text == ":" or lead.lower_ == "that":
                return quotation
            if i - 1 in (verb.i, last):
                named = hearing.is_title(quotation) or not (saying or hearing.is_utterance(quotation))
                return None if named else quotation  # 'wrote "War and Peace"', 'opened "a new chapter" in'
            return quotation if lead.text == "," and hearing.is_utterance(quotation) else None
        if token.is_space and doc[i - 1].text in (":", ","):
            continue
        if token.is_space or token.text[-1] in ".!?;" or (token.tag_ in FINITE and token.dep_ != "relcl"):
            return None
        if token.tag_ == "TO" and not saying:  # "continued to …"
            return None
        if token.tag_ == "VBG" and is_saying(token.lower_):  # "wrote a letter, saying: …"
            return None
        if token.lower_ == "that" and i + 1 < len(doc) and doc[i + 1].idx not in hearing.starts:
            return None
    return None


def widened(
    hearing: Hearing, quotation: Quotation, given: tuple[int, int, ClaimKind] | None, spans: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The quotation, and the rest of its clause where that goes on behind it: `said "the plan" would fail`."""
    final = hearing.raw[quotation.start : quotation.end].rstrip(MARKS + " ")[-1:]
    if given is None or final in (".", "!", "?", ",") or hearing.raw[quotation.end : quotation.end + 1] in (",", "."):
        return spans
    end = hearing.chars(given[0], given[1])[1]
    return [*spans[:-1], (spans[-1][0], max(spans[-1][1], hearing.trimmed(spans[-1][0], end)[1]))]


def fronted(hearing: Hearing, verb: Token, entry: Verb, first: int, last: int, start: int, end: int) -> list[tuple[int, int]]:
    """Content before or around a reporting clause set off by commas: "The road, police said, will close"."""
    if not any(f in entry.frames for f in ("clause", "finding", "thought")) and not hears_evidence(verb):
        return []
    doc = hearing.doc
    subject = own_subject(verb)
    if (
        "clause" not in entry.frames
        and not hears_evidence(verb)
        and subject is not None
        and subject.left_edge.i > start
        and doc[subject.left_edge.i - 1].text != ","
    ):
        return []  # a thought stands right behind the comma: "It will rain, she thinks"
    bare = verb.tag_ == "VBN" and not any(c.dep_ in ("aux", "auxpass") for c in verb.lefts)  # "expected next month"
    # a relative clause without a pronoun is never set off by a comma: "…, a survey finds" is a reporting clause whatever the parser says
    free = verb.dep_ in ("relcl", "advcl") and subject is not None and doc[subject.left_edge.i - 1].text == ","
    free = free and all(c.tag_[0] != "W" for c in verb.lefts)
    if (
        bare
        or is_passive(verb)
        or (verb.dep_ in ("acl", "relcl", "advcl", "xcomp") and not free)
        or any(c.dep_ == "mark" for c in verb.lefts)
    ):
        return []
    if first == verb.i and doc[first - 1].text == ",":  # "…, the owner, Ann Poe, said": the name is set off
        subject = speaker_token(hearing, verb, [], start)
        first = min(first, phrase(subject, verb).start if subject is not None else first)
    while first > start and doc[first - 1].text != "," and doc[first - 1].tag_ not in FINITE:
        first -= 1
    if first - start < 2 or doc[first - 1].text != ",":
        return []
    front = [doc[i] for i in range(start, first - 1)]
    if front[0].lower_ in SUBORDINATORS and any(t.tag_ in FINITE for t in front) and all(t.text != "," for t in front):
        return []  # "If it rains, he will report to the king"
    after = doc[last + 1].text if last + 1 < end else "."
    if after in (".", "!", "?", ";", "--", "—", "–"):
        if not any(doc[i].tag_ in FINITE for i in range(start, first)):
            return []
        return [hearing.trimmed(*hearing.chars(start, first))]
    if after == "," and last + 3 < end and any(doc[i].tag_ in FINITE for i in range(last + 2, end)):
        return [hearing.trimmed(*hearing.chars(start, first)), hearing.trimmed(*hearing.chars(last + 2, end))]
    if after == "," and last + 2 < end and doc[last + 2].tag_ == "VBG" and any(t.tag_ in FINITE for t in front):
        return [hearing.trimmed(*hearing.chars(start, first))]  # "Profit rose, the firm said, beating forecasts"
    return []


def named(hearing: Hearing, verb: Token, entry: Verb, stop: int) -> list[tuple[int, int]] | None:
    """Content of "called the bill "a joke"": the parser rarely sees that the quotation belongs to it."""
    if "naming" not in entry.frames or is_passive(verb):
        return None
    for i in range(verb.i + 1, min(verb.i + 10, stop)):
        token = hearing.doc[i]
        if quotation := hearing.starts.get(token.idx):
            return [hearing.trimmed(hearing.doc[verb.i + 1].idx, quotation.end)]
        if token.is_punct or token.tag_ in FINITE or token.dep_ in ("cc", "prep"):
            return None
    return None


def around_as(hearing: Hearing, verb: Token, entry: Verb, first: int, last: int, start: int, stop: int) -> list[tuple[int, int]] | None:
    """Content of a clause with "as": "As Poe told the Post, the river rose"."""
    if "clause" not in entry.frames and "as" not in entry.frames:
        return None
    if not any(c.dep_ == "mark" and c.lower_ == "as" for c in verb.lefts) and not as_told(verb):
        return None
    doc = hearing.doc
    while first > start and doc[first].lower_ != "as":
        first -= 1
    while last + 1 < stop and doc[last + 1].text not in (",", ".") and doc[last + 1].head.i in (verb.i, last):
        last += 1
    spans = []
    if first - start > 2 and doc[first - 1].text == ",":
        spans.append(hearing.trimmed(*hearing.chars(start, first)))
    if last + 3 < stop and doc[last + 1].text == ",":
        spans.append(hearing.trimmed(*hearing.chars(last + 2, stop)))
    return spans or None


def goes_on(verb: Token) -> bool:
    """Whether an infinitive tells what was in fact said: "went on to say", "continued to insist", "used to say"."""
    return verb.dep_ == "xcomp" and verb.head.lower_ in ("went", "goes", "continued", "continues", "proceeded", "used", "likes", "liked")


def doubt(verb: Token) -> str | None:
    """Why it is doubtful that these words were said, or None."""
    if verb.dep_ == "xcomp" and verb.head.lower_ in ("expected", "set", "due", "scheduled", "likely", "going") and is_infinitive(verb):
        return "speech still to come"
    for child in verb.lefts:
        if child.dep_ == "neg":
            return "not said"
        if child.tag_ == "MD":
            return POSSIBLE
    return None
