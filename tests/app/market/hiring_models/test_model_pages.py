import pytest
from django.http import QueryDict
from tests.access_matrix import Member, find_surprises, list_routes

from assay.app.market.hiring_models import urls
from assay.app.market.hiring_models.catalogue import load_desk
from assay.app.market.hiring_models.forms import answers_of, fields_of, read_typed
from assay.app.market.hiring_models.queries import latest_for_requisition
from assay.app.market.models import ModelComparison
from assay.app.requisitions.models import Requisition, RequisitionMember
from assay.app.requisitions.steps import StepState
from assay.platform.access.roles import RequisitionSeat, Role
from assay.platform.accounts.models import User
from assay.platform.audit.models import Event

DESK = "/market/model/"
CORE = "base=203000&months=24&s.core=1&s.long_horizon=1&f.abroad=no&f.sanctioned=no&f.readiness=hire"
SAVE = {"state": CORE, "title": "ML engineer", "chosen": "full_time", "reason": ""}


def opened(owner, *, title="Fraud model", is_confidential=False):
    row = Requisition.objects.create(
        code=f"REQ-{Requisition.objects.count() + 1}", title=title, is_confidential=is_confidential, created_by=owner
    )
    RequisitionMember.objects.create(requisition=row, user=owner, seat=RequisitionSeat.OWNER)
    return row


def kept(client, **changes):
    answer = client.post(f"{DESK}save", SAVE | changes)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return int(answer["Location"].strip("/").rsplit("/", 1)[-1])


def test_every_address_lets_in_whom_the_policy_lets_in(hanna, browse):
    number = kept(browse(hanna))
    others = [User.objects.create_user(f"{role}@x.example", "a long password", role=role) for role in Role]
    cast = [Member(user.role, user) for user in others] + [Member("stranger")]
    routes = list(list_routes(urls.urlpatterns))
    assert len(routes) == 3
    assert find_surprises(cast=cast, arguments={"comparison_id": str(number)}, routes=routes) == []


def test_the_desk_opens_empty_with_a_base_pay_and_teaches(hanna, browse):
    content = browse(hanna).get(DESK).content.decode()
    assert "Nothing said yet" in content
    assert "middle of posted pay" in content
    assert "Nothing kept yet" in content
    assert content.count('type="radio"') == 15 * 4


def test_the_answer_comes_alone_to_htmx_with_the_address_to_return_to(hanna, browse):
    answer = browse(hanna).get(f"{DESK}?{CORE}&s.speed=&w.core=", headers={"HX-Request": "true"})
    content = answer.content.decode()
    assert "<html" not in content
    assert "Full-time in-house, before Hybrid" in content
    assert "Employer of record abroad" in content and "Ruled out" in content
    assert answer["HX-Replace-Url"].startswith(f"{DESK}?base=203000&f.abroad=no")
    assert "s.speed" not in answer["HX-Replace-Url"]
    assert 'id="model-state"' in content


def test_answers_that_disagree_and_close_calls_are_said_plainly(hanna, browse):
    content = browse(hanna).get(f"{DESK}?base=203000&months=24&s.long_horizon=1&s.short_experiment=1").content.decode()
    assert "cannot both be fully true" in content
    assert "Close call" in content


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("base=203000&months=0", "0 months has nothing to compare"),
        ("base=203000&months=601", "more than fifty years"),
        ("base=0&months=12", "above 0"),
        ("base=1e400&months=12", "not a number"),
        ("base=plenty", "not a number"),
        ("base=203000&months=nan", "not a number"),
        ("base=203000&s.core=maybe", "Give 0 to 1"),
        ("base=203000&w.core=-1", "say that it is not true"),
        ("base=203000&f.place=%3Cscript%3Ealert(1)%3C/script%3E", "Answer with one of"),
        ("base=203000&c.freelance.rate=0", "give 1 to 10,000"),
        ("base=203000&seed=-4", "seed"),
        ("base=20%003000&s.core=1%00&unknown=%00", "Full-time in-house"),
    ],
)
def test_bad_input_gets_a_message_and_never_a_crash(hanna, browse, query, says):
    answer = browse(hanna).get(f"{DESK}?{query}", headers={"HX-Request": "true"})
    content = answer.content.decode()
    assert answer.status_code in (200, 422)
    assert says in content
    assert "<script>alert" not in content


def test_a_wrong_field_stands_in_the_page_with_what_to_change(hanna, browse):
    answer = browse(hanna).get(f"{DESK}?base=0&s.core=1&f.place=%3Cb%3E")
    content = answer.content.decode()
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in content and "Base pay is a number above 0" in content


def test_a_choice_is_kept_whole_and_shown_again_as_it_was(hanna, browse):
    client = browse(hanna)
    number = kept(client)
    row = ModelComparison.objects.get(pk=number)
    assert (row.recommended, row.chosen, row.seed) == ("full_time", "full_time", 2026)
    assert row.inputs_version == load_desk().version
    assert row.inputs["statements"] == {"core": "1", "long_horizon": "1"}
    assert Event.objects.filter(verb="hiring_model.chosen", object_id=str(number)).exists()
    content = client.get(f"{DESK}{number}/").content.decode()
    assert "Full-time in-house, before Hybrid" in content
    assert "This work is at the core of the product" in content
    assert "s.core=1" in content
    assert "ML engineer" in client.get(DESK).content.decode()


