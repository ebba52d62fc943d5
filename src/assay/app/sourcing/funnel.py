"""The one way to reach an import by its id: through its job, as the access policy sees it."""

from django.http import Http404

from assay.app.pipeline.funnel import job_resource
from assay.app.sourcing.models import ImportBatch
from assay.platform.access.gate import require
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User


class ImportRefused(ValueError):
    """Raised when an import cannot do what was asked in the state it is in; the message says what to do instead."""


def find_batch(*, batch_id: int) -> ImportBatch:
    """Return an import with its job or raise ``Http404``; whoever calls this asks the policy next."""
    batch = ImportBatch.objects.select_related("job__role", "created_by").filter(pk=batch_id).first()
    if batch is None:
        raise Http404("There is no such import.")
    return batch


def find_own_batch(*, actor: User, batch_id: int) -> ImportBatch:
    """Return an import whose job the actor may add applicants to. Raises ``Http404`` or ``Forbidden``."""
    batch = find_batch(batch_id=batch_id)
    require(actor=actor, action=Action.ADD_APPLICANTS, resource=job_resource(job=batch.job, user=actor))
    return batch


def lock_batch(*, batch_id: int) -> ImportBatch:
    """Return an import that nobody else changes until the transaction ends. Raises ``Http404``."""
    batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("job__role").filter(pk=batch_id).first()
    if batch is None:
        raise Http404("There is no such import.")
    return batch
