"""Decisions about many: one each, told apart from what was left alone, gone on with after a death, undone at once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.utils import timezone
from tests.app.deciding.acts import act, reject, state
from tests.app.pipeline.cast import apply, approve_band, make_job, screened

from assay.app.deciding.actions import bulk as bulk_actions
from assay.app.deciding.actions import bulk_steps
from assay.app.deciding.actions.bulk import BulkOrder, prepare_bulk, start_bulk, undo_bulk
from assay.app.deciding.actions.bulk_steps import work_on_bulk
from assay.app.deciding.announcing import LetterChoice, decided
from assay.app.deciding.bulk_queries import get_bulk, list_left, preview_bulk
from assay.app.deciding.jobs import run_bulk_job
from assay.app.deciding.models import Bulk, BulkItem, Decision
from assay.app.pipeline.models import Application, Stage
from assay.app.screening.models import Screening
from assay.core.deciding.bulk import BulkChoice, BulkItemState, BulkState, SkipCause
from assay.core.deciding.decision import DecisionKind, IllegalDecisionError, RejectReason
from assay.core.pipeline.applicant_filter import ApplicantFilter
from assay.core.pipeline.status import ApplicationStatus
from assay.platform.access.gate import Forbidden
from assay.platform.audit.models import Event

TWO, OFFER = 2, 6


def stage_at(job, position):
    return Stage.objects.get(job=job, position=position).pk


def many(job, count):
    return [apply(job, f"Applicant {number}") for number in range(count)]


def prepare(actor, job, applications, kind=DecisionKind.MOVE):
    ids = [one.pk for one in applications]
    return prepare_bulk(actor=actor, job_id=job.pk, kind=kind, application_ids=ids, back="")


def view(actor, job, bulk_id):
    return get_bulk(actor=actor, job_id=job.pk, bulk_id=bulk_id)


def start(actor, job, bulk_id, **order):
    start_bulk(actor=actor, job_id=job.pk, bulk_id=bulk_id, order=BulkOrder(**order))
    return view(actor, job, bulk_id)


def test_everybody_chosen_gets_a_decision_of_their_own_by_the_person_who_chose(job, recruiter):
    rows = many(job, 5)
    made = start(recruiter, job, prepare(recruiter, job, rows), to_stage_id=stage_at(job, TWO), note="Strong month")
    assert made.state is BulkState.DONE
    assert made.sentence == "5 moved to Shortlist."
    decisions = Decision.objects.filter(application__in=rows)
    assert {(one.kind, one.decided_by_id, one.note) for one in decisions} == {("move", recruiter.pk, "Strong month")}
    assert decisions.count() == 5
    assert Event.objects.filter(verb="application.moved").count() == 5
    assert Event.objects.filter(verb="bulk.finished").count() == 1


def test_a_bulk_rejection_keeps_each_persons_own_evidence_and_reason(job, recruiter):
    strong, weak = screened(job, "Ada"), screened(job, "Bo", lines=["Familiar with Kafka."])
    unread = apply(job, "Cy")
    bulk_id = prepare(recruiter, job, [strong, weak, unread], DecisionKind.REJECT)
    start(recruiter, job, bulk_id, reason=RejectReason.STRONGER_APPLICANTS)
    for application in (strong, weak, unread):
        decision = Decision.objects.get(application=application)
        assert decision.reason == "stronger_applicants"
        assert any(item["relied_on"] for item in decision.evidence_shown)
        current = (
            Screening.objects.filter(application=application, is_current=True).values_list("pk", flat=True).first()
        )
        assert decision.screening_id == current
    relied = {item["kind"] for item in Decision.objects.get(application=unread).evidence_shown if item["relied_on"]}
    assert relied == {"no_document"}


@pytest.mark.parametrize(
    ("order", "says"),
    [
        ({}, "needs a reason"),
        ({"reason": RejectReason.OTHER}, "write the reason in the note"),
        ({"reason": RejectReason.LEVEL_TOO_LOW, "note": "x" * 5000}, "too long"),
    ],
)
def test_a_bulk_rejection_without_a_whole_reason_changes_nobody(job, recruiter, order, says):
    rows = many(job, 2)
    bulk_id = prepare(recruiter, job, rows, DecisionKind.REJECT)
    with pytest.raises(IllegalDecisionError, match=says):
        start(recruiter, job, bulk_id, **order)
    assert view(recruiter, job, bulk_id).state is BulkState.DRAFT
    assert not Decision.objects.exists()


def test_the_choice_about_the_letter_reaches_whoever_writes_it(job, recruiter):
    told = []

    def listen(**news):
        told.append(news["letter"])

    decided.connect(listen)
    try:
        bulk_id = prepare(recruiter, job, many(job, 2), DecisionKind.REJECT)
        start(recruiter, job, bulk_id, reason=RejectReason.LEVEL_TOO_LOW, letter=LetterChoice.NONE)
    finally:
        decided.disconnect(listen)
    assert told == [LetterChoice.NONE, LetterChoice.NONE]


def test_those_whom_somebody_decided_about_since_are_left_alone_and_named(job, recruiter, manager):
    ada, bo = apply(job, "Ada"), apply(job, "Bo")
    bulk_id = prepare(recruiter, job, [ada, bo])
    act(manager, ada, DecisionKind.MOVE, to_stage_id=stage_at(job, 3))
    choice = BulkChoice(DecisionKind.MOVE, to_position=TWO)
    forecast = preview_bulk(bulk=view(recruiter, job, bulk_id), choice=choice, today=timezone.localdate())
    assert (forecast.will, [row.name for row in forecast.left]) == (1, ["Ada"])
    made = start(recruiter, job, bulk_id, to_stage_id=stage_at(job, TWO))
    assert made.skips == {SkipCause.CHANGED: 1}
    assert made.sentence == "1 moved to Shortlist. 1 was not: 1 changed by somebody else since."
    [left] = list_left(bulk=made)
    assert left.why.startswith("Hanna was faster: moved to Work sample.")
    assert state(ada)["stage_id"] == stage_at(job, 3)


def test_a_document_screened_again_in_between_is_not_rejected_on_the_old_evidence(job, recruiter):
    ada = screened(job, "Ada")
    bulk_id = prepare(recruiter, job, [ada], DecisionKind.REJECT)
    BulkItem.objects.filter(bulk=bulk_id).update(screening_id=None)
    made = start(recruiter, job, bulk_id, reason=RejectReason.LEVEL_TOO_LOW)
    assert made.skips == {SkipCause.CHANGED: 1}
    assert "screened again" in list_left(bulk=made)[0].why
    assert state(ada)["status"] == "active"


def test_the_preview_says_who_is_left_alone_and_why_and_the_run_agrees(job, recruiter):
    there, held, gone, free = (apply(job, name) for name in ("There", "Held", "Gone", "Free"))
    act(recruiter, there, DecisionKind.MOVE, to_stage_id=stage_at(job, TWO))
    reject(recruiter, gone)
    act(recruiter, held, DecisionKind.HOLD, held_until=timezone.localdate() + timedelta(days=3))
    bulk_id = prepare(recruiter, job, [there, held, gone, free])
    choice = BulkChoice(DecisionKind.MOVE, to_position=TWO)
    forecast = preview_bulk(bulk=view(recruiter, job, bulk_id), choice=choice, today=timezone.localdate())
    assert {row.name: row.why for row in forecast.left} == {
        "There": "Already in this stage.",
        "Gone": "This application is rejected. Undo that first.",
    }
    made = start(recruiter, job, bulk_id, to_stage_id=stage_at(job, TWO))
    assert made.counts == {BulkItemState.DONE: forecast.will, BulkItemState.SKIPPED: len(forecast.left)}


def test_nobody_is_moved_into_interviews_before_the_band_is_approved(job, recruiter):
    rows = many(job, 2)
    interviews = Stage.objects.get(job=job, position=4)
    choice = BulkChoice(DecisionKind.MOVE, to_position=4)
    bulk_id = prepare(recruiter, job, rows)
    forecast = preview_bulk(bulk=view(recruiter, job, bulk_id), choice=choice, today=timezone.localdate())
    assert (forecast.will, forecast.causes) == (0, (("the band of this job is not approved", 2),))
    made = start(recruiter, job, bulk_id, to_stage_id=interviews.pk)
    assert made.skips == {SkipCause.BAND: 2}
    approve_band(job, recruiter)
    made = start(recruiter, job, prepare(recruiter, job, rows), to_stage_id=interviews.pk)
    assert made.sentence == "2 moved to Interviews."


def test_hold_and_resume_apply_to_many(job, recruiter):
    rows = many(job, 3)
    until = timezone.localdate() + timedelta(days=9)
    made = start(recruiter, job, prepare(recruiter, job, rows, DecisionKind.HOLD), held_until=until)
    assert made.sentence == "3 put on hold."
    assert {(state(one)["status"], state(one)["held_until"]) for one in rows} == {("held", until)}
    made = start(recruiter, job, prepare(recruiter, job, rows, DecisionKind.RESUME))
    assert made.sentence == "3 taken off hold."
    assert {state(one)["status"] for one in rows} == {"active"}


def test_one_undo_takes_everything_back_that_is_still_the_last_word(job, recruiter, manager):
    rows = many(job, 4)
    before = {one.pk: state(one) for one in rows}
    bulk_id = prepare(recruiter, job, rows, DecisionKind.REJECT)
    start(recruiter, job, bulk_id, reason=RejectReason.LEVEL_TOO_LOW)
    overturned = Decision.objects.get(application=rows[0])
    from assay.app.deciding.actions.deciding import undo

    undo(actor=manager, decision_id=overturned.pk)
    act(manager, rows[0], DecisionKind.MOVE, to_stage_id=stage_at(job, 3))
    undo_bulk(actor=recruiter, job_id=job.pk, bulk_id=bulk_id)
    made = view(recruiter, job, bulk_id)
    assert made.state is BulkState.UNDONE
    assert made.sentence == (
        "Taken back for 3. 1 was left as they are now, because somebody has decided about them since."
    )
    assert state(rows[0])["stage_id"] == stage_at(job, 3)
    assert [state(one) for one in rows[1:]] == [before[one.pk] for one in rows[1:]]


def test_a_form_sent_twice_and_an_undo_pressed_twice_happen_once(job, recruiter):
    rows = many(job, 3)
    bulk_id = prepare(recruiter, job, rows)
    for _ in range(2):
        start(recruiter, job, bulk_id, to_stage_id=stage_at(job, TWO))
    assert Decision.objects.count() == 3
    for _ in range(2):
        undo_bulk(actor=recruiter, job_id=job.pk, bulk_id=bulk_id)
    assert Decision.objects.filter(kind="undo").count() == 3


def test_a_large_one_is_left_to_the_background_and_a_small_one_is_not(job, recruiter, monkeypatch):
    queued = []
    monkeypatch.setattr(bulk_actions, "SMALL", 2)
    monkeypatch.setattr(bulk_actions, "enqueue_bulk", lambda **ids: queued.append(ids))
    bulk_id = prepare(recruiter, job, many(job, 3))
    made = start(recruiter, job, bulk_id, to_stage_id=stage_at(job, TWO))
    assert (made.state, made.finished, queued) == (
        BulkState.RUNNING,
        0,
        [{"bulk_id": bulk_id, "at": None}],
    )
    run_bulk_job(bulk_id=bulk_id)
    assert view(recruiter, job, bulk_id).sentence == "3 moved to Shortlist."


def test_a_worker_that_dies_halfway_is_gone_on_with_and_nothing_happens_twice(job, recruiter, monkeypatch):
    rows = many(job, 6)
    monkeypatch.setattr(bulk_actions, "SMALL", 0)
    bulk_id = prepare(recruiter, job, rows)
    start(recruiter, job, bulk_id, to_stage_id=stage_at(job, TWO))
    real, calls = bulk_steps.decide, []

    class Killed(BaseException):
        """As a signal ends a process: nothing catches it."""

    def die_on_the_fourth(**asked):
        calls.append(asked)
        made = real(**asked)
        if len(calls) == 4:
            raise Killed
        return made

    monkeypatch.setattr(bulk_steps, "decide", die_on_the_fourth)
    with pytest.raises(Killed):
        work_on_bulk(bulk_id=bulk_id)
    halfway = view(recruiter, job, bulk_id)
    assert (halfway.state, halfway.finished, Decision.objects.count()) == (BulkState.RUNNING, 3, 3)
    monkeypatch.setattr(bulk_steps, "decide", real)
    work_on_bulk(bulk_id=bulk_id)
    work_on_bulk(bulk_id=bulk_id)
    assert view(recruiter, job, bulk_id).sentence == "6 moved to Shortlist."
    assert Decision.objects.count() == 6
    assert {one.revision for one in Application.objects.filter(job=job)} == {2}


def test_work_comes_in_pieces_until_nothing_is_left(job, recruiter, monkeypatch):
    queued = []
    monkeypatch.setattr(bulk_actions, "SMALL", 0)
    monkeypatch.setattr(bulk_steps, "PIECE", 2)
    monkeypatch.setattr(bulk_steps, "enqueue_bulk", lambda **ids: queued.append(ids))
    bulk_id = prepare(recruiter, job, many(job, 5))
    start(recruiter, job, bulk_id, to_stage_id=stage_at(job, TWO))
    for expected in (2, 4, 5):
        work_on_bulk(bulk_id=bulk_id)
        assert view(recruiter, job, bulk_id).finished == expected
    assert len(queued) == 2
    assert view(recruiter, job, bulk_id).state is BulkState.DONE


def test_whoever_loses_the_right_meanwhile_decides_nothing_more(job, recruiter, manager, monkeypatch):
    monkeypatch.setattr(bulk_actions, "SMALL", 0)
    rows = many(job, 2)
    bulk_id = prepare(manager, job, rows)
    start(manager, job, bulk_id, to_stage_id=stage_at(job, TWO))
    job.members.filter(user=manager).delete()
    work_on_bulk(bulk_id=bulk_id)
    assert view(recruiter, job, bulk_id).skips == {SkipCause.ACCESS: 2}
    assert not Decision.objects.exists()


def test_everybody_who_matches_can_be_chosen_without_ticking(job, recruiter):
    many(job, 3)
    apply(job, "Held", status=ApplicationStatus.HELD)
    bulk_id = prepare_bulk(actor=recruiter, job_id=job.pk, kind=DecisionKind.MOVE, everyone=ApplicantFilter())
    assert view(recruiter, job, bulk_id).total == 3


def test_applications_of_another_job_are_never_chosen(job, recruiter):
    other = apply(make_job(recruiter, title="Other"), "Elsewhere")
    with pytest.raises(IllegalDecisionError, match="Nobody is chosen"):
        prepare(recruiter, job, [other])


def test_too_many_at_once_are_refused_in_words(job, recruiter, monkeypatch):
    monkeypatch.setattr(bulk_actions, "MOST_REJECTED", 2)
    with pytest.raises(IllegalDecisionError, match="At most 2 can be rejected"):
        prepare(recruiter, job, many(job, 3), DecisionKind.REJECT)
    with pytest.raises(IllegalDecisionError, match="cannot be decided about many"):
        prepare(recruiter, job, many(job, 1), DecisionKind.ADVANCE)


def test_only_who_decides_on_the_job_chooses_and_a_draft_is_its_makers_alone(
    job, recruiter, manager, interviewer, outsider
):
    rows = many(job, 1)
    with pytest.raises(Forbidden):
        prepare(interviewer, job, rows)
    with pytest.raises(Http404):
        prepare(outsider, job, rows)
    bulk_id = prepare(recruiter, job, rows)
    with pytest.raises(Http404):
        view(manager, job, bulk_id)
    with pytest.raises(Http404):
        start(manager, job, bulk_id, to_stage_id=stage_at(job, TWO))


def test_old_drafts_are_swept_away_and_those_of_others_are_not(job, recruiter, manager):
    rows = many(job, 1)
    old, others = prepare(recruiter, job, rows), prepare(manager, job, rows)
    Bulk.objects.update(made_at=timezone.now() - timedelta(days=2))
    prepare(recruiter, job, rows)
    assert set(Bulk.objects.values_list("pk", flat=True)) & {old, others} == {others}


def queued(bulk_id):
    """The tasks of a bulk that wait, as their locks and the seconds until they begin."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT lock, extract(epoch FROM scheduled_at - clock_timestamp()) FROM procrastinate_jobs"
            " WHERE task_name = 'deciding.run_bulk' AND (args->>'bulk_id')::bigint = %s ORDER BY id",
            [bulk_id],
        )
        return cursor.fetchall()


