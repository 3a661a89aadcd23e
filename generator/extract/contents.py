"""Contents: the stretch of text that a verb of speech carries, by the parse of its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.extract.cues import Verb
from generator.model import ClaimKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

ADVERBIALS = frozenset({"prep", "npadvmod", "advmod", "prt", "dative", "agent", "neg", "nsubj", "aux", "auxpass", "nsubjpass", "tmod"})
CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "pcomp", "acl", "relcl", "parataxis"})
LINKS = frozenset({"that", "whether", "if", "how", "why", "what", "who", "when", "where", "which", "whom", "whose"})
TO_SOMEONE = frozenset({"tell", "remind", "assure", "inform", "notify", "warn", "brief", "advise", "promise", "ask", "counsel", "caution", "show", "teach"})
BARE = ("clause", "thought", "finding")  # frames in which the clause may lack its "that"
LINKED = (*BARE, "that", "thought_that")


def clause_around(verb: Token, verb_name: str) -> tuple[int, int]:
    """First and last token of the reporting clause: the verb with its subject, auxiliaries, addressee and adverbials, as far as they touch."""
    first = last = verb.i
    for child in reversed(list(verb.lefts)):
        if child.right_edge.i != first - 1 or child.dep_ not in ADVERBIALS:
            break
        first = child.left_edge.i
    for child in verb.rights:
        touches = child.left_edge.i == last + 1
        if not touches or not (child.dep_ in ADVERBIALS or (child.dep_ == "dobj" and verb_name in TO_SOMEONE)):
            break
        last = child.right_edge.i
    return first, last


def is_infinitive(verb: Token) -> bool:
    """Whether the verb stands as "to do"."""
    return any(c.tag_ == "TO" for c in verb.lefts) or (verb.i > 0 and verb.nbor(-1).tag_ == "TO")


def is_clause(child: Token) -> bool:
    """Whether a complement is a clause of its own, with a subject or a "that"."""
    return any(c.dep_ in ("nsubj", "nsubjpass", "expl", "csubj", "mark") or c.lower_ in LINKS for c in child.lefts) and not is_infinitive(child)


def complement(verb: Token, entry: Verb) -> tuple[int, int, ClaimKind] | None:
    """What follows a verb as its content: (first token, token after the last, class), or None where it governs nothing that its frames allow."""
    frames = entry.frames
    dobj = None
    for child in verb.rights:
        dep = child.dep_
        if dep in ("dobj", "dative") and dobj is None:
            dobj = child
        if dep in ("ccomp", "xcomp", "advcl", "pcomp", "oprd") and child.i > verb.i:
            if dep == "ccomp" and is_clause(child):
                linked = child.left_edge.lower_ in LINKS or any(c.dep_ == "mark" and c.lower_ in LINKS for c in child.lefts)
                for frame in LINKED if linked else BARE:
                    if frame in frames:
                        return _from(child, verb), _until(child, verb), frames[frame]
            if dep in ("xcomp", "ccomp", "advcl") and is_infinitive(child):
                person = dobj is not None or any(c.dep_ in ("nsubj", "nsubjpass") for c in child.lefts)
                if person and "person_infinitive" in frames:
                    start = min(child.left_edge.i, dobj.left_edge.i if dobj is not None else child.i)
                    return max(start, verb.i + 1), _until(child, verb), frames["person_infinitive"]
                if not person and "infinitive" in frames and dep != "advcl":
                    return _from(child, verb), _until(child, verb), frames["infinitive"]
        if dep in ("ccomp", "xcomp", "oprd") and "naming" in frames and entry.name not in ("view", "regard", "see", "consider", "deem") and not is_infinitive(child):
            return verb.i + 1, _until(child, verb), frames["naming"]
        if dep == "prep" and child.lower_ == "as" and "naming" in frames and dobj is not None:
            return verb.i + 1, _until(child, verb), frames["naming"]
        if dep == "prep" and child.lower_ in entry.prepositions:
            return verb.i + 1, _until(child, verb), entry.prepositions[child.lower_]
    if dobj is not None and "object" in frames and dobj.pos_ != "PRON":
        for child in dobj.rights:  # "accused the union of …": the preposition may hang on the noun
            if child.dep_ == "prep" and child.lower_ in entry.prepositions:
                return verb.i + 1, _until(dobj, verb), entry.prepositions[child.lower_]
        return _from(dobj, verb), _until(dobj, verb), frames["object"]
    if dobj is not None and entry.prepositions:
        for child in dobj.rights:
            if child.dep_ == "prep" and child.lower_ in entry.prepositions:
                return verb.i + 1, _until(dobj, verb), entry.prepositions[child.lower_]
    return None


def _from(child: Token, verb: Token) -> int:
    """Where content begins: at the complement's first word behind the verb, its "that" left out."""
    doc: Doc = child.doc
    start: int = max(child.left_edge.i, verb.i + 1)
    while start < child.i and (doc[start].is_punct and doc[start].text not in "\"“‘([" or doc[start].is_space):
        start += 1
    return start + 1 if doc[start].lower_ == "that" and doc[start].dep_ == "mark" else start


def _until(child: Token, verb: Token) -> int:
    """Where content ends: with the complement and with whatever follows it without a comma, for the parser often hangs the last words on the verb."""
    end: int = child.right_edge.i + 1
    for other in verb.rights:
        if other.i <= child.i:
            continue
        if other.left_edge.i != end or other.dep_ not in ("prep", "npadvmod", "advmod", "advcl", "dobj", "oprd", "acl", "xcomp", "acomp"):
            break
        end = other.right_edge.i + 1
    return end
