"""`factpress curate` as a person runs it: what it prints, asks and writes."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from generator.cli import main

SPELT = "marta-lindquist+marta-lindqvist"
SHORT = "northern-harbour-council+nhc"

SHEET = """article:
  title: {title}
  published: 2024-05-0{day}
actors:
{actors}claims:
- id: said
  speaker: {speaker}
  text: {title}
  evidence: {title}
"""


def sheet(site: Path, day: int, title: str, **actors: str) -> None:
    """A sheet as a person may write it, in which the first actor speaks. Actors are given as id (with _ for -) and name."""
    ids = [id_.replace("_", "-") for id_ in actors]
    kinds = ["organization" if "harbour" in id_ or id_ == "nhc" else "person" for id_ in ids]
    listed = "".join(f"- id: {i}\n  name: {n}\n  type: {k}\n" for i, n, k in zip(ids, actors.values(), kinds, strict=True))
    text = SHEET.format(title=title, day=day, actors=listed, speaker=ids[0])
    (site / "content" / "sheets" / f"day-{day}.yaml").write_text(text, "utf-8")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site of three sheets, in which one woman has two spellings and one council two names."""
    (tmp_path / "content" / "sheets").mkdir(parents=True)
    sheet(tmp_path, 1, "Nets are full", marta_lindquist="Marta Lindquist", northern_harbour_council="Northern Harbour Council")
    sheet(tmp_path, 2, "Nets are empty", marta_lindqvist="Marta Lindqvist", nhc="NHC")
    sheet(tmp_path, 3, "Nets are torn", marta_lindquist="Marta Lindquist", northern_harbour_council="Northern Harbour Council")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def decisions(site: Path) -> dict[str, str]:
    """The files that hold decisions, and their words."""
    return {p.relative_to(site / "content").as_posix(): p.read_text("utf-8") for p in sorted(site.glob("content/[ae]*/*.yaml"))}


class Terminal(io.StringIO):
    """A terminal at which these lines are typed."""

    def isatty(self) -> bool:
        return True


def test_away_from_a_terminal_it_only_prints(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["curate"]) == 0
    printed = capsys.readouterr()
    assert sorted(line.split(": ")[0] for line in printed.out.splitlines()) == [SPELT, SHORT]
    assert "look like two spellings" in printed.out
    assert "are the first letters of" in printed.out
    assert "2 proposals" in printed.err
    assert decisions(site) == {}


def test_yes_writes_one_decision_and_the_site_follows_it(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["curate", "--yes", SPELT]) == 0
    assert "content/actors/marta-lindquist.yaml" in capsys.readouterr().err
    (file,) = decisions(site).items()
    assert file[0] == "actors/marta-lindquist.yaml"
    assert "same: [marta-lindqvist]" in file[1]
    assert "two spellings" in file[1], "the reason stands in the file"
    assert main(["render"]) == 0
    assert "Nets are empty" in (site / "public" / "actors" / "marta-lindquist.html").read_text("utf-8")
    assert "marta-lindquist.html" in (site / "public" / "actors" / "marta-lindqvist.html").read_text("utf-8"), "the old address leads on"
    capsys.readouterr()
    assert main(["curate"]) == 0
    assert [line.split(": ")[0] for line in capsys.readouterr().out.splitlines()] == [SHORT], "what is decided is not proposed again"


def test_yes_to_several_and_to_all(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["curate", "--yes", SHORT, "--yes", SPELT]) == 0
    both = decisions(site)
    assert list(both) == ["actors/marta-lindquist.yaml", "actors/northern-harbour-council.yaml"]
    for path in both:
        (site / "content" / path).unlink()
    assert main(["curate", "--yes", "all"]) == 0
    assert decisions(site) == both
    capsys.readouterr()
    assert main(["curate", "--yes", "all"]) == 0
    assert "nothing to propose" in capsys.readouterr().err


