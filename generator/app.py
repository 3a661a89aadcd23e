"""The commands as functions: what reads, extracts, merges, links and publishes, put together. Prints nothing and asks no clock."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from generator import stamp
from generator.checks import in_order, render_problems, to_come
from generator.curate import Proposal, decide, propose
from generator.decisions import Everything, check_site
from generator.link import global_ids, link
from generator.model import Addresses, Article, Curation, FactSheet, Output, ParsedSheet, Problem, Site, SiteConfig
from generator.outputs.drafts import Draft
from generator.places import EditPlaces
from generator.plugin import join_plugin
from generator.publish import Counts
from generator.shelf import uncollected
from generator.store import Content, ContentError

if TYPE_CHECKING:
    import jinja2

    from generator.extraction import How
    from generator.outputs.wording import Wording
    from generator.shelf import Decoded, Shelf
    from generator.theme import Theme

__all__ = ["add", "build", "check", "curate", "decide_on", "explain", "extract_files", "init", "remember", "render_problems", "sheet_as"]


# --- the site ---


@dataclass(frozen=True)
class Loaded:
    """All content as read, checked and linked."""

    site: Site
    problems: tuple[Problem, ...]
    actors: tuple[Curation, ...] = ()
    events: tuple[Curation, ...] = ()
    sheets: tuple[FactSheet, ...] = ()  # as people write them, under their own ids


@dataclass(frozen=True)
class Made:
    """What a build made: None where fatal problems kept it from being made, and `public/` is as it was."""

    problems: tuple[Problem, ...]
    published: Counts | None = None
    addresses: Addresses | None = None  # what to remember of where actors and events stand


@dataclass(frozen=True)
class Gathered:
    """All content as read, each file checked by itself."""

    config: SiteConfig
    shelf: Shelf
    sheets: Sequence[ParsedSheet]
    actors: tuple[Curation, ...]
    events: tuple[Curation, ...]
    pages: dict[str, str]
    problems: tuple[Problem, ...]
    addresses: Addresses  # where actors and events stood when the site was built before
    root: Path = Path()


class Interface(NamedTuple):
    """A site's theme, ready for use."""

    theme: Theme
    words: Wording
    templates: jinja2.Environment
    reads_site: bool  # then a page may show anything


@dataclass
class Kept:
    """What a process that makes a site again and again keeps from one time to the next: what is dear to make, and seldom changes."""

    sheets: Decoded = field(default_factory=dict)
    interface: tuple[bytes, Interface] | None = None  # with the `surroundings` that it was made of

    def interface_of(self, site: Site, root: Path, around: bytes) -> Interface:
        """The theme with its compiled templates, made anew where a file of a theme or a setting has changed."""
        if self.interface is None or self.interface[0] != around:
            self.interface = around, interface(site, root)
        return self.interface[1]


def load(root: Path, today: str | None = None) -> Loaded:
    """Reads, checks and links all sheets."""
    return linked(gather(root), today)


def gather(root: Path, kept: Kept | None = None) -> Gathered:
    """Reads and checks all sheets and decisions."""
    content = Content(root)
    if not content.folder.is_dir():
        raise ContentError(
            content.folder.as_posix(), "there is no such folder", "run this in a site's folder, or make one: factpress init my-site"
        )
    config, problems = content.config()
    join_plugin((config.plugin, str(root.resolve())) if config.plugin else None)
    shelf = content.shelf(decoded=kept.sheets if kept else None)
    actors, of_actors = content.curation("actors")
    events, of_events = content.curation("events")
    addresses, of_addresses = known_addresses(content)
    found = [*problems, *of_actors, *of_events, *of_addresses, *content.articles()[1], *content.left_out()]
    found += [p for id_ in shelf.ids for p in shelf.problems(id_)]
    return Gathered(config, shelf, shelf.all(), actors, events, content.pages(), tuple(found), addresses, root)


def linked(content: Gathered, today: str | None = None) -> Loaded:
    """The site that the content makes, and what is wrong between its parts."""
    with uncollected():
        site = link(
            [s.sheet for s in content.sheets], content.config, actors=content.actors, events=content.events, pages=content.pages,
            files=EditPlaces(content.shelf.ids, content.shelf.lines), digests=content.shelf.digests(), today=today, addresses=content.addresses,
        )  # fmt: skip
        everything = all_problems(content, site)
        site = msgspec.structs.replace(site, problems=tuple(for_readers(everything, content.root)))
    return Loaded(site, everything, content.actors, content.events, tuple(s.sheet for s in content.sheets))


