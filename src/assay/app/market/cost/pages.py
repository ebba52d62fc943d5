"""The cost desk: a question on the left, its answer on the right at once; saved scenarios, and two side by side."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assay.app.market.cost.actions import save_scenario
from assay.app.market.cost.catalogue import list_checks
from assay.app.market.cost.charts import view_answer, view_difference
from assay.app.market.cost.figures import difference_figures, full, list_figures, years_text
from assay.app.market.cost.forms import Reading, read_question
from assay.app.market.cost.options import form_options, prefilled
from assay.app.market.cost.output import check_words
from assay.app.market.cost.queries import compare_saved, get_scenario, list_scenarios
from assay.app.requisitions.path import path_bar
from assay.app.requisitions.prefill import prefill
from assay.app.requisitions.visibility import chosen_requisition
from assay.app.ui.tables import Column
from assay.core.market.cost.answer import CostAnswer
from assay.core.market.cost.inputs import CostError
from assay.core.market.cost.work_out import work_out
from assay.platform.access.asker import asker
from assay.platform.access.gate import ask
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.access.routes import requires
from assay.platform.numbers import read_id

COLUMNS = (
    Column("title", "Scenario"),
    Column("requisition", "For"),
    Column("year", "A loaded year", is_number=True),
    Column("total", "Over its months", is_number=True),
    Column("made_at", "Saved"),
    Column("compare", "Compare", is_label_hidden=True),
)
CHANGED = (Column("input", "Input"), Column("first", "First"), Column("second", "Second"))


@requires(Action.SEE_PLANS)
@require_safe
def cost(request: HttpRequest) -> HttpResponse:
    """Ask what a seat costs; with ``?for=`` the requisition's own facts are filled in."""
    actor = asker(request)
    requisition_id = chosen_requisition(actor=actor, value=request.GET.get("for", ""))
    reading = read_question(fields=_fields(request, requisition_id), today=_today())
    context = {
        **_shared(request, requisition_id),
        **_answered(reading),
        "options": form_options(),
        "scenarios": list_scenarios(actor=actor, requisition_id=requisition_id),
        "columns_of": COLUMNS,
    }
    return render(request, "market/cost.html", context, using="jinja2")


@requires(Action.SEE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def cost_answer(request: HttpRequest) -> HttpResponse:
    """Answer a question in place. While something in it is wrong the last answer stays and says so."""
    given = request.POST if request.method == "POST" else request.GET
    requisition_id = chosen_requisition(actor=asker(request), value=given.get("for", ""))
    fields = given.dict()
    reading = read_question(fields=fields, today=_today())
    address = _address(reading.state, requisition_id)
    response = HttpResponse()
    if _is_elsewhere(fields, reading):
        response["HX-Redirect"] = address
        return response
    is_wrong = bool(reading.all_errors)
    answered = {"errors": reading.all_errors, "figures": ()} if is_wrong else _answered(reading)
    context = {**_shared(request, requisition_id), **answered, "reading": reading}
    response = render(request, "market/cost_live.html", context, using="jinja2")
    response["HX-Replace-Url"] = address
    if is_wrong:
        response["HX-Reswap"] = "none"
    return response


@requires(Action.EDIT_PLANS)
@require_POST
def cost_save(request: HttpRequest) -> HttpResponse:
    """Keep the question that is on the screen with its answer."""
    actor = asker(request)
    action = Action.EDIT_REQUISITION
    requisition_id = chosen_requisition(actor=actor, value=request.POST.get("for", ""), action=action)
    state = request.POST.get("state", "")
    try:
        scenario_id = save_scenario(
            actor=actor,
            title=request.POST.get("title", ""),
            state=state,
            requisition_id=requisition_id,
            today=_today(),
        )
    except CostError as error:
        messages.error(request, f"This could not be saved. {error}")
        return redirect(_address(state, requisition_id))
    messages.success(request, "The scenario is saved.")
    return redirect("market:cost_scenario", scenario_id)


@requires(Action.SEE_PLANS)
@require_safe
def cost_scenario(request: HttpRequest, scenario_id: int) -> HttpResponse:
    """Show a saved scenario as it was worked out."""
    actor = asker(request)
    found = get_scenario(actor=actor, scenario_id=scenario_id)
    others = [row for row in list_scenarios(actor=actor) if row.id != scenario_id]
    context = {
        **_shared(request, found.row.requisition_id),
        **_drawn(found.answer),
        "found": found,
        "others": [(row.id, f"{row.title}: {row.total}") for row in others],
        "again": _address(found.state, found.row.requisition_id),
    }
    return render(request, "market/cost_scenario.html", context, using="jinja2")


@requires(Action.SEE_PLANS)
@require_safe
def cost_compare(request: HttpRequest) -> HttpResponse:
    """Hold two saved scenarios against each other under the same luck; with none named, lead to where they stand."""
    if not (request.GET.get("first") or request.GET.get("second")):
        return redirect("market:cost")
    ids = [_id(request.GET.get(name, "")) for name in ("first", "second")]
    context: dict[str, Any] = {**_shared(request, None), "columns_of": CHANGED, "problem": ""}
    try:
        found = compare_saved(actor=asker(request), first_id=ids[0], second_id=ids[1])
        context |= {
            "comparison": found,
            "figures": difference_figures(difference=found.difference),
            "view": view_difference(difference=found.difference, first=found.first.title, second=found.second.title),
        }
    except CostError as error:
        context["problem"] = str(error)
    return render(
        request, "market/cost_compare.html", context, using="jinja2", status=422 if context["problem"] else 200
    )


def _fields(request: HttpRequest, requisition_id: int | None) -> Mapping[str, str]:
    own = request.GET.dict()
    if requisition_id is None or "was_place" in own:
        return own
    return {**prefilled(known=prefill(requisition_id=requisition_id)), **own}


def _answered(reading: Reading) -> dict[str, Any]:
    drawn = (
        _drawn(work_out(scenario=reading.scenario)) if reading.scenario is not None else {"answer": None, "figures": ()}
    )
    return {"reading": reading, "errors": reading.all_errors, **drawn}


def _drawn(answer: CostAnswer) -> dict[str, Any]:
    return {
        "answer": answer,
        "view": view_answer(answer=answer),
        "figures": list_figures(answer=answer),
        "checks": [check_words(check) for check in list_checks()],
        "full": full,
        "years_text": years_text,
    }


def _shared(request: HttpRequest, requisition_id: int | None) -> dict[str, Any]:
    actor = asker(request)
    return {
        "path_bar": path_bar(actor=actor, requisition_id=requisition_id, at="cost"),
        "requisition_id": requisition_id,
        "may_edit": ask(actor=actor, action=Action.EDIT_PLANS, resource=ORGANISATION).allowed,
    }


def _is_elsewhere(fields: Mapping[str, str], reading: Reading) -> bool:
    """Return whether place or currency changed, so that every default in the form is another one."""
    if "was_place" not in fields:
        return False
    before = (fields["was_place"], fields.get("was_currency", ""))
    return before != (reading.typed["place"], reading.typed["currency"])


def _address(state: str, requisition_id: int | None) -> str:
    kept = QueryDict(state, mutable=True)
    kept.pop("for", None)
    if requisition_id is not None:
        kept["for"] = str(requisition_id)
    query = kept.urlencode()
    return f"{reverse('market:cost')}?{query}" if query else reverse("market:cost")


def _id(text: str) -> int:
    found = read_id(text)
    if found is None:
        raise Http404("There is no such scenario.")
    return found


def _today() -> date:
    return timezone.now().date()
