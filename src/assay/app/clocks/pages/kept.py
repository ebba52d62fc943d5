"""How well clocks are kept, the clocks behind each number, and the reason that a broken one is owed."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assay.app.clocks.actions.explaining import ReasonError, explain, get_explainable
from assay.app.clocks.actions.pauses import end_pause, start_pause
from assay.app.clocks.charting import chart_of
from assay.app.clocks.forms import read_which
from assay.app.clocks.queries.kept import Show, get_kept, list_clocks
from assay.app.ui.tables import Column
from assay.core.clocks.pausing import PauseCause
from assay.core.clocks.words import CAUSE_LABELS, KIND_LABELS
from assay.platform.access.asker import asker
from assay.platform.access.gate import ask
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.access.routes import requires
from assay.platform.accounts.models import User
from assay.platform.numbers import read_id

SHOWN = (
    (Show.RUNNING, "Running"),
    (Show.OVER, "Over now"),
    (Show.UNSAID, "Over now, say why"),
    (Show.YELLOW, "Due soon"),
    (Show.RESTING, "Paused"),
    (Show.ENDED, "Ended"),
    (Show.KEPT, "Kept"),
    (Show.BROKEN, "Not kept"),
    (Show.OWED, "Ended late, reason owed"),
)
COLUMNS = (
    Column("name", "Candidate"),
    Column("kind", "Waits for"),
    Column("owner", "Owner"),
    Column("state", "Time"),
    Column("due", "Due"),
    Column("do", "Do", is_label_hidden=True),
)
_NUMBERS = (
    Column("share", "Kept, of those that ended", is_number=True),
    Column("range", "Likely range", is_number=True),
    Column("running", "Running", is_number=True),
    Column("over", "Over", is_number=True),
)
GROUPS = {"kind": "Clock", "owner": "Owner", "job": "Job"}


@requires(Action.SEE_CLOCKS)
@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """Show how well clocks are kept."""
    user, now = asker(request), timezone.now()
    page = get_kept(user=user, now=now, zone=_zone(request))
    worst = list_clocks(user=user, which=read_which(fields={}), now=now, zone=_zone(request))
    context = {
        "page": page,
        "chart": chart_of(page=page),
        "worst": worst.rows[:10],
        "columns": COLUMNS,
        "columns_of": {key: (Column("label", label), *_NUMBERS) for key, label in GROUPS.items()},
    }
    return render(request, "clocks/kept.html", context, using="jinja2")


@requires(Action.SEE_CLOCKS)
@require_safe
def clock_list(request: HttpRequest) -> HttpResponse:
    """List the clocks of a choice."""
    which = read_which(fields={key: str(value) for key, value in request.GET.items()})
    offset = min(read_id(request.GET.get("from", "")) or 0, 100_000)
    now = timezone.now()
    page = list_clocks(user=asker(request), which=which, now=now, zone=_zone(request), offset=offset)
    fields = which.fields()
    context = {
        "which": which,
        "page": page,
        "offset": offset,
        "shown": [
            {
                "label": label,
                "href": "?" + urlencode({**fields, "show": show.value}),
                "is_current": which.show is show,
            }
            for show, label in SHOWN
        ],
        "kinds": [("", "Any clock"), *((kind.value, label) for kind, label in KIND_LABELS.items())],
        "fields": fields,
        "next_url": "" if page.next_offset is None else "?" + urlencode({**fields, "from": page.next_offset}),
        "columns": COLUMNS,
    }
    return render(request, "clocks/list.html", context, using="jinja2")


@requires(Action.EXPLAIN_BREACH)
@require_http_methods(["GET", "HEAD", "POST"])
def reason(request: HttpRequest, clock_id: int) -> HttpResponse:
    """Ask why a clock was not kept, and keep the answer."""
    user, problem = asker(request), ""
    view = get_explainable(actor=user, clock_id=clock_id, now=timezone.now())
    if request.method == "POST":
        try:
            explain(
                actor=user,
                clock_id=clock_id,
                cause=request.POST.get("cause", "")[:30],
                note=request.POST.get("note", ""),
            )
        except ReasonError as error:
            problem = str(error)
        else:
            messages.success(request, "The reason is kept.")
            return redirect(_after(request))
    context = {
        "view": view,
        "sees_clocks": _sees_clocks(user),
        "causes": [(cause.value, label) for cause, label in CAUSE_LABELS.items()],
        "problem": problem,
        "typed": {"cause": request.POST.get("cause", view.reason), "note": request.POST.get("note", "")},
    }
    return render(request, "clocks/reason.html", context, using="jinja2", status=422 if problem else 200)


@requires(Action.EDIT_APPLICANT)
@require_POST
def pause(request: HttpRequest, application_id: int) -> HttpResponse:
    """Let an application's clocks rest because the candidate holds the ball, or run again."""
    why = request.POST.get("why", "")
    if why in set(PauseCause):
        start_pause(actor=asker(request), application_id=application_id, why=PauseCause(why))
        messages.success(request, f"The clocks rest: the candidate {PauseCause(why).label}.")
    elif end_pause(actor=asker(request), application_id=application_id):
        messages.success(request, "The clocks run again.")
    else:
        messages.info(request, "No clock rested.")
    return redirect("review:application", application_id)


def _after(request: HttpRequest) -> str:
    """Return where to go on: to whoever sees clocks, the list of reasons that are still owed; to others their inbox."""
    return f"{reverse('clocks:list')}?show=owed" if _sees_clocks(asker(request)) else reverse("home")


def _sees_clocks(user: User) -> bool:
    return ask(actor=user, action=Action.SEE_CLOCKS, resource=ORGANISATION).allowed


def _zone(request: HttpRequest) -> str:
    return str(getattr(request.user, "time_zone", "") or "UTC")
