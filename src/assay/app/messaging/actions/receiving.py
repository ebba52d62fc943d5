"""Letters that came in: put into their conversation, or kept for a person. What they say is never obeyed."""

from collections.abc import Collection
from datetime import timedelta

from django.utils import timezone

from assay.app.messaging.actions.bounces import note_report
from assay.app.messaging.actions.threads import open_thread, recount
from assay.app.messaging.finding import find_place, is_own_letter, possible_applications
from assay.app.messaging.models import Attachment, Message, Thread, UnmatchedMail
from assay.app.messaging.reading import read_letter
from assay.app.messaging.rules import limits
from assay.app.pipeline.models import Application
from assay.app.pipeline.news import tell_changed
from assay.core.messaging.authenticity import has_failed
from assay.core.messaging.incoming import IncomingLetter
from assay.core.messaging.matching import Match, MatchedBy
from assay.core.messaging.states import Direction, MessageKind, MessageState
from assay.platform.accounts.models import User
from assay.platform.audit.actions import record
from assay.platform.files.actions import store_bytes
from assay.platform.mail.arrivals import ArrivedLetter, read_arrival
from assay.platform.mail.headers import head_of, read_fields

_SHORTENED = "The letter was too large to be taken in whole; only its head is here."
_NOBODYS = "It names no conversation, and its sender has no single live application."
_FLOOD = "Its conversation already had as many letters as fit into a day."


def take_in(sender: object, *, arrival_id: int, **more: object) -> str:
    """Place a letter that came in; listens to ``letter_arrived``, in whose transaction it works.

    Returns what became of it in a word: ``message``, ``unmatched``, ``bounce`` or ``own``. Asked twice, it counts once.
    """
    del sender, more
    if Message.objects.filter(arrival=arrival_id).exists():
        return "message"
    if UnmatchedMail.objects.filter(arrival=arrival_id).exists():
        return "unmatched"
    arrived = read_arrival(arrival_id=arrival_id)
    letter = read_letter(source=arrived.source)
    if letter.report is not None and note_report(report=letter.report):
        return "bounce"
    if is_own_letter(message_id=letter.message_id):
        return "own"
    place = find_place(letter=letter)
    if place is None:
        return _keep_for_a_person(arrived, letter, why=_NOBODYS, about=possible_applications(letter=letter))
    if _is_flood(place):
        return _keep_for_a_person(arrived, letter, why=_FLOOD, about={place.application_id})
    store_incoming(arrived=arrived, letter=letter, place=place, actor=None)
    return "message"


def store_incoming(*, arrived: ArrivedLetter, letter: IncomingLetter, place: Match, actor: User | None) -> int:
    """Put a letter into its conversation and return the message's id; ``actor`` is who placed it, if a person did."""
    now = timezone.now()
    thread = open_thread(
        application_id=place.application_id,
        subject=letter.subject or "(no subject)",
        now=arrived.arrived_at,
        thread_id=place.thread_id,
    )
    message = _message(thread, arrived, letter, place)
    _keep_files(message, letter)
    Thread.objects.filter(pk=thread.pk).update(last_at=now)
    recount(thread=thread)
    tell_changed(application_ids=[place.application_id])
    record(
        actor=actor,
        verb="message.received",
        object_type="application",
        object_id=place.application_id,
        data={"message": message.pk, "by": place.by.value, "automatic": letter.is_automatic},
    )
    return message.pk


def _message(thread: Thread, arrived: ArrivedLetter, letter: IncomingLetter, place: Match) -> Message:
    expected = Application.objects.values_list("person__email", flat=True).get(pk=place.application_id)
    notes = (*((_SHORTENED,) if arrived.is_cut else ()), *letter.notes)
    return Message.objects.create(
        thread=thread,
        direction=Direction.IN,
        kind=MessageKind.REPLY,
        state=MessageState.RECEIVED,
        sender=letter.sender,
        recipient=(letter.recipients[0] if letter.recipients else "")[:254],
        subject=letter.subject,
        body=letter.text,
        quoted=letter.quoted,
        html=letter.html,
        message_id=letter.message_id if len(letter.message_id) <= 400 else "",
        references=" ".join(letter.references),
        arrival=arrived.id,
        is_automatic=letter.is_automatic,
        is_from_stranger=letter.sender.lower() != expected.lower(),
        has_failed_checks=_has_failed_checks(arrived),
        matched_by=place.by,
        problem=" ".join(notes)[:500],
        sent_at=arrived.arrived_at,
    )


def _has_failed_checks(arrived: ArrivedLetter) -> bool:
    """Tell what our mail server found, which writes above whatever a letter brought along."""
    results = read_fields(head_of(arrived.source)).get("authentication-results", ())
    return bool(results) and has_failed(results=results[0])


def _keep_files(message: Message, letter: IncomingLetter) -> None:
    rows = []
    for file in letter.files:
        stored = store_bytes(content=file.content)
        rows.append(
            Attachment(
                message=message,
                name=file.name[:255],
                media_type=file.media_type,
                size=stored.size,
                digest=stored.sha256,
            )
        )
    Attachment.objects.bulk_create(rows)


def _keep_for_a_person(arrived: ArrivedLetter, letter: IncomingLetter, *, why: str, about: Collection[int]) -> str:
    row = UnmatchedMail.objects.create(
        arrival=arrived.id,
        sender=letter.sender,
        subject=letter.subject,
        body=letter.text or letter.quoted,
        why=why,
        is_automatic=letter.is_automatic,
        arrived_at=arrived.arrived_at,
    )
    row.candidates.set(about)
    record(actor=None, verb="mail.unmatched", object_type="unmatched_mail", object_id=row.pk)
    return "unmatched"


def _is_flood(place: Match) -> bool:
    """Tell whether somebody or something writes into this conversation without end."""
    if place.by is MatchedBy.PERSON:
        return False
    since = timezone.now() - timedelta(days=1)
    came = Message.objects.filter(
        thread__application_id=place.application_id, direction=Direction.IN, created_at__gt=since
    )
    return came.count() >= limits().receiving.incoming_a_day
