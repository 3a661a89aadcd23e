"""Themes: finds the templates, texts and files of a site's theme, and makes the environment that renders pages with them."""

from __future__ import annotations

import keyword
import re
import traceback
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from types import SimpleNamespace
from typing import Any, cast

import jinja2
import msgspec
import yaml
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.idtracking import VAR_LOAD_RESOLVE

from generator.model import Output, Problem
from generator.outputs.cldr import Rules
from generator.outputs.fragments import Fragments
from generator.outputs.markup import escaped
from generator.outputs.wording import Wording

TEXTS = "t"  # what templates call the texts of the interface


class PublishError(Exception):
    """The site can't be made or written; the problem says why and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class Theme(msgspec.Struct, frozen=True):
    """A theme and those it extends: its own folder first."""

    name: str
    folders: tuple[Path, ...]
    styles: tuple[str, ...]  # style sheets in the order a page loads them, under static/


def shipped_themes() -> Path:
    """The folder of the themes that come with the package: inside it in a wheel, beside it in a checkout."""
    package = Path(__file__).parent
    inside = package / "themes"
    return inside if inside.is_dir() else package.parent / "themes"


def find_theme(name: str, site: Path) -> Theme:
    """The theme `name`: the site's own `themes/<name>` or a shipped one. One that does not say what it extends extends the default."""
    folders: list[Path] = []
    styles: list[str] = []
    wanted: str | None = name
    while wanted is not None:
        folder = theme_folder(wanted, site, folders)
        folders.append(folder)
        about = read_theme_file(folder)
        styles = [s for s in about.get("styles") or [] if s not in styles] + styles
        shipped_default = shipped_themes() / "default"
        wanted = None if folder == shipped_default else about.get("extends", "default")
    return Theme(name, tuple(folders), tuple(styles or ["style.css"]))


def theme_folder(name: str, site: Path, seen: list[Path]) -> Path:
    """The first folder of that name which is not in the chain yet, so that a site's `default` may extend the shipped one."""
    places = [site / "themes", shipped_themes()]
    if PurePosixPath(name).name != name or name in ("", ".", ".."):
        raise PublishError(Problem(file="site.yaml", message=f'"{name}" is no name of a theme', hint="a theme is a folder of themes/"))
    for place in places:
        if (place / name).is_dir() and place / name not in seen:
            return place / name
    known = sorted({p.name for place in places if place.is_dir() for p in place.iterdir() if p.is_dir()})
    raise PublishError(Problem(file="site.yaml", message=f'there is no theme "{name}"', hint=f"there are: {', '.join(known)}"))


def read_theme_file(folder: Path) -> dict[str, Any]:
    """What a theme's `theme.yaml` says; nothing where there is none."""
    return read_yaml(folder / "theme.yaml")


