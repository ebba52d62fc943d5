"""An application that goes on in another job, or is considered there as well; and back again."""

import pytest
from django.http import Http404
from tests.app.deciding.acts import act, hold, reject, state
from tests.app.deciding.test_decisions import LATER
from tests.app.pipeline.cast import apply, make_job
from tests.simultaneous import at_once

from assay.app.deciding.actions.deciding import ConflictingDecisionError, undo
from assay.app.deciding.actions.transferring import Transferred, consider_for, transfer
from assay.app.deciding.models import Decision
from assay.app.documents.queries import list_documents
from assay.app.pipeline.actions.jobs import Seat, set_job_status
from assay.app.pipeline.models import Application, Person
from assay.core.deciding.decision import DecisionKind, IllegalDecisionError
from assay.core.pipeline.status import JobStatus, TeamRole
from assay.platform.access.gate import Forbidden
from assay.platform.audit.models import Event


@pytest.fixture
def other(recruiter):
    return make_job(recruiter, title="Platform engineer")


def send(actor, application, job, **more):
    more.setdefault("expected_revision", Application.objects.get(pk=application.pk).revision)
    return transfer(actor=actor, application_id=application.pk, to_job_id=job.pk, **more)


def test_a_transfer_ends_the_older_application_and_begins_one_with_the_same_papers(ada, other, recruiter):
    Application.objects.filter(pk=ada.pk).update(submitted={"why": "maps"}, source="Careers page", is_internal=True)
    done = send(recruiter, ada, other, note="Better there.")
    newer = Application.objects.get(pk=done.application_id)
    assert (newer.job, newer.stage.name, newer.status, newer.person_id) == (other, "New", "active", ada.person_id)
    assert (newer.submitted, newer.source, newer.is_internal) == ({"why": "maps"}, "Careers page", True)
    assert newer.transferred_from_id == ada.pk
    assert [d.sha256 for d in list_documents(application_id=newer.pk)] == [
        d.sha256 for d in list_documents(application_id=ada.pk)
    ]
    assert state(ada)["status"] == "transferred"
    decision = Decision.objects.get(pk=done.decision_id)
    assert (decision.kind, decision.note, decision.decided_by) == ("transfer", "Better there.", recruiter)
    assert Event.objects.get(verb="application.transferred_in").data["from_application"] == ada.pk
    assert Event.objects.filter(verb="application.screening_requested", object_id=newer.pk).exists()


def test_taking_a_transfer_back_restores_the_older_and_ends_the_newer(ada, other, recruiter):
    hold(recruiter, ada, LATER)
    before = state(ada)
    done = send(recruiter, ada, other)
    undone = undo(actor=recruiter, decision_id=done.decision_id)
    assert undo(actor=recruiter, decision_id=done.decision_id) == undone
    assert state(ada) == before
    newer = Application.objects.get(pk=done.application_id)
    assert (newer.status, newer.transferred_from) == ("transferred", None)
    assert "taken back" in Decision.objects.get(application=newer).note
    again = send(recruiter, ada, other)
    assert Application.objects.get(pk=again.application_id).transferred_from_id == ada.pk


def test_a_transfer_is_not_taken_back_once_somebody_decided_there(ada, other, recruiter):
    done = send(recruiter, ada, other)
    newer = Application.objects.get(pk=done.application_id)
    act(recruiter, newer, DecisionKind.ADVANCE)
    with pytest.raises(IllegalDecisionError, match="in Platform engineer since"):
        undo(actor=recruiter, decision_id=done.decision_id)
    assert state(ada)["status"] == "transferred"
    back = send(recruiter, newer, ada.job)
    assert Application.objects.get(pk=back.application_id).transferred_from_id == newer.pk
    ending = Decision.objects.get(application=newer, kind="transfer")
    undo(actor=recruiter, decision_id=ending.pk)
    with pytest.raises(IllegalDecisionError, match="taken back before"):
        undo(actor=recruiter, decision_id=Decision.objects.get(application=back.application_id).pk)


