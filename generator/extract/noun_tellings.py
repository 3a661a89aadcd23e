"""Tellings by a noun: "talks in Geneva", "Thursday's call", "told a news conference"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from generator.extract import clauses
from generator.extract.clauses import VERBAL, after, chain, clause_head, joined, objects, subject, subjects
from generator.extract.governors import AT, OTHER, governor
from generator.extract.meeting_words import MeetingWords, Noun
from generator.extract.nlp import lemma
from generator.extract.occasions import Dated, When, ahead, next_year
from generator.extract.tellings import Statements, Telling
from generator.extract.verb_tellings import verb_status
from generator.model import Status

if TYPE_CHECKING:
    from spacy.tokens import Token

TOPICS = frozenset({"matter", "thing", "heard"})  # needs of verbs whose object is what is spoken of, not with whom
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
        self.inside = {t.i for t in token.subtree} | self.to_be_held()
        self.verb, self.link = governor(token)
        self.left = self.link == "after"  # what else is told came after it
        if self.link == "after" and not self.sat_in():
            self.link = "apart"
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
            dates = dates or statements.shared_dates(token, head)
        if self.foretold() and not own and not self.fell_through():  # "spoke on Monday about the upcoming summit"
            published = statements.text.article.published or ""
            coming = [next_year(d, statements.text.published) for d in dates] if statements.text.published else dates
            dates = [d for d in coming if self.foretold() != "held" and (d.when.start or "") > published]
        if self.link == "to" and self.word == "invite" and statements.text.published:  # "invited them to a meeting on Monday"
            dates = [ahead(d, statements.text.published, plain=True) for d in dates]
        if self.put_off() and not own and not broke_down:
            dates = [d for d in statements.clause_dates(token, clause) if self.was_set(d)]
        if (
            asking := self.proposal()
        ) is not None and not own:  # "to Seoul's proposal for talks on May 21": a day to come is that of the talks
            published = statements.text.article.published or ""
            dates = [
                d for d in statements.clause_dates(token, [clause_head(asking)]) if d.first > token.i and (d.when.start or "") > published
            ]
        if moved := self.moved_to():
            dates, own = moved, []
        named_years = [d for d in dates if statements.named_year(d, token)]
        base = Telling(
            start=token.idx, end=token.idx + len(token), sentence=statements.sentence(token), type=self.noun.type, family=self.noun.family,
            noun=True, absent=statements.parties.all(absent), status="scheduled" if moved else self.status(),
            definite=any((t.dep_ == "poss" and not indefinite(t)) or t.lower_ in POINTING or t.lower_ == "the" for t in token.lefts),
            pointing=any(t.lower_ in POINTING for t in token.lefts),
            here=not own and self.noun.type != "visit" and self.happened() and ((taking_part and (self.link in AT or self.word == "tell")) or self.lasted()),
            unnamed=bool(heads) and not statements.parties.all(heads),
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

    def to_be_held(self) -> set[int]:
        """The words of "…, to be held in Porto on May 3" behind the noun, which the parse may hang on the verb before it."""
        for t in clause_head(self.token).rights:
            held = (
                t.dep_ == "advcl" and t.tag_ == "VBN" and {c.lower_ for c in t.lefts} >= {"to", "be"} and lemma(t) in self.words["running"]
            )
            if held and not any(n in self.statements.nouns for n in range(self.token.i + 1, t.i)) and t.i > self.token.i:
                return {c.i for c in t.subtree}
        return set()

    def sat_in(self) -> bool:
        """Whether the subject of "said after talks with Lang" comes from them: told for the first time, and of nobody else."""
        verb, noun = self.verb, self.token
        if self.noun.family != "talk" or verb is None or any(t.lower_ == "the" or t.lower_ in POINTING for t in noun.lefts):
            return False
        whose = [t for t in after(noun, "of") if not any(c.tag_ == "PRP$" for c in t.lefts)]  # not "of his cabinet"
        if whose or any(after(noun, "between", "among", "by")) or any(t.dep_ in ("poss", "compound") and t.ent_type_ for t in noun.lefts):
            return False
        leaving = lemma(verb) in ("emerge", "return", "come", "walk")
        speaking = leaving or verb.idx in self.statements.speakers or any(after(noun, "with"))
        doer = subject(verb)
        return speaking and doer is not None and any(map(self.statements.parties.one, joined(doer)))

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
        return refused or bool(clauses.lemmas([self.verb, *self.joined_verbs()]) & ending)

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
        back = [t for t in self.verb.rights if t.lower_ in ("back", "forward")]  # "pushed back to June 4"
        preps = [p for t in (self.verb, self.token, *back) for p in t.rights if p.dep_ == "prep" and p.lower_ in ("to", "until", "till")]
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
        return denied and self.word in ("turn", "show", "appear", "attend", "join", "participate", "come", "go", "travel")

    def was_set(self, d: Dated) -> bool:
        """Whether a date between the noun and it is said to be when the meeting was to be: "cancelled talks due to take place on Wednesday"."""
        words = self.token.doc[max(self.token.i, d.first - 6) : d.first]
        return any(lemma(t) in self.words["scheduling"] or (t.lower_ == "to" and t.nbor(-1).lower_ in ("was", "were")) for t in words)

    def judge(self, t: Telling, told_parties: bool, only_year: bool, own: bool) -> Telling:
        """Whether a telling is an event for itself."""
        dated = t.when is not None and t.when.start is not None
        day = dated and t.when is not None and t.when.day
        if self.many() or (self.link == "object" and self.grasp & self.words["ruling_out"]):
            return replace(t, when=None, sure=False)
        if day and t.when is not None and self.closes():
            t = self.closed(t, t.when)
        verbs = {self.word, *map(lemma, self.joined_verbs())}
        running = bool(verbs & (self.words["running"] | self.words["lasting"])) or (
            self.verb is not None and self.verb.lower_ in clauses.BE
        )
        takes_place = self.link == "subject" and running
        if dated and not (only_year and not takes_place):
            if self.noun.type == "event":
                sure = (own and self.link in AT) or takes_place
            elif self.noun.weak and not self.phoned():
                somewhere = self.noun.type == "visit" and own and t.place  # "a visit to Lebanon planned for February"
                set_down = own and t.status in ("scheduled", "cancelled")  # "a briefing planned for May"
                counted = set_down or (t.other and (own or self.link == "subject"))  # "the previous round, in March"
                sure = bool((day and (t.parties or told_parties or takes_place or own or t.place)) or t.parties or somewhere or counted)
            else:
                sure = True
        elif self.noun.type == "visit" and t.status == "cancelled" and t.place:
            sure = True  # "the royal couple's trip to Japan has been put off"
        elif self.foretold() in ("scheduled", "proposed") and len(t.parties) > 1 and not self.noun.weak:
            sure = True  # "the upcoming meeting between Poe and Roe"
        elif self.link == "apart" or t.definite:
            sure = False
        else:
            asked = (
                t.status == "proposed"
                and self.link in ("object", "for")
                and self.noun.type in ("referendum", "summit", "talks", "meeting", "debate", "conference")
            )
            on_trial = self.noun.type == "trial" and self.link in ("object", "on") and bool(t.parties)
            several = (
                len(t.parties) > 1 and (not self.noun.weak or self.phoned() or t.status == "cancelled") and self.noun.family != "contest"
            )
            if self.link == "object" and t.parties and not self.noun.weak and self.word in ("hold", "have") and self.with_somebody():
                return replace(t, sure=True)  # "has held talks with his counterparts"
            told = (self.link == "object" and bool(t.parties)) or (self.link == "subject" and t.place is not None)
            to_come = told and t.status == "scheduled" and not self.noun.weak and self.token.tag_ == "NN"
            sure = on_trial or (asked and clauses.tense(self.chain[-1]) == "past") or several or to_come
        return replace(t, sure=sure)

    def closes(self) -> bool:
        """Whether its date is said to be its last day."""
        ends, words = self.words["closing"], self.statements.doc
        told = self.link in ("object", "subject") and self.word in ends
        return told or any(t.dep_ in ("relcl", "acl") and lemma(t) in ends for t in self.token.rights if words[t.i].pos_ in VERBAL)

    def closed(self, t: Telling, when: When) -> Telling:
        """With the first day counted back from the last ("ended a two-day meeting on Tuesday"), or unknown while it is under way."""
        last = date.fromisoformat(when.start or "")
        if self.statements.text.published and last > self.statements.text.published and t.status != "scheduled":
            return replace(t, when=When(None, str(last)), status="held")
        if when.end or self.days() < 2:
            return t
        return replace(t, when=replace(when, start=str(last - timedelta(self.days() - 1)), end=str(last)))

    def days(self) -> int:
        """How many days the noun's own phrase says that it lasts: "a two-day meeting"; 1 where it does not say."""
        first, last = self.token.left_edge.idx, self.token.idx
        lengths = (
            re.fullmatch(r"P(\d)D", d.value) for d in self.statements.occasions.dates if first <= d.span.start and d.span.end <= last
        )
        return next((int(m[1]) for m in lengths if m), 1)

    def by_tense(self) -> Status | None:
        """Status by the verbs; the present tells of what lies ahead ("holds a hearing on Friday"), which the day decides."""
        status = verb_status(self.chain, self.words)
        return None if status == "held" and clauses.tense(self.chain[-1]) == "present" and self.chain[-1].tag_ in ("VBZ", "VBP") else status

    def fell_through(self) -> bool:
        """Whether it is said not to take place: "did not happen", "will not go ahead"."""
        if self.verb is None or self.link != "subject" or not any(map(clauses.negated, self.chain)):
            return False
        return self.word in ("happen", "occur") or verb_of_place(self.verb)

    def foretold(self) -> Status | None:
        """Status by a word before the noun: "upcoming talks", "a possible meeting", "his recent visit"."""
        before = {t.lower_ for t in self.token.lefts}
        names: tuple[tuple[str, Status], ...] = (("to_come", "scheduled"), ("perhaps", "proposed"), ("gone", "held"))
        return next((status for name, status in names if before & self.words[name]), None)

    def phoned(self) -> bool:
        """Whether a call is one by telephone or video, and not a demand."""
        return any(t.lower_ in ("phone", "telephone", "video", "conference") for t in self.token.lefts)

    def with_somebody(self) -> bool:
        """Whether a party, named or not, stands after "with"."""
        return any(after(self.token, "with")) or (self.verb is not None and any(after(self.verb, "with")))

    def many(self) -> bool:
        """Whether the plural stands for many of which none is told: "a week of meetings"."""
        of = self.token.head
        measured = self.token.dep_ == "pobj" and of.lower_ == "of" and lemma(of.head) in ("day", "week", "month", "year", "number")
        return measured and self.noun.type != "talks" and self.token.tag_ == "NNS"

    # --- parties ---

    def taking_part(self) -> bool:
        """Whether the subject of the verb takes part: "held talks", "said at a briefing", "travelled to the summit"."""
        if self.verb is None or self.link in ("subject", "apart"):
            return False
        if self.link == "object":
            return self.word in self.words["hosts"] and (
                self.word not in ("call", "propose", "offer") or self.noun.type in ("talks", "meeting", "summit", "debate")
            )
        if self.link == "after":
            return True
        if clauses.passive(self.verb) and not (self.link in AT and (self.word in self.words["shown"] or self.noun.family == "court")):
            return False
        if self.link == "in" and self.verb.lower_ in clauses.BE and self.noun.type == "talks":
            return True  # "is in talks with a rival"
        mover = self.word in self.words["goers"] or self.word in self.words["hosts"] or self.verb.i in self.statements.verbs
        if self.link == "for":  # "flew to Moscow for talks", "called for a debate"
            return self.word in self.words["goers"] or (
                "call for" in self.grasp and self.noun.type in ("talks", "meeting", "summit", "debate")
            )
        return self.link in ("at", "during") or (
            self.link in AT and (mover or self.noun.family == "press" or self.noun.type in ("call", "ceremony", "panel", "trial", "visit"))
        )

    def heads(self, taking_part: bool) -> tuple[list[Token], list[Token]]:
        """Heads of the noun phrases of those who take part, and of those who are said not to."""
        token, verb = self.token, self.verb
        heads = list(after(token, "with", "between", "among", "of", "by", "involving", "against", "before"))
        if self.noun.family == "court":
            heads += after(token, "from")  # "questioning from lawmakers"
        absent: list[Token] = []
        for t in token.children:
            if t.dep_ in ("acl", "relcl"):
                if lemma(t) not in self.words["announcing"]:  # who asks for a call is no party by that
                    heads += after(t, "by")
                if lemma(t) in self.words["holding"]:
                    heads += objects(t)
                if t.dep_ == "acl" and lemma(t) in self.words["running"]:
                    heads += after(t, "with", "between")
        if (asking := self.proposal()) is not None:
            heads += [t for t in asking.lefts if t.dep_ == "poss"] + list(after(asking, "by", "from", "to"))
        if verb is not None and self.link != "apart":
            if self.link in ("object", "subject"):
                heads += after(verb, "with", "between", "among")
            else:
                heads += after(verb, "between")  # "will go to a run-off between Poe and Roe"
            if self.link == "subject":
                heads += after(verb, "by")
                if self.word in self.words["holding"]:
                    (absent if clauses.negated(verb) else heads).extend(objects(verb))
            if taking_part and (doer := subject(verb)) is not None and doer.i != token.i:
                if self.stays_away():
                    absent += subjects(verb)
                else:
                    heads = [*subjects(verb), *heads]
            if verb.i in self.statements.verbs and self.noun.type != "visit" and (self.link in AT or self.link == "object"):
                self.statements.folded.add(verb.i)
                if self.link in AT:
                    whom = objects(verb) if self.statements.verbs[verb.i].needs not in TOPICS else []
                    heads += [*whom, *after(verb, "with", "before", "between", "to")]
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
            if self.noun.type == "visit" and t.ent_type_ == "GPE" and t.dep_ == "compound":
                continue  # "the Malaysia visit" is where
            actor = parties.named(t) or parties.country(t)
            if actor and (not parties.is_person(actor) or t.dep_ in ("poss", "compound", "nsubj")):
                yield actor
            elif t.tag_ == "PRP$" or (t.dep_ == "poss" and t.pos_ == "NOUN") or (t.dep_ == "compound" and lemma(t) in self.words["parts"]):
                yield from parties.one(t)

    def proposal(self) -> Token | None:
        """The noun that proposes it: "Seoul's proposal for talks in May"."""
        prep = self.token.head
        if self.link == "for" and self.verb is not None:  # "expressed his hope for talks": the parse may hang "for" on the verb
            asked = [t for t in self.verb.rights if t.dep_ == "dobj" and t.i == prep.i - 1 and lemma(t) in self.words["proposals"]]
            if asked:
                return asked[0]
        asks = (
            self.token.dep_ == "pobj" and prep.lower_ == "for" and lemma(prep.head) in self.words["proposals"] and prep.head.pos_ == "NOUN"
        )
        return prep.head if asks else None

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
        if self.proposal() is not None:
            return "proposed"
        if verb is None or self.stays_away():
            return self.foretold()
        if self.put_off():
            passive = clauses.passive(verb) or lemma(verb) in ("collapse", "fall") or self.link == "object"
            if passive:
                return "cancelled"
        if self.fell_through():
            return "cancelled"
        if foretold := self.foretold():
            return foretold
        if self.left and (self.happened() or verb.tag_ == "VBG"):
            return "held"
        if self.link == "object":
            if self.word == "call":
                return "scheduled"  # "called a rally for Saturday"
            if self.grasp & words["proposing"]:
                return "proposed"
            if self.grasp & {"agree", "announce", "schedule", "set", "arrange"}:
                return "scheduled"
            return self.by_tense()
        if self.link == "subject":
            if clauses.passive(verb) and self.word in words["calling"]:
                return None
            if clauses.passive(verb) and self.word in ("propose", "suggest", "demand", "seek"):
                return "proposed"
            if clauses.passive(verb) and self.word in words["scheduling"]:
                dropped = clauses.pluperfect(verb) and verb.dep_ != "ccomp"  # "had been planned"; but "said it had been planned"
                return "cancelled" if dropped else "scheduled"
            return verb_status(self.chain, words)
        if self.link in AT:
            if self.word == "invite":
                return None  # to what is set for a day
            if self.grasp & words["cancelling"]:  # "failed to agree at the talks": what failed there is something else
                return "held" if self.happened() else None
            return verb_status(self.chain, words)
        if self.link == "for" and self.grasp & {"call for", "ask for", "push for", "plead"}:
            return "proposed"
        return None


def verb_of_place(verb: Token) -> bool:
    """Whether a verb says that something takes place or goes ahead."""
    with_it = {"take": ("place",), "go": ("ahead", "forward")}.get(lemma(verb), ())
    return any(t.lower_ in with_it for t in verb.rights)


def indefinite(owner: Token) -> bool:
    """Whether an owner is nobody in particular: "a leaders' summit"."""
    return any(t.lower_ in ("a", "an") for t in owner.lefts)


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
    doc = token.doc
    kept = (t for t in doc[first : last + 1] if t.i > token.i or not skipped_in_title(t) or hyphened(t))
    return re.sub(r"^['’]s?\s+", "", "".join(t.text_with_ws for t in kept).strip()).strip(" '’,")


def hyphened(t: Token) -> bool:
    """Whether what looks like an article is half of a word: "a no-confidence vote", "an all-hands meeting"."""
    return t.dep_ == "det" and not t.whitespace_ and t.nbor().text == "-"


def skipped_in_title(t: Token) -> bool:
    """Articles, dates and words that point."""
    return t.ent_type_ in ("DATE", "TIME") or t.dep_ == "det" or t.tag_ == "PRP$" or t.lower_ in ("next", "last", "previous")
