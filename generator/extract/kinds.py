"""What kind of actor a name names: decided once for an article, by lists, by the words around each mention, and last by spaCy's votes.

spaCy's small model calls one and the same name a person here and an organization there, and things organizations. Who says or does something
is somebody; what only stands before a noun ("the Kestrel rocket") is something.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from itertools import pairwise

from generator.extract.cues import verbs
from generator.extract.names import QUOTES, Name, begins_sentence, capital
from generator.extract.nlp import is_noun
from generator.extract.tokens import Tokens, lists
from generator.model import ActorType
from generator.names import ambiguous_countries, countries, demonyms, first_names, known_organizations, places, seats

INNER = re.compile(r"[a-z][A-Z][a-z]")
FAMILY = re.compile(r"(?:Ma?c|De|Di|Du|La|Le|Lo|Van|Von|Fitz|O['’]|D['’]|Al|El|St|Da|Mc|Te|Ó|Ní|Ap|Vander)[A-Z]|.*-")
ABSTRACT = ("ism", "isms", "phobia", "ology", "pathy", "isation", "ization", "graphy", "onomy")  # "Islamophobia", "Homeopathy"
SPEAKS = frozenset(
    {"said", "says", "told", "tells", "added", "adds", "wrote", "recalled", "recalls", "insisted", "insists", "explained", "explains"}
)
SQUAD = frozenset({"manager", "coach", "captain", "striker", "midfielder", "defender", "goalkeeper", "winger", "boss"})  # of a team
BY_HAND = frozenset(
    {
        "coached",
        "written",
        "directed",
        "painted",
        "composed",
        "taught",
        "trained",
        "edited",
        "photographed",
        "translated",
        "mentored",
        "sung",
    }
)
PLURAL_VERBS = frozenset({"have", "are", "were"})  # behind one name: a team or a firm, as the British write
SITES = frozenset(  # of which a place stands: "the market of Dar Salim"
    {"market", "town", "city", "village", "port", "province", "district", "region", "island", "battle", "suburb", "outskirts", "streets", "north", "south",
     "east", "west", "valley", "state", "county", "parish", "coast", "capital", "siege", "hills"}
)  # fmt: skip
STUDIES = frozenset({"poll", "survey", "study", "report", "analysis", "research", "review", "findings", "polling"})
AT = frozenset({"in", "at", "near", "from", "outside", "inside", "around"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
LABELS = ("PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW")


def kinds(t: Tokens, names: list[Name]) -> dict[str, ActorType | None]:
    """The kind of actor each string names over the whole article; None for what is no actor."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for m in names:
        observe(t, m, seen[m.text])
    kind = {text: kind_of(text, seen[text]) for text in seen}
    full = [text for text, k in kind.items() if k == "person" and " " in text]
    families = {text.split()[-1] for text in full if text.split()[0] in first_names() or seen[text]["titled"]}
    for text, k in kind.items():
        if k != "person" and is_of_family(text, seen, families):
            kind[text] = "person"
            full.append(text)
    surnames, short = {text.split()[-1] for text in full}, short_names_of(full)
    for text in kind:
        if text in surnames or text in short:
            kind[text] = "person"
        elif text.endswith("s") and text[:-1] in surnames and seen[text]["the"]:
            kind[text] = "group"  # "the Sams": a family
        elif kind[text] == "person" and " " in text and text.split()[0] in surnames and seen[text]["PERSON"] * 2 < seen[text]["mentions"]:
            kind[text] = None  # "Warhol Polaroids": a thing of somebody's
    return kind


def is_of_family(text: str, seen: dict[str, Counter[str]], families: set[str]) -> bool:
    """Whether a name of two or three words ends in a surname: another person's of the article, or what somebody is called who says something.

    Firms are called by their first word ("Larkspur" for "Larkspur Capital"), people by their last.
    """
    words, lists_ = text.split(), lists()
    last = words[-1]
    if not 1 < len(words) < 4 or text in known_organizations() or text in countries() or seen[text]["the"] or seen[text]["body"]:
        return False
    odd = any(not w[0].isupper() or w in lists_["org"] or w in demonyms() or w in countries() for w in words)
    if last in ends_of_others() or odd or words[0] in lists_["place_first"] or words[0] in lists_["vessels"] or is_acronym(words[0]):
        return False
    alone = seen.get(last, Counter())
    return last in families or bool(alone["speaks"] and not alone["the"] and not alone["belongs"])


