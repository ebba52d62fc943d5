"""Moments are read as PostgreSQL wrote them, whichever way is taken."""

from datetime import UTC, datetime

import pytest
from django.db import DataError, connection
from django.utils import timezone
from psycopg import adapters
from psycopg.pq import Format

from assay.platform.moments import MomentLoader


def _read(text: str) -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [text])
        (moment,) = cursor.fetchone()
    assert isinstance(moment, datetime)
    return moment


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026-03-04 05:06:07+00", datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)),
        ("2026-03-04 05:06:07.8+00", datetime(2026, 3, 4, 5, 6, 7, 800_000, tzinfo=UTC)),
        ("2026-03-04 05:06:07.891234+00", datetime(2026, 3, 4, 5, 6, 7, 891_234, tzinfo=UTC)),
        ("2026-07-04 00:30:00+05:45", datetime(2026, 7, 3, 18, 45, tzinfo=UTC)),
        ("1891-01-01 00:00:00.000001+00", datetime(1891, 1, 1, 0, 0, 0, 1, tzinfo=UTC)),
    ],
)
def test_a_moment_from_the_database_is_read_to_the_microsecond_in_utc(text: str, read: datetime) -> None:
    moment = _read(text)
    assert moment == read
    assert moment.tzinfo is UTC


@pytest.mark.django_db
def test_a_moment_means_the_same_in_a_session_with_another_time_zone() -> None:
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'Asia/Kathmandu'")
        cursor.execute("SELECT %s::timestamptz", [now])
        (moment,) = cursor.fetchone()
    assert (moment, moment.tzinfo) == (now, UTC)


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["infinity", "0044-03-15 12:00:00+00 BC"])
def test_a_moment_that_python_cannot_hold_is_refused_as_before(text: str) -> None:
    with pytest.raises(DataError):
        _read(text)


@pytest.mark.django_db
def test_every_connection_of_the_product_reads_moments_so() -> None:
    connection.ensure_connection()
    loader = connection.connection.adapters.get_loader(adapters.types["timestamptz"].oid, Format.TEXT)
    assert loader is MomentLoader
