"""`serve` under load: `python -m tests.bench.load [sheets] [saves]`. A large site is served while people save sheets, one after the other, faster
than it can be made again. Prints how long the first build and the last took, the peak of memory, and fails where a save was lost.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.corpus import make_site

PATIENCE = 1200  # seconds


def memory(pid: int) -> float:
    """The most memory a process has had, in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def cpu(pid: int) -> float:
    """CPU seconds of a process and of those it waited for."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / 100


def load(count: int, saves: int) -> str:
    """One run, in words."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        make_site(root, count)
        log = (root / "log").open("w+")
        command = [sys.executable, "-m", "generator", "serve", "--frozen", "--port", "0", "--site", place]
        process = subprocess.Popen(command, stderr=log, stdout=log)
        try:
            until(lambda: "the site is at" in said(root), process)
            first, before = cpu(process.pid), memory(process.pid)
            dice, mine = random.Random(1), {}
            for n in range(saves):
                sheet = root / "content" / "sheets" / f"a{dice.randrange(count):06d}.yaml"
                words = sheet.read_text().split("  title: ", 1)
                mine[sheet.stem] = f"Saved as number {n}"
                sheet.write_text(f"{words[0]}  title: {mine[sheet.stem]}\n{words[1].partition(chr(10))[2]}")
                time.sleep(dice.uniform(0, 0.4))
            until(lambda: all(title in page(root, id_) for id_, title in mine.items()), process)
            lost = [id_ for id_, title in mine.items() if title not in (root / "content" / "sheets" / f"{id_}.yaml").read_text()]
            assert not lost, lost
            built = said(root).count("made again")
            return (
                f"{count:,} sheets: first build {first:.0f} s of CPU, {before:,.0f} MB; {saves} saves of {len(mine)} sheets taken up in {built} builds, "
                f"{cpu(process.pid) - first:.0f} s of CPU, peak {memory(process.pid):,.0f} MB, none lost"
            )
        finally:
            process.kill()
            process.wait()


def said(root: Path) -> str:
    return (root / "log").read_text()


def page(root: Path, id_: str) -> str:
    return (root / "public" / "articles" / f"{id_}.html").read_text()


def until(done: object, process: subprocess.Popen[bytes]) -> None:
    """Waits, and not for ever."""
    began = time.monotonic()
    while not done():  # type: ignore[operator]
        assert process.poll() is None, "serve ended"
        assert time.monotonic() - began < PATIENCE, "serve took too long"
        time.sleep(0.5)


if __name__ == "__main__":
    print(load(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000, int(sys.argv[2]) if len(sys.argv) > 2 else 50))
