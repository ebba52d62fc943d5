"""What the outbox and the mailbox do by themselves. Each task may run twice, or never: another sees to the rest."""

from assay.platform.mail.actions.arriving import HANDLE
from assay.platform.mail.actions.handling import handle_arrival
from assay.platform.mail.actions.posting import SEND
from assay.platform.mail.actions.telling import TELL, tell_or_fail
from assay.platform.mail.models import Letter
from assay.platform.mail.states import LetterState
from assay.platform.queue.tasks import background_task


@background_task(name=SEND)
def send() -> None:
    """Send the letters that are due."""


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
