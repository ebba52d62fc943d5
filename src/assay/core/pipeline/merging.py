"""Two records of one human made one: which fields win, which applications have to be joined, what an undo restores."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assay.core.pipeline.status import ApplicationStatus

FIELDS = ("name", "email", "phone", "location")


class MergeRefusedError(ValueError):
    """Raised for two records that cannot be made one; the message says why and what would help."""


@dataclass(frozen=True, slots=True)
class Change:
    """A field of the record that stays: what stood there before, and what was taken over from the other."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HeldApplication:
    """An application of one of the two: its job (``job_title`` for people), state, revision and since when it waits
    for us (``facts.waits_since``)."""

    id: int
    job_id: int
    job_title: str
    status: ApplicationStatus
    revision: int
    waits_since: datetime

    @property
    def has_ended(self) -> bool:
        """Tell whether it stands in nobody's way."""
        return not self.status.is_live and self.status is not ApplicationStatus.HIRED


@dataclass(frozen=True, slots=True)
class Joining:
    """Two applications of one human to one job: ``ends`` goes on as ``goes_on``."""

    ends: int
    goes_on: int


def plan_fields(
    *, survivor: Mapping[str, str], absorbed: Mapping[str, str], taken: frozenset[str]
) -> tuple[Change, ...]:
    """Return how the record that stays changes: ``taken`` and empty fields come from the other."""
    return tuple(
        Change(field, survivor[field], absorbed[field])
        for field in FIELDS
        if absorbed[field] and absorbed[field] != survivor[field] and (field in taken or not survivor[field])
    )


def plan_restore(*, changes: Sequence[Change], now: Mapping[str, str]) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """Return which fields an undo puts back, and which stay because somebody changed them since."""
    back = tuple(change for change in changes if now[change.field] == change.after)
    return back, tuple(change for change in changes if change not in back)


def plan_joinings(*, first: Sequence[HeldApplication], second: Sequence[HeldApplication]) -> tuple[Joining, ...]:
    """Return which applications have to be joined before two people are one: both wait for the same job.

    The one that came in here first goes on, since its clock runs longer, and one that led to a hire always does. Raises
    ``MergeRefusedError`` when both were hired: then two seats are filled, which nobody but a person can sort out.
    """
    waiting = {one.job_id: one for one in first if not one.has_ended}
    pairs = [(waiting[two.job_id], two) for two in second if not two.has_ended and two.job_id in waiting]
    return tuple(_join(*pair) for pair in pairs)


def version_of(*, fields: Mapping[str, str], applications: Sequence[HeldApplication]) -> str:
    """Return a short name for a record as it stands: another as soon as the contact or an application changes."""
    parts = [f"{field}={fields[field]!r}" for field in FIELDS]
    parts += [f"{one.id}:{one.revision}:{one.status}" for one in sorted(applications, key=lambda one: one.id)]
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _join(one: HeldApplication, two: HeldApplication) -> Joining:
    hired = ApplicationStatus.HIRED
    if one.status is hired and two.status is hired:
        message = f"Both were hired for {one.job_title}. Take one of the hires back first, then merge."
        raise MergeRefusedError(message)
    older, newer = sorted((one, two), key=lambda held: (held.status is not hired, held.waits_since, held.id))
    return Joining(ends=newer.id, goes_on=older.id)
