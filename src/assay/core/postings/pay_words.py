"""Pay in words and figures, as it is printed."""

from decimal import Decimal

from assay.core.postings.advert import EmploymentType, Pay, PayPeriod

_PERIODS = {
    PayPeriod.HOUR: "an hour",
    PayPeriod.DAY: "a day",
    PayPeriod.WEEK: "a week",
    PayPeriod.MONTH: "a month",
    PayPeriod.YEAR: "a year",
}
EMPLOYMENT_LABELS = {
    EmploymentType.FULL_TIME: "Full time",
    EmploymentType.PART_TIME: "Part time",
    EmploymentType.CONTRACTOR: "Contract",
    EmploymentType.TEMPORARY: "Temporary",
    EmploymentType.INTERN: "Internship",
    EmploymentType.OTHER: "Other",
}


def describe_pay(pay: Pay) -> str:
    """Return ``USD 150,000 to 190,000 a year``, one end of it, or nothing where no amount is said."""
    period = _PERIODS[pay.period]
    if pay.low is not None and pay.high is not None:
        amounts = describe_amount(pay.low)
        if pay.high != pay.low:
            amounts = f"{amounts} to {describe_amount(pay.high)}"
    elif pay.low is not None:
        amounts = f"from {describe_amount(pay.low)}"
    elif pay.high is not None:
        amounts = f"up to {describe_amount(pay.high)}"
    else:
        return ""
    return " ".join(part for part in (pay.currency, amounts, period) if part)


def describe_amount(amount: Decimal) -> str:
    """Return an amount with thousands set off, and cents only where there are any."""
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
