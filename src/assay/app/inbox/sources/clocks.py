"""Candidates who wait for an answer, what they ask for, stays that are too long, and clocks that nobody explained."""

from collections.abc import Iterator

from django.urls import reverse

from assay.app.clocks.queries.views import ClockView
from assay.app.clocks.queries.waiting import list_reasons_owed, list_waiting
from assay.app.inbox.asking import Asked
from assay.core.clocks.kinds import ClockKind
from assay.core.inbox.items import Item, ItemKind

_KINDS = {
    ClockKind.REPLY: (ItemKind.REPLY, "Answer", "messaging:of_application"),
    ClockKind.REQUEST: (ItemKind.REQUEST, "See to it", "applying:request"),
    ClockKind.STAGE: (ItemKind.STAGE, "Look", "review:application"),
}
MOST_REASONS = 20


def clock_items(asked: Asked) -> Iterator[Item]:
    """Yield the clocks of whoever asks that no other source tells of."""
    for row in list_waiting(user=asked.user, now=asked.now, kinds=tuple(_KINDS)):
        kind, verb, page = _KINDS[row.kind]
        is_request = row.kind is ClockKind.REQUEST
        yield Item(
            key=f"{row.kind.value}:{row.application_id}:{row.subject}",
            kind=kind,
            title=row.name,
            about=f"{row.job_title}, {row.stage}",
            href=reverse(page, args=[int(row.subject) if is_request else row.application_id]),
            verb=verb,
            since=row.started_at,
            yellow_at=row.yellow_at,
            due_at=row.due_at,
            is_paused=row.is_paused,
        )
    for row in list_reasons_owed(user=asked.user, now=asked.now, limit=MOST_REASONS):
        yield _reason(row, is_own=row.owner_id == asked.user.pk)


def _reason(row: ClockView, *, is_own: bool) -> Item:
    owed = "" if is_own or not row.owner else f", owed by {row.owner}"
    return Item(
        key=f"reason:clock:{row.application_id}:{row.kind.value}:{row.subject}:{int(row.started_at.timestamp())}",
        kind=ItemKind.REASON,
        title=f"{row.label}: {row.name}",
        about=f"{row.job_title}, {row.time_words}{owed}",
        href=reverse("clocks:reason", args=[row.id]),
        verb="Say why",
        since=row.stopped_at,
    )
