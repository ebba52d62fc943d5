"""The shipped rules are in their own shape, and mistakes in one's own say where they are."""

from pathlib import Path

import pytest

from assay.app.screening.rules import claim_labels, load_rules, skill_id
from assay.knowledge.evidence.sheets import load_competencies
from assay.knowledge.loading import KnowledgeError
from assay.knowledge.roles.sheets import list_role_ids, load_role_sheet
from assay.knowledge.screening.sheets import load_screening

SHIPPED = Path(load_screening.__wrapped__.__code__.co_filename).parent


def test_every_competency_has_five_different_anchors() -> None:
    for note in load_competencies().competencies:
        assert len(set(note.anchors)) == 5, note.id


def test_every_competency_of_a_role_can_be_shown_by_some_claim() -> None:
    informed = {name for kind in load_rules().kinds for name, _ in kind.competencies}
    for role_id in list_role_ids():
        assert {bar.id for bar in load_role_sheet(role_id).competencies} <= informed


def test_must_haves_and_skills_of_roles_exist() -> None:
    rules = load_rules()
    for role_id in list_role_ids():
        sheet = load_role_sheet(role_id)
        for must in sheet.must_haves:
            assert set(must.claim_kinds) <= set(rules.kind_by_id), (role_id, must.id)
            assert set(must.skills) <= set(rules.skills.by_id), (role_id, must.id)
        assert set(sheet.skills) <= set(rules.skills.by_id), role_id


def test_skills_have_ids_of_their_own() -> None:
    labels = [skill.label for skill in load_rules().skills.skills]
    assert len({skill_id(label) for label in labels}) == len(labels) >= 400


def test_every_kind_has_a_label() -> None:
    assert set(claim_labels()) == set(load_rules().kind_by_id)


def test_the_version_names_the_bytes_of_the_rules(tmp_path: Path) -> None:
    own = tmp_path / "scoring.yaml"
    own.write_text((SHIPPED / "scoring.yaml").read_text().replace("saturation: 1.15", "saturation: 1.25"))
    assert load_rules(tmp_path).version != load_rules().version
    assert load_rules(tmp_path).scoring.saturation == 1.25


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("scoring.yaml", "saturation: 1.15", "saturation: much", "scoring.yaml: field saturation: Expected `float`"),
        (
            "scoring.yaml",
            "saturation: 1.15",
            "saturated: 1.15",
            "scoring.yaml: Object contains unknown field `saturated`",
        ),
        ("scoring.yaml", "saturation: 1.15", "saturation: [1", "scoring.yaml: line "),
        ("claims.yaml", "{serving: 0.4}", "{surfing: 0.4}", "claims.yaml: field kinds["),
        ("claims.yaml", "do_any + load + scale", "do_any + lode + scale", "'lode' is not known"),
        ("layout.yaml", "title_words: '(?i)", "title_words: '((?i)", "layout.yaml: title_words: the pattern is not"),
    ],
)
def test_a_mistake_in_a_rule_file_says_where_and_what(
    tmp_path: Path, name: str, old: str, new: str, message: str
) -> None:
    text = (SHIPPED / name).read_text()
    assert old in text
    (tmp_path / name).write_text(text.replace(old, new))
    with pytest.raises(KnowledgeError) as caught:
        load_rules(tmp_path)
    assert message in str(caught.value)
