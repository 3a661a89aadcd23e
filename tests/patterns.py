"""Every regular expression of the package, and strings that make a careless one slow.

`python -m tests.patterns` prints them as JSON: [pattern, flags, where it is compiled, how it is used]. They are collected by listening while all modules are
imported and the demonstration is read, extracted, checked and rendered; what stands in code that this does not reach is read from the source.
"""

from __future__ import annotations

import ast
import json
import pkgutil
import random
import re
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import generator

ROOT = Path(__file__).parent.parent
CALLS = {"compile", "match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
FLAGS = {"I": re.I, "S": re.S, "M": re.M, "X": re.X, "A": re.A}
# These look for words of the article itself, joined by white space: there is one a quotation, each literal.
LITERAL = {"find_quote", "occurs_before"}


def collect() -> list[tuple[str, int, str, list[str]]]:
    """(pattern, flags, place, uses) of all."""
    seen: dict[tuple[str, int], str] = {}
    asked: dict[tuple[str, int], set[str]] = {}  # how those without a name are used
    real = re._compile  # type: ignore[attr-defined]

    def listen(pattern: Any, flags: int) -> Any:
        caller = sys._getframe(2)
        name = caller.f_globals.get("__name__", "")
        if name.startswith("generator") and isinstance(pattern, str | bytes) and caller.f_code.co_name not in LITERAL:
            text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
            seen.setdefault((text, int(flags)), f"{name}:{caller.f_lineno}")
            asked.setdefault((text, int(flags)), set()).add(sys._getframe(1).f_code.co_name)
        return real(pattern, flags)

    re._compile = listen  # type: ignore[attr-defined]
    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    from generator.app import extract_files, load, made_outputs

    extract_files([str(p) for p in sorted((ROOT / "content" / "articles").iterdir())])
    for _, made in made_outputs(load(ROOT).site, ROOT):
        for _ in made:
            pass
    re._compile = real  # type: ignore[attr-defined]
    for file in sorted(Path(generator.__path__[0]).rglob("*.py")):
        for pattern, flags, line, how in written(file):
            asked.setdefault((pattern, flags), set()).add(how)
            seen.setdefault((pattern, flags), f"{file.relative_to(ROOT).with_suffix('').as_posix().replace('/', '.')}:{line}")
    used = uses()
    for key, how in asked.items():
        used.setdefault(key, sorted(CALLS - {"compile"}) if "compile" in how else sorted(how))
    return [(pattern, flags, place, used[pattern, flags]) for (pattern, flags), place in seen.items()]


def uses() -> dict[tuple[str, int], list[str]]:
    """How the patterns that have a name are used: one that is only ever matched at a place need not be fast in a search."""
    called: dict[str, set[str]] = {}
    for file in Path(generator.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                called.setdefault(node.value.id, set()).add(node.attr)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                called.setdefault(node.id, set())
    found: dict[tuple[str, int], list[str]] = {}
    for name, module in sys.modules.items():
        if name.startswith("generator"):
            for constant, value in vars(module).items():
                methods = called.get(constant, set()) & CALLS
                if isinstance(value, re.Pattern) and isinstance(value.pattern, str) and methods and constant.isupper():
                    known = found.setdefault((value.pattern, value.flags & ~re.U), [])
                    known += sorted(methods - set(known))
    return found


def written(file: Path) -> Iterator[tuple[str, int, int, str]]:
    """The patterns that stand as plain strings in calls of `re`."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CALLS and node.args):
            continue
        if isinstance(node.func.value, ast.Name) and node.func.value.id == "re":
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str | bytes):
                flags = 0
                for part in ast.walk(ast.Module([ast.Expr(a) for a in [*node.args[1:], *(k.value for k in node.keywords)]], [])):
                    if isinstance(part, ast.Attribute) and part.attr in FLAGS:
                        flags |= FLAGS[part.attr]
                text = first.value.decode("latin-1") if isinstance(first.value, bytes) else first.value
                yield text, int(flags), node.lineno, node.func.attr


# --- strings that hurt ---

LONG = 20  # repetitions from which a part counts as a long one
EVERYDAY = (" ", "a", "A", "1", "\n", "-", '"', "a ", "A ", "1,", "a-")


def attacks(pattern: str, flags: int) -> set[tuple[str, str]]:
    """(beginning, what is repeated after it): each long part of the pattern after what leads to it, what leads to it again and again, and runs."""
    dice = random.Random(3)
    tree = parser.parse(pattern, flags)
    found = {("", unit) for unit in EVERYDAY}
    for beginning, unit in long_parts(tree, "", dice):
        found |= {(beginning, unit), ("", beginning + unit), ("", beginning)}
    found |= {("", sample(tree, dice)) for _ in range(4)}
    return {(b, u) for b, u in found if u}


def long_parts(nodes: Iterable[Any], beginning: str, dice: random.Random) -> Iterator[tuple[str, str]]:
    for op, value in nodes:
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            _, most, item = value
            if most >= LONG:
                for _ in range(2):
                    yield beginning, sample(item, dice)
            yield from long_parts(item, beginning, dice)
        elif op is sre.SUBPATTERN:
            yield from long_parts(value[3], beginning, dice)
        elif op is sre.ATOMIC_GROUP:
            yield from long_parts(value, beginning, dice)
        elif op is sre.BRANCH:
            for branch in value[1]:
                yield from long_parts(branch, beginning, dice)
        elif op in (sre.ASSERT, sre.ASSERT_NOT):
            yield from long_parts(value[1], beginning, dice)
        beginning += sample([(op, value)], dice)


def sample(nodes: Iterable[Any], dice: random.Random) -> str:
    """Some string that fits, as far as this can be told part by part."""
    out = []
    for op, value in nodes:
        if op is sre.LITERAL:
            out.append(chr(value))
        elif op is sre.NOT_LITERAL:
            out.append("a" if value != ord("a") else "b")
        elif op is sre.ANY:
            out.append("a")
        elif op is sre.IN:
            out.append(one_of(value, dice))
        elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            least, most, item = value
            out += [sample(item, dice) for _ in range(min(max(least, 1), most))]
        elif op is sre.SUBPATTERN:
            out.append(sample(value[3], dice))
        elif op is sre.ATOMIC_GROUP:
            out.append(sample(value, dice))
        elif op is sre.BRANCH:
            out.append(sample(dice.choice(value[1]), dice))
    return "".join(out)


CATEGORIES = {
    sre.CATEGORY_DIGIT: "1", sre.CATEGORY_NOT_DIGIT: "a", sre.CATEGORY_SPACE: " ", sre.CATEGORY_NOT_SPACE: "a", sre.CATEGORY_WORD: "a",
    sre.CATEGORY_NOT_WORD: "-",
}  # fmt: skip


def one_of(items: list[Any], dice: random.Random) -> str:
    if items[0][0] is sre.NEGATE:
        return next(c for c in "a 1A-.\n\"'Zz_é\x01" if not re.fullmatch(written_class(items[1:]), c))
    op, value = dice.choice(items)
    if op is sre.LITERAL:
        return chr(value)
    if op is sre.RANGE:
        return chr(dice.randint(*value))
    return CATEGORIES[value]


def written_class(items: list[Any]) -> str:
    """A class of the parser's as a pattern."""
    names = {
        sre.CATEGORY_DIGIT: r"\d", sre.CATEGORY_NOT_DIGIT: r"\D", sre.CATEGORY_SPACE: r"\s", sre.CATEGORY_NOT_SPACE: r"\S", sre.CATEGORY_WORD: r"\w",
        sre.CATEGORY_NOT_WORD: r"\W",
    }  # fmt: skip
    parts = [
        re.escape(chr(v)) if op is sre.LITERAL else f"{re.escape(chr(v[0]))}-{re.escape(chr(v[1]))}" if op is sre.RANGE else names[v]
        for op, v in items
    ]
    return f"[{''.join(parts)}]"


if __name__ == "__main__":
    print(json.dumps(collect()))
