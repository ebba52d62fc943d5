"""Requisitions as requests: begun, changed, given people."""

from dataclasses import fields, replace

from django.db import connection, transaction
from django.utils import timezone

from assay.app.requisitions.models import Requisition, RequisitionMember
from assay.app.requisitions.visibility import require_requisition
from assay.app.roles.visibility import may_see_version
from assay.core.requisitions.code import next_code
from assay.core.requisitions.draft import DraftError, RequisitionDraft, check_draft
from assay.core.requisitions.status import ReadinessGate, RequisitionReason
from assay.platform.access.gate import require
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.access.roles import RequisitionSeat
from assay.platform.accounts.models import User
from assay.platform.audit.actions import JsonValue, record

_CODE_LOCK = 7_202
_DRAFT_FIELDS = tuple(field.name for field in fields(RequisitionDraft))


class RequisitionConflict(Exception):
    """Raised when somebody else changed the requisition after the writer looked at it. Nothing was stored."""

    def __init__(self) -> None:
        super().__init__("Somebody else changed this request while you were writing. Compare, then save again.")


@transaction.atomic
def create_requisition(
    *, actor: User, draft: RequisitionDraft, role_version_id: int | None = None, job_id: int | None = None
) -> int:
    """Begin a requisition, owned by ``actor``, and return its id. Its code is the next of the year.

    Raises ``DraftError`` for unusable input and ``Forbidden`` for who may not make plans.
    """
    require(actor=actor, action=Action.EDIT_PLANS, resource=ORGANISATION)
    now = timezone.now()
    check_draft(draft=draft, today=timezone.localdate())
    if role_version_id is not None:
        _check_role(role_version_id, actor)
    row = Requisition(created_by=actor, code=_new_code(year=now.year), job_id=job_id)
    _fill(row, draft)
    if role_version_id is not None:
        row.role_version_id, row.role_chosen_at = role_version_id, now
    row.save(force_insert=True)
    RequisitionMember.objects.create(requisition=row, user=actor, seat=RequisitionSeat.OWNER)
    record(
        actor=actor,
        verb="requisition.created",
        object_type="requisition",
        object_id=row.pk,
        data={"code": row.code, "is_confidential": row.is_confidential},
    )
    return row.pk


@transaction.atomic
def edit_requisition(*, actor: User, requisition_id: int, draft: RequisitionDraft, seen_revision: int) -> bool:
    """Change a request and return whether anything changed. What was approved lapses by itself if a guarded fact did.

    Raises ``DraftError``, ``RequisitionConflict`` when it is no longer at ``seen_revision``, ``Http404``,
    ``Forbidden``.
    """
    row = lock_requisition(actor=actor, requisition_id=requisition_id)
    check_draft(draft=draft, today=timezone.localdate(), old_needed_by=row.needed_by)
    before = draft_of(row=row)
    if replace(draft) == before:
        return False
    if row.revision != seen_revision:
        raise RequisitionConflict
    _check_against_job(row, draft)
    _check_secrecy(row, draft, actor)
    _fill(row, draft)
    row.revision += 1
    row.save()
    changed: list[JsonValue] = [name for name in _DRAFT_FIELDS if getattr(before, name) != getattr(draft, name)]
    record(
        actor=actor,
        verb="requisition.edited",
        object_type="requisition",
        object_id=row.pk,
        data={"fields": changed, "revision": row.revision},
    )
    return True


@transaction.atomic
def choose_role(*, actor: User, requisition_id: int, role_version_id: int) -> None:
    """Hold the requisition to an existing version of a role. Raises ``DraftError`` for one not theirs to see."""
    row = lock_requisition(actor=actor, requisition_id=requisition_id)
    _check_role(role_version_id, actor)
    row.role_version_id, row.role_chosen_at = role_version_id, timezone.now()
    row.revision += 1
    row.save(update_fields=["role_version", "role_chosen_at", "revision"])
    data: dict[str, JsonValue] = {"role_version": role_version_id}
    record(actor=actor, verb="requisition.role_chosen", object_type="requisition", object_id=row.pk, data=data)


def lock_requisition(*, actor: User, requisition_id: int, action: Action = Action.EDIT_REQUISITION) -> Requisition:
    """Return a requisition that ``actor`` may do ``action`` to and nobody else changes until the transaction ends."""
    require_requisition(actor=actor, requisition_id=requisition_id, action=action)
    return Requisition.objects.select_for_update(no_key=True).get(pk=requisition_id)


def draft_of(*, row: Requisition) -> RequisitionDraft:
    """Return a requisition as its form shows it."""
    words = {"reason": RequisitionReason(row.reason), "readiness_gate": ReadinessGate(row.readiness_gate)}
    return RequisitionDraft(**{name: getattr(row, name) for name in _DRAFT_FIELDS} | words)


def _fill(row: Requisition, draft: RequisitionDraft) -> None:
    for name in _DRAFT_FIELDS:
        setattr(row, name, getattr(draft, name))


def _new_code(*, year: int) -> str:
    """Return the next code of a year; whoever else begins a requisition waits until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_CODE_LOCK, year])
    taken = Requisition.objects.filter(code__startswith=f"REQ-{year:04d}-").values_list("code", flat=True)
    return next_code(year=year, taken=taken)


def _check_role(role_version_id: int, actor: User) -> None:
    if not may_see_version(actor=actor, role_version_id=role_version_id):
        raise DraftError(field="role", message="Choose a role from the list.")


def _check_against_job(row: Requisition, draft: RequisitionDraft) -> None:
    if row.job is not None and draft.headcount < row.job.openings.filter(state="filled").count():
        raise DraftError(field="headcount", message="More people than this have been hired for it already.")


def _check_secrecy(row: Requisition, draft: RequisitionDraft, actor: User) -> None:
    if draft.is_confidential and not row.members.filter(user=actor).exists():
        message = "Take a seat at this request first: a confidential one exists for its own people alone."
        raise DraftError(field="confidential", message=message)
