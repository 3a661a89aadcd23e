"""Where everything lives: the one place that knows the paths of pages and files, the anchors of facts, and the ways out to the publishers.

Paths are relative to the site's root and flat (`actors/joe-biden.html`), so that the site works under any path, on any host and from a
folder; they hold word characters, dots, tildes and hyphens alone, so they stand in links as they are.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

from generator.model import Actor, Article, Claim, Evidence, Fact, Figure, Meeting, Quantity, Site, SiteConfig
from generator.words import RESERVED, slug

HOME = "index.html"
NOT_FOUND = "404.html"
ARTICLES = "articles/index.html"
ACTORS = "actors/index.html"
EVENTS = "events/index.html"
CLAIMS = "claims/index.html"
FIGURES = "figures/index.html"
CALENDAR = "calendar/index.html"
SOURCES = "sources/index.html"
REVIEW = "review/index.html"
NETWORK = "network/index.html"
DATA = "data/index.html"
FEED = "feed.xml"
MEETINGS_FEED = "meetings.xml"
CALENDAR_FILE = "calendar.ics"
SEARCH = "search.html"

SAFE = re.compile(r"\w[\w.~-]*")
AS_IT_IS = re.compile(r"[\w/.~-]*(?:#[\w.~-]*)?", re.ASCII)  # a path whose percent-encoding is the path itself
UNSAFE = re.compile(r"[\s\x00-\x20\x7f\"'<>\\^`{|}]")  # what may not stand in an address
PLAIN_URL = re.compile(r"https?://\w[\w.-]*(?:/[!-~]*)?", re.ASCII)  # as nearly all are; nothing in it needs taking apart
LISTING = re.compile(r"index(-\d+)?")  # names that listings take in every folder

KINDS: dict[type[Fact], str] = {Actor: "actor", Claim: "claim", Meeting: "meeting", Figure: "figure"}
REMEMBERED = 1 << 16  # results kept of what is asked for again and again; some megabytes at most


# --- inside the site ---


@lru_cache(maxsize=REMEMBERED)
def part(id: str) -> str:
    """An id as a file name: as it is where it can be one; nobody's id leads out of its folder or takes the place of a listing."""
    name = id if SAFE.fullmatch(id) and len(id.encode()) <= 200 else slug(id)
    if name.split(".")[0].casefold() in RESERVED:  # an ending does not free a device's name
        name = slug(name.replace(".", "-")) if "." in name else f"{name}-"
    return f"{name}-" if LISTING.fullmatch(name) else name


@lru_cache(maxsize=REMEMBERED)
def article_page(id: str) -> str:
    return f"articles/{part(id)}.html"


@lru_cache(maxsize=REMEMBERED)
def actor_page(id: str) -> str:
    return f"actors/{part(id)}.html"


@lru_cache(maxsize=REMEMBERED)
def event_page(id: str) -> str:
    return f"events/{part(id)}.html"


@lru_cache(maxsize=REMEMBERED)
def quantity_page(id: str) -> str:
    return f"figures/{part(id)}.html"


def has_page(quantity: Quantity) -> bool:
    """Whether a quantity has a page of its own: of one figure alone it could say nothing that the article's page does not."""
    return len(quantity.figures) > 1


def quantity_place(quantity: Quantity) -> str:
    """Where a quantity stands: on its page, or where its one figure does."""
    if has_page(quantity):
        return quantity_page(quantity.id)
    [told] = quantity.figures
    return fact_address(told.article.id, told.fact)


def month_page(month: str) -> str:
    """The calendar's page of a month, "2022-01"."""
    return f"calendar/{part(month)}.html"


def listing(folder: str, name: str = "index", page: int = 1) -> str:
    """One page of a listing: `claims/index.html`, `claims/index-2.html`, `claims/by-joe-biden-3.html`."""
    name = name if name == "index" else part(name)
    return f"{folder}/{name}.html" if page == 1 else f"{folder}/{name}-{page}.html"


def markdown_page(name: str) -> str:
    """A page of content/pages; its name never takes the place of one of ours."""
    return f"pages/{part(name)}.html"


def actor_feed(id: str) -> str:
    return f"actors/{part(id)}.xml"


def actor_calendar(id: str) -> str:
    return f"actors/{part(id)}.ics"


