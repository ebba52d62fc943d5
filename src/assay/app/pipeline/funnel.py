"""The one way to reach a job or an application by its id, and how each looks to the access policy."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from assay.app.pipeline.models import Application, Job, JobMember
from assay.platform.access.gate import actor_of
from assay.platform.access.policy import Resource, ResourceKind, job_scope
from assay.platform.accounts.models import User


def find_job(*, job_id: int) -> Job:
    """Return a job or raise ``Http404``; whoever calls this asks the policy next."""
    job = Job.objects.select_related("role").filter(pk=job_id).first()
    if job is None:
        raise Http404("There is no such job.")
    return job


def find_application(*, application_id: int) -> Application:
    """Return an application with its job, person and stage or raise ``Http404``."""
    # The words of its documents are for the index alone, and long.
    rows = Application.objects.select_related("job__role", "person", "stage").defer("search")
    application = rows.filter(pk=application_id).first()
    if application is None:
        raise Http404("There is no such application.")
    return application


def job_resource(*, job: Job, user: User) -> Resource:
    """Describe a job to the policy as ``user`` stands to it."""
    seats = job.members.filter(user=user).values_list("team_role", flat=True)
    return Resource(kind=ResourceKind.JOB, is_confidential=job.is_confidential, team_roles=frozenset(seats))


def visible_jobs(*, user: User) -> QuerySet[Job]:
    """Return the jobs that ``user``'s lists may hold: the scope of the policy, as a query."""
    if not user.is_active:
        return Job.objects.none()
    own = Exists(JobMember.objects.filter(job=OuterRef("pk"), user=user))
    if job_scope(actor=actor_of(user)).all_open:
        return Job.objects.filter(Q(is_confidential=False) | Q(own))
    return Job.objects.filter(own)
