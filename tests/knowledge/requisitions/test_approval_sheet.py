"""The shipped plans of approval, and an organisation's own."""

from pathlib import Path

import pytest

from assay.core.requisitions.plan import Step, make_plan
from assay.knowledge.loading import KnowledgeError
from assay.knowledge.requisitions import sheets
from assay.knowledge.requisitions.sheets import load_approval

SHIPPED = Path(sheets.__file__).with_name("approval.yaml")


def test_every_shipped_plan_can_be_followed_once_people_are_named() -> None:
    for plan in load_approval().plans:
        steps = [Step(step.key, step.title, (number,), step.needed) for number, step in enumerate(plan.steps, 1)]
        assert len(make_plan(steps=steps).steps) == len(plan.steps)


def test_every_number_and_plan_says_where_it_comes_from() -> None:
    sheet = load_approval()
    assert sheet.sources and sheet.loaded_factor.source.reference == "F122"
    assert all(note.why for note in sheet.guarded)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("low: 1.3", "low: 1.45", "loaded_factor must rise"),
        ("id: with-people", "id: standard", "every plan needs an id of its own"),
        ("{key: role, label", "{key: band, label", "every guarded fact needs a key"),
        ("needed: 1}", "needed: 0}", "needs nobody"),
        ("version:", "versoin:", "versoin"),
    ],
)
def test_an_own_sheet_with_a_mistake_names_it(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "approval.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=said):
        load_approval(tmp_path)


def test_an_own_sheet_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    text = SHIPPED.read_text(encoding="utf-8").replace('version: "1"', 'version: "ours"')
    (tmp_path / "approval.yaml").write_text(text, encoding="utf-8")
    assert load_approval(tmp_path).version == "ours"
