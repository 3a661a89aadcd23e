"""The command line: arguments, messages and exit status. The only module that prints and that asks the time.

Exit status: 0 done, 1 problems in the content, 2 wrong use.
"""

from __future__ import annotations

import argparse
import atexit
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from generator import __version__

if TYPE_CHECKING:
    from generator.curate import Proposal
    from generator.extraction import How
    from generator.model import Problem
    from generator.parallel import Pace
    from generator.publish import Counts
    from generator.serve import Show
    from generator.update import Updated

DONE, PROBLEMS, WRONG_USE = 0, 1, 2
INTERRUPTED, TERMINATED = 130, 143  # as shells tell of Ctrl-C and of `kill`
Item = TypeVar("Item")


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit status."""
    arguments = parser().parse_args(argv)
    atexit.register(gc.freeze)  # a large site is given back to the system as it is, not first looked through for what may be thrown away
    try:
        run: Callable[[argparse.Namespace], int] = arguments.run
        with terminable():
            return run(arguments)
    except KeyboardInterrupt as stop:
        say(f"stopped: {stop}" if stop.args else "stopped; what was done is kept")
        return TERMINATED if isinstance(stop, Terminated) else INTERRUPTED
    except BrokenPipeError:  # the reader of our output went away: `factpress extract … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except (OSError, ValueError) as error:
        from generator.app import explain

        say(f"factpress: {explain(error)}")
        return PROBLEMS


class Terminated(KeyboardInterrupt):
    """Somebody asked us to end (SIGTERM): the same as Ctrl-C, but for the exit status."""


@contextmanager
def terminable() -> Iterator[None]:
    """Ends in order when asked to. Only a process's first thread may say so; a test's second, say, leaves it."""

    def end(*_: object) -> None:
        raise Terminated

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def parser() -> argparse.ArgumentParser:
    """All commands with their arguments and help texts."""
    top = argparse.ArgumentParser(
        prog="factpress",
        description="Turns news articles into fact sheets people can refine, and fact sheets into a linked static site.",
        epilog="Exit status: 0 done, 1 problems in the content, 2 wrong use.",
    )
    top.add_argument("--version", action="version", version=f"factpress {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        p = commands.add_parser(name, help=text, description=text)
        p.set_defaults(run=run)
        if name not in ("extract", "init"):
            p.add_argument(
                "--site", type=Path, default=Path(), metavar="DIR", help="the site's folder, which holds content/ (default: this folder)"
            )
        return p

    def extraction(p: argparse.ArgumentParser) -> None:
        p.add_argument("--processes", type=int, metavar="N", help="how many processes extract at once (default: one a core where it pays)")
        p.add_argument("--dask", metavar="ADDRESS", help="extract on a dask.distributed cluster: the scheduler's address, tcp://host:8786")

    p = command("build", build, "extract new and changed articles, merge their sheets, check, and make the site in public/")
    p.add_argument("--frozen", action="store_true", help="make the site from the sheets as they stand; nothing is extracted")
    p.add_argument("--today", metavar="DAY", help="what counts as today on the pages, 2022-01-31 (default: the newest article's day)")
    extraction(p)

    p = command("update", update, "extract articles and merge what is found into their sheets; edits are kept")
    p.add_argument(
        "articles",
        nargs="*",
        metavar="ARTICLE",
        help="ids or files of the articles to extract again (default: what is new, changed or behind)",
    )
    p.add_argument("--all", action="store_true", help="extract every article again")
    p.add_argument("--dry-run", action="store_true", help="write nothing; show what would change")
    p.add_argument("--restore", action="append", default=[], metavar="ID", help="bring back a fact that was struck out (with its ARTICLE)")
    extraction(p)

    p = command("render", render, "make the site in public/ from the sheets, without checking what is not fatal")
    p.add_argument("--today", metavar="DAY", help="what counts as today on the pages, 2022-01-31 (default: the newest article's day)")

    p = command("check", check, "report everything wrong in content/: file:line:column: what is wrong: what to do")
    p.add_argument("--format", choices=["text", "json", "github"], default="text", help="how to print the problems")

    p = command("curate", curate, "propose which actors or events may be one under two names, or two under one, and write what is decided")
    p.add_argument(
        "--yes", action="append", default=[], metavar="ID", help="agree to a proposal; all: to every one (default: ask, on a terminal)"
    )

    p = command("extract", extract, "print the fact sheets of articles; writes nothing")
    p.add_argument("files", nargs="+", metavar="FILE", help="articles: .txt, .md or .html")
    p.add_argument(
        "--format",
        choices=["yaml", "jsonl"],
        default="yaml",
        help="a sheet as people edit it, or a line of JSON with every place in the text",
    )
    p.add_argument("--model", help="the spaCy model to use")
    extraction(p)

    p = command("serve", serve, "show the site on this machine and make it again whenever a file is saved")
    p.add_argument("--port", type=int, default=8000, help="the port on the loopback address (default: 8000)")
    p.add_argument("--frozen", action="store_true", help="make the site from the sheets; nothing is extracted")

    p = command("add", add, "clean a paste or a page into content/articles/<id>.md, to be looked over")
    p.add_argument("file", metavar="FILE|-", help="the paste or page; - reads a paste from standard input")
    p.add_argument("--id", help="the new article's id (default: from its day and title)")

    p = command("init", init, "make a new site folder to start from")
    p.add_argument("folder", type=Path, metavar="DIR", help="the folder to make; it must not hold a site yet")
    return top


def build(arguments: argparse.Namespace) -> int:
    """`factpress build`."""
    from generator import stamp

    asked = f"today {arguments.today}, frozen {arguments.frozen}"
    said = stamp.unchanged(arguments.site, asked)
    if said is not None:
        for line in said:
            say(line)
        say(f"{arguments.site / 'public' / 'index.html'}: nothing to change")
        return DONE
    from generator import app

    failed, lines = False, []
    said_already: list[str] = []
    if not arguments.frozen:
        from generator.update import update as bring_up_to_date

        updated = bring_up_to_date(arguments.site, "changed", how(arguments))
        failed = show_update(updated)
        lines, said_already = updated.reminders, updated.failed
    seen = stamp.inputs(arguments.site, asked)
    made = app.build(arguments.site, today=arguments.today, now=tomorrow())
    show_problems(p for p in made.problems if str(p) not in said_already)
    if made.published is None:
        say("the site was not made; public/ is as it was")
        return PROBLEMS
    show_made(arguments.site, made.published)
    if not arguments.frozen:
        as_read = stamp.inputs(arguments.site, asked) == seen
        if app.remember(arguments.site, made) and as_read:
            seen = stamp.inputs(arguments.site, asked)  # what this build wrote itself is no news to the next
    if failed:
        return PROBLEMS
    stamp.leave(arguments.site, seen, [*lines, *map(str, made.problems)])
    return DONE


def update(arguments: argparse.Namespace) -> int:
    """`factpress update`."""
    from generator.update import update as bring_up_to_date

    which = "all" if arguments.all else arguments.articles or "behind"
    updated = bring_up_to_date(arguments.site, which, how(arguments), dry_run=arguments.dry_run, restore=arguments.restore)
    for diff in updated.diffs:
        print(diff, end="")
    show_problems(updated.remarks)
    failed = show_update(updated)
    if not (updated.lines or updated.problems or updated.failed):
        say(
            f"nothing to change: {count(updated.extracted, 'article')} extracted again"
            if updated.extracted
            else "nothing to do: every sheet is up to date"
        )
    return PROBLEMS if failed else DONE


def render(arguments: argparse.Namespace) -> int:
    """`factpress render`."""
    from generator import app

    made = app.build(arguments.site, today=arguments.today)
    if made.published is None:
        show_problems([p for p in made.problems if p.fatal])
        say("the site was not made; public/ is as it was")
        return PROBLEMS
    show_made(arguments.site, made.published)
    return DONE


def check(arguments: argparse.Namespace) -> int:
    """`factpress check`."""
    from generator import app

    problems = app.check(arguments.site, now=tomorrow())
    text = app.render_problems(problems, arguments.format)
    if text:
        print(text)
    fatal = sum(p.fatal for p in problems)
    if arguments.format == "text":
        say(f"{count(fatal, 'problem')} and {count(len(problems) - fatal, 'remark')}" if problems else "nothing wrong")
    return PROBLEMS if fatal else DONE


def curate(arguments: argparse.Namespace) -> int:
    """`factpress curate`."""
    from generator import app

    proposed = app.curate(arguments.site)
    known = [p.id for p in proposed.proposals]
    unknown = [] if proposed.problems else [id_ for id_ in arguments.yes if id_ not in (*known, "all")]
    for id_ in unknown:
        say(f'no proposal "{id_}": it may be decided already; `factpress curate` prints those there are')
    if unknown:
        return WRONG_USE
    asked: set[str] = set()
    # What is decided may change what else there is to decide: each round looks again, and puts off whom a decision of its own spoke of. Of
    # events, which proposals name by a meeting as well as by id, it decides on one alone.
    while fresh := [p for p in proposed.proposals if p.id not in asked]:
        decided: set[str] = set()
        for proposal in fresh:
            concerned = {"events"} if proposal.folder == "events" else {proposal.keep, proposal.other}
            if decided & concerned:
                continue
            asked.add(proposal.id)
            answer = agrees(proposal, arguments.yes)
            if answer is None:
                return DONE
            if answer:
                say(f"  wrote {app.decide_on(arguments.site, proposal)}")
                decided |= concerned
        if not decided:
            break
        proposed = app.curate(arguments.site)
    show_problems(proposed.problems)
    if proposed.problems:
        say("put this right first, then run curate again")
        return PROBLEMS
    for id_ in arguments.yes:
        if id_ not in asked and id_ != "all":
            say(f"{id_}: left as it is, for what was decided before it speaks of the same; run curate again to see what is left")
    if not known:
        say("nothing to propose")
    elif not (arguments.yes or sys.stdin.isatty()):
        say(
            f"{count(len(known), 'proposal')}: agree with `factpress curate --yes ID`; for a no that lasts, list one in the other's file under `different`"
        )
    return DONE


def agrees(proposal: Proposal, yes: Sequence[str]) -> bool | None:
    """Whether a person agrees to a proposal: by `--yes`, or asked on a terminal; elsewhere it is printed alone. None ends the asking."""
    if yes:
        agreed = proposal.id in yes or "all" in yes
        if agreed:
            print(proposal)
        return agreed
    print(proposal, flush=True)
    while sys.stdin.isatty():
        print("  write that? [y]es, [n]o, [q]uit: ", end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        answer = line.strip().lower()
        if not line or answer in ("q", "quit"):
            return None
        if answer in ("y", "yes"):
            return True
        if answer in ("n", "no"):
            return False
    return False


def extract(arguments: argparse.Namespace) -> int:
    """`factpress extract`."""
    from generator import app

    done = app.extract_files(arguments.files, arguments.model, how(arguments))
    for sheet in done.sheets:
        sys.stdout.buffer.write(app.sheet_as(sheet, arguments.format))
    sys.stdout.flush()
    return PROBLEMS if show_failures(done.failed) else DONE


def serve(arguments: argparse.Namespace) -> int:
    """`factpress serve`."""
    from generator import app
    from generator.serve import serve as show

    builds: list[str] = []
    kept = app.Kept()
    last: list[Updated] = []

    def build_once(shown: Show, saved: Collection[Path]) -> Sequence[Problem]:
        if not arguments.frozen and not (last and is_well(last[0]) and sheets_alone(saved)):
            from generator.update import update as bring_up_to_date

            last[:] = [bring_up_to_date(arguments.site, "changed")]
            show_failures(last[0].failed)
        problems = [p for updated in last for p in updated.problems]
        return [*problems, *app.build(arguments.site, kept=kept, shown=lambda found: shown([*problems, *found])).problems]

    def ready(address: str, problems: Sequence[Problem]) -> None:
        fatal = [p for p in problems if p.fatal]
        show_problems(fatal)
        if fatal:
            say("the site is as it was")
        else:
            say("made again" if builds else f"the site is at {address}; Ctrl-C ends this")
            builds.append(address)

    site = arguments.site
    show(build_once, site / "public", [site / "content", site / "themes"], arguments.port, ready)
    return DONE


def is_well(updated: Updated) -> bool:
    """Whether an update had nothing to complain of."""
    return not (updated.failed or updated.problems)


def sheets_alone(saved: Collection[Path]) -> bool:
    """Whether nothing but sheets was saved, so that no article needs a look; a sheet that was deleted is made again from its article."""
    return bool(saved) and all(p.parent.name == "sheets" and (p.suffix != ".yaml" or p.exists()) for p in saved)


def add(arguments: argparse.Namespace) -> int:
    """`factpress add`."""
    from generator import app

    content = sys.stdin.buffer.read() if arguments.file == "-" else None
    path, article = app.add(arguments.site, arguments.file, content, arguments.id)
    say(
        f"{path}: “{article.title}”, {article.published or 'no date found: fill in “published”'}, {count(len(article.cut), 'line')} left out"
    )
    return DONE


def init(arguments: argparse.Namespace) -> int:
    """`factpress init`."""
    from generator import app

    for path in app.init(arguments.folder):
        say(f"  {path}")
    say(f"put articles into {arguments.folder / 'content/articles'} and run: factpress build --site {arguments.folder}")
    return DONE


def how(arguments: argparse.Namespace) -> How:
    """How extraction is to be done: with which processes or cluster, and what shows its progress."""
    from generator.extraction import How

    return How(processes=arguments.processes, cluster=arguments.dask, progress=progress)


# --- messages ---------------------------------------------------------------------------------------------------------------------------


def tomorrow() -> str:
    """The calendar's last day that has begun, or is about to, anywhere on earth: an article dated later has a wrong date."""
    return (date.today() + timedelta(days=1)).isoformat()