class Killed(BaseException):
    """As a signal ends a process: nothing catches it."""


def kill(**asked):
    raise Killed


def test_a_small_one_whose_request_dies_is_gone_on_with_by_the_background(job, recruiter, manager, monkeypatch):
    bulk_id = prepare(recruiter, job, many(job, 2))
    with monkeypatch.context() as patch:
        patch.setattr(bulk_actions, "work_on_bulk", kill)
        with pytest.raises(Killed):
            start(recruiter, job, bulk_id, to_stage_id=stage_at(job, TWO))
    ((lock, seconds),) = queued(bulk_id)
    assert lock is None
    assert 30 < seconds <= 60
    run_bulk_job(bulk_id=bulk_id)
    assert view(recruiter, job, bulk_id).sentence == "2 moved to Shortlist."
    with monkeypatch.context() as patch:
        patch.setattr(bulk_actions, "work_on_bulk", kill)
        with pytest.raises(Killed):
            undo_bulk(actor=manager, job_id=job.pk, bulk_id=bulk_id)
    assert len(queued(bulk_id)) == 2
    run_bulk_job(bulk_id=bulk_id)
    assert view(recruiter, job, bulk_id).state is BulkState.UNDONE
    assert set(Decision.objects.filter(kind="undo").values_list("decided_by", flat=True)) == {manager.pk}


