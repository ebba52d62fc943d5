"""The plan of a job changed while people stand in it."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from tests.app.deciding.acts import act
from tests.app.pipeline.cast import apply, approve_band, make_job
from tests.simultaneous import at_once

from assay.app.deciding.actions.deciding import undo
from assay.app.deciding.desk import get_candidate
from assay.app.deciding.models import Decision
from assay.app.pipeline.actions.applications import first_stage
from assay.app.pipeline.actions.stages import PlanChangedError, restore_stage, retire_stage, save_plan
from assay.app.pipeline.models import Application, Stage
from assay.app.pipeline.plans import get_stage_plan
from assay.app.pipeline.queries.jobs import get_job
from assay.core.deciding.decision import DecisionKind, IllegalDecisionError
from assay.core.pipeline.stage import StageGroup
from assay.core.pipeline.stage_plan import StageDraft, StagePlanError
from assay.platform.access.gate import Forbidden
from assay.platform.audit.models import Event


def plan_of(job, actor):
    return get_stage_plan(actor=actor, job_id=job.pk)


def names(job):
    return list(job.stages.filter(retired_at=None).order_by("position").values_list("name", flat=True))


def drafts_of(plan):
    return [StageDraft(row.id, row.name, row.group) for row in plan.stages]


def save(job, actor, drafts, seen=None):
    save_plan(actor=actor, job_id=job.pk, drafts=drafts, seen=seen or plan_of(job, actor).version)


def stage(job, name):
    return Stage.objects.get(job=job, name=name)


def retire(job, actor, name, to=None, seen=None):
    return retire_stage(
        actor=actor,
        job_id=job.pk,
        stage_id=stage(job, name).pk,
        to_stage_id=to and stage(job, to).pk,
        seen=seen or plan_of(job, actor).version,
    )


def test_stages_are_renamed_added_and_put_in_order_in_one_go(job, manager):
    drafts = drafts_of(plan_of(job, manager))
    drafts[1] = StageDraft(drafts[1].id, " First \0 look ", StageGroup.APPLICATION)
    drafts[2], drafts[3] = drafts[3], drafts[2]
    drafts.insert(4, StageDraft(None, "References", StageGroup.INTERVIEW))
    save(job, manager, drafts)
    assert names(job) == ["New", "First look", "Interviews", "Work sample", "References", "Decision", "Offer", "Hired"]
    event = Event.objects.get(verb="plan.changed")
    assert (event.actor, event.object_id) == (manager, job.pk)


def test_of_two_who_change_the_plan_the_second_is_told_and_loses_nothing_of_the_first(job, recruiter, manager):
    seen = plan_of(job, recruiter)
    save(job, manager, [StageDraft(d.id, d.name.upper(), d.group) for d in drafts_of(seen)])
    with pytest.raises(PlanChangedError, match="in the meantime"):
        save(job, recruiter, drafts_of(seen), seen=seen.version)
    assert names(job)[0] == "NEW"


def test_a_plan_that_leaves_out_a_stage_or_names_one_of_another_job_is_refused(job, recruiter):
    drafts = drafts_of(plan_of(job, recruiter))
    other = stage(make_job(recruiter, title="Other"), "Offer")
    for wrong in (drafts[1:], [*drafts[:-1], drafts[0], drafts[-1]], [StageDraft(other.pk, "X", other.group), *drafts]):
        with pytest.raises(PlanChangedError):
            save(job, recruiter, wrong)


def test_an_empty_stage_leaves_the_plan_and_every_list_of_it(job, recruiter):
    gone = stage(job, "Work sample")
    assert retire(job, recruiter, "Work sample") == 0
    view = get_job(actor=recruiter, job_id=job.pk)
    assert gone.pk not in [one.id for one in view.stages]
    assert view.stage_names[gone.pk] == "Work sample"
    ada = apply(job, "Ada")
    act(recruiter, ada, DecisionKind.ADVANCE)
    candidate = get_candidate(actor=recruiter, application_id=ada.pk, with_sheet=False)
    assert candidate.next_step.name == "Interviews"
    assert gone.pk not in [step.stage_id for step in candidate.steps]
    with pytest.raises(IllegalDecisionError, match="another stage"):
        act(recruiter, ada, DecisionKind.MOVE, to_stage_id=gone.pk)


def test_a_stage_with_people_is_kept_until_it_is_said_where_they_go(job, recruiter):
    ada = apply(job, "Ada")
    for to in (None, "New"):
        with pytest.raises(StagePlanError, match="One person waits in “New”"):
            retire(job, recruiter, "New", to=to)
    assert Application.objects.get(pk=ada.pk).stage.name == "New"
    assert "New" in names(job)


def test_people_move_out_with_the_stage_each_with_a_decision_and_the_ended_stay(job, recruiter, manager):
    ada, held, gone = apply(job, "Ada"), apply(job, "Held"), apply(job, "Gone")
    until = timezone.localdate() + timedelta(days=9)
    act(recruiter, held, DecisionKind.HOLD, held_until=until)
    Application.objects.filter(pk=gone.pk).update(status="withdrawn")
    assert retire(job, manager, "New", to="Shortlist") == 2
    now = {row.pk: (row.stage.name, row.status, row.held_until) for row in Application.objects.all()}
    assert now == {
        ada.pk: ("Shortlist", "active", None),
        held.pk: ("Shortlist", "held", until),
        gone.pk: ("New", "withdrawn", None),
    }
    moves = Decision.objects.filter(kind="move")
    assert {(move.application_id, move.decided_by, move.note) for move in moves} == {
        (ada.pk, manager, "“New” was taken out of the plan."),
        (held.pk, manager, "“New” was taken out of the plan."),
    }
    with pytest.raises(IllegalDecisionError, match="no longer part"):
        undo(actor=recruiter, decision_id=moves.get(application=ada).pk)
    restore_stage(actor=manager, job_id=job.pk, stage_id=gone.stage_id)
    assert names(job)[:2] == ["New", "Shortlist"]
    undo(actor=recruiter, decision_id=moves.get(application=ada).pk)
    assert Application.objects.get(pk=ada.pk).stage.name == "New"


def test_people_are_not_moved_past_the_band_by_taking_a_stage_out(job, recruiter):
    apply(job, "Ada", stage=stage(job, "Work sample"))
    with pytest.raises(IllegalDecisionError, match="[Bb]and|approved"):
        retire(job, recruiter, "Work sample", to="Interviews")
    assert "Work sample" in names(job)
    approve_band(job, recruiter)
    assert retire(job, recruiter, "Work sample", to="Interviews") == 1


def test_a_stage_is_not_made_another_kind_under_the_people_in_it(job, recruiter):
    apply(job, "Ada", stage=stage(job, "Work sample"))
    drafts = drafts_of(plan_of(job, recruiter))
    drafts[2] = StageDraft(drafts[2].id, "Work sample", StageGroup.INTERVIEW)
    with pytest.raises(StagePlanError, match="People stand in “Work sample”"):
        save(job, recruiter, drafts)
    approve_band(job, recruiter)
    save(job, recruiter, drafts)
    Application.objects.update(status="hired", stage=stage(job, "Hired"))
    drafts = drafts_of(plan_of(job, recruiter))
    drafts[-1] = StageDraft(drafts[-1].id, "Hired", StageGroup.OFFER)
    drafts.append(StageDraft(None, "Signed", StageGroup.HIRED))
    with pytest.raises(StagePlanError, match="counts as hired"):
        save(job, recruiter, drafts)


def test_the_last_stage_and_the_only_beginning_are_not_taken_out(job, recruiter):
    with pytest.raises(StagePlanError, match="last stage"):
        retire(job, recruiter, "Hired")
    for name in ("New", "Shortlist"):
        retire(job, recruiter, name)
    with pytest.raises(StagePlanError, match="applicants begin"):
        retire(job, recruiter, "Work sample")
    assert first_stage(job_id=job.pk).name == "Work sample"


def test_somebody_left_in_a_retired_stage_is_shown_there_and_moves_on_from_there(job, recruiter):
    ada = apply(job, "Ada", stage=stage(job, "Shortlist"))
    Stage.objects.filter(job=job, name="Shortlist").update(retired_at=timezone.now())
    candidate = get_candidate(actor=recruiter, application_id=ada.pk, with_sheet=False)
    assert (candidate.stage.name, candidate.stage.is_retired) == ("Shortlist", True)
    act(recruiter, ada, DecisionKind.HOLD, held_until=timezone.localdate() + timedelta(days=3))
    assert Application.objects.get(pk=ada.pk).stage.name == "Shortlist"
    act(recruiter, ada, DecisionKind.ADVANCE)
    assert Application.objects.get(pk=ada.pk).stage.name == "Work sample"


def test_a_name_that_is_taken_meanwhile_keeps_a_stage_out(job, recruiter):
    gone = stage(job, "Decision").pk
    retire(job, recruiter, "Decision")
    drafts = drafts_of(plan_of(job, recruiter))
    save(job, recruiter, [*drafts[:-1], StageDraft(None, "decision", StageGroup.INTERVIEW), drafts[-1]])
    with pytest.raises(StagePlanError, match="Two stages"):
        restore_stage(actor=recruiter, job_id=job.pk, stage_id=gone)


def test_the_plan_is_for_who_may_edit_the_job(job, interviewer, outsider):
    with pytest.raises(Forbidden):
        plan_of(job, interviewer)
    with pytest.raises(Http404):
        save(job, outsider, [], seen="x")


def form_of(plan):
    rows = {}
    for number, row in enumerate(plan.stages, 1):
        rows |= {
            f"id_{number}": row.id,
            f"name_{number}": row.name,
            f"group_{number}": row.group,
            f"place_{number}": number,
        }
    return rows | {"seen": plan.version}


def test_the_page_keeps_what_was_typed_when_it_is_refused_and_adds_a_new_stage_before_the_last(job, recruiter, browse):
    page = reverse("pipeline:stages", args=[job.pk])
    browser = browse(recruiter)
    apply(job, "Ada")
    assert "1 waiting" in browser.get(page).content.decode()
    fields = form_of(plan_of(job, recruiter)) | {"name_8": "References", "group_8": "interview", "place_8": "7"}
    wrong = browser.post(page, fields | {"name_1": "Offer"})
    assert wrong.status_code == 422
    assert "Two stages are called “Offer”" in wrong.content.decode()
    assert "References" in wrong.content.decode()
    assert browser.post(page, fields).status_code == 302
    assert names(job)[-3:] == ["Offer", "References", "Hired"]
    assert browser.post(page, fields).status_code == 409


def test_the_page_survives_nonsense(job, recruiter, browse):
    page = reverse("pipeline:stages", args=[job.pk])
    browser = browse(recruiter)
    fields = form_of(plan_of(job, recruiter))
    for more in (
        {"name_1": "\0" * 9},
        {"name_1": "x" * 1_000_000},
        {"place_1": "9" * 400},
        {"id_1": "-4"},
        {"seen": "\0"},
    ):
        assert browser.post(page, fields | more).status_code in (302, 409, 422)
    retiring = reverse("pipeline:retire_stage", args=[job.pk])
    for stage_id in ("", "999999999", "9" * 30, "\0"):
        assert browser.post(retiring, {"stage": stage_id, "seen": plan_of(job, recruiter).version}).status_code == 409


def test_a_stage_is_taken_out_and_put_back_on_the_page(job, recruiter, browse):
    browser = browse(recruiter)
    apply(job, "Ada")
    plan = plan_of(job, recruiter)
    fields = {"stage": plan.stages[0].id, "to_stage": plan.stages[1].id, "seen": plan.version}
    done = browser.post(reverse("pipeline:retire_stage", args=[job.pk]), fields, follow=True)
    assert "“New” is out of the plan. 1 person moved" in done.content.decode()
    back = reverse("pipeline:restore_stage", args=[job.pk, plan.stages[0].id])
    assert "is back in the plan" in browser.post(back, follow=True).content.decode()
    assert browser.post(reverse("pipeline:restore_stage", args=[job.pk, 2**62])).status_code == 422


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", [DecisionKind.ADVANCE, DecisionKind.HOLD, DecisionKind.MOVE])
def test_deciding_while_the_stage_is_taken_out_loses_nobody(job, recruiter, manager, kind):
    first, second = stage(job, "New"), stage(job, "Shortlist")
    ada, grace = apply(job, "Ada", stage=second), apply(job, "Grace", stage=first)
    until = timezone.localdate() + timedelta(days=4)
    results = at_once(
        lambda: retire(job, recruiter, "Shortlist", to="Work sample"),
        lambda: act(manager, ada, kind, expected_revision=1, held_until=until, to_stage_id=first.pk),
        lambda: act(manager, grace, DecisionKind.MOVE, expected_revision=1, to_stage_id=second.pk),
    )
    assert not any(isinstance(result, OperationalError) for result in results), results
    rows = {row.pk: row for row in Application.objects.select_related("stage")}
    if isinstance(results[0], int):
        assert all(row.stage.retired_at is None for row in rows.values()), results
    for row in rows.values():
        assert Decision.objects.filter(application=row).count() == row.revision - 1
