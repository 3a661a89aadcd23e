"""What hostile and huge input costs: `python -m tests.bench.limits [words]`, CPU seconds and peak memory of each case in a process of its own.

A case is read as an article or parsed as a sheet; "extracted" goes through spaCy and the rules too. A refusal is a result as well.
"""

from __future__ import annotations

import gzip
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

SENTENCE = "Minister Ann Lee said on Monday that the talks in Porto would go on until 12 May 2024, with 400 people. "
PARAGRAPH = SENTENCE * 5 + "\n\n"
SECONDS, MEMORY = 300, 8 << 30  # no case may take more

Case = tuple[str, str, Callable[[], bytes]]  # what it is, the file's name, its content


def times(words: str, size: float) -> Callable[[], bytes]:
    """The words, over and over, until there are so many characters."""
    return lambda: (words * (int(size) // len(words) + 1)).encode()


def page(words: str, size: float) -> Callable[[], bytes]:
    return lambda: b"<html><body><article>" + times(words, size)() + b"</article></body></html>"


def front(words: str, size: float) -> Callable[[], bytes]:
    return lambda: b"---\n" + times(words, size)() + b"\n---\nText."


def numbered(form: str, many: int) -> bytes:
    return "".join(form.format(n=n, m=max(0, n - 1)) for n in range(many)).encode()


LAUGHS = b"a0: &a0 [x, x]\n" + b"".join(b"a%d: &a%d [%s]\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 10)) for n in range(1, 60))
DATA = b'<script type="application/ld+json">'
ENTITIES = b"<!DOCTYPE x [<!ENTITY a 'xx'><!ENTITY b '&a;&a;&a;'>]>"
CASES: list[Case] = [
    ("50 MB of paste", "x.txt", times(PARAGRAPH, 50e6)),
    ("50 MB of HTML", "x.html", page(f"<p>{SENTENCE}</p>\n", 50e6)),
    ("50 MB of Markdown", "x.md", times(PARAGRAPH, 50e6)),
    ("the largest paste", "x.txt", times(PARAGRAPH, 999_000)),
    ("the largest page", "x.html", page(f"<p>{SENTENCE}</p>\n", 19.9e6)),
    ("the largest Markdown", "x.md", times(PARAGRAPH, 999_000)),
    ("a line of 10 MB", "x.txt", times(SENTENCE, 10e6)),
    ("a line of 10 MB in HTML", "x.html", page(SENTENCE, 10e6)),
    ("100,000 paragraphs", "x.html", lambda: numbered("<p>Ann Lee said {n} on Monday.</p>", 100_000)),
    ("a million quotation marks", "x.md", times('"', 999_000)),
    ("a million brackets", "x.md", times("[", 999_000)),
    ("a million of “![[”", "x.md", times("![[", 999_000)),
    ("a million asterisks", "x.md", times("*a_ ", 999_000)),
    ("unclosed scripts in Markdown", "x.md", times("<div>\n<script ", 999_000)),
    ("a million spaces", "x.txt", lambda: b"Ann said so." + b" " * 980_000 + b"x"),
    ("HTML nested 100,000 deep", "x.html", page("<div>", 500_000)),
    ("tables nested 100,000 deep", "x.html", page("<table><tr><td>", 1_500_000)),
    ("a gzipped page of 1 GB", "x.html", lambda: gzip.compress(b"<p>x</p>" * 125_000_000, 1)),
    ("front matter with a million keys", "x.md", lambda: b"---\n" + numbered("k{n}: v\n", 1_000_000) + b"---\nText."),
    ("front matter: a billion laughs", "x.md", lambda: b"---\n" + LAUGHS + b"---\nText."),
    ("front matter nested 50,000 deep", "x.md", front("a: " + "[" * 50_000, 1)),
    ("JSON-LD nested a million deep", "x.html", lambda: DATA + b"[" * 1_000_000 + b"</script><p>" + SENTENCE.encode() * 9),
    ("XML entities: a billion laughs", "x.html", lambda: ENTITIES + b"<p>" + b"&b;" * 300_000 + SENTENCE.encode() * 9),
    ("a sheet of 50 MB", "x.yaml", times("claims: []\n", 50e6)),
    ("a sheet: a billion laughs", "x.yaml", lambda: LAUGHS),
    ("a sheet nested 100,000 deep", "x.yaml", times("[", 100_000)),
    ("a sheet nested 100,000 deep, in blocks", "x.yaml", times("- ", 200_000)),
    ("a sheet with 100,000 keys", "x.yaml", lambda: numbered("k{n}: v\n", 100_000)),
    ("a sheet with 30,000 claims", "x.yaml", lambda: b"article:\n  title: x\nclaims:\n" + numbered("- {{id: c{n}, text: x, evidence: Ann {n}.}}\n", 30_000)),
    ("a memory nested a million deep", "x.json", times("[", 1_000_000)),
    ("extracted: a usual article of 5,000 characters", "x.md!", times(PARAGRAPH, 5_000)),
    ("extracted: the longest article, 500,000 characters", "x.md!", times(PARAGRAPH, 499_000)),
    ("extracted: the same in one line", "x.md!", times(SENTENCE, 499_000)),
    ("extracted: 250,000 quotation marks", "x.md!", times('" ', 499_000)),
    ("extracted: 500,000 brackets in a word", "x.md!", lambda: b"Ann said " + b"(" * 490_000),
    ("extracted: a word of 500,000 letters", "x.md!", lambda: b"Ann said " + b"a" * 490_000),
    ("extracted: 250,000 times “1,”", "x.md!", times("1,", 490_000)),
    ("extracted: a sentence of 80,000 words", "x.md!", times("Ann Lee and ", 490_000)),
]  # fmt: skip


def outcome(name: str, content: bytes) -> str:
    """What becomes of it, in words."""
    if name.endswith(".yaml"):
        from generator.sheetfile import parse

        parsed = parse(content.decode(), name)
        return f"{len(parsed.problems)} problems: {parsed.problems[0].message}" if parsed.problems else "read"
    if name.endswith(".json"):
        from generator.store import Content, ContentError

        try:
            Content().decode_extracted(content, Path(name))
        except ContentError as e:
            return str(e)
        return "read"
    from generator.readers import ReadError, read_article

    try:
        article = read_article(content, name.rstrip("!"))
    except ReadError as e:
        return str(e)
    if not name.endswith("!"):
        return f"read, {len(article.text):,} characters"
    from generator.extract import extract
    from generator.model import SiteConfig

    (sheet,) = extract([article], SiteConfig().model)
    return f"{len(sheet.actors)} actors, {len(sheet.claims)} claims, {len(sheet.meetings)} meetings, {len(sheet.figures)} figures"


def measure(case: Case) -> str:
    """One case in a process of its own: seconds, peak memory, outcome."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        content = case[2]()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began = time.process_time()
        try:
            said = outcome(case[1], content)
        except BaseException as e:
            said = f"FAILED: {type(e).__name__}: {e}"
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        os.write(write, f"{time.process_time() - began:8.2f} s {(peak - before) / 1024:7,.0f} MB  {said[:100]}".encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as f:
        said = f.read()
    _, status = os.waitpid(child, 0)
    return said or f"FAILED: ended by signal {status & 0x7F}"


def report(wanted: list[str]) -> Iterator[str]:
    """A line a case; `wanted` are words of the cases to measure."""
    for case in CASES:
        if not wanted or any(w in case[0] for w in wanted):
            yield f"{case[0]:52} {measure(case)}"


if __name__ == "__main__":
    for line in report(sys.argv[1:]):
        print(line, flush=True)
