"""The question bank: found by words, competency, format and seat; one question with its anchors."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assay.app.interviewing.bank import SENIORITIES, format_labels, search_bank
from assay.app.interviewing.forms import number_of, read_bank_filter
from assay.app.interviewing.needs import competency_labels
from assay.app.interviewing.queries.kits import list_anchors
from assay.app.interviewing.queries.plans import get_plan
from assay.knowledge.interviewing.sheets import load_bank, load_formats
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires


@requires(Action.SEE_QUESTIONS)
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """Browse the bank; with ``job`` also how many questions it holds for each competency of that job's role."""
    wanted = read_bank_filter(fields=request.GET)
    job_id = number_of(request.GET.get("job", ""))
    plan = get_plan(actor=asker(request), job_id=job_id) if job_id else None
    context = {
        "wanted": wanted,
        "page": search_bank(wanted=wanted),
        "labels": competency_labels(),
        "formats": format_labels(),
        "format_about": {one.id: one.about for one in load_formats().formats},
        "seniorities": SENIORITIES,
        "parts": load_bank().parts,
        "plan": plan,
    }
    return render(request, "interviewing/questions.html", context, using="jinja2")


@requires(Action.SEE_QUESTIONS)
@require_safe
def question(request: HttpRequest, question_id: str) -> HttpResponse:
    """Show one question with what a strong, an adequate and a weak answer sounds like."""
    found = load_bank().by_id().get(question_id)
    if found is None:
        raise Http404("There is no such question.")
    context = {
        "question": found,
        "label": competency_labels()[found.competency],
        "anchors": list_anchors(competency=found.competency),
        "formats": [one for one in load_formats().formats if one.id in found.formats],
        "seniorities": SENIORITIES,
    }
    return render(request, "interviewing/question.html", context, using="jinja2")
