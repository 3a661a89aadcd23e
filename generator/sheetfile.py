"""A fact sheet's YAML ↔ its facts, every value with its line and column; one house style for what the program writes.

`parse` never raises on any text; `write` gives text that every reader of YAML understands alike. Editing in place is in `sheetedit.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import PurePosixPath
from typing import Any

import msgspec

from generator import housestyle
from generator.model import KINDS, SHEET_FIELDS, Actor, Article, Evidence, Fact, FactSheet, ParsedSheet
from generator.typed import Path, Reading, fields_of, near, read_fields
from generator.words import fact_id, slug, unique
from generator.yamltext import Node, compose, flow_list, keys_of, scalar

SCHEMA_LINE = "# yaml-language-server: $schema=../sheet.schema.json"
SECTIONS = ("article", *KINDS)
SINGULAR = {"actors": "an actor", "claims": "a claim", "meetings": "a meeting", "figures": "a figure"}
DAYS = frozenset({"published", "updated", "start", "end", "as_of"})


def parse(text: str, file: str) -> ParsedSheet:
    """The facts of a sheet's text. What is wrong is a problem, and counts as not written."""
    if (read := housestyle.read(text, PurePosixPath(file).stem)) is None:
        return parse_in_full(text, file)
    sheet, lines = read
    return ParsedSheet(file=file, sheet=sheet, places=Places(file, text, lines))


class Places(Mapping[Path, tuple[int, int]]):
    """Where a sheet's values stand, found out when first asked for: most sheets have no problem, and of theirs nobody wants to know.

    The lines of the facts of a sheet in the house style are known at once. `text` is the sheet's, or gives it.
    """

    def __init__(self, file: str, text: str | Callable[[], str], lines: housestyle.Lines | None = None) -> None:
        self.file, self.text, self.lines = file, text, lines or {}

    @cached_property
    def all(self) -> Mapping[Path, tuple[int, int]]:
        return parse_in_full(self.text if isinstance(self.text, str) else self.text(), self.file).places

    def __getitem__(self, path: Path) -> tuple[int, int]:
        if len(path) == 2 and isinstance(n := path[1], int):
            lines = self.lines.get(str(path[0]), ())
            if 0 <= n < len(lines):
                return lines[n], 3  # behind "- "
        return self.all[path]

    def __iter__(self) -> Iterator[Path]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)


def parse_in_full(text: str, file: str) -> ParsedSheet:
    """As `parse`, by way of a parser for all of YAML, which tells what is wrong and where."""
    composed = compose(text, file)
    reading = Reading(file)
    reading.problems += composed.problems
    name = PurePosixPath(file).stem
    root = composed.root
    facts: dict[str, Any] = {}
    article: dict[str, Any] = {}
    if root is not None and not root.is_null:
        if root.kind == "mapping":
            article, facts = read_sections(root, reading)
        else:
            reading.wrong(root, "a sheet starts with `article:`", f"its keys are {', '.join(SECTIONS)}")
    sheet = FactSheet(article=Article(id=name, **{"title": "", **article}), **facts)
    problems = sorted(reading.problems, key=lambda p: (p.line, p.column, p.message))
    return ParsedSheet(file=file, sheet=sheet, places=reading.places, problems=tuple(problems))


def read_sections(root: Node, reading: Reading) -> tuple[dict[str, Any], dict[str, Any]]:
    """The article's fields, and the facts of each kind."""
    written, problems = keys_of(root, reading.file)
    reading.problems += problems
    article: dict[str, Any] = {}
    facts: dict[str, Any] = {}
    # The article first, wherever it stands: whether the whole sheet is checked decides on its facts.
    for name, (key, node) in sorted(written.items(), key=lambda section: section[0] != "article"):
        if name not in SECTIONS:
            reading.wrong(key, f'a sheet has no "{name}"', near(name, SECTIONS) or f"its keys are {', '.join(SECTIONS)}")
            continue
        reading.places[(name,)] = (key.line, key.column)
        if name == "article":
            article = read_fields(node, Article, SHEET_FIELDS["article"], ("article",), "article", reading)
        else:
            facts[name] = read_facts(name, node, reading, bool(article.get("checked")))
    if "title" not in article:
        at = reading.places.get(("article",), (1, 1))
        reading.wrong(Node("scalar", "", 0, 0, *at), "the article has no title", "write `title:` under `article:`", fatal=False)
    return article, facts


