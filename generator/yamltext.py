"""YAML as people write it in content: text → nodes that know their places, and words → scalars that every reader of YAML takes alike.

Only what a sheet needs is let in: mappings, lists, words. Anchors, aliases, tags and a second document are problems, so a small file
cannot grow large in memory; depth and size are bounded. Plain words keep their spelling here: what they mean depends on the field.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import yaml

from generator.model import Problem

# The C parser is ten times as fast; PyYAML built without it still reads everything.
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

LARGEST = 4_000_000  # characters of one file: a hundred times the longest sheet seen
DEEPEST = 12  # levels: a sheet has four

CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7}|={7})(?=[ \r\n]|\Z)", re.M)
UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ODD_BREAK = re.compile("[\x85\u2028\u2029]|\r(?!\n)")

# What YAML 1.1 or 1.2 reads as something else than words: null, bool, number, sexagesimal number, date, `=`, `<<`.
MISREAD = re.compile(
    r"(?:~|null|true|false|yes|no|on|off|y|n|=|<<|[-+]?\.?(?:inf|nan)"
    r"|[-+]?[\d.][\d_,.:]*(?:e[-+]?\d*)?|[-+]?0[xob][\da-f_]*|\d{4}-\d\d?-\d\d?(?:[T \t].*)?)",
    re.I,
)
PRINTED = "\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"
PLAIN = re.compile(f"(?=[{PRINTED}])[^\\s\\-?:,\\[\\]{{}}#&*!|>'\"%@`=<~\ufeff][{PRINTED}]*")
QUOTABLE = re.compile(f"[{PRINTED}]*")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class Node:
    """A value in the text: its characters from `start` to `end`, and where a person finds it."""

    kind: Literal["scalar", "sequence", "mapping"]
    value: Any  # words; a list of nodes; a list of (key node, value node)
    start: int
    end: int  # of a collection in block style: the end of its last value
    line: int  # from 1
    column: int  # from 1
    style: str | None = None  # of a scalar: "'", '"', "|", ">" or None where it is plain; of a collection: "flow" or None

    @property
    def is_null(self) -> bool:
        """Whether YAML 1.2 reads it as nothing."""
        return self.kind == "scalar" and self.style is None and self.value in ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True)
class Composed:
    """A file's tree, or None where it has none, and what is wrong with its YAML."""

    root: Node | None
    problems: tuple[Problem, ...]


