"""Everything that is known about the waits of some applications, gathered from the desks that keep it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from assay.app.applying.queries.facts import list_request_facts
from assay.app.deciding.facts import MoveFacts, list_move_facts
from assay.app.interviewing.queries.facts import list_interview_facts
from assay.app.interviewing.queries.planned import count_planned
from assay.app.messaging.queries.facts import list_reply_facts
from assay.app.pipeline.queries.waits import StandingFact, list_seats, list_standing_facts
from assay.core.pipeline.facts import ApplicationFacts, InterviewFact, PauseFact, ReplyFact, RequestFact
from assay.core.pipeline.stage import StageGroup

Seats = tuple[tuple[int, str], ...]

_OWN = """
    SELECT 'pause', application_id, why, started_at, ended_at FROM clocks_pause WHERE application_id = ANY(%(ids)s)
    UNION ALL SELECT 'wake', application_id, '', at, NULL FROM clocks_wake WHERE application_id = ANY(%(ids)s)
    UNION ALL SELECT 'promise', application_id, '', promised_at, NULL FROM clocks_promise
        WHERE application_id = ANY(%(ids)s) AND kept_at IS NULL AND replaced_at IS NULL
    ORDER BY 2, 4
"""
_NOTHING = MoveFacts(moves=(), reviews=(), reviewed_at=None, ended_at=None, pauses=(), told_at=None)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The facts of each application, its way as deciding tells it, the seats of each job, and what clocks keep
    themselves: the next wakes and the applications with an open promise."""

    facts: Mapping[int, ApplicationFacts]
    ways: Mapping[int, MoveFacts]
    seats: Mapping[int, Seats]
    wakes: Mapping[int, datetime]
    promised: Collection[int]


@dataclass(frozen=True, slots=True)
class _Own:
    pauses: dict[int, list[PauseFact]]
    wakes: dict[int, datetime]
    promised: set[int]


@dataclass(frozen=True, slots=True)
class _Desks:
    moves: Mapping[int, MoveFacts]
    interviews: Mapping[int, tuple[InterviewFact, ...]]
    replies: Mapping[int, tuple[ReplyFact, ...]]
    requests: Mapping[int, tuple[RequestFact, ...]]
    own: _Own
    planned: Mapping[int, tuple[tuple[int, int], ...]]


def gather(*, application_ids: Collection[int]) -> Gathered:
    """Return what the desks know of these applications, a few statements whatever their number.

    The applications stay locked for the transaction, so that two who work them out at once do so one after the other.
    """
    standings = list_standing_facts(application_ids=application_ids, is_locking=True)
    ids = [one.application_id for one in standings]
    jobs = {one.job_id for one in standings}
    moves, interviews = list_move_facts(application_ids=ids), list_interview_facts(application_ids=ids)
    own = _list_own(ids)
    interviewed = {one.application_id for one in standings if _was_interviewed(one, moves)} | set(interviews)
    desks = _Desks(
        moves=moves,
        interviews=interviews,
        replies=list_reply_facts(application_ids=ids),
        requests=list_request_facts(application_ids=ids),
        own=own,
        planned=count_planned(job_ids={one.job_id for one in standings if one.application_id in interviewed}),
    )
    facts = {one.application_id: _facts(one, desks) for one in standings}
    return Gathered(facts=facts, ways=moves, seats=list_seats(job_ids=jobs), wakes=own.wakes, promised=own.promised)


def _was_interviewed(one: StandingFact, moves: Mapping[int, MoveFacts]) -> bool:
    """Tell whether an application was in a stage of interviews: nobody else needs to know what is planned there."""
    groups = {move.group for move in moves.get(one.application_id, _NOTHING).moves}
    return StageGroup.INTERVIEW in groups or one.group is StageGroup.INTERVIEW


def _facts(one: StandingFact, desks: _Desks) -> ApplicationFacts:
    way = desks.moves.get(one.application_id, _NOTHING)
    ended = None if one.status.is_live else way.ended_at or one.entered_stage_at
    return ApplicationFacts(
        application_id=one.application_id,
        job_id=one.job_id,
        status=one.status,
        stage_id=one.stage_id,
        group=one.group,
        applied_at=one.applied_at,
        recorded_at=one.recorded_at,
        entered_stage_at=one.entered_stage_at,
        ended_at=ended,
        needs_review=one.needs_review,
        reviewed_at=way.reviewed_at,
        moves=way.moves,
        interviews=desks.interviews.get(one.application_id, ()),
        replies=desks.replies.get(one.application_id, ()),
        requests=desks.requests.get(one.application_id, ()),
        pauses=(*way.pauses, *desks.own.pauses.get(one.application_id, ())),
        reviews=way.reviews,
        planned=desks.planned.get(one.job_id, ()),
    )


def _list_own(application_ids: Collection[int]) -> _Own:
    own = _Own({}, {}, set())
    with connection.cursor() as cursor:
        cursor.execute(_OWN, {"ids": list(application_ids)})
        for what, application_id, why, at, until in cursor.fetchall():
            if what == "pause":
                own.pauses.setdefault(application_id, []).append(PauseFact(why, at, until))
            elif what == "wake":
                own.wakes[application_id] = at
            else:
                own.promised.add(application_id)
    return own
