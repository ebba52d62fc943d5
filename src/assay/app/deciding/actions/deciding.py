"""The only writer of decisions: check access, check the rules, place the application, keep the evidence, audit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from assay.app.deciding.announcing import LetterChoice, decided
from assay.app.deciding.models import Decision
from assay.app.deciding.queries import (
    DecisionView,
    evidence_on_screen,
    get_decision,
    get_latest_decision,
    get_undoable_decision,
)
from assay.app.deciding.standing import ApplicationStanding, stand_for
from assay.app.pipeline.actions.applications import (
    BandNotApprovedError,
    Placement,
    StaleApplicationError,
    place_application,
)
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
from assay.platform.audit.actions import record

LONGEST_NOTE = 4000
_VERBS = {
    DecisionKind.ADVANCE: "application.advanced",
    DecisionKind.MOVE: "application.moved",
    DecisionKind.REJECT: "application.rejected",
    DecisionKind.HOLD: "application.held",
    DecisionKind.RESUME: "application.resumed",
    DecisionKind.UNDO: "decision.undone",
}


class ConflictingDecisionError(Exception):
    """Raised when somebody else changed the application first. ``latest`` is what they decided, if they decided."""

    def __init__(self, *, application_id: int, latest: DecisionView | None, message: str = "") -> None:
        who = f"{latest.decided_by} was faster: {latest.sentence}." if latest else "The application has changed."
        super().__init__(message or f"{who} Your decision was not stored. Look again, then decide.")
        self.application_id = application_id
        self.latest = latest


class InterviewsNotOpenError(IllegalDecisionError):
    """Raised for a move into interviews of a job whose band is not approved. ``job_id`` says where to go for it."""

    def __init__(self, message: str, *, job_id: int) -> None:
        super().__init__(message)
        self.job_id = job_id


@dataclass(frozen=True, slots=True)
class EvidenceShown:
    """What the decider had on the screen: the screening's id (None without one) and the keys of what they rely on."""

    screening_id: int | None
    relied_on: tuple[str, ...] = ()


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
    note = note.replace("\0", "").strip()[:LONGEST_NOTE]
    kept_reason = reason.value if reason and kind is DecisionKind.REJECT else ""
    decision = Decision(kind=kind.value, reason=kept_reason, note=note, revision_before=expected_revision)
    try:
        if standing.revision != expected_revision:
            raise _overtaken(application_id)
        landing = _check(standing, kind, reason, note, to_stage_id, held_until)
        items = _check_evidence(application_id, kind, evidence_shown)
        _place(standing, landing)
    except ConflictingDecisionError:
        decision.application_id, decision.decided_by = application_id, actor
        twin = _find_twin(decision, to_stage_id=to_stage_id, held_until=held_until)
        if twin is None:
            raise
        return twin
    decision.evidence_shown = [_item_to_json(item) for item in items]
    decision.screening_id = evidence_shown.screening_id if evidence_shown else None
    decision.held_until = landing.held_until
    return _write(decision, standing=standing, landing=landing, actor=actor, letter=letter)


@transaction.atomic
def undo(*, actor: User, decision_id: int) -> int:
    """Take back the last decision that stands and return the id of the undo. Twice by one person counts once.

    Raises ``Http404`` or ``Forbidden`` without access, and ``ConflictingDecisionError`` when something was
    decided since.
    """
    decision = get_decision(decision_id=decision_id)
    standing = stand_for(actor=actor, action=Action.DECIDE, application_id=decision.application_id)
    if decision.kind is DecisionKind.UNDO:
        raise IllegalDecisionError("An undo is not undone; decide again instead.")
    last = get_undoable_decision(application_id=decision.application_id)
    if last is None or last.id != decision_id:
        return _own_undo(decision_id, actor=actor, application_id=decision.application_id)
    row = Decision.objects.get(pk=decision_id)
    landing = Landing(
        position=standing.position_of(stage_id=row.from_stage_id),
        status=ApplicationStatus(row.status_before),
        held_until=row.held_until_before,
        needs_review=row.needs_review_before,
    )
    try:
        _place(standing, landing, is_undo=True)
    except ConflictingDecisionError:
        return _own_undo(decision_id, actor=actor, application_id=decision.application_id)
    return _write(
        Decision(kind=DecisionKind.UNDO.value, undoes_id=decision_id, held_until=landing.held_until),
        standing=standing,
        landing=landing,
        actor=actor,
        letter=LetterChoice.USUAL,
    )


