"""The only readers of screenings."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from assay.app.screening.models import Screening
from assay.app.screening.stored_result import decode_result
from assay.core.screening.result import ScreeningResult
from assay.platform.audit.models import Event

REQUESTED, FINISHED = "application.screening_requested", "application.screening_finished"


@dataclass(frozen=True, slots=True)
class ScreeningView:
    """A screening result with what it was made from."""

    id: int
    application_id: int
    document_id: int
    role_version_id: int
    role_version: str
    screened_at: datetime
    is_current: bool
    result: ScreeningResult


def get_current_screening(*, application_id: int) -> ScreeningView | None:
    """Return the screening that counts now, or None when nothing was screened."""
    row = Screening.objects.select_related("role").filter(application_id=application_id, is_current=True).first()
    return None if row is None else _view(row)


def list_current_screenings(*, application_ids: Collection[int]) -> dict[int, ScreeningView]:
    """Return the screening that counts now for each of these applications that has one, in one query."""
    rows = Screening.objects.select_related("role").filter(application_id__in=list(application_ids), is_current=True)
    return {row.application_id: _view(row) for row in rows}


def list_current_screening_ids(*, application_ids: Collection[int]) -> dict[int, int]:
    """Return the id of the screening that counts now for each of these applications that has one."""
    rows = Screening.objects.filter(application_id__in=list(application_ids), is_current=True)
    return dict(rows.values_list("application_id", "id"))


def get_previous_screening(*, application_id: int) -> ScreeningView | None:
    """Return the screening before the current one, so that old and new can stand side by side."""
    rows = Screening.objects.select_related("role").filter(application_id=application_id, is_current=False)
    row = rows.order_by("-id").first()
    return None if row is None else _view(row)


def is_screening_awaited(*, application_id: int) -> bool:
    """Tell whether somebody asked for a new screening that is not done yet."""
    events = Event.objects.filter(
        object_type="application", object_id=application_id, verb__in=[REQUESTED, FINISHED]
    ).order_by("-sequence")
    return events.values_list("verb", flat=True).first() == REQUESTED


def _view(row: Screening) -> ScreeningView:
    return ScreeningView(
        id=row.pk,
        application_id=row.application_id,
        document_id=row.document_id,
        role_version_id=row.role_id,
        role_version=str(row.role),
        screened_at=row.screened_at,
        is_current=row.is_current,
        result=decode_result(kept=row.result),
    )
