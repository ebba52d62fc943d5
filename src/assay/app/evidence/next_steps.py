"""What could be asked next: talks that the job plans and has not arranged, and single questions of the bank."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assay.app.evidence.rules import belief_rules
from assay.app.interviewing.queries.remaining import RemainingTalk, list_remaining
from assay.core.evidence.musts import Bar, Must
from assay.core.evidence.standing import Standing
from assay.core.evidence.steps import Step, StepKind, StepWorth, expected_reliability, rank_steps
from assay.core.roles.role import Role
from assay.knowledge.evidence.sheets import load_profile_sheet, load_reliability
from assay.knowledge.interviewing.sheets import QuestionNote, load_bank

_MOST_QUESTIONS = 3
_MINUTES = 60
_NEARLY = 0.85
# What a step measures how reliably, and its hours: two that are alike in both tell the same.
_Measures = tuple[tuple[tuple[str, float], ...], float]


@dataclass(frozen=True, slots=True)
class Worth:
    """The steps worth doing, best first, and the questions worth asking with what each would tell."""

    talks: tuple[StepWorth, ...]
    questions: tuple[tuple[QuestionNote, StepWorth], ...]


def worth_doing(
    *, application_id: int, job_id: int, role: Role, standing: Standing, bars: Sequence[Bar], musts: Sequence[Must]
) -> Worth:
    """Return what would tell most per hour of the candidate's time, from what the job plans and the bank holds."""
    beliefs = {item.belief.competency: item.belief.distribution for item in standing.competencies}
    fitting = _questions(role, standing)
    steps = {question.id: _question_step(question) for question in fitting}
    kinds = {(step.reliabilities, step.hours): step for step in steps.values()}
    talks = [_talk_step(talk) for talk in list_remaining(application_id=application_id, job_id=job_id)]
    ranked = rank_steps(
        steps=(*kinds.values(), *talks),
        musts=musts,
        bars=bars,
        beliefs=beliefs,
        spread=belief_rules().spread,
        least_gain=load_profile_sheet().least_gain,
    )
    worth = {(one.step.reliabilities, one.step.hours): one for one in ranked if one.step.kind is StepKind.QUESTION}
    return Worth(
        talks=tuple(one for one in ranked if one.step.kind is StepKind.INTERVIEW),
        questions=_best(fitting, steps, worth),
    )


def _questions(role: Role, standing: Standing) -> list[QuestionNote]:
    """Return the questions of the bank that suit the seat and can tell the role's bar from what lies below it."""
    bars = {item.belief.competency: item.bar.level if item.bar else None for item in standing.competencies}
    return [
        question
        for question in load_bank().questions
        if role.seniority.value in question.seniorities
        and question.competency in bars
        and _tells_apart(question, bars[question.competency])
    ]


def _tells_apart(question: QuestionNote, bar: float | None) -> bool:
    low, high = question.levels
    return bar is None or low < bar <= high


def _question_step(question: QuestionNote) -> Step:
    return Step(
        key=f"{question.competency}-{question.minutes}",
        kind=StepKind.QUESTION,
        label=question.ask,
        hours=question.minutes / _MINUTES,
        reliabilities=((question.competency, _reliability(minutes=question.minutes)),),
    )


def _talk_step(talk: RemainingTalk) -> Step:
    """Return a planned talk as a step: its minutes shared out evenly over what it looks at."""
    each = talk.minutes / len(talk.focus) if talk.focus else 0.0
    return Step(
        key=f"planned-{talk.planned_id}",
        kind=StepKind.INTERVIEW,
        label=talk.title,
        hours=talk.minutes / _MINUTES,
        reliabilities=tuple((name, _reliability(minutes=each)) for name in talk.focus),
    )


def _reliability(*, minutes: float) -> float:
    return expected_reliability(
        reliability=load_reliability().observers["interview"].base,
        minutes=minutes,
        full_minutes=load_profile_sheet().full_minutes,
    )


def _best(
    fitting: Sequence[QuestionNote], steps: Mapping[str, Step], worth: Mapping[_Measures, StepWorth]
) -> tuple[tuple[QuestionNote, StepWorth], ...]:
    """Return one question for each of the competencies that tell most: the first of the bank among its best.

    Ten minutes against eight hardly differ, and the bank begins with what suits everybody.
    """
    known = [
        (question, worth.get((steps[question.id].reliabilities, steps[question.id].hours))) for question in fitting
    ]
    valued = [(question, one) for question, one in known if one is not None]
    most: dict[str, float] = {}
    for question, one in valued:
        most[question.competency] = max(one.bits_per_hour, most.get(question.competency, 0.0))
    best: dict[str, tuple[QuestionNote, StepWorth]] = {}
    for question, one in valued:
        if one.bits_per_hour >= _NEARLY * most[question.competency]:
            best.setdefault(question.competency, (question, one))
    order = sorted(best.values(), key=lambda pair: (-round(most[pair[0].competency], 9), pair[0].id))
    return tuple(order[:_MOST_QUESTIONS])