def short_names_of(people: list[str]) -> set[str]:
    """What the people named in full may be called: by any word of their names, or by the last two ("Suu Kyi", "bin Salman")."""
    found: set[str] = set()
    for words in (n.split() for n in people):
        if len(words) > 1:
            found.update((words[0], words[-1]))
        if len(words) > 2:
            found.add(" ".join(words[-2:]))
    closed = not_actors()
    return {
        f
        for f in found
        if capital(f.split()[-1]) and len(f) > 1 and f not in countries() and f not in known_organizations() and f not in closed
    }


def observe(t: Tokens, m: Name, seen: Counter[str]) -> None:
    """Counts what one mention tells: spaCy's label, a title, a verb only somebody can be the subject of …"""
    words = lists()
    seen["mentions"] += 1
    labels = Counter(t.ent[i] for i in range(m.first, m.last) if t.ent[i])
    if labels:
        seen[labels.most_common(1)[0][0]] += 1
    before = t.low[m.first - 1] if m.first else ""
    after = t.low[m.last] if m.last < len(t) else ""
    apposed = (
        before == "," and after in (",", ".") and m.first > 1 and t.low[m.first - 2] in words["titles"]
    )  # "the spokesman, Bayo Onanuga,"
    seen["titled"] += m.titled or apposed
    seen["the"] += before == "the"
    seen["opening"] += begins_sentence(t, m.first)
    root = next((i for i in range(m.last - 1, m.first - 1, -1) if not m.first <= t.head[i] < m.last), m.last - 1)
    if (
        t.dep[root] == "conj"
        and t.low[t.head[t.head[root]]] in words["acts"]
        and t.ent[root] in ("ORG", "NORP")
        and t.ent[t.head[root]] in ("ORG", "NORP")
    ):
        root = t.head[root]  # "the Greens and the Social Democrats formed": both did
    head = t.head[root]
    if acts(t, m, root):
        seen["acts"] += 1
    elif t.dep[root] in SUBJECTS:
        seen["subject"] += 1
    if t.dep[root] == "compound" and head >= m.last and t.text[head].islower():
        seen["belongs" if t.low[head] in words["titles"] else "before noun"] += 1
    if has_members(t, m, before, after):
        seen["belongs"] += 1
    if (after in ("of", "from") and is_body(t, m.last + 1)) or (before in ("'s", "’s") and is_body(t, m.first - 2)):
        seen["member"] += 1  # "Wong of the FTU", "Arsenal's Bukayo Saka"
    comma = m.first - 1 - (before == "the")
    set_off = comma > 0 and t.text[comma] == "," and after == "," and t.low[comma - 1] in words["bodies"]  # "a supermarket chain, Bestco,"
    employed = set_off and speaks_for(t, comma - 1)
    seen["titled"] += employed
    if before in words["bodies"] or (set_off and not employed) or after == "magazine":
        seen["body"] += 1
    elif before in words["works"] or (before in QUOTES and m.first > 1 and t.low[m.first - 2] in words["works"]):
        seen["work"] += 1
    if before in QUOTES and after in QUOTES:
        seen["quoted"] += 1
    seen["human"] += is_described(t, m)
    seen["human"] += before == "by" and m.first > 1 and t.low[m.first - 2] in BY_HAND and 1 < m.last - m.first < 4 and after != "&"
    seen["speaks"] += t.dep[root] == "nsubj" and t.low[head] in SPEAKS
    seen["club"] += after in SQUAD
    seen["plural"] += (
        t.dep[root] == "nsubj" and after in PLURAL_VERBS and not m.text.endswith("s") and before not in ("and", ",", "'s", "’s")
    )
    seen["told"] += (before if before != "the" else t.low[m.first - 2]) in ("told", "tells")
    seen["which"] += after == "," and m.last + 1 < len(t) and t.low[m.last + 1] == "which"
    if released_by(t, m.first - 1 - (before == "the")):
        seen["released"] += 1
    located = before == "of" and m.first > 1 and (t.low[m.first - 2] in SITES or t.low[m.first - 2] in words["of_places"])
    seen["in"] += (before in AT and before != "from") or located
    seen["place"] += located
    if before in AT or (before == "the" and m.first > 1 and t.low[m.first - 2] in AT):
        seen["place"] += 1


