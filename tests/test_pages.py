"""What the pages show, read as HTML: every page of a small site, and odd content."""

from __future__ import annotations

import posixpath
import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import html5lib
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from generator.model import Actor, Article, Claim, Evidence, FactSheet, Figure, Meeting, Site, Span
from generator.outputs.pages import page_drafts, pages
from generator.outputs.pages.cards import as_quotation, curly
from generator.outputs.pages.marked import Marked, paragraphs, render
from generator.outputs.pages.titles import told_apart
from generator.outputs.pages.views import Pager, numbered
from generator.theme import environment, find_theme, find_wording
from tests.harbour import FIRST, first, second, small_site

NOWHERE = Path("/nonexistent")


@cache
def theme(language: str = "en"):
    found = find_theme("default", NOWHERE)
    words = find_wording(found, language)
    return environment(found, words), words


def made(site: Site) -> dict[str, str]:
    env, words = theme(site.config.language)
    return {o.path: o.content.decode() for o in pages(site, env, words)}


@pytest.fixture(scope="module")
def small() -> dict[str, str]:
    files = {"bridge": "sheets/bridge.yaml:1", "bridge/claims/minister-ana-sol-said-the": "sheets/bridge.yaml:17"}
    return made(
        small_site(
            files=files,
            base_url="https://facts.example/harbour/",
            show="full",
            edit_url="https://git.example/edit/",
            pages={"about": "# About\n\nHello."},
        )
    )


def tree(page: str) -> html.HtmlElement:
    return html.fromstring(page)


def text(element) -> str:
    return " ".join(element.text_content().split())


# --- all pages ---


def test_every_kind_of_page_is_there(small: dict[str, str]) -> None:
    wanted = {
        "index.html", "404.html", "search.html", "articles/index.html", "articles/bridge.html", "actors/index.html", "actors/ana-sol.html",
        "events/index.html", "calendar/index.html", "calendar/2031-05.html", "claims/index.html", "claims/kind-denied.html",
        "claims/mode-direct.html", "figures/index.html", "sources/index.html", "sources/by-the-quay.html", "review/index.html", "data/index.html",
        "pages/about.html",
    }  # fmt: skip
    assert wanted <= set(small)


def test_all_pages_are_valid_html5(small: dict[str, str]) -> None:
    parser = html5lib.HTMLParser(strict=True)
    for path, page in small.items():
        try:
            parser.parse(page)
        except html5lib.html5parser.ParseError as e:
            pytest.fail(f"{path}: {e}")


def test_every_link_and_anchor_within_the_site_leads_somewhere(small: dict[str, str]) -> None:
    ids = {path: {e.get("id") for e in tree(page).iter() if e.get("id")} for path, page in small.items()}
    others = re.compile(r"\.(ics|xml|json|jsonl|csv|sqlite|css|js|svg|png)$")
    for path, page in small.items():
        for element, _, url, _ in tree(page).iterlinks():
            parts = urlsplit(url)
            if parts.scheme or element.tag == "form":
                continue
            if path == "404.html":  # served at any depth, so it starts at the site's own path
                assert parts.path.startswith("/harbour/") or url == "#content", url
                parts = parts._replace(path=parts.path.removeprefix("/harbour/"))
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path
            assert not parts.path.startswith("/"), (path, url)
            assert target in small or others.search(target), (path, url)
            if parts.fragment and target in ids:
                assert unquote(parts.fragment) in ids[target], (path, url)


def test_ids_are_used_once(small: dict[str, str]) -> None:
    for path, page in small.items():
        ids = [e.get("id") for e in tree(page).iter() if e.get("id")]
        assert len(ids) == len(set(ids)), path


def test_every_page_tells_itself_apart(small: dict[str, str]) -> None:
    titles = [tree(page).findtext(".//title") for page in small.values()]
    assert len(titles) == len(set(titles))
    for path, page in small.items():
        head = tree(page)
        assert head.xpath("string(//meta[@name='description']/@content)"), path
        assert head.xpath("string(//link[@rel='canonical']/@href)").startswith("https://facts.example/harbour/"), path
        assert len(head.xpath("//h1")) == 1, path


