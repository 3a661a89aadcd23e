"""Who may import whom, and who may touch files, print or ask the time: the rules of ARCHITECTURE.md, read from the imports."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "generator"

# Lowest first: a module imports from layers below its own, and from its own package.
LAYERS = [
    {"model"},
    {"words", "data", "places"},
    {"names", "days", "yamltext"},
    {"identity", "typed"},
    {"housestyle"},
    {"readers", "extract", "sheetfile", "link", "outputs", "schema"},
    {"checks", "sheetedit", "align"},
    {"merge", "curate", "decisions", "shelf"},
    {"theme"},
    {"making"},
    {"memory"},
    {"store", "publish", "parallel", "cluster", "plugin", "stamp"},
    {"extraction"},
    {"update"},
    {"app"},
    {"serve"},
    {"cli"},
    {"__main__"},
]
LEVEL = {name: n for n, layer in enumerate(LAYERS) for name in layer}
PURE = {
    "model",
    "words",
    "identity",
    "days",
    "readers",
    "extract",
    "housestyle",
    "places",
    "sheetfile",
    "checks",
    "link",
    "outputs",
    "merge",
    "schema",
    "curate",
    "names",
    "yamltext",
    "typed",
    "sheetedit",
    "align",
    "decisions",
}
HEAVY = {"spacy", "trafilatura", "htmldate", "dateparser", "lxml", "distributed", "tqdm", "watchfiles", "networkx", "babel"}


def part(file: Path) -> str:
    """The module of the architecture that a file belongs to: `extract` for `extract/claims.py`."""
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(file: Path, *, inside: bool) -> list[tuple[str, ast.stmt]]:
    """The modules a file imports; with `inside` also those imported in functions, but never those for type checking alone."""
    tree = ast.parse(file.read_text("utf-8"))
    found: list[tuple[str, ast.stmt]] = []

    def visit(node: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
                continue
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) and not inside:
                continue
            if isinstance(child, ast.Import):
                found.extend((a.name, child) for a in child.names)
            elif isinstance(child, ast.ImportFrom) and child.module:
                found.append((child.module, child))
            visit(child)

    visit(tree)
    return found


FILES = sorted(f for f in PACKAGE.rglob("*.py") if f.name != "__init__.py" or f.parent != PACKAGE)


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(PACKAGE)))
def test_imports_point_down(file: Path) -> None:
    own = part(file)
    assert own in LEVEL, f"{file.name} is in no layer: give it a place in LAYERS and a line in ARCHITECTURE.md"
    for name, _ in imports(file, inside=True):
        if name == "generator" or not name.startswith("generator."):
            continue
        other = name.split(".")[1]
        assert other == own or LEVEL[other] < LEVEL[own] or other == "data", f"{own} imports {other}, which is not below it"


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(PACKAGE)))
def test_heavy_libraries_load_where_they_are_used(file: Path) -> None:
    for name, _ in imports(file, inside=False):
        assert name.split(".")[0] not in HEAVY, f"{name} is imported at the top: import it in the function that needs it"


@pytest.mark.parametrize("file", [f for f in FILES if part(f) in PURE], ids=lambda f: str(f.relative_to(PACKAGE)))
def test_pure_modules_touch_nothing(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in {"open", "print", "input"}, f"line {node.lineno}: {called}() in a pure module"
            touches = called.endswith((".write_text", ".write_bytes", ".read_bytes")) or re.search(
                r"\b(?:datetime|date|dt)\.(?:now|utcnow|today)$", called
            )
            assert not touches, f"line {node.lineno}: {called}() in a pure module"
            assert not called.startswith(("time.", "os.environ", "random.")), f"line {node.lineno}: {called}() in a pure module"


@pytest.mark.parametrize("file", [f for f in FILES if part(f) not in {"cli", "serve"}], ids=lambda f: str(f.relative_to(PACKAGE)))
def test_only_the_command_line_prints(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        assert not (isinstance(node, ast.Call) and ast.unparse(node.func) == "print"), f"line {node.lineno}: print()"
