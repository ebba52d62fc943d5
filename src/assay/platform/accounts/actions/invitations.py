"""Invitations: the only door to an account, for the first administrator as for everybody else."""

from dataclasses import dataclass
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.utils import timezone

from assay.platform.access.gate import require
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.access.roles import Role
from assay.platform.accounts.models import Invitation, User
from assay.platform.accounts.tokens import hash_token, invitation_path, make_token
from assay.platform.audit.actions import record

INVITATION_LASTS = timedelta(days=7)
FIRST_ADMIN_LINK_LASTS = timedelta(hours=24)


class AccountProblem(ValueError):
    """Something about an account that the person in front of the page can put right. ``field`` names the input."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class InvitationUnusable(Exception):
    """Raised for a link that never was, was used, was taken back or is too old; deliberately not saying which."""

    def __init__(self) -> None:
        super().__init__("This link does not work any more. Ask whoever sent it for a new one.")


@dataclass(frozen=True, slots=True)
class IssuedInvitation:
    """An invitation and its secret path, which is shown this once and cannot be found again."""

    invitation_id: int
    path: str


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """What the person who follows a link may know. ``email`` is empty when they choose it themselves."""

    email: str
    role: Role


@transaction.atomic
def invite(*, actor: User, email: str, role: Role) -> IssuedInvitation:
    """Make a link for one person; an earlier open link for the same address stops working.

    Raises ``Forbidden``, or ``AccountProblem`` for an address that is none or already has an account.
    """
    require(actor=actor, action=Action.MANAGE_PEOPLE, resource=ORGANISATION)
    address = _checked_address(email)
    _one_at_a_time()
    if User.objects.filter(email=address).exists():
        raise AccountProblem("This person already has an account.", field="email")
    Invitation.objects.filter(email=address, accepted_at=None, revoked_at=None).update(revoked_at=timezone.now())
    invitation, path = _issue(email=address, role=role, lasts=INVITATION_LASTS, invited_by=actor)
    record(
        actor=actor,
        verb="invitation.sent",
        object_type="invitation",
        object_id=invitation.pk,
        data={"role": role.value},
    )
    return IssuedInvitation(invitation_id=invitation.pk, path=path)


@transaction.atomic
def revoke_invitation(*, actor: User, invitation_id: int) -> None:
    """Make an open link stop working. One that is no longer open stays as it is. Raises ``Forbidden``."""
    require(actor=actor, action=Action.MANAGE_PEOPLE, resource=ORGANISATION)
    changed = Invitation.objects.filter(pk=invitation_id, accepted_at=None, revoked_at=None).update(
        revoked_at=timezone.now()
    )
    if changed:
        record(actor=actor, verb="invitation.revoked", object_type="invitation", object_id=invitation_id)


@transaction.atomic
def issue_first_admin_link() -> str | None:
    """Return the path of a fresh one-time link that makes the first administrator, or None once there is one.

    Links issued before stop working; this one works for 24 hours.
    """
    _one_at_a_time()
    if _is_there_an_admin():
        return None
    Invitation.objects.filter(email="", accepted_at=None, revoked_at=None).update(revoked_at=timezone.now())
    invitation, path = _issue(email="", role=Role.ADMIN, lasts=FIRST_ADMIN_LINK_LASTS, invited_by=None)
    record(actor=None, verb="invitation.sent", object_type="invitation", object_id=invitation.pk, why="First sign-in")
    return path


def find_invitation(*, token: str) -> OpenInvitation:
    """Return what an open link offers. Raises ``InvitationUnusable``."""
    invitation = _find_open(token)
    return OpenInvitation(email=invitation.email, role=Role(invitation.role))


@transaction.atomic
def accept_invitation(*, token: str, name: str, email: str, password: str, time_zone: str = "UTC") -> User:
    """Use a link up and return the account it makes. ``email`` counts only where the invitation names none.

    Raises ``InvitationUnusable``, or ``AccountProblem`` for a missing name, a taken address or a weak password.
    """
    _one_at_a_time()
    invitation = _find_open(token)
    address = invitation.email or _checked_address(email)
    if not name.strip():
        raise AccountProblem("Give the name your colleagues know you by.", field="name")
    if User.objects.filter(email=address).exists():
        raise AccountProblem("There is already an account with this address.", field="email")
    check_password_strength(password=password, user=User(email=address, name=name))
    user = User.objects.create_user(
        address, password, name=name.strip()[:200], role=Role(invitation.role), time_zone=time_zone
    )
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    record(
        actor=user,
        verb="account.created",
        object_type="account",
        object_id=user.pk,
        data={"role": user.role, "invitation": invitation.pk},
    )
    return user


def check_password_strength(*, password: str, user: User) -> None:
    """Return when a password is good enough. Raises ``AccountProblem`` that says what is wrong with it."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise AccountProblem(" ".join(error.messages), field="password") from error


def _checked_address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise AccountProblem("This is not a complete e-mail address.", field="email") from error
    if len(address) > 254:
        raise AccountProblem("This address is too long.", field="email")
    return address


def _issue(*, email: str, role: Role, lasts: timedelta, invited_by: User | None) -> tuple[Invitation, str]:
    token = make_token()
    invitation = Invitation.objects.create(
        email=email,
        role=role.value,
        token_hash=hash_token(token),
        invited_by=invited_by,
        expires_at=timezone.now() + lasts,
    )
    return invitation, invitation_path(token)


def _find_open(token: str) -> Invitation:
    invitation = Invitation.objects.filter(
        token_hash=hash_token(token), accepted_at=None, revoked_at=None, expires_at__gt=timezone.now()
    ).first()
    if invitation is None or (not invitation.email and _is_there_an_admin()):
        raise InvitationUnusable
    return invitation


def _is_there_an_admin() -> bool:
    return User.objects.filter(role=Role.ADMIN.value, is_active=True).exists()


def _one_at_a_time() -> None:
    """Let invitations be issued and accepted one after another, so that no link and no address is used twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('assay.invitations'))")