def alike(n: int, **of_article: str) -> FactSheet:
    """A sheet whose actor, meeting and figure are called as those of every other such sheet."""
    words = f"Sam Roe met Kim Poe for talks number {n}. He counted {n + 2} boats."
    return FactSheet(
        article=Article(id=f"a{n}", title="News", published="2031-05-01", text=words, **of_article),
        actors=(Actor(id=f"sam-roe-{n}", name="Sam Roe", type="person"), Actor(id=f"kim-poe-{n}", name="Kim Poe", type="person")),
        meetings=(
            Meeting(
                id=f"m{n}", title="talks", start="2031-05-01", participants=(f"sam-roe-{n}", f"kim-poe-{n}"), evidence=Evidence(quote=words)
            ),
        ),
        figures=(Figure(id=f"f{n}", value=2, unit="boats", subject=f"boats in harbour {n}", evidence=Evidence(quote=words)),),
    )


def test_pages_of_one_name_have_titles_of_their_own() -> None:
    sheets = [alike(0), alike(1), alike(2, publisher="The Quay"), FactSheet(article=Article(id="x", title="Actors", text=""))]
    site = made(small_site(*sheets, per_page=2))
    titles = [tree(page).findtext(".//title") for page in site.values()]
    assert len(titles) == len(set(titles))
    assert tree(site["articles/a2.html"]).findtext(".//title") == "News, The Quay – Harbour facts"


@given(st.dictionaries(st.text(max_size=3), st.lists(st.sampled_from(["a", "b", "a (2)", "c"]), min_size=1, max_size=3), max_size=8))
def test_titles_are_told_apart_whatever_they_are(wanted: dict[str, list[str]]) -> None:
    titles = told_apart(wanted, ("c",))
    assert list(titles) == list(wanted)
    assert len({*titles.values(), "c"}) == len(titles) + 1


def test_nothing_is_styled_or_run_in_the_markup(small: dict[str, str]) -> None:
    """The security policy allows no such styles, and no attribute runs a script."""
    for path, page in small.items():
        for element in tree(page).iter():
            assert "style" not in element.attrib, path
            assert not any(a.startswith("on") for a in element.attrib), path
        assert not tree(page).xpath("//style")


def test_the_same_site_gives_the_same_bytes() -> None:
    assert made(small_site()) == made(small_site())


# --- the fact sheet ---


def test_facts_stand_beside_their_paragraph(small: dict[str, str]) -> None:
    rows = tree(small["articles/bridge.html"]).xpath("//div[contains(@class, 'row')]")
    kinds = [[re.match(r"fact (\w+)", f.get("class"))[1] for f in row.xpath(".//div[starts-with(@class, 'fact ')]")] for row in rows]
    assert kinds == [["claim"], ["meeting", "claim", "figure"]]
    assert [[text(p)[:12] for p in row.xpath("./p")] for row in rows] == [["Minister Ana"], ["Ana Sol will", "A walk along"]]


def test_words_and_cards_lead_to_each_other(small: dict[str, str]) -> None:
    page = tree(small["articles/bridge.html"])
    card = page.get_element_by_id("claim-minister-ana-sol-said-the")
    mark = page.get_element_by_id("text-claim-minister-ana-sol-said-the")
    assert text(mark) == 'the bridge is "safe for everyone who has to cross it"'
    assert card.xpath(".//a[@class='count']/@href") == ["../articles/bridge.html#text-claim-minister-ana-sol-said-the"]
    assert "#claim-minister-ana-sol-said-the" in page.xpath("//sup/a/@href")


def test_a_card_has_its_four_lines(small: dict[str, str]) -> None:
    [card] = [
        c
        for c in tree(small["actors/ana-sol.html"]).xpath("//div[contains(@class, 'card claim')]")
        if "safe" in text(c) and "Ana Sol" in text(c)
    ]
    assert text(card.xpath(".//*[@class='who']")[0]) == "Ana Sol, Minister, said"
    assert text(card.xpath(".//*[starts-with(@class, 'said')]")[0]) == "the bridge is “safe for everyone who has to cross it”"
    assert text(card.xpath(".//*[@class='evidence']")[0]) == FIRST.split("\n")[0]
    assert text(card.xpath(".//*[@class='from']")[0]) == "Reported 5 May 2031 · The Quay, Minister calls bridge safe"
    links = {text(a).removesuffix(" ↗"): a.get("href") for a in card.xpath(".//*[@class='ways']//a")}
    assert links["the words at The Quay"].startswith("https://quay.example/a#:~:text=Minister%20Ana")
    assert links["in the text"] == "../articles/bridge.html#text-claim-minister-ana-sol-said-the"
    assert links["¶"] == "../articles/bridge.html#claim-minister-ana-sol-said-the"
    assert links["edit"] == "https://git.example/edit/sheets/bridge.yaml#L17"
    assert "checked" in text(card)


