"""What is in the outbox and how it fares."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.db.models.functions import Now

from assay.platform.mail.models import Arrival, Letter, Mailbox, Outage
from assay.platform.mail.servers import can_read, can_send, describe_sending, way_name
from assay.platform.mail.states import LetterState

__all__ = [
    "can_read",
    "can_send",
    "count_by_state",
    "describe_sending",
    "get_letter",
    "get_mailbox_health",
    "get_outbox_health",
    "list_called_back",
    "list_letters",
]

_COLUMNS = (
    "id",
    "key",
    "message_id",
    "recipient",
    "subject",
    "state",
    "created_at",
    "send_after",
    "attempts",
    "next_try_at",
    "sent_at",
    "ended_at",
    "last_error",
    "recall_wanted",
)


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter as the outbox shows it. ``next_try_at`` means something while it waits only.

    ``recall_wanted``: somebody called it back, so it never goes again.
    """

    id: int
    key: str
    message_id: str
    recipient: str
    subject: str
    state: LetterState
    created_at: datetime
    send_after: datetime
    attempts: int
    next_try_at: datetime
    sent_at: datetime | None
    ended_at: datetime | None
    last_error: str
    recall_wanted: bool


class NoSuchLetter(LookupError):
    """Raised for the id of no letter."""


@dataclass(frozen=True, slots=True)
class OutboxHealth:
    """How sending goes: letters that are due and wait, since when the oldest does, and why none can leave."""

    can_send: bool
    overdue: int
    oldest_due_at: datetime | None
    uncertain: int
    refused: int
    down_since: datetime | None
    next_try_at: datetime | None
    problem: str


@dataclass(frozen=True, slots=True)
class MailboxHealth:
    """How reading goes: what to say of it, letters that came in at all, and those that are not handled yet.

    Of these ``fresh`` ones were never tried in vain.
    """

    can_read: bool
    words: str
    problem: str
    arrived: int
    unhandled: int
    fresh: int


def get_letter(*, letter_id: int) -> LetterRow:
    """Return one letter. Raises ``NoSuchLetter``."""
    found = Letter.objects.filter(pk=letter_id).values_list(*_COLUMNS).first()
    if found is None:
        raise NoSuchLetter(letter_id)
    return _row(found)


def list_letters(
    *, state: LetterState | None = None, before: int | None = None, limit: int = 50
) -> tuple[LetterRow, ...]:
    """Return letters, the newest first, of one state or all; ``before`` is the id that the page before ended with."""
    letters = Letter.objects.order_by("-id")
    if state is not None:
        letters = letters.filter(state=state)
    if before is not None:
        letters = letters.filter(id__lt=before)
    return tuple(_row(values) for values in letters.values_list(*_COLUMNS)[:limit])


def list_called_back(*, letter_ids: Collection[int]) -> frozenset[int]:
    """Return which of these letters were called back, so that they never go again, in one statement."""
    rows = Letter.objects.filter(pk__in=list(letter_ids), recall_wanted=True)
    return frozenset(rows.values_list("id", flat=True))


def count_by_state() -> Mapping[LetterState, int]:
    """Return how many letters there are of each state, in one statement."""
    counted = dict(Letter.objects.order_by().values_list("state").annotate(Count("id")))
    return {state: counted.get(state.value, 0) for state in LetterState}


def get_outbox_health() -> OutboxHealth:
    """Return how sending goes, in two statements."""
    due = Q(state=LetterState.WAITING, wanted_at__lte=Now())
    counted = Letter.objects.exclude(
        state__in=(LetterState.SENT, LetterState.CANCELLED, LetterState.BOUNCED)
    ).aggregate(
        overdue=Count("id", filter=due),
        uncertain=Count("id", filter=Q(state=LetterState.UNCERTAIN)),
        refused=Count("id", filter=Q(state=LetterState.REFUSED)),
    )
    oldest = Letter.objects.filter(due).order_by("wanted_at").values_list("wanted_at", flat=True).first()
    outage = Outage.objects.filter(server=way_name()).first()
    return OutboxHealth(
        can_send=can_send(),
        overdue=counted["overdue"],
        oldest_due_at=oldest,
        uncertain=counted["uncertain"],
        refused=counted["refused"],
        down_since=outage.began_at if outage else None,
        next_try_at=outage.next_try_at if outage else None,
        problem=outage.last_error if outage else "",
    )


def get_mailbox_health() -> MailboxHealth:
    """Return how reading goes, in three statements."""
    open_ones = Arrival.objects.filter(handled_at=None).aggregate(
        unhandled=Count("id"), fresh=Count("id", filter=Q(attempts=0))
    )
    mailbox = Mailbox.objects.order_by("-read_at").first() if can_read() else None
    if not can_read():
        words = "none is read; set ASSAY_IMAP_HOST, or pipe letters into: assay mail receive"
    elif mailbox is None or mailbox.read_at is None:
        words = mailbox.last_error if mailbox is not None and mailbox.last_error else "not read yet"
    else:
        words = f"read at {mailbox.read_at:%Y-%m-%d %H:%M} UTC{': ' if mailbox.last_error else ''}{mailbox.last_error}"
    return MailboxHealth(
        can_read=can_read(),
        words=words,
        problem=mailbox.last_error if mailbox is not None else "",
        arrived=Arrival.objects.count(),
        unhandled=open_ones["unhandled"],
        fresh=open_ones["fresh"],
    )


def _row(values: tuple[object, ...]) -> LetterRow:
    named = dict(zip(_COLUMNS, values, strict=True))
    return LetterRow(**{**named, "state": LetterState(str(named["state"]))})  # type: ignore[arg-type]
