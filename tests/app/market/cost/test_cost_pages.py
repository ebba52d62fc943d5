"""The cost desk in a browser: it answers at once, keeps what was typed, and keeps what is saved."""

import re
from dataclasses import replace

import pytest
from tests.access_matrix import Member, find_surprises, list_routes
from tests.app.requisitions.cast import DRAFT

from assay.app.market.cost import urls
from assay.app.market.cost.queries import latest_for_requisition
from assay.app.market.models import CostScenario
from assay.app.requisitions.actions.drafts import create_requisition
from assay.platform.access.roles import Role
from assay.platform.accounts.models import User
from assay.platform.audit.models import Event

PAGE = "/market/cost/"
LIVE = "/market/cost/answer"
OWN = {"base_1": "200000", "family": ""}


def figure(content: str) -> str:
    """The loaded year in the head of an answer."""
    found = re.search(r"A year, fully loaded</dt><dd>([^<]+)<", content)
    assert found is not None
    return found[1].replace("\xa0", " ").strip()


def save(browser, **fields) -> CostScenario:
    answer = browser.post("/market/cost/save", {"state": "family=&base_1=200000", **fields})
    assert answer.status_code == 302, answer.content[:300]
    return CostScenario.objects.latest("id")


def test_every_address_lets_in_whom_the_policy_lets_in(manager, browse):
    saved = save(browse(manager))
    others = [User.objects.create_user(f"{role}@x.example", "a long password", role=role) for role in Role]
    cast = [Member(user.role, user) for user in others] + [Member("stranger")]
    routes = list(list_routes(urls.urlpatterns))
    assert len(routes) == 5
    assert find_surprises(cast=cast, arguments={"scenario_id": saved.pk}, routes=routes) == []


def test_the_desk_answers_before_anything_is_typed_from_posted_pay(viewer, browse):
    content = browse(viewer).get(PAGE).content.decode()
    assert figure(content) == "USD 290,000"
    assert "Posted pay is used" in content
    assert "Save scenario" not in content


def test_changing_an_input_moves_the_answer_and_the_address(viewer, browse):
    fields = {**OWN, "was_place": "US", "was_currency": "", "in_bonus_1": "0", "in_bonus_2": "30", "in_bonus_3": "60"}
    answer = browse(viewer).post(LIVE, fields)
    content = answer.content.decode()
    assert figure(content) == "USD 330,000"
    assert answer["HX-Replace-Url"] == f"{PAGE}?family=&base_1=200000&in_bonus_2=30&in_bonus_3=60"
    assert "HX-Reswap" not in answer
    assert re.search(r'id="said-bonus" hx-swap-oob="true">most likely 30%, from 0% to 60%\s+<span[^>]*>yours', content)


def test_what_is_wrong_is_said_beside_its_field_and_the_last_answer_stays(viewer, browse):
    fields = {**OWN, "was_place": "US", "in_bonus_1": "50", "months": "600", "in_cover_2": "900"}
    answer = browse(viewer).post(LIVE, fields)
    content = answer.content.decode()
    assert answer["HX-Reswap"] == "none"
    assert "fully loaded" not in content
    assert "the last one that worked: 3 entries need mending" in content
    assert "Bonus paid: the numbers are upside down" in content
    assert "600 does not work here: give 1 to 60 months" in content


def test_without_a_script_the_page_keeps_what_was_typed_and_answers_without_what_is_wrong(viewer, browse):
    content = browse(viewer).get(PAGE, {**OWN, "months": "600", "in_bonus_1": "many"}).content.decode()
    assert 'value="600"' in content and 'value="many"' in content
    assert "leaves out what is wrong: 2 entries need mending" in content
    assert figure(content) == "USD 290,000"


def test_another_place_brings_its_own_defaults(viewer, browse):
    answer = browse(viewer).post(LIVE, {**OWN, "was_place": "US", "place": "DE", "in_equipment_1": "4,000"})
    assert answer["HX-Redirect"] == f"{PAGE}?family=&base_1=200000&place=DE"
    content = browse(viewer).get(answer["HX-Redirect"]).content.decode()
    assert "EUR" in content and 'value="3,500"' in content