def test_checked_and_unchecked_facts_can_be_told_apart(small: dict[str, str]) -> None:
    cards = tree(small["articles/bridge.html"]).xpath("//div[starts-with(@class, 'fact ')]")
    assert [("✓ checked" in text(c), "unchecked" in text(c)) for c in cards] == [(True, False), (False, True), (False, True), (False, True)]


def test_where_rights_forbid_the_text_only_evidence_is_shown() -> None:
    page = made(small_site(show="quotes"))["articles/bridge.html"]
    shown = tree(page).xpath("//p[@class='text']")
    for number in [n for p in shown for n in p.xpath(".//sup")]:
        number.drop_tree()
    assert [text(p) for p in shown] == FIRST.split("\n\n")[:2]
    assert "pleasant in spring" not in page
    assert "The whole text is at The Quay" in text(tree(page))


def test_an_article_may_allow_more_than_the_site() -> None:
    sheet = first()
    open_ = msgspec.structs.replace(sheet, article=msgspec.structs.replace(sheet.article, show="full"))
    assert "pleasant in spring" in made(small_site(open_, show="quotes"))["articles/bridge.html"]


def test_key_facts_are_few_and_telling(small: dict[str, str]) -> None:
    lines = [text(li) for li in tree(small["articles/bridge.html"]).xpath("//section[@class='key']//li")]
    assert len(lines) == 4
    assert "12 May 2031 Sol–Lind meeting, Port Hall, Harbour City scheduled" in lines[0]
    assert "Ana Sol said" in lines[1]
    assert "around 400 workers told to leave" in lines[2]


def test_lost_words_are_said_to_be_lost() -> None:
    lost = Claim(id="x", speaker="ana-sol", verb="said", text="gone", evidence=Evidence(quote="Words that <b>left</b>."))
    page = made(small_site(msgspec.structs.replace(first(), claims=(lost,))))
    sheet = tree(page["articles/bridge.html"])
    card = sheet.get_element_by_id("claim-x")
    assert "Words that <b>left</b>." in text(card)
    assert "These words are not in the text." in text(card)
    assert not sheet.xpath("//*[@id='text-claim-x']")
    assert "gone" in text(tree(page["review/index.html"]))


def test_an_article_without_facts_says_so() -> None:
    page = made(small_site(FactSheet(article=Article(id="quiet", title="Quiet day", text="Nothing happened."))))
    assert "No claims, meetings or figures were found" in page["articles/quiet.html"]
    assert "No meeting ahead is known" in page["index.html"]


def test_an_empty_site_still_has_a_home() -> None:
    from generator.link import link

    page = made(link([]))
    assert "No articles yet." in page["index.html"]


# --- marks that overlap ---


def plain_mark(start: int, end: int, name: str) -> Marked:
    return Marked(start, end, first=f"<{name}>", later=f"<{name} again>", close=f"</{name}>", last=f"{name}!")


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([(0, 4, "a")], "<a>abcd</a>a!efgh"),
        ([(0, 8, "a"), (2, 4, "b")], "<a>ab<b>cd</b>b!efgh</a>a!"),
        ([(0, 4, "a"), (2, 6, "b")], "<a>ab<b>cd</b></a>a!<b again>ef</b>b!gh"),
        ([(2, 4, "a"), (2, 4, "b")], "ab<a><b>cd</b></a>a!b!efgh"),
        ([(2, 4, "b"), (0, 4, "a")], "<a>ab<b>cd</b></a>b!a!efgh"),
        ([(0, 4, "a"), (4, 8, "b")], "<a>abcd</a>a!<b>efgh</b>b!"),
        ([(0, 3, "a"), (1, 5, "b"), (2, 8, "c")], "<a>a<b>b<c>c</c></b></a>a!<c again><b again>de</b>b!fgh</c>c!"),
    ],
)
def test_overlapping_marks_nest(marks: list[tuple[int, int, str]], expected: str) -> None:
    assert render("abcdefgh", 0, 8, [plain_mark(*m) for m in marks]) == expected


