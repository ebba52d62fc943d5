"""What the laws of the places ask to stand on the advert: a table of data, read for one day.

Not legal advice. What is not known (the number of employees, the place) makes a finding that says so, never silence.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from assay.core.base.source import Source
from assay.core.postings.advert import Advert, SectionKey, WorkPlace
from assay.core.postings.blanks import find_blanks
from assay.core.postings.circumstances import Circumstances
from assay.core.postings.finding import Finding, Severity
from assay.core.postings.pay_check import said_pay
from assay.core.postings.reading import Reading, filled, found_at, missing
from assay.core.postings.rules import PayItem, PlaceLaw

_STATE = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)?, ?(?P<code>[A-Z]{2})\b")
_UNITED_STATES = re.compile(r"\b(?:United States|USA|U\.S\.A?\.?|US)\b")
_SECTIONS = {
    PayItem.PAY_RANGE: SectionKey.PAY,
    PayItem.BENEFITS: SectionKey.BENEFITS,
    PayItem.OTHER_COMP: SectionKey.PAY,
    PayItem.DEADLINE: SectionKey.TERMS,
    PayItem.HOW_TO_APPLY: SectionKey.HOW_TO_APPLY,
    PayItem.JOB_DESCRIPTION: SectionKey.RESPONSIBILITIES,
    PayItem.VACANCY_STATUS: SectionKey.TERMS,
    PayItem.SOFTWARE_STATEMENT: SectionKey.TERMS,
}


def check_laws(*, reading: Reading, circumstances: Circumstances) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """Return findings on what the places' laws ask for, and notes on what could not be told."""
    places, notes = _places(reading, circumstances)
    laws = [law for law in reading.rules.pay_law.places if _covers(law.place, places, reading)]
    now = [law for law in laws if law.effective_from <= reading.as_of and _applies(law, circumstances)]
    findings = [*_missing_items(reading, now, circumstances), *_widths(reading, now), *_exclusions(reading)]
    notes += [_coming(law) for law in laws if reading.as_of < law.effective_from]
    covered = {law.place for law in laws}
    for place in places:
        if not _is_covered(place, covered, reading):
            notes.append(
                f"Assay holds no law on adverts for {_name(reading, place)}; that does not mean there is none."
            )
    return tuple(findings), tuple(notes)


def _places(reading: Reading, circumstances: Circumstances) -> tuple[tuple[str, ...], list[str]]:
    """Return the places whose laws count, and where they came from when nobody named them."""
    named = list(circumstances.places)
    if reading.advert is not None:
        named += _advert_places(reading.advert)
    if named:
        return tuple(dict.fromkeys(named)), []
    seen = _places_in_text(reading)
    if seen:
        names = ", ".join(_name(reading, place) for place in seen)
        return seen, [f"Read from the text as the place: {names}. Name the place if that is wrong."]
    return (), ["No place is named, so no pay law could be checked. Name the places where people may work."]


def _advert_places(advert: Advert) -> Iterator[str]:
    terms = advert.terms
    yield from (place.code for place in terms.locations)
    if terms.work_place is WorkPlace.REMOTE or terms.applicants_from:
        yield from terms.applicants_from


def _places_in_text(reading: Reading) -> tuple[str, ...]:
    law = reading.rules.pay_law
    codes = {place.place for place in law.places} | set(law.names)
    found = [f"US-{match['code']}" for match in _STATE.finditer(reading.whole)]
    found += [place.place for place in law.places if place.place != "EU" and _says(reading, place.name)]
    if reading.is_remote and _UNITED_STATES.search(reading.whole):
        found.append("US")
    return tuple(dict.fromkeys(place for place in found if place in codes))


