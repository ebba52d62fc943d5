"""What /messages/ shows of our conversations: answers that are owed, letters that wait, letters in trouble."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, QuerySet, Subquery

from assay.app.messaging.models import Message, Thread
from assay.app.messaging.queries.conversations import TROUBLE
from assay.app.messaging.queries.unmatched import unmatched_mail
from assay.app.pipeline.funnel import visible_jobs
from assay.core.messaging.legible import beginning
from assay.core.messaging.states import Direction, MessageState
from assay.platform.access.gate import require
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.accounts.models import User
from assay.platform.mail.queries import list_called_back

PAGE = 50
_MOST_SUGGESTIONS = 20


@dataclass(frozen=True, slots=True)
class WaitingReply:
    """A candidate who waits for an answer: since when, and how their last letter begins."""

    thread_id: int
    application_id: int
    name: str
    job_title: str
    since: datetime
    begins: str


@dataclass(frozen=True, slots=True)
class OutgoingRow:
    """A letter of ours that waits or is in trouble; ``letter_id`` is None while it has not reached the outbox.

    ``is_called_back``: somebody took it back, so it must not go again.
    """

    message_id: int
    letter_id: int | None
    application_id: int
    name: str
    job_title: str
    kind: str
    state: MessageState
    subject: str
    recipient: str
    who: str
    is_automatic: bool
    send_after: datetime | None
    at: datetime
    problem: str
    is_called_back: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each there are."""

    replies: int
    waiting: int
    problems: int
    unmatched: int


def count_desk(*, user: User) -> Counts:
    """Return how many of each the person may see, in four statements. Raises ``Forbidden``."""
    require(actor=user, action=Action.SEE_MAIL, resource=ORGANISATION)
    return Counts(
        replies=_threads(user).count(),
        waiting=_outgoing(user).filter(state=MessageState.WAITING).count(),
        problems=_problems(user).count(),
        unmatched=unmatched_mail(user=user).count(),
    )


def list_replies(*, user: User, limit: int = 200) -> tuple[WaitingReply, ...]:
    """Return the candidates who wait for an answer, the longest first. Raises ``Forbidden``."""
    require(actor=user, action=Action.SEE_MAIL, resource=ORGANISATION)
    last = Message.objects.filter(thread=OuterRef("pk"), direction=Direction.IN, is_automatic=False)
    rows = (
        _threads(user)
        .select_related("application__person", "application__job")
        .annotate(begins=Subquery(last.order_by("-created_at").values("body")[:1]))
        .order_by("awaits_reply_since")[:limit]
    )
    return tuple(
        WaitingReply(
            thread_id=row.pk,
            application_id=row.application_id,
            name=str(row.application.person),
            job_title=row.application.job.title,
            since=row.awaits_reply_since or row.last_at,
            begins=beginning(text=row.begins or ""),
        )
        for row in rows
    )


def list_waiting(*, user: User, limit: int = 200) -> tuple[OutgoingRow, ...]:
    """Return the letters that wait, the next to go first. Raises ``Forbidden``."""
    require(actor=user, action=Action.SEE_MAIL, resource=ORGANISATION)
    rows = _outgoing(user).filter(state=MessageState.WAITING)
    return _rows(rows.order_by(F("send_after").asc(nulls_first=True), "id")[:limit])


def list_problems(*, user: User, limit: int = 200) -> tuple[OutgoingRow, ...]:
    """Return the letters that may not have arrived and that nobody dealt with, newest first. Raises ``Forbidden``."""
    require(actor=user, action=Action.SEE_MAIL, resource=ORGANISATION)
    return _rows(_problems(user).order_by("-id")[:limit])


def _threads(user: User) -> QuerySet[Thread]:
    return Thread.objects.filter(awaits_reply_since__isnull=False, application__job__in=visible_jobs(user=user))


def _outgoing(user: User) -> QuerySet[Message]:
    return Message.objects.filter(direction=Direction.OUT, thread__application__job__in=visible_jobs(user=user))


def _problems(user: User) -> QuerySet[Message]:
    return _outgoing(user).filter(state__in=TROUBLE, settled_at__isnull=True)


def _rows(rows: QuerySet[Message]) -> tuple[OutgoingRow, ...]:
    found = list(rows.select_related("author", "thread__application__person", "thread__application__job"))
    called_back = list_called_back(letter_ids=[row.letter for row in found if row.letter is not None])
    return tuple(
        OutgoingRow(
            message_id=row.pk,
            letter_id=row.letter,
            application_id=row.thread.application_id,
            name=str(row.thread.application.person),
            job_title=row.thread.application.job.title,
            kind=row.kind,
            state=MessageState(row.state),
            subject=row.subject,
            recipient=row.recipient,
            who=row.author.display_name if row.author else "",
            is_automatic=row.is_automatic,
            send_after=row.send_after,
            at=row.sent_at or row.created_at,
            problem=row.problem,
            is_called_back=row.letter in called_back,
        )
        for row in found
    )
