"""The only writers of roles and intakes. A version is written once; a change is a new one, jobs keep their own."""

from dataclasses import dataclass
from typing import Any

import msgspec
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.http import Http404
from django.utils.text import slugify

from assay.app.requisitions.visibility import require_requisition, visible_desk_results
from assay.app.roles.catalogue import get_role, list_roles
from assay.app.roles.compiler_rules import load_compiler_rules
from assay.app.roles.models import RoleIntake, RoleVersion
from assay.app.roles.visibility import visible_versions
from assay.app.roles.vocabulary import load_vocabulary
from assay.core.roles.compiling.compilation import compile_intake
from assay.core.roles.compiling.intake import Answers
from assay.core.roles.compiling.making import draft_role
from assay.core.roles.compiling.verdict import Verdict
from assay.core.roles.difference import compare_roles
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

    A role that is already adopted gives its newest version. Raises ``UnknownRole`` for a key that does not ship and
    is no role that ``actor`` may see.
    """
    require(actor=actor, action=Action.EDIT_ROLES, resource=ORGANISATION)
    newest = visible_versions(actor=actor).filter(role_key=role_key.replace("\0", "")).order_by("-version").first()
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

    Raises ``RoleError`` for a draft that cannot be a role, and when somebody wrote a version after ``seen_version``;
    ``Http404`` for a role that is not there for ``actor``.
    """
    require(actor=actor, action=Action.EDIT_ROLES, resource=ORGANISATION)
    seen = visible_versions(actor=actor).filter(role_key=role_key.replace("\0", ""))
    newest = seen.aggregate(newest=Max("version"))["newest"]
    if newest is None:
        raise Http404("There is no such role.")
    if newest != seen_version:
        message = f"Somebody wrote version {newest} in the meantime. Look at it, then make your change again."
        raise RoleError(field="", message=message)
    version = seen_version + 1
    role = compile_role(draft=draft, key=role_key, version=version, vocabulary=load_vocabulary())
    return _store(actor=actor, role=role, key=role_key, version=version, verb="role.revised")


@transaction.atomic
def keep_intake(
    *, actor: User, answers: Answers, requisition_id: int | None = None, follows_id: int | None = None
) -> int:
    """Keep the answers and what they compile to, without a role, and return the intake's id.

    Raises ``NothingToGoBy`` for answers from which nothing follows, ``Http404`` or ``Forbidden`` for a requisition or
    an earlier intake that ``actor`` may not change or see.
    """
    _require_desk(actor=actor, requisition_id=requisition_id)
    follows = _earlier(actor=actor, intake_id=follows_id)
    verdict = compile_intake(answers=answers, rules=load_compiler_rules())
    kept = _Kept(answers=answers, verdict=verdict, requisition_id=requisition_id, follows=follows)
    return _store_intake(actor=actor, kept=kept, role_version_id=None)


@transaction.atomic
def make_role(
    *,
    actor: User,
    answers: Answers,
    requisition_id: int | None = None,
    follows_id: int | None = None,
    seen_version: int = 0,
) -> int:
    """Make the role that the answers compile to, keep both, and return the intake's id.

    When the intake it follows already made a role for the same request, this is that role's next version
    (``seen_version`` is the newest that ``actor`` looked at), or its newest one when nothing in it changes; else a new
    role, so that no request's words get into the role of another. Raises ``NothingToGoBy``, ``NoRoleNeeded``,
    ``RoleError``, and as ``keep_intake`` does.
    """
    _require_desk(actor=actor, requisition_id=requisition_id)
    follows = _earlier(actor=actor, intake_id=follows_id)
    verdict = compile_intake(answers=answers, rules=load_compiler_rules())
    draft = draft_role(verdict=verdict)
    if follows is not None and follows.role_version is not None and follows.requisition_id == requisition_id:
        key = follows.role_version.role_key
        version_id = _unchanged(key=key, draft=draft)
        if version_id is None:
            version_id = revise_role(actor=actor, role_key=key, draft=draft, seen_version=seen_version)
    else:
        version_id, _ = write_role(actor=actor, draft=draft)
    kept = _Kept(answers=answers, verdict=verdict, requisition_id=requisition_id, follows=follows)
    return _store_intake(actor=actor, kept=kept, role_version_id=version_id)


@dataclass(frozen=True, slots=True)
class _Kept:
    answers: Answers
    verdict: Verdict
    requisition_id: int | None
    follows: RoleIntake | None


def _require_desk(*, actor: User, requisition_id: int | None) -> None:
    require(actor=actor, action=Action.EDIT_PLANS, resource=ORGANISATION)
    if requisition_id is not None:
        require_requisition(actor=actor, requisition_id=requisition_id, action=Action.EDIT_REQUISITION)


def _earlier(*, actor: User, intake_id: int | None) -> RoleIntake | None:
    if intake_id is None:
        return None
    rows = RoleIntake.objects.select_related("role_version").filter(visible_desk_results(actor=actor), pk=intake_id)
    found = rows.distinct().first()
    if found is None:
        raise Http404("There is no such intake.")
    return found


def _unchanged(*, key: str, draft: RoleDraft) -> int | None:
    """Return the newest version of a role when the draft says the same, so that no version is written for nothing."""
    newest = RoleVersion.objects.filter(role_key=key).order_by("-version").first()
    if newest is None:
        return None
    role = compile_role(draft=draft, key=key, version=newest.version, vocabulary=load_vocabulary())
    changes = compare_roles(before=msgspec.convert(newest.definition, Role), after=role)
    return None if changes else newest.pk


def _store_intake(*, actor: User, kept: _Kept, role_version_id: int | None) -> int:
    row = RoleIntake.objects.create(
        requisition_id=kept.requisition_id,
        follows=kept.follows,
        role_version_id=role_version_id,
        title=kept.verdict.title,
        answers=msgspec.to_builtins(dict(kept.answers)),
        rules_version=kept.verdict.rules_version,
        result=msgspec.to_builtins(kept.verdict),
        created_by=actor,
    )
    record(
        actor=actor,
        verb="intake.kept",
        object_type="role_intake",
        object_id=row.pk,
        data={
            "archetype": kept.verdict.archetype,
            "rules": kept.verdict.rules_version,
            "role_version": role_version_id,
            "requisition": kept.requisition_id,
        },
    )
    return row.pk


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
    taken |= {role.id for role in list_roles()} | {"new", "intakes"}
    if base not in taken:
        return base
    return next(key for number in range(2, len(taken) + 3) if (key := f"{base}-{number}") not in taken)
