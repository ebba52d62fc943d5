"""A rating as a measurement: the level somebody saw, resting on the words they wrote down."""

from assay.core.evidence.measurement import Evidence, Measurement, Observer
from assay.core.evidence.profile import Trust


def measurement_of(*, competency: str, level: int, evidence: str, trust: Trust) -> Measurement:
    """Return a rating (0-4) as a measurement. Its one quote is the whole written text.

    The range of the quote counts characters of the interviewer's own text, which has no pages: its page is 1.
    Raises ``MeasurementWithoutEvidence`` for a level above 0 without a text.
    """
    quote = (Evidence(quote=evidence, page=1, start=0, end=len(evidence)),) if evidence else ()
    return Measurement(
        competency=competency,
        level=float(level),
        reliability=trust.reliability(observations=1),
        observer=Observer.INTERVIEW,
        evidence=quote,
    )
