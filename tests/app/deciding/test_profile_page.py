"""The profile: evidence, documents, history, other jobs, and corrections of the contact."""

import dataclasses

import pytest
from django.urls import reverse
from tests.app.deciding.acts import act, reject
from tests.app.pipeline.cast import apply, make_job

from assay.app.deciding.actions.deciding import undo
from assay.app.documents.models import Document
from assay.app.pipeline.models import Application, Person
from assay.app.screening.actions import finish_screening, store_screening
from assay.app.screening.queries import get_current_screening
from assay.core.deciding.decision import DecisionKind
from assay.platform.access.roles import Role
from assay.platform.audit.models import Event
from assay.platform.files.models import StoredFile


def page(client, application, tab=""):
    response = client.get(f"/applications/{application.pk}/" + (f"?tab={tab}" if tab else ""))
    assert response.status_code == 200
    return response.content.decode()


def test_every_number_stands_beside_its_quote_and_leads_to_the_document(ada, recruiter, browse):
    content = page(browse(recruiter), ada)
    result = get_current_screening(application_id=ada.pk).result
    assert f"rules {result.rules_version}" in content
    for claim in result.claims:
        assert f"?tab=documents#c{claim.id}" in content
    documents = page(browse(recruiter), ada, "documents")
    assert "cv.txt" in documents
    assert 'data-quote-id="c' in documents


def test_an_older_screening_stays_beside_the_new_one(ada, recruiter, browse):
    current = get_current_screening(application_id=ada.pk)
    newer = dataclasses.replace(current.result, rules_version="newer")
    store_screening(
        application_id=ada.pk,
        document_id=current.document_id,
        result=newer,
        role_version_id=current.role_version_id,
    )
    content = page(browse(recruiter), ada)
    assert "Screened more than once" in content
    assert current.result.rules_version in content
    assert "newer" in content


def test_the_history_tells_who_decided_what_on_which_grounds_and_what_was_automatic(ada, recruiter, manager, browse):
    decision = reject(recruiter, ada, note="Kind words.")
    undo(actor=manager, decision_id=decision.pk)
    content = page(browse(recruiter), ada, "history")
    assert "rejected: Below the level of the role" in content
    assert "Kind words." in content
    assert "Rests on 1 thing that was shown" in content
    assert "took a decision back" in content
    assert "taken back" in content
    assert "automatic" in content


def test_interviewers_see_the_history_without_decisions(ada, recruiter, interviewer, browse):
    reject(recruiter, ada, note="Kind words.")
    content = page(browse(interviewer), ada, "history")
    assert "Decisions are not shown to interviewers" in content
    assert "Kind words." not in content
    assert "Below the level" not in content


def test_other_jobs_are_listed_for_those_who_may_see_them(ada, recruiter, manager, account, browse):
    other = make_job(recruiter, title="Platform engineer")
    secret = make_job(account("Rolf", Role.RECRUITER), title="Secret project", is_confidential=True)
    for job in (other, secret):
        Application.objects.create(
            person=ada.person, job=job, stage=job.stages.order_by("position")[0], applied_at=ada.applied_at
        )
    seen_by_recruiter = page(browse(recruiter), ada, "other")
    assert "Platform engineer" in seen_by_recruiter
    assert "Secret project" not in seen_by_recruiter
    assert "has not applied to another job that you may see" in page(browse(manager), ada, "other")


def test_a_document_that_nobody_could_read_says_what_to_do(job, recruiter, browse):
    bare = apply(job, "Locked Away")
    stored = StoredFile.objects.create(sha256="ab" * 32, size=10)
    Document.objects.create(
        application=bare,
        stored_file=stored,
        name="cv.pdf",
        kind="pdf",
        unreadable_reason="password",
        advice="Ask for a copy without a password.",
    )
    for tab in ("", "documents"):
        assert "Ask for a copy without a password." in page(browse(recruiter), bare, tab)


def test_a_corrected_contact_is_stored_and_the_snapshot_stays(ada, recruiter, browse):
    Application.objects.filter(pk=ada.pk).update(submitted={"name": "ADA B."})
    response = browse(recruiter).post(
        f"/applications/{ada.pk}/contact", {"name": " Ada  King\0 ", "phone": "+31 6 1234"}
    )
    assert response["Location"] == f"/applications/{ada.pk}/"
    person = Person.objects.get(pk=ada.person_id)
    assert (person.name, person.phone, person.email) == ("Ada King", "+31 6 1234", "ada@applicant.example")
    assert Application.objects.get(pk=ada.pk).submitted == {"name": "ADA B."}
    event = Event.objects.filter(verb="person.corrected").get()
    assert event.data["fields"] == ["name", "phone"]
    assert "Ada" not in str(event.data)


