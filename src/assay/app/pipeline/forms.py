"""What people fill in about jobs, read into values; nothing here decides or writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from assay.app.pipeline.actions.jobs import JobDraft, Seat
from assay.app.pipeline.queries.jobs import JobView
from assay.core.pipeline.status import TeamRole
from assay.platform.numbers import read_id, read_whole

MOST_SEATS = 30
SPARE_SEATS = 3
SEAT_LABELS = [(role.value, role.value.replace("_", " ").capitalize()) for role in TeamRole]


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One row of the team form; an empty ``user_id`` is a row still to be filled."""

    number: int
    user_id: str
    team_role: str


def read_job_draft(*, fields: Mapping[str, str]) -> JobDraft:
    """Read the job form. What is not a number of openings becomes 0, which the action refuses in words."""
    return JobDraft(
        title=_clean(fields.get("title", "")),
        problem=_clean(fields.get("problem", "")),
        location=_clean(fields.get("location", "")),
        is_confidential=fields.get("confidential") == "on",
        openings=read_whole(fields.get("openings", "1").strip(), most_digits=5) or 0,
        posting=_clean(fields.get("posting", "")),
    )


def draft_of_job(*, job: JobView) -> JobDraft:
    """Return a job as the form shows it."""
    return JobDraft(
        title=job.title,
        problem=job.problem,
        location=job.location,
        is_confidential=job.is_confidential,
        openings=job.openings,
        posting=job.posting,
    )


def read_seats(*, fields: QueryDict) -> tuple[Seat, ...]:
    """Read the team form: rows without a person are left out, the same seat twice counts once."""
    seats = []
    for number in range(1, MOST_SEATS + 1):
        user_id, role = read_id(fields.get(f"user_{number}", "")), fields.get(f"seat_{number}", "")
        if user_id is not None and role in set(TeamRole):
            seats.append(Seat(user_id=user_id, team_role=TeamRole(role)))
    return tuple(dict.fromkeys(seats))


def seat_rows(*, seats: Sequence[Seat]) -> tuple[SeatRow, ...]:
    """Return the rows of the team form: those filled, and a few to fill."""
    filled = [SeatRow(number, str(seat.user_id), seat.team_role.value) for number, seat in enumerate(seats, 1)]
    spare = range(len(filled) + 1, min(len(filled) + SPARE_SEATS, MOST_SEATS) + 1)
    return (*filled, *(SeatRow(number, "", TeamRole.INTERVIEWER.value) for number in spare))


def _clean(text: str) -> str:
    return text.replace("\0", "").replace("\r\n", "\n")
