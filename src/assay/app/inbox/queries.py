"""The only reader of inboxes: asks every desk what waits for somebody, and lays out what is put off."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from assay.app.inbox.asking import Asked
from assay.app.inbox.models import InboxChoice, Snooze
from assay.app.inbox.sources.applications import application_items
from assay.app.inbox.sources.clocks import clock_items
from assay.app.inbox.sources.interviews import interview_items
from assay.app.inbox.sources.mail import mail_items
from assay.app.inbox.sources.requests import approval_items, readiness_items
from assay.core.inbox.items import Inbox, Item, PutOff, lay_out
from assay.platform.access.gate import require
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.accounts.models import User

SOURCES: tuple[Callable[[Asked], Iterable[Item]], ...] = (
    interview_items,
    application_items,
    clock_items,
    approval_items,
    readiness_items,
    mail_items,
)
DEFAULT_HOUR = 8


@dataclass(frozen=True, slots=True)
class DigestChoice:
    """Whether somebody gets the daily letter, and at which hour of their own day."""

    wants_digest: bool = True
    digest_hour: int = DEFAULT_HOUR


def get_inbox(*, actor: User, now: datetime, whole_team: bool = False) -> Inbox:
    """Return what waits for ``actor`` at ``now``; with ``whole_team`` for anybody at what the actor may see."""
    require(actor=actor, action=Action.USE_INBOX, resource=ORGANISATION)
    return _laid_out(asked=Asked(actor, now, whole_team))


def get_digest_choice(*, user: User) -> DigestChoice:
    """Return how somebody wants their daily letter."""
    row = InboxChoice.objects.filter(user=user).first()
    return DigestChoice() if row is None else DigestChoice(row.wants_digest, row.digest_hour)


def _laid_out(*, asked: Asked) -> Inbox:
    rows = Snooze.objects.filter(user=asked.user, until__gt=asked.now).values_list("item", "until", "made_at")
    put_off = {key: PutOff(until=until, made_at=made_at) for key, until, made_at in rows}
    return lay_out(items=_items(asked), put_off=put_off, now=asked.now)


def _items(asked: Asked) -> Iterator[Item]:
    for source in SOURCES:
        yield from source(asked)
