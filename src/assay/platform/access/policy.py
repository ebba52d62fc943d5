"""The one policy table: may this person do this to that, and why. Pure; lists and single objects ask the same table."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from assay.platform.access.roles import Role, TeamRole


class Action(StrEnum):
    """Everything that can be asked for. A page, command or action names exactly one."""

    SEE_JOB = "see_job"
    SEE_APPLICANTS = "see_applicants"
    SEE_DECISIONS = "see_decisions"
    OPEN_JOB = "open_job"
    EDIT_JOB = "edit_job"
    ADD_APPLICANTS = "add_applicants"
    EDIT_APPLICANT = "edit_applicant"
    DECIDE = "decide"
    EXPORT_SHORTLIST = "export_shortlist"
    SEE_ROLES = "see_roles"
    EDIT_ROLES = "edit_roles"
    SEE_PEOPLE = "see_people"
    MANAGE_PEOPLE = "manage_people"
    SEE_SETTINGS = "see_settings"
    SEE_AUDIT = "see_audit"
    USE_OWN_ACCOUNT = "use_own_account"


class ResourceKind(StrEnum):
    """What an action is done to: the organisation as a whole, or one job with all that belongs to it."""

    ORGANISATION = "organisation"
    JOB = "job"


@dataclass(frozen=True, slots=True)
class Resource:
    """One thing as it stands to the person asking. ``team_roles`` are that person's own seats on the job's team."""

    kind: ResourceKind
    is_confidential: bool = False
    team_roles: frozenset[str] = frozenset()


ORGANISATION = Resource(kind=ResourceKind.ORGANISATION)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: the account's id, its role in the organisation, and whether it is switched on."""

    id: int
    role: Role
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes or no, with a sentence that can be shown to the person who asked."""

    allowed: bool
    why: str


@dataclass(frozen=True, slots=True)
class JobScope:
    """Which jobs someone's lists hold: their team's jobs always, and all that are not confidential if ``all_open``."""

    all_open: bool


_EVERYONE = frozenset(Role)
_TEAM_WRITERS = frozenset({TeamRole.RECRUITER, TeamRole.COORDINATOR, TeamRole.HIRING_MANAGER})
_TEAM_DECIDERS = frozenset({TeamRole.RECRUITER, TeamRole.HIRING_MANAGER})
_ANY_SEAT = frozenset(TeamRole)

_RUNS_EVERY_OPEN_JOB = frozenset({Role.ADMIN, Role.RECRUITER})
_MAY_WRITE = frozenset({Role.ADMIN, Role.RECRUITER, Role.HIRING_MANAGER})

ORGANISATION_TABLE: Mapping[Action, frozenset[Role]] = {
    Action.OPEN_JOB: _MAY_WRITE,
    Action.SEE_ROLES: _EVERYONE,
    Action.EDIT_ROLES: _MAY_WRITE,
    Action.SEE_PEOPLE: frozenset({Role.ADMIN, Role.RECRUITER, Role.HIRING_MANAGER}),
    Action.MANAGE_PEOPLE: frozenset({Role.ADMIN}),
    Action.SEE_SETTINGS: frozenset({Role.ADMIN}),
    Action.SEE_AUDIT: frozenset({Role.ADMIN}),
    Action.USE_OWN_ACCOUNT: _EVERYONE,
}


@dataclass(frozen=True, slots=True)
class _JobRule:
    """Who may do something to a job: organisation roles that can at all, and the seats that can when on the team."""

    roles: frozenset[Role]
    seats: frozenset[TeamRole]


JOB_TABLE: Mapping[Action, _JobRule] = {
    Action.SEE_JOB: _JobRule(_EVERYONE, _ANY_SEAT),
    Action.SEE_APPLICANTS: _JobRule(_EVERYONE, _ANY_SEAT),
    Action.SEE_DECISIONS: _JobRule(_EVERYONE - {Role.INTERVIEWER}, _ANY_SEAT - {TeamRole.INTERVIEWER}),
    Action.EDIT_JOB: _JobRule(_MAY_WRITE, _TEAM_DECIDERS),
    Action.ADD_APPLICANTS: _JobRule(_MAY_WRITE, _TEAM_WRITERS),
    Action.EDIT_APPLICANT: _JobRule(_MAY_WRITE, _TEAM_WRITERS),
    Action.DECIDE: _JobRule(_MAY_WRITE, _TEAM_DECIDERS),
    Action.EXPORT_SHORTLIST: _JobRule(_MAY_WRITE, _TEAM_WRITERS),
}


def job_scope(*, actor: Actor) -> JobScope:
    """Return which jobs the actor's lists hold."""
    return JobScope(all_open=actor.is_active and actor.role in _RUNS_EVERY_OPEN_JOB)


def can_see(*, actor: Actor, resource: Resource) -> bool:
    """Return whether the actor may know that this exists at all. If not, its address answers 404."""
    if not actor.is_active:
        return False
    if resource.kind is ResourceKind.ORGANISATION or resource.team_roles:
        return True
    return job_scope(actor=actor).all_open and not resource.is_confidential


def may(*, actor: Actor, action: Action, resource: Resource) -> Answer:
    """Answer whether ``actor`` may do ``action`` to ``resource``, and why."""
    if not actor.is_active:
        return Answer(allowed=False, why="This account is switched off.")
    if resource.kind is ResourceKind.ORGANISATION:
        return _ask_organisation(actor=actor, action=action)
    return _ask_job(actor=actor, action=action, resource=resource)


def _ask_organisation(*, actor: Actor, action: Action) -> Answer:
    roles = ORGANISATION_TABLE.get(action, frozenset())
    if actor.role in roles:
        return Answer(allowed=True, why=f"{actor.role.label} accounts may do this.")
    names = ", ".join(role.label.lower() for role in Role if role in roles) or "nobody"
    return Answer(allowed=False, why=f"This is for: {names}. Ask an administrator if you need it.")


def _ask_job(*, actor: Actor, action: Action, resource: Resource) -> Answer:
    if not can_see(actor=actor, resource=resource):
        return Answer(allowed=False, why="Only the hiring team may see this job.")
    rule = JOB_TABLE.get(action)
    if rule is None or actor.role not in rule.roles:
        return Answer(allowed=False, why=f"{actor.role.label} accounts may not do this.")
    if actor.role in _RUNS_EVERY_OPEN_JOB and not resource.is_confidential:
        return Answer(allowed=True, why=f"{actor.role.label} accounts run every job that is not confidential.")
    seats = {TeamRole(seat) for seat in resource.team_roles}
    if seats & rule.seats:
        return Answer(allowed=True, why="A seat on this hiring team allows it.")
    needed = ", ".join(seat.label.lower() for seat in TeamRole if seat in rule.seats)
    return Answer(allowed=False, why=f"On this job it takes a seat as {needed}.")