def test_three_spellings_become_one_without_contradiction(site: Path) -> None:
    sheet(site, 4, "Nets are mended", marta_lindkvist="Marta Lindkvist")
    assert main(["curate", "--yes", "all"]) == 0
    assert main(["check"]) == 0
    assert main(["render"]) == 0
    pages = [p.read_text("utf-8") for p in sorted((site / "public" / "actors").glob("marta-*.html"))]
    all_four = [p for p in pages if all(f"Nets are {so}" in p for so in ("full", "empty", "torn", "mended"))]
    assert len(pages) == 3
    assert len(all_four) == 1, "one page tells all, and the other two addresses lead to it"


def test_what_an_earlier_decision_settles_is_said(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet(site, 4, "Nets are mended", marta_lindkvist="Marta Lindkvist")
    first, second = "marta-lindkvist+marta-lindqvist", "marta-lindquist+marta-lindqvist"
    assert main(["curate", "--yes", second, "--yes", first]) == 0
    said = capsys.readouterr().err
    assert said.count("  wrote ") == 1
    assert f"{second}: left as it is" in said


def test_what_a_file_holds_already_stays(site: Path) -> None:
    path = site / "content" / "actors" / "marta-lindquist.yaml"
    path.parent.mkdir()
    path.write_bytes(b"# Asked her on the pier.\r\ndescription: 'Speaks for the fishermen'\r\n")
    assert main(["curate", "--yes", SPELT]) == 0
    assert path.read_bytes() == b"# Asked her on the pier.\r\ndescription: 'Speaks for the fishermen'\r\nsame: [marta-lindqvist]\r\n"


def test_on_a_terminal_it_asks(site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal("perhaps\nn\ny\n"))
    assert main(["curate"]) == 0
    asked = capsys.readouterr()
    assert asked.err.count("write that?") == 3, "what is no answer is asked again, and what was refused is not"
    second = asked.out.splitlines()[1].split("+")[0]
    assert list(decisions(site)) == [f"actors/{second}.yaml"]


@pytest.mark.parametrize("typed", ["q\n", ""], ids=["quit", "end of input"])
def test_asking_can_be_ended(site: Path, typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    assert main(["curate"]) == 0
    assert decisions(site) == {}


def test_a_no_for_good_is_kept(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = site / "content" / "actors" / "marta-lindquist.yaml"
    path.parent.mkdir()
    path.write_text("different: [marta-lindqvist]\n", "utf-8")
    assert main(["curate"]) == 0
    assert SPELT not in capsys.readouterr().out


def test_an_id_that_is_none_is_wrong_use_and_nothing_is_written(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["curate", "--yes", SPELT, "--yes", "nobody+noone"]) == 2
    assert "nobody+noone" in capsys.readouterr().err
    assert decisions(site) == {}


def test_with_problems_in_the_content_nothing_is_decided(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = site / "content" / "sheets" / "day-2.yaml"
    path.write_text(path.read_text("utf-8").replace("speaker: marta-lindqvist", "speaker: martha"), "utf-8")
    assert main(["curate", "--yes", "all"]) == 1
    said = capsys.readouterr().err
    assert "content/sheets/day-2.yaml:" in said
    assert "put this right first" in said
    assert decisions(site) == {}


def test_two_events_of_one_day_become_one(site: Path) -> None:
    """Two articles tell of talks of the same two under other names: the decision names the meeting, and one page tells of both."""
    for day, title in ((5, "Talks in the harbour office"), (6, "Hearing on the quay")):
        sheet(site, day, title, marta_lindquist="Marta Lindquist", northern_harbour_council="Northern Harbour Council")
        path = site / "content" / "sheets" / f"day-{day}.yaml"
        meeting = (
            f"meetings:\n- id: met\n  title: {title}\n  type: {title.split()[0].lower()}\n  start: 2024-05-07\n"
            f"  participants: [marta-lindquist, northern-harbour-council]\n  evidence: {title}\n"
        )
        path.write_text(path.read_text("utf-8") + meeting, "utf-8")
    assert main(["curate", "--yes", "all"]) == 0
    assert main(["check"]) == 0
    assert main(["render"]) == 0
    pages = [p.read_text("utf-8") for p in sorted((site / "public" / "events").glob("*.html")) if p.name != "index.html"]
    assert any("day-5" in p and "day-6" in p for p in pages)