@given(st.text(alphabet="ab<&\"' \n", max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8))
def test_marks_change_no_word_and_always_close(words: str, spans: list[tuple[int, int]]) -> None:
    marks = [
        Marked(a, b, f'<mark id="m{i}">', "<mark>", "</mark>")
        for i, (a, b) in enumerate((min(s), min(max(s), len(words))) for s in spans)
        if a < b
    ]
    out = render(words, 0, len(words), marks)
    assert out.count("<mark") == out.count("</mark>")
    for m in marks:
        assert out.count(m.first) == 1
    parsed = html5lib.parseFragment(f"<p>{out}</p>", treebuilder="etree", namespaceHTMLElements=False)
    assert "".join(parsed.itertext()) == words.replace("\r", "\n")


def test_a_fact_over_two_paragraphs_is_marked_in_both() -> None:
    words = "One two.\n\nThree four."
    fact = Meeting(id="m", title="x", evidence=Evidence(quote=words, start=0, end=len(words)))
    sheet = FactSheet(article=Article(id="a", title="", text=words), meetings=(fact,))
    blocks = paragraphs(sheet, "../", {"meeting-m": 1}, "{n}", True, {})
    assert [b.html.count("<mark") for b in blocks] == [1, 1]
    assert [len(b.facts) for b in blocks] == [1, 0]
    assert "".join(b.html for b in blocks).count('id="text-meeting-m"') == 1


def test_no_link_stands_in_another() -> None:
    """A name that a fact's edge cuts is left alone, for the fact's number is a link."""
    words = "The Bo Lind plan"
    claim = Claim(id="c", text="x", evidence=Evidence(quote="The Bo", start=0, end=6))
    actor = Actor(id="bo", name="Bo Lind", type="person", mentions=(Span(4, 11),))
    sheet = FactSheet(article=Article(id="a", title="", text=words), actors=(actor,), claims=(claim,))
    [block] = paragraphs(sheet, "../", {"claim-c": 1}, "{n}", True, {"bo": "actors/bo.html"})
    assert "actors/bo.html" not in block.html


# --- actors, events, figures ---


def test_an_actor_shows_what_was_said_by_and_of_them(small: dict[str, str]) -> None:
    page = tree(small["actors/ana-sol.html"])
    heads = [text(h) for h in page.xpath("//h2")]
    assert "Said 1" in heads
    assert "Said about them 1" in heads
    assert "Meetings 1" in heads
    assert "Often with" in heads
    assert "met once" in text(page)


def test_an_event_shows_its_history_and_where_sources_differ(small: dict[str, str]) -> None:
    [path] = [p for p in small if p.startswith("events/") and "index" not in p]
    page = tree(small[path])
    assert [text(li)[:16].rstrip(",") for li in page.xpath("//ol[@class='history']/li")] == ["scheduled for 12", "held 13 May 2031"]
    assert [text(td) for td in page.xpath("//td[@class='differs']")] == ["Port Hall, Harbour City ≠ differs"]
    assert "Sources differ on: place." in text(page)


def test_figures_that_exclude_each_other_are_in_dispute(small: dict[str, str]) -> None:
    [path] = [p for p in small if p.startswith("figures/") and "index" not in p]
    page = tree(small[path])
    assert "in dispute" in text(page)
    assert len(page.xpath("//*[local-name()='circle'][contains(@class, 'dot')]")) == 2
    assert page.xpath("//*[local-name()='circle'][@class='dot open']")
    assert "Figures in dispute" in text(tree(small["index.html"]))