def _own_undo(decision_id: int, *, actor: User, application_id: int) -> int:
    done = Decision.objects.filter(undoes_id=decision_id, decided_by=actor).first()
    if done is None:
        raise _overtaken(application_id)
    return done.pk


def _check(
    standing: ApplicationStanding,
    kind: DecisionKind,
    reason: RejectReason | None,
    note: str,
    to_stage_id: int | None,
    held_until: date | None,
) -> Landing:
    if kind is DecisionKind.UNDO:
        raise IllegalDecisionError("Undo names the decision that it undoes.")
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
    shown = evidence_on_screen(application_id=application_id)
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


def _place(standing: ApplicationStanding, landing: Landing, *, is_undo: bool = False) -> None:
    placement = Placement(
        stage_id=standing.stage_at(position=landing.position),
        status=landing.status,
        held_until=landing.held_until,
        needs_review=landing.needs_review,
    )
    try:
        with transaction.atomic():
            place_application(
                application_id=standing.application_id,
                expected_revision=standing.revision,
                placement=placement,
                is_undo=is_undo,
            )
    except BandNotApprovedError as error:
        raise InterviewsNotOpenError(str(error), job_id=error.job_id) from error
    except StaleApplicationError as error:
        raise _overtaken(standing.application_id) from error
    except IntegrityError as error:
        message = "This person has another live application to this job, so this one stays as it is."
        raise IllegalDecisionError(message) from error


def _write(
    decision: Decision, *, standing: ApplicationStanding, landing: Landing, actor: User, letter: LetterChoice
) -> int:
    decision.application_id, decision.decided_by = standing.application_id, actor
    decision.from_stage_id, decision.to_stage_id = standing.stage_id, standing.stage_at(position=landing.position)
    decision.status_before, decision.held_until_before = standing.status.value, standing.held_until
    decision.needs_review_before, decision.revision_before = standing.needs_review, standing.revision
    decision.save(force_insert=True)
    decided.send(
        sender=None,
        decision_id=decision.pk,
        application_id=decision.application_id,
        kind=DecisionKind(decision.kind),
        undoes_id=decision.undoes_id,
        actor=actor,
        letter=letter,
    )
    record(
        actor=actor,
        verb=_VERBS[DecisionKind(decision.kind)],
        object_type="application",
        object_id=standing.application_id,
        why=decision.reason,
        data={
            "decision": decision.pk,
            "undoes": decision.undoes_id,
            "from_stage": decision.from_stage_id,
            "to_stage": decision.to_stage_id,
            "status": landing.status.value,
            "screening": decision.screening_id,
            "rests_on": [f"{item['kind']}:{item['ref']}" for item in decision.evidence_shown if item["relied_on"]],
        },
    )
    return decision.pk


def _find_twin(decision: Decision, *, to_stage_id: int | None, held_until: date | None) -> int | None:
    """Return the same decision, still standing, by the same person about the same revision: a form sent twice."""
    twins = Decision.objects.filter(
        application_id=decision.application_id,
        revision_before=decision.revision_before,
        decided_by_id=decision.decided_by_id,
        undone_by__isnull=True,
        kind=decision.kind,
        reason=decision.reason,
        note=decision.note,
    )
    if decision.kind == DecisionKind.MOVE:
        twins = twins.filter(to_stage_id=to_stage_id)
    if decision.kind == DecisionKind.HOLD:
        twins = twins.filter(held_until=held_until)
    return twins.values_list("pk", flat=True).first()


def _overtaken(application_id: int) -> ConflictingDecisionError:
    return ConflictingDecisionError(
        application_id=application_id, latest=get_latest_decision(application_id=application_id)
    )


def _item_to_json(item: ShownItem) -> dict[str, object]:
    return {
        "kind": item.kind.value,
        "ref": item.ref,
        "says": item.says,
        "quotes": list(item.quotes),
        "relied_on": item.relied_on,
    }
