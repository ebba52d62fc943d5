"""What the demo's hiring manager has decided so far, so that every state of an application can be seen."""

from datetime import date

from assay.app.deciding.actions.deciding import EvidenceShown, decide, undo
from assay.app.deciding.queries import evidence_on_screen
from assay.app.pipeline.models import Application
from assay.core.deciding.decision import DecisionKind, RejectReason
from assay.platform.accounts.models import User

_ADVANCED_TWICE = 1
_ADVANCED = 4
_REJECTED_SHARE = 4


def review_some(*, actor: User, job_id: int, held_until: date) -> None:
    """Advance the best, one of them twice, hold one, reject the weakest with evidence, and undo one decision."""
    ranked = list(
        Application.objects.filter(job_id=job_id, score__isnull=False)
        .order_by("-score", "id")
        .values_list("id", flat=True)
    )
    for rank, application_id in enumerate(ranked[:_ADVANCED]):
        _decide(actor=actor, application_id=application_id, kind=DecisionKind.ADVANCE)
        if rank < _ADVANCED_TWICE:
            _decide(actor=actor, application_id=application_id, kind=DecisionKind.ADVANCE)
    _decide(
        actor=actor,
        application_id=ranked[_ADVANCED],
        kind=DecisionKind.HOLD,
        note="Strong, but free only from spring.",
        held_until=held_until,
    )
    for application_id in ranked[-(len(ranked) // _REJECTED_SHARE) :]:
        _decide(
            actor=actor,
            application_id=application_id,
            kind=DecisionKind.REJECT,
            reason=RejectReason.NO_PRODUCTION_EVIDENCE,
        )
    mistake = _decide(actor=actor, application_id=ranked[_ADVANCED + 1], kind=DecisionKind.ADVANCE)
    undo(actor=actor, decision_id=mistake)


def _decide(
    *,
    actor: User,
    application_id: int,
    kind: DecisionKind,
    reason: RejectReason | None = None,
    note: str = "",
    held_until: date | None = None,
) -> int:
    shown = evidence_on_screen(application_id=application_id)
    return decide(
        actor=actor,
        application_id=application_id,
        kind=kind,
        expected_revision=Application.objects.values_list("revision", flat=True).get(pk=application_id),
        reason=reason,
        note=note,
        held_until=held_until,
        evidence_shown=EvidenceShown(shown.screening_id, tuple(item.key for item in shown.items)),
    )
