"""Whose clock it is: the seat on the hiring team that each kind of wait belongs to, and who stands in for it."""

from collections.abc import Iterable

from assay.core.clocks.kinds import ClockKind
from assay.core.clocks.ladder import Audience
from assay.core.pipeline.status import TeamRole

_RECRUITER, _MANAGER, _COORDINATOR = TeamRole.RECRUITER, TeamRole.HIRING_MANAGER, TeamRole.COORDINATOR

# The first of these seats that somebody holds; a scorecard is owed by whoever sat in the interview.
OWNING_SEATS: dict[ClockKind, tuple[TeamRole, ...]] = {
    ClockKind.REVIEW: (_RECRUITER, _MANAGER, _COORDINATOR),
    ClockKind.STAGE: (_RECRUITER, _MANAGER, _COORDINATOR),
    ClockKind.SCHEDULING: (_COORDINATOR, _RECRUITER, _MANAGER),
    ClockKind.FIRST_INTERVIEW: (_COORDINATOR, _RECRUITER, _MANAGER),
    ClockKind.FEEDBACK: (),
    ClockKind.DECISION: (_MANAGER, _RECRUITER),
    ClockKind.OFFER: (_RECRUITER, _MANAGER),
    ClockKind.REPLY: (_RECRUITER, _COORDINATOR, _MANAGER),
    ClockKind.REQUEST: (_RECRUITER, _COORDINATOR, _MANAGER),
}
_TOLD = {Audience.RECRUITERS: _RECRUITER, Audience.HIRING_MANAGERS: _MANAGER}


def owner_of(*, kind: ClockKind, seats: Iterable[tuple[int, str]]) -> int | None:
    """Return who owns a clock among (user id, team role) pairs, first seat first; None when nobody fits."""
    held = list(seats)
    for seat in OWNING_SEATS[kind]:
        for user_id, team_role in held:
            if team_role == seat:
                return user_id
    return None


def told_by(*, audience: Iterable[Audience], owner_id: int | None, seats: Iterable[tuple[int, str]]) -> tuple[int, ...]:
    """Return whom a step of the ladder tells, each once. Where a seat is empty or nobody owns the clock, the first
    recruiter or hiring manager is told instead; a job without any has nobody to tell."""
    held = list(seats)
    found: list[int] = []
    for one in audience:
        if one is Audience.OWNER:
            found += [owner_id] if owner_id is not None else []
        else:
            found += [user_id for user_id, team_role in held if team_role == _TOLD[one]]
    if not found:
        found = [user_id for user_id, team_role in held if team_role in (_RECRUITER, _MANAGER)][:1]
    return tuple(dict.fromkeys(found))
