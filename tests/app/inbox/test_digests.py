"""The daily letter comes once, at its reader's own hour, when something waits."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest
from tests.app.pipeline.cast import apply

from assay.app.inbox.actions.choosing import choose_digest
from assay.app.inbox.actions.digests import due_readers, send_digest
from assay.app.inbox.models import Digest, InboxChoice
from assay.app.pipeline.actions.applications import Work
from assay.app.pipeline.actions.work import note_work_states
from assay.app.pipeline.models import Job
from assay.core.pipeline.work_state import WorkState
from assay.platform.accounts.models import User
from assay.platform.mail.models import Letter

MONDAY_NINE = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)


@pytest.fixture
def waiting(job: Job) -> Job:
    ada = apply(job, "Ada Lovelace")
    due = MONDAY_NINE - timedelta(hours=2)
    work = Work(WorkState.DECISION, due - timedelta(days=2), due - timedelta(hours=9), due, is_paused=False)
    note_work_states(works={ada.pk: work})
    return job


def test_it_says_what_waits_and_leads_there(waiting: Job, manager: User) -> None:
    assert send_digest(user=manager, now=MONDAY_NINE)
    letter = Letter.objects.get()
    assert letter.recipient == manager.email
    assert letter.subject == "One thing waits, 1 overdue"
    text = bytes(letter.source).decode()
    assert "Ada Lovelace" in text and "2 h late" in text and "/applications/" in text


def test_its_text_which_names_candidates_is_not_kept_once_it_has_gone(waiting: Job, manager: User) -> None:
    send_digest(user=manager, now=MONDAY_NINE)
    assert Letter.objects.get().is_private


def test_it_comes_once_a_day_however_often_it_is_asked_for(waiting: Job, manager: User) -> None:
    assert [send_digest(user=manager, now=MONDAY_NINE + timedelta(minutes=15 * n)) for n in range(4)] == [
        True,
        False,
        False,
        False,
    ]
    assert send_digest(user=manager, now=MONDAY_NINE + timedelta(days=1))
    assert (Letter.objects.count(), Digest.objects.count()) == (2, 2)


@pytest.mark.parametrize(
    "moment",
    [MONDAY_NINE.replace(hour=7), MONDAY_NINE.replace(hour=13), MONDAY_NINE - timedelta(days=1)],
    ids=["before the hour", "long after it", "on a Sunday"],
)
def test_it_does_not_come_outside_its_time(moment: datetime, waiting: Job, manager: User) -> None:
    assert not send_digest(user=manager, now=moment)


def test_the_hour_is_that_of_the_reader(waiting: Job, manager: User) -> None:
    manager.time_zone = "America/New_York"
    manager.save()
    assert not send_digest(user=manager, now=MONDAY_NINE)
    assert send_digest(user=manager, now=MONDAY_NINE + timedelta(hours=5))


def test_who_wants_none_and_who_has_nothing_waiting_get_none(waiting: Job, manager: User, outsider: User) -> None:
    InboxChoice.objects.create(user=manager, wants_digest=False)
    outsider.is_active = False
    outsider.save()
    assert manager.pk not in due_readers(now=MONDAY_NINE) and outsider.pk not in due_readers(now=MONDAY_NINE)
    assert not any(send_digest(user=user, now=MONDAY_NINE) for user in User.objects.filter(is_active=True))
    assert not Letter.objects.exists()


def test_who_has_no_work_gets_no_letter(waiting: Job, manager: User, recruiter: User) -> None:
    assert [user.name for user in User.objects.all() if send_digest(user=user, now=MONDAY_NINE)] == ["Hanna"]
    assert Letter.objects.get().recipient == manager.email


def test_who_is_due_is_asked_in_two_statements_however_many_read(
    waiting: Job, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    for number in range(5):
        reader = User.objects.create_user(f"reader{number}@assay.example", "a long password", name=f"Reader {number}")
        choose_digest(actor=reader, wants_digest=number > 0, digest_hour=9)
    before = due_readers(now=MONDAY_NINE)
    assert User.objects.filter(pk__in=before, name__startswith="Reader").count() == 4
    Digest.objects.create(user_id=before[-1], day=MONDAY_NINE.date(), items=1)
    with django_assert_num_queries(2):
        assert due_readers(now=MONDAY_NINE) == before[:-1]
