import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.access_matrix import Member, find_surprises, list_routes

from assay.app.readiness import urls
from assay.app.readiness.actions.assessments import AssessmentDraft, ask_people, start_assessment
from assay.app.readiness.actions.sheets import hand_in
from assay.app.readiness.models import AnswerSheet, Assessment, PlannedAction
from assay.app.readiness.questions import load_questionnaire
from assay.app.requisitions.models import Requisition, RequisitionMember
from assay.platform.access.roles import RequisitionSeat, Role
from assay.platform.accounts.models import User

HTMX = {"HX-Request": "true"}


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def judged(hanna, tom, assessment, every):
    hand_in(actor=hanna, assessment_id=assessment, given=every(3))
    hand_in(actor=tom, assessment_id=assessment, given=every(3, data_access=0, upkeep=1))
    return f"/readiness/{assessment}/"


def test_an_assessment_is_begun_and_leads_to_ones_own_sheet(hanna, tom, browse):
    fields = {"subject": "  Fewer  <b>frauds</b> ", "team": "Payments", "people": [hanna.pk, tom.pk]}
    answer = browse(hanna).post("/readiness/new", fields)
    made = Assessment.objects.get()
    assert answer["Location"] == f"/readiness/{made.pk}/answer"
    assert (made.subject, made.sheets.count()) == ("Fewer <b>frauds</b>", 2)
    assert "<b>frauds" not in browse(hanna).get(f"/readiness/{made.pk}/answer").content.decode()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"subject": " \0 "}, "Say in a line"),
        ({"subject": "x" * 50_000}, "50,000 characters long; at most 200 fit"),
        ({"team": "x" * 121}, "at most 120 fit"),
        ({"people": []}, "Choose at least one person"),
        ({"people": ["0", "zero"]}, "no working account"),
        ({"people": [str(n) for n in range(1, 60)]}, "at most 50"),
    ],
)
def test_what_was_typed_comes_back_with_what_to_change(hanna, browse, change, message):
    answer = browse(hanna).post("/readiness/new", {"subject": "Kept", "people": [hanna.pk], **change})
    assert answer.status_code == 422
    assert message in text(answer)
    assert not Assessment.objects.exists()


def test_one_answer_is_saved_as_it_is_given(tom, assessment, browse):
    url = f"/readiness/{assessment}/answer"
    fields = {"question": "upkeep", "level_upkeep": "2", "note_upkeep": "a\0b", "seen_upkeep": "0"}
    answer = browse(tom).post(url, fields, headers=HTMX)
    content = answer.content.decode()
    assert 'name="seen_upkeep" value="1"' in content
    assert "Saved" in content
    assert "1</strong> of 29 answered" in content
    assert AnswerSheet.objects.get(respondent=tom).answers["upkeep"] == {"level": 2, "note": "ab", "revision": 1}


def test_the_sheet_opens_where_one_is_and_folds_the_rest(tom, assessment, browse):
    client, url = browse(tom), f"/readiness/{assessment}/answer"

    def open_ones(response):
        return re.findall(r'id="dimension-(\w+)" open', response.content.decode())

    dimensions = load_questionnaire().dimensions
    assert open_ones(client.get(url)) == [dimensions[0].id]
    fields = {f"level_{one.id}": "3" for one in load_questionnaire().within(dimensions[0].id)}
    client.post(url, fields)
    assert open_ones(client.get(url)) == [dimensions[1].id]
    wrong = client.post(url, {"level_harm": "9"})
    assert open_ones(wrong) == [dimensions[1].id, load_questionnaire().by_id["harm"].dimension]


def test_an_answer_given_in_another_window_comes_back_whole(tom, assessment, browse):
    client, url = browse(tom), f"/readiness/{assessment}/answer"
    client.post(url, {"question": "upkeep", "level_upkeep": "2", "seen_upkeep": "0"}, headers=HTMX)
    late = client.post(url, {"question": "upkeep", "level_upkeep": "4", "seen_upkeep": "0"}, headers=HTMX)
    assert late["HX-Retarget"] == "#question-upkeep"
    assert "answered this elsewhere" in text(late)
    assert "Here you had level 4" in text(late)
    assert 'value="2" checked' in late.content.decode()
    whole = client.post(url, {"level_upkeep": "4", "seen_upkeep": "0", "hand_in": "1"})
    assert whole.status_code == 409
    assert AnswerSheet.objects.get(respondent=tom).submitted_at is None