def test_words_that_stand_before_a_name_give_way_behind_it() -> None:
    quote = "According to Ana Sol, the ferry is full."
    said = Evidence(quote=quote, start=0, end=len(quote))
    claim = Claim(id="c", speaker="ana-sol", verb="According to", text="the ferry is full", evidence=said)
    actor = Actor(id="ana-sol", name="Ana Sol", type="person", role="mayor")
    sheet = FactSheet(article=Article(id="ferry", title="Ferry", text=quote), actors=(actor,), claims=(claim,))
    [who] = tree(made(small_site(sheet))["articles/ferry.html"]).xpath("//div[contains(@class, 'fact claim')]//p[@class='who']")
    assert text(who) == "Ana Sol, mayor, said"


def test_a_quantity_of_one_figure_has_no_page_and_leads_to_the_figure() -> None:
    sheet = first()
    alone = made(small_site(msgspec.structs.replace(sheet, figures=sheet.figures[:1])))
    assert [p for p in alone if p.startswith("figures/")] == ["figures/index.html"]
    [href] = tree(alone["figures/index.html"]).xpath("//article[contains(@class, 'quantity')]/h3/a/@href")
    path, anchor = href.removeprefix("../").split("#")
    assert tree(alone[path]).xpath(f"//*[@id='{anchor}' and contains(@class, 'figure')]")
    assert not tree(alone[path]).xpath("//*[@class='counted']/a")


def test_the_calendar_has_the_day(small: dict[str, str]) -> None:
    [cell] = tree(small["calendar/2031-05.html"]).xpath("//td[time/@datetime='2031-05-12']")
    assert "Sol–Lind meeting" in text(cell)


def test_a_long_day_of_the_calendar_goes_on_below_the_grid() -> None:
    crowded = [
        msgspec.structs.replace(s, meetings=tuple(msgspec.structs.replace(m, start="2031-05-12", participants=()) for m in s.meetings))
        for s in meetings(9)
    ]
    page = tree(made(small_site(*crowded))["calendar/2031-05.html"])
    [cell] = page.xpath("//td[time/@datetime='2031-05-12']")
    assert len(cell.xpath(".//li")) == 7
    assert text(cell.xpath(".//li")[-1]) == "and 3 more"
    assert len(page.get_element_by_id("day-2031-05-12").xpath("./li")) == 9
    assert cell.xpath(".//li[last()]/a/@href") == ["#day-2031-05-12"]


def test_old_addresses_lead_on() -> None:
    site = small_site()
    moved = msgspec.structs.replace(site.profiles["ana-sol"], formerly=("a-sol",))
    site = msgspec.structs.replace(site, profiles={**site.profiles, "ana-sol": moved})
    page = made(site)["actors/a-sol.html"]
    assert 'http-equiv="refresh" content="0; url=../actors/ana-sol.html"' in page


# --- long listings ---


def many(n: int) -> FactSheet:
    words = "\n\n".join(f"Point {i} is open, she said." for i in range(n))
    claims = []
    for i in range(n):
        quote = f"Point {i} is open, she said."
        start = words.index(quote)
        claims.append(
            Claim(
                id=f"p{i}",
                speaker="ana-sol",
                verb="said",
                text=f"Point {i} is open",
                evidence=Evidence(quote=quote, start=start, end=start + len(quote)),
            )
        )
    return FactSheet(
        article=Article(id="many", title="Many", published="2031-05-01", text=words),
        actors=(Actor(id="ana-sol", name="Ana Sol", type="person"),),
        claims=tuple(claims),
    )


def test_long_listings_come_in_pages_and_every_entry_is_on_one() -> None:
    site = made(small_site(many(120), per_page=25))
    listed = [p for p in site if re.fullmatch(r"claims/by-ana-sol(--\d+)?\.html", p)]
    assert len(listed) == 5
    claims = [text(c) for p in listed for c in tree(site[p]).xpath("//*[starts-with(@class, 'said')]")]
    assert sorted(claims) == sorted(f"Point {i} is open" for i in range(120))
    assert len(tree(site["actors/ana-sol.html"]).xpath("//*[contains(@class, 'card claim')]")) == 20
    assert "../claims/by-ana-sol.html" in tree(site["actors/ana-sol.html"]).xpath("//p[@class='more']/a/@href")


