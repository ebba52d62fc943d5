"""Interviews start only with an approved band."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.app.deciding.acts import act, hold, reject, shown, state
from tests.app.pipeline.cast import advance, approve_band, make_job, screened, set_band

from assay.app.deciding.actions import InterviewsNotOpenError, undo
from assay.app.pipeline.models import Application, Job, Stage
from assay.app.requisitions.actions.approvals import withdraw_requisition
from assay.core.deciding.decision import DecisionKind
from assay.platform.accounts.models import User

pytestmark = pytest.mark.django_db
BEFORE_INTERVIEWS = 3


@pytest.fixture
def job(recruiter: User) -> Job:
    return make_job(recruiter)


@pytest.fixture
def ada(job: Job) -> Application:
    """Somebody whose next stage is the interviews."""
    return advance(screened(job, "Ada Byron"), BEFORE_INTERVIEWS)


def test_nobody_is_moved_into_interviews_of_a_job_without_an_approved_band(ada: Application, recruiter: User) -> None:
    before = state(ada)
    offer = Stage.objects.get(job=ada.job, group="offer")
    for more in ({"kind": DecisionKind.ADVANCE}, {"kind": DecisionKind.MOVE, "to_stage_id": offer.pk}):
        with pytest.raises(InterviewsNotOpenError, match="no approved band"):
            act(recruiter, ada, more.pop("kind"), **more)
    assert state(ada) == before


def test_stages_before_interviews_rejections_and_holds_ask_for_no_band(
    job: Job, recruiter: User, ada: Application
) -> None:
    early = screened(job, "Bo Early")
    act(recruiter, early, DecisionKind.ADVANCE)
    hold(recruiter, ada, timezone.localdate() + timedelta(days=7))
    reject(recruiter, ada)
    assert Application.objects.get(pk=ada.pk).status == "rejected"


def test_with_an_approved_band_interviews_start(ada: Application, recruiter: User) -> None:
    approve_band(ada.job, recruiter)
    act(recruiter, ada, DecisionKind.ADVANCE)
    assert Application.objects.get(pk=ada.pk).stage.group == "interview"


def test_another_band_makes_the_approval_lapse_and_says_what_changed(ada: Application, recruiter: User) -> None:
    requisition = approve_band(ada.job, recruiter)
    set_band(requisition.pk, by=recruiter, high=120_000)
    with pytest.raises(
        InterviewsNotOpenError, match="Band changed from EUR 80,000 to 100,000 to EUR 80,000 to 120,000"
    ):
        act(recruiter, ada, DecisionKind.ADVANCE)


def test_the_band_set_back_to_what_was_approved_counts_again(ada: Application, recruiter: User) -> None:
    requisition = approve_band(ada.job, recruiter)
    set_band(requisition.pk, by=recruiter, high=120_000)
    set_band(requisition.pk, by=recruiter)
    act(recruiter, ada, DecisionKind.ADVANCE)


def test_a_withdrawn_request_closes_the_gate(ada: Application, recruiter: User) -> None:
    requisition = approve_band(ada.job, recruiter)
    withdraw_requisition(actor=recruiter, requisition_id=requisition.pk, why="No money")
    with pytest.raises(InterviewsNotOpenError):
        act(recruiter, ada, DecisionKind.ADVANCE)


def test_who_is_in_interviews_already_goes_back_and_an_undo_brings_them_there_again(
    ada: Application, recruiter: User
) -> None:
    requisition = approve_band(ada.job, recruiter)
    act(recruiter, ada, DecisionKind.ADVANCE)
    set_band(requisition.pk, by=recruiter, high=120_000)
    shortlist = Stage.objects.get(job=ada.job, position=2)
    back = act(recruiter, ada, DecisionKind.MOVE, to_stage_id=shortlist.pk)
    undo(actor=recruiter, decision_id=back.pk)
    assert Application.objects.get(pk=ada.pk).stage.group == "interview"
    with pytest.raises(InterviewsNotOpenError):
        act(recruiter, ada, DecisionKind.ADVANCE)


def test_the_page_says_what_to_do_with_a_link(
    ada: Application, recruiter: User, browse: Callable[[User], Client]
) -> None:
    browser = browse(recruiter)
    seen = {"kind": "advance", "revision": ada.revision, "screening": shown(ada).screening_id}
    answer = browser.post(f"/applications/{ada.pk}/decide", seen)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "no approved band" in page and f'href="/jobs/{ada.job_id}/band"' in page
    band = browser.get(f"/jobs/{ada.job_id}/band").content.decode()
    assert "Ask for approval" in band
