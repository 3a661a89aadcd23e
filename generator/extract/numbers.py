"""Numerals: reads the number that stands at a place in the text, in digits or words, with its scale, its range and its currency sign."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from generator.data import load

Number = float | int


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it is written, and what it says. A range or a vague plural has `low` and `high` and no `value`."""

    start: int
    end: int
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    currency: str | None = None
    spelled: bool = False  # in words
    scaled: bool = False  # with "million" or the like
    vague: bool = False
    fraction: bool = False


# "1,250,000"; India's "7,00,000"; with a thin space, one that does not break, or an apostrophe; with plain spaces only where there are two of them.
GROUPED = (
    r"(?:\d{1,3}(?:,\d{3}){1,6}|\d{1,2}(?:,\d{2}){1,4},\d{3}|\d{1,3}(?:[\u2009\u202f\xa0]\d{3}){1,6}"
    r"|\d{1,3}(?: \d{3}){2,6}|\d{1,3}(?:['’]\d{3}){1,6})(?!\d)"
)
# "N38bn", "R4.5 million": naira and rand have a letter for a sign, which means money only before a number as large as money is.
LETTER_SIGN = re.compile(r"(?<![A-Za-z\d.-])(?P<sign>[NR])(?=\d+(?:\.\d+)?\s?(?:million|billion|trillion|mn?|bn?|tn)\b|\d{1,3}(?:,\d{3})+)")


def _either(words: list[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))


