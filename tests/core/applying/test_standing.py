"""Where somebody stands in their own words, and how long a form takes."""

from assay.core.applying.pace import Pace, effort_of
from assay.core.applying.questions import Question, QuestionKind
from assay.core.applying.standing import steps_of, words_for
from assay.core.pipeline.stage import StageGroup
from assay.core.pipeline.status import ApplicationStatus

STAGES = {group.value: (group.value, "next") for group in StageGroup}
ENDINGS = {"rejected": ("ended", "nothing"), "held": ("on hold", "later")}
PACE = Pace(base=(90, 180), kinds=dict.fromkeys(QuestionKind, (30, 60)))


def said(status: ApplicationStatus) -> str:
    return words_for(status=status, group=StageGroup.INTERVIEW, stages=STAGES, endings=ENDINGS)[0]


def test_an_ending_says_more_than_the_stage() -> None:
    assert [said(ApplicationStatus.ACTIVE), said(ApplicationStatus.HELD), said(ApplicationStatus.REJECTED)] == [
        "interview",
        "on hold",
        "ended",
    ]


def test_exactly_one_milestone_is_here_until_it_has_ended() -> None:
    for group in StageGroup:
        assert sum(step.is_here for step in steps_of(group=group, has_ended=False)) == 1
        assert not any(step.is_here for step in steps_of(group=group, has_ended=True))


def test_more_questions_never_take_less_time() -> None:
    minutes = []
    for count in range(8):
        questions = [
            Question(key=str(n), kind=QuestionKind.TEXT, label=str(n), longest=9, is_required=n % 2 == 0)
            for n in range(count)
        ]
        effort = effort_of(questions=questions, own_fields=7, own_required=3, pace=PACE)
        assert effort.fields == 7 + count
        assert effort.least_minutes < effort.most_minutes
        minutes.append((effort.least_minutes, effort.most_minutes))
    assert minutes == sorted(minutes)
