"""How many answered, and how many answers make a sheet."""

from dataclasses import replace

import pytest
from tests.core.readiness.small import IDS, SMALL

from assay.core.readiness.turnout import Turnout, first_missing, least_answers


@pytest.mark.parametrize(("share", "least"), [(0.0, 0), (0.5, 3), (0.6, 4), (1.0, 6)])
def test_a_sheet_needs_the_share_of_answers_that_a_verdict_asks_for(share, least):
    rules = replace(SMALL.rules, minimum_answered=share)
    asked = replace(SMALL, rules=rules)
    assert least_answers(questionnaire=asked) == least
    assert first_missing(questionnaire=asked, answered=IDS[:least]) is None
    if least:
        assert first_missing(questionnaire=asked, answered=IDS[: least - 1]).id == IDS[least - 1]


def test_answers_to_questions_nobody_asks_fill_no_sheet():
    assert first_missing(questionnaire=SMALL, answered=["a", "b", "c", "d", "e", "f"]).id == IDS[0]


@pytest.mark.parametrize(
    ("turnout", "said"),
    [
        (Turnout(asked=1, given=1), "1 of 1 person asked has handed in."),
        (Turnout(asked=3, given=2, declined=1), "2 of 3 people asked have handed in; 1 will not answer."),
        (Turnout(3, 3, 0, 2), "3 of 3 people asked have handed in; 2 changed after seeing the result."),
    ],
)
def test_the_turnout_is_said_whole(turnout, said):
    assert turnout.sentence == said
