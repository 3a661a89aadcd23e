"""Tellings by a verb: "met with", "voted 9-4", "is to present the plan to the board"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.extract import clauses
from generator.extract.clauses import after, chain, clause_head, objects, subject, subjects
from generator.extract.governors import governor
from generator.extract.meeting_words import MeetingWords, Verb
from generator.extract.nlp import lemma
from generator.extract.occasions import Dated
from generator.extract.tellings import Statements, Telling
from generator.model import Status

if TYPE_CHECKING:
    from spacy.tokens import Token

TALLY = re.compile(r"\b\d{1,3} ?[-–—] ?\d{1,3}\b|\b\d{1,3} (?:votes )?to \d{1,3}\b|\bby \d{1,3} votes\b|\bunanimous(?:ly)?\b")
MEANS = frozenset({"phone", "telephone", "video", "videolink", "link", "line", "zoom", "skype"})
WILLING = frozenset({"ready", "willing", "open", "prepared", "happy", "eager", "keen", "glad"})  # to meet somebody: nothing is set
NO_PARTY = frozenset({"nobody", "none", "that", "this", "what"})
PERSONAL = frozenset({"him", "her", "them", "us", "me", "he", "she", "they", "you", "we", "each", "who", "whom", "both"})
DOERS = ("er", "or", "ist", "ant", "ian", "man", "woman")  # how words for people end


def of_verb(statements: Statements, token: Token, verb: Verb) -> list[Telling]:
    """Tellings by a verb: none, one, or several where days are joined."""
    doer = subject(token)
    doers = subjects(token)
    if (
        (doer is not None and (doer.lower_ in NO_PARTY or doer.i in statements.nouns))
        or interview(token)
        or (verb.needs == "destination" and errand(statements, token))
    ):
        return []
    partners = Partners(statements, token, verb, doers).found()
    if partners is None:
        return []
    verbs, head = chain(token), clause_head(token)
    status = verb_status(verbs, statements.words)
    if status is None or any(t.lower_ in ("if", "unless", "whether") and t.dep_ == "mark" for v in verbs for t in v.lefts):
        return []
    if status == "scheduled" and any(t.dep_ == "acomp" and t.lower_ in WILLING for v in verbs for t in (v, *v.children)):
        status = "proposed"
    dates = statements.clause_dates(token, [head], acting=status == "proposed")
    if (
        not dates and (head.tag_ == "VBG" or head.lower_ == "meeting") and head.dep_ in ("advcl", "acl")
    ):  # "said on Monday, while receiving the envoy"
        dates = statements.clause_dates(token, [clause_head(head.head)])
    dates = dates or statements.shared_dates(token, head)
    if status == "cancelled":
        dates = [d for d in dates if (d.when.start or "") > (statements.text.article.published or "")]
    if status == "held" and clauses.tense(verbs[-1]) == "present" and verbs[-1].tag_ in ("VBZ", "VBP") and lies_ahead(statements, dates):
        status = "scheduled"  # "meets on Friday"
    tally = bool(TALLY.search(statements.doc[head.left_edge.i : head.right_edge.i + 1].text))
    hosted = verb.needs in ("object", "named", "with") and persons(statements, [*doers, *partners]) > 1
    if (
        (verb.tally and not tally)
        or (verb.dated and not hosted and not (dates or (verb.needs == "court" and tally)))
        or (verb.needs == "body" and not (tally or dates))
    ):
        return []
    if clauses.passive(token) and verb.needs in ("object", "named", "parties", "body"):
        partners = [*partners, *after(token, "by")]
    heads = [*doers, *partners] if not (verb.needs == "body" and clauses.passive(token)) else partners
    ids = statements.parties.all(heads)
    if verb.type == "conversation" and not (ids or (dates and any(t.lower_ in MEANS for t in token.subtree))):
        return []
    planned = verb.type == "meeting" and status == "scheduled" and bool(ids and partners)
    sure = bool(dates) or len(ids) > 1 or verb.needs == "body" or planned
    if not dates and ((verb.needs in ("with", "parties") and any(after(token, "to"))) or (status == "held" and of_a_life(head))):
        sure = False  # "spoke to", with no day: as often an interview or a remark
    inside = {t.i for t in token.subtree}
    kind = verb
    if verb.type == "conversation" and any(statements.doc[i].lower_ in MEANS for i in inside):
        kind = replace(verb, type="call")
    if verb.needs == "tribunal" and any(lemma(t) in statements.words["audiences"] for t in partners):
        kind = replace(verb, type="rally", family="protest")
    base = Telling(
        start=token.idx, end=token.idx + len(token), sentence=statements.sentence(token),
        type=kind.type, family=kind.family, noun=False,
        parties=ids, status=status, sure=sure, here=verb.needs == "body",
    )  # fmt: skip
    found = statements.split(base, dates, token, statements.region(token, [head], inside), heads)
    found = [replace(t, place=t.place or seen_place(token, verb)) for t in found]
    return [settled(t, token, head) for t in found] if verb.type == "meeting" else found


def settled(t: Telling, token: Token, head: Token) -> Telling:
    """A meeting as sure as its place makes it: "will meet in Porto", "are to meet again"; "met in Porto" is told of the story's day."""
    if t.status == "scheduled":
        return replace(t, sure=t.sure or t.place is not None or any(c.lower_ == "again" for c in token.children))
    told_now = t.parties and head.dep_ != "relcl" and clauses.tense(token) == "past" and not clauses.pluperfect(token)
    return replace(t, here=t.here or bool(told_now and t.place is not None))


