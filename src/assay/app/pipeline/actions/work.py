"""Repeat on many applications at once what the clocks worked out."""

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction

from assay.app.pipeline.actions.applications import Work

_UPDATE = """
    UPDATE pipeline_application a
    SET work_state = n.state, work_since = n.since, yellow_at = n.yellow, due_at = n.due, is_paused = n.paused
    FROM unnest(%s::bigint[], %s::text[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[], %s::boolean[])
        AS n(id, state, since, yellow, due, paused)
    WHERE a.id = n.id
        AND (a.work_state, a.work_since, a.yellow_at, a.due_at, a.is_paused)
            IS DISTINCT FROM (n.state, n.since, n.yellow, n.due, n.paused)
"""


@transaction.atomic(savepoint=False)
def note_work_states(*, works: Mapping[int, Work]) -> int:
    """Note what each application waits for in one statement and return how many that changed. Neither the revision
    nor the audit log moves: nobody decided anything."""
    if not works:
        return 0
    values = list(works.values())
    columns: list[Any] = [
        list(works),
        [work.state.value for work in values],
        [work.since for work in values],
        [work.yellow_at for work in values],
        [work.due_at for work in values],
        [work.is_paused for work in values],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE, columns)
        return int(cursor.rowcount)
