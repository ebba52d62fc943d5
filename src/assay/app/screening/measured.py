"""Measurements as a profile reads them: the current screening's, and every rating of a handed-in scorecard."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from assay.app.screening.models import Measurement
from assay.core.evidence.measurement import Evidence, Observer


@dataclass(frozen=True, slots=True)
class MeasurementView:
    """One measurement: a level (0-4), its reliability (0-1), who observed it, and the words it stands on.

    A rating has ``rating_id``, ``scorecard_id``, ``interview_id`` and its author; what screening read ``document_id``.
    """

    id: int
    application_id: int
    competency: str
    level: float
    reliability: float
    observer: Observer
    evidence: tuple[Evidence, ...]
    observed_at: datetime
    observed_by_id: int | None
    observed_by: str
    document_id: int | None
    rating_id: int | None
    scorecard_id: int | None
    interview_id: int | None


def list_measurements(*, application_ids: Collection[int]) -> dict[int, tuple[MeasurementView, ...]]:
    """Return what counts now for each of these applications that has a measurement, in one statement.

    Asks no one's permission and hides nothing: whoever shows them leaves out the ratings that are closed to the reader.
    """
    rows = (
        Measurement.objects.select_related("screening", "observed_by", "rating__scorecard")
        .filter(Q(screening__isnull=True) | Q(screening__is_current=True), application_id__in=list(application_ids))
        .order_by("application_id", "competency", "id")
    )
    found: dict[int, list[MeasurementView]] = defaultdict(list)
    for row in rows:
        found[row.application_id].append(_view(row))
    return {application_id: tuple(views) for application_id, views in found.items()}


def _view(row: Measurement) -> MeasurementView:
    card = row.rating.scorecard if row.rating else None
    return MeasurementView(
        id=row.pk,
        application_id=row.application_id,
        competency=row.competency,
        level=float(row.level),
        reliability=float(row.reliability),
        observer=Observer(row.observer),
        evidence=tuple(Evidence(item["quote"], item["page"], item["start"], item["end"]) for item in row.evidence),
        observed_at=row.created_at,
        observed_by_id=row.observed_by_id,
        observed_by=row.observed_by.display_name if row.observed_by else "",
        document_id=row.screening.document_id if row.screening else None,
        rating_id=row.rating_id,
        scorecard_id=card.pk if card else None,
        interview_id=card.interview_id if card else None,
    )
