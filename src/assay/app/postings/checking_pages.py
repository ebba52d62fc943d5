"""Paste any advert and see what is wrong with it. Nothing is kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assay.app.postings.balance import draw_balance, draw_counts
from assay.app.postings.checking import LONGEST_TEXT, check_pasted, count_of
from assay.app.postings.fields import YES_NO
from assay.app.postings.forms import read_circumstances
from assay.app.postings.standing import may_write
from assay.app.requisitions.path import path_bar
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires
from assay.platform.htmx import is_htmx


@requires(Action.SEE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Check a pasted advert, as it is typed or when the button is pressed."""
    text = request.POST.get("text", "")
    context: dict[str, object] = {
        "text": text,
        "places": request.POST.get("places", ""),
        "employees": request.POST.get("employees", ""),
        "screens": request.POST.get("screens", ""),
        "choices": YES_NO,
        "checked": None,
        "counts": None,
        "balance": None,
        "is_too_long": len(text) > LONGEST_TEXT,
        "longest": LONGEST_TEXT,
    }
    if text.strip():
        checked = check_pasted(text, circumstances=read_circumstances(request.POST), as_of=timezone.localdate())
        context["checked"] = checked
        context["counts"] = draw_counts(count_of(checked.result))
        context["balance"] = draw_balance(checked.result.measures)
    if is_htmx(request):
        return render(request, "postings/checked.html", context, using="jinja2")
    actor = asker(request)
    context["path_bar"] = path_bar(actor=actor, requisition_id=None, at="posting")
    context["may_write"] = may_write(actor=actor)
    return render(request, "postings/check.html", context, using="jinja2")
