"""Promises are replaced before they break, or say that they are broken; letters of the ladder go once."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from tests.app.deciding.acts import act, reject
from tests.app.pipeline.cast import apply, screened

from assay.app.clocks import jobs
from assay.app.clocks.actions.escalating import escalate
from assay.app.clocks.actions.promises import list_promises_to_watch, promise_reply, watch_promise
from assay.app.clocks.actions.syncing import sync
from assay.app.clocks.actions.waking import wake
from assay.app.clocks.models import Clock, Escalation, Promise, Recount, Wake
from assay.app.clocks.queries import get_promise
from assay.app.deciding.announcing import LetterChoice
from assay.app.messaging.models import Message
from assay.app.pipeline.models import Application, Job
from assay.core.deciding.decision import DecisionKind
from assay.platform.accounts.models import User
from assay.platform.audit.models import Event
from assay.platform.mail.models import Letter

MONDAY = datetime(2026, 11, 2, 9, tzinfo=timezone.get_default_timezone())


def promised(job: Job, name: str = "Ada Byron", email: str = "ada@applicant.example") -> Application:
    """An applicant who was promised an answer, from now on."""
    application = screened(job, name, email=email)
    promise_reply(application_id=application.pk, now=timezone.now())
    return application


def close_to(application: Application, left: timedelta) -> datetime:
    """Let the promise have been made long ago, so that this much is left of it; return the moment."""
    moment = timezone.now() + left
    Promise.objects.filter(application=application).update(
        promised_at=moment, made_at=timezone.now() - timedelta(days=3)
    )
    return moment


def sent(application: Application, at: datetime) -> None:
    Message.objects.filter(thread__application=application).update(state="sent", sent_at=at)


def watch(application: Application, now: datetime | None = None) -> None:
    (promise_id,) = Promise.objects.filter(application=application, replaced_at=None).values_list("pk", flat=True)
    watch_promise(promise_id=promise_id, now=now or timezone.now())


def test_the_promise_is_the_end_of_the_clock_that_reviewers_look_at(job: Job) -> None:
    application = apply(job, "Ada Byron", applied_at=MONDAY)
    moment = promise_reply(application_id=application.pk, now=MONDAY)
    sync(application_ids=[application.pk], now=MONDAY)
    assert moment == Clock.objects.get(application=application, kind="review").due_at == MONDAY + timedelta(hours=72)
    assert promise_reply(application_id=application.pk, now=MONDAY + timedelta(hours=5)) == moment
    found = get_promise(application_id=application.pk)
    assert found is not None and (found.promised_at, found.is_kept, found.is_broken) == (moment, False, False)


def test_a_promise_about_nobody_is_refused(db: None) -> None:
    with pytest.raises(ValueError, match="no such application"):
        promise_reply(application_id=404, now=MONDAY)
    assert get_promise(application_id=404) is None


def test_moving_somebody_on_keeps_the_promise(job: Job, recruiter: User) -> None:
    application = promised(job)
    act(recruiter, application, DecisionKind.ADVANCE)
    found = get_promise(application_id=application.pk)
    assert found is not None and found.is_kept and not found.is_broken


def test_a_rejection_keeps_the_promise_when_its_letter_goes(job: Job, recruiter: User) -> None:
    application = promised(job)
    reject(recruiter, application)
    waiting = get_promise(application_id=application.pk)
    assert waiting is not None and not waiting.is_kept
    sent(application, timezone.now())
    watch(application)
    kept = get_promise(application_id=application.pk)
    assert kept is not None and kept.is_kept


def test_a_rejection_told_in_another_way_keeps_it(job: Job, recruiter: User) -> None:
    application = promised(job)
    reject(recruiter, application, letter=LetterChoice.NONE)
    watch(application)
    found = get_promise(application_id=application.pk)
    assert found is not None and found.is_kept


def test_a_delay_is_told_before_the_moment_passes_and_once(job: Job) -> None:
    application = promised(job)
    moment = close_to(application, timedelta(hours=2))
    watch(application)
    watch(application)
    letter = Message.objects.get(thread__application=application, kind="delay")
    promise = Promise.objects.get(application=application)
    assert promise.replaced_at is None and promise.next_at is not None and promise.next_at > moment
    sent(application, timezone.now())
    watch(application)
    old, new = Promise.objects.filter(application=application).order_by("made_at")
    assert old.replaced_at is not None and old.broken_at is None
    assert new.promised_at == promise.next_at
    assert str(new.promised_at.year) in letter.body
    assert Event.objects.filter(verb="promise.replaced").count() == 1


def test_there_is_no_letter_while_there_is_time(job: Job) -> None:
    application = promised(job)
    assert not list_promises_to_watch(now=timezone.now())
    watch(application)
    assert not Message.objects.filter(kind="delay").exists()


def test_a_delay_that_could_not_be_sent_in_time_breaks_the_promise_and_shows(job: Job) -> None:
    application = promised(job)
    moment = close_to(application, timedelta(hours=2))
    watch(application)
    later = moment + timedelta(minutes=1)
    watch(application, now=later)
    found = get_promise(application_id=application.pk)
    assert found is not None and found.is_broken and not found.is_kept
    sent(application, later + timedelta(hours=1))
    watch(application, now=later + timedelta(hours=2))
    old = Promise.objects.filter(application=application).order_by("made_at")[0]
    assert old.replaced_at is not None and old.broken_at == moment


def test_somebody_without_an_address_gets_no_letter_and_the_promise_breaks_visibly(job: Job) -> None:
    application = promised(job, email="")
    moment = close_to(application, timedelta(hours=2))
    watch(application)
    watch(application)
    assert not Letter.objects.exists()
    assert Event.objects.filter(verb="promise.delay_not_told").count() == 1
    watch(application, now=moment + timedelta(seconds=1))
    found = get_promise(application_id=application.pk)
    assert found is not None and found.is_broken


def test_only_promises_that_need_something_are_looked_at(job: Job) -> None:
    application = promised(job)
    assert list_promises_to_watch(now=timezone.now()) == ()
    close_to(application, timedelta(hours=1))
    assert len(list_promises_to_watch(now=timezone.now())) == 1


def overdue(job: Job, days: int, name: str = "Grace Hopper") -> Application:
    application = apply(job, name, applied_at=timezone.now() - timedelta(days=days))
    sync(application_ids=[application.pk], now=timezone.now())
    return application


def age(hours: int) -> None:
    """Let letters that were written be this old."""
    Escalation.objects.update(at=timezone.now() - timedelta(hours=hours))


def test_each_person_is_told_once_of_each_step(job: Job, recruiter: User, manager: User) -> None:
    overdue(job, 30)
    now = timezone.now()
    assert escalate(now=now) == 2
    age(2)
    assert escalate(now=now) == 0
    assert not Letter.objects.filter(is_private=False).exists(), "letters that name candidates keep their text"
    recipients = sorted(Letter.objects.values_list("recipient", flat=True))
    assert recipients == sorted([recruiter.email, manager.email])
    assert set(Escalation.objects.values_list("step", flat=True)) == {"over", "day_over", "days_over"}


def test_many_clocks_make_one_letter_and_an_hour_of_quiet(job: Job, recruiter: User) -> None:
    for number in range(25):
        overdue(job, 6, f"Applicant {number}")
    now = timezone.now()
    assert escalate(now=now) >= 1
    assert Letter.objects.filter(recipient=recruiter.email).count() == 1
    overdue(job, 6, "One more")
    escalate(now=now + timedelta(minutes=10))
    assert Letter.objects.filter(recipient=recruiter.email).count() == 1
    age(2)
    escalate(now=now + timedelta(hours=2))
    assert Letter.objects.filter(recipient=recruiter.email).count() == 2


def test_a_clock_in_time_or_at_rest_tells_nobody(job: Job) -> None:
    apply(job, "Ada Byron", applied_at=timezone.now())
    late = overdue(job, 30)
    Clock.objects.filter(application=late).update(is_paused=True)
    assert escalate(now=timezone.now()) == 0


def test_every_minute_wakes_those_whose_moment_has_come(job: Job) -> None:
    due, later = apply(job, "Ada Byron"), apply(job, "Grace Hopper")
    now = timezone.now()
    Wake.objects.create(application=due, at=now - timedelta(seconds=1))
    Wake.objects.create(application=later, at=now + timedelta(hours=1))
    assert wake(now=now) == 1
    assert [one.application for one in Wake.objects.all()] == [later]
    assert wake(now=now) == 0


def test_the_first_minute_works_out_applications_that_were_there_before_clocks(job: Job) -> None:
    application = apply(job, "Ada Byron")
    jobs.tick()
    jobs.tick()
    assert Clock.objects.filter(application=application).exists()
    assert Recount.objects.get().finished_at is not None


def test_a_recount_that_was_cut_off_goes_on_where_it_stopped(job: Job) -> None:
    first, second = apply(job, "Ada Byron"), apply(job, "Grace Hopper")
    row = Recount.objects.create(started_at=timezone.now(), last_id=first.pk, applications=1)
    jobs.recount(recount_id=row.pk)
    row.refresh_from_db()
    assert (row.applications, row.last_id) == (2, second.pk) and row.finished_at is not None
    assert not Clock.objects.filter(application=first).exists()


def test_promises_are_watched_by_tasks_of_their_own(job: Job) -> None:
    application = promised(job)
    close_to(application, timedelta(hours=1))
    jobs.promises()
    jobs.promise(promise_id=Promise.objects.get().pk)
    jobs.take_steps()
    jobs.daily()
    assert Message.objects.filter(thread__application=application, kind="delay").exists()
