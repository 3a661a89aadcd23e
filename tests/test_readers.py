"""Bytes and a file name → Article: readable cases of whole pages, and laws that hold for any bytes."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator.model import Article
from generator.readers import READERS, ReadError, read_article, to_markdown

CASES = Path(__file__).parent / "cases" / "intake"
ENDING = {"paste": "txt", "html": "html", "markdown": "md"}
CASE = re.compile(
    r"^## (?P<name>.+?)\n(?P<prose>(?:(?!^```).)*)^(?P<fence>````?)(?P<kind>paste|html|markdown)\n(?P<input>.*?)^(?P=fence)\n+"
    r"^````?text\n(?P<body>.*?)^````?\n+^```facts\n(?P<facts>.*?)^```$",
    re.M | re.S,
)


@dataclass(frozen=True)
class Case:
    """A page as a user has it, the body and the facts expected of it. Lines under `optional` may be in the body or not."""

    name: str
    file: str
    input: str
    body: str
    facts: dict[str, Any]


def read_cases() -> list[Case]:
    cases = []
    for file in sorted(CASES.glob("*.md")):
        text = file.read_text("utf-8")
        found = [
            Case(
                f"{file.stem}: {m['name']}",
                f"a-page.{ENDING[m['kind']]}",
                m["input"],
                m["body"].strip("\n"),
                yaml.safe_load(m["facts"]) or {},
            )
            for m in CASE.finditer(text)
        ]
        assert len(found) == len(re.findall(r"^```facts$", text, re.M)), (
            f"{file}: a case is not of the form that tests/test_readers.py describes"
        )
        cases += found
    return cases


@pytest.mark.parametrize("case", read_cases(), ids=lambda c: c.name)
def test_case(case: Case) -> None:
    article = read_article(case.input.encode(), case.file)
    facts = dict(case.facts)
    cut = facts.pop("cut", None)
    optional = set(facts.pop("optional", []))
    kept = "\n\n".join(p for p in article.text.split("\n\n") if p not in optional)
    assert kept == case.body
    assert {k: getattr(article, k) for k in facts} == {k: str(v) if isinstance(v, date) else v for k, v in facts.items()}
    if cut is not None:
        assert {c.text: c.why for c in article.cut if c.text in cut} == cut
    lost = [line for line in case.input.split("\n") if article.kind == "paste" and line.strip() and not found_again(line, article)]
    assert not lost, "a line of the paste is neither in the text nor among what was cut"


def found_again(line: str, article: Article) -> bool:
    words = " ".join(line.split()).removesuffix("-")  # a word broken at the end of the line is joined again
    return words in " ".join(article.text.split()) or any(words in c.text for c in article.cut)


def test_there_are_cases_for_all_kinds() -> None:
    cases = read_cases()
    assert len(cases) >= 40
    assert {c.file.rpartition(".")[2] for c in cases} == {"txt", "html", "md"}


SAID = """
Read more books, he told them.
Follow the money, she told the committee, and you will find the bridge.
Sign up for my plan and you will lose a day, the mayor said.
Share the road, the new signs say, and most drivers do.
Click here, the instructor said, and forty pensioners clicked.
Contact the police if you see him, the sheriff told residents on Friday.
Search teams found the second boat at dawn on Sunday.
Photos from the scene showed two buses on their sides.
Top officials met on Monday to discuss the levy.
Related charges against two other men were dropped in June.
Support from abroad dried up in the autumn.
Join us or leave us, the minister told his party.
Published in 1961, the map shows a tram that was never built.
Reporting by the state broadcaster has been one-sided, the union said.
For more information he had to wait until the archive opened in 1998.
The views expressed by the minister were his own, a spokesman said.
No comment, said the goalkeeper.
Advertising on the bridge was banned in 1999.
Credit unions have lent more than the banks since May.
Weather stations on the coast fell silent one by one.
Home is where the goats are, he says.
Two comments from the gallery drew laughter.
About the author of the letter nothing is known.
Please help us, a note on the door said.
Q: What happens to the swans?
A: They stay, and we feed them.
""".strip().split("\n")


@pytest.mark.parametrize("sentence", SAID)
def test_a_sentence_that_opens_as_furniture_does_is_none(sentence: str) -> None:
    page = f"Home\nNews\nBridge to be moved\n3 May 2024\n{BEFORE}\n\n{sentence}\n\n{AFTER}\n\nPrivacy policy\n"
    assert read_article(page.encode(), "a.txt").text == f"{BEFORE}\n\n{sentence}\n\n{AFTER}"


BEFORE = "The bridge of Ardale will be moved a mile down the river from Monday, the county said, for the road has moved already."
AFTER = "About 8,000 drivers a day cross the bridge, and most of them have said that they would rather move the road back again."


# --- laws ---

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=400)
LINES = st.lists(
    st.sampled_from(
        ["Home", "By Ana Ruiz", "May 5, 2020", "Comments", "", "* * *", "---", "1. One", "The mayor said so on Monday.", "A|B", "#x"]
    )
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.one_of(st.binary(max_size=400), TEXT.map(str.encode), LINES.map(lambda x: "\n".join(x).encode())), st.sampled_from(sorted(READERS))
)
@example(b"---\n&a [*a]\n---\nx", ".md")
@example(b"---\ntitle: x\n---\n", ".txt")
@example(b"+++\ndate = 2021-99-99\n+++\nx", ".md")
@example(b"<html><body><p></p></body></html>", ".html")
@example(b"\xff\xfe", ".txt")
@example(b"<?xml version='1.0' encoding='utf-16'?><p>x</p>", ".html")
def test_any_bytes_give_an_article_or_a_clear_error(content: bytes, ending: str) -> None:
    try:
        article = read_article(content, f"some{ending}")
    except ReadError as error:
        said = str(error)
    else:
        said = ""
    if said:
        assert re.match(r"some\.\w+(:\d+)?: .+: .+", said, re.S)
        return
    assert article.text.strip()
    assert article.title
    assert article.language
    assert article.published is None or re.fullmatch(r"\d{4}-\d\d-\d\d", article.published)
    assert msgspec.json.decode(msgspec.json.encode(article), type=Article) == article


PARAGRAPH = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2030, exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp")), min_size=1, max_size=60
)
TRICKY = st.sampled_from(
    ["# no heading", "1. May is early.", "- a dash", "> said", "a | b", "[^1]", "{{< figure >}}", "{% x %}", "<b>bold</b>", "&amp; co", "*x* _y_ `z`",
     "===", "---", "+ plus", "\\ back", "![i](u)", "[a](b)", "a\nb", "~~x~~", "```", "2021) x", "http://x.org/a_b_c", "Title: x", "| a | b |", "    four"],
)  # fmt: skip


def squeezed(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(PARAGRAPH, TRICKY), min_size=1, max_size=5), PARAGRAPH, st.sampled_from([None, "2021-12-30"]))
def test_what_is_written_reads_back(paragraphs: list[str], title: str, day: str | None) -> None:
    text = "\n\n".join(p for p in map(squeezed, paragraphs) if p.strip())
    if not text or not title.split():
        return
    article = Article(
        id="a",
        title=" ".join(title.split()),
        published=day,
        publisher="The: Paper",
        url="https://example.org/a?b=c#d",
        text=text,
        kind="paste",
    )
    back = read_article(to_markdown(article).encode(), "a.md")
    assert (back.title, back.published, back.publisher, back.url) == (article.title, article.published, article.publisher, article.url)
    assert back.text == text


@pytest.mark.parametrize("case", read_cases(), ids=lambda c: c.name)
def test_an_article_kept_as_markdown_stays_the_same(case: Case) -> None:
    article = read_article(case.input.encode(), case.file)
    back = read_article(to_markdown(article).encode(), "a-page.md")
    for field in ("title", "published", "updated", "publisher", "url", "author", "language", "text", "extra"):
        assert getattr(back, field) == getattr(article, field), field


HOSTILE = {
    "one endless line": b"a" * 3_000_000,
    "an endless sentence": b"the cat said that it was " * 120_000,
    "many paragraphs": b"The mayor said so on Monday, and nobody was there to hear it.\n\n" * 50_000,
    "many labels": b"Home\nBy Ana\n1 May 2020\nPhoto: A/B\n" * 25_000,
    "brackets": b"[" * 200_000,
    "quotation marks": b"> " * 100_000 + b"x",
    "stars": b"*a **b " * 100_000,
    "tags": b"<div>" * 50_000 + b"x",
    "ampersands": b"&amp" * 200_000,
    "dashes": b"---\n" * 100_000,
    "backticks": b"".join(b"`" * n + b"a" for n in range(1, 600)),
    "open comments": b"<!--" * 100_000,
    "open shortcodes": b"{{<" * 100_000,
    "parentheses": b"(AP " * 200_000,
    "spaces": b"x" + b" " * 1_000_000 + b"x",
    "digits": b"1/2/" * 200_000,
    "table": b"|a" * 20_000 + b"\n" + b"|-" * 20_000 + b"\n" + b"|a" * 20_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("ending", sorted(set(READERS) - {".htm"}))
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_take_time_in_step_with_their_size(name: str, ending: str) -> None:
    start = time.process_time()
    with suppress(ReadError):
        read_article(HOSTILE[name], f"a{ending}")
    assert time.process_time() - start < 20


def test_the_publisher_is_the_line_that_the_pages_address_spells() -> None:
    page = (
        b"Harbour Voice\nMenu\nNews\n\nA crane for the harbour\n\n3 May 2024\n\nhttps://harbour-voice.example/crane\n\n"
        b"The harbour of Husum will get a second crane, the port authority said on Friday.\n\n"
        b"The crane comes from Rostock and is to arrive in June, the authority said.\n"
    )
    assert read_article(page, "a.txt").publisher == "Harbour Voice"
