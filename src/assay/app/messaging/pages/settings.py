"""How letters are sent, how one signs, and who wants none."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from assay.app.messaging.actions.no_contact import add_no_contact, lift_no_contact
from assay.app.messaging.actions.settings import BadLetterError, set_sending, set_signature
from assay.app.messaging.filling import sender_for
from assay.app.messaging.queries.settings import get_sending, get_signature, list_no_contact
from assay.app.messaging.rules import limits
from assay.app.ui.tables import Column
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires
from assay.platform.mail.addresses import BadAddress, sender_address
from assay.platform.mail.queries import describe_sending
from assay.platform.numbers import read_id, read_whole
from assay.platform.text import TextTooLongError

_NO_CONTACT_COLUMNS = (
    Column("address", "Address"),
    Column("why", "Why"),
    Column("since", "Since"),
    Column("do", "Lift", is_label_hidden=True),
)


@requires(Action.EDIT_MAIL)
@require_http_methods(["GET", "HEAD", "POST"])
def sending(request: HttpRequest) -> HttpResponse:
    """Show and set how long rejections wait and how unsigned letters end."""
    now = get_sending(user=asker(request))
    context: dict[str, object] = {"hours": now.delay_hours, "signature": now.signature, "errors": {}}
    status = 200
    if request.method == "POST":
        given, text = read_whole(request.POST.get("delay_hours", ""), most_digits=4), request.POST.get("signature", "")
        hours = -1 if given is None else given
        try:
            set_sending(actor=asker(request), delay_hours=hours, signature=text)
        except (BadLetterError, TextTooLongError) as error:
            field = error.field if isinstance(error, BadLetterError) else "signature"
            context, status = {"hours": hours, "signature": text, "errors": {field: (str(error),)}}, 422
        else:
            messages.success(request, "Saved. Letters that wait already keep their time.")
            return HttpResponseRedirect(reverse("messaging:settings"))
    context |= {
        "delays": [(hours, _delay_words(hours)) for hours in limits().sending.rejection_delays],
        "unsigned": sender_for(author=None).name,
        "address": sender_address().address,
        "server": describe_sending(),
    }
    return render(request, "messaging/sending.html", context, using="jinja2", status=status)


@requires(Action.USE_OWN_ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
def signature(request: HttpRequest) -> HttpResponse:
    """Show and set how one signs."""
    name, text = get_signature(user=asker(request))
    errors: dict[str, tuple[str, ...]] = {}
    if request.method == "POST":
        name, text = request.POST.get("sender_name", ""), request.POST.get("signature", "")
        try:
            set_signature(actor=asker(request), sender_name=name, text=text)
        except TextTooLongError as error:
            errors = {"signature" if len(text) > error.longest else "sender_name": (str(error),)}
        else:
            messages.success(request, "Saved. Your next letters are signed like this.")
            return HttpResponseRedirect(reverse("messaging:signature"))
    context = {
        "sender_name": name,
        "signature": text,
        "errors": errors,
        "now": sender_for(author=asker(request)),
        "address": sender_address().address,
    }
    return render(request, "messaging/signature.html", context, using="jinja2", status=422 if errors else 200)


@requires(Action.SEE_MAIL)
@require_http_methods(["GET", "HEAD", "POST"])
def no_contact(request: HttpRequest) -> HttpResponse:
    """Show the addresses that want no mail, and add one."""
    address, reason, errors = "", "", {}
    if request.method == "POST":
        address, reason = request.POST.get("address", ""), request.POST.get("reason", "")
        try:
            add_no_contact(actor=asker(request), address=address, reason=reason)
        except BadAddress as error:
            errors = {"address": (str(error),)}
        except TextTooLongError as error:
            errors = {"reason": (str(error),)}
        else:
            messages.success(request, "Added. Only what they are owed still goes there.")
            return HttpResponseRedirect(reverse("messaging:no_contact"))
    context = {
        "entries": list_no_contact(user=asker(request)),
        "columns": _NO_CONTACT_COLUMNS,
        "address": address,
        "reason": reason,
        "errors": errors,
    }
    return render(request, "messaging/no_contact.html", context, using="jinja2", status=422 if errors else 200)


@requires(Action.EDIT_MAIL)
@require_POST
def lift(request: HttpRequest) -> HttpResponse:
    """Let letters go to an address again."""
    lift_no_contact(actor=asker(request), entry_id=read_id(request.POST.get("entry", "")) or 0)
    messages.success(request, "Lifted. Letters may go there again.")
    return HttpResponseRedirect(reverse("messaging:no_contact"))


def _delay_words(hours: int) -> str:
    return "At once (20 seconds to take it back)" if hours == 0 else f"After {hours} hours"
