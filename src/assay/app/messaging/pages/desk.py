"""/messages/: who waits for an answer, what waits to go, what went wrong, what nobody could place, the outbox."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from assay.app.messaging.actions.outgoing import NotAgainError, say_arrived, send_again
from assay.app.messaging.actions.placing import AlreadyPlacedError, place_mail, put_away
from assay.app.messaging.news import letter_news
from assay.app.messaging.queries.desk import Counts, count_desk, list_problems, list_replies, list_waiting
from assay.app.messaging.queries.outbox import PAGE, list_outbox, outbox_health
from assay.app.messaging.queries.unmatched import get_unmatched_arrival, list_unmatched
from assay.app.ui.tables import Column
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires
from assay.platform.accounts.models import User
from assay.platform.files.responses import download
from assay.platform.mail.actions.deciding import LetterMoved, TextGone
from assay.platform.mail.arrivals import NoSuchArrival, read_arrival
from assay.platform.mail.states import LetterState
from assay.platform.numbers import read_id

_PARTS = {
    "replies": "Replies",
    "waiting": "Waiting",
    "problems": "Problems",
    "unmatched": "Not placed",
    "outbox": "Outbox",
}
_LISTS = {"replies": list_replies, "waiting": list_waiting, "problems": list_problems, "unmatched": list_unmatched}
_COLUMNS = {
    "replies": (Column("name", "Candidate"), Column("begins", "They wrote"), Column("since", "Waiting since")),
    "waiting": (
        Column("name", "To"),
        Column("subject", "Letter"),
        Column("at", "Goes"),
        Column("do", "Call back", is_label_hidden=True),
    ),
    "problems": (
        Column("name", "To"),
        Column("what", "What happened"),
        Column("advice", "What to do"),
        Column("do", "Dealt with", is_label_hidden=True),
    ),
    "unmatched": (),
    "outbox": (
        Column("letter", "Letter"),
        Column("to", "To"),
        Column("state", "State"),
        Column("at", "Written"),
        Column("do", "What to do", is_label_hidden=True),
    ),
}


@requires(Action.SEE_MAIL)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show one part of the desk, the answers that are owed first."""
    user, show = asker(request), request.GET.get("show", "")
    show = show if show in _PARTS else "replies"
    counts = count_desk(user=user)
    context = {
        "show": show,
        "tabs": _tabs(show, counts),
        "columns": _COLUMNS[show],
        "health": outbox_health(user=user),
        "rows": _LISTS[show](user=user) if show in _LISTS else (),
        **(_outbox(request, user) if show == "outbox" else {}),
    }
    return render(request, "messaging/desk.html", context, using="jinja2")


@requires(Action.SEE_MAIL)
@require_POST
def place(request: HttpRequest, mail_id: int) -> HttpResponse:
    """Put an unmatched letter into a conversation."""
    given = request.POST.get("application", "")
    number = next((found for part in given.split("/") if (found := read_id(part)) is not None), None)
    if number is None:
        messages.error(request, "Say which candidate it is about: choose one, or paste the address of their page.")
        return _back("unmatched")
    try:
        place_mail(actor=asker(request), letter_id=mail_id, application_id=number)
    except AlreadyPlacedError as conflict:
        messages.error(request, str(conflict))
        lies_in = reverse("messaging:of_application", args=[conflict.application_id])
        return HttpResponseRedirect(f"{lies_in}#m{conflict.message_id}")
    messages.success(request, "Placed. It stands in the conversation now.")
    return HttpResponseRedirect(f"{reverse('messaging:of_application', args=[number])}#end")


@requires(Action.SEE_MAIL)
@require_POST
def away(request: HttpRequest, mail_id: int) -> HttpResponse:
    """Take an unmatched letter off the list."""
    put_away(actor=asker(request), letter_id=mail_id)
    messages.success(request, "Put away. The letter is kept.")
    return _back("unmatched")


@requires(Action.SEE_MAIL)
@require_safe
def unmatched_original(request: HttpRequest, mail_id: int) -> HttpResponse:
    """Hand out an unmatched letter as it came in."""
    arrival = get_unmatched_arrival(user=asker(request), mail_id=mail_id)
    if arrival is None:
        raise Http404("There is no such letter.")
    try:
        content = read_arrival(arrival_id=arrival).source
    except NoSuchArrival as error:
        raise Http404("There is no such letter.") from error
    return download(content=content, name=f"unplaced-{mail_id}.eml")


@requires(Action.EDIT_MAIL)
@require_POST
def again(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Send a letter in trouble once more."""
    try:
        send_again(actor=asker(request), letter_id=letter_id)
        news = letter_news(reader=asker(request), said="The letter is sent again.", goes="It goes in a moment.")
        messages.success(request, news)
    except (NotAgainError, LetterMoved, TextGone) as error:
        messages.error(request, str(error))
    return _back("outbox" if request.POST.get("back") == "outbox" else "problems")


@requires(Action.EDIT_MAIL)
@require_POST
def arrived(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Say that an uncertain letter arrived."""
    try:
        say_arrived(actor=asker(request), letter_id=letter_id)
        messages.success(request, "Noted: it arrived.")
    except LetterMoved as error:
        messages.error(request, str(error))
    return _back("outbox" if request.POST.get("back") == "outbox" else "problems")


def _tabs(show: str, counts: Counts) -> list[dict[str, object]]:
    return [
        {
            "label": label,
            "href": f"?show={part}",
            "is_current": part == show,
            "count": None if part == "outbox" else getattr(counts, part),
        }
        for part, label in _PARTS.items()
    ]


def _outbox(request: HttpRequest, user: User) -> dict[str, object]:
    state = request.GET.get("state", "")
    chosen = LetterState(state) if state in set(LetterState) else None
    letters = list_outbox(user=user, state=chosen, before=read_id(request.GET.get("before", "")))
    kept = chosen or ""
    more = f"?show=outbox&state={kept}&before={letters[-1].letter_id}" if len(letters) == PAGE else ""
    return {"letters": letters, "state": kept, "states": list(LetterState), "more": more}


def _back(show: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('messaging:messages')}?show={show}")
