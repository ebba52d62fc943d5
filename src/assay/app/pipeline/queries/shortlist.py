"""The shortlist of a job: whom people advanced; while nobody has been, the best ranked, said to be just that."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Min, OuterRef, QuerySet, Subquery

from assay.app.pipeline.models import Application, Stage
from assay.app.roles.queries import get_role_version
from assay.app.screening.queries import ScreeningView, list_current_screenings
from assay.core.pipeline.comparison import Quotation, strongest_quotes
from assay.core.pipeline.status import ApplicationStatus
from assay.core.roles.role import Role
from assay.core.screening.result import CompetencyResult, Flag, MustHaveResult, ScreeningStatus

MOST_LISTED = 60
MOST_RANKED = 10


@dataclass(frozen=True, slots=True)
class ShortlistedApplicant:
    """One person on a shortlist, with the evidence that a hiring manager reads."""

    number: int
    id: int
    name: str
    email: str
    phone: str
    location: str
    stage: str
    status: str
    applied_at: datetime
    score: float | None
    score_low: float
    score_high: float
    must_haves: tuple[MustHaveResult, ...]
    competencies: tuple[CompetencyResult, ...]
    quotes: tuple[Quotation, ...]
    flags: tuple[Flag, ...]
    rules_version: str
    latest_work: str


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Who is on it. ``is_reviewed`` is false when nobody advanced anyone and the list is only the ranking's top.

    ``total`` counts all who were advanced; at most sixty of them are listed.
    """

    applicants: tuple[ShortlistedApplicant, ...]
    is_reviewed: bool
    total: int
    role: Role


def get_shortlist(*, job_id: int, role_version_id: int) -> Shortlist:
    """Return a job's shortlist, furthest stage first, then by score. Whoever calls this has asked the policy."""
    version = get_role_version(role_version_id=role_version_id)
    if version is None:
        raise LookupError(f"role version {role_version_id} is gone although a job pins it")
    advanced = _advanced(job_id)
    rows = list(advanced[: MOST_LISTED + 1])
    total = len(rows) if len(rows) <= MOST_LISTED else advanced.count()
    is_reviewed = bool(rows)
    if not is_reviewed:
        rows = list(_best_ranked(job_id))
    screenings = list_current_screenings(application_ids=[row.pk for row in rows[:MOST_LISTED]])
    applicants = [_applicant(n, row, screenings.get(row.pk)) for n, row in enumerate(rows[:MOST_LISTED], 1)]
    return Shortlist(applicants=tuple(applicants), is_reviewed=is_reviewed, total=total, role=version.role)


def _advanced(job_id: int) -> QuerySet[Application]:
    first = Stage.objects.filter(job_id=OuterRef("job_id")).values("job_id").annotate(n=Min("position")).values("n")
    return (
        Application.objects.select_related("person", "stage")
        .defer("search", "submitted")
        .filter(job_id=job_id, status__in=[ApplicationStatus.ACTIVE, ApplicationStatus.HIRED])
        .filter(stage__position__gt=Subquery(first))
        .order_by(F("stage__position").desc(), "rank_key", "id")
    )


def _best_ranked(job_id: int) -> QuerySet[Application]:
    ranked = Application.objects.select_related("person", "stage").defer("search", "submitted")
    active = ranked.filter(job_id=job_id, status=ApplicationStatus.ACTIVE, score__isnull=False)
    return active.order_by("rank_key", "id")[:MOST_RANKED]


def _applicant(number: int, row: Application, screening: ScreeningView | None) -> ShortlistedApplicant:
    result = screening.result if screening and screening.result.status is ScreeningStatus.SCREENED else None
    work = result.employment[0] if result and result.employment else None
    return ShortlistedApplicant(
        number=number,
        id=row.pk,
        name=str(row.person),
        email=row.person.email,
        phone=row.person.phone,
        location=row.person.location,
        stage=row.stage.name,
        status=row.status,
        applied_at=row.applied_at,
        score=None if row.score is None else float(row.score),
        score_low=float(row.score_low or 0),
        score_high=float(row.score_high or 0),
        must_haves=result.must_haves if result else (),
        competencies=result.competencies if result else (),
        quotes=strongest_quotes(result=result) if result else (),
        flags=result.flags if result else (),
        rules_version=result.rules_version if result else "",
        latest_work=", ".join(part for part in (work.title, work.employer) if part) if work else "",
    )