def _says(reading: Reading, name: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", reading.whole) is not None


def _covers(code: str, places: Iterable[str], reading: Reading) -> bool:
    """Whether a law's place is one of the places, lies in one, or holds one (Germany is in the EU)."""
    members = reading.rules.pay_law.groups.get(code, ())
    return any(
        place == code or code.startswith(f"{place}-") or place.partition("-")[0] in members or
        (place in reading.rules.pay_law.groups and code in reading.rules.pay_law.groups[place])
        for place in places
    )  # fmt: skip


def _is_covered(place: str, covered: set[str], reading: Reading) -> bool:
    return any(_covers(code, (place,), reading) for code in covered)


def _applies(law: PlaceLaw, circumstances: Circumstances) -> bool:
    if law.items == (PayItem.SOFTWARE_STATEMENT,) and circumstances.screens_with_software is False:
        return False
    return law.employees is None or circumstances.employees is None or circumstances.employees >= law.employees


def _missing_items(reading: Reading, laws: list[PlaceLaw], circumstances: Circumstances) -> Iterator[Finding]:
    """Say once for each missing item which places ask for it, with the weight of the surest of them."""
    table = reading.rules.pay_law
    for item in PayItem:
        asking = [law for law in laws if item in law.items]
        if not asking or _has(reading, item):
            continue
        severity = min((_severity(law, circumstances) for law in asking), key=list(Severity).index)
        label = table.item_labels[item]
        rule = filled(
            rule=table.rules["law-item"],
            severity=severity,
            source=_source(asking, table.rules["law-item"].source),
            items=label[0].upper() + label[1:],
            places="; ".join(_described(law, circumstances) for law in asking),
        )
        section = _SECTIONS[item] if reading.advert is not None else SectionKey.TEXT
        yield missing(
            rule=replace(rule, id=f"law-{item.value.replace('_', '-')}", fix_label=f"Add {label}."), section=section
        )


def _severity(law: PlaceLaw, circumstances: Circumstances) -> Severity:
    """A binding law that surely applies is a must; a directive, weak evidence or an unknown size is a should."""
    is_sure = law.employees is not None and (law.employees <= 1 or circumstances.employees is not None)
    if law.items == (PayItem.SOFTWARE_STATEMENT,) and circumstances.screens_with_software is None:
        is_sure = False
    return Severity.MUST if law.is_binding and is_sure and law.grade in "AB" else Severity.SHOULD


def _described(law: PlaceLaw, circumstances: Circumstances) -> str:
    parts = [f"since {law.effective_from.isoformat()}"]
    if law.employees is not None and law.employees > 1:
        unknown = ", and how many you are was not said" if circumstances.employees is None else ""
        parts.append(f"from {law.employees} employees{unknown}")
    if law.items == (PayItem.SOFTWARE_STATEMENT,) and circumstances.screens_with_software is None:
        parts.append("if software ranks or selects, which was not said")
    parts.append(f"evidence {law.grade}")
    if law.verify:
        parts.append(law.verify)
    return f"{law.name} ({', '.join(parts)})"


def _source(laws: list[PlaceLaw], table: Source) -> Source:
    titles = "; ".join(dict.fromkeys(law.source.title for law in laws))
    references = ", ".join(dict.fromkeys(law.source.reference for law in laws))
    return Source(title=titles, reference=f"{table.reference}; {references}", as_of=table.as_of)


def _has(reading: Reading, item: PayItem) -> bool:
    advert = reading.advert
    if item is PayItem.PAY_RANGE:
        return any(pay.is_range for pay in said_pay(reading))
    if advert is not None:
        said = _said_in_terms(advert, item)
        if said:
            return True
        if item is PayItem.BENEFITS and advert.benefits and not find_blanks("\n".join(advert.benefits)):
            return True
    return reading.rules.pay_law.item_patterns[item].search(reading.whole) is not None


def _said_in_terms(advert: Advert, item: PayItem) -> bool:
    terms = advert.terms
    return {
        PayItem.OTHER_COMP: bool(advert.pay.bonus or advert.pay.equity),
        PayItem.DEADLINE: terms.apply_by is not None,
        PayItem.HOW_TO_APPLY: bool(terms.apply_url or terms.how_to_apply),
        PayItem.VACANCY_STATUS: terms.is_existing_vacancy is not None,
        PayItem.SOFTWARE_STATEMENT: bool(terms.software_statement.strip()),
        PayItem.JOB_DESCRIPTION: bool(advert.responsibilities),
    }.get(item, False)


def _widths(reading: Reading, laws: list[PlaceLaw]) -> Iterator[Finding]:
    for law in laws:
        for pay in said_pay(reading):
            if law.most_width is None or pay.low is None or pay.high is None or pay.currency != law.currency:
                continue
            width = pay.high - pay.low
            is_free = law.width_free_above is not None and pay.high > law.width_free_above
            if pay.period.value != "year" or width <= law.most_width or is_free:
                continue
            rule = filled(
                rule=reading.rules.pay_law.rules["law-width"], place=law.name, limit=f"{law.most_width:,}",
                currency=law.currency, free=f"{law.width_free_above or 0:,}", value=f"{width:,.0f}",
            )  # fmt: skip
            if pay.passage is None:
                yield missing(rule=rule, section=SectionKey.PAY)
            else:
                yield found_at(rule=rule, passage=pay.passage, start=pay.start, end=pay.end)


def _exclusions(reading: Reading) -> Iterator[Finding]:
    """Find states with a pay law that a remote job leaves out, in the terms and in the words."""
    table = reading.rules.pay_law
    rule = table.rules["law-exclusion"]
    if reading.advert is not None:
        for code in reading.advert.terms.excluded_places:
            if code in table.exclusion_places:
                yield missing(rule=filled(rule=rule, place=_name(reading, code)), section=SectionKey.PLACES)
    if not reading.is_remote:
        return
    for passage in reading.passages:
        for found in table.exclusion.finditer(passage.text):
            named = filled(rule=rule, place=found["place"])
            yield found_at(rule=named, passage=passage, start=found.start(), end=found.end())


def _coming(law: PlaceLaw) -> str:
    day: date = law.effective_from
    items = ", ".join(item.value.replace("_", " ") for item in law.items)
    return f"From {day.isoformat()} {law.name} will ask for: {items} (evidence {law.grade})."


def _name(reading: Reading, place: str) -> str:
    law = reading.rules.pay_law
    return next((row.name for row in law.places if row.place == place), law.names.get(place, place))
