"""A mail server that cannot be used at all: how long it is left alone, and what becomes of letters meanwhile."""

from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Least, Now

from assay.platform.mail.actions.telling import tell
from assay.platform.mail.backoff import GIVEN_UP_AFTER, pause_of_server
from assay.platform.mail.models import LONGEST_ERROR, Letter, Outage
from assay.platform.mail.states import LetterState

_AT_ONCE = 500


def forget_old_outages() -> None:
    """Forget outages of servers that nobody has tried for a day: the settings name another one by now."""
    Outage.objects.filter(next_try_at__lt=Now() - timedelta(days=1)).delete()


def is_left_alone(*, server: str) -> bool:
    """Return whether this server was found unusable so short a time ago that it is not tried."""
    return Outage.objects.filter(server=server, next_try_at__gt=Now()).exists()


@transaction.atomic
def note_outage(*, server: str, words: str, draw: float, takes_letters: bool = True) -> timedelta:
    """Keep that the server could not be used, and return how long it is left alone.

    Letters keep their place and their tries; when a server that ``takes_letters`` is out for five days, those that
    were due all that time are given up.
    """
    outage, _ = Outage.objects.select_for_update().get_or_create(server=server, defaults={"next_try_at": Now()})
    attempts = outage.attempts + 1
    pause = pause_of_server(attempts=attempts, draw=draw)
    Outage.objects.filter(pk=outage.pk).update(
        attempts=attempts, next_try_at=Now() + pause, last_error=words[:LONGEST_ERROR]
    )
    if takes_letters and Outage.objects.filter(pk=outage.pk, began_at__lt=Now() - GIVEN_UP_AFTER).exists():
        _give_up_old(server, words)
    return pause


@transaction.atomic
def try_all_now() -> int:
    """Let no letter and no server wait any longer for its next try; return how many letters are due."""
    Outage.objects.update(next_try_at=Now())
    waiting = Letter.objects.filter(state=LetterState.WAITING, send_after__lte=Now())
    return waiting.update(next_try_at=Least("next_try_at", Now()))


def end_outage(*, server: str) -> None:
    """Forget a server's outage: it has dealt with us."""
    Outage.objects.filter(server=server).delete()


def _give_up_old(server: str, words: str) -> None:
    text = f"Given up: {server} could not be used for {GIVEN_UP_AFTER.days} days. The last: {words}"[:LONGEST_ERROR]
    old = Letter.objects.select_for_update(skip_locked=True).filter(
        state=LetterState.WAITING, claimed_by="", wanted_at__lt=Now() - GIVEN_UP_AFTER, next_try_at__lte=Now()
    )
    for letter_id, key in old.order_by("id").values_list("id", "key")[:_AT_ONCE]:
        Letter.objects.filter(pk=letter_id).update(state=LetterState.REFUSED, ended_at=Now(), last_error=text)
        tell(letter_id=letter_id, key=key, state=LetterState.REFUSED, error=text)
