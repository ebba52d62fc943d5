"""Moments as PostgreSQL writes them, read quickly: a list has hundreds, and the way that Django brings is the slow one.

psycopg reads moments in C; Django puts a loader in Python in its place to set the time zone, and half of the work on a
long list is then spent on it. Here the interpreter's own parser reads what a session in UTC sends.
"""

from datetime import UTC, datetime
from typing import Any

from psycopg.abc import Buffer
from psycopg.types.datetime import TimestamptzLoader


class MomentLoader(TimestamptzLoader):
    """Reads a ``timestamptz``. Django asks a loader for its ``timezone``, and brings its own where it wants another."""

    timezone = UTC

    def load(self, data: Buffer) -> datetime:
        """Return the moment; what the quick way cannot read (infinity, a year before 1) goes the long way."""
        try:
            moment = datetime.fromisoformat(str(data, "ascii"))
        except ValueError:
            return super().load(data).astimezone(UTC)
        return moment if moment.tzinfo is UTC else moment.astimezone(UTC)


def read_moments_quickly(*, connection: Any, **_: Any) -> None:
    """Make a new connection of Django's read moments with ``MomentLoader``; a receiver of ``connection_created``."""
    connection.connection.adapters.register_loader("timestamptz", MomentLoader)