def read_yaml(file: Path) -> dict[str, Any]:
    """A file's keys and values; an empty or missing file has none."""
    if not file.is_file():
        return {}
    try:
        value = yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as e:
        mark = getattr(e, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise PublishError(Problem(file=str(file), line=line, message="this is no YAML", hint=str(getattr(e, "problem", e)))) from e
    if value is not None and not isinstance(value, dict):
        raise PublishError(Problem(file=str(file), message="there should be keys and values here", hint="write `key: value` lines"))
    return value or {}


def find_wording(theme: Theme, language: str) -> Wording:
    """The texts of the interface: English below, the site's language above it, and a theme's own texts above those it extends."""
    texts: dict[str, Any] = {}
    spoken = "en"
    for tag in dict.fromkeys(("en", language.split("-")[0], language)):
        for folder in reversed(theme.folders):
            found = read_yaml(folder / "strings" / f"{tag}.yaml")
            spoken = tag if found else spoken
            texts = overlaid(texts, found)
    return Wording(texts, Rules(language, spoken))


def overlaid(below: dict[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """`above` over `below`, groups key by key."""
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        merged[key] = overlaid(old, value) if isinstance(old, dict) and isinstance(value, Mapping) else value
    return merged


class Direct(CodeGenerator):
    """Compiles what a template says to just that, where Jinja asks at every page what may be meant.

    `card.what` is an attribute, `kinds[name]` an item; Jinja calls a function, which asks for the other too and makes an undefined value of what is not
    there, where anything undefined is an error here (see `environment`). A call is a call; Jinja looks first whether what is called wants the template's
    context, and nothing of ours does. `{{ t.meetings }}` is words that never change, and so a part of what stands around it.
    """

    as_written = True

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        of_page = isinstance(node.node, nodes.Name) and node.node.name == "self"  # its blocks are items
        if not self.as_written or of_page or keyword.iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:
        if not self.as_written or isinstance(node.arg, (nodes.Slice, nodes.Const)):  # `row["values"]` may be an attribute
            super().visit_Getitem(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(")[")
        self.visit(node.arg, frame)
        self.write("]")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        if forward_caller or node.dyn_args or node.dyn_kwargs or any(keyword.iskeyword(k.key) for k in node.kwargs):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(")(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        node.nodes = [self.text(child, frame) or child for child in node.nodes]
        super().visit_Output(node, frame)

    def text(self, node: nodes.Node, frame: Frame) -> nodes.Const | None:
        """The words that a text of the interface stands for, if it is one."""
        if not isinstance(node, nodes.Getattr) or not isinstance(node.node, nodes.Name):
            return None
        name = frame.symbols.find_ref(node.node.name)
        if name is None or frame.symbols.find_load(name) != (VAR_LOAD_RESOLVE, TEXTS):
            return None  # another thing of that name, which the template has set
        words = getattr(self.environment.globals[TEXTS], node.attr, None)
        return nodes.Const(words, lineno=node.lineno, environment=self.environment) if isinstance(words, str) else None

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:
        with self.asking(node.name in ("defined", "undefined")):
            super().visit_Test(node, frame)

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:
        with self.asking(node.name in ("default", "d")):
            super().visit_Filter(node, frame)

    @contextmanager
    def asking(self, whether: bool) -> Iterator[None]:
        """Where a template asks whether there is such a thing, Jinja's way is the right one."""
        before, self.as_written = self.as_written, self.as_written and not whether
        yield
        self.as_written = before


class Texts(dict[str, Any]):
    """A group of the interface's texts, whose keys can be asked for like attributes: `t.kinds.claim`."""

    def __getattr__(self, key: str) -> Any:
        try:
            return self[key]
        except KeyError as e:
            raise AttributeError(f"there is no text of that name: {key}") from e


class SiteTemplate(jinja2.Template):
    """A template that escapes in our own way (see `markup.escaped`)."""

    @classmethod
    def from_code(cls, *args: Any, **more: Any) -> SiteTemplate:
        """A compiled template; all it prints goes through the name `escape` of its code."""
        template = super().from_code(*args, **more)
        template.root_render_func.__globals__["escape"] = escaped
        return cast(SiteTemplate, template)


class SiteEnvironment(jinja2.Environment):
    """Templates that all have the same globals."""

    template_class = SiteTemplate
    code_generator_class = Direct

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What every template knows, as it is: Jinja lays a map of the template's own above it, and goes through both several times a page."""
        return super().make_globals(d) if d else self.globals


def environment(theme: Theme, wording: Wording) -> jinja2.Environment:
    """Templates of the theme over those it extends. `{% extends "default/article.html" %}` reaches one below by its theme's folder name."""
    folders = [f / "templates" for f in theme.folders]
    by_name = {f.name: jinja2.FileSystemLoader(f / "templates") for f in reversed(theme.folders)}
    env = SiteEnvironment(
        loader=jinja2.ChoiceLoader([jinja2.FileSystemLoader(folders), jinja2.PrefixLoader(by_name)]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    fragments = Fragments(env, wording)
    texts = {key: Texts(value) if isinstance(value, dict) else value for key, value in wording.texts.items()}
    env.globals.update({TEXTS: SimpleNamespace(**texts)}, words=wording, say=wording.say, count=wording.count, styles=theme.styles)
    env.filters.update(day=wording.date, short=wording.short, number=wording.number, machine=wording.machine)
    env.filters.update(fragments.filters())
    env.extend(fragments=fragments)
    return env


READS_SITE = re.compile(r"\{[{%][^}%]{0,500}\bsite\b")


def reads_site(theme: Theme) -> bool:
    """Whether a template reads `site`, which is all there is: then a page may show anything, and every page is made at every build."""
    return any(
        READS_SITE.search(file.read_text("utf-8", "replace"))
        for folder in theme.folders
        for file in sorted(folder.glob("templates/**/*.html"))
    )


def static_files(theme: Theme) -> Iterator[Output]:
    """The files of the theme and of those it extends, a theme's own in place of one of the same name below."""
    found: dict[str, Path] = {}
    for folder in reversed(theme.folders):
        base = folder / "static"
        for file in sorted(base.rglob("*")) if base.is_dir() else []:
            if file.is_file() and not any(part.startswith(".") for part in file.relative_to(base).parts):
                found[file.relative_to(base).as_posix()] = file
    for path in sorted(found):
        yield Output(path=f"static/{path}", content=found[path].read_bytes())


def template_problem(error: Exception) -> Problem:
    """Where in a template an error arose, for a person who edits themes and reads no tracebacks."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return Problem(file=error.filename or error.name or "template", line=error.lineno, message=error.message or "not a template")
    if isinstance(error, jinja2.TemplateNotFound):
        return Problem(file="themes", message=f'there is no template "{error.name}"', hint="look at the name after `include` or `extends`")
    place = in_template(error)
    message = str(error) or type(error).__name__
    return Problem(file=place.filename if place else "themes", line=(place.lineno or 1) if place else 1, message=message)


def in_template(error: Exception) -> traceback.FrameSummary | None:
    """The innermost line of a template that an error came through."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.endswith(".html")]
    return frames[-1] if frames else None
