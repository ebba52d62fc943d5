"""The letter after a rejection, as every part of a candidate's page tells of it."""

from dataclasses import dataclass
from datetime import datetime

from assay.app.messaging.models import Message
from assay.core.messaging.states import Direction, MessageKind, MessageState
from assay.core.pipeline.status import ApplicationStatus

_GONE = (MessageState.SENT, MessageState.UNCERTAIN, MessageState.BOUNCED)


@dataclass(frozen=True, slots=True)
class RejectionNote:
    """A rejection's letter that waits until ``goes_at``, or that went (``went_at``) though the rejection is undone."""

    application_id: int
    message_id: int
    goes_at: datetime | None
    went_at: datetime | None


def get_rejection_note(*, application_id: int, status: ApplicationStatus) -> RejectionNote | None:
    """Return what there is to say of the letter after a rejection, or None; whoever calls this has asked the policy."""
    last = (
        Message.objects.filter(
            thread__application_id=application_id, direction=Direction.OUT, kind=MessageKind.REJECTION
        )
        .exclude(state=MessageState.CANCELLED)
        .order_by("-id")
        .first()
    )
    if last is None:
        return None
    if last.state == MessageState.WAITING:
        return RejectionNote(application_id, last.pk, goes_at=last.send_after or last.created_at, went_at=None)
    is_taken_back = status in (ApplicationStatus.ACTIVE, ApplicationStatus.HELD, ApplicationStatus.HIRED)
    if last.state in _GONE and is_taken_back:
        return RejectionNote(application_id, last.pk, goes_at=None, went_at=last.sent_at or last.created_at)
    return None
