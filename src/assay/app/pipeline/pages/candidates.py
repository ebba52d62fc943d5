"""Everybody who applied anywhere that the person asking may look."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assay.app.pipeline.queries.people import list_people
from assay.app.pipeline.wording import STATUS_LABELS
from assay.app.ui.tables import Column
from assay.core.pipeline.search_text import MOST_CHARACTERS
from assay.platform.access.asker import asker
from assay.platform.access.gate import ask
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.access.routes import requires

COLUMNS = (Column("name", "Candidate"), Column("pursuits", "Applications"), Column("place", "Location"))


@requires(Action.SEE_APPLICANTS)
@require_safe
def candidates(request: HttpRequest) -> HttpResponse:
    """List people by name, or those that a search finds."""
    text = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:MOST_CHARACTERS]
    page = list_people(actor=asker(request), text=text, at=request.GET.get("at", ""))
    context = {
        "text": text,
        "page": page,
        "columns_of": COLUMNS,
        "statuses": STATUS_LABELS,
        "previous_url": _address(text, page.previous),
        "next_url": _address(text, page.next),
        "may_merge": ask(actor=asker(request), action=Action.MERGE_PEOPLE, resource=ORGANISATION).allowed,
        "is_beyond": bool(request.GET.get("at")),
    }
    return render(request, "pipeline/candidates.html", context, using="jinja2")


def _address(text: str, at: str) -> str:
    return "?" + urlencode([(name, value) for name, value in (("q", text), ("at", at)) if value]) if at else ""
