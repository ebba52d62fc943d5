"""What is kept of a document, and how it comes back."""

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from tests.app.documents.conftest import FIXTURES

from assay.app.documents.actions import LONGEST_NAME, attach_document, plain_name, store_reading
from assay.app.documents.models import Document, Reading
from assay.app.documents.queries import get_document, get_latest_document, list_documents
from assay.core.documents.document import Unreadable, UnreadableReason
from assay.platform.access.gate import Forbidden
from assay.platform.audit.models import Event
from assay.platform.files.actions import store_bytes

LOCKED = Unreadable(reason=UnreadableReason.ENCRYPTED, advice="Ask for a copy without a password.")


@pytest.mark.parametrize("name", ["cols_0.pdf", "hidden.pdf", "resume_table.docx", "resume.html", "sample.resume.json"])
def test_a_reading_comes_back_as_it_was(attach, reader, name):
    read = reader.read(content=(FIXTURES / name).read_bytes(), name=name)
    assert get_document(document_id=attach(name)).reading == read


def test_a_later_reading_replaces_an_earlier_one(attach, reader):
    document_id = attach("enc_user.pdf")
    assert get_document(document_id=document_id).advice
    read = reader.read(content=(FIXTURES / "cols_0.pdf").read_bytes(), name="cols_0.pdf")
    store_reading(document_id=document_id, reading=read)
    document = get_document(document_id=document_id)
    assert (document.reading, document.advice, document.unreadable_reason) == (read, "", "")
    store_reading(document_id=document_id, reading=LOCKED)
    document = get_document(document_id=document_id)
    assert (document.reading, document.advice) == (None, LOCKED.advice)
    assert not Reading.objects.exists()


def test_what_could_not_be_read_always_says_what_to_do(attach):
    document_id = attach("enc_user.pdf")
    with pytest.raises(IntegrityError, match="unreadable_document_has_advice"), transaction.atomic():
        Document.objects.filter(pk=document_id).update(advice="")


def test_attaching_and_reading_leave_their_events_without_names(attach, recruiter):
    document_id = attach("resume.html")
    attached, read = Event.objects.filter(object_type="document", object_id=document_id).order_by("sequence")
    assert (attached.verb, attached.actor) == ("document.attached", recruiter)
    assert (read.verb, read.actor) == ("document.read", None)
    assert "resume.html" not in f"{attached.data}{read.data}"


def test_only_those_who_may_add_applicants_attach(own_files, application, interviewer, outsider):
    stored = store_bytes(content=b"Ada Byron")
    with pytest.raises(Forbidden):
        attach_document(actor=interviewer, application_id=application.pk, stored_file_id=stored.pk, name="cv.txt")
    with pytest.raises(Http404):
        attach_document(actor=outsider, application_id=application.pk, stored_file_id=stored.pk, name="cv.txt")
    assert not Document.objects.exists()


def test_documents_are_listed_as_they_came_and_the_last_is_the_latest(attach, application):
    first, second = attach("resume.html"), attach("base.docx")
    assert [document.id for document in list_documents(application_id=application.pk)] == [first, second]
    assert get_latest_document(application_id=application.pk).id == second


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\cv\\ada.pdf", "ada.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\u202efdp.exe\0\n", "afdp.exe"),
        ("///", "document"),
        ("", "document"),
        ("x" * 400 + ".pdf", "x" * (LONGEST_NAME - 4) + ".pdf"),
        ("x" * 400, "x" * LONGEST_NAME),
        ("." + "y" * 400, "." + "y" * (LONGEST_NAME - 1)),
    ],
)
def test_names_of_files_are_kept_plain(given, kept):
    assert plain_name(name=given) == kept
