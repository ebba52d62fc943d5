import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.pipeline.search_text import MOST_TERMS, SearchText, Term, parse_search


def test_words_must_all_be_there():
    assert parse_search(text=" kafka  feast ").groups == ((Term("kafka"), Term("feast")),)


def test_quoted_words_stay_together_and_a_minus_unwants():
    assert parse_search(text='"feature store" -intern -"data analyst"').groups == (
        (Term("feature store"), Term("intern", is_unwanted=True), Term("data analyst", is_unwanted=True)),
    )


def test_or_separates_alternatives():
    assert parse_search(text="triton or torchserve serving").groups == (
        (Term("triton"),),
        (Term("torchserve"), Term("serving")),
    )


def test_a_hyphen_inside_a_word_takes_nothing_away_and_is_the_same_as_a_space():
    assert parse_search(text="on-call").groups == ((Term("on call"),),)
    assert parse_search(text="anne-marie@x.org").groups == ((Term("anne-marie@x.org"),),)


def test_an_unclosed_quote_reaches_to_the_end():
    assert parse_search(text='"feature store').groups == ((Term("feature store"),),)


def test_nothing_and_punctuation_ask_nothing():
    for text in ("", "   ", '""', "-", "or", "&|!:*", "\0"):
        assert parse_search(text=text) == SearchText()


@given(st.text(max_size=400))
def test_any_text_becomes_terms_that_hold_a_letter_or_digit(text):
    groups = parse_search(text=text).groups
    terms = [term for group in groups for term in group]
    assert all(group for group in groups)
    assert len(terms) <= MOST_TERMS
    assert all(any(c.isalnum() for c in term.words) and "\0" not in term.words for term in terms)


@pytest.mark.parametrize(
    ("text", "has_phrases"),
    [
        ("kafka", False),
        ("kafka -intern öz", False),
        ('"kafka"', False),
        ('"feature store"', True),
        ("on-call", True),
        ('kafka -"data analyst"', True),
        ("ada@x.org", True),
    ],
)
def test_what_may_be_several_words_in_a_row_is_told_from_single_words(text, has_phrases):
    assert parse_search(text=text).has_phrases is has_phrases


@pytest.mark.parametrize(
    ("text", "is_open_ended"),
    [("kafka", False), ("kafka -intern", False), ("-intern", True), ("kafka or -intern", True), ("", False)],
)
def test_a_search_that_only_says_what_must_not_be_there_is_told_from_others(text, is_open_ended):
    assert parse_search(text=text).is_open_ended is is_open_ended
