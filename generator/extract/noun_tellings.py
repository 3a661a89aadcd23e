"""Tellings by a noun: "talks in Geneva", "Thursday's call", "told a news conference"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.extract import clauses
from generator.extract.clauses import NOMINAL, VERBAL, after, chain, clause_head, joined, objects, subject
from generator.extract.meeting_words import MeetingWords, Noun
from generator.extract.nlp import lemma
from generator.extract.occasions import Dated, When
from generator.extract.tellings import Statements, Telling
from generator.extract.verb_tellings import verb_status
from generator.model import Status

if TYPE_CHECKING:
    from spacy.tokens import Token

AT = frozenset({"at", "during", "on", "in", "to", "into", "via"})
# Prepositions that only place another act by the meeting: "ahead of the call". ("for": "called for talks".)
APART = frozenset(
    {
        "before",
        "ahead",
        "until",
        "since",
        "about",
        "of",
        "from",
        "over",
        "despite",
        "without",
        "by",
        "like",
        "as",
        "if",
        "after",
        "following",
    }
)
SIDES = frozenset({"end", "sidelines", "margins", "start", "close", "day", "opening"})  # "at the end of the summit" is at it
MEASURES = frozenset({"minute", "hour", "day", "week", "month", "round", "series", "set", "bout"})
OTHER = frozenset("previous earlier another next second third last further new other more future first past final".split())
POINTING = frozenset({"that", "those", "this", "these"})
MODIFIERS = ("compound", "amod", "poss", "nmod", "conj")


def of_noun(statements: Statements, token: Token, noun: Noun) -> list[Telling]:
    """Tellings by a noun: none, one, or several where days are joined."""
    return list(NounTelling(statements, token, noun).tellings())


class NounTelling:
    """One noun, the verb it serves, and what both say."""

    def __init__(self, statements: Statements, token: Token, noun: Noun) -> None:
        self.statements = statements
        self.words: MeetingWords = statements.words
        self.token = token
        self.noun = noun
        self.inside = {t.i for t in token.subtree}
        self.verb, self.link = governor(token)
        self.chain = chain(self.verb) if self.verb is not None else []
        self.grasp = clauses.lemmas(self.chain)
        self.word = lemma(self.verb) if self.verb is not None else ""

    def tellings(self) -> Iterator[Telling]:
        """The tellings, each judged: an event for itself, or a word for one told elsewhere."""
        token, statements = self.token, self.statements
        taking_part = self.taking_part()
        heads, absent = self.heads(taking_part)
        dates = own = statements.own_dates(token, self.inside)
        clause = [clause_head(token), *self.joined_verbs()]
        broke_down = self.link == "subject" and bool(self.grasp & self.words["breaking"])  # on the day that is told
        if not own and self.link != "apart" and (broke_down or not self.put_off()):
            acting = self.link == "object" and bool(self.grasp & self.words["announcing"])
            dates = statements.clause_dates(token, clause, acting)
            head = clause[0]
            if not dates and head.tag_ == "VBG" and head.dep_ in ("advcl", "acl"):  # "speaking at a rally, she said on Monday"
                dates = statements.clause_dates(token, [clause_head(head.head)])
        if self.put_off() and not own and not broke_down:
            dates = [d for d in statements.clause_dates(token, clause) if self.was_set(d)]
        if moved := self.moved_to():
            dates, own = moved, []
        named_years = [d for d in dates if statements.named_year(d, token)]
        base = Telling(
            start=token.idx, end=token.idx + len(token), sentence=statements.sentence(token), type=self.noun.type, family=self.noun.family,
            noun=True, absent=statements.parties.all(absent), status="scheduled" if moved else self.status(),
            definite=any(t.dep_ == "poss" or t.lower_ in POINTING or t.lower_ == "the" for t in token.lefts),
            pointing=any(t.lower_ in POINTING for t in token.lefts),
            here=not own and self.noun.type != "visit" and self.happened() and ((taking_part and (self.link in AT or self.word == "tell")) or self.lasted()),
            second_of=self.one_before(), other=any(t.lower_ in OTHER for t in token.lefts), title=title(token),
        )  # fmt: skip
        if self.said_again():
            yield replace(base, parties=statements.parties.all(heads), definite=True, pointing=True, other=False)
            return
        for t in statements.split(replace(base, parties=statements.parties.all(heads)), dates, token, self.region(clause), heads):
            parties = dict.fromkeys([*t.parties, *self.beside()])
            if taking_part and not parties and self.verb is not None and (speaker := statements.speakers.get(self.verb.idx)):
                parties[speaker] = None  # the parse lost the subject, the claim has it
            yield self.judge(replace(t, parties=tuple(parties)), bool(heads), len(named_years) == len(dates), bool(own))
        yield from self.as_before(base)

    def as_before(self, base: Telling) -> Iterator[Telling]:
        """The earlier meeting that a comparison tells of: "will not include Berg and Lang, as occurred last June"."""
        for t in self.verb.rights if self.verb is not None and self.link == "subject" else ():
            if t.dep_ == "advcl" and lemma(t) in ("occur", "happen") and any(c.lower_ == "as" for c in t.lefts):
                when = self.statements.time(self.statements.clause_dates(self.token, [t]), "held")
                parties = self.statements.parties.all(objects(self.verb)) if self.word in self.words["holding"] else ()
                if when and parties:
                    yield replace(base, start=t.idx, end=t.idx + len(t), when=when, parties=parties, absent=(), status="held", sure=True,
                                  definite=False, pointing=False, here=False, other=True, title="")  # fmt: skip

    def one_before(self) -> When | None:
        """The time of an earlier meeting that is only counted: "will be the second this December"."""
        if self.verb is None or self.link != "subject" or self.verb.lower_ not in clauses.BE:
            return None
        counted = any(t.lower_ == "second" for t in self.verb.subtree if t.i > self.verb.i and t.dep_ in ("attr", "amod"))
        dates = self.statements.occasions.between(self.verb.i, self.verb.right_edge.i) if counted else []
        return next((d.when for d in dates if not d.when.day), None)

    def region(self, clause: list[Token]) -> list[int]:
        """The words whose places are the meeting's."""
        return self.statements.region(self.token, [] if self.link == "apart" else clause, self.inside)

    def happened(self) -> bool:
        """Whether the verb is told as past."""
        return bool(self.chain) and clauses.tense(self.chain[-1]) == "past"

    def lasted(self) -> bool:
        """Whether the meeting itself is said to have run: "the meeting ran past midnight"."""
        return self.link == "subject" and self.word in self.words["lasting"]

    def joined_verbs(self) -> list[Token]:
        """Verbs that share the noun as their subject: "would be moved to … and would take place on …"."""
        if self.verb is None or self.link != "subject":
            return []
        return [
            t
            for t in self.verb.rights
            if t.dep_ == "conj" and t.pos_ in VERBAL and not any(c.dep_ in ("nsubj", "nsubjpass") for c in t.lefts)
        ]

    def put_off(self) -> bool:
        """Whether the verb calls it off: then the verb's day is that of calling off."""
        if self.verb is None or self.link not in ("object", "subject"):
            return False
        refused = bool(self.grasp & self.words["refusing"]) and self.word in ("hold", "host", "have", "convene")
        ending = (self.words["cancelling"] | self.words["postponing"]) - self.words["refusing"]
        return refused or bool(clauses.lemmas([self.verb]) & ending)

    def moved_to(self) -> list[Dated]:
        """The new day of a meeting that is moved: "has been moved to January 5", "adjourned the hearing until Monday"."""
        if (
            self.verb is None
            or self.link not in ("subject", "object")
            or self.word not in self.words["moving"]
            or self.noun.type == "trial"
        ):
            return []  # a trial that is adjourned goes on
        ahead = self.statements.text.article.published or ""
        preps = [p for t in (self.verb, self.token) for p in t.rights if p.dep_ == "prep" and p.lower_ in ("to", "until", "till")]
        occasions = self.statements.occasions
        found = [d for p in preps for d in occasions.between(p.i, p.right_edge.i) if (d.when.start or "") > ahead]
        for p in preps:  # "adjourned on Wednesday until February 8" reads like a stretch of days
            found += [replace(d, when=When(d.when.end)) for d in occasions.dated if d.first < p.i < d.last and (d.when.end or "") > ahead]
        return [replace(d, plain=True) for d in found[:1]]

    def said_again(self) -> bool:
        """Whether the noun only says of what was told before what it was: "It was the second conversation of the month"."""
        if self.verb is None or self.verb.lower_ not in clauses.BE or self.token.dep_ != "attr":
            return False
        return any(t.dep_ == "nsubj" and t.lower_ in ("it", "this", "that") for t in self.verb.lefts)

    def stays_away(self) -> bool:
        """Whether the verb says that its subject does not take part: "will skip", "declined to attend", "will not attend"."""
        if self.word in self.words["avoiding"]:
            return True
        denied = any(map(clauses.negated, self.chain)) or bool(self.grasp & self.words["refusing"])
        return denied and self.word in ("attend", "join", "participate", "come", "go", "travel")

    def was_set(self, d: Dated) -> bool:
        """Whether a date between the noun and it is said to be when the meeting was to be: "cancelled talks due to take place on Wednesday"."""
        words = self.token.doc[max(self.token.i, d.first - 6) : d.first]
        return any(lemma(t) in self.words["scheduling"] or (t.lower_ == "to" and t.nbor(-1).lower_ in ("was", "were")) for t in words)

    def judge(self, t: Telling, told_parties: bool, only_year: bool, own: bool) -> Telling:
        """Whether a telling is an event for itself."""
        dated = t.when is not None and t.when.start is not None
        day = dated and t.when is not None and t.when.day
        verbs = {self.word, *map(lemma, self.joined_verbs())}
        running = bool(verbs & (self.words["running"] | self.words["lasting"])) or (
            self.verb is not None and self.verb.lower_ in clauses.BE
        )
        takes_place = self.link == "subject" and running
        if dated and not (only_year and not takes_place):
            if self.noun.type == "event":
                sure = (own and self.link in AT) or takes_place
            elif self.noun.weak:
                somewhere = self.noun.type == "visit" and own and t.place  # "a visit to Lebanon planned for February"
                sure = bool((day and (t.parties or told_parties or takes_place or own)) or t.parties or somewhere)
            else:
                sure = True
        elif self.link == "apart" or t.definite:
            sure = False
        else:
            asked = (
                t.status == "proposed"
                and self.link in ("object", "for")
                and self.noun.type in ("referendum", "summit", "talks", "meeting", "debate")
            )
            on_trial = self.noun.type == "trial" and self.link in ("object", "on") and bool(t.parties)
            sure = on_trial or (asked and clauses.tense(self.chain[-1]) == "past") or (len(t.parties) > 1 and not self.noun.weak)
        return replace(t, sure=sure)

    # --- parties ---

    def taking_part(self) -> bool:
        """Whether the subject of the verb takes part: "held talks", "said at a briefing", "travelled to the summit"."""
        if self.verb is None or self.link in ("subject", "apart"):
            return False
        if self.link == "object":
            return self.word in self.words["hosts"] and (
                self.word not in ("call", "propose", "offer") or self.noun.type in ("talks", "meeting", "summit", "debate")
            )
        if clauses.passive(self.verb):
            return False
        mover = self.word in self.words["goers"] or self.word in self.words["hosts"] or self.verb.i in self.statements.verbs
        if self.link == "for":  # "flew to Moscow for talks", "called for a debate"
            return self.word in self.words["goers"] or (
                "call for" in self.grasp and self.noun.type in ("talks", "meeting", "summit", "debate")
            )
        return self.link in ("at", "during", "on") or (
            self.link in AT and (mover or self.noun.family == "press" or self.noun.type == "call")
        )

    def heads(self, taking_part: bool) -> tuple[list[Token], list[Token]]:
        """Heads of the noun phrases of those who take part, and of those who are said not to."""
        token, verb = self.token, self.verb
        heads = list(after(token, "with", "between", "among", "of", "by", "involving", "against", "before"))
        absent: list[Token] = []
        for t in token.children:
            if t.dep_ in ("acl", "relcl"):
                if lemma(t) not in self.words["announcing"]:  # who asks for a call is no party by that
                    heads += after(t, "by")
                if lemma(t) in self.words["holding"]:
                    heads += objects(t)
                if t.dep_ == "acl" and lemma(t) in self.words["running"]:
                    heads += after(t, "with", "between")
        if verb is not None and self.link != "apart":
            if self.link in ("object", "subject"):
                heads += after(verb, "with", "between", "among")
            if self.link == "subject":
                heads += after(verb, "by")
                if self.word in self.words["holding"]:
                    (absent if clauses.negated(verb) else heads).extend(objects(verb))
            if taking_part and (doer := subject(verb)) is not None and doer.i != token.i:
                if self.stays_away():
                    absent += joined(doer)
                else:
                    heads = [*joined(doer), *heads]
            if verb.i in self.statements.verbs and self.noun.type != "visit" and (self.link in AT or self.link == "object"):
                self.statements.folded.add(verb.i)
                if self.link in AT:
                    heads += [*objects(verb), *after(verb, "with", "before", "between", "to")]
        return [h for h in heads if h.i not in self.statements.nouns], absent

    def beside(self) -> Iterator[str]:
        """Parties named in front of the noun: "US–Russia talks", "the NBV's next meeting", "its congress", "a shareholder meeting"."""
        token, parties = self.token, self.statements.parties
        near = [t for t in token.doc[token.left_edge.i : token.i] if t.dep_ in MODIFIERS and t.head.i <= token.i]
        if token.dep_ == "compound":
            near.append(token.head)
        for t in self.at_home():
            if (actor := parties.named(t)) and not parties.is_person(actor):
                yield actor
        for t in near:
            actor = parties.named(t) or parties.country(t)
            if actor and (not parties.is_person(actor) or t.dep_ in ("poss", "compound", "nsubj")):
                yield actor
            elif t.tag_ == "PRP$" or (t.dep_ == "poss" and t.pos_ == "NOUN") or (t.dep_ == "compound" and lemma(t) in self.words["parts"]):
                yield from parties.one(t)

    def at_home(self) -> Iterator[Token]:
        """Owners of the rooms it is held in: "a meeting at the conciliation service's offices"."""
        for verb in (self.token, self.verb):
            for t in after(verb, "at", "in") if verb is not None and self.link != "apart" else ():
                if lemma(t) in ("office", "headquarters", "embassy", "residence"):
                    yield from (c for c in t.lefts if c.dep_ == "poss")

    # --- status ---

    def status(self) -> Status | None:
        """Status by the words around the noun; None where they say nothing, and the date decides."""
        words, verb = self.words, self.verb
        for t in self.token.children:
            if t.dep_ in ("acl", "relcl"):
                around = clauses.lemmas([t])
                if around & words["cancelling"]:
                    return "cancelled"
                if t.tag_ == "VBN" and lemma(t) in ("propose", "suggest"):
                    return "proposed"
                if around & words["scheduling"] and verb is None:
                    return "scheduled"
        if verb is None:
            return None
        if self.stays_away():
            return None
        if self.put_off():
            passive = clauses.passive(verb) or lemma(verb) in ("collapse", "fall") or self.link == "object"
            if passive:
                return "cancelled"
        if self.link == "object":
            if self.grasp & words["proposing"]:
                return "proposed"
            if self.grasp & {"agree", "announce", "schedule", "set", "arrange"}:
                return "scheduled"
            return verb_status(self.chain, words)
        if self.link == "subject":
            if clauses.passive(verb) and self.word in ("propose", "suggest", "demand", "seek"):
                return "proposed"
            if clauses.passive(verb) and self.word in words["scheduling"]:
                return "scheduled"
            return verb_status(self.chain, words)
        if self.link in AT:
            return verb_status(self.chain, words)
        if self.link == "for" and self.grasp & {"call for", "ask for", "push for", "plead"}:
            return "proposed"
        return None


