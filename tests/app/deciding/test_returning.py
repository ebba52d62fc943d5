"""A hold ends by itself on its day, and the history says that nobody did it."""

from datetime import timedelta

from django.utils import timezone
from tests.app.deciding.acts import act, hold, state
from tests.app.pipeline.cast import apply

from assay.app.deciding.actions.returning import end_holds
from assay.app.deciding.queries import get_latest_decision, get_undoable_decision
from assay.core.deciding.decision import DecisionKind
from assay.platform.audit.models import Event


def test_a_hold_ends_on_its_day_and_not_before(ada, job, recruiter):
    today = timezone.localdate()
    hold(recruiter, ada, today + timedelta(days=5))
    later = apply(job, "Later")
    hold(recruiter, later, today + timedelta(days=6))
    assert end_holds(today=today + timedelta(days=4)) == 0
    assert end_holds(today=today + timedelta(days=5)) == 1
    assert end_holds(today=today + timedelta(days=5)) == 0
    assert state(ada) == {"stage_id": ada.stage_id, "status": "active", "held_until": None, "needs_review": True}
    assert state(later)["status"] == "held"


def test_a_hold_that_ended_by_itself_has_nobody_behind_it_and_is_not_taken_back(ada, recruiter):
    until = timezone.localdate() + timedelta(days=2)
    hold(recruiter, ada, until)
    end_holds(today=until + timedelta(days=30))
    decision = get_latest_decision(application_id=ada.pk)
    assert (decision.decided_by, decision.sentence, decision.is_automatic) == ("The calendar", "taken off hold", True)
    assert Event.objects.get(verb="application.resumed").actor is None
    assert get_undoable_decision(application_id=ada.pk) is None
    act(recruiter, ada, DecisionKind.ADVANCE)
    assert get_undoable_decision(application_id=ada.pk).kind is DecisionKind.ADVANCE
