"""The only writer of measurements that a person made: ratings of handed-in scorecards."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import transaction

from assay.app.screening.models import Measurement
from assay.core.evidence.measurement import Measurement as MeasurementValue


@dataclass(frozen=True, slots=True)
class RatedMeasurement:
    """A measurement with the rating it came from."""

    rating_id: int
    measured: MeasurementValue


@transaction.atomic
def store_ratings(*, application_id: int, observed_by_id: int, ratings: Sequence[RatedMeasurement]) -> None:
    """Keep ratings as measurements of an application, in the caller's transaction. A rating is kept once.

    The caller has checked access and records the card that they belong to.
    """
    Measurement.objects.bulk_create(
        Measurement(
            application_id=application_id,
            competency=one.measured.competency,
            level=Decimal(f"{one.measured.level:.3f}"),
            reliability=Decimal(f"{one.measured.reliability:.3f}"),
            observer=one.measured.observer.value,
            rating_id=one.rating_id,
            observed_by_id=observed_by_id,
            evidence=[asdict(quote) for quote in one.measured.evidence],
        )
        for one in ratings
    )
