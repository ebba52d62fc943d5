"""Who owes whom an answer, worked out from what was written and never set by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assay.core.messaging.states import Direction, MessageState

_NOT_AN_ANSWER = (MessageState.DRAFT, MessageState.CANCELLED, MessageState.FAILED, MessageState.BOUNCED)


@dataclass(frozen=True, slots=True)
class Entry:
    """One message as far as it matters here; ``is_automatic``: no person wrote it. ``at`` is aware UTC."""

    direction: Direction
    state: MessageState
    is_automatic: bool
    at: datetime


def waiting_since(*, entries: Sequence[Entry], settled_at: datetime | None) -> datetime | None:
    """Return since when the candidate waits for an answer: their first letter that no person answered since.

    Neither side's automatic letters count, nor do letters of ours that never arrived. ``settled_at`` is when somebody
    said that what had come by then needs no answer.
    """
    answers = [entry.at for entry in entries if _is_answer(entry)]
    answers += [settled_at] if settled_at is not None else []
    last = max(answers, default=None)
    asked = [entry.at for entry in entries if entry.direction is Direction.IN and not entry.is_automatic]
    return min((at for at in asked if last is None or at > last), default=None)


def _is_answer(entry: Entry) -> bool:
    return entry.direction is Direction.OUT and not entry.is_automatic and entry.state not in _NOT_AN_ANSWER
