"""Applications by the hundred, taken back: what somebody has done something with stays."""

from datetime import timedelta

from django.utils import timezone
from tests.app.deciding.acts import act

from assay.app.applying.models import CandidateRequest
from assay.app.clocks.actions.pauses import start_pause
from assay.app.clocks.actions.promises import promise_reply
from assay.app.interviewing.models import Interview
from assay.app.messaging.actions.writing import write
from assay.app.messaging.models import Draft, Message
from assay.app.pipeline.actions.intake import Arrival, record_applications, remove_applications
from assay.app.pipeline.models import Application, Job, Person
from assay.app.pipeline.queries.touched import list_touched
from assay.core.applying.states import RequestKind
from assay.core.clocks.pausing import PauseCause
from assay.core.deciding.decision import DecisionKind
from assay.core.messaging.states import MessageKind
from assay.core.screening.result import Contact
from assay.platform.accounts.models import User


def take_in(actor: User, job: Job, names: list[str]) -> dict[str, Application]:
    arrivals = [
        Arrival(Contact(name, f"{name}@applicant.example"), "csv", timezone.now(), timezone.now(), {}) for name in names
    ]
    made = record_applications(actor=actor, job_id=job.pk, arrivals=arrivals)
    return {name: Application.objects.get(pk=one.application_id) for name, one in zip(names, made, strict=True)}


def touch(recruiter: User, rows: dict[str, Application]) -> None:
    now = timezone.now()
    write(
        actor=recruiter,
        application_id=rows["written"].pk,
        kind=MessageKind.LETTER,
        template="blank",
        values={},
        wish=None,
        subject="Hello",
        body="Come on Monday.",
    )
    Interview.objects.create(
        application=rows["interviewed"],
        stage_id=rows["interviewed"].stage_id,
        starts_at=now,
        ends_at=now + timedelta(hours=1),
        created_by=recruiter,
    )
    CandidateRequest.objects.create(application=rows["asked"], kind=RequestKind.CORRECTION)
    start_pause(actor=recruiter, application_id=rows["paused"].pk, why=PauseCause.ASKED_FOR_LATER)
    promise_reply(application_id=rows["promised"].pk, now=now)
    act(recruiter, rows["decided"], DecisionKind.ADVANCE)


def test_taking_an_import_back_leaves_whom_somebody_has_done_something_with(job: Job, recruiter: User) -> None:
    touched = ["written", "interviewed", "asked", "paused", "promised", "decided"]
    rows = take_in(recruiter, job, [*touched, "untouched"])
    touch(recruiter, rows)
    gone = remove_applications(
        actor=recruiter,
        job_id=job.pk,
        application_ids=[row.pk for row in rows.values()],
        with_people=[row.person_id for row in rows.values()],
        why="undone",
    )
    assert gone == {rows["untouched"].pk}
    assert set(Application.objects.values_list("person__name", flat=True)) == set(touched)
    assert not Person.objects.filter(name="untouched").exists()
    assert (Message.objects.count(), Interview.objects.count(), CandidateRequest.objects.count()) == (1, 1, 1)


def test_what_is_touched_takes_the_same_five_statements_whatever_the_number(
    job: Job, recruiter: User, django_assert_num_queries
) -> None:
    rows = take_in(recruiter, job, [f"person{number}" for number in range(30)])
    Draft.objects.create(application=rows["person7"], author=recruiter, body="Dear", saved_at=timezone.now())
    with django_assert_num_queries(5):
        found = list_touched(application_ids=[row.pk for row in rows.values()])
    assert found == {rows["person7"].pk}