def known_addresses(content: Content) -> tuple[Addresses, list[Problem]]:
    """Where actors and events stood before, or what is wrong with what was remembered."""
    try:
        return content.addresses(), []
    except ContentError as error:
        return Addresses(), [error.problem]


def for_readers(problems: Iterable[Problem], root: Path) -> list[Problem]:
    """What the review page shows: where files lie within the site, for where that lies on a disk is nobody's business, and differs by machine."""
    home = root.as_posix().rstrip("/") + "/"
    return in_order(msgspec.structs.replace(p, file=p.file.removeprefix(home)) for p in problems if not p.fatal)


def remember(root: Path, made: Made) -> bool:
    """Keeps where actors and events now stand, so that their addresses lead on should they ever move; returns whether that is news."""
    return made.addresses is not None and Content(root).remember(made.addresses)


def all_problems(content: Gathered, site: Site | None = None) -> tuple[Problem, ...]:
    """All that is wrong, by place; without the site nothing is said of what only linking tells."""
    everything = Everything(sheets=content.sheets, actors=content.actors, events=content.events)
    if site:
        everything = replace(
            everything,
            event_ids=frozenset(site.events).union(*site.addresses.events.values()),
            actors_now={old: p.id for p in site.profiles.values() for old in p.formerly},
            events_now={old: e.id for e in site.events.values() for old in e.formerly},
        )
    between = check_site(everything)
    return tuple(in_order([*content.problems, *between]))


def check(root: Path, now: str | None = None) -> tuple[Problem, ...]:
    """Everything wrong in the content, by place. Only decisions need the linked site. `now`: the day after which no article can be dated."""
    content = gather(root)
    found = linked(content).problems if content.events or content.actors else all_problems(content)
    return tuple(in_order([*found, *to_come(content.sheets, now)]))


def build(
    root: Path,
    today: str | None = None,
    now: str | None = None,
    processes: int | None = None,
    kept: Kept | None = None,
    shown: Callable[[Sequence[Problem]], None] | None = None,
) -> Made:
    """Makes the site in `public/` from the sheets; leaves it as it is where there are fatal problems.

    `kept` is what earlier builds of this process left for the next. `shown`, if given, is told of the problems as soon as the pages stand, before
    downloads and search are made: somebody is waiting to look at them.
    """
    from generator.publish import publish
    from generator.theme import PublishError

    kept = kept or Kept()
    content = gather(root, kept)
    loaded = linked(content, today)
    problems = tuple(in_order([*loaded.problems, *to_come(content.sheets, now)]))  # what the clock says is on no page
    if any(p.fatal for p in problems):
        return Made(problems)
    around = surroundings(loaded.site, root)
    try:
        with Content(root).lock("publishing"):  # two builds take turns
            made = dict(made_outputs(loaded.site, root, kept.interface_of(loaded.site, root, around)))
            counts = publish(
                made, root / "public", root / ".cache", around=around, processes=processes or os.cpu_count() or 1,
                first=PAGES if shown else (), shown=(lambda: shown(problems)) if shown else None,
            )  # fmt: skip
    except PublishError as error:
        return Made((*problems, error.problem))
    return Made(problems, counts, loaded.site.addresses)


def surroundings(site: Site, root: Path) -> bytes:
    """What every file is made of beside the facts: the program, the themes, and the site's settings."""
    return stamp.digest(stamp.PACKAGE, stamp.PACKAGE.parent / "themes", root / "themes").encode() + msgspec.msgpack.encode(site.config)


def interface(site: Site, root: Path) -> Interface:
    """The theme that the site's settings name, in the site's language."""
    from generator.theme import environment, find_theme, find_wording, reads_site

    theme = find_theme(site.config.theme, root)
    words = find_wording(theme, site.config.language)
    return Interface(theme, words, environment(theme, words), reads_site(theme))


PAGES = ("pages", "theme")  # the makers of what a person looks at


