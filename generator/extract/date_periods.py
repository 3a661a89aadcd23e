"""Months, seasons, quarters, years and longer: "last June", "the summer of 2012", "the third quarter", "the mid-1990s"."""

from __future__ import annotations

import re
from dataclasses import replace

from generator.data import load
from generator.extract.calendar import days_of, month_value
from generator.extract.date_days import NAMES
from generator.extract.date_relative import step_value, unit_of
from generator.extract.date_words import DECADES, MONTH, ORDINALS, YEAR, Reading, Seen, full_year, month_of, one, part_of, said, year_given


def month_alone(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "June", "last June", "early June", "June 2021"."""
    month, year = month_of(m["month"]), year_given(m)
    modifier = part_of(said(m, "part"))
    later = JOINED_MONTH.match(reading.words, m.end()) if not year else None
    if later:  # "May and June of 2019"
        return one(m, month_value(int(later["year"]) - (month > month_of(later["month"])), month), modifier=modifier)
    if year:
        return one(m, month_value(year, month), modifier=modifier)
    which = (said(m, "which") or "").lower()
    if not which and not modifier and not month_said(m, reading):
        return []
    if not year and re.compile(r"\s+\d{1,2}\b").match(reading.words, m.end()):
        return []  # "February 30"
    if reading.base is None:
        return one(m, f"XXXX-{month:02d}", modifier=modifier)
    base, then = reading.base, None if which else reading.long_ago(*m.span())
    if then:
        return one(m, month_value(then.year + (month < then.month), month), modifier=modifier)
    year = base.year - (month > base.month)
    if which.startswith(("last", "past")):
        year = base.year - (month >= base.month)
    elif which.startswith(("next", "coming")):
        year = base.year + (month <= base.month)
    elif which.startswith("this"):
        year = base.year
    elif reading.outlook(*m.span(), sure=True) == "ahead":
        year = base.year + (month < base.month)
    elif 0 < (month - base.month) % 12 < 6 and reading.outlook(*m.span()) == "ahead":
        year = base.year + (month < base.month)  # "the ban begins in March", said in January
    return one(m, month_value(year, month), modifier=modifier)


JOINED_MONTH = re.compile(rf"\s+(?:and|or|to|through)\s+(?P<month>{MONTH})\s+(?:of\s+)?(?P<year>{YEAR})")
BEFORE_MONTH = re.compile(
    r"\b(?:in|of|since|until|till|by|from|to|between|and|during|through|before|after|for|or|around|last|next|this|every|each)\s+(?:late|early|mid)?[\s-]*$",
    re.I,
)


def month_said(m: re.Match[str], reading: Reading) -> bool:
    """Whether a bare month's name is a month here: no name of a person, no verb; "May" and "March", and short forms, only after a preposition."""
    word = m["month"].strip(".").lower()
    after_preposition = bool(BEFORE_MONTH.search(reading.words, max(0, m.start() - 24), m.start()))
    if word in ("may", "march") or (len(word) <= 4 and word not in ("june", "july")):
        token = reading.token(*m.span("month"))
        return after_preposition and token is not None and token.ent_type_ not in NAMES
    token = reading.token(*m.span("month"))
    return (
        token is not None
        and token.ent_type_ not in NAMES
        and (after_preposition or token.ent_type_ == "DATE" or word not in ("april", "june", "august"))
    )


NOT_A_YEAR = re.compile(r"[$€£#¥]\s?$|\b(?:No|no|Rs|about|around|nearly|almost|some|least|over|than|approximately|only|another)\.?\s+$")


TOLD_AS_YEAR = re.compile(r"\b(?:in|since|until)\s+$", re.I)  # "in 1215"; a number so large would have its comma


COUNTED = re.compile(
    r"\s+(?:years|months|weeks|days|hours|minutes|miles|km|kilomet(?:re|er)s|met(?:re|er)s|people|percent|per\s+cent|feet|pounds|tons|tonnes)\b"
    r"|[\s-]+(?:year|month|week|day)s?[\s-]+olds?\b|-(?:year|month|week|day|hour|minute|mile|met(?:re|er)|kilomet(?:re|er)|foot|pound|ton)\b",
    re.I,
)


def year_alone(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "2014", "early 2022", "fiscal 1989": a number of four digits that counts nothing."""
    year = int(m["year"])
    fiscal = bool(said(m, "fiscal"))
    if said(m, "part") or fiscal:
        return one(m, str(year), modifier=part_of(said(m, "part")))
    told = 1500 <= year <= 2100 or bool(TOLD_AS_YEAR.search(reading.words, max(0, m.start() - 8), m.start()))
    if not told or NOT_A_YEAR.search(reading.words, max(0, m.start() - 16), m.start()):
        return []
    token = reading.token(*m.span())
    if token is None or len(token.text) > 6:
        return []
    if COUNTED.match(reading.words, m.end()):
        return []
    head = token.head
    if (
        token.dep_ == "nummod"
        and head.i > token.i
        and head.tag_ == "NNS"
        and head.text.islower()
        and head.lower_ not in load("calendar")["year_heads"]
        and not reading.words[: m.start()].endswith("the ")
    ):
        return []
    return one(m, str(year))


def years(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "2010-2012", "1998-99", "2018/19": both years."""
    first = int(m["first"])
    second = int(m["second"]) if len(m["second"]) == 4 else first // 100 * 100 + int(m["second"])
    if not first < second <= first + 200 or not 1500 <= first <= 2100:
        return []
    return [Seen(m.start(), m.end("first"), str(first)), Seen(m.start("second"), m.end(), str(second))]


def decade(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "the 1990s", "the mid-1990s", "the '90s", "the sixties"."""
    if said(m, "century"):
        value = m["century"]
    elif said(m, "short"):
        value = str(full_year(m["short"] + "0", reading.base) // 10)
    else:
        value = f"19{DECADES[m['word'].lower()]}"
    return one(m, value, modifier=part_of(said(m, "part")))


def century(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "the 20th century"."""
    return one(m, f"{int(m['nth']) - 1:02d}", modifier=part_of(said(m, "part")))


def season(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "spring 2021", "in [the summer of 2012]", "last summer", "this fall"."""
    ahead = 3 if m.group().lower().startswith("in ") else 0
    return [replace(s, start=s.start + ahead) for s in season_meant(m, reading)]


def season_meant(m: re.Match[str], reading: Reading) -> list[Seen]:
    """The season of a match, its "in" still with it."""
    code, year = load("calendar")["seasons"][m["season"].lower()], year_given(m)
    modifier = part_of(said(m, "part"))
    if year:
        return one(m, f"{year}-{code}", modifier=modifier)
    base, which = (
        reading.base,
        (m["which"] or ("the" if modifier and BEFORE_MONTH.search(reading.words, max(0, m.start() - 24), m.start()) else "")).lower(),
    )
    if base is None or not which:
        return []
    if which.startswith("the "):  # the first one after what was told last
        told = days_of(reading.last("day", "time", "month", "season", "year") or "")
        fits = [v for y in (told[1].year, told[1].year + 1) if (d := days_of(v := f"{y}-{code}")) and d[0] > told[1]] if told else []
        return one(m, fits[0] if fits else None, modifier=modifier)
    then = reading.long_ago(m.start()) if which == "the" else None
    if then:
        later = [v for y in (then.year, then.year + 1) if (d := days_of(v := f"{y}-{code}")) and d[1] >= then]
        return one(m, later[0], modifier=modifier)
    found = [f"{y}-{code}" for y in range(base.year - 2, base.year + 2)]
    spans = [(days_of(v), v) for v in found]
    if which.startswith(("last", "past")):
        fits = [v for d, v in spans if d and d[1] < base]
        return one(m, fits[-1], modifier=modifier)
    if which.startswith(("next", "coming")):
        fits = [v for d, v in spans if d and d[0] > base]
        return one(m, fits[0] if fits else None, modifier=modifier)
    if which.startswith("this"):
        return one(m, f"{base.year}-{code}", modifier=modifier)
    ahead = reading.outlook(*m.span()) == "ahead"
    fits = [v for d, v in spans if d and (d[1] >= base if ahead else d[0] <= base)]
    return one(m, fits[0] if ahead else fits[-1], modifier=modifier)


def quarter(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "the third quarter", "Q3 2021", "the first half of 1989"."""
    half = (m["what"] or "quarter").lower() == "half"
    n = int(m["q"]) if m["q"] else ORDINALS.get(m["nth"].lower(), 0)
    if half and m["nth"] and m["nth"].lower() in ("final", "last"):
        n = 2
    if not m["q"] and m["nth"].lower() == "last" and not m["of"] and not year_given(m):
        return []  # "last quarter" is the one before this
    if not 1 <= n <= (2 if half else 4) or (half and not year_given(m) and not m["of"]):
        return []
    code, year = f"{'H' if half else 'Q'}{n}", year_given(m)
    if year is None:
        base = reading.base
        if base is None:
            return []
        year = base.year
        if m["of"]:
            year += {"last": -1, "next": 1}.get(m["of"].lower().split()[-2], 0)
        else:
            days = days_of(f"{year}-{code}")
            if days and days[0] > base and reading.outlook(*m.span()) != "ahead":
                year -= 1
    return one(m, f"{year}-{code}")


def year_end(m: re.Match[str], reading: Reading) -> list[Seen]:
    """ "year-end", "the end of the month"."""
    if reading.base is None:
        return []
    year = year_given(m)
    if year:
        return one(m, str(year), modifier="end")
    return one(m, step_value(reading.base, 0, unit_of(said(m, "unit") or "year")), modifier=part_of(said(m, "part")) or "end")