def governor(token: Token) -> tuple[Token | None, str]:
    """The verb that a noun serves, and as what: "subject", "object", a preposition ("at"), or "apart" where it only places another act."""
    link, t = "", token
    while t.dep_ in ("conj", "compound") and t.head.pos_ in NOMINAL:
        t = t.head
    if t.dep_ == "pobj" and t.head.lower_ == "of" and lemma(t.head.head) in MEASURES:
        t = t.head.head  # "ended eight hours of talks", "a third round of talks": the measure stands where the noun would
    for _ in range(6):
        dep, head = t.dep_, t.head
        if dep == "poss":
            return None, "apart"
        if dep in ("nsubj", "nsubjpass", "attr") and head.pos_ in VERBAL:
            return head, link or "subject"
        if dep in ("dobj", "oprd", "dative") and head.pos_ in VERBAL:
            return head, link or "object"
        if not (dep in ("pobj", "pcomp") and head.dep_ in ("prep", "agent", "dative")):
            return None, ""
        prep = head
        while prep.head.dep_ == "prep" and prep.head.pos_ == "ADP":
            prep = prep.head
        link = link or prep.lower_
        if link == "of" and prep.head.pos_ == "NOUN":
            link = "at" if prep.head.lower_ in SIDES else "of"
        t = prep.head
        if t.pos_ in VERBAL:
            return (t, "apart" if link in APART else link)
        if link not in AT:
            return None, "apart"
    return None, ""


def title(token: Token) -> str:
    """The noun's own phrase, without article and dates: "emergency meeting of the council"."""
    first, last = token.left_edge.i, token.i
    for t in token.rights:
        if t.dep_ != "prep":
            break
        dated = any(x.ent_type_ in ("DATE", "TIME") for x in t.subtree)
        if t.lower_ in ("with", "between", "of", "among", "on", "over", "about") and not dated and t.right_edge.i - first < 9:
            if any(x.dep_ in ("relcl", "acl") for x in t.subtree):
                break
            last = t.right_edge.i
    kept = (t for t in token.doc[first : last + 1] if t.i > token.i or not skipped_in_title(t))
    return re.sub(r"^['’]s?\s+", "", "".join(t.text_with_ws for t in kept).strip()).strip(" '’,")


def skipped_in_title(t: Token) -> bool:
    """Articles, dates and words that point."""
    return t.ent_type_ in ("DATE", "TIME") or t.dep_ == "det" or t.tag_ == "PRP$" or t.lower_ in ("next", "last", "previous")
