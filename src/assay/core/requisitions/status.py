"""The words for where a requisition stands, why it was raised, and how far readiness binds it."""

from enum import StrEnum


class RequisitionStatus(StrEnum):
    """Where a requisition stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class RequisitionReason(StrEnum):
    """Why somebody is needed."""

    GROWTH = "growth"
    BACKFILL = "backfill"
    CONVERSION = "conversion"
    PROJECT = "project"


class ReadinessGate(StrEnum):
    """What a readiness result that says "prepare first", or none at all, does to a requisition."""

    OFF = "off"
    WARN = "warn"
    BLOCK = "block"

    @property
    def fact(self) -> str:
        """Write it as a fact that an approval rests on: ``required``, ``advised`` or ``not asked``."""
        return {"off": "not asked", "warn": "advised", "block": "required"}[self.value]
