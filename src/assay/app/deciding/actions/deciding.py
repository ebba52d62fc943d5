"""The only writer of decisions: check access, check the rules, place the application, keep the evidence, audit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from assay.app.deciding.announcing import LetterChoice
from assay.app.deciding.models import Decision
from assay.app.deciding.queries import OnScreen, evidence_on_screen, get_decision, get_undoable_decision
from assay.app.deciding.standing import ApplicationStanding, stand_for
from assay.core.deciding.decision import (
    DecisionKind,
    IllegalDecisionError,
    Landing,
    RejectReason,
    check_decision,
    land,
)
from assay.core.deciding.evidence import ShownItem, check_ground, rest_on
from assay.core.pipeline.status import ApplicationStatus
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User

from .placing import LONGEST_NOTE as LONGEST_NOTE
from .placing import ConflictingDecisionError as ConflictingDecisionError
from .placing import InterviewsNotOpenError as InterviewsNotOpenError
from .placing import overtaken, place, read_note, twins_of, write
from .transferring import take_transfer_back

_OWN_WAYS = {
    DecisionKind.UNDO: "Undo names the decision that it undoes.",
    DecisionKind.WITHDRAW: "A withdrawal says why the candidate left.",
    DecisionKind.TRANSFER: "A transfer names the job that it leads to.",
}
_THEIR_OWN = "They withdrew themself, so this is not yours to undo. Write to them, or consider them for another job."


@dataclass(frozen=True, slots=True)
class EvidenceShown:
    """What the decider had on the screen: the screening's id (None without one) and the keys of what they rely on.

    ``now`` is what the screen would show now, from whoever read it in the same transaction.
    """

    screening_id: int | None
    relied_on: tuple[str, ...] = ()
    now: OnScreen | None = None


@transaction.atomic
def decide(
    *,
    actor: User,
    application_id: int,
    kind: DecisionKind,
    expected_revision: int,
    reason: RejectReason | None = None,
    note: str = "",
    to_stage_id: int | None = None,
    held_until: date | None = None,
    evidence_shown: EvidenceShown | None = None,
    letter: LetterChoice = LetterChoice.USUAL,
) -> int:
    """Decide about an application and return the decision's id. Sent twice by the same person, it counts once.

    Raises ``Http404`` or ``Forbidden`` without access, ``IllegalDecisionError`` for what the rules refuse
    (``InterviewsNotOpenError`` for a move into interviews before the band is approved), and
    ``ConflictingDecisionError`` when the application or its evidence is no longer what the person saw.
    """
    standing = stand_for(actor=actor, action=Action.DECIDE, application_id=application_id)
    note = read_note(note)
    kept_reason = reason.value if reason and kind is DecisionKind.REJECT else ""
    decision = Decision(kind=kind.value, reason=kept_reason, note=note)
    try:
        if standing.revision != expected_revision:
            raise overtaken(application_id=application_id)
        landing = _check(standing, kind, reason, note, to_stage_id, held_until)
        items = _check_evidence(application_id, kind, evidence_shown)
        place(standing=standing, landing=landing)
    except ConflictingDecisionError:
        twins = twins_of(standing=standing, expected_revision=expected_revision, kind=kind, actor=actor)
        twin = _find_twin(twins, decision, to_stage_id=to_stage_id, held_until=held_until)
        if twin is None:
            raise
        return twin
    decision.evidence_shown = [_item_to_json(item) for item in items]
    decision.screening_id = evidence_shown.screening_id if evidence_shown else None
    decision.held_until = landing.held_until
    return write(decision=decision, standing=standing, landing=landing, actor=actor, letter=letter)


@transaction.atomic
def undo(*, actor: User, decision_id: int) -> int:
    """Take back the last decision that stands and return the id of the undo. Twice by one person counts once.

    Raises ``Http404`` or ``Forbidden`` without access, ``IllegalDecisionError`` for what is not the team's to take
    back, and ``ConflictingDecisionError`` when something was decided since.
    """
    decision = get_decision(decision_id=decision_id)
    standing = stand_for(actor=actor, action=Action.DECIDE, application_id=decision.application_id)
    if decision.kind is DecisionKind.UNDO:
        raise IllegalDecisionError("An undo is not undone; decide again instead.")
    if decision.is_by_candidate:
        raise IllegalDecisionError(_THEIR_OWN)
    last = get_undoable_decision(application_id=decision.application_id)
    if last is None or last.id != decision_id:
        return _own_undo(decision_id, actor=actor, application_id=decision.application_id)
    row = Decision.objects.get(pk=decision_id)
    if decision.kind is DecisionKind.TRANSFER:
        take_transfer_back(actor=actor, standing=standing)
    landing = Landing(
        position=standing.position_of(stage_id=row.from_stage_id),
        status=ApplicationStatus(row.status_before),
        held_until=row.held_until_before,
        needs_review=row.needs_review_before,
    )
    try:
        place(standing=standing, landing=landing, is_undo=True)
    except ConflictingDecisionError:
        return _own_undo(decision_id, actor=actor, application_id=decision.application_id)
    return write(
        decision=Decision(kind=DecisionKind.UNDO.value, undoes_id=decision_id, held_until=landing.held_until),
        standing=standing,
        landing=landing,
        actor=actor,
    )


def _own_undo(decision_id: int, *, actor: User, application_id: int) -> int:
    done = Decision.objects.filter(undoes_id=decision_id, decided_by=actor).first()
    if done is None:
        raise overtaken(application_id=application_id)
    return done.pk


def _check(
    standing: ApplicationStanding,
    kind: DecisionKind,
    reason: RejectReason | None,
    note: str,
    to_stage_id: int | None,
    held_until: date | None,
) -> Landing:
    if kind in _OWN_WAYS:
        raise IllegalDecisionError(_OWN_WAYS[kind])
    check_decision(kind=kind, standing=standing.standing, reason=reason, note=note)
    return land(
        kind=kind,
        standing=standing.standing,
        plan=standing.plan,
        to_position=standing.position_or_none(stage_id=to_stage_id),
        held_until=held_until,
        today=timezone.localdate(),
    )


def _check_evidence(
    application_id: int, kind: DecisionKind, evidence_shown: EvidenceShown | None
) -> Sequence[ShownItem]:
    """Rebuild what was shown from what is stored: a browser says which evidence it ticked, never what it said."""
    if evidence_shown is None:
        if kind is DecisionKind.REJECT:
            raise IllegalDecisionError("A rejection keeps the evidence that was on the screen. Look at it first.")
        return ()
    shown = evidence_shown.now or evidence_on_screen(application_id=application_id)
    if shown.screening_id != evidence_shown.screening_id:
        raise ConflictingDecisionError(
            application_id=application_id,
            latest=None,
            message="The document was screened again while you looked. Look at the new result, then decide.",
        )
    items = rest_on(items=shown.items, keys=evidence_shown.relied_on)
    if kind is DecisionKind.REJECT:
        check_ground(items=items)
    return items


def _find_twin(
    twins: QuerySet[Decision], decision: Decision, *, to_stage_id: int | None, held_until: date | None
) -> int | None:
    """Return the one among the twins that says the same in every field."""
    twins = twins.filter(reason=decision.reason, note=decision.note)
    if decision.kind == DecisionKind.MOVE:
        twins = twins.filter(to_stage_id=to_stage_id)
    if decision.kind == DecisionKind.HOLD:
        twins = twins.filter(held_until=held_until)
    return twins.values_list("pk", flat=True).first()


def _item_to_json(item: ShownItem) -> dict[str, object]:
    return {
        "kind": item.kind.value,
        "ref": item.ref,
        "says": item.says,
        "quotes": list(item.quotes),
        "relied_on": item.relied_on,
    }
