"""Which clocks an application has: each starts and stops by facts alone, and rests while nobody here could act."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from assay.core.clocks.kinds import ClockKind
from assay.core.pipeline.facts import ApplicationFacts, InterviewFact, PauseFact, ReviewFact
from assay.core.pipeline.rounds import Round, Visit, is_live, list_rounds, list_visits
from assay.core.pipeline.stage import StageGroup
from assay.core.pipeline.work_state import HELD_PAUSE, review_began_at

BOOKED_PAUSE, ASSESSMENT_PAUSE = "booked", "assessment"
_REVIEWED = (StageGroup.APPLICATION, StageGroup.ASSESSMENT)


@dataclass(frozen=True, slots=True)
class WantedClock:
    """A clock as the facts want it. ``subject`` tells clocks of one kind apart; ``stage_id`` is where its limit is
    looked up; ``owner_id`` is set where a fact names who owes it. A stop may lie ahead: a booked interview."""

    kind: ClockKind
    subject: str
    stage_id: int
    started_at: datetime
    stopped_at: datetime | None
    pauses: tuple[PauseFact, ...] = ()
    owner_id: int | None = None

    @property
    def key(self) -> tuple[ClockKind, str, datetime]:
        """What makes this clock the same one when it is worked out again."""
        return (self.kind, self.subject, self.started_at)


def list_wanted(*, facts: ApplicationFacts, now: datetime) -> tuple[WantedClock, ...]:
    """Return every clock of an application, running and stopped, each key once. No stop lies before its start.

    Of two that began in the same moment the one that still runs counts.
    """
    found: dict[tuple[ClockKind, str, datetime], WantedClock] = {}
    for one in _all(facts, now):
        if one.stopped_at is None or one.key not in found:
            found[one.key] = one
    return tuple(found.values())


def _all(facts: ApplicationFacts, now: datetime) -> Iterator[WantedClock]:
    visits, rounds = list_visits(facts=facts), list_rounds(facts=facts)
    yield from _review(facts, visits, now)
    yield from _first_interview(facts, visits)
    for stay in rounds:
        yield from _scheduling(facts, stay)
        yield from _decision(facts, stay, now)
    for interview in facts.interviews:
        yield from _feedback(facts, interview)
    for visit in visits:
        if visit.group is StageGroup.OFFER:
            yield _clock(facts, ClockKind.OFFER, visit.stage_id, visit.entered_at, visit.left_at)
        if visit.group is not StageGroup.HIRED:
            yield _clock(facts, ClockKind.STAGE, visit.stage_id, visit.entered_at, visit.left_at)
    for reply in facts.replies:
        yield WantedClock(ClockKind.REPLY, str(reply.thread_id), facts.stage_id, reply.since, None)
    for request in facts.requests:
        yield WantedClock(ClockKind.REQUEST, str(request.request_id), facts.stage_id, request.asked_at, None)


def _clock(
    facts: ApplicationFacts,
    kind: ClockKind,
    stage_id: int,
    started_at: datetime,
    stopped_at: datetime | None,
    more: Iterable[PauseFact] = (),
) -> WantedClock:
    stop = facts.ended_at if stopped_at is None else stopped_at
    sane = None if stop is None else max(stop, started_at)
    subject = "" if kind in (ClockKind.REVIEW, ClockKind.FIRST_INTERVIEW) else str(stage_id)
    return WantedClock(kind, subject, stage_id, started_at, sane, (*facts.pauses, *more))


def _review(facts: ApplicationFacts, visits: tuple[Visit, ...], now: datetime) -> Iterator[WantedClock]:
    reviews = facts.reviews
    if not reviews and (facts.needs_review or facts.reviewed_at is not None):
        reviews = (ReviewFact(facts.waits_since, facts.reviewed_at),)
    for review in reviews:
        place = [visit for visit in visits if visit.entered_at <= review.since] or visits[:1]
        if place[-1].group in _REVIEWED:
            beyond = (visit.entered_at for visit in visits if visit.group not in _REVIEWED)
            moved_on = min((at for at in beyond if at >= review.since), default=None)
            until = moved_on if review.until is None else review.until
            yield _clock(facts, ClockKind.REVIEW, place[-1].stage_id, review.since, until)
    began = review_began_at(facts=facts, now=now)
    if began is not None:
        yield _clock(facts, ClockKind.REVIEW, facts.stage_id, began, None)


def _first_interview(facts: ApplicationFacts, visits: tuple[Visit, ...]) -> Iterator[WantedClock]:
    """From the first step beyond the entry stage (it is on the shortlist) to the start of the first conversation."""
    if len(visits) < 2 or visits[1].group in (StageGroup.OFFER, StageGroup.HIRED):
        return
    started = visits[1].entered_at
    starts = [one.starts_at for one in facts.interviews if is_live(interview=one)]
    ends = [visit.entered_at for visit in visits if visit.group in (StageGroup.OFFER, StageGroup.HIRED)]
    stop = min((*starts, *ends), default=None)
    rests = [
        PauseFact(ASSESSMENT_PAUSE, visit.entered_at, visit.left_at)
        for visit in visits
        if visit.group is StageGroup.ASSESSMENT
    ]
    booked = [PauseFact(BOOKED_PAUSE, one.created_at, one.closed_at) for one in _called_off(facts)]
    yield _clock(facts, ClockKind.FIRST_INTERVIEW, visits[1].stage_id, started, stop, (*rests, *booked))


def _called_off(facts: ApplicationFacts) -> Iterator[InterviewFact]:
    return (one for one in facts.interviews if not is_live(interview=one) and one.closed_at is not None)


def _scheduling(facts: ApplicationFacts, stay: Round) -> Iterator[WantedClock]:
    """A clock for each time in which fewer interviews were arranged than asked for: booking stops it, a cancellation
    starts another."""
    missing_since: datetime | None = stay.entered_at
    arranged = 0
    for at, change in _bookings(stay):
        arranged += change
        if missing_since is not None and arranged >= stay.asked:
            yield _clock(facts, ClockKind.SCHEDULING, stay.stage_id, missing_since, max(at, missing_since))
            missing_since = None
        elif missing_since is None and arranged < stay.asked:
            missing_since = at
    if missing_since is not None and (stay.moved_on_at is None or missing_since <= stay.moved_on_at):
        yield _clock(facts, ClockKind.SCHEDULING, stay.stage_id, missing_since, stay.moved_on_at)


def _bookings(stay: Round) -> list[tuple[datetime, int]]:
    changes = []
    for one in stay.interviews:
        if is_live(interview=one):
            changes.append((one.created_at, 1))
        elif one.closed_at is not None:
            changes += [(one.created_at, 1), (max(one.closed_at, one.created_at), -1)]
    return sorted(changes, key=lambda change: (change[0], -change[1]))


def _decision(facts: ApplicationFacts, stay: Round, now: datetime) -> Iterator[WantedClock]:
    ready = stay.decidable_at(now=now)
    if ready is None or (stay.left_at is not None and stay.left_at < ready):
        return
    yield _clock(facts, ClockKind.DECISION, stay.stage_id, ready, stay.left_at)


def _feedback(facts: ApplicationFacts, interview: InterviewFact) -> Iterator[WantedClock]:
    """What each panelist owes once the interview is over. It rests during a hold, not while the candidate is asked."""
    if not is_live(interview=interview) or (facts.ended_at is not None and facts.ended_at <= interview.ends_at):
        return
    holds = tuple(pause for pause in facts.pauses if pause.why == HELD_PAUSE)
    for card in interview.cards:
        if card.is_excused and card.submitted_at is None:
            continue
        stop = facts.ended_at if card.submitted_at is None else card.submitted_at
        yield WantedClock(
            ClockKind.FEEDBACK,
            f"{interview.interview_id}:{card.user_id}",
            interview.stage_id,
            interview.ends_at,
            None if stop is None else max(stop, interview.ends_at),
            holds,
            card.user_id,
        )


def wakes_at(*, facts: ApplicationFacts, now: datetime) -> datetime | None:
    """Return the next moment at which time alone changes the answer: a pause ends or begins, an interview is over."""
    if not facts.status.is_live:
        return None
    moments = [one.ends_at for one in facts.interviews if is_live(interview=one)]
    for pause in facts.pauses:
        moments += [pause.since] if pause.until is None else [pause.since, pause.until]
    return min((moment for moment in moments if moment > now), default=None)
