"""Who may read which scorecard: asked by every page, export and mail that would show a rating.

Cards of an application are closed to whoever still owes one of their own there (``core/interviewing/opening``).
"""

from assay.app.interviewing.models import Panelist, Rating, Scorecard
from assay.app.pipeline.funnel import find_application, job_resource
from assay.core.interviewing import opening
from assay.core.interviewing.opening import CardMark, Duty, Reader
from assay.core.interviewing.states import InterviewState
from assay.platform.access.gate import ask, require
from assay.platform.access.policy import Action, Resource
from assay.platform.accounts.models import User


def get_reader(*, actor: User, application_id: int) -> Reader:
    """Return how somebody stands to the cards of an application.

    Raises ``Http404`` or ``Forbidden`` when they may not see the application at all.
    """
    application = find_application(application_id=application_id)
    resource = job_resource(job=application.job, user=actor)
    require(actor=actor, action=Action.SEE_APPLICANTS, resource=resource)
    return _reader(actor, application_id, resource)


def can_have_read(*, user: User, application_id: int) -> bool:
    """Tell whether somebody may have read others' cards of an application while no card was asked of them.

    Nobody notes who opened what, so whoever was let to counts as having read.
    """
    cards = Scorecard.objects.filter(interview__application_id=application_id, submitted_at__isnull=False)
    if not cards.exclude(author=user).exists():
        return False
    application = find_application(application_id=application_id)
    return _reader(user, application_id, job_resource(job=application.job, user=user)).reads_when_free


def hidden_card_ids(*, actor: User, application_id: int) -> frozenset[int]:
    """Return the scorecards of an application that are closed to somebody, drafts of others among them."""
    rows = Scorecard.objects.filter(interview__application_id=application_id)
    reader = get_reader(actor=actor, application_id=application_id)
    return opening.hidden_cards(reader=reader, cards=[_mark(row) for row in rows])


def hidden_rating_ids(*, actor: User, application_id: int) -> frozenset[int]:
    """Return the ratings behind closed cards: whoever shows measurements leaves those with these ``rating_id`` out."""
    hidden = hidden_card_ids(actor=actor, application_id=application_id)
    return frozenset(Rating.objects.filter(scorecard_id__in=hidden).values_list("pk", flat=True))


def _reader(user: User, application_id: int, resource: Resource) -> Reader:
    return Reader(
        user_id=user.pk,
        may_read_decisions=ask(actor=user, action=Action.SEE_DECISIONS, resource=resource).allowed,
        may_decide=ask(actor=user, action=Action.DECIDE, resource=resource).allowed,
        duties=_duties(user, application_id),
    )


def _duties(actor: User, application_id: int) -> tuple[Duty, ...]:
    seats = Panelist.objects.filter(user=actor, interview__application_id=application_id).select_related("interview")
    cards = Scorecard.objects.filter(author=actor, interview__application_id=application_id, submitted_at__isnull=False)
    handed_in = dict(cards.values_list("interview_id", "interview__state"))
    sitting = [
        Duty(
            seat.interview_id,
            InterviewState(seat.interview.state),
            is_excused=seat.excused_at is not None,
            is_card_in=handed_in.pop(seat.interview_id, None) is not None,
        )
        for seat in seats
    ]
    left = [Duty(pk, InterviewState(state), is_excused=True, is_card_in=True) for pk, state in handed_in.items()]
    return (*sitting, *left)


def _mark(row: Scorecard) -> CardMark:
    return CardMark(row.pk, row.author_id, row.submitted_at is not None)
