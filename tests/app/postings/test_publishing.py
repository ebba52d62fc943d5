"""An advert goes out when nothing must change, or with a reason; a confidential one names nobody."""

import pytest
from tests.app.pipeline.cast import apply, make_job
from tests.app.postings.adverts import TODAY, whole_advert, write

from assay.app.pipeline.models import Posting
from assay.app.postings.actions.drafts import create_advert
from assay.app.postings.actions.publishing import PublishError, Wish, publish, take_down
from assay.app.postings.models import Advert, Publication
from assay.app.postings.public_queries import get_opening, list_openings
from assay.app.postings.queries import get_advert, latest_for_requisition
from assay.app.requisitions.actions.drafts import create_requisition
from assay.core.postings.advert import SectionKey
from assay.core.requisitions.draft import RequisitionDraft
from assay.platform.access.gate import Forbidden
from assay.platform.audit.models import Event


def let_out(actor, advert_id, **answers) -> int:
    revision = answers.pop("revision", Advert.objects.get(pk=advert_id).revision)
    return publish(actor=actor, advert_id=advert_id, wish=Wish(revision, **answers), as_of=TODAY)


def test_what_must_change_holds_an_advert_back_until_a_reason_is_given_and_kept(recruiter):
    advert_id = whole_advert(recruiter)
    write(recruiter, advert_id, SectionKey.TERMS, organisation="")
    with pytest.raises(PublishError) as refused:
        let_out(recruiter, advert_id)
    assert refused.value.field == "reason"
    let_out(recruiter, advert_id, reason="The client must not be named yet.")
    row = Publication.objects.get()
    assert row.reason == "The client must not be named yet."
    assert len(row.open_musts) == 1
    event = Event.objects.get(verb="advert.published")
    assert event.why == row.reason
    assert event.data["open_musts"] == ["google-hiringOrganization"]


def test_a_question_to_the_writer_never_goes_out_whatever_the_reason(recruiter):
    advert_id = whole_advert(recruiter)
    write(recruiter, advert_id, SectionKey.GROWTH, text="[? How can this person grow?]")
    with pytest.raises(PublishError, match="question"):
        let_out(recruiter, advert_id, reason="No time.")
    assert not Publication.objects.exists()


def test_an_advert_that_changed_since_it_was_read_does_not_go_out(recruiter):
    advert_id = whole_advert(recruiter)
    revision = Advert.objects.get(pk=advert_id).revision
    write(recruiter, advert_id, SectionKey.ABOUT, text="We run trams.")
    with pytest.raises(PublishError, match="changed since"):
        let_out(recruiter, advert_id, revision=revision)


def test_what_is_out_stays_as_it_went_out_and_keeps_its_address_when_it_is_replaced(recruiter):
    advert_id = whole_advert(recruiter)
    let_out(recruiter, advert_id)
    slug = Publication.objects.get().slug
    write(recruiter, advert_id, SectionKey.ABOUT, text="We run trams.")
    assert get_opening(slug=slug).advert.about.startswith("We run the buses")
    assert let_out(recruiter, advert_id) == 2
    assert get_opening(slug=slug).advert.about == "We run trams."
    newest, oldest = get_advert(actor=recruiter, advert_id=advert_id).publications
    assert (newest.is_up, oldest.is_up, oldest.is_replaced) == (True, False, True)
    assert len(list_openings()) == 1
    take_down(actor=recruiter, advert_id=advert_id)
    take_down(actor=recruiter, advert_id=advert_id)
    assert get_opening(slug=slug).taken_down_at is not None
    assert list_openings() == ()
    assert Event.objects.filter(verb="advert.taken_down").count() == 1


def test_two_adverts_of_the_same_title_have_addresses_of_their_own(recruiter):
    for _ in range(2):
        let_out(recruiter, whole_advert(recruiter))
    assert len(set(Publication.objects.values_list("slug", flat=True))) == 2


def test_a_published_advert_becomes_the_posting_that_applications_point_at(recruiter):
    job = make_job(recruiter)
    posting = Posting.objects.create(job=job, title=job.title, body="An older text.")
    application = apply(job, "Ada Byron", posting=posting)
    let_out(recruiter, whole_advert(recruiter, job_id=job.pk))
    application.refresh_from_db()
    assert application.posting_id == posting.pk
    assert "Our buses arrive when nobody expects them" in application.posting.body
    assert Posting.objects.count() == 1


def test_a_confidential_advert_is_confirmed_first_and_names_nobody_inside(manager):
    draft = RequisitionDraft(title="Replacement of Kim", problem="x", team="Project Owl", is_confidential=True)
    requisition = create_requisition(actor=manager, draft=draft)
    advert_id = whole_advert(manager, requisition_id=requisition)
    with pytest.raises(PublishError) as refused:
        let_out(manager, advert_id, is_listed=False)
    assert refused.value.field == "confirm"
    write(manager, advert_id, SectionKey.ABOUT, text="You work for hanna in PROJECT OWL.")
    with pytest.raises(PublishError, match="“Hanna”, “Project Owl”"):
        let_out(manager, advert_id, is_listed=False, is_confirmed=True, reason="Must be.")
    write(manager, advert_id, SectionKey.ABOUT, text="We run the buses of nine towns.")
    let_out(manager, advert_id, is_listed=False, is_confirmed=True)
    assert list_openings() == ()
    assert get_opening(slug=Publication.objects.get().slug) is not None
    result = latest_for_requisition(requisition_id=requisition)
    assert (result.headline, result.facts) == ("Advert published", {"published": "yes"})


def test_only_who_may_change_an_advert_lets_it_out_or_takes_it_down(recruiter, viewer):
    advert_id = create_advert(actor=recruiter, as_of=TODAY)
    with pytest.raises(Forbidden):
        let_out(viewer, advert_id)
    with pytest.raises(Forbidden):
        take_down(actor=viewer, advert_id=advert_id)
