"""The profile of one application as pages, mails and the API show it. Everything in it may be seen by who asked."""

from dataclasses import dataclass
from datetime import date, datetime

from assay.core.evidence.belief import Disagreement
from assay.core.evidence.measurement import Evidence, Observer
from assay.core.evidence.musts import JointOdds, Odds
from assay.core.evidence.standing import Covered
from assay.core.evidence.steps import StepKind


@dataclass(frozen=True, slots=True)
class SegmentView:
    """One measurement in a belief: who saw which level, what it rests on, and what it did.

    ``share`` (0-1) is its part of all that the belief rests on and ``start`` where it begins when all parts are laid
    end to end, the prior first; ``pull`` (levels) is what it moved, ``news`` (0-1) how much of it others of the same
    source left to say. ``href`` opens where the words stand.
    """

    key: str
    observer: Observer
    who: str
    level: float
    share: float
    start: float
    pull: float
    news: float
    reliability: float
    observed_at: datetime
    evidence: tuple[Evidence, ...]
    href: str


@dataclass(frozen=True, slots=True)
class CompetencyView:
    """What is known of one competency; ``bar``, ``weight``, ``chance`` and ``odds`` where the role sets a bar.

    ``prior_share`` (0-1) is how much of the belief is assumed; ``by_level`` the probabilities of the levels 0 to 4;
    ``bar_looks_like`` the behaviour at the bar.
    """

    id: str
    label: str
    is_must: bool
    level: float
    low: float
    high: float
    bar: float | None
    weight: float | None
    chance: float | None
    odds: Odds | None
    covered: Covered
    prior_level: float
    prior_share: float
    by_level: tuple[float, ...]
    bar_looks_like: str
    segments: tuple[SegmentView, ...]
    disagreement: Disagreement | None
    disagreement_says: str

    @property
    def is_measured(self) -> bool:
        """Tell whether anything but the prior stands behind it."""
        return bool(self.segments)


@dataclass(frozen=True, slots=True)
class MustView:
    """A must-have: how likely it is met, what that asks, and how it was measured. No ``chance``: no level shows it."""

    id: str
    label: str
    chance: float | None
    odds: Odds | None
    asks: str
    covered: Covered
    competency_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepView:
    """Something worth doing next: what, how long, why, and what it would tell.

    ``bits`` is the doubt it is expected to remove, ``share`` (0-1) that as a part of all doubt left.
    """

    key: str
    kind: StepKind
    label: str
    minutes: int
    bits: float
    bits_per_hour: float
    share: float
    why: str
    href: str

    @property
    def share_per_hour(self) -> float:
        """The part (0-1) of all doubt left that an hour of it would remove at this rate."""
        return min(1.0, self.share * 60 / self.minutes) if self.minutes else 0.0


@dataclass(frozen=True, slots=True)
class ProfileView:
    """All that is known of one application: competencies with those of must-haves first, must-haves, what to do next.

    ``has_closed`` says that ratings closed to the reader are left out, but not how many: the count tells what others
    looked at. ``questions`` are the best single questions of the bank, ``steps`` the best of what the job plans.
    """

    application_id: int
    role_title: str
    competencies: tuple[CompetencyView, ...]
    musts: tuple[MustView, ...]
    joint: JointOdds
    doubt: float
    coverage: float
    is_sent_on: bool
    has_closed: bool
    steps: tuple[StepView, ...]
    questions: tuple[StepView, ...]
    rules_version: str
    rules_as_of: date

    @property
    def measurements(self) -> int:
        """How many measurements stand behind all of it."""
        return sum(len(item.segments) for item in self.competencies)

    @property
    def unmeasured(self) -> tuple[CompetencyView, ...]:
        """The competencies that nothing has measured."""
        return tuple(item for item in self.competencies if item.covered is Covered.UNMEASURED)

    @property
    def from_documents(self) -> tuple[CompetencyView, ...]:
        """The competencies that only a document says something about."""
        return tuple(item for item in self.competencies if item.covered is Covered.DOCUMENT_ONLY)

    @property
    def disagreements(self) -> tuple[CompetencyView, ...]:
        """The competencies where measurements contradict each other."""
        return tuple(item for item in self.competencies if item.disagreement is not None)
