import pytest
from django.http import Http404
from django.utils import timezone

from assay.app.readiness.actions.assessments import (
    AssessmentDraft,
    attach_assessment,
    retake_assessment,
    set_closed,
    start_assessment,
)
from assay.app.readiness.actions.refusal import ReadinessError
from assay.app.readiness.actions.sheets import GivenAnswer, hand_in, reopen_sheet, save_answers
from assay.app.readiness.answer_queries import get_own_sheet
from assay.app.readiness.models import AnswerSheet, Assessment
from assay.app.readiness.queries import get_assessment, list_assessments
from assay.app.readiness.step_queries import latest_for_requisition
from assay.app.requisitions.models import Requisition, RequisitionMember
from assay.app.requisitions.steps import StepState
from assay.core.readiness.comparison import Change
from assay.core.readiness.verdict import Verdict
from assay.platform.access.gate import Forbidden
from assay.platform.access.roles import RequisitionSeat, Role
from assay.platform.accounts.models import User
from assay.platform.audit.models import Event


def given(question, level, seen=0, note=""):
    return (GivenAnswer(question, True, level, note, seen),)


def test_nobody_sees_what_others_said_before_handing_in_their_own(hanna, tom, assessment, every):
    hand_in(actor=tom, assessment_id=assessment, given=every(1))
    assert get_assessment(actor=hanna, assessment_id=assessment).result is None
    assert list_assessments(actor=hanna).rows[0].verdict is None
    hand_in(actor=hanna, assessment_id=assessment, given=every(3))
    result = get_assessment(actor=hanna, assessment_id=assessment).result
    assert result.respondents == ("Hanna", "Tom")
    assert len(result.disputes) == 29


def test_a_sheet_counts_only_while_it_is_handed_in(hanna, tom, assessment, every):
    hand_in(actor=tom, assessment_id=assessment, given=every(3))
    hand_in(actor=hanna, assessment_id=assessment, given=every(3, data_access=0))
    assert get_assessment(actor=tom, assessment_id=assessment).result.verdict is Verdict.PREPARE_FIRST
    reopen_sheet(actor=hanna, assessment_id=assessment)
    assert get_assessment(actor=tom, assessment_id=assessment).result.verdict is Verdict.HIRE
    assert get_assessment(actor=hanna, assessment_id=assessment).result is None


def test_answers_to_different_questions_from_two_windows_are_both_kept(tom, assessment):
    save_answers(actor=tom, assessment_id=assessment, given=given("data_access", 2))
    save_answers(actor=tom, assessment_id=assessment, given=given("upkeep", None))
    answers = AnswerSheet.objects.get(respondent=tom).answers
    assert (answers["data_access"]["level"], answers["upkeep"]["level"]) == (2, None)


def test_an_answer_changed_elsewhere_is_not_overwritten_unseen(tom, assessment):
    save_answers(actor=tom, assessment_id=assessment, given=given("data_access", 2))
    saved = save_answers(actor=tom, assessment_id=assessment, given=given("data_access", 4, seen=0))
    assert (saved.kept, [one.question for one in saved.conflicts]) == ((), ["data_access"])
    assert save_answers(actor=tom, assessment_id=assessment, given=given("data_access", 4, seen=1)).conflicts == ()
    assert get_own_sheet(actor=tom, assessment_id=assessment).find("data_access").answer.level == 4


def test_a_sheet_with_a_conflict_is_not_handed_in(tom, assessment, every):
    save_answers(actor=tom, assessment_id=assessment, given=given("data_access", 2))
    refused = hand_in(actor=tom, assessment_id=assessment, given=every(3)).conflicts
    assert [(one.question, one.level) for one in refused] == [("data_access", 3)]
    assert AnswerSheet.objects.get(respondent=tom).submitted_at is None


def test_a_sheet_that_is_handed_in_or_closed_takes_no_answer(hanna, tom, assessment, every):
    hand_in(actor=tom, assessment_id=assessment, given=every(None))
    with pytest.raises(ReadinessError, match="handed in"):
        save_answers(actor=tom, assessment_id=assessment, given=given("upkeep", 1))
    set_closed(actor=hanna, assessment_id=assessment, is_closed=True)
    for act in (reopen_sheet, hand_in):
        with pytest.raises(ReadinessError, match="closed"):
            act(actor=tom, assessment_id=assessment)


def test_who_was_not_asked_neither_sees_nor_answers(outsider, assessment):
    for act in (get_assessment, get_own_sheet, hand_in, reopen_sheet):
        with pytest.raises(Http404):
            act(actor=outsider, assessment_id=assessment)
    assert list_assessments(actor=outsider).rows == ()


def test_an_interviewer_begins_nothing(tom):
    with pytest.raises(Forbidden):
        start_assessment(actor=tom, draft=AssessmentDraft("Anything", "", (tom.pk,)))
    assert not Assessment.objects.exists()


def test_a_retake_starts_from_what_was_handed_in_and_is_compared(hanna, tom, assessment, every):
    hand_in(actor=tom, assessment_id=assessment, given=every(3, data_access=0))
    save_answers(actor=hanna, assessment_id=assessment, given=given("upkeep", 0))
    again = retake_assessment(actor=hanna, assessment_id=assessment)
    assert retake_assessment(actor=hanna, assessment_id=assessment) == again
    assert Assessment.objects.get(pk=assessment).closed_at is not None
    assert get_own_sheet(actor=hanna, assessment_id=again).answered == 0
    sheet = get_own_sheet(actor=tom, assessment_id=again)
    assert (sheet.answered, sheet.find("data_access").answer.is_carried) == (29, True)
    hand_in(actor=tom, assessment_id=again, given=given("data_access", 3))
    view = get_assessment(actor=tom, assessment_id=again)
    assert (view.comparison.before, view.comparison.after) == (Verdict.PREPARE_FIRST, Verdict.HIRE)
    assert [(one.question.id, one.change) for one in view.comparison.questions] == [("data_access", Change.BETTER)]


