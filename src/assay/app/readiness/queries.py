"""The readers of assessments: the list, and one with its result as far as somebody may see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from assay.app.readiness.access import can_edit, require_visible, seen_requisition, visible_assessments
from assay.app.readiness.due import due_assessments
from assay.app.readiness.judged import result_of, standing_of, turnout_of
from assay.app.readiness.models import AnswerSheet, Assessment, PlannedAction
from assay.app.readiness.questions import load_questionnaire
from assay.app.readiness.stored import respondent_names, stored_answers
from assay.core.readiness.assessment import Assessment as Result
from assay.core.readiness.comparison import Comparison, compare_assessments
from assay.core.readiness.turnout import Turnout
from assay.core.readiness.verdict import Verdict
from assay.core.requisitions.status import RequisitionStatus
from assay.platform.accounts.models import User

PAGE_SIZE = 20
_MOST_UNATTACHED = 5
_RELIED_ON = frozenset({RequisitionStatus.SUBMITTED, RequisitionStatus.APPROVED})


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """An assessment in the list. ``own_state`` is "", "to answer", "handed in", "will not answer" or (once closed)
    "not handed in"; no verdict while one's own is due (``is_blind``)."""

    id: int
    subject: str
    team: str
    made_by: str
    made_at: datetime
    asked: int
    handed_in: int
    own_state: str
    is_blind: bool
    verdict: Verdict | None
    is_closed: bool


@dataclass(frozen=True, slots=True)
class AssessmentPage:
    """A page of the list, newest first; ``next_before`` is where the next one begins."""

    rows: tuple[AssessmentRow, ...]
    next_before: int | None


