"""Two people, two database connections, one application."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.app.deciding.acts import act, reject, shown, state
from tests.simultaneous import at_once

from assay.app.deciding.actions.deciding import ConflictingDecisionError, undo
from assay.app.deciding.models import Decision
from assay.core.deciding.decision import DecisionKind, RejectReason

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told(ada, recruiter, manager):
    seen = shown(ada)
    ways = [
        lambda: act(recruiter, ada, DecisionKind.ADVANCE, expected_revision=1),
        lambda: act(
            manager,
            ada,
            DecisionKind.REJECT,
            expected_revision=1,
            reason=RejectReason.LEVEL_TOO_LOW,
            evidence_shown=seen,
        ),
    ]
    results = at_once(*ways)
    (kept,) = [result for result in results if isinstance(result, Decision)]
    (told,) = [result for result in results if isinstance(result, ConflictingDecisionError)]
    assert told.latest is not None
    assert f"{kept.decided_by.name} was faster" in str(told)
    assert Decision.objects.get() == kept
    assert (state(ada)["status"] == "rejected") is (kept.kind == "reject")


def test_a_form_sent_by_an_impatient_finger_counts_once(ada, recruiter):
    results = at_once(*[lambda: act(recruiter, ada, DecisionKind.ADVANCE, expected_revision=1)] * 4)
    assert len({result.pk for result in results if isinstance(result, Decision)}) == 1
    assert all(isinstance(result, Decision) for result in results), results
    assert Decision.objects.count() == 1


def test_of_two_who_take_back_at_once_one_wins_and_one_person_is_told_nothing(ada, recruiter, manager):
    decision = reject(recruiter, ada)
    own = at_once(*[lambda: undo(actor=recruiter, decision_id=decision.pk)] * 3)
    assert len(set(own)) == 1
    assert isinstance(own[0], int)
    again = reject(recruiter, ada)
    results = at_once(*[lambda who=who: undo(actor=who, decision_id=again.pk) for who in (recruiter, manager)])
    assert sorted(type(result).__name__ for result in results) == ["ConflictingDecisionError", "int"]
    assert state(ada)["status"] == "active"


def test_taking_back_and_deciding_anew_at_once_end_in_one_state(ada, recruiter, manager):
    decision = act(recruiter, ada, DecisionKind.ADVANCE)
    until = timezone.localdate() + timedelta(days=7)
    results = at_once(
        lambda: undo(actor=recruiter, decision_id=decision.pk),
        lambda: act(manager, ada, DecisionKind.HOLD, expected_revision=2, held_until=until),
    )
    assert sum(isinstance(result, ConflictingDecisionError) for result in results) == 1, results
    assert Decision.objects.count() == 2
    assert state(ada)["status"] == ("held" if isinstance(results[1], Decision) else "active")
