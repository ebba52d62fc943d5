from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace

import pytest
from django.db import connections, transaction
from django.http import Http404
from tests.app.pipeline.cast import apply, make_job

from assay.app.pipeline.actions.jobs import (
    JobDraft,
    JobError,
    Seat,
    edit_job,
    forget_filter,
    open_job,
    save_filter,
    set_job_status,
    set_team,
)
from assay.app.pipeline.models import Job, Opening
from assay.app.pipeline.plans import list_plans, planned_stages
from assay.app.pipeline.queries.jobs import get_job, list_jobs
from assay.app.pipeline.queries.numbers import count_applicants
from assay.core.pipeline.status import ApplicationStatus, JobStatus, OpeningState, ScreeningState, TeamRole
from assay.platform.access.gate import Forbidden
from assay.platform.access.policy import Action
from assay.platform.access.roles import Role
from assay.platform.audit.models import Event

DRAFT = JobDraft(
    "ML engineer", "Late forecasts.", "Utrecht", is_confidential=False, openings=2, posting="Come and help."
)


def titles(actor, **fields) -> list[str]:
    chosen = {"status": None, "mine": False} | fields
    return [row.title for row in list_jobs(actor=actor, **chosen).rows]


def test_every_shipped_plan_begins_with_applications_and_ends_with_a_hire():
    for plan in list_plans():
        stages = planned_stages(plan_id=plan.id)
        assert (stages[0].group, stages[-1].group) == ("application", "hired")
        assert len({stage.name for stage in stages}) == len(stages)


def test_an_unknown_plan_gives_the_default_one():
    assert planned_stages(plan_id="nonsense") == planned_stages(plan_id=list_plans()[0].id)


def test_a_job_shows_its_plan_team_openings_and_posting_in_one_query(job: Job, manager, django_assert_num_queries):
    edit_job(actor=manager, job_id=job.pk, draft=DRAFT)
    with django_assert_num_queries(1):
        view = get_job(actor=manager, job_id=job.pk)
    assert [stage.name for stage in view.stages][:2] == ["New", "Shortlist"]
    assert {(member.name, member.team_role) for member in view.team} >= {("Hanna", "hiring_manager")}
    assert (view.openings, view.openings_filled, view.posting) == (2, 0, "Come and help.")


def test_a_recruiter_lists_every_open_job_but_not_the_confidential_ones_of_others(recruiter, account, job):
    other = account("Rolf", Role.RECRUITER)
    make_job(other, title="Secret", is_confidential=True)
    assert titles(recruiter) == ["ML engineer"]
    assert titles(other) == ["Secret", "ML engineer"]
    assert titles(other, mine=True) == ["Secret"]


def test_interviewers_viewers_and_managers_list_only_the_jobs_whose_team_they_are_on(
    job, manager, interviewer, outsider, recruiter
):
    make_job(recruiter, title="Not theirs")
    assert titles(manager) == titles(interviewer) == ["ML engineer"]
    assert titles(outsider) == []


def test_a_switched_off_account_lists_nothing(recruiter, job):
    recruiter.is_active = False
    assert titles(recruiter) == []


def test_a_job_that_somebody_may_not_see_is_not_there_for_them(job, outsider):
    with pytest.raises(Http404):
        get_job(actor=outsider, job_id=job.pk)
    for nowhere in (0, 2**62, 2**70):
        with pytest.raises(Http404):
            get_job(actor=outsider, job_id=nowhere)


def test_what_a_seat_does_not_allow_is_refused_with_the_reason(job, interviewer):
    with pytest.raises(Forbidden, match="Interviewer"):
        get_job(actor=interviewer, job_id=job.pk, action=Action.EDIT_JOB)


