"""Killed, crowded, locked out, without room, in odd surroundings: no sheet is torn, no edit is lost, and the next build makes the same bytes.

`FACTPRESS_KILLS=500` before `pytest -s` kills as many commands as that, and says how many it hit.
"""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import cli, making, publish, store, update
from generator.app import build
from generator.merge import merge
from generator.model import FactSheet
from generator.store import Content
from tests.harbour import first, second
from tests.test_pages import many

KILLS = int(os.environ.get("FACTPRESS_KILLS", "12"))
EDIT = "note: looked up in the harbour's own records"

# A build whose extraction takes no time: what it finds is written beside the articles, in the place of what spaCy would find.
FAKE = """
import sys, msgspec
from pathlib import Path
from generator import update, cli
from generator.model import FactSheet

def fake(sources, how=None):
    for n in range(len(sources)):
        file = Path(sources[n].file)
        yield n, msgspec.json.decode(file.with_name(f".{file.stem}.json").read_bytes(), type=FactSheet)

update.extract_sources = fake
sys.exit(cli.main(sys.argv[1:]))
"""


def put(root: Path, sheets: list[FactSheet]) -> None:
    """Articles, and what the fake extraction finds in each."""
    import msgspec

    folder = root / "content" / "articles"
    folder.mkdir(parents=True, exist_ok=True)
    for sheet in sheets:
        (folder / f"{sheet.article.id}.txt").write_text(sheet.article.text)
        (folder / f".{sheet.article.id}.json").write_bytes(msgspec.json.encode(sheet))


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def command(root: Path, name: str) -> list[str]:
    """What is run: `frozen` is a build from the sheets, all else extracts."""
    start = ["-m", "generator"] if name == "frozen" else ["-c", FAKE]
    words = {"frozen": ["build", "--frozen"], "serve": ["serve", "--port", "0"]}.get(name, [name])
    return [sys.executable, *start, *words, "--site", str(root)]


def run(root: Path, name: str = "frozen", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(root, name), capture_output=True, text=True, env={**os.environ, **environment}, check=False)


def edited(root: Path) -> None:
    """A person's edit in one sheet, as a build must keep it."""
    sheet = root / "content" / "sheets" / "bridge.yaml"
    words = sheet.read_text()
    if EDIT not in words:
        sheet.write_text(words.replace("  as_of: 2031-05-04\n", f"  as_of: 2031-05-04\n  {EDIT}\n", 1))
    assert EDIT in sheet.read_text()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that was built once, and edited by hand since."""
    put(tmp_path, [first(), second(), many(20)])
    done = run(tmp_path, "build")
    assert done.returncode == 0, done.stderr
    edited(tmp_path)
    assert run(tmp_path).returncode == 0
    return tmp_path


# --- kill -9 ---


def changed_articles(n: int) -> list[FactSheet]:
    """What the next build finds: more in one article each time, so that sheet, memory and pages all have to change."""
    return [first(), second(), many(20 + n % 7)]


@pytest.mark.parametrize("name", ["frozen", "build", "update", "serve"])
def test_killed_at_any_moment_nothing_is_torn_and_the_next_build_is_as_if_nothing_had_happened(site: Path, name: str) -> None:
    dice = random.Random(7)
    final = "frozen" if name == "frozen" else "build"
    reference = site.parent / f"{site.name}-reference"
    copy(site, reference)
    lasts = 0.0
    for root in (site, reference):
        change(root, 1, final)
        began = time.monotonic()
        assert run(root, final if name == "serve" else name).returncode == 0
        lasts = time.monotonic() - began
        assert run(root, final).returncode == 0
    kills, killed = max(1, KILLS // 4), 0
    for n in range(2, 2 + kills):
        process = subprocess.Popen(command(site, name), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) if name == "serve" else None
        if process:  # what is saved while it runs is taken up at once
            time.sleep(dice.uniform(0.0, 1.1) * lasts)
        change(site, n, final)
        change(reference, n, final)
        process = process or subprocess.Popen(command(site, name), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(dice.uniform(0.15, 1.1) * lasts)
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        for sheet in Content(site).sheets(cache=False):
            assert not [p for p in sheet.problems if p.fatal], (n, sheet.problems)
        assert EDIT in (site / "content/sheets/bridge.yaml").read_text()
        assert all(p.read_bytes().endswith(b"</html>\n") for p in (site / "public").rglob("*.html"))
        if n % 4 == 3 or n == 1 + kills:  # several kills may come upon each other before a build comes through
            for root in (site, reference):
                done = run(root, final)
                assert done.returncode == 0, done.stderr
            assert visible(site / "content") == visible(reference / "content"), n
            assert tree(site / "public") == tree(reference / "public"), n
    assert killed >= kills // 4
    if "FACTPRESS_KILLS" in os.environ:
        print(f"{name}: {killed} kills survived")
    left = [p.name for p in (site / ".cache").iterdir() if p.name.startswith(("staging-", ".new-"))]
    assert left == []


def test_what_is_saved_while_a_sheet_is_being_written_is_kept(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even in the time that the disk takes to take up the new bytes."""
    content = Content(site)
    was, base = content.sheet_text("bridge"), content.extracted("bridge")
    assert was is not None
    more = merge(base, was, many(5), "sheets/bridge.yaml")
    assert more.base is not None
    saved = was + "# saved meanwhile\n"
    sync = os.fsync

    def save_and_sync(handle: int) -> None:
        content.sheet_path("bridge").write_text(saved)
        sync(handle)

    with monkeypatch.context() as m:
        m.setattr(store.os, "fsync", save_and_sync)
        with pytest.raises(store.ContentError, match="saved while it was being updated"):
            content.save("bridge", more.text, was, more.base)
    assert (content.sheet_text("bridge"), content.extracted("bridge")) == (saved, base)


