"""Pages of imports: a job's imports, one import in each of its states, and the buttons on it."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from assay.app.sourcing import draft_queries, queries
from assay.app.sourcing.actions import checking, drafts, reverting, running
from assay.app.sourcing.funnel import ImportRefused
from assay.app.sourcing.wording import AFTER, BATCHES, BEFORE
from assay.app.ui.tables import Column
from assay.core.sourcing.columns import ApplicantField
from assay.core.sourcing.import_state import BatchState, ItemState
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires
from assay.platform.importing.csv_writing import write_csv
from assay.platform.numbers import read_whole

_NOT_USED = ""


@requires(Action.ADD_APPLICANTS)
@require_GET
def show_import(request: HttpRequest, batch_id: int) -> HttpResponse:
    """One import: a draft to look at and change, its progress while it works, its outcome afterwards."""
    view = queries.get_import(actor=asker(request), batch_id=batch_id)
    outcome = _outcome(request.GET.get("state", ""))
    page = queries.list_items(
        batch_id=batch_id, outcome=outcome, after=read_whole(request.GET.get("after", ""), most_digits=9) or 0
    )
    is_draft = view.state is BatchState.DRAFT
    words = BEFORE if is_draft or view.state is BatchState.CHECKING else AFTER
    context: dict[str, object] = {
        "view": view,
        "page": page,
        "outcome": outcome,
        "tallies": queries.count_outcomes(batch_id=batch_id),
        "containers": queries.list_containers(batch_id=batch_id),
        "words": words,
        "batch_words": BATCHES[view.state],
        "columns": _ITEM_COLUMNS,
        "next_url": _next_url(batch_id, outcome, page.after),
        "facts": None,
    }
    if is_draft:
        context |= {
            "facts": draft_queries.find_draft_facts(batch_id=batch_id),
            "samples": draft_queries.list_sample_rows(batch_id=batch_id),
            "field_options": _FIELD_OPTIONS,
        }
    else:
        context |= {"facts": None, **_progress_context(view)}
    return render(request, "sourcing/import.html", context, using="jinja2")


@requires(Action.ADD_APPLICANTS)
@require_GET
def show_progress(request: HttpRequest, batch_id: int) -> HttpResponse:
    """The moving part of an import's page. When the work has ended it asks the browser to load the page again."""
    view = queries.get_import(actor=asker(request), batch_id=batch_id)
    facts = draft_queries.find_draft_facts(batch_id=batch_id) if view.state is BatchState.DRAFT else None
    is_over = facts.opening == 0 if facts else not view.is_working
    context = {"view": view, "facts": facts, "words": AFTER, **_progress_context(view)}
    response = render(request, "sourcing/_progress.html", context, using="jinja2")
    if is_over:
        response["HX-Refresh"] = "true"
    return response