def test_a_transfer_says_why_it_cannot_be(ada, other, recruiter, manager):
    with pytest.raises(IllegalDecisionError, match="already. Choose another"):
        send(recruiter, ada, ada.job)
    with pytest.raises(IllegalDecisionError, match="from the list"):
        send(manager, ada, other)
    with pytest.raises(IllegalDecisionError, match="from the list"):
        transfer(actor=recruiter, application_id=ada.pk, expected_revision=1, to_job_id=2**60)
    there = consider_for(actor=recruiter, application_id=ada.pk, to_job_id=other.pk)
    with pytest.raises(IllegalDecisionError, match="Ada Byron already applies to Platform engineer"):
        send(recruiter, ada, other)
    reject(recruiter, Application.objects.get(pk=there))
    send(recruiter, ada, other)
    with pytest.raises(IllegalDecisionError, match="transferred. Undo that first"):
        send(recruiter, ada, other)


def test_a_closed_job_takes_nobody(ada, other, recruiter):
    set_job_status(actor=recruiter, job_id=other.pk, status=JobStatus.CLOSED, why="Filled")
    with pytest.raises(IllegalDecisionError, match="is closed"):
        send(recruiter, ada, other)
    assert state(ada)["status"] == "active"


def test_who_was_hidden_behind_a_wall_stays_hidden(recruiter, account, other):
    secret = make_job(recruiter, title="Secret", is_confidential=True)
    hidden = apply(secret, "Ada Byron", email="ada@x.example")
    Person.objects.filter(pk=hidden.person_id).update(walled_by=secret)
    done = send(recruiter, hidden, other)
    person = Application.objects.get(pk=done.application_id).person
    assert person.pk != hidden.person_id
    assert (person.name, person.email, person.walled_by) == ("Ada Byron", "ada@x.example", None)
    assert Person.objects.get(pk=hidden.person_id).walled_by == secret


def test_nobody_is_transferred_into_a_confidential_job_by_somebody_outside_it(ada, recruiter, account):
    from assay.platform.access.roles import Role

    rolf = account("Rolf", Role.RECRUITER)
    secret = make_job(rolf, title="Secret", is_confidential=True)
    with pytest.raises(IllegalDecisionError) as refused:
        send(recruiter, ada, secret)
    assert "Secret" not in str(refused.value)


def test_transferring_is_for_who_decides_here(ada, other, interviewer, outsider):
    with pytest.raises(Forbidden):
        send(interviewer, ada, other)
    with pytest.raises(Http404):
        send(outsider, ada, other)


def test_considering_for_a_second_job_leaves_the_first_as_it_is(ada, recruiter, manager):
    second = make_job(recruiter, title="Second", team=[Seat(manager.pk, TeamRole.HIRING_MANAGER)])
    before = state(ada)
    made = Application.objects.get(pk=consider_for(actor=manager, application_id=ada.pk, to_job_id=second.pk))
    assert (made.person_id, made.job, made.transferred_from) == (ada.person_id, second, None)
    assert state(ada) == before
    assert len(list_documents(application_id=made.pk)) == 1
    assert Event.objects.get(verb="application.considered").actor == manager
    with pytest.raises(IllegalDecisionError, match="already applies"):
        consider_for(actor=manager, application_id=ada.pk, to_job_id=second.pk)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_transfer_at_once_one_wins_and_an_impatient_finger_counts_once(ada, recruiter, manager):
    team = [Seat(manager.pk, TeamRole.HIRING_MANAGER)]
    first, second = make_job(recruiter, title="First", team=team), make_job(recruiter, title="Second", team=team)
    same = at_once(*[lambda: send(recruiter, ada, first, expected_revision=1)] * 3)
    assert len(set(same)) == 1
    assert isinstance(same[0], Transferred)
    undo(actor=recruiter, decision_id=same[0].decision_id)
    results = at_once(
        lambda: send(recruiter, ada, first, expected_revision=3),
        lambda: send(manager, ada, second, expected_revision=3),
    )
    assert sorted(type(result).__name__ for result in results) == ["ConflictingDecisionError", "Transferred"], results
    assert Application.objects.filter(transferred_from=ada).count() == 1


@pytest.mark.django_db(transaction=True)
def test_transferring_and_advancing_at_once_end_in_one_state(ada, recruiter, manager):
    other = make_job(recruiter, title="Other")
    results = at_once(
        lambda: send(recruiter, ada, other, expected_revision=1),
        lambda: act(manager, ada, DecisionKind.ADVANCE, expected_revision=1),
    )
    assert sum(isinstance(result, ConflictingDecisionError) for result in results) == 1, results
    assert Application.objects.filter(job=other).exists() is isinstance(results[0], Transferred)
