"""Reading the audit log: pages of events, newest first, and how the last check of the chain went."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from assay.platform.accounts.models import User
from assay.platform.audit.models import ChainCheck, Event

PAGE_ROWS = 50


@dataclass(frozen=True, slots=True)
class EventFilter:
    """What to show; None and empty mean everything. Days are whole days in ``zone``."""

    actor_id: int | None = None
    is_system: bool = False
    verb: str = ""
    object_type: str = ""
    object_id: int | None = None
    since: date | None = None
    until: date | None = None
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event as a page shows it. ``actor`` is a name, or empty when the system acted."""

    sequence: int
    recorded_at: datetime
    actor: str
    verb: str
    object_type: str
    object_id: int
    why: str
    data: dict[str, Any]
    hash: str


@dataclass(frozen=True, slots=True)
class EventPage:
    """Events from newest to oldest, and the sequence to continue below, or None at the end."""

    events: tuple[EventRow, ...]
    older_than: int | None


@dataclass(frozen=True, slots=True)
class CheckState:
    """The last check of the chain, and how many rows came after it."""

    checked_at: datetime
    rows: int
    anchors: int
    fault_count: int
    first_fault: str
    rows_since: int


def list_events(*, wanted: EventFilter, before: int | None = None, limit: int = PAGE_ROWS) -> EventPage:
    """Return one page of events below the sequence ``before``; one statement whatever the length of the log."""
    rows = _filtered(wanted)
    if before is not None:
        rows = rows.filter(sequence__lt=before)
    found = list(rows.select_related("actor").order_by("-sequence")[: limit + 1])
    shown = found[:limit]
    return EventPage(
        events=tuple(_row(event) for event in shown),
        older_than=shown[-1].sequence if len(found) > limit else None,
    )


def list_verbs() -> tuple[str, ...]:
    """Return every verb in the log, leaping from one to the next along the index."""
    return _distinct("verb")


def list_object_types() -> tuple[str, ...]:
    """Return every kind of object in the log."""
    return _distinct("object_type")


def list_actors() -> tuple[tuple[int, str], ...]:
    """Return the accounts that did anything, as id and name."""
    acted = User.objects.filter(Exists(Event.objects.filter(actor=OuterRef("pk"))))
    return tuple((user.pk, user.display_name) for user in acted.order_by("name", "email"))


def get_check_state() -> CheckState | None:
    """Return how the last check went, or None when there was none."""
    last = ChainCheck.objects.first()
    if last is None:
        return None
    head = Event.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0
    return CheckState(
        checked_at=last.checked_at,
        rows=last.rows,
        anchors=last.anchors,
        fault_count=last.fault_count,
        first_fault=last.first_fault,
        rows_since=max(0, head - last.head_sequence),
    )


def _filtered(wanted: EventFilter) -> QuerySet[Event]:
    rows = Event.objects.all()
    if wanted.is_system:
        rows = rows.filter(actor=None)
    if wanted.actor_id is not None:
        rows = rows.filter(actor_id=wanted.actor_id)
    if wanted.verb:
        rows = rows.filter(verb=wanted.verb)
    if wanted.object_type:
        rows = rows.filter(object_type=wanted.object_type)
    if wanted.object_id is not None:
        rows = rows.filter(object_id=wanted.object_id)
    if wanted.since is not None:
        rows = rows.filter(recorded_at__gte=_start_of(wanted.since, wanted.zone))
    if wanted.until is not None:
        last = min(wanted.until, date.max - timedelta(days=2))
        rows = rows.filter(recorded_at__lt=_start_of(last + timedelta(days=1), wanted.zone))
    return rows


def _start_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def _row(event: Event) -> EventRow:
    return EventRow(
        sequence=event.sequence,
        recorded_at=event.recorded_at,
        actor=event.actor.display_name if event.actor else "",
        verb=event.verb,
        object_type=event.object_type,
        object_id=event.object_id,
        why=event.why,
        data=event.data,
        hash=event.hash,
    )


def _distinct(column: str) -> tuple[str, ...]:
    statement = (
        f"WITH RECURSIVE known AS ("  # noqa: S608 - the column is one of two words above
        f"(SELECT {column} AS word FROM audit_event ORDER BY {column} LIMIT 1) UNION ALL "
        f"SELECT (SELECT {column} FROM audit_event WHERE {column} > known.word ORDER BY {column} LIMIT 1) "
        f"FROM known WHERE known.word IS NOT NULL) SELECT word FROM known WHERE word IS NOT NULL"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return tuple(row[0] for row in cursor.fetchall())
