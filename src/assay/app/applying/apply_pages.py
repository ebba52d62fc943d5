"""The application form: one page that works in two steps without a script, and in place with one. No cookie."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from assay.app.applying.actions.counting import TooManyTriesError, count_try
from assay.app.applying.actions.resumes import ResumeRefusedError, keep_resume
from assay.app.applying.actions.submitting import DoorClosedError, Receipt, submit
from assay.app.applying.asked import Consent, consent_for, effort_for
from assay.app.applying.form_tokens import ForgedFormError, FormToken, issue_form, read_form
from assay.app.applying.promised import in_words
from assay.app.applying.queries.forms import FormView, get_form
from assay.app.applying.queries.pending import PendingView, find_resume
from assay.app.applying.queries.usual import usual_reply, zone_of
from assay.app.applying.resumes import most_bytes
from assay.app.applying.rules import demographics, limits
from assay.app.applying.sending import receipt_page
from assay.app.applying.typed import TRAP, Typed, check, read_typed
from assay.app.applying.visitors import address_of, private_page
from assay.app.postings.public_queries import Door, get_door
from assay.core.applying.abuse import Timing, timing_of
from assay.core.applying.questions import Problem
from assay.platform.access.routes import public
from assay.platform.files.actions import StorageFull

ACCEPT = ".pdf,.docx,.odt,.rtf,.txt,.md,.html"
_TOO_LARGE = (
    "This was too large to take in at once, so nothing of it was kept. Shorten long texts or save the résumé smaller, "
    "then send it again."
)
_BROKEN = "What you sent arrived damaged. Please send it again."
_FULL = "Our disk is full, so nothing was kept. This is our fault; please try again in an hour."


@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form, or take in what was sent through it."""
    door = _door(slug)
    if door.job_id is None:
        return _closed(door)
    form, consent = get_form(job_id=door.job_id), _consent(door)
    page = _Page(door, form, consent, timezone.now())
    if request.method != "POST":
        return page.show(Typed({}))
    refusal = _unreadable(request)
    if refusal:
        return page.show(Typed({}), refusal=refusal, status=413)
    typed = read_typed(sent=request.POST.dict(), form=form)
    return _take_in(request, page, typed)


@public
@csrf_exempt
@require_POST
def resume(request: HttpRequest, slug: str) -> HttpResponse:
    """Read a chosen résumé and show the form filled in from it; as JSON for the page's own script."""
    door = _door(slug)
    wants_json = "application/json" in request.headers.get("Accept", "")
    if door.job_id is None:
        return JsonResponse({"problem": str(DoorClosedError())}, status=410) if wants_json else _closed(door)
    page = _Page(door, get_form(job_id=door.job_id), _consent(door), timezone.now())
    refusal = _unreadable(request)
    typed = Typed({}) if refusal else read_typed(sent=request.POST.dict(), form=page.form)
    try:
        kept = None if refusal else _keep_chosen(request, page)
    except (TooManyTriesError, ResumeRefusedError, ForgedFormError, StorageFull) as error:
        kept, refusal = None, _FULL if isinstance(error, StorageFull) else str(error)
    if kept is None and not refusal:
        refusal = "No file came along. Choose your résumé first."
    if wants_json:
        return _as_json(kept, refusal)
    if kept is None:
        return page.show(typed, problems=(Problem("resume", refusal),), token=request.POST.get("form", ""), status=422)
    return page.show(_filled_from(typed, kept), resume=kept, token=request.POST.get("form", ""))


class _Page:
    """The form's page with all that stands on it whatever was sent."""

    def __init__(self, door: Door, form: FormView, consent: Consent, now: datetime) -> None:
        self.door, self.form, self.consent, self.now = door, form, consent, now

    def show(
        self,
        typed: Typed,
        *,
        problems: tuple[Problem, ...] = (),
        refusal: str = "",
        resume: PendingView | None = None,
        token: str = "",
        shows_trap: bool = False,
        status: int = 200,
    ) -> HttpResponse:
        job_id = self.door.job_id or 0
        resume = resume or find_resume(token=typed.get("resume_token"), now=self.now)
        context = {
            "door": self.door,
            "form": self.form,
            "consent": self.consent,
            "effort": effort_for(questions=self.form.questions),
            "typed": typed,
            "errors": {problem.field: (problem.message,) for problem in problems},
            "problems": [(_anchor(problem.field), problem.message) for problem in problems],
            "refusal": refusal,
            "resume": resume,
            "token": token if self._is_good(token) else issue_form(slug=self.door.slug, now=self.now),
            "shows_trap": shows_trap,
            "demographics": demographics() if self.form.asks_demographics else None,
            "accept": ACCEPT,
            "most_bytes": most_bytes(),
            "promised": in_words(
                moment=usual_reply(job_id=job_id, now=self.now), zone=zone_of(job_id=job_id, now=self.now)
            ),
            "organisation": self.door.organisation or settings.ORGANISATION,
        }
        return private_page("applying/apply.html", context, status=status)

    def _is_good(self, token: str) -> bool:
        """Tell whether a mark that came back can be used once more, so that a second try is not a fresh form."""
        try:
            found = read_form(token=token, slug=self.door.slug)
        except ForgedFormError:
            return False
        bounds = limits()
        return (
            timing_of(issued_at=found.issued_at, now=self.now, least_seconds=0, most_hours=bounds.most_hours)
            is Timing.GOOD
        )


