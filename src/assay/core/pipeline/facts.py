"""Facts from which clocks and work states are worked out, as the desks that keep them tell them."""

from dataclasses import dataclass
from datetime import datetime

from assay.core.pipeline.stage import StageGroup
from assay.core.pipeline.status import ApplicationStatus


@dataclass(frozen=True, slots=True)
class CardFact:
    """One panelist's scorecard: whose, and when it was handed in (None: still owed). Excused people owe none."""

    user_id: int
    submitted_at: datetime | None
    is_excused: bool = False


@dataclass(frozen=True, slots=True)
class InterviewFact:
    """One interview: in which stage, how far it is ("scheduled", "held", "cancelled", "no_show"), when, and its cards.

    ``created_at`` is when it was arranged, ``closed_at`` when it was called off or nobody came, if that is known.
    """

    interview_id: int
    stage_id: int
    state: str
    created_at: datetime
    starts_at: datetime
    ends_at: datetime
    cards: tuple[CardFact, ...]
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReplyFact:
    """A thread in which the candidate wrote last, and since when they wait for an answer."""

    thread_id: int
    since: datetime


@dataclass(frozen=True, slots=True)
class RequestFact:
    """Something a candidate asked for that nobody has answered (accommodation, correction, export, erasure)."""

    request_id: int
    kind: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class MoveFact:
    """An entry into a stage, in time order: the first is the application itself."""

    stage_id: int
    group: StageGroup
    at: datetime


@dataclass(frozen=True, slots=True)
class PauseFact:
    """A time in which nobody here is expected to act: a hold, or the candidate holds the ball. None: still so."""

    why: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class ReviewFact:
    """A time in which an application was up for review. None: still so."""

    since: datetime
    until: datetime | None


def waits_since(*, applied_at: datetime, recorded_at: datetime) -> datetime:
    """Return since when an application waits for us: since it came in here, never since before we knew of it.

    Whoever is imported may have applied long ago, elsewhere; nobody here could have answered then.
    """
    return max(applied_at, recorded_at)


@dataclass(frozen=True, slots=True)
class ApplicationFacts:
    """All that is known about one application's waits at one moment (aware UTC).

    ``applied_at`` is when they applied, ``recorded_at`` when it came in here: the same for whoever fills in our form.
    ``reviews`` are the times in which it was up for review (empty: once, from its arrival to ``reviewed_at``);
    ``planned`` counts the interviews that the plan of each stage holds, as (stage, count), stages without left out.
    """

    application_id: int
    job_id: int
    status: ApplicationStatus
    stage_id: int
    group: StageGroup
    applied_at: datetime
    recorded_at: datetime
    entered_stage_at: datetime
    ended_at: datetime | None
    needs_review: bool
    reviewed_at: datetime | None
    moves: tuple[MoveFact, ...]
    interviews: tuple[InterviewFact, ...]
    replies: tuple[ReplyFact, ...]
    requests: tuple[RequestFact, ...]
    pauses: tuple[PauseFact, ...]
    reviews: tuple[ReviewFact, ...] = ()
    planned: tuple[tuple[int, int], ...] = ()

    @property
    def waits_since(self) -> datetime:
        """Since when it waits for us."""
        return waits_since(applied_at=self.applied_at, recorded_at=self.recorded_at)
