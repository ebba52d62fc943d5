"""Arranging an interview of another stage moves the application there too, in one act, when it is asked to."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.app.interviewing.cast import at
from tests.app.pipeline.cast import advance, make_job, screened

from assay.app.clocks.models import Clock
from assay.app.deciding.actions.deciding import decide, undo
from assay.app.deciding.models import Decision
from assay.app.interviewing.actions.arranging import Told, arrange
from assay.app.interviewing.actions.checking import NeedsConfirming
from assay.app.interviewing.actions.plans import adopt_suggestion
from assay.app.interviewing.actions.refusal import ChangedMeanwhile, InterviewRefused
from assay.app.interviewing.models import Interview, PlannedInterview
from assay.app.interviewing.queries.astray import list_astray
from assay.app.messaging.models import Message
from assay.app.pipeline.actions.jobs import Seat
from assay.app.pipeline.models import Application, Job
from assay.core.clocks.kinds import ClockKind
from assay.core.deciding.decision import DecisionKind
from assay.core.pipeline.status import ApplicationStatus, TeamRole
from assay.core.pipeline.work_state import WorkState
from assay.platform.access.gate import Forbidden
from assay.platform.access.roles import Role
from assay.platform.accounts.models import User
from assay.platform.audit.models import Event

Browse = Callable[[User], Client]
Account = Callable[[str, Role], User]


@pytest.fixture
def planned(job: Job, recruiter: User) -> PlannedInterview:
    """The first interview of the job's plan."""
    adopt_suggestion(actor=recruiter, job_id=job.pk)
    found = PlannedInterview.objects.filter(stage__job=job).order_by("stage__position", "position").first()
    assert found is not None
    return found


@pytest.fixture
def applicant(job: Job) -> Application:
    """Somebody who stands in the first stage of the plan."""
    return screened(job, "Mara Lind", email="mara@example.org")


def book(by: User, application: Application, planned: PlannedInterview, panel: User, **more: object) -> Told:
    wanted: dict[str, object] = {"when": at(48, panel=(panel.pk,)), "with_letter": False, "free": None}
    return arrange(actor=by, application_id=application.pk, planned_id=planned.pk, **(wanted | more))


def sent(planned: PlannedInterview, panel: User, **more: str) -> dict[str, object]:
    """The form as a browser sends it."""
    day = timezone.now().date() + timedelta(days=3)
    return {
        "planned": str(planned.pk),
        "day": day.isoformat(),
        "at": "10:00",
        "minutes": "45",
        "time_zone": "UTC",
        "panel": [str(panel.pk)],
    } | more


def box_of(page: str) -> str:
    found = re.search(r'<input[^>]*name="move"[^>]*>', page)
    return found[0] if found else ""


def stored() -> tuple[int, int, int, int]:
    """How many interviews, decisions, letters and audit events there are."""
    return Interview.objects.count(), Decision.objects.count(), Message.objects.count(), Event.objects.count()


def test_the_application_goes_along_as_a_decision_and_no_clock_asks_for_what_is_arranged(
    applicant: Application, planned: PlannedInterview, recruiter: User, ivo: User
) -> None:
    for other in PlannedInterview.objects.filter(stage=planned.stage).exclude(pk=planned.pk):
        other.delete()
    told = book(recruiter, applicant, planned, ivo, move_seen=applicant.revision)
    applicant.refresh_from_db()
    decision = Decision.objects.get(pk=told.decision_id)
    assert (decision.kind, decision.decided_by, decision.to_stage) == ("move", recruiter, planned.stage)
    assert (applicant.stage, applicant.work_state) == (planned.stage, WorkState.INTERVIEW)
    interview = Interview.objects.get()
    assert decision.decided_at <= interview.created_at
    scheduling = Clock.objects.get(application=applicant, kind=ClockKind.SCHEDULING)
    assert scheduling.stopped_at == interview.created_at
    assert not Clock.objects.filter(application=applicant, kind=ClockKind.REVIEW, stopped_at=None).exists()
    verbs = list(Event.objects.order_by("-sequence").values_list("verb", flat=True)[:2])
    assert verbs == ["interview.arranged", "application.moved"]


def test_without_the_tick_nothing_moves(
    applicant: Application, planned: PlannedInterview, recruiter: User, ivo: User
) -> None:
    told = book(recruiter, applicant, planned, ivo)
    applicant.refresh_from_db()
    assert told.decision_id is None
    assert applicant.stage != planned.stage
    assert not Decision.objects.exists()


