"""What a person may want to decide over all articles: who is one actor under two names, or two under one, and which events are one.

Proposals only, each with its reasons: names that nearly agree are never joined without a person's word. What is decided is written to
`content/actors/<id>.yaml` or `content/events/<id>.yaml`, where it can be read, changed and taken back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations
from typing import Literal

from generator.days import days
from generator.model import Curation, Event, Profile, Site, Value
from generator.names import plain_words
from generator.typed import Reading, read_list
from generator.words import fold
from generator.yamltext import Node, compose, flow_list, keys_of

# Two spellings of one name, "Sergei" and "Sergey", agree in this share of their letters; "Johnson" and "Johnston" do so as well, which is
# why this only proposes.
NEAR = 0.8
SMALL = frozenset({"of", "the", "and", "for", "on", "in", "de", "la", "du", "von", "van"})
# More pairs than a person would look through come from a name as common as this.
COMMON = 30


class Proposal(Value, frozen=True, kw_only=True):
    """Two that may be one, or one that may be two."""

    folder: Literal["actors", "events"]
    decision: Literal["same", "different"]
    keep: str  # the id whose file takes the decision
    other: str  # the id, or article/meeting, that is named in it
    names: tuple[str, str]
    reasons: tuple[str, ...]
    weight: float  # the likelier, the higher

    @property
    def id(self) -> str:
        """How `curate --yes` names it."""
        return f"{self.keep}{'+' if self.decision == 'same' else ':'}{self.other}"

    def __str__(self) -> str:
        verb = "may be one" if self.decision == "same" else "may be two"
        return f"{self.id}: “{self.names[0]}” and “{self.names[1]}” {verb}: {'; '.join(self.reasons)}"


def propose(site: Site, actors: Sequence[Curation] = (), events: Sequence[Curation] = ()) -> tuple[Proposal, ...]:
    """All proposals that no decision speaks of yet, the likeliest first."""
    decided = decided_pairs((*actors, *events))
    found = [*actor_merges(site), *actor_splits(site), *event_merges(site)]
    fresh = [p for p in found if frozenset({p.keep, p.other}) not in decided]
    return tuple(sorted(fresh, key=lambda p: (-p.weight, p.folder, p.id)))


def decided_pairs(curations: Iterable[Curation]) -> set[frozenset[str]]:
    """Pairs of ids on which a person has spoken."""
    return {frozenset(pair) for c in curations for pair in [*((c.id, o) for o in c.different), *combinations((c.id, *c.same), 2)]}


# --- actors ---


def actor_merges(site: Site) -> Iterator[Proposal]:
    """Two actors of one type whose names nearly agree."""
    shared: dict[tuple[str, str], list[Profile]] = defaultdict(list)
    for profile in site.profiles.values():
        for key in dict.fromkeys(handles(profile)):
            shared[(profile.type, key)].append(profile)
    pairs: dict[tuple[str, str], tuple[Profile, Profile]] = {}
    for group in shared.values():
        if len(group) <= COMMON:
            for a, b in combinations(sorted(group, key=lambda p: p.id), 2):
                pairs[(a.id, b.id)] = (a, b)
    for a, b in pairs.values():
        proposal = merge_of(a, b, site)
        if proposal:
            yield proposal


def handles(profile: Profile) -> Iterator[str]:
    """Under what two names can be found together: the start and the end of a last name, or an acronym."""
    for name in (profile.name, *profile.aliases):
        words = content_words(name)
        if profile.type == "person" and words:
            yield words[-1][:3]
            yield words[-1][-3:]
        elif words:
            yield fold(name)
            yield "".join(w[0] for w in words)
            yield words[0][:4]


def content_words(name: str) -> list[str]:
    return [w for w in plain_words(name) if w not in SMALL]


def merge_of(a: Profile, b: Profile, site: Site) -> Proposal | None:
    """The proposal that two actors are one, where their names allow it and more than one thing speaks for it, or the names alone do."""
    named = names_agree(a, b)
    if not named:
        return None
    reason, weight = named
    reasons = [reason]
    roles = {fold(r.text): r.text for r in a.roles}.keys() & {fold(r.text) for r in b.roles}
    if roles:
        text = next(r.text for r in a.roles if fold(r.text) in roles)
        reasons.append(f"both are called “{text}”")
        weight += 1
    together = [e for e in a.events if e in set(b.events)]
    apart = next((e for e in together if told_together(site.events[e], a, b)), None)
    if apart:
        return None  # one article has both at the same table
    if together:
        reasons.append(f"both took part in {site.events[together[0]].title}")
        weight += 1
    common = set(a.articles) & set(b.articles)
    if common:
        weight -= 1
        reasons.append(f"against it: {count(len(common), 'article')} {'names' if len(common) == 1 else 'name'} both")
    if weight < 1:
        return None
    keep, other = (a, b) if (len(a.articles), len(a.name)) >= (len(b.articles), len(b.name)) else (b, a)
    return Proposal(
        folder="actors", decision="same", keep=keep.id, other=other.id, names=(keep.name, other.name), reasons=tuple(reasons), weight=weight
    )


def told_together(event: Event, a: Profile, b: Profile) -> bool:
    """Whether one article has both as participants, for then they met each other."""
    return any({a.id, b.id} <= set(getattr(told.fact, "participants", ())) for told in event.told)


def names_agree(a: Profile, b: Profile) -> tuple[str, float] | None:
    """In what way names of the two agree, and how much that says."""
    best: tuple[str, float] | None = None
    for x in (a.name, *a.aliases):
        for y in (b.name, *b.aliases):
            found = person_names_agree(x, y) if a.type == "person" else body_names_agree(x, y)
            if found and (best is None or found[1] > best[1]):
                best = found
    return best


def person_names_agree(x: str, y: str) -> tuple[str, float] | None:
    """Two forms of a person's name."""
    one, two = content_words(x), content_words(y)
    if not one or not two or min(len(w) for w in (*one, *two)) == 0:
        return None
    if one == two:
        return f"both go by “{x}”", 2.0 if len(one) > 1 else 1.0
    if len(one) == 1 or len(two) == 1:
        return (f"“{y}” may be short for “{x}”" if len(two) == 1 else f"“{x}” may be short for “{y}”", 0.5) if one[-1] == two[-1] else None
    last, first = near(one[-1], two[-1]), near(one[0], two[0])
    if one[-1] == two[-1] and (one[0][:1] == two[0][:1]) and 1 in (len(one[0]), len(two[0])):
        return f"“{x}” and “{y}” differ in an initial", 1.5
    if one[-1] == two[-1] and one[0] == two[0]:
        return f"“{x}” and “{y}” differ in a middle name", 1.5
    if last >= NEAR and first >= NEAR and one[0][0] == two[0][0]:
        return f"“{x}” and “{y}” look like two spellings", 1.0 + min(last, first) / 2
    return None


