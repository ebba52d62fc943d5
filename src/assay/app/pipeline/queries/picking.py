"""Applications picked from a list: whom a filter finds, and how each of them stands now."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from assay.app.pipeline.applicant_sql import conditions
from assay.app.pipeline.models import Application
from assay.app.pipeline.queries.hits import list_hits
from assay.core.pipeline.applicant_filter import ApplicantFilter
from assay.core.pipeline.status import ApplicationStatus


@dataclass(frozen=True, slots=True)
class Picked:
    """An application as it stands: who, where, and at which revision."""

    application_id: int
    name: str
    revision: int
    status: ApplicationStatus
    stage_id: int
    held_until: date | None


def list_matching_ids(*, job_id: int, filter_: ApplicantFilter, now: datetime, most: int) -> tuple[int, ...]:
    """Return the applications of a job that a filter and its search find, at most one more than ``most``."""
    hits = list_hits(job_id=job_id, filter_=filter_, now=now, most=most)
    if hits is not None:
        return hits
    wheres, values = conditions(job_id=job_id, filter_=filter_, now=now)
    where = " AND ".join(wheres)
    sql = f"SELECT a.id FROM pipeline_application a WHERE {where} ORDER BY a.rank_key, a.id LIMIT {most + 1}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return tuple(record[0] for record in cursor.fetchall())


def list_picked(*, job_id: int, application_ids: Collection[int]) -> tuple[Picked, ...]:
    """Return the applications of these that belong to the job, the best scored first."""
    rows = Application.objects.filter(job_id=job_id, pk__in=list(application_ids)).order_by("rank_key", "id")
    fields = ("person__name", "person__email", "revision", "status", "stage_id", "held_until")
    return tuple(
        Picked(
            application_id=row.pk,
            name=str(row.person),
            revision=row.revision,
            status=ApplicationStatus(row.status),
            stage_id=row.stage_id,
            held_until=row.held_until,
        )
        for row in rows.select_related("person").only(*fields)
    )
