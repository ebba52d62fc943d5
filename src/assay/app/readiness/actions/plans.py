"""Give something to do an owner and a date, and tick it off."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from assay.app.readiness.access import require_editable
from assay.app.readiness.actions.refusal import ReadinessError, clean_line
from assay.app.readiness.models import Assessment, PlannedAction
from assay.app.readiness.questions import load_questionnaire
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record

LONGEST_OWNER = 120


@dataclass(frozen=True, slots=True)
class ActionDraft:
    """What somebody agreed on: which question it lifts, who, by when, and whether it is done. ``seen`` is the revision
    the page showed (0: not planned yet)."""

    question: str
    owner: str
    due_on: date | None
    is_done: bool
    seen: int


@transaction.atomic
def plan_action(*, actor: User, assessment_id: int, draft: ActionDraft) -> None:
    """Keep who does something by when.

    Raises ``ReadinessError`` for an unknown question, and when somebody else changed it since it was seen.
    """
    require_editable(actor=actor, assessment_id=assessment_id)
    Assessment.objects.select_for_update().get(pk=assessment_id)
    if draft.question not in load_questionnaire().by_id:
        raise ReadinessError(field="", message="That action belongs to no question. Load the page again.")
    row = PlannedAction.objects.filter(assessment_id=assessment_id, action_key=draft.question).first()
    if (row.revision if row else 0) != draft.seen:
        state = "done" if draft.is_done else "open"
        yours = f"{draft.owner or 'nobody'}, {draft.due_on or 'no date'}, {state}"
        message = f"Somebody changed this in the meantime; it now reads as shown. You had: {yours}."
        raise ReadinessError(field=draft.question, message=message)
    row = row or PlannedAction(assessment_id=assessment_id, action_key=draft.question, revision=0)
    row.owner_name = clean_line(draft.owner, field=draft.question, longest=LONGEST_OWNER)
    row.due_on = draft.due_on
    row.done_at = (row.done_at or timezone.now()) if draft.is_done else None
    row.revision += 1
    row.save()
    record(
        actor=actor,
        verb="readiness.action_planned",
        object_type="readiness_assessment",
        object_id=assessment_id,
        data={"question": draft.question, "due_on": str(draft.due_on or ""), "is_done": draft.is_done},
    )
