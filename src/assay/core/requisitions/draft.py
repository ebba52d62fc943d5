"""What somebody fills in about a requisition, and what keeps it from being stored."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assay.core.requisitions.status import ReadinessGate, RequisitionReason

LONGEST_TITLE = 200
LONGEST_PROBLEM = 10_000
LONGEST_TEAM = 120
LONGEST_LOCATION = 200
MOST_HEADCOUNT = 200
LARGEST_BUDGET = Decimal(10) ** 11
_SHORT_TITLE = 70


class DraftError(ValueError):
    """Raised when a requisition cannot be stored as asked; ``field`` says which input to change."""

    def __init__(self, *, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class RequisitionDraft:
    """The request itself. ``budget`` is for a year and for all openings together, in ``currency``."""

    title: str
    problem: str = ""
    team: str = ""
    location: str = ""
    reason: RequisitionReason = RequisitionReason.GROWTH
    headcount: int = 1
    needed_by: date | None = None
    budget: Decimal | None = None
    currency: str = "USD"
    is_confidential: bool = False
    readiness_gate: ReadinessGate = ReadinessGate.BLOCK


def title_from(*, problem: str) -> str:
    """Return a working title for a problem: its first line, cut at a word."""
    line = next((line.strip() for line in problem.splitlines() if line.strip()), "")
    if len(line) <= _SHORT_TITLE:
        return line
    return line[:_SHORT_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def check_draft(*, draft: RequisitionDraft, today: date, old_needed_by: date | None = None) -> None:
    """Raise ``DraftError`` for the first thing that cannot be stored. A day that was there already may have passed."""
    _check_texts(draft)
    if not 1 <= draft.headcount <= MOST_HEADCOUNT:
        raise DraftError(field="headcount", message=f"Between 1 and {MOST_HEADCOUNT} people fit in one request.")
    if draft.budget is not None and not 0 < draft.budget <= LARGEST_BUDGET:
        raise DraftError(field="budget", message="Write the budget as a sum of money above 0, such as 250000.")
    if not (len(draft.currency) == 3 and draft.currency.isascii() and draft.currency.isupper()):
        raise DraftError(field="currency", message="Name the currency by its three letters, such as EUR.")
    if draft.needed_by is not None and draft.needed_by < today and draft.needed_by != old_needed_by:
        raise DraftError(field="needed_by", message="This day has passed. Choose one to come, or leave it empty.")


def _check_texts(draft: RequisitionDraft) -> None:
    if not 1 <= len(draft.title) <= LONGEST_TITLE:
        raise DraftError(field="title", message=f"Give the request a title of 1 to {LONGEST_TITLE} characters.")
    limits = (("problem", LONGEST_PROBLEM), ("team", LONGEST_TEAM), ("location", LONGEST_LOCATION))
    for field, most in limits:
        if len(getattr(draft, field)) > most:
            raise DraftError(field=field, message=f"At most {most:,} characters fit here.")
