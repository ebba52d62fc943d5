"""Rounds of interviews: a stay in an interview stage, together with the stages right after it that only decide."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from assay.core.pipeline.facts import ApplicationFacts, InterviewFact, MoveFact
from assay.core.pipeline.stage import StageGroup

SCHEDULED, HELD = "scheduled", "held"


@dataclass(frozen=True, slots=True)
class Visit:
    """A stay in one stage. ``left_at`` is None while it lasts."""

    stage_id: int
    group: StageGroup
    entered_at: datetime
    left_at: datetime | None


@dataclass(frozen=True, slots=True)
class Round:
    """Interviews that are decided on together: the stay and what was arranged in it.

    ``asked`` is how many its plan holds, at least one; ``needed`` how many of them a decision still asks for: whoever
    moved the application on to be decided asked for no more. ``moved_on_at`` is when they did, ``left_at`` when the
    decision took it out.
    """

    stage_id: int
    entered_at: datetime
    moved_on_at: datetime | None
    left_at: datetime | None
    asked: int
    needed: int
    interviews: tuple[InterviewFact, ...]

    @property
    def live(self) -> tuple[InterviewFact, ...]:
        """The interviews that took place or are still to come, in the order in which they were arranged."""
        standing = [one for one in self.interviews if is_live(interview=one)]
        return tuple(sorted(standing, key=lambda one: (one.created_at, one.interview_id)))

    def decidable_at(self, *, now: datetime) -> datetime | None:
        """Return since when everything needed for a decision is there; None while something is missing.

        Interviews of the plan that were never arranged are missing; so are cards that somebody owes.
        """
        if len(self.live) < self.needed:
            return None
        if any(not is_over(interview=one, now=now) or owed_cards(interview=one) for one in self.live):
            return None
        ready = [max((one.ends_at, *_handed_in(one))) for one in self.live]
        return max(ready, default=self.moved_on_at or self.entered_at)


def is_live(*, interview: InterviewFact) -> bool:
    """Tell whether an interview took place or is still to come."""
    return interview.state in (SCHEDULED, HELD)


def is_over(*, interview: InterviewFact, now: datetime) -> bool:
    """Tell whether an interview lies behind us, noted as held or not."""
    return interview.state == HELD or (interview.state == SCHEDULED and interview.ends_at <= now)


def owed_cards(*, interview: InterviewFact) -> tuple[int, ...]:
    """Return who owes a scorecard for an interview, whether or not it has taken place."""
    return tuple(card.user_id for card in interview.cards if card.submitted_at is None and not card.is_excused)


def list_visits(*, facts: ApplicationFacts) -> tuple[Visit, ...]:
    """Return the stays of an application in time order; each ends when the next begins or the application does.

    Without any move known, it is where it is since it entered.
    """
    moves = sorted(facts.moves, key=lambda move: move.at)
    if not moves or moves[-1].stage_id != facts.stage_id:
        moves.append(MoveFact(facts.stage_id, facts.group, facts.entered_stage_at))
    ends = [*(move.at for move in moves[1:]), facts.ended_at]
    return tuple(Visit(move.stage_id, move.group, move.at, end) for move, end in zip(moves, ends, strict=True))


def list_rounds(*, facts: ApplicationFacts) -> tuple[Round, ...]:
    """Return the rounds of interviews of an application in time order.

    A stage of the interview group without interviews, arranged or planned, that comes after one with interviews is
    where their decision is made: it belongs to their round.
    """
    planned, visits = dict(facts.planned), list_visits(facts=facts)
    rounds: list[Round] = []
    for visit in visits:
        if visit.group is not StageGroup.INTERVIEW:
            continue
        found = tuple(one for one in facts.interviews if _belongs(one, visit, visits))
        last = rounds[-1] if rounds else None
        if last is not None and last.left_at == visit.entered_at and not found and not planned.get(visit.stage_id):
            moved_on = min(last.moved_on_at or visit.entered_at, visit.entered_at)
            needed = min(last.needed, len(last.live))
            rounds[-1] = replace(last, moved_on_at=moved_on, left_at=visit.left_at, needed=needed)
        else:
            asked = max(planned.get(visit.stage_id, 1), 1)
            rounds.append(Round(visit.stage_id, visit.entered_at, visit.left_at, visit.left_at, asked, asked, found))
    return tuple(rounds)


def current_round(*, facts: ApplicationFacts) -> Round | None:
    """Return the round that an application is in, if it is in a stage of interviews."""
    if facts.group is not StageGroup.INTERVIEW:
        return None
    rounds: Sequence[Round] = list_rounds(facts=facts)
    return rounds[-1] if rounds else None


def _belongs(interview: InterviewFact, visit: Visit, visits: Sequence[Visit]) -> bool:
    """Interviews of a stage that was entered twice belong to the stay in which they were arranged."""
    if interview.stage_id != visit.stage_id:
        return False
    stays = [one for one in visits if one.stage_id == visit.stage_id]
    own = [one for one in stays if one.entered_at <= interview.created_at] or stays[:1]
    return own[-1] == visit


def _handed_in(interview: InterviewFact) -> tuple[datetime, ...]:
    return tuple(card.submitted_at for card in interview.cards if card.submitted_at is not None)
