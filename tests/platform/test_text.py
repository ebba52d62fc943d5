import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.platform.text import TextTooLongError, clean_line, clean_text


def test_a_line_loses_what_cannot_be_printed_and_keeps_its_words_apart():
    assert clean_line(" a\0b\r\nc \u202e d\ud800 ", longest=20) == "a b c d"


def test_text_keeps_its_lines_and_loses_the_rest():
    assert clean_text("one\r\ntwo\rthree\0\tend\x1b ", longest=40) == "one\ntwo\nthree\tend"


@pytest.mark.parametrize("clean", [clean_line, clean_text])
def test_only_what_is_left_counts_towards_the_length(clean):
    assert clean("\0" * 50 + "ab", longest=2) == "ab"
    with pytest.raises(TextTooLongError, match="3 characters long; at most 2 characters"):
        clean("abc", longest=2)


@given(st.text())
def test_what_is_clean_can_be_stored_and_stays_as_it_is(text):
    for clean in (clean_line, clean_text):
        kept = clean(text, longest=10_000)
        assert "\0" not in kept
        kept.encode("utf-8")
        assert clean(kept, longest=10_000) == kept
