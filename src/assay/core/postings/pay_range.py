"""Read pay out of text: ranges and open ends, with currency and period."""

import re
from dataclasses import dataclass
from decimal import Decimal

from assay.core.postings.advert import PayPeriod

_CODES = "USD|CAD|AUD|NZD|EUR|GBP|CHF|INR|SGD|HKD|PLN|SEK|NOK|DKK|CZK|JPY|BRL|ZAR|AED"
_SIGN = rf"(?:US\$|CA\$|C\$|A\$|S\$|\$|€|£|₹|zł|(?:{_CODES})\b)"
_NUMBER = r"\d{1,3}(?:[,.’' ]\d{3}){1,3}(?:[.,]\d{2})?(?!\d)|\d{1,7}(?:[.,]\d{1,2})?(?!\d)"
_NOT_FUNDING = r"(?![\w%])(?!\s?(?:million|billion|bn|M\b|B\b|MM\b))"
_NOT_EXTRA = r"(?!\s?(?:sign|bonus|stipend|budget|in (?:equity|funding|credits)))"


def _amount_pattern(number: int) -> str:
    """Return one amount with its groups numbered: sign before, number, thousands, sign after."""
    return (
        rf"(?P<s{number}>{_SIGN})?[ \u00a0]{{0,8}}(?P<n{number}>{_NUMBER})[ \u00a0]?"
        rf"(?P<k{number}>[kK]\b|LPA\b|lakhs?\b)?[ \u00a0]?(?P<e{number}>{_SIGN})?"
    )


_RANGE = re.compile(
    r"(?<![\w.,])"
    + _amount_pattern(1)
    + r"(?:[ ]?/?(?:per |an? |/)?(?:hour|hr|year|yr|annum|month|day))?"
    + r"[ \u00a0]{0,3}(?:to[ ]?[-–]|-|–|—|−|to|and|through)[ \u00a0]{0,3}"
    + _amount_pattern(2)
    + _NOT_FUNDING
)
_OPEN = re.compile(
    r"(?P<end>up to|from|starting (?:at|from)|minimum(?: of)?|at least|max(?:imum)?(?: of)?)[ ]"
    + _amount_pattern(1)
    + _NOT_FUNDING
    + _NOT_EXTRA,
    re.IGNORECASE,
)
_PERIODS = (
    (PayPeriod.HOUR, re.compile(r"(?:\b(?:per|an|a)|/)\s?(?:hour|hr)\b|hourly", re.IGNORECASE)),
    (PayPeriod.DAY, re.compile(r"(?:\b(?:per|a)|/)\s?day\b|daily rate|day rate", re.IGNORECASE)),
    (PayPeriod.WEEK, re.compile(r"(?:\b(?:per|a)|/)\s?week\b|weekly", re.IGNORECASE)),
    (PayPeriod.MONTH, re.compile(r"(?:\b(?:per|a)|/)\s?month\b|monthly|/mo\b|pro Monat", re.IGNORECASE)),
)
_YEAR = re.compile(r"(?:per|a|/)\s?(?:year|yr|annum)\b|annual|yearly|p\.?a\.?\b|base", re.IGNORECASE)
_SALARY = re.compile(r"salary|pay\b|compensation|base|OTE|remuneration|rate|range|package|wage", re.IGNORECASE)
_CURRENCIES = {
    "$": "USD", "US$": "USD", "CA$": "CAD", "C$": "CAD", "A$": "AUD", "S$": "SGD", "€": "EUR", "£": "GBP", "₹": "INR",
    "zł": "PLN",
}  # fmt: skip
_LEAST = {PayPeriod.YEAR: 8_000, PayPeriod.MONTH: 500, PayPeriod.WEEK: 100, PayPeriod.DAY: 40, PayPeriod.HOUR: 5}
_MOST = {
    PayPeriod.YEAR: 100_000_000, PayPeriod.MONTH: 10_000_000, PayPeriod.WEEK: 500_000, PayPeriod.DAY: 100_000,
    PayPeriod.HOUR: 5_000,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PayInText:
    """Pay as a text says it: both ends of a range, or one; ``currency`` is empty where no sign stands."""

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    currency: str
    period: PayPeriod


def find_pay(text: str) -> tuple[PayInText, ...]:
    """Return every pay range and, where there is no range, every open end. Funding and revenue are not pay."""
    ranges = tuple(pay for found in _RANGE.finditer(text) if (pay := _range(text, found)) is not None)
    if ranges:
        return ranges
    return tuple(pay for found in _OPEN.finditer(text) if (pay := _open(text, found)) is not None)


def is_plausible(*, amount: Decimal, period: PayPeriod) -> bool:
    """Whether an amount can be meant for a period, in any currency."""
    return _LEAST[period] <= amount <= _MOST[period]


def _range(text: str, found: re.Match[str]) -> PayInText | None:
    sign = found["s1"] or found["e1"] or found["s2"] or found["e2"]
    thousand = found["k2"] or found["k1"]
    in_lakhs = bool(thousand and thousand[0] in "Ll")
    if (
        not sign
        and not in_lakhs
        and not (thousand and _SALARY.search(text, max(0, found.start() - 80), found.end() + 40))
    ):
        return None
    low = _amount(found["n1"], found["k1"] or (thousand if len(found["n1"]) <= 3 else None))
    high = _amount(found["n2"], found["k2"] or (thousand if len(found["n2"]) <= 3 else None))
    return _pay(text, found, low, high, sign, thousand)


def _open(text: str, found: re.Match[str]) -> PayInText | None:
    sign = found["s1"] or found["e1"]
    near = _SALARY.search(text, max(0, found.start() - 60), min(len(text), found.end() + 40))
    if not sign or not near:
        return None
    amount = _amount(found["n1"], found["k1"])
    is_top = found["end"].lower().startswith(("up", "max"))
    return _pay(text, found, None if is_top else amount, amount if is_top else None, sign, found["k1"])


def _pay(
    text: str, found: re.Match[str], low: Decimal | None, high: Decimal | None, sign: str | None, thousand: str | None
) -> PayInText | None:
    largest = max(amount for amount in (low, high) if amount is not None)
    currency = "INR" if thousand and thousand[0] in "Ll" else _CURRENCIES.get(sign or "", sign or "")
    period = _period(text, found.start(), found.end(), largest)
    if not is_plausible(amount=largest, period=period):
        return None
    return PayInText(start=found.start(), end=found.end(), low=low, high=high, currency=currency, period=period)


def _period(text: str, start: int, end: int, amount: Decimal) -> PayPeriod:
    around = text[end : end + 25]
    for period, pattern in _PERIODS:
        if pattern.search(around) or pattern.search(text, start, end):
            return period
    if _YEAR.search(around) or amount >= _LEAST[PayPeriod.YEAR]:
        return PayPeriod.YEAR
    before = text[max(0, start - 40) : start]
    return next((period for period, pattern in _PERIODS if pattern.search(before)), PayPeriod.YEAR)


def _amount(number: str, thousand: str | None) -> Decimal:
    digits = re.sub(r"[ ’']", "", number)
    whole = re.sub(r"[,.](?=\d{3}(?!\d))", "", digits) if not thousand else digits
    amount = Decimal(whole.replace(",", "."))
    if not thousand:
        return amount
    return amount * (1_000 if thousand in "kK" else 100_000)
