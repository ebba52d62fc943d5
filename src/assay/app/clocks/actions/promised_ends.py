"""What becomes of a promise when an application ends: told in another way, carried on by another, brought back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from assay.app.clocks.actions.promises import note_told, open_promises, reopen_promise
from assay.app.clocks.models import Promise
from assay.app.deciding.announcing import LetterChoice
from assay.core.deciding.decision import DecisionKind


def answer_decision(
    sender: object,
    *,
    application_id: int,
    kind: DecisionKind,
    letter: LetterChoice,
    goes_on: int | None = None,
    **more: object,
) -> None:
    """Let promises follow a decision in its transaction, which has locked the application."""
    del sender, more
    now = timezone.now()
    if kind is DecisionKind.REJECT and letter is LetterChoice.NONE:
        note_told(application_id=application_id, at=now)
    elif kind is DecisionKind.TRANSFER and goes_on is not None:
        carry_on(from_application_id=application_id, to_application_id=goes_on, now=now)
    elif kind is DecisionKind.UNDO:
        bring_back(application_id=application_id)
        reopen_promise(application_id=application_id)


@transaction.atomic
def carry_on(*, from_application_id: int, to_application_id: int, now: datetime) -> None:
    """Let the open promise of an application that ends bind the one that goes on; of two, the earlier moment holds.

    Both applications are locked. The promises that gave way keep which one took them over.
    """
    both = open_promises().filter(application_id__in=(from_application_id, to_application_id))
    rows = list(both.order_by("pk").select_for_update())
    if all(row.application_id != from_application_id for row in rows):
        return
    first = min(rows, key=lambda row: row.promised_at)
    older = Promise.objects.filter(pk__in=[row.pk for row in rows])
    older.update(replaced_at=now)
    heir = Promise.objects.create(
        application_id=to_application_id,
        kind=first.kind,
        promised_at=first.promised_at,
        made_at=first.made_at,
        broken_at=first.broken_at,
        message=first.message,
        next_at=first.next_at,
    )
    older.update(taken_over_by=heir)


@transaction.atomic
def bring_back(*, application_id: int) -> None:
    """Give an application that goes on by itself again its promise back, as far as the candidate has heard nothing.

    A delay told meanwhile was told about this promise too. The application is locked.
    """
    given = Promise.objects.filter(application_id=application_id, taken_over_by__isnull=False).order_by("-pk").first()
    if given is None:
        return
    heir = open_promises().filter(takes_over=given).select_for_update().first()
    if heir is None:
        return
    rows = list(heir.takes_over.order_by("pk"))
    heir.delete()
    for row in rows:
        row.replaced_at, row.taken_over_by = None, None
        if row.promised_at <= heir.promised_at:
            row.promised_at, row.made_at, row.broken_at = heir.promised_at, heir.made_at, heir.broken_at
            row.message, row.next_at = heir.message, heir.next_at
        row.save()
