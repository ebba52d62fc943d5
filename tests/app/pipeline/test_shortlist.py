import csv
import io
from datetime import date

import pypdfium2
import pytest
from django.http import Http404
from tests.app.pipeline.cast import STRONG, advance, apply, make_job, screened

from assay.app.pipeline.actions.exports import record_export
from assay.app.pipeline.pdf_style import FONTS, NAME, NO_GLYPH, text
from assay.app.pipeline.queries.comparing import compare
from assay.app.pipeline.queries.jobs import get_job
from assay.app.pipeline.queries.shortlist import get_shortlist
from assay.app.pipeline.shortlist_csv import write_csv
from assay.app.pipeline.shortlist_pdf import write_pdf
from assay.core.pipeline.status import ApplicationStatus
from assay.platform.access.gate import Forbidden
from assay.platform.audit.models import Event


def shortlist(job):
    return get_shortlist(job_id=job.pk, role_version_id=job.role_id)


def pdf_text(body: bytes) -> str:
    document = pypdfium2.PdfDocument(body)
    pages = [document[number] for number in range(len(document))]
    texts = [page.get_textpage() for page in pages]
    found = "\n".join(one.get_text_range() for one in texts)
    for one in (*texts, *pages):
        one.close()
    document.close()
    return found.replace("\r\n", "\n")


def test_a_shortlist_holds_those_whom_people_advanced_the_furthest_first(job):
    apply(job, "Still new", score=99)
    advance(apply(job, "Shortlisted", score=70), 2)
    advance(apply(job, "Best shortlisted", score=90), 2)
    advance(apply(job, "Interviewed", score=50), 4)
    gone = advance(apply(job, "Withdrew", score=95), 3)
    gone.status = ApplicationStatus.WITHDRAWN
    gone.save()
    found = shortlist(job)
    assert found.is_reviewed
    assert [one.name for one in found.applicants] == ["Interviewed", "Best shortlisted", "Shortlisted"]
    assert [one.number for one in found.applicants] == [1, 2, 3]


def test_while_nobody_was_advanced_the_list_is_the_top_of_the_ranking_and_says_so(job):
    for score in range(15):
        apply(job, f"Score {score}", score=score)
    apply(job, "Unread")
    found = shortlist(job)
    assert not found.is_reviewed
    assert [one.name for one in found.applicants] == [f"Score {score}" for score in range(14, 4, -1)]


def test_a_shortlist_takes_the_same_few_queries_for_one_and_for_many(job, django_assert_num_queries):
    for number in range(8):
        advance(screened(job, f"Person {number}"))
    with django_assert_num_queries(3):
        assert len(shortlist(job).applicants) == 8


def test_each_person_carries_must_haves_levels_quotes_and_the_rules_that_made_them(job):
    advance(screened(job, "Ada Lovelace"))
    one = shortlist(job).applicants[0]
    assert [item.verdict.value for item in one.must_haves] == ["met"] * len(one.must_haves)
    assert one.quotes[0].span.quote in STRONG
    assert one.rules_version
    assert one.latest_work == "ML Engineer, Tallyport"


def test_the_csv_has_a_row_a_person_a_column_a_must_have_and_no_formula(job):
    advance(screened(job, "=HYPERLINK(1)", email="ada@x.example"))
    rows = list(csv.DictReader(io.StringIO(write_csv(shortlist=shortlist(job)).decode("utf-8-sig"))))
    assert rows[0]["name"] == "'=HYPERLINK(1)"
    assert rows[0]["must-have: Has put a model into production"] == "met"
    assert rows[0]["reviewed by a person"] == "yes"
    assert float(rows[0]["score"]) > 0
    assert not any(value.startswith(("=", "+", "@")) for row in rows for value in row.values())


