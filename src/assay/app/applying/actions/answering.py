"""The answer to what a candidate asked for, given by a person, told by letter."""

from datetime import datetime

from django.db import transaction
from django.http import Http404

from assay.app.applying.actions.erasing import erase
from assay.app.applying.actions.letters import write_request_answered
from assay.app.applying.models import CandidateRequest
from assay.app.pipeline.funnel import find_application, job_resource
from assay.app.pipeline.news import tell_changed
from assay.core.applying.states import RequestKind, RequestState
from assay.platform.access.gate import require
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record
from assay.platform.text import clean_text

LONGEST_ANSWER = 4_000


class AnswerError(ValueError):
    """Raised for an answer that cannot be given; the message says why."""


@transaction.atomic
def answer_request(
    *, actor: User, request_id: int, is_granted: bool, answer: str, now: datetime, is_confirmed: bool = False
) -> None:
    """Answer a request: done or refused, with words for the candidate. Answered twice, the first answer stands.

    A granted erasure erases at once, after the letter is written, and needs ``is_confirmed``. Raises ``Http404`` or
    ``Forbidden`` without access, ``AnswerError`` without words, or when somebody else was faster.
    """
    row = CandidateRequest.objects.select_for_update().filter(pk=request_id).first()
    if row is None:
        raise Http404("There is no such request.")
    application = find_application(application_id=row.application_id)
    require(actor=actor, action=Action.ANSWER_CANDIDATES, resource=job_resource(job=application.job, user=actor))
    kept = clean_text(answer, longest=LONGEST_ANSWER)
    kind, state = RequestKind(row.kind), RequestState.DONE if is_granted else RequestState.REFUSED
    if row.state != RequestState.OPEN:
        if row.state == state and row.answer == kept and row.handled_by_id == actor.pk:
            return
        raise AnswerError("Somebody answered this in the meantime. Look at their answer.")
    if not kept:
        raise AnswerError("Write what the candidate is told. A yes or no without words helps nobody.")
    if kind is RequestKind.ERASURE and is_granted and not is_confirmed:
        raise AnswerError("Tick that you have read what will be deleted. It cannot be brought back.")
    row.state, row.answer, row.handled_by, row.handled_at = state, kept, actor, now
    row.save(update_fields=["state", "answer", "handled_by", "handled_at"])
    is_house_matter = "submission" in row.details
    if not is_house_matter:
        write_request_answered(
            actor=actor, application_id=row.application_id, request_id=row.pk, kind=kind, answer=kept
        )
    tell_changed(application_ids=[row.application_id])
    if kind is RequestKind.ERASURE and is_granted:
        erase(actor=actor, application_id=row.application_id, now=now)
    data = {"request": row.pk, "kind": kind.value, "state": state.value}
    record(actor=actor, verb="request.answered", object_type="application", object_id=row.application_id, data=data)
