"""The one policy table: may this person do this to that, and why. Pure; lists and single objects ask the same table."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from assay.platform.access.roles import RequisitionSeat, Role, TeamRole


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
    SEE_MESSAGES = "see_messages"
    SEND_MESSAGES = "send_messages"
    PLAN_INTERVIEWS = "plan_interviews"
    SCHEDULE_INTERVIEWS = "schedule_interviews"
    WRITE_SCORECARD = "write_scorecard"
    ANSWER_CANDIDATES = "answer_candidates"
    EXPLAIN_BREACH = "explain_breach"
    SEE_ROLES = "see_roles"
    EDIT_ROLES = "edit_roles"
    SEE_PLANS = "see_plans"
    EDIT_PLANS = "edit_plans"
    ANSWER_READINESS = "answer_readiness"
    SEE_OWN_PAY = "see_own_pay"
    EDIT_OWN_PAY = "edit_own_pay"
    SEE_REQUISITION = "see_requisition"
    EDIT_REQUISITION = "edit_requisition"
    APPROVE_REQUISITION = "approve_requisition"
    USE_INBOX = "use_inbox"
    SEE_QUESTIONS = "see_questions"
    MERGE_PEOPLE = "merge_people"
    SEE_CLOCKS = "see_clocks"
    EDIT_CLOCKS = "edit_clocks"
    SEE_TEMPLATES = "see_templates"
    EDIT_TEMPLATES = "edit_templates"
    SEE_MAIL = "see_mail"
    EDIT_MAIL = "edit_mail"
    SEE_PEOPLE = "see_people"
    MANAGE_PEOPLE = "manage_people"
    SEE_SETTINGS = "see_settings"
    SEE_AUDIT = "see_audit"
    USE_OWN_ACCOUNT = "use_own_account"


class ResourceKind(StrEnum):
    """What an action is done to: the organisation as a whole, or one job or requisition with all that belongs to it."""

    ORGANISATION = "organisation"
    JOB = "job"
    REQUISITION = "requisition"


@dataclass(frozen=True, slots=True)
class Resource:
    """One thing as it stands to the person asking. ``team_roles`` are that person's own seats at it."""

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
class Scope:
    """Which jobs or requisitions someone's lists hold: those with a seat of theirs always, and all that are not
    confidential if ``all_open``."""

    all_open: bool


_EVERYONE = frozenset(Role)
_TEAM_WRITERS = frozenset({TeamRole.RECRUITER, TeamRole.COORDINATOR, TeamRole.HIRING_MANAGER})
_TEAM_DECIDERS = frozenset({TeamRole.RECRUITER, TeamRole.HIRING_MANAGER})
_ANY_SEAT = frozenset(TeamRole)
_REQUISITION_WRITERS = frozenset({RequisitionSeat.OWNER, RequisitionSeat.COLLABORATOR})
_APPROVERS = frozenset({RequisitionSeat.APPROVER})

_RUNS_EVERY_OPEN_JOB = frozenset({Role.ADMIN, Role.RECRUITER})
_MAY_WRITE = frozenset({Role.ADMIN, Role.RECRUITER, Role.HIRING_MANAGER})

ORGANISATION_TABLE: Mapping[Action, frozenset[Role]] = {
    Action.OPEN_JOB: _MAY_WRITE,
    Action.SEE_ROLES: _EVERYONE,
    Action.EDIT_ROLES: _MAY_WRITE,
    Action.SEE_PLANS: _EVERYONE - {Role.INTERVIEWER},
    Action.EDIT_PLANS: _MAY_WRITE,
    Action.ANSWER_READINESS: _EVERYONE,
    Action.SEE_OWN_PAY: _MAY_WRITE | {Role.APPROVER},
    Action.EDIT_OWN_PAY: frozenset({Role.ADMIN, Role.RECRUITER}),
    Action.USE_INBOX: _EVERYONE,
    Action.SEE_QUESTIONS: _EVERYONE,
    Action.MERGE_PEOPLE: _RUNS_EVERY_OPEN_JOB,
    Action.SEE_CLOCKS: _MAY_WRITE,
    Action.EDIT_CLOCKS: frozenset({Role.ADMIN}),
    Action.SEE_TEMPLATES: _MAY_WRITE,
    Action.EDIT_TEMPLATES: _RUNS_EVERY_OPEN_JOB,
    Action.SEE_MAIL: _RUNS_EVERY_OPEN_JOB,
    Action.EDIT_MAIL: _RUNS_EVERY_OPEN_JOB,
    Action.SEE_PEOPLE: frozenset({Role.ADMIN, Role.RECRUITER, Role.HIRING_MANAGER}),
    Action.MANAGE_PEOPLE: frozenset({Role.ADMIN}),
    Action.SEE_SETTINGS: frozenset({Role.ADMIN}),
    Action.SEE_AUDIT: frozenset({Role.ADMIN}),
    Action.USE_OWN_ACCOUNT: _EVERYONE,
}


