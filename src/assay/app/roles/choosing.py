"""Choosing a role to hold a job to: the organisation's own, and those that ship."""

from dataclasses import dataclass

from assay.app.roles.catalogue import list_roles as list_shipped
from assay.app.roles.queries import find_role_version, list_newest_versions, list_role_versions, list_starting_points
from assay.core.roles.role import Role
from assay.platform.accounts.models import User
from assay.platform.numbers import read_id


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """A role that a job can be opened with. ``value`` names it in an address; no ``version_id`` means not adopted."""

    value: str
    version_id: int | None
    version: int
    role: Role


def list_choices(*, actor: User) -> tuple[RoleChoice, ...]:
    """Return the newest version of each own role that ``actor`` sees, then the shipped roles that nobody adopted."""
    versions = list_newest_versions(actor=actor)
    free = {row.key for row in list_starting_points()}
    return (
        *(RoleChoice(str(found.id), found.id, found.version, found.role) for found in versions),
        *(RoleChoice(role.id, None, 0, role) for role in list_shipped() if role.id in free),
    )


def find_choice(*, actor: User, chosen: str) -> RoleChoice | None:
    """Return what an address names: a role version by its id, a role by its key; ``None`` for what is not there or
    not for ``actor``."""
    version_id = read_id(chosen)
    if version_id is not None:
        found = find_role_version(actor=actor, role_version_id=version_id)
        return None if found is None else RoleChoice(str(found.id), found.id, found.version, found.role)
    own = list_role_versions(actor=actor, role_key=chosen)
    if own:
        return RoleChoice(str(own[0].id), own[0].id, own[0].version, own[0].role)
    shipped = next((role for role in list_shipped() if role.id == chosen), None)
    return None if shipped is None else RoleChoice(shipped.id, None, 0, shipped)
