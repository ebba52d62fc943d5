"""The question form of the pay page: what stands in its fields, as a question and as an address to share."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from assay.app.market.pay.answering import PayQuestion
from assay.app.market.pay.catalogue import (
    country_labels,
    default_mapping,
    family_labels,
    family_of,
    find_place,
    metro_steps,
)
from assay.app.market.pay.rates import list_currencies
from assay.app.market.pay.reading import read_amount, read_day, read_place
from assay.app.requisitions.prefill import Prefill
from assay.core.market.pay.placing import Band
from assay.core.market.pay.question import PayQuestionError

_LONGEST = 120
_FIELDS = ("family", "level", "place", "currency", "on", "rate", "low", "high")


@dataclass(frozen=True, slots=True)
class PayForm:
    """The fields as text; ``codes`` holds the code chosen for each level."""

    family: str = "ml-engineer"
    level: str = "senior"
    place: str = "US"
    currency: str = "USD"
    on: str = ""
    rate: str = ""
    low: str = ""
    high: str = ""
    codes: tuple[tuple[str, str], ...] = ()
    requisition: str = ""

    def query(self, *, with_requisition: bool = True) -> str:
        """Return the fields that differ from an untouched form as a query string."""
        blank = PayForm()
        pairs = [(name, getattr(self, name)) for name in _FIELDS if getattr(self, name) != getattr(blank, name)]
        defaults = {level.id: level.code for level in default_mapping().levels}
        pairs += [(f"code_{level}", code) for level, code in self.codes if defaults.get(level) != code]
        if self.requisition and with_requisition:
            pairs.append(("for", self.requisition))
        return urlencode(pairs)

    def code_of(self, level: str) -> str:
        """Return the code chosen for a level."""
        return dict(self.codes).get(level) or default_mapping().level(level).code


def read_form(fields: Mapping[str, str], *, known: Prefill | None = None) -> PayForm:
    """Return the form as filled in; what is missing comes from what the requisition knows, else from the defaults."""
    start = PayForm() if known is None else _filled(PayForm(), known)
    given = {name: _text(fields, name) for name in _FIELDS if name in fields}
    for name in ("family", "level", "place", "currency"):
        if given.get(name) == "":
            del given[name]
    given |= _known_by_id(given)
    codes = tuple(
        (level.id, _text(fields, f"code_{level.id}"))
        for level in default_mapping().levels
        if _text(fields, f"code_{level.id}")
    )
    return replace(start, **given, codes=codes, requisition=_text(fields, "for"))


def question_of(form: PayForm, *, band: Band | None) -> PayQuestion:
    """Return the question that a form asks. Raises ``PayQuestionError`` naming the field to change."""
    country, metro = read_place(form.place)
    return PayQuestion(
        family=form.family,
        level=form.level,
        country=country,
        metro=metro,
        currency=form.currency,
        on=read_day(form.on, field="on"),
        per_usd=_rate(form.rate),
        mapping=",".join(f"{level}={code}" for level, code in form.codes),
        band=band,
    )


def band_of(form: PayForm) -> Band | None:
    """Return the band of a form, ``None`` when both ends are empty. Raises ``PayQuestionError`` naming the end."""
    if not form.low and not form.high:
        return None
    if not form.low or not form.high:
        missing = "high" if form.low else "low"
        raise PayQuestionError(field=missing, message="Give both ends of the band, or neither.")
    low, high = (float(read_amount(text, field=name)) for name, text in (("low", form.low), ("high", form.high)))
    return Band(low=low, high=high)


def family_options() -> list[tuple[str, str]]:
    """Return the families to choose from."""
    return list(family_labels().items())


def place_options() -> list[tuple[str, str]]:
    """Return the places to choose from: the United States with its metropolitan areas, then countries by name."""
    home = "United States"
    metros = [(f"US/{metro}", f"{home}: {metro}") for metro in metro_steps()]
    others = [(code, name) for code, name in country_labels().items() if code != "US"]
    return [("US", f"{home}: whole country"), *metros, *others]


def currency_options(chosen: str) -> list[tuple[str, str]]:
    """Return the currencies to choose from, and the one that is chosen if it is another."""
    codes = list(list_currencies())
    shown = chosen.strip().upper()[:12]
    return [(code, code) for code in (codes if shown in codes else [*codes, shown])]


def level_options() -> list[tuple[str, str]]:
    """Return the levels to choose from."""
    return [(level.id, level.label) for level in default_mapping().levels]


def code_options() -> list[tuple[str, str]]:
    """Return the codes of the data that a level can be read as."""
    return [(code, f"{words} ({code})") for code, words in default_mapping().codes]


def _known_by_id(given: Mapping[str, str]) -> dict[str, str]:
    """Return the fields whose text means something that the form lists under another name, by that name."""
    found: dict[str, str] = {}
    with suppress(PayQuestionError):
        found["family"] = family_of(given.get("family", ""))
    with suppress(PayQuestionError):
        found["level"] = default_mapping().level(given.get("level", "")).id
    if "place" in given:
        country, metro = read_place(given["place"])
        with suppress(PayQuestionError):
            place = find_place(country=country, metro=metro)
            found["place"] = f"{place.country}/{place.metro.name}" if place.metro else place.country
    return found


def _filled(form: PayForm, known: Prefill) -> PayForm:
    levels = {level.id for level in default_mapping().levels}
    try:
        family = family_of(known.family) if known.family else form.family
    except PayQuestionError:
        family = form.family
    place = known.country if known.country in country_labels() else None
    if place == "US" and known.metro in metro_steps():
        place = f"US/{known.metro}"
    return replace(
        form,
        family=family,
        level=known.level if known.level in levels and known.level else form.level,
        place=place or form.place,
        currency=known.currency or form.currency,
        low=f"{known.base_low:.0f}" if known.base_low else "",
        high=f"{known.base_high:.0f}" if known.base_high else "",
    )


def _rate(text: str) -> float | None:
    if not text:
        return None
    try:
        return float(text.replace(",", "."))
    except ValueError as error:
        raise PayQuestionError(field="rate", message=f"“{text[:40]}” is not a rate. Write 3.6725.") from error


def _text(fields: Mapping[str, str], name: str) -> str:
    return fields.get(name, "").replace("\0", "").strip()[:_LONGEST]
