"""Letters that nobody could place, as far as somebody may see them: what may be about a candidate has their walls."""

from django.db.models import Exists, OuterRef, QuerySet

from assay.app.messaging.models import UnmatchedMail
from assay.app.pipeline.funnel import find_application, job_resource, visible_jobs
from assay.platform.access.gate import ask
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User


def visible_mail(*, user: User) -> QuerySet[UnmatchedMail]:
    """Return the letters that may be about nobody we know, or about an application on a job that ``user`` sees."""
    about = UnmatchedMail.candidates.through.objects.filter(unmatchedmail=OuterRef("pk"))
    seen = about.filter(application__job__in=visible_jobs(user=user))
    return UnmatchedMail.objects.filter(~Exists(about) | Exists(seen))


def may_see(*, user: User, mail: UnmatchedMail) -> bool:
    """Tell whether ``user`` may read a letter: one that was placed stands behind the door of its conversation."""
    if mail.placed_in is None:
        return visible_mail(user=user).filter(pk=mail.pk).exists()
    job = find_application(application_id=mail.placed_in.thread.application_id).job
    return ask(actor=user, action=Action.SEE_MESSAGES, resource=job_resource(job=job, user=user)).allowed
