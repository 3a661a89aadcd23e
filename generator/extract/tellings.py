"""Tellings: the places in an article that tell of a meeting, each with what its own clause says of type, time, place and parties.

Nothing is joined here: "Thursday's call", "the call" and "spoke with Putin" are three tellings of what `meetings.py` makes one event.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from generator.data import load
from generator.extract import clauses
from generator.extract.clauses import NOMINAL, VERBAL, after, chain, clause_head, joined, objects, subject
from generator.extract.found import Found
from generator.extract.nlp import lemma
from generator.extract.occasions import Dated, Occasions, When, place_after
from generator.extract.parties import Parties
from generator.extract.text import Analysed
from generator.model import Status

if TYPE_CHECKING:
    from spacy.tokens import Token

TALLY = re.compile(r"\b\d{1,3} ?[-–—] ?\d{1,3}\b|\b\d{1,3} (?:votes )?to \d{1,3}\b|\bby \d{1,3} votes\b|\bunanimous(?:ly)?\b")
NOT_AN_EVENT_OF_ITS_OWN = frozenset(
    {"before", "ahead", "until", "since", "for", "about", "of", "from", "over", "to", "despite", "without", "by", "like", "as", "if"}
)


@dataclass(frozen=True)
class Telling:
    """One place that tells of a meeting."""

    start: int  # of the word that tells, in characters
    end: int
    sentence: tuple[int, int]
    type: str
    family: str
    noun: bool  # told by a noun ("talks") and not by a verb ("met")
    when: When | None = None
    place: str | None = None
    parties: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    status: Status | None = None
    definite: bool = False  # "the call", "those talks": points back
    sure: bool = False  # an event for itself; else only a word for one told elsewhere
    here: bool = False  # told as what somebody took part in just now: it is of the story's own day
    crowd: bool = False  # parties the article gives no name
    title: str = ""
    other: bool = False  # "previous talks", "another call": not the one told before


@dataclass(frozen=True)
class Noun:
    """What the word list says of a noun."""

    type: str
    family: str
    weak: bool
    after: frozenset[str]  # words of which one must stand before it


@dataclass(frozen=True)
class Words:
    """The word list, read for look-up."""

    nouns: dict[str, tuple[Noun, ...]]
    verbs: dict[str, dict[str, Any]]
    families: dict[str, str]
    sets: dict[str, frozenset[str]]


@cache
def words() -> Words:
    """The word list of meetings, once a process."""
    data = load("meetings")
    weak = frozenset(data["weak"])
    nouns: dict[str, list[Noun]] = {}
    families = dict(data["families"])
    for kind, entry in data["nouns"].items():
        families[kind] = entry["family"]
        for noun in entry["nouns"]:
            nouns.setdefault(noun, []).append(Noun(kind, entry["family"], noun in weak, frozenset(entry.get("compounds", ()))))
    verbs = {v: {"family": families[e["type"]], **e} for v, e in data["verbs"].items()}
    sets = {k: frozenset(map(str, v)) for k, v in data.items() if isinstance(v, list)}
    return Words({n: tuple(sorted(e, key=lambda k: not k.after)) for n, e in nouns.items()}, verbs, families, sets)


class Finder:
    """Looks through one article for tellings."""

    def __init__(self, text: Analysed, found: Found) -> None:
        self.text = text
        self.doc = text.doc
        self.occasions = Occasions(text.doc, found.dates)
        self.parties = Parties(text.doc, found)
        self.words = words()
        self.folded: set[int] = set()  # verbs and nouns that are part of another telling
        self.nouns: dict[int, Noun] = {}
        self.verbs: dict[int, dict[str, Any]] = {}

    def tellings(self) -> Iterator[Telling]:
        """All tellings, in the order of the text, headings left out."""
        self.look()
        found: list[Telling] = []
        for i, noun in self.nouns.items():
            found += self.of_noun(self.doc[i], noun)
        for i, verb in self.verbs.items():
            if i not in self.folded:
                found += self.of_verb(self.doc[i], verb)
        yield from sorted(found, key=lambda t: (t.start, t.noun))

    def look(self) -> None:
        """Collects the nouns and verbs that can tell of a meeting."""
        heading_until, body_until = -1, -1
        sets = self.words.sets
        for token in self.doc:
            pos = token.pos_
            if pos not in ("NOUN", "VERB", "PROPN"):
                continue
            noun = verb = None
            if pos == "VERB":
                verb = self.words.verbs.get(lemma(token))
                if verb is None and token.tag_ == "VBG" and token.lower_ == "meeting":
                    verb = self.words.verbs["meet"]
            else:
                noun = self.noun(token, sets)
            if noun is None and verb is None:
                continue
            if token.idx >= body_until:
                paragraph = self.text.paragraph_at(token.idx)
                body_until = paragraph.end
                heading_until = paragraph.end if paragraph.kind == "heading" else -1
            if token.idx < heading_until:
                continue
            if noun:
                self.nouns[token.i] = noun
            elif verb:
                self.verbs[token.i] = verb

    def noun(self, token: Token, sets: dict[str, frozenset[str]]) -> Noun | None:
        """What the word list says of a noun, where it heads its phrase."""
        word = token.lower_
        entries = self.words.nouns.get(word) or (self.words.nouns.get(lemma(token)) if token.tag_ in ("NNS", "NNPS") else None)
        if not entries or (token.dep_ in ("compound", "amod", "nmod") and not self.in_name(token)):
            return None
        if token.lower_ == "talk" or (lemma(token) == "talk" and word != "talks"):
            return None
        before = [t.lower_ for t in token.lefts if t.dep_ in ("compound", "amod", "nmod", "det", "nummod", "poss")]
        joined_before = {*before, " ".join(before[-2:])}
        if joined_before & sets["not_after"] or any(t.like_num and t.dep_ == "nummod" and word in ("votes", "polls") for t in token.lefts):
            return None
        for noun in entries:
            if not noun.after or joined_before & noun.after:
                if noun.type == "panel" and not (
                    (token.dep_ == "pobj" and token.head.lower_ in ("on", "at", "in", "during")) or any(after(token, "with"))
                ):
                    continue
                if (
                    token.text[0].isupper()
                    and noun.type == "conference"
                    and not any(t.dep_ in ("det", "nummod") for t in token.lefts)
                    and word in ("congress", "forum", "assembly", "convention")
                ):
                    continue
                if word in ("assembly", "congress") and token.text[0].isupper():
                    continue
                if word == "call" and any(
                    p.lower_ in sets["call_not_before"] for p in token.rights if p.dep_ == "prep" and not self.date_under(p)
                ):
                    continue
                if word in ("sentence", "decision") and not any(self.decides(t, sets["courts"]) for t in after(token, "of", "by", "from")):
                    continue
                if token.text == "March" or (word in ("hall", "house", "day") and not noun.after):
                    continue
                return noun
        return None

    def in_name(self, token: Token) -> bool:
        """Whether the noun is inside an event's own name, and the name is said to take place: "The Fan Expo Canada took place"."""
        head = token.head
        return (
            token.text[0].isupper() and head.text[0].isupper() and head.pos_ == "PROPN" and head.dep_ in ("nsubj", "nsubjpass")
            and (lemma(head.head) in ("run", "open", "begin", "kick") or head.head.lower_ == "held" or any(t.lower_ == "place" for t in head.head.rights))
        )  # fmt: skip

    def date_under(self, prep: Token) -> bool:
        return any(t.ent_type_ in ("DATE", "TIME") for t in prep.children)

    # --- nouns ---

    def of_noun(self, token: Token, noun: Noun) -> list[Telling]:
        """Tellings by a noun: none, one, or several where dates are joined."""
        inside = {t.i for t in token.subtree}
        clause = clause_head(token)
        governor, link = self.governor(token)
        sets = self.words.sets
        word = lemma(governor) if governor is not None else ""
        verb_chain = chain(governor) if governor is not None else []
        grasp = clauses.lemmas(verb_chain)
        own = self.own_dates(token, inside)
        # parties
        heads: list[Token] = [*after(token, "with", "between", "among", "of", "by", "involving", "against", "before")]
        absent: list[Token] = []
        near = [
            t
            for t in self.doc[token.left_edge.i : token.i]
            if t.dep_ in ("compound", "amod", "poss", "nmod", "conj") and t.head.i <= token.i
        ]
        if token.dep_ == "compound":
            near += [token.head]
        for t in token.children:
            if t.dep_ in ("acl", "relcl"):
                heads += after(t, "by")
                if lemma(t) in ("involve", "include", "bring", "feature"):
                    heads += objects(t)
                if t.dep_ == "acl" and lemma(t) in sets["running"]:
                    heads += after(t, "with", "between")
        party_verb = False
        if governor is not None:
            doer = subject(governor)
            role = (
                link
                if link in ("subject", "object")
                else "at"
                if link in ("at", "during", "in", "on", "to", "into", "for", "from", "through", "via", "over")
                else ""
            )
            if role == "object" and (word in sets["hosts"] or word == "tell" or (grasp & sets["announcing"] and word in sets["hosts"])):
                party_verb = True
            elif role == "at" and (
                link in ("at", "during", "on")
                or (link in ("in", "to", "into", "via")
                and (word in sets["goers"] or word in self.words.verbs or word in sets["hosts"]))
            ):
                party_verb = not clauses.passive(governor)
            if role == "object":
                heads += after(governor, "with", "between", "among")
            if role == "subject":
                heads += after(governor, "by")
                if word in ("include", "involve", "bring", "feature", "gather", "unite", "draw", "pit", "see"):
                    (absent if clauses.negated(governor) else heads).extend(objects(governor))
                if clauses.passive(governor):
                    heads += after(governor, "with", "between")
            if party_verb and doer is not None and doer.i != token.i:
                if (
                    (clauses.negated(governor)
                    and word != "say")
                    or word in ("skip", "boycott", "miss")
                    or (grasp & {"refuse", "decline"}
                    and word in ("attend", "join", "participate"))
                ):
                    absent += joined(doer)
                else:
                    heads = [*joined(doer), *heads]
            if governor.i in self.verbs and role in ("at", "object"):
                self.folded.add(governor.i)
                heads += objects(governor) if role == "at" else []
                heads += after(governor, "with", "before", "between", "to") if role == "at" else []
        ids = dict.fromkeys(self.parties.all([h for h in heads if h.i not in self.nouns or h.i == token.i]))
        for t in near:
            actor = self.parties.named(t) or self.parties.country(t)
            if actor and (self.type_of(actor) != "person" or t.dep_ in ("poss", "compound", "nsubj")):
                ids.setdefault(actor)
            elif t.tag_ == "PRP$" or (t.dep_ in ("compound", "poss") and lemma(t) in sets["parts"]) or (t.dep_ == "poss" and t.pos_ == "NOUN"):
                for actor in self.parties.one(t):
                    ids.setdefault(actor)
        # dates
        cancelling = bool(grasp & (sets["cancelling"] | sets["postponing"])) and link in ("object", "subject")
        here = party_verb and (link in ("at", "during", "on") or word == "tell") and not own
        dates = own
        if not own and link != "apart":
            dates = self.clause_dates(
                token, clause, inside, acting=bool(grasp & sets["announcing"]) and link == "object", cancelled=cancelling
            )
        if governor is not None and link == "apart":
            dates = own
        status = self.noun_status(token, governor, link, verb_chain)
        definite = self.definite(token)
        base = Telling(
            start=token.idx, end=token.idx + len(token), sentence=self.sentence(token), type=noun.type, family=noun.family, noun=True,
            parties=tuple(ids), absent=self.parties.all(absent), status=status, definite=definite, title=self.title(token),
            crowd=bool(heads) and not ids, here=here or (link == "subject" and word in ("run", "last", "end", "begin", "start", "close", "conclude")),
            other=any(t.lower_ in ("previous", "earlier", "another", "next", "second", "third", "last", "further", "new", "other", "more", "future", "first") for t in token.lefts),
        )  # fmt: skip
        region = self.region(token, clause, inside)
        return list(self.split(base, dates, region, token, heads, noun.weak, governor, link))

    def governor(self, token: Token) -> tuple[Token | None, str]:
        """The verb that a noun serves, and as what: "subject", "object", the preposition ("at"), or "apart" where the noun only places another act."""
        link = ""
        t = token
        while t.dep_ in ("conj", "compound") and t.head.pos_ in NOMINAL:
            t = t.head
        if t.dep_ == "poss":
            return None, "apart"
        for _ in range(6):
            dep, head = t.dep_, t.head
            if dep in ("nsubj", "nsubjpass") and head.pos_ in VERBAL:
                return head, link or "subject"
            if dep in ("dobj", "attr", "oprd", "dative") and head.pos_ in VERBAL:
                return head, link or ("object" if dep != "attr" else "subject")
            if (dep == "pobj" and head.dep_ in ("prep", "agent", "dative")) or (dep == "pcomp" and head.dep_ == "prep"):
                prep = head
                while prep.head.dep_ == "prep" and prep.head.pos_ == "ADP":
                    prep = prep.head
                link = link or prep.lower_
                if link == "of" and prep.head.lower_ in (
                    "ahead",
                    "advance",
                    "sidelines",
                    "margins",
                    "end",
                    "start",
                    "beginning",
                    "part",
                    "day",
                    "days",
                    "close",
                    "eve",
                    "host",
                ):
                    link = "at" if prep.head.lower_ in ("end", "sidelines", "margins", "start", "close", "day") else "before"
                t = prep.head
                if t.pos_ in VERBAL:
                    return (
                        (t, link)
                        if link not in NOT_AN_EVENT_OF_ITS_OWN or (link in ("for", "to", "from", "of", "about") and link in ("for", "to"))
                        else (t, "apart")
                    )
                if link not in ("at", "during", "in", "on", "to"):
                    return None, "apart"
                continue
            return None, ""
        return None, ""

    def own_dates(self, token: Token, inside: set[int]) -> list[Dated]:
        """Dates that are the noun's own: "Thursday's call", "a meeting on Monday", "talks planned for May", "the forum, which runs from July 1 to 3"."""
        found = []
        for d in self.occasions.between(min(inside), max(inside)):
            if d.first not in inside or (self.occasions.bound(d) and not self.running_end(d)) or self.closer_noun(self.doc[d.first], token):
                continue
            head = clause_head(self.root(d))
            if head.i in inside and head.i != token.i and head.pos_ in VERBAL and head.dep_ != "ROOT":
                if lemma(head) not in self.words.sets["running"] and not (head.head.i == token.i and head.dep_ == "acl"):
                    continue
            found.append(d)
        return found

    def running_end(self, d: Dated) -> bool:
        """Whether the date ends a run: "runs through March 11"."""
        return self.occasions.ending(d) and lemma(clause_head(self.root(d))) in (
            "run",
            "last",
            "continue",
            "go",
            "scheduled",
            "extend",
            "open",
        )

    def root(self, d: Dated) -> Token:
        """The word of a date that the others hang on."""
        for t in self.doc[d.first : d.last + 1]:
            if not d.first <= t.head.i <= d.last:
                return t
        return self.doc[d.first]

    def closer_noun(self, word: Token, mine: Token) -> bool:
        """Whether the word stands under another noun of a meeting than mine, on the way up."""
        for _ in range(12):
            if word.i == mine.i:
                return False
            if word.i in self.nouns:
                return True
            if word.head.i == word.i:
                return False
            word = word.head
        return False

    def clause_dates(self, token: Token, clause: Token, inside: set[int], acting: bool, cancelled: bool) -> list[Dated]:
        """Dates of the statement that the word stands in."""
        if cancelled:
            return []  # "on Monday postponed the vote": the day is that of postponing
        sentence = token.sent
        found = []
        published = self.text.article.published or ""
        for d in self.occasions.between(sentence.start, sentence.end):
            root = self.root(d)
            if self.when_clause(d, clause):
                found.append(d)
                continue
            if (self.occasions.bound(d) and not self.running_end(d)) or self.closer_noun(root, token) or clause_head(root).i != clause.i:
                continue
            if acting and (d.when.start or "") <= published:
                continue
            found.append(d)
        return found

    def when_clause(self, d: Dated, clause: Token) -> bool:
        """Whether a clause opens with "when" right after the date: "until Monday, when Mr Pell is due to testify"."""
        first = clause.left_edge.i
        return self.doc[first].lower_ == "when" and 0 < first - d.last <= 2

    def region(self, token: Token, clause: Token, inside: set[int]) -> set[int]:
        """The words whose places are this telling's."""
        sentence = token.sent
        found = {t.i for t in sentence if clause_head(t).i == clause.i}
        return found | {i for i in inside if sentence.start <= i < sentence.end}

    def definite(self, token: Token) -> bool:
        """Whether the noun points back: "the call", "those talks", "Thursday's call"."""
        return any((t.dep_ == "det" and t.lower_ in ("the", "that", "those", "this", "these")) or t.dep_ == "poss" for t in token.lefts)

    def type_of(self, actor: str) -> str:
        return self.parties.who.by_id[actor].type if actor in self.parties.who.by_id else ""

    def sentence(self, token: Token) -> tuple[int, int]:
        s = self.text.sentence_at(token.idx)
        return s.start_char, s.end_char

    def title(self, token: Token) -> str:
        """The noun's own phrase, without article and dates."""
        first, last = token.left_edge.i, token.i
        for t in token.rights:
            if (
                t.dep_ == "prep"
                and t.lower_ in ("with", "between", "of", "among", "on", "over", "about")
                and not any(x.ent_type_ in ("DATE", "TIME") for x in t.subtree)
            ):
                if t.right_edge.i - first < 9 and not any(x.dep_ in ("relcl", "acl") for x in t.subtree):
                    last = t.right_edge.i
            elif t.dep_ not in ("prep",):
                break
        kept = [
            t
            for t in self.doc[first : last + 1]
            if not (t.i <= token.i and (t.ent_type_ in ("DATE", "TIME") or t.dep_ == "det" or t.lower_ in ("this", "that", "next", "last")))
        ]
        words = "".join(t.text_with_ws for t in kept).strip(" '’,")
        return re.sub(r"^(?:'s|’s)\s+", "", words)

    def noun_status(self, token: Token, governor: Token | None, link: str, verb_chain: list[Token]) -> Status | None:
        """Status by the words around the noun; None where they say nothing, and the date decides."""
        sets = self.words.sets
        for t in token.children:
            if t.dep_ in ("acl", "relcl"):
                word = lemma(t)
                around = clauses.lemmas([t])
                if around & sets["cancelling"]:
                    return "cancelled"
                if t.tag_ == "VBN" and word in ("propose", "suggest"):
                    return "proposed"
                if around & sets["scheduling"] and governor is None:
                    return "scheduled"
        if governor is None:
            return None
        grasp = clauses.lemmas(verb_chain)
        if link == "object":
            if grasp & (sets["cancelling"] | sets["postponing"]):
                return "cancelled"
            if grasp & sets["proposing"]:
                return "proposed"
            if "agree" in grasp or "announce" in grasp or grasp & {"schedule", "set", "arrange"}:
                return "scheduled"
            return verb_status(verb_chain, sets)
        if link == "subject":
            if (
                (clauses.passive(governor) and grasp & (sets["cancelling"] | sets["postponing"] - {"move", "reschedule"}))
                or lemma(governor) in ("collapse",)
                or "fall through" in grasp
            ):
                return "cancelled"
            if clauses.passive(governor) and lemma(governor) in ("propose", "suggest", "demand", "seek"):
                return "proposed"
            if clauses.passive(governor) and lemma(governor) in ("schedule", "plan", "set", "slate", "arrange", "expect", "pencil"):
                return "scheduled"
            return verb_status(verb_chain, sets)
        if link in ("after", "following"):
            return "held"
        if link in ("at", "during", "in", "on", "to", "into", "via"):
            return verb_status(verb_chain, sets)
        if link == "for" and grasp & {"call", "ask", "plea", "push"}:
            return "proposed"
        return None

    # --- verbs ---

    def of_verb(self, token: Token, verb: dict[str, Any]) -> list[Telling]:
        """Tellings by a verb: none, one, or several where dates are joined."""
        sets = self.words.sets
        doer = subject(token)
        doers = joined(doer) if doer is not None else []
        if doer is not None and doer.lower_ in ("nobody", "none", "it", "that", "which", "this", "what") and verb["needs"] != "before":
            return []
        things = objects(token)
        partners = self.partners(token, verb, doers, things)
        if partners is None:
            return []
        clause = clause_head(token)
        inside = {t.i for t in token.subtree}
        verb_chain = chain(token)
        status = verb_status(verb_chain, sets)
        if (
            status is None
            or (any(t.lower_ in ("if", "unless", "whether") for t in (*token.lefts, *clause.lefts))
            and verb["needs"] != "object")
        ):
            return []
        if (
            verb_chain[-1].dep_ == "ccomp"
            and clauses.infinitive(token) is False
            and clauses.lemmas([verb_chain[-1].head]) & {"ask", "wonder"}
        ):
            return []
        top = verb_chain[-1]
        dates = self.clause_dates(token, clause, inside, acting=status == "proposed", cancelled=status == "cancelled" and top.i != token.i)
        heads = (
            [*doers, *partners] if not (clauses.passive(token) and verb["needs"] in ("object", "person")) else [*doers, *after(token, "by")]
        )
        ids = self.parties.all(heads)
        tally = bool(TALLY.search(token.sent.text))
        if (verb.get("tally") and not tally) or (verb["needs"] == "body" and not (tally or dates)):
            return []
        if verb.get("dated") and not dates:
            return []
        base = Telling(
            start=token.idx, end=token.idx + len(token), sentence=self.sentence(token), type=verb["type"], family=verb["family"], noun=False,
            parties=ids, status=status, sure=bool(dates) or len(ids) > 1 or verb["needs"] == "body", here=verb["needs"] == "body", crowd=not ids or any(not self.parties.one(h) for h in heads), title="",
        )  # fmt: skip
        region = self.region(token, clause, inside)
        return list(self.split(base, dates, region, token, heads, False, token, "verb"))

    def partners(self, token: Token, verb: dict[str, Any], doers: list[Token], things: list[Token]) -> list[Token] | None:
        """Those whom the verb brings together with its subject; None where it tells of no meeting."""
        sets, needs = self.words.sets, verb["needs"]
        many = len(doers) > 1 or (bool(doers) and doers[0].tag_ in ("NNS", "NNPS")) or (bool(doers) and doers[0].lower_ in ("they", "we"))
        with_whom = list(after(token, "with"))
        to_whom = list(after(token, "to"))
        bodies = sets["bodies"]
        if any(lemma(t) in sets["press"] for t in (*with_whom, *to_whom, *things)):
            return None
        if needs == "parties":
            if any(lemma(t) in sets["not_met"] or not (self.somebody(t) or t.tag_ == "NNS") for t in things) and not verb.get("only"):
                return None
            if token.lower_ == "talk" or lemma(token) == "talk":
                with_whom += to_whom
            if any(t.dep_ == "prep" and t.lower_ in ("about", "of") for t in token.children) and not with_whom and not things:
                return None
            return [*things, *with_whom] if things or with_whom or many else None
        if needs == "with":
            whom = with_whom if verb.get("only") else [*with_whom, *to_whom]
            return whom if whom and all(self.somebody(t) for t in whom) else None
        if needs == "object":
            whom = [t for t in things if self.somebody(t)]
            return whom or None
        if needs == "person":
            whom = [t for t in things if self.parties.one(t)]
            return whom or None
        if needs == "phone":
            phone = any(t.lower_ in ("phone", "telephone") for t in token.subtree)
            whom = [t for t in things if self.parties.one(t)]
            return whom if phone and whom else None
        if needs == "down":
            return with_whom if with_whom and any(t.lower_ == "down" for t in token.children) else None
        if needs == "crowd":
            return [] if doers and (lemma(doers[0]) in sets["crowds"] or many) else None
        if needs == "body":
            return [] if doers and any(self.decides(t, bodies) for t in doers) else None
        if needs == "court":
            return [] if doers and any(self.decides(t, sets["courts"]) for t in doers) else None
        if needs == "before":
            whom = [t for t in after(token, "before", "to") if self.somebody(t)]
            court = any(lemma(t) in ("court",) for t in after(token, "in", "at"))
            return whom if whom or court else None
        if needs == "tribunal":
            whom = [t for t in things if self.decides(t, sets["courts"])]
            return whom or None
        if needs == "evidence":
            return list(after(token, "to", "before")) if any(t.lower_ in ("evidence", "testimony") for t in things) else None
        if needs == "questions":
            return list(after(token, "from", "in")) if any(lemma(t) == "question" and t.tag_ == "NNS" for t in things) else None
        return [*things, *with_whom]

    def somebody(self, token: Token) -> bool:
        """Whether a noun means people or a body."""
        if token.pos_ == "PRON":
            return token.lower_ in ("him", "her", "them", "us", "me", "he", "she", "they", "you", "each", "who", "whom")
        if self.parties.one(token) or token.ent_type_ in ("PERSON", "ORG", "NORP"):
            return True
        sets, word = self.words.sets, lemma(token)
        return (
            word in sets["bodies"]
            or word in sets["crowds"]
            or word in sets["delegates"]
            or (word.endswith(("er", "or", "ist", "ant", "ian", "man", "woman"))
            and token.pos_ == "NOUN"
            and token.tag_ == "NNS")
            or word
            in (
                "people",
                "family",
                "ally",
                "victim",
                "president",
                "head",
                "chief",
                "colleague",
                "king",
                "queen",
                "pope",
                "general",
                "side",
                "party",
                "public",
                "parent",
                "friend",
                "counterpart",
                "mayor",
                "governor",
                "premier",
            )
        )

    def decides(self, token: Token, bodies: frozenset[str]) -> bool:
        """Whether a noun means one of the bodies: "the Supreme Court", "lawmakers", "its board"."""
        return lemma(token) in bodies or token.lower_ in bodies or token.lower_.rstrip("s") in bodies

    # --- splitting and standing ---

    def split(
        self,
        base: Telling,
        dates: list[Dated],
        region: set[int],
        token: Token,
        heads: list[Token],
        weak: bool,
        governor: Token | None,
        link: str,
    ) -> Iterator[Telling]:
        """One telling a date where several are joined ("in Brussels on January 12 as well as … in Vienna on January 13")."""
        cuts = self.cuts(dates)
        if not cuts:
            when = self.occasions.combine(dates)
            place = self.place(token, sorted(region), dates)
            yield self.judge(replace(base, when=when, place=place), token, weak, governor, link)
            return
        edges = [min(region), *cuts, max(region) + 1]
        first_stretch = {h.i for h in heads if h.i < token.i}
        for a, b in itertools.pairwise(edges):
            mine = [d for d in dates if a <= d.first < b]
            part = [i for i in sorted(region) if a <= i < b]
            here = [h for h in heads if h.i in first_stretch or a <= h.i < b]
            ids = self.parties.all(here)
            if a != edges[0]:  # what the parse lost between the two
                extra = [
                    self.doc[i] for i in part if self.parties.named(self.doc[i]) and self.doc[i].dep_ in ("conj", "pobj", "dobj", "ROOT")
                ]
                ids = tuple(dict.fromkeys((*ids, *(x for x in self.parties.all([e for e in extra if not self.in_place(e)])))))
            telling = replace(base, when=self.occasions.combine(mine), place=self.place(token, part, mine), parties=ids)
            yield self.judge(telling, token, weak, governor, link)

    def in_place(self, token: Token) -> bool:
        """Whether a name only says where."""
        return token.dep_ == "pobj" and token.head.lower_ in ("in", "at", "of", "for")

    def cuts(self, dates: list[Dated]) -> list[int]:
        """Tokens at which a statement with several days falls into one piece a day; none where it speaks of one."""
        days = sorted((d for d in dates if d.when.day), key=lambda d: d.first)
        if len({d.when.start for d in days}) < 2:
            return []
        found = []
        for a, b in itertools.pairwise(days):
            if a.when.start == b.when.start:
                continue
            seam = next((t.i for t in self.doc[a.last + 1 : b.first] if t.dep_ == "cc" or t.lower_ in ("and", ";")), None)
            if seam is None:
                return []
            found.append(seam)
        return found

    def place(self, token: Token, region: list[int], dates: list[Dated]) -> str | None:
        """Where: the place in the noun's own phrase, else the first of the clause after the word, else any of the clause."""
        events = set(self.nouns)
        found: list[tuple[int, str]] = []
        for i in region:
            t = self.doc[i]
            if t.pos_ == "ADP" and t.lower_ in ("in", "at", "outside", "aboard") and (text := place_after(t, events)):
                if (
                    (self.closer_noun(t, token)
                    and i > token.i)
                    or (t.head.pos_ in NOMINAL
                    and t.head.i not in events
                    and t.head.i < token.i
                    and t.head.dep_ in ("nsubj", "nsubjpass"))
                ):
                    continue
                found.append((i, text))
        if not found:
            return None
        later = [f for f in found if f[0] > token.i]
        return (later or found)[0][1]

    def judge(self, telling: Telling, token: Token, weak: bool, governor: Token | None, link: str) -> Telling:
        """Whether a telling is an event for itself, or only a word for one that is told elsewhere."""
        dated = telling.when is not None and telling.when.start is not None
        if not telling.noun:
            return telling
        parties = len(telling.parties)
        if link == "apart" and not dated:
            return replace(telling, sure=False)
        if dated:
            sure = parties > 0 or not weak or telling.crowd or (telling.when is not None and telling.when.day)
        elif telling.definite:
            sure = False
        else:
            sure = (parties > 1 and not weak) or telling.type == "trial"
        return replace(telling, sure=bool(sure))


def verb_status(verb_chain: list[Token], sets: dict[str, frozenset[str]]) -> Status | None:
    """Status by verb and tense; None where the meeting is denied or only imagined."""
    verb, above = verb_chain[0], verb_chain[1:]
    grasp = clauses.lemmas(above)
    top = verb_chain[-1]
    when = clauses.tense(top)
    if grasp & sets["cancelling"]:
        return "cancelled"
    if any(clauses.negated(v) for v in verb_chain):
        return None
    if grasp & sets["proposing"]:
        return "proposed"
    if when == "possible":
        return "proposed"
    if (
        grasp & sets["scheduling"]
        or when == "future"
        or (lemma(top) == "be"
        and above)
        or any(lemma(v) == "go" and v.tag_ == "VBG" for v in above)
    ):
        return "scheduled"
    if verb.tag_ == "VBG" and any(t.lower_ in ("is", "are") for t in verb.lefts if t.dep_ == "aux"):
        return "held"
    return "held"


def find_tellings(text: Analysed, found: Found) -> list[Telling]:
    """The tellings of an article, in order."""
    return list(Finder(text, found).tellings())
