"""Views of a job's applicants that its team shares: kept, made the default, forgotten."""

from django.db import transaction

from assay.app.pipeline.actions.jobs import JobError
from assay.app.pipeline.models import Job, TeamFilter
from assay.platform.access.gate import require
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import JsonValue, record
from assay.platform.text import TextTooLongError, clean_line

from ..funnel import find_job, job_resource

LONGEST_NAME, LONGEST_QUERY = 60, 1000


@transaction.atomic
def keep_team_view(*, actor: User, job_id: int, name: str, query: str, is_default: bool) -> None:
    """Keep a view for the whole team, as the default if so asked. The same name is overwritten.

    Raises ``Http404`` or ``Forbidden`` when the actor may not change the job, ``JobError`` for an unusable name.
    """
    _lock_job(actor=actor, job_id=job_id)
    try:
        name = clean_line(name, longest=LONGEST_NAME)
    except TextTooLongError as error:
        raise JobError(field="name", message=f"Give the view a shorter name. {error}") from error
    if not name or len(query) > LONGEST_QUERY:
        raise JobError(field="name", message=f"Give the view a name of 1 to {LONGEST_NAME} characters.")
    if is_default:
        TeamFilter.objects.filter(job_id=job_id, is_default=True).exclude(name=name).update(is_default=False)
    values = {"query": query, "is_default": is_default}
    TeamFilter.objects.update_or_create(
        job_id=job_id, name=name, defaults=values, create_defaults={**values, "made_by": actor}
    )
    data: dict[str, JsonValue] = {"name": name, "is_default": is_default}
    record(actor=actor, verb="team_view.saved", object_type="job", object_id=job_id, data=data)


@transaction.atomic
def set_default_view(*, actor: User, job_id: int, view_id: int | None) -> None:
    """Make one of the team's views the default, or none of them. A view that is gone changes nothing."""
    _lock_job(actor=actor, job_id=job_id)
    views = TeamFilter.objects.filter(job_id=job_id)
    views.filter(is_default=True).update(is_default=False)
    if view_id is not None:
        views.filter(pk=view_id).update(is_default=True)
    record(actor=actor, verb="team_view.default_set", object_type="job", object_id=job_id, data={"view": view_id})


@transaction.atomic
def forget_team_view(*, actor: User, job_id: int, view_id: int) -> None:
    """Delete one of the team's views."""
    _lock_job(actor=actor, job_id=job_id)
    gone, _ = TeamFilter.objects.filter(job_id=job_id, pk=view_id).delete()
    if gone:
        record(actor=actor, verb="team_view.forgotten", object_type="job", object_id=job_id, data={"view": view_id})


def _lock_job(*, actor: User, job_id: int) -> None:
    """Return when the actor may change the job, which nobody else changes until the transaction ends."""
    job = find_job(job_id=job_id)
    require(actor=actor, action=Action.EDIT_JOB, resource=job_resource(job=job, user=actor))
    Job.objects.select_for_update(no_key=True).get(pk=job_id)
