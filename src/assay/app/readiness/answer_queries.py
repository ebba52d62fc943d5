"""One's own sheet of answers as the page shows it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import Http404

from assay.app.readiness.access import require_visible, seen_requisition
from assay.app.readiness.actions.sheets import GivenAnswer
from assay.app.readiness.models import AnswerSheet
from assay.app.readiness.questions import load_questionnaire
from assay.app.readiness.stored import StoredAnswer, stored_answers
from assay.core.readiness.questionnaire import Dimension, Person, Question
from assay.core.readiness.turnout import least_answers
from assay.platform.accounts.models import User


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question with one's own answer to it, and its number on the page (from 1)."""

    question: Question
    number: int
    answer: StoredAnswer


@dataclass(frozen=True, slots=True)
class AskedDimension:
    """The questions of one dimension."""

    dimension: Dimension
    questions: tuple[AskedQuestion, ...]

    @property
    def answered(self) -> int:
        """How many have a level or "I do not know"."""
        return sum(one.answer.is_given for one in self.questions)


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """One's own sheet: where it stands, as what one answers, and every question.

    ``is_marked``: a change is marked, since the result could be seen before. ``least`` answers make a sheet.
    """

    assessment_id: int
    subject: str
    team: str
    requisition_id: int | None
    asked_by: str
    kind: str
    people: tuple[Person, ...]
    handed_in_at: datetime | None
    declined_at: datetime | None
    is_closed: bool
    is_retake: bool
    is_marked: bool
    least: int
    dimensions: tuple[AskedDimension, ...]

    @property
    def is_open(self) -> bool:
        """Whether it can be answered now."""
        return self.handed_in_at is None and self.declined_at is None and not self.is_closed

    @property
    def total(self) -> int:
        """How many questions there are."""
        return sum(len(one.questions) for one in self.dimensions)

    @property
    def answered(self) -> int:
        """How many have a level or "I do not know"."""
        return sum(one.answered for one in self.dimensions)

    def find(self, question_id: str) -> AskedQuestion | None:
        """Return one question of the sheet."""
        return next((q for one in self.dimensions for q in one.questions if q.question.id == question_id), None)


def get_own_sheet(*, actor: User, assessment_id: int) -> OwnSheet | None:
    """Return the actor's sheet, ``None`` when they see the assessment but were not asked; raises ``Http404``."""
    row = require_visible(actor=actor, assessment_id=assessment_id)
    sheet = AnswerSheet.objects.filter(assessment=row, respondent=actor).first()
    if sheet is None:
        return None
    questionnaire = load_questionnaire()
    held = stored_answers(sheet)
    numbers = {question.id: number for number, question in enumerate(questionnaire.questions, 1)}
    return OwnSheet(
        assessment_id=row.pk,
        subject=row.subject,
        team=row.team,
        requisition_id=seen_requisition(actor=actor, assessment=row),
        asked_by=row.created_by.display_name,
        kind=sheet.kind,
        people=questionnaire.people,
        handed_in_at=sheet.submitted_at,
        declined_at=sheet.declined_at,
        is_closed=row.closed_at is not None,
        is_retake=row.previous_id is not None,
        is_marked=sheet.saw_result_at is not None,
        least=least_answers(questionnaire=questionnaire),
        dimensions=tuple(
            AskedDimension(
                dimension,
                tuple(
                    AskedQuestion(question, numbers[question.id], held.get(question.id, StoredAnswer()))
                    for question in questionnaire.within(dimension.id)
                ),
            )
            for dimension in questionnaire.dimensions
        ),
    )


def unfolded(*, sheet: OwnSheet, named: Collection[str] = ()) -> frozenset[str]:
    """Return the dimensions to show open: the first not gone through yet, and those with a ``named`` question."""
    wanted = {one.dimension.id for one in sheet.dimensions if any(q.question.id in named for q in one.questions)}
    left = (one.dimension.id for one in sheet.dimensions if any(_is_left(q.answer) for q in one.questions))
    first = next(left, None) if sheet.is_open else None
    return frozenset(wanted | {first} if first is not None else wanted)


def _is_left(answer: StoredAnswer) -> bool:
    return not answer.is_given or answer.is_carried


def with_typed(*, sheet: OwnSheet, given: Sequence[GivenAnswer]) -> OwnSheet:
    """Return the sheet with what somebody typed but could not save, so that the page gives it back."""
    typed = {one.question: one for one in given}
    dimensions = tuple(
        replace(one, questions=tuple(_typed(asked, typed.get(asked.question.id)) for asked in one.questions))
        for one in sheet.dimensions
    )
    return replace(sheet, dimensions=dimensions)


def _typed(asked: AskedQuestion, given: GivenAnswer | None) -> AskedQuestion:
    if given is None:
        return asked
    answer = replace(asked.answer, note=given.note)
    if given.is_given:
        answer = replace(answer, is_given=True, level=given.level, is_carried=False)
    return replace(asked, answer=answer)


def require_own(*, actor: User, assessment_id: int) -> OwnSheet:
    """Return the actor's sheet; raises ``Http404`` when they were not asked."""
    sheet = get_own_sheet(actor=actor, assessment_id=assessment_id)
    if sheet is None:
        raise Http404("Nobody asked you to answer this one.")
    return sheet
