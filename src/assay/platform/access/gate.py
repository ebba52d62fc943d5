"""Where the policy is asked on behalf of a signed-in account: actions and pages pass through here."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from assay.platform.access.policy import Action, Actor, Answer, Resource, can_see, may
from assay.platform.access.roles import Role
from assay.platform.accounts.models import User


class Forbidden(PermissionDenied):
    """Raised when someone may see a thing but not do this to it. The message says why."""


def actor_of(user: User) -> Actor:
    """Describe an account to the policy."""
    return Actor(id=user.pk, role=Role(user.role), is_active=user.is_active)


def ask(*, actor: User, action: Action, resource: Resource) -> Answer:
    """Answer whether an account may do something, and why."""
    return may(actor=actor_of(actor), action=action, resource=resource)


def require(*, actor: User, action: Action, resource: Resource) -> None:
    """Return when it is allowed; raise ``Http404`` for what the account may not even see, else ``Forbidden``."""
    if not can_see(actor=actor_of(actor), resource=resource):
        raise Http404("There is nothing here for you to see.")
    answer = ask(actor=actor, action=action, resource=resource)
    if not answer.allowed:
        raise Forbidden(answer.why)
