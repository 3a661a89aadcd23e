"""Small changes to a sheet's text in place: a field or a fact comes or goes, and every other byte stays as the person left it.

All changes are decided on the tree of the text as it was, become replacements of stretches of it, and are made at once. The result is
parsed again and must mean what was wanted; otherwise nothing is given back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from generator.model import KINDS, SHEET_FIELDS, Article, Fact, FactSheet
from generator.sheetfile import SECTIONS, fact_lines, fact_part, field_text, is_shown, parse, shown
from generator.typed import fields_of
from generator.yamltext import Node, compose, gaps, words

BREAK = re.compile(r"\r\n|\n|\r")
COMMENT_LINE = re.compile(r"[ \t]*#[^\r\n]*")
DASH = re.compile(r"(?:\r\n|\n|\r) *(?P<dash>-)(?=[ \r\n]|\Z)")


@dataclass(frozen=True)
class SetField:
    """A field gets a value; one that says nothing (null, empty, default) is taken out. `index` counts the facts of the kind."""

    kind: str
    index: int  # nothing for "article"
    field: str
    value: Any


@dataclass(frozen=True)
class AddFact:
    """A fact is written after the fact that stands at `after`, or before the one at `before`, or at the end."""

    kind: str
    fact: Fact
    after: int | None = None
    before: int | None = None


@dataclass(frozen=True)
class RemoveFact:
    """A fact is taken out, with the lines it stands in."""

    kind: str
    index: int


Change = SetField | AddFact | RemoveFact


class NotMeant(Exception):
    """The text would not say what was decided: our own mistake, and the sheet is left alone."""


def apply(text: str, changes: Sequence[Change]) -> str:
    """The text with the changes made, and nothing else touched."""
    if not changes:
        return text
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    plain = text[len(mark) :]
    before = parse(plain, "sheet.yaml")
    if any(p.fatal for p in before.problems):
        raise NotMeant("the sheet has problems that must be mended first")
    wanted = decided(before.sheet, changes)
    result = Editing(plain, before.sheet.article.checked).make(changes)
    after = parse(result, "sheet.yaml")
    if any(p.fatal for p in after.problems) or after.sheet != wanted:
        raise NotMeant("rewriting the sheet would change what it means")
    return mark + result


def decided(sheet: FactSheet, changes: Iterable[Change]) -> FactSheet:
    """What the changes make of the sheet's facts."""
    article = sheet.article
    rows: dict[str, list[tuple[list[Any], Any, list[Any]]]] = {kind: [([], f, []) for f in getattr(sheet, kind)] for kind in KINDS}
    ends: dict[str, list[Any]] = {kind: [] for kind in KINDS}
    for change in changes:
        if isinstance(change, SetField):
            value = change.value
            if change.kind == "article":
                article = msgspec.structs.replace(article, **{change.field: value})
            else:
                first, fact, last = rows[change.kind][change.index]
                rows[change.kind][change.index] = (first, msgspec.structs.replace(fact, **{change.field: value}), last)
        elif isinstance(change, AddFact):
            fact = fact_part(change.kind, change.fact)
            if change.after is not None:
                rows[change.kind][change.after][2].append(fact)
            elif change.before is not None:
                rows[change.kind][change.before][0].append(fact)
            else:
                ends[change.kind].append(fact)
        else:
            first, _, last = rows[change.kind][change.index]
            rows[change.kind][change.index] = (first, None, last)
    facts = {
        kind: tuple([f for first, fact, last in rows[kind] for f in (*first, *([] if fact is None else [fact]), *last)] + ends[kind])
        for kind in KINDS
    }
    return FactSheet(article=article, **facts)