def visible(folder: Path) -> dict[str, bytes]:
    """All but hidden files: those that a kill left half written are hidden, and nothing reads them."""
    return {k: v for k, v in tree(folder).items() if not Path(k).name.startswith(".")}


def change(root: Path, n: int, name: str) -> None:
    """New content for the next build: an edited setting where sheets stand as they are, else new facts too."""
    (root / "content/site.yaml").write_text(f"title: Harbour facts {n}\n")
    if name != "frozen":
        articles = changed_articles(n)
        put(root, articles)
        for sheet in articles:  # a corrected article is extracted again
            with (root / f"content/articles/{sheet.article.id}.txt").open("a") as f:
                f.write(f"\n\nCorrection {n}.")


def copy(root: Path, to: Path) -> None:
    import shutil

    shutil.copytree(root, to)


# --- two at once ---


@pytest.mark.parametrize("name", ["frozen", "build"])
def test_two_builds_at_once_make_the_site_of_one(site: Path, name: str) -> None:
    reference = site.parent / f"{site.name}-reference"
    copy(site, reference)
    for n in (1, 2):
        change(site, n, name)
        change(reference, n, name)
        both = [subprocess.Popen(command(site, name), stderr=subprocess.PIPE, text=True) for _ in range(2)]
        said = [p.communicate()[1] for p in both]
        assert not any("Traceback" in s for s in said), said
        assert run(site, name).returncode == 0
        assert run(reference, name).returncode == 0
        assert tree(site / "public") == tree(reference / "public")
        assert visible(site / "content") == visible(reference / "content")


# --- disks ---


