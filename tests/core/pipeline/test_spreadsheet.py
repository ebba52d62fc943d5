import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.pipeline.spreadsheet import safe_cell


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1+1", '=HYPERLINK("x")']
)
def test_text_that_a_spreadsheet_would_run_is_put_behind_a_quote_mark(text):
    assert safe_cell(value=text).startswith("'")


@given(st.text())
def test_no_text_begins_like_a_formula(text):
    cell = safe_cell(value=text)
    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))
    assert all(character.isprintable() or character == "\n" for character in cell)


@given(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1))
def test_plain_words_stay_as_they_are(text):
    assert safe_cell(value=text) == text


def test_numbers_stay_numbers_and_nothing_stays_empty():
    assert safe_cell(value=-3.5) == "-3.5"
    assert safe_cell(value=12) == "12"
    assert safe_cell(value=None) == ""