def body_names_agree(x: str, y: str) -> tuple[str, float] | None:
    """Two forms of an organization's, a group's or a country's name."""
    one, two = content_words(x), content_words(y)
    if not one or not two:
        return None
    if one == two:
        return f"both go by “{x}”", 2.0
    for short, long, words in ((x, y, two), (y, x, one)):
        letters = short.replace(".", "")
        if letters.isupper() and len(letters) > 1 and len(words) > 1 and fold(letters) == "".join(w[0] for w in words):
            return f"“{short}” are the first letters of “{long}”", 1.5
    if len(one) > 1 and len(two) > 1 and near(" ".join(one), " ".join(two)) >= 0.9:
        return f"“{x}” and “{y}” look like two spellings", 1.0
    return None


def near(a: str, b: str) -> float:
    """How far two words agree, from 0 to 1."""
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def actor_splits(site: Site) -> Iterator[Proposal]:
    """One actor under whose id articles name people of different first names."""
    local: dict[str, dict[str, str]] = defaultdict(dict)
    for profile in site.profiles.values():
        if profile.type != "person":
            continue
        full = {tuple(content_words(n)): n for n in (profile.name, *profile.aliases) if len(content_words(n)) > 1}
        for (one, x), (two, y) in combinations(sorted(full.items()), 2):
            if one[-1] == two[-1] and one[0][0] != two[0][0]:
                other = next((f for f in profile.formerly if f != profile.id), "")
                if other and other not in local[profile.id]:
                    local[profile.id][other] = y
                    reason = f"they are called “{x}” and “{y}”"
                    yield Proposal(
                        folder="actors", decision="different", keep=profile.id, other=other, names=(x, y), reasons=(reason,), weight=1.0
                    )