def say(line: str) -> None:
    """A message to the person, beside the output; without the control characters that a hostile file name could send to a terminal."""
    print("".join(c if c.isprintable() else " " for c in line), file=sys.stderr)


def count(n: int, noun: str) -> str:
    """ "1 problem", "2 problems"."""
    return f"{n} {noun}{'' if n == 1 else 's'}"


def show_update(updated: Updated) -> bool:
    """Says what an update did; returns whether an article failed."""
    for line in [*updated.lines, *updated.reminders]:
        say(line)
    show_problems(updated.problems)
    return show_failures(updated.failed) or any(p.fatal for p in updated.problems)


def show_failures(failed: Sequence[str]) -> bool:
    """Names the articles that failed; returns whether there are any."""
    for line in failed:
        say(line)
    if failed:
        say(
            f"{count(len(failed), 'article')} failed and was left out"
            if len(failed) == 1
            else f"{len(failed)} articles failed and were left out"
        )
    return bool(failed)


def show_made(site: Path, made: Counts) -> None:
    """Where the site is, and what the build changed of it."""
    if made.written or made.removed:
        gone = f", {made.removed} removed" if made.removed else ""
        say(f"{site / 'public' / 'index.html'}: {count(made.written, 'file')} written, {made.unchanged} unchanged{gone}")
    else:
        say(f"{site / 'public' / 'index.html'}: nothing to change in {count(made.unchanged, 'file')}")


def show_problems(problems: Iterable[Problem]) -> None:
    """A line a problem."""
    for problem in problems:
        say(str(problem))


def progress(items: Iterable[Item], total: int, pace: Pace) -> Iterator[Item]:
    """The items, with a progress bar on a terminal while they come; none where output is no terminal or there is little to wait for.

    The time that is left is the pace's, not tqdm's: tqdm counts the loading of the model as if it came again with every article.
    """
    if total < 3 or not sys.stderr.isatty():
        yield from items
        return
    from tqdm import tqdm

    shape = "{desc}: {percentage:3.0f}% {bar} {n_fmt} of {total_fmt} articles, {elapsed} gone{postfix}"
    with tqdm(total=total, desc="loading the model", bar_format=shape, leave=False) as bar:
        for item in items:
            bar.set_description_str("extracting", refresh=False)
            left = pace.left(total - bar.n - 1)
            if left is not None:
                bar.set_postfix_str(f"{tqdm.format_interval(left)} left", refresh=False)
            bar.update()
            yield item