def test_the_pdf_is_the_same_bytes_for_the_same_inputs_and_says_who_what_and_when(job, manager):
    advance(screened(job, "Oluwaseun Adébáyọ̀"))
    view, found = get_job(actor=manager, job_id=job.pk), shortlist(job)
    inputs = {"job": view, "shortlist": found, "exported_by": "Hanna", "exported_on": date(2026, 11, 21)}
    body = write_pdf(**inputs)
    assert body == write_pdf(**inputs)
    words = pdf_text(body)
    for expected in (
        "Oluwaseun",
        "Hanna on 21 November 2026",
        "Has put a model into production",
        found.applicants[0].rules_version,
    ):
        assert expected in words
    assert "page 1" in words
    assert write_pdf(**inputs | {"exported_on": date(2026, 11, 22)}) != body


def test_the_pdf_of_an_unreviewed_ranking_says_so(job, manager):
    apply(job, "Ada", score=50)
    body = write_pdf(
        job=get_job(actor=manager, job_id=job.pk),
        shortlist=shortlist(job),
        exported_by="x",
        exported_on=date(2026, 1, 1),
    )
    assert "Not yet reviewed" in pdf_text(body)


def test_the_pdf_survives_markup_and_letters_that_no_face_has(job, manager):
    for name in ("<b>Ada & Co</b>", "王小明", "Ada \u0000\u200b", "x" * 200):
        advance(apply(job, name.replace("\0", ""), score=10))
    body = write_pdf(
        job=get_job(actor=manager, job_id=job.pk),
        shortlist=shortlist(job),
        exported_by="<i>",
        exported_on=date(2026, 1, 1),
    )
    assert "<b>Ada & Co</b>" in pdf_text(body)


def test_a_letter_that_no_face_has_is_a_box_and_never_left_out():
    assert text("王", NAME).count(NO_GLYPH) == 1
    assert "Adébáyọ̀" in text("Adébáyọ̀", NAME)


def test_the_vendored_fonts_are_the_files_that_the_manifest_names():
    import hashlib
    import json

    listed = json.loads((FONTS / "manifest.json").read_text())
    assert {entry["file"] for entry in listed} == {path.name for path in FONTS.glob("*.ttf")}
    for entry in listed:
        assert hashlib.sha256((FONTS / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]


def test_an_export_is_kept_in_the_audit_log_and_needs_a_seat_that_allows_it(job, manager, interviewer, outsider):
    one = apply(job, "Ada", score=10)
    record_export(actor=manager, job_id=job.pk, form="pdf", application_ids=[one.pk])
    event = Event.objects.get(verb="shortlist.exported")
    assert (event.actor, event.object_id, event.data) == (manager, job.pk, {"form": "pdf", "applications": [one.pk]})
    with pytest.raises(Forbidden):
        record_export(actor=interviewer, job_id=job.pk, form="pdf", application_ids=[one.pk])
    with pytest.raises(Http404):
        record_export(actor=outsider, job_id=job.pk, form="pdf", application_ids=[one.pk])


def test_applicants_stand_side_by_side_in_the_order_asked_for(job, django_assert_num_queries):
    first, second = screened(job, "Ada"), screened(job, "Bo", lines=STRONG[:1])
    unread = apply(job, "Cy")
    ids = [second.pk, unread.pk, first.pk]
    with django_assert_num_queries(3):
        compared = compare(job_id=job.pk, role_version_id=job.role_id, application_ids=ids)
    assert [one.name for one in compared.applicants] == ["Bo", "Cy", "Ada"]
    assert [one.is_screened for one in compared.applicants] == [True, False, True]
    assert any(row.differs for row in compared.comparison.must_haves)


def test_only_two_to_four_applicants_of_the_same_job_are_compared(job, recruiter):
    own = [apply(job, f"Person {number}").pk for number in range(5)]
    foreign = apply(make_job(recruiter, title="Another"), "Elsewhere").pk

    def compared(*ids):
        return compare(job_id=job.pk, role_version_id=job.role_id, application_ids=ids)

    assert compared(own[0], own[1])
    assert compared(*own[:4])
    for ids in ((), own[:1], own, (own[0], foreign), (own[0], own[0]), (own[0], 2**62)):
        assert compared(*ids) is None
