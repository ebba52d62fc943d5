"""What clocks are told about applications and hiring teams. No access check: for what the machine works out itself."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from assay.app.pipeline.models import Application, JobMember
from assay.core.pipeline.stage import StageGroup
from assay.core.pipeline.status import ApplicationStatus

_STANDING = """
    SELECT a.id, a.job_id, a.status, a.stage_id, s."group", a.applied_at, a.recorded_at, a.entered_stage_at,
        a.held_until, a.needs_review
    FROM pipeline_application a JOIN pipeline_stage s ON s.id = a.stage_id
    WHERE a.id = ANY(%s)
    ORDER BY a.id
"""
_SEATS = """
    SELECT m.job_id, m.user_id, m.team_role FROM pipeline_jobmember m JOIN accounts_user u ON u.id = m.user_id
    WHERE m.job_id = ANY(%s) AND u.is_active
    ORDER BY m.job_id, m.id
"""


@dataclass(frozen=True, slots=True)
class StandingFact:
    """Where an application stands now."""

    application_id: int
    job_id: int
    status: ApplicationStatus
    stage_id: int
    group: StageGroup
    applied_at: datetime
    recorded_at: datetime
    entered_stage_at: datetime
    held_until: date | None
    needs_review: bool


def list_standing_facts(*, application_ids: Collection[int], is_locking: bool = False) -> tuple[StandingFact, ...]:
    """Return where these applications stand, by id, in one statement; ``is_locking`` keeps them so for the transaction.

    Locks are taken in the order of the ids, so that two who lock several do not wait for each other.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STANDING + ("FOR NO KEY UPDATE OF a" if is_locking else ""), [list(application_ids)])
        return tuple(
            StandingFact(row[0], row[1], ApplicationStatus(row[2]), row[3], StageGroup(row[4]), *row[5:])
            for row in cursor.fetchall()
        )


def list_seats(*, job_ids: Collection[int]) -> Mapping[int, tuple[tuple[int, str], ...]]:
    """Return (user id, team role) of everybody with a working account on the teams of these jobs, first seat first."""
    found: dict[int, list[tuple[int, str]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_SEATS, [list(job_ids)])
        for job_id, user_id, team_role in cursor.fetchall():
            found.setdefault(job_id, []).append((user_id, team_role))
    return {job_id: tuple(seats) for job_id, seats in found.items()}


def list_jobs_of_member(*, user_id: int) -> tuple[int, ...]:
    """Return the ids of the jobs on whose teams somebody has a seat, in order."""
    rows = JobMember.objects.filter(user_id=user_id).order_by("job_id").values_list("job_id", flat=True)
    return tuple(dict.fromkeys(rows))


def list_live_ids(*, after: int = 0, limit: int, job_id: int | None = None) -> tuple[int, ...]:
    """Return ids above ``after`` of applications that have not ended, lowest first, of one job when given."""
    rows = Application.objects.filter(pk__gt=after, status__in=[one for one in ApplicationStatus if one.is_live])
    if job_id is not None:
        rows = rows.filter(job_id=job_id)
    return tuple(rows.order_by("pk").values_list("pk", flat=True)[:limit])
