"""The shipped roles hold together, and a role of one's own says what is wrong with it."""

from pathlib import Path
from typing import Any

import pytest

from assay.app.roles.catalogue import get_role, list_roles, role_from_file
from assay.knowledge.loading import KnowledgeError
from assay.knowledge.roles.sheets import UnknownRole, role_sheet_from

IDS = {
    "ml-engineer",
    "mlops-engineer",
    "ai-engineer",
    "applied-scientist",
    "computer-vision-engineer",
    "recommender-engineer",
    "forecasting-engineer",
}


def minimal(**changes: Any) -> dict[str, Any]:
    role: dict[str, Any] = {
        "id": "own",
        "version": "1",
        "title": "Own role",
        "problem": "A model must run.",
        "seniority": "mid",
        "competencies": [
            {"id": "deployment", "level": 3, "weight": 0.6},
            {"id": "monitoring", "level": 2, "weight": 0.4},
        ],
    }
    return {**role, **changes}


def test_the_promised_roles_ship() -> None:
    assert {role.id for role in list_roles()} == IDS


def test_weights_sum_to_one_and_musts_stay_few() -> None:
    for role in list_roles():
        assert sum(bar.weight for bar in role.competencies) == pytest.approx(1)
        assert 1 <= len(role.must_haves) <= 5
        assert len(role.outcomes) == 3


def test_an_unknown_role_lists_those_that_there_are() -> None:
    with pytest.raises(UnknownRole, match=r"no role 'wizard'.*ml-engineer.*recommender-engineer"):
        get_role("wizard")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"seniority": "wizard"}, "field seniority: Invalid enum value 'wizard'"),
        (
            {"competencies": [{"id": "magic", "level": 3, "weight": 1}]},
            "field competencies[0].id: no competency 'magic'",
        ),
        ({"competencies": [{"id": "serving", "level": 9, "weight": 1}]}, "field competencies[0].level: 9"),
        ({"competencies": [{"id": "serving", "level": 3, "weight": 0.5}]}, "the weights sum to 0.5, not 1"),
        ({"must_haves": [{"id": str(n), "label": "x"} for n in range(6)]}, "at most 5 can be musts"),
        ({"bonus": 3}, "unknown field `bonus`"),
    ],
)
def test_a_mistake_in_a_role_names_the_field(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        role_sheet_from(content=minimal(**changes), name="own.yaml")
    assert str(caught.value).startswith("own.yaml: ")
    assert message in str(caught.value)


def test_broken_yaml_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("id: own\ntitle: [unclosed\nversion: 1\n")
    with pytest.raises(KnowledgeError, match=r"own\.yaml: line 3"):
        role_from_file(path)