@cache
def number_words() -> dict[str, dict[str, Number]]:
    """The lists of number words."""
    found: dict[str, dict[str, Number]] = load("numbers")
    return found


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The patterns of numerals, made from the word lists."""
    words = number_words()
    ones, tens = _either(list(words["ones"])), _either(list(words["tens"]))
    scales, vague, fractions = _either(list(words["scales"])), _either(list(words["vague"])), _either(list(words["fractions"]))
    simple = rf"(?:(?:{tens})(?:[\s-](?:{_either(list(words['ones'])[1:10])})\b)?|(?:{ones}))"
    signs = _either(list(load("units")["currency_signs"]))
    return {
        "digits": re.compile(
            rf"(?P<n>{GROUPED}(?:\.\d{{1,18}}(?!\d))?|\d{{1,18}}(?!\d)(?:\.\d{{1,18}}(?!\d))?)(?P<frac>\s?[½¼¾⅓⅔]|[\s-][1-9]/[2-9](?!\d)|-and-a-half\b)?"
            rf"(?:[\s-]?(?P<scale>(?:(?:{scales})\b(?:[\s-](?:million|billion|trillion|crore)\b)?))|(?P<short>(?:m|mn|mln|mm|b|bn|bln|tn|trn|t|k)\b))?",
            re.I,
        ),
        "words": re.compile(
            rf"(?P<half>half\s+(?:a|of\s+a)\s+(?:{scales})\b)"
            rf"|(?:(?:{simple}|(?:{scales}))\b(?:(?:[\s-]+(?:and\s+)?|,\s+)(?:{simple}|(?:{scales}))\b){{0,8}})"
            rf"(?P<frac>[\s-]+and[\s-]+a[\s-]+(?:half|quarter)\b(?:[\s-]+(?:{scales})\b)?)?",
            re.I,
        ),
        "vague": re.compile(rf"(?:tens|{vague})(?:\s+(?:of|upon)\s+(?:thousands|millions|billions|trillions)|(?=\b))\b", re.I),
        "fraction": re.compile(
            rf"(?:(?P<n>a|one|two|three|four|five|seven|nine|\d{{1,2}})[\s-]+)?(?P<part>{fractions})\b(?P<of>\s+(?:of\s+(?:an?\b(?=\s))?|an?\b(?=\s)))?|(?P<a>\d{{1,2}})/(?P<b>\d{{1,3}})(?!\d|/)",
            re.I,
        ),
        "one_in": re.compile(
            rf"(?P<a>one|two|three|four|five|six|seven|eight|nine|\d{{1,2}})\s+(?:in|out\s+of)(?:\s+every)?\s+(?P<b>{simple}|\d{{1,5}})\b(?!\s*(?:%|percent|per))",
            re.I,
        ),
        "sign": re.compile(rf"(?<![A-Za-z])(?P<sign>{signs}|(?:{_either(load('units')['currency_codes'])}))\s?$"),
        "between": re.compile(r"\bbetween\s+$", re.I),
        "ranging": re.compile(r"\brang(?:e|es|ed|ing)\s+(?:\w+\s+){0,2}from\s+$", re.I),
        "to": re.compile(r"\s?[-–—]\s?|\s+(?:to|or)\s+", re.I),
        "and": re.compile(r"\s+(?:and|to)\s+", re.I),
    }


@cache
def starts() -> frozenset[str]:
    """The words that may begin a numeral."""
    words = number_words()
    return frozenset([*words["ones"], *words["tens"], *words["scales"], *words["vague"], *words["fractions"], "tens"])


FRACTION_SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 0.333, "⅔": 0.667}


def tidy(x: Number) -> Number:
    """A whole number as one, and no dust of binary fractions: 5.4 * 10**9 is 5400000000."""
    x = round(x, 6)
    return int(x) if x == int(x) else x


def read_words(text: str) -> Number | None:
    """The number that words say: "two hundred and fifty thousand" is 250000."""
    words = number_words()
    total: Number = 0
    part: Number | None = None
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in words["ones"] or word in words["tens"]:
            step = words["ones"].get(word, words["tens"].get(word, 0))
            part = (part or 0) + step
        elif word in words["scales"]:
            scale = words["scales"][word]
            if scale in (100, 12):
                part = (1 if part is None else part) * scale
            else:
                total += (1 if part is None else part) * scale
                part = 0
    return tidy(total + (part or 0)) if total or part is not None else None


def scale_of(text: str | None) -> Number:
    """What a scale multiplies by: "million", "hundred million"."""
    scale: Number = 1
    for word in re.findall(r"[a-z]+", (text or "").lower()):
        scale *= number_words()["scales"][word]
    return scale


def numeral_at(text: str, at: int) -> Numeral | None:
    """The numeral that begins at `at`, with a currency sign or an article ("a million") before it; None where there is none."""
    first = text[at]
    if first.isdigit():
        found = digits(text, at)
    elif HALF_SCALE.match(text, at):
        found = spelled(text, at)
    else:
        found = fraction(text, at) or vague(text, at) or spelled(text, at)
    if found is None:
        return None
    ratio = patterns()["one_in"].match(text, at)
    if ratio:
        a, b = (read_words(ratio[k]) if ratio[k][0].isalpha() else int(ratio[k]) for k in ("a", "b"))
        if (
            a is not None
            and b
            and a < b
            and (found.spelled or "out" in ratio[0] or a == 1 or (b in (10, 100) and PEOPLE.match(text, ratio.end())))
        ):
            return Numeral(at, ratio.end(), value=tidy(round(a / b, 3)), fraction=True, spelled=True)
    sign = patterns()["sign"].search(text, max(0, at - 6), at)
    if sign and not found.spelled:
        signs, code = load("units")["currency_signs"], sign["sign"]
        found = replace(found, start=sign.start("sign"), currency=signs.get(re.sub(r"\s+", " ", code), code))
    if letter := letter_sign(text, at):
        found = replace(found, start=at - 1, currency={"N": "NGN", "R": "ZAR"}[letter])
    return signed(text, found)


def letter_sign(text: str, at: int) -> str | None:
    """The letter right before a number that is a currency's sign there."""
    m = LETTER_SIGN.match(text, at - 1) if at else None
    return m["sign"] if m else None


HALF_SCALE = re.compile(r"half\s+(?:a|of\s+a)\s+(?:hundred|thousand|million|billion|trillion|dozen|lakh|crore)\b", re.I)
PEOPLE = re.compile(
    r"\s+(?!games|matches|tests|starts|races|outings|years|minutes|days)(?:\w+\s+)?[a-z]+s\b|\s+people\b"
)  # "7 in 10 voters"
MINUS = re.compile(r"(?<!plus or )(?<!plus/)\b(?:minus|negative)\s+$", re.I)
THINGS = re.compile(r"\s+(?:[a-z]+s|people|children|men|women|more|new)\b")  # "1.5m units": metres are not followed by a plural


