"""The facts of an advert that are not prose, as inputs: what each holds, and what is wrong with what was typed."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar
from urllib.parse import urlsplit

from assay.core.postings.advert import (
    Advert,
    EmploymentType,
    Location,
    Pay,
    PayPeriod,
    SectionKey,
    Terms,
    WorkPlace,
    plain,
)
from assay.core.postings.circumstances import Circumstances
from assay.platform.numbers import read_whole

Value = TypeVar("Value")
PERIODS = tuple((one.value, f"a {one.value}") for one in PayPeriod)
WORK_PLACES = (
    ("", "Not said yet"),
    (WorkPlace.ON_SITE.value, "On site"),
    (WorkPlace.HYBRID.value, "Hybrid"),
    (WorkPlace.REMOTE.value, "Remote"),
)
EMPLOYMENT_TYPES = (("", "Not said yet"), *((one.value, one.value.replace("_", "-").lower()) for one in EmploymentType))
YES_NO = (("", "Not said yet"), ("yes", "Yes"), ("no", "No"))
_YES_NO = {"": None, "yes": True, "no": False}
_CODE = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")
_POSTAL = re.compile(r"(?=.*\d)[A-Za-z0-9 -]{3,10}")
_LARGEST = Decimal(1_000_000_000)
_MOST_PLACES = 30


@dataclass(slots=True)
class _Reader:
    posted: Mapping[str, str]
    errors: dict[str, str] = field(default_factory=dict)

    def read(self, name: str, kept: Value, parse: Callable[[str], Value]) -> Value:
        """Return what was typed into an input, or what was kept where it is absent or unusable."""
        if name not in self.posted:
            return kept
        try:
            return parse(plain(self.posted[name]).encode("utf-8", "replace").decode("utf-8").strip())
        except ValueError as error:
            self.errors[name] = f"{error} Not saved."
            return kept


def field_values(advert: Advert, circumstances: Circumstances, key: SectionKey) -> tuple[tuple[str, str], ...]:
    """Return the inputs of a typed part and their values as text, in the order of the page."""
    if key is SectionKey.PAY:
        return _pay_values(advert.pay)
    return _place_values(advert.terms) if key is SectionKey.PLACES else _term_values(advert.terms, circumstances)


def read_fields(
    advert: Advert, circumstances: Circumstances, key: SectionKey, posted: Mapping[str, str]
) -> tuple[Advert, Circumstances, Mapping[str, str]]:
    """Return the advert and circumstances with a typed part as it was typed, and an error for each unusable input."""
    reader = _Reader(posted)
    if key is SectionKey.PAY:
        return replace(advert, pay=_read_pay(reader, advert.pay)), circumstances, reader.errors
    if key is SectionKey.PLACES:
        return replace(advert, terms=_read_places(reader, advert.terms)), circumstances, reader.errors
    terms = _read_terms(reader, advert.terms)
    known = replace(
        circumstances,
        employees=reader.read("employees", circumstances.employees, _whole),
        screens_with_software=reader.read("screens", circumstances.screens_with_software, _yes_no),
    )
    return replace(advert, terms=terms), known, reader.errors


def _pay_values(pay: Pay) -> tuple[tuple[str, str], ...]:
    return (
        ("low", _amount_text(pay.low)),
        ("high", _amount_text(pay.high)),
        ("currency", pay.currency),
        ("period", pay.period.value),
        ("bonus", pay.bonus),
        ("equity", pay.equity),
    )


def _place_values(terms: Terms) -> tuple[tuple[str, str], ...]:
    return (
        ("work_place", terms.work_place.value if terms.work_place else ""),
        ("locations", "\n".join(location_line(place) for place in terms.locations)),
        ("applicants_from", ", ".join(terms.applicants_from)),
        ("excluded_places", ", ".join(terms.excluded_places)),
    )


def _term_values(terms: Terms, circumstances: Circumstances) -> tuple[tuple[str, str], ...]:
    return (
        ("organisation", terms.organisation),
        ("organisation_url", terms.organisation_url),
        ("employment_type", terms.employment_type.value if terms.employment_type else ""),
        ("apply_by", terms.apply_by.isoformat() if terms.apply_by else ""),
        ("apply_url", terms.apply_url),
        ("reference", terms.reference),
        ("openings", str(terms.openings)),
        ("is_existing_vacancy", _yes_no_text(terms.is_existing_vacancy)),
        ("software_statement", terms.software_statement),
        ("employees", "" if circumstances.employees is None else str(circumstances.employees)),
        ("screens", _yes_no_text(circumstances.screens_with_software)),
    )


def _read_pay(reader: _Reader, pay: Pay) -> Pay:
    return Pay(
        low=reader.read("low", pay.low, _amount),
        high=reader.read("high", pay.high, _amount),
        currency=reader.read("currency", pay.currency, _currency),
        period=reader.read("period", pay.period, lambda text: _member(PayPeriod, text)),
        bonus=reader.read("bonus", pay.bonus, _line),
        equity=reader.read("equity", pay.equity, _line),
    )


def _read_places(reader: _Reader, terms: Terms) -> Terms:
    return replace(
        terms,
        work_place=reader.read("work_place", terms.work_place, lambda text: _member(WorkPlace, text) if text else None),
        locations=reader.read("locations", terms.locations, _locations),
        applicants_from=reader.read("applicants_from", terms.applicants_from, _codes),
        excluded_places=reader.read("excluded_places", terms.excluded_places, _codes),
    )


def _read_terms(reader: _Reader, terms: Terms) -> Terms:
    kind = terms.employment_type
    return replace(
        terms,
        organisation=reader.read("organisation", terms.organisation, _line),
        organisation_url=reader.read("organisation_url", terms.organisation_url, _address),
        employment_type=reader.read(
            "employment_type", kind, lambda text: _member(EmploymentType, text) if text else None
        ),
        apply_by=reader.read("apply_by", terms.apply_by, _day),
        apply_url=reader.read("apply_url", terms.apply_url, _apply_address),
        reference=reader.read("reference", terms.reference, _line),
        openings=reader.read("openings", terms.openings, _openings),
        is_existing_vacancy=reader.read("is_existing_vacancy", terms.is_existing_vacancy, _yes_no),
        software_statement=reader.read("software_statement", terms.software_statement, _line),
    )


def location_line(place: Location) -> str:
    """Return a place as one line: ``Denver, CO, US``. Street and postal code stand before the town."""
    return ", ".join(
        filter(None, (place.street, place.postal_code, place.locality, place.region, place.country)),
    )


def _locations(text: str) -> tuple[Location, ...]:
    lines = [line.strip(" ,") for line in text.splitlines() if line.strip(" ,")]
    if len(lines) > _MOST_PLACES:
        raise ValueError(f"At most {_MOST_PLACES} places fit in one advert.")
    return tuple(_location(line) for line in lines)


def _location(line: str) -> Location:
    """Read ``[street, [postal code,]] town[, region], country``."""
    parts = [" ".join(part.split()) for part in line.split(",") if part.strip()]
    country = parts[-1].upper()
    if not re.fullmatch(r"[A-Z]{2}", country):
        said = line if len(line) <= 60 else f"{line[:60]}…"
        raise ValueError(f"“{said}” does not end with a two-letter country code, as in Utrecht, NL.")
    rest = parts[:-1]
    has_region = len(rest) > 1 and re.fullmatch(r"[A-Z0-9]{1,3}", rest[-1].upper()) is not None
    region = rest.pop().upper() if has_region else ""
    locality = rest.pop() if rest else ""
    postal_code = rest.pop() if rest and _POSTAL.fullmatch(rest[-1]) else ""
    return Location(
        country=country, region=region, locality=locality[:100], street=", ".join(rest)[:200], postal_code=postal_code
    )


def _codes(text: str) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(part.strip().upper() for part in re.split(r"[,;\n]", text) if part.strip()))
    wrong = [code for code in codes if not _CODE.fullmatch(code)]
    if wrong:
        raise ValueError(f"“{wrong[0][:40]}” is not a country or region code such as NL, US or US-CO.")
    if len(codes) > _MOST_PLACES * 3:
        raise ValueError(f"At most {_MOST_PLACES * 3} codes fit here.")
    return codes


def _amount(text: str) -> Decimal | None:
    if not text:
        return None
    digits = re.sub(r"[\s'’_]", "", text)
    thousands = re.fullmatch(r"(\d+(?:[.,]\d+)?)[kK]", digits)
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", digits):
        digits = re.sub(r"[.,]", "", digits)
    try:
        amount = Decimal((thousands[1] if thousands else digits).replace(",", "."))
    except InvalidOperation as error:
        raise ValueError("Write an amount in digits, such as 120,000.") from error
    amount = amount * 1000 if thousands else amount
    if not amount.is_finite() or not 0 < amount < _LARGEST:
        raise ValueError("Write an amount above zero and below a thousand million.")
    return amount.quantize(Decimal("0.01"))


def _amount_text(amount: Decimal | None) -> str:
    if amount is None:
        return ""
    return str(int(amount)) if amount == amount.to_integral_value() else str(amount)


def _currency(text: str) -> str:
    code = text.upper()
    if code and not re.fullmatch(r"[A-Z]{3}", code):
        raise ValueError("Write the three-letter code of the currency, such as EUR.")
    return code


def _apply_address(text: str) -> str:
    bare = text.removeprefix("mailto:")
    if re.fullmatch(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", bare) and len(bare) <= 254:
        return f"mailto:{bare}"
    return _address(text)


def _address(text: str) -> str:
    if not text:
        return ""
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc or re.search(r"\s", text) or len(text) > 500:
        raise ValueError("Write a whole web address that begins with https://.")
    return text


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise ValueError("Write a day as 2026-12-31.") from error
    if not 2000 <= day.year <= 2100:
        raise ValueError("Write a day of this century.")
    return day


def _whole(text: str) -> int | None:
    if not text:
        return None
    number = read_whole(re.sub(r"[\s,.'’]", "", text), most_digits=8)
    if number is None:
        raise ValueError("Write a whole number.")
    return number


def _openings(text: str) -> int:
    count = _whole(text)
    if count is None or not 1 <= count <= 200:
        raise ValueError("Write a number from 1 to 200.")
    return count


def _line(text: str) -> str:
    if len(text) > 500:
        raise ValueError("At most 500 characters fit here.")
    return " ".join(text.split())


def _yes_no(text: str) -> bool | None:
    if text not in _YES_NO:
        raise ValueError("Choose one of the answers.")
    return _YES_NO[text]


def _yes_no_text(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


def _member(kind: Callable[[str], Value], text: str) -> Value:
    try:
        return kind(text)
    except ValueError as error:
        raise ValueError("Choose one of the answers.") from error