def test_a_correction_made_in_the_queue_leads_back_to_the_queue(ada, job, recruiter, browse):
    for back, expected in (
        ("show=all&order=oldest", f"show=all&order=oldest&at={ada.pk}"),
        ("show=review", f"at={ada.pk}"),
        ("#\r\nSet-Cookie: x=1", f"at={ada.pk}"),
    ):
        response = browse(recruiter).post(f"/applications/{ada.pk}/contact", {"name": "Ada", "back": back})
        assert response["Location"] == f"/jobs/{job.pk}/review/?{expected}"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("email", "not an address", "This is not an e-mail address."),
        ("email", "grace@applicant.example", "Another person already has this address."),
        ("name", "x" * 201, "At most 200 characters fit here."),
    ],
)
def test_a_correction_that_cannot_be_stored_is_explained_at_its_field(ada, job, recruiter, browse, field, value, words):
    apply(job, "Grace Hopper", email="grace@applicant.example")
    response = browse(recruiter).post(f"/applications/{ada.pk}/contact", {field: value})
    assert response.status_code == 422
    content = response.content.decode()
    assert words in content
    assert value in content
    assert Person.objects.get(pk=ada.person_id).name == "Ada Byron"


def test_interviewers_correct_nothing_and_ask_for_no_screening(ada, interviewer, browse):
    client = browse(interviewer)
    assert client.post(f"/applications/{ada.pk}/contact", {"name": "X"}).status_code == 403
    assert client.post(f"/applications/{ada.pk}/screen").status_code == 403
    assert "Correct the contact" not in page(client, ada)


def test_screening_again_is_queued_audited_and_shown_as_awaited(ada, recruiter, browse):
    client = browse(recruiter)
    assert client.post(f"/applications/{ada.pk}/screen").status_code == 302
    assert "Screening again." in page(client, ada)
    assert Event.objects.filter(verb="application.screening_requested", object_id=ada.pk).get().actor == recruiter


def test_the_held_and_the_rejected_wear_their_status(ada, recruiter, browse):
    act(recruiter, ada, DecisionKind.ADVANCE)
    assert "Shortlist" in page(browse(recruiter), ada)
    reject(recruiter, ada)
    content = page(browse(recruiter), ada)
    assert "rejected" in content
    assert "reject-dialog" not in content
    assert "Undo" in content


def test_the_frame_is_the_same_on_every_tab(ada, recruiter, browse):
    other = make_job(recruiter, title="Platform engineer")
    stage = other.stages.order_by("position")[0]
    Application.objects.create(person=ada.person, job=other, stage=stage, applied_at=ada.applied_at)
    browser = browse(recruiter)
    addresses = [reverse("review:application", args=[ada.pk]) + f"?tab={tab}" for tab in ("documents", "other")]
    addresses += [reverse(name, args=[ada.pk]) for name in ("interviewing:of_application", "messaging:of_application")]
    frames = set()
    for address in addresses:
        content = browser.get(address).content.decode()
        tabs = content.split('<nav class="tabs"')[1].split("</nav>")[0].replace(' aria-current="page"', "")
        contact = content.split('id="contact-heading"')[1].split("</dl>")[0]
        frames.add((tabs, contact, "Screen again" in content, "Correct the contact" in content))
    assert len(frames) == 1
    tabs, contact, *offers = frames.pop()
    assert 'Other jobs<span class="count">1</span>' in tabs
    assert "ada@applicant.example" in contact
    assert offers == [True, True]


def test_what_the_document_says_is_folded_once_a_profile_is_measured(ada, job, recruiter, browse):
    measured = page(browse(recruiter), ada)
    assert "Level by level" in measured
    folded = measured.split('<details class="document-says" id="in-the-document"')[1]
    assert folded.startswith(">")
    assert "score " in folded.split("</summary>")[0]
    assert "Chance that all" in measured
    assert "likely so far" not in measured
    unread = page(browse(recruiter), apply(job, "Not Read"))
    assert 'id="in-the-document" open>' in unread


def test_a_first_screening_is_not_told_as_a_second_one(ada, recruiter, browse):
    finish_screening(application_id=ada.pk)
    history = page(browse(recruiter), ada, "history")
    assert "Finished screening it" in history
    assert "Finished screening it again" not in history
