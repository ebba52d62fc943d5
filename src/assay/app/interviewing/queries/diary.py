"""When people hold interviews: for warnings of clashes."""

from collections.abc import Sequence
from datetime import timedelta

from assay.app.interviewing.models import Panelist
from assay.core.interviewing.states import InterviewState
from assay.core.interviewing.timing import LONGEST, Busy, Span


def list_busy(*, around: Span, user_ids: Sequence[int], except_id: int | None) -> tuple[Busy, ...]:
    """Return the scheduled interviews of these people that touch ``around``, whatever their job. Says no names."""
    seats = Panelist.objects.select_related("interview").filter(
        user_id__in=list(user_ids),
        excused_at__isnull=True,
        interview__state=InterviewState.SCHEDULED,
        interview__starts_at__lt=around.ends_at,
        interview__starts_at__gt=around.starts_at - timedelta(minutes=LONGEST),
        interview__ends_at__gt=around.starts_at,
    )
    return tuple(
        Busy(seat.user_id, Span(seat.interview.starts_at, seat.interview.ends_at))
        for seat in seats
        if seat.interview_id != except_id
    )
