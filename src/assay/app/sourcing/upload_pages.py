"""Where files arrive: by a plain form with many files, or in several requests sent by the drop zone."""

import json
import re
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from assay.app.pipeline.queries.jobs import get_job
from assay.app.sourcing import draft_queries, queries
from assay.app.sourcing.actions.drafts import Added, add_uploads, begin_import
from assay.app.sourcing.actions.opening import open_or_enqueue
from assay.app.sourcing.funnel import ImportRefused
from assay.app.sourcing.rules import most_upload_bytes, pieces
from assay.app.sourcing.uploads import SpoolingUploadHandler, store_received
from assay.app.sourcing.wording import BATCHES
from assay.app.ui.tables import Column
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires
from assay.platform.accounts.models import User

View = Callable[[HttpRequest, int], HttpResponse]

_TOO_MANY = "These are too many files for one request. Put them into a ZIP, or add them in several steps."
_TOO_LARGE = "This upload is too large for one request. Add the files in several steps."
_BROKEN = "The upload arrived damaged. Send it again."
_NOTHING = "No file came along. Choose files first."
_MOST_HASHES = 1000
_SHA256 = re.compile(r"[0-9a-f]{64}")


def spooled(*, check: Callable[[User, int], object]) -> Callable[[View], View]:
    """Let a view take uploads of any size: ``check`` who asks and how much it is before reading, then spool to disk."""

    def wrap(view: View) -> View:
        def outer(request: HttpRequest, ident: int) -> HttpResponse:
            check(asker(request), ident)
            if int(request.META.get("CONTENT_LENGTH") or 0) > most_upload_bytes():
                return _problem(request, _TOO_LARGE, status=413)
            handler = SpoolingUploadHandler(request)
            request.upload_handlers = [handler]
            try:
                return csrf_protect(view)(request, ident)
            except TooManyFilesSent:
                return _problem(request, _TOO_MANY, status=413)
            except MultiPartParserError:
                return _problem(request, _BROKEN, status=400)
            finally:
                handler.close()

        return csrf_exempt(outer)

    return wrap


def _may_add_to_job(user: User, job_id: int) -> object:
    return get_job(actor=user, job_id=job_id, action=Action.ADD_APPLICANTS)


def _may_change_import(user: User, batch_id: int) -> object:
    return queries.get_import(actor=user, batch_id=batch_id)


@requires(Action.ADD_APPLICANTS)
@require_http_methods(["GET", "HEAD", "POST"])
@spooled(check=_may_add_to_job)
def new_import(request: HttpRequest, job_id: int) -> HttpResponse:
    """A job's imports and the zone that begins one; a POST begins a draft with the files that came along."""
    if request.method == "POST":
        return _begin(request, job_id)
    context = {
        "job_id": job_id,
        "job_title": get_job(actor=asker(request), job_id=job_id, action=Action.ADD_APPLICANTS).title,
        "imports": queries.list_imports(job_id=job_id),
        "batch_words": BATCHES,
        "pieces": pieces(),
        "columns": _IMPORT_COLUMNS,
    }
    return render(request, "sourcing/new_import.html", context, using="jinja2")


@requires(Action.ADD_APPLICANTS)
@require_POST
@spooled(check=_may_change_import)
def add_files(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Add files to a draft."""
    return _add(request, batch_id)


@requires(Action.ADD_APPLICANTS)
@require_POST
def known_files(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Say which files, by their sha256 sums, a draft holds already, so that going on does not send them again."""
    queries.get_import(actor=asker(request), batch_id=batch_id)
    try:
        hashes = json.loads(request.body)["hashes"]
        sums = [item for item in hashes if isinstance(item, str) and _SHA256.fullmatch(item)][:_MOST_HASHES]
    except (ValueError, KeyError, TypeError, RecursionError):
        return JsonResponse({"problem": "Send a list of hashes."}, status=400)
    return JsonResponse({"known": sorted(draft_queries.known_in_draft(batch_id=batch_id, hashes=sums))})


def _begin(request: HttpRequest, job_id: int) -> HttpResponse:
    is_scripted = _wants_json(request)
    if not is_scripted and not _handler(request).received and not request.POST.get("begin"):
        messages.error(request, _NOTHING)
        return redirect("sourcing:new_import", job_id)
    try:
        batch_id = begin_import(actor=asker(request), job_id=job_id)
    except ImportRefused as refused:
        return _problem(request, str(refused), status=409, back=reverse("sourcing:new_import", args=[job_id]))
    return _add(request, batch_id)


def _add(request: HttpRequest, batch_id: int) -> HttpResponse:
    user, here = asker(request), reverse("sourcing:import", args=[batch_id])
    uploads = store_received(handler=_handler(request), paths=request.POST.getlist("paths"))
    added = Added(0, 0, 0, ())
    if uploads:
        try:
            added = add_uploads(actor=user, batch_id=batch_id, uploads=uploads)
        except ImportRefused as refused:
            return _problem(request, str(refused), status=409, back=here)
        open_or_enqueue(actor=user, item_ids=added.container_ids)
    if _wants_json(request):
        links = {"next": here, "add": reverse("sourcing:add_files", args=[batch_id])}
        links["known"] = reverse("sourcing:known_files", args=[batch_id])
        return JsonResponse(
            {**links, "added": added.items, "already_here": added.already_here, "refused": added.refused}
        )
    if added.already_here:
        messages.info(request, f"{added.already_here} of these files were here already and were not added twice.")
    return redirect(here)


def _handler(request: HttpRequest) -> SpoolingUploadHandler:
    _ = request.FILES  # reading the files makes Django hand the whole request to the handler
    handler = request.upload_handlers[0]
    assert isinstance(handler, SpoolingUploadHandler)  # noqa: S101 - every view here is spooled
    return handler


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _problem(request: HttpRequest, message: str, *, status: int, back: str = "") -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"problem": message}, status=status)
    messages.error(request, message)
    return redirect(back or request.path)


_IMPORT_COLUMNS = (
    Column("begun", "Begun"),
    Column("by", "By"),
    Column("state", "State"),
    Column("people", "Applicants", is_number=True),
    Column("came_in", "Came in", is_number=True),
)
