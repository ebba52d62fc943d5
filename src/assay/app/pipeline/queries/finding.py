"""Find a job or an application by a few letters or its number, among what somebody may see."""

import re
from dataclasses import dataclass

from django.http import Http404

from assay.app.pipeline.funnel import visible_jobs
from assay.app.pipeline.models import Application
from assay.core.pipeline.status import JobStatus
from assay.platform.accounts.models import User
from assay.platform.numbers import LARGEST_ID

# The index takes O'Brien and ada+jobs@a.example apart there, and leaves Jean-Luc and ada.byron@a.example whole.
_BETWEEN = re.compile(r"[\s'’+]+")
_AT_ENDS = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True, slots=True)
class FoundJob:
    """A job by its id and title."""

    id: int
    title: str
    is_open: bool


def find_jobs(*, actor: User, words: str, limit: int) -> tuple[FoundJob, ...]:
    """Return jobs whose title has every word, open ones and the newest first."""
    rows = visible_jobs(user=actor)
    for word in words.split()[:8]:
        rows = rows.filter(title__icontains=word)
    values = rows.order_by("-status", "-id").values_list("id", "title", "status")[:limit]
    return tuple(FoundJob(pk, title, status == JobStatus.OPEN) for pk, title, status in values)


def find_application_name(*, actor: User, application_id: int) -> tuple[str, str]:
    """Return the candidate's name and the job's title. Raises ``Http404`` when the actor may not see the job."""
    row = None
    if 0 < application_id <= LARGEST_ID:
        rows = Application.objects.filter(pk=application_id, job__in=visible_jobs(user=actor))
        row = rows.select_related("person", "job").only("person__name", "person__email", "job__title").first()
    if row is None:
        raise Http404("There is no such application.")
    return str(row.person), row.job.title


@dataclass(frozen=True, slots=True)
class FoundApplication:
    """An application by its id, with the candidate's name, the job's title and the stage."""

    id: int
    name: str
    job_title: str
    stage: str


def find_by_name(*, actor: User, words: str, limit: int) -> tuple[FoundApplication, ...]:
    """Return applications of people whose name or address has a word that begins with each of ``words``."""
    begun = [word for word in (_AT_ENDS.sub("", one) for one in _BETWEEN.split(words.lower())[:6]) if word]
    if not begun:
        return ()
    typed = " & ".join(f"""'{word.replace(chr(92), chr(92) * 2)}':*A""" for word in begun)
    found = Application.objects.filter(job__in=visible_jobs(user=actor)).extra(  # noqa: S610 - a placeholder, no text
        where=["pipeline_application.search @@ %s::tsquery"], params=[typed]
    )
    rows = found.order_by("-applied_at", "-id").values_list(
        "id", "person__name", "person__email", "job__title", "stage__name"
    )[:limit]
    return tuple(FoundApplication(pk, name or email, title, stage) for pk, name, email, title, stage in rows)
