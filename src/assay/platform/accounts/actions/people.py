"""What may change about an account after it was made."""

from zoneinfo import available_timezones

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.http import Http404
from django.urls import reverse

from assay.platform.access.gate import require
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.access.roles import Role
from assay.platform.accounts.actions.invitations import AccountProblem
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record


class NoAdminLeft(AccountProblem):
    """Raised instead of leaving the installation without anybody who can run it."""

    def __init__(self) -> None:
        super().__init__("This is the last active administrator. Make somebody else one first.")


@transaction.atomic
def change_role(*, actor: User, user_id: int, role: Role) -> None:
    """Give an account another role, at once. Raises ``Forbidden``, ``Http404`` or ``NoAdminLeft``."""
    require(actor=actor, action=Action.MANAGE_PEOPLE, resource=ORGANISATION)
    user = _lock_with_admins(user_id=user_id)
    if user.role == role.value:
        return
    before = user.role
    if role is not Role.ADMIN:
        _keep_an_admin(without=user)
    user.role = role.value
    user.save(update_fields=["role"])
    record(
        actor=actor,
        verb="account.role_changed",
        object_type="account",
        object_id=user.pk,
        data={"from": before, "to": role.value},
    )


@transaction.atomic
def deactivate(*, actor: User, user_id: int, why: str = "") -> None:
    """Switch an account off: its open sessions end with their next request. Nothing it did is lost.

    Raises ``Forbidden``, ``Http404`` or ``NoAdminLeft``.
    """
    require(actor=actor, action=Action.MANAGE_PEOPLE, resource=ORGANISATION)
    user = _lock_with_admins(user_id=user_id)
    if not user.is_active:
        return
    _keep_an_admin(without=user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    record(actor=actor, verb="account.switched_off", object_type="account", object_id=user.pk, why=why)


@transaction.atomic
def reactivate(*, actor: User, user_id: int) -> None:
    """Switch an account on again with the role it had. Raises ``Forbidden`` or ``Http404``."""
    require(actor=actor, action=Action.MANAGE_PEOPLE, resource=ORGANISATION)
    user = _lock_with_admins(user_id=user_id)
    if user.is_active:
        return
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(actor=actor, verb="account.switched_on", object_type="account", object_id=user.pk)


@transaction.atomic
def issue_password_link(*, actor: User, user_id: int) -> str:
    """Return a one-time path with which somebody who forgot it chooses a new password; for places without mail.

    Raises ``Forbidden``, ``Http404``, or ``AccountProblem`` for an account that is switched off.
    """
    require(actor=actor, action=Action.MANAGE_PEOPLE, resource=ORGANISATION)
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise Http404("There is no such account.")
    if not user.is_active:
        raise AccountProblem("This account is switched off.")
    key = default_token_generator.make_token(user)
    record(actor=actor, verb="account.password_link_made", object_type="account", object_id=user.pk)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})


@transaction.atomic
def update_own_account(*, actor: User, name: str, time_zone: str) -> None:
    """Change one's own name and time zone. Raises ``AccountProblem`` for an empty name or an unknown zone."""
    require(actor=actor, action=Action.USE_OWN_ACCOUNT, resource=ORGANISATION)
    if not name.strip():
        raise AccountProblem("Give the name your colleagues know you by.", field="name")
    if time_zone not in available_timezones():
        raise AccountProblem("There is no such time zone.", field="time_zone")
    User.objects.filter(pk=actor.pk).update(name=name.strip()[:200], time_zone=time_zone)
    record(actor=actor, verb="account.updated", object_type="account", object_id=actor.pk)


def _lock_with_admins(*, user_id: int) -> User:
    """Lock the account and every active administrator, in one order, so that the last two cannot leave at once."""
    locked = list(
        (User.objects.filter(pk=user_id) | User.objects.filter(role=Role.ADMIN.value, is_active=True))
        .order_by("pk")
        .select_for_update()
    )
    user = next((account for account in locked if account.pk == user_id), None)
    if user is None:
        raise Http404("There is no such account.")
    return user


def _keep_an_admin(*, without: User) -> None:
    is_admin = without.role == Role.ADMIN.value and without.is_active
    others = User.objects.filter(role=Role.ADMIN.value, is_active=True).exclude(pk=without.pk)
    if is_admin and not others.exists():
        raise NoAdminLeft
