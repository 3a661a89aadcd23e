"""What every language has rules of its own for: months and days, numbers, money, plurals and lists, as the CLDR has them (through Babel).

Babel is asked once for each day or number that a site shows; all else is taken from it when the rules are made.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from babel import Locale

CODE = re.compile(r"[A-Z]{3}")
MOST_DECIMALS = 10
FORMS = ("day", "short", "full", "month")


def locale_of(language: str) -> Locale:
    """The rules of a language tag, "pt-BR", or of the nearest there are; English where Babel knows none."""
    from babel import Locale, UnknownLocaleError

    parts = re.split(r"[-_]", language)
    for n in range(len(parts), 0, -1):
        try:
            return Locale.parse("_".join(parts[:n]))
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


class Rules:
    """The rules of a language. `words` is the language of the interface's words, where it is another: plurals follow that."""

    def __init__(self, language: str, words: str | None = None) -> None:
        from babel.dates import get_date_format, parse_pattern

        self.numbers = locale_of(language)
        # Bare "en" is English as most of the world writes it, the day before the month; its dollars stay plain.
        self.locale = locale_of("en_001") if str(self.numbers) == "en" else self.numbers
        self.plurals = self.locale if words is None else locale_of(words)
        self.forms = {
            "day": get_date_format("long", self.locale),
            "full": get_date_format("full", self.locale),
            "short": parse_pattern(self.skeleton("yMMMd") or get_date_format("medium", self.locale).pattern),
            "month": parse_pattern(self.skeleton("yMMMM") or "LLLL y"),
        }
        self.weekdays = [str(self.locale.days["stand-alone"]["wide"][n]) for n in range(7)]
        self.weekdays_short = [str(self.locale.days["stand-alone"]["abbreviated"][n]) for n in range(7)]
        self.months_short = [str(self.locale.months["stand-alone"]["abbreviated"][n]) for n in range(1, 13)]
        self.point = str(self.symbols["decimal"])
        scales = self.numbers.compact_decimal_formats
        self.scales = scales.get("long") or scales["short"]
        self.magnitudes = sorted((int(m) for m in self.scales["other"]), reverse=True)
        self.said_days: dict[tuple[date, str], str] = {}
        self.said_numbers: dict[tuple[type, float], str] = {}
        self.signs: dict[str, str] = {}

    @property
    def symbols(self) -> Any:
        """Signs of numbers, in Latin digits, which we write in every language."""
        found = self.numbers.number_symbols
        return found.get("latn") or found[self.numbers.default_numbering_system]

    def skeleton(self, name: str) -> str:
        """The pattern of some parts of a date, in the language's own order; empty where it has none."""
        found = self.locale.datetime_skeletons.get(name)
        return str(found.pattern) if found else ""

    # --- dates ---

    def day(self, at: date, form: str) -> str:
        """A day in one of `FORMS`."""
        key = (at, form)
        if key not in self.said_days:
            self.said_days[key] = self.forms[form].apply(at, self.locale)
        return self.said_days[key]

    # --- numbers ---

    def number(self, value: float) -> str:
        """Digits grouped as the language groups them, with a real minus."""
        key = (type(value), value)
        if key not in self.said_numbers:
            self.said_numbers[key] = self.grouped(value)
        return self.said_numbers[key]

    def grouped(self, value: float) -> str:
        from babel.numbers import format_decimal

        if isinstance(value, float) and not math.isfinite(value):
            return str(value)
        exact = Decimal(str(value))
        with localcontext() as context:
            context.prec = MOST_DECIMALS + max(28, exact.adjusted() + 2)
            said = format_decimal(round(exact, MOST_DECIMALS), locale=self.numbers, decimal_quantization=False)
        return said.replace("-", "−")

    def scaled(self, exact: Decimal) -> str:
        """A large round number with its scale in words: "3.5 billion", "3,5 Milliarden", "35億"."""
        for magnitude in self.magnitudes:
            if abs(exact) < magnitude:
                continue
            zeros = str(self.scales["other"][str(magnitude)].pattern).count("0")
            small = exact / (magnitude // 10 ** (zeros - 1))
            shown: float = int(small) if small == int(small) else float(small)
            form = self.scales.get(self.numbers.plural_form(abs(shown)), self.scales["other"])
            pattern = str((form.get(str(magnitude)) or self.scales["other"][str(magnitude)]).pattern)
            return f"{pattern[: pattern.index('0')]}{self.number(shown)}{pattern[pattern.rindex('0') + 1 :]}".replace("'", "")
        return self.number(float(exact))

    def percent(self, said: str) -> str:
        """A number as so many per cent."""
        return placed(self.numbers.percent_formats[None].pattern, said)

    def money(self, said: str, code: str) -> str:
        """An amount with its currency's sign, on the side where the language has it."""
        pattern = self.numbers.currency_formats["standard"].pattern.split(";")[0]
        if code not in self.signs:
            from babel.numbers import get_currency_symbol

            self.signs[code] = get_currency_symbol(code, self.numbers)
        sign = self.signs[code]
        # A sign that ends in a letter keeps off the digits.
        before, after = (f"{sign}\u00a0" if sign[-1].isalpha() else sign), (f"\u00a0{sign}" if sign[0].isalpha() else sign)
        pattern = re.sub("¤(?=[#0])", lambda _: before, pattern)
        return placed(re.sub("(?<=0)¤", lambda _: after, pattern).replace("¤", sign), said)

    def is_currency(self, unit: str) -> bool:
        """Whether a unit is the code of a currency: "USD"."""
        return CODE.fullmatch(unit) is not None and unit in self.numbers.currencies

    # --- words ---

    def plural(self, n: int) -> str:
        """The form a word takes beside a number: "one", "few", "other" …"""
        return str(self.plurals.plural_form(n))

    def listed(self, items: Sequence[str]) -> str:
        """Words as a list: "a, b and c"."""
        from babel.lists import format_list

        return format_list(items, locale=self.locale) if items else ""


def placed(pattern: str, said: str) -> str:
    """A number put where a pattern has its digits; its minus goes before all."""
    minus, said = ("−", said[1:]) if said.startswith("−") else ("", said)
    return minus + re.sub(r"[#0][#0,.]*", lambda _: said, pattern, count=1)
