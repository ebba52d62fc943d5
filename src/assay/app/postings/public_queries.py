"""What the outside may read: adverts that are up. Asks no one's permission, because these are published."""

from dataclasses import dataclass
from datetime import datetime

from assay.app.postings.models import Publication
from assay.app.postings.writing import draft_from_content
from assay.core.postings.advert import Advert

MOST_OPENINGS = 500


@dataclass(frozen=True, slots=True)
class Opening:
    """An advert that is up, or was: ``taken_down_at`` says since when it is not."""

    slug: str
    advert: Advert
    first_published_at: datetime
    published_at: datetime
    taken_down_at: datetime | None


def list_openings() -> tuple[Opening, ...]:
    """Return the adverts that are up and listed, the newest first."""
    rows = Publication.objects.filter(taken_down_at__isnull=True, is_listed=True)
    return tuple(_opening(row, row.published_at) for row in rows.order_by("-published_at", "-id")[:MOST_OPENINGS])


def get_opening(*, slug: str) -> Opening | None:
    """Return the advert at a public address as it is up or was last, or ``None`` where there never was one."""
    row = Publication.objects.filter(slug=slug).order_by("-number").first()
    if row is None:
        return None
    first = Publication.objects.filter(slug=slug).order_by("number").values_list("published_at", flat=True)[0]
    return _opening(row, first)


def last_change() -> datetime | None:
    """Return when the list of openings last changed, or ``None`` while nothing was ever published."""
    times = Publication.objects.order_by("-published_at").values_list("published_at", flat=True)[:1]
    downs = Publication.objects.exclude(taken_down_at=None).order_by("-taken_down_at")
    found = [*times, *(at for at in downs.values_list("taken_down_at", flat=True)[:1] if at is not None)]
    return max(found, default=None)


def _opening(row: Publication, first: datetime) -> Opening:
    return Opening(
        slug=row.slug,
        advert=draft_from_content(row.content).advert,
        first_published_at=first,
        published_at=row.published_at,
        taken_down_at=row.taken_down_at,
    )
