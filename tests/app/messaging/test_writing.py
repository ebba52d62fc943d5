"""Letters to candidates: written once for a wish, stored with what asked for them, called back while they wait."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from tests.app.deciding.acts import reject

from assay.app.clocks.models import Promise
from assay.app.deciding.actions.deciding import undo
from assay.app.deciding.announcing import LetterChoice
from assay.app.messaging.actions.no_contact import unsubscribe
from assay.app.messaging.actions.releasing import release_due
from assay.app.messaging.actions.writing import call_back_wish, write
from assay.app.messaging.models import Message
from assay.app.pipeline.models import Application
from assay.core.clocks.kinds import ClockKind
from assay.core.messaging.rendering import OpenPlaceholderError
from assay.core.messaging.states import MessageKind, MessageState
from assay.core.pipeline.status import ApplicationStatus
from assay.platform.access.gate import Forbidden
from assay.platform.accounts.models import User
from assay.platform.mail.actions.deciding import retry_refused
from assay.platform.mail.actions.handing import begin_handing_over, claim_next, note_not_now
from assay.platform.mail.actions.telling import tell
from assay.platform.mail.models import Letter
from assay.platform.mail.states import LetterState

pytestmark = pytest.mark.django_db
RECEIPT = {
    "promised_date": "Thursday",
    "stored_summary": "- Résumé: cv.pdf",
    "status_link": "https://jobs.example/status/secret-token/",
}


def receipt(application: Application, **more: object) -> int | None:
    return write(
        actor=None,
        application_id=application.pk,
        kind=MessageKind.RECEIPT,
        template="receipt",
        values=RECEIPT,
        wish=f"receipt:{application.pk}",
        **more,  # type: ignore[arg-type]
    )


def letter_of(message: Message) -> str:
    return bytes(Letter.objects.get(pk=message.letter).source).decode()


def make_due(message: Message) -> None:
    Message.objects.filter(pk=message.pk).update(send_after=timezone.now() - timedelta(seconds=1))


def test_a_job_that_was_never_advertised_goes_by_its_own_title(ada: Application) -> None:
    receipt(ada)
    assert Message.objects.get().subject == f"We have your application for {ada.job.title}"


def test_one_wish_is_one_letter_however_often_it_is_asked_for(ada: Application) -> None:
    first, second = receipt(ada), receipt(ada)
    assert first == second
    assert Message.objects.count() == Letter.objects.count() == 1


def test_a_letter_is_filled_in_and_marked_as_automatic(ada: Application) -> None:
    receipt(ada)
    (message,) = Message.objects.all()
    assert message.subject == "We have your application for ML engineer"
    assert message.body.startswith("Hello Ada,")
    source = letter_of(message)
    assert "Auto-Submitted: auto-generated" in source
    assert "List-Unsubscribe" not in source


def test_a_private_link_goes_to_the_candidate_and_is_not_kept_with_the_message(ada: Application) -> None:
    receipt(ada)
    (message,) = Message.objects.all()
    assert "secret-token" not in message.body + message.html
    assert "seen by the candidate alone" in message.body
    assert "secret-token" in letter_of(message)
    assert Letter.objects.get().is_private


def test_a_missing_value_is_named_and_nothing_is_stored(ada: Application) -> None:
    with pytest.raises(OpenPlaceholderError, match="promised_date"):
        write(
            actor=None,
            application_id=ada.pk,
            kind=MessageKind.RECEIPT,
            template="receipt",
            values={"stored_summary": "x", "status_link": "y"},
            wish=None,
        )
    assert not Message.objects.exists()


def test_who_may_not_write_to_candidates_is_refused(ada: Application, interviewer: User) -> None:
    with pytest.raises(Forbidden):
        write(
            actor=interviewer,
            application_id=ada.pk,
            kind=MessageKind.LETTER,
            template="blank",
            values={},
            wish=None,
        )


def test_nobody_without_an_address_is_written_to(ada: Application) -> None:
    ada.person.email = ""
    ada.person.save()
    assert receipt(ada) is None


def test_an_address_that_wants_no_letters_still_gets_what_it_is_owed(ada: Application, recruiter: User) -> None:
    unsubscribe(address="ADA@applicant.example")
    hello = {"actor": recruiter, "application_id": ada.pk, "template": "blank", "values": {}, "wish": None}
    assert write(kind=MessageKind.LETTER, **hello) is None  # type: ignore[arg-type]
    assert receipt(ada) is not None


def test_a_letter_by_hand_can_be_stopped_with_one_click(ada: Application, recruiter: User) -> None:
    write(actor=recruiter, application_id=ada.pk, kind=MessageKind.LETTER, template="blank", values={}, wish=None)
    source = letter_of(Message.objects.get())
    assert "List-Unsubscribe: <http" in source.replace("\r\n ", "")
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in source
    assert "Auto-Submitted" not in source


def test_a_rejection_waits_a_day_and_is_called_back_by_the_undo(ada: Application, recruiter: User) -> None:
    decision = reject(recruiter, ada)
    message = Message.objects.get(wish=f"rejection:{decision.pk}")
    assert message.state == MessageState.WAITING
    assert message.author == recruiter
    assert timedelta(hours=23) < message.send_after - timezone.now() < timedelta(hours=25)
    undo(actor=recruiter, decision_id=decision.pk)
    message.refresh_from_db()
    assert message.state == MessageState.CANCELLED
    make_due(message)
    release_due()
    assert not Letter.objects.exists()


def test_a_rejection_goes_when_its_time_has_come(ada: Application, recruiter: User) -> None:
    reject(recruiter, ada)
    message = Message.objects.get()
    release_due()
    assert not Letter.objects.exists()
    make_due(message)
    release_due()
    release_due()
    assert Letter.objects.get().state == LetterState.WAITING


def test_a_rejection_that_is_in_the_outbox_already_is_called_back_there(ada: Application, recruiter: User) -> None:
    decision = reject(recruiter, ada, letter=LetterChoice.NOW)
    assert Letter.objects.get().state == LetterState.WAITING
    undo(actor=recruiter, decision_id=decision.pk)
    assert Letter.objects.get().state == LetterState.CANCELLED
    assert Message.objects.get().state == MessageState.CANCELLED


def promise(application: Application, left: timedelta) -> datetime:
    moment = timezone.now() + left
    made = timezone.now() - timedelta(days=5)
    Promise.objects.create(application=application, kind=ClockKind.REVIEW, promised_at=moment, made_at=made)
    return moment


def test_a_rejection_goes_before_the_moment_by_which_its_candidate_was_promised_to_hear(
    ada: Application, recruiter: User
) -> None:
    promised = promise(ada, timedelta(hours=5))
    reject(recruiter, ada)
    goes = Message.objects.get().send_after
    assert goes is not None
    assert timedelta(minutes=30) < promised - goes < timedelta(hours=2)


@pytest.mark.parametrize("choice", [LetterChoice.NOW, LetterChoice.USUAL])
def test_a_promise_that_is_nearly_over_leaves_the_seconds_to_take_a_rejection_back(
    ada: Application, recruiter: User, choice: LetterChoice
) -> None:
    promise(ada, timedelta(minutes=1))
    before = timezone.now()
    reject(recruiter, ada, letter=choice)
    goes = Message.objects.get().send_after
    assert goes is not None
    assert timedelta(seconds=20) <= goes - before < timedelta(seconds=50)


@pytest.mark.parametrize("left", [timedelta(days=3), timedelta(days=-1)])
def test_a_promise_far_away_or_broken_already_changes_no_rejection(
    ada: Application, recruiter: User, left: timedelta
) -> None:
    promise(ada, left)
    reject(recruiter, ada)
    goes = Message.objects.get().send_after
    assert goes is not None
    assert goes - timezone.now() > timedelta(hours=23)


def test_a_rejection_taken_back_while_a_server_had_its_letter_is_not_sent_at_the_next_try(
    ada: Application, recruiter: User
) -> None:
    decision = reject(recruiter, ada, letter=LetterChoice.NOW)
    Letter.objects.update(next_try_at=timezone.now())
    claim = claim_next(by="1:a")
    assert claim is not None
    assert begin_handing_over(claim)
    undo(actor=recruiter, decision_id=decision.pk)
    note_not_now(claim, words="451 Come back later", draw=0.5)
    assert (Letter.objects.get().state, Message.objects.get().state) == ("cancelled", "cancelled")


def test_a_refused_rejection_that_was_taken_back_does_not_go_when_refused_letters_go_again(
    ada: Application, recruiter: User
) -> None:
    decision = reject(recruiter, ada, letter=LetterChoice.NOW)
    letter = Letter.objects.get()
    Letter.objects.update(state=LetterState.REFUSED, ended_at=timezone.now())
    tell(letter_id=letter.pk, key=letter.key, state=LetterState.REFUSED, error="550 No")
    undo(actor=recruiter, decision_id=decision.pk)
    assert retry_refused() == 0
    assert (Letter.objects.get().state, Message.objects.get().state) == ("cancelled", "cancelled")


def test_who_is_told_by_other_means_gets_no_letter(ada: Application, recruiter: User) -> None:
    reject(recruiter, ada, letter=LetterChoice.NONE)
    assert not Message.objects.exists()


def test_a_rejection_that_no_longer_stands_does_not_go_whatever_happened(ada: Application, recruiter: User) -> None:
    reject(recruiter, ada)
    message = Message.objects.get()
    Application.objects.filter(pk=ada.pk).update(status=ApplicationStatus.ACTIVE)
    make_due(message)
    release_due()
    message.refresh_from_db()
    assert message.state == MessageState.CANCELLED
    assert "no longer stands" in message.problem
    assert not Letter.objects.exists()


def test_a_letter_that_has_gone_is_not_called_back(ada: Application) -> None:
    receipt(ada)
    letter = Letter.objects.get()
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.SENT, sent_at=timezone.now())
    assert call_back_wish(wish=f"receipt:{ada.pk}", actor=None) is False


def test_a_scheduled_letter_goes_to_the_address_that_was_corrected_meanwhile(ada: Application, recruiter: User) -> None:
    reject(recruiter, ada)
    ada.person.email = "ada.byron@applicant.example"
    ada.person.save()
    make_due(Message.objects.get())
    release_due()
    assert Letter.objects.get().recipient == "ada.byron@applicant.example"


def test_a_machine_that_writes_without_end_is_stopped_and_seen(ada: Application) -> None:
    for number in range(14):
        write(
            actor=None,
            application_id=ada.pk,
            kind=MessageKind.DELAY,
            template="delay",
            values={"new_date": "Monday"},
            wish=f"delay:{number}",
        )
    assert Letter.objects.count() == 12
    assert Message.objects.filter(state=MessageState.FAILED, problem__contains="by hand").count() == 2
