"""Waiting counts from when an application came in here, not from when somebody applied elsewhere."""

from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module

from django.db import connection
from django.test import Client
from django.utils import timezone
from tests.app.clocks.test_syncing import clocks_of, work_of
from tests.app.deciding.acts import act, reject
from tests.app.pipeline.cast import apply, make_job, screened

from assay.app.clocks.actions.syncing import sync
from assay.app.clocks.actions.waking import wake
from assay.app.clocks.models import BreachReason, Clock, ClockRule
from assay.app.clocks.queries.kept import get_kept
from assay.app.deciding.actions.deciding import undo
from assay.app.deciding.actions.transferring import consider_for
from assay.app.pipeline.actions.applications import record_application
from assay.app.pipeline.models import Application, Job
from assay.core.clocks.kinds import ClockKind, Counting
from assay.core.deciding.decision import DecisionKind
from assay.core.pipeline.work_state import WorkState
from assay.core.screening.result import Contact
from assay.platform.accounts.models import User

Browse = Callable[[User], Client]
LEARNT = import_module("assay.app.pipeline.migrations.0006_when_we_learnt_of_it").LEARNT
ALONG = import_module("assay.app.clocks.migrations.0003_from_when_it_came_in").ALONG


def bring_in(job: Job, by: User, name: str, *, days_ago: int) -> Application:
    """Record somebody who applied days ago, as an import does now."""
    now = timezone.now()
    made = record_application(
        actor=by,
        job_id=job.pk,
        contact=Contact(name=name, email=f"{name.split()[0].lower()}@example.org"),
        source="Old system",
        applied_at=now - timedelta(days=days_ago),
        recorded_at=now,
        submitted={"import": 1},
    )
    return Application.objects.get(pk=made.application_id)


def review_of(application: Application) -> tuple[datetime, datetime | None]:
    (one,) = clocks_of(application, ClockKind.REVIEW)
    return one.started_at, one.stopped_at


