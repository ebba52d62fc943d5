"""The inbox: what waits for whoever looks, put off and taken back."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from assay.app.inbox.actions.choosing import ChoiceError, choose_digest
from assay.app.inbox.actions.snoozing import SnoozeError, snooze, unsnooze
from assay.app.inbox.queries import get_digest_choice, get_inbox
from assay.app.ui.formats import when
from assay.core.inbox.items import Inbox, Item, Urgency, by_kind, urgency_of
from assay.core.inbox.snoozing import snooze_moments
from assay.core.inbox.words import time_words
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires
from assay.platform.numbers import read_whole


@requires(Action.USE_INBOX)
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Show what waits."""
    return _show(request)


@requires(Action.USE_INBOX)
@require_POST
def put_off(request: HttpRequest) -> HttpResponse:
    """Put one item off."""
    now = timezone.now()
    try:
        until = snooze(
            actor=asker(request), item=request.POST.get("item", ""), choice=request.POST.get("choice", ""), now=now
        )
    except SnoozeError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Put off until {_plain(until, asker(request).time_zone)}.")
    return _back(request)


@requires(Action.USE_INBOX)
@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Bring one item back."""
    unsnooze(actor=asker(request), item=request.POST.get("item", ""))
    return _back(request)


@requires(Action.USE_INBOX)
@require_POST
def digest(request: HttpRequest) -> HttpResponse:
    """Keep how the daily letter comes."""
    hour = read_whole(request.POST.get("hour", ""), most_digits=2)
    try:
        choose_digest(
            actor=asker(request),
            wants_digest=request.POST.get("wants") == "on",
            digest_hour=-1 if hour is None else hour,
        )
    except ChoiceError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Kept.")
    return _back(request)


def _show(request: HttpRequest) -> HttpResponse:
    actor, now = asker(request), timezone.now()
    whole_team = request.GET.get("whose") == "all"
    found = get_inbox(actor=actor, now=now, whole_team=whole_team)
    context = {
        "groups": by_kind(inbox=found),
        "inbox": found,
        "counts": [(urgency, found.count(urgency=urgency, now=now)) for urgency in Urgency],
        "urgency": {item.key: urgency_of(item=item, now=now).name.lower() for item in found.items},
        "words": {item.key: time_words(item=item, now=now) for item in _every(found)},
        "moments": snooze_moments(now=now, zone=ZoneInfo(actor.time_zone)),
        "whole_team": whole_team,
        "digest": get_digest_choice(user=actor),
        "hours": [(str(hour), f"{hour}:00") for hour in range(24)],
    }
    return render(request, "inbox/inbox.html", context, using="jinja2")


def _every(found: Inbox) -> tuple[Item, ...]:
    return (*found.items, *(item for item, _ in found.put_off))


def _plain(moment: datetime, zone: str) -> str:
    return when(moment, zone).striptags()


def _back(request: HttpRequest) -> HttpResponse:
    response = redirect("inbox:inbox")
    if request.POST.get("whose") == "all":
        response["Location"] += "?whose=all"
    return response
