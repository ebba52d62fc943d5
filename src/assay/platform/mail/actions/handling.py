"""Having a letter that came in looked at, once, by whoever listens."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from assay.platform.files.reading import DamagedFile, read_stored
from assay.platform.mail.actions.arriving import HANDLE, TIME_TO_BE_HANDLED
from assay.platform.mail.headers import WayFacts, read_way
from assay.platform.mail.models import LONGEST_ERROR, Arrival, Letter
from assay.platform.mail.news import letter_arrived
from assay.platform.queue.tasks import enqueue_many

_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=1)
_AT_ONCE = 500
_UNHANDLED = "unhandled"
_log = logging.getLogger(__name__)


class HandlerFailed(Exception):
    """Raised when a listener could not take a letter in; everything it wrote is taken back."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(f"{type(cause).__name__}: {cause}")


def handle_arrival(*, arrival_id: int) -> bool:
    """Tell listeners of a letter and mark it as handled, both or neither; return False when it has to be tried again.

    A letter that is handled already, or by somebody else at this moment, is left alone.
    """
    try:
        with transaction.atomic():
            _handle(arrival_id)
    except (HandlerFailed, DamagedFile) as problem:
        _log.exception("the arrived letter %s could not be handled; it is tried again", arrival_id)
        _note_failure(arrival_id, str(problem))
        return False
    return True


def queue_unhandled() -> int:
    """Queue the handling of letters that are due for it, a few hundred at a time; return how many.

    Each has a while to be handled before it is queued once more.
    """
    with transaction.atomic():
        due = Arrival.objects.select_for_update(skip_locked=True).filter(handled_at=None, next_try_at__lte=Now())
        ids = list(due.order_by("next_try_at", "id").values_list("id", flat=True)[:_AT_ONCE])
        Arrival.objects.filter(pk__in=ids).update(next_try_at=Now() + TIME_TO_BE_HANDLED)
        enqueue_many(HANDLE, batches=[{"arrival_id": arrival_id} for arrival_id in ids])
    return len(ids)


def _handle(arrival_id: int) -> None:
    waiting = Arrival.objects.select_for_update(skip_locked=True).filter(pk=arrival_id, handled_at=None)
    digest = waiting.values_list("digest", flat=True).first()
    if digest is None:
        return
    source = read_stored(sha256=digest)
    outcome = _refuse_to_go_round(read_way(source)) or _ask_listeners(arrival_id)
    Arrival.objects.filter(pk=arrival_id).update(handled_at=Now(), outcome=outcome[:40], detail="")


def _refuse_to_go_round(way: WayFacts) -> str:
    """Return why a letter is shown to nobody: it goes in circles, or is one of ours that came back as it went."""
    if way.is_going_round or (way.message_id and Letter.objects.filter(message_id=way.message_id).exists()):
        return "loop"
    return ""


def _ask_listeners(arrival_id: int) -> str:
    outcome = ""
    for _, answer in letter_arrived.send_robust(sender=None, arrival_id=arrival_id):
        if isinstance(answer, Exception):
            raise HandlerFailed(answer) from answer
        outcome = outcome or str(answer or "")
    return outcome or _UNHANDLED


def _note_failure(arrival_id: int, words: str) -> None:
    with transaction.atomic():
        arrival = Arrival.objects.select_for_update().get(pk=arrival_id)
        wait = min(_FIRST_WAIT * 2 ** min(arrival.attempts, 10), _LONGEST_WAIT)
        Arrival.objects.filter(pk=arrival_id).update(
            attempts=F("attempts") + 1,
            next_try_at=Now() + wait,
            detail=words.replace("\x00", "")[:LONGEST_ERROR],
        )
