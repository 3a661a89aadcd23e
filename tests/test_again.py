"""A process that makes a site again and again, as `serve` does: whatever was edited meanwhile, it makes what a new process makes; pages come first."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from queue import SimpleQueue

import pytest

from generator import app
from generator.cli import sheets_alone
from generator.model import Problem
from generator.outputs.drafts import Draft
from generator.publish import publish
from generator.serve import Live, next_of, saves_in
from generator.theme import PublishError
from tests.bench.corpus import make_site


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def in_place(path: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(site: Path) -> None:
        words = (site / path).read_text("utf-8")
        assert old in words
        (site / path).write_text(words.replace(old, new, 1), "utf-8")

    return edit


def written(path: str, words: str) -> Callable[[Path], None]:
    def edit(site: Path) -> None:
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(words, "utf-8")

    return edit


def deleted(path: str) -> Callable[[Path], None]:
    return lambda site: (site / path).unlink()


SHEET = "content/sheets/a000003.yaml"
EDITS: list[Callable[[Path], None]] = [
    in_place(SHEET, "would stand for", "would never stand for"),
    in_place(SHEET, "claims:\n", "# a remark that moves every line\nclaims:\n"),
    in_place(SHEET, "  name: ", "  name: Dr "),
    in_place("content/site.yaml", "title: ", "title: New "),
    written("themes/own/templates/home.html", '{% extends "default/home.html" %}{% block masthead %}<h1>Ours</h1>{% endblock %}'),
    in_place("content/site.yaml", "title: ", "theme: own\ntitle: "),
    in_place("themes/own/templates/home.html", "Ours", "Everybody's"),
    written("themes/own/static/style.css", "body { color: green }"),
    in_place("content/site.yaml", "title: ", "language: de\ntitle: "),
    deleted("content/sheets/a000005.yaml"),
    written("content/actors/ada-abel.yaml", "name: Ada A. Abel\n"),
    written("content/actors/ada-abel.yaml", "hidden: true\n"),
    deleted("content/actors/ada-abel.yaml"),
    written("content/pages/about.md", "# About\n\nUs.\n"),
    deleted("public/articles/a000003.html"),
    written("public/index.html", "not ours"),
    in_place(SHEET, "would never stand for", "would stand for"),
]


def test_a_process_that_goes_on_makes_what_a_new_one_makes(tmp_path: Path) -> None:
    site, clean, kept = tmp_path / "site", tmp_path / "clean", app.Kept()
    make_site(site, 12)
    assert app.build(site, kept=kept).published is not None
    for n, edit in enumerate(EDITS):
        edit(site)
        stood: list[dict[str, bytes]] = []
        made = app.build(site, kept=kept, shown=lambda _, stood=stood: stood.append(tree(site / "public")))  # type: ignore[misc]
        assert made.published is not None, (n, made.problems)
        shutil.rmtree(clean, ignore_errors=True)
        for folder in ("content", "themes"):
            if (site / folder).is_dir():
                shutil.copytree(site / folder, clean / folder)
        assert app.build(clean).published is not None
        ours, theirs = tree(site / "public"), tree(clean / "public")
        assert [p for p in sorted(ours.keys() | theirs.keys()) if ours.get(p) != theirs.get(p)] == [], n
        (early,) = stood
        assert [p for p in ours if p.endswith(".html") and early.get(p) != ours[p]] == [], n


def test_templates_and_unchanged_sheets_are_kept(tmp_path: Path) -> None:
    kept = app.Kept()
    make_site(tmp_path, 6)
    app.build(tmp_path, kept=kept)
    assert kept.interface is not None
    before, sheets = kept.interface[1], dict(kept.sheets)
    EDITS[0](tmp_path)
    app.build(tmp_path, kept=kept)
    assert kept.interface[1] is before
    assert [id_ for id_ in sheets if kept.sheets[id_][1] is not sheets[id_][1]] == ["a000003"]
    deleted(SHEET)(tmp_path)
    app.build(tmp_path, kept=kept)
    assert "a000003" not in kept.sheets


def test_nobody_is_told_of_pages_that_were_not_made(tmp_path: Path) -> None:
    kept, told = app.Kept(), []
    make_site(tmp_path, 4)
    (tmp_path / SHEET).write_text("article: {title: [", "utf-8")
    made = app.build(tmp_path, kept=kept, shown=told.append)
    assert made.published is None
    assert told == []


def test_pages_stand_before_the_rest_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "public"
    order: list[str] = []

    def makes(name: str) -> Draft:
        return Draft(name, lambda: (order.append(name), name.encode())[1])

    def shown() -> None:
        assert (folder / "a.html").read_bytes() == b"a.html"
        assert not (folder / "b.csv").exists()
        order.append("shown")

    made = {"pages": [makes("a.html")], "data": [makes("b.csv")], "theme": [makes("c.css")]}
    counts = publish(made, folder, first=("pages", "theme"), shown=shown)
    assert order == ["a.html", "c.css", "shown", "b.csv"]
    assert (counts.written, sorted(p.name for p in folder.iterdir())) == (4, [".factpress", "a.html", "b.csv", "c.css"])


def test_two_that_make_one_path_are_told_apart_in_whichever_round_they_are_made(tmp_path: Path) -> None:
    made = {"pages": [Draft("a.html", lambda: b"1")], "data": [Draft("A.html", lambda: b"2")]}
    with pytest.raises(PublishError, match="makes"):
        publish(made, tmp_path / "public", first=("pages",))


# --- being told ---


def one(message: str, fatal: bool = True) -> Problem:
    return Problem(file="x", message=message, fatal=fatal)


@pytest.mark.parametrize(
    ("early", "late", "versions"),
    [
        (None, [], [1]),  # nothing was shown early
        ([], [], [1]),  # once is enough
        ([], [one("the downloads failed")], [1, 2]),
        ([one("odd", fatal=False)], [one("odd", fatal=False)], [1]),
    ],
)
def test_pages_are_told_once_and_again_where_the_rest_goes_wrong(
    early: list[Problem] | None, late: list[Problem], versions: list[int]
) -> None:
    seen = []

    def build(shown: Callable[[Sequence[Problem]], None], saved: object) -> list[Problem]:
        if early is not None:
            shown(early)
            seen.append(live.version)
        return late

    live = Live(build)
    live.rebuild()
    assert list(dict.fromkeys([*seen, live.version])) == versions
    assert list(live.problems) == late


def test_what_is_saved_during_a_build_is_seen_after_it(tmp_path: Path) -> None:
    with saves_in([tmp_path]) as saves:
        for _ in range(50):  # until the thread keeps watch
            (tmp_path / "first").write_text("x")
            threading.Event().wait(0.05)
            if not saves.empty():
                break
        next_of(saves)
        (tmp_path / "during").write_text("x")
        threading.Event().wait(0.3)  # a build
        (tmp_path / "later").write_text("x")
        names = {p.name for p in next_of(saves)}
        while "later" not in names:
            names |= {p.name for p in next_of(saves)}
    assert {"during", "later"} <= names


def test_saves_are_taken_together() -> None:
    saves: SimpleQueue[set[Path]] = SimpleQueue()
    saves.put({Path("a")})
    saves.put({Path("b"), Path("c")})
    assert next_of(saves) == {Path("a"), Path("b"), Path("c")}


def test_articles_need_a_look_unless_sheets_alone_were_saved(tmp_path: Path) -> None:
    sheet, article = tmp_path / "content" / "sheets" / "x.yaml", tmp_path / "content" / "articles" / "x.md"
    for path in (sheet, article):
        path.parent.mkdir(parents=True)
        path.write_text("x")
    assert sheets_alone({sheet})
    assert sheets_alone({sheet, sheet.parent / "4913"})  # what an editor leaves and takes away
    assert not sheets_alone({sheet, article})
    assert not sheets_alone(())
    sheet.unlink()
    assert not sheets_alone({sheet})