def is_described(t: Tokens, m: Name) -> bool:
    """Whether what stands behind a name is told of people alone: an age, or "who" and what they do."""
    i, n = m.last, len(t)
    if i + 2 >= n or t.text[i] not in (",", "("):
        return False
    age = t.text[i + 1].isdigit() and len(t.text[i + 1]) == 2 and t.text[i + 2] in (",", ")", ".")
    return age or (m.last - m.first > 1 and t.low[i + 1] == "who" and t.dep[m.last - 1] in SUBJECTS and t.low[t.head[m.last - 1]] in SPEAKS)


def speaks_for(t: Tokens, i: int) -> bool:
    """Whether the body that is named by the noun at `i` is somebody's employer: "a spokesman for the rail operator, Jan Roe,"."""
    first = max(1, i - 6)
    while i > first and t.pos[i] in ("NOUN", "ADJ", "PROPN", "DET") and not t.opens[i]:
        i -= 1
    return t.low[i] in ("for", "of", "at", "with", "from") and t.low[i - 1] in lists()["titles"]


def released_by(t: Tokens, i: int) -> bool:
    """Whether the words that end at `i` say whose poll or study it is: "a poll for the Herald by", "a report released on Monday by"."""
    if i < 1 or t.low[i] != "by":
        return False
    return any(t.low[k] in STUDIES for k in range(max(0, i - 7), i) if not any(t.opens[k + 1 : i]))


def has_members(t: Tokens, m: Name, before: str, after: str) -> bool:
    """Whether the words around a mention give it people, or initials: "director of X", "X's lawyer", "X chief executive", "… (XYZ)"."""
    words, n = lists(), len(t)
    if m.first > 1 and employs(t, m.first - 1 - (before == "the")):
        return True
    if m.last + 1 >= n:
        return False
    following = t.low[m.last + 1]
    if after in ("'s", "’s") or (after in ("'", "’") and m.text.endswith("s")):
        k = m.last + 1
        while k + 1 < n and k < m.last + 3 and t.pos[k] == "ADJ" and t.low[k] not in words["titles"]:
            k += 1  # "Eskom's outgoing boss"
        if t.low[k] in words["titles"] and t.low[k] not in words["of_places"]:
            return True
        return (t.ent[m.last + 1] == "PERSON" or following in words["titles"]) and following not in words["of_places"]
    offices = words["titles"] - words["of_places"]
    if t.text[m.last].islower() and (after in offices or (after in words["before"] and following in words["titles"])):
        return True
    if after == "(" and is_acronym(t.text[m.last + 1]):
        return t.text[m.last + 1][0] == m.text[0]
    return before == "(" and after == ")" and m.first > 1 and t.text[m.first - 2] in words["org"]


def is_body(t: Tokens, i: int) -> bool:
    """Whether an organization is named at `i`, after "the" or not."""
    i += i < len(t) and t.low[i] == "the"
    return i < len(t) and (t.text[i] in known_organizations() or is_acronym(t.text[i]) or (t.ent[i] == "ORG" and t.text[i][0].isupper()))


def acts(t: Tokens, m: Name, root: int) -> bool:
    """Whether a mention does what only somebody can do."""
    doing = acting()
    if t.dep[root] == "nsubj" and t.low[t.head[root]] in doing:
        return True
    if m.last < len(t) and t.low[m.last] in doing and t.pos[m.last] == "VERB":
        return True
    to = m.first - 1 - (m.first > 0 and t.low[m.first - 1] == "the")
    cut_short = m.last < len(t) and t.low[m.last] in ("and", "&")  # "according to the Arts and Humanities Citation Index"
    return to > 0 and t.low[to] == "to" and t.low[to - 1] == "according" and not cut_short


def employs(t: Tokens, i: int) -> bool:
    """Whether the words that end at `i` say where somebody belongs: "director of", "members of", "spokesman for", "Wong of"."""
    if t.low[i] not in ("of", "for", "at", "from", "with", "by"):
        return False
    before = t.low[i - 1]
    if before.removesuffix("s") in lists()["of_places"]:
        return False
    return (
        before in lists()["titles"]
        or before.removesuffix("s") in lists()["titles"]
        or (t.low[i] in ("of", "from") and t.ent[i - 1] == "PERSON")
    )