def meetings(n: int) -> list[FactSheet]:
    """`n` articles, each of a day of its own on which two people meet."""
    sheets = []
    for i in range(n):
        day = (date(2030, 1, 1) + timedelta(days=i)).isoformat()
        words = f"Ana Sol met Bo Lind for the {i}th time."
        met = Meeting(id=f"m{i}", title=f"meeting {i}", start=day, participants=("ana-sol", "bo-lind"), evidence=Evidence(quote=words))
        cast = (Actor(id="ana-sol", name="Ana Sol", type="person"), Actor(id="bo-lind", name="Bo Lind", type="person"))
        sheets.append(FactSheet(article=Article(id=f"d{i}", title=f"Day {i}", published=day, text=words), actors=cast, meetings=(met,)))
    return sheets


def test_all_meetings_and_articles_of_an_actor_are_reached_from_their_page() -> None:
    site = made(small_site(*meetings(120), per_page=50))
    actor = tree(site["actors/ana-sol.html"])
    assert len(actor.xpath("//h2[@id='meetings']/following-sibling::ul[1]/li")) == 50
    ways = actor.xpath("//p[@class='more']/a/@href")
    assert "../calendar/of-ana-sol.html" in ways
    assert "../sources/naming-ana-sol.html" in ways
    for name, entry, many_ in (("calendar/of-ana-sol", "event", 120), ("sources/naming-ana-sol", "sheet", 120)):
        listed = [p for p in site if re.fullmatch(rf"{name}(--\d)?\.html", p)]
        assert len(listed) == 3
        links = [a for p in listed for a in tree(site[p]).xpath(f"//li[starts-with(@class, '{entry}')]//p[@class='title']/a/@href")]
        assert len(set(links)) == many_


def test_the_list_of_claims_shows_the_newest_and_leads_on_to_the_months_of_all():
    """No list holds all claims once more: older ones stand with their month, those of an article without a date too."""

    def sheet(id: str, day: str | None, n: int) -> FactSheet:
        words = "\n\n".join(f"Ana Sol said point {i} of {id} is open." for i in range(n))
        claims = []
        for i in range(n):
            quote = f"Ana Sol said point {i} of {id} is open."
            at = words.index(quote)
            said = Evidence(quote=quote, start=at, end=at + len(quote))
            claims.append(Claim(id=f"c{i}", speaker="ana-sol", verb="said", text=f"point {i} of {id}", evidence=said))
        actor = Actor(id="ana-sol", name="Ana Sol", type="person")
        return FactSheet(article=Article(id=id, title=id, text=words, published=day), actors=(actor,), claims=tuple(claims))

    site = made(small_site(sheet("march", "2031-03-02", 5), sheet("may", "2031-05-04", 6), sheet("undated", None, 2), per_page=7))
    claims = "//*[starts-with(@class, 'said')]"
    assert [p for p in site if re.fullmatch(r"claims/index.*", p)] == ["claims/index.html"]
    index = tree(site["claims/index.html"])
    assert len(index.xpath(claims)) == 7
    assert index.xpath("//section[@class='filterable']/p[@class='more']/a/@href") == ["../claims/month-2031-03.html"]
    assert len(tree(site["claims/month-2031-03.html"]).xpath(claims)) == 5
    assert len(tree(site["claims/month-undated.html"]).xpath(claims)) == 2
    assert index.xpath("//a[@href='../claims/month-undated.html']/text()") == ["date not known"]
    assert text(tree(site["claims/month-undated.html"]).xpath("//h1")[0]) == "Claims: date not known"


