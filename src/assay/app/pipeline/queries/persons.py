"""One human with all their applications that the person asking may see."""

from datetime import date

from assay.app.pipeline.models import Application
from assay.core.pipeline.status import ApplicationStatus


def list_overdue_holds(*, today: date) -> tuple[int, ...]:
    """Return the applications whose hold ends today or ended before, the longest over first."""
    held = Application.objects.filter(status=ApplicationStatus.HELD, held_until__lte=today)
    return tuple(held.order_by("held_until", "pk").values_list("pk", flat=True))
