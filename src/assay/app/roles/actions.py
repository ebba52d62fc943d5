"""The only writers of roles. A version is written once; a change is a new one, and jobs keep what they pinned."""

from typing import Any

import msgspec
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.text import slugify

from assay.app.roles.catalogue import get_role, list_roles
from assay.app.roles.models import RoleVersion
from assay.app.roles.vocabulary import load_vocabulary
from assay.core.roles.draft import RoleDraft, RoleError, compile_role
from assay.core.roles.role import Role
from assay.platform.access.gate import require
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record

_LONGEST_KEY = 72


@transaction.atomic
def adopt_role(*, actor: User, role_key: str) -> int:
    """Take a shipped role as version 1 of the organisation's own and return the version's id.

    A role that is already adopted gives its newest version. Raises ``UnknownRole`` for a key that does not ship.
    """
    require(actor=actor, action=Action.EDIT_ROLES, resource=ORGANISATION)
    newest = RoleVersion.objects.filter(role_key=role_key).order_by("-version").first()
    if newest is not None:
        return newest.pk
    return _store(actor=actor, role=get_role(role_key), key=role_key, version=1, verb="role.adopted")


@transaction.atomic
def write_role(*, actor: User, draft: RoleDraft) -> tuple[int, str]:
    """Write a new role and return its version's id and its key, made from the title.

    Raises ``RoleError`` for a draft that cannot be a role.
    """
    require(actor=actor, action=Action.EDIT_ROLES, resource=ORGANISATION)
    key = _free_key(draft.title)
    role = compile_role(draft=draft, key=key, version=1, vocabulary=load_vocabulary())
    return _store(actor=actor, role=role, key=key, version=1, verb="role.written"), key


@transaction.atomic
def revise_role(*, actor: User, role_key: str, draft: RoleDraft, seen_version: int) -> int:
    """Write the next version of a role and return its id. Jobs that pinned another version keep it.

    Raises ``RoleError`` for a draft that cannot be a role, and when somebody wrote a version after ``seen_version``.
    """
    require(actor=actor, action=Action.EDIT_ROLES, resource=ORGANISATION)
    newest = RoleVersion.objects.filter(role_key=role_key).aggregate(newest=Max("version"))["newest"]
    if newest != seen_version:
        message = f"Somebody wrote version {newest} in the meantime. Look at it, then make your change again."
        raise RoleError(field="", message=message)
    version = seen_version + 1
    role = compile_role(draft=draft, key=role_key, version=version, vocabulary=load_vocabulary())
    return _store(actor=actor, role=role, key=role_key, version=version, verb="role.revised")


def _store(*, actor: User, role: Role, key: str, version: int, verb: str) -> int:
    definition: dict[str, Any] = msgspec.to_builtins(role)
    try:
        with transaction.atomic():
            row = RoleVersion.objects.create(
                role_key=key,
                version=version,
                title=role.title,
                definition=definition | {"id": key, "version": str(version)},
                created_by=actor,
            )
    except IntegrityError as error:
        raise RoleError(field="", message="Somebody saved this role at the same moment. Look at it again.") from error
    record(
        actor=actor,
        verb=verb,
        object_type="role_version",
        object_id=row.pk,
        data={"role": key, "version": version},
    )
    return row.pk


def _free_key(title: str) -> str:
    base = slugify(title)[:_LONGEST_KEY] or "role"
    taken = set(RoleVersion.objects.filter(role_key__startswith=base).values_list("role_key", flat=True))
    taken |= {role.id for role in list_roles()} | {"new"}
    if base not in taken:
        return base
    return next(key for number in range(2, len(taken) + 3) if (key := f"{base}-{number}") not in taken)
