"""Interviews start only with an approved band."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from tests.app.deciding.acts import act, hold, reject, shown, state
from tests.app.pipeline.cast import advance, approve_band, make_job, screened, set_band

from assay.app.deciding.actions.deciding import InterviewsNotOpenError, undo
from assay.app.pipeline.actions.applications import BandNotApprovedError, first_stage
from assay.app.pipeline.models import Application, Job, JobMember, Stage
from assay.app.requisitions.actions.approvals import withdraw_requisition
from assay.app.requisitions.models import Requisition
from assay.app.requisitions.queries import find_job_band
from assay.core.deciding.decision import DecisionKind
from assay.core.pipeline.status import TeamRole
from assay.platform.access.roles import Role
from assay.platform.accounts.models import User

pytestmark = pytest.mark.django_db
BEFORE_INTERVIEWS = 3
Account = Callable[[str, Role], User]


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


def test_another_band_makes_the_approval_lapse_and_says_which_fact_changed(ada: Application, recruiter: User) -> None:
    requisition = approve_band(ada.job, recruiter)
    set_band(requisition.pk, by=recruiter, high=120_000)
    with pytest.raises(InterviewsNotOpenError, match="Band changed") as refused:
        act(recruiter, ada, DecisionKind.ADVANCE)
    assert "EUR" not in str(refused.value) and "000" not in str(refused.value)


@pytest.mark.parametrize("role", [Role.INTERVIEWER, Role.VIEWER])
def test_who_may_not_see_the_request_learns_no_value_and_no_code_from_the_band_of_the_job(
    ada: Application, recruiter: User, account: Account, browse: Callable[[User], Client], role: Role
) -> None:
    requisition = approve_band(ada.job, recruiter)
    reader = account("Ria", role)
    JobMember.objects.create(job=ada.job, user=reader, team_role=TeamRole.INTERVIEWER)
    set_band(requisition.pk, by=recruiter, high=120_000)
    Requisition.objects.filter(pk=requisition.pk).update(budget=Decimal(190_000))
    page = browse(reader).get(f"/jobs/{ada.job_id}/band").content.decode()
    assert "Band changed; Budget changed" in page
    for value in ("EUR", "80,000", "120,000", "150,000", "190,000", requisition.code):
        assert value not in page
    band = find_job_band(actor=reader, job_id=ada.job_id)
    assert (band.band, band.code, band.requisition_id) == ("", "", None)
    whole = browse(recruiter).get(f"/jobs/{ada.job_id}/band").content.decode()
    assert "EUR 80,000 to 120,000" in whole and requisition.code in whole


def test_interviews_that_stand_before_an_earlier_stage_are_entered_only_with_a_band(
    ada: Application, recruiter: User
) -> None:
    interview = Stage.objects.filter(job=ada.job, group="interview").earliest("position")
    Stage.objects.filter(pk=interview.pk).update(position=0)
    with pytest.raises(InterviewsNotOpenError):
        act(recruiter, ada, DecisionKind.MOVE, to_stage_id=interview.pk)


def test_applicants_begin_in_the_first_stage_that_needs_no_band(job: Job) -> None:
    interview = Stage.objects.filter(job=job, group="interview").earliest("position")
    Stage.objects.filter(pk=interview.pk).update(position=0)
    assert first_stage(job_id=job.pk).group == "application"
    Stage.objects.filter(job=job).update(group="interview")
    with pytest.raises(BandNotApprovedError):
        first_stage(job_id=job.pk)


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