def made_outputs(site: Site, root: Path, ready: Interface | None = None) -> Iterator[tuple[str, Iterable[Output | Draft]]]:
    """Every maker's files, by the maker's name. `ready` is the site's theme, where it is at hand."""
    from generator.outputs import OUTPUTS
    from generator.outputs.pages import page_drafts
    from generator.outputs.sitemap import make_sitemap
    from generator.theme import static_files

    theme = ready or interface(site, root)
    mapped: list[str] = []
    drafts = page_drafts(site, theme.templates, theme.words, mapped)
    yield "pages", (Draft(d.path, d.make) for d in drafts) if theme.reads_site else drafts
    yield "theme", static_files(theme.theme)
    for name, make in OUTPUTS:
        yield name, make(site)
    yield "site map", later(lambda: make_sitemap(site, mapped))


def later(make: Callable[[], Iterable[Output | Draft]]) -> Iterator[Output | Draft]:
    """What can only be made once all before it was."""
    yield from make()


# --- deciding over all articles ---


@dataclass(frozen=True)
class Proposed:
    """What a person may want to decide; nothing where fatal problems make it unsafe to say who is who."""

    proposals: tuple[Proposal, ...] = ()
    problems: tuple[Problem, ...] = ()


def curate(root: Path) -> Proposed:
    """Who may be one under two names, or two under one, and which events may be one, as the sheets and decisions now stand."""
    loaded = load(root)
    fatal = tuple(p for p in loaded.problems if p.fatal)
    if fatal:
        return Proposed(problems=fatal)
    changed = global_ids(loaded.sheets, loaded.actors).changed
    ids = {s.article.id: row for s, row in zip(loaded.sheets, changed, strict=True)}
    return Proposed(propose(loaded.site, loaded.actors, loaded.events, loaded.sheets, ids))


def decide_on(root: Path, proposal: Proposal) -> Path:
    """Writes what a proposal proposes into the file of the one that stays, of which all else stays as it is; returns the file."""
    content = Content(root)
    path = content.folder / proposal.folder / f"{proposal.keep}.yaml"
    with content.lock():
        content.write(path, decide(content.text(path), proposal, content.name(path)).encode())
    return path


# --- extraction without writing ---


@dataclass(frozen=True)
class ExtractedFiles:
    """What `extract` found: a sheet an article, in the order given, and what could not be read."""

    sheets: tuple[FactSheet, ...]
    failed: tuple[str, ...]


def extract_files(files: Sequence[str], model: str | None = None, how: How | None = None) -> ExtractedFiles:
    """The sheets of article files; one actor has one id over all of them. Writes nothing."""
    from generator.extraction import Failure, Sources, extract_sources
    from generator.identity import agree_on_ids

    done = dict(extract_sources(Sources(files, model or SiteConfig().model), how))
    results = [done[n] for n in range(len(files))]
    sheets = agree_on_ids([r for r in results if isinstance(r, FactSheet)])
    return ExtractedFiles(tuple(sheets), tuple(r.message for r in results if isinstance(r, Failure)))


def sheet_as(sheet: FactSheet, form: str) -> bytes:
    """A sheet as `extract` prints it: a line of JSON with every place in the text, or the YAML that people edit."""
    if form == "jsonl":
        return msgspec.json.encode(sheet) + b"\n"
    from generator.sheetfile import write

    return write(sheet).encode()


# --- starting ---


def add(root: Path, file: str, content: bytes | None, id_: str | None = None) -> tuple[Path, Article]:
    """Cleans a paste or a page into `content/articles/<id>.md`; `content` is given for what has no file. Never replaces an article."""
    from generator.readers import read_article, to_markdown
    from generator.words import slug

    article = read_article(Path(file).read_bytes() if content is None else content, "paste.txt" if content is not None else file)
    name = slug(id_ or f"{article.published or ''} {article.title}", "article")
    store = Content(root)
    if name in store.articles()[0]:
        raise ContentError(f"content/articles/{name}", "there is an article of that name", "give it another with --id")
    path = store.folder / "articles" / f"{name}.md"
    store.write(path, to_markdown(article).encode())
    return path, article


def init(folder: Path) -> list[str]:
    """Copies the starter site into a folder that holds none yet; returns what was made."""
    if (folder / "content").exists():
        raise ContentError(str(folder), "there is a site already", "name another folder")
    starter = Path(__file__).parent / "starter"
    made = []
    for file in sorted(p for p in starter.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        target = folder / file.relative_to(starter)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
            made.append(str(target))
    return made


def explain(error: OSError | ValueError) -> str:
    """An error in one line for a person."""
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return str(error)
