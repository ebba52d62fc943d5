"""Roles: the list, a role with its versions and their differences, writing and revising one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assay.app.pipeline.queries.jobs import list_jobs_of_role
from assay.app.roles.actions import adopt_role, revise_role, write_role
from assay.app.roles.catalogue import list_roles as list_shipped
from assay.app.roles.forms import LEVELS, competency_fields, must_have_fields, read_role_draft, skill_line
from assay.app.roles.queries import (
    RoleVersionView,
    list_intakes_of_role,
    list_own_roles,
    list_role_versions,
    list_starting_points,
)
from assay.app.roles.vocabulary import competency_notes, load_vocabulary, skill_ids
from assay.app.ui.tables import Column
from assay.core.roles.difference import compare_roles
from assay.core.roles.draft import RoleDraft, RoleError, draft_of
from assay.core.roles.role import Role, Seniority
from assay.platform.access.asker import asker
from assay.platform.access.gate import ask
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.access.routes import requires
from assay.platform.numbers import read_whole

COLUMNS = (
    Column("title", "Role"),
    Column("seniority", "Seniority"),
    Column("competencies", "Competencies", is_number=True),
    Column("musts", "Must-haves", is_number=True),
    Column("version", "Version", is_number=True),
    Column("written", "Last changed"),
)
SENIORITIES = [(one.value, one.value.capitalize()) for one in Seniority]


@requires(Action.SEE_ROLES)
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """List the organisation's roles and the starting points that ship."""
    context = {
        "own": list_own_roles(actor=asker(request)),
        "starting_points": list_starting_points(),
        "columns_of": COLUMNS,
        "may_edit": _may_edit(request),
        "may_plan": _may(request, Action.SEE_PLANS),
    }
    return render(request, "roles/roles.html", context, using="jinja2")


@requires(Action.SEE_ROLES)
@require_safe
def role(request: HttpRequest, role_key: str) -> HttpResponse:
    """Show one version of a role, and what changed since another when asked."""
    versions = list_role_versions(actor=asker(request), role_key=role_key)
    shown = _chosen(versions, request.GET.get("version", "")) or (versions[0] if versions else None)
    older = _chosen(versions, request.GET.get("since", ""))
    bar = shown.role if shown else _shipped(role_key)
    context = {
        "role_key": role_key,
        "role": bar,
        "shown": shown,
        "versions": versions,
        "older": older,
        "changes": compare_roles(before=older.role, after=bar) if older else (),
        "notes": competency_notes(),
        "vocabulary": load_vocabulary(),
        "jobs": list_jobs_of_role(actor=asker(request), role_key=role_key),
        "intakes": _intakes(request, role_key),
        "may_edit": _may_edit(request),
    }
    return render(request, "roles/role.html", context, using="jinja2")


@requires(Action.EDIT_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def new_role(request: HttpRequest) -> HttpResponse:
    """Write a role from nothing or from another one."""
    if request.method != "POST":
        start = request.GET.get("from", "")
        draft = draft_of(role=_newest(request, start)) if start else _blank()
        return _form(request, draft=draft)
    draft = read_role_draft(fields=request.POST, vocabulary=load_vocabulary(), skill_ids=skill_ids())
    try:
        _, key = write_role(actor=asker(request), draft=draft)
    except RoleError as error:
        return _form(request, draft=draft, error=error)
    messages.success(request, "The role is saved as version 1.")
    return redirect("roles:role", key)


@requires(Action.EDIT_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_role(request: HttpRequest, role_key: str) -> HttpResponse:
    """Change a role: saving writes the next version."""
    versions = list_role_versions(actor=asker(request), role_key=role_key)
    if not versions:
        raise Http404("There is no such role of your own. Adopt it first.")
    if request.method != "POST":
        return _form(request, draft=draft_of(role=versions[0].role), current=versions[0])
    draft = read_role_draft(fields=request.POST, vocabulary=load_vocabulary(), skill_ids=skill_ids())
    try:
        revise_role(
            actor=asker(request),
            role_key=role_key,
            draft=draft,
            seen_version=read_whole(request.POST.get("seen_version", ""), most_digits=8) or 0,
        )
    except RoleError as error:
        return _form(request, draft=draft, current=versions[0], error=error)
    messages.success(request, f"Saved as version {versions[0].version + 1}. Jobs that are open keep theirs.")
    return redirect("roles:role", role_key)


@requires(Action.EDIT_ROLES)
@require_POST
def adopt(request: HttpRequest, role_key: str) -> HttpResponse:
    """Take a shipped role as version 1 of the organisation's own."""
    _newest(request, role_key)
    adopt_role(actor=asker(request), role_key=role_key)
    messages.success(request, "The role is yours now, as version 1. Change what does not fit.")
    return redirect("roles:role", role_key)


def _form(
    request: HttpRequest,
    *,
    draft: RoleDraft,
    current: RoleVersionView | None = None,
    error: RoleError | None = None,
) -> HttpResponse:
    vocabulary = load_vocabulary()
    context: dict[str, Any] = {
        "draft": draft,
        "current": current,
        "error": error,
        "competencies": competency_fields(draft=draft, notes=competency_notes()),
        "must_haves": must_have_fields(draft=draft, vocabulary=vocabulary),
        "skills": skill_line(draft=draft, vocabulary=vocabulary),
        "vocabulary": vocabulary,
        "levels": LEVELS,
        "seniorities": SENIORITIES,
    }
    return render(request, "roles/role_form.html", context, using="jinja2", status=422 if error else 200)


def _may_edit(request: HttpRequest) -> bool:
    return _may(request, Action.EDIT_ROLES)


def _may(request: HttpRequest, action: Action) -> bool:
    return ask(actor=asker(request), action=action, resource=ORGANISATION).allowed


def _intakes(request: HttpRequest, role_key: str) -> dict[int, int]:
    if not _may(request, Action.SEE_PLANS):
        return {}
    return list_intakes_of_role(actor=asker(request), role_key=role_key)


def _chosen(versions: tuple[RoleVersionView, ...], wanted: str) -> RoleVersionView | None:
    return next((one for one in versions if str(one.version) == wanted), None)


def _shipped(role_key: str) -> Role:
    found = next((one for one in list_shipped() if one.id == role_key), None)
    if found is None:
        raise Http404("There is no such role.")
    return found


def _newest(request: HttpRequest, role_key: str) -> Role:
    versions = list_role_versions(actor=asker(request), role_key=role_key)
    return versions[0].role if versions else _shipped(role_key)


def _blank() -> RoleDraft:
    return RoleDraft(title="", problem="", seniority=Seniority.SENIOR, competencies=())
