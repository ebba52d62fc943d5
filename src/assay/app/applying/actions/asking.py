"""What candidates do on their private page: correct, ask, withdraw. Whoever calls holds the private address."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from assay.app.applying.actions.letters import write_request_received
from assay.app.applying.models import CandidateRequest
from assay.app.applying.queries.sent import sent_contact
from assay.app.applying.queries.status import CONTACT_LABELS
from assay.app.applying.rules import words
from assay.app.clocks.rulebook import load_rulebook
from assay.app.deciding.actions.withdrawing import withdraw_as_candidate
from assay.app.pipeline.actions.people import EDITABLE_FIELDS, ContactError, correct_contact
from assay.app.pipeline.funnel import find_application
from assay.app.pipeline.models import Application
from assay.app.pipeline.news import tell_changed
from assay.core.applying.states import RequestKind, RequestState
from assay.core.clocks.kinds import ClockKind
from assay.core.clocks.timing import time_clock
from assay.core.deciding.decision import WithdrawReason
from assay.platform.audit.actions import record
from assay.platform.text import TextTooLongError, clean_text

LONGEST_TEXT = 4_000
MOST_OPEN = 10


class AskingRefusedError(ValueError):
    """Raised when a wish cannot be kept; the message says why, to the candidate."""


class Correction(StrEnum):
    """What became of a correction: stored, stored but for the e-mail address, or asked for whole."""

    STORED = "corrected"
    ADDRESS_ASKED = "asked-address"
    ASKED = "asked"


@transaction.atomic
def ask(*, application_id: int, kind: RequestKind, text: str, now: datetime) -> int:
    """Keep what a candidate asks for and return its id; the same wish twice is one.

    Raises ``AskingRefusedError`` for a text that is missing or too long, for too many open wishes, and when all of it
    was erased.
    """
    try:
        kept = clean_text(text, longest=LONGEST_TEXT)
    except TextTooLongError as error:
        raise AskingRefusedError(f"{error} Shorten it, or answer one of our letters instead.") from error
    if not kept and kind in (RequestKind.ACCOMMODATION, RequestKind.CORRECTION):
        raise AskingRefusedError("Write what you would like.")
    application = _not_erased(application_id)
    mine = CandidateRequest.objects.select_for_update().filter(application_id=application_id, state=RequestState.OPEN)
    every = list(mine)
    twin = next((row for row in every if row.kind == kind and (row.text == kept or kind is RequestKind.ERASURE)), None)
    if twin is not None:
        return twin.pk
    if len(every) >= MOST_OPEN:
        raise AskingRefusedError("Several of your requests are still open. Please wait for an answer to those first.")
    row = CandidateRequest.objects.create(application_id=application_id, kind=kind, text=kept)
    tell_changed(application_ids=[application_id])
    write_request_received(
        application_id=application_id,
        request_id=row.pk,
        kind=kind,
        answer_by=_answer_by(job_id=application.job_id, stage_id=application.stage_id, now=now),
    )
    data = {"request": row.pk, "kind": kind.value}
    record(actor=None, verb="candidate.asked", object_type="application", object_id=application_id, data=data)
    return row.pk


@transaction.atomic
def correct_own_contact(
    *, application_id: int, fields: Mapping[str, str], is_mailed: bool, now: datetime
) -> Correction:
    """Correct how a candidate is reached. Name, phone and place change at once; another e-mail address is asked for.

    An address is what letters and links go to, so a person makes sure that it is theirs. Whoever holds a private
    address that did not come by letter (``is_mailed``) may be anybody, and the person may be known from other
    applications: all of theirs is asked for. Raises ``AskingRefusedError`` for what cannot be stored.
    """
    application = _not_erased(application_id)
    if not is_mailed:
        return _ask_for_correction(application, fields, now)
    direct = {name: fields[name] for name in EDITABLE_FIELDS if name in fields and name != "email"}
    if not str(direct.get("name", "x")).strip():
        raise AskingRefusedError("Your name cannot be empty.")
    try:
        correct_contact(actor=None, application_id=application_id, fields=direct)
    except ContactError as error:
        raise AskingRefusedError(str(error)) from error
    email = " ".join(fields.get("email", "").replace("\0", "").split())
    if not email or email.casefold() == application.person.email.casefold():
        return Correction.STORED
    ask(
        application_id=application_id,
        kind=RequestKind.CORRECTION,
        text=f"Please use this e-mail address: {email[:254]}",
        now=now,
    )
    return Correction.ADDRESS_ASKED


def _ask_for_correction(application: Application, fields: Mapping[str, str], now: datetime) -> Correction:
    sent = sent_contact(application=application)
    wanted = {name: " ".join(fields[name].replace("\0", "").split()) for name in EDITABLE_FIELDS if name in fields}
    changed = {name: text for name, text in wanted.items() if text != sent.get(name, "")}
    if not changed:
        return Correction.STORED
    lines = [f"{CONTACT_LABELS[name]}: {text or 'none'}" for name, text in changed.items()]
    text = "\n".join([*lines, "Written on a page that no letter opened, so a person makes sure whose it is."])
    ask(application_id=application.pk, kind=RequestKind.CORRECTION, text=text, now=now)
    return Correction.ASKED


def _not_erased(application_id: int) -> Application:
    application = find_application(application_id=application_id)
    if "erased" in application.submitted:
        raise AskingRefusedError("What this page held was erased, so there is nothing here to correct or to ask for.")
    return application


@transaction.atomic
def withdraw_own(*, application_id: int, reason: str, note: str) -> None:
    """End an application as its candidate wishes. ``reason`` is one of the words on the page.

    Raises ``IllegalDecisionError`` when it has ended otherwise.
    """
    known = words().withdraw
    chosen = WithdrawReason(reason) if reason in known else WithdrawReason.NOT_SAID
    withdraw_as_candidate(application_id=application_id, reason=chosen, note=note)


def _answer_by(*, job_id: int, stage_id: int, now: datetime) -> str:
    setting = load_rulebook(now=now).setting(kind=ClockKind.REQUEST, job_id=job_id, stage_id=stage_id)
    due = time_clock(started_at=now, pauses=(), limit=setting.limit, ruler=setting.ruler).due_at
    if due is None:
        return "as soon as somebody has read it"
    local = due.astimezone(setting.ruler.calendar.zone)
    return f"{local:%A} {local.day} {local:%B %Y}"