def test_sent_twice_it_is_moved_once_and_arranged_once(
    applicant: Application, planned: PlannedInterview, recruiter: User, ivo: User
) -> None:
    when, seen = at(48, panel=(ivo.pk,)), applicant.revision
    first = book(recruiter, applicant, planned, ivo, when=when, move_seen=seen)
    second = book(recruiter, applicant, planned, ivo, when=when, move_seen=seen)
    assert first.interview_id == second.interview_id
    assert (Interview.objects.count(), Decision.objects.count()) == (1, 1)


def test_a_talk_that_was_arranged_without_the_move_gets_it_when_it_is_sent_again_with_the_tick(
    applicant: Application, planned: PlannedInterview, recruiter: User, ivo: User
) -> None:
    when = at(48, panel=(ivo.pk,))
    first = book(recruiter, applicant, planned, ivo, when=when)
    second = book(recruiter, applicant, planned, ivo, when=when, move_seen=applicant.revision)
    assert first.interview_id == second.interview_id
    assert second.decision_id is not None


def test_before_the_band_is_approved_neither_is_stored_and_the_reason_is_said(
    manager: User, recruiter: User, browse: Browse
) -> None:
    closed = make_job(recruiter, title="Closed", team=[Seat(recruiter.pk, TeamRole.RECRUITER)])
    adopt_suggestion(actor=recruiter, job_id=closed.pk)
    talk = PlannedInterview.objects.filter(stage__job=closed).first()
    assert talk is not None
    waiting = screened(closed, "Ada Byron", email="ada@example.org")
    browser, before = browse(recruiter), stored()
    form = sent(talk, recruiter, move="on", seen=str(waiting.revision))
    answer = browser.post(f"/applications/{waiting.pk}/interviews/new", form)
    assert answer.status_code == 422
    assert "approved" in answer.content.decode()
    assert 'value="10:00"' in answer.content.decode()
    assert stored() == before


def test_a_refused_move_refuses_the_interview_with_the_reason(
    applicant: Application, planned: PlannedInterview, recruiter: User, ivo: User
) -> None:
    twin = Application.objects.create(
        person=applicant.person,
        job=applicant.job,
        stage=applicant.stage,
        applied_at=applicant.applied_at,
        status=ApplicationStatus.HELD,
    )
    before = stored()
    with pytest.raises(InterviewRefused, match="another live application.*neither the move nor the interview"):
        book(recruiter, twin, planned, ivo, move_seen=twin.revision)
    assert stored() == before


def test_whoever_was_faster_is_named_and_nothing_is_stored(
    applicant: Application, planned: PlannedInterview, recruiter: User, manager: User, ivo: User, browse: Browse
) -> None:
    seen = applicant.revision
    decide(actor=manager, application_id=applicant.pk, kind=DecisionKind.ADVANCE, expected_revision=seen)
    browser, before = browse(recruiter), stored()
    with pytest.raises(ChangedMeanwhile, match="Hanna was faster"):
        book(recruiter, applicant, planned, ivo, move_seen=seen)
    form = sent(planned, ivo, move="on", seen=str(seen))
    answer = browser.post(f"/applications/{applicant.pk}/interviews/new", form)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Hanna was faster" in page
    assert " checked" in box_of(page)
    assert f'name="seen" value="{seen + 1}"' in page
    assert stored() == before


def test_a_warning_holds_the_move_back_until_it_is_confirmed(
    applicant: Application, planned: PlannedInterview, recruiter: User, ivo: User
) -> None:
    past = at(-2, panel=(ivo.pk,))
    before = stored()
    with pytest.raises(NeedsConfirming):
        book(recruiter, applicant, planned, ivo, when=past, move_seen=applicant.revision)
    assert stored() == before
    told = book(recruiter, applicant, planned, ivo, when=past, move_seen=applicant.revision, is_confirmed=True)
    assert told.decision_id is not None


def test_whoever_arranges_but_does_not_decide_is_not_offered_the_move_and_cannot_send_it(
    applicant: Application, planned: PlannedInterview, job: Job, account: Account, ivo: User, browse: Browse
) -> None:
    coordinator = account("Cora", Role.HIRING_MANAGER)
    job.members.create(user=coordinator, team_role=TeamRole.COORDINATOR)
    browser = browse(coordinator)
    page = browser.get(f"/applications/{applicant.pk}/interviews/new?planned={planned.pk}").content.decode()
    assert not box_of(page)
    assert "Ask somebody who decides to move Mara Lind first." in page
    before = stored()
    with pytest.raises(Forbidden):
        book(coordinator, applicant, planned, ivo, move_seen=applicant.revision)
    assert stored() == before
    assert book(coordinator, applicant, planned, ivo).decision_id is None


