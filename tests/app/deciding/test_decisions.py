"""Deciding and taking back, by the action that every page goes through."""

from datetime import date, timedelta

import pytest
from django.http import Http404
from django.utils import timezone
from tests.app.deciding.acts import act, hold, reject, shown, state
from tests.app.pipeline.cast import apply, approve_band, make_job, screened

from assay.app.deciding.actions.deciding import ConflictingDecisionError, EvidenceShown, undo
from assay.app.deciding.models import Decision
from assay.app.pipeline.models import Application, Stage
from assay.app.screening.actions import store_screening
from assay.app.screening.queries import get_current_screening
from assay.core.deciding.decision import DecisionKind, IllegalDecisionError, RejectReason
from assay.core.pipeline.stage import StageGroup
from assay.platform.access.gate import Forbidden
from assay.platform.access.roles import Role
from assay.platform.audit.models import Event

LATER = timezone.localdate() + timedelta(days=14)


def last_event(application):
    return Event.objects.filter(object_type="application", object_id=application.pk).order_by("-sequence")[0]


def stage_of(job, position):
    return Stage.objects.get(job=job, position=position)


def test_advancing_leads_to_the_next_stage_and_out_of_the_queue(ada, recruiter):
    act(recruiter, ada, DecisionKind.ADVANCE)
    expected = {"stage_id": stage_of(ada.job, 2).pk, "status": "active", "held_until": None, "needs_review": False}
    assert state(ada) == expected
    assert Application.objects.get(pk=ada.pk).revision == 2


def test_holding_keeps_the_stage_and_remembers_the_day(ada, recruiter):
    hold(recruiter, ada, LATER)
    assert state(ada) == {"stage_id": ada.stage_id, "status": "held", "held_until": LATER, "needs_review": False}


def test_resuming_brings_an_application_back_to_the_queue(ada, recruiter):
    hold(recruiter, ada, LATER)
    act(recruiter, ada, DecisionKind.RESUME)
    assert state(ada) == {"stage_id": ada.stage_id, "status": "active", "held_until": None, "needs_review": True}


def test_moving_leads_to_the_stage_that_was_chosen(ada, recruiter):
    approve_band(ada.job, recruiter)
    target = stage_of(ada.job, 4)
    act(recruiter, ada, DecisionKind.MOVE, to_stage_id=target.pk)
    assert state(ada)["stage_id"] == target.pk


def test_moving_to_the_last_stage_is_a_hire(ada, recruiter):
    approve_band(ada.job, recruiter)
    hired = Stage.objects.get(job=ada.job, group=StageGroup.HIRED)
    act(recruiter, ada, DecisionKind.MOVE, to_stage_id=hired.pk)
    assert state(ada)["status"] == "hired"


def test_a_rejection_keeps_everything_that_was_shown_and_what_it_rests_on(ada, recruiter):
    decision = reject(recruiter, ada, evidence_shown=shown(ada, "score:score"), note="  Not yet.  ")
    assert state(ada)["status"] == "rejected"
    assert decision.screening_id == get_current_screening(application_id=ada.pk).id
    assert [item["kind"] for item in decision.evidence_shown if item["relied_on"]] == ["score"]
    assert {"score", "must_have", "claim"} <= {item["kind"] for item in decision.evidence_shown}
    assert decision.note == "Not yet."


def test_an_application_without_a_document_can_be_rejected_for_that(job, recruiter):
    decision = reject(recruiter, apply(job, "No Papers"), reason=RejectReason.NOT_A_REAL_APPLICATION)
    assert [item["kind"] for item in decision.evidence_shown] == ["no_document"]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"reason": None}, "needs a reason"),
        ({"reason": RejectReason.OTHER}, "write the reason in the note"),
        ({"reason": RejectReason.OTHER, "note": " \0 "}, "write the reason in the note"),
        ({"evidence_shown": None}, "keeps the evidence"),
    ],
)
def test_a_rejection_that_lacks_something_says_what(ada, recruiter, more, words):
    with pytest.raises(IllegalDecisionError, match=words):
        reject(recruiter, ada, **more)
    assert state(ada)["status"] == "active"


def test_a_rejection_rests_on_what_was_ticked(ada, recruiter):
    screening = shown(ada).screening_id
    with pytest.raises(IllegalDecisionError, match="Tick at least one"):
        reject(recruiter, ada, evidence_shown=EvidenceShown(screening, ()))
    with pytest.raises(IllegalDecisionError, match="no longer shown"):
        reject(recruiter, ada, evidence_shown=EvidenceShown(screening, ("claim:999",)))
    assert not Decision.objects.exists()


def test_what_a_browser_says_of_the_evidence_is_never_kept(ada, recruiter):
    item = reject(recruiter, ada).evidence_shown[0]
    current = get_current_screening(application_id=ada.pk).result
    assert item["says"].startswith(current.must_haves[0].label)


@pytest.mark.parametrize("day", [None, date(2020, 1, 1), timezone.localdate()])
def test_a_hold_ends_on_a_day_to_come(ada, recruiter, day):
    with pytest.raises(IllegalDecisionError, match="day after today"):
        hold(recruiter, ada, day)


