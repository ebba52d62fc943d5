"""How interviews end: called off, held, missed by the candidate; and whose card is not owed after all."""

from django.db import transaction
from django.utils import timezone

from assay.app.interviewing.actions.arranging import Told
from assay.app.interviewing.actions.cleaning import line_of
from assay.app.interviewing.actions.finding import lock_interview, tell_of
from assay.app.interviewing.actions.letters import write_cancellation
from assay.app.interviewing.actions.refusal import InterviewRefused
from assay.app.interviewing.actions.seating import check_asking_again, check_correcting, check_leaving
from assay.app.interviewing.models import Interview, Panelist
from assay.core.interviewing.states import InterviewState
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User

LONGEST_NOTE = 500


@transaction.atomic
def cancel(*, actor: User, interview_id: int, why: str, with_letter: bool) -> Told:
    """Call an interview off with a reason. Drafts of scorecards stay with their authors; no card is owed any more."""
    row = lock_interview(actor=actor, interview_id=interview_id, action=Action.SCHEDULE_INTERVIEWS)
    reason = line_of(text=why, field="why", longest=LONGEST_NOTE)
    if not reason:
        raise InterviewRefused("Say in a few words why it is called off.", field="why")
    if row.state == InterviewState.CANCELLED:
        return Told(row.pk, has_letter=False)
    if row.scorecards.filter(submitted_at__isnull=False).exists():
        raise InterviewRefused("A scorecard is in, so this interview took place and cannot be called off.")
    is_ahead = row.starts_at > timezone.now()
    _end(row, InterviewState.CANCELLED, reason)
    has_letter = with_letter and is_ahead and write_cancellation(actor=actor, interview=row)
    tell_of(actor=actor, interview=row, verb="interview.cancelled", data={"letter": has_letter})
    return Told(row.pk, has_letter)


@transaction.atomic
def mark(*, actor: User, interview_id: int, state: InterviewState) -> None:
    """Say that an interview took place, or that the candidate did not come. Not before it was to begin."""
    row = lock_interview(actor=actor, interview_id=interview_id, action=Action.SCHEDULE_INTERVIEWS)
    if state not in (InterviewState.HELD, InterviewState.NO_SHOW):
        raise InterviewRefused("Say that it was held or that the candidate did not come.")
    if row.state == state:
        return
    if row.state == InterviewState.CANCELLED:
        raise InterviewRefused("This interview was called off.")
    if row.starts_at > timezone.now():
        raise InterviewRefused("This interview has not begun yet.")
    if state is InterviewState.NO_SHOW and row.scorecards.filter(submitted_at__isnull=False).exists():
        raise InterviewRefused("A scorecard is in, so this interview took place.")
    if row.state == InterviewState.NO_SHOW:
        check_correcting(actor=actor, interview=row)
    _end(row, state, row.note)
    tell_of(actor=actor, interview=row, verb=f"interview.{state.value}", data={})


@transaction.atomic
def excuse(*, actor: User, interview_id: int, user_id: int, is_excused: bool) -> None:
    """Say that somebody of the panel owes no card after all, or owes one again. What they have written stays.

    Raises ``InterviewRefused`` where that would let somebody write a card who may have read the others'.
    """
    row = lock_interview(actor=actor, interview_id=interview_id, action=Action.SCHEDULE_INTERVIEWS)
    seats = Panelist.objects.filter(interview=row, user_id=user_id, excused_at__isnull=is_excused)
    for seat in seats.select_related("user"):
        if not is_excused:
            check_asking_again(user=seat.user, interview=row)
        elif seat.user_id == actor.pk:
            check_leaving(actor=actor, interview=row)
    if seats.update(excused_at=timezone.now() if is_excused else None):
        verb = "interview.excused" if is_excused else "interview.asked_again"
        tell_of(actor=actor, interview=row, verb=verb, data={"user": user_id})


def _end(row: Interview, state: InterviewState, note: str) -> None:
    row.state, row.note, row.ended_at = state, note, timezone.now()
    row.revision += 1
    row.save(update_fields=["state", "note", "ended_at", "revision"])
