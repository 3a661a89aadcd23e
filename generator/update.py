"""What new, changed and newly extracted articles change in the sheets. A person's edits stay; what was done is said in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from difflib import unified_diff
from pathlib import Path
from typing import Literal

import msgspec

from generator.extraction import Failure, How, Sources, extract_sources
from generator.merge import Merged, merge
from generator.model import KINDS, Extracted, FactSheet, Problem, SiteConfig
from generator.schema import schema_text
from generator.store import Content, ContentError, extraction_key
from generator.typed import near

State = Literal["new", "changed", "behind", "current"]
Which = Literal["changed", "behind", "all"] | Sequence[str]


@dataclass
class Updated:
    """What an update did."""

    lines: list[str] = field(default_factory=list)  # in plain words, for the person
    failed: list[str] = field(default_factory=list)  # articles that could not be read, each with the reason
    problems: list[Problem] = field(default_factory=list)  # sheets that were left alone, each with the reason
    remarks: list[Problem] = field(default_factory=list)  # on site.yaml and the folder of articles, which `check` tells as well
    reminders: list[str] = field(default_factory=list)  # what stays true until the person acts on it
    diffs: list[str] = field(default_factory=list)  # of a dry run
    extracted: int = 0  # how many articles were extracted


def plugin_of(config: SiteConfig, root: Path) -> tuple[str, str] | None:
    """The site's plugin as workers need it."""
    return (config.plugin, str(root.resolve())) if config.plugin else None


def update(root: Path, which: Which = "behind", how: How | None = None, *, dry_run: bool = False, restore: Sequence[str] = ()) -> Updated:
    """Extracts articles and merges what is found into their sheets.

    `which`: "changed" are articles without an extraction or corrected since; "behind" those and the ones an older extractor read; "all" all; or
    the ids or files of some. `restore` brings back facts that were struck out of the named articles.
    """
    content, done = Content(root), Updated()
    config, problems = content.config()
    articles, more = content.articles()
    done.remarks += [*problems, *more]
    done.failed += map(str, content.left_out("articles"))
    states: dict[str, State] = {}
    for id_, path in articles.items():
        try:
            states[id_] = state_of(content, id_, extraction_key(content.read(path) or b"", config.model))
        except ContentError as error:
            done.failed.append(str(error))
    articles = {id_: articles[id_] for id_ in states}
    wanted = chosen(which, states, articles)
    if which == "changed":
        say_behind(states, done)
        for id_ in articles:
            if states[id_] in ("current", "behind") and content.sheet_text(id_) is None:
                merge_in(content, id_, content.extracted(id_), None, done, dry_run)  # the sheet was deleted whole: made again
    if restore and isinstance(which, str):
        raise ContentError(
            "content/sheets", "a fact is brought back into one article", "name the article as well: factpress update ARTICLE --restore ID"
        )
    sources = Sources([str(articles[id_]) for id_ in wanted], config.model, plugin_of(config, root))
    finished = 0
    with closing(extract_sources(sources, how)) as results:  # closed at once when interrupted, which ends the workers
        try:
            for n, result in results:
                if isinstance(result, Failure):
                    done.failed.append(result.message)
                else:
                    done.extracted += 1
                    merge_in(content, wanted[n], placed(result, articles[wanted[n]], root), sources.key(n), done, dry_run, restore)
                finished += 1
        except KeyboardInterrupt as stop:
            raise type(stop)(kept_so_far(finished, len(wanted), which, dry_run)) from None
    if wanted and not dry_run and any(content.sheet_ids()):
        content.write(content.folder / "sheet.schema.json", schema_text().encode())
    return done


def kept_so_far(finished: int, of: int, which: Which, dry_run: bool) -> str:
    """What one who interrupts an update wants to know."""
    if dry_run:
        return "it was a dry run, nothing was written"
    on = (
        "the same command goes on from there"
        if which in ("changed", "behind")
        else "`factpress update` without arguments does what is behind"
    )
    return f"{finished} of {of} articles are done and kept, {on}"


def placed(sheet: FactSheet, path: Path, root: Path) -> FactSheet:
    """The sheet with its article's file as the site names it, for what is remembered must not tell where the site lies on this machine."""
    file = path.relative_to(root).as_posix()
    return msgspec.structs.replace(sheet, article=msgspec.structs.replace(sheet.article, file=file))