def count(n: int, noun: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}"


# --- events ---


def event_merges(site: Site) -> Iterator[Proposal]:
    """Two events of the same days in which the same take part, or which are called nearly the same."""
    by_party: dict[str, list[Event]] = defaultdict(list)
    for event in site.events.values():
        for id_ in event.participants:
            by_party[id_].append(event)
    pairs: dict[tuple[str, str], tuple[Event, Event]] = {}
    for events in by_party.values():
        dated = sorted((e for e in events if days(e.start)), key=lambda e: e.start or "")
        for i, one in enumerate(dated):
            for two in dated[i + 1 : i + 1 + COMMON]:
                when, then = days(one.start), days(two.start)
                if when and then and not when.meets(then):
                    break
                pairs[(one.id, two.id)] = (one, two)
    for a, b in pairs.values():
        shared = [i for i in a.participants if i in b.participants]
        words_a, words_b = set(content_words(a.title)), set(content_words(b.title))
        alike = len(words_a & words_b) / max(1, min(len(words_a), len(words_b)))
        if len(shared) < 2 and not (shared and alike >= 0.5):
            continue
        if {t.article.id for t in a.told} & {t.article.id for t in b.told}:
            continue  # one article tells of both
        names = " and ".join(site.profiles[i].name if i in site.profiles else i for i in shared[:3])
        reasons = [f"both on {a.start if a.start == b.start else f'{a.start} and {b.start}'}", f"with {names}"]
        weight = 0.5 * len(shared) + (a.start == b.start) + (a.place is not None and a.place == b.place)
        if a.type == b.type:
            reasons.append(f"both a {a.type}")
            weight += 0.5
        keep, other = (a, b) if len(a.told) >= len(b.told) else (b, a)
        ref = f"{other.told[0].article.id}/{other.told[0].fact.id}"
        yield Proposal(
            folder="events",
            decision="same",
            keep=keep.id,
            other=ref,
            names=(keep.title, other.title),
            reasons=tuple(reasons),
            weight=weight,
        )


# --- decisions ---


class Undecidable(ValueError):
    """The file that would take the decision cannot be read."""


def decide(text: str | None, proposal: Proposal, file: str) -> str:
    """The words of the decision's file once it takes the proposal; `text` is what it holds now, of which all else stays."""
    name = proposal.decision
    if text is None or not text.strip():
        return f"# {'; '.join(one_line(r) for r in proposal.reasons)}\n{name}: {flow_list((proposal.other,))}\n"
    composed = compose(text, file)
    root = composed.root
    if composed.problems or (root is not None and root.kind != "mapping" and not root.is_null):
        raise Undecidable(str(composed.problems[0]) if composed.problems else f"{file}: this is no list of `key: value`")
    newline = "\r\n" if "\r\n" in text else "\n"
    keys = keys_of(root, file)[0] if root is not None and root.kind == "mapping" else {}
    if name not in keys:
        end = "" if text.endswith("\n") else newline
        return f"{text}{end}{name}: {flow_list((proposal.other,))}{newline}"
    return with_item(text, keys[name][1], proposal.other, newline, file)


def with_item(text: str, node: Node, item: str, newline: str, file: str) -> str:
    """The text with one more item in a list."""
    reading = Reading(file)
    have = () if node.is_null else read_list(node, "same", (), reading)
    if reading.problems:
        raise Undecidable(str(reading.problems[0]))
    if item in have:
        return text
    if node.kind == "sequence" and node.style is None and node.value:
        indent = " " * (node.start - text.rfind("\n", 0, node.start) - 1)
        end = text.find("\n", node.value[-1].end)
        at = len(text) if end < 0 else end - (text[end - 1] == "\r")
        return f"{text[:at]}{newline}{indent}- {flow_list((item,))[1:-1]}{text[at:]}"
    space = " " if node.start == node.end else ""
    return text[: node.start] + space + flow_list((*have, item)) + text[node.end :]


def one_line(text: str) -> str:
    return " ".join(text.split())
