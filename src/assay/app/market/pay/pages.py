"""The pay page: a question in its form, the answer beneath it, and keeping a band."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from assay.app.market.pay import charts, forms
from assay.app.market.pay.actions import save_band
from assay.app.market.pay.answering import PayAnswer, answer_pay, list_place_views
from assay.app.market.pay.catalogue import default_mapping, role_families
from assay.app.market.pay.forms import PayForm, band_of, question_of, read_form
from assay.app.market.pay.output import to_mapping
from assay.app.market.pay.queries import own_records
from assay.app.market.pay.wording import pool_label, rounded
from assay.app.requisitions.path import path_bar
from assay.app.requisitions.prefill import Prefill, prefill
from assay.app.requisitions.visibility import chosen_requisition
from assay.core.market.pay.placing import Band
from assay.core.market.pay.question import PayQuestionError
from assay.knowledge.market.pay.sheets import load_pay_sheets
from assay.platform.access.asker import asker
from assay.platform.access.gate import ask
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.access.routes import requires
from assay.platform.accounts.models import User
from assay.platform.htmx import is_htmx
from assay.platform.numbers import read_id


@requires(Action.SEE_PLANS)
@require_safe
def pay(request: HttpRequest) -> HttpResponse:
    """Answer the question in the address; to htmx only the answer, with the address that leads back to it."""
    actor = asker(request)
    requisition_id = chosen_requisition(actor=actor, value=request.GET.get("for", ""))
    known = prefill(requisition_id=requisition_id) if requisition_id else None
    form = read_form(request.GET, known=known)
    context = _context(actor, form, known)
    context["role_reason"] = role_families().get(request.GET.get("family", ""), ("", ""))[1]
    status = 422 if context["error"] else 200
    if is_htmx(request) and request.headers.get("HX-Target") == "answer":
        partial = render(request, "market/pay_answer.html", context, using="jinja2", status=status)
        partial["HX-Replace-Url"] = address(form)
        return partial
    context["saved"] = read_id(request.GET.get("saved", ""))
    context["path_bar"] = path_bar(actor=actor, requisition_id=requisition_id, at="market")
    return render(request, "market/pay.html", context, using="jinja2", status=status)


@requires(Action.EDIT_PLANS)
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the band of the question with the market as it stands, for a requisition or alone."""
    actor = asker(request)
    value = request.POST.get("for", "")
    requisition_id = chosen_requisition(actor=actor, value=value, action=Action.EDIT_REQUISITION)
    form = read_form(request.POST)
    try:
        answer = _answer(actor, form, band=band_of(form))
        band_id = save_band(
            actor=actor,
            title=request.POST.get("title", ""),
            note=request.POST.get("note", ""),
            answer=answer,
            benchmark=to_mapping(answer),
            requisition_id=requisition_id,
        )
    except PayQuestionError as error:
        messages.error(request, str(error))
        return redirect(address(form))
    messages.success(request, "The band is saved.")
    return redirect(f"{address(form)}{'&' if form.query() else '?'}saved={band_id}")


def address(form: PayForm) -> str:
    """Return the address of the page with this form."""
    query = form.query()
    return f"{reverse('market:pay')}{'?' if query else ''}{query}"


def is_allowed(actor: User, action: Action) -> bool:
    """Return whether an account may do something for the organisation."""
    return ask(actor=actor, action=action, resource=ORGANISATION).allowed


def _answer(actor: User, form: PayForm, *, band: Band | None) -> PayAnswer:
    today = datetime.now(tz=UTC).date()
    return answer_pay(question=question_of(form, band=band), own=own_records(actor=actor), today=today)


def _context(actor: User, form: PayForm, known: Prefill | None) -> dict[str, Any]:
    answer, error = None, None
    band, band_error = _band(form)
    try:
        answer = _answer(actor, form, band=band)
    except PayQuestionError as problem:
        error = problem
    return {
        "form": form,
        "answer": answer,
        "error": error,
        "error_id": error_field(error),
        "band_error": band_error,
        "band_error_id": error_field(band_error),
        "drawn": _drawn(answer) if answer else {},
        "known": known,
        "mapping": default_mapping(),
        "family_options": forms.family_options(),
        "level_options": forms.level_options(),
        "place_options": forms.place_options(),
        "currency_options": forms.currency_options(form.currency),
        "code_options": forms.code_options(),
        "data_sources": load_pay_sheets().sources.sources,
        "published_note": " ".join(load_pay_sheets().published.note.split()),
        "may_edit": is_allowed(actor, Action.EDIT_PLANS),
        "may_see_own": is_allowed(actor, Action.SEE_OWN_PAY),
        "rounded": rounded,
        "pool_words": pool_label,
    }


def error_field(error: PayQuestionError | None) -> str:
    """Return the id of the field on the page that an error is about."""
    if error is None:
        return ""
    names = {"country": "place", "metro": "place", "band": "low", "mapping": "code_senior"}
    return f"id_{names.get(error.field, error.field)}"


def _band(form: PayForm) -> tuple[Band | None, PayQuestionError | None]:
    """Return the band, or what is wrong with it: a band half typed must not take the answer away."""
    try:
        return band_of(form), None
    except PayQuestionError as error:
        return None, error


def _drawn(answer: PayAnswer) -> dict[str, Any]:
    stack, axis = charts.pool_stack(answer)
    return {
        "market": charts.market_chart(answer),
        "years": charts.year_chart(answer),
        "years_left_out": charts.years_left_out(answer),
        "pools": stack,
        "pools_axis": axis,
        "pools_legend": [(part.series, part.name) for part in stack.parts if part.value >= 0.005],
        "places": charts.place_chart(answer, list_place_views()),
        "pool_rows": charts.pool_rows(answer),
    }
