"""One's own scorecard: written, saved as it is typed, handed in, added to."""

import secrets
from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from assay.app.interviewing.actions.cards import (
    CardClosed,
    CardConflict,
    CardIncomplete,
    CardThin,
    add_to_card,
    save_draft,
    submit_card,
)
from assay.app.interviewing.actions.refusal import InterviewRefused
from assay.app.interviewing.forms import read_card, read_sent
from assay.app.interviewing.needs import competency_labels
from assay.app.interviewing.queries.cards import OwnCard, get_own_card, with_draft
from assay.core.interviewing.card import CardDraft, CardGap, Difference, differences
from assay.core.interviewing.states import Recommendation
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires


@requires(Action.WRITE_SCORECARD)
@require_http_methods(["GET", "HEAD", "POST"])
def scorecard(request: HttpRequest, interview_id: int) -> HttpResponse:
    """Write one's card: POST hands it in, or saves the draft when ``act`` says so or a competency is added."""
    own = get_own_card(actor=asker(request), interview_id=interview_id)
    if request.method != "POST":
        return _show(request, own)
    try:
        card = read_card(fields=request.POST)
    except InterviewRefused as error:
        return _show(request, own, error=error)
    is_draft = request.POST.get("act") == "save" or bool(request.POST.get("add"))
    try:
        if is_draft:
            sent = read_sent(fields=request.POST)
            save_draft(actor=asker(request), interview_id=interview_id, card=card, sent=sent)
            messages.success(request, "Draft saved. Nobody else can read it.")
            return redirect("interviewing:scorecard", interview_id)
        submit_card(
            actor=asker(request),
            interview_id=interview_id,
            card=card,
            sent=read_sent(fields=request.POST),
            is_confirmed=request.POST.get("confirmed") == "1",
        )
    except InterviewRefused as error:
        return _show(request, own, typed=card, error=error)
    messages.success(request, "Handed in. Thank you. What the others wrote is open to you once all your cards are in.")
    return redirect("interviewing:scorecard", interview_id)


@requires(Action.WRITE_SCORECARD)
@require_POST
def draft(request: HttpRequest, interview_id: int) -> HttpResponse:
    """Save a draft as it is typed; answers in JSON what is kept now, or what stands against it."""
    try:
        card = read_card(fields=request.POST)
        saved = save_draft(
            actor=asker(request), interview_id=interview_id, card=card, sent=read_sent(fields=request.POST)
        )
    except CardConflict as error:
        differing = [
            {"field": one.field, "label": one.label, "theirs": one.theirs}
            for one in differences(mine=card, theirs=error.theirs, labels=competency_labels())
        ]
        return JsonResponse({"says": str(error), "number": error.number, "differs": differing}, status=409)
    except InterviewRefused as error:
        is_final = isinstance(error, CardClosed)
        return JsonResponse({"says": str(error), "field": error.field, "is_final": is_final}, status=422)
    return JsonResponse({"number": saved.number, "saved_at": saved.saved_at})


@requires(Action.WRITE_SCORECARD)
@require_POST
def addendum(request: HttpRequest, interview_id: int) -> HttpResponse:
    """Add something to a card that is handed in."""
    text = request.POST.get("addendum", "")
    try:
        add_to_card(actor=asker(request), interview_id=interview_id, text=text)
    except InterviewRefused as error:
        own = get_own_card(actor=asker(request), interview_id=interview_id)
        return _show(request, own, error=error, addition=text)
    messages.success(request, "Added below your card.")
    return redirect("interviewing:scorecard", interview_id)


def _show(
    request: HttpRequest,
    own: OwnCard,
    *,
    typed: CardDraft | None = None,
    error: InterviewRefused | None = None,
    addition: str = "",
) -> HttpResponse:
    fresh = get_own_card(actor=asker(request), interview_id=own.interview.id) if error else own
    shown = with_draft(own=fresh, card=typed) if typed is not None else fresh
    labels = competency_labels()
    differing: tuple[Difference, ...] = ()
    if isinstance(error, CardConflict) and typed is not None:
        differing = differences(mine=typed, theirs=error.theirs, labels=labels)
    context = {
        "own": shown,
        "interview": shown.interview,
        "draft": shown.draft,
        "number": _number(request, shown, error) if typed is not None else shown.draft_number,
        "ratings": {one.competency: one for one in shown.draft.ratings},
        "others": [(key, label) for key, label in labels.items() if key not in {one.competency for one in shown.focus}],
        "recommendations": list(Recommendation),
        "error": error,
        "gaps": _gaps(error),
        "is_thin": isinstance(error, CardThin),
        "is_conflict": isinstance(error, CardConflict),
        "differs": differing,
        "typed": typed,
        "addition": addition,
        "writer": secrets.token_hex(8),
        "user_id": asker(request).pk,
        "now": timezone.now(),
    }
    status = 200 if error is None else 409 if isinstance(error, (CardConflict, CardClosed)) else 422
    return render(request, "interviewing/scorecard.html", context, using="jinja2", status=status)


def _number(request: HttpRequest, own: OwnCard, error: InterviewRefused | None) -> int:
    """Return the save that whoever typed has seen: the kept one only where this very page shows it to them."""
    return own.draft_number if isinstance(error, CardConflict) else read_sent(fields=request.POST).seen_number


def _gaps(error: InterviewRefused | None) -> Mapping[str, str]:
    found: tuple[CardGap, ...] = error.gaps if isinstance(error, (CardIncomplete, CardThin)) else ()
    if error is not None and error.field and not found:
        found = (CardGap(error.field, str(error)),)
    return {gap.field: gap.says for gap in found}
