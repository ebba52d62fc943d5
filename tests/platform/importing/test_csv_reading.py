import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.platform.importing.csv_reading import CsvTable, TableLimits, UnreadableTable


def open_table(content: bytes, **limits: int) -> CsvTable:
    return CsvTable(file=io.BytesIO(content), limits=TableLimits(**limits))


def cells_of(content: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in open_table(content).rows()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_common_encodings_and_separators_give_the_same_table(encoding: str, delimiter: str) -> None:
    text = (
        delimiter.join(["Name", "E-mail", "Town"]) + "\r\n" + delimiter.join(["Zoë Façade", "zoe@example.org", "Köln"])
    )
    table = open_table(text.encode(encoding))
    assert table.headings == ("Name", "E-mail", "Town")
    assert [row.cells for row in table.rows()] == [("Zoë Façade", "zoe@example.org", "Köln")]


def test_a_comma_inside_quotes_does_not_outvote_the_semicolons() -> None:
    content = b'name;note\n"Doe, Jane, Dr, PhD";"a, b, c"\n"Roe, R, S, T";"d, e, f"\n'
    assert cells_of(content) == [("Doe, Jane, Dr, PhD", "a, b, c"), ("Roe, R, S, T", "d, e, f")]


def test_excels_separator_line_is_obeyed_and_not_taken_for_headings() -> None:
    table = open_table(b"sep=|\r\nname|mail\r\nA|a@b.c\r\n")
    assert table.headings == ("name", "mail")
    assert [(row.line, row.cells) for row in table.rows()] == [(3, ("A", "a@b.c"))]


def test_headings_are_tidied_named_when_empty_and_never_twice_the_same() -> None:
    table = open_table("\ufeff  E-mail\u200b ,,e-mail,Full   name,\n1,2,3,4\n".encode())
    assert table.headings == ("E-mail", "Column 2", "e-mail (2)", "Full name")


def test_a_ragged_row_is_named_and_the_rest_goes_on() -> None:
    rows = list(open_table(b"a,b,c\n1,2\n1,2,3\n1,2,3,4\n1,2,3,,\n").rows())
    assert [row.problem for row in rows] == [
        "This row has 2 cells where the headings are 3.",
        "",
        "This row has 4 cells where the headings are 3.",
        "",
    ]
    assert all(len(row.cells) == 3 for row in rows)
    assert [row.number for row in rows] == [1, 2, 3, 4]


def test_empty_rows_are_skipped_but_lines_are_counted_on() -> None:
    rows = list(open_table(b"a,b\n\n1,2\n , \n\n3,4\n").rows())
    assert [(row.number, row.line, row.cells) for row in rows] == [(1, 3, ("1", "2")), (2, 6, ("3", "4"))]


def test_a_line_break_inside_quotes_stays_in_its_cell() -> None:
    assert cells_of(b'a,b\n"first\nsecond",2\n') == [("first\nsecond", "2")]


def test_zero_bytes_are_taken_out_and_named() -> None:
    (row,) = open_table(b"name,town\nA\x00nna,Bonn\n").rows()
    assert row.cells == ("Anna", "Bonn")
    assert "not text" in row.problem


def test_an_endless_cell_is_an_error_of_its_row_and_not_of_the_file() -> None:
    content = b"a,b\n1,2\n" + b"x" * 200_000 + b",3\n4,5\n"
    rows = list(open_table(content).rows())
    assert rows[0].cells == ("1", "2")
    assert any("131,072" in row.problem for row in rows)
    assert rows[-1].cells == ("4", "5")


def test_a_quotation_mark_that_is_never_closed_ends_with_the_file() -> None:
    rows = list(open_table(b'a,b\n1,2\n"open,3\n4,5\n').rows())
    assert rows[0].cells == ("1", "2")
    assert rows[1].problem


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"\n \n,,\n", "headings"),
        (b"PK\x03\x04rest", "Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel"),
        (b"%PDF-1.7 ...", "PDF"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(content: bytes, why: str) -> None:
    with pytest.raises(UnreadableTable, match=why):
        open_table(content)


def test_a_row_too_many_and_a_column_too_many_are_refused() -> None:
    with pytest.raises(UnreadableTable, match="More than 2 rows"):
        list(open_table(b"a,b\n1,1\n2,2\n3,3\n", rows=2).rows())
    with pytest.raises(UnreadableTable, match="columns"):
        open_table(b"a,b,c\n1,1,1\n", columns=2)


def test_rows_may_be_read_twice() -> None:
    table = open_table(b"a,b\n1,2\n3,4\n")
    assert list(table.rows()) == list(table.rows())


@given(st.binary(max_size=3000))
def test_no_bytes_at_all_do_more_than_be_refused(content: bytes) -> None:
    try:
        table = open_table(content)
    except UnreadableTable:
        return
    width = len(table.headings)
    assert all(len(row.cells) == width for row in table.rows())


def test_a_hundred_thousand_rows_are_streamed() -> None:
    content = b"name,mail\n" + b"".join(b"Person %d,p%d@example.org\n" % (n, n) for n in range(100_000))
    rows = open_table(content).rows()
    assert next(rows).cells == ("Person 0", "p0@example.org")
    assert sum(1 for _ in rows) == 99_999
