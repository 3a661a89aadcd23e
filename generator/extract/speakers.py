"""Speakers: the words for who says something, as they stand beside the verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Words

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
NOUN_PARTS = frozenset({"prep", "appos", "compound", "amod", "poss", "case", "nummod", "conj", "cc", "punct", "nmod", "flat", "advmod"})
BEGINS_CLAUSE = frozenset({"relcl", "acl", "ccomp", "advcl", "parataxis"})
NOT_SPEAKERS = frozenset(
    {"there", "you", "i", "we", "this", "that", "which", "what", "these", "those", "one", "%", "percent", "nobody", "none"}
)
TO_VERB = frozenset({"to", "in", "on", "during", "after", "before", "at"})  # behind "said Poe" they tell where and to whom he said it
DAYS = frozenset({"today", "yesterday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
NOMINAL = frozenset({"DT", "PRP$", "JJ", "NN", "NNP", "NNS", "HYPH", "POS", "CD"})
CLIMBS = frozenset({"xcomp", "advcl", "conj", "pcomp", "prep", "acl", "dep", "ccomp", "parataxis"})


def is_passive(verb: Token) -> bool:
    """Whether the verb is in the passive: its subject is spoken to or of, and does not speak."""
    return any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.lefts)


def is_inverted(verb: Token) -> bool:
    """Whether the subject follows: `", said Poe`, where what stands before is content."""
    if verb.i == 0 or verb.nbor(-1).text[-1] not in ",\"”’'?!—–":
        return False
    return any(c.dep_ == "nsubj" and c.left_edge.i == verb.i + 1 for c in verb.rights)


def own_subject(verb: Token) -> Token | None:
    """The subject of this very verb, before it or, as in "said Poe", behind it."""
    subject = None
    for child in verb.rights if is_inverted(verb) else verb.children:
        if child.dep_ in ("nsubj", "nsubjpass"):
            if child.i < verb.i or subject is None:
                subject = child
            if child.i > verb.i:
                break
    return subject


def subject_of(verb: Token) -> Token | None:
    """The head of the noun phrase that does what the verb says.

    By relative clause ("Poe, who said"), by conjunct ("said X and added Y") and from participles ("fell, saying") the subject stands
    with a verb further up.
    """
    at = _main_clause(verb)
    for _ in range(6):
        subject = own_subject(at)
        if subject is not None:
            if subject.lower_ in ("who", "which", "that") and subject.tag_[0] == "W":
                return _antecedent(at)
            return subject
        if at.dep_ == "acl" and at.i and at.nbor(-1).text == ",":  # "wrote an article, saying": set off, it is the writer who says it
            while at.dep_ in ("acl", "dobj", "pobj", "prep", "appos") and at.head != at:
                at = at.head
            continue
        if at.dep_ == "acl" and at.head.pos_ in ("NOUN", "PROPN", "PRON"):
            return at.head
        if at.dep_ == "relcl":
            return None
        if at.dep_ not in CLIMBS or at.head == at:
            return None
        quoting = at.dep_ == "pcomp" and at.head.lower_ == "as"  # "quoted an aide as saying"
        at = at.head
        if quoting and at.head.pos_ == "VERB" and not is_passive(at.head):
            return next((c for c in at.head.rights if c.dep_ == "dobj"), None)
        if at.pos_ in ("NOUN", "PROPN") and at.dep_ not in CLIMBS:
            return None
    return None


def _main_clause(verb: Token) -> Token:
    """For a participle set off by a comma, the verb of the main clause: "Poe said the road was closed, adding …": it is Poe who adds.

    The parser hangs it on the verb nearest to it.
    """
    if verb.tag_ != "VBG" or verb.dep_ != "advcl" or verb.i == 0 or verb.nbor(-1).text != ",":
        return verb
    at: Token = verb.head
    while at.dep_ in ("ccomp", "acl", "xcomp") and at.head != at:
        at = at.head
    while at.pos_ in ("NOUN", "PROPN", "ADP") and at.head != at:
        at = at.head
    return at


def _antecedent(verb: Token) -> Token | None:
    for _ in range(4):
        if verb.dep_ == "relcl":
            head: Token = verb.head
            # "a lawyer for Poe, who said": a name set off by a comma is nearer than the noun the parser chose
            return head
        if verb.dep_ != "conj":
            return None
        verb = verb.head
    return None


def agent_of(verb: Token) -> Token | None:
    """Who does it in a passive: "was accused by the union of …"."""
    for child in verb.rights:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            for noun in child.rights:
                if noun.dep_ == "pobj":
                    return noun
        if child.dep_ == "oprd" and (agent := agent_of(child)) is not None:  # "called a masterpiece by the critic"
            return agent
    return None


def addressee_of(verb: Token) -> Token | None:
    """Who is spoken to: the object of "told", "urged", "asked", or who stands after "to" and "on": "called on the mayor to …"."""
    for child in verb.rights:
        if child.dep_ in ("dobj", "dative") and child.pos_ != "ADP":
            return child
        if child.dep_ in ("prep", "dative") and child.lower_ in ("to", "on", "with"):
            return next((c for c in child.rights if c.dep_ == "pobj"), None)
        if child.dep_ in ("ccomp", "xcomp"):
            return own_subject(child) if any(c.tag_ == "TO" for c in child.lefts) else None
    return None


def owner_of(noun: Token) -> Token | None:
    """Whose statement, claim or promise it is: "Poe's claim", "a claim by Poe"."""
    for child in noun.lefts:
        if child.dep_ == "poss":
            return child
    for child in noun.rights:
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from"):
            return next((c for c in child.rights if c.dep_ == "pobj"), None)
    return None


def phrase(noun: Token, verb: Token | None = None) -> Words:
    """The noun phrase of a head with its titles and what is set off beside it, without relative clauses."""
    doc: Doc = noun.doc
    start: int = noun.left_edge.i
    end: int = noun.i + 1
    for child in noun.rights:
        if child.dep_ in BEGINS_CLAUSE or (verb is not None and child.i <= verb.i <= child.right_edge.i):
            break
        if child.dep_ == "prep" and verb is not None and verb.i < noun.i and child.lower_ in TO_VERB:
            break
        if child.dep_ == "prep" and doc[child.left_edge.i - 1].text == ",":
            break
        if child.dep_ == "appos":
            end = child.i + 1
            while end <= child.right_edge.i and doc[end].text not in ",;":
                end += 1
        elif child.dep_ in NOUN_PARTS:
            end = child.right_edge.i + 1
    if verb is not None:
        if start <= verb.i < noun.i or (verb.i < noun.i < verb.i + 9 and all(t.tag_ in NOMINAL for t in doc[verb.i + 1 : noun.i])):
            start = verb.i + 1
        elif noun.i < verb.i < end:
            end = verb.i
        while noun.i > verb.i and end < len(doc) and doc[end].pos_ == "PROPN" and doc[end - 1].pos_ in ("NOUN", "PROPN"):
            end += 1  # "claims writer Ann Poe", where the parser parts the name from its title
        if noun.i > verb.i and end == noun.i + 1 and end + 1 < len(doc) and doc[end].text == "," and noun.pos_ == "NOUN":
            named = end + 1
            while named < len(doc) and doc[named].pos_ == "PROPN" and doc[named].ent_type_ == "PERSON":
                named += 1
            end = named if named > end + 1 else end  # "agreed his mate, Ann Poe"
    while end > noun.i + 1 and (
        (doc[end - 1].is_punct and doc[end - 1].text not in (")", ".")) or doc[end - 1].dep_ == "cc" or doc[end - 1].is_space
    ):
        end -= 1
    while end > noun.i + 1 and doc[end - 1].lower_ in DAYS:
        end -= 1  # "Helixa today announced"
    if doc[end - 1].text == "." and end > noun.i + 1 and len(doc[end - 2]) > 4 and (end == len(doc) or doc[end].is_sent_start):
        end -= 1  # the sentence's full stop, and no "Corp."
    for i in range(noun.i - 1, start, -1):  # "OSLO (Torvik News) - The bank": what stands before a dash is the dateline
        if doc[i].text in ("-", "–", "—", "--") and doc[i - 1].whitespace_:
            start = i + 1
            break
    if any(doc[i].tag_ in FINITE for i in range(start, noun.i)):  # a clause before the name: "Asked whether it was, Poe said"
        start = max((i + 1 for i in range(start, noun.i) if doc[i].text == ","), default=start)
    if start + 2 < noun.i and doc[start].lower_.endswith("ing") and doc[start + 1].text == ",":
        start += 2  # "Prosecuting, Ms Combe said"
    while start < noun.i and (
        doc[start].is_punct or doc[start].is_space or doc[start].dep_ == "cc" or doc[start].lower_ in ("that", "but", "and")
    ):
        start += 1
    return doc[start:end]
