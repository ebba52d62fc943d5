"""What /messages/ shows: answers that are owed, letters that wait or failed, letters nobody could place, the outbox."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Lower

from assay.app.messaging.models import Message, Thread, UnmatchedMail
from assay.app.messaging.queries.conversations import TROUBLE
from assay.app.messaging.unplaced import may_see, visible_mail
from assay.app.pipeline.funnel import visible_jobs
from assay.app.pipeline.models import Application
from assay.app.pipeline.standing import ENDED
from assay.core.messaging.states import Direction, MessageState
from assay.platform.access.gate import require
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.accounts.models import User
from assay.platform.mail.queries import LetterRow, OutboxHealth, get_outbox_health, list_called_back, list_letters
from assay.platform.mail.states import LetterState

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
class Suggestion:
    """An application that an unmatched letter may be about."""

    application_id: int
    name: str
    job_title: str


@dataclass(frozen=True, slots=True)
class UnmatchedRow:
    """A letter that nobody could place, with the applications of its sender's address that ``user`` may see."""

    mail_id: int
    sender: str
    subject: str
    begins: str
    why: str
    is_automatic: bool
    arrived_at: datetime
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A letter in the outbox; who may not see its conversation sees neither its words nor to whom it goes.

    ``application_id`` is None for letters to people here (invitations, digests).
    """

    letter_id: int
    application_id: int | None
    recipient: str
    subject: str
    state: LetterState
    created_at: datetime
    send_after: datetime
    attempts: int
    error: str
    is_called_back: bool

    @property
    def may_go_again(self) -> bool:
        """Tell whether a person may send it once more from here: never what was called back."""
        in_trouble = (LetterState.UNCERTAIN, LetterState.REFUSED, LetterState.BOUNCED)
        return self.state in in_trouble and not self.is_called_back


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
        unmatched=_unmatched(user).count(),
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
            begins=_beginning(row.begins or ""),
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


def list_unmatched(*, user: User, limit: int = PAGE) -> tuple[UnmatchedRow, ...]:
    """Return the letters that a person has to place, newest first. Raises ``Forbidden``."""
    require(actor=user, action=Action.SEE_MAIL, resource=ORGANISATION)
    rows = list(_unmatched(user).order_by("-id")[:limit])
    suggestions = _suggestions(user, [row.sender for row in rows])
    return tuple(
        UnmatchedRow(
            mail_id=row.pk,
            sender=row.sender,
            subject=row.subject,
            begins=_beginning(row.body),
            why=row.why,
            is_automatic=row.is_automatic,
            arrived_at=row.arrived_at,
            suggestions=tuple(suggestions.get(row.sender.lower(), ())),
        )
        for row in rows
    )


def get_unmatched_arrival(*, user: User, mail_id: int) -> int | None:
    """Return the arrival of an unmatched letter, or None without one or when it is not for these eyes.

    One that was placed belongs to those who see its conversation. Raises ``Forbidden``.
    """
    require(actor=user, action=Action.SEE_MAIL, resource=ORGANISATION)
    mail = UnmatchedMail.objects.select_related("placed_in__thread").filter(pk=mail_id).first()
    return mail.arrival if mail is not None and may_see(user=user, mail=mail) else None


def list_outbox(*, user: User, state: LetterState | None = None, before: int | None = None) -> tuple[OutboxRow, ...]:
    """Return a page of the outbox, the newest first. Raises ``Forbidden``."""
    require(actor=user, action=Action.SEE_MAIL, resource=ORGANISATION)
    letters = list_letters(state=state, before=before, limit=PAGE)
    ids = [letter.id for letter in letters]
    of_candidates = Message.objects.filter(letter__in=ids)
    visible = dict(
        of_candidates.filter(thread__application__job__in=visible_jobs(user=user)).values_list(
            "letter", "thread__application_id"
        )
    )
    hidden = set(of_candidates.values_list("letter", flat=True)) - set(visible)
    return tuple(_outbox_row(letter, visible.get(letter.id), is_hidden=letter.id in hidden) for letter in letters)


def outbox_health(*, user: User) -> OutboxHealth:
    """Return how sending goes. Raises ``Forbidden``."""
    require(actor=user, action=Action.SEE_MAIL, resource=ORGANISATION)
    return get_outbox_health()


def _outbox_row(letter: LetterRow, application_id: int | None, *, is_hidden: bool) -> OutboxRow:
    is_ours = application_id is None and not is_hidden
    return OutboxRow(
        letter_id=letter.id,
        application_id=application_id,
        recipient="" if is_hidden else letter.recipient,
        subject="A letter about a job you may not see"
        if is_hidden
        else "To somebody here"
        if is_ours
        else letter.subject,
        state=letter.state,
        created_at=letter.created_at,
        send_after=letter.send_after,
        attempts=letter.attempts,
        error="" if is_hidden else letter.last_error,
        is_called_back=letter.recall_wanted,
    )


def _threads(user: User) -> QuerySet[Thread]:
    return Thread.objects.filter(awaits_reply_since__isnull=False, application__job__in=visible_jobs(user=user))


def _outgoing(user: User) -> QuerySet[Message]:
    return Message.objects.filter(direction=Direction.OUT, thread__application__job__in=visible_jobs(user=user))


def _problems(user: User) -> QuerySet[Message]:
    return _outgoing(user).filter(state__in=TROUBLE, settled_at__isnull=True)


def _unmatched(user: User) -> QuerySet[UnmatchedMail]:
    return visible_mail(user=user).filter(placed_in__isnull=True, put_away_at__isnull=True)


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


def _suggestions(user: User, senders: Collection[str]) -> Mapping[str, list[Suggestion]]:
    """Return the live applications of these addresses that ``user`` may see, by address in lower case, newest first."""
    addresses = {sender.lower() for sender in senders if sender}
    rows = (
        Application.objects.select_related("person", "job")
        .exclude(status__in=ENDED)
        .alias(address=Lower("person__email"))
        .filter(address__in=addresses, person__merged_into=None, job__in=visible_jobs(user=user))
        .order_by("-applied_at")
    )
    found: dict[str, list[Suggestion]] = {}
    for row in rows:
        of_address = found.setdefault(row.person.email.lower(), [])
        if len(of_address) < _MOST_SUGGESTIONS:
            of_address.append(Suggestion(row.pk, str(row.person), row.job.title))
    return found


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 160 else f"{line[:159]}…"
