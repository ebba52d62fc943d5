"""The only writers of interviews that are to come: arranged, and given another time, place or panel."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from assay.app.interviewing.actions.checking import (
    Arrangement,
    FreeTalk,
    check_gate,
    kit_for,
    panel_for,
    place_of,
    span_for,
    warn,
)
from assay.app.interviewing.actions.cleaning import text_of
from assay.app.interviewing.actions.finding import hold_arranging, lock_interview, tell_of
from assay.app.interviewing.actions.letters import write_change, write_invitation
from assay.app.interviewing.actions.moving import move_along
from assay.app.interviewing.actions.refusal import ChangedMeanwhile, InterviewRefused
from assay.app.interviewing.actions.seating import seat
from assay.app.interviewing.models import Interview, Panelist
from assay.app.interviewing.stored import encode_kit
from assay.app.pipeline.funnel import find_application
from assay.app.pipeline.queries.jobs import get_job
from assay.core.interviewing.kit import Kit
from assay.core.interviewing.states import InterviewState
from assay.core.interviewing.timing import Span
from assay.core.pipeline.status import ApplicationStatus
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User

LONGEST_ABOUT = 2000


@dataclass(frozen=True, slots=True)
class Told:
    """What came of it: the interview, whether a letter to the candidate goes out, and the decision that moved the
    application along, if one did."""

    interview_id: int
    has_letter: bool
    decision_id: int | None = None


@transaction.atomic
def arrange(
    *,
    actor: User,
    application_id: int,
    planned_id: int | None,
    free: FreeTalk | None,
    when: Arrangement,
    with_letter: bool,
    about: str = "",
    is_confirmed: bool = False,
    move_seen: int | None = None,
) -> Told:
    """Arrange an interview with a kit frozen as the plan stands now. Sent twice, it is arranged once.

    With ``move_seen``, the revision of the application that was looked at, it goes along to the interview's stage:
    both are stored or neither.

    Raises ``InterviewRefused`` with the field, ``NeedsConfirming`` for clashes and past times, ``ChangedMeanwhile``
    when somebody else decided about the application since, ``Http404``, ``Forbidden``.
    """
    application = find_application(application_id=application_id)
    job = get_job(actor=actor, job_id=application.job_id, action=Action.SCHEDULE_INTERVIEWS)
    hold_arranging(application_id=application_id)
    if not ApplicationStatus(application.status).is_live:
        raise InterviewRefused("This application has ended. Resume it before you arrange an interview.")
    kit, stage_id = kit_for(
        job=job, stage_id=application.stage_id, planned_id=planned_id, free=free, minutes=when.minutes
    )
    check_gate(job=job, stage_id=stage_id)
    span, panel = span_for(when=when), panel_for(job=job, panel=when.panel)
    text, place = text_of(text=about, field="about", longest=LONGEST_ABOUT), place_of(text=when.place)
    moved = None
    if move_seen is not None and stage_id != application.stage_id:
        moved = move_along(actor=actor, application_id=application_id, stage_id=stage_id, seen_revision=move_seen)
    twin = _twin(application_id, kit, span)
    if twin is not None:
        return Told(twin.pk, has_letter=False, decision_id=moved)
    if not is_confirmed:
        _warn_of_new(application_id, when, span, panel)
    row = _store(application_id, planned_id, stage_id, kit, span, when, place, actor)
    Panelist.objects.bulk_create(Panelist(interview=row, user_id=one) for one in panel)
    is_ahead = span.starts_at > timezone.now()
    has_letter = with_letter and is_ahead and write_invitation(actor=actor, interview=row, about=text)
    tell_of(actor=actor, interview=row, verb="interview.arranged", data={"panel": list(panel), "letter": has_letter})
    return Told(row.pk, has_letter, moved)


@transaction.atomic
def change(
    *,
    actor: User,
    interview_id: int,
    seen_revision: int,
    when: Arrangement,
    with_letter: bool,
    is_confirmed: bool = False,
) -> Told:
    """Give an interview another time, place or panel; who is excused stays so (``actions/seating``).

    Raises ``ChangedMeanwhile`` when somebody else changed it, ``NeedsConfirming``, ``InterviewRefused``, ``Http404``,
    ``Forbidden``.
    """
    row = lock_interview(actor=actor, interview_id=interview_id, action=Action.SCHEDULE_INTERVIEWS)
    job = get_job(actor=actor, job_id=row.application.job_id, action=Action.SCHEDULE_INTERVIEWS)
    if row.state in (InterviewState.CANCELLED, InterviewState.NO_SHOW):
        raise InterviewRefused("This interview is over. Arrange a new one.")
    if row.revision != seen_revision:
        raise ChangedMeanwhile("Somebody changed this interview while you did. This is how it stands now.")
    span, panel, place = span_for(when=when), panel_for(job=job, panel=when.panel), place_of(text=when.place)
    same_start = row.starts_at == span.starts_at
    if not same_start and row.scorecards.filter(submitted_at__isnull=False).exists():
        raise InterviewRefused("A scorecard is in, so this interview took place. Arrange a new one instead.")
    if not is_confirmed:
        warn(
            span=span,
            panel=panel,
            application_id=row.application_id,
            zone=when.time_zone,
            except_id=row.pk,
            is_past_fine=same_start,
        )
    is_moved = (row.starts_at, row.ends_at, row.place) != (span.starts_at, span.ends_at, place)
    row.starts_at, row.ends_at, row.place = span.starts_at, span.ends_at, place
    row.time_zone, row.candidate_zone = when.time_zone, when.candidate_zone
    row.revision += 1
    row.save()
    seat(actor=actor, interview=row, panel=panel)
    is_ahead = span.starts_at > timezone.now()
    has_letter = with_letter and is_moved and is_ahead and write_change(actor=actor, interview=row)
    verb = "interview.moved" if is_moved else "interview.changed"
    tell_of(actor=actor, interview=row, verb=verb, data={"panel": list(panel), "letter": has_letter})
    return Told(row.pk, has_letter)


def _warn_of_new(application_id: int, when: Arrangement, span: Span, panel: tuple[int, ...]) -> None:
    zone = when.time_zone
    warn(span=span, panel=panel, application_id=application_id, zone=zone, except_id=None, is_past_fine=False)


def _store(
    application_id: int,
    planned_id: int | None,
    stage_id: int,
    kit: Kit,
    span: Span,
    when: Arrangement,
    place: str,
    actor: User,
) -> Interview:
    return Interview.objects.create(
        application_id=application_id,
        planned_id=planned_id,
        stage_id=stage_id,
        kit=encode_kit(kit),
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        time_zone=when.time_zone,
        candidate_zone=when.candidate_zone,
        place=place,
        created_by=actor,
    )


def _twin(application_id: int, kit: Kit, span: Span) -> Interview | None:
    rows = Interview.objects.filter(application_id=application_id, state=InterviewState.SCHEDULED)
    return rows.filter(kit__title=kit.title, starts_at=span.starts_at, ends_at=span.ends_at).first()
