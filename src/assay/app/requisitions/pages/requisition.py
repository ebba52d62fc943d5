"""One requisition, with everything that an approver needs in sight."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assay.app.requisitions.pages.asking import asker
from assay.app.requisitions.path import path_bar
from assay.app.requisitions.visibility import require_requisition
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires


@requires(Action.SEE_REQUISITION)
@require_safe
def requisition(request: HttpRequest, requisition_id: int) -> HttpResponse:
    """Show a requisition."""
    row = require_requisition(actor=asker(request), requisition_id=requisition_id)
    bar = path_bar(actor=asker(request), requisition_id=requisition_id, at="approve")
    return render(request, "requisitions/requisition.html", {"row": row, "path_bar": bar}, using="jinja2")
