from dataclasses import replace

from assay.core.roles.difference import Change, ChangeKind, compare_roles
from assay.core.roles.role import CompetencyBar, MustHave, Role, Seniority

ROLE = Role(
    id="ml-engineer",
    version="1",
    title="ML engineer",
    problem="Arrival times are wrong.",
    seniority=Seniority.MID,
    competencies=(CompetencyBar("serving", "Serving", 3, 0.6), CompetencyBar("monitoring", "Monitoring", 2, 0.4)),
    must_haves=(MustHave("must-1", "Has served a model", claim_kinds=("served",)),),
    outcomes=("Ship one repair",),
)


def test_the_same_role_under_another_version_has_no_differences():
    assert compare_roles(before=ROLE, after=replace(ROLE, version="2")) == ()


def test_a_moved_bar_says_from_where_to_where():
    moved = (CompetencyBar("serving", "Serving", 3.5, 0.6), ROLE.competencies[1])
    changes = compare_roles(before=ROLE, after=replace(ROLE, competencies=moved))
    assert changes == (
        Change(ChangeKind.CHANGED, "Serving", "level 3, 60 % of the role", "level 3.5, 60 % of the role"),
    )


def test_what_came_and_what_went_are_told_apart():
    after = replace(
        ROLE,
        competencies=(ROLE.competencies[0], CompetencyBar("impact", "Impact", 2, 0.4)),
        must_haves=(MustHave("must-1", "Knows Kafka", skills=("kafka",)),),
        outcomes=(),
    )
    kinds = {change.subject: change.kind for change in compare_roles(before=ROLE, after=after)}
    assert kinds == {
        "Monitoring": ChangeKind.REMOVED,
        "Impact": ChangeKind.ADDED,
        "Must-have: Has served a model": ChangeKind.REMOVED,
        "Must-have: Knows Kafka": ChangeKind.ADDED,
        "Outcomes": ChangeKind.REMOVED,
    }


def test_comparing_backwards_swaps_what_came_and_what_went():
    after = replace(ROLE, seniority=Seniority.SENIOR, outcomes=())
    forward = compare_roles(before=ROLE, after=after)
    backward = compare_roles(before=after, after=ROLE)
    assert [(c.subject, c.before, c.after) for c in forward] == [(c.subject, c.after, c.before) for c in backward]
