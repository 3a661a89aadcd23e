"""Contents: the stretch of text that a verb of speech carries, by the parse of its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.extract.cues import Verb, feelings, is_saying
from generator.extract.speakers import FINITE, agent_of, is_inverted, is_passive, own_subject
from generator.model import ClaimKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

ADVERBIALS = frozenset({"prep", "npadvmod", "advmod", "prt", "dative", "agent", "neg", "nsubj", "aux", "auxpass", "nsubjpass", "tmod"})
OBJECT_PREPOSITIONS = frozenset({"by", "of", "for", "over", "as", "against", "about", "from", "towards", "toward"})
BREAKS = frozenset({",", ";", ".", "!", "?", "—", "–", "--", ":"})
TURNS = frozenset({"and", "but", "while", "though", "although", "whereas", "as", "according"})
LINKS = frozenset({"that", "whether", "if", "how", "why", "what", "who", "when", "where", "which", "whom", "whose"})
ESTIMATED = frozenset(
    {"figure", "number", "toll", "total", "cost", "count", "value", "damage", "losses", "crowd", "share"}
)  # "puts the toll at"
REPORTING_DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday"})
TO_SOMEONE = frozenset(
    {"tell", "remind", "assure", "inform", "notify", "warn", "brief", "advise", "promise", "ask", "counsel", "caution", "show", "teach"}
)
BARE = ("clause", "thought", "finding")  # frames in which the clause may lack its "that"
LINKED = (*BARE, "that", "thought_that")


def clause_around(verb: Token, verb_name: str) -> tuple[int, int]:
    """First and last token of the reporting clause: the verb with its subject, auxiliaries, addressee and adverbials, as far as they touch."""
    first = last = verb.i
    for child in () if is_inverted(verb) else reversed(list(verb.lefts)):
        if child.right_edge.i != first - 1 or child.dep_ not in ADVERBIALS:
            break
        first = child.left_edge.i
    for child in verb.rights:
        touches = child.left_edge.i == last + 1
        if not touches or not (child.dep_ in ADVERBIALS or (child.dep_ == "dobj" and verb_name in TO_SOMEONE)):
            break
        edge: int = child.right_edge.i
        for i in range(child.i + 1, edge):  # "told the jury that …", where the parser hangs the clause on the jury
            if verb.doc[i].lower_ == "that" and verb.doc[i].dep_ == "mark":
                return first, i - 1
        last = edge
    return first, last


def is_infinitive(verb: Token) -> bool:
    """Whether the verb stands as "to do"."""
    if any(c.tag_ == "TO" for c in verb.lefts) or (verb.i > 0 and verb.nbor(-1).tag_ == "TO"):
        return True
    if verb.dep_ != "conj" or verb.head == verb:
        return False
    if verb.tag_ in ("VB", "VBP") and verb.head.tag_ == "VBD" and any(t.tag_ == "TO" for t in verb.doc[verb.head.i : verb.i]):
        return own_subject(verb) is None  # "launched a study to test all wells, and show whether": no past tense, so it goes with "to test"
    return verb.tag_ == "VB" and any(c.tag_ == "TO" for c in verb.head.lefts)


def is_clause(child: Token) -> bool:
    """Whether a complement is a clause of its own, with a subject or a "that"."""
    if is_infinitive(child):
        return False
    return is_finite(child) or any(c.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") or c.lower_ in LINKS for c in child.lefts)


def is_finite(verb: Token) -> bool:
    """Whether the verb, or its auxiliary, shows a tense."""
    return verb.tag_ in FINITE or any(c.tag_ in FINITE for c in verb.lefts)


def complement(verb: Token, entry: Verb, last: int, stop: int) -> tuple[int, int, ClaimKind] | None:
    """What follows a verb as its content: (first token, token after the last, class), or None where it governs nothing that its frames allow.

    `last` is the last token of the reporting clause, `stop` the token after the sentence.
    """
    return governed(verb, entry, stop) or following(verb, entry, last, stop)


def governed(verb: Token, entry: Verb, stop: int) -> tuple[int, int, ClaimKind] | None:
    """Content by the parse: the clause, infinitive, noun phrase or preposition that depends on the verb."""
    frames, prepositions = entry.frames, entry.prepositions
    if is_passive(verb) and (found := told_by(verb, entry, stop) or named_by(verb, entry)):
        return found
    dobj: Token | None = None
    prep: Token | None = None
    for child in verb.rights:
        dep = child.dep_
        if (dep == "ccomp" or (dep == "xcomp" and child.tag_ in ("VBZ", "VBP", "VBD"))) and is_clause(child):  # "which they say betrays us"
            linked = (
                hears_evidence(verb) or child.left_edge.lower_ in LINKS or any(c.dep_ == "mark" and c.lower_ in LINKS for c in child.lefts)
            )
            for frame in LINKED if linked else BARE:
                if frame in frames:
                    # an object before a bare clause is a part of its subject: "said [up to 900 people] a day would …"
                    whole = dobj if dobj is not None and not linked and not is_listener(dobj, entry) else child
                    return _from(whole, verb), until(verb, child.right_edge.i + 1, stop), frames[frame]
        elif (
            dep == "ccomp"
            and dobj is not None
            and child.tag_ in ("VB", "VBP", "VBD", "VBZ")
            and not is_infinitive(child)
            and "finding" in frames
        ):
            return _from(dobj, verb), until(verb, child.right_edge.i + 1, stop), frames["finding"]
        elif dep in ("xcomp", "ccomp") and child.tag_ == "VBG" and "gerund" in frames and dobj is None and own_subject(child) is None:
            return _from(child, verb), until(verb, child.right_edge.i + 1, stop), frames["gerund"]
        elif dep in ("xcomp", "ccomp", "advcl") and is_infinitive(child):
            person = dobj is not None or any(c.dep_ in ("nsubj", "nsubjpass") for c in child.lefts)
            if person and "person_infinitive" in frames:
                start = min(child.left_edge.i, dobj.left_edge.i if dobj is not None else child.i)
                return max(start, verb.i + 1), until(verb, child.right_edge.i + 1, stop), frames["person_infinitive"]
            if (
                "wish" in frames
                and verb.tag_ in ("VBZ", "VBP")
                and verb.dep_ in ("ROOT", "conj")
                and not any(c.dep_ == "aux" for c in verb.lefts)
            ):
                return verb.i + 1, until(verb, child.right_edge.i + 1, stop), frames["wish"]
            if prep is not None and prep.lower_ in entry.reaching:
                return verb.i + 1, until(verb, child.right_edge.i + 1, stop), entry.reaching[prep.lower_]
            if child.nbor(-1).lower_ == "be" and child.lower_ in (
                "named",
                "identified",
                "quoted",
            ):  # "asked not to be named" is the reporter's word
                return None
            if not person and "infinitive" in frames and (dep != "advcl" or frames["infinitive"] == "vowed"):
                return _from(child, verb), until(verb, child.right_edge.i + 1, stop), frames["infinitive"]
        elif (
            dep in ("ccomp", "xcomp", "oprd")
            and "naming" in frames
            and child.tag_ not in FINITE
            and not is_passive(verb)
            and verb.dep_ != "acl"
        ):
            return verb.i + 1, until(verb, child.right_edge.i + 1, stop), frames["naming"]
        elif dep == "prt" and child.lower_ in entry.reaching:
            prep = prep or child  # "called on government to", where the parser takes "on" for a part of the verb
        elif dep == "prep":
            prep = prep or child
            if child.lower_ == "as" and dobj is not None and "naming_as" in frames and not is_passive(verb):
                return verb.i + 1, until(verb, child.right_edge.i + 1, stop), frames["naming_as"]
            if child.lower_ in prepositions and (entry.name != "put" or (dobj is not None and dobj.lower_ in ESTIMATED)):
                return (verb.i + 1 if dobj is not None else child.i), until(verb, child.right_edge.i + 1, stop), prepositions[child.lower_]
        elif dep in ("dobj", "dative"):
            told = hung_on_listener(child) if entry.name in TO_SOMEONE and "clause" in frames else None
            if told is not None:
                return told.left_edge.i, until(verb, told.right_edge.i + 1, stop), frames["clause"]
            if dobj is not None and "naming" in frames and not is_passive(verb):  # "called it a gift"
                return verb.i + 1, until(verb, child.right_edge.i + 1, stop), frames["naming"]
            dobj = dobj or child
    if dobj is None:
        return None
    for child in dobj.rights:  # "accused the union of …": the parser may hang the preposition on the noun
        if child.dep_ == "prep" and child.lower_ in prepositions and (entry.name != "put" or dobj.lower_ in ESTIMATED):
            return verb.i + 1, until(verb, dobj.right_edge.i + 1, stop), prepositions[child.lower_]
        if child.dep_ == "prep" and child.lower_ == "as" and "naming_as" in frames:
            return verb.i + 1, until(verb, dobj.right_edge.i + 1, stop), frames["naming_as"]
    if "object" in frames and dobj.pos_ in ("NOUN", "PROPN") and not is_passive(verb) and verb.dep_ != "acl":
        return _from(dobj, verb), _object_end(dobj, verb, stop), frames["object"]
    if "feeling" in frames and singular(dobj.lower_) in feelings() and not is_passive(verb) and verb.dep_ != "acl":
        return _from(dobj, verb), _object_end(dobj, verb, stop), frames["feeling"]
    return None


def is_listener(dobj: Token, entry: Verb) -> bool:
    """Whether an object is who is told, and no part of what: "told voters", but not "show(s) a record 45,000 people left"."""
    return entry.name in TO_SOMEONE and (entry.name != "show" or dobj.pos_ == "PRON")


def hung_on_listener(name: Token) -> Token | None:
    """The clause that the parser hung on the name of who is told it: "told the Post (that) they learned of it": names need no relative clause."""
    if name.pos_ != "PROPN":
        return None
    for child in name.rights:
        if child.dep_ == "relcl" and child.left_edge.i == name.i + 1 and (subject := own_subject(child)) is not None:
            return child if subject.tag_[0] != "W" and child.left_edge.tag_[0] != "W" else None
    return None


def told_by(verb: Token, entry: Verb, stop: int) -> tuple[int, int, ClaimKind] | None:
    """What stands behind "that" in "the court was told by Jean Poe that …", wherever the parser hung it."""
    agent = agent_of(verb)
    if agent is None or entry.name not in TO_SOMEONE or "clause" not in entry.frames:
        return None
    for i in range(agent.i + 1, min(agent.i + 15, stop - 2)):
        token = verb.doc[i]
        if token.lower_ == "that" and token.dep_ == "mark":
            return i + 1, until_turn(verb, i + 2, stop), entry.frames["clause"]
        if token.tag_ in FINITE:
            return None
    return None


def named_by(verb: Token, entry: Verb) -> tuple[int, int, ClaimKind] | None:
    """The name that somebody is given in the passive: "was called a masterpiece by the critic", "has been described by police as dangerous"."""
    agent = agent_of(verb)
    if agent is None:
        return None
    by = agent.head
    for child in verb.rights:
        first = child.left_edge.i
        given = child.dep_ in ("oprd", "attr") and "naming" in entry.frames and child.tag_ not in FINITE
        if given or (child.dep_ == "prep" and child.lower_ == "as" and "naming_as" in entry.frames):
            end = min(child.right_edge.i + 1, by.i) if by.i > first else child.right_edge.i + 1
            return first, end, entry.frames["naming" if given else "naming_as"]
    return None


def hears_evidence(verb: Token) -> bool:
    """Whether it is a court that hears: "the court heard she was ill" needs no "that"."""
    subject = own_subject(verb) if verb.lower_ in ("heard", "hear", "hears") else None
    return subject is not None and subject.lower_ in ("court", "jury", "jurors", "inquest", "inquiry", "tribunal", "hearing", "panel")


def singular(word: str) -> str:
    """A noun without its plural's s."""
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _object_end(dobj: Token, verb: Token, stop: int) -> int:
    """Where an object ends, with "of …", "for …" and the like that the parser hung on the verb."""
    end: int = dobj.right_edge.i + 1
    if end < stop and verb.doc[end].lower_ in OBJECT_PREPOSITIONS:
        return until(verb, end, stop)
    return end


