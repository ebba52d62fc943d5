"""Who has an account and who has been asked to."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.utils import timezone

from assay.platform.access.roles import Role
from assay.platform.accounts.models import Invitation, User


@dataclass(frozen=True, slots=True)
class Account:
    """An account as the list of people shows it."""

    id: int
    name: str
    email: str
    role: Role
    time_zone: str
    is_active: bool
    created_at: datetime
    last_sign_in_at: datetime | None
    has_second_factor: bool


@dataclass(frozen=True, slots=True)
class PendingInvitation:
    """A link that was not used yet. ``has_expired`` ones can be sent again."""

    id: int
    email: str
    role: Role
    invited_by: str
    created_at: datetime
    expires_at: datetime
    has_expired: bool


def list_accounts() -> tuple[Account, ...]:
    """Return every account, those that are switched off last. Two queries whatever their number."""
    protected = set(
        Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES).values_list("user_id", flat=True)
    )
    users = User.objects.order_by("-is_active", "name", "email")
    return tuple(_account(user, has_second_factor=user.pk in protected) for user in users)


def get_account(*, user_id: int) -> Account | None:
    """Return one account, or None."""
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        return None
    factors = Authenticator.objects.filter(user_id=user_id).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return _account(user, has_second_factor=factors.exists())


def list_pending_invitations() -> tuple[PendingInvitation, ...]:
    """Return the invitations that wait to be accepted, newest first; the first administrator's link is not shown."""
    waiting = Invitation.objects.filter(accepted_at=None, revoked_at=None).exclude(email="")
    now = timezone.now()
    return tuple(
        PendingInvitation(
            id=invitation.pk,
            email=invitation.email,
            role=Role(invitation.role),
            invited_by=invitation.invited_by.display_name if invitation.invited_by else "",
            created_at=invitation.created_at,
            expires_at=invitation.expires_at,
            has_expired=invitation.expires_at <= now,
        )
        for invitation in waiting.select_related("invited_by")
    )


def _account(user: User, *, has_second_factor: bool) -> Account:
    return Account(
        id=user.pk,
        name=user.name,
        email=user.email,
        role=Role(user.role),
        time_zone=user.time_zone,
        is_active=user.is_active,
        created_at=user.created_at,
        last_sign_in_at=user.last_login,
        has_second_factor=has_second_factor,
    )
