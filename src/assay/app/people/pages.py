"""Pages about people: the list, one person, invitations and one's own account."""

from django.contrib import messages
from django.contrib.auth import login
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assay.app.people import columns
from assay.app.people.forms import AcceptForm, AccountForm, FirstAdminForm, InviteForm, RoleForm, WhyForm, errors_of
from assay.platform.access.asker import asker
from assay.platform.access.gate import ask
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.access.roles import ROLE_MEANING, Role
from assay.platform.access.routes import public, requires
from assay.platform.accounts.actions import invitations
from assay.platform.accounts.actions import people as accounts
from assay.platform.accounts.actions.invitations import AccountProblem, InvitationUnusable
from assay.platform.accounts.mail import mail_invitation
from assay.platform.accounts.queries import get_account, list_accounts, list_pending_invitations
from assay.platform.audit.queries import EventFilter, list_events

_BACKEND = "django.contrib.auth.backends.ModelBackend"
_EVENTS_SHOWN = 10


@requires(Action.SEE_PEOPLE)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Show who has an account and who was asked."""
    return _people_page(request, InviteForm(), status=200)


@requires(Action.MANAGE_PEOPLE)
@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody and show the link, this once."""
    actor, form = asker(request), InviteForm(request.POST)
    if not form.is_valid():
        return _people_page(request, form, status=422)
    email = form.cleaned_data["email"]
    try:
        issued = invitations.invite(actor=actor, email=email, role=Role(form.cleaned_data["role"]))
    except AccountProblem as problem:
        _blame(form, problem)
        return _people_page(request, form, status=422)
    link = request.build_absolute_uri(issued.path)
    was_mailed = mail_invitation(to=email, link=link, invited_by=actor.display_name)
    return _link_page(request, link=link, email=email, was_mailed=was_mailed, kind="invitation")


@requires(Action.MANAGE_PEOPLE)
@require_POST
def revoke(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Make an invitation stop working."""
    invitations.revoke_invitation(actor=asker(request), invitation_id=invitation_id)
    messages.success(request, "The invitation does not work any more.")
    return redirect("people:people")


@requires(Action.SEE_PEOPLE)
@require_GET
def person(request: HttpRequest, user_id: int) -> HttpResponse:
    """Show one account and what may be done to it."""
    return _person_page(request, user_id=user_id, role_form=None, status=200)


@requires(Action.MANAGE_PEOPLE)
@require_POST
def change_role(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give an account another role."""
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _person_page(request, user_id=user_id, role_form=form, status=422)
    try:
        accounts.change_role(actor=asker(request), user_id=user_id, role=Role(form.cleaned_data["role"]))
    except AccountProblem as problem:
        form.add_error("role", str(problem))
        return _person_page(request, user_id=user_id, role_form=form, status=422)
    messages.success(request, f"The role is now {Role(form.cleaned_data['role']).label.lower()}.")
    return redirect("people:person", user_id)


@requires(Action.MANAGE_PEOPLE)
@require_POST
def switch_off(request: HttpRequest, user_id: int) -> HttpResponse:
    """Switch an account off."""
    form = WhyForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    try:
        accounts.deactivate(actor=asker(request), user_id=user_id, why=why)
    except AccountProblem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "The account is switched off.")
    return redirect("people:person", user_id)


@requires(Action.MANAGE_PEOPLE)
@require_POST
def switch_on(request: HttpRequest, user_id: int) -> HttpResponse:
    """Switch an account on again."""
    accounts.reactivate(actor=asker(request), user_id=user_id)
    messages.success(request, "The account works again.")
    return redirect("people:person", user_id)


