"""The letters: as they ship, in the organisation's own words, and as they will look."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assay.app.messaging.actions.settings import BadLetterError, use_shipped_words, write_template
from assay.app.messaging.queries.settings import get_template, list_templates, show_example
from assay.app.ui.tables import Column
from assay.core.messaging.rendering import UnknownPlaceholderError, Words, check_words
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires
from assay.platform.numbers import read_whole
from assay.platform.text import TextTooLongError

_COLUMNS = (Column("title", "Letter"), Column("about", "When it goes"), Column("words", "Words"))


@requires(Action.SEE_TEMPLATES)
@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    """List the letters."""
    context = {"letters": list_templates(user=asker(request)), "columns": _COLUMNS}
    return render(request, "messaging/templates.html", context, using="jinja2")


@requires(Action.SEE_TEMPLATES)
@require_safe
def template(request: HttpRequest, template_key: str) -> HttpResponse:
    """Show one letter, with example values and its versions."""
    return _page(request, template_key)


@requires(Action.EDIT_TEMPLATES)
@require_http_methods(["POST"])
def write(request: HttpRequest, template_key: str) -> HttpResponse:
    """Keep own words, or show how they would look."""
    typed = Words(request.POST.get("subject", ""), request.POST.get("body", ""))
    if request.POST.get("do") == "preview":
        return _page(request, template_key, typed=typed)
    try:
        write_template(
            actor=asker(request),
            key=template_key,
            title=request.POST.get("title", ""),
            subject=typed.subject,
            body=typed.body,
            seen_version=_seen_version(request),
        )
    except (BadLetterError, UnknownPlaceholderError, TextTooLongError) as error:
        return _page(request, template_key, typed=typed, error=error)
    messages.success(request, "Kept. New letters use these words.")
    return HttpResponseRedirect(reverse("messaging:template", args=[template_key]))


@requires(Action.EDIT_TEMPLATES)
@require_POST
def shipped(request: HttpRequest, template_key: str) -> HttpResponse:
    """Go back to the words that ship."""
    try:
        use_shipped_words(actor=asker(request), key=template_key, seen_version=_seen_version(request))
        messages.success(request, "The shipped words count again. Your versions are kept below.")
    except BadLetterError as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(reverse("messaging:template", args=[template_key]))


def _page(
    request: HttpRequest, key: str, *, typed: Words | None = None, error: Exception | None = None
) -> HttpResponse:
    view = get_template(user=asker(request), key=key)
    words = Words(typed.subject.replace("\0", " "), typed.body.replace("\0", " ")) if typed else view.letter.words
    field = error.field if isinstance(error, BadLetterError) else "body"
    errors = {field: (str(error),)} if error else _unknown(words, {one.name for one in view.letter.variables})
    context = {
        "view": view,
        "words": words,
        "title": request.POST.get("title", view.letter.title)[:200],
        "errors": errors,
        "example": show_example(letter=view.letter, words=words),
        "is_typed": typed is not None,
    }
    return render(request, "messaging/template.html", context, using="jinja2", status=422 if errors else 200)


def _unknown(words: Words, known: set[str]) -> dict[str, tuple[str, ...]]:
    try:
        check_words(words=words, known=known)
    except UnknownPlaceholderError as error:
        return {"body": (str(error),)}
    return {}


def _seen_version(request: HttpRequest) -> int:
    """Return the version that the form was made on; -1, which no template has, when the form names none."""
    seen = read_whole(request.POST.get("seen", ""), most_digits=8)
    return -1 if seen is None else seen