class Editing:
    """One text, its tree, and the replacements gathered so far: (start, end, words), none overlapping another."""

    def __init__(self, text: str, checked: bool = False) -> None:
        self.text = text
        self.checked = checked  # the whole sheet is, so that a fact says where it is not
        root = compose(text, "sheet.yaml").root
        self.root = root if root is not None and root.kind == "mapping" else None
        self.sections: dict[str, tuple[Node, Node]] = {k.value: (k, v) for k, v in self.root.value} if self.root else {}
        first = BREAK.search(text)
        self.newline = first.group() if first else "\n"
        self.replacements: list[tuple[int, int, str]] = []

    def make(self, changes: Sequence[Change]) -> str:
        """The text with all changes made."""
        removed: dict[str, set[int]] = {kind: set() for kind in KINDS}
        sets: dict[tuple[str, int], list[SetField]] = {}
        added: dict[str, list[AddFact]] = {kind: [] for kind in KINDS}
        for change in changes:
            if isinstance(change, SetField):
                sets.setdefault((change.kind, change.index if change.kind != "article" else 0), []).append(change)
            elif isinstance(change, AddFact):
                added[change.kind].append(change)
            else:
                removed[change.kind].add(change.index)
        for (kind, index), fields in sets.items():
            if kind == "article":
                self.set_article(fields)
            elif index not in removed[kind]:
                self.set_fields(kind, self.sections[kind][1].value[index], fields)
        for kind in KINDS:
            if removed[kind] or added[kind]:
                self.change_section(kind, removed[kind], added[kind])
        return self.made()

    def made(self) -> str:
        parts = []
        at = 0
        for start, end, new in sorted(self.replacements, key=lambda r: (r[0], r[1])):
            if start < at:
                raise NotMeant("two changes touch the same words")
            parts += [self.text[at:start], new]
            at = end
        return "".join([*parts, self.text[at:]])

    def replace(self, start: int, end: int, new: str) -> None:
        self.replacements.append((start, end, new))

    # --- lines ---

    def line_start(self, at: int) -> int:
        return max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1

    def line_end(self, at: int) -> int:
        """The end of the line that holds the character at `at`, before its line break."""
        m = BREAK.search(self.text, at)
        return m.start() if m else len(self.text)

    def next_line(self, at: int) -> int:
        """The start of the line after the one that holds the character at `at`."""
        m = BREAK.search(self.text, at)
        return m.end() if m else len(self.text)

    # --- fields ---

    def set_article(self, fields: list[SetField]) -> None:
        if "article" in self.sections and self.sections["article"][1].kind == "mapping" and self.sections["article"][1].value:
            self.set_fields("article", self.sections["article"][1], fields)
            return
        values = {f.field: f.value for f in fields}
        lines = [f"  {name}: {value}" for name, value in shown("article", Article(**{"id": "", "title": "", **values}))]
        self.add_section("article", lines, "{" + ", ".join(line.strip() for line in lines) + "}")

    def set_fields(self, kind: str, node: Node, fields: list[SetField]) -> None:
        """Sets fields of one mapping."""
        pairs = {k.value: (k, v) for k, v in node.value}
        struct: Any = Article if kind == "article" else KINDS[kind]
        info = fields_of(struct)
        gone: list[str] = []
        new: list[tuple[str, str]] = []
        flow = node.style == "flow"
        for change in fields:
            name, value = change.field, change.value
            says = info[name].required or (value != info[name].default and value not in (None, "", ()))
            if name == "checked" and kind != "article":
                says = value != self.checked
            if not says and name == "speaker" and (name in pairs or self.names_speaker(pairs, fields)):
                says = True
            if not says:
                if name in pairs:
                    gone.append(name)
            elif name in pairs:
                self.set_value(*pairs[name], name, value, flow)
            else:
                new.append((name, field_text(name, value, flow)))
        kept = [name for name in pairs if name not in gone]
        if flow:
            spans = [(k.start, max(k.end, v.end)) for k, v in node.value]
            self.remove_from_flow(node, spans, {i for i, name in enumerate(pairs) if name in gone})
            at = max((max(pairs[n][0].end, pairs[n][1].end) for n in kept), default=node.start + 1)
            self.replace(at, at, "".join((", " if kept or i else "") + f"{n}: {v}" for i, (n, v) in enumerate(new)))
            return
        if not kept:
            raise NotMeant("no field would be left")
        if gone:
            self.remove_lines(node, gone)
        order = SHEET_FIELDS[kind]
        for name, value in new:
            ahead = [n for n in kept if n in order and order.index(n) < order.index(name)]
            anchor = pairs[max(ahead, key=order.index) if ahead else kept[0]]
            at = self.line_end(max(anchor[0].end, anchor[1].end))
            self.replace(at, at, f"{self.newline}{' ' * self.column(node.value[0][0])}{name}: {value}")

    @staticmethod
    def names_speaker(pairs: dict[str, tuple[Node, Node]], fields: list[SetField]) -> bool:
        """Whether the claim keeps the article's words for its speaker, beside which a null speaker is written."""
        after = {f.field: f.value for f in fields}
        return bool(after["speaker_text"]) if "speaker_text" in after else "speaker_text" in pairs

    def column(self, key: Node) -> int:
        """How far a key of a block mapping is indented."""
        return key.start - self.line_start(key.start)

    def set_value(self, key: Node, node: Node, name: str, value: Any, flow: bool) -> None:
        """Gives a key another value, in place."""
        if node.kind == "sequence" and node.style is None and node.value and isinstance(value, tuple) and value:
            self.set_block_list(key, node, value)
            return
        text = field_text(name, value, flow)
        if node.start == node.end and self.text[node.start - 1 : node.start] == ":":
            text = " " + text
        self.replace(node.start, node.end, text)
        self.keep_comments(key, self.comments_in(node))

    def set_block_list(self, key: Node, node: Node, value: tuple[str, ...]) -> None:
        """Lists that a person wrote a line each stay so."""
        indent = " " * (node.start - self.line_start(node.start))
        have = [item.value for item in node.value]
        kept = [i for i, item in enumerate(node.value) if item.value in value]
        if kept and len(set(have)) == len(have) and [have[i] for i in kept] == list(value[: len(kept)]):
            for i, item in enumerate(node.value):
                if i not in kept:
                    start = self.line_start(self.dash(node, i))
                    comment = self.text[item.end : self.line_end(item.end)].strip()
                    end = self.next_line(item.end)
                    self.replace(start, end, f"{indent}{comment}{self.newline}" if comment else "")
            at = self.line_end(node.value[kept[-1]].end)
            self.replace(at, at, "".join(f"{self.newline}{indent}- {words(v)}" for v in value[len(kept) :]))
            return
        lines = [f"- {words(v)}" for v in value]
        self.replace(node.start, node.end, (self.newline + indent).join(lines))
        self.keep_comments(key, self.comments_in(node))

    def remove_lines(self, node: Node, gone: list[str]) -> None:
        """Takes fields out of a block mapping, with their lines; comments that stood there stay."""
        pairs = node.value
        first = next(i for i, (k, _) in enumerate(pairs) if k.value not in gone)
        if first > 0:
            # What stands on the line of the dash goes, and what follows moves up to it.
            start, end = pairs[0][0].start, pairs[first][0].start
            self.replace(start, end, "")
            self.keep_comments(pairs[0][0], self.comments_between(start, end, pairs[:first]))
        for key, value in pairs[first:]:
            if key.value in gone:
                start, end = self.line_start(key.start), max(key.end, value.end)
                comments = self.comments_between(start, self.line_end(end), [(key, value)])
                kept = "".join(" " * self.column(key) + c + self.newline for c in comments)
                self.replace(start, self.next_line(end), kept)

    def comments_between(self, start: int, end: int, pairs: list[tuple[Node, Node]]) -> list[str]:
        """The comments in a stretch of text, which holds the given keys and values."""
        stretch = Node("mapping", pairs, start, end, 1, 1)
        found = [c for a, b in gaps(self.text, stretch) for c in COMMENT.findall(self.text[a:b])]
        return found + [c for _, v in pairs if v.kind == "scalar" for c in self.comments_in(v)]

    def comments_in(self, node: Node) -> list[str]:
        """The comments within a value: between the items of a list, or behind the mark of a block of words."""
        if node.kind == "scalar":
            head = self.text[node.start : self.line_end(node.start)] if node.style in ("|", ">") else ""
            return [head[head.index("#") :]] if " #" in head else []
        return [c for a, b in gaps(self.text, node) for c in COMMENT.findall(self.text[a:b])]

    def keep_comments(self, key: Node, comments: list[str]) -> None:
        """Puts comments whose place is rewritten above the key's line."""
        if comments:
            at = self.line_start(key.start)
            indent = " " * len(re.match(r" *", self.text[at:]).group())  # type: ignore[union-attr]
            self.replace(at, at, "".join(indent + c + self.newline for c in comments))

    # --- facts ---

    def dash(self, seq: Node, i: int) -> int:
        """Where the dash of an item of a block list stands."""
        if i == 0:
            return seq.start
        m = DASH.search(self.text, seq.value[i - 1].end, seq.value[i].end + 1)
        if not m:
            raise NotMeant("an item of a list has no dash of its own")
        return m.start("dash")

    def tail(self, seq: Node, i: int) -> int:
        """The end of the last line that belongs to an item: comments that follow it may."""
        dash = self.dash(seq, i)
        column = dash - self.line_start(dash)
        end = at = self.line_end(seq.value[i].end)
        comments: list[tuple[int, int]] = []
        while at < len(self.text):
            start = self.next_line(at)
            line_end = self.line_end(start)
            line = self.text[start:line_end]
            if not COMMENT_LINE.fullmatch(line) or start == at:
                # Comments at the margin belong to what comes next, if it comes at once.
                mine = comments if not line.strip() or i == len(seq.value) - 1 else [c for c in comments if c[0] > column]
                end = max([end, *(e for _, e in mine)])
                break
            comments.append((len(line) - len(line.lstrip()), line_end))
            at = line_end
        else:
            end = max([end, *(e for _, e in comments)])
        return end

    def lead(self, dash: int) -> int:
        """The start of the comment lines directly above an item, or of its own line. Those indented deeper belong to what is above."""
        start = self.line_start(dash)
        column = dash - start
        while start > 0:
            above = self.line_start(start - (2 if self.text[start - 2 : start] == "\r\n" else 1))
            line = self.text[above:start]
            if not line.lstrip().startswith("#") or len(line) - len(line.lstrip()) > column:
                break
            start = above
        return start

    def commented(self, seq: Node, i: int) -> bool:
        """Whether a person's comment stands in a fact, right above it, or behind it."""
        item = seq.value[i]
        if seq.style == "flow":
            start = seq.value[i - 1].end if i else seq.start
            end = seq.value[i + 1].start if i + 1 < len(seq.value) else seq.end
            stretches = [(start, item.start), *gaps(self.text, item), (item.end, end)]
        else:
            dash = self.dash(seq, i)
            first = self.lead(dash)
            if i == 0:
                first = max(first, self.next_line(self.line_start_of_key(seq)))
            stretches = [(first, dash), (dash, item.start), *gaps(self.text, item), (item.end, self.tail(seq, i))]
        if any("#" in self.text[a:b] for a, b in stretches):
            return True
        return any(self.comments_in(v) for _, v in item.value if v.style in ("|", ">"))

    def line_start_of_key(self, seq: Node) -> int:
        return next((k.start for k, v in self.sections.values() if v is seq), 0)

    def remove_from_flow(self, node: Node, spans: list[tuple[int, int]], gone: set[int]) -> None:
        """Takes parts out of [ ] or { }, each with one comma."""
        if not gone:
            return
        kept = [i for i in range(len(spans)) if i not in gone]
        if not kept:
            self.replace(spans[0][0], spans[-1][1], "")
            return
        for i in sorted(gone):
            if i < kept[-1]:
                self.replace(spans[i][0], spans[i + 1][0], "")
        if kept[-1] < len(spans) - 1:
            self.replace(spans[kept[-1]][1], spans[-1][1], "")

    def change_section(self, kind: str, removed: set[int], added: list[AddFact]) -> None:
        """Takes facts of one kind out, and puts others in."""
        if kind not in self.sections:
            lines = [line for change in added for line in fact_lines(kind, change.fact, self.checked)]
            self.add_section(kind, lines, "[" + ", ".join(self.flow_fact(kind, c.fact) for c in added) + "]")
            return
        key, seq = self.sections[kind]
        if seq.kind != "sequence" or not seq.value:
            self.fill_section(kind, key, seq, added)
        elif seq.style == "flow":
            self.change_flow(kind, seq, removed, added)
        else:
            self.change_block(kind, key, seq, removed, added)

    def fill_section(self, kind: str, key: Node, seq: Node, added: list[AddFact]) -> None:
        """Facts for a section that has none: `claims:`, `claims: []`."""
        if self.root is not None and self.root.style == "flow":
            self.replace(seq.start, seq.end, "[" + ", ".join(self.flow_fact(kind, c.fact) for c in added) + "]")
            return
        colon = self.text.index(":", key.end)
        self.replace(colon + 1, max(seq.end, colon + 1), "")
        at = self.line_end(max(seq.end, colon + 1))
        indent = " " * self.column(key)
        self.replace(at, at, "".join(self.newline + indent + line for c in added for line in fact_lines(kind, c.fact, self.checked)))

    def change_flow(self, kind: str, seq: Node, removed: set[int], added: list[AddFact]) -> None:
        self.remove_from_flow(seq, [(n.start, n.end) for n in seq.value], removed)
        kept = [i for i in range(len(seq.value)) if i not in removed]
        for change in added:
            if change.after is not None and change.after in kept:
                at = seq.value[change.after].end
                self.replace(at, at, ", " + self.flow_fact(kind, change.fact))
            elif change.before is not None and change.before in kept:
                at = seq.value[change.before].start
                self.replace(at, at, self.flow_fact(kind, change.fact) + ", ")
            elif kept:
                at = seq.value[kept[-1]].end
                self.replace(at, at, ", " + self.flow_fact(kind, change.fact))
        if not kept and added:
            self.replace(seq.value[-1].end, seq.value[-1].end, ", ".join(self.flow_fact(kind, c.fact) for c in added))

    def change_block(self, kind: str, key: Node, seq: Node, removed: set[int], added: list[AddFact]) -> None:
        """Lines out, lines in."""
        indent = " " * (seq.start - self.line_start(seq.start))
        for i in sorted(removed):
            start, end = self.line_start(self.dash(seq, i)), self.next_line(seq.value[i].end)
            self.replace(start, end, "")
        kept = [i for i in range(len(seq.value)) if i not in removed]
        if not kept and not added:
            # The last fact leaves, and its heading with it.
            start = self.line_start(key.start)
            if "#" not in self.text[key.end : seq.start] and self.text[start : key.start].strip() == "" and len(self.sections) > 1:
                self.replace(start, self.line_start(seq.start), "")
            return
        # What follows one fact stands above what precedes the next.
        for change in sorted(added, key=lambda c: c.after is None):
            lines = [indent + line for line in fact_lines(kind, change.fact, self.checked)]
            if change.after is not None and change.after in kept:
                self.insert_lines(self.next_line(self.tail(seq, change.after)), lines)
            elif change.before is not None and change.before in kept:
                at = self.lead(self.dash(seq, change.before))
                if change.before == 0:
                    at = max(at, self.next_line(key.start))
                self.replace(at, at, "".join(line + self.newline for line in lines))
            elif kept:
                self.insert_lines(self.next_line(self.tail(seq, kept[-1])), lines)
            else:
                self.insert_lines(self.next_line(key.end), lines)

    def add_section(self, name: str, lines: list[str], in_flow: str) -> None:
        """A section that the sheet does not have, in its usual place among the others."""
        if name in self.sections:
            _, node = self.sections[name]
            self.replace(node.start, node.end, (" " if self.text[node.start - 1] == ":" else "") + in_flow)
            return
        if self.root is not None and self.root.style == "flow":
            at = max([self.root.start + 1, *(v.end for _, v in self.root.value)])
            self.replace(at, at, (", " if self.root.value else "") + f"{name}: {in_flow}")
            return
        indent = " " * self.column(self.root.value[0][0]) if self.root else ""
        lines = [f"{indent}{line}" for line in (f"{name}:", *lines)]
        earlier = [self.sections[n] for n in SECTIONS[: SECTIONS.index(name)] if n in self.sections]
        if earlier:
            key, node = max(earlier, key=lambda pair: pair[0].start)
            whole = node.kind == "sequence" and node.style is None and node.value
            at = self.next_line(self.tail(node, len(node.value) - 1) if whole else max(key.end, node.end))
            self.insert_lines(at, lines)
        elif self.root:
            at = self.line_start(self.root.value[0][0].start)
            self.replace(at, at, "".join(line + self.newline for line in lines))
        else:
            self.insert_lines(len(self.text), lines)

    def flow_fact(self, kind: str, fact: Fact) -> str:
        """A fact between braces, for sheets written so."""
        struct = fields_of(type(fact))
        names = [n for n in SHEET_FIELDS[kind] if is_shown(struct[n], n, fact, self.checked)]
        return "{" + ", ".join(f"{n}: {field_text(n, getattr(fact, n), flow=True)}" for n in names) + "}"

    def insert_lines(self, at: int, lines: list[str]) -> None:
        """Lines at the start of another, or at the end of the text."""
        open_line = at > 0 and self.text[at - 1] not in "\r\n"
        written = self.newline.join(lines)
        self.replace(at, at, self.newline + written if open_line else written + self.newline)


COMMENT = re.compile(r"#[^\r\n]*")


def commented(text: str) -> frozenset[tuple[str, int]]:
    """The facts of a sheet, by kind and place, that carry a person's comment."""
    text = text.removeprefix("\ufeff")
    if "#" not in text:
        return frozenset()
    editing = Editing(text)
    sections = [(kind, editing.sections[kind][1]) for kind in KINDS if kind in editing.sections]
    return frozenset(
        (kind, i) for kind, seq in sections if seq.kind == "sequence" for i, _ in enumerate(seq.value) if editing.commented(seq, i)
    )
