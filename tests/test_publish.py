"""Themes are found and overlaid; the site's folder holds what was made, whole, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import jinja2
import pytest
from jinja2.compiler import CodeGenerator

from generator.model import Output
from generator.publish import MARKER, Counts, publish
from generator.theme import PublishError, environment, find_theme, find_wording, static_files, template_problem


def out(path: str, content: str = "x") -> Output:
    return Output(path=path, content=content.encode())


def files(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text() for p in sorted(folder.rglob("*")) if p.is_file() and p.name != MARKER}


# --- writing ---


def test_writes_what_was_made_and_removes_what_is_left_over(tmp_path: Path) -> None:
    site = tmp_path / "public"
    assert publish({"pages": [out("index.html"), out("a/old.html")]}, site).written == 3
    counts = publish({"pages": [out("index.html"), out("b/new.html", "n")]}, site)
    assert counts == Counts(written=1, unchanged=2, removed=1)
    assert files(site) == {"index.html": "x", "b/new.html": "n"}
    assert not (site / "a").exists()


def test_a_build_with_nothing_new_touches_no_file(tmp_path: Path) -> None:
    site = tmp_path / "public"
    made = {"pages": [out("index.html"), out("a/b.html")]}
    publish(made, site)
    before = {p: (p.stat().st_mtime_ns, p.stat().st_ino) for p in site.rglob("*")}
    assert publish(made, site) == Counts(written=0, unchanged=3, removed=0)
    assert {p: (p.stat().st_mtime_ns, p.stat().st_ino) for p in site.rglob("*")} == before


def test_a_file_changed_behind_our_back_is_made_again(tmp_path: Path) -> None:
    site = tmp_path / "public"
    made = {"pages": [out("index.html", "good")]}
    publish(made, site)
    (site / "index.html").write_text("evil")
    os.utime(site / "index.html", ns=(0, 0))
    assert publish(made, site).written == 1
    assert files(site) == {"index.html": "good"}


def test_works_without_its_cache(tmp_path: Path) -> None:
    site, cache = tmp_path / "public", tmp_path / ".cache"
    made = {"pages": [out("index.html")]}
    publish(made, site, cache)
    for p in cache.iterdir():
        p.unlink()
    assert publish(made, site, cache) == Counts(written=0, unchanged=2, removed=0)


def test_an_interrupted_build_leaves_the_last_good_site(tmp_path: Path) -> None:
    site = tmp_path / "public"
    publish({"pages": [out("index.html", "good"), out("a.html", "good")]}, site)

    def failing():
        yield out("index.html", "half")
        raise RuntimeError("a template failed")

    with pytest.raises(RuntimeError):
        publish({"pages": failing()}, site)
    assert files(site) == {"index.html": "good", "a.html": "good"}
    assert not list((tmp_path / ".cache").glob("staging-*"))


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ("x.html", "x.html", 'pages and feeds both make "x.html"'),
        ("x.html", "X.HTML", 'pages makes "x.html" and feeds "X.HTML"'),
        ("é.html", "e\u0301.html", "pages makes"),
        ("x", "x/y.html", '"x" is a file of pages and a folder of feeds'),
        ("x/y/z.html", "x", '"x" is a file of feeds and a folder of pages'),
    ],
)
def test_two_makers_of_one_path_are_both_named(tmp_path: Path, a: str, b: str, words: str) -> None:
    with pytest.raises(PublishError, match=words):
        publish({"pages": [out(a)], "feeds": [out(b)]}, tmp_path / "public")
    assert not (tmp_path / "public").exists()


@pytest.mark.parametrize("path", ["../x.html", "/etc/x", "a/../../x", "a\\b.html", "c:/x", "a//b", "", "./x", "a/", "x\0y"])
def test_no_path_leaves_the_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(PublishError, match="outside of the site"):
        publish({"pages": [out(path)]}, tmp_path / "public")


def test_a_link_in_the_folder_leads_nobody_out(tmp_path: Path) -> None:
    site, elsewhere = tmp_path / "public", tmp_path / "elsewhere"
    publish({"pages": [out("index.html")]}, site)
    elsewhere.mkdir()
    (elsewhere / "kept.txt").write_text("kept")
    (site / "a").symlink_to(elsewhere)
    with pytest.raises(PublishError, match="leads out"):
        publish({"pages": [out("index.html"), out("a/b.html")]}, site)
    assert files(elsewhere) == {"kept.txt": "kept"}
    publish({"pages": [out("index.html")]}, site)
    assert not (site / "a").exists()
    assert files(elsewhere) == {"kept.txt": "kept"}


def test_a_folder_of_someone_elses_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_text("cat")
    with pytest.raises(PublishError, match="no build made"):
        publish({"pages": [out("index.html")]}, tmp_path / "photos")
    assert files(tmp_path / "photos") == {"cat.jpg": "cat"}


def test_hidden_files_stay(tmp_path: Path) -> None:
    site = tmp_path / "public"
    publish({"pages": [out("index.html")]}, site)
    (site / ".git").mkdir()
    (site / ".git" / "HEAD").write_text("ref")
    publish({"pages": [out("index.html")]}, site)
    assert (site / ".git" / "HEAD").read_text() == "ref"


def test_a_file_gives_way_to_a_folder_of_its_name(tmp_path: Path) -> None:
    site = tmp_path / "public"
    publish({"pages": [out("index.html"), out("about")]}, site)
    publish({"pages": [out("index.html"), out("about/us.html")]}, site)
    assert files(site) == {"index.html": "x", "about/us.html": "x"}
    publish({"pages": [out("index.html"), out("about")]}, site)
    assert files(site) == {"index.html": "x", "about": "x"}


# --- themes ---


def theme(folder: Path, name: str, **content: str) -> Path:
    place = folder / "themes" / name
    for path, text in content.items():
        file = place / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return place


def test_a_single_template_is_overridden_and_reaches_the_one_below(tmp_path: Path) -> None:
    theme(tmp_path, "mine", **{"templates/page.html": '{% extends "default/page.html" %}{% block kind %}mine{% endblock %}'})
    found = find_theme("mine", tmp_path)
    env = environment(found, find_wording(found, "en"))
    assert [f.name for f in found.folders] == ["mine", "default"]
    assert env.get_template("page.html").filename.endswith("mine/templates/page.html")
    assert env.get_template("home.html").filename.endswith("default/templates/home.html")


def test_a_site_may_change_the_default_theme_in_a_folder_of_its_name(tmp_path: Path) -> None:
    mine = theme(tmp_path, "default", **{"static/style.css": "body{}"})
    found = find_theme("default", tmp_path)
    assert found.folders[0] == mine
    assert len(found.folders) == 2
    static = {o.path: o.content for o in static_files(found)}
    assert static["static/style.css"] == b"body{}"
    assert b"factpressSearch" in static["static/site.js"]


def test_style_sheets_add_up_in_order(tmp_path: Path) -> None:
    theme(tmp_path, "sea", **{"theme.yaml": "styles: [sea.css]", "static/sea.css": ""})
    theme(tmp_path, "storm", **{"theme.yaml": "extends: sea\nstyles: [storm.css]", "static/storm.css": ""})
    assert find_theme("storm", tmp_path).styles == ("style.css", "sea.css", "storm.css")


def test_an_unknown_theme_is_named_with_those_there_are(tmp_path: Path) -> None:
    theme(tmp_path, "sea", **{"theme.yaml": ""})
    with pytest.raises(PublishError, match=r"there are: default, .*sea"):
        find_theme("see", tmp_path)


@pytest.mark.parametrize("name", ["../x", "", "..", "a/b"])
def test_a_theme_is_found_among_themes_alone(tmp_path: Path, name: str) -> None:
    with pytest.raises(PublishError, match="no name of a theme"):
        find_theme(name, tmp_path)


def test_themes_that_extend_each_other_are_an_error_and_no_endless_loop(tmp_path: Path) -> None:
    theme(tmp_path, "a", **{"theme.yaml": "extends: b"})
    theme(tmp_path, "b", **{"theme.yaml": "extends: a"})
    with pytest.raises(PublishError):
        find_theme("a", tmp_path)


def test_a_theme_file_that_is_no_yaml_says_where(tmp_path: Path) -> None:
    place = theme(tmp_path, "a", **{"theme.yaml": "styles: [x"})
    with pytest.raises(PublishError) as error:
        find_theme("a", tmp_path)
    assert error.value.problem.file == str(place / "theme.yaml")


def test_a_theme_changes_single_texts(tmp_path: Path) -> None:
    theme(tmp_path, "mine", **{"strings/en.yaml": "search: Look up\nmodifiers: {'~': roughly}"})
    words = find_wording(find_theme("mine", tmp_path), "en")
    assert words["search"] == "Look up"
    assert words["modifiers"]["~"] == "roughly"
    assert words["modifiers"]["<"] == "up to"


def test_a_language_without_a_file_falls_back_to_english(tmp_path: Path) -> None:
    assert find_wording(find_theme("default", tmp_path), "tlh")["search"] == "Search"


def test_templates_ask_for_attributes_as_jinja_has_them(tmp_path: Path) -> None:
    """Attributes are compiled in a way of our own; what themes may write is the same."""
    asked = "{{ t.kinds.claim }}|{{ card.what }}|{{ card.none is defined }}|{{ card.none|default('-') }}|{{ card.what is defined }}|{{ card.class }}"
    theme(tmp_path, "mine", **{"templates/asked.html": asked, "templates/wrong.html": "\n{{ card.waht }}"})
    found = find_theme("mine", tmp_path)
    env = environment(found, find_wording(found, "en"))
    card = SimpleNamespace(what="<said>", **{"class": "new"})
    assert env.get_template("asked.html").render(card=card) == "Claim|&lt;said&gt;|False|-|True|new"
    with pytest.raises(AttributeError, match="waht") as error:
        env.get_template("wrong.html").render(card=card)
    assert template_problem(error.value).line == 2


@pytest.mark.parametrize(
    "asked",
    [
        "{{ t.search }} {{ t.kinds.claim }}",
        "{% set t = card %}{{ t.what }}",
        "{% for t in [card] %}{{ t.what }}{% endfor %} {{ t.search }}",
        "{% macro m(t) %}{{ t.what }}{% endmacro %}{{ m(card) }}",
        "{% macro m(a, b='-', c='') %}{{ a }}{{ b }}{{ c }}{% endmacro %}{{ m(1) }} {{ m(1, c=2) }} {{ m(*[1, 2, 3]) }} {{ m(**{'a': 4}) }}",
        "{% macro m() %}<{{ caller(card) }}>{% endmacro %}{% call(c) m() %}{{ c.what }}{% endcall %}",
        "{% block a %}[{{ t.search }}]{% endblock %}{{ self.a() }}",
        "{% extends 'below.html' %}{% block a %}over {{ super() }}{% endblock %}",
        "{% for x in [[1, [2]]] recursive %}{{ x if x is number else loop(x) }}{{ loop.index }}{% endfor %}",
        "{% set n = namespace(x=1) %}{% for i in range(3) %}{% set n.x = n.x + i %}{% endfor %}{{ n.x }}",
        "{% set d = {'a': 1, 2: [3, 4]} %}{% set k = 'a' %}{{ d[k] }} {{ d[1 + 1][0] }} {{ d['z'] is defined }} {{ d[k + 'z']|default('-') }} {{ d[2][1:] }}",
        "{{ say('more', n=3) }} {{ dict(a=card.what).get('a') }}",
    ],
)
def test_templates_say_what_jinja_would_have_them_say(tmp_path: Path, asked: str) -> None:
    texts = 'search: "Find <it>"\nmore: "{n} more"'
    theme(
        tmp_path,
        "mine",
        **{"templates/asked.html": asked, "templates/below.html": "{% block a %}below{% endblock %}", "strings/en.yaml": texts},
    )
    found = find_theme("mine", tmp_path)
    ours, theirs = (environment(found, find_wording(found, "en")) for _ in range(2))
    theirs.code_generator_class = CodeGenerator
    said, expected = (env.get_template("asked.html").render(card=SimpleNamespace(what="<said>")) for env in (ours, theirs))
    assert said == expected


def test_errors_in_templates_say_file_and_line(tmp_path: Path) -> None:
    theme(tmp_path, "mine", **{"templates/home.html": "\n{{ no.such }}", "templates/page.html": "a\n{% if %}"})
    found = find_theme("mine", tmp_path)
    env = environment(found, find_wording(found, "en"))
    for name, line in (("home.html", 2), ("page.html", 2)):
        with pytest.raises(jinja2.TemplateError) as error:
            env.get_template(name).render()
        problem = template_problem(error.value)
        assert (Path(problem.file).name, problem.line) == (name, line)


def test_what_is_shown_is_always_escaped(tmp_path: Path) -> None:
    found = find_theme("default", tmp_path)
    env = environment(found, find_wording(found, "en"))
    assert env.from_string("{{ x }}").render(x="<script>") == "&lt;script&gt;"


def test_a_template_that_fails_while_pages_are_made_is_a_problem_with_its_line(tmp_path: Path) -> None:
    theme(tmp_path, "mine", **{"templates/home.html": "ok\n{{ 1 // 0 }}"})
    found = find_theme("mine", tmp_path)
    env = environment(found, find_wording(found, "en"))
    made = (Output(path="index.html", content=env.get_template(n).render().encode()) for n in ["home.html"])
    with pytest.raises(PublishError) as error:
        publish({"pages": made}, tmp_path / "public")
    assert Path(error.value.problem.file).name == "home.html"
    assert error.value.problem.line == 2


def test_our_own_mistakes_are_no_problems_of_content(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        publish({"pages": (out(str(1 // n)) for n in [0])}, tmp_path / "public")
