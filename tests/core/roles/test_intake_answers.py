import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.roles.compiler_intakes import RULES

from assay.core.roles.compiling.comparing import compare_answers
from assay.core.roles.compiling.intake import answer_text, read_answers


def read(**raw):
    return read_answers(questions=RULES.questions, raw=raw)


def test_options_are_named_by_id_or_label_and_numbers_as_people_write_them():
    reading = read(goal="A model that works every day", data="tables, Text", predictions_per_day="2,000,000", phd=False)
    assert reading.problems == ()
    assert reading.answers == {
        "goal": "product",
        "data": ("tables", "text"),
        "predictions_per_day": 2_000_000,
        "phd": "no",
    }


@pytest.mark.parametrize("nothing", [None, "", "?", "don't know", "Unknown", [], " "])
def test_what_nobody_knows_is_left_open(nothing):
    assert read(data=nothing, goal=nothing or None, latency_ms=nothing or None).answers == {}


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ({"goal": "world peace"}, "“world peace” is none of the choices: answers, prototype"),
        ({"data": ["tables", "nothing"]}, "“Nothing yet” cannot stand beside other answers"),
        ({"latency_ms": "soon"}, "“soon” is not a number"),
        ({"latency_ms": 0}, "Give a number between 1 and 3,600,000 (ms)"),
        ({"predictions_per_day": "1e99"}, "Give a number between 0 and"),
        ({"predictions_per_day": float("nan")}, "is not a number"),
        ({"models_live": True}, "is not a number"),
        ({"launch_days": -5}, "Give a number between 1 and 3,650"),
        ({"decision": "x" * 9_999}, "at most 200 characters; this has 9,999"),
        ({"wished_skills": ["a" * 99]}, "too long for a skill"),
        ({"wished_skills": [str(n) for n in range(99)]}, "Name at most 60; these are 99"),
        ({"budgetary": 1}, "There is no question “budgetary”. The questions are: decision"),
        ({"data": {"a": 1}}, "Give a list"),
        ({"goal": ["product"]}, "“a list” is none of the choices"),
    ],
)
def test_an_answer_that_cannot_be_used_is_named_with_what_to_do(raw, message):
    reading = read(**raw)
    assert reading.answers == {}
    assert message in reading.problems[0].message


def test_one_wrong_answer_leaves_the_others():
    reading = read(goal="product", latency_ms="soon")
    assert reading.answers == {"goal": "product"}
    assert [one.question for one in reading.problems] == ["latency_ms"]


ANYTHING = st.text() | st.integers() | st.floats() | st.lists(st.text())


@given(st.dictionaries(st.sampled_from([one.id for one in RULES.questions]), ANYTHING))
def test_whatever_is_given_is_read_or_refused_in_words(raw):
    reading = read(**raw)
    assert set(reading.answers).isdisjoint(one.question for one in reading.problems)
    assert all("\0" not in part for answer in reading.answers.values() if isinstance(answer, str) for part in answer)
    again = read(**reading.answers)
    assert again.answers == reading.answers
    assert again.problems == ()


def test_what_changed_between_two_intakes_is_said_in_words():
    changes = compare_answers(
        questions=RULES.questions,
        before={"goal": "product", "latency_ms": 100},
        after={"goal": "platform", "latency_ms": 100, "data": ("text",)},
    )
    assert [(one.question, one.before, one.after) for one in changes] == [
        ("goal", "A model that works every day", "A way for others to release models"),
        ("data", "open", "Text"),
    ]


def test_numbers_are_shown_with_their_unit():
    assert answer_text(question=RULES.question("predictions_per_day"), answer=2_000_000) == "2,000,000 a day"