def run_sql(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_row_that_is_months_old_is_reviewed_from_its_import_on(job: Job, recruiter: User) -> None:
    application = bring_in(job, recruiter, "Ada Byron", days_ago=200)
    (clock,) = clocks_of(application, ClockKind.REVIEW)
    assert clock.started_at == application.recorded_at
    assert clock.yellow_at is not None
    assert clock.yellow_at > timezone.now()
    row = work_of(application)
    assert (row.work_state, row.work_since, row.entered_stage_at) == (
        WorkState.REVIEW,
        application.recorded_at,
        application.recorded_at,
    )


def test_a_limit_on_the_first_stage_counts_from_the_import_on_too(job: Job, recruiter: User) -> None:
    ClockRule.objects.create(kind="stage", job=job, hours=24, counting=Counting.ELAPSED, yellow_share="0.5")
    application = bring_in(job, recruiter, "Ada Byron", days_ago=200)
    act(recruiter, application, DecisionKind.ADVANCE)
    first = min(clocks_of(application, ClockKind.STAGE), key=lambda one: one.started_at)
    assert first.started_at == application.recorded_at
    assert first.stopped_at is not None
    assert first.due_at == application.recorded_at + timedelta(hours=24)


def test_a_day_to_come_does_not_start_a_review_before_it(job: Job, recruiter: User) -> None:
    application = bring_in(job, recruiter, "Ada Byron", days_ago=-2)
    assert review_of(application) == (application.applied_at, None)


def test_what_is_decided_at_once_counts_as_kept(job: Job, recruiter: User) -> None:
    for number in range(3):
        act(recruiter, bring_in(job, recruiter, f"Ada{number} B", days_ago=90), DecisionKind.ADVANCE)
    kept = get_kept(user=recruiter, now=timezone.now(), zone="UTC")
    assert (kept.all.kept, kept.all.ended, kept.over, kept.owed) == (3, 3, 0, 0)


def test_an_undo_runs_the_review_on_from_the_import(job: Job, recruiter: User) -> None:
    application = bring_in(job, recruiter, "Ada Byron", days_ago=90)
    decision = act(recruiter, application, DecisionKind.ADVANCE)
    assert review_of(application) == (application.recorded_at, decision.decided_at)
    undo(actor=recruiter, decision_id=decision.pk)
    assert review_of(application) == (application.recorded_at, None)
    assert work_of(application).work_since == application.recorded_at


def test_added_to_another_job_an_old_application_waits_there_from_now_on(job: Job, recruiter: User) -> None:
    application = bring_in(job, recruiter, "Ada Byron", days_ago=90)
    other = make_job(recruiter, title="Data engineer")
    made = Application.objects.get(pk=consider_for(actor=recruiter, application_id=application.pk, to_job_id=other.pk))
    assert made.applied_at == made.recorded_at == review_of(made)[0]
    assert made.recorded_at > application.recorded_at


def test_the_clock_says_from_when_it_counts_and_why(job: Job, recruiter: User, browse: Browse) -> None:
    old = bring_in(job, recruiter, "Ada Byron", days_ago=90)
    fresh = apply(job, "Ben Holt", applied_at=timezone.now())
    sync(application_ids=[fresh.pk], now=timezone.now())
    words = "when the application came in here; they applied"
    browser = browse(recruiter)
    assert words in browser.get(f"/applications/{old.pk}/").content.decode()
    assert words not in browser.get(f"/applications/{fresh.pk}/").content.decode()
    assert browser.get("/clocks/list").content.decode().count(words) == 1


def test_an_import_before_this_was_known_is_dated_by_the_audit_log(job: Job, recruiter: User) -> None:
    application = bring_in(job, recruiter, "Ada Byron", days_ago=90)
    own = screened(job, "Ben Holt")
    before = application.recorded_at
    Application.objects.filter(pk=application.pk).update(
        recorded_at=timezone.now(), entered_stage_at=application.applied_at
    )
    Application.objects.filter(pk=own.pk).update(recorded_at=timezone.now())
    run_sql(LEARNT)
    application.refresh_from_db()
    own.refresh_from_db()
    assert abs(application.recorded_at - before) < timedelta(seconds=10)
    assert application.entered_stage_at == application.recorded_at
    assert own.recorded_at == own.applied_at


def test_what_an_applicant_sent_themself_is_dated_as_they_sent_it(job: Job) -> None:
    now = timezone.now()
    made = record_application(
        actor=None,
        job_id=job.pk,
        contact=Contact(name="Ada", email="ada@example.org"),
        source="Careers page",
        applied_at=now - timedelta(minutes=5),
        recorded_at=now,
        submitted={},
    )
    run_sql(LEARNT)
    application = Application.objects.get(pk=made.application_id)
    assert application.recorded_at == application.applied_at


def test_clocks_of_before_are_worked_out_again_and_what_was_said_goes_along(job: Job, recruiter: User) -> None:
    running, ended = (screened(job, name) for name in ("Ada Byron", "Ben Holt"))
    reject(recruiter, ended)
    sync(application_ids=[running.pk], now=timezone.now())
    broken = Clock.objects.get(application=ended, kind=ClockKind.REVIEW)
    assert broken.stopped_at is not None
    assert broken.due_at is not None
    assert broken.stopped_at > broken.due_at
    for one in (running, ended):
        BreachReason.objects.create(
            application=one, kind="review", started_at=one.applied_at, cause="overlooked", given_by=recruiter
        )
    came_in = broken.stopped_at - timedelta(hours=1)
    Application.objects.filter(pk__in=[running.pk, ended.pk]).update(recorded_at=came_in)
    run_sql(ALONG)
    assert wake(now=timezone.now()) == 2
    assert review_of(running) == (came_in, None)
    assert review_of(ended) == (came_in, broken.stopped_at)
    assert set(BreachReason.objects.values_list("started_at", flat=True)) == {came_in}
    assert get_kept(user=recruiter, now=timezone.now(), zone="UTC").all.kept == 1
