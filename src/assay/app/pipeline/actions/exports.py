"""Exports leave a trace: who took which applicants out of the product, in which form."""

from collections.abc import Sequence

from django.db import transaction

from assay.platform.access.gate import require
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record

from ..funnel import find_job, job_resource


@transaction.atomic
def record_export(*, actor: User, job_id: int, form: str, application_ids: Sequence[int]) -> None:
    """Record that ``actor`` exported a shortlist. Raises ``Http404`` or ``Forbidden`` when they may not."""
    job = find_job(job_id=job_id)
    require(actor=actor, action=Action.EXPORT_SHORTLIST, resource=job_resource(job=job, user=actor))
    record(
        actor=actor,
        verb="shortlist.exported",
        object_type="job",
        object_id=job_id,
        data={"form": form, "applications": list(application_ids)},
    )
