"""An application put where a decision says: a stage still in the plan, an approved band, a seat that is taken."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import connection
from django.utils import timezone

from assay.app.pipeline.models import Application, Opening
from assay.core.pipeline.stage import StageGroup, asks_for_band
from assay.core.pipeline.status import ApplicationStatus, OpeningState

from .applications import ask_gate

_WAY = """
    SELECT s.job_id, s.retired_at IS NOT NULL, s."group", s.position, now."group", now.position
    FROM pipeline_application a
    JOIN pipeline_stage now ON now.id = a.stage_id
    JOIN pipeline_stage s ON s.id = %(to)s AND s.id <> a.stage_id
    WHERE a.id = %(application)s
    FOR SHARE OF s
"""

_PLACE = """
    UPDATE pipeline_application
    SET entered_stage_at = CASE WHEN stage_id = %(stage_id)s THEN entered_stage_at ELSE %(now)s END,
        stage_id = %(stage_id)s, status = %(status)s, held_until = %(held_until)s, needs_review = %(needs_review)s,
        revision = revision + 1
    WHERE id = %(id)s AND revision = %(seen)s
"""


class StaleApplicationError(Exception):
    """Raised when someone else changed the application after the writer looked at it."""

    def __init__(self) -> None:
        super().__init__("Someone else changed this application in the meantime. Look at it again, then decide.")


class StageRetiredError(Exception):
    """Raised when an application would be put into a stage that somebody just took out of the plan."""

    def __init__(self) -> None:
        super().__init__("This stage was just taken out of the plan. Look at the plan again, then decide.")


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a decision puts an application."""

    stage_id: int
    status: ApplicationStatus
    held_until: date | None
    needs_review: bool


def place_application(
    *,
    application_id: int,
    expected_revision: int,
    before: ApplicationStatus,
    placement: Placement,
    is_undo: bool = False,
) -> None:
    """Put an application where a decision says. Called by deciding in the transaction in which it checked access, keeps
    the decision, tells of the change and writes the audit event; ``before`` is the status at ``expected_revision``.

    Raises ``StaleApplicationError`` when the application is no longer at ``expected_revision``, and
    ``BandNotApprovedError`` for a move into interviews without an approved band. An undo only restores a place
    that was entered before, so it is not asked. Raises ``StageRetiredError`` for a stage that left the plan meanwhile.
    An ``IntegrityError`` for a second live application leaves nothing to do but to let the transaction go.
    """
    way = _hold_way(application_id=application_id, to_stage_id=placement.stage_id)
    if way is not None and way.is_retired:
        raise StageRetiredError
    if way is not None and way.needs_band and not is_undo:
        ask_gate(job_id=way.job_id)
    values = asdict(placement) | {
        "status": placement.status.value,
        "now": timezone.now(),
        "id": application_id,
        "seen": expected_revision,
    }
    with connection.cursor() as cursor:
        cursor.execute(_PLACE, values)
        if not cursor.rowcount:
            raise StaleApplicationError
    if ApplicationStatus.HIRED in (before, placement.status):
        _seat(application_id=application_id, status=placement.status)


def hold_applications(*, job_id: int, stage_id: int) -> tuple[int, ...]:
    """Return who waits in a stage and let nobody else move them until the transaction ends."""
    waiting = Application.objects.select_for_update(of=("self",)).filter(
        job_id=job_id, stage_id=stage_id, status__in=[ApplicationStatus.ACTIVE, ApplicationStatus.HELD]
    )
    return tuple(waiting.order_by("pk").values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class _Way:
    """From one stage to another: of which job, whether the other was taken out of its plan, and whether going there
    needs an approved band."""

    job_id: int
    is_retired: bool
    needs_band: bool


def _hold_way(*, application_id: int, to_stage_id: int) -> _Way | None:
    """Return the way of an application to another stage, held like ``_hold_stage`` does; None when it stays."""
    with connection.cursor() as cursor:
        cursor.execute(_WAY, {"application": application_id, "to": to_stage_id})
        row = cursor.fetchone()
    if row is None:
        return None
    job_id, is_retired, group, position, group_now, position_now = row
    needs_band = asks_for_band(
        group=StageGroup(group),
        position=position,
        from_group=StageGroup(group_now),
        from_position=position_now,
    )
    return _Way(job_id, is_retired, needs_band)


def _seat(*, application_id: int, status: ApplicationStatus) -> None:
    """Let a hire take the job's first open opening, and let go of it when the hire is taken back."""
    Opening.objects.filter(filled_by_id=application_id).update(state=OpeningState.OPEN, filled_by=None)
    if status is not ApplicationStatus.HIRED:
        return
    seats = Opening.objects.select_for_update(of=("self",)).filter(
        job__applications=application_id, state=OpeningState.OPEN
    )
    seat = seats.order_by("id").first()
    if seat is not None:
        seat.state, seat.filled_by_id = OpeningState.FILLED, application_id
        seat.save(update_fields=["state", "filled_by"])