def test_a_stage_of_another_job_is_no_place_to_move_to(ada, recruiter):
    elsewhere = make_job(recruiter, title="Elsewhere").stages.order_by("position")[2]
    for stage_id in (elsewhere.pk, ada.stage_id, None, 2**63 - 1):
        with pytest.raises(IllegalDecisionError, match="another stage"):
            act(recruiter, ada, DecisionKind.MOVE, to_stage_id=stage_id)


def test_the_rejected_are_neither_advanced_nor_rejected_again(ada, recruiter):
    reject(recruiter, ada)
    for kind in (DecisionKind.ADVANCE, DecisionKind.HOLD, DecisionKind.REJECT):
        with pytest.raises(IllegalDecisionError, match="rejected"):
            act(recruiter, ada, kind, reason=RejectReason.LEVEL_TOO_LOW, evidence_shown=shown(ada), held_until=LATER)


def test_only_the_held_are_resumed_and_no_undo_is_sent_as_a_decision(ada, recruiter):
    with pytest.raises(IllegalDecisionError, match="on hold"):
        act(recruiter, ada, DecisionKind.RESUME)
    with pytest.raises(IllegalDecisionError, match="Undo names"):
        act(recruiter, ada, DecisionKind.UNDO)


@pytest.mark.parametrize("kind", [DecisionKind.ADVANCE, DecisionKind.HOLD, DecisionKind.MOVE, DecisionKind.REJECT])
@pytest.mark.parametrize("was_held", [False, True], ids=["active before", "held before"])
def test_taking_a_decision_back_restores_stage_status_and_hold(ada, recruiter, kind, was_held):
    if was_held:
        hold(recruiter, ada, LATER)
    before = state(ada)
    decision = act(
        recruiter,
        ada,
        kind,
        held_until=LATER + timedelta(days=1),
        to_stage_id=stage_of(ada.job, 3).pk,
        reason=RejectReason.LEVEL_TOO_LOW,
        evidence_shown=shown(ada),
    )
    assert state(ada) != before
    undo(actor=recruiter, decision_id=decision.pk)
    assert state(ada) == before


def test_decisions_are_taken_back_one_after_another_from_the_last(ada, recruiter, manager):
    first = act(recruiter, ada, DecisionKind.ADVANCE)
    second = act(manager, ada, DecisionKind.ADVANCE)
    with pytest.raises(ConflictingDecisionError, match="Hanna was faster: advanced"):
        undo(actor=recruiter, decision_id=first.pk)
    undo(actor=recruiter, decision_id=second.pk)
    undo(actor=recruiter, decision_id=first.pk)
    assert state(ada) == {"stage_id": ada.stage_id, "status": "active", "held_until": None, "needs_review": True}


def test_undo_sent_twice_counts_once(ada, recruiter):
    decision = act(recruiter, ada, DecisionKind.ADVANCE)
    assert undo(actor=recruiter, decision_id=decision.pk) == undo(actor=recruiter, decision_id=decision.pk)
    assert Decision.objects.count() == 2


def test_what_somebody_else_took_back_is_told(ada, recruiter, manager):
    decision = act(recruiter, ada, DecisionKind.ADVANCE)
    undo(actor=manager, decision_id=decision.pk)
    with pytest.raises(ConflictingDecisionError, match="Hanna was faster: undone"):
        undo(actor=recruiter, decision_id=decision.pk)


def test_an_undo_is_not_undone(ada, recruiter):
    decision = act(recruiter, ada, DecisionKind.ADVANCE)
    with pytest.raises(IllegalDecisionError, match="decide again"):
        undo(actor=recruiter, decision_id=undo(actor=recruiter, decision_id=decision.pk))


def test_an_undo_never_makes_a_second_live_application_of_one_person(ada, recruiter):
    decision = reject(recruiter, ada)
    Application.objects.create(person=ada.person, job=ada.job, stage=ada.stage, applied_at=ada.applied_at)
    with pytest.raises(IllegalDecisionError, match="another live application"):
        undo(actor=recruiter, decision_id=decision.pk)


def test_a_decision_sent_twice_counts_once(ada, recruiter):
    once = act(recruiter, ada, DecisionKind.ADVANCE, expected_revision=1)
    again = act(recruiter, ada, DecisionKind.ADVANCE, expected_revision=1)
    assert once == again
    assert Decision.objects.count() == 1
    assert state(ada)["stage_id"] == stage_of(ada.job, 2).pk


def test_another_decision_about_the_same_state_is_a_conflict(ada, recruiter):
    hold(recruiter, ada, LATER)
    for kind, more in (
        (DecisionKind.ADVANCE, {}),
        (DecisionKind.HOLD, {"held_until": LATER + timedelta(days=1)}),
    ):
        with pytest.raises(ConflictingDecisionError, match="put on hold until"):
            act(recruiter, ada, kind, expected_revision=1, **more)


def test_a_form_sent_again_after_an_undo_is_told_so(ada, recruiter):
    decision = act(recruiter, ada, DecisionKind.ADVANCE, expected_revision=1)
    undo(actor=recruiter, decision_id=decision.pk)
    with pytest.raises(ConflictingDecisionError):
        act(recruiter, ada, DecisionKind.ADVANCE, expected_revision=1)


