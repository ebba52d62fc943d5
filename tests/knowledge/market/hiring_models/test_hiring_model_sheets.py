import re
import shutil
from pathlib import Path

import pytest

from assay.app.market.hiring_models.catalogue import load_desk
from assay.core.market.draws import point_of
from assay.core.market.hiring_models.vetoes import Status, judge_model
from assay.knowledge.loading import KnowledgeError
from assay.knowledge.market.hiring_models import sheets
from assay.knowledge.market.hiring_models.sheets import load_hiring_models

KNOWN = load_hiring_models()
SHIPPED = Path(sheets.__file__).parent
MODELS = ["full_time", "freelance", "agency", "managed", "eor", "hybrid"]


def changed(folder: Path, name: str, old: str, new: str) -> Path:
    text = (SHIPPED / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1))
    return folder


def test_six_models_and_fifteen_statements_ship_and_make_a_desk():
    desk = load_desk()
    assert [model.id for model in desk.models] == MODELS
    assert len(desk.criteria) == 15
    assert all(name in desk.version for name in ("models", "criteria", "vetoes", "signals"))


def test_every_number_carries_a_grade_and_a_source_and_every_statement_its_facts():
    for model in KNOWN.models.models:
        assert model.fact_ids and len(model.risks) == len(KNOWN.models.risk_kinds)
        assert all(one.source.strip() and one.label.strip() for one in model.inputs.values())
    for note in (*KNOWN.criteria.criteria, *KNOWN.signals.signals):
        assert note.fact_ids and all(re.fullmatch(r"F\d{3}", fact) for fact in note.fact_ids)
    assert all(veto.law and veto.lifts and veto.reference for veto in KNOWN.vetoes.vetoes)


def test_what_a_seller_says_is_graded_as_a_claim():
    managed = next(one for one in KNOWN.models.models if one.id == "managed")
    assert managed.inputs["price_week"].grade == "vendor claim"
    assert {one.grade for one in managed.stated_times} == {"vendor claim"}


def test_both_stated_freelance_rates_stand_beside_each_other():
    freelance = next(one for one in KNOWN.models.models if one.id == "freelance")
    stated = {(one.low, one.high) for one in freelance.stated_prices}
    assert {(80, 250), (60, 150)} <= stated


def test_times_that_others_state_name_both_ends_of_their_clock():
    times = [one for model in KNOWN.models.models for one in model.stated_times]
    assert len({(one.starts, one.ends) for one in times}) > 1
    assert all(one.starts and one.ends for one in times)


def test_inputs_lie_within_what_a_person_may_change_them_to():
    from assay.core.market.hiring_models.question import input_limits

    for model in load_desk().models:
        for name, one in model.inputs.items():
            least, largest = input_limits(name)
            low, high = (point_of(distribution=one.distribution, share=share) for share in (0.001, 0.999))
            assert least <= low <= high <= largest, f"{model.id}.{name}"


def test_nothing_answered_clears_no_model():
    desk = load_desk()
    standings = [judge_model(model=one.id, vetoes=desk.vetoes, facts={}) for one in desk.models]
    assert {one.status for one in standings} == {Status.NEEDS_ANSWER}


@pytest.mark.parametrize(
    ("facts", "vetoed"),
    [
        ({"sanctioned": "yes"}, set(MODELS)),
        ({"readiness": "prepare_first", "lead_here": "no"}, {"full_time", "eor", "hybrid"}),
        ({"readiness": "prepare_first", "lead_here": "yes"}, {"full_time", "eor"}),
        ({"place": "us_abc", "usual_business": "yes"}, {"freelance"}),
        ({"directed": "yes", "only_client": "yes"}, {"freelance"}),
        ({"rights_assigned": "no"}, {"freelance", "agency", "managed", "eor", "hybrid"}),
        ({"abroad": "yes", "own_entity": "no"}, {"full_time"}),
        ({"abroad": "no"}, {"eor"}),
        ({"outsiders_see_data": "no", "masked_data": "no"}, {"freelance", "agency", "managed", "hybrid"}),
        ({"data_abroad": "no", "masked_data": "no"}, {"managed", "eor"}),
        ({"data_abroad": "no", "masked_data": "yes"}, set()),
        ({"export_controlled": "yes"}, {"managed", "eor"}),
        ({"place": "mexico", "usual_business": "yes"}, {"freelance", "agency", "managed"}),
        ({"place": "brazil", "licence_seen": "no"}, {"eor"}),
        ({"place": "germany", "directed": "yes", "licence_seen": "no"}, {"agency", "managed", "eor"}),
    ],
)
def test_each_fact_rules_out_what_it_should(facts, vetoed):
    desk = load_desk()
    standings = (judge_model(model=one.id, vetoes=desk.vetoes, facts=facts) for one in desk.models)
    assert {one.model for one in standings if one.status is Status.VETOED} == vetoed


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("criteria.yaml", "hybrid: 1}", "hybrid: 3}", "one fit from -2 to 2"),
        ("criteria.yaml", "first: long_horizon", "first: nowhere", "nowhere is not known"),
        ("vetoes.yaml", "models: [freelance]", "models: [robot]", "robot is not known"),
        ("vetoes.yaml", "[usual_business, is,", "[usual_busines, is,", "usual_busines is not known"),
        ("vetoes.yaml", "[place, is, us_abc]", "[place, is, moon]", "moon is not known"),
        ("models.yaml", "contract: employee", "contract: handshake", "handshake is not known"),
        ("models.yaml", "values: [8, 12, 16]", "values: [16, 12, 8]", "must not be higher"),
        ("models.yaml", "values: [8, 12, 16]", "values: [8, 12]", "takes 3 values"),
        ("models.yaml", "      loaded:", "      unloaded:", "lacks the inputs loaded"),
        ("signals.yaml", "threshold: 2", "threshold: soon", "threshold"),
    ],
)
def test_a_mistake_in_a_file_of_your_own_is_named(tmp_path, name, old, new, says):
    folder = changed(tmp_path, name, old, new)
    with pytest.raises(KnowledgeError, match=re.escape(says)) as caught:
        load_desk(folder)
    assert name in str(caught.value)


def test_a_file_of_your_own_is_used_instead_of_the_shipped_one(tmp_path):
    shutil.copy(SHIPPED / "criteria.yaml", tmp_path / "criteria.yaml")
    changed(tmp_path, "criteria.yaml", 'version: "2026.11.1"', 'version: "ours"')
    assert "criteria ours" in load_desk(tmp_path).version