@pytest.mark.parametrize(
    "fields",
    [
        {"base_1": "0", "place": "GB", "currency": "USD"},
        {"base_1": "1e400", "place": "<b>", "family": "astronaut", "metro": "Atlantis"},
        {"base_1": "\0<script>alert(1)</script>", "base_2": "9" * 5000, "family": ""},
        {
            **{"months": "0", "headcount": "-3", "juniors": "999", "seed": "x", "opens": "soon", "starts": "2020-01"},
            **{"in_misfit_1": "nan", "in_value_multiple_1": "9", "in_agency_1": "101", "in_nonsense_1": "3"},
        },
    ],
)
def test_nothing_that_can_be_typed_breaks_the_page(viewer, browse, fields):
    for answer in (browse(viewer).get(PAGE, fields), browse(viewer).post(LIVE, fields)):
        assert answer.status_code == 200
        assert b"<script>alert" not in answer.content


def test_a_saved_scenario_keeps_inputs_seed_and_result_and_is_written_into_the_record(manager, browse):
    row = save(browse(manager), title="First  go", state="family=&base_1=200000&months=36&in_bonus_2=12&seed=7")
    assert (row.title, row.seed) == ("First go", 7)
    assert row.inputs["changed"] == ["bonus"]
    assert row.result["months"] == 36
    assert Event.objects.filter(verb="cost_scenario.saved", object_id=str(row.pk)).exists()
    content = browse(manager).get(f"{PAGE}{row.pk}/").content.decode()
    assert figure(content) == f"USD {round(float(row.result['yearly']['total']['p50']), -4):,.0f}"
    assert "Every input of this scenario" in content


def test_a_scenario_without_a_name_is_named_after_its_question(manager, browse):
    assert save(browse(manager)).title == "1 seat, United States, base USD 200,000, 24 months"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"state": "family=&base_1=0"}, "above 0 USD"),
        ({"state": "months=600"}, "give 1 to 60 months"),
        ({"state": "family=&base_1=1000000", "title": "x" * 300}, "at most 200 characters"),
    ],
)
def test_a_question_that_makes_no_sense_is_not_saved_and_comes_back(manager, browse, fields, message):
    answer = browse(manager).post("/market/cost/save", fields, follow=True)
    assert message in answer.content.decode()
    assert not CostScenario.objects.exists()


def test_numbers_of_older_files_stay_and_say_so(manager, browse):
    row = save(browse(manager))
    CostScenario.objects.filter(pk=row.pk).update(inputs_version="inputs 2020.1.1")
    content = browse(manager).get(f"{PAGE}{row.pk}/").content.decode()
    assert "The files behind the desk have changed since" in content


def test_two_scenarios_are_compared_under_the_same_luck(manager, browse):
    first, second = (
        save(browse(manager)),
        save(browse(manager), state="family=&base_1=200000&in_bonus_2=15&in_bonus_1=9&seed=5"),
    )
    content = browse(manager).get("/market/cost/compare", {"first": first.pk, "second": second.pk}).content.decode()
    assert "The second costs more in nearly every draw." in content
    assert "most likely 15%, from 9% to 20%" in content
    assert "seed 20261121 for both" in content


def test_scenarios_of_two_currencies_are_not_compared_and_that_is_said(manager, browse):
    first, second = save(browse(manager)), save(browse(manager), state="family=&base_1=90000&place=DE")
    answer = browse(manager).get("/market/cost/compare", {"first": first.pk, "second": second.pk})
    assert answer.status_code == 422
    assert "Only amounts of one currency can be compared" in answer.content.decode()
    assert browse(manager).get("/market/cost/compare", {"first": first.pk}).status_code == 404


def test_a_scenario_for_a_requisition_is_seen_by_its_people_alone_and_becomes_its_step(
    manager, other_manager, viewer, browse
):
    draft = replace(DRAFT, is_confidential=True)
    requisition_id = create_requisition(actor=manager, draft=draft, role_version_id=None)
    assert latest_for_requisition(requisition_id=requisition_id) is None
    row = save(browse(manager), **{"for": str(requisition_id)})
    for stranger in (other_manager, viewer):
        assert browse(stranger).get(f"{PAGE}{row.pk}/").status_code == 404
        assert row.title not in browse(stranger).get(PAGE).content.decode()
    step = latest_for_requisition(requisition_id=requisition_id)
    assert step is not None
    assert step.facts["total"] == row.result["ownership"]["total"]["p50"]
    assert step.facts["months"] == "24"
    assert step.headline.endswith("over 24 months")
    refused = browse(other_manager).post("/market/cost/save", {"state": "base_1=200000", "for": requisition_id})
    assert refused.status_code in (403, 404)


def test_what_the_requisition_knows_is_filled_in(manager, browse):
    requisition_id = create_requisition(actor=manager, draft=DRAFT, role_version_id=None)
    content = browse(manager).get(PAGE, {"for": requisition_id}).content.decode()
    assert re.search(r'name="headcount"[^>]*value="2"', content)
    assert "Save for this request" in content