def signed(text: str, found: Numeral) -> Numeral:
    """The numeral with the sign or the decimal point before it: "minus 15", "-0.5", ".312"."""
    if found.value is None:
        return found
    before, earlier = text[max(0, found.start - 1) : found.start], text[max(0, found.start - 2) : max(0, found.start - 1)]
    word = MINUS.search(text, max(0, found.start - 10), found.start)
    if word:
        return replace(found, start=word.start(), value=-found.value)
    if found.spelled or (earlier and earlier not in " (\n$"):
        return found
    if before and before in "-−–":
        return replace(found, start=found.start - 1, value=-found.value)
    if before == "." and text[found.start : found.end].isdecimal():
        return replace(found, start=found.start - 1, value=float(text[found.start - 1 : found.end]))
    return found


def digits(text: str, at: int) -> Numeral | None:
    m = patterns()["digits"].match(text, at)
    if m is None:
        return None
    rest = fraction(text, at)
    if rest and rest.end >= m.end():
        return rest
    plain = re.sub(r"[^\d.]", "", m["n"])
    value: Number = float(plain) if "." in plain else int(plain)
    end = m.end("n")
    if m["frac"]:
        end = m.end("frac")
        mark = m["frac"].strip(" -")
        value += 0.5 if "half" in mark else FRACTION_SIGNS[mark] if mark in FRACTION_SIGNS else round(int(mark[0]) / int(mark[2]), 3)
    scaled = False
    if m["scale"]:
        value, end, scaled = value * scale_of(m["scale"]), m.end(), True
    elif m["short"]:
        short = m["short"].lower()
        money = (
            bool(patterns()["sign"].search(text, max(0, at - 6), at))
            or letter_sign(text, at) is not None
            or bool(THINGS.match(text, m.end()))
        )
        if money or (short in ("mn", "mln", "bn", "bln", "tn", "trn") or (m["short"] == "M" and not text[m.start("short") - 1].isspace())):
            value, end, scaled = value * number_words()["short_scales"][short], m.end(), True
    return Numeral(at, end, value=tidy(value), scaled=scaled)


def spelled(text: str, at: int) -> Numeral | None:
    m = patterns()["words"].match(text, at)
    if m is None:
        return None
    words, start = m[0], at
    if m["half"]:
        return Numeral(at, m.end(), value=tidy((read_words(words[4:]) or 0) / 2), spelled=True, scaled=True)
    frac = m["frac"] or ""
    core = words[: len(words) - len(frac)]
    if "," in core or " and " in core.lower():
        core = joined(core)
        frac = frac if len(core) + len(frac) == len(words) else ""
    value = read_words(core)
    if value is None:
        return None
    if frac:
        value += 0.25 if "quarter" in frac.lower() else 0.5
        scale = re.sub(r"(?i)and|a|half|quarter|[\s-]", " ", frac).split()
        value *= scale_of(re.split(r"(?i)half|quarter", frac)[-1]) if scale else 1
    first = re.match(r"[a-z]+", core.lower())
    scaled = any(w in number_words()["scales"] for w in re.findall(r"[a-z]+", core.lower()))
    if first and first[0] in number_words()["scales"]:
        before = re.search(r"\b(?:a|an|the|per)\s+$", text[max(0, at - 6) : at], re.I)
        if before and before[0].lower().startswith("a"):
            start = at - len(before[0])
    return Numeral(start, at + len(core) + len(frac), value=tidy(value), spelled=True, scaled=scaled)


def joined(words: str) -> str:
    """As much of a run of number words as makes one number: "two hundred and fifty", but only "five" of "five and six"."""
    kept = ""
    scales = number_words()["scales"]
    for piece in re.split(r"((?:[\s-]{1,9}and\s+|,\s+))", words):
        glue = bool(re.fullmatch(r"[\s-]{1,9}and\s+|,\s+", piece))
        last = re.findall(r"[a-z]+", kept.lower())
        if glue and not (last and last[-1] in scales):
            break
        kept += piece
    return re.sub(r"(?:[\s-]{1,9}and\s*|,\s*)$", "", kept)


