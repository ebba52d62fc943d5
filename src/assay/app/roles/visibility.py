"""Which roles somebody may see: all but those made for a request that is hidden from them."""

from django.db.models import Q, QuerySet

from assay.app.pipeline.funnel import visible_jobs
from assay.app.requisitions.models import Requisition
from assay.app.requisitions.visibility import visible_requisitions
from assay.app.roles.models import RoleIntake, RoleVersion
from assay.platform.accounts.models import User
from assay.platform.numbers import LARGEST_ID


def visible_versions(*, actor: User) -> QuerySet[RoleVersion]:
    """Return the role versions that ``actor`` may know of, as one query.

    A role made for a request says what the request is about, so whoever may not see the request does not see the role,
    unless they see a job or another request that is held to it.
    """
    requisitions = Requisition.objects.filter(visible_requisitions(actor=actor)).values("pk")
    of_requests = RoleIntake.objects.filter(requisition__isnull=False)
    hidden = RoleVersion.objects.filter(intakes__in=of_requests.exclude(requisition__in=requisitions).values("pk"))
    held = RoleVersion.objects.filter(
        Q(pk__in=visible_jobs(user=actor).values("role"))
        | Q(requisitions__in=requisitions)
        | Q(intakes__requisition__in=requisitions)
    )
    is_open = ~Q(role_key__in=hidden.values("role_key"))
    return RoleVersion.objects.filter(is_open | Q(role_key__in=held.values("role_key")))


def may_see_version(*, actor: User, role_version_id: int) -> bool:
    """Return whether there is such a version of a role, and ``actor`` may know of it."""
    return 0 < role_version_id <= LARGEST_ID and visible_versions(actor=actor).filter(pk=role_version_id).exists()
