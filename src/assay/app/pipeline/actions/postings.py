"""A job's posting, as an advert that went out has it: applications point at it."""

from django.db import transaction

from assay.app.pipeline.funnel import find_job, job_resource
from assay.app.pipeline.models import Posting
from assay.platform.access.gate import require
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record


@transaction.atomic
def keep_posting(*, actor: User, job_id: int, body: str) -> int:
    """Make ``body`` what a job's posting says and return the posting's id. It keeps its id and its applications.

    Raises ``Http404`` or ``Forbidden`` for a job that ``actor`` may not change.
    """
    job = find_job(job_id=job_id)
    require(actor=actor, action=Action.EDIT_JOB, resource=job_resource(job=job, user=actor))
    posting = job.postings.first()
    if posting is None:
        posting = Posting.objects.create(job=job, title=job.title, body=body)
    elif posting.body != body:
        posting.body = body
        posting.save(update_fields=["body"])
    record(actor=actor, verb="job.posting_kept", object_type="job", object_id=job.pk, data={"posting": posting.pk})
    return posting.pk
