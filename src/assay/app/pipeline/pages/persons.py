"""One human on one page, records that may be the same human, and merges with their undo."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from assay.app.deciding.actions.placing import ConflictingDecisionError
from assay.app.pipeline.actions.merging import (
    MergeChoice,
    look_again,
    merge_people,
    read_version,
    tell_apart,
    undo_merge,
)
from assay.app.pipeline.queries.duplicates import contact_rules, list_pairs, read_records
from assay.app.pipeline.queries.kept_apart import list_kept_apart
from assay.app.pipeline.queries.persons import find_survivor, get_merge_survivor, get_person
from assay.app.pipeline.wording import STATUS_LABELS
from assay.core.deciding.decision import IllegalDecisionError
from assay.core.pipeline.duplicates import compare
from assay.core.pipeline.merging import FIELDS, MergeRefusedError
from assay.platform.access.asker import asker
from assay.platform.access.gate import ask, require
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.access.routes import requires
from assay.platform.htmx import is_htmx

FIELD_LABELS = {"name": "Name", "email": "E-mail", "phone": "Phone", "location": "Location"}


@requires(Action.SEE_APPLICANTS)
@require_safe
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Show a person with all their applications; who was taken into another leads to that one."""
    survivor = find_survivor(actor=asker(request), person_id=person_id)
    if survivor is not None:
        return redirect("pipeline:person", survivor)
    context = {
        "person": get_person(actor=asker(request), person_id=person_id),
        "statuses": STATUS_LABELS,
        "may_merge": ask(actor=asker(request), action=Action.MERGE_PEOPLE, resource=ORGANISATION).allowed,
        "now": timezone.now(),
    }
    return render(request, "pipeline/person.html", context, using="jinja2")


@requires(Action.MERGE_PEOPLE)
@require_safe
def duplicates(request: HttpRequest) -> HttpResponse:
    """List records that may be of one human, and those that are kept apart."""
    actor = asker(request)
    require(actor=actor, action=Action.MERGE_PEOPLE, resource=ORGANISATION)
    kept = list_kept_apart(actor=actor)
    told = request.GET.get("kept", "")
    context = {
        "pairs": list_pairs(actor=actor),
        "kept": kept,
        "just_kept": next((one for one in kept if str(one.id) == told and one.said_by_id == actor.pk), None),
    }
    return render(request, "pipeline/duplicates.html", context, using="jinja2")


@requires(Action.MERGE_PEOPLE)
@require_safe
def pair(request: HttpRequest, person_id: int, other_id: int) -> HttpResponse:
    """Show two records side by side, to be merged field by field or told apart."""
    return _show_pair(request, person_id, other_id)


@requires(Action.MERGE_PEOPLE)
@require_POST
def merge(request: HttpRequest, person_id: int, other_id: int) -> HttpResponse:
    """Make two records one; the first stays."""
    post = request.POST
    seen = {person_id: post.get("seen_first", ""), other_id: post.get("seen_second", "")}
    taken = frozenset(field for field in FIELDS if post.get(field) == "second")
    choice = MergeChoice(survivor_id=person_id, absorbed_id=other_id, taken=taken, seen=seen)
    try:
        merge_people(actor=asker(request), choice=choice)
    except (MergeRefusedError, IllegalDecisionError, ConflictingDecisionError) as error:
        return _show_pair(request, person_id, other_id, problem=str(error))
    messages.success(request, "They are one person now. For 30 days this can be undone below.")
    return redirect("pipeline:person", person_id)


@requires(Action.MERGE_PEOPLE)
@require_POST
def different(request: HttpRequest, person_id: int, other_id: int) -> HttpResponse:
    """Keep that two records are of two people, and say so with the way to take it back."""
    try:
        kept = tell_apart(actor=asker(request), first_id=person_id, second_id=other_id)
    except MergeRefusedError as error:
        raise Http404(str(error)) from error
    return redirect(f"{reverse('pipeline:duplicates')}?kept={kept}")


@requires(Action.MERGE_PEOPLE)
@require_POST
def again(request: HttpRequest, person_id: int, other_id: int) -> HttpResponse:
    """Ask again about two records that were kept apart, and show them side by side."""
    try:
        look_again(actor=asker(request), first_id=person_id, second_id=other_id)
    except MergeRefusedError as error:
        raise Http404(str(error)) from error
    messages.success(request, "They are not kept apart any more. Look at both, then say what they are.")
    address = reverse("pipeline:pair", args=[person_id, other_id])
    if is_htmx(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


@requires(Action.MERGE_PEOPLE)
@require_POST
def part(request: HttpRequest, merge_id: int) -> HttpResponse:
    """Undo a merge and say what stays as it is."""
    survivor = get_merge_survivor(actor=asker(request), merge_id=merge_id)
    try:
        stays = undo_merge(actor=asker(request), merge_id=merge_id, now=timezone.now())
    except (MergeRefusedError, IllegalDecisionError, ConflictingDecisionError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, " ".join(["They are two people again.", *stays]))
    return redirect("pipeline:person", survivor)


def _show_pair(request: HttpRequest, person_id: int, other_id: int, *, problem: str = "") -> HttpResponse:
    actor = asker(request)
    require(actor=actor, action=Action.MERGE_PEOPLE, resource=ORGANISATION)
    records = read_records(actor=actor, person_ids=(person_id, other_id))
    if len(records) != 2:
        if problem:
            messages.error(request, problem)
            return redirect("pipeline:duplicates")
        raise Http404("There is no such pair.")
    first, second = records[person_id], records[other_id]
    context = {
        "first": get_person(actor=actor, person_id=person_id),
        "second": get_person(actor=actor, person_id=other_id),
        "likeness": compare(first=first, second=second, rules=contact_rules()),
        "fields": [(field, FIELD_LABELS[field]) for field in FIELDS],
        "seen_first": read_version(person_id=person_id),
        "seen_second": read_version(person_id=other_id),
        "statuses": STATUS_LABELS,
        "problem": problem,
    }
    return render(request, "pipeline/pair.html", context, using="jinja2", status=409 if problem else 200)
