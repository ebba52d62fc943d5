"""Questions that can be asked, answers that can be kept, and particulars as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.applying.particulars import is_email, read_particulars
from assay.core.applying.questions import (
    Question,
    QuestionError,
    QuestionKind,
    check_questions,
    read_answers,
    read_number,
)

TEXT = Question(key="a", kind=QuestionKind.TEXT, label="Which model?", longest=20, is_required=True)
RIGHT = Question(key="b", kind=QuestionKind.YES_NO, label="May you work here?", hoped_for="yes")
TOWN = Question(key="c", kind=QuestionKind.CHOICE, label="Which town?", choices=("Utrecht", "Zwolle"))
YEARS = Question(key="d", kind=QuestionKind.NUMBER, label="How many years?")


def test_good_questions_can_be_asked() -> None:
    check_questions(questions=[TEXT, RIGHT, TOWN, YEARS])


@pytest.mark.parametrize(
    "wrong",
    [
        Question(key="x", kind=QuestionKind.TEXT, label="", longest=10),
        Question(key="x", kind=QuestionKind.TEXT, label="which MODEL?", longest=10),
        Question(key="x", kind=QuestionKind.CHOICE, label="Town?", choices=("Utrecht",)),
        Question(key="x", kind=QuestionKind.CHOICE, label="Town?", choices=("Utrecht", "Utrecht")),
        Question(key="x", kind=QuestionKind.LONG_TEXT, label="Tell us", longest=99_999),
        Question(key="x", kind=QuestionKind.CHOICE, label="Town?", choices=("A", "B"), hoped_for="C"),
    ],
)
def test_a_question_that_cannot_be_asked_is_named_by_its_place(wrong: Question) -> None:
    with pytest.raises(QuestionError) as refused:
        check_questions(questions=[TEXT, wrong])
    assert refused.value.position == 2


def test_twenty_one_questions_are_too_many() -> None:
    many = [Question(key=str(n), kind=QuestionKind.NUMBER, label=f"How many {n}?") for n in range(21)]
    with pytest.raises(QuestionError):
        check_questions(questions=many)


def test_an_answer_other_than_hoped_is_marked_and_kept() -> None:
    given, problems = read_answers(questions=[TEXT, RIGHT], typed={"a": "A forecast", "b": "no"})
    assert problems == ()
    assert [(one.answer, one.is_as_hoped) for one in given] == [("A forecast", None), ("No", False)]


def test_each_wrong_answer_is_a_problem_of_its_own_field() -> None:
    typed = {"a": "x" * 21, "b": "maybe", "c": "Atlantis", "d": "many"}
    given, problems = read_answers(questions=[TEXT, RIGHT, TOWN, YEARS], typed=typed)
    assert given == ()
    assert [problem.field for problem in problems] == ["a", "b", "c", "d"]


@given(st.text(max_size=60))
def test_any_text_is_a_finite_number_or_none(text: str) -> None:
    number = read_number(text=text)
    assert number is None or number.is_finite()


def test_numbers_are_read_as_people_write_them() -> None:
    assert read_number(text="2,5") == Decimal("2.5")
    assert read_number(text="1 200") == Decimal(1200)
    assert read_number(text="NaN") is None
    assert read_number(text="1e99") is None


@given(st.text(max_size=400), st.text(max_size=400))
def test_any_typed_particulars_are_kept_or_named(name: str, links: str) -> None:
    kept, problems = read_particulars(typed={"name": name, "email": "ada@example.org", "links": links})
    assert all(link.startswith(("http://", "https://")) for link in kept.links) or problems
    assert len(kept.links) <= 10


@pytest.mark.parametrize("good", ["ada@example.org", "a.b+c@sub.example.co.uk", "zoë@exämple.de", "o'neil@x.io"])
def test_addresses_that_can_be_written_to_are_taken(good: str) -> None:
    assert is_email(text=good)


@pytest.mark.parametrize("bad", ["", "ada", "ada@", "@x.org", "a b@x.org", "a@x", "a@-x.org", "a@x..org", "a,b@x.org"])
def test_what_is_no_address_is_not(bad: str) -> None:
    assert not is_email(text=bad)


def test_links_are_completed_and_what_is_none_is_named() -> None:
    kept, problems = read_particulars(typed={"name": "A", "email": "a@x.org", "links": "github.com/a\nhttp://b.org"})
    assert (kept.links, problems) == (("https://github.com/a", "http://b.org"), ())
    _, problems = read_particulars(typed={"name": "A", "email": "a@x.org", "links": "javascript:alert(1)"})
    assert [problem.field for problem in problems] == ["links"]
