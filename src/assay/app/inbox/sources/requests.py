"""Requests to hire that wait for a word, and assessments of readiness that wait for answers."""

from collections.abc import Iterator

from django.urls import reverse

from assay.app.inbox.asking import Asked
from assay.app.readiness.queries import list_due
from assay.app.requisitions.listing import list_waiting
from assay.core.inbox.items import Item, ItemKind


def approval_items(asked: Asked) -> Iterator[Item]:
    """Yield the requests that whoever asks is to approve."""
    for row in list_waiting(actor=asked.user):
        yield Item(
            key=f"approval:requisition:{row.id}",
            kind=ItemKind.APPROVAL,
            title=row.title or row.code,
            about=f"{row.code}, step “{row.step}”, asked by {row.submitted_by}",
            href=reverse("requisitions:requisition", args=[row.id]),
            verb="Look and approve",
            since=row.submitted_at,
        )


def readiness_items(asked: Asked) -> Iterator[Item]:
    """Yield the assessments on which the sheet of whoever asks is due."""
    for row in list_due(actor=asked.user):
        yield Item(
            key=f"readiness:assessment:{row.id}",
            kind=ItemKind.READINESS,
            title=row.subject,
            about=f"Asked by {row.made_by}" + (f", {row.team}" if row.team else ""),
            href=reverse("readiness:answer", args=[row.id]),
            verb="Answer",
            since=row.made_at,
        )
