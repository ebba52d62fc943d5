"""What came with a letter: files and originals, as downloads alone, and the one way to make a document of a file."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from assay.app.messaging.actions.placing import add_as_document
from assay.app.messaging.actions.settling import say_no_answer_needed, settle_problem
from assay.app.messaging.queries.conversations import (
    application_of_message,
    application_of_thread,
    find_file,
    read_file,
    read_original,
)
from assay.platform.access.asker import asker
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires
from assay.platform.files.responses import download
from assay.platform.numbers import read_whole


@requires(Action.SEE_MESSAGES)
@require_safe
def file(request: HttpRequest, message_id: int) -> HttpResponse:
    """Hand out a file that came with a message; ``?n=2`` is its second."""
    name, content = read_file(user=asker(request), message_id=message_id, number=_number(request.GET.get("n", "1")))
    return download(content=content, name=name)


@requires(Action.SEE_MESSAGES)
@require_safe
def original(request: HttpRequest, message_id: int) -> HttpResponse:
    """Hand out a letter as it came in."""
    content = read_original(user=asker(request), message_id=message_id)
    return download(content=content, name=f"letter-{message_id}.eml")


@requires(Action.ADD_APPLICANTS)
@require_POST
def to_document(request: HttpRequest, message_id: int) -> HttpResponse:
    """Make a document of a file that came with a message."""
    found = find_file(user=asker(request), message_id=message_id, number=_number(request.POST.get("n", "1")))
    add_as_document(actor=asker(request), attachment_id=found.pk)
    messages.success(request, "Added to the documents. Nothing is screened until you ask for it there.")
    return _back(application_of_message(user=asker(request), message_id=message_id))


@requires(Action.SEND_MESSAGES)
@require_POST
def no_answer(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Say that the candidate's letter needs no answer."""
    say_no_answer_needed(actor=asker(request), thread_id=thread_id)
    messages.success(request, "Nobody waits for an answer here now. A new letter brings it back.")
    return _back(application_of_thread(user=asker(request), thread_id=thread_id))


@requires(Action.SEND_MESSAGES)
@require_POST
def settle(request: HttpRequest, message_id: int) -> HttpResponse:
    """Take a problem off the list."""
    settle_problem(actor=asker(request), message_id=message_id)
    messages.success(request, "Off the list of problems.")
    if request.POST.get("back") == "messages":
        return HttpResponseRedirect(f"{reverse('messaging:messages')}?show=problems")
    return _back(application_of_message(user=asker(request), message_id=message_id))


def _back(application_id: int) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('messaging:of_application', args=[application_id])}#end")


def _number(text: str) -> int:
    return read_whole(text, most_digits=5) or 0
