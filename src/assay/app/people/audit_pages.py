"""The audit log as pages: filtered events, and whether the chain is whole."""

from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from assay.app.people import columns
from assay.app.people.forms import AuditFilterForm
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires
from assay.platform.audit.anchors import UnreadableAnchors
from assay.platform.audit.checking import anchors_path, check_log, write_anchor
from assay.platform.audit.queries import (
    EventFilter,
    get_check_state,
    list_actors,
    list_events,
    list_object_types,
    list_verbs,
)
from assay.platform.numbers import read_id

_SYSTEM = "system"


@requires(Action.SEE_AUDIT)
@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """Show events, newest first, by who, what, on which object and when."""
    actor = asker(request)
    form = AuditFilterForm(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    page = list_events(wanted=_filter(chosen, ZoneInfo(actor.time_zone)), before=chosen.get("before"))
    context = {
        "page": page,
        "columns": columns,
        "chosen": {name: value for name, value in chosen.items() if value not in (None, "")},
        "older_url": _older_url(request, page.older_than),
        "newest_url": reverse("people:audit"),
        "actors": [("", "Anybody"), (_SYSTEM, "The system"), *((str(pk), name) for pk, name in list_actors())],
        "verbs": [("", "Anything"), *((verb, verb.replace(".", " ").replace("_", " ")) for verb in list_verbs())],
        "kinds": [("", "Any object"), *((kind, kind.replace("_", " ")) for kind in list_object_types())],
        "check": get_check_state(),
        "anchors_file": anchors_path(),
        "zone": actor.time_zone,
    }
    return render(request, "people/audit.html", context, using="jinja2")


@requires(Action.SEE_AUDIT)
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Check the whole chain now and, when it is whole, write its end down."""
    try:
        report = check_log()
    except UnreadableAnchors as problem:
        messages.error(request, f"The anchors cannot be read: {problem}.")
        return redirect("people:audit")
    if report.is_whole:
        write_anchor()
        messages.success(request, f"Whole: {report.rows} rows checked against {report.anchors} anchors.")
    else:
        first = report.faults[0]
        messages.error(request, f"Not whole. Row {first.sequence}: {first.what}.")
    return redirect("people:audit")


def _filter(chosen: dict[str, object], zone: ZoneInfo) -> EventFilter:
    who = str(chosen.get("who") or "")
    return EventFilter(
        actor_id=read_id(who),
        is_system=who == _SYSTEM,
        verb=str(chosen.get("verb") or ""),
        object_type=str(chosen.get("kind") or ""),
        object_id=chosen.get("object"),  # type: ignore[arg-type]
        since=chosen.get("since"),  # type: ignore[arg-type]
        until=chosen.get("until"),  # type: ignore[arg-type]
        zone=zone,
    )


def _older_url(request: HttpRequest, older_than: int | None) -> str:
    if older_than is None:
        return ""
    kept = [(name, value) for name, value in request.GET.items() if name != "before"]
    return "?" + urlencode([*kept, ("before", older_than)])
