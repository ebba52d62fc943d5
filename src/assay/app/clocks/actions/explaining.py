"""Say why a clock was not kept. Everything that is broken gets a reason, and a person stands behind it."""

from datetime import datetime

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from assay.app.clocks.models import BreachReason, Clock
from assay.app.clocks.queries.views import ClockView, list_views, shown_rows
from assay.app.pipeline.funnel import find_application, job_resource
from assay.core.clocks.kinds import BreachCause
from assay.core.clocks.words import ClockState
from assay.platform.access.gate import require
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record
from assay.platform.text import TextTooLongError, clean_text

LONGEST_NOTE = 1_000


class ReasonError(ValueError):
    """Raised for a reason that cannot be kept; the message says what to do."""


def get_explainable(*, actor: User, clock_id: int, now: datetime) -> ClockView:
    """Return a clock that ``actor`` may explain: their own, or one of a job they run.

    Raises ``Http404`` or ``Forbidden``.
    """
    row = shown_rows(rows=Clock.objects.filter(pk=clock_id)).first()
    if row is None:
        raise Http404("There is no such clock.")
    application = find_application(application_id=row.application_id)
    action = Action.SEE_APPLICANTS if row.owner_id == actor.pk else Action.EXPLAIN_BREACH
    require(actor=actor, action=action, resource=job_resource(job=application.job, user=actor))
    return list_views(rows=[row], now=now)[0]


@transaction.atomic
def explain(*, actor: User, clock_id: int, cause: str, note: str) -> None:
    """Keep why a clock was not kept; said again by anybody who may, the last word counts and the log keeps the first.

    Raises ``Http404``, ``Forbidden``, or ``ReasonError`` for a clock that is in time and for a cause without its note.
    """
    view = get_explainable(actor=actor, clock_id=clock_id, now=timezone.now())
    if view.state not in (ClockState.RED, ClockState.BROKEN):
        raise ReasonError("This clock is in time. There is nothing to explain.")
    try:
        known, text = BreachCause(cause), clean_text(note, longest=LONGEST_NOTE)
    except TextTooLongError as error:
        raise ReasonError(str(error)) from error
    except ValueError as error:
        raise ReasonError("Choose a reason from the list.") from error
    if known is BreachCause.OTHER and not text:
        raise ReasonError("With another reason, write it in the note.")
    row, is_new = BreachReason.objects.update_or_create(
        application_id=view.application_id,
        kind=view.kind.value,
        subject=view.subject,
        started_at=view.started_at,
        defaults={"cause": known.value, "note": text, "given_by": actor},
    )
    record(
        actor=actor,
        verb="clock.explained" if is_new else "clock.explained_again",
        object_type="application",
        object_id=view.application_id,
        why=known.value,
        data={"kind": view.kind.value, "subject": view.subject, "reason": row.pk},
    )
