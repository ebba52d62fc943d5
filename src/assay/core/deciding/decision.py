"""The kinds of decision about an application, the typed reasons for a rejection, and what each kind may do."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assay.core.pipeline.stage import StageGroup
from assay.core.pipeline.status import ApplicationStatus


class DecisionKind(StrEnum):
    """What a decision does to an application."""

    ADVANCE = "advance"
    MOVE = "move"
    REJECT = "reject"
    HOLD = "hold"
    RESUME = "resume"
    WITHDRAW = "withdraw"
    TRANSFER = "transfer"
    UNDO = "undo"


class RejectReason(StrEnum):
    """Why an application ends without a hire. Each is about the work, never about the person's nature."""

    NO_PRODUCTION_EVIDENCE = "no_production_evidence"
    MUST_HAVE_NOT_SHOWN = "must_have_not_shown"
    WRONG_SPECIALISATION = "wrong_specialisation"
    LEVEL_TOO_LOW = "level_too_low"
    LEVEL_TOO_HIGH = "level_too_high"
    LOCATION_OR_TERMS = "location_or_terms"
    STRONGER_APPLICANTS = "stronger_applicants"
    NOT_A_REAL_APPLICATION = "not_a_real_application"
    OTHER = "other"


REASON_LABELS: dict[RejectReason, str] = {
    RejectReason.NO_PRODUCTION_EVIDENCE: "No production work shown",
    RejectReason.MUST_HAVE_NOT_SHOWN: "A must-have is not shown",
    RejectReason.WRONG_SPECIALISATION: "Specialised in other work",
    RejectReason.LEVEL_TOO_LOW: "Below the level of the role",
    RejectReason.LEVEL_TOO_HIGH: "Above the level of the role",
    RejectReason.LOCATION_OR_TERMS: "Location or terms do not fit",
    RejectReason.STRONGER_APPLICANTS: "Others show stronger evidence",
    RejectReason.NOT_A_REAL_APPLICATION: "Not a real application",
    RejectReason.OTHER: "Another reason (say which)",
}


class WithdrawReason(StrEnum):
    """Why a candidate left, as they said it."""

    OTHER_OFFER = "other_offer"
    STAYS = "stays"
    PAY = "pay"
    LOCATION_OR_TERMS = "location_or_terms"
    TOO_SLOW = "too_slow"
    PROCESS = "process"
    NOT_THE_WORK = "not_the_work"
    PERSONAL = "personal"
    NO_ANSWER = "no_answer"
    NOT_SAID = "not_said"
    OTHER = "other"


WITHDRAW_LABELS: dict[WithdrawReason, str] = {
    WithdrawReason.OTHER_OFFER: "Took another offer",
    WithdrawReason.STAYS: "Stays where they are",
    WithdrawReason.PAY: "Pay does not fit",
    WithdrawReason.LOCATION_OR_TERMS: "Location or terms do not fit",
    WithdrawReason.TOO_SLOW: "It took us too long",
    WithdrawReason.PROCESS: "The process asked too much",
    WithdrawReason.NOT_THE_WORK: "Not the work they look for",
    WithdrawReason.PERSONAL: "Personal reasons",
    WithdrawReason.NO_ANSWER: "Does not answer any more",
    WithdrawReason.NOT_SAID: "Did not say why",
    WithdrawReason.OTHER: "Another reason (say which)",
}

KIND_LABELS: dict[DecisionKind, str] = {
    DecisionKind.ADVANCE: "advanced",
    DecisionKind.MOVE: "moved",
    DecisionKind.REJECT: "rejected",
    DecisionKind.HOLD: "put on hold",
    DecisionKind.RESUME: "taken off hold",
    DecisionKind.WITHDRAW: "withdrawn",
    DecisionKind.TRANSFER: "transferred to another job",
    DecisionKind.UNDO: "undone",
}


_ENDS = {
    DecisionKind.REJECT: ApplicationStatus.REJECTED,
    DecisionKind.WITHDRAW: ApplicationStatus.WITHDRAWN,
    DecisionKind.TRANSFER: ApplicationStatus.TRANSFERRED,
}


class IllegalDecisionError(ValueError):
    """Raised when a decision cannot be made in the state that the application is in."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an application stands: its status, its stage's position and the last position of the plan."""

    status: ApplicationStatus
    position: int
    last_position: int


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a decision puts an application: stage position, status, end of a hold, if it is to be reviewed."""

    position: int
    status: ApplicationStatus
    held_until: date | None
    needs_review: bool


def check_decision(
    *, kind: DecisionKind, standing: Standing, reason: RejectReason | WithdrawReason | None, note: str
) -> None:
    """Raise ``IllegalDecisionError`` with a sentence for people when ``kind`` may not be made from ``standing``."""
    if kind is DecisionKind.UNDO:
        return
    if kind is DecisionKind.RESUME:
        if standing.status is not ApplicationStatus.HELD:
            raise IllegalDecisionError("Only an application on hold can be resumed.")
        return
    if standing.status not in (ApplicationStatus.ACTIVE, ApplicationStatus.HELD):
        raise IllegalDecisionError(f"This application is {standing.status.value}. Undo that first.")
    if kind is DecisionKind.ADVANCE and standing.position >= standing.last_position:
        raise IllegalDecisionError("This is the last stage of the plan; there is nowhere to advance to.")
    if kind is DecisionKind.REJECT:
        _check_reason(reason if isinstance(reason, RejectReason) else None, note, what="A rejection")
    if kind is DecisionKind.WITHDRAW:
        _check_reason(reason if isinstance(reason, WithdrawReason) else None, note, what="A withdrawal")


def land(
    *,
    kind: DecisionKind,
    standing: Standing,
    plan: dict[int, StageGroup],
    to_position: int | None,
    held_until: date | None,
    today: date,
) -> Landing:
    """Return where ``kind`` puts an application. ``plan`` maps each position to its group; undo is not asked here.

    Raises ``IllegalDecisionError`` when a move names no other stage of the plan or a hold no day to come.
    """
    here = standing.position
    if kind is DecisionKind.HOLD:
        if held_until is None or held_until <= today:
            raise IllegalDecisionError("Choose a day after today on which this application comes back.")
        return Landing(here, ApplicationStatus.HELD, held_until, needs_review=False)
    if kind in _ENDS:
        return Landing(here, _ENDS[kind], None, needs_review=False)
    if kind is DecisionKind.RESUME:
        return Landing(here, ApplicationStatus.ACTIVE, None, needs_review=True)
    target = to_position
    if kind is DecisionKind.ADVANCE:
        target = min((position for position in plan if position > here), default=None)
    if target is None or target not in plan or target == here:
        raise IllegalDecisionError("Choose another stage of this job's plan.")
    is_hired = plan[target] is StageGroup.HIRED
    status = ApplicationStatus.HIRED if is_hired else ApplicationStatus.ACTIVE
    return Landing(target, status, None, needs_review=False)


def _check_reason(reason: RejectReason | WithdrawReason | None, note: str, *, what: str) -> None:
    if reason is None:
        raise IllegalDecisionError(f"{what} needs a reason. Choose one from the list.")
    if reason in (RejectReason.OTHER, WithdrawReason.OTHER) and not note.strip():
        raise IllegalDecisionError("With “another reason”, write the reason in the note.")
