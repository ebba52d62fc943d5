"""Who writes about one message, one wish or one conversation at a time: locks that last as long as the transaction.

The order is always: such a lock, the letter in the outbox, the message, the thread, so that nobody waits in a circle.
"""

from django.db import connection

_MESSAGES, _WISHES, _APPLICATIONS = 7_411, 7_412, 7_413


def hold_message(*, message_id: int) -> None:
    """Let nobody else release or call back this message until the transaction ends."""
    _hold(_MESSAGES, "%s", message_id % 2**31)


def hold_wish(*, wish: str) -> None:
    """Let nobody else write for the same wish until the transaction ends."""
    _hold(_WISHES, "hashtext(%s)", wish)


def hold_application(*, application_id: int) -> None:
    """Let nobody else open a conversation about this application until the transaction ends."""
    _hold(_APPLICATIONS, "%s", application_id % 2**31)


def _hold(room: int, term: str, value: int | str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock(%s, {term})", [room, value])
