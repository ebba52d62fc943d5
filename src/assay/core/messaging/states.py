"""What a message is for, which way it goes, and how far it came."""

from enum import StrEnum


class Direction(StrEnum):
    """Whether a message goes to the candidate or comes from them."""

    OUT = "out"
    IN = "in"


class MessageKind(StrEnum):
    """What a message is for. Duty mail (receipts, decisions, requests) goes out even to those who want no other."""

    LETTER = "letter"
    RECEIPT = "receipt"
    REJECTION = "rejection"
    DELAY = "delay"
    INVITATION = "invitation"
    REQUEST = "request"
    REPLY = "reply"

    @property
    def is_owed(self) -> bool:
        """Tell whether the candidate is owed it: an answer to something they did, not an approach."""
        return self is not MessageKind.LETTER


class MessageState(StrEnum):
    """How far a message came. A delayed one is ``waiting`` and can still be called back."""

    DRAFT = "draft"
    WAITING = "waiting"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    CANCELLED = "cancelled"
    BOUNCED = "bounced"
    RECEIVED = "received"
