"""The hiring brief, to read and to hand on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assay.app.requisitions.brief import make_brief
from assay.app.requisitions.brief_pdf import write_brief
from assay.app.requisitions.queries import get_requisition
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires


@requires(Action.SEE_REQUISITION)
@require_safe
def brief_page(request: HttpRequest, requisition_id: int) -> HttpResponse:
    """Show the brief."""
    view = get_requisition(actor=asker(request), requisition_id=requisition_id)
    context = {"view": view, "brief": make_brief(view=view)}
    return render(request, "requisitions/brief.html", context, using="jinja2")


@requires(Action.SEE_REQUISITION)
@require_safe
def brief_pdf(request: HttpRequest, requisition_id: int) -> HttpResponse:
    """Hand out the brief as one page of paper."""
    actor = asker(request)
    view = get_requisition(actor=actor, requisition_id=requisition_id)
    body = write_brief(brief=make_brief(view=view), made_by=actor.display_name, made_on=timezone.localdate())
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{view.code.lower()}-brief.pdf"'
    return response
