"""One decision about many applications: what it will do to each, what it leaves alone and why, and how it is told."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assay.core.deciding.decision import (
    DecisionKind,
    IllegalDecisionError,
    RejectReason,
    Standing,
    check_decision,
    land,
)
from assay.core.deciding.evidence import ShownItem, ShownKind, usual_ground
from assay.core.pipeline.stage import StageGroup, asks_for_band

MOST_AT_ONCE = 5_000
MOST_REJECTED = 500
BULK_KINDS = (DecisionKind.MOVE, DecisionKind.REJECT, DecisionKind.HOLD, DecisionKind.RESUME)


class BulkState(StrEnum):
    """How far a decision about many is. A draft is a preview; nothing has happened yet."""

    DRAFT = "draft"
    RUNNING = "running"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"

    @property
    def is_moving(self) -> bool:
        """Tell whether it is being worked on."""
        return self in (BulkState.RUNNING, BulkState.UNDOING)


class BulkItemState(StrEnum):
    """What became of one application. ``KEPT``: the undo left the decision standing."""

    WAITING = "waiting"
    DONE = "done"
    SKIPPED = "skipped"
    UNDONE = "undone"
    KEPT = "kept"


class SkipCause(StrEnum):
    """Why a decision about many leaves one application alone."""

    CHANGED = "changed"
    REFUSED = "refused"
    BAND = "band"
    ACCESS = "access"
    FAILED = "failed"


SKIP_LABELS: dict[SkipCause, str] = {
    SkipCause.CHANGED: "changed by somebody else since",
    SkipCause.REFUSED: "it does not apply to them",
    SkipCause.BAND: "the band of this job is not approved",
    SkipCause.ACCESS: "you may not decide about them",
    SkipCause.FAILED: "failed unexpectedly",
}
_DONE_WORDS = {
    DecisionKind.MOVE: "moved",
    DecisionKind.REJECT: "rejected",
    DecisionKind.HOLD: "put on hold",
    DecisionKind.RESUME: "taken off hold",
}


@dataclass(frozen=True, slots=True)
class BulkChoice:
    """What is decided about all of them. A hold is until the end of a day; a note is kept with every decision."""

    kind: DecisionKind
    reason: RejectReason | None = None
    note: str = ""
    to_position: int | None = None
    held_until: date | None = None


@dataclass(frozen=True, slots=True)
class Skip:
    """Why one application is left alone: a typed cause, and a sentence about this one."""

    cause: SkipCause
    why: str


def check_choice(*, choice: BulkChoice, plan: Mapping[int, StageGroup], today: date) -> None:
    """Raise ``IllegalDecisionError`` for a choice that could apply to nobody, whoever they are."""
    if choice.kind not in BULK_KINDS:
        raise IllegalDecisionError("That cannot be decided about many at once.")
    if choice.kind is DecisionKind.MOVE and choice.to_position not in plan:
        raise IllegalDecisionError("Choose a stage of this job's plan to move them to.")
    if choice.kind is DecisionKind.HOLD and (choice.held_until is None or choice.held_until <= today):
        raise IllegalDecisionError("Choose a day after today on which they come back.")
    if choice.kind is DecisionKind.REJECT and choice.reason is None:
        raise IllegalDecisionError("A rejection needs a reason. Choose one from the list.")
    if choice.kind is DecisionKind.REJECT and choice.reason is RejectReason.OTHER and not choice.note.strip():
        raise IllegalDecisionError("With “another reason”, write the reason in the note.")


def foresee(
    *, choice: BulkChoice, standing: Standing, plan: Mapping[int, StageGroup], is_band_open: bool, today: date
) -> Skip | None:
    """Return why the choice will leave an application alone as it stands, or ``None`` when it will be applied."""
    try:
        check_decision(kind=choice.kind, standing=standing, reason=choice.reason, note=choice.note)
        landing = land(
            kind=choice.kind,
            standing=standing,
            plan=dict(plan),
            to_position=choice.to_position,
            held_until=choice.held_until,
            today=today,
        )
    except IllegalDecisionError as error:
        is_there = choice.kind is DecisionKind.MOVE and choice.to_position == standing.position
        return Skip(SkipCause.REFUSED, "Already in this stage." if is_there else str(error))
    if choice.kind is DecisionKind.MOVE and not is_band_open and _needs_band(standing.position, landing.position, plan):
        return Skip(SkipCause.BAND, "Interviews of this job wait for an approved band.")
    return None


def bulk_ground(*, items: Collection[ShownItem]) -> frozenset[str]:
    """Return what a rejection among many rests on: must-haves that were not found, else the score, else all shown."""
    usual = usual_ground(items=items)
    scores = frozenset(item.key for item in items if item.kind is ShownKind.SCORE)
    return usual or scores or frozenset(item.key for item in items)


def done_sentence(*, kind: DecisionKind, done: int, target: str, skips: Mapping[SkipCause, int]) -> str:
    """Say what a decision about many did: "209 moved to Offer. 5 were not: 3 changed by somebody else since, ..."."""
    aim = f" to {target}" if kind is DecisionKind.MOVE and target else ""
    said = f"{done or 'Nobody was'} {_DONE_WORDS[kind]}{aim}."
    return f"{said} {_rest(skips)}".strip()


def undone_sentence(*, undone: int, kept: int) -> str:
    """Say what the undo of a decision about many took back, and what it left because somebody decided since."""
    said = f"Taken back for {undone}." if undone else "Nothing was taken back."
    if not kept:
        return said
    was = "was" if kept == 1 else "were"
    return f"{said} {kept} {was} left as they are now, because somebody has decided about them since."


def _rest(skips: Mapping[SkipCause, int]) -> str:
    total = sum(skips.values())
    if not total:
        return ""
    causes = ", ".join(f"{count} {SKIP_LABELS[cause]}" for cause, count in skips.items() if count)
    return f"{total} {'was' if total == 1 else 'were'} not: {causes}."


def _needs_band(here: int, target: int, plan: Mapping[int, StageGroup]) -> bool:
    """Tell whether a move needs an approved band; out of a stage that left the plan it is asked like a first entry."""
    if here not in plan:
        return plan[target].needs_approved_band
    return asks_for_band(group=plan[target], position=target, from_group=plan[here], from_position=here)
