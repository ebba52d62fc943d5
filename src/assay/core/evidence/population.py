"""What is believed of somebody before anything was seen: that they are one of the people who apply for such a seat."""

from collections.abc import Mapping
from dataclasses import dataclass

from assay.core.evidence.profile import Prior


@dataclass(frozen=True, slots=True)
class PopulationRules:
    """The applicants for a seat: middle and spread by its level, and how far they stand off in each competency.

    ``sent_on`` (levels) is how much higher those stand whom a person sent on to the interviews.
    """

    seniorities: Mapping[str, Prior]
    competencies: Mapping[str, float]
    sent_on: float


def prior_for(*, rules: PopulationRules, seniority: str, competency: str, is_sent_on: bool) -> Prior:
    """Return the belief beforehand about one competency of an applicant for a seat of this level.

    ``is_sent_on`` is for what the document they were sent on for says nothing about: choosing on evidence that is
    itself counted changes nothing further, choosing on anything else does.
    Raises ``KeyError`` for an unknown level of seat.
    """
    usual = rules.seniorities[seniority]
    middle = usual.middle + rules.competencies.get(competency, 0.0) + (rules.sent_on if is_sent_on else 0.0)
    return Prior(middle=round(middle, 3), spread=usual.spread)
