"""Describe the problem: the intake, its verdict while one types, the role that is made from it, and what was kept."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assay.app.requisitions.path import path_bar
from assay.app.requisitions.prefill import prefill
from assay.app.requisitions.visibility import chosen_requisition
from assay.app.roles.actions import keep_intake, make_role
from assay.app.roles.compile_forms import asked_sections, read_intake
from assay.app.roles.compile_showing import ShownVerdict, intake_lines, show_verdict
from assay.app.roles.compiler_rules import load_compiler_rules
from assay.app.roles.queries import (
    IntakeView,
    RoleVersionView,
    find_newest_intake,
    get_intake,
    list_intakes,
    list_role_versions,
)
from assay.app.roles.vocabulary import load_vocabulary
from assay.core.roles.compiling.comparing import AnswerChange, compare_answers
from assay.core.roles.compiling.compilation import NothingToGoBy, compile_intake
from assay.core.roles.compiling.conditions import Value
from assay.core.roles.compiling.intake import Answers, Problem, read_answers
from assay.core.roles.compiling.making import NoRoleNeeded, draft_role
from assay.core.roles.compiling.verdict import Verdict
from assay.core.roles.difference import Change, compare_roles
from assay.core.roles.draft import RoleError, compile_role
from assay.platform.access.asker import asker
from assay.platform.access.gate import ask
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.access.routes import requires
from assay.platform.numbers import read_id, read_whole


@dataclass(frozen=True, slots=True)
class Sheet:
    """The form as it stands: answers, what was wrong, where it belongs, and what is said above it."""

    answers: Answers
    problems: tuple[Problem, ...] = ()
    typed: dict[str, str] | None = None
    requisition_id: int | None = None
    follows: IntakeView | None = None
    error: str = ""


@requires(Action.SEE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def compile_page(request: HttpRequest) -> HttpResponse:
    """Show the intake with its verdict; a POST shows the verdict of what was sent, or with a tip or fix applied."""
    if request.method != "POST":
        return _page(request, _begun(request))
    sheet = _sent(request)
    return _page(request, replace(sheet, answers=_applied(request, sheet.answers)))


@requires(Action.SEE_PLANS)
@require_POST
def verdict(request: HttpRequest) -> HttpResponse:
    """Answer with the verdict alone, while the form stays as it is."""
    context = _context(request, _sent(request))
    return render(request, "roles/verdict_live.html", context, using="jinja2")


@requires(Action.EDIT_PLANS)
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the answers without a role."""
    return _written(request, makes_role=False)


@requires(Action.EDIT_ROLES)
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Make the role, or the next version of it, and keep the answers it came from."""
    return _written(request, makes_role=True)


@requires(Action.SEE_PLANS)
@require_safe
def intake(request: HttpRequest, intake_id: int) -> HttpResponse:
    """Show what was kept: the verdict of that day, the answers, and what changed since the intake it follows."""
    actor = asker(request)
    found = get_intake(actor=actor, intake_id=intake_id)
    if found is None:
        raise Http404("There is no such intake.")
    rules = load_compiler_rules()
    earlier = get_intake(actor=actor, intake_id=found.follows_id) if found.follows_id else None
    context = {
        "intake": found,
        "shown": _shown(found.verdict),
        "lines": intake_lines(answers=found.answers, rules=rules),
        "earlier": earlier,
        "answer_changes": _answer_changes(earlier, found.answers),
        "is_today": found.rules_version == rules.version,
        "may_edit": _may(request, Action.EDIT_PLANS),
        "path_bar": path_bar(actor=actor, requisition_id=found.requisition_id, at="role"),
    }
    return render(request, "roles/intake.html", context, using="jinja2")


@requires(Action.SEE_PLANS)
@require_safe
def intakes(request: HttpRequest) -> HttpResponse:
    """List the problems that were described, newest first."""
    actor = asker(request)
    before = read_id(request.GET.get("before", ""))
    context = {
        "page": list_intakes(actor=actor, before=before),
        "is_first": before is None,
        "path_bar": path_bar(actor=actor, requisition_id=None, at="role"),
    }
    return render(request, "roles/intakes.html", context, using="jinja2")


def _begun(request: HttpRequest) -> Sheet:
    """Return where to begin: an earlier intake, the requisition's newest one, or what the requisition says."""
    actor = asker(request)
    requisition_id = chosen_requisition(actor=actor, value=request.GET.get("for", ""))
    wanted = request.GET.get("from", "")
    if wanted:
        follows = _follows(request, wanted)
        return Sheet(answers=_todays(follows), requisition_id=requisition_id or _of(follows), follows=follows)
    if requisition_id is None:
        return Sheet(answers={})
    newest = find_newest_intake(requisition_id=requisition_id)
    if newest is not None:
        follows = _follows(request, str(newest))
        return Sheet(answers=_todays(follows), requisition_id=requisition_id, follows=follows)
    known = prefill(requisition_id=requisition_id)
    raw = {"decision": (known.problem or "")[:200], "wished_seniority": known.level}
    reading = read_answers(questions=load_compiler_rules().questions, raw=raw)
    return Sheet(answers=reading.answers, requisition_id=requisition_id)


def _of(follows: IntakeView | None) -> int | None:
    return follows.requisition_id if follows else None


def _todays(follows: IntakeView | None) -> Answers:
    """Return the answers of an earlier intake as far as today's questions can take them."""
    raw = dict(follows.answers) if follows else {}
    return read_answers(questions=load_compiler_rules().questions, raw=raw).answers


