"""Pay as text says it, and what the laws of the places ask for."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.postings.cast import GOOD, check, found, lint, placed, rules_of

from assay.core.postings.advert import Location, Pay, PayPeriod
from assay.core.postings.pay_range import find_pay


@pytest.mark.parametrize(
    ("text", "low", "high", "currency", "period"),
    [
        ("$150,000 - $190,000 a year", 150_000, 190_000, "USD", "year"),
        ("USD 120000 to 150000", 120_000, 150_000, "USD", "year"),
        ("€70k–90k", 70_000, 90_000, "EUR", "year"),
        ("65.000 - 75.000 EUR im Jahr", 65_000, 75_000, "EUR", "year"),
        ("£78,000 – £96,000", 78_000, 96_000, "GBP", "year"),
        ("$70/hr - $80/hr", 70, 80, "USD", "hour"),
        ("$87,362 to - $197,200 per year", 87_362, 197_200, "USD", "year"),
        ("between $221,000 and $405,000 USD", 221_000, 405_000, "USD", "year"),
        ("20-30 LPA", 2_000_000, 3_000_000, "INR", "year"),
        ("5,000 - 7,000 EUR per month", 5_000, 7_000, "EUR", "month"),
        ("up to $40k salary", None, 40_000, "USD", "year"),
        ("salary from €60,000", 60_000, None, "EUR", "year"),
    ],
)
def test_pay_is_read_out_of_text(text: str, low: int | None, high: int | None, currency: str, period: str) -> None:
    pay = find_pay(text)[0]
    assert (pay.low, pay.high, pay.currency, pay.period.value) == (low, high, currency, period)


@pytest.mark.parametrize(
    "text",
    [
        "We raised $20M - $30M",
        "1 to 5 years",
        "2019-2024",
        "teams of 5 to 10",
        "10,000 - 20,000 users",
        "$3,000 to $5,000 stipend",
        "call 555-010-2000",
        "revenue of $40 million to $60 million",
    ],
)
def test_other_numbers_are_not_pay(text: str) -> None:
    assert find_pay(text) == ()


@settings(max_examples=60, deadline=None)
@given(st.integers(10_000, 400_000), st.integers(0, 100_000))
def test_a_range_that_is_printed_is_read_back(low: int, more: int) -> None:
    pay = find_pay(f"Pay: ${low:,} - ${low + more:,} a year.")[0]
    assert (pay.low, pay.high) == (low, low + more)


@pytest.mark.parametrize(
    ("pay", "rule"),
    [
        (Pay(), "pay-range"),
        (Pay(low=Decimal(90_000), high=Decimal(70_000), currency="EUR"), "pay-upside-down"),
        (Pay(low=Decimal(60_000), high=Decimal(120_000), currency="EUR"), "pay-wide"),
        (Pay(low=Decimal(60_000), currency="EUR"), "pay-single"),
        (Pay(low=Decimal(0), high=Decimal(70_000), currency="EUR"), "pay-absurd"),
        (Pay(low=Decimal(-5), high=Decimal(70_000), currency="EUR"), "pay-absurd"),
        (Pay(low=Decimal(60_000), high=Decimal(70_000), currency="EUR", period=PayPeriod.HOUR), "pay-absurd"),
        (Pay(low=Decimal(60_000), high=Decimal(70_000)), "pay-absurd"),
    ],
)
def test_pay_that_says_nothing_or_cannot_be_meant_is_found(pay: Pay, rule: str) -> None:
    advert = replace(GOOD, pay=pay, terms=replace(GOOD.terms, locations=(Location("GB"),)))
    assert rule in rules_of(check(advert))


def test_a_remote_job_in_the_united_states_answers_to_every_state_with_a_law() -> None:
    advert = replace(placed("US"), pay=Pay(), benefits=())
    finding = found(check(advert, employees=60), "law-pay-range")[0]
    assert finding.severity == "must"
    for name in ("California", "Colorado", "New York", "Hawaii"):
        assert name in finding.why
    assert "Delaware" not in finding.why
    assert "pay-range" not in rules_of(check(advert, employees=60))


def test_a_state_that_is_not_among_the_places_does_not_count() -> None:
    advert = replace(placed("US-TX"), pay=Pay())
    result = check(advert, employees=60)
    assert "law-pay-range" not in rules_of(result) and "pay-range" in rules_of(result)
    assert any("no law on adverts for Texas" in note for note in result.notes)


@pytest.mark.parametrize(("employees", "severity"), [(14, None), (15, "must"), (None, "should")])
def test_the_number_of_employees_decides_and_an_unknown_one_never_clears(
    employees: int | None, severity: str | None
) -> None:
    findings = found(check(replace(placed("US-CA"), pay=Pay()), employees=employees), "law-pay-range")
    assert [each.severity.value for each in findings] == ([severity] if severity else [])
    if employees is None:
        assert "how many you are was not said" in findings[0].why


def test_a_law_counts_from_its_day_and_is_announced_before() -> None:
    text = "Remote. You will run a model. Apply by mail."
    before = lint(text, as_of=date(2026, 11, 21), places=("US-DE",), employees=50)
    assert "law-pay-range" not in rules_of(before)
    assert any("From 2027-09-26 Delaware" in note for note in before.notes)
    assert "law-pay-range" in rules_of(lint(text, as_of=date(2027, 9, 26), places=("US-DE",), employees=50))


def test_colorado_asks_for_five_things_and_is_content_with_them() -> None:
    bare = lint("We need somebody.", places=("US-CO",))
    assert {each for each in rules_of(bare) if each.startswith("law-")} == {
        "law-pay-range", "law-benefits", "law-other-comp", "law-deadline", "law-how-to-apply",
    }  # fmt: skip
    text = "USD 150,000 - 180,000 a year, yearly bonus, health insurance. Apply at https://x.example by 3 March 2027."
    assert not [each for each in rules_of(lint(text, places=("US-CO",))) if each.startswith("law-")]


def test_ontario_bounds_the_width_and_asks_for_vacancy_and_software() -> None:
    wide = Pay(low=Decimal(110_000), high=Decimal(175_000), currency="CAD")
    advert = replace(placed("CA-ON", is_existing_vacancy=None, software_statement=""), pay=wide)
    result = check(advert, employees=40, screens_with_software=True)
    assert {"law-width", "law-vacancy-status", "law-software-statement"} <= rules_of(result)
    told = replace(placed("CA-ON"), pay=replace(wide, high=Decimal(160_000)))
    assert not [each for each in rules_of(check(told, employees=40)) if each.startswith("law-")]
    assert "law-software-statement" not in rules_of(check(advert, employees=40, screens_with_software=False))


def test_above_two_hundred_thousand_ontario_leaves_the_width_free() -> None:
    pay = Pay(low=Decimal(160_000), high=Decimal(230_000), currency="CAD")
    assert "law-width" not in rules_of(check(replace(placed("CA-ON"), pay=pay), employees=40))


@pytest.mark.parametrize(("place", "severity"), [("IT", "must"), ("DE", "should"), ("EU", "must")])
def test_the_directive_binds_where_it_is_national_law(place: str, severity: str) -> None:
    findings = found(check(replace(placed(place), pay=Pay()), employees=40), "law-pay-range")
    assert [each.severity.value for each in findings] == [severity]


def test_leaving_out_a_state_with_a_pay_law_is_found_in_words_and_in_terms() -> None:
    worded = found(lint("Remote within the US, except Colorado."), "law-exclusion")[0]
    assert worded.quote == "except Colorado"
    assert "law-exclusion" in rules_of(check(placed("US", excluded_places=("US-CO",)), employees=60))
    assert "law-exclusion" not in rules_of(check(placed("US", excluded_places=("US-TX",)), employees=60))


def test_places_are_read_from_a_text_and_that_is_said() -> None:
    result = lint("On site in Denver, CO. You will train models.")
    assert "law-pay-range" in rules_of(result)
    assert any("Read from the text as the place: Colorado" in note for note in result.notes)


def test_every_law_finding_names_its_evidence() -> None:
    for finding in found(check(replace(placed("US"), pay=Pay()), employees=60), "law-pay-range"):
        assert finding.why.count("evidence") >= 14
        assert finding.source.reference and finding.source.as_of
