"""A measurement that a person made, with the rating of a scorecard that it came from."""

from dataclasses import dataclass

from assay.core.evidence.measurement import Measurement


@dataclass(frozen=True, slots=True)
class RatedMeasurement:
    """A measurement and the id of the rating it came from."""

    rating_id: int
    measured: Measurement
