"""How many senders there may be at once, counted by locks that the database takes back when their holder dies."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_SENDING = 0x6D61696C
_READING = 0x6D61696D


@contextmanager
def sending_slot(*, slots: int) -> Iterator[int | None]:
    """Hold one of the places for senders, from 1 on; None when all are taken."""
    with _first_free(_SENDING, slots) as slot:
        yield slot


@contextmanager
def reading_slot() -> Iterator[bool]:
    """Hold the only place for readers of the mailbox; False when somebody else reads."""
    with _first_free(_READING, 1) as slot:
        yield slot is not None


@contextmanager
def _first_free(kind: int, slots: int) -> Iterator[int | None]:
    taken = next((number for number in range(1, slots + 1) if _ask("pg_try_advisory_lock", kind, number)), None)
    try:
        yield taken
    finally:
        # A connection that broke has given its locks back already.
        if taken is not None and connection.connection is not None and not connection.connection.closed:
            _ask("pg_advisory_unlock", kind, taken)


def _ask(function: str, kind: int, number: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", [kind, number])  # noqa: S608 - one of two names above
        return bool(cursor.fetchone()[0])
