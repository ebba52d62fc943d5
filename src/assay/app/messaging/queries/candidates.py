"""What was written to and by a candidate, for the candidate themself."""

from assay.app.messaging.models import Message
from assay.core.messaging.states import Direction, MessageState

_UNSENT = (MessageState.DRAFT, MessageState.WAITING, MessageState.CANCELLED, MessageState.FAILED)


def list_letters_of(*, application_id: int) -> list[dict[str, str]]:
    """Return the letters of an application that went out or came in, oldest first. Whoever calls answers for access."""
    rows = Message.objects.filter(thread__application_id=application_id).exclude(
        direction=Direction.OUT, state__in=_UNSENT
    )
    return [
        {
            "direction": "from us" if row.direction == Direction.OUT else "from you",
            "at": (row.sent_at or row.created_at).isoformat(),
            "subject": row.subject,
            "text": row.body,
        }
        for row in rows.order_by("created_at", "id")
    ]
