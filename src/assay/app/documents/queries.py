"""The only readers of documents: what pages show, and the text that screening works on."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404

from assay.app.documents.models import Document as DocumentRow
from assay.app.documents.reading_codec import decode_reading
from assay.core.documents.document import Document, DocumentKind


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document as pages show it. ``reading`` is None when it was not read; ``advice`` then says what to do.

    ``size`` is in bytes; ``sha256`` names the stored content.
    """

    id: int
    application_id: int
    name: str
    kind: str
    unreadable_reason: str
    advice: str
    received_at: datetime
    size: int
    sha256: str
    media_type: str
    reading: Document | None = None

    @property
    def has_page_images(self) -> bool:
        """Tell whether pages of this document can be drawn."""
        return self.kind == DocumentKind.PDF.value and self.reading is not None


def list_documents(*, application_id: int) -> tuple[DocumentView, ...]:
    """Return an application's documents in the order they came, without their text."""
    rows = _rows().filter(application_id=application_id).order_by("id")
    return tuple(_view(row, None) for row in rows)


def get_document(*, document_id: int) -> DocumentView:
    """Return one document with its text. Raises ``Http404``; whoever calls this asks the policy next."""
    row = _rows().select_related("reading").filter(pk=document_id).first()
    if row is None:
        raise Http404("There is no such document.")
    return _view(row, _reading(row))


def get_latest_document(*, application_id: int) -> DocumentView | None:
    """Return the document that came last, with its text, or None when none came."""
    row = _rows().select_related("reading").filter(application_id=application_id).order_by("-id").first()
    return None if row is None else _view(row, _reading(row))


def list_latest_advice(*, application_ids: Collection[int]) -> dict[int, str]:
    """Return the advice of the document that came last to each of these applications that has one, in one query."""
    rows = DocumentRow.objects.filter(application_id__in=list(application_ids)).order_by("application_id", "-id")
    return dict(rows.distinct("application_id").values_list("application_id", "advice"))


def applications_with_files(*, job_id: int, stored_file_ids: Collection[int]) -> dict[int, int]:
    """Return, for each of these stored files that a job's applicants already sent, the newest application with it."""
    if not stored_file_ids:
        return {}
    rows = DocumentRow.objects.filter(application__job_id=job_id, stored_file_id__in=list(stored_file_ids))
    return dict(rows.order_by("application_id").values_list("stored_file_id", "application_id"))


def lock_application_of(*, document_id: int) -> int:
    """Hold the row of a document's application until the transaction ends, and return its id. Raises ``Http404``."""
    held = DocumentRow.objects.select_related("application").select_for_update(of=("application",))
    row = held.filter(pk=document_id).first()
    if row is None:
        raise Http404("There is no such document.")
    return row.application_id


def _rows() -> QuerySet[DocumentRow]:
    return DocumentRow.objects.select_related("stored_file")


def _reading(row: DocumentRow) -> Document | None:
    found = getattr(row, "reading", None)
    return None if found is None else decode_reading(kind=row.kind, reading=found)


def _view(row: DocumentRow, reading: Document | None) -> DocumentView:
    return DocumentView(
        id=row.pk,
        application_id=row.application_id,
        name=row.name,
        kind=row.kind,
        unreadable_reason=row.unreadable_reason,
        advice=row.advice,
        received_at=row.received_at,
        size=row.stored_file.size,
        sha256=row.stored_file.sha256,
        media_type=row.stored_file.media_type,
        reading=reading,
    )
