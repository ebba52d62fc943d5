"""Applicants side by side, the shortlist, and its exports."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from assay.app.evidence.queries import get_profile
from assay.app.pipeline.actions.exports import record_export
from assay.app.pipeline.queries.comparing import compare
from assay.app.pipeline.queries.jobs import JobView, get_job
from assay.app.pipeline.queries.shortlist import Shortlist, get_shortlist
from assay.app.pipeline.shortlist_csv import write_csv
from assay.app.pipeline.shortlist_pdf import write_pdf
from assay.app.pipeline.wording import FLAG_LABELS, STATUS_LABELS
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires
from assay.platform.numbers import read_id


@requires(Action.SEE_APPLICANTS)
@require_safe
def comparison(request: HttpRequest, job_id: int) -> HttpResponse:
    """Show two to four applicants side by side by evidence."""
    view = get_job(actor=asker(request), job_id=job_id, action=Action.SEE_APPLICANTS)
    ids = [found for text in request.GET.getlist("a") if (found := read_id(text)) is not None]
    compared = compare(job_id=job_id, role_version_id=view.role_version_id, application_ids=ids)
    applicants = compared.applicants if compared else ()
    context = {
        "job": view,
        "compared": compared,
        "profiles": {one.id: get_profile(actor=asker(request), application_id=one.id) for one in applicants},
        "statuses": STATUS_LABELS,
        "flag_labels": FLAG_LABELS,
    }
    return render(request, "pipeline/compare.html", context, using="jinja2", status=200 if compared else 422)


@requires(Action.SEE_APPLICANTS)
@require_safe
def shortlist(request: HttpRequest, job_id: int) -> HttpResponse:
    """Show whom people advanced, or else the best ranked, said to be just that."""
    view = get_job(actor=asker(request), job_id=job_id, action=Action.SEE_APPLICANTS)
    found = get_shortlist(job_id=job_id, role_version_id=view.role_version_id)
    context = {
        "job": view,
        "shortlist": found,
        "section": "shortlist",
        "can": {action.value for action in view.can},
        "flag_labels": FLAG_LABELS,
        "statuses": STATUS_LABELS,
    }
    return render(request, "pipeline/shortlist.html", context, using="jinja2")


@requires(Action.EXPORT_SHORTLIST)
@require_safe
def shortlist_csv(request: HttpRequest, job_id: int) -> HttpResponse:
    """Hand out the shortlist as CSV."""
    view, found = _exported(request, job_id, "csv")
    return _download(write_csv(shortlist=found), "text/csv; charset=utf-8", view, "csv")


@requires(Action.EXPORT_SHORTLIST)
@require_safe
def shortlist_pdf(request: HttpRequest, job_id: int) -> HttpResponse:
    """Hand out the shortlist as a document to read and pass on."""
    view, found = _exported(request, job_id, "pdf")
    body = write_pdf(
        job=view, shortlist=found, exported_by=asker(request).display_name, exported_on=timezone.localdate()
    )
    return _download(body, "application/pdf", view, "pdf")


def _exported(request: HttpRequest, job_id: int, form: str) -> tuple[JobView, Shortlist]:
    view = get_job(actor=asker(request), job_id=job_id, action=Action.EXPORT_SHORTLIST)
    found = get_shortlist(job_id=job_id, role_version_id=view.role_version_id)
    ids = [applicant.id for applicant in found.applicants]
    record_export(actor=asker(request), job_id=job_id, form=form, application_ids=ids)
    return view, found


def _download(body: bytes, media_type: str, view: JobView, ending: str) -> HttpResponse:
    response = HttpResponse(body, content_type=media_type)
    name = f"shortlist-{slugify(view.title)[:60] or view.id}-{timezone.localdate().isoformat()}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