@dataclass(frozen=True, slots=True)
class SeatRule:
    """Who may do something to a thing with seats: the organisation roles that can at all, and the seats that let them.

    With ``takes_a_seat``, running every open one is not enough: only a seat lets anybody do it.
    """

    roles: frozenset[Role]
    seats: frozenset[TeamRole] | frozenset[RequisitionSeat]
    takes_a_seat: bool = False


JOB_TABLE: Mapping[Action, SeatRule] = {
    Action.SEE_JOB: SeatRule(_EVERYONE, _ANY_SEAT),
    Action.SEE_APPLICANTS: SeatRule(_EVERYONE, _ANY_SEAT),
    Action.SEE_DECISIONS: SeatRule(_EVERYONE - {Role.INTERVIEWER}, _ANY_SEAT - {TeamRole.INTERVIEWER}),
    Action.EDIT_JOB: SeatRule(_MAY_WRITE, _TEAM_DECIDERS),
    Action.ADD_APPLICANTS: SeatRule(_MAY_WRITE, _TEAM_WRITERS),
    Action.EDIT_APPLICANT: SeatRule(_MAY_WRITE, _TEAM_WRITERS),
    Action.DECIDE: SeatRule(_MAY_WRITE, _TEAM_DECIDERS),
    Action.EXPORT_SHORTLIST: SeatRule(_MAY_WRITE, _TEAM_WRITERS),
    Action.SEE_MESSAGES: SeatRule(_EVERYONE - {Role.INTERVIEWER, Role.VIEWER}, _ANY_SEAT - {TeamRole.INTERVIEWER}),
    Action.SEND_MESSAGES: SeatRule(_MAY_WRITE, _TEAM_WRITERS),
    Action.PLAN_INTERVIEWS: SeatRule(_MAY_WRITE, _TEAM_DECIDERS),
    Action.SCHEDULE_INTERVIEWS: SeatRule(_MAY_WRITE, _TEAM_WRITERS),
    Action.WRITE_SCORECARD: SeatRule(_EVERYONE - {Role.VIEWER}, _ANY_SEAT),
    Action.ANSWER_CANDIDATES: SeatRule(_MAY_WRITE, _TEAM_WRITERS),
    Action.EXPLAIN_BREACH: SeatRule(_MAY_WRITE, _TEAM_WRITERS),
}


REQUISITION_TABLE: Mapping[Action, SeatRule] = {
    Action.SEE_REQUISITION: SeatRule(_EVERYONE, frozenset(RequisitionSeat)),
    Action.EDIT_REQUISITION: SeatRule(_MAY_WRITE, _REQUISITION_WRITERS),
    Action.APPROVE_REQUISITION: SeatRule(_EVERYONE, _APPROVERS, takes_a_seat=True),
}
_TABLES = {ResourceKind.JOB: JOB_TABLE, ResourceKind.REQUISITION: REQUISITION_TABLE}
_SEATS_ON = {ResourceKind.JOB: "hiring team", ResourceKind.REQUISITION: "requisition"}
_PEOPLE_OF = {ResourceKind.JOB: "hiring team", ResourceKind.REQUISITION: "people of this requisition"}


def job_scope(*, actor: Actor) -> Scope:
    """Return which jobs the actor's lists hold."""
    return Scope(all_open=actor.is_active and actor.role in _RUNS_EVERY_OPEN_JOB)


def requisition_scope(*, actor: Actor) -> Scope:
    """Return which requisitions the actor's lists hold."""
    return Scope(all_open=actor.is_active and actor.role in _RUNS_EVERY_OPEN_JOB)


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
    return _ask_seated(actor=actor, action=action, resource=resource)


def _ask_organisation(*, actor: Actor, action: Action) -> Answer:
    roles = ORGANISATION_TABLE.get(action, frozenset())
    if actor.role in roles:
        return Answer(allowed=True, why=f"{actor.role.label} accounts may do this.")
    names = ", ".join(role.label.lower() for role in Role if role in roles) or "nobody"
    return Answer(allowed=False, why=f"This is for: {names}. Ask an administrator if you need it.")


def _ask_seated(*, actor: Actor, action: Action, resource: Resource) -> Answer:
    if not can_see(actor=actor, resource=resource):
        return Answer(allowed=False, why=f"Only the {_PEOPLE_OF[resource.kind]} may see this {resource.kind}.")
    rule = _TABLES[resource.kind].get(action)
    if rule is None or actor.role not in rule.roles:
        return Answer(allowed=False, why=f"{actor.role.label} accounts may not do this.")
    if actor.role in _RUNS_EVERY_OPEN_JOB and not resource.is_confidential and not rule.takes_a_seat:
        why = f"{actor.role.label} accounts run every {resource.kind} that is not confidential."
        return Answer(allowed=True, why=why)
    if resource.team_roles & {seat.value for seat in rule.seats}:
        return Answer(allowed=True, why=f"A seat on this {_SEATS_ON[resource.kind]} allows it.")
    needed = ", ".join(sorted(seat.label.lower() for seat in rule.seats))
    return Answer(allowed=False, why=f"On this {resource.kind} it takes a seat as {needed}.")
