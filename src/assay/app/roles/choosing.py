"""Choosing a role to hold a job to: the organisation's own, and those that ship."""

from dataclasses import dataclass

from assay.app.roles.catalogue import list_roles as list_shipped
from assay.app.roles.queries import get_role_version, list_own_roles, list_starting_points
from assay.core.roles.role import Role


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """A role that a job can be opened with. ``value`` names it in an address; no ``version_id`` means not adopted."""

    value: str
    version_id: int | None
    version: int
    role: Role


def list_choices() -> tuple[RoleChoice, ...]:
    """Return the newest version of each own role, then the shipped roles that nobody adopted."""
    values = [str(row.version_id) for row in list_own_roles()] + [row.key for row in list_starting_points()]
    return tuple(choice for value in values if (choice := find_choice(chosen=value)) is not None)


def find_choice(*, chosen: str) -> RoleChoice | None:
    """Return what an address names: a role version by its id, or a shipped role by its key; ``None`` for neither."""
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 16:
        found = get_role_version(role_version_id=int(chosen))
        return None if found is None else RoleChoice(str(found.id), found.id, found.version, found.role)
    shipped = next((role for role in list_shipped() if role.id == chosen), None)
    return None if shipped is None else RoleChoice(shipped.id, None, 0, shipped)