def kind_of(text: str, seen: Counter[str]) -> ActorType | None:
    """The kind of one string: the lists first, then titles, then what its words are, then what it does, and last spaCy's label."""
    words, known = text.split(), lists()
    last = words[-1]
    if text in countries() and not (countries()[text] in ambiguous_countries() and seen["PERSON"] > seen["GPE"]):
        return "country"
    if text in known_organizations():
        return "organization"
    if text in known["groups"]:
        return "group" if seen["acts"] or seen["subject"] or seen["belongs"] else None
    if text == "House":  # of Representatives; a house of another kind has no capital, or more words
        return "organization" if seen["the"] and (seen["ORG"] or seen["acts"] or seen["subject"]) else None
    if words[0] == "Sunday" and len(words) == 2 and seen["the"] and (seen["acts"] or seen["ORG"]):
        return "organization"  # "the Sunday Tribune": papers are named so after this day alone
    if text in not_actors() or seen["quoted"] == seen["mentions"]:
        return None
    if seen["titled"] and last not in known["org"] and not (is_brand(words) and words[0] not in first_names()):
        return "organization" if is_acronym(text) else "person"
    if last in known["legal"]:
        return "organization"
    if 1 < len(words) < 4 and words[0] in first_names() and seen["PERSON"] and last not in known["org"]:
        return "person"
    if last in known["not"] or words[0] in known["vessels"] or text.startswith("Space Shuttle") or seen["work"]:
        return None
    if text.isupper() and len(words) > 1 and all(len(w) > 2 for w in words):
        return None  # "PORT SALIM" at the head of a report: where it was written
    if is_organization(words, seen):
        return "organization"
    if 1 < len(words) < 5 and seen["human"] and not seen["the"] and last not in known["place"]:
        return "person"
    if last in known["place"] and len(words) > 1 and seen["club"] and text not in places():
        return "organization"  # "Harport City manager Dario Venturi"
    if last in known["place"] or words[0] in known["place_first"]:
        return None
    if 1 < len(words) <= 4 and words[0] in first_names() and (not seen["the"] or seen["before noun"]):
        return "person"
    return by_evidence(text, words, seen)


def is_brand(words: list[str]) -> bool:
    """Whether a word has a capital in its midst, as firms and papers write themselves ("ValueLand") and few people do ("McKay", "DeShawn")."""
    return any(INNER.search(w) and not FAMILY.match(w) for w in words)


def is_acronym(text: str) -> bool:
    """Whether a name is one word of capitals."""
    return text.isupper() and len(text) > 1 and " " not in text and "." not in text


def is_organization(words: list[str], seen: Counter[str]) -> bool:
    """Whether a name ends in what organizations are called, or has it before "of"."""
    known = lists()
    if len(words) < 2:
        return False
    if words[-2:] in (["School", "District"], ["Health", "District"]):
        return True
    head = next(
        (w for w, following in pairwise(words) if following in ("of", "for", "on") and (w in known["org"] or w in known["of"])), None
    )
    if not head:
        head = words[-1]
        if head not in known["org"]:
            return False
    if head != words[-1] and words[-1] in known["place"] and " ".join(words[words.index(head) + 2 :]) not in places():
        return False  # "Daughters of the American Revolution Constitution Hall"
    if head not in known["weak"]:
        return True
    if head in ("Centre", "Center", "Gallery", "Library") and seen["place"] == seen["mentions"] and not seen["acts"]:
        return False  # "at the Metro Toronto Convention Centre": where it is, not who does it
    return bool(seen["ORG"] or seen["acts"] or seen["belongs"])


