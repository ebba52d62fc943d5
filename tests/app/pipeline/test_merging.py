"""Two records of one human: found, told apart, made one, and two again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.app.deciding.acts import act, reject
from tests.app.pipeline.cast import apply, make_job, screened
from tests.simultaneous import at_once

from assay.app.deciding.actions.deciding import ConflictingDecisionError
from assay.app.deciding.models import Decision
from assay.app.documents.queries import list_documents
from assay.app.pipeline.actions.applications import record_application
from assay.app.pipeline.actions.erasing import erase_application
from assay.app.pipeline.actions.intake import Arrival, record_applications
from assay.app.pipeline.actions.merging import (
    MergeChoice,
    PeopleChangedError,
    merge_people,
    read_version,
    tell_apart,
    undo_merge,
)
from assay.app.pipeline.models import Application, DifferentPeople, Person, PersonMerge
from assay.app.pipeline.queries.duplicates import contact_rules, list_alike, list_pairs, people_with_twins
from assay.app.pipeline.queries.people import list_people
from assay.app.pipeline.queries.persons import get_person
from assay.app.screening.actions import store_screening
from assay.app.screening.models import Screening
from assay.app.screening.queries import REQUESTED
from assay.app.screening.stored_result import decode_result
from assay.core.deciding.decision import DecisionKind
from assay.core.pipeline.duplicates import email_key, phone_key
from assay.core.pipeline.merging import MergeRefusedError
from assay.core.screening.result import Contact
from assay.platform.access.gate import Forbidden
from assay.platform.access.roles import Role
from assay.platform.audit.models import Event


@pytest.fixture
def twins(job, recruiter) -> tuple[Application, Application]:
    """Ada, who applied to two jobs under two addresses of one mailbox."""
    second = make_job(recruiter, title="Second job")
    first = apply(job, "Ada Byron", email="ada.byron@gmail.com")
    return first, apply(second, "A. Byron", email="adabyron+jobs@googlemail.com")


def merge(actor, survivor, absorbed, *taken, seen=None):
    ids = (survivor.person_id, absorbed.person_id)
    versions = seen or {pk: read_version(person_id=pk) for pk in ids}
    return merge_people(actor=actor, choice=MergeChoice(*ids, taken=frozenset(taken), seen=versions))


def undo(actor, merge_id, days=0):
    return undo_merge(actor=actor, merge_id=merge_id, now=timezone.now() + timedelta(days=days))


def names(actor, text=""):
    return [row.name for row in list_people(actor=actor, text=text).rows]


def arrive(job, actor, email):
    now = timezone.now()
    return record_application(
        actor=actor,
        job_id=job.pk,
        contact=Contact(name="Ada", email=email),
        source="",
        applied_at=now,
        recorded_at=now,
        submitted={},
    )


def snapshot():
    people = Person.objects.order_by("pk").values_list(
        "pk", "name", "email", "phone", "location", "links", "merged_into"
    )
    return list(people), list(Application.objects.order_by("pk").values_list("pk", "person", "status", "stage"))


def test_records_of_one_mailbox_number_profile_or_name_and_place_are_found(job, recruiter):
    ada = apply(job, "Ada Byron", email="ada@x.example")
    Person.objects.filter(pk=ada.person_id).update(
        phone="+31 6 1234 5678", links=["https://www.linkedin.com/in/ada-byron/"], location="Utrecht, NL"
    )
    like = {
        "same mailbox": {"email": "ADA@X.example"},
        "same phone number": {"phone": "06 12345678"},
        "same profile on the web": {"links": ["http://linkedin.com/in/ada-byron"]},
        "same name and place": {"name": "ada byron", "location": "utrecht"},
    }
    Person.objects.filter(pk=ada.person_id).update(email="ada@gmail.com")
    like["same mailbox"] = {"email": "a.d.a@googlemail.com"}
    other = apply(job, "Somebody Else")
    for words, fields in like.items():
        blank = {"name": "X Y", "email": "", "phone": "", "location": "", "links": []}
        Person.objects.filter(pk=other.person_id).update(**(blank | fields))
        (found,) = list_alike(actor=recruiter, person_id=ada.person_id)
        assert (found.person_id, found.likeness.words) == (other.person_id, words)
        (pair,) = list_pairs(actor=recruiter)
        assert (pair.first.id, pair.second.id, pair.likeness.words) == (ada.person_id, other.person_id, words)
    apply(job, "Ada Byron")
    Person.objects.filter(pk=other.person_id).update(name="X", location="")
    assert list_alike(actor=recruiter, person_id=ada.person_id) == list_pairs(actor=recruiter) == ()


def test_a_name_and_an_employer_in_both_documents_are_found_on_the_page_of_one(job, recruiter):
    first, second = screened(job, "Ada Byron"), screened(make_job(recruiter, title="Other"), "Ada Byron")
    (found,) = list_alike(actor=recruiter, person_id=first.person_id)
    assert (found.person_id, found.likeness.words) == (second.person_id, "same name and employer")


def test_cards_are_marked_in_one_statement(twins, job, django_assert_num_queries):
    alone = apply(job, "Grace Hopper", email="grace@x.example")
    ids = [twins[0].person_id, twins[1].person_id, alone.person_id]
    with django_assert_num_queries(1):
        assert people_with_twins(person_ids=ids) == set(ids[:2])


def test_two_people_are_told_apart_once_and_for_all(twins, recruiter):
    ids = {"first_id": twins[1].person_id, "second_id": twins[0].person_id}
    for _ in range(2):
        tell_apart(actor=recruiter, **ids)
    assert DifferentPeople.objects.count() == Event.objects.filter(verb="people.told_apart").count() == 1
    assert list_pairs(actor=recruiter) == list_alike(actor=recruiter, person_id=twins[0].person_id) == ()
    assert people_with_twins(person_ids=[twins[0].person_id]) == frozenset()


def test_who_is_behind_a_wall_or_applied_where_one_may_not_look_is_never_shown_or_merged(twins, recruiter, account):
    first, second = twins
    rolf = account("Rolf", Role.RECRUITER)
    secret = make_job(rolf, title="Secret", is_confidential=True)
    hidden = apply(secret, "Ada Byron", email="ad.a.byron@gmail.com")
    Person.objects.filter(pk=hidden.person_id).update(walled_by=secret)
    assert [one.person_id for one in list_alike(actor=recruiter, person_id=first.person_id)] == [second.person_id]
    assert len(list_pairs(actor=rolf)) == 1
    for actor in (recruiter, rolf):
        with pytest.raises(MergeRefusedError, match="by you"):
            merge(actor, first, hidden)
    apply(secret, "x")
    Application.objects.create(
        person=second.person, job=secret, stage=secret.stages.all()[0], applied_at=timezone.now()
    )
    assert list_pairs(actor=recruiter) == list_alike(actor=recruiter, person_id=first.person_id) == ()
    with pytest.raises(MergeRefusedError, match="by you"):
        merge(recruiter, first, second)
    assert merge(rolf, first, second)


def test_merging_is_for_recruiters_and_administrators(twins, manager):
    with pytest.raises(Forbidden):
        merge(manager, *twins)
    with pytest.raises(Forbidden):
        tell_apart(actor=manager, first_id=1, second_id=2)


def test_a_merge_moves_the_applications_and_takes_the_fields_that_were_chosen(twins, recruiter):
    first, second = twins
    Person.objects.filter(pk=first.person_id).update(phone="", location="Utrecht", links=["https://a.example"])
    Person.objects.filter(pk=second.person_id).update(phone="1", location="Gent", links=["https://b.example"])
    before = snapshot()
    merge_id = merge(recruiter, first, second, "email")
    view = get_person(actor=recruiter, person_id=first.person_id)
    assert {one.job_title for one in view.applications} == {"ML engineer", "Second job"}
    assert (view.name, view.email, view.phone, view.location) == (
        "Ada Byron",
        "adabyron+jobs@googlemail.com",
        "1",
        "Utrecht",
    )
    assert view.links == ("https://a.example", "https://b.example")
    assert names(recruiter) == ["Ada Byron"]
    event = Event.objects.get(verb="people.merged")
    assert (event.object_id, event.data["absorbed"]) == (first.person_id, second.person_id)
    assert undo(recruiter, merge_id, days=29) == ()
    assert snapshot() == before
    assert names(recruiter) == ["A. Byron", "Ada Byron"]


def test_a_merge_sent_twice_counts_once_and_one_of_records_that_changed_is_told(twins, recruiter):
    first, second = twins
    seen = {pk: read_version(person_id=pk) for pk in (first.person_id, second.person_id)}
    act(recruiter, first, DecisionKind.ADVANCE)
    with pytest.raises(PeopleChangedError, match="while you looked"):
        merge(recruiter, first, second, seen=seen)
    done = merge(recruiter, first, second)
    assert merge(recruiter, first, second) == done
    with pytest.raises(PeopleChangedError, match="already part"):
        merge(recruiter, second, first)
    with pytest.raises(MergeRefusedError, match="two different"):
        merge(recruiter, first, first)


def test_two_applications_to_one_job_become_the_older_and_come_apart_again(job, recruiter):
    older = screened(job, "Ada Byron", email="a.da@gmail.com")
    newer = screened(job, "Ada Byron", email="ada@gmail.com")
    Application.objects.filter(pk=newer.pk).update(applied_at=older.applied_at + timedelta(days=2))
    before = snapshot()
    merge_id = merge(recruiter, newer, older)
    now = {row.pk: (row.status, row.person_id) for row in Application.objects.all()}
    assert now == {older.pk: ("active", newer.person_id), newer.pk: ("transferred", newer.person_id)}
    assert len(list_documents(application_id=older.pk)) == 2
    decision = Decision.objects.get(application=newer)
    assert (decision.kind, decision.decided_by) == ("transfer", recruiter)
    assert undo(recruiter, merge_id) == ()
    assert snapshot() == before
    assert Decision.objects.filter(undoes=decision).exists()


def test_of_two_applications_to_one_job_the_one_that_came_in_here_first_goes_on(job, recruiter):
    ours = screened(job, "Ada Byron", email="a.da@gmail.com")
    imported = screened(job, "Ada Byron", email="ada@gmail.com")
    Application.objects.filter(pk=imported.pk).update(
        applied_at=ours.applied_at - timedelta(days=90), recorded_at=ours.recorded_at + timedelta(days=2)
    )
    merge(recruiter, ours, imported)
    assert dict(Application.objects.values_list("pk", "status")) == {ours.pk: "active", imported.pk: "transferred"}


def test_an_import_of_old_rows_after_a_merge_stays_with_the_one_record(job, manager, recruiter):
    first, second = screened(job, "Ada Byron", email="a.da@gmail.com"), apply(make_job(recruiter, title="Other"), "A")
    merge_id = merge(recruiter, first, second)
    late = apply(
        make_job(recruiter, title="Late"),
        "x",
        applied_at=timezone.now() - timedelta(days=90),
        recorded_at=timezone.now(),
    )
    Application.objects.filter(pk=late.pk).update(person=first.person)
    assert any("came in since (1)" in sentence for sentence in undo(recruiter, merge_id))


def requested(application):
    return Event.objects.filter(verb=REQUESTED, object_id=application.pk).count()


def summary(application):
    fields = ("screening_state", "score", "must_haves_met", "best_quote", "search")
    return Application.objects.filter(pk=application.pk).values(*fields).get()


@pytest.fixture
def joined(job, recruiter):
    """An older application with a weak document, a newer one with a strong one, of two records made one."""
    older = screened(job, "Ada Byron", lines=["Familiar with Kafka."], email="a.da@gmail.com")
    newer = screened(job, "Ada Byron", email="ada@gmail.com")
    Application.objects.filter(pk=newer.pk).update(applied_at=older.applied_at + timedelta(days=2))
    before = summary(older)
    merge_id = merge(recruiter, newer, older)
    return older, newer, merge_id, before


def screen_copy(older):
    """Screen what came along, as the background does."""
    own, copy = list_documents(application_id=older.pk)
    theirs = Screening.objects.exclude(application=older).get()
    result = decode_result(kept=theirs.result)
    store_screening(application_id=older.pk, document_id=copy.id, result=result, role_version_id=theirs.role_id)
    return own, copy


def test_the_application_that_goes_on_is_screened_with_what_came_along(joined):
    older, newer, _, _ = joined
    assert (requested(older), requested(newer)) == (1, 0)


def test_undoing_a_merge_takes_the_other_persons_documents_and_screenings_away(joined, recruiter):
    older, newer, merge_id, before = joined
    own, copy = screen_copy(older)
    assert summary(older) != before
    assert undo(recruiter, merge_id) == ()
    assert [one.id for one in list_documents(application_id=older.pk)] == [own.id]
    assert len(list_documents(application_id=newer.pk)) == 1
    assert summary(older) == before
    assert Screening.objects.get(application=older, is_current=True).document_id == own.id
    assert requested(older) == 2
    event = Event.objects.get(verb="document.removed")
    assert (event.object_id, event.data) == (older.pk, {"document": copy.id})


def test_a_document_that_a_decision_rests_on_stays_after_the_undo_and_it_is_said(joined, recruiter):
    older, _, merge_id, _ = joined
    _, copy = screen_copy(older)
    reject(recruiter, older)
    assert Decision.objects.get(application=older, kind="reject").screening.document_id == copy.id
    (stays,) = undo(recruiter, merge_id)
    assert stays == f"The document “{copy.name}” stays with both applications to one job: a decision rests on it."
    assert len(list_documents(application_id=older.pk)) == 2


def test_the_documents_leave_even_when_the_two_applications_stay_one(joined, recruiter):
    older, newer, merge_id, _ = joined
    Decision.objects.create(
        application=newer,
        kind="move",
        decided_by=recruiter,
        from_stage_id=newer.stage_id,
        to_stage_id=newer.stage_id,
        status_before="transferred",
        revision_before=99,
    )
    (stays,) = undo(recruiter, merge_id)
    assert stays.startswith("Two applications to one job")
    assert len(list_documents(application_id=older.pk)) == 1


def test_a_merge_is_not_undone_once_its_person_was_erased(joined, recruiter):
    older, newer, merge_id, _ = joined
    for application in (older, newer):
        erase_application(application_id=application.pk, now=timezone.now())
    with pytest.raises(MergeRefusedError, match="erased since"):
        undo(recruiter, merge_id)
    (merged,) = get_person(actor=recruiter, person_id=newer.person_id).merges
    assert not merged.can_be_undone(timezone.now())


def test_an_undo_says_what_stays_because_it_was_changed_since(twins, recruiter, job):
    first, second = twins
    merge_id = merge(recruiter, first, second, "name")
    Person.objects.filter(pk=first.person_id).update(name="Augusta Ada King")
    late = apply(make_job(recruiter, title="Late"), "x", applied_at=timezone.now())
    Application.objects.filter(pk=late.pk).update(person=first.person_id)
    apply(job, "Squatter", email=second.person.email)
    stays = undo(recruiter, merge_id)
    assert stays == (
        "The name stays: it was changed since.",
        "Applications that came in since (1) stay with Augusta Ada King.",
        "A. Byron has no e-mail address now: somebody else has taken it since.",
    )
    assert Application.objects.get(pk=second.pk).person_id == second.person_id
    with pytest.raises(PeopleChangedError, match="undone before"):
        undo(recruiter, merge_id)


def test_a_merge_is_not_undone_after_30_days_or_before_the_one_that_came_later(twins, recruiter, job):
    first, second = twins
    inner = merge(recruiter, second, first)
    third = apply(job, "Ada Third", email="third@x.example")
    outer = merge(recruiter, third, second)
    assert Person.objects.filter(merged_into=third.person_id).count() == 2
    with pytest.raises(MergeRefusedError, match="Undo that merge first"):
        undo(recruiter, inner)
    with pytest.raises(MergeRefusedError, match="30 days"):
        undo(recruiter, outer, days=30)
    undo(recruiter, outer)
    undo(recruiter, inner)
    assert not Person.objects.filter(merged_into__isnull=False).exists()


def test_who_applies_under_the_address_that_was_taken_in_comes_in_as_the_one_that_stays(twins, recruiter):
    first, second = twins
    merge(recruiter, first, second)
    third = make_job(recruiter, title="Third")
    assert arrive(third, recruiter, second.person.email).person_id == first.person_id
    arrival = Arrival(Contact(email=second.person.email.upper()), "", timezone.now(), timezone.now(), {})
    (again,) = record_applications(actor=recruiter, job_id=third.pk, arrivals=[arrival])
    assert (again.person_id, again.made_application) == (first.person_id, False)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_merge_the_other_way_round_at_once_one_wins(twins, recruiter, account):
    rolf = account("Rolf", Role.RECRUITER)
    first, second = twins
    seen = {pk: read_version(person_id=pk) for pk in (first.person_id, second.person_id)}
    ways: list[Callable[[], object]] = [
        lambda: merge(recruiter, first, second, seen=seen),
        lambda: merge(rolf, second, first, seen=seen),
    ]
    results = at_once(*ways)
    assert sorted(type(result).__name__ for result in results) == ["PeopleChangedError", "int"], results
    assert PersonMerge.objects.count() == 1
    assert Application.objects.filter(person__merged_into=None).count() == 2


@pytest.mark.django_db(transaction=True)
def test_merging_while_somebody_moves_the_card_loses_neither(twins, recruiter, account):
    rolf = account("Rolf", Role.RECRUITER)
    first, second = twins
    seen = {pk: read_version(person_id=pk) for pk in (first.person_id, second.person_id)}
    results = at_once(
        lambda: merge(recruiter, first, second, seen=seen),
        lambda: act(rolf, second, DecisionKind.ADVANCE, expected_revision=1),
    )
    merged, moved = isinstance(results[0], int), isinstance(results[1], Decision)
    assert merged is not moved, results
    assert isinstance(results[merged], ConflictingDecisionError | PeopleChangedError)
    row = Application.objects.get(pk=second.pk)
    assert (row.person_id == first.person_id) is merged
    assert (row.stage.name == "Shortlist") is moved


@pytest.mark.django_db(transaction=True)
def test_an_application_that_comes_in_during_a_merge_is_with_who_stays(twins, recruiter):
    first, second = twins
    third = make_job(recruiter, title="Third")
    results = at_once(lambda: merge(recruiter, first, second), lambda: arrive(third, recruiter, second.person.email))
    assert not Application.objects.filter(person__merged_into__isnull=False).exists()
    assert Application.objects.filter(job=third).count() == 1, results


def keys_in_the_database(email, phone):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pipeline_email_key(%s), pipeline_phone_key(%s)", [email, phone])
        return cursor.fetchone()


domains = st.sampled_from([*(d for box in contact_rules().mailboxes for d in box.domains), "work.example", "x", ""])
locals_ = st.text(st.sampled_from("aB.+@1 "), max_size=8)


@pytest.mark.django_db
@settings(max_examples=200, deadline=None)
@example("+@gmail.com", "12")
@example("...+x@gmail.com", "")
@given(
    st.builds(lambda local, domain: f"{local}@{domain}", locals_, domains),
    st.text(st.sampled_from("0123 +-()"), max_size=16),
)
def test_the_database_reads_addresses_and_numbers_as_the_rules_do(email, phone):
    rules = contact_rules()
    assert keys_in_the_database(email, phone) == (
        email_key(email=email, rules=rules),
        phone_key(phone=phone, rules=rules),
    )
