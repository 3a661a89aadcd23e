"""Makes a site of many sheets to measure on: the same for the same seed, and no two sheets alike.

    python -m tests.bench.corpus FOLDER 1000

Actors and events recur as they do in news: few of them often, most of them seldom.
"""

from __future__ import annotations

import random
import sys
from datetime import date, timedelta
from pathlib import Path

from generator.model import Actor, Article, Claim, Evidence, FactSheet, Figure, Meeting
from generator.sheetfile import write
from generator.words import fact_id, slug

FIRST = "Ada Boris Chen Dina Emil Farah Goran Hana Ivo Jana Karim Lena Milan Nadia Omar Petra Quentin Rosa Samir Tessa Ugo Vera Wanda Ximena Yusuf Zora".split()
LAST = (
    "Abel Brandt Costa Duarte Eklund Fontaine Grau Horvat Ibsen Jansen Kovac Lindqvist Moreau Novak Okafor Petrov Quist Rossi Sato Tanaka Ulrich Vargas "
    "Weiss Xu Yilmaz Zeller Adeyemi Bianchi Castel Dahl Engel Fischer Greco Haddad Ito Jovanovic Kaya Larsen Mbeki Nagy"
).split()
ROLES = "spokeswoman,foreign minister,mayor,chief executive,union leader,judge,economist,head of the agency,party leader,ambassador".split(
    ","
)
PLACES = "Geneva Vienna Brussels Lisbon Oslo Nairobi Lima Hanoi Quito Riga Tunis Porto".split()
TOPICS = "the harbour,the pension plan,gas prices,the ceasefire,the new bridge,school meals,the border,fishing quotas,the budget,clean water".split(
    ","
)
VERBS = [("said", "said"), ("warned", "warned"), ("denied", "denied"), ("promised", "vowed"), ("asked", "asked")]
UNITS = ["troops", "people", "jobs", "euros", "percent", "houses"]
OUTLETS = ["Meridian Wire", "Radio Lindenau", "The Harbour Courier", "Northgate Review"]
START = date(2019, 1, 1)


def often_few(rng: random.Random, n: int) -> int:
    """A number below `n`, small ones far more often than large ones."""
    return min(n - 1, int(n * rng.random() ** 3))


def people(n: int) -> list[Actor]:
    """`n` people with names of their own."""
    found = []
    for i in range(n):
        name = f"{FIRST[i % len(FIRST)]} {LAST[i // len(FIRST) % len(LAST)]}"
        if i >= len(FIRST) * len(LAST):
            name += f"-{LAST[i // (len(FIRST) * len(LAST)) % len(LAST)]}"
        found.append(Actor(id=slug(name), name=name, type="person", role=ROLES[i % len(ROLES)]))
    return found


def sheet(rng: random.Random, n: int, cast: list[Actor], events: int) -> FactSheet:
    """The sheet of article number `n`."""
    day = START + timedelta(days=n // 5 % 2500)
    actors = list({a.id: a for a in (cast[often_few(rng, len(cast))] for _ in range(6))}.values())
    paragraphs: list[str] = []
    claims, meetings, figures = [], [], []
    taken: set[str] = set()

    def tell(sentence: str) -> tuple[str, Evidence]:
        id = fact_id(sentence, taken)
        taken.add(id)
        paragraphs.append(sentence)
        return id, Evidence(quote=sentence)

    for k in range(7):
        who, (verb, kind) = actors[k % len(actors)], rng.choice(VERBS)
        text = f"decision {n}.{k} on {rng.choice(TOPICS)} would stand for {rng.randint(2, 90)} weeks"
        id, evidence = tell(f"{who.name}, the {who.role}, {verb} on {day:%A} that {text}.")
        about = actors[(k + 1) % len(actors)].id if k % 3 == 0 else None
        claims.append(
            Claim(
                id=id,
                speaker=who.id,
                speaker_text=who.name,
                verb=verb,
                kind=kind,
                text=text,
                about=(about,) if about else (),
                evidence=evidence,
            )  # type: ignore[arg-type]
        )
    for _ in range(rng.randint(0, 2)):
        e = often_few(rng, events)
        when = START + timedelta(days=e * 7 % 2600)
        place = PLACES[e % len(PLACES)]
        parties = [cast[(e * 3 + j) % len(cast)] for j in range(2)]
        actors += [p for p in parties if p.id not in {a.id for a in actors}]
        id, evidence = tell(f"{parties[0].name} and {parties[1].name} meet in {place} on {when:%B} {when.day} for talks number {e}.")
        meetings.append(
            Meeting(
                id=id, title=f"Talks in {place}", type="talks", status="scheduled" if when > day else "held", start=when.isoformat(), place=place,
                participants=tuple(p.id for p in parties), evidence=evidence,
            )
        )  # fmt: skip
    for k in range(3):
        value, unit = rng.randint(2, 9) * 10 ** rng.randint(1, 5), rng.choice(UNITS)
        id, evidence = tell(f"About {value:,} {unit} were counted near {rng.choice(PLACES)} in report {n}.{k}.")
        figures.append(Figure(id=id, value=value, modifier="~", unit=unit, subject=f"{unit} near {rng.choice(PLACES)}", evidence=evidence))
    article = Article(
        id=f"a{n:06d}", title=f"Report {n}: {rng.choice(TOPICS)} and {rng.choice(TOPICS)}", published=day.isoformat(), publisher=OUTLETS[n % 4],
        url=f"https://news.example/{n}", text="\n\n".join(paragraphs),
    )  # fmt: skip
    return FactSheet(article=article, actors=tuple(actors), claims=tuple(claims), meetings=tuple(meetings), figures=tuple(figures))


def sheets(count: int, seed: int = 1) -> list[FactSheet]:
    """`count` sheets. A third as many people appear, and an eighth as many events."""
    rng = random.Random(seed)
    cast, events = people(max(8, count * 2 // 5)), max(4, count // 8)
    return [sheet(rng, n, cast, events) for n in range(count)]


def make_site(folder: Path, count: int, seed: int = 1) -> None:
    """Writes a site of `count` sheets; every sheet a person's own, so that nothing is extracted."""
    (folder / "content" / "sheets").mkdir(parents=True, exist_ok=True)
    (folder / "content" / "articles").mkdir(exist_ok=True)
    (folder / "content" / "site.yaml").write_text("title: A large site\nbase_url: https://facts.example/\n", "utf-8")
    for made in sheets(count, seed):
        (folder / "content" / "sheets" / f"{made.article.id}.yaml").write_text(write(made), "utf-8")


if __name__ == "__main__":
    make_site(Path(sys.argv[1]), int(sys.argv[2]))
