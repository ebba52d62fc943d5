from hypothesis import given
from hypothesis import strategies as st

from assay.core.sourcing.columns import ApplicantField, ColumnAliases, ColumnMapping, guess_mapping, mapping_problems

ALIASES = ColumnAliases(
    headings={
        ApplicantField.NAME: ("full name", "name"),
        ApplicantField.EMAIL: ("email", "e mail", "work email"),
        ApplicantField.LINK: ("linkedin", "github"),
        ApplicantField.LOCATION: ("location", "città"),
    },
    filler_words=frozenset({"candidate", "your"}),
)


def guessed(*headings: str) -> dict[int, ApplicantField]:
    return dict(guess_mapping(headings=headings, aliases=ALIASES).fields)


def test_headings_are_recognised_whatever_their_case_accents_and_punctuation() -> None:
    assert guessed("FULL_NAME", "Candidate E-Mail:", "CITTÁ") == {
        0: ApplicantField.NAME,
        1: ApplicantField.EMAIL,
        2: ApplicantField.LOCATION,
    }


def test_the_surest_of_two_headings_for_a_field_wins() -> None:
    assert guessed("Work e-mail", "E-mail") == {1: ApplicantField.EMAIL}


def test_every_link_column_is_used() -> None:
    assert guessed("GitHub", "LinkedIn") == {0: ApplicantField.LINK, 1: ApplicantField.LINK}


def test_a_heading_of_nothing_but_filler_words_is_left_alone() -> None:
    assert guessed("Candidate", "Shoe size") == {}


def test_a_table_without_headings_is_noticed() -> None:
    headings = ("Ada Byron", "ada@example.org")
    (problem,) = mapping_problems(headings=headings, mapping=ColumnMapping(fields={0: ApplicantField.NAME}))
    assert "names the columns" in problem


def test_a_mapping_that_names_nobody_is_refused() -> None:
    (problem,) = mapping_problems(headings=("City",), mapping=ColumnMapping(fields={0: ApplicantField.LOCATION}))
    assert "who it is" in problem


def test_two_columns_for_one_field_are_refused_but_two_links_are_fine() -> None:
    twice = ColumnMapping(fields={0: ApplicantField.NAME, 1: ApplicantField.NAME})
    (problem,) = mapping_problems(headings=("A", "B"), mapping=twice)
    assert "Full name" in problem
    links = ColumnMapping(fields={0: ApplicantField.NAME, 1: ApplicantField.LINK, 2: ApplicantField.LINK})
    assert mapping_problems(headings=("A", "B", "C"), mapping=links) == ()


def test_a_mapping_to_a_column_that_is_not_there_is_refused() -> None:
    mapping = ColumnMapping(fields={0: ApplicantField.NAME, 7: ApplicantField.EMAIL})
    (problem,) = mapping_problems(headings=("A",), mapping=mapping)
    assert "does not have" in problem


@given(st.lists(st.text(max_size=30), max_size=12))
def test_a_guess_never_gives_a_field_twice_nor_a_column_that_is_not_there(headings: list[str]) -> None:
    mapping = guess_mapping(headings=headings, aliases=ALIASES)
    assert all(0 <= index < len(headings) for index in mapping.fields)
    for field in set(mapping.fields.values()) - {ApplicantField.LINK}:
        assert len(mapping.columns_of(field=field)) == 1
