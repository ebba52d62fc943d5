"""The only readers of adverts and their publications, for those who write them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import Http404
from django.urls import reverse

from assay.app.postings.models import Advert, Publication
from assay.app.postings.standing import find_advert, may_edit, visible_adverts
from assay.app.postings.writing import Draft, draft_from_content
from assay.app.requisitions.steps import StepResult, StepState
from assay.app.requisitions.visibility import is_confidential as is_secret
from assay.core.postings.finding import Severity
from assay.platform.accounts.models import User

MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class AdvertRow:
    """An advert in a list. ``state`` is draft, published or taken_down; the counts are those of the last change."""

    id: int
    title: str
    state: str
    requisition_code: str
    requisition_id: int | None
    is_confidential: bool
    is_changed_since: bool
    counts: Mapping[str, int]
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class PublicationView:
    """One version of an advert as it went out, with what stood against it."""

    id: int
    number: int
    slug: str
    draft: Draft
    is_listed: bool
    reason: str
    open_musts: tuple[str, ...]
    published_by: str
    published_at: datetime
    taken_down_by: str
    taken_down_at: datetime | None
    is_replaced: bool

    @property
    def is_up(self) -> bool:
        """Whether the outside can read it now."""
        return self.taken_down_at is None


@dataclass(frozen=True, slots=True)
class AdvertView:
    """An advert as its editor shows it, with its publications, the newest first."""

    id: int
    title: str
    draft: Draft
    revision: int
    requisition_id: int | None
    requisition_code: str
    job_id: int | None
    role_version_id: int | None
    role_label: str
    is_confidential: bool
    may_edit: bool
    changed_by: str
    changed_at: datetime
    publications: tuple[PublicationView, ...]

    @property
    def up(self) -> PublicationView | None:
        """The publication that the outside reads, if there is one."""
        return next((one for one in self.publications if one.is_up), None)


def list_adverts(*, actor: User, requisition_id: int | None = None) -> tuple[AdvertRow, ...]:
    """Return the adverts that ``actor`` may see, the last changed first; those of one requisition if named."""
    newest = Publication.objects.filter(advert=OuterRef("pk")).order_by("-number")
    rows = visible_adverts(actor=actor).select_related("requisition__job", "job", "updated_by", "created_by")
    if requisition_id is not None:
        rows = rows.filter(requisition_id=requisition_id)
    rows = rows.defer("content", "requisition__problem", "requisition__job__problem", "job__problem").annotate(
        last_published_at=Subquery(newest.values("published_at")[:1]),
        last_taken_down_at=Subquery(newest.values("taken_down_at")[:1]),
    )
    return tuple(_row(row) for row in rows.order_by("-updated_at", "-id")[:MOST_ROWS])


def get_advert(*, actor: User, advert_id: int) -> AdvertView:
    """Return an advert with its publications; raises ``Http404`` for one that ``actor`` may not see."""
    row = find_advert(actor=actor, advert_id=advert_id)
    role = row.role_version
    return AdvertView(
        id=row.pk,
        title=row.title,
        draft=draft_from_content(row.content),
        revision=row.revision,
        requisition_id=row.requisition_id,
        requisition_code=row.requisition.code if row.requisition else "",
        job_id=row.job_id,
        role_version_id=row.role_version_id,
        role_label=f"{role.title}, version {role.version}" if role else "",
        is_confidential=is_confidential(row),
        may_edit=may_edit(actor=actor, advert=row),
        changed_by=(row.updated_by or row.created_by).display_name,
        changed_at=row.updated_at,
        publications=_publications(row.publications.select_related("published_by", "taken_down_by")),
    )


def get_publication(*, actor: User, advert_id: int, number: int) -> PublicationView:
    """Return one publication of an advert; raises ``Http404`` for one that ``actor`` may not see."""
    view = get_advert(actor=actor, advert_id=advert_id)
    found = next((one for one in view.publications if one.number == number), None)
    if found is None:
        raise Http404("There is no such publication.")
    return found


def is_confidential(row: Advert) -> bool:
    """Return whether an advert belongs to a confidential requisition or job."""
    of_requisition = row.requisition is not None and is_secret(requisition=row.requisition)
    return of_requisition or (row.job is not None and row.job.is_confidential)


def latest_for_requisition(*, requisition_id: int) -> StepResult | None:
    """Return how the posting of a requisition stands: what is published, else the draft that was changed last."""
    rows = Advert.objects.filter(requisition_id=requisition_id).select_related("updated_by", "created_by")
    newest = Publication.objects.filter(advert=OuterRef("pk"), taken_down_at__isnull=True)
    rows = rows.annotate(up_since=Subquery(newest.values("published_at")[:1])).defer("content")
    row = rows.order_by(F("up_since").desc(nulls_last=True), "-updated_at", "-id").first()
    if row is None:
        return None
    is_up = row.up_since is not None
    musts = f"{row.musts} must{'s' if row.musts != 1 else ''} open"
    headline = "Advert published" if is_up else f"Draft, {musts}" if row.musts else "Draft, ready to publish"
    state = StepState.DONE if is_up else StepState.WARN if row.musts else StepState.OPEN
    counts = ", ".join(f"{count} {name}" for name, count in _counts(row).items() if count)
    return StepResult(
        headline=headline,
        lines=(f"“{row.title}”.", f"Open findings: {counts}." if counts else "The check found nothing to change."),
        url=reverse("postings:advert", args=[row.pk]),
        state=state,
        made_by=(row.updated_by or row.created_by).display_name,
        made_at=row.up_since if is_up else row.updated_at,
        facts={"published": "yes" if is_up else "no"},
    )


def _row(row: Any) -> AdvertRow:
    is_up = row.last_published_at is not None and row.last_taken_down_at is None
    return AdvertRow(
        id=row.pk,
        title=row.title,
        state="published" if is_up else "taken_down" if row.last_published_at is not None else "draft",
        requisition_code=row.requisition.code if row.requisition else "",
        requisition_id=row.requisition_id,
        is_confidential=is_confidential(row),
        is_changed_since=is_up and row.updated_at > row.last_published_at,
        counts=_counts(row),
        changed_by=(row.updated_by or row.created_by).display_name,
        changed_at=row.updated_at,
    )


def _counts(row: Advert) -> Mapping[str, int]:
    return dict(zip((one.value for one in Severity), (row.musts, row.shoulds, row.considers), strict=True))


def _publications(rows: QuerySet[Publication]) -> tuple[PublicationView, ...]:
    made, newer_from = [], None
    for row in rows.order_by("-number"):
        made.append(
            PublicationView(
                id=row.pk,
                number=row.number,
                slug=row.slug,
                draft=draft_from_content(row.content),
                is_listed=row.is_listed,
                reason=row.reason,
                open_musts=tuple(row.open_musts),
                published_by=row.published_by.display_name,
                published_at=row.published_at,
                taken_down_by=row.taken_down_by.display_name if row.taken_down_by else "",
                taken_down_at=row.taken_down_at,
                is_replaced=row.taken_down_at is not None and row.taken_down_at == newer_from,
            )
        )
        newer_from = row.published_at
    return tuple(made)
