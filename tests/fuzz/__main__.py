"""Fuzzes: `python -m tests.fuzz [TARGET…] [-max_total_time=SECONDS] [any option of libFuzzer]`. What breaks a target is left in `.cache/fuzz/`.

Each target runs in a process of its own, with the coverage of our own code alone; a run of ten seconds, or two gigabytes, counts as a crash.
"""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

from tests.fuzz import TARGETS

PLACE = Path(".cache", "fuzz")


def fuzz(name: str, options: list[str]) -> None:
    """Runs one target until an option ends it, or it breaks. Does not return."""
    import atheris

    with atheris.instrument_imports(include=["generator"]):
        module = import_module(f"tests.fuzz.{name}")
    corpus, broken = PLACE / name, PLACE / "broken"
    corpus.mkdir(parents=True, exist_ok=True)
    broken.mkdir(exist_ok=True)
    for n, seed in enumerate(module.seeds()):
        (corpus / f"seed-{n}").write_bytes(seed)
        module.target(seed)  # loads what is loaded late, so that no run is charged with it
    limits = ["-timeout=10", "-rss_limit_mb=2048", "-max_len=8192", f"-artifact_prefix={broken / name}-", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *limits, *options, str(corpus)], module.target)
    atheris.Fuzz()


def main(arguments: list[str]) -> int:
    """Runs the targets that are named, or all, one after the other; the exit status says whether one broke."""
    names = [a for a in arguments if not a.startswith("-")] or list(TARGETS)
    options = [a for a in arguments if a.startswith("-")]
    if len(names) == 1:
        fuzz(names[0], options)
    status = 0
    for name in names:
        print(f"--- {name}", flush=True)
        status |= subprocess.run([sys.executable, "-m", "tests.fuzz", name, *options], check=False).returncode
    return int(status != 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