def actor_data(id: str) -> str:
    return f"actors/{part(id)}.json"


def event_calendar(id: str) -> str:
    return f"events/{part(id)}.ics"


def article_data(id: str) -> str:
    return f"data/{part(id)}.json"


def annotations_file(id: str) -> str:
    return f"data/annotations/{part(id)}.jsonld"


def anchor(fact: Fact) -> str:
    """The id of a fact's card on its article's page; kinds have their own, for a claim and a meeting may share a sentence and so an id."""
    return anchor_of(KINDS[type(fact)], str(getattr(fact, "id", "")))


@lru_cache(maxsize=REMEMBERED)  # a fact is pointed at from many pages
def anchor_of(kind: str, id: str) -> str:
    return f"{kind}-{id if SAFE.fullmatch(id) else slug(id)}"


def mark(fact: Fact) -> str:
    """The id of a fact's words in the text on its article's page."""
    return f"text-{anchor(fact)}"


def fact_address(article_id: str, fact: Fact) -> str:
    """A fact's permanent place, as a path with its fragment."""
    return f"{article_page(article_id)}#{anchor(fact)}"


def relative(page: str, to: str) -> str:
    """The link that leads from one page to another path of the site, percent-encoded; `to` may end in a fragment."""
    path, hash, fragment = to.partition("#")
    if hash and path in ("", page):
        return encoded(hash + fragment)
    here, there = page.split("/")[:-1], path.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "../" * (len(here) - shared) + encoded("/".join(there[shared:]) + hash + fragment)


def encoded(path: str) -> str:
    """A path that may end in a fragment, percent-encoded."""
    if AS_IT_IS.fullmatch(path):
        return path
    path, hash, fragment = path.partition("#")
    return f"{quote(path, safe='/-._~')}{hash}{quote(fragment, safe='-._~')}"


def base(config: SiteConfig) -> str | None:
    """The site's own address with a slash at its end; None where it has none that can be used."""
    return root_of(config.base_url)


@lru_cache(maxsize=16)
def root_of(base_url: str) -> str | None:
    url = safe_url(base_url)
    return None if url is None else url.split("#")[0].split("?")[0].rstrip("/") + "/"


def absolute(config: SiteConfig, path: str) -> str | None:
    """The full address of a path, which may end in a fragment; None where the site does not know its own."""
    root = root_of(config.base_url)
    if root is None:
        return None
    return root + encoded(path[len(HOME) :] if path == HOME or path.startswith(f"{HOME}#") else path)


def address(config: SiteConfig, path: str, page: str = HOME) -> str:
    """The full address where the site knows its own, else the link from `page`."""
    return absolute(config, path) or relative(page, path)


# --- out of the site ---


@lru_cache(maxsize=REMEMBERED)
def safe_url(url: str | None) -> str | None:
    """The address if a reader can be sent there: http or https with a host, and nothing that could end an attribute or a line."""
    if not url or UNSAFE.search(url):
        return None
    if PLAIN_URL.fullmatch(url):
        return url
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and host else None


def edit_link(site: Site, article_id: str, fact: Fact | None = None) -> str | None:
    """Where a person edits a fact, or the sheet; None where the site does not say where its sheets are kept."""
    root = safe_url(site.config.edit_url)
    place = edit_place(site, article_id, fact) if root else None
    if root is None or place is None:
        return None
    m = re.fullmatch(r"(.*?)(?::(\d+))?", place, re.S)
    assert m is not None  # it fits everything
    return f"{root.rstrip('/')}/{quote(m[1], safe='/-._~')}" + (f"#L{m[2]}" if m[2] else "")


def edit_place(site: Site, article_id: str, fact: Fact | None = None) -> str | None:
    """File and line of a fact, "sheets/x.yaml:41". Facts of two kinds may share an id, so a key with the kind goes before one without."""
    if fact is None:
        return site.files.get(article_id)
    id = getattr(fact, "id", "")
    return site.files.get(f"{article_id}/{KINDS[type(fact)]}s/{id}") or site.files.get(f"{article_id}/{id}")


ENDS = 4  # words of the sentence's beginning and end that a link into the publisher's page names
MOST = 12  # words, where four occur twice
PARAGRAPHS = re.compile(r"\n\s*\n")


