"""Adverts: the list, beginning one, and the desk where one is written."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assay.app.postings.actions.drafts import create_advert
from assay.app.postings.article import article_of
from assay.app.postings.balance import draw_balance, draw_counts
from assay.app.postings.checking import check_draft
from assay.app.postings.editor import lay_out
from assay.app.postings.fields import EMPLOYMENT_TYPES, PERIODS, WORK_PLACES, YES_NO
from assay.app.postings.forms import STATES, id_or_404
from assay.app.postings.queries import AdvertView, get_advert, list_adverts
from assay.app.postings.sources import role_of_version
from assay.app.postings.standing import may_write
from assay.app.requisitions.path import path_bar
from assay.app.requisitions.prefill import prefill
from assay.app.requisitions.visibility import chosen_requisition
from assay.app.roles.actions import adopt_role
from assay.app.roles.queries import list_own_roles, list_starting_points
from assay.app.ui.tables import Column
from assay.knowledge.loading import KnowledgeError
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires

COLUMNS = (
    Column("title", "Advert"),
    Column("state", "State"),
    Column("findings", "Open findings"),
    Column("changed", "Last changed"),
    Column("by", "By"),
)


@requires(Action.SEE_PLANS)
@require_safe
def adverts(request: HttpRequest) -> HttpResponse:
    """List the adverts that somebody may see; with ``for``, those of one requisition."""
    actor = asker(request)
    chosen = chosen_requisition(actor=actor, value=request.GET.get("for", ""))
    rows = list_adverts(actor=actor, requisition_id=chosen)
    show = request.GET.get("show", "")
    counted = {state: sum(row.state == state for row in rows) for state, _ in STATES if state}
    context = {
        "rows": tuple(row for row in rows if not show or row.state == show),
        "total": len(rows),
        "show": show,
        "states": STATES,
        "counted": counted,
        "columns_of": COLUMNS,
        "requisition_id": chosen,
        "may_write": may_write(actor=actor),
        "path_bar": path_bar(actor=actor, requisition_id=chosen, at="posting"),
    }
    return render(request, "postings/adverts.html", context, using="jinja2")


@requires(Action.EDIT_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_advert(request: HttpRequest) -> HttpResponse:
    """Begin an advert from a requisition, a role, a job, or from nothing."""
    actor = asker(request)
    given = request.POST if request.method == "POST" else request.GET
    action = Action.EDIT_REQUISITION if request.method == "POST" else Action.SEE_REQUISITION
    chosen = chosen_requisition(actor=actor, value=given.get("for", ""), action=action)
    job_id = id_or_404(given.get("job", ""))
    if request.method == "POST":
        advert_id = create_advert(
            actor=actor,
            as_of=timezone.localdate(),
            requisition_id=chosen,
            role_version_id=_role_version(request, given.get("role", "")),
            job_id=job_id,
        )
        messages.success(request, "The first draft is here. What nobody has said yet stands in it as a question.")
        return redirect("postings:advert", advert_id)
    known = prefill(requisition_id=chosen) if chosen is not None else None
    context = {
        "requisition_id": chosen,
        "job_id": job_id,
        "known": known,
        "role": role_of_version(known.role_id) if known else None,
        "own_roles": list_own_roles(actor=actor),
        "starting_points": list_starting_points(),
        "chosen_role": given.get("role", ""),
        "path_bar": path_bar(actor=actor, requisition_id=chosen, at="posting"),
    }
    return render(request, "postings/new.html", context, using="jinja2")


@requires(Action.SEE_PLANS)
@require_safe
def advert(request: HttpRequest, advert_id: int) -> HttpResponse:
    """Show the desk where an advert is written; who may only read sees it read-only."""
    return show_desk(request, advert_id)


@requires(Action.SEE_PLANS)
@require_safe
def preview(request: HttpRequest, advert_id: int) -> HttpResponse:
    """Show an advert as the outside would read it, marked as a draft."""
    view = get_advert(actor=asker(request), advert_id=advert_id)
    context = {"view": view, "article": article_of(view.draft.advert)}
    return render(request, "postings/preview.html", context, using="jinja2")


def show_desk(
    request: HttpRequest,
    advert_id: int,
    *,
    status: int = 200,
    conflict: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Show the whole desk, with what could not be saved: ``typed`` is what stays in the fields it was typed into."""
    view = get_advert(actor=asker(request), advert_id=advert_id)
    context = {
        **desk_context(view),
        "conflict": conflict,
        "errors": errors or {},
        "typed": typed or {},
        "path_bar": path_bar(actor=asker(request), requisition_id=view.requisition_id, at="posting"),
        "choices": {
            "period": PERIODS,
            "work_place": WORK_PLACES,
            "employment_type": EMPLOYMENT_TYPES,
            "yes_no": YES_NO,
        },
    }
    return render(request, "postings/advert.html", context, using="jinja2", status=status)


def desk_context(view: AdvertView) -> dict[str, Any]:
    """Return what the desk and every answer to it show of an advert."""
    role = role_of_version(view.role_version_id)
    desk = lay_out(view.draft, check_draft(view.draft, role=role, as_of=timezone.localdate()))
    return {
        "view": view,
        "desk": desk,
        "balance": draw_balance(desk.measures),
        "counts": draw_counts(desk.counts),
        "public_url": reverse("postings:public_advert", args=[view.up.slug]) if view.up else "",
    }


def _role_version(request: HttpRequest, value: str) -> int | None:
    """Return the version that a choice names: ``v12`` is one of our own roles, anything else a starting point."""
    if not value:
        return None
    if value.startswith("v"):
        return id_or_404(value[1:])
    try:
        return adopt_role(actor=asker(request), role_key=value)
    except KnowledgeError as error:
        raise Http404("There is no such role.") from error
