"""What a person may want to decide over all articles: who is one actor under two names, or two under one, and which events are one.

Proposals only, each with its reasons: names that nearly agree are never joined without a person's word. What is decided is written to
`content/actors/<id>.yaml` or `content/events/<id>.yaml`, where it can be read, changed and taken back.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from typing import Literal

from generator.days import days
from generator.model import Actor, Article, Curation, Event, FactSheet, Meeting, Profile, Site, Told, Value
from generator.names import countries, demonyms, plain_words
from generator.typed import Reading, read_list
from generator.words import fold
from generator.yamltext import Node, compose, flow_list, keys_of

# Two spellings of one name, "Sergei" and "Sergey", agree in this share of their letters; "Johnson" and "Johnston" do so as well, which is
# why this only proposes.
NEAR = 0.8
SMALL = frozenset({"of", "the", "and", "for", "on", "in", "de", "la", "du", "von", "van"})
# More pairs than a person would look through come from a name as common as this.
COMMON = 30
TOWARDS = frozenset({"to", "for", "in", "on", "with", "against", "at"})  # "envoy to Ukraine" is not Ukraine's
MOST_CALLED = 60  # articles of one actor that are compared in pairs


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


def propose(
    site: Site,
    actors: Sequence[Curation] = (),
    events: Sequence[Curation] = (),
    sheets: Sequence[FactSheet] = (),
    ids: Mapping[str, Mapping[str, str]] | None = None,
) -> tuple[Proposal, ...]:
    """All proposals that no decision speaks of yet, the likeliest first.

    Of actors that may be two: `sheets` as people write them, and `ids` with each article's own ids of its actors and the site's.
    """
    decided = decided_pairs((*actors, *events))
    found = [*actor_merges(site), *actor_splits(site, sheets, ids or {}), *event_merges(site), *event_splits(site)]
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
            if a.type == "person":
                found = None if first_name_alone(x, y, a, b) else person_names_agree(x, y)
            else:
                found = None if spelled_out(x, a) or spelled_out(y, b) else body_names_agree(x, y)
            if found and (best is None or found[1] > best[1]):
                best = found
    return best


def first_name_alone(x: str, y: str, a: Profile, b: Profile) -> bool:
    """Whether two share one word that is the surname of neither, as "Frank" of Frank Messina and Frank Rack."""
    if x != y or len(content_words(x)) != 1:
        return False
    full = [content_words(n) for p in (a, b) for n in (p.name, *p.aliases) if len(content_words(n)) > 1]
    return any(words[-1] != content_words(x)[0] for words in full)


def spelled_out(short: str, profile: Profile) -> bool:
    """Whether letters are those of a name that the body itself goes by: "GM" of General Motors stands for nobody else."""
    letters = fold(short.replace(".", ""))
    return short.replace(".", "").isupper() and any(
        letters == "".join(w[0] for w in words) for n in (profile.name, *profile.aliases) if len(words := content_words(n)) > 1
    )


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
    numbers = [w for w in one if any(c.isdigit() for c in w)] == [
        w for w in two if any(c.isdigit() for c in w)
    ]  # "A320" is no misspelt "A380"
    if len(one) > 1 and len(two) > 1 and numbers and near(" ".join(one), " ".join(two)) >= 0.9:
        return f"“{x}” and “{y}” look like two spellings", 1.0
    return None


def near(a: str, b: str) -> float:
    """How far two words agree, from 0 to 1."""
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


@dataclass(frozen=True)
class Called:
    """What one article calls an actor."""

    ref: str  # "article id/the actor's id in its sheet": how a decision names it
    article: Article
    actor: Actor
    others: frozenset[str]  # whom else the article names


def actor_splits(site: Site, sheets: Sequence[FactSheet], ids: Mapping[str, Mapping[str, str]]) -> Iterator[Proposal]:
    """One actor under whom articles seem to speak of two: of other first names, other countries, other kinds, or of nothing in common."""
    called: dict[str, list[Called]] = defaultdict(list)
    for sheet in sheets:
        of_sheet = ids.get(sheet.article.id, {})
        everyone = frozenset(of_sheet.get(a.id, a.id) for a in sheet.actors)
        for actor in sheet.actors:
            id_ = of_sheet.get(actor.id, actor.id)
            called[id_].append(Called(f"{sheet.article.id}/{actor.id}", sheet.article, actor, everyone - {id_}))
    for profile in site.profiles.values():
        for odd, other, reason in odd_ones(called[profile.id]):
            yield Proposal(
                folder="actors", decision="different", keep=profile.id, other=odd.ref, names=(other.actor.name, odd.actor.name),
                reasons=(reason,), weight=1.0,
            )  # fmt: skip


def odd_ones(called: Sequence[Called]) -> Iterator[tuple[Called, Called, str]]:
    """Those that do not go with the others, each with one that it contradicts and why; where two are even, the later article's."""
    left = sorted(called, key=lambda c: (c.article.published or "", c.ref))
    if len(left) > MOST_CALLED:
        return  # so many articles are not looked through in pairs; what is odd among so many is rarely one of them
    against = {(a.ref, b.ref): why for a, b in combinations(left, 2) if (why := contradiction(a, b, left))}
    while against:
        weights = Counter(ref for pair in against for ref in pair)
        odd = max(left, key=lambda c: (weights[c.ref], c.article.published or "", c.ref))
        why, other = next((why, b if a == odd.ref else a) for (a, b), why in against.items() if odd.ref in (a, b))
        yield odd, next(c for c in left if c.ref == other), why
        left.remove(odd)
        against = {pair: why for pair, why in against.items() if odd.ref not in pair}


