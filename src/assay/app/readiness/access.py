"""Who may see, answer and change an assessment."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from assay.app.readiness.models import AnswerSheet, Assessment
from assay.app.requisitions.visibility import require_requisition, visible_desk_results
from assay.platform.access.gate import ask, require
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.accounts.models import User
from assay.platform.numbers import LARGEST_ID

_NOWHERE = "There is no such assessment."


def visible_assessments(*, actor: User) -> QuerySet[Assessment]:
    """Return the assessments ``actor`` was asked to answer, and those the policy and their requisition show them."""
    asked = Q(sheets__respondent=actor)
    wanted = asked | visible_desk_results(actor=actor) if _may_see_plans(actor) else asked
    return Assessment.objects.filter(pk__in=Assessment.objects.filter(wanted).values("pk"))


def require_visible(*, actor: User, assessment_id: int) -> Assessment:
    """Return an assessment that ``actor`` may see; raises ``Http404`` for any other."""
    require(actor=actor, action=Action.ANSWER_READINESS, resource=ORGANISATION)
    if not 0 < assessment_id <= LARGEST_ID:
        raise Http404(_NOWHERE)
    found = visible_assessments(actor=actor).select_related("requisition", "created_by").filter(pk=assessment_id)
    row = found.first()
    if row is None:
        raise Http404(_NOWHERE)
    return row


def require_editable(*, actor: User, assessment_id: int) -> Assessment:
    """Return an assessment that ``actor`` may change; raises ``Http404`` or ``Forbidden``."""
    require(actor=actor, action=Action.EDIT_PLANS, resource=ORGANISATION)
    row = require_visible(actor=actor, assessment_id=assessment_id)
    if row.requisition_id is not None:
        require_requisition(actor=actor, requisition_id=row.requisition_id, action=Action.EDIT_REQUISITION)
    return row


def require_own_sheet(*, actor: User, assessment_id: int) -> AnswerSheet:
    """Return the sheet of ``actor``, raising ``Http404`` when not asked.

    It is locked with its assessment for the rest of the transaction: nobody closes that meanwhile.
    """
    require_visible(actor=actor, assessment_id=assessment_id)
    own = AnswerSheet.objects.select_for_update(of=("self", "assessment"), no_key=True).select_related("assessment")
    row = own.filter(assessment_id=assessment_id, respondent=actor).first()
    if row is None:
        raise Http404("Nobody asked you to answer this one.")
    return row


def can_edit(*, actor: User, assessment: Assessment) -> bool:
    """Return whether ``actor`` may change the assessment, for showing or hiding a button."""
    try:
        require_editable(actor=actor, assessment_id=assessment.pk)
    except (Http404, PermissionDenied):
        return False
    return True


def seen_requisition(*, actor: User, assessment: Assessment) -> int | None:
    """Return the id of the requisition behind an assessment, if ``actor`` may see it: one may be asked without."""
    if assessment.requisition_id is None:
        return None
    try:
        return require_requisition(actor=actor, requisition_id=assessment.requisition_id).pk
    except (Http404, PermissionDenied):
        return None


def _may_see_plans(actor: User) -> bool:
    return ask(actor=actor, action=Action.SEE_PLANS, resource=ORGANISATION).allowed
