"""The list of requisitions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assay.app.requisitions.listing import list_requisitions, list_waiting
from assay.app.requisitions.wording import STATUSES
from assay.app.ui.tables import Column
from assay.core.requisitions.status import RequisitionStatus
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires
from assay.platform.numbers import read_id

COLUMNS = (
    Column("title", "Request"),
    Column("state", "State"),
    Column("steps", "Desks done", is_number=True),
    Column("people", "People", is_number=True),
    Column("needed", "Needed by"),
    Column("job", "Job"),
)
RUNNING = (RequisitionStatus.DRAFT, RequisitionStatus.SUBMITTED, RequisitionStatus.REJECTED)
SHOWN = {
    "running": RUNNING,
    "waiting": (RequisitionStatus.SUBMITTED,),
    "approved": (RequisitionStatus.APPROVED,),
    "withdrawn": (RequisitionStatus.WITHDRAWN,),
    "all": (),
}


@requires(Action.SEE_REQUISITION)
@require_safe
def requisitions(request: HttpRequest) -> HttpResponse:
    """List the requisitions that the person may see, by state; ``show=me`` keeps what waits for their word."""
    show = request.GET.get("show", "running")
    show = show if show in SHOWN or show == "me" else "running"
    before = request.GET.get("before", "")
    actor = asker(request)
    context = {
        "show": show,
        "waiting": list_waiting(actor=actor),
        "page": None
        if show == "me"
        else list_requisitions(
            actor=actor,
            statuses=SHOWN[show],
            only_waiting=show == "waiting",
            before=read_id(before),
        ),
        "columns_of": COLUMNS,
        "statuses": STATUSES,
        "is_first": not before,
    }
    return render(request, "requisitions/list.html", context, using="jinja2")
