"""The letter after a rejection: it waits, so that the decision can be taken back, and goes only while that stands."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from assay.app.deciding.announcing import LetterChoice
from assay.app.messaging.actions.writing import call_back_wish, write
from assay.app.messaging.models import MailSettings
from assay.app.messaging.queries.conversations import TROUBLE
from assay.app.messaging.rules import limits
from assay.core.deciding.decision import DecisionKind
from assay.core.messaging.states import Direction, MessageKind, MessageState
from assay.platform.accounts.models import User

TEMPLATE = "rejection"
# Leaves the outbox time to send it, and a mail server that is busy time for a second try.
_BEFORE_PROMISE = timedelta(hours=1)
_WISHES = """
    SELECT m.wish FROM messaging_message m JOIN messaging_thread t ON t.id = m.thread_id
    WHERE t.application_id = %s AND m.direction = %s AND m.kind = %s AND m.state = ANY(%s) AND m.wish IS NOT NULL
    ORDER BY m.id
"""


def rejection_wish(*, decision_id: int) -> str:
    """Return the name of the wish that a rejection makes."""
    return f"rejection:{decision_id}"


def rejection_delay() -> timedelta:
    """Return how long the letter after a rejection waits, as set here or as shipped."""
    row = MailSettings.objects.order_by("id").first()
    return timedelta(hours=row.rejection_delay_hours if row else limits().sending.default_rejection_delay)


def answer_decision(
    sender: object,
    *,
    decision_id: int,
    application_id: int,
    kind: DecisionKind,
    undoes_id: int | None,
    actor: User | None,
    letter: LetterChoice,
    **more: object,
) -> None:
    """Queue the letter after a rejection; call back what waits when anything else is decided. In the decision's
    transaction: a rejection and its letter are stored together, an undo and the calling back too."""
    del sender, more
    if kind is DecisionKind.REJECT:
        _tell_of_rejection(decision_id, application_id=application_id, actor=actor, letter=letter)
        return
    if undoes_id is not None:
        call_back_wish(wish=rejection_wish(decision_id=undoes_id), actor=actor, why="The rejection was taken back.")
    _call_back_waiting(application_id=application_id, actor=actor)


def _tell_of_rejection(decision_id: int, *, application_id: int, actor: User | None, letter: LetterChoice) -> None:
    if letter is LetterChoice.NONE:
        return
    now = timezone.now()
    write(
        actor=actor,
        application_id=application_id,
        kind=MessageKind.REJECTION,
        template=TEMPLATE,
        values={},
        wish=rejection_wish(decision_id=decision_id),
        send_after=_moment_of_letter(application_id, letter=letter, now=now),
        decision_id=decision_id,
        is_automatic=True,
    )


def _moment_of_letter(application_id: int, *, letter: LetterChoice, now: datetime) -> datetime:
    """Return when the letter goes: after the delay, but before the moment by which the candidate was promised to hear.

    The few seconds in which a decision can be taken back are always left.
    """
    # Clocks write letters through this app, so that their queries are there only once it is loaded.
    from assay.app.clocks.queries import get_promise

    soonest = now + timedelta(seconds=limits().sending.undo_seconds)
    wanted = now if letter is LetterChoice.NOW else now + rejection_delay()
    promise = get_promise(application_id=application_id)
    if promise is not None and not promise.is_kept and promise.promised_at > now:
        wanted = min(wanted, promise.promised_at - _BEFORE_PROMISE)
    return max(wanted, soonest)


def _call_back_waiting(*, application_id: int, actor: User | None) -> None:
    """Call back every rejection that has not surely gone: whoever is held, advanced or leaves gets none."""
    states = [state.value for state in (MessageState.WAITING, *TROUBLE)]
    with connection.cursor() as cursor:
        cursor.execute(_WISHES, [application_id, Direction.OUT.value, MessageKind.REJECTION.value, states])
        wishes = [wish for (wish,) in cursor.fetchall()]
    for wish in wishes:
        call_back_wish(wish=wish, actor=actor, why="Something else was decided.")
