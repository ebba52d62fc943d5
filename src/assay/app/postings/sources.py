"""What an advert is made from: the role it is held to, and what was said of the problem."""

from collections.abc import Mapping

from assay.app.postings.models import Advert
from assay.app.roles.queries import get_role_version
from assay.core.roles.role import Role


def role_of(advert: Advert) -> Role | None:
    """Return the role version that an advert was built from, or ``None`` for one written from nothing."""
    return role_of_version(advert.role_version_id)


def role_of_version(role_version_id: int | None) -> Role | None:
    """Return a role by its version, or ``None`` when there is no such version."""
    view = get_role_version(role_version_id=role_version_id) if role_version_id else None
    return view.role if view is not None else None


def intake_of(requisition_id: int | None) -> Mapping[str, str]:
    """Return what was said of a requisition's problem, by the keys that the builder asks for."""
    del requisition_id
    return {}
