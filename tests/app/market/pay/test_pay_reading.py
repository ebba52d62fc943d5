from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.app.market.pay.forms import band_of, question_of, read_form
from assay.app.market.pay.reading import read_amount, read_band, read_own_table, read_place
from assay.core.market.pay.placing import Band
from assay.core.market.pay.question import PayQuestionError

TODAY = date(2026, 11, 21)
HEAD = "kind,family,level,country,metro,currency,annual_base,observed_on,note\n"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("150000", "150000"), ("150,000", "150000"), ("150.000", "150000"), ("150 000", "150000"),
        ("1.234.567", "1234567"), ("150k", "150000"), ("71.5k", "71500"), ("150,000.50", "150000.50"),
        ("150\u202f000", "150000"), ("1'250'000", "1250000"),
    ],
)  # fmt: skip
def test_money_is_read_as_people_write_it(text, amount):
    assert read_amount(text, field="low") == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("150000-190000", Band(150_000, 190_000)), ("150k to 190k", Band(150_000, 190_000)),
        ("150,000 – 190,000", Band(150_000, 190_000)), ("170000", Band(170_000, 170_000)), ("  ", None),
    ],
)  # fmt: skip
def test_a_band_is_read_as_people_write_it(text, band):
    assert read_band(text) == band


def test_a_place_is_a_country_with_or_without_a_city():
    assert [read_place(text) for text in ("US", "US/San Francisco", " Germany ")] == [
        ("US", ""), ("US", "San Francisco"), ("Germany", ""),
    ]  # fmt: skip


@given(st.text(max_size=200))
def test_whatever_is_typed_gets_an_answer_or_a_message(text):
    for read in (read_band, lambda typed: read_amount(typed, field="low")):
        try:
            read(text)
        except PayQuestionError as error:
            assert len(str(error)) < 300
    form = read_form({"low": text, "high": text, "rate": text, "on": text, "place": text, "family": text})
    try:
        question_of(form, band=band_of(form))
    except PayQuestionError as error:
        assert str(error)


@given(st.text(max_size=400))
def test_whatever_file_is_brought_gets_rows_or_a_message(text):
    for content in (text, HEAD + text):
        try:
            table = read_own_table(content, today=TODAY)
        except PayQuestionError as error:
            assert error.field == "file"
        else:
            assert table.records or table.problems


def test_rows_of_a_file_are_read_in_other_orders_and_delimiters_and_without_what_may_be_missing():
    head = "observed_on;kind;Family;level;country;currency;annual base\n\n"
    text = head + "2026-03-01;offer_made;ML Engineer;Senior;USA;usd;1.5e5\n"
    table = read_own_table(text, today=TODAY)
    assert [(one.line, one.column) for one in table.problems] == [(3, "family")]
    mended = text.replace("ML Engineer", "ml_engineer").replace("1.5e5", "150 000")
    (record,) = read_own_table(mended, today=TODAY).records
    assert (record.family, record.country, record.currency, record.annual_base) == ("ml-engineer", "US", "USD", 150_000)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ("gift,ml-engineer,senior,US,,USD,1000,2026-01-01,", "kind"),
        ("offer_made,ml-engineer,senior,US,Paris,USD,1000,2026-01-01,", "metro"),
        ("offer_made,ml-engineer,senior,DE,Berlin,EUR,1000,2026-01-01,", "metro"),
        ("offer_made,ml-engineer,senior,US,,,1000,2026-01-01,", "currency"),
        ("offer_made,ml-engineer,senior,US,,USD,0,2026-01-01,", "annual_base"),
        ("offer_made,ml-engineer,senior,US,,USD,1000,01/02/2026,", "observed_on"),
        ("offer_made,ml-engineer,senior,US,,USD,1000,2027-01-01,", "observed_on"),
        ("offer_made,ml-engineer,senior,US,,USD,1000,1980-01-01,", "observed_on"),
        ("offer_made,ml-engineer,senior,US,,USD,1000,,", "observed_on"),
    ],
)
def test_a_wrong_row_names_its_column(cells, column):
    (problem,) = read_own_table(HEAD + cells, today=TODAY).problems
    assert (problem.line, problem.column) == (2, column)


def test_a_file_that_is_too_long_or_has_too_many_rows_is_refused():
    for text in ("x" * 1_000_001, HEAD + "a\n" * 5_001, HEAD, ""):
        with pytest.raises(PayQuestionError):
            read_own_table(text, today=TODAY)
