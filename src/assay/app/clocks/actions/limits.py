"""Limits: set for the whole house, for a job or a stage, and taken back. Running clocks follow; ended ones stay."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.db import IntegrityError, transaction
from django.db.models import Q

from assay.app.clocks.actions.recounting import RecountState, begin_recount
from assay.app.clocks.models import ClockRule
from assay.app.pipeline.funnel import find_job, job_resource
from assay.core.clocks.kinds import ClockKind, Counting
from assay.platform.access.gate import require
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record

LONGEST_HOURS = Decimal(2_000)
_CHANGED = "Somebody else set this limit in the meantime. Look at it again, then save."


class LimitError(ValueError):
    """Raised for a limit that cannot be set; ``field`` names the answer to correct."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class LimitDraft:
    """A limit as somebody typed it: hours, how they count, from which share in percent it warns, if it is off.

    ``seen_revision`` is that of the rule they saw, 0 when there was none.
    """

    kind: str
    hours: str
    counting: str
    yellow_percent: str
    is_off: bool
    seen_revision: int
    job_id: int | None = None
    stage_id: int | None = None


@transaction.atomic
def set_limit(*, actor: User, draft: LimitDraft) -> RecountState:
    """Set a limit and work running clocks out again. Raises ``Http404``, ``Forbidden``, or ``LimitError``, also when
    somebody else set it since it was read."""
    _check_access(actor, draft.job_id)
    kind, counting = _kind(draft.kind), _counting(draft.counting)
    hours = _number(draft.hours, field="hours", most=LONGEST_HOURS)
    yellow = _number(draft.yellow_percent, field="yellow", most=Decimal(99)) / 100
    _check_stage(draft)
    found = _rule(draft, kind)
    if (found.revision if found else 0) != draft.seen_revision:
        raise LimitError(_CHANGED)
    row = found or ClockRule(kind=kind.value, job_id=draft.job_id, stage_id=draft.stage_id, revision=0)
    row.hours, row.counting, row.yellow_share, row.is_off = hours, counting.value, yellow, draft.is_off
    row.revision += 1
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise LimitError(_CHANGED) from error
    state = begin_recount(actor=actor, job_id=draft.job_id)
    data = {
        "kind": kind.value,
        "stage": draft.stage_id,
        "hours": str(hours),
        "counting": counting.value,
        "yellow_share": str(yellow),
        "is_off": draft.is_off,
        "clocks_moved": state.moved,
    }
    record(actor=actor, verb="clock_limit.set", object_type="job", object_id=draft.job_id or 0, data=data)
    return state


@transaction.atomic
def reset_limit(*, actor: User, kind: str, job_id: int | None = None, stage_id: int | None = None) -> RecountState:
    """Take a limit back, so that the next wider one holds. Raises ``Http404``, ``Forbidden`` or ``LimitError``."""
    _check_access(actor, job_id)
    known = _kind(kind)
    ClockRule.objects.filter(_place(job_id, stage_id), kind=known.value).delete()
    state = begin_recount(actor=actor, job_id=job_id)
    data = {"kind": known.value, "stage": stage_id, "clocks_moved": state.moved}
    record(actor=actor, verb="clock_limit.reset", object_type="job", object_id=job_id or 0, data=data)
    return state


def _check_access(actor: User, job_id: int | None) -> None:
    if job_id is None:
        require(actor=actor, action=Action.EDIT_CLOCKS, resource=ORGANISATION)
    else:
        resource = job_resource(job=find_job(job_id=job_id), user=actor)
        require(actor=actor, action=Action.EDIT_JOB, resource=resource)


def _check_stage(draft: LimitDraft) -> None:
    if draft.stage_id is None:
        return
    if draft.job_id is None or not find_job(job_id=draft.job_id).stages.filter(pk=draft.stage_id).exists():
        raise LimitError("This stage is no longer part of the job's plan.", field="stage")


def _rule(draft: LimitDraft, kind: ClockKind) -> ClockRule | None:
    rows = ClockRule.objects.select_for_update()
    return rows.filter(_place(draft.job_id, draft.stage_id), kind=kind.value).first()


def _place(job_id: int | None, stage_id: int | None) -> Q:
    job = Q(job=None) if job_id is None else Q(job_id=job_id)
    return job & (Q(stage=None) if stage_id is None else Q(stage_id=stage_id))


def _kind(text: str) -> ClockKind:
    try:
        return ClockKind(text)
    except ValueError as error:
        raise LimitError("There is no such clock.", field="kind") from error


def _counting(text: str) -> Counting:
    try:
        return Counting(text)
    except ValueError as error:
        raise LimitError("Choose which hours count.", field="counting") from error


def _number(text: str, *, field: str, most: Decimal) -> Decimal:
    try:
        value = Decimal(text.strip().replace(",", ".")[:12])
    except InvalidOperation as error:
        raise LimitError(f"Write a number above 0, at most {most}.", field=field) from error
    if not value.is_finite() or not 0 < value <= most:
        raise LimitError(f"Write a number above 0, at most {most}.", field=field)
    rounded = value.quantize(Decimal("0.01"))
    if not rounded:
        raise LimitError(f"Write a number above 0, at most {most}.", field=field)
    return rounded
