"""The board of a job at an address of its own, further cards of a column, and its figures after a move."""

from dataclasses import replace
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assay.app.pipeline.links import page_query
from assay.app.pipeline.pages.applicants import show_applicants
from assay.app.pipeline.pages.card_places import find_card_place
from assay.app.pipeline.pages.showing import seat_marks, stage_query, words_context
from assay.app.pipeline.queries.applicants import ApplicantRow
from assay.app.pipeline.queries.board import get_board, get_card, get_more_cards
from assay.app.pipeline.queries.jobs import get_job
from assay.core.pipeline.applicant_view import ApplicantView, ViewKind, read_applicant_view, write_applicant_view
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires
from assay.platform.numbers import read_id


@requires(Action.SEE_APPLICANTS)
@require_safe
def board(request: HttpRequest, job_id: int) -> HttpResponse:
    """Show a job's applicants as a board, filtered as the address says."""
    found = get_job(actor=asker(request), job_id=job_id, action=Action.SEE_APPLICANTS)
    return show_applicants(request, found=found, view=_view(request))


@requires(Action.SEE_APPLICANTS)
@require_safe
def cards(request: HttpRequest, job_id: int, stage_id: int) -> HttpResponse:
    """Show further cards of one column, after the position that the address names."""
    found = get_job(actor=asker(request), job_id=job_id, action=Action.SEE_APPLICANTS)
    stage = next((stage for stage in found.stages if stage.id == stage_id), None)
    if stage is None:
        raise Http404("There is no such stage in this job's plan.")
    view, now = _view(request), timezone.now()
    rows, more = get_more_cards(job_id=job_id, stage=stage, filter_=view.filter, at=request.GET.get("at", ""), now=now)
    context = {
        **words_context(view=view, now=now, cards=rows),
        "marks": seat_marks(actor=asker(request), job=found, rows=rows, now=now),
        "job": found,
        "can": {action.value for action in found.can},
        "cards": rows,
        "stage": stage,
        "more": page_query(query=write_applicant_view(view=view), at=more),
    }
    return render(request, "pipeline/_cards.html", context, using="jinja2")


@requires(Action.SEE_APPLICANTS)
@require_safe
def figures(request: HttpRequest, job_id: int) -> HttpResponse:
    """Show the heads of all columns as they are now, and the card that moved (``card``) with its place."""
    found = get_job(actor=asker(request), job_id=job_id, action=Action.SEE_APPLICANTS)
    view, now = _view(request), timezone.now()
    moved = read_id(request.GET.get("card", ""))
    rows: tuple[ApplicantRow, ...] = ()
    if moved is not None:
        rows = get_card(job_id=job_id, stages=found.stages, application_id=moved, now=now)
    place = find_card_place(job_id=job_id, stages=found.stages, view=view, card=rows[0], now=now) if rows else None
    context = {
        **words_context(view=view, now=now, cards=rows),
        "marks": seat_marks(actor=asker(request), job=found, rows=rows, now=now),
        "job": found,
        "can": {action.value for action in found.can},
        "cards": rows,
        "place": place,
        "board": get_board(job_id=job_id, stages=found.stages, filter_=view.filter, now=now, has_cards=False),
        "stage_query": partial(stage_query, view),
    }
    return render(request, "pipeline/_board_heads.html", context, using="jinja2")


def _view(request: HttpRequest) -> ApplicantView:
    view = read_applicant_view(fields=request.GET.dict(), columns=request.GET.getlist("cols"))
    return replace(view, kind=ViewKind.BOARD)