def test_the_form_offers_the_move_ticked_when_the_stage_is_ahead_and_not_when_it_lies_behind(
    applicant: Application, planned: PlannedInterview, recruiter: User, browse: Browse
) -> None:
    browser, address = browse(recruiter), f"/applications/{applicant.pk}/interviews/new?planned={planned.pk}"
    page = browser.get(address).content.decode()
    assert f"Move Mara Lind to {planned.stage.name}</label>" in page
    assert " checked" in box_of(page)
    last = applicant.job.stages.order_by("position").exclude(group="hired").last()
    assert last is not None
    advance(applicant, last.position)
    page = browser.get(address).content.decode()
    assert box_of(page)
    assert " checked" not in box_of(page)
    assert "the tick takes them back" in page
    advance(applicant, planned.stage.position)
    assert not box_of(browser.get(address).content.decode())
    assert not box_of(browser.get(address.split("=")[0] + "=0").content.decode())


def test_a_form_that_comes_back_keeps_the_tick_that_was_taken_out(
    applicant: Application, planned: PlannedInterview, recruiter: User, ivo: User, browse: Browse
) -> None:
    answer = browse(recruiter).post(
        f"/applications/{applicant.pk}/interviews/new", sent(planned, ivo, day="", seen=str(applicant.revision))
    )
    assert answer.status_code == 422
    assert box_of(answer.content.decode())
    assert " checked" not in box_of(answer.content.decode())


def test_somebody_on_hold_is_taken_off_it_by_the_move_and_the_form_says_so(
    applicant: Application, planned: PlannedInterview, recruiter: User, ivo: User, browse: Browse
) -> None:
    until = timezone.localdate() + timedelta(days=9)
    decide(
        actor=recruiter,
        application_id=applicant.pk,
        kind=DecisionKind.HOLD,
        expected_revision=applicant.revision,
        held_until=until,
    )
    applicant.refresh_from_db()
    page = browse(recruiter).get(f"/applications/{applicant.pk}/interviews/new?planned={planned.pk}")
    assert "It also takes them off hold." in page.content.decode()
    book(recruiter, applicant, planned, ivo, move_seen=applicant.revision)
    applicant.refresh_from_db()
    assert (applicant.status, applicant.held_until) == (ApplicationStatus.ACTIVE, None)


def test_the_undo_is_offered_and_says_that_the_interview_stands(
    applicant: Application, planned: PlannedInterview, recruiter: User, ivo: User, browse: Browse
) -> None:
    browser = browse(recruiter)
    form = sent(planned, ivo, move="on", seen=str(applicant.revision))
    answer = browser.post(f"/applications/{applicant.pk}/interviews/new", form)
    decision = Decision.objects.get()
    assert answer["Location"] == f"/applications/{applicant.pk}/interviews?done={decision.pk}"
    page = browser.get(answer["Location"]).content.decode()
    assert f'action="/decisions/{decision.pk}/undo"' in page
    assert "An interview stands." not in page
    after = browser.post(f"/decisions/{decision.pk}/undo", follow=True).content.decode()
    assert "An interview stands." in after
    assert f"belongs to {planned.stage.name}, and Mara Lind stands in {decision.from_stage.name}" in after
    assert Interview.objects.get().state == "scheduled"
    queue = browser.get(f"/jobs/{applicant.job_id}/review/?show=all&at={applicant.pk}").content.decode()
    assert "An interview stands." in queue


def test_what_is_over_called_off_or_of_somebody_who_left_is_not_astray(
    applicant: Application, planned: PlannedInterview, recruiter: User, ivo: User
) -> None:
    told = book(recruiter, applicant, planned, ivo)
    now = timezone.now()
    assert [one.interview_id for one in list_astray(application_id=applicant.pk, now=now)] == [told.interview_id]
    assert list_astray(application_id=applicant.pk, now=now + timedelta(days=4)) == ()
    Interview.objects.update(state="cancelled")
    assert list_astray(application_id=applicant.pk, now=now) == ()
    Interview.objects.update(state="scheduled")
    moved = decide(
        actor=recruiter,
        application_id=applicant.pk,
        kind=DecisionKind.MOVE,
        expected_revision=applicant.revision,
        to_stage_id=planned.stage_id,
    )
    assert list_astray(application_id=applicant.pk, now=now) == ()
    undo(actor=recruiter, decision_id=moved)
    assert len(list_astray(application_id=applicant.pk, now=now)) == 1
