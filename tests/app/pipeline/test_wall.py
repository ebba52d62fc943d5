"""A confidential job shares nobody: what is known there cannot be read or changed from another job."""

from datetime import UTC, datetime

import pytest
from tests.app.pipeline.cast import make_job

from assay.app.pipeline.actions.applications import record_application
from assay.app.pipeline.actions.intake import Arrival, record_applications
from assay.app.pipeline.actions.jobs import JobDraft, Seat, edit_job
from assay.app.pipeline.actions.people import correct_contact
from assay.app.pipeline.models import Job, Person
from assay.core.pipeline.status import TeamRole
from assay.core.screening.result import Contact
from assay.platform.access.gate import Forbidden

EMAIL = "ada@work.example"
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def arrive(job, actor, name="", email=EMAIL):
    contact = Contact(name=name, email=email)
    return record_application(
        actor=actor, job_id=job.pk, contact=contact, source="", applied_at=NOW, recorded_at=NOW, submitted={}
    )


def make_confidential(job, actor, is_confidential=True):
    draft = JobDraft(job.title, job.problem, job.location, is_confidential, openings=1, posting="")
    edit_job(actor=actor, job_id=job.pk, draft=draft)
    return Job.objects.get(pk=job.pk)


@pytest.fixture
def secret(recruiter):
    return make_confidential(make_job(recruiter, title="Secret"), recruiter)


def test_an_applicant_of_a_confidential_job_is_somebody_new_elsewhere(job, secret, recruiter, manager):
    hidden = arrive(secret, recruiter, name="Ada Byron")
    planted = arrive(job, manager)
    assert planted.person_id != hidden.person_id
    assert Person.objects.get(pk=planted.person_id).name == ""
    correct_contact(actor=manager, application_id=planted.application_id, fields={"phone": "1"})
    assert Person.objects.get(pk=hidden.person_id).phone == ""


def test_the_same_person_applies_once_behind_the_wall_whichever_way_they_come_in(secret, recruiter):
    first = arrive(secret, recruiter)
    assert arrive(secret, recruiter).application_id == first.application_id
    arrival = Arrival(contact=Contact(email=EMAIL.upper()), source="", applied_at=NOW, recorded_at=NOW, submitted={})
    (again,) = record_applications(actor=recruiter, job_id=secret.pk, arrivals=[arrival])
    assert (again.application_id, again.made_application) == (first.application_id, False)
    (other,) = record_applications(
        actor=recruiter,
        job_id=secret.pk,
        arrivals=[
            Arrival(contact=Contact(email="b@work.example"), source="", applied_at=NOW, recorded_at=NOW, submitted={})
        ],
    )
    assert Person.objects.get(pk=other.person_id).walled_by_id == secret.pk


def test_a_job_takes_its_own_people_behind_the_wall_and_brings_them_out_again(job, recruiter):
    alone = arrive(job, recruiter)
    shared = arrive(job, recruiter, email="both@work.example")
    arrive(make_job(recruiter, title="Other"), recruiter, email="both@work.example")
    closed = make_confidential(job, recruiter)
    assert Person.objects.get(pk=alone.person_id).walled_by_id == job.pk
    assert Person.objects.get(pk=shared.person_id).walled_by_id is None
    assert not arrive(closed, recruiter, email="both@work.example").made_application
    make_confidential(closed, recruiter, is_confidential=False)
    assert Person.objects.get(pk=alone.person_id).walled_by_id is None


def test_a_contact_is_corrected_only_by_who_may_change_every_job_of_the_person(job, recruiter, manager):
    here = arrive(job, manager)
    theirs = make_job(recruiter, title="Theirs", team=[Seat(recruiter.pk, TeamRole.RECRUITER)])
    assert arrive(theirs, recruiter).person_id == here.person_id
    with pytest.raises(Forbidden):
        correct_contact(actor=manager, application_id=here.application_id, fields={"phone": "1"})
    correct_contact(actor=recruiter, application_id=here.application_id, fields={"phone": "1"})
    assert Person.objects.get(pk=here.person_id).phone == "1"