def by_evidence(text: str, words: list[str], seen: Counter[str]) -> ActorType | None:
    """The kind of a name no list knows, by what it does in the article. One that does nothing is listed only where it looks like a person's.

    (On the developers' data, three in four of the names that spaCy calls an organization for no reason we can see are none.)
    """
    if len(words) == 1 and text.lower().endswith(ABSTRACT):
        return None
    if seen["body"]:
        return "organization"
    if len(words) == 1 and seen["opening"] == seen["mentions"] and text not in first_names() and text not in lists()["org"]:
        if not seen["acts"] and not any(seen[label] for label in LABELS):
            return None  # "Duty forecaster Ann Poe"
        if (text.endswith("s") or not seen["acts"]) and not seen["titled"] and not seen["belongs"] and is_noun(text.lower()):
            return None  # "Guidebooks say", "Turnout was low"
    if len(words) > 1 and words[-1].lower() in lists()["titles"] and words[0] not in first_names():
        return None  # "Los Angeles Sheriff"
    if seen["plural"] and not seen["in"] and not text.endswith("s"):
        return "organization"
    if is_acronym(text) and len(text) > 2 and seen["acts"]:
        return "organization"
    if words[0] in ("Radio", "Éditions", "Editions", "Banco", "Grupo", "Groupe") and len(words) > 1 and seen["ORG"]:
        return "organization"
    if is_brand(words) and words[0] not in lists()["products"] and (seen["acts"] or seen["subject"] or seen["told"] or seen["belongs"]):
        return "organization"
    if seen["which"] and words[0] not in first_names():
        return "organization" if seen["acts"] or seen["subject"] or seen["ORG"] else None
    best = max(LABELS, key=lambda k: seen[k])
    active = bool(seen["acts"] or seen["belongs"] or (seen["released"] and best == "ORG"))
    if seen["member"] and 1 < len(words) < 4 and not seen["the"]:
        return "person"
    if seen["before noun"] == seen["mentions"] and not active:
        return None
    if text in first_names() and seen["acts"] + seen["subject"] > seen["place"] and not seen["the"]:
        return "person"
    if best == "GPE" and seen["acts"] and len(words) in (2, 3) and not seen["the"]:
        return "person"  # towns do not say; "Valeska Paris" does
    if best == "PERSON" and seen["PERSON"] and words[0] in known_organizations():
        return None  # "HBO Max"
    if "&" in words and seen["PERSON"] + seen["ORG"]:
        return "organization"
    if best == "PERSON" and seen["PERSON"]:
        return person_or_body(text, words, seen)
    if best == "NORP" and seen["NORP"]:
        return "group" if words[-1].endswith("s") and len(words[-1]) > 3 and seen["acts"] else None
    if not seen[best] and active and words[-1].lower() not in known_portfolios():
        person = len(words) in (2, 3) and not seen["the"] and not seen["belongs"] and not all(is_noun(w.lower()) for w in words)
        return "person" if person else "organization"
    if best == "ORG" and seen["ORG"] and words[-1].lower() not in known_portfolios():
        team = len(words) > 1 and (words[0] in places() or " ".join(words[:2]) in places())  # "Pittsburgh Pirates"
        return "organization" if active or team or (seen["subject"] and seen["ORG"] == seen["mentions"]) else None
    return None


def person_or_body(text: str, words: list[str], seen: Counter[str]) -> ActorType | None:
    """The kind of a name that spaCy calls a person's."""
    if is_acronym(text):
        return "organization" if seen["acts"] or seen["belongs"] else None
    if len(words) > 1 and seen["in"] == seen["mentions"] and words[0] not in first_names():
        return None  # "in Punta Brava"
    if len(words) > 1:
        return "organization" if seen["belongs"] and words[0] not in first_names() and words[-1] not in first_names() else "person"
    if seen["belongs"] and text not in first_names():
        return "organization"
    if seen["the"]:
        return None  # "the Danube"
    if text in first_names() or seen["acts"] or seen["subject"]:
        return "person"
    return "person" if seen["mentions"] > 1 and seen["PERSON"] * 2 >= seen["mentions"] else None


def known_portfolios() -> frozenset[str]:
    """Words that end the name of an office ("Foreign Affairs minister")."""
    return lists()["before"]


def is_place(text: str) -> bool:
    """Whether a name is only a place's: "Mexico City", "North America"."""
    return text in places() or text.split()[-1] in lists()["place"]


@cache
def acting() -> frozenset[str]:
    """Verbs that only somebody can be the subject of, with all that take what is said, or whom somebody reminds or asks to do a thing."""
    return lists()["acts"] | frozenset(
        f
        for f, known in verbs().items()
        if any({"clause", "person_infinitive"} & set(v.frames) and "finding" not in v.frames for v in known)
    )


@cache
def ends_of_others() -> frozenset[str]:
    """Words that end the names of bodies, places and things, and no person's."""
    known = lists()
    return known["org"] | known["place"] | known["legal"] | known["not"] | places() | frozenset(demonyms())


@cache
def not_actors() -> frozenset[str]:
    """Names that are never actors: towns, regions, peoples' adjectives, months, products."""
    return places() | frozenset(seats()) | frozenset(demonyms()) | lists()["calendar"] | lists()["products"]
