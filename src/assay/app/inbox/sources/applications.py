"""Applications: those to review, a line a job, and each that needs an interview, a decision or an offer."""

from collections.abc import Iterator

from django.urls import reverse

from assay.app.inbox.asking import Asked
from assay.app.pipeline.queries.work import list_review_loads, list_work
from assay.core.inbox.items import Item, ItemKind
from assay.core.pipeline.work_state import WorkState

_KINDS = {
    WorkState.SCHEDULING: (ItemKind.SCHEDULING, "Arrange it", "interviewing:of_application"),
    WorkState.DECISION: (ItemKind.DECISION, "Decide", "review:application"),
    WorkState.OFFER: (ItemKind.OFFER, "Go on", "review:application"),
}


def application_items(asked: Asked) -> Iterator[Item]:
    """Yield the applications that wait for a step of whoever asks."""
    for load in list_review_loads(actor=asked.user, whole_team=asked.whole_team):
        yield Item(
            key=f"review:job:{load.job_id}",
            kind=ItemKind.REVIEW,
            title=f"{load.count} to review" if load.count > 1 else "One to review",
            about=load.job_title,
            href=reverse("review:queue", args=[load.job_id]),
            verb="Review",
            since=load.since,
            yellow_at=load.yellow_at,
            due_at=load.due_at,
            count=load.count,
        )
    for row in list_work(actor=asked.user, whole_team=asked.whole_team):
        kind, verb, page = _KINDS[row.state]
        yield Item(
            key=f"{row.state.value}:application:{row.application_id}",
            kind=kind,
            title=row.name,
            about=f"{row.job_title}, {row.stage}",
            href=reverse(page, args=[row.application_id]),
            verb=verb,
            since=row.since,
            yellow_at=row.yellow_at,
            due_at=row.due_at,
            is_paused=row.is_paused,
        )