def _take_in(request: HttpRequest, page: _Page, typed: Typed) -> HttpResponse:
    """Check what was sent, then store it; whatever is refused is said and stays on the page."""
    token = request.POST.get("form", "")
    try:
        mark = read_form(token=token, slug=page.door.slug)
    except ForgedFormError:
        refusal = "This form was not handed out by this page, or long ago. Here is a fresh one with what you typed."
        return page.show(typed, refusal=refusal, status=422)
    if refusal := _too_hasty(mark, page.now):
        return page.show(typed, refusal=refusal, token=token, status=422)
    if typed.get(TRAP):
        refusal = (
            "A field that people do not see was filled in; some password managers do this. Empty it and send again."
        )
        return page.show(typed, refusal=refusal, token=token, shows_trap=True, status=422)
    try:
        kept = _chosen_or_kept(request, page, typed)
        filled, problems = check(typed=typed, form=page.form, consent=page.consent, has_resume=kept is not None)
        if problems:
            return page.show(typed, problems=problems, resume=kept, token=token, status=422)
        count_try(purpose="apply", address=address_of(request), now=page.now)
        receipt = submit(form=mark, filled=filled, consent=page.consent, resume=kept, now=page.now)
    except TooManyTriesError as error:
        return page.show(typed, refusal=str(error), token=token, status=429)
    except ResumeRefusedError as error:
        return page.show(typed, problems=(Problem("resume", str(error)),), token=token, status=422)
    except StorageFull:
        return page.show(typed, refusal=_FULL, token=token, status=503)
    except DoorClosedError:
        return _closed(_door(page.door.slug))
    return _thank(request, page, receipt)


def _thank(request: HttpRequest, page: _Page, receipt: Receipt) -> HttpResponse:
    zone = zone_of(job_id=page.door.job_id or 0, now=page.now)
    return receipt_page(receipt=receipt, door=page.door, zone=zone)


def _too_hasty(mark: FormToken, now: datetime) -> str:
    bounds = limits()
    timing = timing_of(
        issued_at=mark.issued_at, now=now, least_seconds=bounds.least_seconds, most_hours=bounds.most_hours
    )
    if timing is Timing.TOO_SOON:
        return "That was faster than anybody reads, which is how programs send forms. Press “Send” once more."
    if timing is Timing.TOO_LATE:
        return (
            f"This form was open for more than {bounds.most_hours} hours. What you typed is still here: send it again."
        )
    return ""


def _chosen_or_kept(request: HttpRequest, page: _Page, typed: Typed) -> PendingView | None:
    """Return the résumé that came with this very request, else the one read before."""
    if request.FILES.get("resume") is not None:
        return _keep_chosen(request, page)
    return find_resume(token=typed.get("resume_token"), now=page.now)


def _keep_chosen(request: HttpRequest, page: _Page) -> PendingView | None:
    read_form(token=request.POST.get("form", ""), slug=page.door.slug)
    chosen = request.FILES.get("resume")
    if not isinstance(chosen, UploadedFile):
        return None
    count_try(purpose="resume", address=address_of(request), now=page.now)
    return keep_resume(content=chosen.read(most_bytes() + 1), name=chosen.name or "résumé")


def _filled_from(typed: Typed, kept: PendingView) -> Typed:
    """Return the form with what the file says in fields that were left empty."""
    found = {name: text for name, text in kept.found.as_json().items() if text and not typed.get(name)}
    return Typed({**typed.values, **found, "resume_token": kept.token, "from_file": " ".join(found)})


def _as_json(kept: PendingView | None, refusal: str) -> HttpResponse:
    if kept is None:
        response = JsonResponse({"problem": refusal}, status=422)
    else:
        fields = kept.found.as_json()
        note = fields.pop("note")
        response = JsonResponse(
            {"token": kept.token, "name": kept.name, "size": kept.size, "fields": fields, "note": note}
        )
    response["Cache-Control"] = "private, no-store"
    return response


def _unreadable(request: HttpRequest) -> str:
    """Return why a request's form cannot be read at all, or nothing. Too large ones are not read to the end."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > most_bytes() + 5_000_000:
        return _TOO_LARGE
    try:
        _ = request.POST, request.FILES
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
        return _TOO_LARGE
    except MultiPartParserError:
        return _BROKEN
    return ""


def _anchor(field: str) -> str:
    return f"id_{field}"


def _consent(door: Door) -> Consent:
    return consent_for(places=door.places, organisation=door.organisation or str(settings.ORGANISATION))


def _door(slug: str) -> Door:
    door = get_door(slug=slug)
    if door is None:
        raise Http404("There is no such job.")
    return door


def _closed(door: Door) -> HttpResponse:
    if door.is_up:
        return private_page("applying/closed.html", {"door": door}, status=410)
    return HttpResponseRedirect(reverse("postings:public_advert", args=[door.slug]))