def test_a_long_list_of_a_kind_shows_the_newest_and_leads_on_to_the_month_of_older_ones() -> None:
    def sheet(month: int) -> FactSheet:
        words = "Ana Sol said so. Ana Sol denied so."
        said = [
            Claim(id=v, speaker="ana-sol", verb=v, kind=v, text=f"{v} in {month}", evidence=Evidence(quote=words))
            for v in ("said", "denied")
        ]
        actor = Actor(id="ana-sol", name="Ana Sol", type="person")
        return FactSheet(
            article=Article(id=f"m{month}", title=f"M{month}", published=f"2031-{month:02}-02", text=words),
            actors=(actor,),
            claims=tuple(said),
        )

    site = made(small_site(*map(sheet, range(1, 13)), per_page=1))
    listed = ["claims/kind-denied.html", *(f"claims/kind-denied--{n}.html" for n in range(2, 11))]
    assert sorted(p for p in site if p.startswith("claims/kind-denied")) == sorted(listed)
    said = [text(c) for p in listed for c in tree(site[p]).xpath("//*[starts-with(@class, 'said')]")]
    assert said == [f"denied in {m}" for m in range(12, 2, -1)]
    assert "12 claims" in text(tree(site[listed[0]]).xpath("//header[@class='page-head']")[0])
    ways = [tree(site[p]).xpath("//section[@class='filterable']/p[@class='more']/a/@href") for p in listed]
    assert ways == [[]] * 9 + [["../claims/month-2031-03.html"]]
    assert [p for p in site if p.startswith("claims/month-2031-03")] == ["claims/month-2031-03.html", "claims/month-2031-03--2.html"]


def test_what_to_review_is_as_much_as_a_person_can_do_and_says_that_there_is_more() -> None:
    def sheet(lost: int) -> FactSheet:
        gone = [Claim(id=f"c{n}", verb="said", text=f"gone {n}", checked=True, evidence=Evidence(quote="Gone.")) for n in range(lost)]
        return FactSheet(article=Article(id="a", title="A", text="Nothing."), claims=tuple(gone))

    few, many = (made(small_site(sheet(n))) for n in (500, 501))
    for site, said in ((few, "500 things to look at"), (many, "The first 500 things to look at; others follow as these are put right.")):
        pages = [tree(site[p]) for p in site if p.startswith("review/")]
        assert sum(len(p.xpath("//ul[@class='doubts filterable']/li")) for p in pages) == 500
        assert said in text(tree(site["review/index.html"]))


def test_pages_of_a_listing_never_take_an_id_of_something_else() -> None:
    assert numbered("figures/satellites.html", 2) != "figures/satellites-2.html"
    assert numbered("claims/index.html", 1) == "claims/index.html"


@given(st.integers(2, 2000), st.data())
def test_any_page_of_a_listing_is_few_steps_from_any_other(pages_: int, data: st.DataObject) -> None:
    goal, at, steps = data.draw(st.integers(1, pages_)), 1, 0
    while at != goal:
        view = Pager("claims/index.html", at, pages_)
        at = min((int(n.text) for n in view.numbers if n.text), key=lambda n: abs(n - goal))
        steps += 1
        assert steps <= 12  # two a stride, and the ends


# --- words ---


@pytest.mark.parametrize(
    ("text_", "shown"),
    [
        ("We will talk.", "“We will talk.”"),
        ('"We were told nothing,"', "“We were told nothing”"),
        ("“Already so.”", "“Already so.”"),
        ('He said "no"', "“He said “no””"),
    ],
)
def test_quotations_stand_in_one_pair_of_marks(text_: str, shown: str) -> None:
    assert as_quotation(text_) == shown


def test_quotation_marks_open_and_close() -> None:
    assert curly('the "only" way ("so")') == "the “only” way (“so”)"
    assert curly("Putin's 'new' 5'10 plan isn't it") == "Putin’s 'new' 5'10 plan isn’t it"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2031-05-12", "12 May 2031"),
        ("2031-05", "May 2031"),
        ("2031-W02", "week 2 of 2031"),
        ("2031-SU", "summer 2031"),
        ("2031", "2031"),
        ("2031-05-12T20:30+00:00", "12 May 2031, 20:30 UTC"),
        ("2031-05-12T20:30-05:00", "12 May 2031, 20:30 UTC−05:00"),
        ("2031-02-30", "2031-02-30"),
        ("soon", "soon"),
        (None, ""),
    ],
)
def test_dates_are_as_precise_as_they_are(value: str | None, said: str) -> None:
    assert theme()[1].date(value) == said


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ({"value": 100000, "modifier": "~"}, "around 100,000"),
        ({"value": 13000}, "13,000"),
        ({"value": 3.5e9, "unit": "USD", "kind": "money"}, "$3.5 billion"),
        ({"value": 10**12}, "1 trillion"),
        ({"value": 0.4, "unit": "USD", "kind": "money"}, "$0.40"),
        ({"value": 1234567}, "1,234,567"),
        ({"value": 999_999_999_999}, "999,999,999,999"),
        ({"low": 3, "high": 5, "unit": "percent"}, "3–5%"),
        ({"value": -2.5, "unit": "percent"}, "−2.5%"),
        ({"value": 60, "modifier": ">"}, "more than 60"),
        ({"low": 60}, "more than 60"),
        ({}, "no number"),
    ],
)
def test_figures_are_said_as_a_reader_says_them(figure: dict, said: str) -> None:
    made_of = Figure(id="f", evidence=Evidence(quote=""), **{"unit": "people", **figure})
    assert theme()[1].figure(made_of) == said


