"""What an application waits for, worked out from facts and never set by hand.

The first line that holds decides:

1. it has ended: DONE
2. it is on hold and the hold has not run out: HELD
3. an interview of this round is over and somebody owes a scorecard: FEEDBACK
4. a pause says that the candidate holds the ball: CANDIDATE
5. it is up for review, before any interview: REVIEW
6. it is in a stage of offers: OFFER
7. it is in a stage of interviews and one is still to come: INTERVIEW, once all that the plan holds are arranged
8. ... everything needed for a decision is there: DECISION
9. ... otherwise an interview has to be arranged: SCHEDULING
10. it is in a stage of assessments: CANDIDATE
11. nobody owes anything yet: PROGRESS
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assay.core.clocks.kinds import ClockKind
from assay.core.pipeline.facts import ApplicationFacts, PauseFact
from assay.core.pipeline.rounds import Round, current_round, is_over, owed_cards
from assay.core.pipeline.stage import StageGroup
from assay.core.pipeline.status import ApplicationStatus

HELD_PAUSE, CLOSED_PAUSE = "held", "closed"


class WorkState(StrEnum):
    """Whose move it is. ``PROGRESS`` is a live application for which nobody owes anything yet."""

    REVIEW = "review"
    SCHEDULING = "scheduling"
    INTERVIEW = "interview"
    FEEDBACK = "feedback"
    DECISION = "decision"
    OFFER = "offer"
    CANDIDATE = "candidate"
    HELD = "held"
    PROGRESS = "progress"
    DONE = "done"


_CARRIERS: dict[WorkState, tuple[ClockKind, ...]] = {
    WorkState.REVIEW: (ClockKind.REVIEW,),
    WorkState.SCHEDULING: (ClockKind.SCHEDULING, ClockKind.FIRST_INTERVIEW),
    WorkState.FEEDBACK: (ClockKind.FEEDBACK,),
    WorkState.DECISION: (ClockKind.DECISION,),
    WorkState.OFFER: (ClockKind.OFFER,),
    WorkState.CANDIDATE: (ClockKind.STAGE,),
    WorkState.PROGRESS: (ClockKind.FIRST_INTERVIEW, ClockKind.STAGE),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What an application waits for and since when (aware UTC)."""

    state: WorkState
    since: datetime

    @property
    def carriers(self) -> tuple[ClockKind, ...]:
        """The kinds of clock whose time is this state's time; empty where nobody here can be late."""
        return _CARRIERS.get(self.state, ())


def derive(*, facts: ApplicationFacts, now: datetime) -> Standing:
    """Return what an application waits for at ``now``. Every application has exactly one answer."""
    if not facts.status.is_live:
        return Standing(WorkState.DONE, facts.ended_at or facts.entered_stage_at)
    hold = _pause_at(facts, now, of_hold=True)
    if hold is not None:
        return Standing(WorkState.HELD, hold.since)
    if facts.status is ApplicationStatus.HELD and came_back_at(facts=facts, now=now) is None:
        return Standing(WorkState.HELD, facts.entered_stage_at)
    stay = current_round(facts=facts)
    owing = [] if stay is None else [one for one in stay.live if is_over(interview=one, now=now)]
    since = [one.ends_at for one in owing if owed_cards(interview=one)]
    if since:
        return Standing(WorkState.FEEDBACK, min(since))
    rest = _pause_at(facts, now, of_hold=False)
    if rest is not None:
        return Standing(WorkState.CANDIDATE, rest.since)
    return _step(facts, stay, now)


def review_began_at(*, facts: ApplicationFacts, now: datetime) -> datetime | None:
    """Return since when an application is up for review; None when it is not."""
    if facts.group not in (StageGroup.APPLICATION, StageGroup.ASSESSMENT) or not facts.status.is_live:
        return None
    back = came_back_at(facts=facts, now=now)
    if back is not None:
        return back
    if not facts.needs_review:
        return None
    return max((one.since for one in facts.reviews if one.until is None), default=facts.waits_since)


def came_back_at(*, facts: ApplicationFacts, now: datetime) -> datetime | None:
    """Return when the hold of an application ran out that nobody has taken off hold since; None otherwise."""
    if facts.status is not ApplicationStatus.HELD:
        return None
    ends = [pause.until for pause in facts.pauses if pause.why == HELD_PAUSE and pause.until is not None]
    return max((end for end in ends if end <= now), default=None)


def is_resting(*, pause: PauseFact, now: datetime) -> bool:
    """Tell whether a pause holds at ``now``."""
    return pause.since <= now and (pause.until is None or now < pause.until)


def _step(facts: ApplicationFacts, stay: Round | None, now: datetime) -> Standing:
    review = review_began_at(facts=facts, now=now)
    if review is not None:
        return Standing(WorkState.REVIEW, review)
    if facts.group is StageGroup.OFFER:
        return Standing(WorkState.OFFER, facts.entered_stage_at)
    if stay is not None:
        return _interviewing(stay, now)
    state = WorkState.CANDIDATE if facts.group is StageGroup.ASSESSMENT else WorkState.PROGRESS
    return Standing(state, facts.entered_stage_at)


def _interviewing(stay: Round, now: datetime) -> Standing:
    if len(stay.live) < stay.needed:
        return Standing(WorkState.SCHEDULING, stay.entered_at)
    ahead = [one.created_at for one in stay.live if not is_over(interview=one, now=now)]
    if ahead:
        return Standing(WorkState.INTERVIEW, min(ahead))
    return Standing(WorkState.DECISION, stay.decidable_at(now=now) or stay.entered_at)


def _pause_at(facts: ApplicationFacts, now: datetime, *, of_hold: bool) -> PauseFact | None:
    resting = [one for one in facts.pauses if (one.why == HELD_PAUSE) is of_hold and is_resting(pause=one, now=now)]
    return min((one for one in resting if one.why != CLOSED_PAUSE), key=lambda one: one.since, default=None)
