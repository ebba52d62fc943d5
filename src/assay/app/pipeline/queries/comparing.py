"""Two to four applicants of one job side by side, with everything the page about them shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assay.app.pipeline.models import Application
from assay.app.roles.queries import get_role_version
from assay.app.screening.queries import ScreeningView, list_current_screenings
from assay.core.pipeline.comparison import Comparison, compare_applicants
from assay.core.screening.result import Employment, Flag

FEWEST_COMPARED = 2
MOST_COMPARED = 4
MOST_EMPLOYMENTS = 3


@dataclass(frozen=True, slots=True)
class ComparedApplicant:
    """One column: who it is, where they stand, and what is shown besides the bar."""

    id: int
    name: str
    stage: str
    status: str
    applied_at: datetime
    score: float | None
    score_low: float
    score_high: float
    employment: tuple[Employment, ...]
    flags: tuple[Flag, ...]
    rules_version: str
    is_screened: bool


@dataclass(frozen=True, slots=True)
class ComparedApplicants:
    """The columns in the order asked for, and the rows of the role's bar across them."""

    applicants: tuple[ComparedApplicant, ...]
    comparison: Comparison


def compare(*, job_id: int, role_version_id: int, application_ids: Sequence[int]) -> ComparedApplicants | None:
    """Return these applicants of a job side by side, ``None`` unless two to four of them belong to it.

    Whoever calls this has asked the policy about the job.
    """
    wanted = list(dict.fromkeys(application_ids))
    rows = Application.objects.select_related("person", "stage").filter(job_id=job_id, pk__in=wanted[:MOST_COMPARED])
    found = {row.pk: row for row in rows}
    version = get_role_version(role_version_id=role_version_id)
    if version is None or len(found) != len(wanted) or not FEWEST_COMPARED <= len(found) <= MOST_COMPARED:
        return None
    screenings = list_current_screenings(application_ids=wanted)
    results = [screenings[i].result if i in screenings else None for i in wanted]
    return ComparedApplicants(
        applicants=tuple(_applicant(found[i], screenings.get(i)) for i in wanted),
        comparison=compare_applicants(role=version.role, results=results),
    )


def _applicant(row: Application, screening: ScreeningView | None) -> ComparedApplicant:
    result = screening.result if screening else None
    return ComparedApplicant(
        id=row.pk,
        name=str(row.person),
        stage=row.stage.name,
        status=row.status,
        applied_at=row.applied_at,
        score=None if row.score is None else float(row.score),
        score_low=float(row.score_low or 0),
        score_high=float(row.score_high or 0),
        employment=result.employment[:MOST_EMPLOYMENTS] if result else (),
        flags=result.flags if result else (),
        rules_version=result.rules_version if result else "",
        is_screened=row.score is not None and result is not None,
    )
