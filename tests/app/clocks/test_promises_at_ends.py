"""What becomes of a promise when an application ends: nobody who heard nothing counts as told."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from tests.app.clocks.test_promises_and_ladder import close_to, promised, sent, watch
from tests.app.deciding.acts import act, reject
from tests.app.pipeline.cast import apply, make_job
from tests.app.pipeline.test_merging import merge

from assay.app.clocks.actions.promises import list_promises_to_watch, promise_reply, watch_promise
from assay.app.clocks.models import Promise
from assay.app.clocks.queries import get_promise
from assay.app.clocks.queries.promises import PromiseView
from assay.app.deciding.actions.deciding import undo
from assay.app.deciding.actions.transferring import Transferred, transfer
from assay.app.deciding.actions.withdrawing import withdraw_as_candidate
from assay.app.deciding.announcing import LetterChoice
from assay.app.messaging.models import Message
from assay.app.pipeline.actions.merging import undo_merge
from assay.app.pipeline.models import Application, Job
from assay.core.deciding.decision import DecisionKind, WithdrawReason
from assay.core.pipeline.status import ApplicationStatus
from assay.platform.accounts.models import User


def standing(application: Application | int) -> PromiseView | None:
    return get_promise(application_id=application if isinstance(application, int) else application.pk)


def watch_all() -> None:
    now = timezone.now()
    for promise_id in list_promises_to_watch(now=now):
        watch_promise(promise_id=promise_id, now=now)


def moved(application: Application, by: User, job: Job) -> Transferred:
    revision = Application.objects.get(pk=application.pk).revision
    return transfer(actor=by, application_id=application.pk, expected_revision=revision, to_job_id=job.pk)


def test_a_delay_is_told_while_the_letter_of_a_rejection_still_waits_beyond_the_moment(
    job: Job, recruiter: User
) -> None:
    application = promised(job)
    reject(recruiter, application)
    moment = close_to(application, timedelta(hours=2))
    Message.objects.filter(kind="rejection").update(send_after=moment + timedelta(hours=20))
    watch_all()
    assert Message.objects.filter(thread__application=application, kind="delay").exists()
    Message.objects.filter(kind="delay").update(state="sent", sent_at=timezone.now())
    watch_all()
    first, second = Promise.objects.order_by("pk")
    assert first.broken_at is None and first.replaced_at is not None
    assert second.promised_at > moment
    sent(application, timezone.now())
    watch_all()
    found = standing(application)
    assert found is not None and found.is_kept and not found.is_broken


def test_a_rejection_whose_letter_goes_in_time_needs_no_letter_of_delay(job: Job, recruiter: User) -> None:
    application = promised(job)
    reject(recruiter, application)
    moment = close_to(application, timedelta(hours=2))
    Message.objects.filter(kind="rejection").update(send_after=moment - timedelta(hours=1))
    watch_all()
    assert not Message.objects.filter(kind="delay").exists()


def test_a_rejection_that_nobody_could_be_told_of_does_not_keep_the_promise(job: Job, recruiter: User) -> None:
    application = promised(job, email="")
    reject(recruiter, application)
    watch_all()
    found = standing(application)
    assert found is not None and not found.is_kept


def test_a_candidate_who_withdraws_knows_the_end(job: Job) -> None:
    application = promised(job)
    withdraw_as_candidate(application_id=application.pk, reason=WithdrawReason.NOT_SAID)
    found = standing(application)
    assert found is not None and found.is_kept


def test_a_transfer_carries_the_promise_to_the_application_that_goes_on_and_back(job: Job, recruiter: User) -> None:
    application, other = promised(job), make_job(recruiter, title="Data engineer")
    moment = close_to(application, timedelta(days=2))
    made = moved(application, recruiter, other)
    watch_all()
    there = standing(made.application_id)
    assert there is not None and (there.promised_at, there.is_kept, there.is_new) == (moment, False, False)
    assert standing(application) is None
    undo(actor=recruiter, decision_id=made.decision_id)
    back = standing(application)
    assert back is not None and (back.promised_at, back.is_kept, back.is_new) == (moment, False, False)
    assert standing(made.application_id) is None


def test_a_delay_told_after_a_transfer_counts_when_the_transfer_is_taken_back(job: Job, recruiter: User) -> None:
    application, other = promised(job), make_job(recruiter, title="Data engineer")
    moment = close_to(application, timedelta(hours=2))
    made = moved(application, recruiter, other)
    watch_all()
    Message.objects.filter(kind="delay").update(state="sent", sent_at=timezone.now())
    watch_all()
    undo(actor=recruiter, decision_id=made.decision_id)
    back = standing(application)
    assert back is not None and back.promised_at > moment and not back.is_broken


@pytest.mark.parametrize("is_earlier", [True, False])
def test_of_two_applications_made_one_the_earlier_promise_holds_until_they_are_parted(
    job: Job, recruiter: User, is_earlier: bool
) -> None:
    first, second = apply(job, "Ada Byron", email="ada@x.example"), apply(job, "Ada Byron", email="ada2@x.example")
    Application.objects.filter(pk=second.pk).update(applied_at=timezone.now())
    for one in (first, second):
        promise_reply(application_id=one.pk, now=timezone.now())
    own = close_to(first, timedelta(days=2))
    others = close_to(second, timedelta(days=1 if is_earlier else 3))
    merge_id = merge(recruiter, first, second)
    watch_all()
    assert Application.objects.get(pk=second.pk).status == ApplicationStatus.TRANSFERRED
    found = standing(first)
    assert found is not None and (found.promised_at, found.is_kept) == (min(own, others), False)
    undo_merge(actor=recruiter, merge_id=merge_id, now=timezone.now())
    parted = [standing(first), standing(second)]
    assert [one.promised_at for one in parted if one is not None] == [own, others]


def test_a_move_that_is_undone_kept_nothing(job: Job, recruiter: User) -> None:
    application = promised(job)
    decision = act(recruiter, application, DecisionKind.ADVANCE)
    undo(actor=recruiter, decision_id=decision.pk)
    found = standing(application)
    assert found is not None and not found.is_kept


def test_a_rejection_told_in_another_way_and_undone_leaves_the_promise_open(job: Job, recruiter: User) -> None:
    application = promised(job)
    decision = reject(recruiter, application, letter=LetterChoice.NONE)
    told = standing(application)
    assert told is not None and told.is_kept
    undo(actor=recruiter, decision_id=decision.pk)
    found = standing(application)
    assert found is not None and not found.is_kept


def test_a_letter_that_went_keeps_the_promise_although_the_move_is_undone(job: Job, recruiter: User) -> None:
    application = promised(job)
    first = reject(recruiter, application)
    sent(application, timezone.now())
    watch_all()
    undo(actor=recruiter, decision_id=first.pk)
    found = standing(application)
    assert found is not None and found.is_kept


@pytest.mark.django_db(transaction=True)
def test_a_promise_is_watched_only_after_its_application_is_held(job: Job) -> None:
    application = promised(job)
    close_to(application, timedelta(hours=1))
    with transaction.atomic(), connection.execute_wrapper(_Order(seen := [])):
        watch(application)
    locks = [sql for sql in seen if "FOR UPDATE" in sql or "FOR NO KEY UPDATE" in sql]
    tables = ["clocks_promise" if 'FROM "clocks_promise"' in sql else "pipeline_application" for sql in locks]
    assert tables.index("pipeline_application") < tables.index("clocks_promise")


class _Order:
    """Notes every statement in order."""

    def __init__(self, seen: list[str]) -> None:
        self.seen = seen

    def __call__(self, execute: object, sql: str, params: object, many: bool, context: object) -> object:
        self.seen.append(sql)
        return execute(sql, params, many, context)  # type: ignore[operator]
