"""The editor of a job's application form, with the form as applicants see it below."""

from collections.abc import Sequence
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from assay.app.applying.actions.form_editing import StaleFormError, save_form
from assay.app.applying.asked import effort_for
from assay.app.applying.queries.forms import EditableForm, get_editable_form
from assay.app.applying.typed import Typed
from assay.app.postings.public_queries import find_slug
from assay.core.applying.questions import (
    LONGEST_CHOICE,
    LONGEST_HELP,
    LONGEST_LABEL,
    MOST_CHOICES,
    MOST_LETTERS,
    MOST_QUESTIONS,
    USUAL_LETTERS,
    Question,
    QuestionError,
    QuestionKind,
)
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires
from assay.platform.numbers import read_whole
from assay.platform.text import clean_line

KINDS = (
    (QuestionKind.TEXT.value, "A line of text"),
    (QuestionKind.LONG_TEXT.value, "Several lines of text"),
    (QuestionKind.YES_NO.value, "Yes or no"),
    (QuestionKind.CHOICE.value, "One of several"),
    (QuestionKind.NUMBER.value, "A number"),
)
_BLANK_ROWS = 2
_ROOM = 10_000_000


@requires(Action.EDIT_JOB)
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, job_id: int) -> HttpResponse:
    """Show the form's editor, or store what was changed."""
    found = get_editable_form(actor=asker(request), job_id=job_id)
    if request.method != "POST":
        return _show(request, found, found.form.questions, found.form.asks_demographics, found.form.revision)
    questions = _read_questions(request)
    asks = request.POST.get("demographics") == "on"
    sent = read_whole(request.POST.get("revision", ""), most_digits=9)
    revision = -1 if sent is None else sent
    try:
        save_form(
            actor=asker(request),
            job_id=job_id,
            questions=questions,
            asks_demographics=asks,
            expected_revision=revision,
        )
    except StaleFormError as error:
        return _show(request, found, questions, asks, found.form.revision, problem=str(error), status=409)
    except QuestionError as error:
        return _show(request, found, questions, asks, revision, problem=str(error), status=422)
    messages.success(request, "The form is saved. Whoever opens it now is asked this.")
    return HttpResponseRedirect(reverse("applying:form", args=[job_id]))


def _show(
    request: HttpRequest,
    found: EditableForm,
    questions: Sequence[Question],
    asks_demographics: bool,
    revision: int,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    room = max(0, min(_BLANK_ROWS, MOST_QUESTIONS - len(questions)))
    blank = Question(key="", kind=QuestionKind.TEXT, label="")
    context = {
        "found": found,
        "rows": [*questions, *([blank] * room)],
        "questions": [one for one in questions if one.label],
        "asks_demographics": asks_demographics,
        "revision": revision,
        "problem": problem,
        "kinds": KINDS,
        "effort": effort_for(questions=[one for one in questions if one.label]),
        "typed": Typed({}),
        "slug": find_slug(job_id=found.job_id),
        "most_choices": MOST_CHOICES,
    }
    return render(request, "applying/form.html", context, status=status, using="jinja2")


def _read_questions(request: HttpRequest) -> list[Question]:
    """Return the questions in the order their position fields say; empty and removed rows are left out."""
    found: list[tuple[int, int, Question]] = []
    for index in range(MOST_QUESTIONS + _BLANK_ROWS):
        label = _text(request, f"label-{index}", LONGEST_LABEL)
        if not label or request.POST.get(f"remove-{index}") == "on":
            continue
        at = read_whole(request.POST.get(f"at-{index}", ""), most_digits=4)
        found.append((index + 1 if at is None else at, index, _read_one(request, index, label)))
    return [question for _, _, question in sorted(found, key=lambda one: one[:2])]


def _read_one(request: HttpRequest, index: int, label: str) -> Question:
    known = {kind.value: kind for kind in QuestionKind}
    kind = known.get(request.POST.get(f"kind-{index}", ""), QuestionKind.TEXT)
    longest = read_whole(request.POST.get(f"longest-{index}", ""), most_digits=7)
    usual = USUAL_LETTERS.get(kind, 0)
    question = Question(
        key=_text(request, f"key-{index}", 16),
        kind=kind,
        label=label,
        help=_text(request, f"help-{index}", LONGEST_HELP),
        is_required=request.POST.get(f"required-{index}") == "on",
        longest=min(longest, MOST_LETTERS[kind] + 1) if usual and longest is not None else usual,
    )
    if kind is QuestionKind.CHOICE:
        lines = request.POST.get(f"choices-{index}", "")[:20_000].splitlines()
        kept = [clean_line(line, longest=_ROOM)[:LONGEST_CHOICE] for line in lines]
        question = replace(question, choices=tuple(one for one in kept if one))
    hoped = _text(request, f"hoped-{index}", LONGEST_CHOICE)
    if kind is QuestionKind.YES_NO:
        hoped = hoped.lower() if hoped.lower() in ("yes", "no") else ""
    return replace(question, hoped_for=hoped if question.options else "")


def _text(request: HttpRequest, name: str, longest: int) -> str:
    return clean_line(request.POST.get(name, ""), longest=_ROOM)[:longest]