def read_facts(kind: str, node: Node, reading: Reading, checked: bool = False) -> tuple[Fact, ...]:
    """The facts of one kind; one that lacks what it needs has a problem. `checked`: the sheet is, so what says nothing else is as well."""
    if node.kind != "sequence":
        if not node.is_null:
            reading.wrong(node, f'"{kind}" takes a list', "begin each with - and a space")
        return ()
    rows: list[tuple[Node, dict[str, Any]]] = []
    found: list[Fact] = []
    places = reading.places
    for item in node.value:
        reading.places = {}
        values = read_fields(item, KINDS[kind], SHEET_FIELDS[kind], (), SINGULAR[kind], reading)
        if item.kind != "mapping":
            if item.is_null:
                reading.wrong(item, f"{SINGULAR[kind]} is missing here", "write its fields, or take the - out")
        else:
            complete(kind, item, values, reading)
            if checked:
                values.setdefault("checked", True)
            here = (kind, len(rows))
            places[here] = (item.line, item.column)
            for path, place in reading.places.items():
                places[here + path] = place
            rows.append((item, values))
    reading.places = places
    name_them(kind, rows, reading)
    struct = KINDS[kind]
    found = [struct(**values) for _, values in rows]
    return tuple(found)


def complete(kind: str, item: Node, values: dict[str, Any], reading: Reading) -> None:
    """Complains of what a fact cannot be without."""
    present = {key.value for key, _ in item.value if key.kind == "scalar"}
    for name, _ in needed(kind):
        if name == "id" or name in values:
            continue
        if name not in present or next(v.is_null for k, v in item.value if k.value == name):
            reading.wrong(item, f'{SINGULAR[kind]} needs "{name}"', HINTS.get(name, f"write `{name}:`"))
        values[name] = STAND_INS[name]


# What a fact is read with where it lacks what it needs: its problem is fatal, and the checks of other facts that name it still work.
STAND_INS: dict[str, Any] = {"name": "", "type": "group", "text": "", "title": "", "evidence": Evidence(quote="")}

HINTS = {"evidence": "paste the sentence of the article that says so", "type": "write person, organization, country or group"}


@cache
def needed(kind: str) -> tuple[tuple[str, Any], ...]:
    """The fields without which a fact of a kind is none."""
    return tuple((name, field) for name, field in fields_of(KINDS[kind]).items() if field.required)


def name_them(kind: str, rows: list[tuple[Node, dict[str, Any]]], reading: Reading) -> None:
    """Ids that stand twice are problems; facts written without one get theirs from their own words, as the extractor's do."""
    taken: dict[str, int] = {}
    for item, values in rows:
        given = values.get("id")
        if given is None:
            continue
        if given in taken:
            reading.wrong(
                item, f'the id "{given}" stands twice among {kind}', f"give one of them another; the other is in line {taken[given]}"
            )
            values["id"] = unique(given, taken)
        taken[values["id"]] = item.line
    for item, values in rows:
        if "id" not in values:
            if kind == "actors":
                values["id"] = unique(slug(values["name"]), taken)
            else:
                values["id"] = fact_id(values["evidence"].quote, taken)
            taken[values["id"]] = item.line


# --- writing ---


def write(sheet: FactSheet) -> str:
    """A sheet in the house style."""
    lines = [SCHEMA_LINE, "article:"]
    lines += [f"  {name}: {value}" for name, value in shown("article", sheet.article)]
    for kind in KINDS:
        facts = getattr(sheet, kind)
        if facts:
            lines.append(f"{kind}:")
            for fact in facts:
                lines += fact_lines(kind, fact, sheet.article.checked)
    return "\n".join(lines) + "\n"


