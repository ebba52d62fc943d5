"""What the outside may read: adverts that are up. Asks no one's permission, because these are published."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from assay.app.postings.models import Publication
from assay.app.postings.rules import load_rules
from assay.app.postings.writing import draft_from_content
from assay.core.pipeline.status import JobStatus
from assay.core.postings.advert import Advert, WorkPlace

MOST_OPENINGS = 500


@dataclass(frozen=True, slots=True)
class Opening:
    """An advert that is up, or was: ``taken_down_at`` says since when it is not.

    ``job_id`` is the job that takes applications through the form here; None where none does.
    """

    slug: str
    advert: Advert
    first_published_at: datetime
    published_at: datetime
    taken_down_at: datetime | None
    job_id: int | None = None


@dataclass(frozen=True, slots=True)
class Door:
    """The way in for applicants to one job: through which publication they came, and the places the job is in.

    ``job_id`` is None when nobody can apply here (any more); ``is_up`` tells whether the advert is still out.
    """

    slug: str
    publication_id: int
    job_id: int | None
    title: str
    organisation: str
    places: tuple[str, ...]
    is_up: bool


def list_openings() -> tuple[Opening, ...]:
    """Return the adverts that are up and listed, the newest first."""
    rows = Publication.objects.filter(taken_down_at__isnull=True, is_listed=True)
    ordered = rows.order_by("-published_at", "-id").select_related("advert__job", "advert__requisition__job")
    return tuple(_opening(row, row.published_at) for row in ordered[:MOST_OPENINGS])


def get_opening(*, slug: str) -> Opening | None:
    """Return the advert at a public address as it is up or was last, or ``None`` where there never was one."""
    row = _latest(slug)
    if row is None:
        return None
    first = Publication.objects.filter(slug=slug).order_by("number").values_list("published_at", flat=True)[0]
    return _opening(row, first)


def get_door(*, slug: str) -> Door | None:
    """Return the way in at a public address, or ``None`` where there never was an advert."""
    row = _latest(slug)
    if row is None:
        return None
    advert = draft_from_content(row.content).advert
    is_up = row.taken_down_at is None
    return Door(
        slug=slug,
        publication_id=row.pk,
        job_id=_open_job(row) if is_up else None,
        title=advert.title,
        organisation=advert.terms.organisation,
        places=_places(advert),
        is_up=is_up,
    )


def find_slug(*, job_id: int) -> str:
    """Return the address part of the advert through which people apply to a job; empty while none is up."""
    row = _publications_of(job_id).filter(taken_down_at__isnull=True).first()
    return row.slug if row else ""


def find_public_title(*, job_id: int) -> str:
    """Return the title under which a job was advertised last, whether or not that is still up; empty where it never
    was. A job's own title is for the inside."""
    row = _publications_of(job_id).first()
    return draft_from_content(row.content).advert.title if row else ""


def last_change() -> datetime | None:
    """Return when the list of openings last changed, or ``None`` while nothing was ever published."""
    times = Publication.objects.order_by("-published_at").values_list("published_at", flat=True)[:1]
    downs = Publication.objects.exclude(taken_down_at=None).order_by("-taken_down_at")
    found = [*times, *(at for at in downs.values_list("taken_down_at", flat=True)[:1] if at is not None)]
    return max(found, default=None)


def _publications_of(job_id: int) -> QuerySet[Publication]:
    """Return what was published for a job, the newest first: adverts of its own, or of the request it was opened by."""
    rows = Publication.objects.filter(Q(advert__job=job_id) | Q(advert__requisition__job=job_id))
    return rows.order_by("-published_at", "-id")


def _latest(slug: str) -> Publication | None:
    rows = Publication.objects.filter(slug=slug).select_related("advert__job", "advert__requisition__job")
    return rows.order_by("-number").first()


def _open_job(row: Publication) -> int | None:
    requisition = row.advert.requisition
    job = row.advert.job or (requisition.job if requisition is not None else None)
    return job.pk if job is not None and job.status == JobStatus.OPEN else None


def _places(advert: Advert) -> tuple[str, ...]:
    """Return the places whose rules ask something of this job, as countries and states."""
    terms, groups = advert.terms, load_rules().pay_law.groups
    named = [place.code for place in terms.locations]
    if terms.work_place is WorkPlace.REMOTE:
        named += [code for name in terms.applicants_from for code in groups.get(name, (name,))]
    return tuple(dict.fromkeys(named))


def _opening(row: Publication, first: datetime) -> Opening:
    return Opening(
        slug=row.slug,
        advert=draft_from_content(row.content).advert,
        first_published_at=first,
        published_at=row.published_at,
        taken_down_at=row.taken_down_at,
        job_id=_open_job(row),
    )
