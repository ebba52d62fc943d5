"""The candidate holds the ball: a pause that somebody begins and ends, kept as a fact."""

from django.db import transaction
from django.utils import timezone

from assay.app.clocks.models import Pause
from assay.app.pipeline.funnel import find_application, job_resource
from assay.app.pipeline.news import tell_changed
from assay.core.clocks.pausing import PauseCause
from assay.platform.access.gate import require
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record


@transaction.atomic
def start_pause(*, actor: User | None, application_id: int, why: PauseCause) -> None:
    """Let the clocks of an application rest from now on because the candidate holds the ball; twice counts once.

    ``actor`` is None when the machine acts on a fact (a letter asked the candidate for something); then nobody is
    asked for access. Raises ``Http404`` or ``Forbidden`` without access.
    """
    _check(actor, application_id)
    now = timezone.now()
    _, is_new = Pause.objects.get_or_create(
        application_id=application_id,
        why=why.value,
        ended_at=None,
        defaults={"started_at": now, "started_by": actor},
    )
    if is_new:
        tell_changed(application_ids=[application_id])
        _record(actor, "clocks.paused", application_id, why.value)


@transaction.atomic
def end_pause(*, actor: User | None, application_id: int, why: PauseCause | None = None) -> bool:
    """Let the clocks run again and tell whether any rested; ``why`` ends pauses of that cause alone.

    Raises ``Http404`` or ``Forbidden`` without access; ``actor`` as for ``start_pause``.
    """
    _check(actor, application_id)
    rows = Pause.objects.select_for_update().filter(application_id=application_id, ended_at=None)
    if why is not None:
        rows = rows.filter(why=why.value)
    open_rows = list(rows)
    now = timezone.now()
    for row in open_rows:
        row.ended_at = max(now, row.started_at)
        row.save(update_fields=["ended_at"])
    if open_rows:
        tell_changed(application_ids=[application_id])
        _record(actor, "clocks.resumed", application_id, ",".join(row.why for row in open_rows))
    return bool(open_rows)


def _check(actor: User | None, application_id: int) -> None:
    application = find_application(application_id=application_id)
    if actor is not None:
        resource = job_resource(job=application.job, user=actor)
        require(actor=actor, action=Action.EDIT_APPLICANT, resource=resource)


def _record(actor: User | None, verb: str, application_id: int, why: str) -> None:
    record(actor=actor, verb=verb, object_type="application", object_id=application_id, why=why)
