"""Publishing an advert, taking it down, and what was published before."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assay.app.postings.actions.publishing import PublishError, Wish, publish, take_down
from assay.app.postings.article import article_of
from assay.app.postings.differences import list_differences
from assay.app.postings.forms import id_or_404
from assay.app.postings.pages import desk_context
from assay.app.postings.queries import get_advert, get_publication
from assay.app.postings.standing import find_advert, require_editing
from assay.app.requisitions.path import path_bar
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires


@requires(Action.EDIT_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def publish_page(request: HttpRequest, advert_id: int) -> HttpResponse:
    """Show what stands against publishing, and publish when the answers are there."""
    actor = asker(request)
    view = get_advert(actor=actor, advert_id=advert_id)
    require_editing(actor=actor, advert=find_advert(actor=actor, advert_id=advert_id))
    error: PublishError | None = None
    if request.method == "POST":
        wish = Wish(
            revision=id_or_404(request.POST.get("revision", "")) or 0,
            reason=request.POST.get("reason", ""),
            is_listed=bool(request.POST.get("listed")),
            is_confirmed=bool(request.POST.get("confirm")),
        )
        try:
            number = publish(actor=actor, advert_id=advert_id, wish=wish, as_of=timezone.localdate())
        except PublishError as refused:
            error = refused
        else:
            messages.success(request, f"Version {number} is out: everybody can read it now.")
            return redirect("postings:advert", advert_id)
    up = view.up
    context = {
        **desk_context(view),
        "error": error,
        "reason": request.POST.get("reason", ""),
        "listed": bool(request.POST.get("listed")) if request.method == "POST" else not view.is_confidential,
        "confirm": bool(request.POST.get("confirm")),
        "differences": list_differences(up.draft.advert, view.draft.advert) if up else (),
        "path_bar": path_bar(actor=actor, requisition_id=view.requisition_id, at="posting"),
    }
    return render(request, "postings/publish.html", context, using="jinja2", status=422 if error else 200)


@requires(Action.EDIT_PLANS)
@require_POST
def take_down_page(request: HttpRequest, advert_id: int) -> HttpResponse:
    """Take an advert down."""
    take_down(actor=asker(request), advert_id=advert_id)
    messages.success(request, "It is down. Its address says so, and leads on to the open jobs.")
    return redirect("postings:advert", advert_id)


@requires(Action.SEE_PLANS)
@require_safe
def publication(request: HttpRequest, advert_id: int, number: int) -> HttpResponse:
    """Show one publication as it went out, and what differs from another one or from the draft."""
    actor = asker(request)
    view = get_advert(actor=actor, advert_id=advert_id)
    shown = get_publication(actor=actor, advert_id=advert_id, number=number)
    against = request.GET.get("against", "")
    other = next((one for one in view.publications if str(one.number) == against), None)
    if other is None and not against:
        other = next((one for one in view.publications if one.number == number - 1), None)
    before = other.draft.advert if other else view.draft.advert if against == "draft" else None
    context = {
        "view": view,
        "shown": shown,
        "other": other,
        "against": against,
        "differences": list_differences(before, shown.draft.advert) if before is not None else (),
        "is_compared": before is not None,
        "article": article_of(shown.draft.advert),
    }
    return render(request, "postings/publication.html", context, using="jinja2")