@requires(Action.ADD_APPLICANTS)
@require_POST
def map_columns(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Store the chosen column of each field."""
    fields = {}
    for name, value in request.POST.items():
        index = read_whole(name.removeprefix("column_"), most_digits=5) if name.startswith("column_") else None
        if index is not None and value in ApplicantField._value2member_map_:
            fields[index] = ApplicantField(str(value))
    source = str(request.POST.get("source", ""))

    def act() -> str:
        found = drafts.set_mapping(actor=asker(request), batch_id=batch_id, fields=fields, source=source)
        if found:
            raise ImportRefused(" ".join(found))
        return "The columns are set. The first rows below are read accordingly."

    return _do(request, batch_id, act)


@requires(Action.ADD_APPLICANTS)
@require_POST
def start_check(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Set the dry run going."""
    return _do(request, batch_id, lambda: checking.start_check(actor=asker(request), batch_id=batch_id))


@requires(Action.ADD_APPLICANTS)
@require_POST
def stop_check(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Stop the dry run."""
    return _do(request, batch_id, lambda: checking.stop_check(actor=asker(request), batch_id=batch_id))


@requires(Action.ADD_APPLICANTS)
@require_POST
def start(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Set the import going."""
    return _do(request, batch_id, lambda: running.start_import(actor=asker(request), batch_id=batch_id))


@requires(Action.ADD_APPLICANTS)
@require_POST
def resume(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Go on with an import that stands still."""
    return _do(request, batch_id, lambda: running.resume_import(actor=asker(request), batch_id=batch_id))


@requires(Action.ADD_APPLICANTS)
@require_POST
def revert(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Take back what the import made."""
    return _do(request, batch_id, lambda: reverting.start_revert(actor=asker(request), batch_id=batch_id))


@requires(Action.ADD_APPLICANTS)
@require_POST
def copy(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Begin a new draft with the same files and rows."""
    try:
        new_id = drafts.copy_import(actor=asker(request), batch_id=batch_id)
    except ImportRefused as refused:
        messages.error(request, str(refused))
        return redirect("sourcing:import", batch_id)
    messages.success(request, "A new draft with the same files. Nothing is imported yet.")
    return redirect("sourcing:import", new_id)


@requires(Action.ADD_APPLICANTS)
@require_POST
def discard(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Throw a draft away."""
    view = queries.get_import(actor=asker(request), batch_id=batch_id)
    try:
        drafts.discard_import(actor=asker(request), batch_id=batch_id)
    except ImportRefused as refused:
        messages.error(request, str(refused))
        return redirect("sourcing:import", batch_id)
    messages.success(request, "The draft is gone. Nothing had been imported from it.")
    return redirect("sourcing:new_import", view.job_id)


@requires(Action.ADD_APPLICANTS)
@require_GET
def download_report(request: HttpRequest, batch_id: int) -> HttpResponseBase:
    """Every item with what became of it, as CSV."""
    view = queries.get_import(actor=asker(request), batch_id=batch_id)
    words = BEFORE if view.state is BatchState.DRAFT else AFTER
    head = ("Row", "Item", "Archive", "Person", "Outcome", "Message", "Application")

    def rows() -> Iterable[tuple[str, ...]]:
        for item in queries.iterate_items(batch_id=batch_id):
            application = reverse("review:application", args=[item.application_id]) if item.application_id else ""
            yield (
                str(item.row_number or ""),
                item.name,
                item.inside,
                item.who,
                words[item.outcome].label,
                item.message,
                application,
            )

    response = StreamingHttpResponse(write_csv(headings=head, rows=rows()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-{batch_id}.csv"'
    return response


def _do(request: HttpRequest, batch_id: int, act: Callable[[], str | None]) -> HttpResponse:
    """Do one thing to an import and show its page again, with what came of it or why it was not done."""
    try:
        said = act()
    except ImportRefused as refused:
        messages.error(request, str(refused))
    else:
        if said:
            messages.success(request, said)
    return redirect("sourcing:import", batch_id)


def _progress_context(view: queries.ImportView) -> dict[str, object]:
    progress = queries.measure_import(batch_id=view.id, state=view.state)
    started = view.started_at or view.created_at
    ended = view.finished_at or datetime.now(UTC)
    return {
        "progress": progress,
        "tallies": queries.count_outcomes(batch_id=view.id),
        "is_still": view.is_working and queries.is_standing_still(batch_id=view.id),
        "minutes_left": None if progress.seconds_left is None else progress.seconds_left / 60,
        "minutes_taken": (ended - started).total_seconds() / 60,
    }


def _outcome(text: str) -> ItemState | None:
    return ItemState(text) if text in ItemState._value2member_map_ else None


def _next_url(batch_id: int, outcome: ItemState | None, after: int | None) -> str:
    if after is None:
        return ""
    query = {"after": after, **({"state": outcome.value} if outcome else {})}
    return f"{reverse('sourcing:import', args=[batch_id])}?{urlencode(query)}"


_FIELD_OPTIONS = ((_NOT_USED, "not used"), *((field.value, field.label) for field in ApplicantField))
_ITEM_COLUMNS = (
    Column("name", "Item"),
    Column("who", "Person"),
    Column("outcome", "Outcome"),
    Column("message", "What was said"),
)
