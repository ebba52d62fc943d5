"""The cost files: every number has a source that is listed, and a mistake is named."""

import shutil
from pathlib import Path

import pytest

from assay.app.market.cost.catalogue import Ask, build_scenario
from assay.knowledge.loading import KnowledgeError
from assay.knowledge.market.cost import sheets
from assay.knowledge.market.cost.sheets import load_inputs, load_model, load_places

SHIPPED = Path(sheets.__file__).parent


def changed(folder: Path, name: str, old: str, new: str) -> Path:
    text = (SHIPPED / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1))
    return folder


@pytest.mark.parametrize("place", [place.id for place in load_places().places])
def test_every_place_makes_a_scenario_from_its_defaults(place: str) -> None:
    currency = next(one.currency for one in load_places().places if one.id == place)
    base = 90_000 * load_places().currencies[currency].per_usd
    asked = build_scenario(ask=Ask(base=(base,), opens=(2026, 12), place=place))
    assert (asked.law == ()) == any(one.id == "contributions" for one in asked.inputs)


def test_every_assumption_is_labelled_and_every_measured_number_names_its_data() -> None:
    sheet = load_inputs()
    for note in sheet.inputs:
        if "house" in note.sources and len(note.sources) == 1:
            assert note.grade == "assumption", note.id
        if note.grade == "measured":
            assert "house" not in note.sources, note.id


def test_every_source_is_used() -> None:
    sheet, places = load_inputs(), load_places()
    used = {name for note in sheet.inputs for name in note.sources}
    assert {source.id for source in sheet.sources} == used
    lines = [line for place in places.places for year in place.years.values() for line in year]
    shares = [place.share for place in places.places if place.share] + [places.benefits_elsewhere]
    used = {name for note in (*lines, *shares) for name in note.sources}
    used |= {note.source for note in places.currencies.values()}
    assert {source.id for source in places.sources} == used


def test_the_model_names_only_inputs_that_exist() -> None:
    known = {note.id for note in load_inputs().inputs}
    assert {name for pair in load_model().correlations for name in (pair.first, pair.second)} <= known


def test_a_file_of_your_own_is_used_instead_of_the_shipped_one(tmp_path: Path) -> None:
    folder = changed(tmp_path, "inputs.yaml", "{pert: [0.0, 0.10, 0.20]}", "{pert: [0.0, 0.30, 0.40]}")
    asked = build_scenario(ask=Ask(base=(100_000,), opens=(2026, 12)), folder=folder)
    assert asked.find("bonus").points == (0.0, 0.30, 0.40)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("inputs.yaml", "sources: [ecec-2025]", "sources: [hearsay]", "hearsay, which is not listed"),
        ("inputs.yaml", "id: benefits", "id: bonus", "'bonus' stands there twice"),
        ("inputs.yaml", "{pert: [0.0, 0.10, 0.20]}", "{pert: [0.0, 0.1, 0.2], fixed: 1.0}", "give one of fixed"),
        ("inputs.yaml", "group: pay", "group: fun", "which is no group"),
        ("places.yaml", "label: Portugal, currency: EUR", "label: Portugal, currency: PTE", "PTE, which has no rate"),
    ],
)
def test_a_mistake_in_a_file_is_named(tmp_path: Path, name: str, old: str, new: str, message: str) -> None:
    folder = changed(tmp_path, name, old, new)
    with pytest.raises(KnowledgeError, match=message):
        (load_inputs if name == "inputs.yaml" else load_places)(folder)


def test_the_shipped_files_are_found_where_a_folder_has_none(tmp_path: Path) -> None:
    shutil.copy(SHIPPED / "model.yaml", tmp_path)
    assert load_model(tmp_path) == load_model()
    assert load_inputs(tmp_path) == load_inputs()
