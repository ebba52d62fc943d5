"""What candidates ask for, where it is answered."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assay.app.applying.actions.answering import AnswerError, answer_request
from assay.app.applying.erasure import forecast_erasure
from assay.app.applying.queries.requests import get_request, list_requests
from assay.app.messaging.news import letter_news
from assay.app.ui.tables import Column
from assay.core.applying.states import RequestKind
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires
from assay.platform.text import TextTooLongError


@requires(Action.ANSWER_CANDIDATES)
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """List what waits for an answer, and what was answered."""
    is_open = request.GET.get("show", "") != "answered"
    rows = list_requests(user=asker(request), now=timezone.now(), is_open=is_open)
    last = Column("due", "Due by") if is_open else Column("answered", "Answered")
    columns = (Column("what", "Request"), Column("who", "Candidate"), Column("job", "Job"), Column("at", "Asked"), last)
    context = {"rows": rows, "is_open": is_open, "columns": columns}
    return render(request, "applying/requests.html", context, using="jinja2")


@requires(Action.ANSWER_CANDIDATES)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, request_id: int) -> HttpResponse:
    """Show one request with room for its answer, or give the answer."""
    if request.method != "POST":
        return _show(request, request_id)
    words, decision = request.POST.get("answer", ""), request.POST.get("decision", "")
    if decision not in ("done", "refused"):
        return _show(request, request_id, words=words, problem="Choose yes or no first.", status=422)
    try:
        answer_request(
            actor=asker(request),
            request_id=request_id,
            is_granted=decision == "done",
            answer=words,
            now=timezone.now(),
            is_confirmed=request.POST.get("confirmed") == "on",
        )
    except (AnswerError, TextTooLongError) as error:
        return _show(request, request_id, words=words, problem=str(error), status=422)
    news = letter_news(
        reader=asker(request), said="Answered. The candidate is told by letter.", goes="It goes by itself."
    )
    messages.success(request, news)
    return HttpResponseRedirect(reverse("applying:requests"))


def _show(
    request: HttpRequest, request_id: int, *, words: str = "", problem: str = "", status: int = 200
) -> HttpResponse:
    found = get_request(user=asker(request), request_id=request_id, now=timezone.now())
    context = {
        "found": found,
        "words": words,
        "problem": problem,
        "erasure": (
            forecast_erasure(application_id=found.application_id, user=asker(request))
            if found.kind is RequestKind.ERASURE
            else None
        ),
    }
    return render(request, "applying/request.html", context, status=status, using="jinja2")