def test_counts_of_a_job_list_say_who_waits_for_what(job: Job, recruiter, django_assert_num_queries):
    apply(job, "To review", score=88)
    apply(job, "Reviewed", score=100, needs_review=False)
    apply(job, "Zero", score=0)
    apply(job, "Unread", screening_state=ScreeningState.NEEDS_PERSON)
    apply(job, "Gone", score=88, status=ApplicationStatus.WITHDRAWN)
    with django_assert_num_queries(2):
        row = list_jobs(actor=recruiter, status=JobStatus.OPEN, mine=False).rows[0]
    numbers = row.numbers
    assert (numbers.total, numbers.active, numbers.to_review, numbers.needs_person) == (5, 4, 3, 1)
    assert numbers.bands == [1, 0, 0, 0, 0, 0, 0, 0, 1, 1]
    assert numbers.unscored == 1
    assert not numbers.is_approximate


def test_counts_of_large_jobs_are_kept_and_those_of_small_jobs_are_not(job: Job, monkeypatch):
    apply(job, "First")
    assert count_applicants(job_ids=[job.pk])[job.pk].total == 1
    apply(job, "Second")
    assert count_applicants(job_ids=[job.pk])[job.pk].total == 2
    monkeypatch.setattr("assay.app.pipeline.queries.numbers.LARGE", 1)
    assert count_applicants(job_ids=[job.pk])[job.pk].total == 2
    apply(job, "Third")
    assert count_applicants(job_ids=[job.pk])[job.pk].total == 2


def test_jobs_page_by_fifty(recruiter, job):
    for number in range(51):
        Job.objects.create(title=f"Job {number}", problem="x", role=job.role, created_by=recruiter)
    first = list_jobs(actor=recruiter, status=None, mine=False)
    second = list_jobs(actor=recruiter, status=None, mine=False, before=first.next_before)
    assert (len(first.rows), [row.title for row in second.rows], second.next_before) == (
        50,
        ["Job 0", "ML engineer"],
        None,
    )


def test_whoever_opens_a_job_joins_its_team(manager, recruiter, job):
    job_id = open_job(
        actor=manager, draft=DRAFT, role_version_id=job.role_id, plan=planned_stages(plan_id="short"), team=[]
    )
    assert [member.name for member in get_job(actor=manager, job_id=job_id).team] == ["Hanna"]


def test_an_interviewer_opens_no_job(interviewer, job):
    with pytest.raises(Forbidden):
        open_job(actor=interviewer, draft=DRAFT, role_version_id=job.role_id, plan=[], team=[])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"problem": ""}, "problem"),
        ({"openings": 0}, "openings"),
        ({"openings": 201}, "openings"),
        ({"location": "x" * 201}, "location"),
    ],
)
def test_a_job_that_cannot_be_saved_names_the_field(job, recruiter, change, field):
    with pytest.raises(JobError) as caught:
        edit_job(actor=recruiter, job_id=job.pk, draft=replace(DRAFT, **change))
    assert caught.value.field == field


def test_fewer_openings_take_away_open_ones_and_more_add_some(job, recruiter):
    for count in (3, 1, 2):
        edit_job(actor=recruiter, job_id=job.pk, draft=replace(DRAFT, openings=count))
        assert Opening.objects.filter(job=job).count() == count


def test_openings_added_beside_a_filled_one_get_numbers_of_their_own(job, recruiter):
    edit_job(actor=recruiter, job_id=job.pk, draft=replace(DRAFT, openings=3))
    last = Opening.objects.filter(job=job).latest("id")
    last.state, last.filled_by = OpeningState.FILLED, apply(job, "Ada")
    last.save()
    for count in (2, 4):
        edit_job(actor=recruiter, job_id=job.pk, draft=replace(DRAFT, openings=count))
    assert len(set(Opening.objects.filter(job=job).values_list("code", flat=True))) == 4


def test_the_audit_log_does_not_name_a_confidential_job(recruiter):
    secret = make_job(recruiter, title="Successor of the head of data", is_confidential=True)
    edit_job(actor=recruiter, job_id=secret.pk, draft=replace(DRAFT, title="Successor", is_confidential=True))
    told = Event.objects.filter(object_type="job", object_id=secret.pk)
    assert set(told.values_list("verb", flat=True)) == {"job.opened", "job.edited"}
    assert all(event.data["is_confidential"] and "Successor" not in str(event.data) for event in told)


