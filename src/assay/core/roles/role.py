"""The bar: which competencies a role needs, to which level, how much each weighs, and what is a must."""

from dataclasses import dataclass
from enum import StrEnum


class Seniority(StrEnum):
    """The level of the seat itself, from the first job to setting direction for others."""

    JUNIOR = "junior"
    MID = "mid"
    SENIOR = "senior"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class CompetencyBar:
    """One competency of a role: the level (0-4) to reach and its weight (the weights of a role sum to 1)."""

    competency: str
    label: str
    level: float
    weight: float


@dataclass(frozen=True, slots=True)
class MustHave:
    """Something without which the work cannot be done, and what would show it.

    It is met by any claim of a kind in ``claim_kinds`` or by a supported mention of any skill in ``skills``;
    when ``competency`` is set, by that competency reaching ``level``.
    """

    id: str
    label: str
    claim_kinds: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    competency: str = ""
    level: float = 0.0


@dataclass(frozen=True, slots=True)
class Role:
    """A versioned role: the problem it solves, its seniority, its bar, and what 90 days should bring."""

    id: str
    version: str
    title: str
    problem: str
    seniority: Seniority
    competencies: tuple[CompetencyBar, ...]
    must_haves: tuple[MustHave, ...]
    skills: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
