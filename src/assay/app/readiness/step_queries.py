"""What readiness tells the path of a requisition: the newest verdict, and what somebody sees of it before answering."""

from django.urls import reverse

from assay.app.readiness.due import due_assessments
from assay.app.readiness.judged import standing_of, turnout_of
from assay.app.readiness.models import Assessment
from assay.app.requisitions.steps import StepResult, StepState
from assay.core.readiness.assessment import summarise
from assay.core.readiness.verdict import Verdict
from assay.platform.accounts.models import User

_MOST_REASONS = 3
_STATES = {
    Verdict.HIRE: StepState.DONE,
    Verdict.HIRE_WITH_CONDITIONS: StepState.WARN,
    Verdict.PREPARE_FIRST: StepState.BLOCKED,
    Verdict.NOT_ENOUGH_KNOWN: StepState.OPEN,
}


def latest_for_requisition(*, requisition_id: int) -> StepResult | None:
    """Return what the newest assessment with an answer says about a requisition; asks no one's permission.

    What a person reads goes through ``due_for_requisition`` first.
    """
    row = _newest(requisition_id)
    if row is None:
        return None
    sheets = list(row.sheets.select_related("respondent"))
    standing, turnout = standing_of(sheets), turnout_of(sheets)
    handed_in = [sheet.submitted_at for sheet in sheets if sheet.submitted_at is not None]
    reasons = [one.text for one in (*standing.stops, *standing.reasons)]
    said = tuple(dict.fromkeys([summarise(standing=standing), *reasons]))[:_MOST_REASONS]
    return StepResult(
        headline=standing.verdict.label,
        lines=(*said, turnout.sentence),
        url=reverse("readiness:assessment", args=[row.pk]),
        state=_STATES[standing.verdict],
        made_by=row.created_by.display_name,
        made_at=max(handed_in),
        facts={"verdict": standing.verdict.value, "sheets": turnout.share},
    )


def has_sheet_due(*, actor: User, requisition_id: int) -> bool:
    """Return whether the verdict that counts for a requisition rests on an assessment that waits for the actor's own
    sheet: then nothing of it is shown to them."""
    return due_for_requisition(actor=actor, requisition_id=requisition_id) is not None


def due_for_requisition(*, actor: User, requisition_id: int) -> StepResult | None:
    """Return what the path says to somebody whose own sheet is due, in place of ``latest_for_requisition``."""
    row = _newest(requisition_id)
    if row is None or row.pk not in due_assessments(actor=actor):
        return None
    is_closed = row.closed_at is not None
    line = "It was closed before you answered: say that you will not, and it shows what the others said."
    return StepResult(
        headline="Your sheet is missing" if is_closed else "Your answers are due",
        lines=(line if is_closed else "What the others said is shown once your own sheet is handed in.",),
        url=reverse("readiness:answer", args=[row.pk]),
        state=StepState.OPEN,
        made_by=row.created_by.display_name,
        made_at=row.created_at,
    )


def _newest(requisition_id: int) -> Assessment | None:
    found = Assessment.objects.filter(requisition_id=requisition_id, sheets__submitted_at__isnull=False)
    return found.select_related("created_by").order_by("-pk").first()