@pytest.mark.parametrize("level", ["7", "-1", "two", "9" * 40, "٣"])
def test_a_level_off_the_scale_is_refused_in_words(tom, assessment, browse, level):
    client, url = browse(tom), f"/readiness/{assessment}/answer"
    for headers in ({}, HTMX):
        answer = client.post(url, {"question": "upkeep", "level_upkeep": level}, headers=headers)
        assert answer.status_code == 422
        assert "Choose a level from 0 to 4" in text(answer)


def test_a_note_too_long_is_refused_and_not_cut(tom, assessment, browse):
    fields = {"question": "upkeep", "level_upkeep": "1", "note_upkeep": "long " * 1_000}
    answer = browse(tom).post(f"/readiness/{assessment}/answer", fields, headers=HTMX)
    assert (answer.status_code, "at most 2,000 fit" in text(answer)) == (422, True)
    page = browse(tom).post(f"/readiness/{assessment}/answer", {**fields, "level_harm": "4", "hand_in": "1"})
    assert (page.status_code, "long long" in text(page)) == (422, True)
    assert 'name="level_harm" value="4" checked' in page.content.decode()
    assert AnswerSheet.objects.get(respondent=tom).answers == {}


def test_a_kind_of_person_that_is_none_is_refused(tom, assessment, browse):
    client, url = browse(tom), f"/readiness/{assessment}/answer"
    assert client.post(url, {"kind": "king"}).status_code == 422
    assert client.post(url, {"kind": "data_owner"}, headers=HTMX).status_code == 200
    assert AnswerSheet.objects.get(respondent=tom).kind == "data_owner"


def test_without_scripts_the_whole_sheet_is_handed_in_by_one_button(tom, assessment, browse):
    client = browse(tom)
    fields = {f"level_{one.id}": "unknown" for one in load_questionnaire().questions}
    answer = client.post(f"/readiness/{assessment}/answer", {**fields, "hand_in": "1"})
    assert answer["Location"] == f"/readiness/{assessment}/"
    assert AnswerSheet.objects.get(respondent=tom).answers["upkeep"]["level"] is None
    assert "Not enough known" in text(client.get(answer["Location"]))


def test_the_result_says_verdict_stop_difference_and_what_would_change_it(hanna, browse, judged):
    told = text(browse(hanna).get(judged))
    assert "Prepare first" in told
    assert "There is no way to the data." in told
    assert "This alone would turn “prepare first” into “hire with conditions”" in told
    assert "the lowest answer counts: level 0" in told
    assert "The data: level 2.0 of 4; hiring line 2.5, lower line 1.5" in told


def test_whoever_has_not_answered_sees_no_result(hanna, tom, assessment, browse, every):
    hand_in(actor=tom, assessment_id=assessment, given=every(3, data_access=0))
    told = text(browse(hanna).get(f"/readiness/{assessment}/"))
    assert "Your sheet first." in told
    assert "There is no way to the data" not in told
    assert "Prepare first" not in text(browse(hanna).get("/readiness/"))


def test_an_action_gets_owner_and_date_and_a_second_change_must_have_seen_the_first(hanna, browse, judged):
    client, url = browse(hanna), f"{judged}plan"
    fields = {"question": "data_access", "owner": "Tom", "due_on": "2026-12-01", "seen": "0"}
    first = client.post(url, fields, headers=HTMX)
    assert (first.status_code, 'value="Tom"' in first.content.decode()) == (200, True)
    late = client.post(url, {**fields, "owner": "Ines"}, headers=HTMX)
    assert late.status_code == 422
    assert "You had: Ines, 2026-12-01, open." in text(late)
    assert PlannedAction.objects.get().owner_name == "Tom"
    done = client.post(url, {**fields, "seen": "1", "done": "on"})
    assert done["Location"].endswith("#actions")
    assert PlannedAction.objects.get().done_at is not None


