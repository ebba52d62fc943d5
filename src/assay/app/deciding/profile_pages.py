"""The profile of an application: evidence, documents, history; correct the contact, screen again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from assay.app.deciding.desk import get_candidate
from assay.app.deciding.forms import filter_of, read_back
from assay.app.deciding.frame import CandidateTab, frame_context
from assay.app.deciding.history import WHICH_LABELS, Which
from assay.app.deciding.news import news_of
from assay.app.deciding.profile import Tab, get_profile
from assay.app.pipeline.actions.people import EDITABLE_FIELDS, ContactError, correct_contact
from assay.app.screening.actions import request_screening
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires
from assay.platform.numbers import read_id


@requires(Action.SEE_APPLICANTS)
@require_safe
def profile(request: HttpRequest, application_id: int) -> HttpResponse:
    """Show one application."""
    return _show(request, application_id)


@requires(Action.EDIT_APPLICANT)
@require_POST
def contact(request: HttpRequest, application_id: int) -> HttpResponse:
    """Store corrected contact fields and go back to where they were typed."""
    fields = {name: request.POST[name] for name in EDITABLE_FIELDS if name in request.POST}
    try:
        correct_contact(actor=asker(request), application_id=application_id, fields=fields)
    except ContactError as error:
        response = _show(request, application_id, errors={error.field: (str(error),)}, values=fields)
        response.status_code = 422
        return response
    messages.success(request, "Contact saved.")
    back = read_back(request.POST)
    if not back:
        return HttpResponseRedirect(reverse("review:application", args=[application_id]))
    job_id = get_candidate(actor=asker(request), application_id=application_id, with_sheet=False).job_id
    return HttpResponseRedirect(f"{reverse('review:queue', args=[job_id])}?{filter_of(back).query(at=application_id)}")


@requires(Action.EDIT_APPLICANT)
@require_POST
def screen_again(request: HttpRequest, application_id: int) -> HttpResponse:
    """Queue a new screening with the rules of today."""
    request_screening(actor=asker(request), application_id=application_id)
    return HttpResponseRedirect(reverse("review:application", args=[application_id]))


def _show(
    request: HttpRequest,
    application_id: int,
    *,
    errors: dict[str, tuple[str, ...]] | None = None,
    values: dict[str, str] | None = None,
) -> HttpResponse:
    asked = request.GET.get("tab", "")
    tab = Tab(asked) if asked in set(Tab) else Tab.EVIDENCE
    candidate = get_candidate(actor=asker(request), application_id=application_id, with_sheet=False)
    show = request.GET.get("show", "")
    which = Which(show) if show in set(Which) else Which.ALL
    shown = get_profile(
        actor=asker(request),
        candidate=candidate,
        tab=tab,
        document_id=read_id(request.GET.get("document", "")),
        which=which,
    )
    context = {
        **frame_context(request=request, actor=asker(request), candidate=candidate, at=CandidateTab(tab.value)),
        "profile": shown,
        "which": which.value,
        "which_options": [(one.value, label) for one, label in WHICH_LABELS.items()],
        "contact_errors": errors or {},
        "contact_values": values or {},
        "toast": news_of(request, back=""),
    }
    return render(request, "deciding/profile.html", context, using="jinja2")
