"""Plans of interviews: stored by one of two people, mended by a click, told when a stage or a competency is gone."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.http import Http404
from django.test import Client

from assay.app.interviewing.actions.plans import (
    PlannedDraft,
    adopt_suggestion,
    change_planned,
    plan_interview,
    retire_planned,
)
from assay.app.interviewing.actions.refusal import ChangedMeanwhile, InterviewRefused
from assay.app.interviewing.models import PlannedInterview
from assay.app.interviewing.queries.plans import get_plan
from assay.app.pipeline.models import Job, Stage
from assay.core.interviewing.kit import AskedQuestion
from assay.core.interviewing.planning import FindingKind
from assay.core.pipeline.stage import StageGroup
from assay.platform.access.gate import Forbidden
from assay.platform.accounts.models import User

Browse = Callable[[User], Client]


@pytest.fixture
def stage(job: Job) -> Stage:
    return Stage.objects.filter(job=job, group=StageGroup.INTERVIEW).order_by("position")[0]


def draft(stage: Stage, *panel: User) -> PlannedDraft:
    return PlannedDraft(
        stage_id=stage.pk,
        title="Past work",
        purpose="What they shipped.",
        format="experience",
        minutes=45,
        focus=("deployment", "monitoring"),
        questions=(AskedQuestion("kinds-of-drift", "", ""), AskedQuestion("", "Why us?", "collaboration", 5)),
        panel=tuple(user.pk for user in panel),
    )


def test_a_planned_interview_keeps_its_questions_in_order_and_its_usual_panel(
    job: Job, stage: Stage, manager: User, ivo: User
) -> None:
    plan_interview(actor=manager, job_id=job.pk, draft=draft(stage, ivo))

    (view,) = get_plan(actor=manager, job_id=job.pk).planned
    assert [one.question_id for one in view.kit.questions] == ["kinds-of-drift", ""]
    assert view.kit.questions[0].ask.startswith("A model that was good in spring")
    assert [seat.name for seat in view.panel] == ["Ivo"]


def test_two_people_who_change_one_planned_interview_do_not_overwrite_each_other(
    browse: Browse, job: Job, stage: Stage, manager: User, recruiter: User
) -> None:
    planned = plan_interview(actor=manager, job_id=job.pk, draft=draft(stage))
    change_planned(actor=recruiter, planned_id=planned, draft=replace(draft(stage), title="Hers"), seen_revision=1)
    with pytest.raises(ChangedMeanwhile):
        change_planned(actor=manager, planned_id=planned, draft=replace(draft(stage), title="His"), seen_revision=1)

    sent = {"title": "His", "stage": stage.pk, "minutes": "45", "focus": ["deployment"], "revision": "1"}
    answer = browse(manager).post(f"/planned-interviews/{planned}/", sent)
    assert answer.status_code == 409
    assert "Hers" in answer.content.decode()
    assert 'value="His"' in answer.content.decode()
    assert PlannedInterview.objects.get().title == "Hers"
    assert browse(manager).post(f"/planned-interviews/{planned}/", sent | {"revision": "2"}).status_code == 302
    assert PlannedInterview.objects.get().title == "His"


def test_a_gap_is_mended_by_the_click_that_stands_beside_it(
    browse: Browse, job: Job, stage: Stage, manager: User
) -> None:
    planned = plan_interview(actor=manager, job_id=job.pk, draft=draft(stage))
    gap = next(one for one in get_plan(actor=manager, job_id=job.pk).coverage.findings if one.fix)
    assert gap.kind is FindingKind.MISSED_MUST

    browse(manager).post(f"/planned-interviews/{planned}/focus", {"competency": gap.competency, "to": "add"})

    left = get_plan(actor=manager, job_id=job.pk).coverage.findings
    assert gap.competency not in {one.competency for one in left}


def test_a_suggestion_never_touches_a_stage_that_is_planned_already(job: Job, stage: Stage, manager: User) -> None:
    plan_interview(actor=manager, job_id=job.pk, draft=draft(stage))
    adopt_suggestion(actor=manager, job_id=job.pk)

    assert PlannedInterview.objects.filter(stage=stage).count() == 1
    assert adopt_suggestion(actor=manager, job_id=job.pk) == 0


def test_a_retired_stage_keeps_its_planned_interviews_in_sight_and_out_of_the_coverage(
    browse: Browse, job: Job, stage: Stage, manager: User
) -> None:
    plan_interview(actor=manager, job_id=job.pk, draft=draft(stage))
    Stage.objects.filter(pk=stage.pk).update(retired_at=job.created_at)

    page = browse(manager).get(f"/jobs/{job.pk}/interviews").content.decode()

    assert "left the plan of stages" in page
    assert get_plan(actor=manager, job_id=job.pk).planned == ()


def test_what_the_role_no_longer_asks_for_is_named(job: Job, stage: Stage, manager: User) -> None:
    plan_interview(actor=manager, job_id=job.pk, draft=replace(draft(stage), focus=("forecasting", "deployment")))
    found = [one for one in get_plan(actor=manager, job_id=job.pk).coverage.findings if one.competency == "forecasting"]
    assert found[0].kind is FindingKind.NOT_ASKED


@pytest.mark.parametrize(
    ("spoil", "field"),
    [
        ({"title": " \0 "}, "title"),
        ({"title": "x" * 1_000_000}, "title"),
        ({"minutes": 10**9}, "minutes"),
        ({"focus": ()}, "focus"),
        ({"focus": ("juggling",)}, "focus"),
        ({"format": "karaoke"}, "format"),
        ({"stage_id": 999_999}, "stage"),
        ({"panel": (999_999,)}, "panel"),
        ({"purpose": "x" * 1_000_000}, "purpose"),
        ({"questions": tuple(AskedQuestion("", f"Why {n}?", "") for n in range(30))}, "questions"),
    ],
)
def test_absurd_plans_are_refused_with_their_field(
    job: Job, stage: Stage, manager: User, spoil: dict[str, object], field: str
) -> None:
    with pytest.raises(InterviewRefused) as refused:
        plan_interview(actor=manager, job_id=job.pk, draft=replace(draft(stage), **spoil))
    assert refused.value.field == field
    assert not PlannedInterview.objects.exists()


def test_a_removed_plan_is_gone_and_only_who_plans_may_change_one(
    job: Job, stage: Stage, manager: User, ivo: User, outsider: User
) -> None:
    planned = plan_interview(actor=manager, job_id=job.pk, draft=draft(stage))
    with pytest.raises(Forbidden):
        retire_planned(actor=ivo, planned_id=planned)
    with pytest.raises(Http404):
        retire_planned(actor=outsider, planned_id=planned)
    retire_planned(actor=manager, planned_id=planned)
    with pytest.raises(Http404):
        retire_planned(actor=manager, planned_id=planned)


def test_an_interviewer_reads_the_plan_and_finds_nothing_to_press(
    browse: Browse, job: Job, stage: Stage, manager: User, ivo: User
) -> None:
    plan_interview(actor=manager, job_id=job.pk, draft=draft(stage))
    page = browse(ivo).get(f"/jobs/{job.pk}/interviews").content.decode()
    assert "Past work" in page
    assert "Take out" not in page


def test_the_form_reads_questions_in_the_typed_order_and_adds_from_the_bank(
    browse: Browse, job: Job, stage: Stage, manager: User
) -> None:
    sent = {
        "title": "Design",
        "stage": stage.pk,
        "minutes": "60",
        "focus": ["serving"],
        "ask_1": "Second?",
        "order_1": "2",
        "ask_2": "First?",
        "order_2": "1",
        "ask_3": "Never?",
        "drop_3": "on",
        "add": ["latency-budget-by-hop", "no-such-question"],
    }
    assert browse(manager).post(f"/jobs/{job.pk}/interviews/new", sent).status_code == 302
    kept = PlannedInterview.objects.get().questions
    assert [one["ask"] for one in kept][:2] == ["First?", "Second?"]
    assert [one["id"] for one in kept] == ["", "", "latency-budget-by-hop"]
