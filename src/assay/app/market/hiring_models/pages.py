"""The hiring-model desk: answer and see at once, choose and keep, look at what was kept."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import msgspec
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from assay.app.market.hiring_models.actions import ChoiceError, save_comparison
from assay.app.market.hiring_models.answers import ask
from assay.app.market.hiring_models.base import GIVEN, suggest_base
from assay.app.market.hiring_models.catalogue import load_desk
from assay.app.market.hiring_models.forms import Typed, answers_of, fields_of, read_typed
from assay.app.market.hiring_models.queries import get_comparison, list_comparisons
from assay.app.market.hiring_models.showing import desk_context, kept_answers, result_context
from assay.app.requisitions.path import path_bar
from assay.app.requisitions.prefill import Prefill, prefill
from assay.app.requisitions.visibility import chosen_requisition
from assay.core.market.draws import DistributionError
from assay.core.market.hiring_models.comparison import Comparison, compare_models
from assay.core.market.hiring_models.question import QuestionError
from assay.knowledge.loading import KnowledgeError
from assay.platform.access.asker import asker
from assay.platform.access.gate import ask as ask_gate
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.access.routes import requires
from assay.platform.htmx import is_htmx

_LONGEST_STATE = 20_000


@requires(Action.SEE_PLANS)
@require_safe
def model(request: HttpRequest) -> HttpResponse:
    """Show the desk and the answer to what is filled in; to htmx the answer alone."""
    requisition_id = chosen_requisition(actor=asker(request), value=request.GET.get("for", ""))
    if not is_htmx(request):
        return _page(request, fields=request.GET, requisition_id=requisition_id)
    typed = read_typed(fields=request.GET, desk=load_desk(), known={})
    context = {**_answered(typed), "is_live": True, "for_id": requisition_id}
    status = 422 if context["error"] else 200
    answer = render(request, "market/model_answer.html", context, using="jinja2", status=status)
    if status == 200:
        answer["HX-Replace-Url"] = _address(typed.query(), requisition_id)
    return answer


@requires(Action.EDIT_PLANS)
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the answer that was shown, with the model that was chosen."""
    actor = asker(request)
    requisition_id = chosen_requisition(actor=actor, value=request.POST.get("for", ""), action=Action.EDIT_REQUISITION)
    state = QueryDict(request.POST.get("state", "")[:_LONGEST_STATE])
    typed = read_typed(fields=state, desk=load_desk(), known={})
    try:
        comparison_id = save_comparison(
            actor=actor,
            content=answers_of(typed=typed),
            title=request.POST.get("title", ""),
            chosen=request.POST.get("chosen", ""),
            reason=request.POST.get("reason", ""),
            requisition_id=requisition_id,
        )
    except (QuestionError, KnowledgeError, DistributionError) as error:
        return _page(
            request, fields=state, requisition_id=requisition_id, error=ChoiceError(field="", message=str(error))
        )
    except ChoiceError as error:
        return _page(request, fields=state, requisition_id=requisition_id, error=error)
    messages.success(request, "The choice is kept, with everything it stands on.")
    return redirect("market:comparison", comparison_id)


@requires(Action.SEE_PLANS)
@require_safe
def comparison(request: HttpRequest, comparison_id: int) -> HttpResponse:
    """Show a comparison as it was when it was kept."""
    actor = asker(request)
    kept = get_comparison(actor=actor, comparison_id=comparison_id)
    if kept is None:
        raise Http404("There is no such comparison.")
    desk = load_desk()
    known = fields_of(content=kept.inputs)
    bar = path_bar(actor=actor, requisition_id=kept.requisition_id, at="model")
    context = {
        "kept": kept,
        "answers": kept_answers(inputs=kept.inputs, desk=desk),
        "again": _address(Typed(known).query(), kept.requisition_id),
        "is_live": False,
        "result": None,
        "path_bar": bar,
        "next_step": next((step for step in bar.steps if step.key == "posting"), None) if kept.requisition_id else None,
    }
    if kept.result is not None:
        context |= result_context(comparison=kept.result, desk=desk)
    return render(request, "market/model_kept.html", context, using="jinja2")


def _page(
    request: HttpRequest, *, fields: QueryDict, requisition_id: int | None, error: ChoiceError | None = None
) -> HttpResponse:
    actor, desk = asker(request), load_desk()
    known = prefill(requisition_id=requisition_id, actor=actor) if requisition_id else Prefill()
    start = GIVEN if fields.get("base") else suggest_base(known=known, today=datetime.now(tz=UTC).date())
    typed = read_typed(fields=fields, desk=desk, known=_known(known, start.amount))
    context = {
        **desk_context(desk=desk),
        **_answered(typed),
        "typed": typed,
        "base_words": start.words,
        "for_id": requisition_id,
        "known": known,
        "choice": request.POST,
        "choice_error": error,
        "kept": list_comparisons(actor=actor, requisition_id=requisition_id),
        "may_edit": ask_gate(actor=actor, action=Action.EDIT_PLANS, resource=ORGANISATION).allowed,
        "is_live": False,
        "path_bar": path_bar(actor=actor, requisition_id=requisition_id, at="model"),
    }
    status = 422 if error or context["error"] else 200
    return render(request, "market/model.html", context, using="jinja2", status=status)


def _answered(typed: Typed) -> dict[str, Any]:
    """Return the answer's part of the context, or what is wrong with what was typed."""
    desk = load_desk()
    try:
        result = _compared(msgspec.json.encode(answers_of(typed=typed)))
    except (QuestionError, KnowledgeError, DistributionError) as error:
        return {"error": str(error), "error_field": getattr(error, "field", ""), "result": None, "typed": typed}
    return {**result_context(comparison=result, desk=desk), "error": "", "error_field": "", "typed": typed}


@lru_cache(maxsize=64)
def _compared(content: bytes) -> Comparison:
    desk = load_desk()
    asked = ask(content=msgspec.json.decode(content, type=dict), desk=desk)
    return compare_models(desk=desk, question=asked.question, seed=asked.seed)


def _known(known: Prefill, base: float | None) -> Mapping[str, str]:
    """Return what fields start with, from what the requisition knows."""
    fact = next(one for one in load_desk().facts if one.id == "readiness")
    verdict = known.readiness_verdict or ""
    return {
        "base": f"{base:.0f}" if base else "",
        "months": str(known.months or ""),
        "f.readiness": verdict if verdict in fact.options else "",
    }


def _address(query: str, requisition_id: int | None) -> str:
    own = f"for={requisition_id}" if requisition_id else ""
    joined = "&".join(part for part in (own, query) if part)
    return f"{reverse('market:model')}?{joined}" if joined else reverse("market:model")
