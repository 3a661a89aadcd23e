"""A build after an edit makes byte for byte what a build from nothing makes, whatever was edited; and it makes no more than it has to."""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import making
from generator.app import Kept, build
from tests.bench.corpus import make_site

Edit = Callable[[Path, random.Random], None]


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def any_sheet(content: Path, rng: random.Random) -> Path:
    return rng.choice(sorted((content / "sheets").iterdir()))


def rewritten(pattern: str, new: str) -> Edit:
    """An edit of the first, or another, place where a pattern stands in one sheet."""

    def edit(content: Path, rng: random.Random) -> None:
        sheet = any_sheet(content, rng)
        words = sheet.read_text("utf-8")
        places = list(re.finditer(pattern, words, re.M))
        if places:
            m = rng.choice(places)
            sheet.write_text(words[: m.start()] + m.expand(new) + words[m.end() :], "utf-8")

    return edit


def without_a_fact(content: Path, rng: random.Random) -> None:
    rewritten(r"^- id: .*\n(?:  .*\n)*", "")(content, rng)


def without_a_sheet(content: Path, rng: random.Random) -> None:
    if len(list((content / "sheets").iterdir())) > 3:
        any_sheet(content, rng).unlink()


def copied(content: Path, rng: random.Random) -> None:
    """A sheet more, of another day."""
    sheet = any_sheet(content, rng)
    day = f"20{rng.randint(19, 23)}-0{rng.randint(1, 9)}-11"
    (content / "sheets" / f"copy-{rng.randint(0, 9)}.yaml").write_text(
        re.sub(r"published: \S+", f"published: {day}", sheet.read_text("utf-8")), "utf-8"
    )


def decided(content: Path, rng: random.Random) -> None:
    """A decision on an actor that some sheet names."""
    ids = re.findall(r"^- id: (\S+)\n  name:", any_sheet(content, rng).read_text("utf-8"), re.M)
    (content / "actors").mkdir(exist_ok=True)
    if ids:
        words = rng.choice([f"name: Dr {rng.randint(1, 99)}\n", "hidden: true\n", "description: Much in the news.\n"])
        (content / "actors" / f"{rng.choice(ids)}.yaml").write_text(words, "utf-8")


def page_of_ones_own(content: Path, rng: random.Random) -> None:
    (content / "pages").mkdir(exist_ok=True)
    (content / "pages" / f"about-{rng.randint(0, 1)}.md").write_text(f"# About {rng.randint(0, 9)}\n\nHello.\n", "utf-8")


def settings(content: Path, rng: random.Random) -> None:
    words = f"per_page: {rng.choice([5, 7])}\ndoubtful: {rng.choice(['true', 'false'])}\n"
    (content / "site.yaml").write_text(f"title: Site {rng.randint(1, 3)}\nbase_url: https://example.org/facts/\n{words}", "utf-8")


EDITS: list[Edit] = [
    rewritten(r"would stand for", "would never stand for"),
    rewritten(r"^  title: .*$", "  title: Another title altogether"),
    rewritten(r"^  name: (\S+) .*$", r"  name: \1 Renamed"),
    rewritten(r"^  role: .*$", "  role: keeper of the light"),
    rewritten(r"^  published: .*$", "  published: 2020-02-02"),
    rewritten(r"^  publisher: .*$", "  publisher: The New Post"),
    rewritten(r"^  status: .*$", "  status: cancelled"),
    rewritten(r"^  start: .*$", "  start: 2021-03-04"),
    rewritten(r"^  place: .*$", "  place: Vaduz"),
    rewritten(r"^  value: .*$", "  value: 77"),
    rewritten(r"^  verb: .*$", "  verb: insisted"),
    rewritten(r"^  evidence: ", "  note: looked up\n  evidence: "),
    rewritten(r"^  evidence: ", "  checked: true\n  evidence: "),
    rewritten(r"^  evidence: ", "  doubtful: true\n  reason: who knows\n  evidence: "),
    rewritten(r"^claims:$", "# a remark that moves every line\nclaims:"),
    without_a_fact,
    without_a_sheet,
    copied,
    decided,
    page_of_ones_own,
    settings,
]


@pytest.mark.parametrize(("seed", "kept"), [(1, None), (2, Kept()), (101, Kept())])
def test_an_edited_site_is_made_as_from_nothing(tmp_path: Path, seed: int, kept: Kept | None) -> None:
    rng = random.Random(seed)
    site, clean, before = tmp_path / "site", tmp_path / "clean", tmp_path / "before"
    make_site(site, 14, seed)
    with (site / "content" / "site.yaml").open("a") as f:
        f.write("per_page: 5\n")
    assert build(site, processes=1, kept=kept).published is not None
    compared = 0
    for edit in rng.sample(EDITS, 14):
        shutil.rmtree(before, ignore_errors=True)
        shutil.copytree(site / "content", before)
        edit(site / "content", rng)
        if build(site, processes=1, kept=kept).published is None:  # the checks refuse it: taken back
            shutil.rmtree(site / "content")
            shutil.copytree(before, site / "content")
            continue
        shutil.rmtree(clean, ignore_errors=True)
        shutil.copytree(site / "content", clean / "content")
        assert build(clean, processes=1).published is not None
        ours, theirs = tree(site / "public"), tree(clean / "public")
        assert [p for p in sorted(ours.keys() | theirs.keys()) if ours.get(p) != theirs.get(p)] == []
        compared += 1
    assert compared > 10


def test_one_edit_makes_few_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_site(tmp_path, 60)
    build(tmp_path, processes=1)
    made: list[str] = []
    real = making.make_some

    def noted(orders: list[making.Order], site: making.Site) -> object:
        made.extend(o.path for o in orders)
        return real(orders, site)

    monkeypatch.setattr(making, "make_some", noted)
    sheet = tmp_path / "content" / "sheets" / "a000030.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("would stand for", "would not stand for", 1), "utf-8")
    published = build(tmp_path, processes=1).published
    assert published is not None
    assert "articles/a000030.html" in made
    assert "articles/a000031.html" not in made
    others = ("figures/", "events/", "calendar/", "index.html", "calendar.ics", "meetings.xml")  # a claim was edited, not one of the newest
    assert [p for p in made if p.startswith(others)] == []
    assert len(made) < (published.unchanged + published.written) / 3


def test_several_processes_make_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "WORTH", 20)
    one, three = tmp_path / "one", tmp_path / "three"
    for place, processes in ((one, 1), (three, 3)):
        make_site(place, 30)
        assert build(place, processes=processes).published is not None
    assert tree(one / "public") == tree(three / "public")


@pytest.mark.skipif(not making.can_fork(), reason="processes are forked on Linux alone")
@pytest.mark.parametrize("pieces", [0, 1, 3])
def test_the_work_of_a_process_that_dies_is_done_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pieces: int) -> None:
    """Also what it had taken, or even made, when it died."""
    monkeypatch.setattr(making, "WORTH", 20)
    make_site(tmp_path / "good", 30)
    build(tmp_path / "good", processes=1)
    make_site(tmp_path / "bad", 30)

    def die(work: making.Work, number: int, *_: object) -> None:
        for _, _ in zip(range(pieces), work.done_by(number), strict=False):
            pass
        os._exit(9)

    monkeypatch.setattr(making, "help_out", die)
    assert build(tmp_path / "bad", processes=2).published is not None
    assert tree(tmp_path / "bad" / "public") == tree(tmp_path / "good" / "public")