def contradiction(a: Called, b: Called, everyone: Sequence[Called]) -> str | None:
    """Why what two articles call one actor may mean two."""
    x, y = a.actor, b.actor
    if (x.type == "person") != (y.type == "person") and "country" not in (x.type, y.type):
        return f"“{x.name}” is a {x.type} in {a.article.id}, and “{y.name}” a {y.type} in {b.article.id}"
    if x.type != "person":
        return None
    one, two = content_words(x.name), content_words(y.name)
    if len(one) > 1 and len(two) > 1 and one[0][0] != two[0][0] and not any(named_both(c, one, two) for c in everyone):
        return f"“{x.name}” in {a.article.id} and “{y.name}” in {b.article.id} have other first names"
    lands, other_lands = countries_of(x.role), countries_of(y.role)
    roles = f"“{x.role}” in {a.article.id} and “{y.role}” in {b.article.id}"
    if lands and other_lands and not lands & other_lands:
        return f"the roles speak of other countries: {roles}"
    lone = 1 in (len(one), len(two)) and len(one) != len(two)
    if (
        lone
        and not lands & other_lands
        and x.role
        and y.role
        and not set(content_words(x.role)) & set(content_words(y.role))
        and not a.others & b.others
    ):
        return f"they share the surname alone: {roles}, and the two articles name nobody else in common"
    return None


def named_both(c: Called, one: Sequence[str], two: Sequence[str]) -> bool:
    """Whether an article itself goes by both names: "Bill Clinton", "William Clinton"."""
    firsts = {words[0] for words in map(content_words, (c.actor.name, *c.actor.aliases)) if len(words) > 1}
    return {one[0], two[0]} <= firsts


def countries_of(role: str | None) -> frozenset[str]:
    """The countries that a role belongs to: Russia for "Russian envoy to Ukraine"."""
    words = (role or "").replace("’s", "").replace("'s", "").split()
    table = demonyms() | countries()
    found = set()
    for i in range(len(words)):
        before = [w for w in words[max(0, i - 2) : i] if w != "the"][-1:]
        if before and before[0] in TOWARDS:
            continue
        found |= {table[name] for n in (3, 2, 1) if (name := " ".join(words[i : i + n])) in table}
    return frozenset(found)


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
    found = [p for a, b in pairs.values() if (p := event_merge_of(a, b, site))]
    # Five events that are one take four decisions, not ten.
    joined: dict[str, str] = {}

    def root(id_: str) -> str:
        while id_ in joined:
            id_ = joined[id_]
        return id_

    for weight, a, b, reasons in sorted(found, key=lambda p: (-p[0], p[1].id, p[2].id)):
        if root(a.id) == root(b.id):
            continue
        joined[root(b.id)] = root(a.id)
        keep, other = (a, b) if len(a.told) >= len(b.told) else (b, a)
        yield Proposal(
            folder="events",
            decision="same",
            keep=keep.id,
            other=f"{other.told[0].article.id}/{other.told[0].fact.id}",
            names=(keep.title, other.title),
            reasons=reasons,
            weight=weight,
        )


def event_merge_of(a: Event, b: Event, site: Site) -> tuple[float, Event, Event, tuple[str, ...]] | None:
    """How much speaks for it that two events of the same days are one, and what; nothing where too little does."""
    shared = [i for i in a.participants if i in b.participants]
    words_a, words_b = set(content_words(a.title)), set(content_words(b.title))
    alike = len(words_a & words_b) / max(1, min(len(words_a), len(words_b)))
    if len(shared) < 2 and not (shared and alike >= 0.5):
        return None
    if {t.article.id for t in a.told} & {t.article.id for t in b.told}:
        return None  # one article tells of both
    names = " and ".join(site.profiles[i].name if i in site.profiles else i for i in shared[:3])
    reasons = [f"both on {a.start if a.start == b.start else f'{a.start} and {b.start}'}", f"with {names}"]
    weight = 0.5 * len(shared) + (a.start == b.start) + (a.place is not None and a.place == b.place)
    if a.type == b.type:
        reasons.append(f"both a {a.type}")
        weight += 0.5
    return weight, a, b, tuple(reasons)


def event_splits(site: Site) -> Iterator[Proposal]:
    """One event of which articles differ both in the place and in who takes part: each has somebody whom the other does not know."""
    for event in site.events.values():
        for odd, other in odd_tellings(event.told):
            one, two = meeting_of(other), meeting_of(odd)
            reason = (
                f"{other.article.id} has it in {one.place} with {who(one, site)}, and {odd.article.id} in {two.place} with {who(two, site)}"
            )
            yield Proposal(
                folder="events", decision="different", keep=event.id, other=f"{odd.article.id}/{two.id}", names=(one.title, two.title),
                reasons=(reason,), weight=1.0,
            )  # fmt: skip


def odd_tellings(told: Sequence[Told]) -> Iterator[tuple[Told, Told]]:
    """Tellings that contradict an earlier one, with that one."""
    for n, odd in enumerate(told):
        other = next((t for t in told[:n] if elsewhere(meeting_of(t), meeting_of(odd))), None)
        if other:
            yield odd, other


def elsewhere(a: Meeting, b: Meeting) -> bool:
    """Whether two meetings are at other places and with other people."""
    here, there = set(content_words(a.place or "")), set(content_words(b.place or ""))
    apart = bool(here and there) and not (here <= there or there <= here)
    return apart and bool(set(a.participants) - set(b.participants)) and bool(set(b.participants) - set(a.participants))


def meeting_of(told: Told) -> Meeting:
    assert isinstance(told.fact, Meeting)
    return told.fact


def who(meeting: Meeting, site: Site) -> str:
    """Who takes part, by name."""
    return " and ".join(site.profiles[i].name if i in site.profiles else i for i in meeting.participants[:3])


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
