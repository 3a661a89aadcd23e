"""Units: what stands after a number and says what it is measured in, and how near it the number is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from generator.data import load
from generator.model import FigureKind, Modifier

PENCE = re.compile(r"(?<!480)(?<!720)(?<!1080)(?<!1440)(?<!2160)p\b(?!\.)")  # "20p", not "8 p.m." nor the lines of a screen


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit as the text gives it, and where it ends."""

    unit: str
    kind: FigureKind
    end: int


def _either(words: list[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") + (r"\b" if w[-1].isalnum() else "") for w in sorted(words, key=len, reverse=True))


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The patterns of units and of words of nearness."""
    units = load("units")
    long = [w for w in units["measures"] if len(w) > 2]
    short = [w for w in units["measures"] if len(w) <= 2]
    return {
        "money": re.compile(rf"[\s-]{{0,9}}(?P<unit>(?i:{_either(list(units['currency_words']))})|{_either(units['currency_codes'])})"),
        "percent": re.compile(rf"[\s-]{{0,9}}(?P<unit>{_either(units['percents'])})", re.I),
        "duration": re.compile(
            r"(?:[\s-]{1,9}+|(?=(?:secs?|mins?|hrs?|hours?)\b))(?:(?:more|full|consecutive|straight|additional|further|long|whole|working|business|calendar)\s+)?"
            rf"(?P<unit>{_either(units['durations'])})(?!-old)",
            re.I,
        ),
        "long": re.compile(rf"[\s-]{{0,9}}(?P<unit>{_either(long)})", re.I),
        "short": re.compile(rf"[\s-]?(?P<unit>{_either(short)})(?![\w'’])"),
        "fold": re.compile(r"[\s-]?fold\b|\s+times\b|x\b(?!\w)", re.I),
        "rate": re.compile(rf"(?:\s*/\s*|\s+(?:an?|per|each|every)\s+)(?P<per>{_either(units['per'])})", re.I),
        "per": re.compile(r"\s+per\s+(?P<per>[a-z]+(?:\s+(?:foot|meter|metre|mile|inch|kilometer|kilometre))?)\b", re.I),
        "before": re.compile(
            rf"(?:^|(?<=[\s(\"“‘'—–-]))(?P<word>{words_of('before')})\s*"
            r"(?:(?:an?|another|further|additional|only|total\s+of|as|just|something\s+like|even)\s+){0,2}$",
            re.I,
        ),
        "after": re.compile(rf"[\s-]?(?P<word>{words_of('after')})(?!\w)", re.I),
    }


@cache
def currency_names() -> dict[str, str]:
    """Words for money and what they stand for, "dollars" and "USD"."""
    return {k.lower(): v for k, v in load("units")["currency_words"].items()}


def words_of(place: str) -> str:
    """The words of nearness that stand before or after a number, as an alternation, the longest first."""
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(load("numbers")[place], key=len, reverse=True))


def measure_after(text: str, at: int) -> Measure | None:
    """The unit that stands at `at`, just after a number: "percent", "euros", "miles an hour", "years"."""
    p = patterns()
    m = p["percent"].match(text, at)
    if m:
        word = re.sub(r"[\s-]+", " ", m["unit"]).lower()
        return Measure(word if "point" in word or word in ("bps", "bp") else "percent", "percent", m.end())
    if PENCE.match(text, at):
        return Measure("pence", "money", at + 1)
    m = p["money"].match(text, at)
    if m:
        word = re.sub(r"\s+", " ", m["unit"])
        return Measure(currency_names().get(word.lower(), word), "money", m.end())
    m = p["fold"].match(text, at)
    if m:
        return Measure("times", "ratio" if "fold" in m[0].lower() or "x" in m[0].lower() else "count", m.end())
    m = p["duration"].match(text, at)
    if m:
        return Measure(m["unit"], "duration", m.end())
    m = p["long"].match(text, at) or p["short"].match(text, at)
    if m:
        unit, end = re.sub(r"\s+", " ", m["unit"]), m.end()
        rate = p["rate"].match(text, end)
        if rate:
            return Measure(
                f"{unit}{text[end : rate.end()]}" if "/" in rate[0] else f"{unit} {' '.join(rate[0].split())}", "rate", rate.end()
            )
        return Measure(unit, "quantity", end)
    return None


def rate_after(text: str, at: int) -> str | None:
    """What a sum of money is paid for: "a share", "an hour", "per student"; None where nothing says so."""
    m = patterns()["rate"].match(text, at) or patterns()["per"].match(text, at)
    return " ".join(m[0].split()) if m else None


def modifier_before(text: str, at: int) -> tuple[Modifier, int] | None:
    """What the words before a number say of it, and where they begin."""
    m = patterns()["before"].search(text, max(0, at - 32), at)
    if m is None:
        return None
    if text[max(0, m.start("word") - 4) : m.start("word")].lower().endswith("and ") and m["word"].lower() in ("around", "about", "over"):
        return None  # "in and around"
    words: dict[str, Modifier] = load("numbers")["before"]
    return words[re.sub(r"\s+", " ", m["word"].lower())], m.start("word")


COUNTS_ON = re.compile(r"\s+(?:than\b|[$€£¥]?\d)")  # "a dozen and more than 60", "£75m plus £5m": of the next number


def modifier_after(text: str, at: int) -> tuple[Modifier, int] | None:
    """What the words after a number, or after its noun, say of it, and where they end."""
    m = patterns()["after"].match(text, at)
    if m is None or COUNTS_ON.match(text, m.end()):
        return None
    words: dict[str, Modifier] = load("numbers")["after"]
    return words[re.sub(r"\s+", " ", m["word"].lower())], m.end()
