"""The only readers of role versions and of the intakes they were made from."""

from dataclasses import dataclass, replace
from datetime import datetime

import msgspec
from django.db.models import QuerySet
from django.urls import reverse

from assay.app.requisitions.steps import StepResult, StepState
from assay.app.requisitions.visibility import visible_desk_results
from assay.app.roles.catalogue import list_roles as list_shipped
from assay.app.roles.models import RoleIntake, RoleVersion
from assay.app.roles.visibility import visible_versions
from assay.core.roles.compiling.conditions import Value
from assay.core.roles.compiling.rulebook import ArchetypeKind
from assay.core.roles.compiling.verdict import Verdict
from assay.core.roles.role import Role
from assay.platform.accounts.models import User
from assay.platform.numbers import LARGEST_ID


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


@dataclass(frozen=True, slots=True)
class IntakeView:
    """Answers that were kept, what they compiled to, and the role version that was made from them, if any.

    ``verdict`` is ``None`` when it was kept in a shape that this version no longer reads; the answers still are.
    """

    id: int
    title: str
    subject: str
    answers: dict[str, Value]
    verdict: Verdict | None
    rules_version: str
    made_by: str
    made_at: datetime
    requisition_id: int | None
    follows_id: int | None
    role_version_id: int | None
    role_key: str
    role_version: int


@dataclass(frozen=True, slots=True)
class IntakePage:
    """Some intakes, newest first, and the id to ask for older ones with (``None`` when there are none)."""

    rows: tuple[IntakeView, ...]
    older: int | None


def get_intake(*, actor: User, intake_id: int) -> IntakeView | None:
    """Return an intake that ``actor`` may see, or ``None``."""
    row = _visible_intakes(actor).filter(pk=intake_id).first() if 0 < intake_id <= LARGEST_ID else None
    return None if row is None else _intake(row)


def list_intakes(*, actor: User, before: int | None = None, size: int = 20) -> IntakePage:
    """Return the newest intakes that ``actor`` may see, those older than the id ``before`` when it is given."""
    rows = _visible_intakes(actor).order_by("-id")
    if before is not None:
        rows = rows.filter(pk__lt=min(before, LARGEST_ID))
    found = list(rows[: size + 1])
    shown = tuple(_intake(row) for row in found[:size])
    return IntakePage(shown, shown[-1].id if len(found) > size else None)


def find_newest_intake(*, requisition_id: int) -> int | None:
    """Return the id of the newest intake made for a requisition. Asks no one's permission."""
    return RoleIntake.objects.filter(requisition_id=requisition_id).values_list("pk", flat=True).first()


def list_intakes_of_role(*, actor: User, role_key: str) -> dict[int, int]:
    """Return the id of the intake that each version of a role was made from, by version, as far as ``actor`` sees."""
    rows = _visible_intakes(actor).filter(role_version__role_key=role_key.replace("\0", ""))
    return {row.role_version.version: row.pk for row in rows if row.role_version is not None}


def latest_for_requisition(*, requisition_id: int) -> StepResult | None:
    """Return the newest intake for a requisition in words for its sponsor. Asks no one's permission."""
    rows = RoleIntake.objects.select_related("created_by", "role_version").filter(requisition_id=requisition_id)
    row = rows.order_by("-created_at", "-id").first()
    if row is None:
        return None
    view = _intake(row)
    if row.role_version is None:
        made = rows.exclude(role_version=None).order_by("-created_at", "-id").first()
        view = view if made is None else _with_role(view, made)
    return StepResult(
        headline=view.title,
        lines=_sponsor_lines(view),
        url=f"{reverse('roles:intake', args=[view.id])}?for={requisition_id}",
        state=_state(view),
        made_by=view.made_by,
        made_at=view.made_at,
        facts=_step_facts(view),
    )


def get_role_version(*, role_version_id: int) -> RoleVersionView | None:
    """Return one version of a role, or ``None`` when there is no such version. Asks no one's permission."""
    row = RoleVersion.objects.select_related("created_by").filter(pk=role_version_id).first()
    return None if row is None else _view(row)


