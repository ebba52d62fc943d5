"""What assessments say about many requests at once, in one query."""

from collections.abc import Collection
from dataclasses import dataclass

from assay.app.readiness.judged import standing_of, turnout_of
from assay.app.readiness.models import AnswerSheet
from assay.core.readiness.turnout import Turnout
from assay.core.readiness.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict of an assessment, and how many of those asked it rests on."""

    verdict: Verdict
    turnout: Turnout


def find_judged(*, requisition_ids: Collection[int]) -> dict[int, Judged]:
    """Return, by requisition, what its newest assessment with an answer says; asks no one's permission."""
    rows = AnswerSheet.objects.filter(assessment__requisition_id__in=requisition_ids).select_related("assessment")
    sheets: dict[int, list[AnswerSheet]] = {}
    newest: dict[int, int] = {}
    for sheet in rows.order_by("assessment_id", "id"):
        sheets.setdefault(sheet.assessment_id, []).append(sheet)
        if sheet.submitted_at is not None and sheet.assessment.requisition_id is not None:
            newest[sheet.assessment.requisition_id] = sheet.assessment_id
    return {requisition: _judged(sheets[assessment]) for requisition, assessment in newest.items()}


def _judged(sheets: list[AnswerSheet]) -> Judged:
    return Judged(standing_of(sheets).verdict, turnout_of(sheets))
