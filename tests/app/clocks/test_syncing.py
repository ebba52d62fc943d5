"""Clocks and work states follow from facts, whoever changes them and however often they are worked out."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from tests.app.deciding.acts import act, hold, reject
from tests.app.pipeline.cast import START, apply, apply_many, screened

from assay.app.clocks.actions.pauses import end_pause, start_pause
from assay.app.clocks.actions.syncing import sync
from assay.app.clocks.models import Clock, ClockRule, JobOffice, Office, Wake
from assay.app.deciding.actions.deciding import undo
from assay.app.interviewing.models import Interview, Panelist, Scorecard
from assay.app.pipeline.models import Application, Job, Stage
from assay.core.clocks.kinds import ClockKind
from assay.core.clocks.pausing import PauseCause
from assay.core.deciding.decision import DecisionKind
from assay.core.pipeline.work_state import WorkState
from assay.platform.accounts.models import User

OFFICE_HOURS = {str(day): [["09:00", "17:00"]] for day in range(5)}


def clocks_of(application: Application, kind: ClockKind) -> list[Clock]:
    return list(Clock.objects.filter(application=application, kind=kind).order_by("started_at", "id"))


def work_of(application: Application) -> Application:
    return Application.objects.get(pk=application.pk)


def stage_named(job: Job, name: str) -> Stage:
    return Stage.objects.get(job=job, name=name)


def interview(application: Application, by: User, starts: datetime, *panel: User, **more: object) -> Interview:
    made = Interview.objects.create(
        application=application,
        stage_id=work_of(application).stage_id,
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
        created_by=by,
        **more,
    )
    for person in panel:
        Panelist.objects.create(interview=made, user=person)
    return made


def in_interviews(job: Job, recruiter: User) -> Application:
    application = screened(job, "Ada Byron", email="ada@applicant.example")
    act(recruiter, application, DecisionKind.MOVE, to_stage_id=stage_named(job, "Interviews").pk)
    return application


def test_an_application_waits_for_its_review_from_the_moment_it_is_there(job: Job) -> None:
    application = apply(job, "Ada Byron")
    sync(application_ids=[application.pk], now=START + timedelta(hours=1))
    clock = clocks_of(application, ClockKind.REVIEW)[0]
    assert (clock.started_at, clock.due_at) == (START, START + timedelta(hours=72))
    after = work_of(application)
    assert after.work_state == WorkState.REVIEW
    assert (after.work_since, after.yellow_at, after.due_at) == (START, clock.yellow_at, clock.due_at)
    assert clock.yellow_at is not None and clock.due_at is not None and clock.yellow_at < clock.due_at


def test_the_recruiter_of_the_job_owns_a_review_and_the_hiring_manager_a_decision(
    open_job: Job, recruiter: User, manager: User, interviewer: User
) -> None:
    application = in_interviews(open_job, recruiter)
    now = timezone.now()
    held = interview(application, recruiter, now - timedelta(hours=3), interviewer, state="held")
    Scorecard.objects.create(interview=held, author=interviewer, submitted_at=now, recommendation="yes")
    sync(application_ids=[application.pk], now=now)
    assert clocks_of(application, ClockKind.REVIEW)[0].owner == recruiter
    assert clocks_of(application, ClockKind.FEEDBACK)[0].owner == interviewer
    decision = clocks_of(application, ClockKind.DECISION)[0]
    assert (decision.owner, decision.started_at) == (manager, now)
    assert work_of(application).work_state == WorkState.DECISION


def test_a_decision_stops_the_review_in_its_own_transaction_and_its_undo_runs_it_on(job: Job, recruiter: User) -> None:
    application = screened(job, "Ada Byron")
    decision = act(recruiter, application, DecisionKind.ADVANCE)
    stopped = clocks_of(application, ClockKind.REVIEW)
    assert [clock.stopped_at for clock in stopped] == [decision.decided_at]
    undo(actor=recruiter, decision_id=decision.pk)
    running = clocks_of(application, ClockKind.REVIEW)
    assert [(clock.started_at, clock.stopped_at) for clock in running] == [(stopped[0].started_at, None)]
    assert not clocks_of(application, ClockKind.FIRST_INTERVIEW)


def test_a_rejection_stops_every_clock(job: Job, recruiter: User) -> None:
    application = screened(job, "Ada Byron")
    reject(recruiter, application)
    assert not Clock.objects.filter(application=application, stopped_at=None).exists()
    assert work_of(application).work_state == WorkState.DONE


def test_a_hold_rests_until_its_day_and_then_comes_back_for_review(job: Job, recruiter: User) -> None:
    application = screened(job, "Ada Byron")
    until = timezone.localdate() + timedelta(days=10)
    hold(recruiter, application, until)
    after = work_of(application)
    assert (after.work_state, after.due_at, after.is_paused) == (WorkState.HELD, None, True)
    back = datetime(until.year, until.month, until.day, tzinfo=UTC)
    assert Wake.objects.get(application=application).at == back
    sync(application_ids=[application.pk], now=back)
    after = work_of(application)
    assert (after.work_state, after.work_since) == (WorkState.REVIEW, back)
    assert after.due_at is not None and after.due_at > back


def test_a_booked_interview_waits_for_its_date_and_is_not_late(open_job: Job, recruiter: User) -> None:
    application = in_interviews(open_job, recruiter)
    assert work_of(application).work_state == WorkState.SCHEDULING
    soon = timezone.now() + timedelta(days=3)
    interview(application, recruiter, soon, recruiter)
    sync(application_ids=[application.pk], now=timezone.now())
    after = work_of(application)
    assert (after.work_state, after.due_at) == (WorkState.INTERVIEW, None)
    assert clocks_of(application, ClockKind.FIRST_INTERVIEW)[0].stopped_at == soon
    sync(application_ids=[application.pk], now=soon + timedelta(hours=2))
    assert work_of(application).work_state == WorkState.FEEDBACK


def test_the_candidate_who_holds_the_ball_lets_clocks_rest_and_no_time_is_counted_twice(
    job: Job, recruiter: User
) -> None:
    application = screened(job, "Ada Byron")
    start_pause(actor=recruiter, application_id=application.pk, why=PauseCause.ASKED_FOR_INFORMATION)
    start_pause(actor=recruiter, application_id=application.pk, why=PauseCause.ASKED_FOR_INFORMATION)
    after = work_of(application)
    assert (after.work_state, after.is_paused) == (WorkState.CANDIDATE, True)
    assert end_pause(actor=recruiter, application_id=application.pk)
    assert work_of(application).work_state == WorkState.REVIEW
    assert not end_pause(actor=recruiter, application_id=application.pk)


def test_working_out_twice_changes_nothing(open_job: Job, recruiter: User, interviewer: User) -> None:
    application = in_interviews(open_job, recruiter)
    interview(application, recruiter, timezone.now() - timedelta(hours=3), interviewer)
    now = timezone.now()
    sync(application_ids=[application.pk], now=now)
    before = list(Clock.objects.order_by("id").values())
    again = sync(application_ids=[application.pk], now=now)
    assert (again.written, again.moved, again.removed) == (0, 0, 0)
    assert list(Clock.objects.order_by("id").values()) == before


def test_clocks_can_be_thrown_away_and_worked_out_again(open_job: Job, recruiter: User, interviewer: User) -> None:
    application = in_interviews(open_job, recruiter)
    interview(application, recruiter, timezone.now() - timedelta(hours=3), interviewer)
    now = timezone.now()
    fields = [field.name for field in Clock._meta.fields if field.name != "id"]
    sync(application_ids=[application.pk], now=now)
    before = sorted(map(str, Clock.objects.values_list(*fields)))
    Clock.objects.all().delete()
    sync(application_ids=[application.pk], now=now)
    assert sorted(map(str, Clock.objects.values_list(*fields))) == before


def test_another_limit_moves_running_clocks_and_leaves_stopped_ones(job: Job, recruiter: User) -> None:
    done, waiting = screened(job, "Ada Byron"), apply(job, "Grace Hopper")
    act(recruiter, done, DecisionKind.ADVANCE)
    sync(application_ids=[done.pk, waiting.pk], now=START)
    kept = clocks_of(done, ClockKind.REVIEW)[0].due_at
    ClockRule.objects.create(kind=ClockKind.REVIEW, hours=24, counting="open_days", yellow_share=Decimal("0.5"))
    report = sync(application_ids=[done.pk, waiting.pk], now=START)
    assert clocks_of(waiting, ClockKind.REVIEW)[0].due_at == START + timedelta(hours=24)
    assert clocks_of(done, ClockKind.REVIEW)[0].due_at == kept
    assert report.moved >= 1


def test_a_job_runs_on_the_calendar_of_its_office(job: Job) -> None:
    application = apply(job, "Ada Byron")
    fields = {"hours": OFFICE_HOURS, "country": "NL", "closed_days": ["2026-11-04"]}
    office = Office.objects.create(name="Utrecht", time_zone="Europe/Amsterdam", **fields)
    JobOffice.objects.create(job=job, office=office)
    sync(application_ids=[application.pk], now=START)
    clock = clocks_of(application, ClockKind.REVIEW)[0]
    assert (clock.office, clock.due_at) == (office, START + timedelta(hours=96))


def test_an_office_that_is_always_closed_gives_a_clock_without_an_end_and_no_error(job: Job) -> None:
    closed = [str((START + timedelta(days=n)).date()) for n in range(-5, 21 * 366)]
    office = Office.objects.create(name="Nowhere", time_zone="UTC", hours=OFFICE_HOURS, closed_days=closed)
    JobOffice.objects.create(job=job, office=office)
    application = apply(job, "Ada Byron")
    sync(application_ids=[application.pk], now=START)
    assert clocks_of(application, ClockKind.REVIEW)[0].due_at is None


def test_a_limit_that_is_switched_off_takes_running_clocks_away(job: Job) -> None:
    application = apply(job, "Ada Byron")
    sync(application_ids=[application.pk], now=START)
    ClockRule.objects.create(kind=ClockKind.REVIEW, hours=24, yellow_share=Decimal("0.5"), is_off=True)
    sync(application_ids=[application.pk], now=START)
    assert not clocks_of(application, ClockKind.REVIEW)
    after = work_of(application)
    assert (after.work_state, after.due_at) == (WorkState.REVIEW, None)


def test_a_cancelled_interview_starts_another_search_for_a_time(open_job: Job, recruiter: User) -> None:
    application = in_interviews(open_job, recruiter)
    made = interview(application, recruiter, timezone.now() + timedelta(days=2), recruiter)
    Interview.objects.filter(pk=made.pk).update(state="cancelled", ended_at=timezone.now())
    sync(application_ids=[application.pk], now=timezone.now())
    stopped, running = clocks_of(application, ClockKind.SCHEDULING)
    assert stopped.stopped_at is not None and running.stopped_at is None
    assert running.started_at >= stopped.stopped_at
    assert work_of(application).work_state == WorkState.SCHEDULING


@pytest.mark.parametrize("count", [1, 40])
def test_any_number_of_applications_takes_the_same_few_statements(
    job: Job, count: int, django_assert_max_num_queries: object
) -> None:
    applications = apply_many(job, [None] * count)
    with django_assert_max_num_queries(11):  # type: ignore[operator]
        sync(application_ids=[one.pk for one in applications], now=START)
    assert Clock.objects.count() == count


def test_nothing_known_is_nothing_done() -> None:
    assert sync(application_ids=[], now=START).applications == 0


@pytest.mark.django_db
def test_an_application_that_is_gone_is_passed_over() -> None:
    assert sync(application_ids=[987654], now=START).applications == 0
