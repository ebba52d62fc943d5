"""Work out clocks and work states again, from facts alone, whenever one of them changed.

Nobody else writes clocks. A clock that has stopped keeps the limit it ran under; a running one is worked out from its
start each time, so a changed limit or calendar never counts time twice.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest

from assay.app.clocks.actions.clock_rows import ClockRow, Key, read_clocks, write_clocks
from assay.app.clocks.actions.promises import keep_promises
from assay.app.clocks.models import Clock, Wake
from assay.app.clocks.owners import owner_of
from assay.app.clocks.rulebook import Rulebook, Setting, load_rulebook
from assay.app.clocks.sources import Gathered, Seats, gather
from assay.app.pipeline.actions.applications import Work
from assay.app.pipeline.actions.work import note_work_states
from assay.core.clocks.kinds import ClockKind
from assay.core.clocks.timing import merge_pauses, time_clock
from assay.core.clocks.wanted import WantedClock, list_wanted, wakes_at
from assay.core.pipeline.facts import ApplicationFacts
from assay.core.pipeline.work_state import WorkState, derive, is_resting

BATCH = 500
# A thread or a request that is answered is no fact any more: its clock stops when that is noticed.
_VANISHING = (ClockKind.REPLY, ClockKind.REQUEST)


@dataclass(frozen=True, slots=True)
class Synced:
    """How many applications were looked at, clocks written, clocks whose end moved, and clocks taken away."""

    applications: int = 0
    written: int = 0
    moved: int = 0
    removed: int = 0

    def plus(self, other: "Synced") -> "Synced":
        """Return both together."""
        return Synced(
            self.applications + other.applications,
            self.written + other.written,
            self.moved + other.moved,
            self.removed + other.removed,
        )


def sync(*, application_ids: Collection[int], now: datetime) -> Synced:
    """Work out every clock and the work state of these applications, 500 in a transaction of their own or the caller's.

    No access check: facts decide. The same facts, rules and moment give the same rows.
    """
    ids, done = sorted(set(application_ids)), Synced()
    if not ids:
        return done
    book = load_rulebook(now=now)
    for start in range(0, len(ids), BATCH):
        done = done.plus(_sync_batch(ids[start : start + BATCH], book, now))
    return done


@transaction.atomic(savepoint=False)
def _sync_batch(ids: Sequence[int], book: Rulebook, now: datetime) -> Synced:
    gathered = gather(application_ids=ids)
    old = read_clocks(application_ids=gathered.facts)
    wanted: dict[int, list[ClockRow]] = {}
    for application_id, facts in gathered.facts.items():
        seats = gathered.seats.get(facts.job_id, ())
        wanted[application_id] = _rows(facts, seats, book, old[application_id], now)
    changed, moved = _changes(wanted, old)
    removed = _remove(wanted, old, now)
    write_clocks(rows=changed)
    note_work_states(works={key: _work(facts, wanted[key], now) for key, facts in gathered.facts.items()})
    _set_wakes(gathered, now)
    if gathered.promised:
        keep_promises(application_ids=gathered.promised, ways=gathered.ways)
    return Synced(len(gathered.facts), len(changed), moved, removed)


def _rows(
    facts: ApplicationFacts, seats: Seats, book: Rulebook, old: Mapping[Key, ClockRow], now: datetime
) -> list[ClockRow]:
    rows = []
    for one in list_wanted(facts=facts, now=now):
        known = old.get((one.kind.value, one.subject, one.started_at))
        if known is not None and known.stopped_at is not None and known.stopped_at == one.stopped_at:
            rows.append(known)
            continue
        setting = book.setting(kind=one.kind, job_id=facts.job_id, stage_id=one.stage_id)
        if not setting.limit.is_off:
            rows.append(_row(one, facts, seats, setting, now))
    return rows


def _row(one: WantedClock, facts: ApplicationFacts, seats: Seats, setting: Setting, now: datetime) -> ClockRow:
    pauses = merge_pauses(pauses=one.pauses, since=one.started_at)
    if one.stopped_at is not None:
        pauses = tuple(pause for pause in pauses if pause.since < one.stopped_at)
    timing = time_clock(started_at=one.started_at, pauses=pauses, limit=setting.limit, ruler=setting.ruler)
    return ClockRow(
        application_id=facts.application_id,
        kind=one.kind.value,
        subject=one.subject,
        owner_id=one.owner_id if one.owner_id is not None else owner_of(kind=one.kind, seats=seats),
        office_id=setting.office_id,
        started_at=one.started_at,
        stopped_at=one.stopped_at,
        hours=Decimal(str(setting.limit.hours)),
        counting=setting.limit.counting.value,
        is_paused=one.stopped_at is None and any(is_resting(pause=pause, now=now) for pause in pauses),
        yellow_at=timing.yellow_at,
        due_at=timing.due_at,
        pauses=[
            [pause.since.isoformat(), None if pause.until is None else pause.until.isoformat(), pause.why]
            for pause in pauses
        ],
    )


def _changes(
    wanted: Mapping[int, list[ClockRow]], old: Mapping[int, Mapping[Key, ClockRow]]
) -> tuple[list[ClockRow], int]:
    changed, moved = [], 0
    for application_id, rows in wanted.items():
        for row in rows:
            known = old[application_id].get(row.key)
            if known != row:
                changed.append(row)
            moved += known is not None and known.due_at != row.due_at
    return changed, moved


def _remove(wanted: Mapping[int, list[ClockRow]], old: Mapping[int, Mapping[Key, ClockRow]], now: datetime) -> int:
    """Stop answered clocks, and take away those that facts no longer want. What has stopped stays where its kind was
    switched off: it is history."""
    stop, drop = [], []
    for application_id, rows in old.items():
        kept = {row.key for row in wanted[application_id]}
        for key, row in rows.items():
            if key in kept:
                continue
            if row.kind in _VANISHING:
                stop += [] if row.stopped_at is not None else [row.id]
            elif row.stopped_at is None or any(other.kind == row.kind for other in wanted[application_id]):
                drop.append(row.id)
    if stop:
        Clock.objects.filter(pk__in=stop).update(stopped_at=Greatest(F("started_at"), Value(now)), is_paused=False)
    if drop:
        Clock.objects.filter(pk__in=drop).delete()
    return len(stop) + len(drop)


def _work(facts: ApplicationFacts, rows: Iterable[ClockRow], now: datetime) -> Work:
    standing = derive(facts=facts, now=now)
    running = [row for row in rows if row.stopped_at is None and row.started_at <= now]
    for kind in standing.carriers:
        carrying = [row for row in running if row.kind == kind]
        if carrying:
            first = min(carrying, key=lambda row: (row.due_at is None, row.due_at or row.started_at, row.subject))
            return Work(standing.state, standing.since, first.yellow_at, first.due_at, first.is_paused)
    rests = standing.state in (WorkState.HELD, WorkState.CANDIDATE)
    return Work(standing.state, standing.since, None, None, rests)


def _set_wakes(gathered: Gathered, now: datetime) -> None:
    """Write the wakes that changed."""
    moments = {key: wakes_at(facts=one, now=now) for key, one in gathered.facts.items()}
    gone = [key for key, at in moments.items() if at is None and key in gathered.wakes]
    if gone:
        Wake.objects.filter(application_id__in=gone).delete()
    rows = [
        Wake(application_id=key, at=at)
        for key, at in moments.items()
        if at is not None and gathered.wakes.get(key) != at
    ]
    Wake.objects.bulk_create(rows, update_conflicts=True, unique_fields=["application"], update_fields=["at"])