def state_of(content: Content, id_: str, now: str) -> State:
    """How an article, whose key is now `now`, stands to what was extracted from it last."""
    last = content.extracted_key(id_)
    if last is None:
        return "new"
    if last == now:
        return "current"
    return "behind" if last.partition(":")[0] == now.partition(":")[0] else "changed"


def chosen(which: Which, states: dict[str, State], articles: dict[str, Path]) -> list[str]:
    """The ids of the articles to extract, in order."""
    if which == "all":
        return list(articles)
    if isinstance(which, str):
        wanted = {"changed": ("new", "changed"), "behind": ("new", "changed", "behind")}[which]
        return [id_ for id_, state in states.items() if state in wanted]
    return list(dict.fromkeys(named(name, articles) for name in which))


def named(name: str, articles: dict[str, Path]) -> str:
    """The id of the article a person names by its id or its file."""
    id_ = Path(name).stem if name not in articles else name
    if id_ not in articles:
        hint = near(id_, articles) or "name a file of content/articles, or its name without the ending"
        raise ContentError("content/articles", f'no article "{name}"', hint)
    return id_


def say_behind(states: dict[str, State], done: Updated) -> None:
    """A build never rewrites sheets because the extractor is newer; it says so."""
    behind = sum(state == "behind" for state in states.values())
    if behind:
        who = "1 sheet was" if behind == 1 else f"{behind} sheets were"
        done.reminders.append(f"{who} made by an older extractor: `factpress update` brings them up to date, and your edits stay")


def merge_in(
    content: Content, id_: str, new: FactSheet | None, key: str | None, done: Updated, dry_run: bool, restore: Iterable[str] = ()
) -> None:
    """Merges one extraction into its sheet, and remembers it. `key` None keeps the key it has."""
    assert new is not None
    try:
        base, mine = content.extracted(id_), content.sheet_text(id_)
        file = content.name(content.sheet_path(id_))
        merged = merge(base, mine, new, file, list(restore))
        if merged.problems:
            done.problems += merged.problems
            return
        done.lines += told(id_, merged, mine)
        done.problems += not_struck(file, merged, restore)
        if dry_run:
            done.diffs.append(
                "".join(unified_diff((mine or "").splitlines(True), merged.text.splitlines(True), f"{file} (now)", f"{file} (then)"))
            )
            return
        if merged.base is not None:
            remembered = merged.base if key is None else msgspec.structs.replace(merged.base, key=key)
            content.save(id_, merged.text, mine, remembered)
    except ContentError as error:
        done.problems.append(error.problem)


def not_struck(file: str, merged: Merged, restore: Iterable[str]) -> list[Problem]:
    """What was to be brought back and was never struck out, with the near spelling."""
    back = {ref for n in merged.notes if n.kind == "restored" for ref in (n.id, f"{n.of}/{n.id}")}
    struck = [f"{kind}/{f.id}" for kind in KINDS for f in getattr(merged.base.struck, kind)] if merged.base else []
    known = [*struck, *(ref.partition("/")[2] for ref in struck)]
    hint = "struck out are " + ", ".join(struck[:10]) if struck else "nothing is struck out of it"
    words = "no fact {} was struck out of this sheet"
    return [Problem(file=file, message=words.format(f'"{id_}"'), hint=near(id_, known) or hint) for id_ in restore if id_ not in back]


def told(id_: str, merged: Merged, mine: str | None) -> list[str]:
    """What a merge did to one sheet: a line for a new one, else a line a change."""
    if mine is None and merged.base is not None:
        language = merged.base.article.language
        foreign = "" if language == "en" else f': its language is "{language}", and the rules read English alone'
        return [f"{id_}: new sheet with {counted(merged.base)}{foreign}"]
    return [f"{id_}: {note}" for note in merged.notes]


def counted(sheet: Extracted) -> str:
    """ "3 actors, 1 claim"."""
    parts = [(len(getattr(sheet, kind)), kind) for kind in KINDS]
    return ", ".join(f"{n} {kind if n != 1 else kind[:-1]}" for n, kind in parts if n) or "no facts"
