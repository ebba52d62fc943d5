"""Reviews that last over moves nobody decided, and that begin when a hold runs out."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone
from tests.app.clocks.test_syncing import clocks_of, stage_named, work_of
from tests.app.deciding.acts import act, hold
from tests.app.pipeline.cast import START, screened

from assay.app.clocks.actions.syncing import sync
from assay.app.pipeline.actions.stages import retire_stage
from assay.app.pipeline.models import Application, Job
from assay.app.pipeline.plans import kept_stages
from assay.core.clocks.kinds import ClockKind
from assay.core.deciding.decision import DecisionKind
from assay.core.pipeline.stage import StageGroup
from assay.core.pipeline.stage_plan import version_of
from assay.core.pipeline.work_state import WorkState
from assay.platform.accounts.models import User


def retire(job: Job, by: User, name: str, to: str) -> None:
    seen = version_of(kept=kept_stages(rows=list(job.stages.order_by("position"))))
    stages = {one.name: one.pk for one in job.stages.all()}
    retire_stage(actor=by, job_id=job.pk, stage_id=stages[name], to_stage_id=stages[to], seen=seen)


def spans(application: Application) -> list[tuple[datetime, bool]]:
    return [(one.started_at, one.stopped_at is None) for one in clocks_of(application, ClockKind.REVIEW)]


def held_until_some_days_ago(application: Application, by: User, clock: pytest.MonkeyPatch) -> datetime:
    """Put on hold for two days, let twelve days pass, and return when the hold ran out."""
    until = timezone.localdate() + timedelta(days=2)
    hold(by, application, until)
    later = timezone.now() + timedelta(days=12)
    clock.setattr(timezone, "now", lambda: later)
    sync(application_ids=[application.pk], now=later)
    return timezone.make_aware(datetime.combine(until, time()))


def test_a_stage_taken_out_of_the_plan_leaves_the_review_running(job: Job, recruiter: User) -> None:
    application = screened(job, "Ada Byron")
    first, second = job.stages.order_by("position")[:2]
    type(second).objects.filter(pk=second.pk).update(group=StageGroup.APPLICATION)
    retire(job, recruiter, first.name, second.name)
    assert spans(application) == [(START, True)]
    assert work_of(application).work_state == WorkState.REVIEW
    act(recruiter, application, DecisionKind.ADVANCE)
    assert spans(application) == [(START, False)]


def test_a_review_ends_where_the_application_is_moved_beyond_reviews(open_job: Job, recruiter: User) -> None:
    application = screened(open_job, "Ada Byron")
    retire(open_job, recruiter, open_job.stages.order_by("position")[0].name, stage_named(open_job, "Interviews").name)
    assert spans(application) == [(START, False)]


def test_a_review_that_began_when_a_hold_ran_out_is_not_forgotten_by_the_next_decision(
    job: Job, recruiter: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = screened(job, "Ada Byron")
    ended = held_until_some_days_ago(application, recruiter, monkeypatch)
    assert (ended, True) in spans(application)
    act(recruiter, application, DecisionKind.ADVANCE)
    assert (ended, False) in spans(application)


def test_resuming_after_a_hold_ran_out_begins_no_other_review(
    job: Job, recruiter: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = screened(job, "Ada Byron")
    ended = held_until_some_days_ago(application, recruiter, monkeypatch)
    before = spans(application)
    act(recruiter, application, DecisionKind.RESUME)
    assert spans(application) == before
    assert work_of(application).work_since == ended