def following(verb: Token, entry: Verb, last: int, stop: int) -> tuple[int, int, ClaimKind] | None:
    """Content by its place, where the parser made no clause of it: "that" behind the verb, or a subject and a finite verb."""
    doc: Doc = verb.doc
    start = last + 1
    if start + 2 >= stop or is_passive(verb):
        return None
    link = doc[start].lower_
    if link == "that" and doc[start + 1].tag_ not in FINITE and not doc[start + 1].is_punct:
        frame = next((f for f in LINKED if f in entry.frames), None)
        return (start + 1, until_turn(verb, start + 2, stop), entry.frames[frame]) if frame else None
    frame = next((f for f in BARE if f in entry.frames), None)
    if doc[start].text == "," and last > verb.i and doc[start + 1].dep_ not in ("cc", "advcl", "acl", "punct"):
        start += 1  # "estimated by 2050, demand would double"
    if frame is None or doc[start].is_punct or doc[start].is_space or doc[start].dep_ == "cc":
        return None
    noun = False
    for i in range(start, min(stop, start + 40)):
        token = doc[i]
        if token.text in (",", ";", ":") or token.dep_ == "relcl" or (token.dep_ == "conj" and token.head.i == verb.i and not noun):
            return None
        if token.tag_ in FINITE:
            main = token.head if token.dep_ in ("aux", "auxpass") else token
            fits = noun and main.head.i == verb.i and main.dep_ not in ("advcl", "relcl", "acl")
            return (start, until_turn(verb, i + 1, stop), entry.frames[frame]) if fits else None
        noun = noun or token.pos_ in ("NOUN", "PROPN", "PRON")
    return None


