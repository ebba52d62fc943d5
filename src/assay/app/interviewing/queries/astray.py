"""Interviews to come of a stage that the application has not reached: a move was taken back, or never made."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from assay.app.interviewing.models import Interview
from assay.core.interviewing.states import InterviewState
from assay.core.pipeline.status import ApplicationStatus

_LIVE = [one for one in ApplicationStatus if one.is_live]


@dataclass(frozen=True, slots=True)
class Astray:
    """An interview that stands although the application does not stand in its stage, or beyond it."""

    interview_id: int
    title: str
    stage: str
    starts_at: datetime


def list_astray(*, application_id: int, now: datetime) -> tuple[Astray, ...]:
    """Return these interviews of a live application, the soonest first, in one statement.

    No access check: for pages that have shown the application to somebody who may see it.
    """
    rows = Interview.objects.filter(
        application_id=application_id,
        application__status__in=_LIVE,
        state=InterviewState.SCHEDULED,
        ends_at__gt=now,
        stage__retired_at=None,
        stage__position__gt=F("application__stage__position"),
    ).order_by("starts_at", "id")
    return tuple(Astray(*row) for row in rows.values_list("id", "kit__title", "stage__name", "starts_at"))
