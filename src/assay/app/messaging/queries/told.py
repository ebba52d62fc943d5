"""When a candidate was last told something, for promises: by a letter that really went out, receipts not counted."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from assay.app.messaging.models import Message
from assay.core.messaging.states import Direction, MessageKind, MessageState


@dataclass(frozen=True, slots=True)
class ToldFact:
    """When the last letter that says something went out (aware UTC), and whether a rejection is still to go:
    ``rejection_after`` is the moment before which it does not go, None when it goes as soon as it can or none waits."""

    sent_at: datetime | None
    is_rejection_waiting: bool
    rejection_after: datetime | None = None


def list_told_facts(*, application_ids: Collection[int]) -> Mapping[int, ToldFact]:
    """Return what each application's candidate was told, in one statement; those without any letter are left out."""
    rows = (
        Message.objects.filter(thread__application_id__in=list(application_ids), direction=Direction.OUT)
        .exclude(kind__in=[MessageKind.RECEIPT, MessageKind.DELAY])
        .values_list("thread__application_id", "kind", "state", "sent_at", "send_after")
    )
    found: dict[int, ToldFact] = {}
    for application_id, kind, state, sent_at, send_after in rows:
        known = found.get(application_id, ToldFact(None, is_rejection_waiting=False))
        times = [at for at in (known.sent_at, sent_at if state == MessageState.SENT else None) if at is not None]
        waits = kind == MessageKind.REJECTION and state == MessageState.WAITING
        found[application_id] = ToldFact(
            max(times, default=None),
            known.is_rejection_waiting or waits,
            send_after if waits else known.rejection_after,
        )
    return found


def get_sent_at(*, message_id: int) -> datetime | None:
    """Return when a message went out; None when it has not, or is not there."""
    return Message.objects.filter(pk=message_id, state=MessageState.SENT).values_list("sent_at", flat=True).first()
