"""What kind of actor a name names: decided once for an article, by lists, by the words around each mention, and last by spaCy's votes.

spaCy's small model calls one and the same name a person here and an organization there, and things organizations. Who says or does something
is somebody; what only stands before a noun ("the Kestrel rocket") is something.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from itertools import pairwise

from generator.extract.names import Name, Tokens, lists
from generator.model import ActorType
from generator.names import ambiguous_countries, countries, demonyms, first_names, known_organizations, places, seats

ABSTRACT = ("ism", "isms", "phobia", "ology", "pathy", "isation", "ization", "graphy", "onomy")  # "Islamophobia", "Homeopathy"
QUOTES = frozenset("\"'“”‘’«»")
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
LABELS = ("PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW")


def kinds(t: Tokens, names: list[Name]) -> dict[str, ActorType | None]:
    """The kind of actor each string names over the whole article; None for what is no actor."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for m in names:
        observe(t, m, seen[m.text])
    kind = {text: kind_of(text, seen[text]) for text in seen}
    surnames = {text.split()[-1] for text, k in kind.items() if k == "person" and " " in text}
    for text in kind:
        if text in surnames and text not in countries() and text not in known_organizations():
            kind[text] = "person"
    return kind


def observe(t: Tokens, m: Name, seen: Counter[str]) -> None:
    """Counts what one mention tells: spaCy's label, a title, a verb only somebody can be the subject of …"""
    seen["mentions"] += 1
    labels = Counter(t.ent[i] for i in range(m.first, m.last) if t.ent[i])
    if labels:
        label, n = labels.most_common(1)[0]
        seen[label] += 1
        seen["whole"] += n == m.last - m.first
    seen["titled"] += m.titled
    before = t.low[m.first - 1] if m.first else ""
    after = t.low[m.last] if m.last < len(t) else ""
    seen["the"] += before == "the"
    root = next((i for i in range(m.last - 1, m.first - 1, -1) if not m.first <= t.head[i] < m.last), m.last - 1)
    head = t.head[root]
    if acts(t, m, root):
        seen["acts"] += 1
    elif t.dep[root] in SUBJECTS:
        seen["subject"] += 1
    if t.dep[root] == "compound" and head >= m.last and t.text[head].islower() and t.low[head] not in lists()["titles"]:
        seen["before noun"] += 1
    if m.first > 1 and affiliates(t, m.first - 1 - (before == "the")):
        seen["affiliates"] += 1
    if before in QUOTES and after in QUOTES:
        seen["quoted"] += 1
    if before in ("in", "near", "from", "outside", "around"):
        seen["place"] += 1


def acts(t: Tokens, m: Name, root: int) -> bool:
    """Whether a mention does what only somebody can do."""
    verbs = lists()["acts"]
    if t.dep[root] in SUBJECTS and t.low[t.head[root]] in verbs:
        return True
    if m.last < len(t) and t.low[m.last] in verbs and t.pos[m.last] == "VERB":
        return True
    return m.first > 1 and t.low[m.first - 1] == "to" and t.low[m.first - 2] == "according"


def affiliates(t: Tokens, i: int) -> bool:
    """Whether the words that end at `i` say where somebody belongs: "director of", "spokesman for", "Wong of"."""
    if t.low[i] not in ("of", "for", "at", "from", "with"):
        return False
    return t.low[i - 1] in lists()["titles"] or (t.low[i] in ("of", "from") and t.ent[i - 1] == "PERSON")


def kind_of(text: str, seen: Counter[str]) -> ActorType | None:
    """The kind of one string, strongest evidence first."""
    words, known = text.split(), lists()
    if text in countries() and not (countries()[text] in ambiguous_countries() and seen["PERSON"] > seen["GPE"]):
        return "country"
    if text in known_organizations():
        return "organization"
    if text in known["groups"]:
        return "group" if seen["acts"] or seen["subject"] else None
    if text in not_actors() or seen["quoted"] == seen["mentions"]:
        return None
    last = words[-1]
    if seen["titled"] and last not in known["org"]:
        return "person"
    if last in known["not"] or words[0] in known["vessels"] or text.startswith("Space Shuttle"):
        return None
    if last in known["legal"]:
        return "organization"
    if is_organization(words, seen):
        return "organization"
    if last in known["place"] or words[0] in known["place_first"]:
        return None
    if 1 < len(words) <= 4 and words[0] in first_names() and (not seen["the"] or seen["before noun"]):
        return "person"
    return by_votes(text, words, seen)


def is_organization(words: list[str], seen: Counter[str]) -> bool:
    """Whether a name ends in what organizations are called, or has it before "of"."""
    known = lists()
    if len(words) < 2:
        return False
    head = words[-1]
    for w, following in pairwise(words):
        if following in ("of", "for", "on") and (w in known["org"] or w in known["of"]):
            head = w
            break
    if head not in known["org"] and head not in known["of"]:
        return False
    return head not in known["weak"] or bool(seen["ORG"])


def by_votes(text: str, words: list[str], seen: Counter[str]) -> ActorType | None:
    """The kind spaCy gives most often, where the words around do not speak against it."""
    best = max(LABELS, key=lambda k: seen[k])
    acts = seen["acts"] + 0.5 * seen["subject"]
    if seen["before noun"] == seen["mentions"] and not acts:
        return None
    if len(words) == 1 and text.lower().endswith(ABSTRACT):
        return None
    if not seen[best]:
        if not seen["acts"]:
            return None
        return "person" if len(words) in (2, 3) else "organization"
    if best == "PERSON":
        return "organization" if text.isupper() and len(words) == 1 and len(text) > 1 else "person"
    if best == "ORG":
        return "organization"
    if best == "NORP":
        return "group" if words[-1].endswith("s") and len(words[-1]) > 3 and seen["acts"] else None
    return None


@cache
def not_actors() -> frozenset[str]:
    """Names that are never actors: towns, regions, peoples' adjectives, months, products."""
    return places() | frozenset(seats()) | frozenset(demonyms()) | lists()["calendar"] | lists()["products"]
