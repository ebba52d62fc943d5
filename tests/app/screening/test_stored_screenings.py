"""Screenings as they are kept: whole, replayable, the older ones too, each measurement with its evidence."""

import dataclasses
import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from tests.app.pipeline.cast import apply, screened
from tests.app.screening.conftest import RESUME

from assay.app.documents.models import Document, Reading
from assay.app.pipeline.models import Application
from assay.app.screening.actions import ForeignDocumentError, request_screening, store_screening
from assay.app.screening.jobs import screen_application
from assay.app.screening.models import Measurement, Screening
from assay.app.screening.queries import (
    get_current_screening,
    get_previous_screening,
    is_screening_awaited,
    list_current_screenings,
)
from assay.core.screening.result import ScreeningStatus
from assay.core.screening.screen import measurements
from assay.platform.access.gate import Forbidden
from assay.platform.access.roles import Role
from assay.platform.accounts.models import User
from assay.platform.audit.models import Event
from assay.platform.files.reading import path_of

LOCKED_PDF = Path(__file__).parents[2] / "fixtures" / "documents" / "enc_user.pdf"
TABLES = (Screening, Measurement, Document, Reading)


@pytest.fixture
def ada(application):
    """An applicant who was screened by the shipped rules."""
    return screened(application.job, "Ada King")


def store_again(application, result, document_id=None):
    current = get_current_screening(application_id=application.pk)
    return store_screening(
        application_id=application.pk,
        document_id=document_id or current.document_id,
        result=result,
        role_version_id=current.role_version_id,
    )


def unread(result):
    return dataclasses.replace(
        result,
        status=ScreeningStatus.NEEDS_PERSON,
        status_detail="Locked.",
        must_haves=(),
        competencies=(),
        claims=(),
        score=0.0,
    )


def more_documents(application):
    earlier = Document.objects.filter(application=application)[0]
    stored = type(earlier.stored_file).objects.create(sha256="cd" * 32, size=3)
    return Document.objects.create(application=application, stored_file=stored, name="more.pdf", kind="pdf").pk


def test_a_result_comes_back_without_loss(ada):
    first = get_current_screening(application_id=ada.pk)
    assert first.result.claims
    assert store_again(ada, first.result) == first.id


def test_the_same_result_is_kept_once(ada):
    before = [table.objects.count() for table in TABLES]
    events = Event.objects.count()
    store_again(ada, get_current_screening(application_id=ada.pk).result)
    assert [table.objects.count() for table in TABLES] == before
    assert Event.objects.count() == events


def test_an_older_result_stays_and_no_longer_counts(ada):
    old = get_current_screening(application_id=ada.pk)
    newer = dataclasses.replace(old.result, rules_version="newer", score=12.0)
    store_again(ada, newer)
    now, before = (
        get_current_screening(application_id=ada.pk),
        get_previous_screening(application_id=ada.pk),
    )
    assert (now.result, before.result) == (newer, old.result)
    assert (now.is_current, before.is_current) == (True, False)
    assert Application.objects.get(pk=ada.pk).score == 12
    assert list_current_screenings(application_ids=[ada.pk]) == {ada.pk: now}


def test_what_cannot_be_read_never_pushes_aside_what_was_screened(ada):
    current = get_current_screening(application_id=ada.pk)
    score = Application.objects.get(pk=ada.pk).score
    store_again(ada, unread(current.result), document_id=more_documents(ada))
    assert get_current_screening(application_id=ada.pk) == current
    kept = Application.objects.get(pk=ada.pk)
    assert (kept.score, kept.screening_state) == (score, "screened")
    assert Screening.objects.filter(application=ada).count() == 2


def test_the_same_document_that_is_no_longer_readable_loses_its_score(ada):
    store_again(ada, unread(get_current_screening(application_id=ada.pk).result))
    kept = Application.objects.get(pk=ada.pk)
    assert (kept.score, kept.must_haves_met, kept.screening_state) == (None, 0, "needs_person")


def test_a_readable_document_replaces_an_unreadable_one(ada):
    good = get_current_screening(application_id=ada.pk).result
    store_again(ada, unread(good))
    store_again(ada, good, document_id=more_documents(ada))
    assert get_current_screening(application_id=ada.pk).result == good
    assert Application.objects.get(pk=ada.pk).screening_state == "screened"


def test_a_document_of_somebody_else_is_no_ground_for_a_score(ada, application):
    current = get_current_screening(application_id=ada.pk)
    with pytest.raises(ForeignDocumentError):
        store_screening(
            application_id=application.pk,
            document_id=current.document_id,
            result=current.result,
            role_version_id=current.role_version_id,
        )
    with pytest.raises(Http404):
        store_again(ada, current.result, document_id=2**60)


