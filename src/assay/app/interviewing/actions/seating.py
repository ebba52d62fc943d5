"""Who joins and leaves a panel, so that every card is written by somebody who had not read the others'."""

from collections.abc import Collection, Sequence

from django.utils import timezone

from assay.app.interviewing.actions.refusal import InterviewRefused
from assay.app.interviewing.models import Interview, Panelist, Scorecard
from assay.app.interviewing.queries.visibility import can_have_read
from assay.core.interviewing.states import InterviewState
from assay.platform.accounts.models import User

_EXPECTS_CARDS = (InterviewState.SCHEDULED, InterviewState.HELD)


def seat(*, actor: User, interview: Interview, panel: Sequence[int]) -> None:
    """Give an interview this panel. Who was excused stays excused, until somebody asks for their card again.

    Whoever leaves with a card begun, or when cards of others are in, is excused and keeps the seat: what they may read
    from then on must stay known. Raises ``InterviewRefused`` as ``check_leaving`` and ``check_joining`` do.
    """
    seated = {one.user_id: one for one in interview.panel.all()}
    leaving = [pk for pk, one in seated.items() if pk not in panel and one.excused_at is None]
    joining = [pk for pk in panel if pk not in seated]
    if actor.pk in leaving:
        check_leaving(actor=actor, interview=interview)
    for user in User.objects.filter(pk__in=joining):
        check_joining(user=user, interview=interview)
    kept = _authors(interview) if not _cards_in(interview.application_id) else set(leaving)
    rows = interview.panel.filter(user_id__in=leaving)
    rows.exclude(user_id__in=kept).delete()
    rows.filter(user_id__in=kept).update(excused_at=timezone.now())
    Panelist.objects.bulk_create(Panelist(interview=interview, user_id=pk) for pk in joining)


def check_leaving(*, actor: User, interview: Interview) -> None:
    """Refuse that somebody frees themself of a card while cards of others are in, which would open to them."""
    if interview.state in _EXPECTS_CARDS and _owes(actor, interview) and _cards_in(interview.application_id, actor):
        raise InterviewRefused(
            "Cards of others are in, and yours is still due. Hand it in, or let somebody else excuse you.",
            field="panel",
        )


def check_asking_again(*, user: User, interview: Interview) -> None:
    """Refuse a card of somebody who may have read the others' while they were excused."""
    if not _is_in(user, interview) and can_have_read(user=user, application_id=interview.application_id):
        raise InterviewRefused(
            f"{user.display_name} could read the cards of others while excused, so no card of theirs is asked for "
            "this interview any more.",
            field="panel",
        )


def check_joining(*, user: User, interview: Interview) -> None:
    """Refuse a new seat for somebody to whom a card of this very interview was open already."""
    others = interview.scorecards.filter(submitted_at__isnull=False).exclude(author=user)
    if others.exists() and can_have_read(user=user, application_id=interview.application_id):
        raise InterviewRefused(
            f"{user.display_name} could read a card of this interview already, so none of theirs is asked for it.",
            field="panel",
        )


def check_correcting(*, actor: User, interview: Interview) -> None:
    """Refuse that somebody brings their own card back that was not due while the interview counted as missed."""
    if _owes(actor, interview) and can_have_read(user=actor, application_id=interview.application_id):
        raise InterviewRefused(
            "You could read the cards of others meanwhile, and this would ask for yours again. "
            "Let somebody else say that it was held."
        )


def _owes(user: User, interview: Interview) -> bool:
    is_seated = interview.panel.filter(user=user, excused_at__isnull=True).exists()
    return is_seated and not _is_in(user, interview)


def _is_in(user: User, interview: Interview) -> bool:
    return interview.scorecards.filter(author=user, submitted_at__isnull=False).exists()


def _authors(interview: Interview) -> Collection[int]:
    return set(interview.scorecards.values_list("author_id", flat=True))


def _cards_in(application_id: int, except_by: User | None = None) -> bool:
    rows = Scorecard.objects.filter(interview__application_id=application_id, submitted_at__isnull=False)
    return rows.exclude(author=except_by).exists() if except_by else rows.exists()
