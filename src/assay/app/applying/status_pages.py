"""The private page of a candidate: whoever holds its address sees it, nobody else learns that it exists.

Everything that changes something is a POST: mail programs open links to look at them.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assay.app.applying.actions.asking import AskingRefusedError, ask, correct_own_contact, withdraw_own
from assay.app.applying.actions.counting import TooManyTriesError, count_try
from assay.app.applying.actions.links import note_seen, revoke_links
from assay.app.applying.exporting import archive_of
from assay.app.applying.queries.links import LinkView, find_link
from assay.app.applying.queries.status import get_status
from assay.app.applying.rules import words
from assay.app.applying.visitors import address_of, private_page
from assay.app.pipeline.queries.continuing import list_one_pursuit
from assay.core.applying.particulars import is_email
from assay.core.applying.states import RequestKind
from assay.core.deciding.decision import IllegalDecisionError
from assay.platform.access.routes import public
from assay.platform.files.responses import download
from assay.platform.queue.tasks import enqueue

Page = Callable[[HttpRequest, LinkView, str], HttpResponse]
_NEWS = {
    "withdrawn": "Your application is withdrawn. Thank you for the time you gave it.",
    "corrected": "Corrected.",
    "asked-address": (
        "Corrected. Your new e-mail address is looked at by a person first, because letters and this page's address "
        "go there."
    ),
    "asked": "We have your request, and a letter says so. You see here when it is answered.",
    "revoked-shown": (
        "The other private addresses that stood on a page have been switched off. Those that went out by letter still "
        "work; open one of them to switch off more."
    ),
    "revoked": "All other private addresses of this page have been switched off. This one still works.",
}


def by_link(page: Page) -> Callable[[HttpRequest, str], HttpResponse]:
    """Let a page be opened by its private address alone; any other address is one and the same "not here"."""

    @wraps(page)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        now = timezone.now()
        link = find_link(token=token, now=now)
        if link is not None:
            return page(request, link, token)
        try:
            count_try(purpose="lookup", address=address_of(request), now=now)
        except TooManyTriesError as error:
            return private_page("applying/no_link.html", {"refusal": str(error), "is_sent": False}, status=429)
        return private_page("applying/no_link.html", {"refusal": "", "is_sent": False}, status=404)

    return public(csrf_exempt(opened))


def _show(link: LinkView, token: str, *, refusal: str = "", news: str = "", status: int = 200) -> HttpResponse:
    now = timezone.now()
    note_seen(link_id=link.id, now=now)
    context = {
        "view": get_status(application_id=link.application_id, is_mailed=link.is_mailed, now=now),
        "token": token,
        "link": link,
        "refusal": refusal,
        "news": _NEWS.get(news, ""),
        "reasons": tuple(words().withdraw.items()),
    }
    return private_page("applying/status.html", context, status=status)


@by_link
def _status(request: HttpRequest, link: LinkView, token: str) -> HttpResponse:
    return _show(link, token, news=request.GET.get("news", ""))


@by_link
def _withdraw(request: HttpRequest, link: LinkView, token: str) -> HttpResponse:
    try:
        withdraw_own(
            application_id=link.application_id,
            reason=request.POST.get("reason", ""),
            note=request.POST.get("note", "")[:20_000],
        )
    except IllegalDecisionError as error:
        return _show(link, token, refusal=str(error), status=422)
    return _back(token, "withdrawn")


@by_link
def _correct(request: HttpRequest, link: LinkView, token: str) -> HttpResponse:
    fields = {name: request.POST[name] for name in ("name", "email", "phone", "location") if name in request.POST}
    try:
        done = correct_own_contact(
            application_id=link.application_id, fields=fields, is_mailed=link.is_mailed, now=timezone.now()
        )
        if request.POST.get("text", "").strip():
            ask(
                application_id=link.application_id,
                kind=RequestKind.CORRECTION,
                text=request.POST["text"],
                now=timezone.now(),
            )
            return _back(token, "asked")
    except AskingRefusedError as error:
        return _show(link, token, refusal=str(error), status=422)
    return _back(token, done.value)


@by_link
def _ask(request: HttpRequest, link: LinkView, token: str) -> HttpResponse:
    kinds = {kind.value: kind for kind in (RequestKind.ACCOMMODATION, RequestKind.ERASURE)}
    kind = kinds.get(request.POST.get("kind", ""))
    if kind is None:
        return _show(link, token, refusal="Choose what you ask for.", status=422)
    try:
        ask(application_id=link.application_id, kind=kind, text=request.POST.get("text", ""), now=timezone.now())
    except AskingRefusedError as error:
        return _show(link, token, refusal=str(error), status=422)
    return _back(token, "asked")


@by_link
def _export(request: HttpRequest, link: LinkView, token: str) -> HttpResponse:
    del request, token
    content = archive_of(application_id=link.application_id, is_mailed=link.is_mailed, now=timezone.now())
    response = download(content=content, name="my-application.zip")
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@by_link
def _revoke(request: HttpRequest, link: LinkView, token: str) -> HttpResponse:
    del request
    pursuit = list_one_pursuit(application_id=link.application_id, follows_joins=link.is_mailed)
    revoke_links(application_ids=pursuit, now=timezone.now(), except_id=link.id, spares_mailed=not link.is_mailed)
    return _back(token, "revoked" if link.is_mailed else "revoked-shown")


status = public(csrf_exempt(require_safe(_status)))
withdraw = public(csrf_exempt(require_POST(_withdraw)))
correct = public(csrf_exempt(require_POST(_correct)))
ask_for = public(csrf_exempt(require_POST(_ask)))
export = public(csrf_exempt(require_POST(_export)))
revoke = public(csrf_exempt(require_POST(_revoke)))


@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def ask_link(request: HttpRequest) -> HttpResponse:
    """Send the private addresses that belong to an e-mail address to it; says the same whether there are any.

    The letters are written in the background, so that how long the answer takes says nothing either.
    """
    if request.method != "POST":
        return private_page("applying/no_link.html", {"refusal": "", "is_sent": False, "is_asked": True})
    email = request.POST.get("email", "").replace("\0", "").strip()
    context: dict[str, object] = {"refusal": "", "is_sent": False, "is_asked": True}
    if not is_email(text=email):
        context["refusal"] = "This does not look like an e-mail address."
        return private_page("applying/no_link.html", context, status=422)
    try:
        count_try(purpose="link", address=address_of(request), now=timezone.now())
        enqueue("applying.fresh_links", email=email)
    except TooManyTriesError as error:
        context["refusal"] = str(error)
        return private_page("applying/no_link.html", context, status=429)
    return private_page("applying/no_link.html", {**context, "is_sent": True})


def _back(token: str, news: str) -> HttpResponse:
    response = HttpResponseRedirect(f"{reverse('applying:status', args=[token])}?news={news}")
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