def test_one_that_fails_as_nobody_foresaw_is_left_alone_in_words_and_the_rest_goes_on(job, recruiter, monkeypatch):
    rows = many(job, 3)
    bulk_id = prepare(recruiter, job, rows)
    real_decide, real_undo = bulk_steps.decide, bulk_steps.undo

    def stumble(*, application_id, **asked):
        made = real_decide(application_id=application_id, **asked)
        if application_id == rows[0].pk:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")
        return made

    monkeypatch.setattr(bulk_steps, "decide", stumble)
    made = start(recruiter, job, bulk_id, to_stage_id=stage_at(job, TWO))
    assert made.sentence == "2 moved to Shortlist. 1 was not: 1 failed unexpectedly."
    assert list_left(bulk=made)[0].why.startswith("Something went wrong here")
    assert state(rows[0])["stage_id"] == stage_at(job, 1)
    assert Decision.objects.count() == 2

    def stumble_back(*, actor, decision_id):
        real_undo(actor=actor, decision_id=decision_id)
        if Decision.objects.get(pk=decision_id).application_id == rows[1].pk:
            raise KeyError(decision_id)

    monkeypatch.setattr(bulk_steps, "undo", stumble_back)
    undo_bulk(actor=recruiter, job_id=job.pk, bulk_id=bulk_id)
    undone = view(recruiter, job, bulk_id)
    assert (undone.state, undone.counts[BulkItemState.UNDONE], undone.counts[BulkItemState.KEPT]) == ("undone", 1, 1)
    assert state(rows[1])["stage_id"] == stage_at(job, TWO)