def _from(child: Token, verb: Token) -> int:
    """Where content begins: at the complement's first word behind the verb, its "that" left out."""
    doc: Doc = child.doc
    start: int = max(child.left_edge.i, verb.i + 1)
    if start == verb.i + 1:
        start = after_day(start, child)
    while start < child.i and ((doc[start].is_punct and doc[start].text not in '"“‘([') or doc[start].is_space):
        start += 1
    return (
        start + 1
        if doc[start].lower_ == "that" and start < child.i and child.pos_ not in ("NOUN", "PROPN") and doc[start + 1].tag_ not in FINITE
        else start
    )


def after_day(start: int, child: Token) -> int:
    """Past the day on which it was said, which the parser takes for a part of what was: "said on Sunday they had captured the town"."""
    doc: Doc = child.doc
    day = start + (doc[start].lower_ in ("on", "late", "early"))
    day += doc[day].lower_ in ("on", "late", "early") and day > start
    subject = own_subject(child)
    if doc[day].lower_ not in REPORTING_DAYS or subject is None or subject.left_edge.i <= day:
        return start
    end = day + 1
    while end < subject.left_edge.i and doc[end].lower_ in ("morning", "afternoon", "evening", "night"):
        end += 1
    return end if end <= subject.left_edge.i and not doc[end].is_punct and doc[end].dep_ not in ("cc", "case") else start


def until(verb: Token, end: int, stop: int) -> int:
    """Where content ends: with the complement and whatever follows it without a comma, for the parser often hangs the last words on the verb.

    A second verb of the same subject begins anew: "said it rained and left".
    """
    doc: Doc = verb.doc
    stop = min(stop, end + 60)
    while end < stop:
        token = doc[end]
        if token.text in BREAKS or "\n" in token.text:
            break
        if token.dep_ == "cc" or token.lower_ in ("and", "but"):
            second = next((c for c in verb.rights if c.dep_ == "conj" and c.i > end), None)
            if second is not None and (own_subject(second) is None or is_saying(second.lower_)):
                break
        end += 1
    return end


def until_turn(verb: Token, end: int, stop: int) -> int:
    """The same without help from the parse: the sentence's end, or a comma before "but", "while" …, where it turns to something else."""
    doc: Doc = verb.doc
    while (end := until(verb, end, stop)) < stop - 1 and doc[end].text == "," and doc[end + 1].lower_ not in TURNS:
        end += 1
    return end
