"""Writes articles to measure extraction on: the same for the same seed, no two alike, 300 to 600 words each.

    python -m tests.bench.news FOLDER 10000

They read like news and keep to its habits: attributions in many forms, meetings with days and places, figures, quotations, a few people who recur in
everything and many who appear once. Every article brings some ten words that no other has, as new names do in real news: what makes a parser's
vocabulary grow.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from tests.bench.corpus import FIRST, LAST, OUTLETS, START, often_few

ONSETS = "b br c ch d dr f g gr h j k kl l m n p pr r s sh st t tr v w y z".split()
VOWELS = "a e i o u ai ea ou".split()
ENDINGS = "ba den dor fer gan ka lin mar nov ra ric son sky ta ton vic wen zin".split()
TITLES = (
    "Foreign Minister,Prime Minister,Mayor,Finance Minister,Defence Minister,Governor,Judge,Ambassador,President,Chancellor,Energy Minister"
).split(",")
DESCRIPTIONS = (
    "spokeswoman for the ministry,head of the agency,leader of the opposition,chief economist of the bank,secretary of the union,"
    "director of the port,a member of the council,professor of law,chair of the committee,deputy head of mission"
).split(",")
COUNTRIES = (
    "France,Germany,Poland,Brazil,Kenya,Japan,Canada,Norway,Chile,Egypt,Vietnam,Greece,Portugal,Ghana,Finland,Peru,Austria,Ireland,Turkey,India"
).split(",")
CITIES = "Geneva,Vienna,Brussels,Lisbon,Oslo,Nairobi,Lima,Hanoi,Quito,Riga,Tunis,Porto,Warsaw,Athens,Cairo,Tokyo,Ottawa,Dublin".split(",")
BODIES = (
    "European Commission,United Nations,World Bank,African Union,Port Authority,Central Bank,Supreme Court,Transport Workers' Union"
).split(",")
TOPICS = (
    "the harbour,the pension plan,gas prices,the ceasefire,the new bridge,school meals,the border,fishing quotas,the budget,clean water,"
    "the rail link,the grain deal,housing,the prisoner exchange,the dam,the wage dispute,the vaccine programme,the free trade agreement"
).split(",")
NOUNS = "troops,people,jobs,houses,tonnes of grain,refugees,ships,trains,workers,patients,schools,soldiers,passengers,hectares".split(",")
MEETINGS = "talks,a summit,a meeting,consultations,a conference,a working lunch".split(",")
REASONS = (
    "because the money ran out in spring,after weeks of protest,although both sides had agreed to wait,as the river rose again,"
    "while the court still has to decide,before the harvest is in,since nobody else had offered to pay,unless parliament objects"
).split(",")
PLANS = (
    "stay open through the winter,be paid for by the regions,need another vote in parliament,cost more than was planned,be looked at again next year,"
    "end the quarrel between the two towns,leave nobody worse off,be built without foreign help,come too late for this season"
).split(",")
SENTENCES = (
    "{who} said on {day} that {topic} would {plan} {reason}.",
    '"{Topic} will {plan}," {who} said. "We have {n} {things} to think of."',
    "According to {who}, about {n} {things} near {town} depend on {topic}.",
    "{who} denied that {topic} would {plan}, and called reports of {n} {things} an invention of {paper}.",
    "{who} will meet {other} in {city} on {date} for {meeting} on {topic}.",
    "{who} and {other} met in {city} on {day} and spoke about {topic} for {small} hours.",
    "The {body} put the number of {things} in {country} at {n}, up from {m} a year ago.",
    "Asked about {topic}, {who} replied that {company} had promised {money} million euros for {town}.",
    "{country} and {country2} have argued about {topic} since {year}, {reason}.",
    "In {town}, where {small} in ten households live off {topic}, the mood was calm {reason}.",
    '{who} warned {other} not to "{plan_past}" without asking the {body}.',
    "Some {percent} percent of those asked by {paper} want {topic} to {plan}, {reason}.",
    "{Company}, which runs {small} plants near {town}, declined to comment.",
    "The road from {town} to {city} was closed for {small} days, and {n} {things} had to wait.",
    "{who} told reporters in {city} that the {body} expected {topic} to {plan} by {date}.",
    "He added that {n} {things} had been counted so far, {reason}.",
    "She said it was too early to tell whether {topic} would {plan}.",
    "A spokesman for the {body} confirmed that {meeting} between {country} and {country2} had been put off until {date}.",
    "The {body} accused {company} of having kept {n} {things} out of its books {reason}.",
    "Villagers from {village} to {village2} have signed a letter to {other}, which {who} called helpful.",
    "The firm {firm} of {village} delivered {n} {things} late, {reason}.",
    "{who} thanked {other}, and promised {country} another {money} million dollars for {topic}.",
)


def new_word(rng: random.Random) -> str:
    """A name that hardly any other article has: "Trouvebric"."""
    return "".join(rng.choice(ONSETS) + rng.choice(VOWELS) for _ in range(rng.randint(1, 2))).capitalize() + rng.choice(ENDINGS)


def cast_of(rng: random.Random, n: int = 4000) -> list[str]:
    """People as articles first name them, with their titles."""
    people = []
    for i in range(n):
        name = f"{FIRST[i % len(FIRST)]} {LAST[i // len(FIRST) % len(LAST)] if i < len(FIRST) * len(LAST) else new_word(rng)}"
        title = f"{rng.choice(COUNTRIES)}'s {rng.choice(TITLES)} {name}"
        people.append(title if i % 2 else f"{name}, {rng.choice(DESCRIPTIONS)},")
    return people


def article(rng: random.Random, n: int, cast: list[str]) -> str:
    """Article number `n` as Markdown with front matter."""
    day = START + timedelta(days=n % 2500)
    town, company, topic = new_word(rng), f"{new_word(rng)} {rng.choice(['Energy', 'Holdings', 'Lines', 'Steel'])}", rng.choice(TOPICS)
    named: list[str] = []
    deck: list[str] = []  # each form of sentence once before any comes again

    def person() -> str:
        """Somebody new under the whole name and title, somebody known under the last name alone, as news does it."""
        if named and rng.random() < 0.5:
            return rng.choice(named)
        whole = rng.choice([cast[often_few(rng, len(cast))], f"{rng.choice(FIRST)} {new_word(rng)}, {rng.choice(DESCRIPTIONS)},"])
        named.append(whole.split(",")[0].split()[-1])
        return whole

    def sentence() -> str:
        plan, about = rng.choice(PLANS), topic if rng.random() < 0.6 else rng.choice(TOPICS)
        ahead = day + timedelta(days=rng.randint(1, 60))
        deck[:] = deck or rng.sample(SENTENCES, len(SENTENCES))
        text = deck.pop().format(
            who=person(), other=person().rstrip(","), topic=about, Topic=about[0].upper() + about[1:], plan=plan, plan_past=plan, town=town,
            company=company, Company=company, reason=rng.choice(REASONS), things=rng.choice(NOUNS), n=f"{rng.randint(1000, 999_999):,}",
            m=f"{rng.randint(1000, 999_999):,}", small=rng.randint(2, 9), percent=rng.randint(11, 89), money=rng.randint(2, 900),
            year=rng.randint(1950, 2018), day=f"{day - timedelta(days=rng.randint(0, 5)):%A}", date=f"{ahead:%B} {ahead.day}",
            city=rng.choice(CITIES), country=rng.choice(COUNTRIES), country2=rng.choice(COUNTRIES), body=rng.choice(BODIES),
            village=new_word(rng), village2=new_word(rng), firm=new_word(rng), meeting=rng.choice(MEETINGS),
            paper=f"the {new_word(rng)} Post" if rng.random() < 0.3 else "the daily Tribune",
        )  # fmt: skip
        return text[0].upper() + text[1:].replace(",,", ",")

    paragraphs: list[str] = []
    length, target = 0, rng.randint(300, 550)
    while length < target:
        paragraphs.append(" ".join(sentence() for _ in range(rng.choice((1, 1, 2, 2, 3)))))
        length += len(paragraphs[-1].split())
    title = f"{town} looks to {topic} as {rng.choice(COUNTRIES)} waits"
    head = f"---\ntitle: {title}\npublished: {day.isoformat()}\npublisher: {OUTLETS[n % 4]}\nurl: https://example.org/news/{n}\n---\n\n"
    return head + "\n\n".join(paragraphs) + "\n"


def articles(count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """`count` file names and articles."""
    rng = random.Random(seed)
    cast = cast_of(rng)
    for n in range(count):
        yield f"n{n:06d}.md", article(random.Random(f"{seed}/{n}"), n, cast)


def make_articles(folder: Path, count: int, seed: int = 1) -> None:
    """Writes a site of `count` articles that nothing was extracted from yet."""
    place = folder / "content" / "articles"
    place.mkdir(parents=True, exist_ok=True)
    (folder / "content" / "site.yaml").write_text("title: A large site\nbase_url: https://example.org/facts/\n", "utf-8")
    for name, text in articles(count, seed):
        (place / name).write_text(text, "utf-8")


if __name__ == "__main__":
    make_articles(Path(sys.argv[1]), int(sys.argv[2]))
