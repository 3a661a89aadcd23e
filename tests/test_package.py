"""The wheel by itself: in an empty folder, installed without this checkout, `init`, an article and `build` give a site."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

ARTICLE = """---
title: Mayor opens new bridge
published: 2024-05-02
publisher: The Example
---

"The bridge will last a hundred years," Mayor Ines Albrecht said on Thursday.
"""


def run(*command: object, cwd: Path) -> str:
    """Runs a command that must succeed, with nothing of this checkout on its path."""
    environment = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    done = subprocess.run([str(c) for c in command], cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}: {done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


@pytest.mark.slow
def test_the_wheel_makes_a_site_by_itself(tmp_path: Path) -> None:
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path / "dist", ROOT, cwd=tmp_path)
    (wheel,) = (tmp_path / "dist").glob("*.whl")

    # The libraries are this environment's, through a path file; the package itself comes from the wheel alone.
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=tmp_path)
    (packages,) = (tmp_path / "env" / "lib").glob("python*/site-packages")
    for path in sys.path:
        if path.endswith("site-packages"):
            with (packages / "libraries.pth").open("a") as f:
                f.write(path + "\n")
    where = run(python, "-c", "import generator; print(generator.__file__)", cwd=tmp_path)
    assert str(packages) in where

    factpress = tmp_path / "env" / "bin" / "factpress"
    site = tmp_path / "my-site"
    run(factpress, "init", site, cwd=tmp_path)
    assert (site / ".github" / "workflows" / "pages.yml").is_file()
    assert (site / ".gitignore").is_file()
    (site / "content" / "articles" / "bridge.md").write_text(ARTICLE, "utf-8")
    run(factpress, "build", cwd=site)
    page = (site / "public" / "articles" / "bridge.html").read_text("utf-8")
    assert "The bridge will last a hundred years" in page
    assert "Ines Albrecht" in (site / "public" / "actors" / "ines-albrecht.html").read_text("utf-8")
    assert run(factpress, "check", cwd=site).strip() == "nothing wrong"
