"""What the others said is seen by nobody whose own sheet is due, whichever way they look."""

import re

import pytest
from tests.app.requisitions.cast import DRAFT, approve, make_requisition, submit

from assay.app.readiness.actions.assessments import (
    AssessmentDraft,
    ask_people,
    retake_assessment,
    set_closed,
    start_assessment,
)
from assay.app.readiness.actions.refusal import ReadinessError
from assay.app.readiness.actions.sheets import decline_sheet, hand_in, reopen_sheet, save_answers
from assay.app.readiness.models import AnswerSheet, Assessment
from assay.app.readiness.queries import get_assessment, list_assessments
from assay.app.readiness.step_queries import has_sheet_due
from assay.app.requisitions.actions.approvals import SubmitRefused, submit_requisition
from assay.app.requisitions.models import Requisition, RequisitionMember
from assay.app.requisitions.prefill import prefill
from assay.app.requisitions.queries import get_requisition
from assay.core.readiness.verdict import Verdict
from assay.core.requisitions.approval import ApprovalState
from assay.core.requisitions.completeness import Weight
from assay.core.requisitions.draft import RequisitionDraft
from assay.core.requisitions.status import ReadinessGate
from assay.platform.access.roles import RequisitionSeat, Role
from assay.platform.accounts.models import User


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def user(name, role):
    return User.objects.create_user(f"{name.lower()}@assay.example", "a long password", name=name, role=role)


@pytest.fixture
def requisition(hanna, tom):
    """A request that binds readiness, with Hanna and a recruiter at it and finance to approve."""
    values = {name: getattr(DRAFT, name) for name in RequisitionDraft.__dataclass_fields__}
    row = make_requisition(
        hanna, user("Fin", Role.APPROVER), draft=RequisitionDraft(**{**values, "readiness_gate": ReadinessGate.BLOCK})
    )
    RequisitionMember.objects.create(requisition=row, user=user("Rita", Role.RECRUITER), seat=RequisitionSeat.OWNER)
    return row


@pytest.fixture
def judged(hanna, tom, requisition, every):
    """Hanna and Tom are asked for the request; Tom alone has answered, with a hard stop."""
    draft = AssessmentDraft("Fewer frauds", "", (hanna.pk, tom.pk))
    made = start_assessment(actor=hanna, draft=draft, requisition_id=requisition.pk)
    hand_in(actor=tom, assessment_id=made, given=every(3, data_access=0))
    return made


def test_no_page_around_the_request_tells_the_verdict_to_somebody_whose_answers_are_due(
    hanna, requisition, judged, browse
):
    rita, pages = (
        User.objects.get(name="Rita"),
        (f"/requisitions/{requisition.pk}/", f"/requisitions/{requisition.pk}/brief"),
    )
    for page in pages:
        told = text(browse(hanna).get(page))
        assert "our answers are due" in told
        assert "Prepare first" not in told
        assert "no way to the data" not in told
        assert "Prepare first" in text(browse(rita).get(page))
    for page in (f"/readiness/{judged}/answer", f"/readiness/{judged}/", f"/market/pay?for={requisition.pk}"):
        assert "prepare first" not in browse(hanna).get(page).content.decode().lower().split("<aside")[0]
    assert "Prepare first" not in text(browse(hanna).get(f"/readiness/?for={requisition.pk}"))


def test_facts_gaps_and_prefilled_answers_keep_it_too(hanna, requisition, judged, every):
    view = get_requisition(actor=hanna, requisition_id=requisition.pk)
    assert has_sheet_due(actor=hanna, requisition_id=requisition.pk)
    assert view.standing.basis.facts["readiness"] == "shown once your own answers are in"
    assert [one.sentence for one in view.gaps if one.key == "ready"][0].startswith(
        "Your own answers on readiness are due"
    )
    assert prefill(requisition_id=requisition.pk, actor=hanna).readiness_verdict is None
    hand_in(actor=hanna, assessment_id=judged, given=every(3))
    view = get_requisition(actor=hanna, requisition_id=requisition.pk)
    assert view.standing.basis.facts["readiness"] == "prepare first"
    assert "“Prepare first, 2 of 2 sheets in”" in view.gaps[0].sentence
    assert prefill(requisition_id=requisition.pk, actor=hanna).readiness_verdict == "prepare_first"


@pytest.mark.parametrize("level", [0, 3])
def test_trying_to_submit_tells_nothing_either(hanna, tom, requisition, every, level):
    draft = AssessmentDraft("Fewer frauds", "", (hanna.pk, tom.pk))
    made = start_assessment(actor=hanna, draft=draft, requisition_id=requisition.pk)
    hand_in(actor=tom, assessment_id=made, given=every(level))
    with pytest.raises(SubmitRefused) as refused:
        submit_requisition(actor=hanna, requisition_id=requisition.pk)
    assert [one.sentence[:29] for one in refused.value.gaps if one.weight is Weight.BLOCKS] == [
        "Your own answers on readiness"
    ]
    assert Assessment.objects.get().closed_at is None


def test_an_empty_sheet_is_not_handed_in_and_i_do_not_know_is_an_answer(tom, assessment, every, browse):
    with pytest.raises(
        ReadinessError, match="You answered 0 of 29 questions; a sheet is handed in from 18 on"
    ) as error:
        hand_in(actor=tom, assessment_id=assessment)
    assert error.value.field == "problem_named"
    page = browse(tom).post(f"/readiness/{assessment}/answer", {"level_upkeep": "2", "hand_in": "1"})
    assert (page.status_code, "You answered 1 of 29" in text(page)) == (422, True)
    assert 'name="level_upkeep" value="2" checked' in page.content.decode()
    with pytest.raises(ReadinessError):
        hand_in(actor=tom, assessment_id=assessment, given=every(None)[:17])
    hand_in(actor=tom, assessment_id=assessment, given=every(None)[:18])
    assert AnswerSheet.objects.get(respondent=tom).submitted_at is not None


