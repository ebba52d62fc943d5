"""The only readers of role versions."""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from assay.app.roles.catalogue import list_roles as list_shipped
from assay.app.roles.models import RoleVersion
from assay.core.roles.role import Role


@dataclass(frozen=True, slots=True)
class RoleVersionView:
    """One version of a role: who wrote it and when, and the bar itself."""

    id: int
    role_key: str
    version: int
    title: str
    written_by: str
    written_at: datetime
    role: Role


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role in a list, by its newest version. ``version_id`` is ``None`` for a shipped role nobody adopted yet."""

    key: str
    title: str
    seniority: str
    problem: str
    version: int
    version_id: int | None
    competencies: int
    must_haves: int
    is_shipped: bool
    written_at: datetime | None


def get_role_version(*, role_version_id: int) -> RoleVersionView | None:
    """Return one version of a role, or ``None`` when there is no such version."""
    row = RoleVersion.objects.select_related("created_by").filter(pk=role_version_id).first()
    return None if row is None else _view(row)


def list_role_versions(*, role_key: str) -> tuple[RoleVersionView, ...]:
    """Return every version of a role, the newest first; empty when nobody wrote or adopted it."""
    rows = RoleVersion.objects.select_related("created_by").filter(role_key=role_key.replace("\0", ""))
    return tuple(_view(row) for row in rows.order_by("-version"))


def list_own_roles() -> tuple[RoleRow, ...]:
    """Return the newest version of each role of this organisation, by title."""
    newest = RoleVersion.objects.order_by("role_key", "-version").distinct("role_key")
    shipped = {role.id for role in list_shipped()}
    rows = [_row(_role(row), row, is_shipped=row.role_key in shipped) for row in newest]
    return tuple(sorted(rows, key=lambda row: row.title.casefold()))


def list_starting_points() -> tuple[RoleRow, ...]:
    """Return the shipped roles that this organisation has not adopted."""
    adopted = set(RoleVersion.objects.values_list("role_key", flat=True).distinct())
    return tuple(_row(role, None, is_shipped=True) for role in list_shipped() if role.id not in adopted)


def _row(role: Role, stored: RoleVersion | None, *, is_shipped: bool) -> RoleRow:
    return RoleRow(
        key=role.id,
        title=role.title,
        seniority=role.seniority.value,
        problem=role.problem,
        version=stored.version if stored else 0,
        version_id=stored.pk if stored else None,
        competencies=len(role.competencies),
        must_haves=len(role.must_haves),
        is_shipped=is_shipped,
        written_at=stored.created_at if stored else None,
    )


def _view(row: RoleVersion) -> RoleVersionView:
    return RoleVersionView(
        id=row.pk,
        role_key=row.role_key,
        version=row.version,
        title=row.title,
        written_by=row.created_by.display_name,
        written_at=row.created_at,
        role=_role(row),
    )


def _role(row: RoleVersion) -> Role:
    return msgspec.convert(row.definition, Role)