@pytest.mark.parametrize(
    "fields",
    [{"question": "luck"}, {"question": "upkeep", "due_on": "31.12."}, {"question": "upkeep", "owner": "x" * 121}, {}],
)
def test_an_action_that_cannot_be_is_refused_in_words(hanna, browse, judged, fields):
    for headers in ({}, HTMX):
        assert browse(hanna).post(f"{judged}plan", fields, headers=headers).status_code == 422
    assert not PlannedAction.objects.exists()


def test_an_interviewer_sees_the_result_and_changes_nothing(tom, browse, judged):
    client = browse(tom)
    page = client.get(judged)
    assert page.status_code == 200
    assert "/plan" not in page.content.decode()
    for name in ("plan", "again", "state", "people"):
        assert client.post(judged + name).status_code == 403


def test_the_outsider_finds_nothing(outsider, browse, judged):
    client = browse(outsider)
    for address in (judged, f"{judged}answer", "/readiness/999999999999999999999/"):
        assert client.get(address).status_code == 404
    assert "Nothing to answer" in text(client.get("/readiness/"))


def test_taking_it_again_leads_to_a_round_that_knows_the_last(hanna, browse, judged):
    client = browse(hanna)
    again = client.post(f"{judged}again")["Location"]
    assert "from last time" in text(client.get(f"{again}answer"))
    client.post(f"{again}answer", {"level_data_access": "4", "seen_data_access": "0", "hand_in": "1"})
    told = text(client.get(again))
    assert "Since the last time" in told
    assert "From “prepare first” to “hire”" in told
    assert "taken again" in text(client.get(judged))


def test_closing_keeps_the_answers_and_asking_more_people_needs_it_open(hanna, outsider, browse, judged):
    client = browse(hanna)
    client.post(f"{judged}state", {"state": "closed"})
    answer = client.post(f"{judged}people", {"people": [outsider.pk]})
    assert (answer.status_code, "is closed" in text(answer)) == (422, True)
    client.post(f"{judged}state", {"state": "open"})
    assert client.post(f"{judged}people", {"people": [outsider.pk]}).status_code == 302
    assert browse(outsider).get(f"{judged}answer").status_code == 200


def test_the_list_asks_the_database_the_same_few_times_whatever_its_length(hanna, browse, every):
    client = browse(hanna)
    counts = []
    for _ in range(2):
        for number in range(3):
            made = start_assessment(actor=hanna, draft=AssessmentDraft(f"No {number}", "", (hanna.pk,)))
            hand_in(actor=hanna, assessment_id=made, given=every(2))
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get("/readiness/?before=abc").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


LONG = "?for=" + "9" * 5_000


@pytest.mark.parametrize("query", ["?for=1", "?for=abc", "?for=%00", "?before=-1", "?before=99999999999999999", LONG])
def test_an_odd_query_is_no_error_of_ours(hanna, browse, query):
    assert browse(hanna).get(f"/readiness/{query}").status_code in (200, 404)


def test_every_address_lets_in_whom_the_policy_lets_in_once_all_are_asked(hanna, assessment):
    others = [User.objects.create_user(f"{role}@x.example", "a long password", role=role) for role in Role]
    ask_people(actor=hanna, assessment_id=assessment, people=tuple(one.pk for one in others))
    cast = [Member(user.role, user) for user in others] + [Member("stranger")]
    routes = list(list_routes(urls.urlpatterns))
    assert len(routes) == 11
    assert find_surprises(cast=cast, arguments={"assessment_id": assessment}, routes=routes) == []


def test_an_assessment_made_for_nothing_in_particular_is_attached_from_the_requisitions_path(hanna, browse, judged):
    requisition = Requisition.objects.create(code="REQ-1", title="ML engineer", created_by=hanna)
    client, address = browse(hanna), f"/readiness/?for={requisition.pk}"
    assert client.get(address).status_code == 404
    RequisitionMember.objects.create(requisition=requisition, user=hanna, seat=RequisitionSeat.OWNER)
    assert "Use it here" in text(client.get(address))
    assert client.post(f"{judged}attach", {}).status_code == 422
    assert client.post(f"{judged}attach", {"for": requisition.pk}).status_code == 302
    assert "Use it here" not in text(client.get(address))
    assert "Prepare first" in text(client.get(address))
    assert 'value="ML engineer"' in client.get(f"/readiness/new?for={requisition.pk}").content.decode()
