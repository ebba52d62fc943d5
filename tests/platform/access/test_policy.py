"""The policy table: what it allows, why it says so, and that lists and single objects agree."""

from hypothesis import given
from hypothesis import strategies as st

from assay.platform.access.policy import (
    JOB_TABLE,
    ORGANISATION,
    ORGANISATION_TABLE,
    REQUISITION_TABLE,
    Action,
    Actor,
    Resource,
    ResourceKind,
    can_see,
    job_scope,
    may,
)
from assay.platform.access.roles import ROLE_MEANING, RequisitionSeat, Role, TeamRole

actors = st.builds(Actor, id=st.integers(1, 9), role=st.sampled_from(Role), is_active=st.booleans())
jobs = st.builds(
    Resource,
    kind=st.just(ResourceKind.JOB),
    is_confidential=st.booleans(),
    team_roles=st.frozensets(st.sampled_from([seat.value for seat in TeamRole])),
)
requisitions = st.builds(
    Resource,
    kind=st.just(ResourceKind.REQUISITION),
    is_confidential=st.booleans(),
    team_roles=st.frozensets(st.sampled_from([seat.value for seat in RequisitionSeat])),
)
resources = st.one_of(jobs, requisitions, st.just(ORGANISATION))
READS = {Action.SEE_JOB, Action.SEE_APPLICANTS, Action.SEE_DECISIONS}


def on_job(role: Role, action: Action, *seats: TeamRole, is_confidential: bool = False, is_active: bool = True) -> bool:
    job = Resource(kind=ResourceKind.JOB, is_confidential=is_confidential, team_roles=frozenset(s.value for s in seats))
    return may(actor=Actor(1, role, is_active), action=action, resource=job).allowed


def test_every_action_stands_in_exactly_one_table_and_every_role_is_explained() -> None:
    tables = [*ORGANISATION_TABLE, *JOB_TABLE, *REQUISITION_TABLE]
    assert sorted(tables) == sorted(Action)
    assert set(ROLE_MEANING) == set(Role)


@given(actors, st.sampled_from(Action), resources)
def test_every_answer_has_a_sentence(actor: Actor, action: Action, resource: Resource) -> None:
    answer = may(actor=actor, action=action, resource=resource)
    assert answer.why.endswith(".")
    assert len(answer.why) > 10


@given(actors, st.sampled_from(Action), jobs)
def test_nobody_may_do_anything_to_what_they_cannot_see(actor: Actor, action: Action, job: Resource) -> None:
    if may(actor=actor, action=action, resource=job).allowed:
        assert can_see(actor=actor, resource=job)


@given(actors, jobs)
def test_lists_hold_exactly_the_jobs_that_may_be_seen(actor: Actor, job: Resource) -> None:
    on_team = bool(job.team_roles) and actor.is_active
    listed = on_team or (job_scope(actor=actor).all_open and not job.is_confidential)
    assert listed == can_see(actor=actor, resource=job)
    assert listed == may(actor=actor, action=Action.SEE_JOB, resource=job).allowed


@given(actors, st.sampled_from(Action), resources)
def test_an_account_that_is_switched_off_may_do_nothing(actor: Actor, action: Action, resource: Resource) -> None:
    off = Actor(actor.id, actor.role, is_active=False)
    assert not may(actor=off, action=action, resource=resource).allowed
    assert not can_see(actor=off, resource=resource)


@given(st.sampled_from(Role), st.sampled_from(Action))
def test_a_confidential_job_does_not_exist_for_those_off_its_team(role: Role, action: Action) -> None:
    assert not on_job(role, action, is_confidential=True)


@given(st.frozensets(st.sampled_from(TeamRole)), st.sampled_from(Action))
def test_a_viewer_changes_nothing_whatever_their_seats(seats: frozenset[TeamRole], action: Action) -> None:
    if on_job(Role.VIEWER, action, *seats):
        assert action in READS


def test_recruiters_run_every_open_job_and_others_only_their_own() -> None:
    assert on_job(Role.RECRUITER, Action.DECIDE)
    for role in (Role.HIRING_MANAGER, Role.INTERVIEWER, Role.APPROVER, Role.VIEWER):
        assert not on_job(role, Action.SEE_JOB)
        assert on_job(role, Action.SEE_JOB, TeamRole.INTERVIEWER)


def test_a_hiring_manager_decides_on_their_own_jobs() -> None:
    assert on_job(Role.HIRING_MANAGER, Action.DECIDE, TeamRole.HIRING_MANAGER)
    assert on_job(Role.HIRING_MANAGER, Action.DECIDE, TeamRole.HIRING_MANAGER, is_confidential=True)
    assert not on_job(Role.HIRING_MANAGER, Action.DECIDE, TeamRole.INTERVIEWER)


def test_an_interviewer_sees_applicants_but_neither_decides_nor_reads_decisions() -> None:
    assert on_job(Role.INTERVIEWER, Action.SEE_APPLICANTS, TeamRole.INTERVIEWER)
    for action in (Action.DECIDE, Action.SEE_DECISIONS, Action.ADD_APPLICANTS, Action.EXPORT_SHORTLIST):
        for seat in TeamRole:
            assert not on_job(Role.INTERVIEWER, action, seat)


def test_only_administrators_manage_people_settings_and_audit() -> None:
    for action in (Action.MANAGE_PEOPLE, Action.SEE_SETTINGS, Action.SEE_AUDIT):
        allowed = {role for role in Role if may(actor=Actor(1, role), action=action, resource=ORGANISATION).allowed}
        assert allowed == {Role.ADMIN}


@given(st.sampled_from(Role), st.sampled_from(Action), jobs)
def test_one_more_seat_never_takes_anything_away(role: Role, action: Action, job: Resource) -> None:
    actor = Actor(1, role)
    if may(actor=actor, action=action, resource=job).allowed:
        for seat in TeamRole:
            more = Resource(job.kind, job.is_confidential, job.team_roles | {seat.value})
            assert may(actor=actor, action=action, resource=more).allowed