def fact_lines(kind: str, fact: Fact, checked: bool = False) -> list[str]:
    """A fact as an item of a list; `checked`: in a sheet that is checked as a whole."""
    return [f"{'- ' if i == 0 else '  '}{name}: {value}" for i, (name, value) in enumerate(shown(kind, fact, checked))]


def shown(kind: str, value: Fact | Article, checked: bool = False) -> list[tuple[str, str]]:
    """The fields that are written, with their values as YAML."""
    fields = fields_of(type(value))
    return [(name, field_text(name, getattr(value, name))) for name in SHEET_FIELDS[kind] if is_shown(fields[name], name, value, checked)]


def is_shown(field: Any, name: str, value: Fact | Article, checked: bool = False) -> bool:
    """Whether a field says something: neither its default nor empty, save a null speaker, which says that nobody is named.

    In a checked sheet a fact says so where it is *not* checked.
    """
    its = getattr(value, name)
    if name == "checked" and isinstance(value, Fact):
        return bool(its) != checked
    if field.required or (name == "speaker" and its is None and getattr(value, "speaker_text", None)):
        return True
    return its != field.default and its not in (None, "", ())


def field_text(name: str, value: Any, flow: bool = False) -> str:
    """A field's value as YAML on one line."""
    if isinstance(value, tuple):
        return flow_list(value)
    if isinstance(value, Evidence):
        value = value.quote
    return scalar(value, flow, name in DAYS)


# --- a sheet's own part of its facts ---


def edited_part(sheet: FactSheet) -> FactSheet:
    """A sheet cut down to what its YAML holds, as `parse(write(sheet))` gives it back."""
    article = Article(id=sheet.article.id, **own_fields("article", sheet.article))
    return FactSheet(article=article, **{kind: tuple(fact_part(kind, f) for f in getattr(sheet, kind)) for kind in KINDS})


def fact_part(kind: str, fact: Fact) -> Any:
    """A fact cut down to what its YAML holds."""
    return KINDS[kind](**own_fields(kind, fact))


def own_fields(kind: str, value: Fact | Article) -> dict[str, Any]:
    """The fields a sheet holds, as it would read them."""
    fields = fields_of(type(value))
    values: dict[str, Any] = {}
    for name in SHEET_FIELDS[kind]:
        its = getattr(value, name)
        if isinstance(its, Evidence):
            its = Evidence(quote=its.quote)
        elif its == "" and not fields[name].required:
            its = fields[name].default
        values[name] = its
    return values


def joined(sheet: FactSheet, machine: FactSheet | None) -> FactSheet:
    """A sheet with what only the machine's record holds: the article's text, date expressions, and spans of unchanged facts."""
    if machine is None:
        return sheet
    article = msgspec.structs.replace(machine.article, **own_fields("article", sheet.article))
    facts: dict[str, Any] = {}
    for kind in KINDS:
        known = {f.id: f for f in getattr(machine, kind)}
        facts[kind] = tuple(with_spans(kind, f, known.get(f.id)) for f in getattr(sheet, kind))
    return FactSheet(article=article, dates=machine.dates, **facts)


# What must be unchanged for the machine's spans to hold still.
ANCHORS = {
    "actors": ("name", "aliases"),
    "claims": ("text", "evidence"),
    "meetings": ("evidence",),
    "figures": ("evidence", "value", "low", "high"),
}
SPANS = {"actors": ("mentions",), "claims": ("speaker_span", "cue_span", "content_spans"), "meetings": ("mentions",), "figures": ("span",)}


def with_spans(kind: str, fact: Any, known: Any) -> Any:
    """A person's fact with the machine's spans, where its words are still the machine's."""
    if known is None:
        return fact
    for name in ANCHORS[kind]:
        a, b = getattr(fact, name), getattr(known, name)
        if (a.quote != b.quote) if isinstance(a, Evidence) else (a != b):
            # An actor's mentions are where its names stand; a name more or less does not move them.
            if not isinstance(fact, Actor):
                return fact
            break
    spans = {name: getattr(known, name) for name in SPANS[kind]}
    if kind != "actors":
        spans["evidence"] = known.evidence if fact.evidence.quote == known.evidence.quote else fact.evidence
    return msgspec.structs.replace(fact, **spans)
