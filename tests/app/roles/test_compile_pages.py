"""Describe the problem, in a browser: the verdict while one types, what is made and kept, and who may see it."""

import re

import pytest

from assay.app.requisitions.actions.drafts import create_requisition
from assay.app.requisitions.steps import StepState
from assay.app.roles.actions import keep_intake, make_role
from assay.app.roles.models import RoleIntake, RoleVersion
from assay.app.roles.queries import get_intake, get_role_version, latest_for_requisition, list_role_versions
from assay.core.requisitions.draft import RequisitionDraft
from assay.core.roles.compiling.compilation import NothingToGoBy
from assay.core.roles.compiling.making import NoRoleNeeded
from assay.core.roles.draft import RoleError
from assay.platform.access.gate import Forbidden
from assay.platform.access.roles import Role
from assay.platform.accounts.models import User
from assay.platform.audit.models import Event

FRAUD = {
    "decision": "Decide whether a payment is fraud",
    "goal": "product",
    "data": ("tables",),
    "technique": ("classic",),
    "timing": "realtime",
    "team": ("software", "product"),
}
BUY = {"goal": "answers", "timing": "once", "team": ("nobody",), "technique": ("simple",), "data": ("nothing",)}


def request_of(manager, *, is_confidential=False):
    draft = RequisitionDraft(title="Fraud", problem="Payments are refused wrongly.", is_confidential=is_confidential)
    return create_requisition(actor=manager, draft=draft)


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_made_role_keeps_its_answers_its_result_and_the_rules_it_was_made_by(manager):
    intake_id = make_role(actor=manager, answers=FRAUD)
    kept = get_intake(actor=manager, intake_id=intake_id)
    assert kept.answers == FRAUD
    assert kept.verdict.rules_version == kept.rules_version
    assert kept.verdict.archetype == "ml-engineer"
    role = get_role_version(role_version_id=kept.role_version_id).role
    assert role.title == kept.title == "Senior Machine Learning Engineer"
    assert [bar.weight for bar in role.competencies] == pytest.approx([one.weight for one in kept.verdict.competencies])
    assert set(Event.objects.values_list("verb", flat=True)) >= {"role.written", "intake.kept"}
    assert "fraud" not in str(Event.objects.get(verb="intake.kept").data)


def test_changed_answers_make_the_next_version_and_the_first_stays(manager):
    first = make_role(actor=manager, answers=FRAUD)
    key = get_intake(actor=manager, intake_id=first).role_key
    second = make_role(actor=manager, answers={**FRAUD, "harm": ("supervised",)}, follows_id=first, seen_version=1)
    kept = get_intake(actor=manager, intake_id=second)
    assert (kept.role_key, kept.role_version, kept.follows_id) == (key, 2, first)
    assert get_intake(actor=manager, intake_id=first).answers == FRAUD
    with pytest.raises(RoleError, match="version 2"):
        make_role(actor=manager, answers=FRAUD, follows_id=first, seen_version=1)
    assert [one.version for one in list_role_versions(actor=manager, role_key=key)] == [2, 1]
    assert RoleIntake.objects.count() == 2


def test_answers_that_change_nothing_in_the_role_write_no_version(manager):
    first = make_role(actor=manager, answers=FRAUD)
    second = make_role(actor=manager, answers={**FRAUD, "phd": "no"}, follows_id=first, seen_version=1)
    assert get_intake(actor=manager, intake_id=second).role_version == 1
    assert RoleVersion.objects.count() == 1


def test_answers_without_a_role_are_kept_and_a_verdict_of_no_hire_makes_none(manager):
    intake_id = keep_intake(actor=manager, answers=BUY)
    assert get_intake(actor=manager, intake_id=intake_id).role_version_id is None
    buying = {"goal": "prototype", "timing": "once", "team": ("nobody",), "data": ("nothing",)}
    with pytest.raises(NoRoleNeeded):
        make_role(actor=manager, answers=buying | {"technique": ("simple",), "predictions_per_day": 0})
    with pytest.raises(NothingToGoBy):
        keep_intake(actor=manager, answers={"decision": "words alone"})
    assert not RoleVersion.objects.exists()


def test_an_interviewer_keeps_and_makes_nothing(interviewer):
    for act in (keep_intake, make_role):
        with pytest.raises(Forbidden):
            act(actor=interviewer, answers=FRAUD)
    assert not RoleIntake.objects.exists()


def test_what_was_made_for_a_confidential_request_is_seen_by_its_people_alone(manager, browse):
    other = User.objects.create_user("otto@x.example", "a long password", name="Otto", role=Role.HIRING_MANAGER)
    requisition = request_of(manager, is_confidential=True)
    intake_id = keep_intake(actor=manager, answers=FRAUD, requisition_id=requisition)
    assert browse(manager).get(f"/roles/intakes/{intake_id}/").status_code == 200
    client = browse(other)
    for address in (
        f"/roles/intakes/{intake_id}/",
        f"/roles/compile?from={intake_id}",
        f"/roles/compile?for={requisition}",
    ):
        assert client.get(address).status_code == 404
    assert client.post("/roles/compile/keep", {"goal": "product", "follows": intake_id}).status_code == 404
    assert client.post("/roles/compile/make", {"goal": "product", "for": requisition}).status_code == 404
    assert "fraud" not in client.get("/roles/intakes/").content.decode()


