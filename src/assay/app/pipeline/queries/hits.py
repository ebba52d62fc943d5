"""Whom the search of a filter finds in a job."""

from datetime import datetime

from django.db import connection

from assay.app.pipeline.found_sql import hits_statement
from assay.core.pipeline.applicant_filter import ApplicantFilter
from assay.core.pipeline.search_text import parse_search


def list_hits(*, job_id: int, filter_: ApplicantFilter, now: datetime, most: int) -> tuple[int, ...] | None:
    """Return the applications that a filter and its search find, in no order and at most one more than ``most``.

    None when nothing is searched for. Whoever calls this has asked the policy.
    """
    search = parse_search(text=filter_.text)
    if not search.groups:
        return None
    asked = hits_statement(job_id=job_id, filter_=filter_, search=search, now=now, most=most)
    with connection.cursor() as cursor:
        cursor.execute(asked.sql, asked.values)
        return tuple(record[0] for record in cursor.fetchall())
