"""How many applicants a job has, by what they wait for and by score. Small jobs are exact, large ones a minute old."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.cache import cache
from django.db import connection

from assay.core.pipeline.status import ApplicationStatus

BANDS = 10
BAND_WIDTH = 100 // BANDS
LARGE = 2_000
KEPT_SECONDS = 60

_COUNT = """
    SELECT job_id, status, least(width_bucket(score, 0, 100, %s), %s) AS band, count(*),
           count(*) FILTER (WHERE needs_review),
           count(*) FILTER (WHERE screening_state = 'needs_person'),
           count(*) FILTER (WHERE screening_state = 'waiting')
    FROM pipeline_application WHERE job_id = ANY(%s)
    GROUP BY 1, 2, 3
"""


@dataclass(slots=True)
class JobNumbers:
    """Counts of one job. ``bands`` counts active applicants by score, ten points a band; ``unscored`` the others.

    ``to_review``, ``needs_person`` and ``in_screening`` count active applicants only.
    """

    total: int = 0
    active: int = 0
    to_review: int = 0
    needs_person: int = 0
    in_screening: int = 0
    unscored: int = 0
    bands: list[int] = field(default_factory=lambda: [0] * BANDS)
    by_status: dict[str, int] = field(default_factory=dict)

    @property
    def is_approximate(self) -> bool:
        """Tell whether these counts may be up to a minute old."""
        return self.total > LARGE


def count_applicants(*, job_ids: Sequence[int]) -> dict[int, JobNumbers]:
    """Return the numbers of each job in one query; those of jobs with more than 2,000 applicants are kept a minute."""
    keys = {job_id: f"pipeline.numbers.{job_id}" for job_id in job_ids}
    kept: dict[str, JobNumbers] = cache.get_many(list(keys.values())) if keys else {}
    found = {job_id: kept[key] for job_id, key in keys.items() if key in kept}
    missing = [job_id for job_id in job_ids if job_id not in found]
    fresh = _count(missing)
    cache.set_many({keys[i]: n for i, n in fresh.items() if n.is_approximate}, timeout=KEPT_SECONDS)
    return found | fresh


def _count(job_ids: Sequence[int]) -> dict[int, JobNumbers]:
    numbers = {job_id: JobNumbers() for job_id in job_ids}
    if not numbers:
        return numbers
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [BANDS, BANDS, list(job_ids)])
        for job_id, status, band, count, to_review, needs_person, in_screening in cursor.fetchall():
            job = numbers[job_id]
            job.total += count
            job.by_status[status] = job.by_status.get(status, 0) + count
            if status != ApplicationStatus.ACTIVE:
                continue
            job.active += count
            job.to_review += to_review
            job.needs_person += needs_person
            job.in_screening += in_screening
            if band is None:
                job.unscored += count
            else:
                job.bands[band - 1] += count
    return numbers
