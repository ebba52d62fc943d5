"""What the field says: every fact with its id, so that what is cited elsewhere can be looked up."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assay.app.facts.choosing import ABOUT_KINDS, KINDS, LONGEST_SEARCH, find_facts
from assay.app.ui.tables import Column
from assay.knowledge.facts.sheets import load_facts
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires

COLUMNS = (
    Column("id", "Id"),
    Column("says", "What it says"),
    Column("kind", "Kind"),
    Column("guide", "Guide"),
    Column("others", "Contradicted by"),
)


@requires(Action.SEE_ROLES)
@require_safe
def facts(request: HttpRequest) -> HttpResponse:
    """List the facts by section, those that have the words asked for; htmx gets the list alone."""
    sheet = load_facts()
    text = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]
    sections = find_facts(sheet=sheet, text=text)
    context = {
        "sheet": sheet,
        "sections": sections,
        "count": sum(len(section.facts) for section in sections),
        "text": text,
        "columns_of": COLUMNS,
        "kinds": KINDS,
        "about_kinds": ABOUT_KINDS,
        "says": {fact.id: fact.says for fact in sheet.by_id().values()},
        "guides": {guide.id: guide for guide in sheet.guides},
    }
    is_partial = bool(request.htmx) and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    response = render(request, "facts/_list.html" if is_partial else "facts/facts.html", context, using="jinja2")
    response["Vary"] = "HX-Request"
    return response