def test_who_was_faster_and_what_they_did_is_told(ada, recruiter, manager):
    reject(manager, ada)
    with pytest.raises(ConflictingDecisionError, match="Hanna was faster: rejected: Below the level") as told:
        act(recruiter, ada, DecisionKind.ADVANCE, expected_revision=1)
    assert told.value.latest.decided_by == "Hanna"
    assert state(ada)["status"] == "rejected"


def test_a_screening_that_came_in_between_is_told(ada, recruiter):
    seen = shown(ada)
    current = get_current_screening(application_id=ada.pk)
    better = current.result.__class__(
        **{name: getattr(current.result, name) for name in current.result.__slots__ if name != "rules_version"},
        rules_version="newer",
    )
    store_screening(
        application_id=ada.pk,
        document_id=current.document_id,
        result=better,
        role_version_id=current.role_version_id,
    )
    with pytest.raises(ConflictingDecisionError, match="screened again while you looked"):
        reject(recruiter, ada, evidence_shown=seen)
    reject(recruiter, ada, evidence_shown=shown(ada))


def test_interviewers_and_viewers_see_but_do_not_decide(ada, recruiter, interviewer, viewer):
    decision = act(recruiter, ada, DecisionKind.ADVANCE)
    for person in (interviewer, viewer):
        with pytest.raises(Forbidden):
            act(person, ada, DecisionKind.ADVANCE)
        with pytest.raises(Forbidden):
            undo(actor=person, decision_id=decision.pk)


def test_an_outsider_does_not_learn_that_there_is_anything_to_decide(ada, recruiter, outsider, account):
    decision = act(recruiter, ada, DecisionKind.ADVANCE)
    for person in (outsider, account("Ines", Role.INTERVIEWER)):
        with pytest.raises(Http404):
            act(person, ada, DecisionKind.ADVANCE)
        with pytest.raises(Http404):
            undo(actor=person, decision_id=decision.pk)
    with pytest.raises(Http404):
        undo(actor=recruiter, decision_id=2**62)


@pytest.mark.parametrize(
    ("kind", "verb"),
    [
        (DecisionKind.ADVANCE, "application.advanced"),
        (DecisionKind.MOVE, "application.moved"),
        (DecisionKind.HOLD, "application.held"),
        (DecisionKind.REJECT, "application.rejected"),
    ],
)
def test_each_decision_leaves_one_audit_event(ada, recruiter, kind, verb):
    decision = act(
        recruiter,
        ada,
        kind,
        held_until=LATER,
        to_stage_id=stage_of(ada.job, 3).pk,
        reason=RejectReason.LEVEL_TOO_LOW,
        evidence_shown=shown(ada, "score:score"),
        note="Told nobody",
    )
    event = Event.objects.get(object_type="application", verb=verb)
    assert (event.verb, event.actor, event.data["decision"]) == (verb, recruiter, decision.pk)
    assert event.data["rests_on"] == ["score:score"]
    assert event.why == ("level_too_low" if kind is DecisionKind.REJECT else "")
    assert "Told nobody" not in str(event.data)


def test_resuming_and_taking_back_leave_their_events_too(ada, recruiter):
    hold(recruiter, ada, LATER)
    decision = act(recruiter, ada, DecisionKind.RESUME)
    assert last_event(ada).verb == "application.resumed"
    undo(actor=recruiter, decision_id=decision.pk)
    event = last_event(ada)
    assert (event.verb, event.data["undoes"], event.data["status"]) == ("decision.undone", decision.pk, "held")


def test_what_was_refused_leaves_no_event(ada, recruiter, interviewer):
    before = Event.objects.count()
    with pytest.raises(IllegalDecisionError):
        reject(recruiter, ada, reason=None)
    with pytest.raises(Forbidden):
        act(interviewer, ada, DecisionKind.ADVANCE)
    assert Event.objects.count() == before


def test_a_note_is_kept_without_what_no_database_can_keep_and_not_beyond_measure(ada, recruiter):
    assert act(recruiter, ada, DecisionKind.ADVANCE, note=f"\0{'x' * 9000}").note == "x" * 4000


def test_deciding_about_one_leaves_others_alone(ada, job, recruiter):
    grace = screened(job, "Grace Hopper")
    before = state(grace)
    act(recruiter, ada, DecisionKind.ADVANCE)
    assert state(grace) == before


def test_a_hire_takes_an_opening_and_taking_the_hire_back_frees_it(ada, recruiter):
    approve_band(ada.job, recruiter)
    last = Stage.objects.get(job=ada.job, group=StageGroup.HIRED)
    hired = act(recruiter, ada, DecisionKind.MOVE, to_stage_id=last.pk)
    assert state(ada)["status"] == "hired"
    assert ada.job.openings.get(filled_by=ada).state == "filled"
    undo(actor=recruiter, decision_id=hired.pk)
    assert not ada.job.openings.exclude(state="open", filled_by=None).exists()
