"""Telling how far a letter came, without letting a listener undo what a mail server has already done."""

import logging

from django.db import transaction

from assay.platform.mail.news import letter_moved
from assay.platform.mail.states import LetterState
from assay.platform.queue.tasks import enqueue

TELL = "mail.tell"
_log = logging.getLogger(__name__)


class ListenerFailed(Exception):
    """Raised when somebody who was told of a letter could not take it in."""


def tell(*, letter_id: int, key: str, state: LetterState, error: str = "") -> None:
    """Tell every listener inside the caller's transaction; when one fails, tell all of them again later, by a job."""
    try:
        tell_or_fail(letter_id=letter_id, key=key, state=state, error=error)
    except ListenerFailed:
        _log.exception("letter %s is %s, but a listener failed; it is told again", letter_id, state)
        enqueue(TELL, letter_id=letter_id, state=state.value, error=error)


def tell_or_fail(*, letter_id: int, key: str, state: LetterState, error: str) -> None:
    """Tell every listener, all or none of them. Raises ``ListenerFailed``."""
    with transaction.atomic():
        answers = letter_moved.send_robust(sender=None, letter_id=letter_id, key=key, state=state, error=error)
        for _, answer in answers:
            if isinstance(answer, Exception):
                raise ListenerFailed from answer
