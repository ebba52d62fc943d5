"""Promises to candidates: taken from the review clock, kept by word or deed, replaced before they break."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from assay.app.clocks.models import Promise
from assay.app.clocks.rulebook import load_rulebook
from assay.app.clocks.rules import shipped_limits
from assay.app.pipeline.queries.waits import list_standing_facts
from assay.core.clocks.kinds import ClockKind
from assay.core.clocks.timing import time_clock


@transaction.atomic
def promise_reply(*, application_id: int, now: datetime) -> datetime:
    """Promise a candidate, in the transaction that takes their application, by when they hear; return the moment.

    It is when the review of the application is due: the same clock that those who review look at. An open promise is
    given again as it stands. No access check: whoever applies asks. Raises ``ValueError`` for an unknown application.
    """
    known = open_promises().filter(application_id=application_id).first()
    if known is not None:
        return known.promised_at
    standings = list_standing_facts(application_ids=[application_id])
    if not standings:
        raise ValueError("There is no such application.")
    promised = review_due(job_id=standings[0].job_id, stage_id=standings[0].stage_id, since=now)
    Promise.objects.create(application_id=application_id, kind=ClockKind.REVIEW, promised_at=promised, made_at=now)
    return promised


def review_due(*, job_id: int, stage_id: int, since: datetime) -> datetime:
    """Return when a review that begins at ``since`` is due, under the shipped limit where reviews have no clock."""
    setting = load_rulebook(now=since).setting(kind=ClockKind.REVIEW, job_id=job_id, stage_id=stage_id)
    timing = time_clock(started_at=since, pauses=(), limit=setting.limit, ruler=setting.ruler)
    return timing.due_at or since + shipped_limits()[ClockKind.REVIEW].amount


def keep_promises(*, told: Mapping[int, datetime], ended: Mapping[int, datetime]) -> None:
    """Note open promises as kept, of applications about which something was told or that ended since they were made."""
    moments = {**ended, **told}
    if not moments:
        return
    for row in open_promises().filter(application_id__in=list(moments)).select_for_update():
        at = moments[row.application_id]
        if at >= row.made_at:
            row.kept_at = at
            row.broken_at = row.broken_at or (row.promised_at if at > row.promised_at else None)
            row.save(update_fields=["kept_at", "broken_at"])


def open_promises() -> QuerySet[Promise]:
    """Return the promises that are neither kept nor replaced."""
    return Promise.objects.filter(kept_at__isnull=True, replaced_at__isnull=True)
