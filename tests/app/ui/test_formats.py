"""How dates and numbers are written."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.app.ui import formats


def test_a_moment_is_shown_in_the_readers_zone() -> None:
    shown = formats.when(datetime(2026, 7, 4, 22, 30, tzinfo=UTC), "Europe/Amsterdam")
    assert ">5 Jul 2026, 00:30</time>" in shown
    assert 'datetime="2026-07-05T00:30+02:00"' in shown


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        formats.when(datetime(2026, 7, 4, 22, 30))  # noqa: DTZ001


def test_a_day_is_written_without_padding() -> None:
    assert formats.day(date(2026, 3, 4)) == '<time datetime="2026-03-04">4 Mar 2026</time>'


@pytest.mark.parametrize("value", [date(2026, 3, 4), datetime(2026, 3, 4, 23, 59, tzinfo=UTC)])
def test_a_day_in_plain_words_says_what_the_element_says(value: date) -> None:
    assert formats.day_text(value) == formats.day(value).striptags() == "4 Mar 2026"


@pytest.mark.parametrize(
    ("minutes", "written"),
    [
        (0, "0 min"),
        (12, "12 min"),
        (60, "1 h"),
        (200, "3 h 20 min"),
        (1440, "1 d"),
        (3120, "2 d 4 h"),
        (-75, "1 h 15 min"),
    ],
)
def test_a_length_of_time_uses_its_two_largest_units(minutes: float, written: str) -> None:
    assert formats.duration(minutes) == written


def test_numbers_have_commas_between_thousands_and_a_true_minus() -> None:
    assert formats.number(-1234567.8, 1) == "\u22121,234,567.8"
    assert formats.percent(0.125, 1) == "12.5\u202f%"


@pytest.mark.parametrize(
    ("count", "written"), [(0, "0 bytes"), (1023, "1,023 bytes"), (1024, "1 KB"), (1468006, "1.4 MB")]
)
def test_a_file_size_uses_the_largest_unit_that_fits(count: int, written: str) -> None:
    assert formats.file_size(count) == written


def test_a_count_agrees_with_its_noun() -> None:
    assert [formats.plural(n, "job") for n in (0, 1, 2)] == ["0 jobs", "1 job", "2 jobs"]
    assert formats.plural(3, "person", "people") == "3 people"


@given(st.text(max_size=60))
def test_any_name_has_initials(name: str) -> None:
    assert formats.initials(name)


@pytest.mark.parametrize(
    ("name", "written"), [("Oluwaseun Adébáyọ̀", "OA"), ("Björk", "B"), ("", "?"), ("123", "?"), ("d'Arc", "D")]
)
def test_initials_are_the_first_and_last_letter(name: str, written: str) -> None:
    assert formats.initials(name) == written


def test_a_code_is_written_in_words() -> None:
    assert formats.words("needs_person") == "needs person"
