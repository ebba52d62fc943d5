"""How long each wait may take, and which of several limits holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from assay.core.clocks.kinds import ClockKind, Counting


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of ``hours``, counted as ``counting`` says. From ``yellow_share`` (between 0 and 1) of it on it warns.

    ``is_off``: this wait has no clock. Raises ``ValueError`` for a limit that is not above zero or a share outside.
    """

    hours: float
    counting: Counting
    yellow_share: float
    is_off: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.hours < float("inf"):
            raise ValueError("A limit needs more than no hours.")
        if not 0 < self.yellow_share < 1:
            raise ValueError("The warning comes before the end: its share lies between 0 and 1.")

    @property
    def amount(self) -> timedelta:
        """The limit as a length of time."""
        return timedelta(hours=self.hours)

    @property
    def warned_after(self) -> timedelta:
        """How long until it warns: always less than the limit."""
        return min(self.amount * self.yellow_share, self.amount - timedelta(microseconds=1))


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A limit that somebody set: for every job, one job, or one stage of it; with ``office_id`` on that calendar."""

    kind: ClockKind
    job_id: int | None
    stage_id: int | None
    office_id: int | None
    limit: Limit


def choose_rule(*, rules: Iterable[RuleRow], kind: ClockKind, job_id: int, stage_id: int | None) -> RuleRow | None:
    """Return the rule closest to a wait: that of its stage, else of its job, else of the whole house, else none."""
    fitting = [
        rule
        for rule in rules
        if rule.kind is kind and rule.job_id in (None, job_id) and rule.stage_id in (None, stage_id)
    ]
    return max(fitting, key=lambda rule: (rule.stage_id is not None, rule.job_id is not None), default=None)