@dataclass(frozen=True, slots=True)
class Respondent:
    """Somebody asked: how far they are, and as what they answer. ``changed_after_at`` is when they last changed their
    sheet although they could have seen the result before."""

    user_id: int
    name: str
    kind: str
    answered: int
    handed_in_at: datetime | None
    declined_at: datetime | None
    changed_after_at: datetime | None


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed for one action. ``revision`` 0 means that nothing was yet."""

    owner: str = ""
    due_on: date | None = None
    done_at: datetime | None = None
    revision: int = 0


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """One assessment as ``actor`` may see it. ``result`` is ``None`` while the actor's own sheet is due, closed or not.

    ``is_relied_on``: the request it belongs to is submitted or approved, and that rests on the verdict.
    """

    id: int
    subject: str
    team: str
    requisition_id: int | None
    made_by: str
    made_at: datetime
    closed_at: datetime | None
    questions: int
    questions_version: str
    respondents: tuple[Respondent, ...]
    turnout: Turnout
    is_relied_on: bool
    own: Respondent | None
    may_edit: bool
    previous_id: int | None
    previous_at: datetime | None
    next_id: int | None
    result: Result | None
    comparison: Comparison | None
    agreed: Mapping[str, Agreed]

    @property
    def waiting(self) -> tuple[Respondent, ...]:
        """Those who have neither handed in nor said that they will not."""
        return tuple(one for one in self.respondents if one.handed_in_at is None and one.declined_at is None)

    @property
    def changed_after(self) -> tuple[Respondent, ...]:
        """Those whose sheet counts and was changed after they could see the result."""
        return tuple(one for one in self.respondents if one.handed_in_at is not None and one.changed_after_at)


def list_assessments(*, actor: User, before: int | None = None, requisition_id: int | None = None) -> AssessmentPage:
    """Return what the actor may see, newest first; the same few queries whatever their number."""
    rows = visible_assessments(actor=actor).select_related("created_by")
    if requisition_id is not None:
        rows = rows.filter(requisition_id=requisition_id)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.prefetch_related("sheets").order_by("-pk")[: PAGE_SIZE + 1])
    shown, due = found[:PAGE_SIZE], due_assessments(actor=actor)
    return AssessmentPage(
        rows=tuple(_row(row, actor, is_blind=row.pk in due) for row in shown),
        next_before=shown[-1].pk if len(found) > PAGE_SIZE else None,
    )


def list_unattached(*, actor: User) -> tuple[AssessmentRow, ...]:
    """Return the newest assessments made for no requisition, for choosing one to attach."""
    rows = visible_assessments(actor=actor).filter(requisition=None, retakes=None).select_related("created_by")
    found = rows.prefetch_related("sheets").order_by("-pk")[:_MOST_UNATTACHED]
    due = due_assessments(actor=actor)
    return tuple(_row(row, actor, is_blind=row.pk in due) for row in found)


def get_assessment(*, actor: User, assessment_id: int) -> AssessmentView:
    """Return an assessment with its result as far as the actor may see it; raises ``Http404`` for any other."""
    row = require_visible(actor=actor, assessment_id=assessment_id)
    sheets = list(row.sheets.select_related("respondent"))
    people = _respondents(sheets)
    own = next((one for one in people if one.user_id == actor.pk), None)
    result = None if row.pk in due_assessments(actor=actor) else result_of(sheets)
    seen = visible_assessments(actor=actor)
    earlier = seen.filter(pk=row.previous_id).first() if row.previous_id else None
    return AssessmentView(
        id=row.pk,
        subject=row.subject,
        team=row.team,
        requisition_id=seen_requisition(actor=actor, assessment=row),
        made_by=row.created_by.display_name,
        made_at=row.created_at,
        closed_at=row.closed_at,
        questions=len(load_questionnaire().questions),
        questions_version=row.questions_version,
        respondents=people,
        turnout=turnout_of(sheets),
        is_relied_on=row.requisition is not None and row.requisition.status in _RELIED_ON,
        own=own,
        may_edit=can_edit(actor=actor, assessment=row),
        previous_id=earlier.pk if earlier else None,
        previous_at=earlier.created_at if earlier else None,
        next_id=seen.filter(previous=row).order_by("-pk").values_list("pk", flat=True).first(),
        result=result,
        comparison=_comparison(earlier, result),
        agreed=_agreed(row),
    )


def _row(row: Assessment, actor: User, *, is_blind: bool) -> AssessmentRow:
    sheets = list(row.sheets.all())
    own = next((sheet for sheet in sheets if sheet.respondent_id == actor.pk), None)
    handed_in = sum(sheet.submitted_at is not None for sheet in sheets)
    return AssessmentRow(
        id=row.pk,
        subject=row.subject,
        team=row.team,
        made_by=row.created_by.display_name,
        made_at=row.created_at,
        asked=len(sheets),
        handed_in=handed_in,
        own_state=_own_state(own, is_closed=row.closed_at is not None),
        is_blind=is_blind,
        verdict=standing_of(sheets).verdict if handed_in and not is_blind else None,
        is_closed=row.closed_at is not None,
    )


def _own_state(own: AnswerSheet | None, *, is_closed: bool) -> str:
    if own is None:
        return ""
    if own.submitted_at is not None:
        return "handed in"
    if own.declined_at is not None:
        return "will not answer"
    return "not handed in" if is_closed else "to answer"


def _respondents(sheets: Sequence[AnswerSheet]) -> tuple[Respondent, ...]:
    kinds = {person.id: person.label for person in load_questionnaire().people}
    asked = load_questionnaire().by_id
    names = respondent_names(sheets)
    return tuple(
        Respondent(
            user_id=sheet.respondent_id,
            name=names[sheet.pk],
            kind=kinds.get(sheet.kind, ""),
            answered=sum(one.is_given for key, one in stored_answers(sheet).items() if key in asked),
            handed_in_at=sheet.submitted_at,
            declined_at=sheet.declined_at,
            changed_after_at=sheet.changed_after_at,
        )
        for sheet in sheets
    )


def _comparison(earlier: Assessment | None, result: Result | None) -> Comparison | None:
    """Compare with the assessment this one continues, once there is something on both sides."""
    if earlier is None or result is None or not result.respondents:
        return None
    before = result_of(list(earlier.sheets.select_related("respondent")))
    return compare_assessments(before=before, after=result) if before.respondents else None


def _agreed(row: Assessment) -> Mapping[str, Agreed]:
    return {one.action_key: agreed_of(one) for one in row.actions.all()}


def agreed_of(row: PlannedAction) -> Agreed:
    """Return what was agreed for one action."""
    return Agreed(owner=row.owner_name, due_on=row.due_on, done_at=row.done_at, revision=row.revision)


@dataclass(frozen=True, slots=True)
class DueSheet:
    """An assessment that is open and waits for one person's answers."""

    id: int
    subject: str
    team: str
    made_by: str
    made_at: datetime


def list_due(*, actor: User) -> tuple[DueSheet, ...]:
    """Return the open assessments on which the actor's own sheet is due, the oldest first."""
    due = due_assessments(actor=actor)
    if not due:
        return ()
    rows = Assessment.objects.filter(pk__in=due, closed_at=None).select_related("created_by").order_by("pk")
    return tuple(DueSheet(row.pk, row.subject, row.team, row.created_by.display_name, row.created_at) for row in rows)
