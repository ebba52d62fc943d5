"""Answers to somebody who writes an advert: a part saved, a fix applied, a fix undone, a conflict shown."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from assay.app.postings.actions.drafts import EditConflict, fix_finding, save_part
from assay.app.postings.forms import read_fix
from assay.app.postings.pages import desk_context, show_desk
from assay.app.postings.queries import get_advert
from assay.app.postings.writing import TYPED_PARTS, PartError, mark_of, part_text, read_part
from assay.core.postings.advert import SectionKey
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires
from assay.platform.htmx import is_htmx

_NOT_FACTS = frozenset({"csrfmiddlewaretoken", "section", "base", "take", "mine"})


@requires(Action.EDIT_PLANS)
@require_POST
def save(request: HttpRequest, advert_id: int) -> HttpResponse:
    """Save one part of an advert and say what the check finds now."""
    posted = request.POST.dict()
    try:
        key = read_part(posted.get("section", ""))
        saved = save_part(
            actor=asker(request),
            advert_id=advert_id,
            key=key,
            posted=posted,
            base=posted.get("base", ""),
            as_of=timezone.localdate(),
        )
    except EditConflict as conflict:
        return _refuse(request, advert_id, posted, conflict)
    except PartError as error:
        return _unusable(request, advert_id, posted, error)
    if not is_htmx(request):
        if saved.errors:
            return show_desk(request, advert_id, status=422, errors=saved.errors, typed=posted)
        return _back(request, advert_id, key, "Saved.")
    context: dict[str, Any] = {"saved": key.value, "errors": saved.errors}
    if posted.get("take") and key not in TYPED_PARTS:
        context["set_text"] = {"section": key.value, "text": posted.get("text", ""), "start": 0, "end": 0}
        context["toast"] = posted["take"][:80]
        if "mine" in posted:
            mark = mark_of(part_text(saved.draft, key))
            context["undo"] = {"section": key.value, "text": posted["mine"], "base": mark}
    return _answer(request, advert_id, context)


@requires(Action.EDIT_PLANS)
@require_POST
def fix(request: HttpRequest, advert_id: int) -> HttpResponse:
    """Apply a finding's replacement, or check again when the words no longer stand there."""
    posted = request.POST.dict()
    try:
        wanted = read_fix(posted)
        fixed = fix_finding(
            actor=asker(request),
            advert_id=advert_id,
            wanted=wanted,
            base=posted.get("base", ""),
            as_of=timezone.localdate(),
        )
    except EditConflict as conflict:
        return _refuse(request, advert_id, posted, conflict)
    except PartError as error:
        return _unusable(request, advert_id, posted, error)
    said = "Changed." if fixed.is_applied else "The text had moved on, so nothing was replaced. It is checked again."
    if not is_htmx(request):
        return _back(request, advert_id, wanted.section, said)
    context: dict[str, Any] = {"saved": wanted.section.value, "errors": {}, "toast": said}
    if fixed.is_applied:
        key = wanted.section.value
        context["set_text"] = {"section": key, "text": fixed.after, "start": fixed.start, "end": fixed.end}
        context["undo"] = {"section": key, "text": fixed.before, "base": mark_of(fixed.after)}
    return _answer(request, advert_id, context)


def _answer(request: HttpRequest, advert_id: int, context: Mapping[str, Any]) -> HttpResponse:
    view = get_advert(actor=asker(request), advert_id=advert_id)
    shown = {
        **desk_context(view),
        "set_text": None,
        "undo": None,
        "toast": "",
        "conflict": None,
        "refused": None,
        "errors": {},
    }
    response = render(request, "postings/answer.html", {**shown, **context}, using="jinja2")
    response["Assay-Saved"] = str(context["saved"])
    return response


def _refuse(request: HttpRequest, advert_id: int, posted: Mapping[str, str], error: EditConflict) -> HttpResponse:
    """Show both texts and save neither: the writer chooses."""
    kept = {
        "key": error.key.value,
        "by": error.by,
        "at": error.at,
        "theirs": error.theirs,
        "yours": error.yours,
        "theirs_mark": mark_of(error.theirs),
        "is_typed": error.key in TYPED_PARTS,
        "fields": {name: value for name, value in posted.items() if name not in _NOT_FACTS}
        if error.key in TYPED_PARTS
        else {"text": error.yours},
    }
    if not is_htmx(request):
        return show_desk(request, advert_id, status=409, conflict=kept, typed=posted)
    if posted.get("take"):
        return _answer(request, advert_id, {"toast": "Nothing was undone: this part has changed since.", "saved": ""})
    return _answer(request, advert_id, {"conflict": kept, "saved": ""})


def _unusable(request: HttpRequest, advert_id: int, posted: Mapping[str, str], error: PartError) -> HttpResponse:
    key = next((one.value for one in SectionKey if one.value == posted.get("section")), "")
    if not is_htmx(request):
        errors = {f"{key}-{error.field}": str(error)}
        return show_desk(request, advert_id, status=422, errors=errors, typed=posted)
    return _answer(request, advert_id, {"refused": {"key": key, "why": str(error)}, "saved": ""})


def _back(request: HttpRequest, advert_id: int, key: SectionKey, said: str) -> HttpResponseRedirect:
    messages.success(request, said)
    return HttpResponseRedirect(f"{reverse('postings:advert', args=[advert_id])}#part-{key.value}")