def words_at_publisher(article: Article, evidence: Evidence, text: str | None = None) -> str | None:
    """The link into the publisher's page at the evidence's very words; the page alone where they are not in our copy; None without a page.

    The form is `#:~:text=[prefix-,]start[,end]`: first and last words, for the middle may hold what we cut out. `text` stands in for an
    article whose text was left out.
    """
    url = safe_url(article.url)
    if url is None:
        return None
    directive = text_directive(evidence, article.text if text is None else text)
    if directive is None:
        return url
    return f"{url}{'' if '#' in url else '#'}:~:text={directive}"


def text_directive(evidence: Evidence, text: str) -> str | None:
    """What stands behind `text=`, or None where the words are not in the text.

    A browser looks for each piece within one block of the page, so no piece crosses a paragraph; and it takes the first place that fits,
    so a beginning that occurs earlier in the text gets the words before it as a prefix, or more of its own words.
    """
    if evidence.start is None or evidence.end is None:
        return None
    return directive(text, evidence.start, evidence.end)


@lru_cache(maxsize=REMEMBERED)  # a fact's page, its row and its cards elsewhere all ask
def directive(text: str, start: int, end: int) -> str | None:
    """The directive of the words at a place of a text."""
    quote_ = text[start:end]
    words = quote_.split()
    if not words:
        return None
    paragraphs = [p.split() for p in PARAGRAPHS.split(quote_) if p.strip()] if "\n" in quote_ else [words]
    head, tail = paragraphs[0], paragraphs[-1]
    line, tidy = one_line(text)
    place = start - text.count("\n\n", 0, start) if tidy else place_in_line(text, start)
    prefix: list[str] = []
    last: list[str] = []
    first = head
    if len(paragraphs) > 1 or len(head) > 2 * ENDS:
        first, last = head[:ENDS], tail[-ENDS:]
    if occurs_before(first, line, place):
        prefix = paragraph_before(text, start)[-ENDS:]
        if not prefix and last:
            first = longer(head, line, place)
            if len(paragraphs) == 1 and len(first) > len(head) - ENDS:
                first, last = head, []
    if last:
        sought = " ".join(words).lower()
        if occurs_before(last, sought, len(sought) - 1, len(" ".join(first).lower())):
            last = tail[-MOST:] if len(paragraphs) > 1 else tail[max(len(first), len(tail) - MOST) :]
    return (f"{piece(prefix)}-," if prefix else "") + piece(first) + (f",{piece(last)}" if last else "")


@lru_cache(maxsize=8)  # an article's facts are asked for one after the other
def one_line(text: str) -> tuple[str, bool]:
    """A text as words are sought in it, and whether nothing but that blank lines are spaces tells the places in it from those of the text."""
    line = flattened(text)
    return line, line == text.lower().replace("\n\n", " ") and len(text.lower()) == len(text)


def flattened(text: str) -> str:
    """A text in one line, one space between words, no case, which browsers do not mind."""
    return " ".join(text.lower().split())


def place_in_line(text: str, place: int) -> int:
    """Where a place of the text is in its line."""
    before = flattened(text[:place])
    return len(before) + (bool(before) and (text[place - 1].isspace() or text[place].isspace()))


def paragraph_before(text: str, place: int) -> list[str]:
    """The words of a paragraph up to a place of the text."""
    near = text.rfind("\n\n", 0, place)
    return PARAGRAPHS.split(text[max(near, 0) : place])[-1].split()


def occurs_before(words: list[str], line: str, place: int, after: int = 0) -> bool:
    """Whether the words stand before `place` of a text in one line (and not before `after`)."""
    return line.find(" ".join(words).lower(), after, place) >= 0


def longer(words: list[str], line: str, place: int) -> list[str]:
    """As many of the first words as no earlier place has."""
    n = ENDS
    while n < min(MOST, len(words)) and occurs_before(words[:n], line, place):
        n += 1
    return words[:n]


def piece(words: list[str]) -> str:
    """Words as a text directive writes them: hyphen, comma and ampersand are its own signs."""
    return "%20".join(map(encoded_word, words))


@lru_cache(maxsize=REMEMBERED)
def encoded_word(word: str) -> str:
    return quote(word, safe="", errors="replace").replace("-", "%2D")