def find_role_version(*, actor: User, role_version_id: int) -> RoleVersionView | None:
    """Return a version that ``actor`` may see, or ``None``."""
    rows = visible_versions(actor=actor).select_related("created_by")
    row = rows.filter(pk=role_version_id).first() if 0 < role_version_id <= LARGEST_ID else None
    return None if row is None else _view(row)


def list_role_versions(*, actor: User, role_key: str) -> tuple[RoleVersionView, ...]:
    """Return every version of a role, the newest first; empty for one not there for ``actor``."""
    rows = visible_versions(actor=actor).select_related("created_by").filter(role_key=role_key.replace("\0", ""))
    return tuple(_view(row) for row in rows.order_by("-version"))


def list_newest_versions(*, actor: User) -> tuple[RoleVersionView, ...]:
    """Return the newest version of each role that ``actor`` may see, by title; one query however many there are."""
    rows = visible_versions(actor=actor).select_related("created_by")
    newest = rows.order_by("role_key", "-version").distinct("role_key")
    return tuple(sorted((_view(row) for row in newest), key=lambda one: one.title.casefold()))


def list_own_roles(*, actor: User) -> tuple[RoleRow, ...]:
    """Return the newest version of each role of this organisation that ``actor`` may see, by title."""
    newest = visible_versions(actor=actor).order_by("role_key", "-version").distinct("role_key")
    shipped = {role.id for role in list_shipped()}
    rows = [_row(_role(row), row, is_shipped=row.role_key in shipped) for row in newest]
    return tuple(sorted(rows, key=lambda row: row.title.casefold()))


def list_starting_points() -> tuple[RoleRow, ...]:
    """Return the shipped roles that this organisation has not adopted."""
    adopted = set(RoleVersion.objects.values_list("role_key", flat=True).distinct())
    return tuple(_row(role, None, is_shipped=True) for role in list_shipped() if role.id not in adopted)


def _visible_intakes(actor: User) -> QuerySet[RoleIntake]:
    seen = RoleIntake.objects.filter(visible_desk_results(actor=actor)).values("pk")
    return RoleIntake.objects.select_related("created_by", "role_version").filter(pk__in=seen)


def _intake(row: RoleIntake) -> IntakeView:
    try:
        verdict = msgspec.convert(row.result, Verdict)
    except msgspec.ValidationError:
        verdict = None
    return IntakeView(
        id=row.pk,
        title=row.title,
        subject=str(row.answers.get("decision") or row.title),
        answers={key: tuple(value) if isinstance(value, list) else value for key, value in row.answers.items()},
        verdict=verdict,
        rules_version=row.rules_version,
        made_by=row.created_by.display_name,
        made_at=row.created_at,
        requisition_id=row.requisition_id,
        follows_id=row.follows_id,
        role_version_id=row.role_version_id,
        role_key=row.role_version.role_key if row.role_version else "",
        role_version=row.role_version.version if row.role_version else 0,
    )


def _with_role(view: IntakeView, made: RoleIntake) -> IntakeView:
    """Return an intake without a role with the one that an earlier intake of the same request made: it still counts."""
    earlier = _intake(made)
    return replace(
        view,
        role_version_id=earlier.role_version_id,
        role_key=earlier.role_key,
        role_version=earlier.role_version,
    )


def _sponsor_lines(view: IntakeView) -> tuple[str, ...]:
    if view.verdict is None:
        return ()
    lines = [reason.says for reason in view.verdict.standings[0].reasons if reason.points > 0][:2]
    if view.verdict.kind is not ArchetypeKind.ML:
        lines.insert(0, view.verdict.instead)
    serious = [mistake.title for mistake in view.verdict.mistakes if mistake.is_serious]
    return (*lines, *([f"To settle: {', '.join(serious[:4])}"] if serious else ()))[:4]


def _state(view: IntakeView) -> StepState:
    verdict = view.verdict
    if verdict is None or view.role_version_id is None:
        return StepState.WARN
    has_serious = any(mistake.is_serious for mistake in verdict.mistakes)
    return StepState.WARN if has_serious or verdict.contradictions else StepState.DONE


def _step_facts(view: IntakeView) -> dict[str, str]:
    facts = {"role": f"{view.role_key}, version {view.role_version}" if view.role_version_id else ""}
    if view.verdict is not None:
        facts |= {"level": view.verdict.level.level.value, "family": view.verdict.archetype}
    return facts


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