def test_whoever_changes_a_sheet_after_seeing_the_result_is_named(hanna, tom, assessment, every, browse):
    hand_in(actor=tom, assessment_id=assessment, given=every(3))
    reopen_sheet(actor=tom, assessment_id=assessment)
    save_answers(actor=tom, assessment_id=assessment, given=tuple(one for one in _seen(every(2))[:1]))
    hand_in(actor=tom, assessment_id=assessment)
    hand_in(actor=hanna, assessment_id=assessment, given=every(1))
    assert get_assessment(actor=hanna, assessment_id=assessment).changed_after == ()
    reopen_sheet(actor=hanna, assessment_id=assessment)
    hand_in(actor=hanna, assessment_id=assessment, given=_seen(every(4))[:1])
    view = get_assessment(actor=tom, assessment_id=assessment)
    assert [(one.name, one.changed_after_at is not None) for one in view.changed_after] == [("Hanna", True)]
    assert view.turnout.sentence == "2 of 2 people asked have handed in; 1 changed after seeing the result."
    told = text(browse(tom).get(f"/readiness/{assessment}/"))
    assert "Hanna changed their sheet after seeing the result" in told


def test_an_editor_who_closes_first_still_sees_nothing_until_they_give_their_sheet_up(
    hanna, tom, assessment, every, browse
):
    hand_in(actor=tom, assessment_id=assessment, given=every(3))
    set_closed(actor=hanna, assessment_id=assessment, is_closed=True)
    assert get_assessment(actor=hanna, assessment_id=assessment).result is None
    row = list_assessments(actor=hanna).rows[0]
    assert (row.own_state, row.verdict) == ("not handed in", None)
    assert browse(hanna).post(f"/readiness/{assessment}/decline").status_code == 302
    view = get_assessment(actor=hanna, assessment_id=assessment)
    assert (view.result.verdict, view.turnout.given, view.turnout.declined) == (Verdict.HIRE, 1, 1)
    assert "will not answer" in text(browse(tom).get(f"/readiness/{assessment}/"))
    set_closed(actor=hanna, assessment_id=assessment, is_closed=False)
    with pytest.raises(ReadinessError, match="will not answer"):
        hand_in(actor=hanna, assessment_id=assessment, given=every(0))
    reopen_sheet(actor=hanna, assessment_id=assessment)
    hand_in(actor=hanna, assessment_id=assessment, given=every(0))
    assert [one.name for one in get_assessment(actor=tom, assessment_id=assessment).changed_after] == ["Hanna"]


def test_a_sheet_that_counts_is_not_given_up(tom, assessment, every):
    hand_in(actor=tom, assessment_id=assessment, given=every(3))
    with pytest.raises(ReadinessError, match="Take it back first"):
        decline_sheet(actor=tom, assessment_id=assessment)


def test_answers_of_somebody_who_asks_themselves_after_reading_the_result_are_marked(hanna, tom, every):
    made = start_assessment(actor=hanna, draft=AssessmentDraft("Alone", "", (tom.pk,)))
    hand_in(actor=tom, assessment_id=made, given=every(3))
    late = user("Iris", Role.INTERVIEWER)
    ask_people(actor=hanna, assessment_id=made, people=(hanna.pk, late.pk))
    for one in (hanna, late):
        hand_in(actor=one, assessment_id=made, given=every(1))
    assert [one.name for one in get_assessment(actor=tom, assessment_id=made).changed_after] == ["Hanna"]


def test_an_answer_in_a_later_round_opens_the_earlier_one(hanna, tom, assessment, every):
    hand_in(actor=tom, assessment_id=assessment, given=every(3))
    again = retake_assessment(actor=hanna, assessment_id=assessment)
    assert get_assessment(actor=hanna, assessment_id=assessment).result is None
    hand_in(actor=hanna, assessment_id=again, given=every(2))
    assert get_assessment(actor=hanna, assessment_id=assessment).result.verdict is Verdict.HIRE


def test_no_single_respondent_can_make_an_approval_lapse(hanna, tom, requisition, judged, every, browse):
    hand_in(actor=hanna, assessment_id=judged, given=every(3))
    reopen_sheet(actor=tom, assessment_id=judged)
    hand_in(
        actor=tom, assessment_id=judged, given=tuple(one for one in _seen(every(3)) if one.question == "data_access")
    )
    submit(requisition, hanna)
    with pytest.raises(ReadinessError, match="closed"):
        reopen_sheet(actor=tom, assessment_id=judged)
    approve(requisition, User.objects.get(name="Fin"))
    view = get_requisition(actor=hanna, requisition_id=requisition.pk)
    assert view.state is ApprovalState.APPROVED
    assert "makes its approval lapse" in text(browse(hanna).get(f"/readiness/{judged}/"))


def _seen(answers):
    """The answers as a page sends them that showed each once saved."""
    return tuple(type(one)(one.question, one.is_given, one.level, one.note, 1) for one in answers)


def test_requests_that_are_not_there_hide_nothing(hanna):
    assert not has_sheet_due(actor=hanna, requisition_id=Requisition.objects.count() + 1)
