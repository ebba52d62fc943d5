"""Clocks as the synchroniser compares them: read in one statement, written in one."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection

_KEY = {"application_id": "bigint", "kind": "text", "subject": "text", "started_at": "timestamptz"}
_SAID = {
    "owner_id": "bigint",
    "office_id": "bigint",
    "stopped_at": "timestamptz",
    "hours": "numeric",
    "counting": "text",
    "is_paused": "boolean",
    "yellow_at": "timestamptz",
    "due_at": "timestamptz",
}
# Columns that are read and written as they are, with their types; pauses travel as JSON.
_PLAIN = {**_KEY, **_SAID}
_READ = f"SELECT {', '.join(_PLAIN)}, pauses::text, id FROM clocks_clock WHERE application_id = ANY(%s)"  # noqa: S608 - made of constants
_WRITE = f"""
    INSERT INTO clocks_clock ({", ".join(_PLAIN)}, pauses)
    SELECT * FROM unnest({", ".join(f"%s::{column_type}[]" for column_type in _PLAIN.values())}, %s::jsonb[])
    ON CONFLICT ({", ".join(_KEY)}) DO UPDATE
    SET {", ".join(f"{name} = excluded.{name}" for name in (*_SAID, "pauses"))}
"""  # noqa: S608 - made of constants

Key = tuple[str, str, datetime]


@dataclass(frozen=True, slots=True)
class ClockRow:
    """A clock as it is stored, equal to one that says the same. ``id`` is 0 for one that was just worked out."""

    application_id: int
    kind: str
    subject: str
    started_at: datetime
    owner_id: int | None
    office_id: int | None
    stopped_at: datetime | None
    hours: Decimal
    counting: str
    is_paused: bool
    yellow_at: datetime | None
    due_at: datetime | None
    pauses: list[list[str | None]]
    id: int = field(default=0, compare=False)

    @property
    def key(self) -> Key:
        """Which of its application's clocks it is."""
        return (self.kind, self.subject, self.started_at)


def read_clocks(*, application_ids: Collection[int]) -> dict[int, dict[Key, ClockRow]]:
    """Return the stored clocks of each of these applications by their keys."""
    found: dict[int, dict[Key, ClockRow]] = {application_id: {} for application_id in application_ids}
    with connection.cursor() as cursor:
        cursor.execute(_READ, [list(application_ids)])
        for *values, pauses, pk in cursor.fetchall():
            row = ClockRow(**dict(zip(_PLAIN, values, strict=True)), pauses=json.loads(pauses), id=pk)
            found[row.application_id][row.key] = row
    return found


def write_clocks(*, rows: Sequence[ClockRow]) -> None:
    """Store clocks; one that is there under its key is made to say what this one says."""
    if not rows:
        return
    columns: list[list[Any]] = [[getattr(row, name) for row in rows] for name in _PLAIN]
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [*columns, [json.dumps(row.pauses) for row in rows]])