def test_a_folder_that_cannot_be_written_is_named(site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """By a stand-in for the disk's refusal, for root writes where it likes."""

    def refused(path: Path, *_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    before = visible(site / "content")
    with monkeypatch.context() as m:
        m.setattr(update, "extract_sources", lambda *_: (found for found in [(0, many(5))]))
        m.setattr(store, "replace_file", refused)
        assert cli.main(["update", "bridge", "--site", str(site)]) == 1
    said = capsys.readouterr().err.splitlines()
    assert [x for x in said if "this cannot be written: Permission denied: make room on the disk, or look at its permissions" in x], said
    assert visible(site / "content") == before


@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may write whatever the permissions say")
def test_a_build_reads_content_that_nobody_may_write(site: Path) -> None:
    change(site, 1, "frozen")
    for p in sorted((site / "content").rglob("*")):
        p.chmod(0o555 if p.is_dir() else 0o444)
    try:
        done = run(site)
    finally:
        for p in (site / "content").rglob("*"):
            p.chmod(0o755 if p.is_dir() else 0o644)
    assert done.returncode == 0, done.stderr


def full(*_: object, **__: object) -> Iterator[bytes]:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "somewhere")


PLACES = [(making, "write_all"), (publish, "move"), (publish, "write_atomically"), (publish.tempfile, "mkdtemp"), (publish, "make_folder")]


@pytest.mark.parametrize(("module", "name"), PLACES, ids=[name for _, name in PLACES])
def test_a_full_disk_is_one_clear_line_and_the_next_build_makes_up_for_it(
    site: Path, module: object, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    change(site, 1, "frozen")
    with monkeypatch.context() as m:
        m.setattr(module, name, full)
        assert cli.main(["build", "--frozen", "--site", str(site)]) == 1
    said = capsys.readouterr().err.splitlines()
    assert len([x for x in said if "No space left on device" in x]) == 1, said
    assert all(p.read_bytes().endswith(b"</html>\n") for p in (site / "public").rglob("*.html"))
    assert cli.main(["build", "--frozen", "--site", str(site)]) == 0
    assert "Harbour facts 1" in (site / "public/index.html").read_text()
    assert not [p for p in (site / ".cache").iterdir() if p.name.startswith("staging-")]


def test_a_full_disk_loses_no_sheet(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = Content(site)
    was, base = content.sheet_text("bridge"), content.extracted("bridge")
    assert was is not None
    more = merge(base, was, many(5), "sheets/bridge.yaml")
    assert more.base is not None
    with monkeypatch.context() as m:
        m.setattr(store.os, "fsync", full)
        with pytest.raises(store.ContentError, match="cannot be written: No space left on device: make room"):
            content.save("bridge", more.text, was, more.base)
    assert (content.sheet_text("bridge"), content.extracted("bridge")) == (was, base)
    assert not list((site / "content").rglob("*.tmp"))


@pytest.fixture
def small_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A disk of four megabytes, where one can be had."""
    place = tmp_path_factory.mktemp("disk")
    done = (
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)], capture_output=True, check=False)
        if os.name == "posix"
        else None
    )
    if done is None or done.returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_fills_up_at_any_write_loses_nothing(site: Path, small_disk: Path) -> None:
    """A real one, with less and less room each time."""
    import shutil

    root, dice = small_disk / "site", random.Random(3)
    shutil.copytree(site, root, ignore=shutil.ignore_patterns(".cache"))
    reference = site.parent / f"{site.name}-reference"
    copy(site, reference)
    refused, filler = 0, small_disk / "filler"
    for n in range(1, 9):
        change(root, n, "build")
        change(reference, n, "build")
        free = os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize
        filler.write_bytes(b"x" * max(0, free - dice.randrange(0, 120_000)))
        done = run(root, "build")
        refused += done.returncode == 1
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode == 0 or "No space left on device" in done.stderr, done.stderr
        filler.unlink()
        for sheet in Content(root).sheets(cache=False):
            assert not [p for p in sheet.problems if p.fatal], (n, sheet.problems)
        assert EDIT in (root / "content/sheets/bridge.yaml").read_text()
        assert all(p.read_bytes().endswith(b"</html>\n") for p in (root / "public").rglob("*.html"))
    assert refused
    for place in (root, reference):
        assert run(place, "build").returncode == 0
    assert visible(root / "content") == visible(reference / "content")
    assert tree(root / "public") == tree(reference / "public")


# --- surroundings ---


def test_the_same_bytes_in_any_locale_time_zone_and_hash_seed(site: Path) -> None:
    made = []
    for around in (
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "4242", "TZ": "America/Adak", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONUTF8": "0"},
        {"PYTHONHASHSEED": "random", "TZ": "nowhere/at-all", "LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"},
    ):
        root = site.parent / f"{site.name}-{len(made)}"
        copy(site, root)
        for folder in ("public", ".cache"):
            subprocess.run(["rm", "-rf", str(root / folder)], check=True)
        done = run(root, **around)
        assert done.returncode == 0, done.stderr
        made.append(tree(root / "public"))
    assert made[0] == made[1] == made[2]
    assert build(site).published is not None
    assert tree(site / "public") == made[0]
