"""The end of an application that the candidate chose, told by them on their status page or by whoever they told."""

from django.db import transaction
from django.utils import timezone

from assay.app.deciding.models import Decision
from assay.app.deciding.standing import ApplicationStanding, stand_for, standing_of
from assay.core.deciding.decision import DecisionKind, WithdrawReason, check_decision, land
from assay.core.pipeline.status import ApplicationStatus
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User

from .placing import ConflictingDecisionError, overtaken, place, read_note, twins_of, write

_TRIES = 5


@transaction.atomic
def withdraw(
    *, actor: User, application_id: int, expected_revision: int, reason: WithdrawReason | None, note: str = ""
) -> int:
    """Keep that the candidate left, as ``actor`` heard it, and return the decision's id. Sent twice, it counts once.

    Raises ``Http404`` or ``Forbidden`` without access, ``IllegalDecisionError`` without a reason or for an application
    that has ended, and ``ConflictingDecisionError`` when it is no longer at ``expected_revision``.
    """
    standing = stand_for(actor=actor, action=Action.DECIDE, application_id=application_id)
    note = read_note(note)
    if standing.revision != expected_revision:
        return _told_before(standing, expected_revision, actor)
    try:
        return _end(standing, reason, note, actor)
    except ConflictingDecisionError:
        return _told_before(standing, expected_revision, actor)


@transaction.atomic
def withdraw_as_candidate(*, application_id: int, reason: WithdrawReason | None, note: str = "") -> int:
    """Withdraw an application for the candidate who asks for it and return the decision's id; asked again, the same.

    Whoever calls this knows that it is the candidate. What the team decides meanwhile does not stand in the way, unless
    it ended the application. Raises ``IllegalDecisionError`` when it has ended otherwise.
    """
    note = read_note(note)
    for _ in range(_TRIES):
        standing = standing_of(application_id=application_id)
        if standing.status is ApplicationStatus.WITHDRAWN:
            return _last_withdrawal(application_id)
        try:
            return _end(standing, reason or WithdrawReason.NOT_SAID, note, None)
        except ConflictingDecisionError:
            continue
    raise overtaken(application_id=application_id)


def _end(standing: ApplicationStanding, reason: WithdrawReason | None, note: str, actor: User | None) -> int:
    kind = DecisionKind.WITHDRAW
    check_decision(kind=kind, standing=standing.standing, reason=reason, note=note)
    landing = land(
        kind=kind,
        standing=standing.standing,
        plan=standing.plan,
        to_position=None,
        held_until=None,
        today=timezone.localdate(),
    )
    place(standing=standing, landing=landing)
    decision = Decision(kind=kind.value, reason=reason.value if reason else "", note=note)
    said_by = {"said_by": "candidate" if actor is None else "team"}
    return write(decision=decision, standing=standing, landing=landing, actor=actor, data=said_by)


def _told_before(standing: ApplicationStanding, expected_revision: int, actor: User) -> int:
    """Return the same withdrawal, sent a moment ago by the same person, else raise the conflict."""
    kind = DecisionKind.WITHDRAW
    twin = twins_of(standing=standing, expected_revision=expected_revision, kind=kind, actor=actor).first()
    if twin is None:
        raise overtaken(application_id=standing.application_id)
    return twin.pk


def _last_withdrawal(application_id: int) -> int:
    standing = Decision.objects.filter(application_id=application_id, kind=DecisionKind.WITHDRAW)
    return standing.order_by("-pk").values_list("pk", flat=True)[0]
