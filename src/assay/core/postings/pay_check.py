"""Pay: is there a range, is it the right way up, can it be meant, and is it narrow enough to say anything."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from assay.core.postings.advert import Pay, PayPeriod, SectionKey
from assay.core.postings.finding import Finding, Measure
from assay.core.postings.passages import Passage
from assay.core.postings.pay_range import find_pay, is_plausible
from assay.core.postings.reading import Reading, filled, found_at, missing
from assay.core.postings.rules import Rule


@dataclass(frozen=True, slots=True)
class SaidPay:
    """Pay as the advert gives it, and where: without a passage it is the advert's own field."""

    low: Decimal | None
    high: Decimal | None
    currency: str
    period: PayPeriod
    passage: Passage | None = None
    start: int = 0
    end: int = 0

    @property
    def is_range(self) -> bool:
        """Whether both ends are said and are the right way up."""
        return self.low is not None and self.high is not None and self.low <= self.high


def said_pay(reading: Reading) -> tuple[SaidPay, ...]:
    """Return the pay that the advert's field gives, or else every pay that its text gives."""
    if reading.advert is not None and _is_given(reading.advert.pay):
        pay = reading.advert.pay
        return (SaidPay(low=pay.low, high=pay.high, currency=pay.currency, period=pay.period),)
    return tuple(
        SaidPay(pay.low, pay.high, pay.currency, pay.period, passage, pay.start, pay.end)
        for passage in reading.passages
        for pay in find_pay(passage.text)
    )


def check_pay(reading: Reading) -> tuple[tuple[Finding, ...], tuple[Measure, ...]]:
    """Return findings on the pay that is said, or on its absence, and the width of the widest range."""
    rules, pays = reading.rules.pay_law.rules, said_pay(reading)
    if not pays:
        section = SectionKey.PAY if reading.advert is not None else SectionKey.TEXT
        return (missing(rule=rules["pay-range"], section=section),), ()
    findings = tuple(finding for pay in pays for finding in _check(reading, pay))
    widths = [pay.high / pay.low for pay in pays if pay.is_range and pay.low and pay.high]
    measures = tuple(
        Measure("pay-width", "Top of the pay range over its bottom", round(float(width), 2), "times", "",
                rules["pay-wide"].source)
        for width in (sorted(widths)[-1:])
    )  # fmt: skip
    return findings, measures


def _check(reading: Reading, pay: SaidPay) -> Iterator[Finding]:
    law, rules = reading.rules.pay_law, reading.rules.pay_law.rules
    amounts = [amount for amount in (pay.low, pay.high) if amount is not None]
    if any(not is_plausible(amount=amount, period=pay.period) for amount in amounts):
        yield _at(rules["pay-absurd"], pay)
    elif pay.low is None or pay.high is None:
        yield _at(rules["pay-single"], pay)
    elif pay.low > pay.high:
        yield _at(rules["pay-upside-down"], pay)
    elif float(pay.high / pay.low) > law.widest:
        ratio = f"{float(pay.high / pay.low):.2f}"
        yield _at(filled(rule=rules["pay-wide"], value=ratio, limit=f"{law.widest:g}"), pay)
    if amounts and not pay.currency:
        rule = replace(rules["pay-absurd"], why="Gives an amount without a currency.", fix_label="Name the currency.")
        yield _at(rule, pay)


def _at(rule: Rule, pay: SaidPay) -> Finding:
    if pay.passage is None:
        return missing(rule=rule, section=SectionKey.PAY)
    return found_at(rule=rule, passage=pay.passage, start=pay.start, end=pay.end)


def _is_given(pay: Pay) -> bool:
    return pay.low is not None or pay.high is not None
