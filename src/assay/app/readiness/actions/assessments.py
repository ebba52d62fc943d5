"""Begin an assessment, ask people, close it, take it again."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from assay.app.readiness.access import require_editable, visible_assessments
from assay.app.readiness.actions.refusal import ReadinessError, clean_line
from assay.app.readiness.models import AnswerSheet, Assessment
from assay.app.readiness.questions import load_questionnaire
from assay.app.readiness.stored import as_json, stored_answers
from assay.app.requisitions.visibility import require_requisition
from assay.platform.access.gate import require
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import JsonValue, record

LONGEST_SUBJECT = 200
LONGEST_TEAM = 120
MOST_PEOPLE = 50


@dataclass(frozen=True, slots=True)
class AssessmentDraft:
    """What somebody fills in to begin: what machine learning is wanted for, the team, and whom to ask (account ids)."""

    subject: str
    team: str
    people: tuple[int, ...]


@transaction.atomic
def start_assessment(*, actor: User, draft: AssessmentDraft, requisition_id: int | None = None) -> int:
    """Begin an assessment with a sheet for each person asked, and return its id.

    Raises ``ReadinessError`` naming the input to change, ``Http404`` or ``Forbidden`` for a requisition not theirs.
    """
    require(actor=actor, action=Action.EDIT_PLANS, resource=ORGANISATION)
    if requisition_id is not None:
        require_requisition(actor=actor, requisition_id=requisition_id, action=Action.EDIT_REQUISITION)
    subject = clean_line(draft.subject, field="subject", longest=LONGEST_SUBJECT)
    if not subject:
        raise ReadinessError(field="subject", message="Say in a line what machine learning is wanted for.")
    row = Assessment.objects.create(
        requisition_id=requisition_id,
        subject=subject,
        team=clean_line(draft.team, field="team", longest=LONGEST_TEAM),
        questions_version=load_questionnaire().version[:80],
        created_by=actor,
    )
    asked = _ask(assessment=row, people=draft.people)
    _record(actor, "readiness.started", row, {"asked": asked, "requisition": requisition_id})
    return row.pk


@transaction.atomic
def ask_people(*, actor: User, assessment_id: int, people: tuple[int, ...]) -> int:
    """Ask more people and return how many were added; those already asked keep their sheet."""
    row = require_editable(actor=actor, assessment_id=assessment_id)
    _refuse_closed(row)
    asked = _ask(assessment=row, people=people)
    _record(actor, "readiness.asked", row, {"asked": asked})
    return len(asked)


@transaction.atomic
def set_closed(*, actor: User, assessment_id: int, is_closed: bool) -> None:
    """Close an assessment, so that its answers stay as they are, or open it again."""
    row = require_editable(actor=actor, assessment_id=assessment_id)
    if is_closed != (row.closed_at is not None):
        row.closed_at = timezone.now() if is_closed else None
        row.save(update_fields=["closed_at"])
        _record(actor, "readiness.closed" if is_closed else "readiness.opened", row, {})


def close_for_submission(*, actor: User, requisition_id: int) -> int:
    """Close what is open on a requisition that is being put forward, so that no single sheet can undo what people then
    approve; return how many were closed. The caller holds the transaction and has asked for permission."""
    rows = Assessment.objects.select_for_update().filter(requisition_id=requisition_id, closed_at=None)
    for row in rows:
        row.closed_at = timezone.now()
        row.save(update_fields=["closed_at"])
        _record(actor, "readiness.closed", row, {"submission_of": requisition_id})
    return len(rows)


@transaction.atomic
def attach_assessment(*, actor: User, assessment_id: int, requisition_id: int) -> None:
    """Let an assessment that was made for nothing in particular count for a requisition.

    Raises ``ReadinessError`` when it belongs to another one already.
    """
    row = require_editable(actor=actor, assessment_id=assessment_id)
    require_requisition(actor=actor, requisition_id=requisition_id, action=Action.EDIT_REQUISITION)
    if row.requisition_id not in (None, requisition_id):
        raise ReadinessError(field="", message="It belongs to another requisition. Begin one for this.")
    taken = Assessment.objects.filter(pk=row.pk, requisition=None).update(requisition_id=requisition_id)
    if taken:
        _record(actor, "readiness.attached", row, {"requisition": requisition_id})


@transaction.atomic
def retake_assessment(*, actor: User, assessment_id: int) -> int:
    """Begin the next assessment from this one and return its id. Answers are carried over; this one is closed.

    A retake that already exists and is open is returned instead of a second one.
    """
    require_editable(actor=actor, assessment_id=assessment_id)
    row = Assessment.objects.select_for_update().get(pk=assessment_id)
    running = row.retakes.filter(closed_at=None).order_by("-id").first()
    if running is not None:
        return running.pk
    if row.closed_at is None:
        row.closed_at = timezone.now()
        row.save(update_fields=["closed_at"])
    made = Assessment.objects.create(
        requisition_id=row.requisition_id,
        subject=row.subject,
        team=row.team,
        previous=row,
        questions_version=load_questionnaire().version[:80],
        created_by=actor,
    )
    for sheet in row.sheets.filter(respondent__is_active=True):
        AnswerSheet.objects.create(
            assessment=made, respondent_id=sheet.respondent_id, kind=sheet.kind, answers=_carried(sheet)
        )
    _record(actor, "readiness.retaken", made, {"previous": row.pk})
    return made.pk


def _carried(sheet: AnswerSheet) -> dict[str, object]:
    """The answers of an earlier sheet, marked as such. What was never handed in is nobody's answer."""
    if sheet.submitted_at is None:
        return {}
    return {
        key: {**as_json(answer), "revision": 0, "carried": True}
        for key, answer in stored_answers(sheet).items()
        if answer.is_given
    }


def _ask(*, assessment: Assessment, people: tuple[int, ...]) -> list[int]:
    if not people:
        raise ReadinessError(field="people", message="Choose at least one person to answer.")
    if len(people) > MOST_PEOPLE:
        raise ReadinessError(field="people", message=f"Ask at most {MOST_PEOPLE} people.")
    known = set(User.objects.filter(pk__in=people, is_active=True).values_list("pk", flat=True))
    if known != set(people):
        raise ReadinessError(field="people", message="Somebody chosen has no working account. Choose again.")
    have = set(assessment.sheets.values_list("respondent_id", flat=True))
    added = [one for one in dict.fromkeys(people) if one not in have]
    seeing = _who_sees(assessment, added)
    for one in added:
        AnswerSheet.objects.get_or_create(
            assessment=assessment,
            respondent_id=one,
            defaults={"saw_result_at": timezone.now() if one in seeing else None},
        )
    return added


def _who_sees(assessment: Assessment, people: list[int]) -> set[int]:
    """Those to whom the result lay open before they were asked: their answers are marked."""
    if not assessment.sheets.filter(submitted_at__isnull=False).exists():
        return set()
    users = User.objects.filter(pk__in=people)
    return {one.pk for one in users if visible_assessments(actor=one).filter(pk=assessment.pk).exists()}


def _refuse_closed(row: Assessment) -> None:
    if row.closed_at is not None:
        raise ReadinessError(field="", message="This assessment is closed. Open it again, or take it again.")


def _record(actor: User, verb: str, row: Assessment, data: dict[str, JsonValue]) -> None:
    record(actor=actor, verb=verb, object_type="readiness_assessment", object_id=row.pk, data=data)
