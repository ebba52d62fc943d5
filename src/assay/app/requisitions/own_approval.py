"""May somebody approve their own request? Only who has nobody to ask, and administrators."""

from assay.platform.access.roles import Role
from assay.platform.accounts.models import User

ASK_SOMEBODY = "There are others here who can approve this. Choose a plan that asks one of them."
_COULD_APPROVE = (Role.ADMIN, Role.RECRUITER, Role.HIRING_MANAGER, Role.APPROVER)


def may_approve_own(*, actor: User) -> bool:
    """Tell whether ``actor`` may approve what they ask for: no other active account could, or they administer."""
    if actor.role == Role.ADMIN:
        return True
    others = User.objects.filter(is_active=True, role__in=_COULD_APPROVE).exclude(pk=actor.pk)
    return not others.exists()
