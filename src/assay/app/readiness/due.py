"""Whose own sheet is due: they see nothing of what the others said, neither here nor through a requisition."""

from assay.app.readiness.models import AnswerSheet
from assay.platform.accounts.models import User


def due_assessments(*, actor: User) -> frozenset[int]:
    """Return the assessments on which the actor's own sheet is due, closed ones too; one query.

    A sheet stays due until it is handed in or given up ("I will not answer"), or until that happens in a later round.
    """
    rows = AnswerSheet.objects.filter(respondent=actor).values_list(
        "assessment_id", "assessment__previous_id", "submitted_at", "declined_at"
    )
    before: dict[int, int | None] = {}
    settled: set[int] = set()
    for assessment_id, previous_id, submitted_at, declined_at in rows:
        before[assessment_id] = previous_id
        if submitted_at is not None or declined_at is not None:
            settled.add(assessment_id)
    for one in tuple(settled):
        earlier = before.get(one)
        while earlier is not None and earlier not in settled:
            settled.add(earlier)
            earlier = before.get(earlier)
    return frozenset(before) - settled
