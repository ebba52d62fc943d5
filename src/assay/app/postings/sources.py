"""What an advert is made from: the role it is held to, and what was said of the problem."""

from assay.app.postings.models import Advert
from assay.app.roles.queries import find_newest_intake, get_intake, get_role_version
from assay.core.roles.compiling.intake import Answers
from assay.core.roles.role import Role
from assay.platform.accounts.models import User


def role_of(advert: Advert) -> Role | None:
    """Return the role version that an advert was built from, or ``None`` for one written from nothing."""
    return role_of_version(advert.role_version_id)


def role_of_version(role_version_id: int | None) -> Role | None:
    """Return a role by its version, or ``None`` when there is no such version."""
    view = get_role_version(role_version_id=role_version_id) if role_version_id else None
    return view.role if view is not None else None


def answers_for(*, actor: User, requisition_id: int | None) -> Answers:
    """Return the newest answers about a requisition's problem, or none."""
    intake_id = find_newest_intake(requisition_id=requisition_id) if requisition_id is not None else None
    view = get_intake(actor=actor, intake_id=intake_id) if intake_id is not None else None
    return view.answers if view is not None else {}
