"""What was written about one application, oldest first, and who is writing now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max
from django.http import Http404
from django.utils import timezone

from assay.app.messaging.models import Attachment, Draft, Message, Thread
from assay.app.pipeline.funnel import find_application, job_resource
from assay.core.messaging.matching import MatchedBy
from assay.core.messaging.states import Direction, MessageKind, MessageState
from assay.platform.access.gate import ask, require
from assay.platform.access.policy import Action
from assay.platform.accounts.models import User
from assay.platform.files.reading import read_stored
from assay.platform.mail.arrivals import NoSuchArrival, read_arrival

STILL_WRITING = timedelta(minutes=10)
PAGE = 60
TROUBLE = (MessageState.UNCERTAIN, MessageState.FAILED, MessageState.BOUNCED)


@dataclass(frozen=True, slots=True)
class FileView:
    """A file that came with a message; ``number`` counts from 1 within it."""

    number: int
    name: str
    media_type: str
    size: int
    document_id: int | None


@dataclass(frozen=True, slots=True)
class MessageView:
    """One message as a page shows it. ``who`` wrote it; ``at`` is when it went or came, else when it was written.

    ``is_unconfirmed``: only the address that it gives leads to the candidate, and anyone can write that.
    ``has_failed_checks``: our mail server found that this address was forged.
    """

    id: int
    thread_id: int
    direction: Direction
    kind: MessageKind
    state: MessageState
    who: str
    author_id: int | None
    is_automatic: bool
    is_from_stranger: bool
    is_unconfirmed: bool
    has_failed_checks: bool
    sender: str
    recipient: str
    subject: str
    body: str
    quoted: str
    html: str
    at: datetime
    send_after: datetime | None
    problem: str
    is_settled: bool
    has_original: bool
    files: tuple[FileView, ...]

    @property
    def is_ours(self) -> bool:
        """Tell whether it went out."""
        return self.direction is Direction.OUT

    @property
    def is_in_trouble(self) -> bool:
        """Tell whether it may not have arrived and nobody has dealt with that."""
        return self.state in TROUBLE and not self.is_settled


@dataclass(frozen=True, slots=True)
class DraftView:
    """What somebody is writing."""

    token: str
    template: str
    subject: str
    body: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Conversation:
    """All that was written about an application. ``waiting`` are threads in which the candidate waits, and since when.

    ``writing_now`` are others who have a draft that they touched a moment ago. ``latest_id`` is 0 without messages.
    ``older`` leads to the page before: the messages with lower ids; None on the first.
    """

    application_id: int
    messages: tuple[MessageView, ...]
    waiting: Mapping[int, datetime]
    writing_now: tuple[str, ...]
    draft: DraftView | None
    can_send: bool
    latest_id: int
    older: int | None


def get_conversation(
    *, user: User, application_id: int, action: Action = Action.SEE_MESSAGES, before: int | None = None
) -> Conversation:
    """Return the latest page of the conversation about an application, or that of the messages ``before`` an id.

    Raises ``Http404`` or ``Forbidden`` for who may not ``action``.
    """
    application = find_application(application_id=application_id)
    resource = job_resource(job=application.job, user=user)
    require(actor=user, action=action, resource=resource)
    rows = _page(application_id, before)
    messages = tuple(_view(row, candidate=str(application.person)) for row in reversed(rows[:PAGE]))
    latest = Message.objects.filter(thread__application_id=application_id).aggregate(Max("pk"))["pk__max"]
    threads = Thread.objects.filter(application_id=application_id, awaits_reply_since__isnull=False)
    drafts = list(Draft.objects.select_related("author").filter(application_id=application_id))
    fresh = timezone.now() - STILL_WRITING
    own = next((draft for draft in drafts if draft.author_id == user.pk), None)
    return Conversation(
        application_id=application_id,
        messages=messages,
        waiting={pk: since for pk, since in threads.values_list("pk", "awaits_reply_since") if since is not None},
        writing_now=tuple(
            draft.author.display_name for draft in drafts if draft.author_id != user.pk and draft.saved_at > fresh
        ),
        draft=None if own is None else DraftView(own.token, own.template, own.subject, own.body, own.saved_at),
        can_send=ask(actor=user, action=Action.SEND_MESSAGES, resource=resource).allowed,
        latest_id=latest or 0,
        older=messages[0].id if len(rows) > PAGE else None,
    )


def read_file(*, user: User, message_id: int, number: int) -> tuple[str, bytes]:
    """Return the name and bytes of a file that came with a message, the first being 1.

    Raises ``Http404``, ``Forbidden`` or ``DamagedFile``.
    """
    row = find_file(user=user, message_id=message_id, number=number)
    return row.name, read_stored(sha256=row.digest)


def find_file(*, user: User, message_id: int, number: int) -> Attachment:
    """Return a file of a message that ``user`` may see. Raises ``Http404`` or ``Forbidden``."""
    message = _find(user, message_id)
    rows = list(message.attachments.order_by("id"))
    if not 1 <= number <= len(rows):
        raise Http404("There is no such file.")
    return rows[number - 1]


def read_original(*, user: User, message_id: int) -> bytes:
    """Return a letter as it came in. Raises ``Http404`` or ``Forbidden``."""
    message = _find(user, message_id)
    if message.arrival is None:
        raise Http404("There is no original.")
    try:
        return read_arrival(arrival_id=message.arrival).source
    except NoSuchArrival as error:
        raise Http404("There is no original.") from error


def application_of_message(*, user: User, message_id: int) -> int:
    """Return the application a message is about. Raises ``Http404`` or ``Forbidden``."""
    return _find(user, message_id).thread.application_id


def application_of_thread(*, user: User, thread_id: int) -> int:
    """Return the application a conversation is about. Raises ``Http404`` or ``Forbidden``."""
    thread = Thread.objects.filter(pk=thread_id).first()
    if thread is None:
        raise Http404("There is no such conversation.")
    _require(user, thread.application_id)
    return thread.application_id


def count_messages(*, application_id: int) -> int:
    """Return how many messages there are about an application; whoever calls this has asked the policy."""
    return Message.objects.filter(thread__application_id=application_id).count()


def _page(application_id: int, before: int | None) -> list[Message]:
    rows = Message.objects.select_related("author", "thread").prefetch_related("attachments")
    rows = rows.filter(thread__application_id=application_id).order_by("-id")
    return list(rows.filter(pk__lt=before)[: PAGE + 1] if before is not None else rows[: PAGE + 1])


def _find(user: User, message_id: int) -> Message:
    message = Message.objects.select_related("thread").filter(pk=message_id).first()
    if message is None:
        raise Http404("There is no such message.")
    _require(user, message.thread.application_id)
    return message


def _require(user: User, application_id: int) -> None:
    job = find_application(application_id=application_id).job
    require(actor=user, action=Action.SEE_MESSAGES, resource=job_resource(job=job, user=user))


def _view(row: Message, *, candidate: str) -> MessageView:
    is_ours = row.direction == Direction.OUT
    who = row.author.display_name if row.author else "Sent by itself" if is_ours else row.sender or "Unknown"
    return MessageView(
        id=row.pk,
        thread_id=row.thread_id,
        direction=Direction(row.direction),
        kind=MessageKind(row.kind),
        state=MessageState(row.state),
        who=who if is_ours or row.is_from_stranger else candidate,
        author_id=row.author_id,
        is_automatic=row.is_automatic,
        is_from_stranger=row.is_from_stranger,
        is_unconfirmed=not is_ours and row.matched_by == MatchedBy.SENDER,
        has_failed_checks=row.has_failed_checks,
        sender=row.sender,
        recipient=row.recipient,
        subject=row.subject,
        body=row.body,
        quoted=row.quoted,
        html=row.html if not is_ours else "",
        at=row.sent_at or row.created_at,
        send_after=row.send_after,
        problem=row.problem,
        is_settled=row.settled_at is not None,
        has_original=row.arrival is not None,
        files=tuple(
            FileView(number, file.name, file.media_type, file.size, file.document)
            for number, file in enumerate(row.attachments.all(), 1)
        ),
    )
