"""What a candidate can ask for on their status page, and how far that came."""

from enum import StrEnum


class RequestKind(StrEnum):
    """What a candidate asks for."""

    ACCOMMODATION = "accommodation"
    CORRECTION = "correction"
    EXPORT = "export"
    ERASURE = "erasure"


class RequestState(StrEnum):
    """How far a request came."""

    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"
