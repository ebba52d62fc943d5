"""Two database connections, one letter: what was called back is never sent, and nothing is sent twice."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from tests.app.deciding.acts import reject
from tests.platform.mail.conftest import make_everything_due, point_at
from tests.platform.mail.post_office import PostOffice
from tests.simultaneous import at_once

from assay.app.deciding.actions.deciding import undo
from assay.app.deciding.announcing import LetterChoice
from assay.app.messaging.actions.releasing import release, release_due
from assay.app.messaging.actions.sending import OvertakenError, send_by_hand
from assay.app.messaging.models import Message
from assay.core.messaging.states import MessageState
from assay.platform.mail.models import Letter
from assay.platform.mail.sending import send_due
from assay.platform.mail.states import LetterState

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(settings: Any) -> Any:
    server = PostOffice().start()
    point_at(settings, server.port)
    yield server
    server.stop()


def make_due() -> None:
    past = timezone.now() - timedelta(minutes=5)
    Message.objects.update(send_after=past)
    Letter.objects.update(send_after=past, next_try_at=past, wanted_at=past)


def test_an_undo_that_waits_for_the_release_takes_the_letter_out_of_the_outbox(ada: Any, recruiter: Any) -> None:
    decision = reject(recruiter, ada)
    make_due()
    message = Message.objects.get()
    held, done = Event(), Event()

    def release_slowly() -> None:
        with transaction.atomic():
            release(message_id=message.pk)
            held.set()
            done.wait(1)

    def take_back() -> None:
        held.wait(30)
        undo(actor=recruiter, decision_id=decision.pk)

    assert at_once(release_slowly, take_back) == [None, None]
    assert Letter.objects.get().state == LetterState.CANCELLED
    assert Message.objects.get().state == MessageState.CANCELLED


def test_a_release_that_waits_for_the_undo_sends_nothing(ada: Any, recruiter: Any) -> None:
    decision = reject(recruiter, ada)
    make_due()
    message = Message.objects.get()
    held = Event()

    def take_back_slowly() -> None:
        with transaction.atomic():
            undo(actor=recruiter, decision_id=decision.pk)
            held.set()
            Event().wait(0.3)

    def release_meanwhile() -> None:
        held.wait(30)
        release(message_id=message.pk)

    assert at_once(take_back_slowly, release_meanwhile) == [None, None]
    assert not Letter.objects.exists()


@pytest.mark.parametrize("number", range(6))
def test_of_an_undo_and_the_sending_job_either_the_letter_is_gone_or_it_never_goes(
    ada: Any, recruiter: Any, office: PostOffice, number: int
) -> None:
    del number
    decision = reject(recruiter, ada, letter=LetterChoice.NOW)
    make_due()
    sent, undone = at_once(send_due, lambda: undo(actor=recruiter, decision_id=decision.pk))
    assert not isinstance(sent, Exception), sent
    assert not isinstance(undone, Exception), undone
    send_due()
    message = Message.objects.get()
    if message.state == MessageState.CANCELLED:
        assert len(office.letters) == 0
    else:
        assert message.state == MessageState.SENT
        assert len(office.letters) == 1


def test_several_releases_at_once_post_one_letter_and_it_goes_once(
    ada: Any, recruiter: Any, office: PostOffice
) -> None:
    reject(recruiter, ada)
    make_due()
    assert not [one for one in at_once(release_due, release_due, release_due) if isinstance(one, Exception)]
    assert Letter.objects.count() == 1
    at_once(send_due, send_due)
    assert len(office.letters) == 1
    assert Message.objects.get().state == MessageState.SENT


def test_of_two_who_answer_at_once_the_second_is_told_of_the_first(ada: Any, recruiter: Any, manager: Any) -> None:
    def answer(actor: Any) -> Callable[[], object]:
        return lambda: send_by_hand(
            actor=actor,
            application_id=ada.pk,
            token=f"form-{actor.pk}",
            template="blank",
            subject="Hello",
            body="Hello Ada",
            seen_id=0,
        )

    results = at_once(answer(recruiter), answer(manager))
    assert sum(isinstance(one, OvertakenError) for one in results) == 1
    assert Message.objects.count() == 1


def test_one_form_sent_by_an_impatient_finger_sends_one_letter(ada: Any, recruiter: Any, office: PostOffice) -> None:
    form = {"actor": recruiter, "application_id": ada.pk, "token": "one", "template": "blank", "seen_id": 0}
    results = at_once(*[lambda: send_by_hand(**form, subject="Hello", body="Hello Ada")] * 3)
    assert len(set(results)) == 1, results
    make_due()
    send_due()
    assert len(office.letters) == 1


def test_while_the_mail_server_is_down_letters_wait_and_go_when_it_is_back(
    ada: Any, recruiter: Any, settings: Any
) -> None:
    office = PostOffice().start()
    point_at(settings, office.port)
    office.stop()
    reject(recruiter, ada, letter=LetterChoice.NOW)
    make_due()
    send_due()
    assert Message.objects.get().state == MessageState.WAITING
    again = PostOffice().start()
    try:
        point_at(settings, again.port)
        make_everything_due()
        send_due()
        assert len(again.letters) == 1
    finally:
        again.stop()
    assert Message.objects.get().state == MessageState.SENT
