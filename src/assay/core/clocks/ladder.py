"""The ladder of escalation: who is told when a clock warns, ends, and stays over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from assay.core.clocks.timing import Ruler


class Audience(StrEnum):
    """Whom a step tells."""

    OWNER = "owner"
    RECRUITERS = "recruiters"
    HIRING_MANAGERS = "hiring_managers"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its key, how many counted hours after the end it is taken (None: when the clock warns), whom it tells,
    and whether by letter (else the inbox alone shows it)."""

    key: str
    after_hours: float | None
    audience: tuple[Audience, ...]
    by_letter: bool


def list_due_steps(
    *, steps: Iterable[Step], yellow_at: datetime | None, due_at: datetime | None, now: datetime, ruler: Ruler
) -> tuple[Step, ...]:
    """Return the steps whose time has come, in their order. Hours after the end are counted as the clock's own are."""
    found = []
    over = ruler.between(start=due_at, end=now) if due_at is not None and now > due_at else None
    for step in steps:
        if step.after_hours is None:
            is_due = yellow_at is not None and now >= yellow_at
        else:
            is_due = over is not None and over >= timedelta(hours=step.after_hours)
        if is_due:
            found.append(step)
    return tuple(found)
