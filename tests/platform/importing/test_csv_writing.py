import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.platform.importing.csv_reading import CsvTable
from assay.platform.importing.csv_writing import safe_cell, write_csv

cells = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u200b\x0b=1", "＝1+1", '=HYPERLINK("x")'],
)
def test_text_that_a_spreadsheet_would_run_is_put_behind_a_quote_mark(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@given(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1))
def test_plain_words_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text


@given(st.text(max_size=40))
def test_no_exported_cell_starts_a_formula(text: str) -> None:
    assert safe_cell(text).strip()[:1] not in set("=+-@\t\r＝＋－＠") or not safe_cell(text).strip()


def test_numbers_stay_numbers_and_text_that_looks_like_one_is_text() -> None:
    assert (safe_cell(-5), safe_cell(2.5), safe_cell(None), safe_cell("-5")) == ("-5", "2.5", "", "'-5")


@given(st.lists(st.tuples(cells, cells), max_size=5))
def test_what_is_written_can_be_read_back_by_a_spreadsheet(rows: list[tuple[str, str]]) -> None:
    content = b"".join(write_csv(headings=["first", "second"], rows=rows))
    text = content.decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read == [["first", "second"], *[[safe_cell(cell) for cell in row] for row in rows]]


def test_our_own_reader_takes_our_own_tables() -> None:
    content = b"".join(write_csv(headings=["Name", "Town"], rows=[["Zoë", "Köln; Mitte"]]))
    assert [row.cells for row in CsvTable(file=io.BytesIO(content)).rows()] == [("Zoë", "Köln; Mitte")]