def test_the_database_keeps_one_current_screening(ada):
    with pytest.raises(IntegrityError, match="one_current_screening"), transaction.atomic():
        row = Screening.objects.get(application=ada)
        row.pk = None
        row.save(force_insert=True)


def test_each_measurement_carries_its_quotes(ada):
    result = get_current_screening(application_id=ada.pk).result
    rows = Measurement.objects.filter(application=ada)
    text = Reading.objects.get(document__application=ada).text
    expected = {(m.competency, Decimal(f"{m.level:.3f}"), len(m.evidence)) for m in measurements(result=result)}
    assert {(row.competency, row.level, len(row.evidence)) for row in rows} == expected
    assert any(row.level > 0 for row in rows)
    for quote in (quote for row in rows for quote in row.evidence):
        assert text[quote["start"] : quote["end"]] == quote["quote"]
    assert all(row.evidence for row in rows if row.level > 0)


@pytest.mark.parametrize(
    ("level", "reliability", "evidence", "constraint"),
    [
        (0.001, 0.5, [], "measurement_has_evidence"),
        (4, 0.5, [], "measurement_has_evidence"),
        (4.001, 0.5, [{"quote": "x"}], "measurement_level_in_range"),
        (-0.001, 0.5, [{"quote": "x"}], "measurement_level_in_range"),
        (0, 1.001, [], "measurement_reliability_in_range"),
    ],
)
def test_the_database_refuses_measurements_without_ground(ada, level, reliability, evidence, constraint):
    sql = (
        "INSERT INTO screening_measurement"
        " (application_id, competency, level, reliability, observer, evidence, created_at)"
        " VALUES (%s, 'serving', %s, %s, 'resume_screen', %s, now())"
    )
    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, [ada.pk, level, reliability, json.dumps(evidence)])


def test_a_level_of_nothing_needs_no_quote(ada):
    Measurement.objects.create(application=ada, competency="serving", level=0, reliability=0, observer="resume_screen")


def test_screening_twice_in_the_background_doubles_nothing(application, attach):
    attach("cv.txt", RESUME.encode())
    attach("cv.pdf", LOCKED_PDF.read_bytes())
    screen_application(application_id=application.pk)
    kept = [list(table.objects.order_by("pk").values()) for table in TABLES]
    current = get_current_screening(application_id=application.pk)
    screen_application(application_id=application.pk)
    assert [list(table.objects.order_by("pk").values()) for table in TABLES] == kept
    assert get_current_screening(application_id=application.pk) == current
    assert current.result.status is ScreeningStatus.SCREENED
    assert [document.advice != "" for document in Document.objects.order_by("pk")] == [False, True]


def test_a_file_lost_from_the_store_asks_for_a_person(application, attach):
    document_id = attach("cv.txt", RESUME.encode())
    path_of(sha256=Document.objects.get(pk=document_id).stored_file.sha256).unlink()
    screen_application(application_id=application.pk)
    kept = Application.objects.get(pk=application.pk)
    assert (kept.screening_state, kept.score) == ("needs_person", None)
    assert "Restore it from a backup" in Document.objects.get(pk=document_id).advice


def test_an_application_without_documents_says_so_after_screening(application):
    screen_application(application_id=application.pk)
    assert Application.objects.get(pk=application.pk).screening_state == "no_document"


def test_a_screening_is_awaited_from_the_request_to_the_end(application, recruiter, attach):
    attach("cv.txt", RESUME.encode())
    assert not is_screening_awaited(application_id=application.pk)
    request_screening(actor=recruiter, application_id=application.pk)
    assert is_screening_awaited(application_id=application.pk)
    screen_application(application_id=application.pk)
    assert not is_screening_awaited(application_id=application.pk)
    verbs = Event.objects.filter(object_type="application", object_id=application.pk).order_by("sequence")
    assert list(verbs.values_list("verb", flat=True)) == [
        "application.screening_requested",
        "application.screened",
        "application.screening_finished",
    ]


def test_only_those_who_may_change_applicants_ask_for_a_screening(application, recruiter):
    viewer = User.objects.create_user("vera@assay.example", name="Vera", role=Role.VIEWER)
    with pytest.raises(Http404):
        request_screening(actor=viewer, application_id=application.pk)
    application.job.members.create(user=viewer, team_role="interviewer")
    with pytest.raises(Forbidden):
        request_screening(actor=viewer, application_id=application.pk)


def test_what_lists_show_repeats_the_screening(ada):
    result = get_current_screening(application_id=ada.pk).result
    row = Application.objects.get(pk=ada.pk)
    assert row.score == Decimal(f"{result.score:.3f}")
    assert row.must_haves_total == len(result.must_haves)
    assert row.must_haves_met + row.must_haves_missing <= row.must_haves_total
    assert row.best_quote in Reading.objects.get(document__application=ada).text
    assert apply(ada.job, "Nobody").score is None
