"""Put one item of one's own inbox off, and take it back."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from assay.app.inbox.models import Snooze
from assay.core.inbox.snoozing import SnoozeChoice, snooze_moments
from assay.platform.access.gate import require
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record

LONGEST_KEY = 120


class SnoozeError(ValueError):
    """Raised for an item or a time that makes no sense. The message says what to do."""


@transaction.atomic
def snooze(*, actor: User, item: str, choice: str, now: datetime) -> datetime:
    """Put an item off and return until when (aware UTC). Only the actor's own inbox changes.

    Raises ``SnoozeError`` for an empty or over-long key and for a choice that is not offered now.
    """
    require(actor=actor, action=Action.USE_INBOX, resource=ORGANISATION)
    key = item.replace("\0", "").strip()
    if not key or len(key) > LONGEST_KEY:
        raise SnoozeError("There is no such item in your inbox. Load the page again.")
    offered = {one.choice: one.until for one in snooze_moments(now=now, zone=ZoneInfo(actor.time_zone))}
    until = next((moment for known, moment in offered.items() if known.value == choice), None)
    if until is None:
        choices = ", ".join(known.value for known in SnoozeChoice if known in offered)
        raise SnoozeError(f"Choose one of: {choices}.")
    row, _ = Snooze.objects.update_or_create(
        user=actor, item=key, defaults={"until": until}, create_defaults={"until": until}
    )
    # The moment at which it was put off decides whether it was known to be late.
    Snooze.objects.filter(pk=row.pk).update(made_at=now)
    record(actor=actor, verb="inbox.snoozed", object_type="snooze", object_id=row.pk, data={"item": key})
    return until


@transaction.atomic
def unsnooze(*, actor: User, item: str) -> None:
    """Bring an item of one's own back. Doing so twice changes nothing."""
    require(actor=actor, action=Action.USE_INBOX, resource=ORGANISATION)
    row = Snooze.objects.filter(user=actor, item=item.replace("\0", "")).first()
    if row is None:
        return
    number = row.pk
    row.delete()
    record(actor=actor, verb="inbox.unsnoozed", object_type="snooze", object_id=number, data={"item": item})
