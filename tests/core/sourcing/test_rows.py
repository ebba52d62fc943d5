from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.sourcing.columns import ApplicantField, ColumnMapping
from assay.core.sourcing.rows import ApplicantRow, RowLimits, RowProblem, read_row

LIMITS = RowLimits(
    cell=1000,
    name=200,
    email=254,
    phone=60,
    location=200,
    source=80,
    links=3,
    blanks=frozenset({"-", "n/a"}),
)
HEADINGS = ("First", "Last", "E-mail", "Phone", "City", "Links", "CV", "Applied", "Source")
MAPPING = ColumnMapping(
    fields=dict(
        enumerate(
            (
                ApplicantField.FIRST_NAME,
                ApplicantField.LAST_NAME,
                ApplicantField.EMAIL,
                ApplicantField.PHONE,
                ApplicantField.LOCATION,
                ApplicantField.LINK,
                ApplicantField.RESUME_FILE,
                ApplicantField.APPLIED_ON,
                ApplicantField.SOURCE,
            )
        )
    )
)
TODAY = date(2026, 11, 21)


def read(*cells: str) -> ApplicantRow | tuple[RowProblem, ...]:
    return read_row(cells=cells, headings=HEADINGS, mapping=MAPPING, limits=LIMITS, today=TODAY)


def read_well(*cells: str) -> ApplicantRow:
    row = read(*cells)
    assert isinstance(row, ApplicantRow), row
    return row


def problems(*cells: str) -> tuple[RowProblem, ...]:
    row = read(*cells)
    assert not isinstance(row, ApplicantRow)
    return row


def test_a_full_row_becomes_a_contact_a_file_a_day_and_a_source() -> None:
    row = read_well(
        " Ada ", "Byron", "Ada Byron <ADA@Example.org>", "+44 20 7946 0000", "London", "github.com/ada", "ada.pdf",
        "2026-11-02", "Referral",
    )  # fmt: skip
    assert (row.contact.name, row.contact.email, row.contact.phone) == (
        "Ada Byron",
        "ada@example.org",
        "+44 20 7946 0000",
    )
    assert row.contact.links == ("https://github.com/ada",)
    assert (row.resume_file, row.applied_on, row.source) == ("ada.pdf", date(2026, 11, 2), "Referral")


def test_every_cell_is_kept_as_it_came_under_its_heading() -> None:
    row = read_well("Ada", "Byron", " ADA@example.org")
    assert row.submitted == (("First", "Ada"), ("Last", "Byron"), ("E-mail", "ADA@example.org"))


def test_a_short_row_is_read_as_if_the_rest_were_empty() -> None:
    assert read_well("Ada").contact.name == "Ada"


def test_a_row_with_more_cells_than_columns_says_so() -> None:
    (problem,) = problems(*("x" for _ in range(10)))
    assert problem.column == ""
    assert "10 cells" in problem.message
    assert "9 columns" in problem.message


def test_words_for_nothing_count_as_empty() -> None:
    assert read_well("Ada", "n/a", "-", "N/A").contact.email == ""


def test_an_empty_row_says_so() -> None:
    (problem,) = problems("", " ", "")
    assert "empty" in problem.message


def test_a_row_that_names_nobody_says_so() -> None:
    (problem,) = problems("", "", "", "", "London")
    assert "nobody" in problem.message


def test_all_that_is_wrong_with_a_row_is_said_at_once() -> None:
    assert {problem.column for problem in problems("=1+1", "", "not-an-address", "", "", "", "", "soon")} == {
        "First",
        "E-mail",
        "Applied",
    }


@pytest.mark.parametrize("cell", ['=HYPERLINK("http://x")', "@SUM(A1)", "+cmd|calc", "-2+3".replace("2", "x")])
def test_a_formula_in_a_name_is_refused(cell: str) -> None:
    (problem,) = problems(cell)
    assert "formula" in problem.message


def test_a_phone_number_that_begins_with_plus_is_no_formula() -> None:
    assert read_well("Ada", "", "", "+49 (30) 1234").contact.phone == "+49 (30) 1234"


@pytest.mark.parametrize(
    "email",
    ["a@b", "a b@c.de", "@c.de", "a@@c.de", "a..b@c.de", "a@c..de", "a@-c.de", "a@c.de, b@c.de", "x" * 250 + "@c.de"],
)
def test_a_bad_address_is_refused_with_its_column(email: str) -> None:
    (problem,) = problems("Ada", "", email)
    assert problem.column == "E-mail"


def test_an_international_domain_is_an_address() -> None:
    assert read_well("", "", "jörg".replace("ö", "oe") + "@bücher.example").contact.email == "joerg@bücher.example"


@pytest.mark.parametrize(("written", "meant"), [("2026-11-02T10:00:00Z", 2), ("2026/11/3", 3), ("04.11.2026", 4)])
def test_dates_that_mean_one_thing_are_read(written: str, meant: int) -> None:
    assert read_well("Ada", "", "", "", "", "", "", written).applied_on == date(2026, 11, meant)


@pytest.mark.parametrize("written", ["03/04/2026", "2026-02-30", "yesterday", "45000"])
def test_dates_that_would_be_a_guess_are_refused(written: str) -> None:
    (problem,) = problems("Ada", "", "", "", "", "", "", written)
    assert "2026-03-14" in problem.message


def test_a_day_in_the_future_is_refused() -> None:
    (problem,) = problems("Ada", "", "", "", "", "", "", "2026-11-22")
    assert "future" in problem.message


def test_links_that_are_none_are_left_out_with_a_note_and_do_not_refuse_the_row() -> None:
    row = read_well("Ada", "", "", "", "", "javascript:alert(1) ada-b https://a.example/x")
    assert row.contact.links == ("https://a.example/x",)
    assert len(row.notes) == 2


def test_no_more_links_than_fit_are_kept_and_a_note_says_so() -> None:
    row = read_well("Ada", "", "", "", "", " ".join(f"a{n}.example" for n in range(5)))
    assert len(row.contact.links) == 3
    assert "5 links" in row.notes[0]


def test_a_giant_cell_is_refused_in_any_column() -> None:
    (problem,) = problems("Ada", "", "", "", "x" * 1_000_000)
    assert problem.column == "City"
    assert "1,000,000" in problem.message


def test_invisible_characters_and_nul_do_not_reach_a_field() -> None:
    contact = read_well("A\x00d\u200ba", "By\x1bron").contact
    assert contact.name == "A da By ron"


@given(st.lists(st.text(max_size=60), max_size=11))
def test_any_row_is_read_or_refused_and_what_is_read_can_be_stored(cells: list[str]) -> None:
    row = read(*cells)
    if not isinstance(row, ApplicantRow):
        assert row
        assert all(problem.message for problem in row)
        return
    kept = [row.contact.name, row.contact.email, row.contact.phone, row.contact.location, row.resume_file, row.source]
    kept += [text for pair in row.submitted for text in pair]
    assert all("\x00" not in text and text.encode("utf-8") is not None for text in kept)
    assert len(row.contact.name) <= LIMITS.name
    assert row.contact.email == row.contact.email.lower()
    assert row.contact.name or row.contact.email or row.resume_file