def test_the_request_gets_its_step_from_the_newest_intake(manager):
    requisition = request_of(manager)
    assert latest_for_requisition(requisition_id=requisition) is None
    keep_intake(actor=manager, answers=FRAUD, requisition_id=requisition)
    assert latest_for_requisition(requisition_id=requisition).facts["role"] == ""
    made = make_role(
        actor=manager, answers={**FRAUD, "team": ("ml_peer", "platform", "product")}, requisition_id=requisition
    )
    step = latest_for_requisition(requisition_id=requisition)
    assert step.state is StepState.DONE
    assert step.facts == {
        "role": "senior-machine-learning-engineer, version 1",
        "level": "senior",
        "family": "ml-engineer",
    }
    assert step.url == f"/roles/intakes/{made}/?for={requisition}"
    keep_intake(actor=manager, answers={**FRAUD, "phd": "required"}, requisition_id=requisition)
    later = latest_for_requisition(requisition_id=requisition)
    assert (later.state, later.facts["role"]) == (StepState.WARN, step.facts["role"])


def test_the_verdict_answers_while_one_types_and_a_wrong_answer_is_left_out(manager, browse):
    client = browse(manager)
    answer = client.post("/roles/compile/verdict", {"goal": "product", "data": ["images"], "latency_ms": "soon"})
    text = text_of(answer)
    assert answer.status_code == 200
    assert "Computer Vision Engineer" in text
    assert "“soon” is not a number" in text
    assert 'hx-swap-oob="true"' in answer.content.decode()
    assert "Nothing follows yet" in text_of(client.post("/roles/compile/verdict", {}))
    assert not RoleIntake.objects.exists()


def test_contradictions_mistakes_and_tips_are_on_the_page_and_a_fix_is_one_click(manager, browse):
    client = browse(manager)
    fields = {"goal": "product", "data": ["tables"], "timing": "batch", "latency_ms": "50", "phd": "required"}
    before = client.post("/roles/compile", fields)
    assert "A PhD as a filter" in text_of(before)
    assert "Both cannot be true" in text_of(before)
    after = client.post("/roles/compile", fields | {"fix": "phd-filter"}).content.decode()
    assert "A PhD as a filter" not in after
    assert re.search(r'name="phd" value="no"[^>]* checked', after)
    tip = re.search(r'name="try" value="([^"]+)"', before.content.decode())[1]
    tried = client.post("/roles/compile", fields | {"try": tip})
    assert re.search(r'id="verdict-title">([^<]+)<', tried.content.decode())[1] != "Senior Machine Learning Engineer"


def test_make_keep_and_reopen_from_the_page_shows_what_changed(manager, browse):
    client = browse(manager)
    fields = {"goal": "product", "data": ["tables"], "timing": "realtime", "decision": "Stop <script>fraud</script>"}
    made = client.post("/roles/compile/make", fields)
    page = client.get(made["Location"])
    assert "Stop &lt;script&gt;fraud" in page.content.decode()
    intake_id = re.search(r"/intakes/(\d+)/", made["Location"])[1]
    again = client.get(f"/roles/compile?from={intake_id}").content.decode()
    assert "Save; the role stays as it is" in again
    assert "Nothing. These answers make the role as it stands." in again
    assert f'name="follows" value="{intake_id}"' in again
    fields |= {"follows": intake_id, "seen_version": "1", "harm": ["money", "safety"]}
    changed = client.post("/roles/compile/verdict", fields)
    assert "Save as version 2" in changed.content.decode()
    assert "Answered otherwise" in changed.content.decode()
    assert "What changes in the role" in changed.content.decode()
    second = client.post(
        "/roles/compile/make", fields | {"follows": intake_id, "seen_version": "1", "harm": ["safety"]}
    )
    assert "Answered otherwise" in client.get(second["Location"]).content.decode()
    key = get_intake(actor=manager, intake_id=int(intake_id)).role_key
    assert "the problem behind it" in client.get(f"/roles/{key}/").content.decode()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "Nothing follows yet"),
        ({"goal": "product", "latency_ms": "-1"}, "Give a number between 1 and"),
        ({"goal": "world peace"}, "is none of the choices"),
        ({"goal": "product", "data": ["tables", "nothing"]}, "cannot stand beside other answers"),
        ({"goal": "product", "decision": "x" * 50_000}, "Say it in at most 200 characters"),
        ({"goal": "product", "team": ["\0"]}, "is none of the choices"),
        ({"goal": "data", "predictions_per_day": "9" * 400}, "is not a number"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_lost(manager, browse, fields, message):
    answer = browse(manager).post("/roles/compile/make", fields | {"measure": "kept words"})
    assert answer.status_code == 422
    assert message in text_of(answer)
    assert "kept words" in answer.content.decode()
    assert not RoleIntake.objects.exists()


@pytest.mark.parametrize("address", ["?from=0", "?from=abc", "?from=99999999999999999999", "?for=%00", "?for=12345"])
def test_an_intake_or_a_request_that_is_nowhere_is_not_found(manager, browse, address):
    assert browse(manager).get(f"/roles/compile{address}").status_code == 404


def test_a_result_of_another_shape_still_shows_its_answers(manager, browse):
    intake_id = keep_intake(actor=manager, answers=FRAUD)
    RoleIntake.objects.filter(pk=intake_id).update(result={"old": 1}, rules_version="old")
    page = browse(manager).get(f"/roles/intakes/{intake_id}/")
    assert page.status_code == 200
    assert "Decide whether a payment is fraud" in text_of(page)


def test_what_the_request_already_says_is_filled_in_and_the_path_stays_with_it(manager, browse):
    client = browse(manager)
    requisition = request_of(manager)
    page = client.get(f"/roles/compile?for={requisition}").content.decode()
    assert "Payments are refused wrongly." in page
    assert f'name="for" value="{requisition}"' in page
    made = client.post("/roles/compile/make", {"goal": "product", "for": requisition})
    kept = client.get(made["Location"]).content.decode()
    assert f"/market/?for={requisition}" in kept
    assert (
        f'name="follows" value="{RoleIntake.objects.get().pk}"'
        in client.get(f"/roles/compile?for={requisition}").content.decode()
    )