@requires(Action.MANAGE_PEOPLE)
@require_POST
def password_link(request: HttpRequest, user_id: int) -> HttpResponse:
    """Make a link to choose a new password and show it, this once."""
    try:
        path = accounts.issue_password_link(actor=asker(request), user_id=user_id)
    except AccountProblem as problem:
        messages.error(request, str(problem))
        return redirect("people:person", user_id)
    account = get_account(user_id=user_id)
    email = account.email if account else ""
    return _link_page(request, link=request.build_absolute_uri(path), email=email, was_mailed=False, kind="password")


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Let the holder of a link choose a name and a password, once, and sign them in."""
    try:
        offer = invitations.find_invitation(token=token)
        form_class = AcceptForm if offer.email else FirstAdminForm
        form = form_class(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            user = invitations.accept_invitation(
                token=token,
                name=form.cleaned_data["name"],
                email=form.cleaned_data.get("email", ""),
                password=form.cleaned_data["password"],
            )
            login(request, user, backend=_BACKEND)
            return redirect("/")
    except InvitationUnusable as problem:
        return render(request, "people/accept_unusable.html", {"why": str(problem)}, status=410, using="jinja2")
    except AccountProblem as problem:
        _blame(form, problem)
    context = {"form": form, "errors": errors_of(form), "offer": offer, "meaning": ROLE_MEANING[offer.role]}
    status = 422 if form.is_bound else 200
    response = render(request, "people/accept.html", context, status=status, using="jinja2")
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


@requires(Action.USE_OWN_ACCOUNT)
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Show one's own account and let its name and time zone be changed."""
    user = asker(request)
    form = AccountForm(request.POST or None, initial={"name": user.name, "time_zone": user.time_zone})
    if request.method == "POST" and form.is_valid():
        try:
            accounts.update_own_account(actor=user, **form.cleaned_data)
        except AccountProblem as problem:
            _blame(form, problem)
        else:
            messages.success(request, "Saved.")
            return redirect("account")
    context = {"form": form, "account": get_account(user_id=user.pk), "meaning": ROLE_MEANING[Role(user.role)]}
    return render(request, "people/account.html", context, status=422 if form.errors else 200, using="jinja2")


def _people_page(request: HttpRequest, form: Form, *, status: int) -> HttpResponse:
    actor = asker(request)
    context = {
        "form": form,
        "errors": errors_of(form),
        "columns": columns,
        "accounts": list_accounts(),
        "invitations": list_pending_invitations(),
        "can_manage": ask(actor=actor, action=Action.MANAGE_PEOPLE, resource=ORGANISATION).allowed,
        "meanings": ROLE_MEANING,
        "zone": actor.time_zone,
    }
    return render(request, "people/people.html", context, status=status, using="jinja2")


def _person_page(request: HttpRequest, *, user_id: int, role_form: RoleForm | None, status: int) -> HttpResponse:
    actor, account = asker(request), get_account(user_id=user_id)
    if account is None:
        raise Http404("There is no such account.")
    can_audit = ask(actor=actor, action=Action.SEE_AUDIT, resource=ORGANISATION).allowed
    wanted = EventFilter(object_type="account", object_id=account.id)
    context = {
        "account": account,
        "meaning": ROLE_MEANING[account.role],
        "role_form": role_form or RoleForm(initial={"role": account.role.value}),
        "why_form": WhyForm(),
        "columns": columns,
        "can_manage": ask(actor=actor, action=Action.MANAGE_PEOPLE, resource=ORGANISATION).allowed,
        "can_audit": can_audit,
        "events": list_events(wanted=wanted, limit=_EVENTS_SHOWN).events if can_audit else (),
        "zone": actor.time_zone,
    }
    return render(request, "people/person.html", context, status=status, using="jinja2")


def _link_page(request: HttpRequest, *, link: str, email: str, was_mailed: bool, kind: str) -> HttpResponse:
    context = {"link": link, "email": email, "was_mailed": was_mailed, "kind": kind}
    return render(request, "people/link.html", context, using="jinja2")


def _blame(form: Form, problem: AccountProblem) -> None:
    form.add_error(problem.field if problem.field in form.fields else None, str(problem))
