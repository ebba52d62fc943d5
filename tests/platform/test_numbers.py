import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.platform.numbers import LARGEST_ID, read_id, read_whole

BLANK_OR_SIGNED = ["", " ", " 1", "1 ", "-1", "+1", "1\0"]
OTHER_WRITING = ["1.0", "1e3", "0x1", "1_000", "1,000", "one", "１２", "٣", "²", "½"]


def test_plain_digits_are_read_and_zeros_before_them_count_as_digits():
    assert read_whole("0", most_digits=1) == 0
    assert read_whole("120", most_digits=3) == 120
    assert read_whole("007", most_digits=3) == 7
    assert read_whole("007", most_digits=2) is None


@pytest.mark.parametrize("text", BLANK_OR_SIGNED + OTHER_WRITING)
def test_what_is_not_plain_digits_is_no_number_and_no_id(text):
    assert read_whole(text, most_digits=9) is None
    assert read_id(text) is None


def test_a_number_has_no_more_digits_than_asked_for():
    assert read_whole("9999", most_digits=4) == 9999
    assert read_whole("10000", most_digits=4) is None


def test_the_largest_id_is_the_largest_that_the_database_holds():
    assert read_id("0") == 0
    assert read_id("9223372036854775807") == LARGEST_ID
    assert read_id("9223372036854775808") is None
    assert read_id("9" * 5000) is None


@given(st.text())
def test_whatever_is_typed_gives_a_number_or_none_and_never_an_error(text):
    found = read_whole(text, most_digits=6)
    assert found is None or 0 <= found < 10**6


@given(st.integers(min_value=0, max_value=LARGEST_ID))
def test_every_id_reads_back_as_it_was_written(number):
    assert read_id(str(number)) == number
