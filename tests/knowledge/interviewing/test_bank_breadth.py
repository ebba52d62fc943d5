"""The question bank as a whole: enough for every competency, level and seat, nothing twice, nothing by heart."""

import re
from collections import Counter
from itertools import combinations

import pytest

from assay.knowledge.evidence.sheets import load_competencies
from assay.knowledge.interviewing.sheets import QuestionNote, load_bank
from assay.knowledge.roles.sheets import list_role_ids, load_role_sheet

QUESTIONS = load_bank().questions
COMPETENCIES = [note.id for note in load_competencies().competencies]
COMMON = frozenset(
    re.findall(
        "[a-z]+",
        """about after all also an and any are as at be because been before but by can do does did for from had has have
        he how i if in into is it its me more most no not of on one or our out so tell than that the their them then
        there they this those to two up was we were what when where which who why will with would you your""",
    )
)


def stems(text: str) -> frozenset[str]:
    """The words that carry meaning, cut to six letters so that forms of one word meet."""
    words = re.findall(r"[a-z]+", text.lower())
    return frozenset(word[:6] for word in words if word not in COMMON and len(word) > 2)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def everything(question: QuestionNote) -> str:
    return " ".join((question.ask, *question.follow_ups, *question.strong))


def test_there_are_at_least_ninety_questions() -> None:
    assert len(QUESTIONS) >= 90


@pytest.mark.parametrize("competency", COMPETENCIES)
def test_every_competency_has_four_questions_that_reach_the_top(competency: str) -> None:
    mine = [question for question in QUESTIONS if question.competency == competency]
    assert len(mine) >= 4
    assert sum(question.levels[1] == 4 for question in mine) >= 2
    assert any(question.levels[0] <= 1 for question in mine)


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_every_step_of_the_scale_can_be_told_apart_by_many(level: int) -> None:
    assert sum(low < level <= high for low, high in (question.levels for question in QUESTIONS)) >= 25


@pytest.mark.parametrize("role_id", list_role_ids())
def test_every_bar_of_a_shipped_role_can_be_asked_about(role_id: str) -> None:
    role = load_role_sheet(role_id)
    for bar in role.competencies:
        fitting = [
            question.id
            for question in QUESTIONS
            if question.competency == bar.id
            and role.seniority in question.seniorities
            and question.levels[0] < bar.level <= question.levels[1]
        ]
        assert len(fitting) >= 3, (bar.id, bar.level, fitting)


def test_no_two_questions_are_near_duplicates() -> None:
    asked = {question.id: stems(question.ask) for question in QUESTIONS}
    whole = {question.id: stems(everything(question)) for question in QUESTIONS}
    near = [
        (one, other, round(likeness(asked[one], asked[other]), 2), round(likeness(whole[one], whole[other]), 2))
        for one, other in combinations(asked, 2)
        if likeness(asked[one], asked[other]) > 0.4 or likeness(whole[one], whole[other]) > 0.3
    ]
    assert near == []


def test_the_search_for_near_duplicates_sees_one() -> None:
    first = QUESTIONS[0]
    changed = first.ask.replace("Tell me about", "Say something of").replace("first", "at first")
    assert likeness(stems(first.ask), stems(changed)) > 0.4


def test_no_sentence_of_an_anchor_stands_twice_in_the_bank() -> None:
    said = Counter(
        line for question in QUESTIONS for line in (*question.strong, *question.adequate, *question.weak, *question.why)
        if len(line) > 20
    )  # fmt: skip
    assert [line for line, count in said.items() if count > 1] == []


def test_nobody_is_asked_for_a_definition() -> None:
    trivia = re.compile(r"^(what is|what are|define|name (the|three|five)|list|explain the term|which library)\b", re.I)
    assert [question.id for question in QUESTIONS if trivia.match(question.ask)] == []


def test_topics_of_ethics_cost_and_communication_are_there() -> None:
    tags = Counter(tag for question in QUESTIONS for tag in question.tags)
    for tag in ("ethics", "privacy", "security", "cost", "leakage", "evaluation", "statistics", "incident", "drift"):
        assert tags[tag] >= 1, tag
    assert tags["cost"] >= 4
