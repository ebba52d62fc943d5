"""The Messages tab of a candidate: what was written, and a letter to write."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from assay.app.deciding.desk import get_candidate
from assay.app.deciding.frame import CandidateTab, frame_context
from assay.app.messaging.actions.sending import (
    NotSentError,
    OvertakenError,
    call_back_by_hand,
    discard_draft,
    save_draft,
    send_by_hand,
)
from assay.app.messaging.composing import Compose, prepare
from assay.app.messaging.news import letter_news
from assay.app.messaging.queries.conversations import Conversation, get_conversation
from assay.core.messaging.rendering import OpenPlaceholderError, list_placeholders, to_html
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires
from assay.platform.htmx import is_htmx
from assay.platform.numbers import read_id
from assay.platform.text import TextTooLongError

_REFUSALS = (NotSentError, OvertakenError, OpenPlaceholderError, TextTooLongError)
_ERASED = "The draft is gone."
_GONE = "Too late: this letter has left. You can write another one."


@requires(Action.SEE_MESSAGES)
@require_safe
def of_application(request: HttpRequest, application_id: int) -> HttpResponse:
    """Show the conversation with a candidate, and the form to write to them."""
    before = read_id(request.GET.get("before", "")) or None
    conversation = get_conversation(user=asker(request), application_id=application_id, before=before)
    form = prepare(user=asker(request), conversation=conversation, template=request.GET.get("template", "")[:80])
    if is_htmx(request) and request.GET.get("template"):
        return _compose(request, conversation, form)
    return _page(request, conversation, form)


@requires(Action.SEND_MESSAGES)
@require_POST
def send(request: HttpRequest, application_id: int) -> HttpResponse:
    """Send what was written, or show it again with what has to be done first."""
    try:
        send_at = _moment(request)
        send_by_hand(
            actor=asker(request),
            application_id=application_id,
            token=request.POST.get("token", ""),
            template=request.POST.get("template", ""),
            subject=request.POST.get("subject", ""),
            body=request.POST.get("body", ""),
            seen_id=read_id(request.POST.get("seen", "")) or 0,
            send_at=send_at,
        )
    except _REFUSALS as error:
        return _again(request, application_id, error)
    goes = "It goes at its time." if send_at else "It goes in a moment."
    news = letter_news(
        reader=asker(request), said="The letter is written and can be called back until it goes.", goes=goes
    )
    messages.success(request, news)
    return HttpResponseRedirect(_address(application_id))


@requires(Action.SEND_MESSAGES)
@require_POST
def preview(request: HttpRequest, application_id: int) -> HttpResponse:
    """Show the letter as it will look, without keeping or sending anything."""
    conversation = get_conversation(user=asker(request), application_id=application_id, action=Action.SEND_MESSAGES)
    form = _typed(request, prepare(user=asker(request), conversation=conversation))
    shown = {"html": to_html(text=form.body), "open": list_placeholders(text=f"{form.subject}\n{form.body}")}
    if is_htmx(request):
        return render(request, "messaging/_preview.html", {"form": form, "preview": shown}, using="jinja2")
    return _page(request, conversation, form, preview=shown)


@requires(Action.SEND_MESSAGES)
@require_POST
def draft(request: HttpRequest, application_id: int) -> HttpResponse:
    """Keep what is being written; the page asks by itself after each pause."""
    try:
        saved_at = save_draft(
            actor=asker(request),
            application_id=application_id,
            token=request.POST.get("token", ""),
            template=request.POST.get("template", ""),
            subject=request.POST.get("subject", ""),
            body=request.POST.get("body", ""),
        )
    except TextTooLongError as error:
        if request.headers.get("Accept", "").startswith("application/json"):
            return JsonResponse({"problem": str(error)}, status=422)
        return _again(request, application_id, error)
    if request.headers.get("Accept", "").startswith("application/json"):
        others = get_conversation(user=asker(request), application_id=application_id).writing_now
        return JsonResponse({"saved": saved_at.isoformat() if saved_at else "", "writing": list(others)})
    messages.success(request, "Kept as your draft. Nobody else sees it.")
    return HttpResponseRedirect(_address(application_id))


@requires(Action.SEND_MESSAGES)
@require_POST
def discard(request: HttpRequest, application_id: int) -> HttpResponse:
    """Forget the draft."""
    discard_draft(actor=asker(request), application_id=application_id)
    messages.success(request, _ERASED)
    return HttpResponseRedirect(_address(application_id))


@requires(Action.SEND_MESSAGES)
@require_POST
def call_back(request: HttpRequest, application_id: int, message_id: int) -> HttpResponse:
    """Call a waiting letter back."""
    if call_back_by_hand(actor=asker(request), application_id=application_id, message_id=message_id):
        messages.success(request, "Called back. It was not sent.")
    else:
        messages.error(request, _GONE)
    return HttpResponseRedirect(_address(application_id))


def _again(request: HttpRequest, application_id: int, error: Exception) -> HttpResponse:
    conversation = get_conversation(user=asker(request), application_id=application_id)
    form = _typed(request, prepare(user=asker(request), conversation=conversation))
    field = error.field if isinstance(error, NotSentError) else "body"
    response = _page(request, conversation, form, errors={field: (str(error),)})
    response.status_code = 422
    return response


def _typed(request: HttpRequest, form: Compose) -> Compose:
    """Return the form as it came in, so that nothing typed is lost."""
    return replace(
        form,
        token=request.POST.get("token", "")[:80].replace("\0", "") or form.token,
        template=request.POST.get("template", "")[:80].replace("\0", ""),
        subject=request.POST.get("subject", "").replace("\0", " "),
        body=request.POST.get("body", "").replace("\0", " "),
    )


def _compose(request: HttpRequest, conversation: Conversation, form: Compose) -> HttpResponse:
    context = {"conversation": conversation, "form": form, "errors": {}, "preview": None, "send_at": ""}
    return render(request, "messaging/_compose.html", context, using="jinja2")


def _page(
    request: HttpRequest,
    conversation: Conversation,
    form: Compose,
    *,
    errors: Mapping[str, tuple[str, ...]] = {},  # noqa: B006 - read, never written
    preview: Mapping[str, object] | None = None,
) -> HttpResponse:
    user = asker(request)
    candidate = get_candidate(actor=user, application_id=conversation.application_id, with_sheet=False)
    context = {
        **frame_context(request=request, actor=user, candidate=candidate, at=CandidateTab.MESSAGES),
        "conversation": conversation,
        "form": form,
        "errors": errors,
        "preview": preview,
        "send_at": request.POST.get("send_at", "")[:40],
        "now": timezone.now(),
    }
    return render(request, "messaging/conversation.html", context, using="jinja2")


def _moment(request: HttpRequest) -> datetime | None:
    """Return the time that was chosen, in the zone of whoever chose it; None to send now."""
    if request.POST.get("when") != "at":
        return None
    try:
        chosen = datetime.fromisoformat(request.POST.get("send_at", "")[:40])
        return chosen.replace(tzinfo=ZoneInfo(asker(request).time_zone)) if chosen.tzinfo is None else chosen
    except (ValueError, OverflowError) as error:
        raise NotSentError("Choose a day and a time, such as 2026-12-01 09:00.", field="send_at") from error


def _address(application_id: int) -> str:
    return f"{reverse('messaging:of_application', args=[application_id])}#end"
