"""Everything that is known about the waits of some applications, gathered from the desks that keep it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from assay.app.applying.queries.facts import list_request_facts
from assay.app.clocks.models import Pause
from assay.app.deciding.facts import MoveFacts, list_move_facts
from assay.app.interviewing.queries.facts import list_interview_facts
from assay.app.interviewing.queries.planned import count_planned
from assay.app.messaging.queries.facts import list_reply_facts
from assay.app.pipeline.queries.waits import StandingFact, list_seats, list_standing_facts
from assay.core.pipeline.facts import ApplicationFacts, InterviewFact, PauseFact, ReplyFact, RequestFact

Seats = tuple[tuple[int, str], ...]

_NOTHING = MoveFacts(moves=(), reviews=(), reviewed_at=None, ended_at=None, pauses=(), told_at=None)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The facts of each application, and the seats of each job."""

    facts: Mapping[int, ApplicationFacts]
    seats: Mapping[int, Seats]


@dataclass(frozen=True, slots=True)
class _Desks:
    moves: Mapping[int, MoveFacts]
    interviews: Mapping[int, tuple[InterviewFact, ...]]
    replies: Mapping[int, tuple[ReplyFact, ...]]
    requests: Mapping[int, tuple[RequestFact, ...]]
    pauses: Mapping[int, tuple[PauseFact, ...]]
    planned: Mapping[int, tuple[tuple[int, int], ...]]


def gather(*, application_ids: Collection[int]) -> Gathered:
    """Return what the desks know of these applications, a few statements whatever their number.

    The applications stay locked for the transaction, so that two who work them out at once do so one after the other.
    """
    standings = list_standing_facts(application_ids=application_ids, is_locking=True)
    ids = [one.application_id for one in standings]
    jobs = {one.job_id for one in standings}
    desks = _Desks(
        moves=list_move_facts(application_ids=ids),
        interviews=list_interview_facts(application_ids=ids),
        replies=list_reply_facts(application_ids=ids),
        requests=list_request_facts(application_ids=ids),
        pauses=_list_pauses(ids),
        planned=count_planned(job_ids=jobs),
    )
    facts = {one.application_id: _facts(one, desks) for one in standings}
    return Gathered(facts=facts, seats=list_seats(job_ids=jobs))


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
        entered_stage_at=one.entered_stage_at,
        ended_at=ended,
        needs_review=one.needs_review,
        reviewed_at=way.reviewed_at,
        moves=way.moves,
        interviews=desks.interviews.get(one.application_id, ()),
        replies=desks.replies.get(one.application_id, ()),
        requests=desks.requests.get(one.application_id, ()),
        pauses=(*way.pauses, *desks.pauses.get(one.application_id, ())),
        reviews=way.reviews,
        planned=desks.planned.get(one.job_id, ()),
    )


def _list_pauses(application_ids: Collection[int]) -> Mapping[int, tuple[PauseFact, ...]]:
    found: dict[int, list[PauseFact]] = {}
    for row in Pause.objects.filter(application_id__in=application_ids):
        found.setdefault(row.application_id, []).append(PauseFact(row.why, row.started_at, row.ended_at))
    return {application_id: tuple(pauses) for application_id, pauses in found.items()}
