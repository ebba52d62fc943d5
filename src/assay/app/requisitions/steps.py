"""What each desk tells the guided path and the hiring brief about a requisition."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class StepState(StrEnum):
    """How a step of the path stands."""

    OPEN = "open"
    DONE = "done"
    WARN = "warn"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class StepResult:
    """The newest result of one desk for one requisition, in words a sponsor understands.

    ``headline`` is one short line ("Hire with conditions"), ``lines`` up to four sentences that support it, ``url``
    where the whole stands. ``facts`` are the values an approval rests on: when one changes, approval is asked again.
    ``svg`` is a small server-drawn chart for the brief, or nothing.
    """

    headline: str
    lines: tuple[str, ...]
    url: str
    state: StepState
    made_by: str
    made_at: datetime
    facts: Mapping[str, str] = field(default_factory=dict)
    svg: str = ""