def test_another_model_than_the_answer_needs_a_reason(hanna, browse):
    client = browse(hanna)
    refused = client.post(f"{DESK}save", SAVE | {"chosen": "agency", "title": "Kept words"})
    content = refused.content.decode()
    assert refused.status_code == 422
    assert "Say why in a sentence" in content and "Kept words" in content
    assert not ModelComparison.objects.exists()
    number = kept(client, chosen="agency", reason="We know <b>them</b>\0 already.")
    content = client.get(f"{DESK}{number}/").content.decode()
    assert "We know &lt;b&gt;them&lt;/b&gt; already." in content


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"title": " "}, "Give it a name"),
        ({"title": "x" * 201}, "at most 200"),
        ({"chosen": "robots"}, "Choose one of the six"),
        ({"chosen": "agency", "reason": "x" * 501}, "at most 500"),
        ({"state": "base=1"}, "Base pay must lie between"),
        ({"state": "x" * 100_000}, "Base pay"),
    ],
)
def test_a_choice_that_cannot_be_kept_is_refused_in_words(hanna, browse, change, says):
    answer = browse(hanna).post(f"{DESK}save", SAVE | change)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not ModelComparison.objects.exists()


def test_a_choice_for_a_requisition_tells_its_path_what_it_rests_on(hanna, browse):
    requisition = opened(hanna)
    assert latest_for_requisition(requisition_id=requisition.pk) is None
    number = kept(browse(hanna), **{"for": str(requisition.pk)})
    step = latest_for_requisition(requisition_id=requisition.pk)
    assert (step.headline, step.state, step.url) == ("Full-time in-house", StepState.DONE, f"{DESK}{number}/")
    assert step.facts == {"chosen": "full_time", "contract": "employee"}
    kept(browse(hanna), **{"for": str(requisition.pk), "chosen": "freelance", "reason": "Only a pilot."})
    step = latest_for_requisition(requisition_id=requisition.pk)
    assert (step.headline, step.state) == ("Freelance or contract (needs your answer)", StepState.WARN)
    assert "Why: Only a pilot." in step.lines


def test_with_a_requisition_the_desk_keeps_to_it_and_leads_on(hanna, browse):
    requisition = opened(hanna)
    client = browse(hanna)
    content = client.get(f"{DESK}?for={requisition.pk}&{CORE}").content.decode()
    assert "Save for this request" in content
    live = client.get(f"{DESK}?for={requisition.pk}&{CORE}", headers={"HX-Request": "true"})
    assert live["HX-Replace-Url"].startswith(f"{DESK}?for={requisition.pk}&base=203000")
    number = kept(client, **{"for": str(requisition.pk)})
    content = client.get(f"{DESK}{number}/").content.decode()
    assert "Next: posting" in content and f"for={requisition.pk}" in content
    assert client.get(f"{DESK}?for=999999").status_code == 404
    assert client.get(f"{DESK}?for=x%00").status_code == 404


def test_what_was_made_for_a_confidential_requisition_is_hidden_from_others(hanna, viewer, browse):
    requisition = opened(hanna, title="Secret plan", is_confidential=True)
    number = kept(browse(hanna), title="Secret seat", **{"for": str(requisition.pk)})
    other = browse(viewer)
    assert other.get(f"{DESK}{number}/").status_code == 404
    assert "Secret" not in other.get(DESK).content.decode()
    assert other.get(f"{DESK}?for={requisition.pk}").status_code in (403, 404)
    assert browse(hanna).get(f"{DESK}{number}/").status_code == 200


def test_who_may_only_look_sees_the_answer_and_no_save(viewer, browse):
    client = browse(viewer)
    content = client.get(f"{DESK}?{CORE}").content.decode()
    assert "Full-time in-house" in content and 'id="model-save"' not in content
    assert client.post(f"{DESK}save", SAVE).status_code == 403
    assert client.get(f"{DESK}{10**30}/").status_code == 404


def test_a_result_of_another_version_is_said_and_the_choice_still_stands(hanna, browse):
    client = browse(hanna)
    number = kept(client)
    ModelComparison.objects.filter(pk=number).update(result={"old": True})
    content = client.get(f"{DESK}{number}/").content.decode()
    assert "kept by another version" in content and "Full-time in-house" in content


def test_answers_go_into_fields_and_out_again_unchanged():
    desk = load_desk()
    query = QueryDict(f"{CORE}&w.core=2.5&c.freelance.rate=150&t.proven_value=3&v.proven_value=1&s.speed=0.5")
    typed = read_typed(fields=query, desk=desk, known={"months": "6", "f.place": "us"})
    assert typed.get("months") == "24" and typed.get("f.place") == "us"
    content = answers_of(typed=typed)
    again = read_typed(fields=QueryDict(), desk=desk, known=fields_of(content=content))
    assert answers_of(typed=again) == content


def test_a_name_and_a_reason_are_kept_without_what_a_database_cannot_hold(hanna, browse):
    number = kept(browse(hanna), title="ML\0engineer", chosen="agency", reason="We\0 know them\nwell\0")
    row = ModelComparison.objects.get(pk=number)
    assert (row.title, row.reason) == ("ML engineer", "We know them\nwell")
