"""The only writers of documents and of what was read from them."""

import unicodedata
from collections.abc import Collection

from django.db import transaction
from django.db.models import ProtectedError

from assay.app.documents.models import Document as DocumentRow
from assay.app.documents.models import Reading
from assay.app.documents.reading_codec import encode_hidden, encode_pages
from assay.app.pipeline.funnel import find_application, job_resource
from assay.core.documents.document import Document, Unreadable, UnreadableReason
from assay.platform.access.gate import require
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record
from assay.platform.files.actions import store_bytes

LONGEST_NAME = 255
NAMELESS = "document"
ERASED_NAME = "(erased)"


@transaction.atomic
def attach_document(*, actor: User | None, application_id: int, stored_file_id: int, name: str) -> int:
    """Attach a stored file to an application and return the document's id; the same file is attached once.

    ``actor`` is None when an import that was already allowed does its work in the background, and for the applicant
    themself.
    Raises ``Http404`` or ``Forbidden`` when the actor may not add to the job.
    """
    application = find_application(application_id=application_id)
    if actor is not None:
        require(actor=actor, action=Action.ADD_APPLICANTS, resource=job_resource(job=application.job, user=actor))
    document, is_new = DocumentRow.objects.get_or_create(
        application_id=application_id, stored_file_id=stored_file_id, defaults={"name": plain_name(name=name)}
    )
    if is_new:
        record(
            actor=actor,
            verb="document.attached",
            object_type="document",
            object_id=document.pk,
            data={"application": application_id, "file": stored_file_id},
        )
    return document.pk


@transaction.atomic
def copy_documents(*, actor: User, from_application_id: int, to_application_id: int) -> tuple[int, ...]:
    """Attach what one application holds to another of the same person as well, and return the ids of what is new there.

    Whoever calls this has seen to it that the actor may see the first. Raises like ``attach_document``.
    """
    rows = DocumentRow.objects.filter(application_id=from_application_id).order_by("id")
    there = DocumentRow.objects.filter(application_id=to_application_id)
    new = rows.exclude(stored_file_id__in=list(there.values_list("stored_file_id", flat=True)))
    return tuple(
        attach_document(actor=actor, application_id=to_application_id, stored_file_id=stored_file_id, name=name)
        for stored_file_id, name in list(new.values_list("stored_file_id", "name"))
    )


@transaction.atomic
def remove_documents(
    *, actor: User, application_id: int, document_ids: Collection[int], why: str
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Take documents off an application that they do not belong to, with what was screened of them.

    Returns the ids of those that are gone and the names of those that stay because a decision rests on them. Raises
    like ``attach_document``.
    """
    application = find_application(application_id=application_id)
    require(actor=actor, action=Action.ADD_APPLICANTS, resource=job_resource(job=application.job, user=actor))
    rows = DocumentRow.objects.select_for_update(of=("self",)).order_by("id")
    gone, stay = [], []
    for row in rows.filter(application_id=application_id, pk__in=list(document_ids)):
        pk = row.pk
        try:
            with transaction.atomic():
                row.delete()
        except ProtectedError:
            stay.append(row.name)
            continue
        gone.append(pk)
        data = {"document": pk}
        verb = "document.removed"
        record(actor=actor, verb=verb, object_type="application", object_id=application_id, why=why, data=data)
    return tuple(gone), tuple(stay)


@transaction.atomic
def store_reading(*, document_id: int, reading: Document | Unreadable) -> None:
    """Keep what was read from a document, or why it needs a person. A later reading replaces an earlier one."""
    document = DocumentRow.objects.select_for_update().get(pk=document_id)
    if isinstance(reading, Unreadable):
        document.unreadable_reason, document.advice = reading.reason.value, reading.advice
        Reading.objects.filter(document=document).delete()
    else:
        document.kind, document.unreadable_reason, document.advice = reading.kind.value, "", ""
        Reading.objects.update_or_create(
            document=document,
            defaults={
                "text": reading.text,
                "pages": encode_pages(pages=reading.pages),
                "hidden": encode_hidden(spans=reading.hidden),
                "notes": list(reading.notes),
            },
        )
    document.save(update_fields=["kind", "unreadable_reason", "advice"])
    record(
        actor=None,
        verb="document.read",
        object_type="document",
        object_id=document_id,
        data={"application": document.application_id, "kind": document.kind, "unreadable": document.unreadable_reason},
    )


def plain_name(*, name: str) -> str:
    """Return the last part of a file's name without what could trick a reader or a file system."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(mark for mark in last if unicodedata.category(mark)[0] != "C").strip()
    if len(shown) <= LONGEST_NAME:
        return shown or NAMELESS
    stem, dot, ending = shown.rpartition(".")
    ending = f"{dot}{ending}" if stem and len(ending) < 12 else ""
    return shown[: LONGEST_NAME - len(ending)] + ending


@transaction.atomic
def erase_documents(*, application_id: int) -> tuple[str, ...]:
    """Replace an application's documents by a line that says so, and forget what was read from them.

    The rows stay, because screenings and decisions point to them. Returns the hashes of the files that were let go of;
    whoever calls this has checked access, deletes the bytes and writes the audit event.
    """
    gone = []
    rows = DocumentRow.objects.select_for_update(of=("self",)).select_related("stored_file")
    for row in rows.filter(application_id=application_id):
        gone.append(row.stored_file.sha256)
        line = f"This document was erased on request (number {row.pk}).\n"
        row.stored_file = store_bytes(content=line.encode(), media_type="text/plain")
        row.name, row.kind, row.unreadable_reason = ERASED_NAME, "", UnreadableReason.EMPTY
        row.advice = "Erased because its owner asked for it."
        row.save(update_fields=["stored_file", "name", "kind", "unreadable_reason", "advice"])
        Reading.objects.filter(document=row).delete()
    return tuple(gone)
