"""An erasure that was granted: everything that tells whose an application was goes, in one transaction."""

from datetime import datetime, timedelta

from django.db import transaction

from assay.app.applying.actions.links import shorten_links
from assay.app.applying.models import CandidateRequest, Submission
from assay.app.deciding.actions.withdrawing import withdraw_as_candidate
from assay.app.documents.actions import erase_documents
from assay.app.messaging.actions.erasing import erase_conversations
from assay.app.pipeline.actions.erasing import erase_application
from assay.app.pipeline.funnel import find_application
from assay.app.pipeline.news import tell_changed
from assay.app.pipeline.queries.continuing import list_one_pursuit
from assay.app.screening.actions import erase_screenings
from assay.app.sourcing.actions.erasing import erase_import_items
from assay.core.applying.states import RequestKind, RequestState
from assay.core.deciding.decision import WithdrawReason
from assay.core.pipeline.status import ApplicationStatus
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record
from assay.platform.files.actions import discard_file

ERASED = "(erased)"
_LINK_STAYS = timedelta(days=30)


@transaction.atomic
def erase(*, actor: User, application_id: int, now: datetime) -> None:
    """Erase an application for its candidate. Whoever calls this has checked access and written to them already.

    What it was transferred to, came from or was joined with is the same pursuit and goes too. One that still runs ends
    as withdrawn. Decisions stay: they are written once.
    """
    pursuit = list_one_pursuit(application_id=application_id)
    for one in pursuit:
        _erase_one(actor, one, now)
    tell_changed(application_ids=pursuit)


def _erase_one(actor: User, application_id: int, now: datetime) -> None:
    if ApplicationStatus(find_application(application_id=application_id).status).is_live:
        withdraw_as_candidate(application_id=application_id, reason=WithdrawReason.NOT_SAID)
    second = list(
        CandidateRequest.objects.filter(application_id=application_id, details__has_key="submission").values_list(
            "details__submission", flat=True
        )
    )
    forms = Submission.objects.filter(application_id=application_id) | Submission.objects.filter(pk__in=second)
    gone = {digest for digest in forms.values_list("resume_digest", flat=True) if digest}
    for form in forms:
        form.fields, form.answers = {"erased": now.isoformat()}, []
        form.resume_name, form.resume_digest = "", ""
        form.save(update_fields=["fields", "answers", "resume_name", "resume_digest"])
    CandidateRequest.objects.filter(application_id=application_id).exclude(state=RequestState.OPEN).update(text=ERASED)
    CandidateRequest.objects.filter(application_id=application_id, state=RequestState.OPEN).update(
        text=ERASED, state=RequestState.DONE, answer=ERASED, handled_by=actor, handled_at=now
    )
    gone.update(erase_documents(application_id=application_id))
    erase_screenings(application_id=application_id)
    gone.update(erase_import_items(application_id=application_id))
    gone.update(erase_conversations(application_id=application_id))
    was_last = erase_application(application_id=application_id, now=now)
    _delete_files(gone)
    shorten_links(application_id=application_id, until=now + _LINK_STAYS)
    data = {"files": len(gone), "person": was_last}
    record(actor=actor, verb="application.erased", object_type="application", object_id=application_id, data=data)


@transaction.atomic
def erase_what_went(*, now: datetime) -> int:
    """Empty letters that went out after their candidate was erased (the last one tells them so); returns how many."""
    since = now - _LINK_STAYS
    done = CandidateRequest.objects.filter(kind=RequestKind.ERASURE, state=RequestState.DONE, handled_at__gte=since)
    asked = set(done.values_list("application_id", flat=True))
    ids = {one for application_id in asked for one in list_one_pursuit(application_id=application_id)}
    for application_id in ids:
        _delete_files(set(erase_conversations(application_id=application_id)))
    return len(ids)


def _delete_files(digests: set[str]) -> None:
    """Delete bytes that nothing names any more; a file that somebody else sent too stays for them."""
    for digest in sorted(digests - {""}):
        discard_file(sha256=digest)
