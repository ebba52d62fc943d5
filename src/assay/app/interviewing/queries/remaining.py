"""What a job's plan still holds for one application: the talks that were neither arranged nor held."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from assay.app.interviewing.models import Interview, PlannedInterview
from assay.core.interviewing.states import InterviewState


@dataclass(frozen=True, slots=True)
class RemainingTalk:
    """A planned interview that could be arranged: title, minutes of the candidate's time, and what it looks at."""

    planned_id: int
    title: str
    minutes: int
    focus: tuple[str, ...]


def list_remaining(*, application_id: int, job_id: int) -> tuple[RemainingTalk, ...]:
    """Return the planned interviews of a job that an application has not had, in the plan's order. One statement.

    One that was cancelled or missed remains. Asks no one's permission.
    """
    had = Interview.objects.filter(
        application_id=application_id,
        planned=OuterRef("pk"),
        state__in=[InterviewState.SCHEDULED, InterviewState.HELD],
    )
    rows = PlannedInterview.objects.filter(
        ~Exists(had), stage__job_id=job_id, stage__retired_at__isnull=True, retired_at__isnull=True
    ).order_by("stage__position", "position", "id")
    return tuple(RemainingTalk(row.pk, row.title, row.minutes, tuple(map(str, row.focus))) for row in rows)
