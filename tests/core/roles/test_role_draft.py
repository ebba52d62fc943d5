from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.roles.draft import (
    DraftBar,
    DraftMustHave,
    RoleDraft,
    RoleError,
    Vocabulary,
    compile_role,
    draft_of,
)
from assay.core.roles.role import Seniority

VOCABULARY = Vocabulary(
    competencies={"serving": "Serving", "monitoring": "Monitoring", "modelling": "Modelling"},
    claim_kinds={"served": "Served a model"},
    skills={"kafka": "Kafka"},
)
DRAFT = RoleDraft(
    title="  ML   engineer ",
    problem="Arrival times are wrong.",
    seniority=Seniority.SENIOR,
    competencies=(DraftBar("serving", 3, 30), DraftBar("monitoring", 2, 10)),
    must_haves=(DraftMustHave("Has served a model", claim_kinds=("served",)),),
    outcomes=("Ship one repair", "  "),
)


def compiled(draft: RoleDraft):
    return compile_role(draft=draft, key="ml-engineer", version=2, vocabulary=VOCABULARY)


@given(st.lists(st.floats(0.001, 1000), min_size=1, max_size=3))
def test_weights_of_any_size_become_shares_of_one_in_the_same_proportion(weights):
    names = list(VOCABULARY.competencies)
    bars = tuple(DraftBar(name, 2, weight) for name, weight in zip(names, weights, strict=False))
    role = compiled(replace(DRAFT, competencies=bars))
    assert sum(bar.weight for bar in role.competencies) == pytest.approx(1)
    for bar, weight in zip(role.competencies, weights, strict=True):
        assert bar.weight / role.competencies[0].weight == pytest.approx(weight / weights[0])


def test_a_role_carries_its_key_and_version_and_tidy_words():
    role = compiled(DRAFT)
    assert (role.id, role.version, role.title) == ("ml-engineer", "2", "ML engineer")
    assert role.outcomes == ("Ship one repair",)
    assert role.must_haves[0].id == "must-1"


def test_a_role_made_into_a_draft_compiles_to_the_same_role():
    role = compiled(DRAFT)
    assert compiled(draft_of(role=role)) == role


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": "   "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"problem": " "}, "problem"),
        ({"competencies": ()}, "competencies"),
        ({"competencies": (DraftBar("juggling", 2, 1),)}, "competencies"),
        ({"competencies": (DraftBar("serving", 2, 1), DraftBar("serving", 3, 1))}, "competencies"),
        ({"competencies": (DraftBar("serving", 0, 1),)}, "level_serving"),
        ({"competencies": (DraftBar("serving", 4.5, 1),)}, "level_serving"),
        ({"competencies": (DraftBar("serving", 2, 0),)}, "weight_serving"),
        ({"competencies": (DraftBar("serving", 2, float("nan")),)}, "weight_serving"),
        ({"must_haves": (DraftMustHave("x", ("served",)),) * 6}, "must_haves"),
        ({"must_haves": (DraftMustHave("", ("served",)),)}, "must_label_1"),
        ({"must_haves": (DraftMustHave("Something"),)}, "must_kinds_1"),
        ({"must_haves": (DraftMustHave("Something", ("flown",)),)}, "must_kinds_1"),
        ({"must_haves": (DraftMustHave("Something", (), ("cobol",)),)}, "must_skills_1"),
        ({"outcomes": ("x" * 301,)}, "outcomes"),
    ],
)
def test_a_draft_that_cannot_be_a_role_names_the_field_to_change(change, field):
    with pytest.raises(RoleError) as caught:
        compiled(replace(DRAFT, **change))
    assert caught.value.field == field
    assert str(caught.value).endswith(".")
