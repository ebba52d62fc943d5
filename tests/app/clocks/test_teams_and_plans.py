"""Clocks follow the team and the plan of a job: whoever left hears nothing more, and no state is out of date."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone
from tests.app.clocks.test_promises_and_ladder import MONDAY, overdue
from tests.app.clocks.test_syncing import in_interviews, interview, work_of
from tests.app.deciding.acts import reject
from tests.app.pipeline.cast import START, apply, screened

from assay.app.clocks import jobs
from assay.app.clocks.actions.escalating import _steps, _tell, escalate
from assay.app.clocks.actions.recounting import begin_recount
from assay.app.clocks.actions.syncing import sync
from assay.app.clocks.models import Clock, ClockRule, Recount
from assay.app.clocks.rulebook import load_rulebook
from assay.app.interviewing.actions.plans import PlannedDraft, adopt_suggestion, plan_interview, retire_planned
from assay.app.interviewing.models import PlannedInterview, Scorecard
from assay.app.pipeline.actions.jobs import Seat, set_team
from assay.app.pipeline.actions.stages import save_plan
from assay.app.pipeline.models import Application, Job
from assay.app.pipeline.plans import kept_stages
from assay.core.pipeline.stage import StageGroup
from assay.core.pipeline.stage_plan import StageDraft, version_of
from assay.core.pipeline.status import TeamRole
from assay.core.pipeline.work_state import WorkState
from assay.platform.accounts.actions.people import deactivate
from assay.platform.accounts.models import User
from assay.platform.mail.models import Letter

# An hour after the three working days that a review may take of somebody who applied on the Monday.
THURSDAY = MONDAY + timedelta(hours=73)


def just_over(job: Job) -> Application:
    """An applicant whose review, on Thursday, should be done since an hour."""
    application = apply(job, "Grace Hopper", applied_at=MONDAY)
    sync(application_ids=[application.pk], now=THURSDAY)
    return application


def told() -> set[str]:
    return set(Letter.objects.values_list("recipient", flat=True))


def test_whoever_leaves_the_team_gives_their_clocks_to_the_next(job: Job, recruiter: User, manager: User) -> None:
    late = overdue(job, 20)
    Job.objects.filter(pk=job.pk).update(is_confidential=True)
    set_team(actor=recruiter, job_id=job.pk, team=[Seat(manager.pk, TeamRole.HIRING_MANAGER)])
    assert Clock.objects.get(application=late, kind="review").owner == manager
    escalate(now=timezone.now())
    assert told() == {manager.email}


def test_an_owner_who_may_not_see_the_job_is_passed_over_for_the_next(
    job: Job, recruiter: User, outsider: User
) -> None:
    late = just_over(job)
    Clock.objects.filter(application=late).update(owner=outsider)
    escalate(now=THURSDAY)
    assert outsider.email not in told()
    assert recruiter.email in told()


def test_an_account_that_is_switched_off_gives_its_clocks_to_the_next(
    job: Job, recruiter: User, manager: User, admin: User
) -> None:
    late = overdue(job, 20)
    deactivate(actor=admin, user_id=recruiter.pk)
    escalate(now=timezone.now())
    assert told() == {manager.email}
    jobs.recount(recount_id=Recount.objects.get(job=job).pk)
    assert Clock.objects.get(application=late, kind="review").owner == manager


def test_a_second_run_at_the_same_time_tells_nobody_twice(job: Job, recruiter: User) -> None:
    just_over(job)
    rows = list(Clock.objects.filter(due_at__lte=THURSDAY).select_related("application"))
    due = [one for one in _steps(rows, load_rulebook(now=THURSDAY), THURSDAY) if one.user_id == recruiter.pk]
    later = THURSDAY + timedelta(minutes=1)
    assert [_tell(recruiter, due, at) for at in (THURSDAY, later)] == [1, 0]
    assert Letter.objects.filter(recipient=recruiter.email).count() == 1


def heard(application: object, recruiter: User) -> None:
    held = interview(application, recruiter, timezone.now() - timedelta(hours=3), recruiter, state="held")
    Scorecard.objects.create(interview=held, author=recruiter, submitted_at=timezone.now(), recommendation="yes")


def test_a_plan_of_interviews_that_changes_changes_what_is_waited_for(open_job: Job, recruiter: User) -> None:
    adopt_suggestion(actor=recruiter, job_id=open_job.pk)
    application = in_interviews(open_job, recruiter)
    heard(application, recruiter)
    sync(application_ids=[application.pk], now=timezone.now())
    first = PlannedInterview.objects.filter(stage=work_of(application).stage)[0]
    draft = PlannedDraft(
        stage_id=first.stage_id, title="Two", format=first.format, minutes=first.minutes, focus=tuple(first.focus)
    )
    second = plan_interview(actor=recruiter, job_id=open_job.pk, draft=draft)
    assert work_of(application).work_state == WorkState.SCHEDULING
    retire_planned(actor=recruiter, planned_id=second)
    assert work_of(application).work_state == WorkState.DECISION


def test_a_stage_of_another_kind_changes_what_is_waited_for(job: Job, recruiter: User) -> None:
    application = screened(job, "Ada Byron")
    second = job.stages.order_by("position")[1]
    type(application).objects.filter(pk=application.pk).update(stage=second, needs_review=False)
    sync(application_ids=[application.pk], now=timezone.now())
    before = work_of(application).work_state
    rows = list(job.stages.order_by("position"))
    drafts = [
        StageDraft(row.pk, row.name, StageGroup.ASSESSMENT if row.pk == second.pk else StageGroup(row.group))
        for row in rows
    ]
    save_plan(actor=recruiter, job_id=job.pk, drafts=drafts, seen=version_of(kept=kept_stages(rows=rows)))
    after = work_of(application).work_state
    sync(application_ids=[application.pk], now=timezone.now())
    assert before != after
    assert after == work_of(application).work_state


def test_a_recount_reaches_clocks_that_run_on_after_the_end(job: Job, recruiter: User) -> None:
    ended, other = screened(job, "Ada Byron", email="ada@x.example"), apply(job, "Grace Hopper")
    reject(recruiter, ended)
    clock = Clock.objects.create(
        application=ended, kind="request", subject="9", started_at=START, hours=Decimal(72), due_at=_far()
    )
    ClockRule.objects.create(kind="request", hours=24, yellow_share=Decimal("0.5"))
    state = begin_recount(actor=None, job_id=job.pk)
    assert state.applications == 2 and state.is_done
    assert Clock.objects.get(pk=clock.pk).stopped_at is not None
    assert Clock.objects.filter(application=other).exists()


def _far() -> datetime:
    return timezone.now() + timedelta(days=30)
