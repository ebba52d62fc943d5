"""The one way to reach an interview by its id, and how its changes are told of."""

from collections.abc import Mapping

from django.db import connection
from django.http import Http404

from assay.app.interviewing.models import Interview
from assay.app.pipeline.funnel import find_application, job_resource
from assay.app.pipeline.news import tell_changed
from assay.platform.access.gate import require
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import JsonValue, record
from assay.platform.numbers import LARGEST_ID

_ARRANGING = 7_421


def find_interview(*, actor: User, interview_id: int, action: Action) -> Interview:
    """Return an interview with its application. Raises ``Http404`` or ``Forbidden`` without ``action`` on its job."""
    rows = Interview.objects.select_related("stage")
    row = rows.filter(pk=interview_id).first() if interview_id <= LARGEST_ID else None
    if row is None:
        raise Http404("There is no such interview.")
    row.application = find_application(application_id=row.application_id)
    require(actor=actor, action=action, resource=job_resource(job=row.application.job, user=actor))
    return row


def lock_interview(*, actor: User, interview_id: int, action: Action) -> Interview:
    """Return an interview as ``find_interview`` does, and let nobody else change it until the transaction ends."""
    row = find_interview(actor=actor, interview_id=interview_id, action=action)
    locked = Interview.objects.select_for_update(of=("self",)).select_related("stage").get(pk=row.pk)
    locked.application = row.application
    return locked


def hold_arranging(*, application_id: int) -> None:
    """Let nobody else arrange an interview for this application until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_ARRANGING, application_id % 2**31])


def tell_of(*, actor: User, interview: Interview, verb: str, data: Mapping[str, JsonValue]) -> None:
    """Tell clocks and the audit log of a change, last in the caller's transaction. ``data`` holds no rating, ever."""
    tell_changed(application_ids=[interview.application_id])
    facts = {"interview": interview.pk, "starts_at": interview.starts_at.isoformat(timespec="minutes"), **data}
    record(actor=actor, verb=verb, object_type="application", object_id=interview.application_id, data=facts)
