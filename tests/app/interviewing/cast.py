"""What tests of interviews share: arranging one that is just over, and filling in a card."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from assay.app.interviewing.actions.arranging import arrange
from assay.app.interviewing.actions.cards import submit_card
from assay.app.interviewing.actions.checking import Arrangement, FreeTalk
from assay.app.interviewing.models import Interview
from assay.app.pipeline.models import Application
from assay.core.interviewing.card import CardDraft, RatingDraft
from assay.core.interviewing.drafting import SentDraft
from assay.core.interviewing.states import Recommendation
from assay.platform.accounts.models import User

FOCUS = ("deployment", "monitoring")
SECRET = "He rebuilt the release train of Tallyport and practised going back twice a quarter, with figures."
FRESH = SentDraft(seen_number=0, writer="", turn=0)


def at(hours: float, *, minutes: int = 60, panel: tuple[int, ...] = (), **fields: str) -> Arrangement:
    """Return an arrangement that begins so many hours from now, in UTC."""
    local = timezone.now().astimezone(ZoneInfo("UTC")) + timedelta(hours=hours)
    return Arrangement(
        day=local.date(),
        at=local.time().replace(second=0, microsecond=0),
        minutes=minutes,
        time_zone="UTC",
        panel=panel,
        **fields,
    )


def held(by: User, application: Application, *panel: User, hours: float = -2, title: str = "Past work") -> Interview:
    """Arrange an interview that is over."""
    told = arrange(
        actor=by,
        application_id=application.pk,
        planned_id=None,
        free=FreeTalk(title, "What they really shipped.", FOCUS),
        when=at(hours, panel=tuple(user.pk for user in panel)),
        with_letter=False,
        is_confirmed=True,
    )
    return Interview.objects.get(pk=told.interview_id)


def card(
    level: int = 3, *, evidence: str = SECRET, recommendation: Recommendation | None = Recommendation.YES
) -> CardDraft:
    """Return a whole card: one competency rated, the other not assessed."""
    return CardDraft(
        ratings=(
            RatingDraft("deployment", level, evidence=evidence),
            RatingDraft("monitoring", is_not_assessed=True),
        ),
        takeaways="Knows releases by heart.",
        left_open="Did not get to monitoring.",
        private_note="Talks fast when unsure.",
        recommendation=recommendation,
    )


def fields_of(one: CardDraft, **more: object) -> dict[str, object]:
    """Return a card as its form sends it."""
    sent: dict[str, object] = {
        "competency": [rating.competency for rating in one.ratings],
        "takeaways": one.takeaways,
        "left_open": one.left_open,
        "private_note": one.private_note,
        "recommendation": one.recommendation.value if one.recommendation else "",
        "number": 0,
        "writer": "",
        "turn": 0,
    }
    for rating in one.ratings:
        level = "none" if rating.is_not_assessed else "" if rating.level is None else str(rating.level)
        sent[f"level_{rating.competency}"] = level
        sent[f"evidence_{rating.competency}"] = rating.evidence
    return sent | more


def hand_in(by: User, interview: Interview, level: int = 3, *, evidence: str = SECRET) -> int:
    """Hand in a whole card."""
    return submit_card(
        actor=by, interview_id=interview.pk, card=card(level, evidence=evidence), sent=FRESH, is_confirmed=True
    )
