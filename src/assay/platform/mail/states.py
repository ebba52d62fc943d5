"""How far a letter came on its way out."""

from enum import StrEnum


class LetterState(StrEnum):
    """``waiting`` covers the wait for its time and for the next try; the last four are ends."""

    WAITING = "waiting"
    HANDING_OVER = "handing_over"
    UNCERTAIN = "uncertain"
    SENT = "sent"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    BOUNCED = "bounced"


CAN_GO_AGAIN = frozenset({LetterState.UNCERTAIN, LetterState.REFUSED, LetterState.CANCELLED, LetterState.BOUNCED})