def test_people_of_the_same_name_are_told_apart(hanna, every):
    twin = User.objects.create_user("other@assay.example", "a long password", name="hanna", role=Role.VIEWER)
    made = start_assessment(actor=hanna, draft=AssessmentDraft("Twins", "", (hanna.pk, twin.pk)))
    for one in (hanna, twin):
        hand_in(actor=one, assessment_id=made, given=every(2))
    names = get_assessment(actor=hanna, assessment_id=made).result.respondents
    assert names == ("Hanna (hanna@assay.example)", "hanna (other@assay.example)")


def test_answers_to_questions_no_longer_asked_are_left_out(tom, assessment):
    AnswerSheet.objects.filter(respondent=tom).update(
        answers={"astrology": {"level": 4}, "upkeep": {"level": 9}, "harm": "odd", "timeline": {"level": 2}},
        submitted_at=timezone.now(),
    )
    known = [one for one in get_assessment(actor=tom, assessment_id=assessment).result.answers if one.level is not None]
    assert [(one.question.id, one.level) for one in known] == [("timeline", 2)]


@pytest.fixture
def requisition(hanna):
    row = Requisition.objects.create(code="REQ-1", title="ML engineer", is_confidential=True, created_by=hanna)
    RequisitionMember.objects.create(requisition=row, user=hanna, seat=RequisitionSeat.OWNER)
    return row


def test_the_path_is_told_the_newest_verdict(hanna, every, requisition):
    assert latest_for_requisition(requisition_id=requisition.pk) is None
    draft = AssessmentDraft("For it", "", (hanna.pk,))
    made = start_assessment(actor=hanna, draft=draft, requisition_id=requisition.pk)
    assert latest_for_requisition(requisition_id=requisition.pk) is None
    hand_in(actor=hanna, assessment_id=made, given=every(3, data_access=0))
    step = latest_for_requisition(requisition_id=requisition.pk)
    assert (step.headline, step.state, step.facts) == (
        "Prepare first",
        StepState.BLOCKED,
        {"verdict": "prepare_first", "sheets": "1 of 1 sheet in"},
    )
    assert step.lines[1:] == ("There is no way to the data.", "1 of 1 person asked has handed in.")
    assert step.url == f"/readiness/{made}/"


def test_what_belongs_to_a_confidential_requisition_is_seen_by_its_people_and_those_asked(hanna, tom, requisition):
    other = User.objects.create_user("rita@assay.example", "a long password", name="Rita", role=Role.RECRUITER)
    made = start_assessment(actor=hanna, draft=AssessmentDraft("Quiet", "", (tom.pk,)), requisition_id=requisition.pk)
    with pytest.raises(Http404):
        get_assessment(actor=other, assessment_id=made)
    assert get_assessment(actor=hanna, assessment_id=made).requisition_id == requisition.pk
    assert get_own_sheet(actor=tom, assessment_id=made).requisition_id is None
    with pytest.raises(Http404):
        start_assessment(actor=other, draft=AssessmentDraft("x", "", (other.pk,)), requisition_id=requisition.pk)


def test_neither_round_shows_the_other_to_who_may_not_see_it(hanna, tom, assessment, every, requisition):
    viewer = User.objects.create_user("vera@assay.example", "a long password", name="Vera", role=Role.VIEWER)
    for one in (hanna, tom):
        hand_in(actor=one, assessment_id=assessment, given=every(3, data_access=0))
    again = retake_assessment(actor=hanna, assessment_id=assessment)
    for one in (hanna, tom):
        hand_in(actor=one, assessment_id=again, given=given("data_access", 3))
    assert get_assessment(actor=viewer, assessment_id=again).comparison is not None
    attach_assessment(actor=hanna, assessment_id=assessment, requisition_id=requisition.pk)
    seen = get_assessment(actor=viewer, assessment_id=again)
    assert (seen.previous_id, seen.previous_at, seen.comparison) == (None, None, None)
    assert get_assessment(actor=hanna, assessment_id=again).comparison is not None
    third = retake_assessment(actor=hanna, assessment_id=again)
    attach_assessment(actor=hanna, assessment_id=third, requisition_id=requisition.pk)
    assert get_assessment(actor=viewer, assessment_id=again).next_id is None
    assert get_assessment(actor=hanna, assessment_id=again).next_id == third


def test_every_step_is_in_the_audit_log_without_what_was_said(hanna, tom, assessment, every):
    save_answers(
        actor=tom, assessment_id=assessment, given=(*every(2)[1:], *given(every(2)[0].question, 2, note="Secret words"))
    )
    hand_in(actor=tom, assessment_id=assessment)
    events = list(Event.objects.filter(verb__startswith="readiness.").order_by("pk"))
    assert [one.verb for one in events] == ["readiness.started", "readiness.answered", "readiness.handed_in"]
    assert "Secret" not in str([one.data for one in events])


def test_whoever_is_only_asked_finds_the_way_to_their_sheet(hanna, tom, assessment, browse):
    asked = browse(tom)
    assert 'href="/readiness/"' in asked.get("/jobs/").content.decode()
    assert f'href="/readiness/{assessment}/' in asked.get("/readiness/").content.decode()
    assert 'href="/readiness/"' not in browse(hanna).get("/jobs/").content.decode()
