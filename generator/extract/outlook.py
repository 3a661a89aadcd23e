"""Whether a clause looks ahead or back: what decides which Thursday is meant."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

from generator.data import load
from generator.extract.nlp import lemma

if TYPE_CHECKING:
    from spacy.tokens import Token

Outlook = Literal["ahead", "back"]

FUTURE = frozenset({"will", "'ll", "’ll", "wo", "shall", "would", "may", "might", "could", "should", "must", "can", "ca"})
HAVE = frozenset({"have", "has", "had", "'ve", "’ve", "having"})
BE = frozenset({"be", "is", "are", "am", "was", "were", "been", "being", "'s", "’s", "'re", "’re", "'m", "’m"})
PAST_BE = frozenset({"was", "were", "been"})
UNTIL = frozenset({"until", "till"})
LASTING = frozenset({"last", "wait", "stay", "remain", "continue", "work", "live", "run", "go", "serve", "keep", "fight", "be"})
SAME_IN_PAST = frozenset(
    "hit cut put set let shut quit cost hurt split spread burst cast beat bid shed thrust upset overcome become come run".split()
)
SET_DOWN = frozenset({"schedule", "reschedule", "slate", "expect", "plan", "set"})  # with these even "talks scheduled Thursday" lie ahead


@cache
def planning_words() -> frozenset[str]:
    """Words that say that what they govern lies ahead."""
    return frozenset(load("calendar")["planning"])


@cache
def arranging_words() -> frozenset[str]:
    """Verbs after which "for" leads to the day that is arranged: "confirmed a summit for Friday"."""
    return frozenset(load("calendar")["arranging"])


def outlook(token: Token, sure: bool = False) -> Outlook | None:
    """Looks up the parse from a date's head word for the verb that governs it, and reads its tense; None where nothing tells.

    The plain present looks ahead ("meets on Friday"), but not surely ("that compares with May").
    """
    node, came_by = token, ""
    for _ in range(12):
        if node.pos_ in ("VERB", "AUX") and node.dep_ not in ("aux", "auxpass"):
            told = "ahead" if tells_of_next(node) and token.i > node.i else tense(node, came_by, sure)
            if told:
                return told
        elif node.lower_ == "ahead" and node.i + 1 < len(node.doc) and node.nbor().lower_ == "of":
            return "ahead"  # "ahead of Thursday's call"
        elif node.pos_ == "ADJ" and node.lower_ in planning_words():
            return "ahead"  # "due on Friday", "likely on Friday"
        if node.pos_ == "ADP":
            came_by = node.lower_
        if node.head == node:
            return None
        node = node.head
    return None


def tells_of_next(verb: Token) -> bool:
    """Whether it says in the present tense how the next one is: "the next round is in August"."""
    return verb.tag_ in ("VBZ", "VBP") and any(c.dep_ == "nsubj" and any(t.lower_ == "next" for t in c.lefts) for c in verb.lefts)


def tense(verb: Token, came_by: str, sure: bool) -> Outlook | None:
    """What a verb's form says of when it happens; `came_by` is the last preposition between it and the date."""
    helpers = [t for t in verb.children if t.dep_ in ("aux", "auxpass") or (t.tag_ in ("MD", "TO") and t.i < verb.i)]
    words = {t.lower_ for t in helpers}
    past_helper = bool(words & HAVE)
    planned = lemma(verb) in planning_words() or verb.lower_ in planning_words()
    if words & FUTURE and not past_helper:
        return "ahead"
    if "to" in words and past_helper:  # "was to have left", "is said to have left", but "hopes to have finished by Friday"
        return "ahead" if lemma(verb.head) in planning_words() or verb.head.lower_ in planning_words() else "back"
    if "to" in words:
        governor = verb.head
        if governor != verb and governor.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
            if governor.lower_ in planning_words() or lemma(governor) in planning_words() or governor.lower_ in BE:
                return "ahead"
            if governor.pos_ != "NOUN":
                return None  # the governor decides: "was forced to resign on Friday"
        return "ahead"  # "a plan to meet on Friday"
    if planned and came_by == "in" and words & PAST_BE:
        return None  # "were planned in March": to be held then, or thought of
    if verb.lower_ in BE and any(c.pos_ == "ADJ" and c.lower_ in planning_words() for c in verb.children):
        return "ahead"  # "was due back in the capital on Friday"
    if came_by == "for" and lemma(verb) in arranging_words():
        return "ahead"  # "called a rally for Saturday"
    if planned and (came_by in ("for", "to") or (verb.tag_ == "VBN" and not past_helper and (came_by or lemma(verb) in SET_DOWN))):
        return "ahead"
    if came_by in UNTIL and lemma(verb) not in LASTING and not any(c.dep_ == "neg" for c in verb.children):
        return "ahead"  # "postponed until Monday", "gave them until Friday", but not "lasted until" nor "did not hear until"
    if verb.tag_ == "VBD" or past_helper or words & PAST_BE:
        return "back"
    if verb.tag_ == "VBP" and verb.lower_ in SAME_IN_PAST:
        return None  # "when shells hit a market on Sunday": present or past, the verbs above tell
    if verb.tag_ in ("VBZ", "VBP"):
        return "ahead" if not sure and verb.lower_ not in BE and lemma(verb) != "say" else None
    if verb.tag_ == "VBG" and words & {"is", "are", "'s", "’s", "'re", "’re", "am"}:
        return "ahead"
    if verb.tag_ == "VBN":
        return "back" if not words & {"is", "are", "be"} else "ahead"
    return None
