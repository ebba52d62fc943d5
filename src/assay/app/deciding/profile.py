"""Everything about one application on one page, and what else the same person applied to."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils import timezone

from assay.app.deciding.desk import Candidate
from assay.app.deciding.history import Happening, Stay, Which, list_history, list_stays
from assay.app.deciding.sheet import Sheet, lay_sheet
from assay.app.documents.queries import DocumentView, get_document, list_documents
from assay.app.evidence.queries import get_profile as get_known
from assay.app.evidence.view import ProfileView
from assay.app.pipeline.queries.jobs import PinnedJob, list_jobs_to_add_to
from assay.app.pipeline.queries.persons import PersonApplication, list_applications_of
from assay.app.screening.queries import ScreeningView, get_previous_screening, is_screening_awaited
from assay.core.screening.result import Claim, CompetencyResult, Employment
from assay.platform.accounts.models import User


class Tab(StrEnum):
    """The parts of the profile."""

    EVIDENCE = "evidence"
    DOCUMENTS = "documents"
    HISTORY = "history"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ShownCompetency:
    """A competency with the claims it stands on, strongest first."""

    result: CompetencyResult
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class OtherApplication:
    """Another application of the same person that the one who looks may see. ``link`` says how the two belong
    together, when a transfer made one of the other."""

    application_id: int
    job_title: str
    stage: str
    status: str
    applied_at: datetime
    score: float | None
    link: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What the profile shows below its header. ``known`` is worked out for the tab of the evidence alone."""

    known: ProfileView | None
    competencies: tuple[ShownCompetency, ...]
    loose_claims: tuple[Claim, ...]
    previous: ScreeningView | None
    is_screening: bool
    documents: tuple[DocumentView, ...]
    sheet: Sheet | None
    history: tuple[Happening, ...]
    stays: tuple[Stay, ...]
    others: tuple[OtherApplication, ...]
    jobs_to_add_to: tuple[PinnedJob, ...]
    positions: tuple[tuple[str, str], ...]


def get_profile(
    *, actor: User, candidate: Candidate, tab: Tab, document_id: int | None, which: Which = Which.ALL
) -> Profile:
    """Return what stands behind a candidate that the actor was already allowed to see."""
    documents = list_documents(application_id=candidate.application_id)
    result = candidate.screening.result if candidate.screening else None
    claims = {claim.id: claim for claim in result.claims} if result else {}
    competencies = tuple(
        ShownCompetency(item, tuple(sorted((claims[n] for n in item.claim_ids if n in claims), key=_strongest_first)))
        for item in (result.competencies if result else ())
    )
    used = {claim.id for shown in competencies for claim in shown.claims}
    return Profile(
        known=get_known(actor=actor, application_id=candidate.application_id) if tab is Tab.EVIDENCE else None,
        competencies=competencies,
        loose_claims=tuple(claim for claim in claims.values() if claim.id not in used),
        previous=get_previous_screening(application_id=candidate.application_id),
        is_screening=is_screening_awaited(application_id=candidate.application_id),
        documents=documents,
        sheet=_sheet(candidate, documents, document_id) if tab is Tab.DOCUMENTS else None,
        history=_history(candidate, which) if tab is Tab.HISTORY else (),
        stays=_stays(candidate) if tab is Tab.HISTORY else (),
        others=_others(actor, candidate),
        jobs_to_add_to=list_jobs_to_add_to(actor=actor, besides=candidate.job_id) if tab is Tab.OTHER else (),
        positions=tuple(_position(item) for item in (result.employment if result else ())),
    )


def _position(item: Employment) -> tuple[str, str]:
    ended = "now" if item.is_current else item.ended or "end not given"
    dates = f"{item.started or 'start not given'} – {ended}" if item.started or item.ended or item.is_current else ""
    place = ", ".join(part for part in (item.title, item.employer) if part)
    return dates or "dates not given", place or "position not named"


def _strongest_first(claim: Claim) -> tuple[float, int]:
    return (-claim.points, claim.id)


def _sheet(candidate: Candidate, documents: tuple[DocumentView, ...], document_id: int | None) -> Sheet | None:
    if not documents:
        return None
    screened = candidate.screening.document_id if candidate.screening else documents[-1].id
    chosen = document_id if document_id in {document.id for document in documents} else screened
    result = candidate.screening.result if candidate.screening and chosen == screened else None
    return lay_sheet(document=get_document(document_id=chosen), result=result, as_text=False)


def _history(candidate: Candidate, which: Which) -> tuple[Happening, ...]:
    return list_history(
        application_id=candidate.application_id,
        person_id=candidate.person_id,
        with_decisions=candidate.rights.can_see_decisions,
        with_messages=candidate.rights.can_see_messages,
        which=which,
    )


def _stays(candidate: Candidate) -> tuple[Stay, ...]:
    return list_stays(
        application_id=candidate.application_id,
        job_id=candidate.job_id,
        stage_id=candidate.stage.stage_id,
        since=candidate.waits_since,
        now=timezone.now(),
    )


def _others(actor: User, candidate: Candidate) -> tuple[OtherApplication, ...]:
    rows = list_applications_of(actor=actor, person_id=candidate.person_id)
    came_from = next((row.transferred_from for row in rows if row.application_id == candidate.application_id), None)
    return tuple(
        OtherApplication(
            application_id=row.application_id,
            job_title=row.job_title,
            stage=row.stage,
            status=row.status,
            applied_at=row.applied_at,
            score=row.score,
            link=_link(candidate, row, came_from),
        )
        for row in rows
        if row.application_id != candidate.application_id
    )


def _link(candidate: Candidate, row: PersonApplication, came_from: int | None) -> str:
    if row.transferred_from == candidate.application_id:
        return "this one went on there"
    return "this one came from there" if came_from == row.application_id else ""