def test_nobody_hides_a_job_from_themselves(recruiter, account):
    another = account("Rex", Role.RECRUITER)
    job = make_job(recruiter)
    secret = replace(DRAFT, is_confidential=True)
    with pytest.raises(JobError) as caught:
        edit_job(actor=another, job_id=job.pk, draft=secret)
    assert caught.value.field == "confidential"
    edit_job(actor=recruiter, job_id=job.pk, draft=secret)
    assert titles(another) == []


@pytest.mark.django_db(transaction=True)
def test_a_team_saved_twice_at_once_is_saved(job, recruiter):
    team = [Seat(recruiter.pk, TeamRole.RECRUITER)]

    def save_too():
        try:
            set_team(actor=recruiter, job_id=job.pk, team=team)
        finally:
            connections.close_all()

    with ThreadPoolExecutor() as pool:
        with transaction.atomic():
            set_team(actor=recruiter, job_id=job.pk, team=team)
            second = pool.submit(save_too)
            wait([second], timeout=0.5)
        second.result(timeout=30)
    assert [seat.user_id for seat in get_job(actor=recruiter, job_id=job.pk).team] == [recruiter.pk]


def test_a_team_keeps_somebody_who_decides(job, recruiter, interviewer):
    with pytest.raises(JobError):
        set_team(actor=recruiter, job_id=job.pk, team=[Seat(interviewer.pk, TeamRole.INTERVIEWER)])
    set_team(actor=recruiter, job_id=job.pk, team=[Seat(recruiter.pk, TeamRole.RECRUITER)])
    assert titles(interviewer) == []


def test_closing_needs_a_reason_that_the_audit_log_keeps(job, recruiter):
    with pytest.raises(JobError):
        set_job_status(actor=recruiter, job_id=job.pk, status=JobStatus.CLOSED, why="  ")
    set_job_status(actor=recruiter, job_id=job.pk, status=JobStatus.CLOSED, why="The budget went elsewhere.")
    assert titles(recruiter, status=JobStatus.OPEN) == []
    assert titles(recruiter, status=JobStatus.CLOSED) == ["ML engineer"]
    assert Event.objects.filter(verb="job.closed", why="The budget went elsewhere.").exists()
    set_job_status(actor=recruiter, job_id=job.pk, status=JobStatus.OPEN, why="It came back.")
    assert get_job(actor=recruiter, job_id=job.pk).closed_at is None


def test_kept_lists_belong_to_whoever_kept_them(job, recruiter, manager):
    save_filter(actor=recruiter, job_id=job.pk, name=" Strong\0 ", query="min=70")
    save_filter(actor=recruiter, job_id=job.pk, name="Strong", query="min=80")
    kept = get_job(actor=recruiter, job_id=job.pk).filters
    assert [(one.name, one.query) for one in kept] == [("Strong", "min=80")]
    assert get_job(actor=manager, job_id=job.pk).filters == ()
    forget_filter(actor=manager, job_id=job.pk, filter_id=kept[0].id)
    assert get_job(actor=recruiter, job_id=job.pk).filters == kept
    forget_filter(actor=recruiter, job_id=job.pk, filter_id=kept[0].id)
    assert get_job(actor=recruiter, job_id=job.pk).filters == ()


def test_the_places_that_applicants_came_from_are_told_the_busiest_first(job):
    for source, many in (("Referral", 1), ("Careers page", 2), ("", 3)):
        for _ in range(many):
            apply(job, "Somebody", source=source)
    numbers = count_applicants(job_ids=[job.pk])[job.pk]
    assert numbers.sources == ("Careers page", "Referral")
    assert (numbers.total, numbers.active) == (6, 6)
