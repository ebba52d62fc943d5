"""Letters that nobody could place, with the applications that each may be about."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.db.models.functions import Lower

from assay.app.messaging.models import UnmatchedMail
from assay.app.messaging.unplaced import may_see, visible_mail
from assay.app.pipeline.funnel import visible_jobs
from assay.app.pipeline.models import Application
from assay.app.pipeline.standing import ENDED
from assay.core.messaging.legible import beginning
from assay.platform.access.gate import require
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.accounts.models import User

_MOST_LETTERS = 50
_MOST_SUGGESTIONS = 20


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An application that an unmatched letter may be about."""

    application_id: int
    name: str
    job_title: str


@dataclass(frozen=True, slots=True)
class UnmatchedRow:
    """A letter that nobody could place, with the applications of its sender's address that ``user`` may see."""

    mail_id: int
    sender: str
    subject: str
    begins: str
    why: str
    is_automatic: bool
    arrived_at: datetime
    suggestions: tuple[Suggestion, ...]


def list_unmatched(*, user: User, limit: int = _MOST_LETTERS) -> tuple[UnmatchedRow, ...]:
    """Return the letters that a person has to place, newest first. Raises ``Forbidden``."""
    require(actor=user, action=Action.SEE_MAIL, resource=ORGANISATION)
    rows = list(unmatched_mail(user=user).order_by("-id")[:limit])
    suggestions = _suggestions(user, [row.sender for row in rows])
    return tuple(
        UnmatchedRow(
            mail_id=row.pk,
            sender=row.sender,
            subject=row.subject,
            begins=beginning(text=row.body),
            why=row.why,
            is_automatic=row.is_automatic,
            arrived_at=row.arrived_at,
            suggestions=tuple(suggestions.get(row.sender.lower(), ())),
        )
        for row in rows
    )


def get_unmatched_arrival(*, user: User, mail_id: int) -> int | None:
    """Return the arrival of an unmatched letter, or None without one or when it is not for these eyes.

    One that was placed belongs to those who see its conversation. Raises ``Forbidden``.
    """
    require(actor=user, action=Action.SEE_MAIL, resource=ORGANISATION)
    mail = UnmatchedMail.objects.select_related("placed_in__thread").filter(pk=mail_id).first()
    return mail.arrival if mail is not None and may_see(user=user, mail=mail) else None


def unmatched_mail(*, user: User) -> QuerySet[UnmatchedMail]:
    """Return the letters that ``user`` may see and that nobody has placed or put away."""
    return visible_mail(user=user).filter(placed_in__isnull=True, put_away_at__isnull=True)


def _suggestions(user: User, senders: Collection[str]) -> Mapping[str, list[Suggestion]]:
    """Return the live applications of these addresses that ``user`` may see, by address in lower case, newest first."""
    addresses = {sender.lower() for sender in senders if sender}
    rows = (
        Application.objects.select_related("person", "job")
        .exclude(status__in=ENDED)
        .alias(address=Lower("person__email"))
        .filter(address__in=addresses, person__merged_into=None, job__in=visible_jobs(user=user))
        .order_by("-applied_at")
    )
    found: dict[str, list[Suggestion]] = {}
    for row in rows:
        of_address = found.setdefault(row.person.email.lower(), [])
        if len(of_address) < _MOST_SUGGESTIONS:
            of_address.append(Suggestion(row.pk, str(row.person), row.job.title))
    return found