def test_other_scripts_show_and_link() -> None:
    words = "قال محمد الأحمد إن المحادثات ستبدأ."
    claim = Claim(
        id="c", speaker="محمد-الأحمد", verb="قال", text="المحادثات ستبدأ", evidence=Evidence(quote=words, start=0, end=len(words))
    )
    actor = Actor(id="محمد-الأحمد", name="محمد الأحمد", type="person")
    sheet = FactSheet(article=Article(id="خبر", title="خبر", text=words, language="ar"), actors=(actor,), claims=(claim,))
    site = made(small_site(sheet))
    assert "actors/محمد-الأحمد.html" in site
    assert 'lang="ar"' in site["articles/خبر.html"]
    assert 'lang="ar"' in site["actors/محمد-الأحمد.html"]


def test_hostile_words_stay_words() -> None:
    evil = '"><script>alert(1)</script>'
    sheet = FactSheet(
        article=Article(id="x", title=evil, text=evil, url="javascript:alert(1)", publisher=evil, author=evil),
        actors=(Actor(id="e", name=evil, type="person", role=evil, aliases=(evil + "2",)),),
        claims=(Claim(id="c", speaker="e", verb=evil, text=evil, note=evil, evidence=Evidence(quote=evil, start=0, end=len(evil))),),
        meetings=(Meeting(id="m", title=evil, place=evil, start=evil, evidence=Evidence(quote=evil)),),
        figures=(Figure(id="f", value=1, unit=evil, subject=evil, as_of=evil, according_to=evil, evidence=Evidence(quote=evil)),),
    )
    for path, page in made(small_site(sheet, title=evil, description=evil)).items():
        scripts = tree(page).xpath("//script[not(@src) and not(@type='application/ld+json')]")
        assert not scripts, path
        assert "javascript:" not in " ".join(tree(page).xpath("//@href")), path


@pytest.mark.parametrize("sheets", [(first(),), (second(),), (first(), second())])
def test_plans_only_what_can_be_mapped(sheets: tuple[FactSheet, ...]) -> None:
    env, words = theme()
    mapped: list[str] = []
    paths = {d.path for d in page_drafts(small_site(*sheets), env, words, mapped)}
    assert set(mapped) == paths - {"404.html"}


@pytest.mark.parametrize(
    ("written", "title"),
    [("# Us\n\nHello.", "Us"), ("---\ntitle: Who we are\n---\n\n# Us\n\nHello.", "Who we are"), ("Hello.\n\n# Later\n", "About us")],
)
def test_own_pages_have_one_title_and_run_nothing(written: str, title: str) -> None:
    page = tree(made(small_site(pages={"about-us": written + "\n\n<script>alert(1)</script>"}))["pages/about-us.html"])
    assert [text(h) for h in page.xpath("//h1")] == [title]
    assert "title:" not in text(page.get_element_by_id("content"))
    assert "Hello." in text(page)
    assert not page.xpath("//main//script")


def test_what_was_held_today_stands_among_the_latest_meetings() -> None:
    site = msgspec.structs.replace(small_site(second()), today="2031-05-12")
    assert [e.status for e in site.events.values() if e.start == site.today] == ["held"]
    pages = made(site)
    assert tree(pages["index.html"]).xpath("//li[@class='event held']")
    groups = tree(pages["events/index.html"]).xpath("//section[.//li[@class='event held']]/h2/text()")
    assert groups == ["Past"]
