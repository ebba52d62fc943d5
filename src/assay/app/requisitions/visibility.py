"""Which requisitions somebody may see, and with them what the desks made for them."""

from collections.abc import Iterable

from django.db.models import Q
from django.http import Http404

from assay.app.requisitions.models import Requisition
from assay.platform.access.gate import actor_of, require
from assay.platform.access.policy import Action, Resource, ResourceKind, requisition_scope
from assay.platform.accounts.models import User
from assay.platform.numbers import LARGEST_ID, read_id


def visible_requisitions(*, actor: User, prefix: str = "") -> Q:
    """Return the filter for the requisitions ``actor`` may see; ``prefix`` is the way there (``requisition__``).

    As ``is_confidential`` says, for many: a request whose job is confidential is for its own people too.
    """
    seated = Q(**{f"{prefix}members__user": actor}) if actor.is_active else Q(pk__in=[])
    if requisition_scope(actor=actor_of(actor)).all_open:
        has_open_job = Q(**{f"{prefix}job__isnull": True}) | Q(**{f"{prefix}job__is_confidential": False})
        return seated | (Q(**{f"{prefix}is_confidential": False}) & has_open_job)
    return seated


def visible_desk_results(*, actor: User) -> Q:
    """Return the filter for what a desk keeps: made for no requisition, or for one that ``actor`` may see.

    Use it as ``Model.objects.filter(pk__in=Model.objects.filter(visible_desk_results(actor=actor)).values("pk"))``
    or with ``.distinct()``: a person with two seats would meet the row twice.
    """
    return Q(requisition__isnull=True) | visible_requisitions(actor=actor, prefix="requisition__")


def find_requisition(*, requisition_id: int) -> Requisition:
    """Return a requisition; raises ``Http404`` when there is none. Asks no one's permission."""
    rows = Requisition.objects.select_related("job", "role_version", "created_by").filter(pk=requisition_id)
    found = rows.first() if 0 < requisition_id <= LARGEST_ID else None
    if found is None:
        raise Http404("There is no such requisition.")
    return found


def is_confidential(*, requisition: Requisition) -> bool:
    """Return whether a requisition is for its own people alone: it or the job that was opened from it is secret."""
    return requisition.is_confidential or (requisition.job is not None and requisition.job.is_confidential)


def requisition_resource(*, requisition: Requisition, user: User) -> Resource:
    """Describe a requisition to the policy, with the seats that ``user`` has at it."""
    seats = requisition.members.filter(user=user).values_list("seat", flat=True)
    return resource_of(requisition=requisition, seats=seats)


def resource_of(*, requisition: Requisition, seats: Iterable[str]) -> Resource:
    """Describe a requisition to the policy as it is to somebody with these seats at it."""
    return Resource(ResourceKind.REQUISITION, is_confidential(requisition=requisition), frozenset(seats))


def require_requisition(*, actor: User, requisition_id: int, action: Action = Action.SEE_REQUISITION) -> Requisition:
    """Return a requisition that ``actor`` may do ``action`` to; raises ``Http404`` or ``Forbidden``."""
    requisition = find_requisition(requisition_id=requisition_id)
    require(actor=actor, action=action, resource=requisition_resource(requisition=requisition, user=actor))
    return requisition


def chosen_requisition(*, actor: User, value: str, action: Action = Action.SEE_REQUISITION) -> int | None:
    """Return the id of the requisition named by a page's ``for`` parameter, or ``None`` without one.

    Raises ``Http404`` for one that ``actor`` may not see, ``Forbidden`` for one they may not do ``action`` to.
    """
    if not value:
        return None
    requisition_id = read_id(value)
    if requisition_id is None:
        raise Http404("There is no such requisition.")
    return require_requisition(actor=actor, requisition_id=requisition_id, action=action).pk