def _sent(request: HttpRequest) -> Sheet:
    rules = load_compiler_rules()
    reading = read_intake(fields=request.POST, rules=rules)
    wanted = request.POST.get("follows", "")
    return Sheet(
        answers=reading.answers,
        problems=reading.problems,
        typed={problem.question: request.POST.get(problem.question, "")[:2_000] for problem in reading.problems},
        requisition_id=chosen_requisition(actor=asker(request), value=request.POST.get("for", "")),
        follows=_follows(request, wanted) if wanted else None,
    )


def _follows(request: HttpRequest, wanted: str) -> IntakeView | None:
    number = read_id(wanted)
    found = get_intake(actor=asker(request), intake_id=number) if number is not None else None
    if found is None:
        raise Http404("There is no such intake.")
    return found


def _applied(request: HttpRequest, answers: Answers) -> Answers:
    """Return the answers with the fix or the tip that was pressed, if it still is one."""
    fix, tip = request.POST.get("fix", ""), request.POST.get("try", "")
    found = _compiled(answers)
    if found is None or not (fix or tip):
        return answers
    changes = [one.change for one in found.mistakes if one.rule == fix and one.change is not None]
    made: list[tuple[str, Value | None]] = [(change.question, change.answer) for change in changes]
    made += [(one.question, one.answer) for one in found.tips if f"{one.question}:{one.archetype}" == tip]
    changed: dict[str, Value | None] = {**answers, **dict(made)}
    return {question: answer for question, answer in changed.items() if answer is not None}


def _written(request: HttpRequest, *, makes_role: bool) -> HttpResponse:
    sheet = _sent(request)
    actor = asker(request)
    chosen_requisition(actor=actor, value=request.POST.get("for", ""), action=Action.EDIT_REQUISITION)
    if sheet.problems:
        return _page(request, replace(sheet, error="Some answers cannot be used. Correct them, then save."), status=422)
    follows_id = sheet.follows.id if sheet.follows else None
    try:
        if makes_role:
            intake_id = make_role(
                actor=actor,
                answers=sheet.answers,
                requisition_id=sheet.requisition_id,
                follows_id=follows_id,
                seen_version=read_whole(request.POST.get("seen_version", ""), most_digits=9) or 0,
            )
        else:
            intake_id = keep_intake(
                actor=actor, answers=sheet.answers, requisition_id=sheet.requisition_id, follows_id=follows_id
            )
    except (NothingToGoBy, NoRoleNeeded, RoleError) as error:
        return _page(request, replace(sheet, error=str(error)), status=422)
    messages.success(request, "The role is made, and the answers are kept with it." if makes_role else "Kept.")
    return redirect("roles:intake", intake_id)


def _page(request: HttpRequest, sheet: Sheet, *, status: int = 200) -> HttpResponse:
    context = _context(request, sheet) | {
        "recent": list_intakes(actor=asker(request), size=5).rows,
        "path_bar": path_bar(actor=asker(request), requisition_id=sheet.requisition_id, at="role"),
    }
    return render(request, "roles/compile.html", context, using="jinja2", status=status)


def _context(request: HttpRequest, sheet: Sheet) -> dict[str, Any]:
    rules = load_compiler_rules()
    found = _compiled(sheet.answers)
    newest = _newest_role(request, sheet)
    return {
        "sections": asked_sections(rules=rules, answers=sheet.answers, problems=sheet.problems, typed=sheet.typed),
        "problems": sheet.problems,
        "error": sheet.error,
        "shown": _shown(found),
        "requisition_id": sheet.requisition_id,
        "follows": sheet.follows,
        "newest": newest,
        "role_changes": _role_changes(newest, found),
        "answer_changes": _answer_changes(sheet.follows, sheet.answers),
        "may_edit": _may(request, Action.EDIT_PLANS) and _may(request, Action.EDIT_ROLES),
        "rules_version": rules.version,
    }


def _compiled(answers: Answers) -> Verdict | None:
    try:
        return compile_intake(answers=answers, rules=load_compiler_rules())
    except NothingToGoBy:
        return None


def _shown(found: Verdict | None) -> ShownVerdict | None:
    return None if found is None else show_verdict(verdict=found, rules=load_compiler_rules())


def _newest_role(request: HttpRequest, sheet: Sheet) -> RoleVersionView | None:
    """Return the role that the answers would change: the one made from those they follow, for the same request."""
    follows = sheet.follows
    if follows is None or not follows.role_key or follows.requisition_id != sheet.requisition_id:
        return None
    versions = list_role_versions(actor=asker(request), role_key=follows.role_key)
    return versions[0] if versions else None


def _role_changes(newest: RoleVersionView | None, found: Verdict | None) -> tuple[Change, ...]:
    """Return how the role would differ from its newest version."""
    if newest is None or found is None:
        return ()
    try:
        draft = draft_role(verdict=found)
    except NoRoleNeeded:
        return ()
    role = compile_role(draft=draft, key=newest.role_key, version=newest.version + 1, vocabulary=load_vocabulary())
    return compare_roles(before=newest.role, after=role)


def _answer_changes(earlier: IntakeView | None, answers: Answers) -> tuple[AnswerChange, ...]:
    if earlier is None:
        return ()
    return compare_answers(questions=load_compiler_rules().questions, before=earlier.answers, after=answers)


def _may(request: HttpRequest, action: Action) -> bool:
    return ask(actor=asker(request), action=action, resource=ORGANISATION).allowed