def vague(text: str, at: int) -> Numeral | None:
    m = patterns()["vague"].match(text, at)
    if m is None:
        return None
    words = re.findall(r"[a-z]+", m[0].lower())
    bounds = {**load("numbers")["vague"], "tens": [10, 100]}
    low, high = bounds[words[0]]
    if len(words) > 1:
        scale = bounds[words[-1]][0]
        low, high = low * scale, high * scale
    elif words[0] == "tens":
        return None
    return Numeral(at, m.end(), low=low, high=high, spelled=True, scaled=True, vague=True)


def fraction(text: str, at: int) -> Numeral | None:
    """ "half", "two-thirds", "a quarter of a percentage point", "3/4"."""
    m = patterns()["fraction"].match(text, at)
    if m is None:
        return None
    if m["a"]:
        a, b = int(m["a"]), int(m["b"])
        return Numeral(at, m.end(), value=tidy(round(a / b, 3)), fraction=True) if 0 < a < b else None
    part, n = m["part"].lower(), (m["n"] or "").lower()
    times = 1 if n in ("", "a") else int(n) if n.isdecimal() else number_words()["ones"][n]
    start, end = at, m.end("part")
    if not n:
        before = re.search(r"\b(?:a|one)[\s-]+$", text[max(0, at - 5) : at], re.I)
        if part not in ("half", "quarter") and before is None:
            return None  # "the third", "a third quarter"
        start = at - len(before[0]) if before else at
        if part == "quarter" and before is None:
            return None
    value = 0.667 if part == "thirds" and times == 2 else times * number_words()["fractions"][part]
    of = m["of"] or ""
    if of and re.search(r"\ban?$", of, re.I):  # "half an hour", "a quarter of a percentage point": the fraction counts the unit
        return Numeral(start, m.end("of"), value=tidy(value), spelled=True)
    return Numeral(start, end, value=tidy(value), fraction=True, spelled=True)


PERCENT = re.compile(r"\s?(?:%|percent|per\s+cent|pct)")


def with_range(text: str, first: Numeral, at_number: re.Pattern[str]) -> Numeral:
    """The numeral, widened to the range it begins: "between 5 and 10", "$5-6 million", "five to seven"."""
    if first.value is None or first.fraction:
        return first
    forms = patterns()
    before = text[max(0, first.start - 24) : first.start]
    both = bool(forms["between"].search(before) or forms["ranging"].search(before))
    if before.endswith("from ") and not both:
        return first  # "from 9 to 10" is a change
    glue = (forms["and"] if both else forms["to"]).match(text, first.end)
    percent = None
    if glue is None:  # "between 5% and 10%"
        percent = PERCENT.match(text, first.end)
        glue = (forms["and"] if both else forms["to"]).match(text, percent.end()) if percent else None
    if glue is None:
        return first
    at = glue.end()
    sign = re.compile(r"(?:[A-Z]{0,3}\s?[$€£¥₹]|[A-Z]{3})\s?").match(text, at)
    at = sign.end() if sign else at
    m = at_number.match(text, at)
    second = numeral_at(text, m.start()) if m and m.start() == at else None
    if second is None or second.value is None or second.fraction:
        return first
    if (sign and not first.currency) or (percent and not PERCENT.match(text, second.end)):
        return first  # "slipped 0.2 percent to $1.34", "rose 4 percent to 36": how much, and to what
    low, high = first.value, second.value
    if second.scaled and not first.scaled and low * 10 < high:
        scaled = low * unscale(text, second)
        low = tidy(scaled) if scaled <= high else low
    if not low < high or (glue[0].strip().lower() == "to" and not both and not adjacent_to(low, high)):
        return first
    return replace(
        first,
        end=second.end,
        value=None,
        low=low,
        high=high,
        scaled=first.scaled or second.scaled,
        currency=first.currency or second.currency,
    )


def adjacent_to(low: Number, high: Number) -> bool:
    """Whether "low to high" can be an estimate; far apart it is two numbers."""
    return high <= 20 * max(low, 1)


def unscale(text: str, numeral: Numeral) -> Number:
    """The scale a numeral was written with: 1000000 for "10 million"."""
    words = re.findall(r"[a-z]+", text[numeral.start : numeral.end].lower())
    scale: Number = 1
    for w in words:
        scale *= number_words()["scales"].get(w, number_words()["short_scales"].get(w, 1))
    return scale
