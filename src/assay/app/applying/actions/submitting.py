"""Accepted means stored: what somebody sends becomes an application, whole, before anybody thanks them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from assay.app.applying.actions.demographics import keep_demographics
from assay.app.applying.actions.letters import write_again, write_receipt
from assay.app.applying.asked import Consent
from assay.app.applying.form_tokens import FormToken
from assay.app.applying.models import CandidateRequest, PendingResume, Submission
from assay.app.applying.promised import in_words
from assay.app.applying.queries.pending import PendingView
from assay.app.applying.queries.usual import usual_reply, zone_of
from assay.app.applying.question_codec import encode_given
from assay.app.applying.secrets_kept import hash_of
from assay.app.applying.stored_words import stored_lines
from assay.app.clocks.actions.promises import promise_reply
from assay.app.documents.actions import attach_document
from assay.app.pipeline.actions.applications import (
    BandNotApprovedError,
    RecordedApplication,
    note_screening,
    record_application,
)
from assay.app.pipeline.actions.intake import hold_intake
from assay.app.pipeline.news import tell_changed
from assay.app.postings.public_queries import Door, get_door
from assay.app.screening.actions import SCREEN_TASK
from assay.core.applying.particulars import Particulars
from assay.core.applying.questions import Given
from assay.core.applying.states import RequestKind
from assay.core.pipeline.status import ScreeningState
from assay.core.screening.result import Contact
from assay.platform.audit.actions import JsonValue, record
from assay.platform.files.actions import store_bytes
from assay.platform.files.reading import read_stored
from assay.platform.queue.tasks import enqueue

SOURCE = "Careers page"
INTERNAL_SOURCE = "Internal"


class DoorClosedError(Exception):
    """Raised when the job stopped taking applications while somebody filled in its form."""

    def __init__(self) -> None:
        super().__init__("This job stopped taking applications while you were writing. Nothing was sent or kept.")


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that was filled in and checked."""

    particulars: Particulars
    given: tuple[Given, ...]
    accommodation: str = ""
    is_internal: bool = False
    wants_pool: bool = False
    demographics: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is told to whoever sent it: the same words whether or not the address had applied before.

    ``application_id`` is None when it had; nobody but the owner of the address learns that. ``is_erased`` is for a form
    that is sent once more after what it brought was erased.
    """

    submission: str
    title: str
    email: str
    stored: tuple[str, ...]
    promised_at: datetime | None
    application_id: int | None
    is_erased: bool = False


@transaction.atomic
def submit(*, form: FormToken, filled: Filled, consent: Consent, resume: PendingView | None, now: datetime) -> Receipt:
    """Store what somebody sent and return what to tell them. The same form sent twice is stored once.

    Raises ``DoorClosedError`` when the job takes nobody any more.
    """
    door = get_door(slug=form.slug)
    if door is None or door.job_id is None:
        raise DoorClosedError
    hold_intake(job_id=door.job_id)
    earlier = Submission.objects.filter(form_token=hash_of(secret=form.number)).first()
    if earlier is not None:
        return _receipt_again(earlier, title=door.title)
    row = _keep(form, door, filled, consent, resume, now)
    made = _apply(door, filled, row, now)
    if made.made_application:
        return _new(door, filled, row, made, resume, now)
    return _again(door, row, made.application_id, now)


def _keep(
    form: FormToken, door: Door, filled: Filled, consent: Consent, resume: PendingView | None, now: datetime
) -> Submission:
    agreed = consent.as_kept(agreed_at=now.isoformat(), pool=filled.wants_pool, today=now.date())
    return Submission.objects.create(
        form_token=hash_of(secret=form.number),
        publication_id=door.publication_id,
        fields={
            **asdict(filled.particulars),
            "is_internal": filled.is_internal,
            "accommodation": filled.accommodation,
            "title": door.title,
        },
        answers=encode_given(given=filled.given),
        consent=agreed,
        resume_name=resume.name if resume else "",
        resume_digest=resume.digest if resume else "",
    )


def _apply(door: Door, filled: Filled, row: Submission, now: datetime) -> RecordedApplication:
    who = filled.particulars
    try:
        return record_application(
            actor=None,
            job_id=door.job_id or 0,
            contact=Contact(name=who.name, email=who.email, phone=who.phone, location=who.location, links=who.links),
            source=INTERNAL_SOURCE if filled.is_internal else SOURCE,
            applied_at=now,
            recorded_at=now,
            submitted={"contact": asdict(who), "cells": [[one.label, _told(one)] for one in filled.given]},
            is_internal=filled.is_internal,
        )
    except BandNotApprovedError as error:
        raise DoorClosedError from error


def _told(given: Given) -> str:
    """Return an answer as those who decide read it, marked where the job hoped for another."""
    return given.answer if given.is_as_hoped is not False else f"{given.answer} (not the answer the job needs)"


def _new(
    door: Door, filled: Filled, row: Submission, made: RecordedApplication, resume: PendingView | None, now: datetime
) -> Receipt:
    row.application_id = made.application_id
    row.save(update_fields=["application"])
    _attach(made.application_id, resume)
    if filled.demographics and door.job_id is not None:
        keep_demographics(job_id=door.job_id, month=now.date().replace(day=1), answers=filled.demographics)
    if filled.accommodation:
        CandidateRequest.objects.create(
            application_id=made.application_id, kind=RequestKind.ACCOMMODATION, text=filled.accommodation
        )
        tell_changed(application_ids=[made.application_id])
    promised = promise_reply(application_id=made.application_id, now=now)
    receipt = _receipt(row, door.title, promised, made.application_id)
    write_receipt(
        application_id=made.application_id,
        submission=str(row.pk),
        promised=in_words(moment=promised, zone=zone_of(job_id=door.job_id or 0, now=now)),
        stored=receipt.stored,
    )
    data: dict[str, JsonValue] = {
        "form": str(row.pk),
        "publication": door.publication_id,
        "consent": str(row.consent["version"]),
    }
    record(actor=None, verb="application.received", object_type="application", object_id=made.application_id, data=data)
    return receipt


def _attach(application_id: int, resume: PendingView | None) -> None:
    """Attach the file, which has been on the disk since it was chosen, and ask for it to be read and screened."""
    if resume is None:
        note_screening(application_id=application_id, state=ScreeningState.NO_DOCUMENT, summary=None)
        return
    stored = store_bytes(content=read_stored(sha256=resume.digest))
    attach_document(actor=None, application_id=application_id, stored_file_id=stored.pk, name=resume.name)
    PendingResume.objects.filter(token_hash=hash_of(secret=resume.token)).delete()
    enqueue(SCREEN_TASK, lock=f"application-{application_id}", application_id=application_id)


def _again(door: Door, row: Submission, application_id: int, now: datetime) -> Receipt:
    """Keep what came beside the application there is, ask the team to look at it, and tell the address's owner."""
    asked = CandidateRequest.objects.create(
        application_id=application_id,
        kind=RequestKind.CORRECTION,
        text="A second form was sent with this person's address. Look whether it is theirs and adds something.",
        details={"submission": str(row.pk)},
    )
    tell_changed(application_ids=[application_id])
    write_again(application_id=application_id, submission=str(row.pk), title=door.title)
    data: dict[str, JsonValue] = {"form": str(row.pk), "request": asked.pk}
    record(actor=None, verb="application.sent_again", object_type="application", object_id=application_id, data=data)
    promised = usual_reply(job_id=door.job_id or 0, now=now)
    return _receipt(row, door.title, promised, None)


def _receipt_again(row: Submission, *, title: str) -> Receipt:
    """Tell the same again to whoever sends the same form again."""
    if "erased" in row.fields:
        return Receipt(str(row.pk), title, "", (), None, application_id=None, is_erased=True)
    promised = row.fields.get("promised_at")
    return _receipt(row, title, datetime.fromisoformat(promised) if promised else None, row.application_id)


def _receipt(row: Submission, title: str, promised_at: datetime | None, application_id: int | None) -> Receipt:
    if promised_at is not None and "promised_at" not in row.fields:
        row.fields = {**row.fields, "promised_at": promised_at.isoformat()}
        row.save(update_fields=["fields"])
    return Receipt(
        submission=str(row.pk),
        title=title,
        email=row.fields["email"],
        stored=stored_lines(row=row),
        promised_at=promised_at,
        application_id=application_id,
    )
