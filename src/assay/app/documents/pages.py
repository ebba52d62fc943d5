"""Ways to look at a document: a picture of a page, or the file as it came."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from assay.app.documents.queries import DocumentView, get_document
from assay.app.documents.viewing import NoSuchPage, draw_page
from assay.app.pipeline.funnel import find_application, job_resource
from assay.platform.access.asker import asker
from assay.platform.access.gate import require
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires
from assay.platform.files.reading import DamagedFile, read_stored
from assay.platform.files.responses import download

DAY_SECONDS = 24 * 60 * 60


@requires(Action.SEE_APPLICANTS)
@require_safe
def page_picture(request: HttpRequest, document_id: int, number: int) -> HttpResponse:
    """Answer with a page as PNG. It may stay in this browser's own cache: content and address never change."""
    document = _find(request, document_id)
    try:
        picture = draw_page(document=document, page=number)
    except NoSuchPage as error:
        raise Http404(str(error)) from error
    response = HttpResponse(picture, content_type="image/png")
    response["Cache-Control"] = f"private, max-age={DAY_SECONDS}, immutable"
    return response


@requires(Action.SEE_APPLICANTS)
@require_safe
def original(request: HttpRequest, document_id: int) -> HttpResponse:
    """Answer with the file as it came, as a download that no browser opens in place."""
    document = _find(request, document_id)
    try:
        content = read_stored(sha256=document.sha256)
    except DamagedFile as error:
        return HttpResponse(str(error), status=503, content_type="text/plain; charset=utf-8")
    return download(content=content, name=document.name)


def _find(request: HttpRequest, document_id: int) -> DocumentView:
    actor, document = asker(request), get_document(document_id=document_id)
    application = find_application(application_id=document.application_id)
    resource = job_resource(job=application.job, user=actor)
    require(actor=actor, action=Action.SEE_APPLICANTS, resource=resource)
    return document