def persons(statements: Statements, heads: list[Token]) -> int:
    """How many of those who are named are people."""
    return sum(map(statements.parties.is_person, statements.parties.all(heads)))


def of_a_life(head: Token) -> bool:
    """Whether a clause only says how somebody is known: "Ida Roe, whom he met at school"."""
    return head.dep_ == "relcl" and any(t.lower_ in ("whom", "who") and t.dep_ == "dobj" for t in head.children)


def lies_ahead(statements: Statements, dates: list[Dated]) -> bool:
    """Whether one of the dates is to come."""
    published = statements.text.article.published or "9999"
    return any((d.when.start or "")[: len(published)] > published[: len(d.when.start or "")] for d in dates)


def errand(statements: Statements, traveller: Token) -> bool:
    """Whether a journey is told with what it is for: then that is the meeting ("flew to Oslo for talks", "to meet the king")."""
    for t in clause_head(traveller).subtree:
        if t.i in statements.nouns:
            verb, link = governor(t)
            if (verb is not None and verb.i == traveller.i and link not in ("apart", "after")) or statements.nouns[t.i].type == "visit":
                return True
        if t.i in statements.verbs and t.i != traveller.i and t.head.i == traveller.i and t.dep_ != "relcl":
            return True
    return False


def seen_place(token: Token, verb: Verb) -> str | None:
    """The country or town that somebody visits or travels to."""
    if verb.needs == "destination":
        return next((t.text for t in destinations(token)), None)
    things = objects(token) if verb.needs == "visited" else []
    return next((t.text for t in things if t.ent_type_ == "GPE" and t.left_edge.i == t.i), None)


def destinations(verb: Token) -> list[Token]:
    """Countries and towns that somebody travels to: "flies to Oslo", "arrived in Oslo"."""
    if lemma(verb) == "expect" and not clauses.passive(verb):
        return []
    return [t for t in after(verb, "to", "in") if t.ent_type_ == "GPE" and t.pos_ == "PROPN"]


def adjuncts(verb: Token) -> Iterator[Token]:
    """Nouns that say by what means, when or where it was, on which the parse may hang what follows: "spoke by phone with", "met on Friday with"."""
    for prep in verb.rights:
        if prep.dep_ == "prep" and prep.lower_ in ("by", "on", "over", "in", "at", "via"):
            yield from (t for t in prep.children if t.dep_ == "pobj" and (t.lower_ in MEANS or t.ent_type_ in ("DATE", "TIME", "GPE")))


