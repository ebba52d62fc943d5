"""Who sits at a requisition, and who approves it in which order."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from assay.app.requisitions.actions.drafts import RequisitionConflict, lock_requisition
from assay.app.requisitions.models import ApprovalStep, Requisition, RequisitionMember, StepApprover
from assay.app.requisitions.own_approval import ASK_SOMEBODY, may_approve_own
from assay.app.requisitions.rules import plan_followed
from assay.app.requisitions.visibility import is_confidential
from assay.core.requisitions.draft import DraftError
from assay.core.requisitions.plan import PlanError, Step, make_plan
from assay.platform.access.roles import RequisitionSeat
from assay.platform.accounts.models import User
from assay.platform.audit.actions import JsonValue, record

MOST_SEATS = 30


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's seat as owner or collaborator. Approvers are seated by the plan."""

    user_id: int
    seat: RequisitionSeat


@transaction.atomic
def set_people(
    *, actor: User, requisition_id: int, places: Sequence[Place], steps: Sequence[Step], seen_revision: int
) -> None:
    """Replace the seats and the plan of a requisition. What was put forward keeps the plan it had.

    The steps are those of a plan of the organisation, word for word: nobody invents one here. Steps may be left
    without people while they are not known yet; such a plan cannot be submitted. A plan by which whoever submits may
    approve is for who has nobody else to ask, and for administrators.
    Raises ``DraftError``, ``RequisitionConflict``, ``Http404``, ``Forbidden``.
    """
    row = lock_requisition(actor=actor, requisition_id=requisition_id)
    if row.revision != seen_revision:
        raise RequisitionConflict
    _check_places(row, places, actor)
    _check_steps(steps, actor)
    _check_accounts({place.user_id for place in places} | {one for step in steps for one in step.approvers})
    _write_steps(row, steps)
    _write_seats(row, places, steps)
    row.revision += 1
    row.save(update_fields=["revision"])
    data: dict[str, JsonValue] = {
        "seats": [f"{place.user_id}:{place.seat}" for place in places],
        "steps": [f"{step.key}:{step.needed} of {','.join(map(str, step.approvers))}" for step in steps],
    }
    record(actor=actor, verb="requisition.people_set", object_type="requisition", object_id=row.pk, data=data)


def _check_places(row: Requisition, places: Sequence[Place], actor: User) -> None:
    if not any(place.seat is RequisitionSeat.OWNER for place in places):
        raise DraftError(field="people", message="Keep at least one owner.")
    if len(places) > MOST_SEATS:
        raise DraftError(field="people", message=f"At most {MOST_SEATS} people fit here.")
    if is_confidential(requisition=row) and all(place.user_id != actor.pk for place in places):
        message = "Keep a seat for yourself: you would no longer see this confidential request."
        raise DraftError(field="people", message=message)


def _check_steps(steps: Sequence[Step], actor: User) -> None:
    if steps and plan_followed(steps=steps) is None:
        raise DraftError(field="steps", message="Choose one of the plans of approval; its steps are taken as they are.")
    if any(step.submitter_counts for step in steps) and not may_approve_own(actor=actor):
        raise DraftError(field="steps", message=ASK_SOMEBODY)
    named = [step for step in steps if step.approvers]
    if not named:
        return
    try:
        make_plan(steps=steps)
    except PlanError as error:
        raise DraftError(field="steps", message=str(error)) from error


def _check_accounts(ids: set[int]) -> None:
    known = set(User.objects.filter(pk__in=ids, is_active=True).values_list("pk", flat=True))
    if ids - known:
        raise DraftError(field="people", message="Somebody named here no longer has an account.")


def _write_steps(row: Requisition, steps: Sequence[Step]) -> None:
    row.steps.all().delete()
    for position, step in enumerate(steps, 1):
        made = ApprovalStep.objects.create(
            requisition=row,
            position=position,
            key=step.key,
            title=step.title,
            needed=step.needed,
            submitter_counts=step.submitter_counts,
        )
        StepApprover.objects.bulk_create(StepApprover(step=made, user_id=one) for one in step.approvers)


def _write_seats(row: Requisition, places: Sequence[Place], steps: Sequence[Step]) -> None:
    """Seat owners and collaborators as asked; approvers are those of the new plan and of what is put forward now."""
    newest = row.submissions.order_by("-number").first()
    asked = {one for step in steps for one in step.approvers}
    asked |= {one for step in (newest.plan if newest else ()) for one in step["approvers"]}
    seats = {(place.user_id, place.seat.value) for place in places}
    seats |= {(person, RequisitionSeat.APPROVER.value) for person in asked}
    row.members.all().delete()
    RequisitionMember.objects.bulk_create(
        RequisitionMember(requisition=row, user_id=person, seat=seat) for person, seat in sorted(seats)
    )
