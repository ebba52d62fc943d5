"""Applicants of a job counted by what they wait for, score and source: small jobs exactly, large ones each minute."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic

from django.db import connection

from assay.core.pipeline.status import ApplicationStatus

BANDS = 10
BAND_WIDTH = 100 // BANDS
LARGE = 2_000
KEPT_SECONDS = 60
MOST_KEPT = 1_000
MOST_SOURCES = 40

# One pass over the rows counts them twice: by status and score, and by source.
_COUNT = """
    SELECT job_id, status, CASE WHEN score IS NOT NULL THEN least(width_bucket(score, 0, 100, %s), %s) END, count(*),
           count(*) FILTER (WHERE needs_review),
           count(*) FILTER (WHERE screening_state = 'needs_person'),
           count(*) FILTER (WHERE screening_state = 'waiting'),
           source
    FROM pipeline_application WHERE job_id = ANY(%s)
    GROUP BY GROUPING SETS ((1, 2, 3), (1, 8))
"""


@dataclass(slots=True)
class JobNumbers:
    """Counts of one job. ``bands`` counts active applicants by score, ten points a band; ``unscored`` the others.

    ``to_review``, ``needs_person`` and ``in_screening`` count active applicants only. ``by_source`` counts everybody
    who came from somewhere known.
    """

    total: int = 0
    active: int = 0
    to_review: int = 0
    needs_person: int = 0
    in_screening: int = 0
    unscored: int = 0
    bands: list[int] = field(default_factory=lambda: [0] * BANDS)
    by_status: dict[str, int] = field(default_factory=dict)
    by_source: dict[str, int] = field(default_factory=dict)

    @property
    def sources(self) -> tuple[str, ...]:
        """The places that applicants came from, the busiest first, forty at most."""
        return tuple(sorted(self.by_source, key=lambda source: (-self.by_source[source], source))[:MOST_SOURCES])

    @property
    def is_approximate(self) -> bool:
        """Tell whether these counts may be up to a minute old."""
        return self.total > LARGE


@dataclass(frozen=True, slots=True)
class _Kept:
    """Numbers of a large job, and until when they are good enough."""

    numbers: JobNumbers
    until: float


_kept: dict[int, _Kept] = {}


def count_applicants(*, job_ids: Sequence[int]) -> dict[int, JobNumbers]:
    """Return the numbers of each job in at most one query; this process keeps those of large jobs for a minute."""
    now = monotonic()
    found = {i: _kept[i].numbers for i in job_ids if i in _kept and _kept[i].until > now}
    fresh = _count([job_id for job_id in job_ids if job_id not in found])
    if len(_kept) > MOST_KEPT:
        _kept.clear()
    _kept.update({i: _Kept(n, now + KEPT_SECONDS) for i, n in fresh.items() if n.is_approximate})
    return found | fresh


def forget_kept_numbers() -> None:
    """Count large jobs afresh from now on."""
    _kept.clear()


def _count(job_ids: Sequence[int]) -> dict[int, JobNumbers]:
    numbers = {job_id: JobNumbers() for job_id in job_ids}
    if not numbers:
        return numbers
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [BANDS, BANDS, list(job_ids)])
        for job_id, status, band, count, to_review, needs_person, in_screening, source in cursor.fetchall():
            job = numbers[job_id]
            if source is None:
                _add_group(job, status, band, count, to_review, needs_person, in_screening)
            elif source:
                job.by_source[source] = count
    return numbers


def _add_group(
    job: JobNumbers, status: str, band: int | None, count: int, to_review: int, needs_person: int, in_screening: int
) -> None:
    job.total += count
    job.by_status[status] = job.by_status.get(status, 0) + count
    if status != ApplicationStatus.ACTIVE:
        return
    job.active += count
    job.to_review += to_review
    job.needs_person += needs_person
    job.in_screening += in_screening
    if band is None:
        job.unscored += count
    else:
        job.bands[band - 1] += count
