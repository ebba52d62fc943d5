"""Tells the product another time while the demo is made, so that its own actions happen when the story says.

Whoever asks Django's clock or PostgreSQL's for the time is answered with the story's: only inside ``story_clock``, only
in this process and its one transaction, which must be the one that makes the demo. Everything is put back at the end.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache

from django.db import connection, models
from django.db.models.expressions import DatabaseDefault
from django.db.models.functions import Now
from django.db.models.signals import pre_save
from django.utils import timezone

_SETTING = "demo.moment"
_ASKED = ("clock_timestamp", "statement_timestamp", "now")


class StoryClock:
    """The time of the story. ``turn`` only goes forward: what the audit log chains must lie in order."""

    def __init__(self, *, starts_at: datetime) -> None:
        self.moment = starts_at

    def turn(self, *, to: datetime) -> None:
        """Make it ``to`` everywhere. Raises ``ValueError`` for a moment that is past already."""
        if to < self.moment:
            raise ValueError(f"the story is at {self.moment} and cannot go back to {to}")
        self.moment = to
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, true)", [_SETTING, to.isoformat()])


@contextmanager
def story_clock(*, starts_at: datetime) -> Iterator[StoryClock]:
    """Let it be ``starts_at`` and whatever the clock is turned to after that, inside an open transaction."""
    clock = StoryClock(starts_at=starts_at)
    real, known_as = timezone.now, "demo.moments"

    def date_defaults(sender: type[models.Model], instance: models.Model, **more: object) -> None:
        del more
        for name in _dated_by_the_database(sender):
            if isinstance(getattr(instance, name), DatabaseDefault):
                setattr(instance, name, clock.moment)

    with _answered_by_the_story():
        clock.turn(to=starts_at)
        pre_save.connect(date_defaults, weak=False, dispatch_uid=known_as)
        timezone.now = lambda: clock.moment
        try:
            yield clock
        finally:
            timezone.now = real
            pre_save.disconnect(dispatch_uid=known_as)


@cache
def _dated_by_the_database(model: type[models.Model]) -> tuple[str, ...]:
    """Name the columns that PostgreSQL fills in with its own time, which nothing in a session can change."""
    fields = [field for field in model._meta.concrete_fields if field.has_db_default()]
    return tuple(field.attname for field in fields if isinstance(field.db_default, Now))


@contextmanager
def _answered_by_the_story() -> Iterator[None]:
    """Put functions of our own before PostgreSQL's that tell the time. Nobody else sees them: they are gone when the
    transaction ends, and when it fails."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('search_path')")
        path = cursor.fetchone()[0]
        for name in _ASKED:
            answer = f"SELECT pg_catalog.current_setting('{_SETTING}')::timestamptz"
            cursor.execute(f"CREATE FUNCTION {name}() RETURNS timestamptz LANGUAGE sql STABLE AS $${answer}$$")
        cursor.execute("SELECT set_config('search_path', %s, true)", [f"{path}, pg_catalog"])
    yield
    with connection.cursor() as cursor:
        for name in _ASKED:
            cursor.execute(f"DROP FUNCTION {name}()")
        cursor.execute("SELECT set_config('search_path', %s, true)", [path])