def interview(token: Token) -> bool:
    """Whether the verb's clause speaks of an interview, which is no meeting."""
    return any(t.lower_ in ("interview", "interviewed", "podcast") for t in token.subtree)


class Partners:
    """Whom a verb brings together with its subject; None where it tells of no meeting."""

    def __init__(self, statements: Statements, token: Token, verb: Verb, doers: list[Token]) -> None:
        self.words = statements.words
        self.parties_of = statements.parties
        self.one = statements.parties.one
        self.office = statements.parties.travels
        self.token = token
        self.verb = verb
        self.doers = doers
        self.things = [t for t in objects(token) if t.lower_ != "face"]  # "will meet face to face"
        self.with_whom = list(after(token, "with")) or [t for x in adjuncts(token) for t in after(x, "with")]
        self.to_whom = [] if verb.only == "with" else list(after(token, "to"))

    def found(self) -> list[Token] | None:
        """By what the word list says that the verb needs."""
        around = (*self.with_whom, *self.to_whom, *self.things)
        if any(lemma(t) in self.words["press"] for t in (around if self.verb.type != "conversation" else (*around, *self.doers))):
            return None
        if self.verb.particle and not any(t.lower_ == self.verb.particle for t in self.token.children):
            return None
        ways = {
            "parties": self.parties, "with": self.talking, "object": self.whom, "named": self.named, "phone": self.phoned, "crowd": self.crowd,
            "body": self.body, "court": self.court, "before": self.before, "tribunal": self.tribunal, "thing": self.thing, "visited": self.visited,
            "sentenced": self.sentenced, "guilty": self.guilty, "pleaded": self.pleaded, "quizzed": self.quizzed, "heard": self.heard,
            "matter": self.matter, "brought": self.brought, "seen": self.seen, "destination": self.destination,
        }  # fmt: skip
        way = ways.get(self.verb.needs)
        return way() if way else [*self.things, *self.with_whom, *after(self.token, "before", "to")]

    @property
    def many(self) -> bool:
        """Whether the subject is more than one."""
        return len(self.doers) > 1 or (
            bool(self.doers) and (self.doers[0].tag_ in ("NNS", "NNPS") or self.doers[0].lower_ in ("they", "we", "both", "two", "pair"))
        )

    def somebody(self, token: Token) -> bool:
        """Whether a noun means people or a body."""
        if token.pos_ == "PRON":
            return token.lower_ in PERSONAL
        if self.one(token) or token.ent_type_ in ("PERSON", "ORG", "NORP") or (token.pos_ == "PROPN" and not token.ent_type_):
            return True
        word = lemma(token)
        return any(word in self.words[n] for n in ("bodies", "crowds", "delegates", "people")) or (
            token.tag_ == "NNS" and word.endswith(DOERS)
        )

    def parties(self) -> list[Token] | None:
        if any(self.unmet(t) for t in self.doers) or (clauses.passive(self.token) and not any(after(self.token, "by"))):
            return None  # "Lund and her husband met at a dance"; "the plan was met with scorn"
        whom = [t for t in self.with_whom if not self.unmet(t)]
        if len(whom) < len(self.with_whom):
            return None  # "met with resistance"
        if any(self.unmet(t) or not (self.somebody(t) or t.tag_ == "NNS" or whom) for t in self.things):
            return None
        talk = lemma(self.token) == "talk"
        whom = [*self.things, *self.with_whom, *(self.to_whom if talk else [])]
        lost = any(t.dep_ == "prep" and t.lower_ in ("about", "of", "to") for t in self.token.children)
        if not whom and lost and not any(t.lower_ == "face" for t in self.token.children):
            return None
        sits = not talk and any(
            (self.is_a(t, "bodies") and t.tag_ in ("NN", "NNP")) or t.lower_ == "it" or self.is_body(t) for t in self.doers
        )
        return whom if whom or self.many or (sits and not self.things) else None

    def unmet(self, thing: Token) -> bool:
        """Whether what is met is a need, an end, or the wife of one's life: "met his wife Nora at a dance"."""
        return any(lemma(t) in self.words["not_met"] for t in (thing, *(c for c in thing.lefts if c.dep_ == "compound")))

    def matter(self) -> list[Token] | None:
        """With whom; or nobody else, where a body or its members discuss it among themselves: "MPs will debate the bill on Monday"."""
        if self.with_whom or lemma(self.token) == "debate":
            return self.talking() if self.with_whom else self.parties() if not self.things else self.among_themselves()
        return self.among_themselves()

    def among_themselves(self) -> list[Token] | None:
        return [] if self.things and any(self.is_a(t, "bodies") for t in self.doers) else None

    def seen(self) -> list[Token] | None:
        ahead = clauses.tense(chain(self.token)[-1]) == "future" or len(chain(self.token)) > 1
        whom = list(filter(self.somebody, self.things))
        return whom or None if ahead and any(map(self.one, self.doers)) else None

    def heard(self) -> list[Token] | None:
        """Arguments; or the witness that a committee hears from."""
        witnesses = [t for t in after(self.token, "from") if self.somebody(t)]
        sitting = any(self.is_a(t, "courts") for t in self.doers)
        if not sitting and not any(lemma(t) == "argument" for t in self.things):
            return None
        return witnesses if witnesses else self.thing()

    def quizzed(self) -> list[Token] | None:
        by = [t for t in after(self.token, "by") if self.is_a(t, "courts") or self.is_a(t, "bodies")]
        if clauses.passive(self.token):
            return by or None
        return self.named() if any(self.is_a(t, "courts") or self.is_a(t, "bodies") for t in self.doers) else None

    def pleaded(self) -> list[Token] | None:
        courts = [t for t in after(self.token, "at", "in", "before") if self.is_a(t, "courts")]
        return courts if courts and any(map(self.one, self.doers)) else None

    def guilty(self) -> list[Token] | None:
        verdict = next((t for t in self.token.subtree if t.lower_ == "guilty"), None)
        if verdict is None:
            return None
        return [*(self.sentenced() or ()), *(t for t in verdict.lefts if t.dep_ == "nsubj")] or None

    def destination(self) -> list[Token] | None:
        return [] if destinations(self.token) and any(map(self.official, self.doers)) else None

    def official(self, token: Token) -> bool:
        """Whether somebody with a name holds an office whose travels are visits."""
        in_office = lemma(token) in self.words["travellers"]  # "the UN's envoy, Birgit Solheim, is due in Kinshasa"
        return any(in_office or self.office(actor) for actor in self.one(token))

    def talking(self) -> list[Token] | None:
        whom = [*self.with_whom, *self.to_whom]
        if not whom and self.many and (self.verb.particle or self.verb.type == "dinner"):
            return []  # "the two sides sat down again"
        if not whom and self.many and any(t.lower_ in MEANS for t in self.token.subtree):
            return []  # "the two spoke by phone"
        return whom if whom and all(map(self.somebody, whom)) else None

    def whom(self) -> list[Token] | None:
        whom = list(filter(self.somebody, self.things))
        return whom or (self.doers if clauses.passive(self.token) else None)

    def named(self) -> list[Token] | None:
        led = [x for t in self.things for c in t.children if c.dep_ == "acl" and lemma(c) in ("lead", "head") for x in after(c, "by")]
        return [t for t in [*self.things, *led] if self.one(t)] or None

    def visited(self) -> list[Token] | None:
        place = any(t.pos_ == "PROPN" or lemma(t) in ("country", "region", "capital", "city", "troop") for t in self.things)
        place = place or (bool(self.things) and any(map(self.official, self.doers)))  # "the president visited a shipyard"
        return list(filter(self.somebody, self.things)) if place and any(map(self.somebody, self.doers)) else None

    def phoned(self) -> list[Token] | None:
        if any(t.lower_ in ("phone", "telephone") for t in self.token.subtree):
            return self.named()
        visited = [
            t for t in after(self.token, "on") if self.somebody(t)
        ]  # "called on the president in Accra"; not "called on him to resign"
        if visited and not any(t.dep_ in ("xcomp", "advcl") for t in self.token.children):
            return visited
        spoke = any(t.dep_ in ("xcomp", "advcl") and lemma(t) in self.words["phoned_to"] for t in self.token.children)
        return self.named() if spoke and any(map(self.one, self.doers)) else None  # "called Lang to discuss Syria"

    def crowd(self) -> list[Token] | None:
        crowd = bool(self.doers) and (lemma(self.doers[0]) in self.words["crowds"] or (self.many and self.somebody(self.doers[0])))
        return [] if crowd else None

    def body(self) -> list[Token] | None:
        """Those who vote: the subject; in the passive who stands after "by" or "in"; or what a bill passes ("passed the Senate 51-49")."""
        if clauses.passive(self.token):
            voted_on = lemma(self.token) == "vote" and any(t.lower_ == "on" for t in self.token.rights)  # "will be voted on next week"
            return [t for t in after(self.token, "by", "in") if self.is_a(t, "bodies")] or ([] if voted_on else None)
        if any(self.is_a(t, "bodies") for t in self.doers):
            return []
        return [t for t in self.things if self.is_a(t, "bodies")] or None if self.token.lower_ in ("passed", "pass") else None

    def court(self) -> list[Token] | None:
        return [] if any(self.is_a(t, "courts") for t in self.doers) else None

    def sentenced(self) -> list[Token] | None:
        if clauses.passive(self.token):
            return list(after(self.token, "by", "in")) if any(map(self.somebody, self.doers)) else None
        return self.things if any(self.is_a(t, "courts") for t in self.doers) else None

    def before(self) -> list[Token] | None:
        whom = list(filter(self.somebody, after(self.token, "before", "to")))
        in_court = any(lemma(t) == "court" for t in after(self.token, "in", "at"))
        return whom if whom or in_court else None

    def tribunal(self) -> list[Token] | None:
        return [t for t in self.things if self.is_a(t, "courts") or self.is_a(t, "audiences")] or None

    def thing(self) -> list[Token] | None:
        if not any(lemma(t) in self.verb.things or t.lower_ in self.verb.things for t in self.things):
            return None
        if any(t.lower_ == "stand" for t in self.things) and not any(c.lower_ == "the" for t in self.things for c in t.lefts):
            return None  # "takes a stand"
        whom = list(after(self.token, "to", "before", "from", "in"))
        return whom if whom or self.verb.type != "questions" or lemma(self.token) == "answer" else None  # "faces questions in the Commons"

    def brought(self) -> list[Token] | None:
        """Before a judge: "was brought before a court in Managua"."""
        courts = [t for t in after(self.token, "before") if self.is_a(t, "courts")]
        return courts if courts and (clauses.passive(self.token) or lemma(self.token) != "bring") else None

    def is_body(self, token: Token) -> bool:
        """Whether a noun means an organization: "OPEC last met in December"."""
        return any(self.parties_of.is_organization(actor) for actor in self.one(token))

    def is_a(self, token: Token, name: str) -> bool:
        """Whether a noun is in a word list: "the Supreme Court", "lawmakers", "its board"."""
        return lemma(token) in self.words[name] or token.lower_.rstrip("s") in self.words[name]


def verb_status(verbs: list[Token], words: MeetingWords) -> Status | None:
    """Status by a chain of verbs ("met", "is expected to meet", "refused to meet"); None where the meeting is denied."""
    above, top = verbs[1:], verbs[-1]
    grasp = clauses.lemmas(above)
    if grasp & words["cancelling"] or (grasp & words["scheduling"] and clauses.pluperfect(top)):  # "had been due to meet"
        return "cancelled"
    if any(map(clauses.negated, verbs)):
        return None
    tense = clauses.tense(top)
    if grasp & words["proposing"] or tense == "possible":
        return "proposed"
    going = any(lemma(v) == "go" and v.tag_ == "VBG" for v in above)
    if grasp & words["scheduling"] or tense == "future" or going or (above and top.lower_ in clauses.BE):
        return "scheduled"
    return "held"
