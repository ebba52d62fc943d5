"""The end that a candidate chose: told by the team, or said on the status page."""

import pytest
from django.http import Http404
from django.urls import reverse
from tests.app.deciding.acts import act, hold, reject, state
from tests.app.deciding.test_decisions import LATER
from tests.simultaneous import at_once

from assay.app.deciding.actions.deciding import ConflictingDecisionError, undo
from assay.app.deciding.actions.withdrawing import withdraw, withdraw_as_candidate
from assay.app.deciding.announcing import decided
from assay.app.deciding.models import Decision
from assay.app.deciding.queries import get_decision, get_undoable_decision
from assay.app.pipeline.models import Application
from assay.core.deciding.decision import DecisionKind, IllegalDecisionError, WithdrawReason
from assay.platform.access.gate import Forbidden
from assay.platform.audit.models import Event


def leave(actor, application, **more):
    more.setdefault("reason", WithdrawReason.OTHER_OFFER)
    more.setdefault("expected_revision", Application.objects.get(pk=application.pk).revision)
    return withdraw(actor=actor, application_id=application.pk, **more)


def test_a_withdrawal_keeps_its_typed_reason_and_the_stage(ada, recruiter):
    decision = get_decision(decision_id=leave(recruiter, ada, note=" Told me by phone.\0 "))
    assert state(ada) == {
        "stage_id": ada.stage_id,
        "status": "withdrawn",
        "held_until": None,
        "needs_review": False,
    }
    assert (decision.sentence, decision.note) == ("recorded as withdrawn: Took another offer", "Told me by phone.")
    event = Event.objects.get(verb="application.withdrawn")
    assert (event.actor, event.why, event.data["said_by"]) == (recruiter, "other_offer", "team")


def test_a_candidate_withdraws_without_an_account_and_without_a_reason(ada):
    first = withdraw_as_candidate(application_id=ada.pk, reason=None, note="")
    assert withdraw_as_candidate(application_id=ada.pk, reason=WithdrawReason.PAY, note="again") == first
    decision = get_decision(decision_id=first)
    assert (decision.decided_by, decision.sentence) == ("The candidate", "withdrew: Did not say why")
    assert state(ada)["status"] == "withdrawn"
    assert Event.objects.get(verb="application.withdrawn").actor is None


def test_a_withdrawal_that_the_team_recorded_is_taken_back_to_where_the_application_stood(ada, recruiter):
    hold(recruiter, ada, LATER)
    before = state(ada)
    undo(actor=recruiter, decision_id=leave(recruiter, ada))
    assert state(ada) == before


def test_nobody_of_the_team_undoes_what_the_candidate_did_themself(ada, recruiter, browse):
    hold(recruiter, ada, LATER)
    theirs = withdraw_as_candidate(application_id=ada.pk, reason=None, note="")
    assert get_undoable_decision(application_id=ada.pk) is None
    with pytest.raises(IllegalDecisionError, match="They withdrew themself.*Write to them"):
        undo(actor=recruiter, decision_id=theirs)
    assert state(ada)["status"] == "withdrawn"
    page = browse(recruiter).get(reverse("review:application", args=[ada.pk])).content.decode()
    assert reverse("review:undo", args=[theirs]) not in page
    assert "They withdrew themself" in page
    assert reverse("messaging:of_application", args=[ada.pk]) in page.split("They withdrew themself")[1][:300]


def test_a_withdrawal_is_announced_with_who_said_it(ada, recruiter):
    heard = []

    def listen(**news):
        heard.append((news["kind"], news["actor"]))

    decided.connect(listen)
    try:
        undo(actor=recruiter, decision_id=leave(recruiter, ada))
        withdraw_as_candidate(application_id=ada.pk, reason=None, note="")
    finally:
        decided.disconnect(listen)
    kinds = [DecisionKind.WITHDRAW, DecisionKind.UNDO, DecisionKind.WITHDRAW]
    assert heard == list(zip(kinds, [recruiter, recruiter, None], strict=True))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"reason": None}, "needs a reason"),
        ({"reason": WithdrawReason.OTHER}, "write the reason"),
        ({"reason": WithdrawReason.OTHER, "note": "\0 \u200b"}, "write the reason"),
    ],
)
def test_a_withdrawal_told_by_the_team_says_why(ada, recruiter, more, words):
    with pytest.raises(IllegalDecisionError, match=words):
        leave(recruiter, ada, **more)
    assert state(ada)["status"] == "active"


def test_who_was_rejected_cannot_leave_any_more(ada, recruiter):
    reject(recruiter, ada)
    with pytest.raises(IllegalDecisionError, match="rejected"):
        leave(recruiter, ada)
    with pytest.raises(IllegalDecisionError, match="rejected"):
        withdraw_as_candidate(application_id=ada.pk, reason=None, note="")


def test_the_same_withdrawal_sent_twice_counts_once_and_a_later_one_is_told(ada, recruiter, manager):
    first = leave(recruiter, ada)
    assert leave(recruiter, ada, expected_revision=1) == first
    with pytest.raises(ConflictingDecisionError, match="Rita was faster: recorded as withdrawn"):
        leave(manager, ada, expected_revision=1)
    assert Decision.objects.count() == 1


def test_withdrawing_is_for_who_decides(ada, interviewer, outsider):
    with pytest.raises(Forbidden):
        leave(interviewer, ada)
    with pytest.raises(Http404):
        leave(outsider, ada)


def test_no_withdrawal_is_sent_as_a_plain_decision(ada, recruiter):
    for kind in (DecisionKind.WITHDRAW, DecisionKind.TRANSFER):
        with pytest.raises(IllegalDecisionError):
            act(recruiter, ada, kind)


@pytest.mark.django_db(transaction=True)
def test_a_candidate_who_leaves_while_the_team_decides_has_left_and_the_decision_is_kept(ada, recruiter):
    results = at_once(
        lambda: withdraw_as_candidate(application_id=ada.pk, reason=None, note=""),
        lambda: withdraw_as_candidate(application_id=ada.pk, reason=None, note=""),
        lambda: act(recruiter, ada, DecisionKind.ADVANCE, expected_revision=1),
    )
    assert results[0] == results[1]
    assert isinstance(results[0], int)
    assert state(ada)["status"] == "withdrawn"
    row = Application.objects.get(pk=ada.pk)
    assert Decision.objects.filter(application=ada).count() == row.revision - 1
    assert isinstance(results[2], Decision | ConflictingDecisionError)
