"""Cues that are no verbs: "according to …", "his claim that …", "she was confident that …"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.extract.contents import is_infinitive, singular, until
from generator.extract.cues import fixed_cues, is_saying, noun_prepositions, words_for
from generator.extract.hearing import Draft, Hearing
from generator.extract.speakers import FINITE, NOT_SPEAKERS, is_passive, own_subject, owner_of, phrase, subject_of
from generator.model import ClaimKind

if TYPE_CHECKING:
    from spacy.tokens import Token


def hear_sources(hearing: Hearing) -> None:
    """Drafts of "according to …" and its like."""
    fixed, doc = fixed_cues(), hearing.doc
    for token in doc:
        rest = fixed.get(token.lower_)
        if rest is None or hearing.quotation_at(token.idx):
            continue
        for words in rest:
            end = token.i + 1 + len(words)
            if end < len(doc) and all(doc[token.i + 1 + n].lower_ == word for n, word in enumerate(words)):
                if hearing.text.paragraph_at(token.idx).kind != "heading" and (draft := from_source(hearing, token.i, end)):
                    hearing.keep(draft)
                break


def from_source(hearing: Hearing, first: int, after: int) -> Draft | None:
    """What a source is given for, from the tokens of "according to": the sentence without the words that name it, or the quotation behind them."""
    doc = hearing.doc
    start, stop = hearing.bounds(doc[first].idx)
    nouns = [c for c in doc[after - 1].rights if c.dep_ in ("pobj", "pcomp")]
    noun: Token = nouns[-1] if nouns else doc[after]
    source = phrase(noun) if noun.pos_ != "VERB" else doc[noun.i : noun.i + 1]
    end: int = source.end
    for child in noun.rights:  # "a poll, published on Monday,": all of it names the source
        if child.dep_ in ("relcl", "acl"):
            end = max(end, child.right_edge.i + 1)
    cue = hearing.chars(first, after)
    behind = next((i for i in range(end, min(end + 6, stop)) if doc[i].idx in hearing.starts or doc[i].tag_ in FINITE), end)
    quotation = hearing.starts.get(doc[min(behind, len(doc) - 1)].idx)
    if quotation is not None and hearing.raw[quotation.end - 2] in ".,!?":
        hearing.taken.add(quotation.start)
        return Draft(cue=cue, kind="said", spans=list(quotation.parts), speaker=source, reach=hearing.chars(first, end))
    lead = first - 2 if first - 1 > start and doc[first - 1].text == "," else first - 1
    joined = first > start and doc[lead].dep_ == "cc"  # "… and, according to X, …": what stands before is not X's
    spans = []
    if first - start > 1 and not joined:
        spans.append(hearing.trimmed(*hearing.chars(start, first)))
    stop = next_claim(hearing, end, stop)
    if end < stop and not (spans and doc[min(end + 1, stop - 1)].dep_ == "cc"):
        spans.append(hearing.trimmed(*hearing.chars(end, stop)))
    spans = [(s, e) for s, e in spans if e - s > 2]
    return Draft(cue=cue, kind="said", spans=spans, speaker=source, reach=hearing.chars(first, end)) if spans else None


def next_claim(hearing: Hearing, first: int, stop: int) -> int:
    """Where what a source is given for ends: at "and officials warned", where another says something, else with the sentence."""
    for token in hearing.doc[first:stop]:
        if token.tag_ in FINITE and token.dep_ == "conj" and is_saying(token.lower_) and not hearing.quotation_at(token.idx):
            subject = own_subject(token)
            joint = subject.left_edge.i - 1 if subject is not None else 0
            if joint > first + 2 and hearing.doc[joint].lower_ in ("and", "but", "while"):
                return joint
    return stop


def hear_nouns(hearing: Hearing) -> None:
    """Drafts of nouns and adjectives that carry a clause: "his claim that …", "she was confident that …"."""
    nouns, adjectives, carrying, doc = words_for("noun"), words_for("adjective"), noun_prepositions(), hearing.doc
    for token in doc:
        word = token.lower_
        is_noun = token.tag_ in ("NN", "NNS")
        if is_noun:
            word = singular(word)
            if word not in nouns and word not in carrying:
                continue
        elif word not in adjectives:
            continue
        if hearing.quotation_at(token.idx) or token.i + 3 >= len(doc) or hearing.is_told(token.idx):
            continue
        if hearing.text.paragraph_at(token.idx).kind == "heading":
            continue
        draft = from_noun(hearing, token, word) if is_noun else from_adjective(hearing, token, adjectives[word])
        if draft is not None:
            hearing.keep(draft)


def from_noun(hearing: Hearing, noun: Token, word: str) -> Draft | None:
    """What a noun carries, and whose it is: "his claim that …", "criticism of the plan by Poe", "made the promise that …"."""
    content = carried(hearing, noun, word) or equated(noun, word)
    owner = owner_of(noun)
    if content is None:
        return None
    first, end, kind = content
    clause = end > first and hearing.doc[first - 1].lower_ == "that"
    if owner is None and clause and noun.dep_ == "dobj" and noun.head.pos_ == "VERB" and not is_passive(noun.head):
        owner = subject_of(noun.head)
    if owner is None or owner.i >= first or owner.lower_ in NOT_SPEAKERS or owner.lower_ in ("my", "our", "your", "its"):
        return None
    speaker = phrase(owner, noun)
    spans = hearing.cut(first, end, noun)
    if not spans:
        return None
    reach = hearing.chars(min(noun.i, speaker.start), noun.i + 1)
    reason = None if clause else "named, not quoted"
    return Draft(cue=(noun.idx, noun.idx + len(noun)), kind=kind, spans=spans, speaker=speaker, reach=reach, reason=reason)


def carried(hearing: Hearing, noun: Token, word: str) -> tuple[int, int, ClaimKind] | None:
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


def equated(noun: Token, word: str) -> tuple[int, int, ClaimKind] | None:
    """What a noun is said to be: "the union's view is that …"."""
    kind, verb = words_for("noun").get(word), noun.head
    if kind is None or noun.dep_ != "nsubj" or verb.lower_ not in ("is", "was", "'s", "remains", "remained"):
        return None
    clause = next((c for c in verb.rights if c.dep_ in ("ccomp", "advcl", "attr")), None)
    link = clause.left_edge if clause is not None else None
    if clause is None or link is None or link.lower_ != "that" or link.dep_ != "mark":
        return None
    return link.i + 1, clause.right_edge.i + 1, kind


def from_adjective(hearing: Hearing, word: Token, kind: ClaimKind) -> Draft | None:
    """What "she was confident that …" carries."""
    clause = next((c for c in word.rights if c.dep_ == "ccomp"), None)
    verb = word if any(c.dep_ in ("auxpass", "nsubjpass") for c in word.lefts) else word.head
    subject = own_subject(verb)
    if clause is None or subject is None or subject.lower_ in NOT_SPEAKERS or subject.lower_ == "it" or own_subject(clause) is None:
        return None
    first = clause.left_edge.i + (clause.left_edge.lower_ == "that")
    _, stop = hearing.bounds(word.idx)
    spans = hearing.cut(max(first, word.i + 1), until(verb, clause.right_edge.i + 1, stop), word)
    if not spans:
        return None
    return Draft(
        cue=(word.idx, word.idx + len(word)),
        kind=kind,
        spans=spans,
        speaker=phrase(subject, verb),
        reach=hearing.chars(verb.i, word.i + 1),
        reason="a thought, not words",
    )
