"""Facts about made-up applications, and any sane or odd story that hypothesis can think of."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from assay.core.pipeline.facts import (
    ApplicationFacts,
    CardFact,
    InterviewFact,
    MoveFact,
    PauseFact,
    ReplyFact,
    RequestFact,
    ReviewFact,
)
from assay.core.pipeline.stage import StageGroup
from assay.core.pipeline.status import ApplicationStatus

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
NEW, SHORTLIST, SAMPLE, INTERVIEWS, DECISION, OFFER, HIRED = range(1, 8)
GROUPS = {
    NEW: StageGroup.APPLICATION,
    SHORTLIST: StageGroup.APPLICATION,
    SAMPLE: StageGroup.ASSESSMENT,
    INTERVIEWS: StageGroup.INTERVIEW,
    DECISION: StageGroup.INTERVIEW,
    OFFER: StageGroup.OFFER,
    HIRED: StageGroup.HIRED,
}


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


def at(count: float) -> datetime:
    return START + hours(count)


def moved(*steps: tuple[int, float]) -> tuple[MoveFact, ...]:
    """Entries into stages, hours after the start."""
    return tuple(MoveFact(stage, GROUPS[stage], at(hour)) for stage, hour in steps)


def facts(*steps: tuple[int, float], **more: Any) -> ApplicationFacts:
    """An application that went these ways; reviewed when it first moved unless said otherwise."""
    moves = moved((NEW, 0), *steps)
    known: dict[str, Any] = {
        "application_id": 1,
        "job_id": 1,
        "status": ApplicationStatus.ACTIVE,
        "stage_id": moves[-1].stage_id,
        "group": moves[-1].group,
        "applied_at": START,
        "recorded_at": START,
        "entered_stage_at": moves[-1].at,
        "ended_at": None,
        "needs_review": len(moves) == 1,
        "reviewed_at": moves[1].at if len(moves) > 1 else None,
        "moves": moves,
        "interviews": (),
        "replies": (),
        "requests": (),
        "pauses": (),
    }
    return ApplicationFacts(**{**known, **more})


def talk(
    number: int,
    starts: float,
    *cards: CardFact,
    state: str = "scheduled",
    stage: int = INTERVIEWS,
    booked: float = 0,
    closed: float | None = None,
) -> InterviewFact:
    """An interview of an hour."""
    return InterviewFact(
        interview_id=number,
        stage_id=stage,
        state=state,
        created_at=at(booked),
        starts_at=at(starts),
        ends_at=at(starts + 1),
        cards=cards,
        closed_at=None if closed is None else at(closed),
    )


moments = st.floats(-200, 400).map(at)
maybe = st.none() | moments
pauses = st.builds(PauseFact, st.sampled_from(["held", "closed", "asked_for_information"]), moments, maybe)
cards = st.builds(CardFact, st.integers(1, 3), maybe, st.booleans())
interviews = st.builds(
    lambda number, stage, state, made, starts, length, cards, closed: InterviewFact(
        number, stage, state, made, starts, starts + timedelta(minutes=length), tuple(cards), closed
    ),
    st.integers(1, 4),
    st.sampled_from([INTERVIEWS, DECISION]),
    st.sampled_from(["scheduled", "held", "cancelled", "no_show"]),
    moments,
    moments,
    st.integers(1, 480),
    st.lists(cards, max_size=3, unique_by=lambda card: card.user_id),
    maybe,
)


@st.composite
def stories(draw: st.DrawFn) -> ApplicationFacts:
    """Any application: facts from the future, stops before starts, stages nobody knows, everything at once."""
    stage = draw(st.sampled_from(list(GROUPS)))
    status = draw(st.sampled_from(list(ApplicationStatus)))
    steps = draw(st.lists(st.tuples(st.sampled_from(list(GROUPS)), moments), max_size=5))
    return ApplicationFacts(
        application_id=1,
        job_id=1,
        status=status,
        stage_id=stage,
        group=GROUPS[stage],
        applied_at=draw(moments),
        recorded_at=draw(moments),
        entered_stage_at=draw(moments),
        ended_at=None if status.is_live else draw(moments),
        needs_review=draw(st.booleans()),
        reviewed_at=draw(maybe),
        moves=tuple(MoveFact(step, GROUPS[step], moment) for step, moment in steps),
        interviews=tuple(draw(st.lists(interviews, max_size=3, unique_by=lambda one: one.interview_id))),
        replies=tuple(draw(st.lists(st.builds(ReplyFact, st.integers(1, 3), moments), max_size=2))),
        requests=tuple(
            draw(st.lists(st.builds(RequestFact, st.integers(1, 3), st.just("export"), moments), max_size=2))
        ),
        pauses=tuple(draw(st.lists(pauses, max_size=3))),
        reviews=tuple(draw(st.lists(st.builds(ReviewFact, moments, maybe), max_size=2))),
        planned=tuple(draw(st.dictionaries(st.sampled_from([INTERVIEWS, DECISION]), st.integers(1, 3))).items()),
    )
