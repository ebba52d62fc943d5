"""The plan of a job, to be changed while people stand in it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from assay.app.pipeline.actions.stages import PlanChangedError, restore_stage, retire_stage, save_plan
from assay.app.pipeline.plans import GROUP_LABELS, StagePlan, get_stage_plan
from assay.app.pipeline.queries.jobs import get_job
from assay.app.ui.formats import plural
from assay.core.deciding.decision import IllegalDecisionError
from assay.core.pipeline.stage import StageGroup
from assay.core.pipeline.stage_plan import MOST_STAGES, StageDraft, StagePlanError
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires
from assay.platform.numbers import read_id

SPARE_ROWS = 2
_MOST_ROWS = MOST_STAGES + SPARE_ROWS
_LONGEST_TYPED = 400


@requires(Action.EDIT_JOB)
@require_http_methods(["GET", "HEAD", "POST"])
def stages(request: HttpRequest, job_id: int) -> HttpResponse:
    """Show the plan with its people, and keep it as somebody changed it."""
    if request.method != "POST":
        return _show(request, job_id)
    drafts = _read_drafts(request.POST)
    try:
        save_plan(actor=asker(request), job_id=job_id, drafts=drafts, seen=request.POST.get("seen", ""))
    except PlanChangedError as error:
        return _show(request, job_id, error=error, status=409)
    except StagePlanError as error:
        return _show(request, job_id, error=error, typed=drafts, status=422)
    messages.success(request, "The plan is kept.")
    return redirect("pipeline:stages", job_id)


@requires(Action.EDIT_JOB)
@require_POST
def retire(request: HttpRequest, job_id: int) -> HttpResponse:
    """Take a stage out of the plan, its people moved where the form says."""
    plan = get_stage_plan(actor=asker(request), job_id=job_id)
    stage_id, to_stage_id = _id(request.POST.get("stage", "")), _id(request.POST.get("to_stage", ""))
    try:
        moved = retire_stage(
            actor=asker(request),
            job_id=job_id,
            stage_id=stage_id or 0,
            to_stage_id=to_stage_id,
            seen=request.POST.get("seen", ""),
        )
    except PlanChangedError as error:
        return _show(request, job_id, error=error, status=409)
    except (StagePlanError, IllegalDecisionError) as error:
        return _show(request, job_id, error=error, status=422)
    name = next(row.name for row in plan.stages if row.id == stage_id)
    went = f" {plural(moved, 'person', 'people')} moved, each with a line in their history." if moved else ""
    messages.success(request, f"“{name}” is out of the plan.{went} Put it back below.")
    return redirect("pipeline:stages", job_id)


@requires(Action.EDIT_JOB)
@require_POST
def restore(request: HttpRequest, job_id: int, stage_id: int) -> HttpResponse:
    """Put a stage back into the plan."""
    try:
        restore_stage(actor=asker(request), job_id=job_id, stage_id=stage_id)
    except StagePlanError as error:
        return _show(request, job_id, error=error, status=422)
    messages.success(request, "The stage is back in the plan. Whoever was moved from it stays where they are.")
    return redirect("pipeline:stages", job_id)


def _show(
    request: HttpRequest,
    job_id: int,
    *,
    error: Exception | None = None,
    typed: tuple[StageDraft, ...] = (),
    status: int = 200,
) -> HttpResponse:
    plan = get_stage_plan(actor=asker(request), job_id=job_id)
    view = get_job(actor=asker(request), job_id=job_id)
    context = {
        "job": view,
        "can": {action.value for action in view.can},
        "plan": plan,
        "rows": _rows(plan, typed),
        "people": {row.id: row for row in plan.stages},
        "groups": [(group.value, label) for group, label in GROUP_LABELS.items()],
        "group_labels": GROUP_LABELS,
        "problem": "" if error is None else str(error),
        "section": "stages",
    }
    return render(request, "pipeline/stages.html", context, using="jinja2", status=status)


def _rows(plan: StagePlan, typed: tuple[StageDraft, ...]) -> tuple[dict[str, object], ...]:
    """Return the rows of the form: the plan or what was typed, and a few to fill, which go before the last stage."""
    shown = typed or tuple(StageDraft(row.id, row.name, row.group) for row in plan.stages)
    filled: list[dict[str, object]] = [
        {"number": number, "id": draft.id or "", "name": draft.name, "group": draft.group, "place": number}
        for number, draft in enumerate(shown, 1)
    ]
    spare: list[dict[str, object]] = [
        {"number": len(shown) + more, "id": "", "name": "", "group": StageGroup.INTERVIEW, "place": len(shown)}
        for more in range(1, SPARE_ROWS + 1)
    ]
    return (*filled, *spare)


def _read_drafts(fields: QueryDict) -> tuple[StageDraft, ...]:
    """Read the rows of the form in their order; an empty new row is left out, and at one place a new one goes first."""
    found: list[tuple[tuple[int, bool, int], StageDraft]] = []
    for number in range(1, _MOST_ROWS + 1):
        name = " ".join(fields.get(f"name_{number}", "")[:_LONGEST_TYPED].split())
        stage_id = _id(fields.get(f"id_{number}", ""))
        group = fields.get(f"group_{number}", "")
        if group not in set(StageGroup) or (stage_id is None and not name):
            continue
        place = _id(fields.get(f"place_{number}", "")) or number
        found.append(((place, stage_id is not None, number), StageDraft(stage_id, name, StageGroup(group))))
    return tuple(draft for _, draft in sorted(found, key=lambda pair: pair[0]))


def _id(text: str) -> int | None:
    return read_id(text.strip())
