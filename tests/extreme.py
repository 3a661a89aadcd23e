"""A site of extreme content, to look at and to measure in a browser: `python -m tests.extreme FOLDER` writes it, ready for `render --site FOLDER`.

An actor with hundreds of claims and meetings, names and titles of excessive length, other scripts, sheets with nothing or one thing in them.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

from msgspec.json import encode

from generator.model import Actor, Article, Claim, Evidence, Extracted, FactSheet, Figure, Meeting
from generator.sheetfile import write

LONG_NAME = (
    "The Interministerial Commission for the Coordination of Transboundary Watercourses, Navigable Canals and Lesser Inland Waterways"
)
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
ARABIC = "قال وزير الخارجية محمد الأحمد إن «المحادثات ستبدأ في جنيف» يوم الاثنين."
ARABIC_MEETING = "سيلتقي الأحمد نظيره أنطونيو كوستا في جنيف في 10 يناير."
CHINESE = "外交部发言人王小明说：“双方将于一月十日在日内瓦举行会谈。”"
CHINESE_FIGURE = "王小明表示，约有三千五百亿人次参加。"


def at(words: str, text: str) -> Evidence:
    start = text.find(words)
    return Evidence(quote=words, start=start, end=start + len(words)) if start >= 0 else Evidence(quote=words)


def day(n: int) -> str:
    return (date(2029, 1, 1) + timedelta(days=n)).isoformat()


ANA = Actor(id="ana-sol", name="Ana Sol", type="person", role="Minister of Harbours")
BO = Actor(id="bo-lind", name="Bo Lind", type="person", role="mayor")
LONG = Actor(
    id="long-name",
    name=LONG_NAME,
    type="organization",
    role="a body that nobody had heard of before the present affair, and of which nobody is likely to hear again once it has been settled",
)


def busy() -> list[FactSheet]:
    """Fifty articles in which one minister says ten things each and meets people on six days."""
    sheets = []
    for n in range(50):
        said = [f"Ana Sol said that point {n}.{k} of the harbour plan was open." for k in range(10)]
        met = [f"She meets Bo Lind on day {n}.{k} to speak of boats." for k in range(6)]
        text = "\n\n".join(f"{said[k]} {met[k] if k < 6 else ''}".strip() for k in range(10))
        sheets.append(
            FactSheet(
                article=Article(id=f"busy-{n:02}", title=f"The harbour plan, part {n}", published=day(20 * n), publisher="The Quay", text=text),
                actors=(ANA, BO),
                claims=tuple(
                    Claim(id=f"c{n}-{k}", speaker="ana-sol", verb="said", text=f"point {n}.{k} of the harbour plan was open",
                          about=("bo-lind",) if k % 4 == 0 else (), evidence=at(s, text))
                    for k, s in enumerate(said)
                ),
                meetings=tuple(
                    Meeting(id=f"m{n}-{k}", title=f"talks on boats {n}.{k}", type="talks", start=day(20 * n + 3 * k), participants=("ana-sol", "bo-lind"),
                            place="Harbour City", evidence=at(s, text))
                    for k, s in enumerate(met)
                ),
            )
        )  # fmt: skip
    return sheets


def long_names() -> FactSheet:
    words = f"{LONG_NAME} said on Monday that {LONG_WORD} would be wound up."
    other = f"Ana Sol denied that she had met {LONG_NAME}."
    text = f"{words}\n\n{other}"
    title = f"{LONG_NAME} takes issue with {LONG_WORD} over a matter that no headline has room for, nor any reader patience"
    return FactSheet(
        article=Article(id="long-names", title=title, published="2031-12-01", publisher=f"{LONG_WORD} Nachrichten", author=LONG_NAME, text=text,
                        url="https://example.org/" + "a-very-long-path-of-a-page/" * 8),
        actors=(ANA, LONG, Actor(id="word", name=LONG_WORD, type="organization")),
        claims=(
            Claim(id="c1", speaker="long-name", verb="said", text=f"{LONG_WORD} would be wound up", about=("word",), evidence=at(words, text)),
            Claim(id="c2", speaker="ana-sol", verb="denied", kind="denied", text=f"she had met {LONG_NAME}", about=("long-name",), evidence=at(other, text)),
        ),
        meetings=(Meeting(id="m", title=f"Plenary session of {LONG_NAME}", start="2031-12-24", status="scheduled", place=f"{LONG_WORD}, main building",
                          participants=("long-name", "word", "ana-sol"), evidence=at(words, text)),),
    )  # fmt: skip


def odd_ones() -> list[FactSheet]:
    trillion = "The harbour cost 1,000,000,000,000 euros, more than 0.0004 percent of all."
    counted = "Between 3 and 1,234,567 people, by other counts 999,999,999,999, came to see it on 3 May."
    one = "Bo Lind said nothing."
    vague = "A meeting took place, it is said."
    figures_text = f"{trillion}\n\n{counted}"
    long_text = "\n\n".join(f"This is paragraph {n}, in which nothing at all was said that anybody need remember." for n in range(299))
    last = "At last Bo Lind said the paragraphs were at an end."
    endless = f"{long_text}\n\n{last}"
    return [
        FactSheet(
            article=Article(id="nothing", title="Nothing was said", published="2031-11-01", publisher="The Quay", text="It was a quiet day.\n\nNobody came.")
        ),
        FactSheet(article=Article(id="bare", title="", text="")),
        FactSheet(article=Article(id="one", title="One thing", published="2031-11-02", text=one), actors=(BO,),
                  claims=(Claim(id="c", speaker="bo-lind", verb="said", text="nothing", evidence=at(one, one)),)),
        FactSheet(
            article=Article(id="numbers", title="Large numbers", published="2031-11-03", publisher="The Quay", text=figures_text),
            figures=(
                Figure(id="f1", value=10**12, unit="EUR", kind="money", subject="what the harbour cost", evidence=at(trillion, figures_text)),
                Figure(id="f2", value=0.0004, modifier=">", unit="percent", kind="percent", subject="share of all", evidence=at(trillion, figures_text)),
                Figure(id="f3", low=3, high=1234567, unit="people", subject="people who came to see it", as_of="2031-05-03",
                       evidence=at(counted, figures_text)),
                Figure(id="f4", value=999_999_999_999, unit="people", subject="people who came to see it", as_of="2031-05-04",
                       according_to="other counts", evidence=at(counted, figures_text)),
            ),
        ),
        FactSheet(article=Article(id="vague", title="A meeting", published="2031-11-04", text=vague),
                  meetings=(Meeting(id="m", title="meeting", evidence=at(vague, vague)),)),
        FactSheet(
            article=Article(id="endless", title="Three hundred paragraphs", published="2031-11-05", publisher="The Quay", text=endless, show="full"),
            actors=(BO,),
            claims=(Claim(id="c", speaker="bo-lind", verb="said", text="the paragraphs were at an end", evidence=at(last, endless)),),
        ),
    ]  # fmt: skip


def other_scripts() -> list[FactSheet]:
    arabic, chinese = f"{ARABIC}\n\n{ARABIC_MEETING}", f"{CHINESE}\n\n{CHINESE_FIGURE}"
    return [
        FactSheet(
            article=Article(id="محادثات-جنيف", title="المحادثات ستبدأ في جنيف", published="2031-12-02", publisher="صحيفة الميناء",
                            language="ar", text=arabic, show="full", url="https://example.org/ar"),
            actors=(Actor(id="محمد-الأحمد", name="محمد الأحمد", type="person", role="وزير الخارجية", aliases=("الأحمد",)),
                    Actor(id="أنطونيو-كوستا", name="أنطونيو كوستا", type="person")),
            claims=(Claim(id="c", speaker="محمد-الأحمد", verb="قال", mode="mixed", text="«المحادثات ستبدأ في جنيف»",
                          about=("أنطونيو-كوستا",), evidence=at(ARABIC, arabic)),),
            meetings=(Meeting(id="m", title="لقاء الأحمد وكوستا", status="scheduled", start="2032-01-10", place="جنيف",
                              participants=("محمد-الأحمد", "أنطونيو-كوستا"), evidence=at(ARABIC_MEETING, arabic)),),
        ),
        FactSheet(
            article=Article(id="日内瓦会谈", title="中方：双方将于一月十日举行会谈", published="2031-12-03", publisher="港口日报",
                            language="zh", text=chinese, show="full"),
            actors=(Actor(id="王小明", name="王小明", type="person", role="外交部发言人"), ANA),
            claims=(Claim(id="c", speaker="王小明", verb="说", mode="direct", text="双方将于一月十日在日内瓦举行会谈。", about=("ana-sol",),
                          evidence=at(CHINESE, chinese)),),
            figures=(Figure(id="f", value=350_000_000_000, modifier="~", unit="人次", subject="参加人次",
                            evidence=at(CHINESE_FIGURE, chinese)),),
        ),
    ]  # fmt: skip


def sheets() -> list[FactSheet]:
    return [*busy(), long_names(), *odd_ones(), *other_scripts()]


def make_site(folder: Path, made: list[FactSheet]) -> None:
    (folder / "content" / "sheets").mkdir(parents=True, exist_ok=True)
    (folder / "content" / "extracted").mkdir(exist_ok=True)
    (folder / "content" / "site.yaml").write_text("title: Extremes\nbase_url: https://example.org/\n", "utf-8")
    for sheet in made:
        (folder / "content" / "sheets" / f"{sheet.article.id}.yaml").write_text(write(sheet), "utf-8")
        (folder / "content" / "extracted" / f"{sheet.article.id}.json").write_bytes(encode(Extracted(article=sheet.article)))


if __name__ == "__main__":
    make_site(Path(sys.argv[1]), sheets())
