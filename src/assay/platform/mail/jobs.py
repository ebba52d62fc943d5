"""What the outbox and the mailbox do by themselves. Each task may run twice, or never: another sees to the rest."""

from datetime import timedelta

from django.utils import timezone

from assay.platform.mail.actions.arriving import HANDLE
from assay.platform.mail.actions.handing import end_old_claims
from assay.platform.mail.actions.handling import handle_arrival, queue_unhandled
from assay.platform.mail.actions.outages import forget_old_outages
from assay.platform.mail.actions.posting import SEND
from assay.platform.mail.actions.telling import TELL, tell_or_fail
from assay.platform.mail.models import Letter
from assay.platform.mail.reading import read_mailbox
from assay.platform.mail.sending import send_due
from assay.platform.mail.states import LetterState
from assay.platform.queue.tasks import background_task, enqueue, repeated_task

READ_ON = "mail.read_on"
_SWEEP_EVERY = timedelta(minutes=1)


@background_task(name=SEND)
def send() -> None:
    """Send the letters that are due, for a while; queue the rest."""
    again_in = send_due().again_in
    if again_in is not None and again_in < _SWEEP_EVERY:
        enqueue(SEND, at=timezone.now() + again_in)


# A letter whose job was lost, or whose time has come while no worker ran, waits a minute at most.
@repeated_task(name="mail.sweep", cron="* * * * *")
def sweep() -> None:
    """Bring to light what was left lying: letters half handed over, letters due, arrivals nobody looked at."""
    end_old_claims()
    forget_old_outages()
    queue_unhandled()
    send()


@repeated_task(name="mail.read", cron="* * * * *")
def read() -> None:
    """Read what is new in the mailbox, for a while; queue the rest."""
    if read_mailbox().is_more:
        enqueue(READ_ON)


@background_task(name=READ_ON)
def read_on() -> None:
    """Go on reading."""
    read()


@background_task(name=TELL, attempts=8)
def tell_again(*, letter_id: int, state: str, error: str) -> None:
    """Tell of a letter once more, if that is still how far it came."""
    letter = Letter.objects.filter(pk=letter_id, state=state).only("key").first()
    if letter is not None:
        tell_or_fail(letter_id=letter_id, key=letter.key, state=LetterState(state), error=error)


@background_task(name=HANDLE)
def handle(*, arrival_id: int) -> None:
    """Have a letter that came in looked at."""
    handle_arrival(arrival_id=arrival_id)
