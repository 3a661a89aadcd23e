"""Scores the extractor on the developers' data and holds the scores against `tests/floors.json`: `make eval`.

    python tests/floors.py FOLDER            prints one table; exit status 1 where a score fell below its floor
    python tests/floors.py FOLDER --update   raises the floors to what is reached; refuses to lower one
    python tests/floors.py FOLDER --update --lower "facts sheet_f1: why"   lowers that one, and keeps the reason beside it

FOLDER holds `run` and a folder an area, each with its `dev.jsonl`. A floor holds for the data of its digest alone.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).with_name("floors.json")
SLACK = 0.0005  # scores are rounded to four places

# area → {row of the table: (path into the area's figures, goal on this data)}
ROWS: dict[str, dict[str, tuple[str, float]]] = {
    "facts": {
        "sheet_f1": ("sheet_f1", 0.79),
        "meeting_full_f1": ("meeting_full_f1.f1", 0.70),
        "claim_full_f1": ("claim_full_f1.f1", 0.75),
        "figure_full_f1": ("figure_full_f1.f1", 0.86),
        "actor_f1": ("actor_f1.f1", 0.86),
    },
    "claims": {"end to end": ("end_to_end.f1", 0.80), "speech alone": ("end_to_end_speech.f1", 0.85)},
    "figures": {"value + unit + modifier": ("value_unit_modifier.f1", 0.88)},
    "dates": {"value": ("value.f1", 0.92), "days, recall": ("days.r", 0.97)},
    "actors": {"list": ("headline.actor_list_f1", 0.80), "across articles, B³": ("headline.across_b_cubed_f1", 0.86)},
    "intake": {
        "paste: body": ("paste.body.f1", 0.97),
        "paste: lines": ("paste.lines.f1", 0.95),
        "paste: title": ("paste.title.accuracy", 0.93),
        "paste: day": ("paste.published.accuracy", 1.0),
        "html: body": ("html.body.f1", 0.99),
        "html: exact bodies": ("html.body.accuracy", 0.85),
        "html: title": ("html.title.accuracy", 1.0),
        "html: day": ("html.published.accuracy", 1.0),
        "markdown: body": ("markdown.body.f1", 1.0),
    },
}


def digest(folder: Path, area: str) -> str:
    """What the scores were reached on."""
    return hashlib.sha256((folder / area / "dev.jsonl").read_bytes()).hexdigest()[:16]


def figures(folder: Path, area: str) -> dict[str, Any]:
    """The area's figures for this checkout."""
    done = subprocess.run([sys.executable, folder / "run", area], cwd=Path(__file__).parent.parent, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{area}: {done.stderr[-2000:] or done.stdout[-2000:]}")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def at(found: dict[str, Any], path: str) -> float:
    """The figure at a dotted path."""
    value: Any = found
    for key in path.split("."):
        value = value[key]
    return float(value)


def main() -> int:
    """Prints the table; exit status 1 where a floor is broken."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("folder", type=Path)
    p.add_argument("--update", action="store_true")
    p.add_argument("--lower", action="append", default=[], metavar="ROW: REASON")
    p.add_argument("--area", choices=ROWS)
    a = p.parse_args()
    if not a.folder.is_dir():
        print(f"{a.folder} is not there: the developers' data is no part of the repository; nothing was scored")
        return 0
    floors: dict[str, Any] = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    lowered = dict(row.split(": ", 1) for row in a.lower)
    broken = []
    print(f"{'area':8} {'figure':26} {'now':>7} {'floor':>7} {'goal':>6}")
    for area, rows in ROWS.items():
        if a.area not in (None, area):
            continue
        found, data = figures(a.folder, area), digest(a.folder, area)
        kept = floors.get(area, {})
        known = kept.get("scores", {}) if kept.get("data") == data else {}
        scores, reasons = {}, kept.get("lowered", {})
        for row, (path, goal) in rows.items():
            now, floor = round(at(found, path), 4), known.get(row)
            mark = "" if now + SLACK >= goal else "below the goal"
            if floor is not None and now + SLACK < floor:
                if f"{area} {row}" in lowered:
                    reasons[row] = lowered[f"{area} {row}"]
                    mark = "lowered"
                else:
                    broken.append(f"{area} {row}")
                    mark = "BELOW ITS FLOOR"
            scores[row] = now if mark == "lowered" or floor is None else max(now, floor)
            print(f"{area:8} {row:26} {now:7.4f} {'' if floor is None else format(floor, '.4f'):>7} {goal:6.2f}  {mark}")
        floors[area] = {"data": data, "scores": scores, **({"lowered": reasons} if reasons else {})}
    if broken:
        print(f"\nfell below the floor: {', '.join(broken)}")
        return 1
    if a.update:
        FLOORS.write_text(json.dumps(floors, indent=2, ensure_ascii=False) + "\n")
        print(f"\n{FLOORS} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