class Refused(Exception):
    """Reading stops here: what follows could not be understood."""

    def __init__(self, index: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.index, self.message, self.hint = index, message, hint


def compose(text: str, file: str) -> Composed:
    """The tree of a YAML text. Never raises on any text; with a problem that hides the rest, `root` is None."""
    text = text.removeprefix("\ufeff")
    try:
        look_over(text)
    except Refused as e:
        return Composed(None, (problem(text, file, e.index, e.message, e.hint),))
    conflicts = [problem(text, file, m.start(), *CONFLICT_WORDS) for m in CONFLICT.finditer(text)]
    if conflicts:
        return Composed(None, tuple(conflicts))
    builder = Builder(text, file)
    try:
        root = builder.build()
    except Refused as e:
        return Composed(None, (*builder.problems, problem(text, file, e.index, e.message, e.hint)))
    return Composed(root, tuple(builder.problems))


CONFLICT_WORDS = ("git left a conflict here", "choose what holds, and take the lines <<<<<<<, ======= and >>>>>>> out")


def look_over(text: str) -> None:
    """Refuses what no parser should be given."""
    if len(text) > LARGEST:
        raise Refused(0, f"the file has {len(text):,} characters", f"no more than {LARGEST:,} are read")
    if bad := UNREADABLE.search(text):
        raise Refused(bad.start(), f"a character that YAML does not allow (U+{ord(bad.group()):04X})", "take it out")


def problem(text: str, file: str, index: int, message: str, hint: str = "") -> Problem:
    """A problem at a character of the text."""
    start = text.rfind("\n", 0, index) + 1
    return Problem(file=file, line=text.count("\n", 0, index) + 1, column=index - start + 1, message=message, hint=hint)


class Builder:
    """Builds nodes from the parser's events."""

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file
        self.problems: list[Problem] = []
        # The parser takes more characters for line ends than editors do; where there are such, lines are counted anew.
        odd = ODD_BREAK.search(text)
        self.line_starts = [0, *(m.end() for m in re.finditer("\n", text))] if odd else None

    def build(self) -> Node | None:
        """The first document's tree."""
        try:
            return self.document(yaml.parse(self.text, LOADER))
        except yaml.MarkedYAMLError as e:
            raise self.refusal(e) from None
        except yaml.YAMLError as e:
            raise Refused(0, f"no YAML: {str(e).splitlines()[0]}", "") from None

    def document(self, events: Iterator[Any]) -> Node | None:
        """Follows the events, with the open collections on a stack."""
        root: Node | None = None
        documents = 0
        # Each open collection, with the key that waits for its value.
        open_: list[Node] = []
        keys: list[Node | None] = []
        for event in events:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                if event.anchor is not None or (event.tag is not None and event.tag != "!"):
                    self.unwanted(event)
                line, column = self.place(event.start_mark)
                node = Node("scalar", event.value, event.start_mark.index, event.end_mark.index, line, column, event.style or None)
                if node.style in ("|", ">"):
                    node.end = block_end(self.text, node)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                if event.anchor is not None or event.tag is not None:
                    self.unwanted(event)
                if len(open_) >= DEEPEST:
                    raise Refused(event.start_mark.index, "the file is nested too deeply", f"no more than {DEEPEST} levels are read")
                line, column = self.place(event.start_mark)
                name: Literal["mapping", "sequence"] = "mapping" if kind is yaml.MappingStartEvent else "sequence"
                node = Node(name, [], event.start_mark.index, event.end_mark.index, line, column, "flow" if event.flow_style else None)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                done = open_.pop()
                keys.pop()
                done.end = event.end_mark.index if done.style == "flow" else last_end(done)
                continue
            elif kind is yaml.AliasEvent:
                self.unwanted(event)
                line, column = self.place(event.start_mark)
                node = Node("scalar", "", event.start_mark.index, event.end_mark.index, line, column)
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise Refused(event.start_mark.index, "a second document starts here", "a file holds one: take the line --- out")
                continue
            else:
                continue
            if not open_:
                root = node
            elif open_[-1].kind == "sequence":
                open_[-1].value.append(node)
            elif keys[-1] is None:
                keys[-1] = node
            else:
                open_[-1].value.append((keys[-1], node))
                keys[-1] = None
            if node.kind != "scalar":
                open_.append(node)
                keys.append(None)
        return root

    def place(self, mark: Any) -> tuple[int, int]:
        if self.line_starts is None:
            return mark.line + 1, mark.column + 1
        line = bisect_right(self.line_starts, mark.index)
        return line, mark.index - self.line_starts[line - 1] + 1

    def unwanted(self, event: Any) -> None:
        """Anchors, aliases and tags: a reader of a sheet should see what a value is without looking elsewhere."""
        if isinstance(event, yaml.AliasEvent):
            words = (f"an alias (*{event.anchor})", 'write the value itself, or put words that begin with * in quotes: "*…"')
        elif event.anchor is not None:
            words = (f"an anchor (&{event.anchor})", 'take it out, or put words that begin with & in quotes: "&…"')
        else:
            written = event.tag.replace("tag:yaml.org,2002:", "!!")
            words = (f"a tag ({written})", 'take it out, or put words that begin with ! in quotes: "!…"')
        self.problems.append(problem(self.text, self.file, event.start_mark.index, *words))

    def refusal(self, error: yaml.MarkedYAMLError) -> Refused:
        """The parser's complaint in words for people, with what to do about the common ones."""
        mark = error.problem_mark or error.context_mark
        index = min(mark.index if mark else 0, len(self.text))
        start = self.text.rfind("\n", 0, index) + 1
        indent = re.match(r"[ \t]*", self.text[start:])
        said = error.problem or error.context or "this is no YAML"
        if indent and "\t" in indent.group():
            return Refused(start + indent.group().index("\t"), "a tab in the indentation", "indent with spaces")
        if "mapping values are not allowed" in said:
            return Refused(index, "a colon where no value can start", 'put words that hold ": " in quotes')
        if "found unexpected end of stream" in said or "while scanning a quoted scalar" in (error.context or ""):
            opened = error.context_mark.index if error.context_mark else index
            return Refused(min(opened, len(self.text)), "a quotation mark that is never closed", 'close it, or write " inside "…" as \\"')
        if "cannot start any token" in said and index < len(self.text):
            return Refused(index, f"words cannot begin with {self.text[index]} here", "put them in quotes")
        if "expected ':'" in said:
            return Refused(index, "a line that is neither `key: value` nor `- item`", "write `key: value`, or indent it under its key")
        if "found undefined tag handle" in said or "found undefined alias" in said or "tag" in said:
            return Refused(index, "words that begin with !, & or *", "put them in quotes")
        return Refused(index, said, "look at the indentation and at quotation marks around here")


def block_end(text: str, node: Node) -> int:
    """The end of a block scalar's last line: the parser's own end lies behind the blank lines that follow.

    Behind the indentation, a tab or a space more is a line of its own.
    """
    lines = text[node.start : node.end].split("\n")
    first = next((line for line in lines[1:] if line.strip(" \r")), "")
    indent = len(first) - len(first.lstrip(" "))
    while len(lines) > 1 and not lines[-1].rstrip("\r")[indent:] and not lines[-1].strip(" \r"):
        lines.pop()
    return node.start + max(1, len("\n".join(lines).rstrip("\r")))


def last_end(node: Node) -> int:
    """Where the last value of a collection in block style ends."""
    if not node.value:
        return node.end
    last = node.value[-1]
    return last.end if isinstance(last, Node) else max(last[0].end, last[1].end)


def keys_of(node: Node, file: str) -> tuple[dict[str, tuple[Node, Node]], list[Problem]]:
    """A mapping's keys with their nodes; keys that are no words, or stand twice, are problems."""
    found: dict[str, tuple[Node, Node]] = {}
    problems = []
    for key, value in node.value:
        if key.kind != "scalar":
            words = ("a key that is no word", "write `key: value`")
        elif key.value in found:
            words = (f'the key "{key.value}" stands here twice', f"keep one; the other is in line {found[key.value][0].line}")
        else:
            found[key.value] = (key, value)
            continue
        problems.append(Problem(file=file, line=key.line, column=key.column, message=words[0], hint=words[1]))
    return found, problems


# --- writing ---


def scalar(value: Any, flow: bool = False, day: bool = False) -> str:
    """A value as YAML writes it on one line. `flow`: inside [ ] or { }; `day`: where a day is due, and may stand plain."""
    if value is None:
        return "null"
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return number(value)
    return words(str(value), flow, day)


def number(value: float) -> str:
    """A number that YAML 1.1 takes for one too: it wants a point before an exponent."""
    written = repr(value)
    if written in ("inf", "-inf", "nan"):
        return written.replace("inf", ".inf").replace("nan", ".nan")
    mantissa, e, exponent = written.partition("e")
    if e and "." not in mantissa:
        mantissa += ".0"
    if e and exponent[0] not in "+-":
        exponent = "+" + exponent
    return mantissa + e + exponent


def words(value: str, flow: bool = False, day: bool = False) -> str:
    """Words as a scalar: plain where every reader takes them for the same words, else in quotes."""
    if SURROGATE.search(value):
        value = SURROGATE.sub("\ufffd", value)
    if is_plain(value, flow) or (day and DAY.fullmatch(value)):
        return value
    if QUOTABLE.fullmatch(value):
        if '"' not in value and "\\" not in value:
            return f'"{value}"'
        return "'" + value.replace("'", "''") + "'"
    return '"' + "".join(map(escaped, value)) + '"'


def is_plain(value: str, flow: bool) -> bool:
    """Whether the words may stand without quotes."""
    return (
        PLAIN.fullmatch(value) is not None
        and ": " not in value
        and " #" not in value
        and value[-1] not in ": "
        and value == value.strip()
        and not (flow and any(c in ",[]{}:?" for c in value))
        and MISREAD.fullmatch(value) is None
        and not value.startswith("...")
    )


ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}


def escaped(c: str) -> str:
    """A character within double quotation marks."""
    if c in ESCAPES:
        return ESCAPES[c]
    if QUOTABLE.fullmatch(c):
        return c
    code = ord(c)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def flow_list(values: tuple[str, ...]) -> str:
    """A list on one line."""
    return "[" + ", ".join(words(v, flow=True) for v in values) + "]"


def gaps(text: str, node: Node) -> Iterator[tuple[int, int]]:
    """The stretches of a node that hold no words: indentation, punctuation of YAML, and comments."""
    places = sorted(scalars(node))
    yield from ((a[1], b[0]) for a, b in pairwise([(node.start, node.start), *places, (node.end, node.end)]))


def scalars(node: Node) -> Iterator[tuple[int, int]]:
    """Where the words within a node stand."""
    if node.kind == "scalar":
        yield node.start, node.end
        return
    for part in node.value:
        for child in (part,) if isinstance(part, Node) else part:
            yield from scalars(child)
